"""The register of some days, its totals, its part-time patterns, and what it asks someone to look at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session, Timetable
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services import register
from pupil_desk.services.unit import calendars
from tests.services.exports.made import Unit

Marked = Callable[..., Mark]
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
TERM = (date(2026, 9, 2), date(2026, 11, 24))


def test_a_week_shows_its_closed_days_and_what_has_begun(unit: Unit, una: Pupil) -> None:
    view = register.view(unit.desk, MONDAY, date(2026, 11, 29))
    assert view.days == tuple(date(2026, 11, day) for day in (23, 24, 25, 26, 27))
    assert view.closed == {FRIDAY: "Closed"}
    assert view.begun_sessions == {(MONDAY, Session.AM), (MONDAY, Session.PM), (date(2026, 11, 24), Session.AM)}
    assert [row.pupil_id for row in view.rows] == [una.id]


def test_holidays_weekends_and_bank_holidays_are_closed_each_for_its_reason(unit: Unit) -> None:
    assert register.view(unit.desk, date(2026, 10, 26), date(2026, 10, 26)).closed == {date(2026, 10, 26): "Not in a term"}
    assert register.view(unit.desk, date(2026, 11, 28), date(2026, 11, 28)).closed == {date(2026, 11, 28): "Weekend"}
    assert register.view(unit.desk, date(2026, 12, 25), date(2026, 12, 25)).closed == {date(2026, 12, 25): "Christmas Day"}


def test_guests_are_on_the_register_and_leavers_only_in_their_days(unit: Unit) -> None:
    guest = Enrolment(status="G", start_date=date(2026, 9, 2))
    gone = Enrolment(status="C", start_date=date(2026, 9, 2), end_date=date(2026, 11, 24))
    away = Enrolment(status="F", start_date=date(2026, 9, 2))
    for name, stay in (("Guest", guest), ("Leaver", gone), ("College", away)):
        unit.pupil(name, "A", date(2012, 1, 5), stay)
    rows = {row.name: row for row in register.view(unit.desk, MONDAY, FRIDAY).rows}
    assert {name: row.status for name, row in rows.items()} == {"Guest, A": "G", "Leaver, A": "C"}
    assert rows["Leaver, A"].on_register == {MONDAY, date(2026, 11, 24)}


def test_a_timetable_says_what_is_expected_and_its_earlier_word_is_kept(unit: Unit, una: Pupil) -> None:
    plan = Timetable(pupil_id=una.id, since=date(2026, 11, 2), until=date(2026, 12, 18), mon_am="C2", agreed_with="Mother")
    register.add_timetable(unit.desk, plan)
    (row,) = register.view(unit.desk, MONDAY, MONDAY).rows
    assert row.expected == {(MONDAY, Session.AM): "C2", (MONDAY, Session.PM): ""}
    (kept,) = register.timetables_of(unit.desk, una.id)
    register.save_timetable(unit.desk, replace(kept, until=date(2026, 11, 20)))
    (row,) = register.view(unit.desk, MONDAY, MONDAY).rows
    assert row.expected[MONDAY, Session.AM] == ""
    (was,) = unit.desk.vault.rows("SELECT item, old, new FROM amendment WHERE kind = 'timetable' AND item <> ''")
    assert tuple(was) == ("until", "2026-12-18", "2026-11-20")
    with pytest.raises(Refused):
        register.add_timetable(unit.desk, replace(plan, until=date(2026, 11, 1)))


def test_totals_follow_the_amendments_and_blank_stays_blank(unit: Unit, una: Pupil, marked: Marked) -> None:
    bo = unit.pupil("Birch", "Bo", date(2012, 1, 5))
    register.mark(unit.desk, [marked(una, "/", 23), marked(una, "N", 23, "PM"), marked(una, "Y1", 20)])
    register.mark(unit.desk, [marked(una, "M", 23, "PM")], reason="Letter")
    found = {one.pupil.id: one for one in register.totals(unit.desk, *TERM)}
    ash = found[una.id]
    assert (ash.rows, ash.possible, ash.attended, ash.authorised, ash.unauthorised) == (3, 2, 1, 1, 0)
    assert (ash.attendance_pct, ash.absence_pct, ash.unauthorised_pct, ash.persistent, ash.severe) == (50.0, 50.0, 0.0, True, True)
    assert (found[bo.id].possible, found[bo.id].attendance_pct) == (0, None)
    with pytest.raises(WrongUse):
        register.totals(unit.desk, TERM[1], TERM[0])


def test_a_unit_that_keeps_no_register_here_is_asked_nothing(unit: Unit, una: Pupil) -> None:
    assert register.watch(unit.desk) == register.Watch()


def test_sessions_unmarked_since_the_first_mark(unit: Unit, una: Pupil, marked: Marked) -> None:
    unit.pupil("Birch", "Bo", date(2012, 1, 5))
    register.mark(unit.desk, [marked(una, "/", 23), marked(una, "\\", 23, "PM"), marked(una, "/", 24)])
    before, today = register.watch(unit.desk).unmarked
    assert (before.name, before.words) == ("Birch, Bo", "2 sessions not marked, the first on 23 Nov 2026")
    assert (today.name, today.words) == ("Birch, Bo", "1 session not marked, the first on 24 Nov 2026")


def test_a_guest_is_looked_for_and_a_mark_that_was_only_planned_is_none(unit: Unit, una: Pupil, marked: Marked) -> None:
    guest = unit.pupil("Guest", "Al", date(2012, 1, 5), Enrolment(status="G", start_date=date(2026, 11, 24)))
    register.mark(unit.desk, [marked(una, "/", 24), marked(una, "C2", 24, "PM"), marked(guest, "/", 24)])
    assert register.watch(unit.desk).unmarked == ()
    afternoon = replace(unit.desk, clock=FixedClock(datetime(2026, 11, 24, 13, 30, tzinfo=UTC)))
    told = [(line.name, line.missing) for line in register.watch(afternoon).unmarked]
    assert sorted(told) == [("Ash, Una", 1), ("Guest, Al", 1)]


def test_n_is_told_after_five_school_days_until_it_is_settled(unit: Unit, una: Pupil, marked: Marked) -> None:
    register.mark(unit.desk, [marked(una, "N", 17), marked(una, "N", 18)])
    (line,) = register.watch(unit.desk).unsettled
    assert line.words.startswith("No reason yet for 17 Nov 2026, morning: 5 school days ago")
    register.mark(unit.desk, [marked(una, "O", 17)], reason="No answer")
    assert register.watch(unit.desk).unsettled == ()
    register.mark(unit.desk, [marked(una, "N", 17)], reason="Asked again")
    assert len(register.watch(unit.desk).unsettled) == 1


def test_what_the_summer_term_left_open_is_told_in_the_holidays_and_after_them(unit: Unit, una: Pupil) -> None:
    at = {month: replace(unit.desk, clock=FixedClock(datetime(2027, month, 16, 10, tzinfo=UTC))) for month in (7, 8)}
    days = [date(2027, 7, day) for day in range(5, 10)]
    register.mark(at[7], [Mark(pupil_id=una.id, day=day, session=half, code="O") for day in days for half in Session])
    register.mark(at[7], [Mark(pupil_id=una.id, day=date(2027, 7, 12), session=Session.AM, code="N")])
    watch = register.watch(at[8])
    assert [line.words for line in watch.penalty] == ["11 sessions without leave in 10 school weeks, 5 Jul 2027 to 12 Jul 2027"]
    assert [line.words.partition(".")[0] for line in watch.unsettled] == ["No reason yet for 12 Jul 2027, morning: 7 school days ago"]
    assert watch.unmarked
    assert (watch.persistent, watch.severe) == ((), ()), "of the school year that has begun"
    register.mark(at[7], [Mark(pupil_id=una.id, day=date(2027, 7, 15), session=Session.AM, code="N")])
    terms = [*calendars.terms(unit.desk), Term(start=date(2027, 9, 2), end=date(2027, 10, 22))]
    calendars.save_calendar(unit.desk, terms, calendars.closures(unit.desk))
    september = replace(unit.desk, clock=FixedClock(datetime(2027, 9, 6, 10, tzinfo=UTC)))
    assert len(register.watch(september).unsettled) == 2


def _days(unit: Unit, pupil: Pupil, code: str, days: range) -> None:
    open_days = [date(2026, 11, day) for day in days if date(2026, 11, day).weekday() < 5]
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=day, session=s, code=code) for day in open_days for s in Session])


def test_ten_school_days_without_leave_together(unit: Unit, una: Pupil) -> None:
    guest = unit.pupil("Guest", "Al", date(2012, 1, 5), Enrolment(status="G", start_date=date(2026, 9, 2)))
    for pupil in (una, guest):
        _days(unit, pupil, "O", range(9, 21))
    (line,) = register.watch(unit.desk).ten_days
    assert (line.name, line.words) == ("Ash, Una", "10 school days without leave, 9 Nov 2026 to 20 Nov 2026")
    assert [total.possible for total in register.totals(unit.desk, *TERM)] == [20, 0], "the guest is on the list, and nothing counts"


def test_a_day_of_illness_breaks_the_ten_and_one_at_the_other_school_does_not(unit: Unit, una: Pupil) -> None:
    _days(unit, una, "O", range(4, 10))
    _days(unit, una, "D", range(10, 11))
    _days(unit, una, "O", range(11, 19))
    assert register.watch(unit.desk).ten_days[0].words.startswith("10 school days")
    register.mark(unit.desk, [Mark(pupil_id=una.id, day=date(2026, 11, 10), session=s, code="I") for s in Session], reason="Ill")
    assert register.watch(unit.desk).ten_days == ()


def test_fifteen_school_days_of_illness_in_all(unit: Unit, una: Pupil) -> None:
    _days(unit, una, "I", range(2, 21))
    (line,) = register.watch(unit.desk).fifteen_days
    assert line.words == "15 school days of illness this school year"


def test_persistent_and_severe_absence_are_told_apart(unit: Unit, una: Pupil) -> None:
    bo = unit.pupil("Birch", "Bo", date(2012, 1, 5))
    _days(unit, una, "O", range(16, 21))
    _days(unit, bo, "B", range(16, 20))
    _days(unit, bo, "M", range(20, 21))
    watch = register.watch(unit.desk)
    assert [(line.name, line.words) for line in watch.severe] == [("Ash, Una", "100.0 % absence: 10 of 10 sessions")]
    assert [(line.name, line.words) for line in watch.persistent] == [("Birch, Bo", "20.0 % absence: 2 of 10 sessions")]


def test_the_sheet_tells_every_entry_and_who_made_it(unit: Unit, una: Pupil, marked: Marked) -> None:
    from pupil_desk.services.sheet import everything

    register.mark(unit.desk, [marked(una, "N", 23)])
    register.mark(unit.desk, [marked(una, "I", 23)], reason="Rang")
    (section,) = [one for one in everything(unit.desk, una.id) if one.name == "attendance"]
    assert [(entry.as_kept()["code"], entry.as_kept()["reason"], entry.as_kept()["by"]) for entry in section.entries] == [
        ("N", None, "Ann Officer, Data officer"),
        ("I", "Rang", "Ann Officer, Data officer"),
    ]


def test_the_units_own_times_say_when_a_session_begins(unit: Unit, una: Pupil, marked: Marked) -> None:
    from pupil_desk.services.unit.settings import save_settings

    save_settings(unit.desk, replace(unit.desk.settings, am_starts="10:30"))
    with pytest.raises(Refused):
        register.mark(unit.desk, [marked(una, "/")])
    later = replace(unit.desk, clock=FixedClock(datetime(2026, 11, 24, 10, 30, tzinfo=UTC)))
    register.mark(later, [marked(una, "/")])
    save_settings(unit.desk, replace(unit.desk.settings, pm_starts="1 pm"))
    assert unit.desk.settings.pm_starts == "13:00"
    with pytest.raises(Refused):
        save_settings(unit.desk, replace(unit.desk.settings, pm_starts="after lunch"))
