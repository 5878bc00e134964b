"""Copying by key and by menu, what lies on the clipboard then, and how long."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QStringListModel, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QMenu, QPlainTextEdit, QSpinBox, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.watch import clipboard
from pupil_desk.ui.kit.watch.clipboard import Copying, copy_text, take_back

CTRL = Qt.KeyboardModifier.ControlModifier


class Wall:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def copying(qapp: QApplication, wall: Wall) -> Iterator[Copying]:
    QApplication.clipboard().clear()
    made = Copying(wall)
    made.start()
    yield made
    made.stop()
    QApplication.clipboard().clear()


def lies_there() -> tuple[str, bool]:
    """The text on the clipboard, and whether it bears our marks."""
    held: QMimeData | None = QApplication.clipboard().mimeData()
    return ("", False) if held is None else (held.text(), all(held.hasFormat(kind) for kind in (clipboard.OURS, *clipboard._MARKS)))


def line() -> QLineEdit:
    made = QLineEdit("Ash")
    made.selectAll()
    return made


def text(kind: type[QTextEdit] | type[QPlainTextEdit]) -> QTextEdit | QPlainTextEdit:
    made = kind("Ash")
    made.selectAll()
    return made


def words() -> QLabel:
    made = QLabel("Ash")
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    made.setSelection(0, 3)
    return made


def number() -> QSpinBox:
    made = QSpinBox()
    made.setSpecialValueText("Ash")
    made.selectAll()
    return made


def rows() -> QListView:
    made = QListView()
    model = QStringListModel(["Ash"], made)
    made.setModel(model)
    made.setCurrentIndex(model.index(0))
    return made


TYPED = [line, partial(text, QTextEdit), partial(text, QPlainTextEdit)]


@pytest.mark.parametrize("make", [*TYPED, words, number, rows])
def test_ctrl_c_copies_marked(copying: Copying, qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    field = make()
    qtbot.addWidget(field)
    qtbot.keyClick(field, Qt.Key.Key_C, CTRL)
    assert lies_there() == ("Ash", True)


@pytest.mark.parametrize("make", TYPED)
def test_ctrl_x_cuts_marked_and_can_be_undone(copying: Copying, qtbot: QtBot, make: Callable[[], Any]) -> None:
    field = make()
    qtbot.addWidget(field)
    left = field.text if isinstance(field, QLineEdit) else field.toPlainText
    qtbot.keyClick(field, Qt.Key.Key_X, CTRL)
    assert (lies_there(), left()) == (("Ash", True), "")
    field.undo()
    assert left() == "Ash"


def test_what_may_not_be_changed_or_seen_is_neither_cut_nor_copied(copying: Copying, qtbot: QtBot) -> None:
    fixed, password = QLineEdit("Ash"), QLineEdit("slow green kettle")
    fixed.setReadOnly(True)
    password.setEchoMode(QLineEdit.EchoMode.Password)
    for field, key in ((fixed, Qt.Key.Key_X), (password, Qt.Key.Key_C)):
        qtbot.addWidget(field)
        field.selectAll()
        qtbot.keyClick(field, key, CTRL)
    assert (lies_there()[0], fixed.text(), password.text()) == ("", "Ash", "slow green kettle")


@pytest.mark.parametrize(("make", "name"), [*product(TYPED, ["edit-copy", "edit-cut"]), (words, "edit-copy")])
def test_the_menu_of_a_field_copies_marked(copying: Copying, qtbot: QtBot, make: Callable[[], QWidget], name: str) -> None:
    field = make()
    qtbot.addWidget(field)
    field.show()
    target = field.viewport() if isinstance(field, QTextEdit | QPlainTextEdit) else field
    QApplication.sendEvent(target, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(2, 2), target.mapToGlobal(QPoint(2, 2))))
    (menu,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible())
    (act,) = (act for act in menu.actions() if act.objectName() == name)
    assert act.isEnabled()
    act.trigger()
    menu.close()
    assert lies_there() == ("Ash", True)


def test_it_is_taken_back_after_half_a_minute(copying: Copying, wall: Wall) -> None:
    copy_text("Ash")
    wall.now += 29
    copying.look()
    assert lies_there()[0] == "Ash"
    wall.now += 1
    copying.look()
    assert lies_there()[0] == ""
    assert not copying._timer.isActive()


def test_the_half_minute_begins_anew_with_each_copy(copying: Copying, wall: Wall) -> None:
    copy_text("Ash")
    wall.now += 20
    copy_text("Birch")
    wall.now += 20
    copying.look()
    assert lies_there()[0] == "Birch"


def test_what_another_program_copied_stays(copying: Copying, wall: Wall) -> None:
    copy_text("Ash")
    QApplication.clipboard().setText("from a letter")
    assert not copying._timer.isActive()
    wall.now += 60
    copying.look()
    take_back()
    assert lies_there() == ("from a letter", False)


def test_the_end_takes_it_back(qapp: QApplication) -> None:
    made = Copying()
    made.start()
    copy_text("Ash")
    made.stop()
    assert lies_there()[0] == ""
