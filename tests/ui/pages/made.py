"""A small invented unit for the tests of pages: seven pupils of 12 to 16, one protected, a guest and a leaver."""

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import readers
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.pupils import contacts, protections, pupils
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit.calendars import confirm_calendar
from pupil_desk.services.unit.settings import save_settings
from pupil_desk.services.unit.units import create_unit
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.tables import staff

CLOCK = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))  # a Tuesday
USER, PASSWORD = "Dee Marlowe", "four plain short words"
HOME = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN"}


def new_unit(folder: Path) -> Desk:
    """The unit with its pupils, a data officer at the desk, on 24 November 2026."""
    settings = UnitSettings(name="Larkfield Education Support Centre", la="919", estab="1100", **HOME)  # type: ignore[arg-type]
    desk, _code = create_unit(folder / "unit.pupildesk", settings, user=USER, password=PASSWORD, clock=CLOCK, cost=FLOOR)
    confirm_calendar(desk)
    _fill(desk)
    return desk


def _fill(desk: Desk) -> None:
    mia = _pupil(desk, "Ashdown", "Mia", date(2014, 3, 5), year_group="7", preferred_forename="Mimi", upn="Y919110026001")
    _parent(desk, mia, "Ashdown", "Ruth", title="Mrs")
    theo = _pupil(desk, "Bramley", "Theo", date(2013, 2, 10), year_group="9", sex="M")
    _parent(desk, theo, "Bramley", "Joanna", title="Ms", mobile="07700 900123")
    _parent(desk, theo, "Bramley", "Alan", order=2, relationship="PAF", lives_with=False, address_1="9 Mill Lane", postcode="AL28 3QN")
    priya = _pupil(desk, "Chandra", "Priya", date(2011, 5, 20), year_group="11", sex="F")
    _parent(desk, priya, "Chandra", "Meera", title="Dr")
    father = _parent(desk, priya, "Chandra", "Vikram", title="Mr", order=2, relationship="PAF", lives_with=False)
    _protect(desk, priya, ADDRESS_WITHHELD, "Refuge, see the file of the assistant head")
    _protect(desk, priya, ORDER, "Court order of May 2026", contact_id=father.id)
    owen = _pupil(desk, "Dale", "Owen", date(2010, 6, 1), year_group="12")
    _parent(desk, owen, "Dale", "Carys")
    zofia = _pupil(desk, "Élan", "Zofia", date(2011, 1, 15), year_group="11")
    _parent(desk, zofia, "Élan", "Halina")
    sharing.record_choices(
        desk,
        [
            Choice(
                pupil_id=zofia.id,
                recipient="youth-support",
                choice="allow",
                by="parent",
                on=date(2026, 9, 14),
                giver="Halina Élan",
                channel="form",
                note="Form in file 3",
            )
        ],
    )
    _pupil(desk, "Frost", "Ivy", date(2012, 8, 8), year_group="9", stay=Enrolment(status="G", start_date=date(2026, 10, 5)))
    _pupil(
        desk,
        "Harlow",
        "Gwen",
        date(2011, 2, 2),
        year_group="11",
        stay=Enrolment(status="C", start_date=date(2025, 9, 3), end_date=date(2026, 7, 17)),
    )


def _pupil(desk: Desk, surname: str, forename: str, dob: date, *, stay: Enrolment | None = None, **more: str) -> Pupil:
    stay = stay or Enrolment(status="C", start_date=date(2026, 9, 2))
    return pupils.add_pupil(desk, Pupil(surname=surname, forename=forename, dob=dob, **(HOME | more)), stay)  # type: ignore[arg-type]


def _parent(desk: Desk, pupil: Pupil, surname: str, forename: str, **more: object) -> Contact:
    first = Contact(
        pupil_id=pupil.id, surname=surname, forename=forename, relationship="PAM", order=1, parental_responsibility=True, lives_with=True
    )
    return contacts.add_contact(desk, dataclasses.replace(first, **more))  # type: ignore[arg-type]


def _protect(desk: Desk, pupil: Pupil, kind: str, reason: str, *, contact_id: str | None = None) -> None:
    protections.set_protection(
        desk, Protection(pupil_id=pupil.id, contact_id=contact_id, kind=kind, reason=reason, since=date(2026, 5, 11))
    )


def as_role(desk: Desk, role: Role) -> Desk:
    """The same unit with a colleague of that role at the desk."""
    member = StaffMember(id=f"member-{role.value}", name="Olu Brand", role=role)
    with desk.vault.transaction():
        staff.add(desk.vault, member)
    return Desk(desk.vault, member, desk.clock)


def keep_safeguarding(desk: Desk) -> None:
    """The unit keeps its safeguarding files in the program, and whoever is at the desk is named as lead."""
    save_settings(desk, dataclasses.replace(desk.settings, keeps_safeguarding=True))
    readers.set_reader(desk, desk.user, may=True, reason="Designated safeguarding lead", room=SAFEGUARDING_FILES)


def pupil_called(desk: Desk, forename: str) -> Pupil:
    """The pupil of that forename."""
    return next(pupil for pupil in pupils.all_pupils(desk) if pupil.forename == forename)
