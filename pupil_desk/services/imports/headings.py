"""Which column a heading means: by the contract's name, by the words on the screen, by the words of school systems.

What is to be looked at of a table as a whole.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pupil_desk.basics.text import heading_key, shortened, tidy, tokens
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.files.xlsx_table import ABOUT
from pupil_desk.documents.reading.table import TableLine, TableRead, WorkbookSheet
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.services.imports.cells.contact_columns import ContactHeading, contact_heading, with_names
from pupil_desk.services.imports.kinds import ImportKind

_TELLS_OF_ORDER = re.compile(
    r"\b(court orders?|injunctions?|non molestation|prohibited steps|restraining|order or restriction"
    r"|(contact|access|legal|collection) restrictions?|no contact order|barring order)\b|^restrict(ed|ions?)$"
)
_RUN_TOGETHER = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
LEFT_OUT = _("You left this column out.")
"""Why a cell is not taken whose column a person has left out: it is told, and not kept."""
NO_COLUMN = _("There is no place for this column.")
KEPT_BESIDE = "?"
"""What a person chooses for a heading whose cells go to no column, and are kept with the pupil under From files."""
MOST_ABOVE = 20  # lines that hold anything, such as titles, which may stand above the headings
_SHOWN = 60  # characters of each


type Mapped = Mapping[str, str]
"""The column that a person chose, by the key of a heading; «» for one that is left out, ``KEPT_BESIDE`` for one that goes to no column."""
type MappedFor = Callable[[ImportKind[Any], Sequence[str]], Mapped]


def nothing_mapped(_kind: ImportKind[Any], _cells: Sequence[str]) -> Mapped:
    """For headings of which nobody has chosen anything."""
    return {}


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    """A heading as written, and the column it means; None for one that matches nothing.

    ``name`` tells one of two with the same text apart: «Surname (2)». ``tells_order`` marks one that matches nothing and says who
    may not be told, such as «Court Order»; ``is_left_out`` one that a person has left out, ``is_chosen`` one of whose column a person decided.
    ``second_for`` are the columns of which it is the second, taken where a row has nothing under the first: «Work Telephone».
    ``of_contact`` is what it tells of a contact of the row's pupil: «Mother Mobile».
    """

    text: str
    column: str | None
    tells_order: bool = False
    name: str = ""
    is_left_out: bool = False
    is_chosen: bool = False
    second_for: tuple[str, ...] = ()
    of_contact: ContactHeading | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything is read from under it."""
        return self.column is not None or bool(self.second_for) or self.of_contact is not None


def heading_names(cells: Sequence[str]) -> list[str]:
    """The headings, each under a name of its own: the second «Surname» is «Surname (2)»."""
    seen: Counter[str] = Counter()
    names = []
    for text in map(tidy, cells):
        seen[heading_key(text)] += 1
        count = seen[heading_key(text)]
        names.append(f"{text} ({count})" if text and count > 1 else text)
    return names


def match_headings(
    kind: ImportKind[Any], cells: Sequence[str], mapped: Mapped = MappingProxyType({})
) -> tuple[tuple[ColumnHeading, ...], tuple[Problem, ...]]:
    """Each heading with its column, and what is wrong with them: unknown, told twice, a required one absent.

    ``mapped`` is what a person chose, which counts for more than what is known.
    """
    columns_by_words = _words_of(kind)
    seconds, own_names = _second_words_of(kind), heading_names(cells)
    headings = _preferred(
        [_heading(columns_by_words, seconds, tidy(cell), name, mapped) for cell, name in zip(cells, own_names, strict=True)]
    )
    headings = _with_contacts(headings) if kind.brings_contacts else headings
    problems: list[Problem] = []
    columns = [heading.column for heading in headings if heading.column]
    for item in kind.columns:
        if columns.count(item.name) > 1:
            message = _(
                "Several headings mean “{label}”: {names}. Which one is it? Say what the others mean, or that they are kept under From files: what is left out is not kept."
            )
            names = join_words([f"“{heading.name}”" for heading in headings if heading.column == item.name])
            problems.append(Problem(item.name, "duplicate_column", message.format(label=item.label, names=names)))
        if (item.required or item.name in kind.expected) and item.name not in columns:
            message = _("There is no column for “{label}” ({name}). Say which heading means it, or add it.").format(
                label=item.label, name=item.name
            )
            problems.append(Problem(item.name, "missing", message))
    is_read = not problems  # else no row is, and no Yes puts anything on a pupil
    unread = [heading for heading in headings if not heading.is_known and heading.text]
    is_read = is_read and is_of_pupils(kind)  # else there is nobody with whom to keep it
    unknown = [_unknown(heading, is_read=is_read) for heading in unread if heading.tells_order or not heading.is_left_out]
    return headings, (*unknown, *problems)


def heading_place(kinds: Sequence[ImportKind[Any]], lines: Sequence[TableLine], mapped_for: MappedFor = nothing_mapped) -> int:
    """The place of the line of headings: the first that has all that one of these kinds must have, titles above it being passed over.

    Where none has, that of the line with the most headings that are known, or the most filled cells, so that what is said of it is
    said of the right line.
    """
    looked_at = lines[: MOST_ABOVE + 1]
    for place, line in enumerate(looked_at):
        if best_kind(kinds, line.cells, mapped_for) is not None:
            return place
    return max(range(len(looked_at)), key=lambda place: _most_known(kinds, looked_at[place].cells, mapped_for))


def lines_above(lines: Sequence[TableLine], place: int) -> tuple[Problem, ...]:
    """What is said of the lines above the headings, which are not read."""
    if not place:
        return ()
    first = [shortened(" ".join(filter(None, map(tidy, line.cells))), _SHOWN) for line in lines[:place]]
    message = _("The headings stand in row {row}. What stands above is not read: {lines}.")
    return (Problem.warning("", "lines_above", message.format(row=lines[place].number, lines=join_words([f"“{text}”" for text in first]))),)


def of_other_kind(kinds: Sequence[ImportKind[Any]], kind: ImportKind[Any], cells: Sequence[str]) -> Problem | None:
    """Where the headings are those of another kind and lack what this one must have: which. None where they are this kind’s, or nobody’s."""
    if best_kind([kind], cells) is not None:
        return None
    better = best_kind([candidate for candidate in kinds if candidate is not kind], cells)
    if better is None:
        return None
    message = _("These headings are those of the kind “{other}” ({name}), not of “{kind}”. Import the file as that kind.")
    return Problem("", "missing", message.format(other=better.label, name=better.name, kind=kind.label))


def best_kind(kinds: Sequence[ImportKind[Any]], cells: Sequence[str], mapped_for: MappedFor = nothing_mapped) -> ImportKind[Any] | None:
    """The kind whose required columns are all there and which knows the most of the headings; None if none fits."""

    def recognised(kind: ImportKind[Any]) -> int:
        headings, problems = match_headings(kind, cells, mapped_for(kind, cells))
        return 0 if any(p.code == "missing" for p in problems) else sum(1 for heading in headings if heading.column)

    count_by_place = [recognised(kind) for kind in kinds]
    most = max(count_by_place)
    return kinds[count_by_place.index(most)] if most else None


def is_of_pupils(kind: ImportKind[Any]) -> bool:
    """Whether its rows are about pupils, with whom what fits no column is kept."""
    return kind.file is not None or any(item.name == "upn" for item in kind.columns)


def tells_of_order(text: str) -> bool:
    """Whether a heading, or the name of an element, says who may not be told: «Court Order», «CourtOrder»."""
    return _TELLS_OF_ORDER.search(" ".join(_words(text))) is not None


def _most_known(kinds: Sequence[ImportKind[Any]], cells: Sequence[str], mapped_for: MappedFor) -> tuple[int, int]:
    columns_known = max(sum(1 for heading in match_headings(kind, cells, mapped_for(kind, cells))[0] if heading.column) for kind in kinds)
    return columns_known, sum(1 for cell in cells if cell.strip())


_NAMES = ("surname", "forename")


def _preferred(headings: Sequence[ColumnHeading]) -> tuple[ColumnHeading, ...]:
    """The headings, where a list has both names by law and, beside them, «Surname» and «Forename»: these are then those that the pupil goes by."""
    columns = Counter(heading.column for heading in headings)
    plain = [heading for heading in headings if heading.column in _NAMES and not heading_key(heading.text).startswith("legal")]
    if {heading.column for heading in plain} != set(_NAMES) or any(columns[name] != 2 or columns[f"preferred_{name}"] for name in _NAMES):
        return tuple(headings)
    if len(plain) != len(_NAMES) or any(heading.is_chosen for heading in plain):
        return tuple(headings)
    return tuple(
        dataclasses.replace(heading, column=f"preferred_{heading.column}") if heading in plain else heading for heading in headings
    )


def _with_contacts(headings: Sequence[ColumnHeading]) -> tuple[ColumnHeading, ...]:
    """The headings, those of a contact of whom the list has the name being known as such."""
    contact_headings = [
        None if heading.is_known or heading.is_chosen or heading.tells_order else contact_heading(heading.text) for heading in headings
    ]
    named = with_names(contact_headings)
    return tuple(
        dataclasses.replace(heading, of_contact=of_contact) if of_contact and of_contact.contact in named else heading
        for heading, of_contact in zip(headings, contact_headings, strict=True)
    )


def _heading(
    columns_by_words: Mapping[str, str], seconds: Mapping[str, tuple[str, ...]], text: str, name: str, mapped: Mapped
) -> ColumnHeading:
    chosen = mapped.get(heading_key(name)) if text else None
    column = columns_by_words.get(heading_key(text)) if chosen is None else chosen.strip(KEPT_BESIDE) or None
    tells_order = column is None and tells_of_order(text)
    second_for = seconds.get(heading_key(text), ()) if column is None and chosen is None else ()
    return ColumnHeading(text, column, tells_order, name, is_left_out=chosen == "", is_chosen=chosen is not None, second_for=second_for)


def _words(text: str) -> list[str]:
    """The words of a heading, in small letters: «Court Order», «court_order» and «CourtOrder» have the same two."""
    return tokens(_RUN_TOGETHER.sub(" ", text))


def _words_of(kind: ImportKind[Any]) -> dict[str, str]:
    """What is matched, the contract's names before labels, and those before the words of school systems."""
    words: dict[str, str] = {}
    for spellings in (lambda i: (i.name,), lambda i: (i.label,), lambda i: i.heads):
        for item in kind.columns:
            for spelling in spellings(item):
                words.setdefault(heading_key(spelling), item.name)
    return words


def _second_words_of(kind: ImportKind[Any]) -> dict[str, tuple[str, ...]]:
    """Of each heading of a second column, the columns in whose place it may stand, in their order."""
    words: dict[str, tuple[str, ...]] = {}
    for item in kind.columns:
        for spelling in item.second_heads:
            words[heading_key(spelling)] = (*words.get(heading_key(spelling), ()), item.name)
    return words


def _unknown(heading: ColumnHeading, *, is_read: bool) -> Problem:
    message = (
        _("There is no place for this column. Each Yes in it puts an “order or restriction” on the pupil, to be checked.")
        if heading.tells_order and is_read
        else _("There is no place for this column. What stands in it is kept with the pupil, under From files.")
        if is_read
        else NO_COLUMN
    )
    return Problem.warning(heading.text, "unknown_column", message)


def about_table(table: TableRead) -> Iterator[Problem]:
    """What is to be looked at of the file as a whole: sheets that are not read, letters written the old way."""
    yield from _about_sheets(table.sheets)
    if table.old_letters:
        words = _("The letters of the file are written the old way of Windows, so those with accents may be damaged. Look at: {examples}.")
        yield Problem.warning(
            "", "old_letters", words.format(examples=join_words([f"“{shortened(text, _SHOWN)}”" for text in table.old_letters]))
        )


def _about_sheets(sheets: Sequence[WorkbookSheet]) -> tuple[Problem, ...]:
    """Which sheets of a workbook hold something and are not read, but for that of the facts of a workbook of ours."""
    unread = [sheet for sheet in sheets if sheet.lines and not sheet.is_read and sheet.name != ABOUT]
    if not unread:
        return ()
    words = _("Only the sheet “{read}” is read. Not read: {others}. If you want another, choose that sheet.")
    titles = [
        f"“{sheet.name}” ({count_of(sheet.lines, _('line'), _('lines'))}{_(', hidden') if sheet.is_hidden else ''})" for sheet in unread
    ]
    read = next((sheet.name for sheet in sheets if sheet.is_read), "")
    return (Problem.warning("", "other_sheets", words.format(read=read, others=join_words(titles))),)
