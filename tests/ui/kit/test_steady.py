"""Words that change at every key make nothing around them be placed anew."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.steady import Steady
from pupil_desk.ui.kit.words import label


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
