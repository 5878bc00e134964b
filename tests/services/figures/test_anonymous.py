"""Anonymous statistics of the demonstration, a year later: what is in the file, what is hidden, what is never in it, and that its statement is so."""

import dataclasses
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import figures
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures import Blank, FigureQuestion, anonymous, anonymous_file
from pupil_desk.services.figures.periods import Period, year_of
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import amendments
from pupil_desk.store.tables import statistics as store
from tests.services.erased_at_once import erase_pupil
from tests.services.exports.made import Unit
from tests.services.test_demo import CLOCK
from tests.trained import training_unit

YEAR = year_of(2026)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = training_unit(tmp_path_factory.mktemp("statistics") / "unit.pupildesk", number=60, clock=CLOCK).desk
    later = Desk(made.vault, made.user, FixedClock(datetime(2027, 10, 4, 9, 0, tzinfo=UTC)))
    moved_up(later)
    yield later
    made.vault.close()


def moved_up(desk: Desk) -> None:
    """Each pupil's year group is entered for the next school year; the demonstration's stay what they are."""
    with desk.act(Action.EDIT_RECORD) as work:
        for row in desk.vault.rows("SELECT id FROM pupil"):
            amendments.add(
                desk.vault,
                kind="pupil",
                record_id=row["id"],
                pupil_id=row["id"],
                changes={"year_group": ("9", "10")},
                **work.provenance("form"),
            )


@pytest.fixture(scope="module")
def given(desk: Desk) -> anonymous.AnonymousStatistics:
    return anonymous.statistics(desk, YEAR)


@pytest.fixture(scope="module")
def sheets(desk: Desk, given: anonymous.AnonymousStatistics) -> dict[str, list[list[object]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(anonymous_file.workbook(desk, given)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_numbers_are_those_of_the_figures(desk: Desk, given: anonymous.AnonymousStatistics) -> None:
    for kind in figures.FIGURES:
        table = next((table for table in given.tables if table.title == kind.title), None)
        assert (table is None) == (kind.name in anonymous.NOT_GIVEN)
        if table is None:
            continue
        for grouping in ("year-group", "ethnicity", "meals"):
            figure = figures.look(desk, FigureQuestion(kind.name, YEAR, grouping))
            shown = {row[1]: row for row in table.rows if row[0] == figure.heading}
            for line in figure.rows:
                for place, column in enumerate(figure.columns):
                    cell = shown[line.label][table.header.index(column.title, 2)]
                    assert cell in (line.cells[place], Blank.SMALL)
    assert 0 < given.hidden_count < given.count


def test_no_count_below_the_limit_is_in_any_table(given: anonymous.AnonymousStatistics) -> None:
    counts = [cell for table in given.tables for cell in table.numbers if isinstance(cell, int)]
    few = [
        (table.title, title)
        for table in given.tables
        for row in table.rows
        for title, cell in zip(table.header[2:], row[2:], strict=True)
        if isinstance(cell, int) and 0 < cell < given.limit
    ]
    assert counts
    assert few == []


def test_each_table_has_the_same_whole(given: anonymous.AnonymousStatistics) -> None:
    on_roll = {table.rows[0][2] for table in given.tables if table.header[2] == "Pupils on roll"}
    assert len(on_roll) == 1
    by_title = {table.title: dict(zip(table.header[2:], table.rows[0][2:], strict=True)) for table in given.tables}
    for part, whole in (
        ("Suspensions by reason", "Suspensions"),
        ("Incidents by what it was", "Incidents"),
        ("Plans by kind of plan", "Plans"),
    ):
        assert {title: by_title[whole][title] for title in by_title[part]} == by_title[part]


def test_rows_are_closed_lists_and_nothing_that_was_written(desk: Desk, given: anonymous.AnonymousStatistics) -> None:
    assert "Term" not in {row[0] for table in given.tables for row in table.rows}, "who came or went would follow from pupils by term"
    lists = ("year_group", "sex", "sen_provision", "ethnicity", "enrolment_status", "exclusion_reason", "incident_kind", "sen_need",
             "accident_place", "accident_injury", "plan_kind", "activity")  # fmt: skip
    known = {codelist(name).label_of(code) for name in lists for code in codelist(name).codes} | {"Not recorded"}
    known |= {label for group in anonymous.closed_groups() for label in group.labels.values()}
    rows = {row[1] for table in given.tables for row in table.rows if row[0]}
    assert rows <= known
    assert not any(group.key in ("main-school", "placed-by") for group in anonymous.closed_groups())


def test_the_file_has_a_sheet_for_each_table_and_no_name_and_no_day(
    desk: Desk, given: anonymous.AnonymousStatistics, sheets: dict[str, list[list[object]]]
) -> None:
    assert len(sheets) == len(given.tables) + 1
    assert list(sheets)[-1] == "About this file"
    assert sheets["Attendance"][0][:3] == ["Shown by", "Row", "Pupils on roll"]
    cells = [cell for rows in sheets.values() for row in rows for cell in row]
    assert not any(isinstance(cell, date) for cell in cells)
    text = "\n".join(str(cell) for name, rows in sheets.items() if name != "About this file" for row in rows for cell in row)
    words = {
        row[key]
        for row in desk.vault.rows("SELECT surname, forename, upn, town, postcode FROM pupil")
        for key in ("surname", "upn", "postcode", "town")
        if row[key]
    }
    words |= {row["name"] for row in desk.vault.rows("SELECT name FROM staff")}
    assert [word for word in words if len(word) > 3 and word in text] == []


def test_the_statement_says_what_was_done(desk: Desk, given: anonymous.AnonymousStatistics, sheets: dict[str, list[list[object]]]) -> None:
    said = {str(row[0]): str(row[1]) for row in sheets["About this file"]}
    assert said["Of"] == "School year 2026/27"
    shown = sum(cell == "c" for name, rows in sheets.items() if name != "About this file" for row in rows for cell in row)
    assert said["Hidden"] == f"{shown:,} of {given.count:,} numbers."
    assert "1 to 4" in said["What is hidden"]
    assert said["Smallest number shown"].startswith("5, by the unit’s own setting. No law sets one.")
    assert "UK Longitudinal Linkage Collaboration 10" in said["Smallest number shown"]
    assert {row[0] for table in given.tables[:1] for row in table.rows if row[0]} == {
        name[0].upper() + name[1:] for name in said["Shown by"].replace(" and ", ", ").split(", ")
    }
    assert "Not in it: progress" in said
    assert "Not in it: pupils on roll" in said
    assert "Reasons for absence" in said["Not in it: parts of figures"]
    assert "printed for others" in said["Beside it"]
    assert "main school and placed by" in said["Not in it: names and words"]
    assert "30 November 2026" in said["What was read"]


def test_another_limit_is_kept_to(desk: Desk, given: anonymous.AnonymousStatistics, monkeypatch: pytest.MonkeyPatch) -> None:
    ten = dataclasses.replace(desk.settings, small_numbers=10)
    monkeypatch.setattr(Desk, "settings", property(lambda _desk: ten))
    other = anonymous.statistics(desk, YEAR)
    assert other.hidden_count > given.hidden_count
    assert "1 to 9" in dict(anonymous_file.statement(desk, other))["What is hidden"]


def test_a_year_has_a_file_once_its_year_groups_are_moved_up_and_never_anew_after_an_erasure(unit: Unit) -> None:
    pupil = unit.pupil("Quill", "Bea", date(2012, 5, 6), Enrolment(status="C", start_date=date(2026, 1, 5)), year_group="9")
    at = {
        day: Desk(unit.desk.vault, unit.desk.user, FixedClock(datetime(2027, *day, 9, 0, tzinfo=UTC)))
        for day in ((7, 31), (9, 30), (10, 1))
    }
    assert "from 1 October 2027" in anonymous.why_not(at[7, 31], YEAR)
    assert "from 1 October 2027" in anonymous.why_not(at[9, 30], YEAR)
    assert "Move the pupils’ year groups up first" in anonymous.why_not(at[10, 1], YEAR)
    assert "whole school year" in anonymous.why_not(at[10, 1], Period(date(2026, 9, 1), date(2026, 12, 31), "Autumn term 2026"))
    with pytest.raises(WrongUse, match="Move"):
        anonymous.statistics(at[10, 1], YEAR)
    pupils.save_pupil(at[9, 30], dataclasses.replace(pupil, year_group="10"))
    assert anonymous.why_not(at[10, 1], YEAR) == ""
    erase_pupil(unit.desk, pupil.id, authority="Court")  # while the year goes on: none of it is kept, and yet it is not whole any more
    assert "was erased" in anonymous.why_not(at[10, 1], YEAR)


def test_what_is_given_is_kept_and_given_again_the_same_whatever_is_entered_since(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, again = tmp_path / "first.xlsx", tmp_path / "again.xlsx"
    given = anonymous_file.save_statistics(desk, YEAR, first)
    ten = dataclasses.replace(desk.settings, small_numbers=10)
    monkeypatch.setattr(Desk, "settings", property(lambda _desk: ten))
    later = Desk(desk.vault, desk.user, FixedClock(datetime(2028, 1, 10, 9, 0, tzinfo=UTC)))
    with later.act(Action.ERASE) as work:
        store.close_years(desk.vault, [2026], moment=work.stamp)
    assert anonymous.why_not(later, YEAR) == ""
    monkeypatch.setattr(anonymous_file, "statistics", None)
    assert anonymous_file.save_statistics(later, YEAR, again) == given
    assert again.read_bytes() == first.read_bytes()
    rows = desk.vault.rows("SELECT kind, reason FROM log ORDER BY seq DESC LIMIT 4")
    assert {(row["kind"], row["reason"]) for row in rows if row["kind"]} == {
        ("figures", "kept anonymous statistics of 2026"),
        ("figures", "wrote anonymous statistics of 2026, small numbers under 5 hidden"),
    }


def test_only_a_data_officer_gives_them_away(desk: Desk, tmp_path: Path) -> None:
    for role in (Role.OFFICE, Role.ASSISTANT_HEAD):
        with pytest.raises(NotAllowed):
            anonymous_file.save_statistics(
                Desk(desk.vault, dataclasses.replace(desk.user, role=role), desk.clock), YEAR, tmp_path / "given.xlsx"
            )
    assert list(tmp_path.iterdir()) == []
