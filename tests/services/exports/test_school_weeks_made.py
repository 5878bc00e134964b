"""The week of a unit of 60 pupils of twelve schools, week after week, as it lies on the stick: each file is opened with its school's password, and holds
every mark, incident and word of its own pupils on their own days, and nothing of anybody else. Against a calendar filled day by day."""

import random
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services.exports.export import Period
from pupil_desk.services.exports.locking import open_locked
from pupil_desk.services.incidents import recording
from pupil_desk.services.notes import notes
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils as pupil_store
from pupil_desk.store.tables import register as register_store
from tests.services.exports.made import Unit, new_unit
from tests.services.exports.test_school_week import made, name_schools, rows_of

SCHOOLS = [f"919/40{number:02}" for number in range(1, 13)]
FIRST = date(2026, 9, 7)
LAST_WEEK = 10  # the week before that of the tests
HALVES = [(day, half) for day in range(5) for half in Session]
DAYS = [
    (None, set(HALVES)),
    ("Mon, Tue", {half for half in HALVES if half[0] < 2}),
    ("Wed-Fri pm", {half for half in HALVES if half[0] > 1 and half[1] is Session.PM}),
    ("Mon am, Thu", {(0, Session.AM), (3, Session.AM), (3, Session.PM)}),
]

type Calendar = dict[str, dict[tuple[int, Session], set[str]]]
"""For each pupil the schools of each half day, from the first Monday on."""


def filled(unit: Unit, number: int, chance: random.Random) -> Calendar:
    """Pupils of whom each has a main school for a time, then another, and a place agreed with a third for some days of the week."""
    length = 7 * (LAST_WEEK + 1)
    calendar: Calendar = {}
    with unit.desk.vault.transaction():
        people = [
            Pupil(id=f"p{place}", ref=f"P{place:04}", surname=f"Zq{place:03}", forename="Una", dob=date(2012, 5, 6))
            for place in range(number)
        ]
        pupil_store.add_all(unit.desk.vault, people)
        for pupil in people:
            calendar[pupil.id] = {(day, half): set() for day in range(length) for half in Session}
            changes = sorted(chance.sample(range(1, length), 2))
            for serial, (begins, ends) in enumerate(zip((0, *changes), (*changes, length), strict=True)):
                school = chance.choice([*SCHOOLS, None])
                days = {"start_date": FIRST + timedelta(begins), "end_date": FIRST + timedelta(ends - 1) if ends < length else None}
                stay = Enrolment(id=f"s{pupil.id}{serial}", pupil_id=pupil.id, status="S" if school else "C", main_school=school, **days)
                several.add(unit.desk.vault, stay)
                for day in range(begins, ends):
                    for half in Session:
                        calendar[pupil.id][day, half] |= {school} if school else set()
            begins, (written, agreed) = chance.randrange(length), chance.choice(DAYS)
            ends = chance.randrange(begins, length)
            school = chance.choice(SCHOOLS)
            place_days = {"start_date": FIRST + timedelta(begins), "end_date": FIRST + timedelta(ends)}
            place = SchoolPlace(id=f"q{pupil.id}", pupil_id=pupil.id, school=school, kind="bought", days=written, **place_days)
            several.add(unit.desk.vault, place)
            for day in range(begins, ends + 1):
                for half in Session:
                    calendar[pupil.id][day, half] |= {school} if (day % 7, half) in agreed else set()
    return calendar


def lived(unit: Unit, calendar: Calendar, week: int, chance: random.Random) -> dict[str, set[tuple[str, ...]]]:
    """A week of marks, and of some an incident and a note; by school the cells that are its own: surname, day, and what."""
    monday, due = FIRST + timedelta(weeks=week), defaultdict[str, set[tuple[str, ...]]](set)
    marks = []
    for pupil_id, schools in calendar.items():
        surname = f"Zq{int(pupil_id[1:]):03}"
        for number in range(5):
            day = monday + timedelta(number)
            for half in Session:
                marks.append((Mark(pupil_id=pupil_id, day=day, session=half, code=chance.choice("/IO")), False))
                for school in schools[week * 7 + number, half]:
                    due[school].add((surname, day.isoformat(), half, marks[-1][0].code))
            if chance.random() < 0.05:
                half = chance.choice([*Session])
                incident = Incident(
                    pupil_id=pupil_id,
                    kind="damage",
                    day=day,
                    time="10:15" if half is Session.AM else "14:05",
                    account=f"{surname} threw it",
                    part="took-part",
                )
                recording.enter(unit.desk, [incident])
                for school in schools[week * 7 + number, half]:
                    due[school].add((surname, day.isoformat(), "Damage to property"))
            if chance.random() < 0.05:
                notes.add(unit.desk, Note(pupil_id=pupil_id, category="school", text=f"Of {surname}, {day}", day=day))
    with unit.desk.vault.transaction():
        entering = register_store.begin_entering(
            unit.desk.vault, moment="2026-11-24T10:00:00Z", actor="b", name="B", title="T", source="form", act="", marks=1
        )
        register_store.add_marks(unit.desk.vault, marks, entering)
    return due


def told(rows: dict[str, list[tuple[str, ...]]]) -> set[tuple[str, ...]]:
    """The cells of a file, of its tabs that have a day."""
    return {(row[1], *row[3:6]) for row in rows["marks"]} | {(row[1], *row[3:5]) for row in rows["incidents"]}


@pytest.mark.parametrize(
    ("number", "weeks", "seed"), [(24, 1, 0), *(pytest.param(60, LAST_WEEK, seed, marks=pytest.mark.torture) for seed in range(1, 6))]
)
def test_each_file_holds_all_of_its_own_schools_pupils_and_nothing_of_anothers(
    tmp_path: Path, stick: Path, number: int, weeks: int, seed: int
) -> None:
    unit, chance, passwords, cells = new_unit(tmp_path / "unit" / "unit.pupildesk"), random.Random(f"files/{seed}"), dict[str, str](), 0
    name_schools(unit, "\n".join(f"School {letter}, {school}" for letter, school in zip("ABCDEFGHIJKL", SCHOOLS, strict=True)))
    calendar = filled(unit, number, chance)
    for week in range(weeks):
        monday = FIRST + timedelta(weeks=week)
        due = lived(unit, calendar, week, chance)
        export = made(unit, stick, period=Period(monday, monday + timedelta(4)), as_it_stands=True)
        passwords |= {name[-13:]: words for name, words in export.secrets}
        files = {file.name[-13:-5].replace("-", "/"): file.name for file in export.files}
        assert set(files) == set(due)
        for school, name in files.items():
            (data,) = open_locked(name, (stick / name).read_bytes(), passwords[name[-13:]]).values()
            rows = rows_of(data)
            assert told(rows) == due[school]
            own = {cell[0] for cell in due[school]}
            assert {row[1] for row in rows["week"]} == own
            assert {word for word in str(rows).replace("'", " ").replace(",", " ").split() if word.startswith("Zq")} == own, (
                "nor in any words"
            )
            cells += len(told(rows))
    assert cells > number * weeks
    assert len(set(passwords.values())) == len(passwords)
    unit.desk.vault.close()
