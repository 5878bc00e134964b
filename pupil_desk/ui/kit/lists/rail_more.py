"""The line under the pages of the rail where not all of them are in view: how many are further down, and the way there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.ui.kit.lists.rail_lines import NAME_ROLE, OF_AN_ICON
from pupil_desk.ui.kit.pushbutton import PushButton
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.style.icons import icon


class MorePages(PushButton):
    """Leads to the end of the list, and from there back to its start. Keys need it not: the arrows lead through the whole list.

    What it says, and so where it leads, stays while the pointer rests on it after a press: the second half of a double click leads nowhere else.
    """

    def __init__(self, lines: QListWidget) -> None:
        super().__init__()
        self._lines, self._leads_down = lines, True
        self.setProperty("look", "more")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._go)
        bar = lines.verticalScrollBar()
        bar.valueChanged.connect(self._count)
        bar.rangeChanged.connect(self._count)

    def _count(self) -> None:
        once_calm(self, self._say, place=self)

    def _say(self) -> None:
        below = self._below()
        self._leads_down = below > 0
        self.setText(count_of(below, _("more page"), _("more pages")) if below else _("Back to the top"))
        self.setIconSize(self._lines.iconSize() * OF_AN_ICON)
        self.setIcon(icon("caret-down" if below else "caret-up"))
        self.setAccessibleName(self.text())

    def _below(self) -> int:
        seen_height = self._lines.viewport().height()
        places = [self._lines.item(place) for place in range(self._lines.count())]
        return sum(line.data(NAME_ROLE) is not None and self._lines.visualItemRect(line).bottom() >= seen_height for line in places)

    def _go(self) -> None:
        bar = self._lines.verticalScrollBar()  # asked anew: PySide may have let go of one that is kept
        bar.setValue(bar.maximum() if self._leads_down else bar.minimum())


def from_the_start(lines: QListWidget) -> None:
    """Have the list begin with its first line as long as the one that is open is in view so. Under the pointer it stays as it is."""
    if (line := lines.currentItem()) is not None:
        if not lines.underMouse():
            lines.scrollToTop()
        lines.scrollToItem(line)
