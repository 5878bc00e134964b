"""The box over the whole window: it finds, leads, and leaves what is being typed alone."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.requests.case import CaseKind, RequestCase
from pupil_desk.services.desk import Desk
from pupil_desk.services.program import guides
from pupil_desk.services.pupils import contacts
from pupil_desk.services.requests import receiving
from pupil_desk.ui import finding
from pupil_desk.ui.finder_lines import FinderLines
from pupil_desk.ui.finding import Finder
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages.help import HelpPage
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.places import PLACES
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.pages.requests import RequestsPage
from pupil_desk.ui.window import Window
from tests.ui.pages.made import pupil_called


@pytest.fixture
def desk(invented_desk: Desk) -> Desk:
    return invented_desk


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, answers: Answers, tmp_path: Path) -> Window:
    made = Window(
        (HomePage, PupilsPage, RequestsPage, HelpPage), desk=desk, jobs=ImmediateJobs(), ask=answers, memory=Memory(tmp_path / "w.json")
    )
    qtbot.addWidget(made)
    made.go("home")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def finder(qtbot: QtBot, window: Window) -> Callable[[str], Finder]:
    """Ctrl+E, and what is typed then."""

    def ask(text: str) -> Finder:
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        box = window.findChild(Finder)
        assert isinstance(box, Finder)
        qtbot.keyClicks(box.box, text)
        return box

    return ask


def seen(box: Finder) -> list[tuple[str, str, str]]:
    return [(line.title, line.words, line.note) for line in box.lines]


def test_a_request_is_found_by_its_number_and_opened(window: Window, finder: Callable[[str], Finder], desk: Desk, qtbot: QtBot) -> None:
    told = RequestCase(
        pupil_id=pupil_called(desk, "Theo").id,
        kind=CaseKind.COPY,
        received=desk.today,
        channel="email",
        requester="Ms Bramley",
        capacity="parent",
    )
    case, _news = receiving.receive(desk, told)
    box = finder("r2026-0")
    assert seen(box)[0] == (f"{case.ref}: Bramley, Theo", codelist("request_kind").label_of("copy"), "")
    assert box.count.text().startswith("1 request")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    page = window.page
    assert isinstance(page, RequestsPage)
    assert page.view.overview is not None
    assert page.view.overview.case.id == case.id


def record(window: Window) -> tuple[str, str, str]:
    """Who is open, at which part, with the cursor in which field."""
    page = window.page
    assert isinstance(page, PupilsPage)
    here = QApplication.focusWidget()
    return page.view.title.text(), page.view.key, here.accessibleName() if here else ""


def test_what_is_typed_is_found_line_by_line_with_why(finder: Callable[[str], Finder]) -> None:
    box = finder("joanna")
    assert seen(box) == [("Bramley, Theo", "mother: Ms Joanna Bramley", "")]
    assert box.count.text() == "1 pupil."
    box.box.setText("harlow")
    assert seen(box) == [("Harlow, Gwen", "born 2 February 2011, P0007", "not on roll")]
    box.box.setText("al28 2qn")
    assert ("Chandra, Priya – protected", "address or number, kept back", "") in seen(box)


def test_enter_opens_the_record_where_it_says_so(qtbot: QtBot, window: Window, finder: Callable[[str], Finder]) -> None:
    box = finder("07700 900123")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert not box.isVisible()
    assert record(window) == ("Theo Bramley", "contacts", "Mobile")
    qtbot.keyClick(finder("zofia").box, Qt.Key.Key_Return)
    assert record(window)[0] == "Zofia Élan"


def test_of_several_pupils_enter_opens_none_until_one_is_chosen(qtbot: QtBot, window: Window, finder: Callable[[str], Finder]) -> None:
    box = finder("al28")
    assert box.list.currentRow() == -1
    for _press in range(2):
        qtbot.keyClick(box.box, Qt.Key.Key_Return)
        assert (box.isVisible(), box.list.currentRow(), window.page.name) == (True, -1, "home")
    assert box.count.text().endswith("Choose one with the arrow keys.")
    qtbot.keyClick(box.box, Qt.Key.Key_Down)
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert record(window)[0] == "Mimi Ashdown"


def test_the_only_one_of_a_name_is_meant_whoever_else_has_such_a_parent(
    qtbot: QtBot, window: Window, finder: Callable[[str], Finder], desk: Desk
) -> None:
    contacts.add_contact(desk, Contact(pupil_id=pupil_called(desk, "Theo").id, surname="Ashdown", forename="Ruth", relationship="PAF"))
    box = finder("ashdown")
    assert [title.split(",")[0] for title, _words, _note in seen(box)][:2] == ["Ashdown", "Bramley"]
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert record(window)[0] == "Mimi Ashdown"


def test_arrows_choose_and_stop_at_the_ends(qtbot: QtBot, window: Window, finder: Callable[[str], Finder]) -> None:
    box = finder("al28")
    names = [line.title for line in box.lines]
    for key, place in (
        (Qt.Key.Key_Down, 0),
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Tab, 2),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_PageUp, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_PageDown, 6),
    ):
        qtbot.keyClick(box.box, key)
        assert box.list.currentRow() == place
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert record(window)[0].split()[-1] == names[6].split(",")[0]


def test_pages_and_chapters_come_below(qtbot: QtBot, window: Window, finder: Callable[[str], Finder]) -> None:
    box = finder("pup")
    assert seen(box)[0] == ("Pupils", "Open this page", "")
    assert ("Help: Pupils", "Read this chapter", "") in seen(box)
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert window.page.name == "pupils"
    qtbot.keyClick(finder("backup").box, Qt.Key.Key_Return)
    assert window.page.name == "help"


def test_escape_gives_the_cursor_back(qtbot: QtBot, window: Window, finder: Callable[[str], Finder]) -> None:
    window.go("pupils")
    page = window.page
    assert isinstance(page, PupilsPage)
    assert page.list.find_box.hasFocus()
    box = finder("nobody is called so")
    assert "Nothing is found" in box.count.text()
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert box.isVisible()
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert page.list.find_box.hasFocus()


def test_a_page_that_is_ready_only_now_has_the_cursor_after_the_box(
    qtbot: QtBot, window: Window, desk: Desk, finder: Callable[[str], Finder]
) -> None:
    window.go("pupils", pupil_called(desk, "Theo").id)
    qtbot.keyClick(finder("theo").box, Qt.Key.Key_Escape)
    box = finder("")
    page = window.page
    assert isinstance(page, PupilsPage)
    page.view.edit()
    assert box.box.hasFocus(), QApplication.focusWidget()
    assert box.box.selectedText() == "theo", "what was found last is typed over"
    qtbot.keyClicks(box.box, "zofia")
    assert box.box.text() == "zofia"
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    now = QApplication.focusWidget()
    assert now is not None
    assert page.view.isAncestorOf(now)


def test_going_to_a_page_by_its_number_puts_the_box_away(window: Window, finder: Callable[[str], Finder]) -> None:
    box = finder("zofia")
    window.go("requests")
    assert not box.isVisible()
    assert not box.box.hasFocus()


def test_unsaved_typing_stays_until_one_goes_somewhere(
    qtbot: QtBot, window: Window, desk: Desk, answers: Answers, finder: Callable[[str], Finder]
) -> None:
    window.go("pupils", pupil_called(desk, "Theo").id)
    page = window.page
    assert isinstance(page, PupilsPage)
    page.view.edit()
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "Typed")
    assert page.dirty
    box = finder("zofia")
    assert box.box.hasFocus(), QApplication.focusWidget()
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    assert page.dirty
    assert QApplication.focusWidget() is field
    assert answers.questions == []
    answers.answers.append("stay")
    qtbot.keyClick(finder("zofia").box, Qt.Key.Key_Return)
    assert len(answers.questions) == 1
    assert record(window)[0] == "Theo Bramley"
    assert page.dirty
    page.discard()


def test_a_click_beside_it_or_another_page_closes_it(qtbot: QtBot, window: Window, finder: Callable[[str], Finder]) -> None:
    box = finder("a")
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(4, box.height() - 4))
    assert not box.isVisible()
    box = finder("a")
    window.go("pupils")
    assert not box.isVisible()


def test_the_button_on_the_rail_and_a_click_on_a_line(qtbot: QtBot, window: Window) -> None:
    qtbot.mouseClick(window.rail.find_button, Qt.MouseButton.LeftButton)
    box = window.findChild(Finder)
    assert isinstance(box, Finder)
    assert box.box.hasFocus()
    qtbot.keyClicks(box.box, "mimi")
    qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=box.list.visualItemRect(box.list.item(0)).center())
    assert record(window)[0] == "Mimi Ashdown"


def test_a_screen_reader_is_told(
    finder: Callable[[str], Finder], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, nameless: Callable[[QWidget], list[str]]
) -> None:
    said: list[str] = []
    monkeypatch.setattr(finding, "announce", lambda _widget, words: said.append(words))
    box = finder("al28")
    assert said[-1] == "7 pupils. Choose one with the arrow keys."
    qtbot.keyClick(box.box, Qt.Key.Key_Down)
    assert said[-1].startswith("Ashdown, Mia (Mimi), postcode AL28 2QN")
    finder("ashdown")
    assert said[-1].startswith("1 pupil. Ashdown, Mia (Mimi), ")
    assert nameless(box) == []


def test_it_stays_within_a_small_window(window: Window, finder: Callable[[str], Finder]) -> None:
    box = finder("al28")
    for size in ((640, 420), (1400, 900)):
        window.resize(*size)
        QApplication.processEvents()
        assert window.rect().contains(box.frame.geometry())
        assert abs(box.frame.geometry().center().x() - window.rect().center().x()) <= 1


def test_keys_that_wait_are_looked_for_at_once_and_the_help_comes_when_it_is_read(
    qtbot: QtBot, window: Window, finder: Callable[[str], Finder], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    people, passage = FinderLines.people, guides.passage_at("backup")
    may_read, is_read = Event(), Event()
    monkeypatch.setattr(FinderLines, "people", lambda lines, text: asked.append(text) or people(lines, text))
    monkeypatch.setattr(guides, "are_read", is_read.is_set)
    monkeypatch.setattr(guides, "passages", lambda: may_read.wait() and (is_read.set() or [passage]))
    window.making.in_steps = True
    box = finder("")
    asked.clear()
    for letter in ("b", "ba", "backup"):
        box.box.setText(letter)
    qtbot.waitUntil(lambda: box.count.text().startswith("Nothing is found by that so far"))
    assert asked == ["backup"], "once for all the keys that waited"
    may_read.set()
    qtbot.waitUntil(lambda: any(line.title == "Help: Backup" for line in box.lines))
    box.box.setText("joanna")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    assert record(window)[0] == "Theo Bramley", "Enter is for what is typed by then"


def test_a_tab_and_a_part_of_the_record_are_found_by_their_words(
    window: Window, finder: Callable[[str], Finder], desk: Desk, qtbot: QtBot
) -> None:
    parts = [(place.place, place.words) for place in PLACES if place.page == "pupils"]
    assert parts == [(key, words) for key, words, _kind in PARTS]
    box = finder("accident")
    assert seen(box)[0] == ("Accidents", "In each pupil’s record: choose the pupil first", "")
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    theo = pupil_called(desk, "Theo")
    window.go("pupils", theo.id)
    box = finder("accident book")
    assert seen(box)[0] == ("Accidents", f"In the record of {theo.full_name}", "")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    page = window.page
    assert isinstance(page, PupilsPage)
    assert (page.view.key, page.subject) == ("accidents", theo.id)
    window.go("home")
    box = finder("accident")
    said = "In each pupil’s record: choose the pupil first"
    assert seen(box)[0] == ("Accidents", said, ""), "whose record was looked at last is nobody's wish"
    qtbot.keyClick(box.box, Qt.Key.Key_Escape)
    box = finder("restraint")
    qtbot.keyClick(box.box, Qt.Key.Key_Return)
    qtbot.waitUntil(page.list.find_box.hasFocus)
    page.list.entered.emit(theo.id)
    assert (page.view.key, page.subject) == ("incidents", theo.id), "the part that was looked for, of the pupil chosen then"


def test_the_part_looked_for_is_shown_of_whom_a_click_or_an_arrow_chooses_until_another_is_turned_to(
    window: Window, finder: Callable[[str], Finder], qtbot: QtBot
) -> None:
    qtbot.keyClick(finder("restraint").box, Qt.Key.Key_Return)
    page = window.page
    assert isinstance(page, PupilsPage)
    qtbot.waitUntil(page.list.find_box.hasFocus)
    table = page.list.table
    shown = []
    for row in (0, 1):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model_.index(row, 0)).center())
        shown.append((page.subject, page.view.key))
    assert shown == [(row.id, "incidents") for row in table.rows[:2]]
    page.view.next_part()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert (page.subject, page.view.key) == (table.rows[2].id, "card"), "who turns to another part looks for that one no more"


def test_ctrl_f_finds_anything_on_a_page_that_has_no_box_of_its_own(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    box = window.findChild(Finder)
    assert isinstance(box, Finder)
    assert box.box.hasFocus()
