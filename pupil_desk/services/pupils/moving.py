"""Moving house as one act of a household: who would move, and then all of them, with the address before kept."""

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.household import Mover, PupilHome, movers_with
from pupil_desk.domain.pupils.pupil import ADDRESS, Move, Pupil, address_lines, house_key
from pupil_desk.services import records
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import keep_move, keep_pupil, pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import addresses, contacts, protections, pupils


@dataclass(frozen=True, slots=True)
class HouseMoved:
    """How many records have the new address, and by which act."""

    records: int
    act: str
    changed: Changed


def household(desk: Desk, pupil_id: str) -> list[Mover]:
    """Who may move with a pupil, the pupil first. Raises NotAllowed, WrongUse."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    pupil = pupil_of(desk.vault, pupil_id)
    near_ids = addresses.at_postcode(desk.vault, pupil.postcode)
    near = [other for other in pupils.some(desk.vault, near_ids) if other.id != pupil.id]
    people = contacts.by_pupil(desk.vault, [pupil.id, *(other.id for other in near)])
    protected = protections.by_pupil(desk.vault, desk.today)
    home, *others = [PupilHome(each, people[each.id], protected[each.id]) for each in (pupil, *near)]
    return movers_with(home, others)


def problems(desk: Desk, pupil: Pupil, address: Mapping[str, str | None], day: date | None) -> tuple[Problem, ...]:
    """What is wrong with a new address and its day, if that is known."""
    new = tidied(dataclasses.replace(pupil, **address), desk.today)  # type: ignore[arg-type]  # each line of an address is text
    found = list(problems_of(new, desk.today, ADDRESS))
    if not new.address_1:
        found.append(Problem("address_1", "missing", _("Enter the first line of the new address.")))
    elif house_key(new) == house_key(pupil) and fold(new.address_2 or "") == fold(pupil.address_2 or ""):
        found.append(Problem("address_1", "same_address", _("This is the address on file. Enter the new one.")))
    if day is not None and day > desk.today:
        found.append(Problem("moved_on", "future_date", _("This day is still to come. Enter the move once it has been made.")))
    return tuple(found)


def move_house(desk: Desk, pupil_id: str, address: Mapping[str, str | None], ids: Collection[str], move: Move) -> HouseMoved:
    """Give those of the household whose records are named the new address: one act, a log row for each. Raises Refused, WrongUse."""
    movers = [mover for mover in household(desk, pupil_id) if mover.id in ids]
    if len(movers) != len(set(ids)) or not movers:
        raise WrongUse(_("The household is no longer as it was shown. Look at it again."))
    refuse(problems(desk, pupil_of(desk.vault, pupil_id), address, move.on))
    first, *others = movers
    with desk.act(Action.EDIT_RECORD, "pupil", first.pupil.id, _reason(first)) as work:
        for mover in movers:
            new = tidied(dataclasses.replace(mover.record, **address), desk.today)  # type: ignore[arg-type]  # each line of an address is text
            if isinstance(mover.record, Pupil) and isinstance(new, Pupil):
                keep_pupil(work, mover.record, new, source="form")
                if address_lines(mover.record):
                    keep_move(work, mover.record, move)
            else:
                records.change(work, mover.record, new, source="form")
        for mover in others:
            work.note(Action.EDIT_RECORD, "pupil", mover.pupil.id, _reason(mover))
    return HouseMoved(len(movers), work.act, Changed.of("pupil", "contact", ids=tuple({mover.pupil.id for mover in movers})))


def _reason(mover: Mover) -> str:
    return "contact: moved house" if isinstance(mover.record, Contact) else "moved house"
