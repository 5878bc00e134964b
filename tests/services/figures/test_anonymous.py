"""Anonymous statistics of the demonstration, a year later: what is in the file, what is hidden, what is never in it, and that its statement is so."""

import dataclasses
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.services import figures
from pupil_desk.services.demo.unit import make_training_unit
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures import Blank, FigureQuestion, anonymous, anonymous_file
from pupil_desk.services.figures.periods import year_of
from pupil_desk.store.tables import statistics as kept
from tests.services.test_demo import CLOCK

YEAR = year_of(2026)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = make_training_unit(tmp_path_factory.mktemp("statistics") / "unit.pupildesk", number=60, clock=CLOCK).desk
    yield Desk(made.vault, made.user, FixedClock(datetime(2027, 9, 6, 9, 0, tzinfo=UTC)))
    made.vault.close()


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
    titles = {"Sessions", "Sessions possible", "Sessions attended", "Authorised sessions", "Unauthorised sessions", "Signed the same day", "Told the same day", "Points of rewards", "Points of ordinary behaviour"}  # fmt: skip
    few = [
        (table.title, title)
        for table in given.tables
        for row in table.rows
        for title, cell in zip(table.header[2:], row[2:], strict=True)
        if isinstance(cell, int) and 0 < cell < given.limit and title not in titles
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


def test_rows_are_terms_and_closed_lists_and_nothing_that_was_written(desk: Desk, given: anonymous.AnonymousStatistics) -> None:
    terms = {row[1] for table in given.tables for row in table.rows if row[0] == "Term"}
    assert terms == {"Autumn term 2026", "Spring term 2027", "Summer term 2027"}
    lists = ("year_group", "sex", "sen_provision", "ethnicity", "enrolment_status", "exclusion_reason", "incident_kind", "sen_need",
             "accident_place", "accident_injury", "plan_kind", "activity")  # fmt: skip
    known = {codelist(name).label_of(code) for name in lists for code in codelist(name).codes} | {"Not recorded"}
    known |= {label for group in anonymous.closed_groups() for label in group.labels.values()}
    rows = {row[1] for table in given.tables for row in table.rows if row[0] not in ("Term", "")}
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
    assert "main school and placed by" in said["Not in it: names and words"]
    assert "30 November 2026" in said["What was read"]


def test_another_limit_is_kept_to(desk: Desk, given: anonymous.AnonymousStatistics, monkeypatch: pytest.MonkeyPatch) -> None:
    ten = dataclasses.replace(desk.settings, small_numbers=10)
    monkeypatch.setattr(Desk, "settings", property(lambda _desk: ten))
    other = anonymous.statistics(desk, YEAR)
    assert other.hidden_count > given.hidden_count
    assert "1 to 9" in dict(anonymous_file.statement(desk, other))["What is hidden"]


def test_only_a_year_that_is_over_and_of_which_nobody_is_erased(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert YEAR in anonymous.years(desk)
    assert year_of(2027) not in anonymous.years(desk)
    with pytest.raises(WrongUse, match="over"):
        anonymous.statistics(desk, year_of(2027))
    monkeypatch.setattr(kept, "years", lambda _vault: {2026})
    with pytest.raises(WrongUse, match="erased"):
        anonymous_file.save_statistics(desk, YEAR, tmp_path / "given.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_logged_without_a_name(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / anonymous_file.statistics_name(YEAR)
    given = anonymous_file.save_statistics(desk, YEAR, path)
    assert path.name == "anonymous-statistics-2026-27"
    assert path.read_bytes() == anonymous_file.workbook(desk, given)
    row = desk.vault.first_row("SELECT kind, reason FROM log ORDER BY seq DESC LIMIT 1")
    assert row is not None
    assert (row["kind"], row["reason"]) == ("figures", "wrote anonymous statistics of 2026, small numbers under 5 hidden")
