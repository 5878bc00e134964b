"""Where the unit's register and that of a main or commissioning school contradict each other, for what was read of the school's.

Of a pupil of whom nothing of a day was read, as where a row was refused, or of a session that the file did not hold, no silence is the school's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.schools.clashes import Clash, Register, clashes_of
from pupil_desk.domain.unit.school_name import school_named
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.schools.places import SWITCH
from pupil_desk.services.schools.schools import whom_to_ask
from pupil_desk.store.tables import pupils, schools, standing, told

BACK = timedelta(weeks=6)
"""How far the list of clashes that stand open goes back: a half-term."""
WAITS = timedelta(weeks=2)
"""How long a school that was told is waited for."""


@dataclass(frozen=True, slots=True)
class PupilClash:
    """One clash: whose, with which school by number and in words, whom to ask there, empty where nothing is entered, what each register says,
    and on which day the school was told, None where nobody has said so."""

    pupil: Pupil
    school: str
    school_name: str
    clash: Clash
    whom_to_ask: str = ""
    told_on: date | None = None

    @property
    def id(self) -> str:
        return f"{self.pupil.id}|{self.school}|{self.clash.day}|{self.clash.session}"


def clashes(desk: Desk, since: date, until: date, school: str = "") -> list[PupilClash]:
    """The clashes of these days, the earliest first, then by name; with ``school`` those with this school alone. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    listed_clashes = list(_clashes(desk, since, until, school))
    days_told = told.days_told(desk.vault, [clash.id for clash in listed_clashes]) if listed_clashes else {}
    with_day = [
        replace(clash, told_on=date.fromisoformat(days_told[clash.id])) if clash.id in days_told else clash for clash in listed_clashes
    ]
    return sorted(with_day, key=lambda clash: (clash.clash.day, clash.pupil.surname, clash.id))


def open_clashes(desk: Desk) -> list[PupilClash]:
    """The clashes of the last six weeks that stand open, for the list. None where the unit does not use it. Raises NotAllowed."""
    return clashes(desk, desk.today - BACK, desk.today) if desk.settings.uses(SWITCH) else []


def to_settle(desk: Desk) -> list[PupilClash]:
    """Those of them of which the school was not told, or was two weeks ago and has not answered. Raises NotAllowed."""
    waits_since = desk.today - WAITS
    return [clash for clash in open_clashes(desk) if clash.told_on is None or clash.told_on <= waits_since]


def _clashes(desk: Desk, since: date, until: date, school: str) -> Iterator[PupilClash]:
    vault = desk.vault
    sessions_read = {number: sessions for number, sessions in schools.sessions_read(vault, since, until).items() if school in ("", number)}
    if not sessions_read:
        return
    of_pupils, told_schools = schools.of_pupils(vault), desk.settings.told_schools
    contacts = whom_to_ask(desk)
    our_marks, their_marks = standing.by_pupil(vault, since, until), schools.marks(vault, since, until)
    for pupil in pupils.all_pupils(vault):
        told_sessions = of_pupils.sessions(pupil.id, since, until) if of_pupils.places.get(pupil.id) else {}
        for number, own_days in of_pupils.days(pupil.id, since, until).items():
            if number not in sessions_read:
                continue
            our_register: Register = {(date.fromisoformat(mark[0]), Session(mark[1])): mark[2] for mark in our_marks.get(pupil.id, ())}
            their_register: Register = {
                (mark.day, mark.session): mark.code for mark in their_marks.get(pupil.id, ()) if mark.school == number
            }
            days = {day for day, _session in their_register}.intersection(own_days)
            answered_elsewhere = {session for sessions in told_sessions.values() for session in sessions} - set(
                told_sessions.get(number, ())
            )
            for clash in clashes_of(our_register, their_register, days, answered_elsewhere):
                if (clash.day, clash.session) in sessions_read[number]:
                    yield PupilClash(pupil, number, school_named(number, told_schools), clash, contacts.get(number, ""))
