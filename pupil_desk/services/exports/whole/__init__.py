"""The whole unit, for whoever moves on: every table with a pupil's data, and the unit's own, in an open form that any program reads.

It is the one export that knows no minimum and no choice of items: the unit's own records go where the unit goes. So only a data officer
makes it, is asked first who will hold it, and a protected pupil goes in by name alone, as in every export. What restricted notes say goes
only where the data officer is named to read them, and then under a lock of its own; what stands in safeguarding files likewise. Each pupil's row of the log of disclosures says that it went.

Source: UK GDPR Articles 5(1)(f), 24, 28 and 32, read November 2026 (sure: high that they are the law; medium that a unit needs no more).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.catalogue.items import Basis
from pupil_desk.domain.sharing.recipients import NEXT_SYSTEM
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Export, ExportedPupil, ExportRow, Format, Option, Selection
from pupil_desk.services.exports.protected import add_unless_protected
from pupil_desk.services.exports.whole.packing import whole_files
from pupil_desk.services.exports.whole.tables import APART, BODY, UNSAID, WholeTable, readable, whole_tables
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import protections, pupils, whole


@dataclass(frozen=True, slots=True, eq=False)
class _Rows(Sequence[ExportRow]):
    """A pupil's rows of every table, read anew each time: those of a whole unit do not fit in the memory of an office PC."""

    vault: Vault = field(repr=False)
    pupil_id: str
    tables: Sequence[WholeTable] = field(repr=False)
    readable: frozenset[str]

    def __len__(self) -> int:
        return sum(1 for _row in self)

    def __iter__(self) -> Iterator[ExportRow]:
        for number, table in enumerate(self.tables):
            if table.is_withheld(self.readable):
                continue
            for row in whole.rows_of_pupil(self.vault, table.shape, self.pupil_id):
                cells = table.cells_of(row, readable=self.readable)
                yield ExportRow(cells, " ".join(map(str, table.key_of(cells))), number)

    @overload
    def __getitem__(self, place: int) -> ExportRow: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[ExportRow, ...]: ...
    def __getitem__(self, place: int | slice) -> ExportRow | tuple[ExportRow, ...]:
        return tuple(iter(self))[place]


def _select(desk: Desk, ask: Ask) -> Selection:
    tables = [table for table in whole_tables(desk.vault) if table.shape.of_pupils]
    sheets = tuple(table.sheet for table in tables)
    selection = Selection(sheets)
    protected, may_read = protections.by_pupil(desk.vault, ask.day, desk.today), readable(desk)
    mistaken_ids = set(whole.ids_of_mistaken(desk.vault)) if ask.pupils is None else set()
    mistaken = [pupil for pupil_id in sorted(mistaken_ids) if (pupil := pupils.own_row(desk.vault, pupil_id)) is not None]
    items = _items(desk, tables, ask.pupils, may_read)
    unread = _unread(desk, tables, ask.pupils, may_read)
    for pupil in (*pupils.all_pupils(desk.vault, ask.pupils), *mistaken):
        rows = _Rows(desk.vault, pupil.id, tables, may_read)
        reason = _("Entered by mistake, and taken away; the record is kept.") if pupil.id in mistaken_ids else _("On file.")
        exported = ExportedPupil(
            pupil,
            reason,
            tuple(item for item in every_item() if item in items[pupil.id]),
            rows,
            protections=tuple(protected.get(pupil.id, ())),
            kept_out=tuple(words for words, ids in unread if pupil.id in ids),
        )
        add_unless_protected(selection, exported, ask)
    return selection


def _unread(
    desk: Desk, tables: Sequence[WholeTable], ids: frozenset[str] | None, may_read: Collection[str]
) -> list[tuple[str, frozenset[str]]]:
    """What is kept out, in words, and of whom: of a safeguarding file nothing is said, since not even that there is one is for all to know."""
    words = {"restricted_note": _("what restricted notes say")}
    return [
        (words[table.name], frozenset(pupil_id for pupil_id, names in whole.filled(desk.vault, table.shape, [BODY], ids).items() if names))
        for table in tables
        if table.name in words and table.name not in may_read
    ]


def _items(desk: Desk, tables: Sequence[WholeTable], ids: frozenset[str] | None, may_read: Collection[str]) -> Mapping[str, set[str]]:
    """Of each pupil the items of which something goes; of a change also the item that was changed.

    No item of a safeguarding file is among them: they stand in the log of what was told, which a copy for the family has too. That files
    went is in the log of what was done.
    """
    items: defaultdict[str, set[str]] = defaultdict(set)
    for table in tables:
        item_by_column = {column.name: item for column in table.shape.columns if (item := table.item_of(column))}
        if item_by_column and table.name not in UNSAID and (table.name in may_read or table.name not in APART):
            for pupil_id, names in whole.filled(desk.vault, table.shape, list(item_by_column), ids).items():
                items[pupil_id].update(item_by_column[name] for name in names)
    for pupil_id, changed in whole.items_changed(desk.vault, ids).items():
        items[pupil_id] |= changed
    return items


def question(desk: Desk) -> str:
    """What is asked before it is made: who may hold such a file."""
    papers = _("restricted notes go too, in a file of their own with a password of its own: give them to the safeguarding lead alone")
    if "restricted_note" not in readable(desk):
        papers = _("what restricted notes say does not go, since you are not named to read them")
    return _(
        "This writes what the unit keeps of each pupil: health, care, notes, papers, results, who was told what. Whoever opens it holds it all. "
        "Make it only for somebody with whom the unit has a written contract to keep its records (UK GDPR Article 28), or who takes the unit’s "
        "place by law. Take it there yourself, tell the password by another way, and delete the file once it is read in. Protected pupils "
        "go only if you choose each by name; {papers}. {files}."
    ).format(papers=papers, files=_safeguarding_words(desk))


def _safeguarding_words(desk: Desk) -> str:
    if "safeguarding_entry" in readable(desk):
        return _("Safeguarding files go too, in that file apart")
    return _("What stands in safeguarding files does not go: the safeguarding lead takes it")


WHOLE_UNIT = Export(
    name="whole-unit",
    title=_("The whole unit, to move on"),
    recipient_key=NEXT_SYSTEM,
    law=_("UK GDPR Articles 24, 28 and 32: records are kept for the unit under a written contract, or by whoever takes its place by law"),
    basis=Basis.PUBLIC_TASK,
    purpose=_("To go on keeping the records in another program."),
    items=lambda: tuple(every_item()),
    covers=_("Everyone of whom there is a record: leavers too, and those entered by mistake; or those asked for by name."),
    select=_select,
    layouts={Format.CSV: whole_files},
    options=frozenset({Option.PUPILS, Option.HOLDER}),
    names="whole-unit-????-??-??-*/*",
    spec=_("Frictionless Data Package 2.0, with Table Schema"),
    question=question,
    in_full=True,
)

__all__ = ["WHOLE_UNIT"]
