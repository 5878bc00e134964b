"""Erasing: what the law demands to be deleted, and nothing beside it. The order and the counts stay, in the file and in its log.

It goes by an order that two people agreed to (``cases``), or when a restore carries one out again (``erased_again``); there is
no other way. While a hold stands, nothing goes. What went is also noted beside the file and its backups (``store.file.erased_ledger``), so
that a backup of before does not bring it back when it is restored.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from graphlib import TopologicalSorter

from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.governance.retention import CONSENT, NAME, PAPER, RECORD, REGISTER, REQUEST, SEN
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import holds
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.erasure import due_for_erasure
from pupil_desk.services.erasure.events import BETWEEN
from pupil_desk.services.erasure.file_names import forget_file_names
from pupil_desk.services.figures import kept as figures_kept
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.unit import drafts
from pupil_desk.store.file import erased_ledger
from pupil_desk.store.rows import erasing as store
from pupil_desk.store.rows import erasing_rows
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import frozen

_NEWS = {"consent": frozenset({"consent_event"}), "request": frozenset({"request_case"}), "form": frozenset({"paper_form"})}
_UNCOUNTED_PARTS = frozenset({CONSENT, REQUEST, PAPER})  # of which no figure is made
EMPTIED = ("pupil", "contact")
"""Of these, where the record goes and proof stays, the rows keep a name and nothing else."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an order did: how many rows went, by table. ``order_ids`` are all orders of it, one for each record of the person."""

    order_id: str
    counts: Mapping[str, int]
    changed: Changed
    order_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extent:
    """What an order reaches: tables, all of a pupil's, or those of a record of which proof stays (``emptied``).

    ``parts`` are the classes, consents and requests that it names, ``rows`` those of their rows that go while others of their table
    stay, and ``stays`` the items of a pupil and of contacts that are kept for a class that stays.
    """

    tables: frozenset[str]
    is_whole: bool = False
    emptied: bool = False
    parts: tuple[str, ...] = ()
    rows: erasing_rows.Rows = field(default_factory=dict)
    stays: frozenset[str] = frozenset()

    @property
    def table_names(self) -> tuple[str, ...]:
        """Every table that an order must name."""
        return (*self.tables, *self.rows, *(EMPTIED if self.emptied else ()))


def whole_within(work: Work, pupil_id: str, authority: str, order_id: str) -> Erased:
    """Within a transaction of a data officer's: delete all of a pupil."""
    _require_there(work.desk, pupil_id)
    return erase_within(work, pupil_id, Extent(frozenset(store.tables_of_pupils(work.desk.vault)), is_whole=True), authority, order_id)


def parts_within(work: Work, pupil_id: str, parts: Sequence[str], authority: str, order_id: str) -> Erased:
    """Within a transaction of a data officer's: delete these classes, consents and requests of a pupil (without one, complaints about none).

    What stays keeps what it refers to: of the pupil and of such a contact the name, and the items of a class that stays.
    """
    if pupil_id:
        _require_there(work.desk, pupil_id)
    return erase_within(work, pupil_id, extent_of(work.desk, pupil_id, parts), authority, order_id)


def extent_of(desk: Desk, pupil_id: str, parts: Sequence[str]) -> Extent:
    """What these parts reach, as the file is now: the same when they are erased and when a restored backup has them erased again."""
    vault, rows = desk.vault, dict[str, list[int]]()
    pupil_id = store.records_of(vault, pupil_id)[0]
    for part in parts:
        for table, numbers in _rows_of(desk, pupil_id, part).items():
            rows[table] = [*rows.get(table, ()), *numbers]
    ending_classes = {*parts} | due_for_erasure.classes_gone(desk, pupil_id) if pupil_id else {*parts}
    existing_tables = frozenset(store.tables_of_pupils(vault))
    tables = frozenset(table for part in parts if part not in (PAPER, REGISTER) for table in due_for_erasure.tables_of(part))
    if REGISTER in parts:
        tables |= due_for_erasure.tables_of(REGISTER) - {"contact"}
    if {RECORD, REGISTER} <= ending_classes and ending_classes & {RECORD, REGISTER} & {*parts}:
        tables |= {"contact"}
    tables = free(desk, pupil_id, tables & existing_tables, rows) if pupil_id else frozenset()
    emptied = bool({RECORD, REGISTER, SEN} & {*parts})
    return Extent(
        tables, emptied=emptied, parts=tuple(parts), rows=rows, stays=_items_that_stay(ending_classes) if emptied else frozenset()
    )


def _rows_of(desk: Desk, pupil_id: str, part: str) -> erasing_rows.Rows:
    name, _colon, key = part.partition(":")
    if name == CONSENT and key:
        consent_type, _between, occasion_id = key.partition(BETWEEN)
        return erasing_rows.of_consent(desk.vault, pupil_id, consent_type, occasion_id or None)
    if name == REQUEST and key:
        return erasing_rows.of_request(desk.vault, key)
    if name == PAPER:
        return erasing_rows.of_papers(desk.vault, pupil_id)
    return erasing_rows.of_needs(desk.vault, pupil_id) if name == SEN else {}


def _items_that_stay(ending_classes: Collection[str]) -> frozenset[str]:
    """The items of a pupil and of contacts whose class stays; the name does in any case, and what was said of it before goes with the record."""
    catalogue_items = (item for record in (Pupil, Contact) for item in items_of(record))
    return frozenset(item.name for item in catalogue_items if item.facts.retention not in ending_classes and item.facts.retention != NAME)


def free(desk: Desk, pupil_id: str, tables: frozenset[str], going: erasing_rows.Rows | None = None) -> frozenset[str]:
    """Of these tables of a pupil those of which no row is needed by any other that stays."""
    while needed_tables := {table for table in tables if store.referred_to(desk.vault, table, tables, pupil_id, going)}:
        tables -= needed_tables
    return tables


def _require_there(desk: Desk, pupil_id: str) -> None:
    pupil_of(desk.vault, pupil_id)


@contextmanager
def noting_in_ledger(desk: Desk) -> Iterator[None]:
    """Around the transaction of an erasure: note beside the file what went, once it is gone for good."""
    yield
    erased_ledger.write(desk.vault)


def erase_within(work: Work, pupil_id: str, extent: Extent, authority: str, order_id: str) -> Erased:
    """Within a transaction: open the orders, delete, close them, and log what went. ``order_id`` is that of the record kept.

    Raises Refused without a ground, WrongUse while a hold stands.
    """
    vault, authority = work.desk.vault, tidy(authority)
    refuse(() if authority else (Problem("authority", "missing", _("Enter on what ground this is erased.")),))
    pupil_id, *merged_ids = store.records_of(vault, pupil_id)
    holds.refuse_if_held(work.desk, pupil_id)
    orders = {order_id: pupil_id} | {new_id(): record for record in merged_ids}
    for record_order_id, record in orders.items():
        store.open_order(
            vault,
            order_id=record_order_id,
            pupil_id=record,
            tables=() if extent.is_whole else extent.table_names,
            authority=authority,
            moment=work.stamp,
            actor=work.actor,
            parts=extent.parts,
        )
    if pupil_id and (extent.is_whole or extent.emptied):
        figures_kept.keep_years(work, pupil_id)
    if pupil_id and (extent.is_whole or {part.partition(":")[0] for part in extent.parts} - _UNCOUNTED_PARTS):
        figures_kept.close_years(work, pupil_id)
    counts = _delete(work, pupil_id, extent)
    for record_order_id in orders:  # what went is counted once, with the record that was kept
        store.close_order(vault, record_order_id, counts if record_order_id == order_id else {}, work.stamp)
    summary = ", ".join(f"{table} {count}" for table, count in counts.items()) or "nothing"
    work.note("erased", "pupil", pupil_id, summary)
    for record in merged_ids:
        work.note("erased", "pupil", record, "with the record kept")
    ids = (pupil_id, *merged_ids) if pupil_id else ()
    kinds = (
        "pupil",
        "contact",
        "protection",
        "choice",
        "notice",
        "export",
        *sorted({*extent.tables, *extent.rows}),
        *(name for name, tables in _NEWS.items() if tables & {*extent.rows}),
    )
    return Erased(order_id, counts, Changed.of(*kinds, ids=ids), tuple(orders))


def _delete_files(work: Work, pupil_id: str) -> int:
    """The files kept of exports that tell of the pupil, also those made while the record, parted since, stood for another."""
    vault, number = work.desk.vault, 0
    for export_id in frozen.kept_while_one(vault, pupil_id):
        event = {
            "id": new_id(),
            "export_id": export_id,
            "what": frozen.CONTENT_DELETED,
            "on": work.desk.today,
            "note": _("Somebody who was in them was erased."),
            "at": work.stamp,
            "recorded_by": work.actor,
        }
        frozen.add_event(vault, event)
        number += frozen.delete_content(vault, export_id)
    return number + store.delete_contents(vault, pupil_id)


_UNCOUNTED = frozenset({"safeguarding_entry", "safeguarding_paper"})  # a count would tell for good that there was a file


def _delete(work: Work, pupil_id: str, extent: Extent) -> dict[str, int]:
    """Those that refer to others first, so that no row is left that refers to nothing. Files kept of exports go whole.

    Of what was counted nothing is said of ``_UNCOUNTED``: the order, the log and the certificate keep the counts.
    """
    vault = work.desk.vault
    all_tables = frozenset({*extent.tables, *extent.rows})
    counts = {}
    if not extent.parts or RECORD in extent.parts:
        counts["export_content"] = _delete_files(work, pupil_id)  # while it is known who is in them
        counts["import_file"] = forget_file_names(vault, pupil_id)
    if not extent.is_whole and (pupil_id or not extent.parts):
        kinds = {*extent.tables} - {*EMPTIED}
        counts["amendment"] = store.delete_amendments(vault, kinds, pupil_id)
        if extent.emptied:
            counts["amendment"] += store.delete_amendments(vault, EMPTIED, pupil_id, extent.stays)
    refers = store.tables_of_pupils(vault)
    order = TopologicalSorter({table: refers[table] - {table} for table in all_tables}).static_order()
    for table in reversed([table for table in order if table in all_tables]):
        deleted = (
            store.delete_rows(vault, table, pupil_id) if table in extent.tables else erasing_rows.delete(vault, table, extent.rows[table])
        )
        counts[table] = counts.get(table, 0) + deleted
    if extent.is_whole or extent.emptied:
        drafts.lose_about(work, store.records_of(vault, pupil_id))
    if extent.is_whole:
        counts["pupil"] = store.delete_pupil(vault, pupil_id)
    if extent.emptied:
        store.empty(vault, pupil_id, extent.stays)
    return {table: count for table, count in sorted(counts.items()) if count and table not in _UNCOUNTED}
