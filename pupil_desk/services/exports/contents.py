"""What a file holds: counted as it is written, and told in the same words before it is made and after.

A preview goes by the items of each pupil, a receipt by the columns and elements in which something was written. Both come to the words of
``words_of``, and so they can be compared.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.documents.papers.receipt import Counts
from pupil_desk.domain.catalogue.catalogue import label_of
from pupil_desk.domain.pupils.pupil import ADDRESS
from pupil_desk.services.exports.export import Export, ExportColumn, ExportedPupil, FieldWritten, NewFile, Selection, TableWritten

FULL = "full"
FLAG = _("health: only whether there is something to know")
"""What is told of the items of which an export has but a yes or no."""
TOTALS = _("attendance: totals, no single marks")
"""What is told of the marks of which an export has totals alone."""
OF_FILE = _("of the file itself and the unit: name, number, version, day")
"""What a file of fixed form says of itself."""
_PLACE = re.compile(r"\[\d+\]")  # which of several elements of one name


def without_places(key: str) -> str:
    """The key of a row as it is told: a path of elements without their places."""
    return _PLACE.sub("", key)


@by_rules
def item_word(item: str) -> str:
    """The label of an item; of each part of one address, and of a destination, the same word."""
    record, attribute = item.split(".", 1)
    if record == "destination":
        return _("destinations")
    if attribute in ADDRESS:
        return _("address") if record == "pupil" else _("address ({whose})").format(whose=label_of(item).partition(":")[0].lower())
    return begun_small(label_of(item))


def words_of(export: Export, items: Iterable[str]) -> list[str]:
    """What an export tells of these items, each word once."""
    words = (FLAG if item in export.flags else TOTALS if item in export.totals else item_word(item) for item in items)
    return list(dict.fromkeys(words))


def beside_items(selection: Selection) -> list[str]:
    """What a file says that is no item of a pupil, each word once."""
    sheets = (sheet for sheet in selection.sheets if not sheet.explains and (selection.exported or sheet.rows))
    return list(dict.fromkeys(column.words for sheet in sheets for column in sheet.columns if column.words and not column.item))


def withheld_words(export: Export, exported: ExportedPupil) -> list[str]:
    """What is on file of a pupil who goes, and kept back. Of one who goes in full nothing is by the rule: what does not go is not on file."""
    items = exported.withheld
    if not items and exported.level != FULL:
        items = tuple(item for item in export.items if item not in exported.items)
    return [*dict.fromkeys(map(item_word, items)), *exported.kept_out]


@dataclass(slots=True)
class Tally:
    """Notes of the rows of a table, as they go by to be written, how many there are and which columns hold a value."""

    name: str
    columns: Sequence[ExportColumn]
    rows: int = 0
    _empty: list[int] = field(default_factory=list)

    def of(self, lines: Iterable[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
        """The same rows."""
        self.rows, empty = 0, [*range(len(self.columns))]
        for line in lines:
            self.rows += 1
            if empty:
                empty = [place for place in empty if line[place] is None or line[place] == ""]
            yield line
        self._empty = empty

    @property
    def written(self) -> TableWritten:
        """What went by."""
        unfilled = set(self._empty)
        fields = (
            FieldWritten(column.heading, column.items, column.words, place not in unfilled) for place, column in enumerate(self.columns)
        )
        return TableWritten(self.name, self.rows, tuple(fields))


def shown(selection: Selection) -> TableWritten:
    """What a paper shows of the only sheet."""
    tally = Tally("", selection.sheets[0].columns)
    for _line in tally.of(selection.lines()):
        pass
    return tally.written


@dataclass(frozen=True, slots=True)
class Contents:
    """What was written: how much, in which fields, which stayed empty, and of how many pupils something was kept back, by what it is."""

    counts: Counts
    fields: Sequence[str]
    empty: Sequence[str]
    withheld: Sequence[tuple[str, int]]


def contents_of(export: Export, selection: Selection, files: Sequence[NewFile]) -> Contents:
    """What stands in the files of a selection."""
    tables = [table for file in files for table in file.tables]
    rows: dict[str, int] = {}
    for table in tables:
        rows[table.name] = rows.get(table.name, 0) + table.rows
    pupils = len({exported.pupil.id for exported in selection.exported})
    of_unit = sum(
        len(sheet.rows) for sheet in selection.sheets if not sheet.explains
    )  # they tell of nobody, and are due by themselves never
    counts = Counts(pupils, sum(rows.values()) - of_unit, list(rows.items()) if len(rows) > 1 else ())
    if export.in_full:
        return Contents(counts, [_everything(counts, files)], (), kept_back(export, selection))
    return Contents(counts, *_fields(export, selection, tables), kept_back(export, selection))


def _everything(counts: Counts, files: Sequence[NewFile]) -> str:
    papers = sum("/papers/" in file.name for file in files)
    tables = count_of(len(counts.sheets), _("table"), _("tables"))
    words = _("everything on file, in {tables}, and {papers}") if papers else _("everything on file, in {tables}")
    return words.format(tables=tables, papers=count_of(papers, _("paper"), _("papers")))


def _fields(export: Export, selection: Selection, tables: Iterable[TableWritten]) -> tuple[list[str], list[str]]:
    """In words what is told, with the headings in brackets: where something was written; and what stayed empty in every table that has rows."""
    told_items = {item for exported in selection.exported for item in exported.items}
    filled: dict[str, dict[str, None]] = {}
    empty: dict[str, dict[str, None]] = {}
    full = {(table.name, written.heading) for table in tables for written in table.fields if written.filled}
    for table in tables:
        for written in table.fields if table.rows else ():
            is_filled = (table.name, written.heading) in full
            items = [item for item in written.items if item in told_items] if is_filled else written.items[:1]
            for word in words_of(export, items) or [written.words or written.heading]:
                (filled if is_filled else empty).setdefault(word, {})[without_places(written.heading)] = None
    for word, headings in filled.items():
        for heading in headings:
            empty.get(word, {}).pop(heading, None)
    return _in_words(filled), _in_words({word: headings for word, headings in empty.items() if headings})


def _in_words(headings_by_word: dict[str, dict[str, None]]) -> list[str]:
    return [
        word if [*headings] == [word] else _("{word} ({headings})").format(word=word, headings=", ".join(headings))
        for word, headings in headings_by_word.items()
    ]


def kept_back(export: Export, selection: Selection) -> list[tuple[str, int]]:
    """What is kept back of those who go, with of how many pupils."""
    pupil_ids_by_word: defaultdict[str, set[str]] = defaultdict(set)
    words_by_standing: dict[tuple[object, ...], list[str]] = {}
    for exported in selection.exported:
        standing = (exported.withheld, exported.level, exported.items, exported.kept_out)  # most pupils stand as many others do
        words = words_by_standing.get(standing)
        if words is None:
            words = words_by_standing[standing] = withheld_words(export, exported)
        for word in words:
            pupil_ids_by_word[word].add(exported.pupil.id)
    return sorted((word, len(pupil_ids)) for word, pupil_ids in pupil_ids_by_word.items())
