"""How wide the columns of a list stand: those of dates, numbers and marks as their words, and what is left to those that stretch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics

from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_MEASURED = 40  # rows whose text decides a column's width
_NARROWEST, _SHORT, _WIDEST = 6, 18, 40  # characters: what is short, as a day with its time, is never cut


@dataclass(frozen=True, slots=True)
class Stretch:
    """A column that takes what room is left: what it keeps without any, what its words take, and the most of it, 0 for no most."""

    least: int
    words: int
    most: int

    def at(self, part: float) -> "Stretch":
        """The same with another text size."""
        return Stretch(round(self.least * part), round(self.words * part), round(self.most * part))


def share_room(room: int, columns: Mapping[int, Stretch]) -> dict[int, int]:
    """The width of each, by its place: first room for its words, the shortest first, then of the rest as much to each."""
    widths: dict[int, int] = {}
    waiting = len(columns)
    for place in sorted(columns, key=lambda place: max(columns[place].least, columns[place].words)):
        widths[place] = max(columns[place].least, min(columns[place].words, room // waiting))
        room, waiting = room - widths[place], waiting - 1
    waiting = len(columns)
    for place in sorted(columns, key=lambda place: not columns[place].most):  # what one leaves over the others take
        most = columns[place].most - widths[place] if columns[place].most else room
        more = max(0, min(room // waiting, most))
        widths[place] += more
        room, waiting = room - more, waiting - 1
    return widths


def words_width[R](column: Column[R], rows: Sequence[R], metrics: QFontMetrics) -> int:
    """What the words of a column take, as far as they may."""
    character, measured = metrics.horizontalAdvance("n"), rows[:_MEASURED]
    texts = [*(line + "   " for line in column.title.split("\n")), column.longest, *(column.text(row) for row in measured)]
    widest = max(metrics.horizontalAdvance(text) for text in texts)
    allowed = max(column.width or _WIDEST, _WIDEST if column.stretch else _SHORT) * character
    beside = sized(tokens.XL) if column.icon or column.signs else 0
    if column.signs is not None:  # a name is not cut for the signs beside it
        signs = max((len(column.signs(row)) for row in measured), default=1)
        beside += max(0, signs - 1) * (sized(tokens.ICON) + tokens.THIN)
    return max(_NARROWEST * character, min(widest, allowed)) + 2 * tokens.M + beside
