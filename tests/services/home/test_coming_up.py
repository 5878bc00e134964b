"""What comes up within 30 days: of those on roll and of what is in force alone, counted by kind, the first of each named."""

from datetime import date, timedelta

from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.care.needs import SenPeriod
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Timetable
from pupil_desk.services import register
from pupil_desk.services.care import health, needs
from pupil_desk.services.home import home
from tests.services.exports.made import DAY, Unit

BORN = date(2012, 5, 1)


def days(number: int) -> date:
    return DAY + timedelta(days=number)


def test_each_kind_is_counted_and_the_first_named(unit: Unit) -> None:
    one, two, three = (unit.pupil(name, forename, BORN) for name, forename in (("Penn", "Zoë"), ("Reed", "Al"), ("Tarn", "Bo")))
    for pupil, day in ((one, days(30)), (two, days(-2)), (three, days(31))):
        needs.add_period(unit.desk, SenPeriod(pupil_id=pupil.id, provision="E", start_date=DAY, end_date=days(40), review_date=day))
    register.add_timetable(unit.desk, Timetable(pupil_id=one.id, since=days(-7), until=days(30), mon_pm="C2", review_on=days(5)))
    register.add_timetable(unit.desk, Timetable(pupil_id=two.id, since=days(-30), until=days(-1), mon_pm="C2", review_on=days(-9)))
    health.add_medicine(
        unit.desk,
        Medicine(
            pupil_id=two.id, name="Inhaler", dose="2 puffs", taken="When wheezing", expiry=days(3), consented_by="A", consented_on=DAY
        ),
    )
    found = home.tasks(unit.desk).coming_up
    assert [(each.kind, each.count, each.late, each.name, each.day) for each in found] == [
        ("sen_period", 2, 1, "Al Reed", days(-2)),
        ("medicine", 1, 0, "Al Reed", days(3)),
        ("timetable", 1, 0, "Zoë Penn", days(5)),
    ]


def test_a_placement_is_reviewed_and_a_leaver_is_not_asked_about(unit: Unit) -> None:
    unit.pupil("Here", "Zoë", BORN, stay=Enrolment(status="C", start_date=date(2026, 9, 2), review_day=days(9)))
    unit.pupil("Gone", "Al", BORN, stay=Enrolment(status="C", start_date=date(2026, 9, 2), review_day=days(9), end_date=days(-1)))
    found = home.tasks(unit.desk).coming_up
    assert [(one.kind, one.count, one.name) for one in found] == [("enrolment", 1, "Zoë Here")]
