"""The keys, both ways: what the help lists is what the window obeys, and every key of the window is listed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from pytestqt.qtbot import QtBot

import pupil_desk.ui
from pupil_desk.services.program import keys
from pupil_desk.services.program.guides import Chapter, chapters, text_of
from pupil_desk.services.program.keys import GROUPS, Key, row_of
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.keys import is_pressed
from pupil_desk.ui.pages.consents.recording import _LETTERS
from pupil_desk.ui.pages.help import HelpPage
from pupil_desk.ui.window import Window

UI = Path(pupil_desk.ui.__file__).parent
NAMED = {name: key for name, key in vars(keys).items() if isinstance(key, Key)}
LISTED = [row for _title, rows in GROUPS.values() for row in rows]
_BINDS = {"shortcut_within", "QShortcut", "QKeySequence", "setShortcut"}
_KEY = re.compile(r"(?:\b(?:Ctrl|Alt|Shift)\+)+(?:Page Down|Page Up|[A-Z][a-z]+|[A-Z0-9/])|\bF\d{1,2}\b")
# as the help says a key that code knows by another name; None: a sign of typing that no help needs
_SAYS = {
    "Key_Return": "Enter",
    "Key_Escape": "Esc",
    "Key_PageUp": "Page Up",
    "Key_PageDown": "Page Down",
    "Key_Backtab": "Shift+Tab",
    "Key_Plus": "plus",
    "Key_Equal": "plus",
    "Key_Minus": "minus",
    "Key_L": "Ctrl+L",
} | dict.fromkeys(("Key_Backspace", "Key_Shift", "Key_Control", "Key_Alt", "Key_AltGr"))


def sources() -> Iterator[tuple[str, str]]:
    return ((path.relative_to(UI).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(UI.rglob("*.py")))


def test_every_key_is_listed_once_and_bound_somewhere() -> None:
    code = "\n".join(text for _name, text in sources())
    assert len(NAMED) > 30
    assert {name for name, key in NAMED.items() if key not in LISTED} == set()
    assert len({id(row) for row in LISTED}) == len(LISTED)
    bound_elsewhere = {"CHOICES", "STEP_BACK", "STEP_ON", "LARGER", "SMALLER"}  # of Qt's own boxes, or read in the widget: see below
    assert {name for name in NAMED if not re.search(rf"\bkeys\.{name}\b", code)} == bound_elsewhere


def test_no_key_is_bound_but_by_the_list() -> None:
    found = []
    for name, text in sources():
        if "shortcut" not in text and not any(word in text for word in _BINDS):
            continue  # few modules need to be parsed
        for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
            function = call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""
            given = [*call.args, *(word.value for word in call.keywords if word.arg == "shortcut")] if function in _BINDS else []
            given += [word.value for word in call.keywords if word.arg == "shortcut"]
            found += [f"{name}: {one.value}" for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    assert found == []


def test_every_key_that_a_widget_reads_is_in_the_help() -> None:
    told = " ".join(part for row in LISTED for part in row_of(row))
    read = {name for _file, text in sources() for name in re.findall(r"Qt\.Key\.(Key_\w+)", text)}
    said = {name: _SAYS.get(name, name.removeprefix("Key_")) for name in read}
    assert len(read) > 20
    assert {name for name, words in said.items() if words is not None and words not in told} == set()


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.name)
def test_every_key_that_a_chapter_names_is_a_key_of_the_program(chapter: Chapter) -> None:
    listed = set(_KEY.findall(" ".join(part for row in LISTED for part in row_of(row)))) | {"Ctrl+PgUp", "Ctrl+PgDn"}
    numbers = {f"Ctrl+{number}" for number in range(1, 10)}
    of_windows = {"Ctrl+Alt+Right"} if chapter.name == "83-screen-reader-checks" else set()
    assert set(_KEY.findall(text_of(chapter.name))) - listed - numbers - of_windows == set()


def test_the_letters_of_a_consent_are_those_of_its_list() -> None:
    assert (", ".join(_LETTERS),) in {(row[0],) for row in LISTED if not isinstance(row, Key)}


def test_the_list_of_the_window_says_what_the_help_says(qtbot: QtBot, context: Context) -> None:
    window = Window((HelpPage,), desk=context.desk, jobs=context.jobs, ask=context.ask, memory=context.memory)
    qtbot.addWidget(window, before_close_func=lambda closing: closing.go("help"))
    window.go("help")
    window._tell_keys()
    said = context.ask.questions[-1].text.splitlines()  # type: ignore[attr-defined]
    assert "Ctrl+E: Find anything" in said
    words = {key.words for key in NAMED.values()} | {page.title for page in (HelpPage,)}
    assert {line.partition(": ")[2] for line in said} <= words


@pytest.mark.parametrize(
    ("pressed", "key", "is_it"),
    [
        ((Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier), keys.FILL, True),
        ((Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier), keys.FILL, True),
        ((Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier), keys.FILL, True),
        ((Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier), keys.FILL, False),
        ((Qt.Key.Key_D, Qt.KeyboardModifier.NoModifier), keys.TO_DATE, False),
        ((Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier), keys.TO_DATE, True),
    ],
)
def test_a_key_is_told_from_others(pressed: tuple[Qt.Key, Qt.KeyboardModifier], key: Key, is_it: bool) -> None:
    assert is_pressed(QKeyEvent(QEvent.Type.KeyPress, *pressed), key) is is_it


def test_a_key_is_shown_as_it_stands_on_the_keyboard() -> None:
    assert [key.shown for key in (keys.NEXT_TAB, keys.FILL, keys.LARGER, keys.SMALLER, keys.KEYS)] == [
        "Ctrl+Page Down",
        "F2 or Ctrl+Enter",
        "Ctrl and plus",
        "Ctrl and minus",
        "Ctrl+/",
    ]
    assert not any(QKeySequence(sequence).isEmpty() for key in NAMED.values() for sequence in key.sequences)
