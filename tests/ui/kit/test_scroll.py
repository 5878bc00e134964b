"""Scrolling: what is of one height beside the bar and of another without it comes to rest."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.scroll import scrolled

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
