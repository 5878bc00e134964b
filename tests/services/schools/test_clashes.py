"""Clashes of two registers as they are listed: of schools that share a day, and none invented where another school answers."""

from datetime import date

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.schools.school_mark import SchoolMark
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services.register import marking
from pupil_desk.services.schools import clashes, places
from pupil_desk.store.rows import several
from tests.services.exports.made import Unit

HILL, VALE = "919/4001", "919/4003"
MONDAY = date(2026, 11, 16)
AM, PM = Session.AM, Session.PM


def test_of_two_schools_that_share_a_day_each_answers_for_its_own_half(unit: Unit) -> None:
    ash = unit.pupil("Ash", "Zoë", date(2012, 5, 4), Enrolment(status="C", start_date=date(2026, 9, 2)))
    for school, days in ((HILL, "Mon am"), (VALE, "Mon pm")):
        places.add(unit.desk, SchoolPlace(pupil_id=ash.id, school=school, kind="bought", start_date=MONDAY, days=days))
    marks = [Mark(pupil_id=ash.id, day=MONDAY, session=session, code="D") for session in Session]
    marking.mark(unit.desk, marks, reason="Entered late")
    with unit.desk.vault.transaction():
        for school, session in ((HILL, AM), (HILL, PM), (VALE, PM)):
            theirs = SchoolMark(id=f"{school}{session}", pupil_id=ash.id, school=school, day=MONDAY, session=session, code="D")
            several.add(unit.desk.vault, theirs)
    found = {(clash.school, clash.clash.session, clash.clash.kind.value) for clash in clashes.open_clashes(unit.desk)}
    assert found == {(HILL, AM, "both-d"), (VALE, PM, "both-d")}
