"""Words that have less room than they would like: they wrap or end in dots, and no stroke of them is cut."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.talk.clipped import Clipped
from pupil_desk.ui.style.look import dress
from tests.ui.drawn import Picture, cut

_PLANS = "Healthcare plan, EHC plan, SEN support plan, education plan, risk assessment and behaviour support plan"


def _shown(qtbot: QtBot, width: int, height: int) -> QWidget:
    window = QWidget()
    dress(window)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    return window


def test_a_badge_that_is_wider_than_its_line_wraps(qtbot: QtBot) -> None:
    window = _shown(qtbot, 300, 200)
    row = FlowLayout(window, 8)
    low, tall = Badge("Looked after", "shield", "check"), Badge(_PLANS, "clipboard-text", "check")
    for badge in (low, tall):
        row.addWidget(badge)
    qtbot.waitUntil(lambda: tall.height() > 2 * low.height())
    words = next(label for label in tall.findChildren(QLabel) if label.text())
    assert tall.width() <= 300
    assert words.height() >= words.heightForWidth(words.width())
    assert list(cut(Picture(window))) == []


def test_of_several_lines_in_a_place_of_two_the_first_is_seen_whole(qtbot: QtBot) -> None:
    window = _shown(qtbot, 620, 120)

    def drawn(words: str) -> QImage:
        clipped = Clipped()
        clipped.setParent(window)
        clipped.setText(words)
        clipped.setGeometry(10, 10, 600, clipped.sizeHint().height())
        return clipped.grab().toImage()

    in_two = drawn("Nia: nobody is named who may receive her.\nSam: neither. Mia: neither.")
    assert drawn("Nia: nobody is named who may receive her.\nSam: neither.\nMia: neither.") == in_two
