"""The pupil's record: reading it, adding one, correcting one. The stays belong to it.

One pupil, by the identity that the program knows or by the number that somebody typed; and the one refusal where there is none.

Where a pupil lived before. The record's own changes stand in the amendments; here, from which day the next address held.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import fold, search_words
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import Problem, check_enrolment, check_pupil, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import FormerAddress, Move, Pupil, address_differs, has_moved, left_behind
from pupil_desk.services import records
from pupil_desk.services.care import in_force
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import differences, new_id
from pupil_desk.store.tables import addresses, contacts, enrolments, protections, pupils
from pupil_desk.store.tables import pupils as store


def earlier_addresses(desk: Desk, pupil_id: str) -> list[FormerAddress]:
    """A pupil's earlier addresses, the first one first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return addresses.of_pupil(desk.vault, pupil_id)


def keep_move(work: Work, old: Pupil, move: Move) -> None:
    """Within a transaction: keep the address that a pupil has left."""
    addresses.add(work.desk.vault, dataclasses.replace(left_behind(old, move), id=new_id()), moment=work.stamp, actor=work.actor)


def keep_move_told(work: Work, old: Pupil, new: Pupil) -> None:
    """Within a transaction: as above, where a file tells another address. It tells no day, so the day of reading stands."""
    if has_moved(old, new):
        keep_move(work, old, Move(work.desk.today))


class NoSuchPupil(WrongUse):
    """No pupil on file is meant. ``number`` is what was typed; None where the program itself named a pupil who has gone meanwhile."""

    def __init__(self, number: str | None = None) -> None:
        super().__init__(
            _("There is no pupil with the number “{number}”. Look it up in the list of pupils.").format(number=number)
            if number is not None
            else _("That pupil is no longer on file. Look at the list again.")
        )


def pupil_of(vault: Vault, pupil_id: str) -> Pupil:
    """The pupil of an identity; of a record that stands for another, the one kept. Raises NoSuchPupil."""
    pupil = pupils.get(vault, pupil_id)
    if pupil is None:
        raise NoSuchPupil
    return pupil


def numbered(vault: Vault, text: str) -> Pupil:
    """The pupil whom a UPN or a reference of ours names, however it is spaced and spelt. Raises NoSuchPupil, with the number as typed."""
    pupil = pupils.by_number(vault, "".join(text.split()).upper())
    if pupil is None:
        raise NoSuchPupil(text.strip())
    return pupil


Listed = store.PupilListRows
"""The rows of the list of pupils."""


@dataclass(frozen=True, slots=True)
class PupilRecord:
    """One pupil with what hangs on the record, as on ``day``."""

    pupil: Pupil
    stays: list[Enrolment]
    contacts: list[Contact]
    protections: list[Protection]


def listing(desk: Desk, *, find: str = "", order: str = "name", descending: bool = False) -> Listed:
    """Rows for the list of pupils, as ``PupilListRows`` describes them. ``find`` is what was typed so far."""
    desk.require(Action.READ_RECORD)
    return store.rows_for_list(desk.vault, desk.today, find=find, order=order, descending=descending)


_OWN_WORDS = ("middle_names", "preferred_surname", "preferred_forename", "ref", "upn", "former_upn", "uln")


def why_found(desk: Desk, pupil_id: str, text: str) -> str:
    """Which item beside the legal name has a word that begins as one of ``text`` does, such as «Middle names: Idris»; empty where none has."""
    desk.require(Action.READ_RECORD)
    words = [fold(word) for word in search_words(text)]
    pupil = store.get(desk.vault, pupil_id)
    for name in _OWN_WORDS if pupil is not None else ():
        value = str(getattr(pupil, name) or "")
        if any(fold(part).startswith(word) for part in search_words(value) for word in words):
            label = item_named(Pupil, name).label if name != "ref" else _("Reference")
            return _("{label}: {value}").format(label=label, value=value)
    return ""


def record(desk: Desk, pupil_id: str) -> PupilRecord:
    """A pupil's record; of one that stands for another, the one kept. That it was looked at is logged. Raises WrongUse for an identity nobody has."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    pupil = pupil_of(desk.vault, pupil_id)
    pupil_id = pupil.id
    desk.viewed("pupil", pupil_id)
    return PupilRecord(
        pupil=pupil,
        stays=enrolments.of_pupil(desk.vault, pupil_id),
        contacts=contacts.of_pupil(desk.vault, pupil_id),
        protections=protections.of_pupil(desk.vault, pupil_id, desk.today),
    )


def by_number(desk: Desk, text: str) -> Pupil:
    """The pupil a UPN or a reference of ours names. Raises WrongUse when nobody has it."""
    desk.require(Action.READ_RECORD)
    return numbered(desk.vault, text)


def on_roll(desk: Desk, day: date) -> list[Pupil]:
    """The pupils on the unit's roll on a day, by name."""
    desk.require(Action.READ_RECORD)
    stays = enrolments.by_pupil(desk.vault)
    return [pupil for pupil in store.all_pupils(desk.vault) if any(stay.on_roll(day) for stay in stays[pupil.id])]


def all_pupils(desk: Desk) -> list[Pupil]:
    """All pupils, leavers too, by name."""
    desk.require(Action.READ_RECORD)
    return store.all_pupils(desk.vault)


def add_pupil(desk: Desk, pupil: Pupil, stay: Enrolment) -> Pupil:
    """Keep a new pupil with the first stay. Raises Refused, naming what is wrong."""
    pupil, stay = tidied(pupil, desk.today), tidied(stay, desk.today)
    refuse(
        (
            *problems_of(pupil, desk.today),
            *problems_of(stay, desk.today),
            *check_pupil(pupil),
            *check_enrolment(stay),
            *_check_upn_free(desk, pupil),
        )
    )
    with desk.act(Action.EDIT_RECORD, "pupil", pupil_id := new_id(), "added") as work:
        return keep_new_pupil(work, dataclasses.replace(pupil, id=pupil_id), stay)


def keep_new_pupil(work: Work, pupil: Pupil, stay: Enrolment, *, source: str = "form") -> Pupil:
    """Within a transaction: give a checked new pupil its reference, and keep it with its first stay."""
    vault = work.desk.vault
    pupil = dataclasses.replace(pupil, id=pupil.id or new_id(), ref=store.next_ref(vault))
    records.add(work, [pupil], source=source)
    in_force.begin(work, [pupil], source=source)
    records.add(work, [dataclasses.replace(stay, id=stay.id or new_id(), pupil_id=pupil.id)], source=source)
    return pupil


def keep_new_pupils(work: Work, new: Sequence[Pupil], *, source: str) -> None:
    """Within a transaction: keep many checked new pupils, their references given; their stays come by themselves."""
    records.add(work, new, source=source)
    in_force.begin(work, new, source=source)


def same_person(desk: Desk, pupil: Pupil) -> list[Pupil]:
    """Those on file of the same name and date of birth, or with a merged record of them: shown before a second one is added."""
    desk.require(Action.READ_RECORD)
    key = (fold(pupil.surname), fold(pupil.forename), pupil.dob)
    all_pupils = store.all_pupils(desk.vault)
    alike = {p.id for p in all_pupils if (fold(p.surname), fold(p.forename), p.dob) == key}
    alike |= {kept_id for p, kept_id in store.merged(desk.vault) if (fold(p.surname), fold(p.forename), p.dob) == key}
    return [p for p in all_pupils if p.id in alike and p.id != pupil.id]


def save_pupil(desk: Desk, pupil: Pupil, *, move: Move | None = None) -> Changed:
    """Keep what has changed of a pupil: one transaction, one log row with the names of the items. Raises Refused.

    ``move`` says that another address is no correction: the one before is kept, with the day from which the new one holds.
    """
    old = pupil_of(desk.vault, pupil.id)
    if old.id != pupil.id:
        raise WrongUse(_("This record was merged with {ref}. Open the pupil again.").format(ref=old.ref))
    pupil = tidied(pupil, desk.today)
    names = differences(old, pupil)
    if not names:
        return Changed.of()
    refuse(problems_to_save(desk, pupil, names))
    with desk.act(Action.EDIT_RECORD, "pupil", pupil.id, ", ".join(names)) as work:
        keep_pupil(work, old, pupil, source="form")
        if move and address_differs(old, pupil):
            keep_move(work, old, move)
    return Changed.of("pupil", ids=(pupil.id,))


def problems_to_save(desk: Desk, pupil: Pupil, names: Iterable[str]) -> tuple[Problem, ...]:
    """What is wrong with a pupil of whom the items ``names`` are changed."""
    return (*problems_of(pupil, desk.today, names), *check_pupil(pupil), *_check_upn_free(desk, pupil))


def keep_pupil(work: Work, old: Pupil, new: Pupil, *, source: str) -> None:
    """Within a transaction: keep a checked pupil, and what the record said before."""
    records.change(work, old, new, source=source)
    if source != "form":
        keep_move_told(work, old, new)
    in_force.follow(work, old, new, source=source)


def _check_upn_free(desk: Desk, pupil: Pupil) -> tuple[Problem, ...]:
    holder = store.holder_of_upn(desk.vault, pupil.upn) if pupil.upn else None
    if holder is None or holder.id == pupil.id:
        return ()
    words = _("Another pupil has this UPN: {ref}. Check which of the two is right.")
    if store.get(desk.vault, holder.id) == store.get(desk.vault, pupil.id):
        words = _("{ref}, which is merged with this record, has this UPN. To take it over, part the two, and merge them again.")
    return (Problem("upn", "upn_taken", words.format(ref=holder.ref)),)


def add_stay(desk: Desk, stay: Enrolment) -> Changed:
    """Keep a further stay of a pupil. Raises Refused."""
    stay = tidied(stay, desk.today)
    refuse((*problems_of(stay, desk.today), *check_enrolment(stay)))
    with desk.act(Action.EDIT_RECORD, "pupil", stay.pupil_id, "stay added") as work:
        records.add(work, [dataclasses.replace(stay, id=new_id())], source="form")
    return Changed.of("pupil", ids=(stay.pupil_id,))


def save_stay(desk: Desk, stay: Enrolment) -> Changed:
    """Keep what has changed of a stay. Raises Refused."""
    old = required(
        next((s for s in enrolments.of_pupil(desk.vault, stay.pupil_id) if s.id == stay.id), None),
        _("That stay is no longer on file. Open the pupil again."),
    )
    stay = tidied(stay, desk.today)
    names = differences(old, stay)
    if not names:
        return Changed.of()
    refuse((*problems_of(stay, desk.today, names), *check_enrolment(stay)))
    with desk.act(Action.EDIT_RECORD, "pupil", stay.pupil_id, ", ".join(names)) as work:
        records.change(work, old, stay, source="form")
    return Changed.of("pupil", ids=(stay.pupil_id,))
