"""The conditions in SQL answer of any stay and any days what the stay itself answers; and no other file names the statuses."""

import random
import re
import sqlite3
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import pupil_desk
from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.pupils.enrolment import OFF_THE_ROLL, Enrolment, on_roll
from pupil_desk.store.rows import stay_days

_STATUSES = sorted(codelist("enrolment_status").codes)


def _day(chance: random.Random) -> date:
    return date(2026, 2, 24) + timedelta(chance.randrange(13))  # few days, so that the edges are met


def _stay(chance: random.Random) -> Enrolment:
    start, end = (_day(chance) if chance.random() < 0.8 else None for _edge in range(2))
    return Enrolment(status=chance.choice(_STATUSES), start_date=start, end_date=end)


_TABLE = sqlite3.connect(":memory:")
_TABLE.execute("CREATE TABLE enrolment (status TEXT, start_date TEXT, end_date TEXT)")


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _asked(stays: list[Enrolment], condition: str, *days: date) -> list[bool]:
    _TABLE.execute("DELETE FROM enrolment")
    _TABLE.executemany(
        "INSERT INTO enrolment VALUES (?, ?, ?)", [(stay.status, _text(stay.start_date), _text(stay.end_date)) for stay in stays]
    )
    return [bool(row[0]) for row in _TABLE.execute(f"SELECT {condition} FROM enrolment e ORDER BY rowid", tuple(map(_text, days)))]


@settings(max_examples=50)
@given(st.integers(0))
def test_sql_and_python_answer_alike(seed: int) -> None:
    """Two hundred stays a time, so that ten thousand are asked in a second or two."""
    chance = random.Random(seed)
    stays, first, last = [_stay(chance) for _number in range(200)], _day(chance), _day(chance)
    a_day = _asked(stays, stay_days.on_roll(), first)
    assert a_day == [stay.on_roll(first) for stay in stays]
    assert [on_roll([stay], first) for stay in stays] == a_day
    assert _asked(stays, stay_days.on_roll("?1", "?2"), first, last) == [stay.on_roll(first, last) for stay in stays]
    assert _asked(stays, stay_days.spans("?1", "?2"), first, last) == [stay.spans(first, last) for stay in stays]
    assert _asked(stays, stay_days.puts_on_roll()) == [stay.puts_on_roll for stay in stays]
    assert _asked(stays, stay_days.is_taught_here()) == [stay.is_taught_here for stay in stays]
    assert _asked(stays, stay_days.is_dated()) == [stay.is_dated for stay in stays]


def test_the_statuses_stand_once() -> None:
    """A status that puts nobody on the roll is compared with in the stay's own file alone."""
    off, end = f"[{''.join(sorted(OFF_THE_ROLL))}]", r"\w*\.?end_date IS NULL"
    in_sql, in_python = (
        rf"status\W+(?:NOT )?IN \(\s*'{off}'|'P' AND {end}",
        rf"""status (?:not )?in [("']+{off}|status [!=]= ["']{off}["']|\{{["']{off}["'],""",
    )
    spelt = re.compile(f"{in_sql}|{in_python}")
    package = Path(pupil_desk.__file__).parent
    places = [str(path.relative_to(package)) for path in package.rglob("*.py") if spelt.search(path.read_text(encoding="utf-8"))]
    assert places == ["domain/pupils/enrolment.py"]
