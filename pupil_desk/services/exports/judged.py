"""Exports that the rule of sharing governs: who goes in, and with what, is what the preview says, and nothing else."""

from collections.abc import Collection, Mapping
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.documents.csv_table import Cell
from pupil_desk.domain.contact import Contact
from pupil_desk.domain.enrolment import Enrolment
from pupil_desk.domain.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.sharing import PARENT, PUPIL, Level
from pupil_desk.services.exports.export import LeftOut, Row, Sheet, Told
from pupil_desk.services.exports.protected import held_back
from pupil_desk.services.sharing import PreviewRow

_OF_PUPIL = tuple((f"pupil.{name}", name) for name in Pupil.__dataclass_fields__)
ADDRESS = ("address_1", "address_2", "locality", "town", "county", "postcode")

type Values = Mapping[str, Cell]
"""What is known of a pupil, by item (``record.attribute``), or by a column's heading where it is worked out from its item."""


def heading_of(item: str) -> str:
    """The column's heading for an item, as the command line's contract writes it."""
    record, attribute = item.split(".")
    if record in ("contact", "destination"):
        return f"{'parent' if record == 'contact' else record}_{attribute}"
    return "enrolment_status" if item == "enrolment.status" else attribute


def left_by_rule(row: PreviewRow) -> LeftOut | None:
    """Why the rule keeps a pupil out of the file altogether; None for one of whom something may be told."""
    if row.decision.level is not Level.NONE:
        return None
    in_short = {PARENT: _("a parent’s word"), PUPIL: _("the pupil’s own word")}.get(
        row.decision.decided_by, _("by the rule, at the pupil’s age that day")
    )
    return LeftOut(row.pupil, row.decision.reason, in_short)


def left_protected(row: PreviewRow, confirm: Collection[str]) -> LeftOut | None:
    """Why a protection keeps a pupil out until confirmed by name."""
    return held_back(row.pupil, row.protections, confirm)


def allowed_row(row: PreviewRow, sheet: Sheet, values: Values, *, number: int = 0, key: str = "") -> Row:
    """A row of a sheet that holds just what the decision lets through: a cell of any other item stays empty."""
    items = row.decision.items
    return Row(tuple(values.get(column.heading, values.get(column.item)) if column.item in items else None for column in sheet.columns), key, number)


def items_in(sheets: Collection[Sheet]) -> frozenset[str]:
    """The items that stand in these sheets' columns."""
    return frozenset(column.item for sheet in sheets for column in sheet.columns)


def told_of(row: PreviewRow, there: Collection[str], rows: tuple[Row, ...]) -> Told:
    """One pupil told by a decision: of the items that are there in the sheets, those that the decision lets through."""
    decision = row.decision
    items = tuple(item for item in decision.items if item in there)
    return Told(row.pupil, decision.level.value, decision.decided_by, decision.reason, items, rows, bool(row.protections))


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


def values_of(pupil: Pupil, stay: Enrolment | None = None, parent: Contact | None = None) -> dict[str, Cell]:
    """What is known of a pupil, of the stay of the day, and of the parent who is told of."""
    values: dict[str, Cell] = {item: getattr(pupil, name) for item, name in _OF_PUPIL}
    if stay is not None:
        values |= {"enrolment.status": stay.status, "enrolment.start_date": stay.start_date}
    if parent is not None:
        lives_at = pupil if parent.lives_with else parent
        values |= {"contact.surname": parent.surname, "contact.forename": parent.forename}
        values |= {f"contact.{name}": getattr(lives_at, name) for name in ADDRESS}
    return values
