"""This week's attendance for Home: a school day at a time, up to today, of the marks that stand."""

from datetime import date

from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.home import week
from tests.services.exports.made import Unit

BORN = date(2012, 5, 1)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def test_a_school_day_has_what_could_be_attended_and_what_was(unit: Unit) -> None:
    one, two = unit.pupil("Penn", "Zoë", BORN), unit.pupil("Reed", "Al", BORN)
    assert week.attendance(unit.desk) == []
    marks = (
        (one, MONDAY, Session.AM, "/"),
        (one, MONDAY, Session.PM, "\\"),
        (two, MONDAY, Session.AM, "I"),
        (two, date(2026, 11, 20), Session.AM, "I"),
    )
    for pupil, day, session, code in marks:
        register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=day, session=session, code=code)])
    assert [(each.day, each.possible, each.attended, each.percent) for each in week.attendance(unit.desk)] == [
        (MONDAY, 3, 2, 66.7),
        (TUESDAY, 0, 0, None),
    ]
