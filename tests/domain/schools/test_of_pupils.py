"""Whose pupil somebody is, day by day, and that a week is cut so that no cell comes to a wrong school: against calendars filled day by day."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.schools.of_pupils import SchoolsOfPupils
from pupil_desk.domain.schools.school_place import SchoolPlace, schools_of_day
from pupil_desk.domain.schools.week import PupilWeek, week_of
from pupil_desk.services.schools.weeks import cut_to

FIRST = date(2024, 9, 2)
SCHOOLS = [f"919/40{number:02}" for number in range(1, 13)]
HALVES = [(day, half) for day in range(5) for half in Session]
DAYS_WRITTEN = [
    (None, set(HALVES)),
    ("Mon and Tue", {half for half in HALVES if half[0] < 2}),
    ("Wed-Fri am", {half for half in HALVES if half[0] > 1 and half[1] is Session.AM}),
    ("Thu, Fri pm", {(3, Session.AM), (3, Session.PM), (4, Session.PM)}),
]
TOLD = "\n".join(f"School {letter}, {number}" for letter, number in zip("ABCDEFGHIJKL", SCHOOLS, strict=True))


def stay(**items: object) -> Enrolment:
    return Enrolment(**{"status": "S", "start_date": FIRST} | items)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stays", "places", "schools"),
    [
        ([stay(main_school="919/4001")], [], ("919/4001",)),
        ([stay(commissioned_by="school b")], [], ("919/4002",)),
        ([stay(commissioned_by="919 4002", main_school="919/4001")], [], ("919/4001", "919/4002")),
        ([stay(commissioned_by="Larkshire County Council")], [], ()),
        ([stay(main_school="919/4001", status="G")], [], ()),
        ([stay(main_school="919/4001", end_date=FIRST - timedelta(1))], [], ()),
        ([stay()], [SchoolPlace(pupil_id="p", school="919/4003", kind="bought", start_date=FIRST, end_date=FIRST)], ("919/4003",)),
        ([stay()], [SchoolPlace(pupil_id="p", school="919/4003", kind="bought", start_date=FIRST + timedelta(1))], ()),
        ([], [SchoolPlace(pupil_id="p", school="919/4003", kind="bought", start_date=FIRST)], ()),
    ],
)
def test_whose_pupil_somebody_is(stays: list[Enrolment], places: list[SchoolPlace], schools: tuple[str, ...]) -> None:
    assert schools_of_day(stays, places, FIRST, TOLD) == schools


def test_a_name_that_two_schools_of_the_list_have_stands_for_neither() -> None:
    namesakes = f"{TOLD}\nSchool B, 920/4002"
    assert schools_of_day([stay(commissioned_by="School B")], [], FIRST, namesakes) == ()
    assert schools_of_day([stay(commissioned_by="920/4002")], [], FIRST, namesakes) == ("920/4002",)
    assert schools_of_day([stay(commissioned_by="School B")], [], FIRST, f"{TOLD}\nSchool B, 919/4002") == ("919/4002",)


@pytest.mark.parametrize("weeks", [40, pytest.param(10_000, marks=pytest.mark.torture)])
def test_no_mark_of_sixty_pupils_of_twelve_schools_comes_to_a_wrong_one(weeks: int) -> None:
    """The truth is a calendar, day by day, of the schools of each pupil; stays and places are read off its runs."""
    chance = random.Random(f"schools/{weeks}")
    cells = 0
    span = min(weeks, 100)  # a pupil's years here; then sixty others
    for _round in range(weeks // span):
        truth, of_pupils = _unit(chance, span * 7)
        for number in range(span):
            monday = FIRST + timedelta(weeks=number)
            told: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
            due: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
            for pupil_id in truth:
                marks = [
                    Mark(pupil_id=pupil_id, day=monday + timedelta(day), session=half, code="/", minutes_late=place)
                    for place, (day, half) in enumerate(HALVES)
                ]
                for school, sessions in of_pupils.sessions(pupil_id, *week_of(monday)).items():
                    if cut := _cells(cut_to(sessions, marks, (), (), ())):  # none for a school of the weekend alone
                        told[school] |= cut
                for place, (day, half) in enumerate(HALVES):
                    for school in truth[pupil_id][number * 7 + day, half]:
                        due[school].add((pupil_id, place))
            assert told == due
            cells += sum(map(len, told.values()))
    assert cells > weeks * 60


def _cells(week: PupilWeek) -> set[tuple[str, int]]:
    return {(mark.pupil_id, mark.minutes_late or 0) for mark in week.marks}


def _unit(chance: random.Random, length: int) -> tuple[dict[str, dict[tuple[int, Session], set[str]]], SchoolsOfPupils]:
    """For each pupil a calendar of schools, by half days, and the records that say the same."""
    truth: dict[str, dict[tuple[int, Session], set[str]]] = {}
    stays: dict[str, list[Enrolment]] = {}
    places: dict[str, list[SchoolPlace]] = {}
    for number in range(60):
        pupil_id = f"p{number}"
        truth[pupil_id], stays[pupil_id], places[pupil_id] = {(day, half): set() for day in range(length) for half in Session}, [], []
        day = chance.randrange(10)
        while day < length:
            last = min(day + chance.randrange(1, 120), length - 1)
            main, placed_by = chance.choice([*SCHOOLS, None]), chance.choice([*SCHOOLS, None, None])
            here = chance.random() < 0.9
            days = {"start_date": FIRST + timedelta(day), "end_date": FIRST + timedelta(last)}
            stays[pupil_id].append(stay(status="S" if here else "F", main_school=main, commissioned_by=placed_by, **days))
            begins = chance.randrange(day, last + 1)
            ends = chance.randrange(begins, last + 1)
            school = chance.choice(SCHOOLS)
            place_days = {"start_date": FIRST + timedelta(begins), "end_date": FIRST + timedelta(ends)}
            written, agreed = chance.choice(DAYS_WRITTEN)
            places[pupil_id].append(SchoolPlace(pupil_id=pupil_id, school=school, kind="bought", days=written, **place_days))
            for each, half in [(each, half) for each in range(day, last + 1) for half in Session] if here else ():
                truth[pupil_id][each, half] |= {number for number in (main, placed_by) if number} | (
                    {school} if begins <= each <= ends and (each % 7, half) in agreed else set()
                )
            day = last + 1 + chance.randrange(5)
    return truth, SchoolsOfPupils(stays, places, TOLD)
