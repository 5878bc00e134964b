"""The thresholds of absence in random registers, each worked out a second time: session by session, and week by week, from what was entered.

Penalty notice (ten sessions without leave in ten school weeks), persistent and severe absence, and fifteen days of illness. Nothing of the
program is asked but the lists themselves: the terms, the codes and the ages stand here as a person would write them down.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.unit.settings import save_settings
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils
from pupil_desk.store.tables import register as store
from tests.services.exports.made import Unit, new_unit

TERMS = (
    (date(2026, 9, 2), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
    (date(2027, 2, 22), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 5, 28)),
    (date(2027, 6, 7), date(2027, 7, 21)),
)
CLOSED = {date(2026, 11, 27), date(2027, 1, 4), date(2027, 5, 3)}
"""The school year that a new unit has."""
LOOKED_AT = (date(2026, 10, 8), date(2026, 12, 30), date(2027, 3, 1), date(2027, 7, 15))
"""Early, in a holiday, after a half-term, and after the last Friday in June, with which Year 11 is of school age no more."""
ATTENDED, AUTHORISED, WITHOUT_LEAVE = "/\\LKVPWB", ("C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T"), "GNOU"
_DAY = timedelta(days=1)

type Register = dict[tuple[date, str], str]
"""The code of each session."""


@dataclass
class Entered:
    """What was entered of one pupil: the code of each session, the days of the stay, and whether of one who is only a guest."""

    born: date
    first: date
    last: date | None
    guest: bool
    marks: Register = field(default_factory=dict)


def is_open(day: date) -> bool:
    return day.weekday() < 5 and day not in CLOSED and any(first <= day <= last for first, last in TERMS)


SESSIONS = [
    (TERMS[0][0] + number * _DAY, half)
    for number in range((TERMS[-1][1] - TERMS[0][0]).days + 1)
    if is_open(TERMS[0][0] + number * _DAY)
    for half in ("AM", "PM")
]


def made_up(pick: random.Random) -> Entered:
    """A register near one of the thresholds, or far from all; and some marks on days that are closed."""
    born = pick.choice((date(2011, 5, 4), date(2012, 1, 5), date(2014, 8, 31), date(2010, 9, 1)))
    first = pick.choice((date(2026, 9, 2), date(2026, 9, 2), date(2026, 11, 9)))
    last = pick.choice((None, None, None, date(2027, 2, 12)))
    entered = Entered(born, first, last, guest=pick.random() < 0.08)
    until = pick.choice([day for day in LOOKED_AT if day > first])
    so_far = [session for session in SESSIONS if session[0] <= until]
    marked = so_far[-pick.choice((10, 40, 100, 120, 400)) :]
    entered.marks = dict.fromkeys(marked, "/")
    near = pick.choice(("penalty", "ill", "persistent", "severe", "both", "nothing"))
    number = {
        "penalty": pick.randrange(8, 13),
        "ill": pick.randrange(28, 33),
        "persistent": max(0, len(marked) // 10 + pick.randrange(-1, 2)),
        "severe": max(0, len(marked) // 2 + pick.randrange(-1, 2)),
        "both": pick.randrange(10, 14),
        "nothing": 0,
    }[near]
    codes = {"penalty": [*WITHOUT_LEAVE], "ill": ["I"], "both": ["O", "O", "I"]}.get(near, [*AUTHORISED, *WITHOUT_LEAVE])
    for session in pick.sample(marked, min(number, len(marked))):
        entered.marks[session] = pick.choice(codes)
    for _closed in range(pick.randrange(3)):
        entered.marks[pick.choice((date(2026, 11, 27), date(2026, 10, 28), date(2027, 5, 31))), "AM"] = pick.choice("O/I")
    for session in marked:
        if pick.random() < 0.03:
            entered.marks[session] = pick.choice(("D", "Y1", "X", "K", "L", ""))  # not possible, elsewhere, late; or taken back
    return entered


def enter(unit: Unit, registers: Mapping[str, Entered], pick: random.Random) -> None:
    """As first entries and amendments: every eighth mark was something else at first."""
    vault = unit.desk.vault
    with vault.transaction():
        pupils.add_all(
            vault,
            [
                Pupil(id=who, ref=f"P{place:04}", surname=who, forename="A", dob=one.born)
                for place, (who, one) in enumerate(registers.items(), 1)
            ],
        )
        for who, one in registers.items():
            stay = Enrolment(id=f"s{who}", pupil_id=who, status="G" if one.guest else "C", start_date=one.first, end_date=one.last)
            several.add(vault, stay)
        entering = store.begin_entering(
            vault, moment="2027-07-15T10:00:00Z", actor="b", name="B", title="T", source="form", act="", marks=1
        )
        first, then = [], []
        for who, one in registers.items():
            for (day, half), code in one.marks.items():
                mark = Mark(pupil_id=who, day=day, session=Session(half), code=code)
                was = pick.choice(("/", "O", "I", "N", "D")) if code == "" or pick.random() < 0.12 else code
                first.append(replace(mark, code=was))
                if was != code:
                    then.append(mark)
        store.add_marks(vault, ((mark, False) for mark in first), entering)
        store.add_amendments(vault, ((mark, False, 1, "wrong") for mark in then), entering, to_named_record=True)


def school_age_ends(born: date) -> date:
    """The last Friday in June of the school year, from September to August, in which the sixteenth birthday lies."""
    year = born.year + 16 + (born.month >= 9)
    return max(day for day in (date(year, 6, number) for number in range(1, 31)) if day.weekday() == 4)


def meets_penalty(one: Entered, today: date) -> bool:
    mondays: list[date] = []
    day = today
    while day >= TERMS[0][0]:
        if is_open(day) and (monday := day - day.weekday() * _DAY) not in mondays:
            mondays.append(monday)
        day -= _DAY
    counting = [
        day - day.weekday() * _DAY
        for (day, _half), code in one.marks.items()
        if code and code in WITHOUT_LEAVE and is_open(day) and one.first <= day <= min(one.last or today, today, school_age_ends(one.born))
    ]
    stretches = [mondays[start : start + 10] for start in range(max(len(mondays[:20]) - 10, 0) + 1)]  # of the last twenty weeks
    return not one.guest and any(sum(monday in stretch for monday in counting) >= 10 for stretch in stretches)


def is_counted(one: Entered, day: date, today: date) -> bool:
    """Whether a day so far is one on the roll."""
    return not one.guest and one.first <= day <= min(one.last or today, today)


def share_missed(one: Entered, today: date) -> Fraction | None:
    codes = [code for (day, _half), code in one.marks.items() if is_counted(one, day, today) and code]
    missed = sum(code in AUTHORISED or code in WITHOUT_LEAVE for code in codes)
    possible = missed + sum(code in ATTENDED for code in codes)
    return Fraction(missed, possible) if possible else None


def is_persistent(one: Entered, today: date) -> bool:
    share = share_missed(one, today)
    return share is not None and Fraction(1, 10) <= share < Fraction(1, 2)


def is_severe(one: Entered, today: date) -> bool:
    share = share_missed(one, today)
    return share is not None and share >= Fraction(1, 2)


def was_ill(one: Entered, today: date) -> bool:
    return len([day for (day, _half), code in one.marks.items() if code == "I" and is_counted(one, day, today)]) >= 2 * 15


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Unit]:
    made = new_unit(tmp_path / "unit" / "unit.pupildesk")
    yield made
    made.desk.vault.close()


@pytest.mark.parametrize("number", [120, pytest.param(1000, marks=pytest.mark.torture)])
def test_each_list_names_whom_a_second_reckoning_names(empty: Unit, number: int) -> None:
    pick = random.Random(number)
    registers = {f"p{place}": made_up(pick) for place in range(number)}
    enter(empty, registers, pick)
    for today in LOOKED_AT:
        desk = replace(empty.desk, clock=FixedClock(datetime(today.year, today.month, today.day, 16, tzinfo=UTC)))
        watch = register.watch(desk)
        for lines, meets in (
            (watch.penalty, meets_penalty),
            (watch.persistent, is_persistent),
            (watch.severe, is_severe),
            (watch.fifteen_days, was_ill),
        ):
            named = {who for who, one in registers.items() if meets(one, today)}
            assert {line.pupil_id for line in lines} == named, f"{meets.__name__} on {today}"
            assert len(named) > 0 or today < LOOKED_AT[1], f"no register of these tries {meets.__name__} on {today}"


def test_the_line_says_how_many_and_leads_to_the_first(unit: Unit) -> None:
    una = unit.pupil("Ash", "Una", date(2012, 1, 5))
    days = [date(2026, 9, 14), date(2026, 10, 22), date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 20)]
    register.mark(unit.desk, [Mark(pupil_id=una.id, day=day, session=half, code="U") for day in days for half in Session])
    (line,) = register.watch(unit.desk).penalty
    assert (line.name, line.words) == ("Ash, Una", "10 sessions without leave in 10 school weeks, 14 Sep 2026 to 20 Nov 2026")
    assert line.day == days[0]
    register.mark(unit.desk, [Mark(pupil_id=una.id, day=days[2], session=Session.AM, code="M")], reason="Letter")
    assert register.watch(unit.desk).penalty == ()


def test_what_was_reached_and_not_decided_on_stays(unit: Unit) -> None:
    """The ten sessions lie in the eleventh school week before today, so in none of the last ten."""
    una = unit.pupil("Ash", "Una", date(2012, 1, 5))
    days = [date(2026, 9, day) for day in range(7, 12)]
    register.mark(unit.desk, [Mark(pupil_id=una.id, day=day, session=half, code="O") for day in days for half in Session])
    (line,) = register.watch(unit.desk).penalty
    assert line.words == "10 sessions without leave in 10 school weeks, 7 Sep 2026 to 11 Sep 2026"


def test_an_independent_unit_is_not_asked(unit: Unit) -> None:
    una = unit.pupil("Ash", "Una", date(2012, 1, 5))
    days = [date(2026, 11, day) for day in range(16, 21)]
    register.mark(unit.desk, [Mark(pupil_id=una.id, day=day, session=half, code="O") for day in days for half in Session])
    for kind, asked in (("pru", 1), ("ap-academy", 1), ("independent-ap", 0)):
        save_settings(unit.desk, replace(unit.desk.settings, kind=kind))
        assert len(register.watch(unit.desk).penalty) == asked
