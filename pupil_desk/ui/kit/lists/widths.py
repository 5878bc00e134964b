"""How wide the columns of a list stand: those of dates, numbers and marks as their words, and what is left to those that stretch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics

from pupil_desk.ui.kit.lists.rows import ROOM_AROUND, Column, in_places, places_of
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_MEASURED = 40  # rows whose text decides a column's width
_LEAST = 14  # characters of a column that stretches and says nothing of its width
_NARROWEST, _SHORT, _WIDEST = 6, 18, 40  # characters: what is short, as a day with its time, is never cut


@dataclass(frozen=True, slots=True)
class Stretch:
    """A column that takes what room is left: what it keeps without any, what its words take, and the most of it, 0 for no most. Where its words come
    ``first``, so much as the shortest of them take; else 0. One that comes ``last`` takes what the words of the others leave, and for its own alone."""

    least: int
    words: int
    most: int
    first: int = 0
    last: bool = False

    def at(self, part: float) -> "Stretch":
        """The same with another text size."""
        return Stretch(round(self.least * part), round(self.words * part), round(self.most * part), round(self.first * part), self.last)


def share_room(room: int, columns: Mapping[int, Stretch]) -> dict[int, int]:
    """The width of each, by its place: first room for its words, the shortest first, then of the rest as much to each.

    One whose words come first leaves the others no more than they keep in any case, and takes shorter words where its own have no room.
    """
    widths = _last_widths(room, columns)
    room, columns = room - sum(widths.values()), {place: column for place, column in columns.items() if not column.last}
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


def _last_widths(room: int, columns: Mapping[int, Stretch]) -> dict[int, int]:
    """Those of the columns that come last: who lacks least first, so that no room stands empty beside words that are cut."""
    room -= sum(column.least if column.last else max(column.least, column.words) for column in columns.values())
    widths: dict[int, int] = {}
    for place, column in sorted(columns.items(), key=lambda placed: placed[1].words - placed[1].least):
        if column.last:
            more = max(0, min(column.words - column.least, room))
            widths[place], room = column.least + more, room - more
    return widths


def words_width[R](column: Column[R], rows: Sequence[R], metrics: QFontMetrics, *, shortest: bool = False, whole: bool = False) -> int:
    """What the words of a column take, or the shortest that stand in their place, as far as they may: ``whole``, as far as those of any may."""
    character, measured = metrics.horizontalAdvance("n"), rows[:_MEASURED]
    allowed = max(column.width or _WIDEST, _WIDEST if column.stretch or whole else _SHORT) * character

    def taken(text: str, signs: int = 1) -> int:
        """A name is not cut for the signs beside it."""
        words = min(metrics.horizontalAdvance(text), allowed)
        return words if signs < 2 else words + (signs - 1) * (sized(tokens.ICON) + tokens.THIN)

    headings = [taken(text) for text in (*(line + "   " for line in column.title.split("\n")), column.longest)]
    text = (lambda row: column.shorter(row)[-1]) if shortest and column.shorter else column.text
    places = places_of(column, rows) if not shortest else []
    words = [taken(text(row), len(in_places(column.signs(row), places)) if column.signs else 1) for row in measured]
    beside = sized(tokens.XL) if column.icon or column.signs or column.stands_in else 0
    around = ROOM_AROUND if column.shorter else 2 * tokens.M  # with less, shorter words would stand there
    return max(_NARROWEST * character, *headings, *words) + around + beside


def stretches_of[R](columns: Sequence[Column[R]], words: Sequence[int], rows: Sequence[R], metrics: QFontMetrics) -> dict[int, Stretch]:
    """Which columns take what room is left, by their place: those that stretch, and those of a ``width`` that is less than their words. ``words`` is
    what those of each take, as far as they may."""
    character = metrics.horizontalAdvance("n")
    found: dict[int, Stretch] = {}
    for place, (column, width) in enumerate(zip(columns, words, strict=True)):
        if column.stretch:
            first = words_width(column, rows, metrics, shortest=True) if column.first else 0
            found[place] = Stretch((column.width or _LEAST) * character, width, column.most * character, first)
        elif column.width and width >= max(column.width, _SHORT) * character:  # else none is cut
            whole = words_width(column, rows, metrics, whole=True)
            found |= {place: Stretch(width, whole, 0, last=True)} if whole > width else {}
    return found
