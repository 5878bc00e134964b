"""Erasing: what the law demands to be deleted, and nothing beside it. The order and the counts stay, in the file and in its log.

It goes by an order that two people agreed to (``erasure_cases``), or when a restore carries one out again (``erased_again``); there is
no other way. While a hold stands, nothing goes. What went is also noted beside the file and its backups (``store.erased_ledger``), so
that a backup of before does not bring it back when it is restored.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.validation import Problem, refuse
from pupil_desk.services import holds
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.sections import TABLES
from pupil_desk.store import erased_ledger, frozen, pupils
from pupil_desk.store import erasing as store
from pupil_desk.store.rows import new_id

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
    """What an order reaches: tables, all of a pupil's, or those of a record of which proof stays (``emptied``)."""

    tables: frozenset[str]
    whole: bool = False
    emptied: bool = False


def whole_within(work: Work, pupil_id: str, authority: str, order_id: str) -> Erased:
    """Within a transaction of a data officer's: delete all of a pupil."""
    _require_there(work.desk, pupil_id)
    return erase_within(work, pupil_id, Extent(frozenset(store.tables_of_pupils(work.desk.vault)), whole=True), authority, order_id)


def record_within(work: Work, pupil_id: str, kept_sections: Collection[str], authority: str, order_id: str) -> Erased:
    """Within a transaction of a data officer's: delete the record of a pupil, but for the sections that prove what was chosen and told.

    What those sections refer to stays with them; of the pupil and of such a contact only the name does.
    """
    _require_there(work.desk, pupil_id)
    kept = {table for section in ("pupil", *kept_sections) for table in TABLES[section]}
    tables = free(work.desk, pupil_id, frozenset(store.tables_of_pupils(work.desk.vault)) - kept)
    return erase_within(work, pupil_id, Extent(tables, emptied=True), authority, order_id)


def free(desk: Desk, pupil_id: str, tables: frozenset[str]) -> frozenset[str]:
    """Of these tables of a pupil those of which no row is needed by any other."""
    while needed := {table for table in tables if store.referred_to(desk.vault, table, tables, pupil_id)}:
        tables -= needed
    return tables


def _require_there(desk: Desk, pupil_id: str) -> None:
    if pupils.get(desk.vault, pupil_id) is None:
        raise WrongUse(_("That pupil is no longer on file. Look at the list again."))


@contextmanager
def noted(desk: Desk) -> Iterator[None]:
    """Around the transaction of an erasure: note beside the file what went, once it is gone for good."""
    yield
    erased_ledger.write(desk.vault)


def erase_within(work: Work, pupil_id: str, extent: Extent, authority: str, order_id: str) -> Erased:
    """Within a transaction: open the orders, delete, close them, and log what went. ``order_id`` is that of the record kept.

    Raises Refused without a ground, WrongUse while a hold stands.
    """
    vault, authority = work.desk.vault, tidy(authority)
    refuse(() if authority else (Problem("authority", "missing", _("Enter on what ground this is erased.")),))
    pupil_id, *further = store.records_of(vault, pupil_id)
    holds.refuse_if_held(work.desk, pupil_id)
    orders = {order_id: pupil_id} | {new_id(): record for record in further}
    named = (*extent.tables, *EMPTIED) if extent.emptied else extent.tables
    for each, record in orders.items():
        store.open_order(vault, order_id=each, pupil_id=record, tables=() if extent.whole else named, authority=authority, at=work.at, by=work.by)
    counts = _delete(work, pupil_id, extent)
    for each in orders:  # what went is counted once, with the record that was kept
        store.close_order(vault, each, counts if each == order_id else {}, work.at)
    told = ", ".join(f"{table} {count}" for table, count in counts.items()) or "nothing"
    work.note("erased", "pupil", pupil_id, told)
    for record in further:
        work.note("erased", "pupil", record, "with the record kept")
    ids = (pupil_id, *further) if pupil_id else ()
    kinds = ("pupil", "contact", "protection", "choice", "notice", "export", *sorted(extent.tables))
    return Erased(order_id, counts, Changed.of(*kinds, ids=ids), tuple(orders))


def _delete_files(work: Work, pupil_id: str) -> int:
    """The files kept of exports that tell of the pupil, also those made while the record, parted since, stood for another."""
    vault, number = work.desk.vault, 0
    for export_id in frozen.kept_while_one(vault, pupil_id):
        event = {"id": new_id(), "export_id": export_id, "what": frozen.CONTENT_DELETED, "on": work.desk.today, "note": _("Somebody who was in them was erased."),
                 "at": work.at, "recorded_by": work.by}  # fmt: skip
        frozen.add_event(vault, event)
        number += frozen.delete_content(vault, export_id)
    return number + store.delete_contents(vault, pupil_id)


def _delete(work: Work, pupil_id: str, extent: Extent) -> dict[str, int]:
    """Those that refer to others first, so that no row is left that refers to nothing. Files kept of exports go whole."""
    vault = work.desk.vault
    counts = {"export_content": _delete_files(work, pupil_id)}  # while it is known who is in them
    if not extent.whole:
        kinds = {*extent.tables, *EMPTIED} if extent.emptied else extent.tables
        counts["amendment"] = store.delete_amendments(vault, kinds, pupil_id)
    refers = store.tables_of_pupils(vault)
    order = TopologicalSorter({table: refers[table] - {table} for table in extent.tables}).static_order()
    for table in reversed([table for table in order if table in extent.tables]):
        counts[table] = counts.get(table, 0) + store.delete_rows(vault, table, pupil_id)
    if extent.whole:
        counts["pupil"] = store.delete_pupil(vault, pupil_id)
    if extent.emptied:
        store.empty(vault, pupil_id)
    return {table: count for table, count in sorted(counts.items()) if count}
