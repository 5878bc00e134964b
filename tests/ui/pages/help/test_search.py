"""Finding in the help by typing, and F1 in the window: on a page, a part of a record, a tab and a question."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

import pupil_desk.ui
from pupil_desk.services.desk import Desk
from pupil_desk.services.program.guides import chapters, concerning, passage_at
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.dialogs import Dialogs
from pupil_desk.ui.kit.talk.help_text import HelpOver, HelpText
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.help import HelpPage
from pupil_desk.ui.pages.pupils.record.parts import PARTS
from pupil_desk.ui.window import Window
from tests.ui.scenes import busiest
from tests.ui.whole import whole_window

UI = Path(pupil_desk.ui.__file__).parent
ASKS = {"choose", "confirm", "confirm_typed", "text", "secret", "tell", "folder", "open_file", "save_file"}


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> HelpPage:
    made = HelpPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    made.on_show()
    return made


def at_top(reader: HelpText) -> str:
    """The line that stands at the top of what is read."""
    return reader.cursorForPosition(reader.viewport().rect().topLeft() + reader.viewport().rect().center() / 20).block().text()


def titles(page: HelpPage) -> list[str]:
    return [page.results.item(row).text() for row in range(page.results.count())]


def test_words_are_found_in_any_order_and_by_their_beginning(page: HelpPage, qtbot: QtBot) -> None:
    assert page.find_box.hasFocus()
    qtbot.keyClicks(page.find_box, "hous mov")
    assert page.results.isVisible()
    assert not page.topics.isVisible()
    assert "Details (Pupils)" in titles(page)
    assert page.count.text() == f"{page.results.count()} place{'s' * (page.results.count() > 1)}. Enter reads there."
    qtbot.keyClicks(page.find_box, " zebra")
    assert titles(page) == []
    assert "Nothing is found" in page.count.text()
    page.find_box.clear()
    assert page.topics.isVisible()


def test_what_has_the_words_as_its_heading_comes_first(page: HelpPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.find_box, "recycle")
    assert titles(page)[0] == "Recycle bin (Changes)"
    assert len(titles(page)) > 1


def test_enter_reads_at_the_heading_with_the_words_marked(page: HelpPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.find_box, "evac")
    rows = titles(page)
    qtbot.keyClick(page.find_box, Qt.Key.Key_Down)
    assert page.results.currentRow() == 1
    qtbot.keyClick(page.find_box, Qt.Key.Key_Up)
    wanted = rows.index("Evacuation sheet (Register)")
    for _press in range(wanted):
        qtbot.keyClick(page.find_box, Qt.Key.Key_Down)
    qtbot.keyClick(page.find_box, Qt.Key.Key_Return)
    assert page.reader.hasFocus()
    assert page.topics.currentItem().text() == "Register"
    assert at_top(page.reader) == "Evacuation sheet"
    assert page.reader.marked
    assert all(word.lower().startswith("evac") for word in page.reader.marked)
    page.on_show("backup")
    assert page.reader.marked == []


def test_esc_puts_away_what_was_looked_for(page: HelpPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.find_box, "backup")
    qtbot.keyClick(page.find_box, Qt.Key.Key_Escape)
    assert (page.find_box.text(), page.topics.isVisible()) == ("", True)


def test_ctrl_f_comes_to_the_box_from_a_paper_too(page: HelpPage) -> None:
    page.show_paper()
    page.search()
    assert page.body.currentWidget() is page.reading
    assert page.find_box.hasFocus()


def test_each_result_says_where_it_stands_to_a_screen_reader(page: HelpPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.find_box, "wrong file")
    first = page.results.item(0)
    assert str(first.data(Qt.ItemDataRole.AccessibleTextRole)).startswith(first.text())


# -- F1


@pytest.fixture
def window(qtbot: QtBot, training_desk: Desk, tmp_path: Path) -> Window:
    window = whole_window(qtbot, training_desk, tmp_path, 1366, 737)
    window.help_wanted.connect(lambda place: window.go("help", place))
    window.go("home")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press_f1(qtbot: QtBot, window: Window) -> str:
    """Where it leads: the chapter, and the line at the top of it."""
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_F1)
    help_page = window.page
    assert isinstance(help_page, HelpPage)
    QApplication.processEvents()
    return f"{help_page.topics.currentItem().text()}: {at_top(help_page.reader)}"


def test_f1_on_each_part_of_a_record_lands_on_its_heading(qtbot: QtBot, window: Window) -> None:
    pupil_id = busiest(window.context.desk)
    landed = {}
    for key, words, _kind in PARTS:
        window.go("pupils", pupil_id)
        window.page.view.turn_to(key)  # type: ignore[attr-defined]
        landed[words] = press_f1(qtbot, window)
    assert {words: place for words, place in landed.items() if place != f"Pupils: {words}"} == {
        "Plans": "Plans: Plans",
        "Suspensions": "Suspensions: Suspensions",
        "Incidents": "Incidents: Incidents",
        "Accidents": "Accidents: Accidents",
        "Exams": "Exams: Entries",
        "Consents": "Consents: Consents",
    }, "what has a chapter of its own is read there, and not where it is only named"


def test_f1_lands_on_the_tab_and_on_what_is_done_with_several(qtbot: QtBot, window: Window) -> None:
    window.go("changes")
    window.page.tabs.setCurrentIndex(1)  # type: ignore[attr-defined]
    assert window.help_place() == "changes#Recycle bin"
    assert passage_at(window.help_place()).heading == "Recycle bin"
    assert passage_at("requests#Names\nCopy").heading == "Copies of a record"
    window.go("pupils")
    assert press_f1(qtbot, window) == "Pupils: Pupils"
    window.go("pupils")
    window.page.begin_choosing()  # type: ignore[attr-defined]
    assert press_f1(qtbot, window) == "Pupils: Several pupils at once"


def test_f1_in_a_question_shows_its_help_and_the_question_stays(qtbot: QtBot, window: Window) -> None:
    ask = Dialogs(window)
    window.go("users")
    ask.help_place = window.help_place
    seen: list[object] = []

    def press() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QDialog)
        try:
            qtbot.waitUntil(question.isActiveWindow)  # before, it takes no keys
            qtbot.keyClick(question, Qt.Key.Key_F1)
            over = question.findChild(HelpOver)
            assert over is not None
            seen.extend((over.isVisible(), over.text.textCursor().selectedText() == "New password", question.isVisible()))
            qtbot.keyClick(over, Qt.Key.Key_Escape)
            seen.append(question.isVisible())
        finally:
            question.reject()

    QTimer.singleShot(50, press)
    assert not ask.confirm("New password", "Now?", "Make it")
    assert seen == [True, True, True, True]


def _page_of_module(path: Path) -> str | None:
    """The page in whose folder, or file, a module is."""
    relative = path.relative_to(UI)
    if relative.parts[0] != "pages" or len(relative.parts) < 2:
        return None
    place = relative.parts[1].removesuffix(".py")
    return next((page.name for page in pages() if page.__module__.split(".")[3] == place), None)


def questions() -> list[tuple[str, str | None, str]]:
    """Every question that the window asks: the file, the page that it is asked on, and its title."""
    found = []
    for path in sorted(UI.rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)):
            if not (isinstance(call.func, ast.Attribute) and call.func.attr in ASKS and call.args):
                continue
            if not ast.unparse(call.func.value).endswith("ask"):
                continue
            titles = [node.args[0].value for node in ast.walk(call.args[0]) if isinstance(node, ast.Call) and _is_words(node)]
            found += [(path.relative_to(UI).as_posix(), _page_of_module(path), str(title)) for title in titles or [""]]
    return found


def _is_words(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "_" and isinstance(node.args[0], ast.Constant)


def test_every_question_of_a_page_has_its_place_in_the_help() -> None:
    asked = [question for question in questions() if question[1] != "help"]
    assert len(asked) > 80
    topics = {chapter.topic for chapter in chapters()}
    assert {page for _file, page, _title in asked if page is not None and page not in topics} == set()
    apart = {file for file, page, _title in asked if page is None}
    assert {file.split("/")[0] for file in apart} <= {"kit", "entry", "session.py", "window.py", "start.py", "pages"}
    for _file, page, title in asked:
        if page is not None:
            assert concerning(page, title).chapter.topic == page


def test_a_question_that_the_help_names_lands_there() -> None:
    assert concerning("pupils", "Move house").heading == "Details"
    assert concerning("changes", "Undo this import").heading == "Files read in"
    assert concerning("pupils#Notes", "Nothing of the kind").heading == "Notes"


def test_every_dialog_answers_to_f1() -> None:
    """Those that are no question of ``Ask`` say so themselves; Windows' own are not ours."""
    makers = {}
    for path in sorted(UI.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "QDialog" in text else ():
            if isinstance(node, ast.ClassDef) and "QDialog" in {ast.unparse(base) for base in node.bases}:
                makers[node.name] = "answers_to_f1(" in text
    assert makers == {"_Question": True, "ShownAgain": True, "ShownOnce": True, "Sending": True, "HelpOver": True}


def test_a_place_that_is_not_there_is_the_beginning_of_its_chapter(desk: Desk) -> None:
    assert passage_at("pupils#No such heading").number == 0
    assert passage_at("").chapter == chapters()[0]
    assert passage_at("06-exports#1").heading == "Make an export"
