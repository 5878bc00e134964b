"""No two things in sight answer to one Alt letter: on every page, and in every part and pane of a pupil's record."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.requests.case import CaseKind, RequestCase, RequestEvent, RequestEventKind
from pupil_desk.domain.suspensions.suspension import Suspension
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.requests import handling, receiving
from pupil_desk.services.suspensions import decisions
from pupil_desk.ui.kit.watch.descendants import in_view
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.pupils.record.attachments.attachments import AttachmentsPart
from pupil_desk.ui.pages.pupils.record.history import HistoryPart
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.pages.pupils.record.record import RecordView
from pupil_desk.ui.pages.pupils.record.several import SeveralPart
from pupil_desk.ui.pages.pupils.record.stays import StaysPart
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
    for words in (text for widget in in_view(root) for text in _words(widget)):
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
def test_on_every_page_and_tab_and_with_undo_at_the_foot(window: Window, key: str) -> None:
    window.go(key)
    assert twice(window) == {}, f"taken: {sorted(letters(window))}"
    for tabs in [widget for widget in window.page.findChildren(QTabWidget) if widget.isVisible()]:  # type: ignore[attr-defined]
        for tab in range(tabs.count()):
            tabs.setCurrentIndex(tab)
            assert twice(window) == {}, f"{tabs.tabText(tab)}, taken: {sorted(letters(window))}"
    _offer_undo(window)
    for bar in [bar for bar in window.page.findChildren(QTabBar) if bar.isVisible()]:
        for tab in range(bar.count()):
            bar.setCurrentIndex(tab)
            _offer_undo(window)


def _offer_undo(window: Window) -> None:
    window.banner.success("Saved.", undo=("&Undo", lambda: None))
    assert twice(window) == {}


def test_undo_of_a_consent_has_the_letter_that_it_has_everywhere(window: Window) -> None:
    window.go("consents")
    window.banner.success("Recorded.", undo=("&Undo", lambda: None))
    assert letters(window)["Alt+U"] == ["&Undo"]


AT_THE_FOOT = ("&Undo", "&Bring my changes back")  # what may be pressed there while a record is in view


def test_in_every_inner_view_of_the_record(window: Window, desk: Desk) -> None:
    """A line of each list, a new one, and what stands in the place of a part; whatever can be pressed at the foot."""
    mia = pupil_called(desk, "Mia")
    decisions.decide(desk, Suspension(pupil_id=mia.id, category="SUSP", start=desk.today, session="PM", sessions=2, reason_1="DB"))
    window.go("pupils", mia.id)
    view, wrong = window.page.view, dict[tuple[str, ...], dict[str, list[str]]]()  # type: ignore[attr-defined]

    def look(*where: str) -> None:
        for words in AT_THE_FOOT:
            window.banner.success("Done.", act=(words, lambda: None))
            if found := twice(window):
                wrong[where] = found | {"taken": sorted(letters(window))}

    for key in [name for name, _words, _kind in PARTS]:
        view.turn_to(key)
        for pane in range(_panes(view.part)):
            _turn(view.part, pane)
            look(key, str(pane))
            for part in _lists_in(view.part):
                if part.table.rows:
                    part.table.selectRow(0)
                    look(key, str(pane), "a line")
                if part.add_button.isEnabled():
                    _begin_new(part)
                    look(key, str(pane), "a new one")
                    part.put_back()
    view.turn_to("details")
    view.part.move_button.click()
    look("move house")
    view.part.leave_move()
    _look_at_what_is_told(view, look)
    _look_at_leaving(view, look)
    assert wrong == {}


def _begin_new(part: SeveralPart[Any]) -> None:
    if isinstance(part, AttachmentsPart):  # which asks for a file first
        part._begin("A letter")
    else:
        part.begin_new()


def _lists_in(part: QWidget) -> list[SeveralPart[Any]]:
    lists = [part, *part.findChildren(SeveralPart)] if isinstance(part, SeveralPart) else part.findChildren(SeveralPart)
    return [each for each in lists if each.isVisible()]


def _look_at_what_is_told(view: RecordView, look: Callable[..., None]) -> None:
    view.turn_to("history")
    part = view.part
    assert isinstance(part, HistoryPart)
    part.begin()
    part.telling.family.set_key("no")
    for place in range(part.telling.basis.count()):
        part.telling.basis.setCurrentIndex(place)
        look("told by word", str(place))
    part.put_back()
    part.show_statement()
    look("statement")
    part.statement.closed.emit()


def _look_at_leaving(view: RecordView, look: Callable[..., None]) -> None:
    view.turn_to("stays")
    part = view.part
    assert isinstance(part, StaysPart)
    assert view.record is not None
    part.list_area.hide()
    part.leaving.show()
    part.leaving.begin(view.record, dataclasses.replace(view.record.stays[0], end_date=part.context.desk.today))
    look("leaver pack")
    part.leaving.close_it()


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
