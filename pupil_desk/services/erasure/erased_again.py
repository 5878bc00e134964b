"""Restoring an older backup brings nobody back: what was erased since it was made is erased in it again, before it is put in its place."""

from collections.abc import Collection
from pathlib import Path

from pupil_desk.basics.clock import Clock, local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.governance.hold import HoldStep, LegalHold, over
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.duplicates import merging
from pupil_desk.services.erasure import erasure
from pupil_desk.services.erasure.erasure import Extent
from pupil_desk.services.roles import Action
from pupil_desk.store.file import erased_ledger
from pupil_desk.store.file.erased_ledger import ErasureOrder
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import erasing
from pupil_desk.store.rows import merging as merging_store
from pupil_desk.store.rows.erasing import ALL_TABLES
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import holds as holds_store


def carry_out(vault: Vault, member: StaffMember | None, clock: Clock, *, folders: Collection[Path]) -> int:
    """Carry out again, in a file just restored, the orders that notes in these folders hold and it does not know; how many there were.

    ``member`` restores it; None where the recovery code does. One transaction: all of them, or the restore has failed.
    """
    known_orders = erased_ledger.read(vault, erased_ledger.notes_in(folders))
    orders = [order for order in known_orders if not erasing.has_order(vault, order.id)]
    if not orders:
        return 0
    desk = Desk(vault, member or StaffMember(id="recovery-code", name=_("Recovery code"), role=Role.DATA_OFFICER), clock)
    with desk.act(Action.ERASE, "backup", "", f"{len(orders)} orders carried out again") as work:
        for order in orders:
            _part_who_was_not_erased(work, order, known_orders)
            _carry_out_order(work, order)
    return len(orders)


def note_beside(vault: Vault, new_file: Path, *, folders: Collection[Path]) -> None:
    """Note beside the restored file all orders known, those of pupils whom it never held too. Before the file is in its place."""
    known_orders = erased_ledger.read(vault, erased_ledger.notes_in(folders))
    erased_ledger.write(vault, destination=erased_ledger.place(new_file), further_orders=known_orders)


def _part_who_was_not_erased(work: Work, order: ErasureOrder, known_orders: Collection[ErasureOrder]) -> None:
    """An erasure orders for each record of the person. One that stands for the same person here, and had no order then, was parted before."""
    act = (order.closed_at, order.tables, order.parts)
    erased_ids = {
        noted_order.pupil_id for noted_order in known_orders if (noted_order.closed_at, noted_order.tables, noted_order.parts) == act
    }
    reason = _("Parted before an erasure of {day}, which was carried out again").format(day=_day_of(order))
    while order.pupil_id:
        kept_id, *merged_ids = erasing.records_of(work.desk.vault, order.pupil_id)
        merged_into = {record: event["kept_id"] for record, event in merging_store.standing(work.desk.vault).items()}
        record_id = next((record for record in merged_ids if (record in erased_ids) != (merged_into[record] in erased_ids)), "")
        if not record_id:
            return
        merging.part_within(work, kept_id, record_id, reason)


def _day_of(order: ErasureOrder) -> str:
    return show_date(local_time(order.closed_at).date())


def _carry_out_order(work: Work, order: ErasureOrder) -> None:
    """The tables that the file has of those that the order names; one named that only empties a row does so."""
    vault = work.desk.vault
    pupil_tables = erasing.tables_of_pupils(vault)
    named_tables = frozenset(order.tables.split())
    if order.parts:
        extent = erasure.extent_of(work.desk, order.pupil_id, order.parts.split())
    elif order.tables == ALL_TABLES:
        extent = Extent(frozenset(pupil_tables), is_whole=True)
    else:
        emptied = "pupil" in named_tables  # what proves something stays then, and whatever that refers to
        tables = (named_tables & frozenset(pupil_tables)) - {"pupil"}
        extent = Extent(erasure.free(work.desk, order.pupil_id, tables) if emptied else tables, emptied=emptied)
    _lift_holds(work, order)
    authority = _("Carried out again, as on {day}, when a backup of before was restored").format(day=_day_of(order))
    erasure.erase_within(work, order.pupil_id, extent, authority, order.id)


def _lift_holds(work: Work, order: ErasureOrder) -> None:
    """A hold of before was lifted before the order was carried out, or it could not have been."""
    vault = work.desk.vault
    open_holds = [hold for hold in holds_store.everything(vault) if hold.in_force]
    for hold in over(order.pupil_id, open_holds) if order.pupil_id else open_holds:
        reason = _("Lifted before an erasure of {day}, which was carried out again").format(day=_day_of(order))
        event = LegalHold(id=new_id(), hold_id=hold.id, pupil_id=hold.pupil_id, step=HoldStep.LIFTED.value, reason=reason)
        holds_store.add(vault, event, moment=work.stamp, actor=work.actor)
