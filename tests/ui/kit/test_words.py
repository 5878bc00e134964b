"""Buttons: pressed by Enter wherever they stand, and their icon keeps its distance from the words. Tips are never read as markup.

Words that change at every key: the window is laid out anew only when they need another height.

Scrolling: what is of one height beside the bar and of another without it comes to rest.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.lists.rows import Column, Rows
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import Steady, button, label


def test_enter_presses_a_button_outside_a_dialog(qtbot: QtBot) -> None:
    window, pressed = QWidget(), list[str]()
    qtbot.addWidget(window)
    made = button("Set up a unit", lambda: pressed.append("set up"))
    made.setParent(window)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(made, key)
    assert pressed == ["set up"] * 3


def test_an_icon_has_room_beside_it(qtbot: QtBot) -> None:
    plain, with_icon = (
        button("Try the training unit", lambda: None),
        button("Try the training unit", lambda: None, icon_name="graduation-cap"),
    )
    for made in (plain, with_icon):
        qtbot.addWidget(made)
    assert with_icon.sizeHint().width() >= plain.sizeHint().width() + with_icon.iconSize().width() + 8


def test_what_somebody_typed_is_no_markup_under_the_mouse() -> None:
    rows = Rows[str]([Column("name", "Name", lambda name: name)])
    rows.replace(["<img src='file:///x'>Ann\nborn 2010", "Ann & Bea < Cy"])
    strange, plain = (rows.index(place, 0).data(Qt.ItemDataRole.ToolTipRole) for place in range(2))
    shown = QTextDocument()
    shown.setHtml(strange)
    assert shown.toPlainText() == "<img src='file:///x'>Ann\nborn 2010"
    assert plain == "Ann & Bea < Cy"


class Asked(QObject):
    """Counts how often a widget is asked to lay out what it holds."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.times = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() is QEvent.Type.LayoutRequest
        return False


def settle() -> None:
    """What one wish for another place leads to is waiting, too."""
    for _turn in range(4):
        QApplication.processEvents()


def test_other_words_of_the_same_height_move_nothing_and_more_lines_get_their_room(qtbot: QtBot) -> None:
    window, count = QWidget(), label("9 matches", "muted")
    column, steady = QVBoxLayout(window), Steady(count)
    column.addWidget(steady)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(200, 300)
    window.show()
    settle()
    one, asked = steady.height(), Asked(window)
    count.setText("12 matches")
    settle()
    assert (asked.times, steady.height(), count.width()) == (0, one, steady.width())
    count.setText("more words than go into one line, " * 4)
    settle()
    assert asked.times > 0
    assert steady.height() > one
    assert count.height() == steady.height() >= count.heightForWidth(count.width())


NARROW = 300


class Undecided(QWidget):
    """As a form about to change its columns was seen to be: it asks for no bar while it is narrow, and for one while it is wide."""

    def __init__(self) -> None:
        super().__init__()
        self.fitted = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, _width: int) -> int:
        return 100

    def minimumSizeHint(self) -> QSize:
        self.fitted += 1
        assert self.fitted < 500, "sized for ever"
        return QSize(50, 100 if self.width() < NARROW else 400)


def test_what_asks_for_the_bar_only_without_it_comes_to_rest(qtbot: QtBot) -> None:
    inside = Undecided()
    area = scrolled(inside)
    qtbot.addWidget(area)
    area.resize(NARROW + 15, 250)
    area.show()
    QApplication.processEvents()
    assert inside.isVisible()
