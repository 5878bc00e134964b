"""The census's data hangs together: items, rules, code lists and terms are such as there are; and the help lists its columns."""

import re

from pupil_desk.basics.places import resource
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.services.exports.census import CENSUS
from pupil_desk.services.formats.census import BOTH, LEFT, ON_ROLL, UNIT, all_sheets, items_told, sheets, terms


def names(term: str, year: int, sheet: str, *, yssa: bool = True) -> list[str]:
    return next([column.name for column in one.columns] for one in sheets(term, year, yssa=yssa) if one.name == sheet)


def test_what_the_data_names_there_is() -> None:
    codes = {term.code for term in terms()}
    for sheet in all_sheets():
        assert sheet.covers in (UNIT, ON_ROLL, LEFT, BOTH)
        assert len(sheet.name) <= 31, "the tab of a workbook"
        for column in sheet.columns:
            assert set(column.items) <= set(every_item())
            assert set(column.terms) <= codes
            assert column.sure in ("high", "medium", "low")
            assert 2016 <= column.year <= 2026
            assert column.source in ("tables", "CBDS", "list", "ours")
            assert not column.codes or resource("codes", f"{column.codes}.toml").is_file()
            assert not column.is_on_file or column.rule or len(column.items) == 1, column.name
    assert set(items_told()) == set(CENSUS.items)


def test_sex_was_gender_until_2023_and_each_column_stands_in_its_terms() -> None:
    assert "gender" in names("AUT", 2023, "pupilonroll")
    assert "sex" not in names("AUT", 2023, "pupilonroll")
    assert "sex" in names("AUT", 2024, "pupilonroll")
    assert "gender" not in names("AUT", 2024, "pupilonroll")
    assert "ethnicity" in names("SPR", 2027, "pupilonroll")
    assert "ethnicity" not in names("AUT", 2026, "pupilonroll")
    assert "summerhalfterm2sessionspossible" in names("AUT", 2026, "pupilonroll")
    assert "summerhalfterm2sessionspossible" not in names("SUM", 2026, "pupilonroll")
    assert "fsmcategory" not in names("SPR", 2025, "fsmperiods")
    assert {sheet.name for sheet in sheets("AUT", 2026)} - {sheet.name for sheet in sheets("SUM", 2026)} == {
        "summerhalfterm2sessiondetails"
    }
    assert "senneeds" not in {sheet.name for sheet in sheets("AUT", 2026)}


def test_the_agreement_of_which_it_is_not_sure_that_it_is_asked_can_be_left_out() -> None:
    assert "yssa" in names("SPR", 2027, "pupilonroll")
    assert "yssa" not in names("SPR", 2027, "pupilonroll", yssa=False)


def test_the_help_has_each_column_with_its_year_in_the_order_written() -> None:
    text = resource("help", "school-census.md").read_text("utf-8").partition("## The columns")[2]
    listed = {
        part.partition("\n")[0]: re.findall(r"^\| ([a-z0-9]+) \| (\d{4}) \| ([^|]+?) \| (high|medium|low) \|$", part, re.MULTILINE)
        for part in text.split("### The table ")[1:]
    }
    assert list(listed) == [sheet.name for sheet in all_sheets()]
    label = {"AUT": "autumn", "SPR": "spring", "SUM": "summer"}
    for sheet in all_sheets():
        assert [(name, int(year), sure) for name, year, _asked, sure in listed[sheet.name]] == [
            (one.name, one.year, one.sure) for one in sheet.columns
        ]
        for column, (_name, _year, asked, _sure) in zip(sheet.columns, listed[sheet.name], strict=True):
            assert asked.startswith(" and ".join(label[term] for term in column.terms) or "every term")
            assert asked.endswith("; key it in") is not column.is_on_file
            assert all(f"{word} {year}" in asked for word, year in (("from", column.since), ("until", column.until)) if year)
