"""A section of a copy as it reads, with every marked place in its place: still to decide, withheld, or given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from pupil_desk.basics.utf16 import length_in_units, length_of_units
from pupil_desk.basics.words import _
from pupil_desk.domain.requests.pack import PlaceVerdict, TextPlace
from pupil_desk.services.packs.content import Compiled, CopyPart, MarkedPlace, Passage
from pupil_desk.services.packs.paper import IN_ROWS
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours, look


@dataclass(frozen=True, slots=True)
class _Where:
    """Where the words of a passage stand in the document, in Qt's units."""

    start: int
    stop: int
    passage: Passage


class SectionText(QTextEdit):
    """Reads a section. ``selected`` is what a person has marked in it with the mouse or with Shift and the arrows."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("What the copy says in this section"))
        self.setAccessibleDescription(_("Select words with Shift and the arrow keys to withhold more of them"))
        self.setMinimumHeight(tokens.HUGE * 2)
        self._compiled_pack: Compiled | None = None
        self._part: CopyPart | None = None
        self._wheres: list[_Where] = []
        self._places: dict[TextPlace, int] = {}
        if (dress := look()) is not None:
            dress.changed.connect(self._write)

    def show_part(self, compiled_pack: Compiled | None, part: CopyPart | None) -> None:
        """Write the section anew where it, or what is decided of it, has changed; None shows nothing."""
        if compiled_pack is self._compiled_pack and part is self._part:
            return
        self._compiled_pack, self._part = compiled_pack, part
        self._write()

    def part_in(self, compiled_pack: Compiled) -> CopyPart | None:
        """The section in view, as it is in the copy now."""
        return next((part for part in compiled_pack.parts if self._part is not None and part.name == self._part.name), None)

    def go_to(self, place: TextPlace) -> None:
        """Bring a place into view, and show that it is the one meant."""
        position = self._places.get(place)
        if position is None:
            self.setExtraSelections([])
            return
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        spot = QTextEdit.ExtraSelection()
        where = next(where for where in self._wheres if where.start <= position < max(where.stop, where.start + 1))
        length = length_in_units(where.passage.words[place.start : place.stop])
        passage_cursor = QTextCursor(self.document())
        passage_cursor.setPosition(position)
        passage_cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        spot.cursor, spot.format = passage_cursor, _chosen_format()
        self.setExtraSelections([spot])

    def selected(self) -> tuple[Passage, int, int] | None:
        """The passage and the stretch of its words that are selected; None for nothing, or for more than one passage."""
        cursor = self.textCursor()
        start, stop = cursor.selectionStart(), cursor.selectionEnd()
        for where in self._wheres:
            if where.start <= start < stop <= where.stop:
                words = where.passage.words
                return where.passage, length_of_units(words, start - where.start), length_of_units(words, stop - where.start)
        return None

    def _write(self) -> None:
        self.clear()
        self.setExtraSelections([])
        self._wheres, self._places = [], {}
        if self._compiled_pack is None or self._part is None:
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for number, entry in enumerate(self._part.entries, start=1):
            self._entry(cursor, number, entry)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _entry(self, cursor: QTextCursor, number: int, entry: tuple[Passage, ...]) -> None:
        assert self._compiled_pack is not None
        assert self._part is not None
        in_rows = self._part.name in IN_ROWS
        if number > 1:
            cursor.insertText("\n" if in_rows else "\n\n", QTextCharFormat())
        passages = [passage for passage in entry if passage.words]
        for place, passage in enumerate(passages):
            if place:
                cursor.insertText("  ·  " if in_rows else "\n", _label_format())
            if not in_rows:
                cursor.insertText(f"{passage.label}: ", _label_format())
            self._passage(cursor, passage)

    def _passage(self, cursor: QTextCursor, passage: Passage) -> None:
        assert self._compiled_pack is not None
        start, marks = cursor.position(), self._compiled_pack.marks_in(passage)
        for place in (mark.place for mark in marks):
            self._places.setdefault(place, start + length_in_units(passage.words[: place.start]))
        for text, mark in _pieces(passage.words, marks):
            cursor.insertText(text.replace("\n", "\u2028"), _format_of(mark))  # a break inside a passage is no new paragraph
        self._wheres.append(_Where(start, cursor.position(), passage))


def _pieces(words: str, marks: Sequence[MarkedPlace]) -> Iterator[tuple[str, MarkedPlace | None]]:
    """A text in stretches, each under its mark or under none; where marks overlap, under one that is withheld before others, then under the shorter."""
    edges = sorted({0, len(words), *(edge for mark in marks for edge in (mark.place.start, mark.place.stop))})
    for start, stop in pairwise(edges):
        over = [mark for mark in marks if mark.place.start <= start and stop <= mark.place.stop]
        yield words[start:stop], min(over, key=lambda mark: (not mark.withheld, mark.place.stop - mark.place.start), default=None)


def _label_format() -> QTextCharFormat:
    char_format = QTextCharFormat()
    char_format.setForeground(QColor(colours().muted))
    return char_format


def _chosen_format() -> QTextCharFormat:
    char_format = QTextCharFormat()
    char_format.setBackground(QColor(colours().accent))
    char_format.setForeground(QColor(colours().on_accent))
    char_format.setFontWeight(QFont.Weight.Bold)
    return char_format


def _format_of(mark: MarkedPlace | None) -> QTextCharFormat:
    """Never told by the colour alone: what is open is underlined with dots, what is withheld is struck through, what is given has a line beneath."""
    char_format, scheme = QTextCharFormat(), colours()
    if mark is None:
        char_format.setForeground(QColor(scheme.text))
        return char_format
    if mark.said is PlaceVerdict.WITHHOLD:
        char_format.setForeground(QColor(scheme.bad))
        char_format.setBackground(QColor(scheme.bad_soft))
        char_format.setFontStrikeOut(True)
    elif mark.said is PlaceVerdict.RELEASE:
        char_format.setForeground(QColor(scheme.good))
        char_format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    else:
        char_format.setForeground(QColor(scheme.check))
        char_format.setBackground(QColor(scheme.check_soft))
        char_format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        char_format.setFontWeight(QFont.Weight.Bold)
    return char_format
