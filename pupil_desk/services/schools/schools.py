"""The main and commissioning schools of a unit: all of which anything says that a pupil is theirs, or that the notice names by number.

Of each, whether the notice names it, with whom one speaks there, and whether it has a password of its own for what is sent to it.
"""

from collections import Counter
from dataclasses import dataclass

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.schools.school import School, check_school_contacts
from pupil_desk.domain.unit.school_name import school_named, schools_by_number
from pupil_desk.services import keyed_records
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Lock
from pupil_desk.services.exports.locking import new_passphrase
from pupil_desk.services.keyed_records import KeyedKind
from pupil_desk.services.roles import Action
from pupil_desk.services.schools.places import SWITCH
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.tables import schools as store

KIND = KeyedKind(
    name="school",
    switch=SWITCH,
    key_item="number",
    check=check_school_contacts,
    on_file=lambda vault, school: store.of_number(vault, school.number),
    add=store.add,
)


@dataclass(frozen=True, slots=True)
class SchoolStanding:
    """One school: what it is called with its number, its record or an empty one, how many pupils are its own today, whether the notice names it,
    and whether a password was made for its files."""

    name: str
    school: School
    pupils: int
    is_named: bool
    has_password: bool

    @property
    def id(self) -> str:
        return self.school.number


def standings(desk: Desk) -> list[SchoolStanding]:
    """The schools, those with pupils today first, then by name. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    told_schools, today = desk.settings.told_schools, desk.today
    pupils_of = store.of_pupils(desk.vault)
    counts = Counter(number for pupil_id in pupils_of.stays for number in pupils_of.schools_on(pupil_id, today))
    schools = {school.number: school for school in store.all_schools(desk.vault)}
    names_told, passwords = schools_by_number(told_schools), store.passwords(desk.vault)
    listed_schools = [
        SchoolStanding(
            school_named(number, told_schools),
            schools.get(number) or School(number=number),
            counts[number],
            number in names_told,
            number in passwords,
        )
        for number in {*counts, *schools, *names_told}
    ]
    return sorted(listed_schools, key=lambda standing: (not standing.pupils, standing.name))


def whom_to_ask(desk: Desk) -> dict[str, str]:
    """Of each school of which it is entered, by number, whom to ask about attendance, with telephone and e-mail. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    return {school.number: words for school in store.all_schools(desk.vault) if (words := school.whom_to_ask)}


def save(desk: Desk, school: School) -> Changed:
    """Keep with whom one speaks at a school. Raises Refused, NotAllowed; WrongUse where the unit has switched schools off."""
    desk.require(Action.EDIT_RECORD, "school", school.number)
    return keyed_records.keep(desk, KIND, school)


def agree_password(desk: Desk, number: str) -> str:
    """Make the password under which every file for a school goes from now on, and keep it; the one before opens none of the next. Returns it.

    Nine words: a workbook's lock and that of a ZIP are both good with it. Raises WrongUse for a school that is not known here, NotAllowed.
    """
    desk.require(Action.EXPORT, "school", number)
    require_use(desk, SWITCH)
    if number not in {standing.id for standing in standings(desk)}:
        raise WrongUse(_("No pupil here is of a school with this number, and the privacy notice names none."))
    password = new_passphrase(Lock.ZIP)
    with desk.act(Action.EXPORT, "school", number, "password made") as work:
        store.keep_password(desk.vault, number, password, moment=work.stamp, actor=work.actor)
    return password
