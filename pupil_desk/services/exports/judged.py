"""Exports that the rule of sharing governs: who goes in, and with what, is what the preview says, and nothing else."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import compress
from operator import attrgetter, is_not
from types import MappingProxyType

from pupil_desk.basics.words import _
from pupil_desk.documents.csv_table import Cell
from pupil_desk.domain.contact import Contact, home_of
from pupil_desk.domain.enrolment import Enrolment
from pupil_desk.domain.items import attributes_of
from pupil_desk.domain.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupil import ADDRESS, Pupil
from pupil_desk.domain.sharing import PARENT, PUPIL, Level
from pupil_desk.services.exports.export import LeftOut, Row, Sheet, Told
from pupil_desk.services.exports.protected import held_back
from pupil_desk.services.sharing import PreviewRow

_OF_PUPIL = tuple(f"pupil.{name}" for name in attributes_of(Pupil))
_is_something = partial(is_not, None)
_its_values = attrgetter(*attributes_of(Pupil))

type Values = Mapping[str, Cell]
"""What is known of a pupil, by item (``record.attribute``)."""
type _LetThrough = tuple[tuple[str, ...], list[tuple[tuple[str, ...], ...]]]

_NONE: Values = MappingProxyType({})


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


class Allowing:
    """Sheets, and what of them decisions let through; it is worked out once for all decisions on the same items."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets
        self._items = {column.item for sheet in sheets for column in sheet.columns}
        self._known: dict[tuple[str, ...], _LetThrough] = {}

    def row(self, row: PreviewRow, values: Values, worked_out: Values = _NONE, *, number: int = 0, key: str = "") -> Row:
        """A row of a sheet that holds just what the decision lets through: a cell of any other item stays empty.

        ``worked_out`` are values by a column's heading, for what is worked out from the column's item.
        """
        _items, places = self._of(row.decision.items)
        headings, held = places[number]
        if not worked_out:
            return Row(tuple(map(values.get, held)), key, number)
        return Row(tuple([worked_out.get(heading, values.get(item)) for heading, item in zip(headings, held, strict=True)]), key, number)

    def told(self, row: PreviewRow, rows: tuple[Row, ...]) -> Told:
        """One pupil told by a decision: of the items that it lets through, those of which a cell says something."""
        decision = row.decision
        items, places = self._of(decision.items)
        said = frozenset(item for one in rows for item in compress(places[one.sheet][1], map(_is_something, one.cells)))
        items = tuple(filter(said.__contains__, items))
        return Told(row.pupil, decision.level.value, decision.decided_by, decision.reason, items, rows, tuple(row.protections))

    def _of(self, items: tuple[str, ...]) -> _LetThrough:
        """Of the items let through, those in the sheets; and of each sheet the headings and items of its columns, empty where not let through."""
        if items not in self._known:
            let = frozenset(items)
            places = [tuple(zip(*((column.heading, column.item) if column.item in let else ("", "") for column in sheet.columns), strict=True)) for sheet in self._sheets]
            self._known[items] = tuple(item for item in items if item in self._items), places
        return self._known[items]


def stay_on(stays: Collection[Enrolment], day: date) -> Enrolment | None:
    """The stay that puts a pupil on the roll on a day; of several the one that began last."""
    found = [stay for stay in stays if stay.on_roll(day)]
    return max(found, key=lambda stay: stay.start_date or date.min) if len(found) > 1 else next(iter(found), None)


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
    values: dict[str, Cell] = dict(zip(_OF_PUPIL, _its_values(pupil), strict=True))
    if stay is not None:
        values |= {"enrolment.status": stay.status, "enrolment.start_date": stay.start_date}
    if parent is not None:
        lives_at = home_of(parent, pupil)
        values |= {"contact.surname": parent.surname, "contact.forename": parent.forename}
        values |= {f"contact.{name}": getattr(lives_at, name) for name in ADDRESS}
    return values
