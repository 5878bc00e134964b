"""Units of invented pupils to measure on, and the same rows in a bare file without our hand in it."""

import dataclasses
import json
import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from pupil_desk.basics.clock import SystemClock
from pupil_desk.services.demo.invention import Invented, invent
from pupil_desk.services.demo.unit import OFFICER, PASSWORD, SETTINGS
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils.protections import keep_protection
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import calendars, units
from pupil_desk.store.file.keyslots import FLOOR, Cost
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import choices, pupils

CLOCK = SystemClock()
DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(190)]
"""A year's days, of which everybody has marks in a unit made by ``with_a_year``."""
_CODES = ("/", "/", "/", "/", "/", "I", "M", "N", "D", "C2", "O", "L")
_NAME = "unit.pupildesk"


@dataclass(frozen=True, slots=True)
class Unit:
    """A closed unit's file of so many pupils, its raw key, and who may sign in. The bare file is a copy of it."""

    size: int
    file: Path
    raw_key: bytes
    name: str = OFFICER
    password: str = PASSWORD

    def signed_in(self) -> Desk:
        """The data officer at the desk, by the real way in."""
        return units.sign_in(self.file, name=self.name, password=self.password, clock=CLOCK)

    def copied(self, folder: Path) -> "Unit":
        """The same unit in another folder, made for it, for a work that changes it."""
        shutil.copytree(self.file.parent, folder)
        return dataclasses.replace(self, file=folder / _NAME)


@cache
def people(size: int) -> list[Invented]:
    """Invented pupils with families; every one of them on roll or a leaver."""
    return invent(size, 1, CLOCK.today())


def make_unit(folder: Path, size: int, *, cost: Cost = FLOOR) -> Unit:
    """A unit with so many pupils, put straight into the store in one transaction. ``size`` 0 makes an empty one."""
    folder.mkdir(parents=True)
    desk, _code = units.create_unit(folder / _NAME, SETTINGS, user=OFFICER, password=PASSWORD, clock=CLOCK, training=True, cost=cost)
    calendars.confirm_calendar(desk)
    if size:
        _fill(desk, people(size))
    raw_key = desk.vault.key("db")
    units.sign_out(desk)
    return Unit(size, folder / _NAME, raw_key)


def _fill(desk: Desk, invented: list[Invented]) -> None:
    vault = desk.vault
    with desk.act(Action.EDIT_RECORD, "unit", "", f"{len(invented)} invented pupils") as work:
        pupils.add_all(vault, [dataclasses.replace(one.pupil, ref=f"P{n:04d}") for n, one in enumerate(invented, 1)])
        several.add_all(vault, [one.stay for one in invented])
        several.add_all(vault, [contact for one in invented for contact in one.contacts])
        said = [dataclasses.replace(choice, id=new_id()) for one in invented for choice in one.choices]
        choices.add_all(vault, said, moment=work.stamp, actor=work.actor)
        for one in invented:
            for protection in one.protections:
                keep_protection(work, protection)
    told = {one.pupil.id for one in invented if one.has_notice}
    letters = [letter for letter in notices.letters_of_everyone(desk).letters if letter.pupil.id in told and letter.contacts]
    notices.issue(desk, letters, "by-hand", copies=())


def with_a_year(unit: Unit, folder: Path) -> Unit:
    """The same unit in another folder, made for it, with two marks a day of everybody: 3.8 million of 10,000 pupils."""
    made = unit.copied(folder)
    desk = made.signed_in()
    vault = desk.vault
    ids = [row["id"] for row in vault.rows("SELECT id FROM pupil ORDER BY id")]
    halves = [(day.isoformat(), half, place) for place, day in enumerate(DAYS) for half in ("AM", "PM")]
    with vault.transaction():
        vault.execute(
            "INSERT INTO entering (id, at, \"by\", name, title, source) VALUES (1, ?, 'b', 'B', 'T', 'form')", (CLOCK.now().isoformat(),)
        )
        vault.execute(  # by one statement: as many as there are marks take a third longer
            """INSERT INTO mark (pupil_id, day, session, code, planned, entering)
               SELECT p.value, h.value ->> 0, h.value ->> 1, ?3 ->> ((p.key + (h.value ->> 2)) % json_array_length(?3)), 0, 1
               FROM json_each(?1) p CROSS JOIN json_each(?2) h""",
            (json.dumps(ids), json.dumps(halves), json.dumps(_CODES)),
        )
        vault.execute_many(
            "INSERT INTO mark_amendment (pupil_id, day, session, number, code, planned, reason, entering) VALUES (?, ?, 'AM', 1, 'I', 0, 'r', 1)",
            ((one, DAYS[number % len(DAYS)].isoformat()) for number, one in enumerate(ids) if number % 3 == 0),
        )
    units.sign_out(desk)
    return made
