"""A small invented unit, and short ways to fill it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.contact import Contact
from pupil_desk.domain.enrolment import Enrolment
from pupil_desk.domain.protection import Protection
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.settings import UnitSettings
from pupil_desk.domain.sharing import Choice
from pupil_desk.domain.staff import Role, StaffMember
from pupil_desk.services import contacts, protections, pupils, sharing, units
from pupil_desk.services import settings as settings_service
from pupil_desk.services.desk import Desk
from pupil_desk.store import staff
from pupil_desk.store.keyslots import FLOOR

MOMENT = datetime(2026, 11, 24, 10, 5, tzinfo=UTC)
DAY = date(2026, 11, 24)
PASSWORD = "harbour lantern meadow thistle"


class Unit:
    """The unit at its data officer's desk, and short ways to fill it."""

    def __init__(self, desk: Desk, file: Path) -> None:
        self.desk = desk
        self.file = file

    def pupil(self, surname: str, forename: str, dob: date, stay: Enrolment | None = None, **items: object) -> Pupil:
        started = stay or Enrolment(status="C", start_date=date(2026, 9, 2))
        return pupils.add_pupil(self.desk, Pupil(surname=surname, forename=forename, dob=dob, **items), started)

    def contact(self, pupil: Pupil, surname: str, **items: object) -> Contact:
        return contacts.add_contact(self.desk, Contact(pupil_id=pupil.id, surname=surname, relationship="PAM", **items))

    def said(self, pupil: Pupil, choice: str, by: str = "parent", on: date = date(2026, 9, 10)) -> None:
        sharing.record_choices(
            self.desk, [Choice(pupil_id=pupil.id, recipient="youth-support", choice=choice, by=by, on=on, channel="form")]
        )

    def protect(self, pupil: Pupil, kind: str = "address-withheld", contact: Contact | None = None) -> None:
        protections.set_protection(
            self.desk,
            Protection(
                pupil_id=pupil.id,
                contact_id=contact.id if contact else None,
                kind=kind,
                reason="Court",
                since=date(2026, 9, 2),
            ),
        )

    def with_parent(self) -> None:
        settings_service.save_settings(self.desk, replace(self.desk.settings, with_parent=True))

    def as_role(self, role: Role) -> Desk:
        """The desk of a colleague of that role."""
        member = StaffMember(id=f"colleague-{role.value}", name=f"Colleague {role.value}", role=role)
        if staff.get(self.desk.vault, member.id) is None:
            with self.desk.vault.transaction():
                staff.add(self.desk.vault, member)
        return Desk(self.desk.vault, member, self.desk.clock)

    def log(self) -> list[tuple[str, str, str]]:
        """The log from its beginning: action, object, reason."""
        rows = self.desk.vault.rows("SELECT action, object_id, reason FROM log ORDER BY seq")
        return [(row["action"], row["object_id"], row["reason"]) for row in rows]

    def count(self, table: str) -> int:
        row = self.desk.vault.one(f"SELECT count(*) FROM {table}")
        return int(row[0]) if row else 0


def new_unit(file: Path, *, training: bool = False) -> Unit:
    """A unit without pupils, a data officer at the desk."""
    file.parent.mkdir()
    desk, _code = units.create_unit(
        file,
        UnitSettings(name="Larkfield Centre", la="919", estab="1100"),
        user="Ann Officer",
        password=PASSWORD,
        clock=FixedClock(MOMENT),
        training=training,
        cost=FLOOR,
    )
    return Unit(desk, file)
