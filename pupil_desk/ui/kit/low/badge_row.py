"""The badges of a pupil in a row that wraps. In a low window those that are not grave and would need a line of their own stand behind one button."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Signal

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.low.foldable import Foldable, is_in_low_window
from pupil_desk.ui.kit.words import button, flow_in, line
from pupil_desk.ui.style import tokens


class BadgeRow(Foldable):
    """``tell_all`` is what the button does. ``folded``: the window has become low or high, or the row came into view; whoever holds it has it ``fit``."""

    folded = Signal()

    def __init__(self, tell_all: Callable[[], object]) -> None:
        super().__init__()
        self.badges: list[Badge] = []
        self.more_button = button("", tell_all, "line")
        self.in_their_place = line("", "muted")
        self._row = flow_in(self, self.in_their_place, self.more_button)
        self.more_button.hide()
        self._sample = Badge("", "first-aid", "bad", parent=self)
        self._sample.hide()

    @property
    def least_height(self) -> int:
        """How high one badge is, dressed as the window is now."""
        self._sample.ensurePolished()
        return self._sample.sizeHint().height()

    def show_badges(self, badges: Iterable[Badge], none: str = "") -> None:
        """Of a pupil, what weighs most first, in the place of those of before. These words stand where there is ``none``: the row is there in any case."""
        self.badges = Badge.change(self._row, self.badges, badges)
        self.in_their_place.setText("" if self.badges else none)
        self.in_their_place.setVisible(bool(self.in_their_place.text()))
        self._row.removeWidget(self.more_button)
        self._row.addWidget(self.more_button)

    def fold(self, *, is_low: bool) -> None:
        self.folded.emit()

    def fit(self, room: int) -> None:
        """Have as many stand in the row as a line so wide, in pixels, has room for: in a high window all, and in a low one those that are grave."""
        count = self._in_row(room) if is_in_low_window(self) else len(self.badges)
        for place, badge in enumerate(self.badges):
            badge.setVisible(place < count)
        self._say(self.badges[count:])
        self.more_button.setVisible(count < len(self.badges))

    def _in_row(self, room: int) -> int:
        """How many, beginning with what weighs most, take no more lines than the grave ones need."""
        widths = [badge.sizeHint().width() for badge in self.badges]
        grave_count = sum(badge.is_grave for badge in self.badges)
        most_lines = max(1, _lines(widths[:grave_count], room))
        for count in range(len(widths), grave_count, -1):
            self._say(self.badges[count:])
            more = [self.more_button.sizeHint().width()] if count < len(widths) else []
            if _lines([*widths[:count], *more], room) <= most_lines:
                return count
        return max(grave_count, min(1, len(widths)))

    def _say(self, behind: Sequence[Badge]) -> None:
        words = _("and {count} more").format(count=len(behind))
        self.more_button.setText(words)
        self.more_button.setAccessibleName(_("{words}: {badges}").format(words=words, badges=", ".join(badge.words for badge in behind)))


def _lines(widths: Sequence[int], room: int) -> int:
    """In how many lines they stand; what is wider than a line takes several."""
    lines, spare = 0, -1
    for width in widths:
        if width > spare:
            further = max(1, -(-width // max(1, room)))
            lines, spare = lines + further, further * room
        spare -= width + tokens.S
    return lines
