"""How wide the columns of a list stand: those of dates, numbers and marks as their words, and what is left to those that stretch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics

from pupil_desk.ui.kit.lists.rows import Column, in_places, places_of
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_MEASURED = 40  # rows whose text decides a column's width
_LEAST = 14  # characters of a column that stretches and says nothing of its width
_NARROWEST, _SHORT, _WIDEST = 6, 18, 40  # characters: what is short, as a day with its time, is never cut


@dataclass(frozen=True, slots=True)
class Stretch:
    """A column that takes what room is left: what it keeps without any, what its words take, and the most of it, 0 for no most. Where its words come
    ``first``, so much as the shortest of them take; else 0."""

    least: int
    words: int
    most: int
    first: int = 0

    def at(self, part: float) -> "Stretch":
        """The same with another text size."""
        return Stretch(round(self.least * part), round(self.words * part), round(self.most * part), round(self.first * part))


def share_room(room: int, columns: Mapping[int, Stretch]) -> dict[int, int]:
    """The width of each, by its place: first room for its words, the shortest first, then of the rest as much to each.

    One whose words come first leaves the others no more than they keep in any case, and takes shorter words where its own have no room.
    """
    widths: dict[int, int] = {}
    queue = sorted(columns, key=lambda place: (not columns[place].first, max(columns[place].least, columns[place].words)))
    while queue:
        place, *queue = queue
        column = columns[place]
        share = room - sum(columns[other].least for other in queue) if column.first else room // (len(queue) + 1)
        words = column.words if share >= column.words or not column.first else column.first
        widths[place] = max(column.least, min(words, share))
        room -= widths[place]
    waiting = len(columns)
    for place in sorted(columns, key=lambda place: not columns[place].most):  # what one leaves over the others take
        most = columns[place].most - widths[place] if columns[place].most else room
        more = max(0, min(room // waiting, most))
        widths[place] += more
        room, waiting = room - more, waiting - 1
    return widths


def words_width[R](column: Column[R], rows: Sequence[R], metrics: QFontMetrics, *, shortest: bool = False) -> int:
    """What the words of a column take, or the shortest that stand in their place, as far as they may."""
    character, measured = metrics.horizontalAdvance("n"), rows[:_MEASURED]
    allowed = max(column.width or _WIDEST, _WIDEST if column.stretch else _SHORT) * character

    def taken(text: str, signs: int = 1) -> int:
        """A name is not cut for the signs beside it."""
        words = min(metrics.horizontalAdvance(text), allowed)
        return words if signs < 2 else words + (signs - 1) * (sized(tokens.ICON) + tokens.THIN)

    headings = [taken(text) for text in (*(line + "   " for line in column.title.split("\n")), column.longest)]
    text = (lambda row: column.shorter(row)[-1]) if shortest and column.shorter else column.text
    places = places_of(column, rows) if not shortest else []
    words = [taken(text(row), len(in_places(column.signs(row), places)) if column.signs else 1) for row in measured]
    beside = sized(tokens.XL) if column.icon or column.signs or column.stands_in else 0
    return max(_NARROWEST * character, *headings, *words) + 2 * tokens.M + beside


def stretch_of[R](column: Column[R], rows: Sequence[R], metrics: QFontMetrics, words: int) -> Stretch:
    """What a column that takes the room left over keeps and asks for; ``words`` is what its own take."""
    character = metrics.horizontalAdvance("n")
    first = words_width(column, rows, metrics, shortest=True) if column.first else 0
    return Stretch((column.width or _LEAST) * character, words, column.most * character, first)
