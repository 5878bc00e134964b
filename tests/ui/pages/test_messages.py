"""What stands at the foot of the whole window: of the act before, of whom it was said, and never «Saved» where something was refused."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.pages.consents import ConsentsPage
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.details import DetailsPart
from pupil_desk.ui.pages.sharing import SharingPage
from pupil_desk.ui.window import Window
from tests.ui.pages.made import pupil_called
from tests.ui.whole import whole_window


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Window:
    made = whole_window(qtbot, desk, tmp_path, 1366, 737)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def open_details(window: Window, forename: str) -> PupilsPage:
    window.go("pupils", pupil_called(window.context.desk, forename).id)
    page = window.page
    assert isinstance(page, PupilsPage)
    page.view.edit()
    QApplication.processEvents()  # the act is over
    return page


def type_into(page: PupilsPage, **texts: str) -> None:
    page.view.part.form.take_draft(texts)  # type: ignore[attr-defined]


def test_a_refused_save_ends_what_the_foot_says_of_the_one_before(window: Window) -> None:
    page = open_details(window, "Theo")
    type_into(page, town="Larkstone")
    assert page.save()
    assert window.banner.words == "Saved 10:00."
    QApplication.processEvents()
    type_into(page, surname="")
    assert not page.save()
    assert window.banner.words == ""


def test_a_save_that_the_service_refuses_ends_it_too(window: Window) -> None:
    page = open_details(window, "Theo")
    type_into(page, town="Larkstone")
    assert page.save()
    type_into(page, upn="Y919110026001")
    assert not page.save()
    assert window.banner.words == ""


def test_what_can_be_undone_stays_over_a_refusal(window: Window) -> None:
    page = open_details(window, "Theo")
    type_into(page, town="Larkstone")
    page.view.put_back()
    type_into(page, surname="")
    assert not page.save()
    assert window.banner.words == "Put back as it was."


def test_what_is_said_of_a_pupil_goes_with_the_card_and_comes_back_with_it(window: Window) -> None:
    page = open_details(window, "Theo")
    type_into(page, town="Larkstone")
    page.view.put_back()
    QApplication.processEvents()
    open_details(window, "Owen")
    assert window.banner.words == ""
    window.go("home")
    assert window.banner.words == ""
    window.go("pupils")
    assert window.banner.words == "", "Owen is open still"
    page = open_details(window, "Theo")
    assert window.banner.words == "Put back as it was."
    window.banner._button.click()
    part = page.view.part
    assert isinstance(part, DetailsPart)
    assert part.form.fields["town"].editor.typed_text() == "Larkstone"
    page.discard()


def test_what_was_saved_on_leaving_one_pupil_is_said_over_the_next(window: Window) -> None:
    page = open_details(window, "Theo")
    type_into(page, town="Larkstone")
    assert page.save()
    page._go_to(pupil_called(window.context.desk, "Owen").id)
    assert window.banner.words == "Saved 10:00."


@pytest.mark.parametrize("name", ["sharing", "consents"])
def test_it_is_so_on_the_pages_of_what_families_say(window: Window, name: str) -> None:
    window.go(name, pupil_called(window.context.desk, "Theo").id)
    assert isinstance(window.page, SharingPage | ConsentsPage)
    QApplication.processEvents()
    window.banner.success("Recorded.")
    QApplication.processEvents()
    window.go(name, pupil_called(window.context.desk, "Owen").id)
    assert window.banner.words == ""
    window.go(name, pupil_called(window.context.desk, "Theo").id)
    assert window.banner.words == "Recorded."


def test_enter_on_a_message_leads_to_its_undo_and_loses_nothing(window: Window, qtbot: QtBot) -> None:
    undone: list[str] = []
    window.banner.success("Deleted.", act=("&Undo", lambda: undone.append("Undo")))
    window.banner.setFocus()
    qtbot.keyClick(window.banner, Qt.Key.Key_Return)
    assert (window.banner.words, undone) == ("Deleted.", [])
    assert window.banner._button.hasFocus()
    qtbot.keyClick(window.banner._button, Qt.Key.Key_Return)
    assert undone == ["Undo"]
    window.banner.problem("The stick is full.")
    qtbot.keyClick(window.banner, Qt.Key.Key_Return)
    assert window.banner.words == "The stick is full."
