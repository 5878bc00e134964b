"""In an English summer: what is printed and what has begun goes by the clock on the wall, an hour before what the file keeps."""

from datetime import UTC, date, datetime

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.accidents import recording
from pupil_desk.services.desk import Desk
from pupil_desk.services.register import call_sheet, evacuation, kitchen
from tests.services.exports.made import Unit

TUESDAY = date(2027, 7, 6)

pytestmark = pytest.mark.usefixtures("in_england")


def at(unit: Unit, hour: int, minute: int, day: int = 6) -> Desk:
    """The desk at a moment of July, in UTC."""
    return Desk(unit.desk.vault, unit.desk.user, FixedClock(datetime(2027, 7, day, hour, minute, tzinfo=UTC)))


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2012, 1, 5), Enrolment(status="C", start_date=date(2026, 9, 2)))


def test_each_paper_of_the_day_shows_the_time_on_the_wall(unit: Unit, pupil: Pupil) -> None:
    desk = at(unit, 8, 40)
    register.mark(desk, [Mark(pupil_id=pupil.id, day=TUESDAY, session=Session.AM, code="N")])
    papers = {
        "evacuation": evacuation.paper(desk)[0],
        "kitchen": kitchen.paper(desk).story,
        "call sheet": call_sheet.paper(desk, TUESDAY, Session.AM).story,
    }
    texts = {name: plain_text(story) for name, story in papers.items()}
    assert {name: ("09:40" in text, "08:40" in text) for name, text in texts.items()} == dict.fromkeys(papers, (True, False))
    assert all("6 July 2027" in text for text in texts.values())


def test_half_past_midnight_is_of_the_new_day(unit: Unit, pupil: Pupil) -> None:
    desk = at(unit, 23, 30, day=5)
    texts = [plain_text(story) for story in (evacuation.paper(desk)[0], kitchen.paper(desk).story)]
    assert all("6 July 2027" in text and "00:30" in text and "5 July" not in text for text in texts)


@pytest.mark.parametrize(
    ("hour", "minute", "session"), [(7, 59, Session.AM), (8, 0, Session.AM), (11, 59, Session.AM), (12, 0, Session.PM)]
)
def test_the_afternoon_begins_by_the_wall(unit: Unit, pupil: Pupil, hour: int, minute: int, session: Session) -> None:
    assert evacuation.roll_call(at(unit, hour, minute)).session is session


def test_an_accident_of_a_minute_ago_is_no_longer_to_come_and_one_of_the_next_hour_is(unit: Unit, pupil: Pupil) -> None:
    desk = at(unit, 8, 40)
    facts = {"day": TUESDAY, "place": "hall", "account": "Fell off the beam", "injury": "bump", "body_part": "arm"}
    times = {
        time: [problem.column for problem in recording.problems(desk, Accident(pupil_id=pupil.id, time=time, **facts))]  # type: ignore[arg-type]
        for time in ("09:39", "09:41", "10:00")
    }
    assert {time: "time" in columns for time, columns in times.items()} == {"09:39": False, "09:41": True, "10:00": True}
