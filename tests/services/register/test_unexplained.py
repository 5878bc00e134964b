"""Absences that nobody has explained by noon: Home asks until the social worker was told, and that is in the log of disclosures."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.papers.day import call_sheet as layout
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.care import needs
from pupil_desk.services.desk import Desk
from pupil_desk.services.duplicates import merging
from pupil_desk.services.home import home
from pupil_desk.services.quality.looking import findings
from pupil_desk.services.register import call_sheet, unexplained, untold
from pupil_desk.services.unit.settings import save_settings
from pupil_desk.store.rows import several
from pupil_desk.store.tables import told
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit

type Marked = Callable[..., Mark]


@pytest.fixture
def at_noon(unit: Unit, una: Pupil) -> Desk:
    """Una, with a social worker, on 24 November at a quarter past one; the unit tells social care."""
    save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_social_care="Larkshire Children’s Services"))
    needs.add_care(unit.desk, CarePeriod(pupil_id=una.id, kind="CIN", worker="Jo Hale", worker_reach="01632 960222"))
    return dataclasses.replace(unit.desk, clock=FixedClock(datetime(2026, 11, 24, 13, 15, tzinfo=UTC)))


def test_home_asks_from_noon_until_the_social_worker_was_told(unit: Unit, at_noon: Desk, una: Pupil, marked: Marked) -> None:
    register.mark(at_noon, [marked(una, "N")])
    assert unexplained.to_tell(unit.desk) == [], "ten o’clock: the family is called first"
    (absence,) = home.tasks(at_noon).unexplained
    assert (absence.pupil_id, absence.worker) == (una.id, "Jo Hale, 01632 960222")
    unexplained.record_told(at_noon, una.id, DAY, "phone")
    assert home.tasks(at_noon).unexplained == []
    (row,) = told.of_pupil(at_noon.vault, una.id)
    assert (row["recipient"], row["fields"]) == ("Children’s social care: Jo Hale", "name and date of birth, attendance")
    with pytest.raises(WrongUse, match="recorded already"):
        unexplained.record_told(at_noon, una.id, DAY, "phone")
    unexplained.take_back(at_noon, una.id, DAY)
    assert len(unexplained.to_tell(at_noon)) == 1
    unexplained.record_told(at_noon, una.id, DAY, "email")
    assert unexplained.to_tell(at_noon) == []


@pytest.mark.parametrize(
    ("morning", "afternoon", "asked"),
    [("N", "N", 1), ("O", "", 1), ("N", "\\", 0), ("N", "B", 0), ("N", "I", 1), ("N", "D", 1), ("I", "N", 0)],
)
def test_who_came_since_or_is_explained_is_not_asked_about(
    at_noon: Desk, una: Pupil, marked: Marked, morning: str, afternoon: str, asked: int
) -> None:
    register.mark(at_noon, [marked(una, morning)])
    if afternoon:
        register.mark(at_noon, [marked(una, afternoon, half="PM")])
    assert len(unexplained.to_tell(at_noon)) == asked


def test_check_records_asks_about_an_absence_of_which_nobody_told_the_social_worker(at_noon: Desk, una: Pupil, marked: Marked) -> None:
    monday = date(2026, 11, 23)
    register.mark(at_noon, [marked(una, "N", day=23), marked(una, "N")])

    def lines() -> list[tuple[str, str]]:
        return [(line.words, line.record_id) for line in findings(at_noon) if line.rule == "social-worker-not-told"]

    ((words, place),) = lines()
    assert words.startswith("Absent without a reason on 23 Nov 2026, and nothing says that the social worker was told.")
    assert place == "2026-11-23@AM"
    unexplained.record_told(at_noon, una.id, monday, "phone")
    assert lines() == []
    unexplained.take_back(at_noon, una.id, monday)
    assert len(lines()) == 1
    register.mark(at_noon, [marked(una, "I", day=23)], reason="Mother rang")
    assert lines() == []


def test_a_day_before_the_social_worker_came_is_not_asked_about(unit: Unit, una: Pupil, marked: Marked) -> None:
    monday = date(2026, 11, 23)
    register.mark(unit.desk, [marked(una, "N", day=23)])
    needs.add_care(unit.desk, CarePeriod(pupil_id=una.id, kind="CIN", worker="Jo Hale", start_date=DAY))
    assert untold.never_told(unit.desk.vault, several.by_pupil(unit.desk.vault, CarePeriod), monday, DAY) == {}


def test_an_absence_is_told_to_who_has_the_case_today(unit: Unit, una: Pupil, marked: Marked) -> None:
    monday = date(2026, 11, 23)
    save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_social_care="Larkshire Children’s Services"))
    needs.add_care(unit.desk, CarePeriod(pupil_id=una.id, kind="CIN", worker="Jo Hale", start_date=monday, end_date=monday))
    needs.add_care(unit.desk, CarePeriod(pupil_id=una.id, kind="CIN", worker="Sam Reed", worker_reach="01632 960333", start_date=DAY))
    register.mark(unit.desk, [marked(una, "N", day=23)])
    assert unexplained.workers(unit.desk, [una.id], monday) == {una.id: "Sam Reed, 01632 960333"}
    assert unexplained.workers(unit.desk, [una.id], date(2026, 11, 20)) == {}, "nobody had the case on that day"
    assert "Social worker: Sam Reed" in " ".join(plain_text(call_sheet.paper(unit.desk, monday, Session.AM).story).split())
    unexplained.record_told(unit.desk, una.id, monday, "phone")
    (row,) = told.of_pupil(unit.desk.vault, una.id)
    assert row["recipient"] == "Children’s social care: Sam Reed"


def test_the_social_worker_of_the_day_of_the_absence_is_told_where_there_is_none_today(unit: Unit, una: Pupil, marked: Marked) -> None:
    monday = date(2026, 11, 23)
    save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_social_care="Larkshire Children’s Services"))
    needs.add_care(unit.desk, CarePeriod(pupil_id=una.id, kind="CIN", worker="Jo Hale", end_date=monday))
    register.mark(unit.desk, [marked(una, "N", day=23)])
    assert unexplained.workers(unit.desk, [una.id], monday) == {una.id: "Jo Hale"}
    assert unexplained.workers(unit.desk, [una.id], DAY) == {}
    with pytest.raises(WrongUse, match="on that day"):
        unexplained.record_told(unit.desk, una.id, DAY, "phone")
    unexplained.record_told(unit.desk, una.id, monday, "phone")
    assert untold.never_told(unit.desk.vault, several.by_pupil(unit.desk.vault, CarePeriod), monday, DAY) == {}


def test_what_was_told_under_a_record_that_another_stands_for_now_was_told(unit: Unit, at_noon: Desk, una: Pupil, marked: Marked) -> None:
    twin = unit.pupil("Ash", "Una May", date(2012, 1, 5))
    register.mark(at_noon, [marked(una, "N")])
    unexplained.record_told(at_noon, una.id, DAY, "phone")
    merging.merge(at_noon, twin.id, una.id, reason="One girl")
    assert unexplained.was_told(at_noon, twin.id, DAY)
    assert unexplained.to_tell(at_noon) == []

    def never() -> dict[str, list[date]]:
        return untold.never_told(at_noon.vault, several.by_pupil(at_noon.vault, CarePeriod), DAY, DAY)

    assert never() == {}
    unexplained.take_back(at_noon, twin.id, DAY)
    assert never() == {twin.id: [DAY]}


def test_whom_the_notice_does_not_name_nothing_is_told(at_noon: Desk, una: Pupil) -> None:
    save_settings(at_noon, dataclasses.replace(at_noon.settings, told_social_care=None))
    with pytest.raises(WrongUse, match="does not name"):
        unexplained.record_told(at_noon, una.id, DAY, "phone")


def test_the_call_sheet_has_whom_to_call_in_order_the_social_worker_and_what_was_said(
    unit: Unit, at_noon: Desk, una: Pupil, marked: Marked
) -> None:
    unit.contact(una, "Ash", forename="Ada", mobile="07700 900001", order=1)
    unit.contact(una, "Ash", forename="Ned", phone="01632 960101", order=2)
    register.mark(at_noon, [marked(una, "N")])
    sheet = call_sheet.paper(at_noon, DAY, Session.AM)
    text = " ".join(plain_text(sheet.story).split())
    assert "24 November 2026, morning" in text
    assert "Absent without a reason by the register: 1 pupil." in text
    assert text.index("1. Ada Ash") < text.index("07700 900001") < text.index("2. Ned Ash") < text.index("01632 960101")
    assert "Social worker: Jo Hale, 01632 960222" in text
    assert_accessible(build_pdf(sheet.story, title=sheet.title, page_size=layout.LYING, base_size=layout.BASE))
    call_sheet.log_print(at_noon, sheet)
    rows = at_noon.vault.rows("SELECT reason FROM log ORDER BY seq DESC LIMIT 1")
    assert rows[0]["reason"] == "call sheet of 2026-11-24, AM: 1 absent"
    assert call_sheet.paper(at_noon, DAY, Session.PM).number == 0
