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
class RegisterReturn:
    """A pupil with the stay to return, the parents that the register names, since when the address holds, and protections in force.

    ``withheld``: where the pupil lives is to be withheld, for the pupil's sake or for somebody's who lives there.
    """

    pupil: Pupil
    stay: Enrolment
    parents: Sequence[Contact]
    address_since: date | None
    protections: Sequence[Protection]
    withheld: bool


def due(desk: Desk, ask: Ask, return_kind: str, counts: Counts) -> Iterator[RegisterReturn]:
    """The stays to return, by name: those not returned yet; with pupils asked for, theirs alone, returned before or not."""
    vault, since = desk.vault, desk.settings.returns_from
    stays, families, earlier = (store.by_pupil(vault, ask.pupils) for store in (enrolments, contacts, addresses))
    protections_by_pupil, returned_stays = (
        protections.by_pupil(vault, ask.day, desk.today),
        returned.everything(vault, return_kind, but=ask.compared_export_id),
    )
    for pupil in pupils.all_pupils(vault, ask.pupils):
        due_stays = [stay for stay in stays[pupil.id] if counts(stay, ask.day, None if ask.by_name else since)]
        if ask.by_name and not due_stays:  # the last of an earlier school year, which was forgotten then
            due_stays = [stay for stay in stays[pupil.id] if counts(stay, min(stay.end_date or ask.day, ask.day), None)][-1:]
        for stay in _to_return(due_stays, return_kind, returned_stays, by_name=ask.by_name):
            parents = [contact for contact in families[pupil.id] if is_parent(contact)]
            yield RegisterReturn(
                pupil,
                stay,
                parents,
                _since(earlier[pupil.id]),
                protections_by_pupil[pupil.id],
                withheld=home_withheld(pupil, families[pupil.id], protections_by_pupil[pupil.id]),
            )


def _to_return(stays: Sequence[Enrolment], return_kind: str, returned_stays: ByStay, *, by_name: bool) -> Sequence[Enrolment]:
    """Those not returned yet; of a pupil asked for by name, where all were, the last."""
    open_ = [stay for stay in stays if not was_returned(stay, return_kind, returned_stays)]
    return open_ or (stays[-1:] if by_name else ())


def _since(earlier: Sequence[FormerAddress]) -> date | None:
    return max((address.moved_on for address in earlier if address.moved_on), default=None)


def not_due(desk: Desk, ask: Ask, due_returns: Collection[RegisterReturn], reason: str, in_short: str) -> Iterator[LeftOut]:
    """Those who are asked for by name and of whom there is nothing to return, by name, and why."""
    if ask.by_name and ask.pupils is not None:
        for pupil in pupils.some(desk.vault, ask.pupils - {due_return.pupil.id for due_return in due_returns}):
            yield LeftOut(pupil, reason, in_short)


def addresses_withheld(due_return: RegisterReturn, parents: Sequence[Contact]) -> Iterator[Problem]:
    """A word for each address that the return carries, as the law has it, and that is to be withheld; ``parents`` are those in it."""
    if due_return.withheld and due_return.pupil.address_lines:
        words = _("The address is to be withheld, and the return carries it. Be sure who may see it at the authority.")
        yield Problem(due_return.pupil, "pupil.address_1", words)
    withheld_contact_ids = {protection.contact_id for protection in due_return.protections if protection.kind == ADDRESS_WITHHELD}
    if any(parent.id in withheld_contact_ids and parent.address_lines for parent in parents):
        words = _("A parent’s address is to be withheld, and the return carries it. Be sure who may see it at the authority.")
        yield Problem(due_return.pupil, "contact.address_1", words)


def told_of(
    due_return: RegisterReturn,
    reason: str,
    columns: Sequence[ExportColumn],
    items: Sequence[str],
    of_parents: Sequence[Cell],
    *,
    derived_from: Collection[str] = (),
) -> ExportedPupil:
    """A pupil told in full, with a row of the stay: the ``items`` of both, then the cells ``of_parents``; ``derived_from`` is told by whose these are."""
    values: dict[str, Cell] = {f"pupil.{name}": getattr(due_return.pupil, name) for name in Pupil.__dataclass_fields__}
    values |= {f"enrolment.{name}": getattr(due_return.stay, name) for name in Enrolment.__dataclass_fields__}
    values["former_address.moved_on"] = due_return.address_since
    cells = (*(values[item] for item in items), *of_parents)
    rows = (ExportRow(cells, due_return.stay.id),)
    return ExportedPupil(
        due_return.pupil,
        reason,
        items_told(columns, cells, derived_from),
        rows,
        protections=tuple(due_return.protections),
        stays=(due_return.stay,),
    )
