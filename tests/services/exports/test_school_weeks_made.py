"""The week of a unit of 60 pupils of twelve schools, week after week, as it lies on the stick: each file is opened with its school's password, and holds
every mark, incident and word of its own pupils on their own days, and nothing of anybody else. Then each school's register comes back, and the clashes
are those that there are. Against a calendar filled day by day, and the hand-written table of two codes."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import pytest

from installers.pace import slowness
from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.learning.review import TargetReview
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.schools.clashes import ClashKind
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Period
from pupil_desk.services.exports.locking import open_locked
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.incidents import recording
from pupil_desk.services.learning import assessments, reviews
from pupil_desk.services.notes import notes
from pupil_desk.services.schools import clashes
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils as pupil_store
from pupil_desk.store.tables import register as register_store
from tests.domain.schools.test_clashes import PAIRS
from tests.services.exports.made import Unit, new_unit
from tests.services.exports.test_school_week import made, name_schools, rows_of
from tests.services.imports.made import csv_of

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

KIND_OF = {frozenset(pair): kind for kind, pairs in PAIRS.items() for pair in pairs}
CODES = sorted({code for pairs in PAIRS.values() for pair in pairs for code in pair})
OPEN_FOR = timedelta(weeks=6)
LONGEST = 20.0
"""Seconds of a quiet machine for the files of twelve schools."""

type Calendar = dict[str, dict[tuple[int, Session], set[str]]]
"""For each pupil the schools of each half day, from the first Monday on."""
type Found = set[tuple[str, str, date, Session, ClashKind, str, str]]
"""Clashes: whose, of which school, of which session, of what kind, and both codes."""


class Lived(NamedTuple):
    """A week: by school the cells that are its own (surname, day, and what), and the surnames; of each session our code, and one that a school may have."""

    due: dict[str, set[tuple[str, ...]]]
    own: dict[str, set[str]]
    codes: dict[tuple[str, int, Session], tuple[str, str]]


def filled(unit: Unit, number: int, chance: random.Random) -> tuple[Calendar, dict[str, list[set[str]]]]:
    """Pupils of whom each has a main school for a time, then another, and a place agreed with a third for some days of the week; beside the
    calendar, of each day the schools whose pupil each is, whether expected that day or not."""
    length = 7 * (LAST_WEEK + 1)
    calendar: Calendar = {}
    by_day: dict[str, list[set[str]]] = {}
    with unit.desk.vault.transaction():
        people = [
            Pupil(id=f"p{place}", ref=f"P{place:04}", surname=f"Zq{place:03}", forename="Una", dob=date(2012, 5, 6))
            for place in range(number)
        ]
        pupil_store.add_all(unit.desk.vault, people)
        for pupil in people:
            calendar[pupil.id], by_day[pupil.id] = (
                {(day, half): set() for day in range(length) for half in Session},
                [set() for _ in range(length)],
            )
            changes = sorted(chance.sample(range(1, length), 2))
            for serial, (begins, ends) in enumerate(zip((0, *changes), (*changes, length), strict=True)):
                school = chance.choice([*SCHOOLS, None])
                days = {"start_date": FIRST + timedelta(begins), "end_date": FIRST + timedelta(ends - 1) if ends < length else None}
                stay = Enrolment(id=f"s{pupil.id}{serial}", pupil_id=pupil.id, status="S" if school else "C", main_school=school, **days)
                several.add(unit.desk.vault, stay)
                for day in range(begins, ends):
                    by_day[pupil.id][day] |= {school} if school else set()
                    for half in Session:
                        calendar[pupil.id][day, half] |= {school} if school else set()
            begins, (written, agreed) = chance.randrange(length), chance.choice(DAYS)
            ends = chance.randrange(begins, length)
            school = chance.choice(SCHOOLS)
            place_days = {"start_date": FIRST + timedelta(begins), "end_date": FIRST + timedelta(ends)}
            place = SchoolPlace(id=f"q{pupil.id}", pupil_id=pupil.id, school=school, kind="bought", days=written, **place_days)
            several.add(unit.desk.vault, place)
            for day in range(begins, ends + 1):
                by_day[pupil.id][day].add(school)
                for half in Session:
                    calendar[pupil.id][day, half] |= {school} if (day % 7, half) in agreed else set()
    return calendar, by_day


def lived(unit: Unit, calendar: Calendar, week: int, chance: random.Random, often: float = 0.05) -> Lived:
    """A week of marks, and ``often`` an incident and a note."""
    monday, due, own = FIRST + timedelta(weeks=week), defaultdict[str, set[tuple[str, ...]]](set), defaultdict[str, set[str]](set)
    marks, codes = [], {}
    for pupil_id, schools in calendar.items():
        surname = f"Zq{int(pupil_id[1:]):03}"
        for number in range(5):
            day = monday + timedelta(number)
            for half in Session:
                pair = list(chance.choice(PAIRS[chance.choice([None, None, *ClashKind])]))
                chance.shuffle(pair)
                code, _theirs = codes[pupil_id, number, half] = (pair[0], pair[1])
                marks += [(Mark(pupil_id=pupil_id, day=day, session=half, code=code), False)] if code else []
                for school in schools[week * 7 + number, half]:
                    own[school].add(surname)
                    due[school] |= {(surname, day.isoformat(), half, code)} if code else set()
            if chance.random() < often:
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
            if chance.random() < often:
                notes.add(unit.desk, Note(pupil_id=pupil_id, category="school", text=f"Of {surname}, {day}", day=day))
    with unit.desk.vault.transaction():
        entering = register_store.begin_entering(
            unit.desk.vault, moment="2026-11-24T10:00:00Z", actor="b", name="B", title="T", source="form", act="", marks=1
        )
        register_store.add_marks(unit.desk.vault, marks, entering)
    return Lived(due, own, codes)


def came_back(
    unit: Unit, by_day: dict[str, list[set[str]]], calendar: Calendar, week: int, week_lived: Lived, chance: random.Random
) -> Found:
    """The register of each school, read in as it writes it, with one of another school's pupils on it; the clashes that there are then."""
    clashing: Found = set()
    monday = FIRST + timedelta(weeks=week)
    for school in SCHOOLS:
        unread = chance.randrange(8)
        is_own = {(pupil_id, number): school in of_days[week * 7 + number] for pupil_id, of_days in by_day.items() for number in range(5)}
        theirs = {
            (pupil_id, number, half): week_lived.codes[pupil_id, number, half][1] if chance.random() < 0.8 else chance.choice(CODES)
            for (pupil_id, number), own in is_own.items()
            if own and number != unread
            for half in Session
        }
        rows = [(pupil_id, number, half, code) for (pupil_id, number, half), code in theirs.items() if code]
        strangers = [(*chance.choice([place for place, own in is_own.items() if not own]), Session.AM, "/")]
        table = [
            (f"Zq{int(pupil_id[1:]):03}", "Una", (monday + timedelta(number)).isoformat(), half, code, school)
            for pupil_id, number, half, code in rows + strangers
        ]
        outcome = run_import(unit.desk, "school-marks", csv_of(("surname", "forename", "date", "session", "code", "school"), *table))
        assert (outcome.added, outcome.refused) == (len(rows), 1)
        read = {number for _pupil_id, number, _half, _code in rows}
        for (pupil_id, number, half), their_code in theirs.items():
            ours, told_to = week_lived.codes[pupil_id, number, half][0], calendar[pupil_id][week * 7 + number, half]
            kind = KIND_OF[frozenset((ours, their_code))]
            is_answered = bool(told_to) and school not in told_to and kind in (ClashKind.BOTH_DUAL, ClashKind.UNEXPLAINED)
            if kind is not None and number in read and not is_answered:
                clashing.add((pupil_id, school, monday + timedelta(number), half, kind, ours, their_code))
    return clashing


def listed(unit: Unit, day: date) -> Found:
    """The clashes on the list of a day."""
    desk = Desk(unit.desk.vault, unit.desk.user, FixedClock(datetime.combine(day, time(16), UTC)))
    return {
        (found.pupil.id, found.school, found.clash.day, found.clash.session, found.clash.kind, found.clash.our_code, found.clash.their_code)
        for found in clashes.open_clashes(desk)
    }


def told(rows: dict[str, list[tuple[str, ...]]]) -> set[tuple[str, ...]]:
    """The cells of a file, of its tabs that have a day."""
    return {(row[1], *row[3:6]) for row in rows["marks"]} | {(row[1], *row[3:5]) for row in rows["incidents"]}


def of_twelve(folder: Path) -> Unit:
    unit = new_unit(folder / "unit" / "unit.pupildesk")
    name_schools(unit, "\n".join(f"School {letter}, {school}" for letter, school in zip("ABCDEFGHIJKL", SCHOOLS, strict=True)))
    return unit


@pytest.mark.parametrize(
    ("number", "weeks", "seed"), [(24, 1, 0), *(pytest.param(60, LAST_WEEK, seed, marks=pytest.mark.torture) for seed in range(1, 31))]
)
def test_each_file_holds_all_of_its_own_schools_pupils_and_nothing_of_anothers(
    tmp_path: Path, stick: Path, number: int, weeks: int, seed: int
) -> None:
    unit, chance, passwords, cells = of_twelve(tmp_path), random.Random(f"files/{seed}"), dict[str, str](), 0
    calendar, by_day = filled(unit, number, chance)
    clashing: Found = set()
    for week in range(LAST_WEEK - weeks, LAST_WEEK):
        monday = FIRST + timedelta(weeks=week)
        week_lived = lived(unit, calendar, week, chance)
        due = week_lived.due
        export = made(unit, stick, period=Period(monday, monday + timedelta(4)), as_it_stands=True)
        passwords |= {name[-13:]: words for name, words in export.secrets}
        files = {file.name[-13:-5].replace("-", "/"): file.name for file in export.files}
        assert set(files) == set(week_lived.own)
        for school, name in files.items():
            (data,) = open_locked(name, (stick / name).read_bytes(), passwords[name[-13:]]).values()
            rows = rows_of(data)
            assert told(rows) == due[school]
            own = week_lived.own[school]
            assert {row[1] for row in rows["week"]} == own
            assert {word for word in str(rows).replace("'", " ").replace(",", " ").split() if word.startswith("Zq")} == own, (
                "nor in any words"
            )
            cells += len(told(rows))
        clashing |= came_back(unit, by_day, calendar, week, week_lived, chance)
        friday = monday + timedelta(4)
        assert listed(unit, friday) == {clash for clash in clashing if clash[2] >= friday - OPEN_FOR}
    assert cells > number * weeks
    assert {clash[4] for clash in clashing} == set(ClashKind)
    assert len(set(passwords.values())) == len(passwords)
    unit.desk.vault.close()


@pytest.mark.torture
def test_the_files_of_twelve_schools_and_sixty_pupils_are_made_in_twenty_seconds(tmp_path: Path, stick: Path) -> None:
    unit, chance = of_twelve(tmp_path), random.Random("seconds")
    calendar, _by_day = filled(unit, 60, chance)
    for week in range(LAST_WEEK):
        week_lived = lived(unit, calendar, week, chance, often=1.0 if week == LAST_WEEK - 1 else 0.0)
    friday = FIRST + timedelta(weeks=LAST_WEEK - 1, days=4)
    for pupil_id in calendar:
        target = Assessment(
            pupil_id=pupil_id, stage="KS4", subject="MAT", method="TA", component="GCSE", status="T", result="5", date=FIRST
        )
        assessments.add(unit.desk, target)
        (target_id,) = reviews.targets(unit.desk, pupil_id)
        reviews.add(unit.desk, TargetReview(pupil_id=pupil_id, assessment_id=target_id, day=friday, standing="ON", reviewer="Mr Hay"))
    before, began = slowness(), monotonic()
    export = made(unit, stick, period=Period(friday - timedelta(4), friday), as_it_stands=True)
    seconds = monotonic() - began
    quiet = seconds / ((before + slowness()) / 2)
    print(f"files of 12 schools: {seconds:.1f} s here, {quiet:.1f} s of a quiet machine")
    assert len(export.files) == len(week_lived.own) == len(SCHOOLS)
    for file in export.files:
        words = dict(export.secrets)[file.name]
        (data,) = open_locked(file.name, (stick / file.name).read_bytes(), words).values()
        rows = rows_of(data)
        assert all(rows[tab] for tab in ("week", "marks", "incidents", "targets"))
        assert "Of Zq" in str(rows["week"])
    assert quiet < LONGEST
    unit.desk.vault.close()
