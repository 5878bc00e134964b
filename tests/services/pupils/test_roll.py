"""Who is on the roll on a day, and with which stay."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import add_pupil, add_stay
from pupil_desk.services.pupils.stays import roll
from pupil_desk.services.unit.units import create_unit
from pupil_desk.store.file.keyslots import FLOOR

DAY = date(2026, 11, 24)
CLOCK = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    settings = UnitSettings(name="Larkfield", la="919", estab="1100")
    return create_unit(tmp_path / "u.pupildesk", settings, user="Dee", password="four plain short words", clock=CLOCK, cost=FLOOR)[0]


def _add(desk: Desk, surname: str, *stays: Enrolment) -> None:
    first, *others = stays
    pupil = add_pupil(desk, Pupil(surname=surname, forename="Ada", dob=date(2012, 3, 4)), first)
    for stay in others:
        add_stay(desk, Enrolment(pupil_id=pupil.id, status=stay.status, start_date=stay.start_date, end_date=stay.end_date))


def _stay(start: date | None, end: date | None = None, status: str = "C") -> Enrolment:
    return Enrolment(status=status, start_date=start, end_date=end)


def test_those_on_roll_that_day_by_name_and_the_rest_only_when_asked(desk: Desk) -> None:
    _add(desk, "Yew", _stay(date(2026, 9, 1)))
    _add(desk, "Ash", _stay(date(2026, 9, 1), DAY))  # the leaving day is still on the roll
    _add(desk, "Elm", _stay(date(2026, 9, 1), date(2026, 11, 23)))
    _add(desk, "Oak", _stay(date(2026, 11, 25)))
    _add(desk, "Fir", _stay(date(2026, 9, 1), status="G"))
    assert [row.pupil.surname for row in roll(desk, DAY)] == ["Ash", "Yew"]
    assert [(row.pupil.surname, row.on_roll) for row in roll(desk, DAY, with_leavers=True)] == [
        ("Ash", True),
        ("Elm", False),
        ("Fir", False),
        ("Oak", False),
        ("Yew", True),
    ]


def test_the_stay_that_is_shown_is_the_one_that_puts_the_pupil_there_else_the_last(desk: Desk) -> None:
    _add(desk, "Ash", _stay(date(2025, 1, 6), date(2025, 7, 1)), _stay(date(2026, 9, 1), status="S"))
    _add(desk, "Elm", _stay(date(2025, 9, 1), date(2025, 12, 1)), _stay(date(2025, 1, 6), date(2025, 7, 1)))
    shown = {row.pupil.surname: row.stay.start_date for row in roll(desk, DAY, with_leavers=True) if row.stay}
    assert shown == {"Ash": date(2026, 9, 1), "Elm": date(2025, 9, 1)}
