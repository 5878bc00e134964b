"""Where the two buttons stand that lead out: at the foot of the rail, or in a window that is too low for that as signs beside *Find*."""

from PySide6.QtWidgets import QBoxLayout, QPushButton

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.flow import turn
from pupil_desk.ui.kit.words import fill, growing, row_layout, set_look
from pupil_desk.ui.style import tokens

LOCK, OUT = _("Lock"), _("Sign out and close")
_OUT_BESIDE = _("Sign out\nand close")  # beside Lock in a low rail


class RailFeet:
    """``head`` has *Find*, and ``foot`` the two, or nothing while they are in the head."""

    def __init__(self, find: QPushButton, lock: QPushButton, sign_out: QPushButton) -> None:
        self._find, self._lock, self._sign_out = find, lock, sign_out
        self.head = row_layout(growing(find), spacing=0)
        self.foot = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        fill(self.foot, lock, sign_out)

    def stand(self, *, in_line: bool, words: str = OUT) -> None:
        """Under the list one under the other, or in one line with less around their words; ``words`` are those for signing out."""
        turn(self.foot, is_row=in_line)
        self.foot.setSpacing(0 if in_line else tokens.XS)
        self._put(self.foot, "foot-beside" if in_line else "foot", LOCK, words)

    def stand_in_line(self) -> None:
        """Under the list in one line, as long as the rail is wide."""
        self.stand(in_line=True, words=_OUT_BESIDE)

    def stand_above(self) -> None:
        """As signs beside *Find*: what they do is heard, and read under the mouse."""
        self._put(self.head, "foot-beside", "", "")

    def _put(self, line: QBoxLayout, look: str, lock: str, out: str) -> None:
        if line.indexOf(self._lock) < 0:
            fill(line, self._lock, self._sign_out)
            set_look(self._find, "head-beside" if line is self.head else "head")
        for foot, words in ((self._lock, lock), (self._sign_out, out)):
            set_look(foot, look)
            foot.setText(words)
        for row in (self.head, self.foot):
            row.invalidate()  # what it knows of their sizes is from before

    def height(self, spacing: int) -> int:
        """What both take of the height of the rail, each with the space beside the list."""
        heights = [row.sizeHint().height() for row in (self.head, self.foot) if not row.isEmpty()]
        return sum(heights) + spacing * len(heights)
