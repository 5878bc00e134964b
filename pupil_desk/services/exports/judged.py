"""Exports that the rule of sharing governs: who goes in, and with what, is what the preview says, and nothing else."""

from collections.abc import Collection
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.documents.csv_table import Cell
from pupil_desk.domain.contact import Contact
from pupil_desk.domain.enrolment import Enrolment
from pupil_desk.domain.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.sharing import PARENT, PUPIL, Level, Recipient, items_at
from pupil_desk.services import sharing
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Column, LeftOut, Row, Select, Selection, Told, single
from pupil_desk.services.exports.protected import held_back
from pupil_desk.services.sharing import PreviewRow
from pupil_desk.store import contacts

_ADDRESS = ("address_1", "address_2", "locality", "town", "county", "postcode")


def heading_of(item: str) -> str:
    """The column's heading for an item, as the command line's contract writes it."""
    record, attribute = item.split(".")
    if record == "contact":
        return f"parent_{attribute}"
    return "enrolment_status" if item == "enrolment.status" else attribute


def selecting(recipient: Recipient) -> Select:
    """Who is told, by that recipient's preview."""

    def select(desk: Desk, ask: Ask) -> Selection:
        columns = tuple(Column(heading_of(item), item) for item in items_at(recipient, Level.FULL, desk.settings.rules))
        places = [(column.item, *column.item.split(".")) for column in columns]
        of_parent = any(column.item.startswith("contact.") for column in columns)  # families are not even read otherwise
        families = contacts.by_pupil(desk.vault) if of_parent else {}
        selection = Selection(single(columns))
        for row in sharing.preview(desk, recipient.name, ask.day):
            left_out = _left_out(row, ask.confirm)
            if left_out is not None:
                selection.left_out.append(left_out)
                continue
            parent = parent_told(families.get(row.pupil.id, ()), row.protections)
            cells = _cells(places, row.decision.items, row.pupil, stay_on(row.stays, ask.day), parent)
            selection.told.append(_told(row, cells))
        return selection

    return select


def _left_out(row: PreviewRow, confirm: Collection[str]) -> LeftOut | None:
    if row.decision.level is Level.NONE:
        in_short = {PARENT: _("a parent’s word"), PUPIL: _("the pupil’s own word")}.get(
            row.decision.decided_by, _("by the rule, at the pupil’s age that day")
        )
        return LeftOut(row.pupil, row.decision.reason, in_short)
    return held_back(row.pupil, row.protections, confirm)


def _told(row: PreviewRow, cells: tuple[Cell, ...]) -> Told:
    return Told(
        row.pupil,
        row.decision.level.value,
        row.decision.decided_by,
        row.decision.reason,
        row.decision.items,
        (Row(cells),),
        bool(row.protections),
    )


def stay_on(stays: Collection[Enrolment], day: date) -> Enrolment | None:
    """The stay that puts a pupil on the roll on a day; of several the one that began last."""
    return max(
        (stay for stay in stays if stay.on_roll(day)), key=lambda stay: stay.start_date or date.min, default=None
    )


def parent_told(family: Collection[Contact], protections: Collection[Protection]) -> Contact | None:
    """The parent whose name and address go: the first contact with parental responsibility who is not protected.

    Neither an order about the contact nor an address that is withheld may stand in the way; ``protections`` are those that count. The family is in its order.
    """
    protected = {p.contact_id for p in protections if p.kind in (ORDER, ADDRESS_WITHHELD)}
    return next(
        (contact for contact in family if contact.parental_responsibility and contact.id not in protected), None
    )


def _cells(places: Collection[tuple[str, ...]], items: Collection[str], pupil: Pupil, stay: Enrolment | None, parent: Contact | None) -> tuple[Cell, ...]:
    """What stands in each place, which is an item, its record and its attribute: nothing where the item does not go."""
    cells: list[Cell] = []
    for item, record, name in places:
        of: object = pupil if record == "pupil" else stay if record == "enrolment" else parent
        if record == "contact" and parent is not None and name in _ADDRESS and parent.lives_with:
            of = pupil
        cells.append(getattr(of, name) if of is not None and item in items else None)
    return tuple(cells)
