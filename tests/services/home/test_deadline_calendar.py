"""The deadlines as a calendar file: what is due by counts, the same identity the next time, and no name anywhere."""

from dataclasses import replace
from datetime import date, timedelta

from icalendar import Calendar

from pupil_desk.domain.care.needs import SenPeriod
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.requests.case import CaseKind, RequestCase
from pupil_desk.domain.unit.settings import Term
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.care import needs
from pupil_desk.services.home.deadline_calendar import all_deadlines, calendar_file
from pupil_desk.services.requests import receiving
from pupil_desk.services.unit import calendars, settings
from tests.services.exports.made import DAY, Unit


def test_what_others_are_to_be_told_and_the_census(unit: Unit) -> None:
    settings.save_settings(unit.desk, replace(unit.desk.settings, census_day=date(2027, 1, 20)))
    calendars.save_calendar(unit.desk, [Term(start=date(2026, 11, 2), end=date(2026, 12, 18))], [])
    unit.pupil("New", "Al", date(2012, 2, 5), stay=Enrolment(status="C", start_date=DAY - timedelta(days=1)))
    unit.pupil(
        "Leaving",
        "Bo",
        date(2012, 2, 5),
        stay=Enrolment(status="C", start_date=date(2026, 9, 2), end_date=date(2026, 11, 27), deletion_ground="9(1)(a)"),
    )
    assert [(each.day, each.words) for each in all_deadlines(unit.desk)] == [
        (date(2026, 11, 27), "1 pupil who leaves: the authority to be told by today"),
        (date(2026, 11, 28), "1 new pupil: the authority to be told by today"),
        (date(2026, 12, 18), "1 leaver: the Common Transfer File to be sent by today"),
        (date(2027, 1, 20), "1 school census: the reference day"),
    ]


def test_what_is_due_by_counts_and_nobody_named(unit: Unit) -> None:
    review = DAY + timedelta(days=20)
    one = unit.pupil("Quillfeather", "Ottoline", date(2010, 12, 24), upn="E919200420040")
    two = unit.pupil(
        "Marrowbone",
        "Percival",
        date(2012, 2, 5),
        stay=Enrolment(status="C", start_date=date(2026, 9, 2), review_day=DAY + timedelta(days=91)),
    )
    for pupil in (one, two):
        needs.add_period(unit.desk, SenPeriod(pupil_id=pupil.id, provision="E", start_date=DAY, end_date=review, review_date=review))
    unit.pupil("Gone", "Al", date(2010, 12, 24), stay=Enrolment(status="C", start_date=date(2026, 9, 2), end_date=DAY - timedelta(days=1)))
    receiving.receive(
        unit.desk, RequestCase(pupil_id=one.id, kind=CaseKind.COPY, received=DAY, channel="phone", requester="Ada", capacity="parent")
    )
    found = all_deadlines(unit.desk)
    assert [(each.day, each.words) for each in found] == [
        (review, "2 reviews of special educational needs"),
        (date(2026, 12, 15), "1 leaver: the Common Transfer File to be sent by today"),
        (date(2026, 12, 24), "1 pupil reaches 16: ask for the pupil’s own choice"),
        (date(2026, 12, 24), "1 request: something is due"),
        (date(2027, 1, 21), "1 school census: the reference day"),
    ]
    assert "request" not in [each.kind for each in all_deadlines(unit.as_role(Role.OFFICE))]
    data, again = calendar_file(unit.desk), calendar_file(unit.desk)
    events = Calendar.from_ical(data).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [each.day for each in found]
    uids = [str(event["UID"]) for event in events]
    assert len(set(uids)) == 5
    assert uids == [str(event["UID"]) for event in Calendar.from_ical(again).walk("VEVENT")]
    for secret in ("Quillfeather", "Ottoline", "Marrowbone", "Percival", "Gone", "P0001", "E919200420040", one.id, "R2026"):
        assert secret not in data.decode()
    assert unit.log()[-1] == ("read-record", "", "deadlines as a calendar file: 5 entries")
