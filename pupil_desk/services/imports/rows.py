"""Lines of cells to rows of values, by the one check of each kind of item.

What a spreadsheet has spoilt in a file that went through one: long numbers cut short, words turned into dates, signs of errors.

Excel alters a CSV that is opened with a double click and saved again (conventions reference, 5): ``1E2`` and long numbers become
1.00E+02, ``1-2``, ``SEP1`` and ``MAR2`` become dates. What was there before cannot be told. A telephone number that lost its zero
is known by the check of telephone numbers itself.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from pupil_desk.basics.apart.process import stop_if_asked
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold, shortened, tidy
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.table import TableLine
from pupil_desk.domain.catalogue.items import Item, Kind
from pupil_desk.domain.catalogue.validation import Problem, Reading, read
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.imports.cells.contact_columns import cells_of, read_contacts
from pupil_desk.services.imports.cells.telephones import fits, kept_as_written, parted
from pupil_desk.services.imports.headings import LEFT_OUT, NO_COLUMN, ColumnHeading
from pupil_desk.services.imports.kinds import ImportKind, Order, ReadRow

CODE = "spoilt_by_spreadsheet"

_LOOKED_AT = frozenset({Kind.NAME, Kind.TEXT, Kind.CODE, Kind.UPN, Kind.ULN, Kind.POSTCODE, Kind.PHONE, Kind.SCHOOL, Kind.AUTHORITY})
_SHORT_FORM = re.compile(r"[+-]?\d(?:[.,]\d+)?E[+-]?\d{1,3}", re.IGNORECASE)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_DAY = re.compile(
    rf"\d{{1,2}}[-/ ](?:{_MONTHS})(?:[-/ ]\d{{2,4}})?|(?:{_MONTHS})[-/ ]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}(?: 00:00:00)?|\d{{1,2}}/\d{{1,2}}/\d{{4}}",
    re.IGNORECASE,
)
_ERROR = re.compile(r"#{3,}|#(?:NAME\?|REF!|VALUE!|N/A|NUM!|DIV/0!|NULL!)")
_NEEDED = re.compile(r"[\d#]")  # by each of them: most texts have neither
_SUSPECT = re.compile(r"[\d#]|[^\x00-\x7f]")  # a digit, or what is damaged: in most texts there is nothing to look at


def spoilt(item: Item, text: str) -> Problem | None:
    """The warning about a text that a spreadsheet seems to have changed; None if nothing looks so."""
    if item.kind not in _LOOKED_AT or not _NEEDED.search(text):
        return None
    plain = text.strip()
    if _ERROR.fullmatch(plain):
        reason = _("it is the sign that a spreadsheet shows for an error")
    elif _SHORT_FORM.fullmatch(plain):
        reason = _("a long number was cut short to the form 1.23E+09")
    elif _DAY.fullmatch(plain):
        reason = _("it was turned into a date")
    else:
        return None
    words = _("{label} looks as if a spreadsheet had changed it: {why}. Check it against where the file came from.")
    return Problem.warning(item.name, CODE, words.format(label=item.label, why=reason))


_YES = frozenset({"y", "yes", "true", "t", "1", "x"})
_NO = frozenset({"", "n", "no", "false", "f", "0", "none", "nil", "n/a", "na", "."})
_SERIAL = re.compile(r"\d{4,5}(?:\.0+)?")  # a day as a spreadsheet counts it
_SHOWN = 60  # characters of a line that is no row
_ULN_NOT_KNOWN = "9999999999"  # what a college's system writes for «not known»
_LOST = "�"  # what a program writes for a letter that it could not read
_DAMAGE = re.compile("�|[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|[\u0080-\u009f]|[A-Za-z]¿½")
_GUARDED = ("'=", "'+", "'-", "'@")  # our own files for people put ' before what a spreadsheet would take for a formula


class RowReader:
    """Reads the rows of one file. What a text means in a column is worked out once, however often it comes."""

    def __init__(self, kind: ImportKind[Any], headings: Sequence[ColumnHeading], today: date, days_later: int = 0) -> None:
        """``days_later`` is how many days a workbook's own calendar begins after the usual one."""
        self._kind = kind
        self._days_later = days_later
        self._today = today
        self._items = {item.name: item for item in kind.columns}
        self._required = kind.required
        self._readings: dict[str, dict[str, Reading]] = {item.name: {} for item in kind.columns}
        self._nothing: set[tuple[str, str]] = set()  # the columns, and what was read in them that tells nothing
        self._columns = [(place, heading.column) for place, heading in enumerate(headings) if heading.column]
        self._orders = [place for place, heading in enumerate(headings) if heading.tells_order]
        self._told_places = {place for place, heading in enumerate(headings) if heading.text and (heading.column or heading.of_contact)}
        self._headed_places = [place for place, heading in enumerate(headings) if heading.text]
        self._seconds = [(place, heading) for place, heading in enumerate(headings) if heading.second_for]
        self._unread = {
            place: heading for place, heading in enumerate(headings) if heading.text and not heading.column and not heading.of_contact
        }
        self._contacts = [(place, heading.text, heading.of_contact) for place, heading in enumerate(headings) if heading.of_contact]
        self._told_as = {heading.column: heading.text for heading in headings if heading.column}

    def rows(self, lines: Iterable[TableLine]) -> tuple[ReadRow, ...]:
        """Each line as a row of values."""
        return tuple(self._row(line) for line in lines)

    def _row(self, line: TableLine) -> ReadRow:
        stop_if_asked()
        cells = line.cells
        texts = {name: cells[place] for place, name in self._columns if place < len(cells) and cells[place]}
        taken = self._take_seconds(cells, texts)
        problems = tuple(filter(None, (_beyond(cells, self._headed_places), self._alone(cells))))
        row = self.row(line.number, texts, self._order(cells), problems)
        not_taken = (*row.not_taken, *self._beside(cells, taken), *self._telling_nothing(texts))
        if not self._contacts:
            return dataclasses.replace(row, not_taken=not_taken) if not_taken else row
        told = read_contacts(tuple(cells_of(self._contacts, cells)), self._today)
        not_taken += told.not_taken
        return dataclasses.replace(row, parts=told.parts, remarks=told.remarks, not_taken=not_taken)

    def _take_seconds(self, cells: Sequence[str], texts: dict[str, str]) -> set[int]:
        """Put what stands in a second column, such as «Work Telephone», where the row has nothing under the first; returns the places of those."""
        taken = set()
        for place, heading in self._seconds:
            text = cells[place].strip() if place < len(cells) else ""
            free = [name for name in heading.second_for if text and not texts.get(name, "").strip() and fits(name, text)]
            if free:
                texts[free[0]] = text
                taken.add(place)
        return taken

    def _beside(self, cells: Sequence[str], taken: set[int]) -> Iterator[NotTaken]:
        """The cells under headings that mean no column of ours, and under no heading at all; ``taken`` are places of those that went in all the same."""
        for place, cell in enumerate(cells):
            if place in self._told_places or place in taken or not cell.strip():
                continue
            heading = self._unread.get(place)
            if heading is None:
                yield NotTaken(
                    path=_("column {number}").format(number=place + 1), value=cell.strip(), reason=_("It stands under no heading.")
                )
            else:
                reason = _("The record has room for one.") if heading.second_for else NO_COLUMN
                reason = LEFT_OUT if heading.is_left_out else reason
                yield NotTaken(path=heading.text, value=cell.strip(), reason=reason)

    def _telling_nothing(self, texts: Mapping[str, str]) -> Iterator[NotTaken]:
        """The cells with a word that stands where a value would and tells none, such as Active, or a learner number of nines."""
        for name, text in texts.items() if self._nothing else ():
            if (name, text) in self._nothing and text.strip():
                path = self._told_as.get(name, self._items[name].label)
                yield NotTaken(path=path, value=text.strip(), reason=_("It tells nothing that is kept."))

    def _alone(self, cells: Sequence[str]) -> Problem | None:
        """A line with one filled cell where a row must have several is mostly a total or a note beneath the list."""
        if len(self._required) < 2:
            return None
        filled_cells = [*islice(filter(None, map(str.strip, cells)), 2)]
        if len(filled_cells) != 1:
            return None
        message = _("This line holds only “{text}”. If it is a total or a note beneath the list, nothing is lost: leave it out.")
        return Problem.warning("", "one_cell", message.format(text=shortened(filled_cells[0], _SHOWN)))

    def row(self, number: int, texts: Mapping[str, str], order: Order, extra_problems: tuple[Problem, ...] = ()) -> ReadRow:
        """A row of these texts, by the names of their columns."""
        values: dict[str, Any] = {}
        cells = parted(self._items, texts)
        texts = cells.texts
        problems: list[Problem] = [*extra_problems, *cells.problems]
        for name, text in (*texts.items(), *((name, "") for name in self._required if name not in texts)):
            readings = self._readings[name]
            reading = readings.get(text) or readings.setdefault(text, self._read(self._items[name], text))
            if reading.value is not None:
                values[name] = reading.value
            if reading.problems:
                problems.extend(reading.problems)
        if order is Order.UNCLEAR:
            problems.append(_unclear())
        return ReadRow(number, texts, values, tuple(problems), order, not_taken=cells.not_taken)

    def mended(self, old: ReadRow, texts: Mapping[str, str]) -> ReadRow:
        """A row that was read, with other texts in some of its cells."""
        new = self.row(old.number, {**old.texts, **texts}, old.order)
        not_taken = tuple(dict.fromkeys((*old.not_taken, *new.not_taken)))
        return dataclasses.replace(
            new, parts=old.parts, remarks=old.remarks, not_taken=not_taken, leaves=old.leaves, is_partial=old.is_partial
        )

    def _read(self, item: Item, text: str) -> Reading:
        if _tells_nothing(item, text):
            self._nothing.add((item.name, text))
            return Reading(None, (_not_known(item),) if item.kind is Kind.ULN else ())
        reading = read(item, self._plain(item, text), self._today)
        if reading.problems:
            reading = kept_as_written(item, text, reading)
        problems = tuple([problem for problem in reading.problems if problem.code not in self._kind.quiet])
        if "?" in text and item.kind is Kind.NAME and "name" in item.name:
            message = _("{label} has a question mark: the other program may have lost a letter. Check the spelling.").format(
                label=item.label
            )
            problems += (Problem.warning(item.name, "lost_letter", message),)
        if _SUSPECT.search(text):
            problems += tuple(filter(None, (damaged(item, text), spoilt(item, text), self._bare_day(item, text))))
        return Reading(reading.value, problems) if problems or reading.problems else reading

    def _bare_day(self, item: Item, text: str) -> Problem | None:
        """The warning about a day that is a bare number: a spreadsheet counts days so, and so looks a number in the wrong column."""
        if item.kind is not Kind.DATE or not _SERIAL.fullmatch(text.strip()):
            return None
        message = _("{label} is the bare number {text}, taken as a spreadsheet’s count of days. Check the day.")
        return Problem.warning(item.name, "bare_day", message.format(label=item.quoted_label, text=text.strip()))

    def _plain(self, item: Item, text: str) -> str:
        if self._days_later and item.kind is Kind.DATE and _SERIAL.fullmatch(text.strip()):
            return str(int(float(text)) + self._days_later)
        return text[1:] if text.startswith(_GUARDED) else text

    def _order(self, cells: Sequence[str]) -> Order:
        if not self._orders:
            return Order.NONE
        entries = {fold(cells[place]) for place in self._orders if place < len(cells)} - _NO
        if not entries:
            return Order.NONE
        return Order.YES if entries & _YES else Order.UNCLEAR


def _tells_nothing(item: Item, text: str) -> bool:
    """Whether a text stands where a value would and tells none."""
    if item.kind is Kind.CODE and item.codes is not None:
        return codelist(item.codes).says_nothing(text)
    return item.kind is Kind.ULN and text.strip() == _ULN_NOT_KNOWN


def _not_known(item: Item) -> Problem:
    message = _("{label} is ten nines, which is written for “not known”. The pupil gets none by it.").format(label=item.label)
    return Problem.warning(item.name, "uln_not_known", message)


def damaged(item: Item, text: str) -> Problem | None:
    """The warning about letters that were lost or became others where a file was written in one way and read in another."""
    if text.isascii() or item.kind not in _LOOKED_AT or not (match := _DAMAGE.search(text)):
        return None
    message = _("{label} has damaged letters: “{text}”.").format(label=item.label, text=shortened(tidy(text), _SHOWN))
    meant = _mended(text) if match[0] != _LOST else ""
    hint = _(" It may have been “{meant}”.").format(meant=shortened(meant, _SHOWN)) if meant else ""
    return Problem.warning(item.name, "damaged_letters", message + hint + _(" Correct it, or ask for the file again."))


def _mended(text: str) -> str:
    """What a text was before its UTF-8 was taken for Windows-1252; empty where it was not that."""
    try:
        return tidy(text.encode("windows-1252").decode("utf-8"))
    except UnicodeError:
        return ""


def _beyond(cells: Sequence[str], headed_places: Sequence[int]) -> Problem | None:
    """A filled cell under no heading: often a comma inside a text, after which all else stands one column too far."""
    if len(cells) <= len(headed_places) and headed_places and headed_places[-1] == len(headed_places) - 1:
        return None
    places = set(headed_places)
    if not any(cell.strip() for place, cell in enumerate(cells) if place not in places):
        return None
    return Problem.warning(
        "",
        "extra_cells",
        _("The row has text under no heading, which goes into no part of the record. Check that its columns are in step."),
    )


def _unclear() -> Problem:
    message = _("What the file says of an order is neither yes nor no. An “order or restriction” is put on the pupil, to be checked.")
    return Problem.warning("", "order_unclear", message)
