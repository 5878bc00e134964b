"""Figures of a unit that was counted by hand, and that rows come to their whole."""

import dataclasses
import itertools
from datetime import UTC, date, datetime

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.learning.next_steps import Destination
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionEvent, SuspensionEventKind
from pupil_desk.services import figures, register
from pupil_desk.services.care import needs
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures import Period
from pupil_desk.services.figures.periods import half_terms, months, terms_of, weeks, year_of
from pupil_desk.services.learning import assessments, next_steps
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.tables import settings as calendar
from tests.services.exports.made import DAY, Unit
from tests.services.figures.known import AUTUMN, MONDAY, SINCE, cells, left, look, mark, pupils_of

PRESENT = ["/", "\\"] * 5


def test_attendance_by_sex_is_what_was_marked(unit: Unit) -> None:
    pupils = pupils_of(unit)
    boys, girls = pupils[:5], pupils[5:]
    for pupil in boys:
        mark(unit, pupil, PRESENT)
    mark(unit, girls[0], ["I", "M", *PRESENT[2:]])  # 8 of 10, authorised
    mark(unit, girls[1], ["O"] * 6 + ["D"] * 2 + PRESENT[8:])  # 2 of 8, unauthorised; D is not possible
    found = look(unit, "attendance", "sex")
    keys = ("pupils", "possible", "attended", "authorised", "unauthorised", "attendance", "persistent", "severe")
    assert cells(found, "Male", *keys) == ["5", "50", "50", "0", "0", "100.0 %", "0", "0"]
    assert cells(found, "Female", *keys) == ["2", "18", "10", "2", "6", "55.6 %", "2", "1"]
    assert cells(found, "All pupils", *keys) == ["7", "68", "60", "2", "6", "88.2 %", "2", "1"]


def test_an_amended_session_counts_as_what_it_says_now(unit: Unit) -> None:
    pupil = pupils_of(unit)[0]
    mark(unit, pupil, ["N", "\\"])
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=Session.AM, code="I")], reason="Mother rang")
    assert cells(look(unit, "attendance", "terms"), "Whole period", "authorised", "unauthorised", "attended") == ["1", "0", "1"]


def test_the_reasons_of_what_was_missed_are_the_codes_as_they_stand_now(unit: Unit) -> None:
    first, second, *_others = pupils_of(unit)
    mark(unit, first, ["I", "I", "N", *PRESENT[3:]])
    mark(unit, second, ["I", *PRESENT[1:]])
    register.mark(unit.desk, [Mark(pupil_id=first.id, day=date(2026, 11, 3), session=Session.AM, code="M")], reason="A letter came")
    found = look(unit, "attendance", "reasons")
    assert [row.label for row in found.rows] == ["Ill (not an appointment)", "Medical or dental appointment"]
    assert cells(found, "Ill (not an appointment)", "pupils", "sessions") == ["2", "3"]
    assert cells(found, "Medical or dental appointment", "pupils", "sessions") == ["1", "1"]
    assert cells(found, "All reasons", "pupils", "sessions") == ["2", "4"]
    printed = figures.for_others(unit.desk, found)
    assert {cell for line in printed.lines for cell in line.cells} == {figures.Blank.SMALL}  # two pupils are too few for anybody to see


def test_attendance_is_told_week_by_week(unit: Unit) -> None:
    pupil = pupils_of(unit)[0]
    mark(unit, pupil, PRESENT, MONDAY)
    mark(unit, pupil, ["I", "I", *PRESENT[2:]], date(2026, 11, 9))
    found = look(unit, "attendance", "weeks")
    assert [figures.words(row.cells[found.place("attendance")], found.column("attendance")) for row in found.rows] == ["100.0 %", "80.0 %"]


def test_main_schools_are_compared_by_their_names(unit: Unit) -> None:
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_schools="Wyming Vale School, 919/4001"))
    unit.pupil("Vale", "Ann", date(2011, 1, 1), Enrolment(status="M", start_date=SINCE, main_school="919/4001"))
    unit.pupil("Far", "Ben", date(2011, 1, 2), Enrolment(status="M", start_date=SINCE, main_school="919/4003"))
    found = look(unit, "roll", "main-school")
    assert [row.label for row in found.rows] == ["The school with the DfE number 919/4003", "Wyming Vale School (919/4001)"]


def test_persistent_absence_is_reckoned_anew_for_each_row_in_time(unit: Unit) -> None:
    pupil = pupils_of(unit)[0]
    mark(unit, pupil, ["I", "I", *PRESENT[2:]], date(2026, 10, 12))
    mark(unit, pupil, PRESENT * 2, MONDAY)
    found = look(unit, "attendance", "half-terms")
    assert cells(found, "Autumn term 2026, first half", "possible", "persistent") == ["10", "1"]
    assert cells(found, "Autumn term 2026, second half", "possible", "persistent") == ["20", "0"]
    assert cells(found, "Whole period", "possible", "attendance", "persistent") == ["30", "93.3 %", "0"]


def test_marks_of_a_guest_and_of_days_to_come_are_left_out(unit: Unit) -> None:
    guest = unit.pupil("Guest", "A", date(2011, 1, 1), Enrolment(status="G", start_date=SINCE))
    mark(unit, guest, PRESENT)
    mark(unit, pupils_of(unit)[0], ["C2", "C2"], date(2026, 11, 30))
    assert cells(look(unit, "attendance", "sex"), "All pupils", "pupils", "possible", "attendance") == ["0", "0", "–"]


def test_a_record_that_stands_for_another_is_counted_as_that_one(unit: Unit) -> None:
    kept, other = pupils_of(unit)[:2]
    mark(unit, kept, PRESENT)
    mark(unit, other, ["I", "I"], date(2026, 10, 5))
    mark(unit, other, ["O"] * len(PRESENT))  # the same sessions: the mark of the record kept counts
    with unit.desk.vault.transaction():
        unit.desk.vault.execute("UPDATE pupil SET same_as = ? WHERE id = ?", (kept.id, other.id))
    found = look(unit, "attendance", "sex")
    assert cells(found, "Male", "pupils", "possible", "attended", "persistent") == ["1", "12", "10", "1"]
    assert cells(look(unit, "attendance", "reasons"), "All reasons", "pupils", "sessions") == ["1", "2"]
    assert cells(look(unit, "roll", "sex"), "Male", "on-roll", "joined") == ["4", "4"]


def test_groups_are_of_the_last_day_of_the_period(unit: Unit) -> None:
    pupil = pupils_of(unit)[0]
    needs.add_care(
        unit.desk, CarePeriod(pupil_id=pupil.id, kind="LAC", start_date=date(2026, 9, 9), end_date=date(2026, 10, 9), authority="919")
    )
    assert cells(look(unit, "roll", "looked-after"), "Not looked after", "on-roll") == ["8"]
    until = Period(date(2026, 8, 1), date(2026, 9, 30), "September")
    assert cells(look(unit, "roll", "looked-after", until), "Looked after", "on-roll") == ["1"]


def test_a_year_group_was_one_less_the_year_before(unit: Unit) -> None:
    unit.pupil("Long", "A", date(2010, 10, 5), Enrolment(status="C", start_date=date(2025, 9, 3)), year_group="11")
    unit.pupil("Gone", "A", date(2009, 10, 5), left(on=date(2026, 7, 17), since=date(2025, 9, 3)), year_group="11")
    before = look(unit, "roll", "year-group", year_of(2025))
    assert [row.label for row in before.rows] == ["Year 10", "Year 11"]
    assert [row.label for row in look(unit, "roll", "year-group").rows] == ["Year 11"]


def _suspend(unit: Unit, pupil_id: str, start: date, **items: object) -> str:
    told = {"category": "SUSP", "session": "AM", "sessions": 4, "reason_1": "DB", "decided_by": "H"} | items
    decisions.decide(unit.desk, Suspension(pupil_id=pupil_id, start=start, **told))  # type: ignore[arg-type]
    return decisions.overview(unit.desk, pupil_id).cases[-1].suspension.decision


def test_suspensions_count_decisions_sessions_and_pupils(unit: Unit) -> None:
    pupils = pupils_of(unit)
    _suspend(unit, pupils[0].id, date(2026, 9, 14), reason_2="TH")
    _suspend(unit, pupils[0].id, date(2026, 11, 9), sessions=2)
    _suspend(unit, pupils[5].id, date(2026, 11, 16), category="PERM", sessions=None)
    _suspend(unit, pupils[1].id, date(2026, 11, 10), school="919/4001")
    _suspend(unit, pupils[2].id, date(2026, 11, 26))
    mistaken = _suspend(unit, pupils[3].id, date(2026, 11, 11))
    decisions.record_event(
        unit.desk,
        SuspensionEvent(pupil_id=pupils[3].id, decision=mistaken, kind=SuspensionEventKind.MISTAKEN, on=DAY, note="Another pupil"),
    )
    keys = ("pupils", "suspensions", "sessions", "suspended", "rate", "permanent")
    found = look(unit, "suspensions", "months")
    assert cells(found, "September 2026", *keys) == ["8", "1", "4", "1", "12.5", "0"]
    assert cells(found, "November 2026", *keys) == ["8", "1", "2", "1", "12.5", "1"]
    assert cells(found, "Whole period", *keys) == ["8", "2", "6", "1", "25.0", "1"]
    by_reason = look(unit, "suspensions", "reasons")
    assert cells(by_reason, "Theft", "suspensions", "permanent") == ["1", "0"]
    assert cells(by_reason, "Persistent or general disruptive behaviour", "suspensions", "permanent") == ["2", "1"]
    assert cells(by_reason, "All decisions", "suspensions", "sessions", "suspended") == ["2", "6", "1"]


def _result(unit: Unit, pupil_id: str, result: str, day: date, **items: str) -> None:
    told = {"stage": "KS4", "subject": "MAT", "method": "TA", "component": "GCSE"} | items
    assessments.add(unit.desk, Assessment(pupil_id=pupil_id, result=result, date=day, **told))  # type: ignore[arg-type]


def test_progress_counts_only_what_can_be_compared(unit: Unit) -> None:
    pupils = pupils_of(unit)
    assessments.set_scale(unit.desk, "Reading ladder", ["Sand", "Stone", "Rock"])
    for pupil, target, got in zip(pupils, ("4", "4", "4", "4"), ("4", "3", "U", "5"), strict=False):
        _result(unit, pupil.id, target, date(2026, 9, 10), status="T")
        _result(unit, pupil.id, got, date(2026, 11, 10))
    _result(unit, pupils[1].id, "2", date(2026, 9, 20))
    ladder = {"subject": "REA", "component": "Reading ladder"}
    _result(unit, pupils[4].id, "Stone", date(2026, 9, 10), **ladder)
    _result(unit, pupils[4].id, "Sand", date(2026, 11, 10), **ladder)
    _result(unit, pupils[5].id, "Pass", date(2026, 11, 10), component="FS L1")
    _result(unit, pupils[5].id, "Pass", date(2026, 9, 10), component="FS L1", status="T")
    found = look(unit, "progress", "subjects")
    keys = ("pupils", "compared", "met", "met-share", "again", "pairs", "higher", "same", "lower")
    assert cells(found, "Mathematics", *keys) == ["4", "4", "2", "50.0 %", "1", "1", "1", "0", "0"]
    assert cells(found, "Reading", *keys) == ["0", "0", "0", "–", "1", "1", "0", "0", "1"]
    assert cells(found, "All results", *keys) == ["4", "4", "2", "50.0 %", "2", "2", "1", "0", "1"]
    assert cells(look(unit, "progress", "sex"), "Male", "compared", "pairs") == ["4", "2"]


def test_an_exam_result_that_is_not_published_yet_is_left_out(unit: Unit) -> None:
    pupil = pupils_of(unit)[5]
    _result(unit, pupil.id, "4", date(2026, 9, 10), status="T")
    for published, counted in ((date(2026, 11, 25), "0"), (date(2026, 11, 24), "1")):
        assessments.add(
            unit.desk,
            Assessment(
                pupil_id=pupil.id,
                stage="KS4",
                subject="MAT",
                method="TT",
                component="GCSE",
                result="5",
                date=date(2026, 11, 10),
                published_on=published,
            ),
        )
        assert cells(look(unit, "progress", "sex"), "All results", "compared", "met") == [counted, counted]


def test_destinations_are_of_year_11_the_latest_of_each_kind(unit: Unit) -> None:
    pupils = pupils_of(unit)
    for pupil, kind, activity, day in (
        (pupils[5], "intended", "230", None),
        (pupils[5], "actual", "310", date(2026, 9, 7)),
        (pupils[5], "actual", "220", date(2026, 10, 7)),
        (pupils[6], "intended", "230", None),
        (pupils[0], "intended", "230", None),
    ):
        next_steps.add_destination(unit.desk, Destination(pupil_id=pupil.id, kind=kind, activity=activity, confirmed_on=day))
    found = look(unit, "destinations", "activities")
    assert cells(found, "Further education college", "intended", "actual") == ["2", "0"]
    assert cells(found, "Sixth form college", "intended", "actual") == ["0", "1"]
    assert cells(found, "None on file", "intended", "actual", "offer") == ["1", "2", "3"]
    assert cells(found, "All pupils", "intended", "actual") == ["3", "3"]
    assert cells(look(unit, "destinations", "years"), "School year 2026/27", "pupils", "intended", "actual-share") == ["3", "2", "33.3 %"]


def test_the_roll_of_a_row_leads_to_that_of_the_next(unit: Unit) -> None:
    pupils_of(unit)
    unit.pupil("Late", "A", date(2011, 1, 1), Enrolment(status="S", start_date=date(2026, 10, 5)))
    unit.pupil("Gone", "A", date(2011, 1, 1), left(on=date(2026, 10, 31)))
    unit.pupil("Gone", "B", date(2011, 1, 1), left(on=date(2026, 10, 9)))
    found = look(unit, "roll", "months")
    assert cells(found, "September 2026", "joined", "left", "on-roll") == ["10", "0", "10"]
    assert cells(found, "October 2026", "joined", "left", "on-roll") == ["1", "1", "10"]
    assert cells(found, "November 2026", "joined", "left", "on-roll") == ["0", "1", "9"]
    assert cells(found, "Whole period", "joined", "left", "on-roll") == ["11", "2", "9"]


def test_a_change_of_status_without_a_gap_is_no_coming_and_going(unit: Unit) -> None:
    from pupil_desk.services.pupils import pupils as service

    pupil = unit.pupil("Two", "A", date(2011, 1, 1), left(on=date(2026, 10, 9)))
    service.add_stay(unit.desk, Enrolment(pupil_id=pupil.id, status="S", start_date=date(2026, 10, 10), main_school="919/4001"))
    assert cells(look(unit, "roll", "terms"), "Whole period", "joined", "left", "on-roll") == ["1", "0", "1"]


def test_terms_follow_the_units_calendar_and_leave_no_day_out(unit: Unit) -> None:
    on_file = calendar.terms(unit.desk.vault)
    halves = half_terms(on_file, 2026)
    assert [half.label for half in halves][::2] == [
        f"{name}, first half" for name in ("Autumn term 2026", "Spring term 2027", "Summer term 2027")
    ]
    assert [term.label for term in terms_of(on_file, 2026)] == ["Autumn term 2026", "Spring term 2027", "Summer term 2027"]
    for parts in (halves, terms_of(on_file, 2026), half_terms([], 2024), months(year_of(2026)), weeks(year_of(2026))):
        assert (parts[0].first.month, parts[0].first.day, parts[-1].last.month, parts[-1].last.day) == (8, 1, 7, 31)
        assert all((after.first - before.last).days == 1 for before, after in itertools.pairwise(parts))
    assert [half.label for half in half_terms([], 2024)] == ["Autumn term 2024", "Spring term 2025", "Summer term 2025"]


def test_of_one_group_alone_rows_come_to_their_whole(unit: Unit) -> None:
    pupils = pupils_of(unit)
    _suspend(unit, pupils[0].id, date(2026, 9, 14))
    _suspend(unit, pupils[5].id, date(2026, 11, 9))
    keys = [key for key, _words in figures.narrower(unit.desk, AUTUMN)]
    assert {"sex=M", "sex=F", "sen=K", "sen=N", "sen=", "year-group=10", "looked-after=N"} <= set(keys)
    boys = figures.look(unit.desk, figures.FigureQuestion("suspensions", AUTUMN, "months", "sex=M"))
    assert cells(boys, "September 2026", "pupils", "suspensions") == ["5", "1"]
    assert cells(boys, "Whole period", "pupils", "suspensions") == ["5", "1"]
    assert boys.period == "School year 2026/27, to 24 November 2026; only sex: Male"
    for kind in figures.FIGURES:
        for by, _label in kind.ways:
            figures.look(unit.desk, figures.FigureQuestion(kind.name, AUTUMN, by, "sen=K"))


def test_what_is_not_offered_is_refused(unit: Unit) -> None:
    with pytest.raises(WrongUse):
        look(unit, "suspensions", "weeks")
    with pytest.raises(WrongUse):
        look(unit, "lateness", "sex")


def test_every_figure_answers_in_every_way_in_an_empty_unit(unit: Unit) -> None:
    for kind in figures.FIGURES:
        for by, _label in kind.ways:
            found = look(unit, kind.name, by)
            assert figures.for_others(unit.desk, found).rows == found.rows == ()


def test_the_periods_offered_are_those_that_have_begun(unit: Unit) -> None:
    assert [period.label for period in figures.periods(unit.desk)] == [
        "School year 2026/27",
        "Autumn term 2026",
        "Autumn term 2026, first half",
        "Autumn term 2026, second half",
    ]
    assert figures.periods(unit.desk)[0] == AUTUMN


def _on(unit: Unit, day: date) -> Unit:
    """The same unit, looked at on another day."""
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Unit(Desk(unit.desk.vault, unit.desk.user, FixedClock(moment)), unit.file)


def test_a_part_in_which_no_school_day_lies_says_so_beside_its_noughts(unit: Unit) -> None:
    unit.pupil("Early", "Ann", date(2011, 1, 1), Enrolment(status="C", start_date=date(2026, 8, 3)))
    found = look(unit, "suspensions", "months")
    assert [row.label for row in found.rows] == ["August 2026 (no school days)", "September 2026", "October 2026", "November 2026"]
    assert cells(found, "August 2026 (no school days)", "pupils", "suspensions") == ["1", "0"]


def test_a_period_that_has_only_begun_says_that_no_school_day_was_in_it_yet(unit: Unit) -> None:
    unit.pupil("Early", "Ann", date(2011, 1, 1), Enrolment(status="C", start_date=date(2026, 8, 3)))
    found = look(_on(unit, date(2026, 8, 20)), "suspensions", "terms")
    assert found.period == "School year 2026/27, to 20 August 2026, no school days yet"
    assert [row.label for row in found.rows] == ["Autumn term 2026 (no school days yet)"]


def test_of_a_part_that_goes_on_it_is_said_how_many_days_its_numbers_are_of(unit: Unit) -> None:
    pupils_of(unit)
    found = look(_on(unit, date(2026, 11, 3)), "suspensions", "months")
    assert [row.label for row in found.rows][-1] == "November 2026"
    assert found.notes[-1] == "November 2026: its numbers are of 2 school days, up to 3 November 2026."
    assert "school days" not in look(_on(unit, date(2027, 8, 3)), "suspensions", "months").notes[-1], "a year that is over"
