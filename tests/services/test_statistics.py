"""What stays of a school year when its pupils are erased: counts with small numbers hidden, no pupil, and nothing to reckon one back from."""

import json
from datetime import date, timedelta

import pytest

from pupil_desk.domain.governance.erasure_case import Ground, Reach
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import figures
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure import cases
from pupil_desk.services.figures import Figure, FigureQuestion, Sort
from pupil_desk.services.figures.periods import Period, year_of
from pupil_desk.services.unit import staff
from tests.services.class_scene import at
from tests.services.exports.made import DAY, PASSWORD, Unit

YEAR = year_of(2015)


@pytest.fixture
def gone(unit: Unit) -> list[Pupil]:
    """Fourteen pupils of 2015/16, eleven girls and three boys; two of them are 25 by now."""
    found = []
    for number in range(14):
        stay = Enrolment(status="C", start_date=date(2015, 9, 3) + timedelta(days=number), end_date=date(2016, 7, 1))
        born = date(2001, 5, 6) if number < 2 else date(2003, 1, 1) + timedelta(days=number)
        found.append(
            unit.pupil("Quill", f"Bea{'abcdefghijklmn'[number]}", born, stay, sex="M" if number in (0, 5, 6) else "F", year_group="10")
        )
    return found


def erase(unit: Unit, pupil: Pupil, sam: Desk) -> None:
    cases.propose(sam, pupil.id, Reach.RECORD, Ground.DUE)
    case = next(line.case for line in cases.lines(unit.desk) if line.case and not line.case.ended)
    cases.agree(unit.desk, case.id)
    cases.carry_out(at(unit.desk, DAY + timedelta(days=8)), case.id)


def looked(unit: Unit, by: str, kind: str = "roll", period: Period = YEAR) -> Figure:
    return figures.for_others(unit.desk, figures.look(unit.desk, FigureQuestion(kind, period, by)))


def cells(figure: Figure) -> list[tuple[object, ...]]:
    return [(row.label, *row.cells) for row in figure.lines]


def test_the_figures_of_the_year_are_what_they_were_and_stay_so(unit: Unit, gone: list[Pupil]) -> None:
    sam = Desk(unit.desk.vault, staff.add_user(unit.desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD), unit.desk.clock)
    before = {by: cells(looked(unit, by)) for by in ("terms", "year-group", "ethnicity")}
    erase(unit, gone[0], sam)
    first = [tuple(row) for row in unit.desk.vault.rows("SELECT * FROM statistic")]
    assert {by: cells(looked(unit, by)) for by in before} == before
    erase(unit, gone[1], sam)
    assert [tuple(row) for row in unit.desk.vault.rows("SELECT * FROM statistic")] == first
    assert {by: cells(looked(unit, by)) for by in before} == before
    assert "before the first of them went" in looked(unit, "terms").notes[-1]


def test_no_number_under_the_limit_and_no_pupil_stands_in_what_is_kept(unit: Unit, gone: list[Pupil]) -> None:
    sam = Desk(unit.desk.vault, staff.add_user(unit.desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD), unit.desk.clock)
    erase(unit, gone[0], sam)
    rows = unit.desk.vault.rows('SELECT year, kind, "by", body FROM statistic')
    assert {row["year"] for row in rows} == {2015}
    assert {row["kind"] for row in rows} >= {"roll", "attendance", "suspensions"}
    text = " ".join(row["body"] for row in rows)
    assert not [one for pupil in gone for one in (pupil.id, pupil.surname, pupil.forename) if one in text]
    for row in rows:
        made = json.loads(row["body"])
        counting = [place for place, column in enumerate(made["columns"], 1) if column["sort"] in (Sort.PUPILS.value, Sort.EVENTS.value)]
        for line in (*made["rows"], made["whole"] or []):
            assert not [
                line[place] for place in counting if line and line[place] != "c" and 0 < line[place] < unit.desk.settings.small_numbers
            ], row["kind"]
    assert looked(unit, "sex").rows == ()  # three boys: with the whole, which the terms show, the girls would tell how many


def test_what_is_left_of_such_a_year_is_not_counted_any_more(unit: Unit, gone: list[Pupil]) -> None:
    sam = Desk(unit.desk.vault, staff.add_user(unit.desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD), unit.desk.clock)
    assert looked(unit, "months").rows
    erase(unit, gone[0], sam)
    for question in (
        FigureQuestion("roll", YEAR, "months"),
        FigureQuestion("roll", YEAR, "terms", "sex=M"),
        FigureQuestion("progress", YEAR, "sex"),
    ):
        made = figures.look(unit.desk, question)
        assert (made.rows, made.total_row) == ((), None)
        assert "was not kept" in made.notes[0]
    assert YEAR in figures.periods(unit.desk)


def test_no_row_of_such_a_year_stands_among_all_school_years(unit: Unit) -> None:
    sam = Desk(unit.desk.vault, staff.add_user(unit.desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD), unit.desk.clock)
    last = Enrolment(status="C", start_date=date(2024, 9, 3), end_date=date(2026, 7, 1))
    young, _other = (unit.pupil("Quill", name, date(2010, 5, 6), last) for name in ("Bea", "Tam"))
    unit.pupil("Larch", "Dan", date(2011, 5, 6))
    this_year = year_of(2026)
    assert [row.label for row in looked(unit, "years", period=this_year).rows] == [year_of(year).label for year in (2024, 2025, 2026)]
    cases.propose(sam, young.id, Reach.ALL, Ground.COURT, "Order of 3 November")
    case = next(line.case for line in cases.lines(unit.desk) if line.case)
    cases.agree(unit.desk, case.id)
    cases.carry_out(at(unit.desk, DAY + timedelta(days=8)), case.id)
    assert [row.label for row in looked(unit, "years", period=this_year).rows] == [this_year.label]
    assert [one.label for one in figures.periods(unit.desk)].count(year_of(2025).label) == 1


def test_the_year_that_goes_on_is_still_counted(unit: Unit) -> None:
    sam = Desk(unit.desk.vault, staff.add_user(unit.desk, "Sam", Role.ASSISTANT_HEAD, PASSWORD), unit.desk.clock)
    pupil = unit.pupil("Quill", "Bea", date(2012, 5, 6))
    cases.propose(sam, pupil.id, Reach.ALL, Ground.COURT, "Order of 3 November")
    case = next(line.case for line in cases.lines(unit.desk) if line.case)
    cases.agree(unit.desk, case.id)
    cases.carry_out(at(unit.desk, DAY + timedelta(days=8)), case.id)
    assert unit.count("statistic") == 0
