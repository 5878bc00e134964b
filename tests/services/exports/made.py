"""A small invented unit, and short ways to fill it."""

import contextlib
import functools
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import contacts, protections, pupils
from pupil_desk.services.rules.loading import open_rules
from pupil_desk.services.sharing import sharing
from pupil_desk.services.unit import calendars, units
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.services.unit import staff as staff_service
from pupil_desk.store.file import opening
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.tables import staff

REAL_INPUT = Path(__file__).resolve().parents[4] / "shared" / "data"
"""Where it lies beside the checkout."""
MOMENT = datetime(2026, 11, 24, 10, 5, tzinfo=UTC)
DAY = date(2026, 11, 24)
OFFICER, PASSWORD = "Ann Officer", "harbour lantern meadow thistle"


class Unit:
    """The unit at its data officer's desk, and short ways to fill it."""

    def __init__(self, desk: Desk, file: Path) -> None:
        self.desk = desk
        self.file = file

    def pupil(self, surname: str, forename: str, dob: date, stay: Enrolment | None = None, **items: object) -> Pupil:
        started = stay or Enrolment(status="C", start_date=date(2026, 9, 2))
        return pupils.add_pupil(self.desk, Pupil(surname=surname, forename=forename, dob=dob, **items), started)

    def contact(self, pupil: Pupil, surname: str, **items: object) -> Contact:
        return contacts.add_contact(self.desk, Contact(**{"pupil_id": pupil.id, "surname": surname, "relationship": "PAM", **items}))

    def said(self, pupil: Pupil, choice: str, by: str = "parent", on: date = date(2026, 9, 10)) -> None:
        sharing.record_choices(
            self.desk, [Choice(pupil_id=pupil.id, recipient="youth-support", choice=choice, by=by, on=on, channel="form")]
        )

    def protect(self, pupil: Pupil, kind: str = "address-withheld", contact: Contact | None = None) -> None:
        protections.set_protection(
            self.desk,
            Protection(pupil_id=pupil.id, contact_id=contact.id if contact else None, kind=kind, reason="Court", since=date(2026, 9, 2)),
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
        row = self.desk.vault.first_row(f"SELECT count(*) FROM {table}")
        return int(row[0]) if row else 0


@contextlib.contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """All that reaches the file from now on, as its engine is told it, whatever way the program takes."""
    said: list[str] = []
    desk.vault._con.set_trace_callback(said.append)
    try:
        yield said
    finally:
        desk.vault._con.set_trace_callback(None)


def new_unit(file: Path, *, training: bool = False) -> Unit:
    """A unit without pupils, a data officer at the desk, as ``create_unit`` leaves it.

    All are copies of one that was made once, so they have the same number, keys and recovery code: a test in which two
    units meet makes one of them with ``another_unit``.
    """
    file.parent.mkdir()
    for ending, content in _pattern(training).items():
        file.with_name(file.name + ending).write_bytes(content)
    return opened(file)


def opened(file: Path) -> Unit:
    """A unit that was made and closed, its data officer at the desk again."""
    clock = FixedClock(MOMENT)
    found = opening.unlock(file, name=OFFICER, password=PASSWORD, clock=clock)
    member = staff.get(found.vault, found.user_id)
    assert member
    open_rules(found.vault)
    return Unit(Desk(found.vault, member, clock), file)


def another_unit(file: Path, *, training: bool = False) -> Unit:
    """The same with a number, keys and a recovery code of its own."""
    file.parent.mkdir()
    settings = UnitSettings(name="Larkfield Centre", la="919", estab="1100")
    desk, _code = units.create_unit(
        file, settings, user=OFFICER, password=PASSWORD, clock=FixedClock(MOMENT), training=training, cost=FLOOR
    )
    calendars.confirm_calendar(desk)
    return Unit(desk, file)


@functools.cache
def _pattern(training: bool) -> dict[str, bytes]:
    """The files of a new unit, by what follows the unit's name in theirs."""
    with tempfile.TemporaryDirectory() as folder:
        made = another_unit(Path(folder) / "unit" / "u", training=training)
        made.desk.vault.close()
        return {file.name.removeprefix("u"): file.read_bytes() for file in made.file.parent.iterdir()}


def recovery_code(desk: Desk) -> str:
    """A recovery code made anew, and in force."""
    made = staff_service.new_recovery_code(desk)
    made.put_in_force()
    return made.secret


FILE_STEM = "youth-support-2026-11-24-" + f"{MOMENT.astimezone():%H%M}"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
