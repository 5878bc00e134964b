"""What the two everyday returns to the authority have in common: which stays are due, and the families that go with them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.notices.addressees import home_withheld
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.former_address import FormerAddress
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.authority_returns import ByStay, was_returned
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.columns import items_told
from pupil_desk.services.exports.export import Ask, ExportColumn, ExportedPupil, ExportRow, LeftOut, Problem
from pupil_desk.services.pupils.admission import is_parent
from pupil_desk.store.tables import addresses, contacts, enrolments, protections, pupils, returned

LAW = _("School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208), regulation 13")

type Counts = Callable[[Enrolment, date, date | None], bool]
"""Whether a stay is one that is returned by a day, if it has not been; the last argument is the day before which others did it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A pupil with the stay to return, the parents that the register names, since when the address holds, and protections in force.

    ``withheld``: where the pupil lives is to be withheld, for the pupil's sake or for somebody's who lives there.
    """

    pupil: Pupil
    stay: Enrolment
    parents: Sequence[Contact]
    address_since: date | None
    protections: Sequence[Protection]
    withheld: bool


def due(desk: Desk, ask: Ask, what: str, counts: Counts) -> Iterator[Due]:
    """The stays to return, by name: those not returned yet; with pupils asked for, theirs alone, returned before or not."""
    vault, since = desk.vault, desk.settings.returns_from
    stays, families, earlier = (store.by_pupil(vault, ask.pupils) for store in (enrolments, contacts, addresses))
    held, done = protections.by_pupil(vault, ask.day, desk.today), returned.everything(vault, what, but=ask.again)
    for pupil in pupils.everyone(vault, ask.pupils):
        wanted = [stay for stay in stays[pupil.id] if counts(stay, ask.day, None if ask.by_name else since)]
        if ask.by_name and not wanted:  # the last of an earlier school year, which was forgotten then
            wanted = [stay for stay in stays[pupil.id] if counts(stay, min(stay.end_date or ask.day, ask.day), None)][-1:]
        for stay in _to_return(wanted, what, done, named=ask.by_name):
            parents = [contact for contact in families[pupil.id] if is_parent(contact)]
            yield Due(pupil, stay, parents, _since(earlier[pupil.id]), held[pupil.id], home_withheld(pupil, families[pupil.id], held[pupil.id]))


def _to_return(stays: Sequence[Enrolment], what: str, done: ByStay, *, named: bool) -> Sequence[Enrolment]:
    """Those not returned yet; of a pupil asked for by name, where all were, the last."""
    open_ = [stay for stay in stays if not was_returned(stay, what, done)]
    return open_ or (stays[-1:] if named else ())


def _since(earlier: Sequence[FormerAddress]) -> date | None:
    return max((address.moved_on for address in earlier if address.moved_on), default=None)


def not_due(desk: Desk, ask: Ask, found: Collection[Due], reason: str, in_short: str) -> Iterator[LeftOut]:
    """Those who are asked for by name and of whom there is nothing to return, by name, and why."""
    if ask.by_name and ask.pupils is not None:
        for pupil in pupils.some(desk.vault, ask.pupils - {one.pupil.id for one in found}):
            yield LeftOut(pupil, reason, in_short)


def addresses_withheld(found: Due, parents: Sequence[Contact]) -> Iterator[Problem]:
    """A word for each address that the return carries, as the law has it, and that is to be withheld; ``parents`` are those in it."""
    if found.withheld and found.pupil.address_lines:
        words = _("The address is to be withheld, and the return carries it. Be sure who may see it at the authority.")
        yield Problem(found.pupil, "pupil.address_1", words)
    hidden = {protection.contact_id for protection in found.protections if protection.kind == ADDRESS_WITHHELD}
    if any(parent.id in hidden and parent.address_lines for parent in parents):
        words = _("A parent’s address is to be withheld, and the return carries it. Be sure who may see it at the authority.")
        yield Problem(found.pupil, "contact.address_1", words)


def told_of(found: Due, reason: str, columns: Sequence[ExportColumn], items: Sequence[str], of_parents: Sequence[Cell], further: Collection[str] = ()) -> ExportedPupil:
    """A pupil told in full, with a row of the stay: the ``items`` of both, then the cells ``of_parents``; ``further`` is told by whose these are."""
    values: dict[str, Cell] = {f"pupil.{name}": getattr(found.pupil, name) for name in Pupil.__dataclass_fields__}
    values |= {f"enrolment.{name}": getattr(found.stay, name) for name in Enrolment.__dataclass_fields__}
    values["former_address.moved_on"] = found.address_since
    cells = (*(values[item] for item in items), *of_parents)
    rows = (ExportRow(cells, found.stay.id),)
    return ExportedPupil(found.pupil, "full", "rule", reason, items_told(columns, cells, further), rows, tuple(found.protections), stays=(found.stay,))
