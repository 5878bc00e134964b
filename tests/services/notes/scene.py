"""Who writes and reads restricted notes in the tests of their key: a data officer, a safeguarding lead, the office."""

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.unit import units
from tests.services.exports.made import DAY, MOMENT, Unit

LEAD, LEADS = "Jo Lead", "window copper garden ladder"
OFFICE, OFFICES = "Kim Office", "harbour violet engine basket"
CLOCK = FixedClock(MOMENT)


def at(unit: Unit, name: str, password: str) -> Desk:
    """Somebody else at the desk."""
    if not unit.desk.vault.is_closed:
        units.sign_out(unit.desk)
    unit.desk = units.sign_in(unit.file, name=name, password=password, clock=CLOCK)
    return unit.desk


def name_reader(unit: Unit, member: StaffMember, *, may: bool = True) -> None:
    readers.set_reader(unit.desk, member, may=may, reason="Designated safeguarding lead")


def write(desk: Desk, pupil: Pupil, text: str) -> None:
    notes.add(desk, Note(pupil_id=pupil.id, category="safeguarding", text=text, day=DAY))


def texts(desk: Desk, pupil: Pupil) -> list[str]:
    return sorted(history.now.text for history in notes.restricted(desk, pupil.id).histories)
