"""How much of the work is seen at once on a screen of 1366 by 768: rows of the register, and fields of a record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.services.unit.units import sign_in, sign_out
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.suspensions.suspensions import SuspensionsPart
from pupil_desk.ui.pages.register import RegisterPage
from pupil_desk.ui.window import Window
from tests.ui.pages.made import CLOCK, PASSWORD, USER, new_unit, pupil_called
from tests.ui.whole import whole_window

FRAME = 31  # of Windows


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    (tmp_path / "unit").mkdir()
    sign_out(new_unit(tmp_path / "unit"))
    desk: Desk = sign_in(tmp_path / "unit" / "unit.pupildesk", name=USER, password=PASSWORD, clock=CLOCK)
    made = whole_window(qtbot, desk, tmp_path, 1366, 768 - FRAME)
    made.show()
    yield made
    desk.vault.close()


def _is_whole(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def _seen(form: Form) -> list[str]:  # type: ignore[type-arg]
    """The fields of a form whose editor is seen whole."""
    return [name for name, field in form.fields.items() if _is_whole(field.editor.field)]


def test_the_register_shows_twelve_rows(window: Window) -> None:
    window.go("register")
    QApplication.processEvents()
    page = window.page
    assert isinstance(page, RegisterPage)
    assert page.grid.viewport().height() // page.grid.verticalHeader().defaultSectionSize() >= 12


def test_the_details_of_a_pupil_show_eight_fields(window: Window) -> None:
    window.go("pupils", pupil_called(window.context.desk, "Priya").id)
    page = window.page
    assert isinstance(page, PupilsPage)
    page.view.turn_to("details")
    QApplication.processEvents()
    assert len(_seen(page.view.part.form)) >= 8  # type: ignore[attr-defined]


def test_a_new_decision_stands_beneath_a_low_list(window: Window) -> None:
    window.go("pupils", pupil_called(window.context.desk, "Theo").id)
    page = window.page
    assert isinstance(page, PupilsPage)
    page.view.turn_to("suspensions")
    part = page.view.part
    assert isinstance(part, SuspensionsPart)
    part.add_button.click()
    QApplication.processEvents()
    assert len(_seen(part.form)) >= 4, "kind, first day, first session, number of sessions"
