"""No two things in sight answer to one Alt letter: on every page, and in every part and pane of a pupil's record."""

from collections import defaultdict
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.requests.case import CaseKind, RequestCase, RequestEvent, RequestEventKind
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.requests import handling, receiving
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils.record.record import _PARTS
from pupil_desk.ui.pages.requests.pack import CasePackPart
from pupil_desk.ui.window import Window
from tests.ui.pages.made import pupil_called
from tests.ui.whole import whole_window


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    return invented_desk


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, tmp_path: Path) -> Window:
    made = whole_window(qtbot, desk, tmp_path, 1280, 900)
    made.go("home")
    made.show()
    return made


def letters(root: QWidget) -> dict[str, list[str]]:
    """The words in sight by the Alt letter that they answer to."""
    found: dict[str, list[str]] = defaultdict(list)
    for words in (text for widget in root.findChildren(QWidget) if widget.isVisible() for text in _words(widget)):
        key = QKeySequence.mnemonic(words).toString()
        if key:
            found[key].append(words)
    return found


def _words(widget: QWidget) -> list[str]:
    if isinstance(widget, QAbstractButton):
        return [widget.text()]
    if isinstance(widget, QLabel):
        return [widget.text()] if widget.buddy() is not None else []
    if isinstance(widget, QTabBar):
        return [widget.tabText(place) for place in range(widget.count())]
    return []


def twice(root: QWidget) -> dict[str, list[str]]:
    return {key: words for key, words in letters(root).items() if len(words) > 1}


@pytest.mark.parametrize("key", [kind.name for kind in pages()])
def test_on_every_page(window: Window, key: str) -> None:
    window.go(key)
    assert twice(window) == {}, f"taken: {sorted(letters(window))}"
    for tabs in [widget for widget in window.page.findChildren(QTabWidget) if widget.isVisible()]:  # type: ignore[attr-defined]
        for tab in range(tabs.count()):
            tabs.setCurrentIndex(tab)
            assert twice(window) == {}, f"{tabs.tabText(tab)}, taken: {sorted(letters(window))}"


def test_in_every_part_of_the_record(window: Window, desk: Desk) -> None:
    window.go("pupils", str(pupil_called(desk, "Mia").id))
    view = window.page.view  # type: ignore[attr-defined]
    wrong: dict[tuple[str, int], dict[str, list[str]]] = {}
    for key in [name for name, _words, _kind in _PARTS]:
        view.turn_to(key)
        for pane in range(_panes(view.part)):
            _turn(view.part, pane)
            if found := twice(window):
                wrong[key, pane] = found | {"taken": sorted(letters(window))}
    assert wrong == {}


def test_while_several_pupils_are_chosen_and_one_item_is_changed(window: Window) -> None:
    window.go("pupils")
    page = window.page
    page.begin_choosing()  # type: ignore[attr-defined]
    page.list.open_filter()  # type: ignore[attr-defined]
    page.choosing.ticked_view.tick_all()  # type: ignore[attr-defined]
    assert twice(window) == {}
    page.choosing.ticked_view.buttons["change"].click()  # type: ignore[attr-defined]
    assert twice(window) == {}


def test_while_any_export_is_made_and_in_every_tab_of_exports(window: Window) -> None:
    wrong: dict[str, dict[str, list[str]]] = {}
    for export in EXPORTS:
        window.go("exports", export.name)
        assert any("Make the export" in words.replace("&", "") for found in letters(window).values() for words in found), export.name
        if found := twice(window):
            wrong[export.name] = found
    page = window.page
    page.making.back.emit()  # type: ignore[attr-defined]
    for tab in range(page.tabs.count()):  # type: ignore[attr-defined]
        page.tabs.setCurrentIndex(tab)  # type: ignore[attr-defined]
        for pane in range(_panes(page.tabs.currentWidget())):  # type: ignore[attr-defined]
            _turn(page.tabs.currentWidget(), pane)  # type: ignore[attr-defined]
            if found := twice(window):
                wrong[f"{tab} {pane}"] = found
    assert wrong == {}


def test_in_every_tab_and_step_of_a_request(window: Window, desk: Desk) -> None:
    """A case of each kind, decided so that all its steps are there; then a new one, and the places to search."""
    mia, wrong = pupil_called(desk, "Mia"), {}
    for kind in CaseKind:
        case, _news = receiving.receive(
            desk, RequestCase(kind=kind, pupil_id=mia.id, received=desk.today, channel="phone", requester="Ruth", capacity="parent")
        )
        handling.record(desk, RequestEvent(case_id=case.id, kind=RequestEventKind.DECIDED, on=desk.today, outcome="upheld", note="Yes"))
        window.go("requests", case.id)
        view = window.page.view  # type: ignore[attr-defined]
        for step in view.steps.table.rows:
            view.tabs.setCurrentIndex(0)
            view.steps.table.select(step.kind)
            if found := twice(window):
                wrong[kind, step.kind.value] = found
        for tab in range(1, view.tabs.count()):
            view.tabs.setCurrentIndex(tab)
            if found := twice(window):
                wrong[kind, str(tab)] = found
        view.tabs.setCurrentIndex(0)
    assert wrong == {}
    window.page.begin_new()  # type: ignore[attr-defined]
    assert twice(window) == {}
    window.page.new.take(mia.id)  # type: ignore[attr-defined]
    assert twice(window) == {}
    window.page.discard()
    window.page.show_places()  # type: ignore[attr-defined]
    assert twice(window) == {}


def _panes(part: QWidget) -> int:
    tabs = part.findChild(QTabWidget)
    return tabs.count() if tabs is not None else 1


def _turn(part: QWidget, pane: int) -> None:
    tabs = part.findChild(QTabWidget)
    if tabs is not None:
        tabs.setCurrentIndex(pane)


def test_in_every_step_of_a_copy(window: Window, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    told = RequestCase(
        pupil_id=theo.id, kind=CaseKind.COPY, received=desk.today, channel="email", requester="Ms Joanna Bramley", capacity="parent"
    )
    case, _news = receiving.receive(desk, told)
    window.go("requests", case.id)
    view = window.page.view  # type: ignore[attr-defined]
    part = next(part for part in view.parts if isinstance(part, CasePackPart))
    view.tabs.setCurrentWidget(part)
    assert twice(window) == {}
    part.begin()
    for place in range(part.work.tabs.count()):
        part.work.tabs.setCurrentIndex(place)
        assert twice(window) == {}, part.work.tabs.tabText(place)
    part.work.away_button.click()
    assert twice(window) == {}
