"""Erasing: what the law demands to be deleted, and nothing beside it. The order and the counts stay, in the file and in its log."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.validation import Problem, refuse
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.services.sections import TABLES
from pupil_desk.store import erasing as store
from pupil_desk.store import pupils
from pupil_desk.store.rows import new_id


@dataclass(frozen=True, slots=True)
class Erased:
    """What an order did: how many rows went, by table."""

    order_id: str
    counts: Mapping[str, int]
    changed: Changed


def erase_pupil(desk: Desk, pupil_id: str, *, authority: str) -> Erased:
    """Delete all that is held on one pupil, in every record of that person. ``authority`` says on what ground. Data officer only.

    Raises NotAllowed, Refused (no authority), WrongUse (no such pupil).
    """
    desk.require(Action.ERASE, "pupil", pupil_id)
    if pupils.get(desk.vault, pupil_id) is None:
        raise WrongUse(_("That pupil is no longer on file. Look at the list again."))
    tables = store.tables_of_pupils(desk.vault)
    return _erase(desk, pupil_id, "", frozenset(tables), authority)


def erase_sections(desk: Desk, sections: Collection[str], *, authority: str, pupil_id: str = "") -> Erased:
    """Delete classes of record, named as sections of the pupil's sheet: of one pupil, or without one of all pupils.

    What those records said before goes with them. Raises NotAllowed, Refused, WrongUse (no such class, or something
    else refers to it: name that too).
    """
    desk.require(Action.ERASE, "pupil", pupil_id)
    if not sections or not set(sections) <= set(TABLES) - {"pupil"}:
        raise WrongUse(_("There is no such class of record: {names}.").format(names=", ".join(sections)))
    tables = frozenset(table for section in sections for table in TABLES[section])
    for table in sorted(tables):
        if store.referred_to(desk.vault, table, tables, pupil_id):
            raise WrongUse(_("Other records refer to these, so they cannot go alone. Erase those too, or all of the pupil’s."))
    return _erase(desk, pupil_id, ", ".join(sorted(sections)), tables, authority)


def _erase(desk: Desk, pupil_id: str, named: str, tables: frozenset[str], authority: str) -> Erased:
    authority = tidy(authority)
    refuse(() if authority else (Problem("authority", "missing", _("Enter on what ground this is erased.")),))
    pupil_id, *further = store.records_of(desk.vault, pupil_id)
    orders = {new_id(): record for record in (pupil_id, *further)}
    order_id, *_others = orders
    with desk.act(Action.ERASE, "erasure-order", order_id, named or "all of a pupil") as work:
        whole = not named
        for each, record in orders.items():
            store.open_order(desk.vault, order_id=each, pupil_id=record, tables=() if whole else tables,
                             authority=authority, at=work.at, by=work.by)  # fmt: skip
        counts = _delete(work, pupil_id, tables, whole=whole)
        for each in orders:  # what went is counted once, with the record that was kept
            store.close_order(desk.vault, each, counts if each == order_id else {}, work.at)
        told = ", ".join(f"{table} {count}" for table, count in counts.items()) or "nothing"
        work.note("erased", "pupil", pupil_id, told)
        for record in further:
            work.note("erased", "pupil", record, "with the record kept")
    ids = (pupil_id, *further) if pupil_id else ()
    kinds = ("pupil", "contact", "protection", "choice", "notice", "export", *sorted(tables))
    return Erased(order_id, counts, Changed.of(*kinds, ids=ids))


def _delete(work: Work, pupil_id: str, tables: frozenset[str], *, whole: bool) -> dict[str, int]:
    """Those that refer to others first, so that no row is left that refers to nothing."""
    vault = work.desk.vault
    counts: dict[str, int] = {}
    if not whole:
        counts["amendment"] = store.delete_amendments(vault, tables, pupil_id)
    refers = store.tables_of_pupils(vault)
    order = TopologicalSorter({table: refers[table] - {table} for table in tables}).static_order()
    for table in reversed([table for table in order if table in tables]):
        counts[table] = counts.get(table, 0) + store.delete_rows(vault, table, pupil_id)
    if whole:
        counts["pupil"] = store.delete_pupil(vault, pupil_id)
    return {table: count for table, count in sorted(counts.items()) if count}
