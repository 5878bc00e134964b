"""What comes up within 30 days: of those on roll and of what is in force alone, the earliest first.

What the authority is still to be told, for Home: by when, and no longer than until it was.
"""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.care.needs import SenPeriod
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Timetable
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.unit.settings import Term
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register
from pupil_desk.services.care import health, needs
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.home import deadlines, home
from pupil_desk.services.home.deadlines import ReturnsDue
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils.card.due import due_of
from pupil_desk.services.schools import places
from pupil_desk.services.unit import calendars, settings
from tests.services.exports.made import DAY, Unit

BORN = date(2012, 5, 1)


def days(number: int) -> date:
    return DAY + timedelta(days=number)


def test_each_is_named_with_its_day_the_earliest_first(unit: Unit) -> None:
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
    found = home.tasks(unit.desk).reviews
    assert [(each.kind, each.name, each.day) for each in found] == [
        ("sen_period", "Al Reed", days(-2)),
        ("medicine", "Al Reed", days(3)),
        ("timetable", "Zoë Penn", days(5)),
        ("sen_period", "Zoë Penn", days(30)),
    ]


def test_a_placement_is_reviewed_and_a_leaver_is_not_asked_about(unit: Unit) -> None:
    unit.pupil("Here", "Zoë", BORN, stay=Enrolment(status="C", start_date=date(2026, 9, 2), review_day=days(9)))
    unit.pupil("Gone", "Al", BORN, stay=Enrolment(status="C", start_date=date(2026, 9, 2), review_day=days(9), end_date=days(-1)))
    found = home.tasks(unit.desk).reviews
    assert [(one.kind, one.name) for one in found] == [("enrolment", "Zoë Here")]


def test_a_place_agreed_with_a_school_is_reviewed_and_its_end_comes(unit: Unit) -> None:
    def agreed(surname: str, **day: date) -> None:
        pupil = unit.pupil(surname, "Zoë", BORN)
        places.add(
            unit.desk, SchoolPlace(**{"pupil_id": pupil.id, "school": "919/4001", "kind": "directed", "start_date": days(-20), **day})
        )

    agreed("Over", review_day=days(-9), end_date=days(-1))
    agreed("Late", review_day=days(-3))
    agreed("Ends", review_day=days(40), end_date=days(12))
    agreed("Far", review_day=days(31), end_date=days(31))
    found = home.tasks(unit.desk).reviews
    assert [(one.kind, one.item, one.name, one.day) for one in found] == [
        ("school_place", "review_day", "Zoë Late", days(-3)),
        ("school_place", "end_date", "Zoë Ends", days(12)),
    ]


def names(unit: Unit) -> tuple[list[tuple[str, date]], list[tuple[str, date]]]:
    found = deadlines.returns_due(unit.desk)
    entries, deletions = ([(one.pupil.surname, one.due_day) for one in kind] for kind in (found.entries, found.deletions))
    return entries, deletions


def test_who_came_within_five_days_and_who_goes_by_the_day(unit: Unit, tmp_path: Path) -> None:
    def stays(surname: str, start: date, end: date | None = None, ground: str | None = None, status: str = "C", born: date = BORN) -> None:
        unit.pupil(surname, "Al", born, Enrolment(status=status, start_date=start, end_date=end, deletion_ground=ground))

    stays("New", date(2026, 11, 23))
    stays("Earlier", date(2026, 9, 2))
    stays("Last year", date(2026, 3, 2))
    stays("To come", date(2026, 11, 25))
    stays("Guest", date(2026, 11, 23), status="G")
    stays("Gone", date(2026, 3, 2), date(2026, 11, 20), "9(1)(a)")
    stays("Going", date(2026, 3, 2), date(2026, 12, 18), "9(1)(c)")
    stays("Perhaps", date(2026, 3, 2), date(2026, 12, 18))  # planned, and no ground is met yet
    stays("Long gone", date(2025, 3, 2), date(2026, 7, 17), "9(1)(a)")
    stays("Senior", date(2025, 9, 3), date(2026, 8, 14), "9(1)(l)", born=date(2010, 3, 1))
    assert names(unit) == (
        [("Earlier", date(2026, 9, 7)), ("New", date(2026, 11, 28))],
        [("Gone", date(2026, 11, 20)), ("Going", date(2026, 12, 18))],
    )
    of_all = deadlines.returns_due(unit.desk)
    going = next(one.pupil for one in of_all.deletions if one.pupil.surname == "Going")
    of_one = deadlines.returns_due(unit.desk, going.id)
    assert [one.pupil.surname for one in (*of_one.entries, *of_one.deletions, *of_one.transfers)] == ["Going", "Going"]
    assert of_one.transfers == [one for one in of_all.transfers if one.pupil.id == going.id]
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, returns_from=date(2026, 11, 1)))
    assert names(unit)[0] == [("New", date(2026, 11, 28))]
    for name in ("la-new-pupil", "la-leaver"):
        run_export(unit.desk, name, tmp_path, ExportOrder(reason="Regulation 13", plain=True, day=DAY))
    assert names(unit) == ([], [])


def test_the_transfer_file_of_who_left_is_due_until_it_is_sent_or_the_pupil_is_back(unit: Unit, tmp_path: Path) -> None:
    def left(surname: str, upn: str, end: date = date(2026, 11, 20), **items: object) -> Pupil:
        stay = Enrolment(status="C", start_date=date(2026, 9, 2), end_date=end, next_school="919/4001", **items)
        return unit.pupil(surname, "Al", BORN, stay, upn=upn, sex="F")

    def waiting() -> list[tuple[str, date]]:
        return [(one.pupil.surname, one.due_day) for one in deadlines.returns_due(unit.desk).transfers]

    left("Gone", "Y919110026001")
    left("Long gone", "M919110026002", date(2026, 9, 25))
    left("Planned", "B801200005001", date(2026, 12, 18))
    back = left("Back", "R674123101121")
    pupils.add_stay(unit.desk, Enrolment(pupil_id=back.id, status="C", start_date=date(2026, 11, 23)))
    assert waiting() == [("Gone", date(2026, 12, 14))]
    run_export(unit.desk, "ctf", tmp_path, ExportOrder(reason="Transfer", plain=True))
    assert waiting() == []
    calendars.save_calendar(
        unit.desk, [Term(start=date(2026, 4, 13), end=date(2026, 7, 17)), Term(start=date(2026, 9, 2), end=date(2026, 12, 18))], []
    )
    unit.pupil("July", "Al", BORN, Enrolment(status="C", start_date=date(2026, 3, 2), end_date=date(2026, 7, 17)))
    in_september = deadlines.returns_due(Desk(unit.desk.vault, unit.desk.user, FixedClock(datetime(2026, 9, 8, 9, 0, tzinfo=UTC))))
    assert [(one.pupil.surname, one.due_day) for one in in_september.transfers] == [("July", date(2026, 9, 22))]
    assert "July" not in [one.pupil.surname for one in (*in_september.entries, *in_september.deletions)]


def test_of_a_stay_the_return_to_make_first(unit: Unit, tmp_path: Path) -> None:
    pupil = unit.pupil(
        "New", "Al", BORN, Enrolment(status="C", start_date=date(2026, 11, 23), end_date=date(2026, 11, 24), deletion_ground="9(1)(a)")
    )
    (stay,) = pupils.record(unit.desk, pupil.id).stays
    assert deadlines.next_return(unit.desk, stay.id) == ("la-new-pupil", date(2026, 11, 28))
    for role in (Role.OFFICE, Role.ASSISTANT_HEAD):  # who makes no exports can do nothing about it
        other = unit.as_role(role)
        assert deadlines.next_return(other, stay.id) is None
        assert home.tasks(other).returns == ReturnsDue()
        assert not [fact.words for fact in due_of(other, pupils.record(other, pupil.id)) if fact.page == "exports"]
    assert [fact.words for fact in due_of(unit.desk, pupils.record(unit.desk, pupil.id)) if fact.page == "exports"]
    run_export(unit.desk, "la-new-pupil", tmp_path, ExportOrder(reason="Regulation 13", plain=True, day=DAY))
    assert deadlines.next_return(unit.desk, stay.id) == ("la-leaver", date(2026, 11, 24))
    run_export(unit.desk, "la-leaver", tmp_path, ExportOrder(reason="Regulation 13", plain=True, day=DAY))
    found = deadlines.next_return(unit.desk, stay.id)
    assert found is None or found[0] == "ctf"
