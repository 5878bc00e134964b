"""The returns of absence and sickness: the limits of the law, the sums, and runs of school days."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.exports import export_named
from pupil_desk.services.exports.export import Period
from pupil_desk.services.exports.making import ExportOrder, ask_of
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import settings
from pupil_desk.store.tables import standing
from tests.services.exports.made import DAY, Unit
from tests.services.exports.test_returns import lines, made

FIRST = date(2026, 11, 2)  # a Monday; 24 November is the seventeenth school day from it


def weekdays(number: int) -> list[date]:
    days = (FIRST + timedelta(days=place) for place in range(60))
    return [day for day in days if day.weekday() < 5][:number]


def mark(unit: Unit, pupil: Pupil, codes: str) -> None:
    """A day a word: «II» is ill in the morning and in the afternoon, a dot is no mark."""
    both = zip(weekdays(len(codes.split())), codes.split(), strict=True)
    marks = [(day, session, code) for day, two in both for session, code in zip(Session, two, strict=True) if code != "."]
    register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=day, session=session, code=code) for day, session, code in marks])


@pytest.fixture
def marked(unit: Unit) -> Unit:
    def pupil(name: str, codes: str, **items: object) -> Pupil:
        found = unit.pupil(name, "Ann", date(2012, 1, 5), **items)
        mark(unit, found, codes)
        return found

    here = "/\\ "
    pupil("Tenth", here * 9 + "CC")  # 10.0 %, which counts
    pupil("Under", here * 9 + "C\\")
    pupil("Ten Days", "OO GG UU NN OO DD OO OO OO OO DO", upn="Y919110026001")  # D neither counts nor breaks
    pupil("Nine Days", "OO " * 9 + "/\\ OO")
    pupil("Ill", "II " * 8 + "/\\ " + "II " * 6 + "II")
    pupil("Ill Less", "II " * 14 + "I\\")
    pupil("Nothing", "DD " * 4)
    pupil("Guest", "OO " * 12, stay=Enrolment(status="G", start_date=FIRST))
    pupil("Left", "OO " * 12, stay=Enrolment(status="C", start_date=FIRST, end_date=date(2026, 11, 20)))
    for name, codes in (("Was Guest", "OO " * 12 + here * 4), ("Was Ill Guest", "II " * 12 + here + "II " * 3)):
        guest = unit.pupil(name, "Ann", date(2012, 1, 5), Enrolment(status="G", start_date=FIRST, end_date=date(2026, 11, 17)))
        pupils.add_stay(unit.desk, Enrolment(pupil_id=guest.id, status="C", start_date=date(2026, 11, 18)))
        mark(unit, guest, codes)
    unit.protect(pupil("Hidden", "OO " * 12))
    return unit


def test_who_is_told_of_for_absence_and_with_which_sums(marked: Unit, stick: Path) -> None:
    result = made(marked, "la-attendance", stick)
    header, *rows = lines(result, stick)
    assert header.endswith(
        "postcode,possible,attended,authorised,unauthorised,attendance_pct,absence_pct,unauthorised_pct,days_without_leave,first_day,last_day,why"
    )
    told = {row.split(",")[1]: ",".join(row.split(",")[10:]) for row in rows}
    assert told == {
        "Tenth": "20,18,2,0,90.0,10.0,0.0,,,,does not attend regularly",
        "Ten Days": "19,0,0,19,0.0,100.0,100.0,10,2026-11-02,2026-11-16,does not attend regularly and absent without leave for days together",
        "Nine Days": "22,2,0,20,9.1,90.9,90.9,,,,does not attend regularly",
        "Ill": "32,2,30,0,6.3,93.8,0.0,,,,does not attend regularly",
        "Ill Less": "30,1,29,0,3.3,96.7,0.0,,,,does not attend regularly",
        "Was Ill Guest": "8,2,6,0,25.0,75.0,0.0,,,,does not attend regularly",  # four days on the roll
    }
    assert [pupil.surname for pupil, _reason in result.left_out] == ["Hidden"]


def test_the_share_is_the_units_and_the_run_stands_by_itself(marked: Unit, stick: Path) -> None:
    settings.save_settings(marked.desk, dataclasses.replace(marked.desk.settings, irregular_absence=100))
    assert [row.split(",")[1] for row in lines(made(marked, "la-attendance", stick), stick)[1:]] == ["Ten Days"]
    settings.save_settings(marked.desk, dataclasses.replace(marked.desk.settings, irregular_absence=5))
    assert made(marked, "la-attendance", stick).rows == 7
    period = Period(FIRST, date(2026, 11, 12))  # nine days of it
    assert "absent without leave" not in "".join(lines(made(marked, "la-attendance", stick, period=period), stick))


def test_fifteen_school_days_of_illness_together_or_in_all(marked: Unit, stick: Path) -> None:
    result = made(marked, "la-sickness", stick)
    header, row = lines(result, stick)
    assert header.endswith("postcode,sessions_ill,days_ill,longest_run_days,first_day,last_day")
    assert row == ",Ill,Ann,,,,,,,,30,15,8,2026-11-02,2026-11-23"
    assert "1 August 2026 to 24 November 2026" in result.receipt_text
    expected = frozenset(row["id"] for row in marked.desk.vault.rows("SELECT id FROM pupil WHERE surname IN ('Ill Less', 'Tenth')"))
    _header, named = lines(
        made(marked, "la-sickness", stick, pupils=expected), stick
    )  # a head expects more days; who was not ill at all is in neither
    assert named == ",Ill Less,Ann,,,,,,,,29,14.5,14,2026-11-02,2026-11-20"


def test_nothing_marked_is_nothing_due(unit: Unit, stick: Path) -> None:
    unit.pupil("Ash", "Ann", date(2012, 1, 5))
    for name in ("la-attendance", "la-sickness"):
        assert made(unit, name, stick, day=DAY).rows == 0


def test_all_marks_are_read_only_of_those_who_may_have_missed_ten_days_together(marked: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    now_and_then = marked.pupil("Now And Then", "Ann", date(2012, 1, 5))
    mark(marked, now_and_then, "OO OO OO OO /\\ " * 3)
    read: list[frozenset[str]] = []
    by_pupil = standing.by_pupil

    def reading(*params: Any, ids: Any = None, **named: Any) -> Any:
        read.append(frozenset(ids))
        return by_pupil(*params, ids=ids, **named)

    monkeypatch.setattr(standing, "by_pupil", reading)
    export = export_named(marked.desk, "la-attendance")
    told = export.select(marked.desk, ask_of(marked.desk, export, ExportOrder(reason=""))).exported
    assert now_and_then in [one.pupil for one in told], "for the share of absence, which is counted and not read"
    surnames = {row["id"]: row["surname"] for row in marked.desk.vault.rows("SELECT id, surname FROM pupil")}
    assert [{surnames[one] for one in ids} for ids in read] == [{"Ten Days", "Nine Days", "Hidden"}]
