"""A workbook for people: cells of their types, nothing that runs, no author, a sheet about the file."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest

from pupil_desk.documents.files import xlsx_table
from pupil_desk.documents.files.xlsx_table import TooManyRows, XlsxTable, xlsx_bytes
from pupil_desk.documents.reading.workbook import read_xlsx
from tests.documents.files.test_csv_table import RUNS

MADE = datetime(2026, 11, 24, 10, 5)
ABOUT = [("Purpose", "to try"), ("For", "=1+1")]


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.acceptance(42)
def test_no_text_becomes_a_formula_a_number_or_a_link() -> None:
    texts = [text for text in RUNS if text.strip()] + ["007", "1E2", "https://example.org", "mailto:a@example.org"]
    data = xlsx_bytes([XlsxTable("", ["text"], [(text,) for text in texts])], ABOUT, MADE)
    told = parts(data)
    assert not [name for name, text in told.items() if "<f>" in text or "<hyperlink" in text]
    assert re.findall(r'<c r="A\d+" s="\d+" t="(\w+)"', told["xl/worksheets/sheet1.xml"]) == ["s"] * (len(texts) + 1)
    assert 'numFmtId="49"' in told["xl/styles.xml"]
    kept = [text.replace("\r", "\n") for text in texts]  # a reader of XML makes one break of both
    assert [line.cells[0].replace("\r", "\n") for line in read_xlsx(data)][1:] == kept


def test_numbers_dates_and_yes_or_no() -> None:
    row = ("A", 3, Decimal("94.5"), True, date(2012, 2, 29), date(1890, 5, 1), None)
    data = xlsx_bytes([XlsxTable("", list("abcdefg"), [row])], ABOUT, MADE)
    assert read_xlsx(data)[1].cells == ["A", "3", "94.5", "Y", "2012-02-29", "1890-05-01", ""]
    assert 'formatCode="dd/mm/yyyy"' in parts(data)["xl/styles.xml"]


def test_the_heading_stays_in_view_and_can_be_filtered_and_no_text_is_covered_by_the_next() -> None:
    told = parts(xlsx_bytes([XlsxTable("", ["a", "b"], [("x", 1), ("long words " * 9, 2)])], ABOUT, MADE))
    sheet = told["xl/worksheets/sheet1.xml"]
    short, long = (int(style) for style in re.findall(r'<c r="A[23]" s="(\d+)"', sheet))
    wraps = ["wrapText" in look for look in told["xl/styles.xml"].partition("<cellXfs")[2].split("<xf ")[1:]]
    assert (wraps[short], wraps[long]) == (False, True)
    assert 'ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"' in sheet
    assert '<autoFilter ref="A1:B3"/>' in sheet


def test_tabs_have_names_of_their_own_and_about_is_the_last() -> None:
    names = ["", "a:b/c", "A b C", "About this file", "x" * 40, "x" * 40]
    book = parts(xlsx_bytes([XlsxTable(name, ["h"], []) for name in names], ABOUT, MADE))["xl/workbook.xml"]
    assert re.findall(r'<sheet name="([^"]+)"', book) == [
        "Data",
        "a b c",
        "A b C 2",
        "About this file 2",
        "x" * 31,
        "x" * 27 + " 2",
        "About this file",
    ]


def test_no_author_and_the_same_bytes_again() -> None:
    tables = [XlsxTable("", ["a"], [("x",)])]
    assert xlsx_bytes(tables, ABOUT, MADE) == xlsx_bytes(tables, ABOUT, MADE)
    told = parts(xlsx_bytes(tables, ABOUT, MADE))["docProps/core.xml"]
    assert "<dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>" in told
    assert "2026-11-24T10:05:00Z" in told


@pytest.mark.parametrize("row", [("x",), ("x", "a\0"), ("x", "y" * 32_768)])
def test_what_no_cell_holds_is_refused(row: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"length|cell"):
        xlsx_bytes([XlsxTable("", ["a", "b"], [row])], ABOUT, MADE)


def test_more_rows_than_a_sheet_has_are_refused_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_table, "MOST_ROWS", 2)
    assert len(read_xlsx(xlsx_bytes([XlsxTable("", ["a"], [("x",)] * 2)], ABOUT, MADE))) == 3
    with pytest.raises(TooManyRows):
        xlsx_bytes([XlsxTable("", ["a"], [("x",)] * 3)], ABOUT, MADE)


def test_a_workbook_takes_so_many_filled_cells_on_all_its_sheets_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_table, "MOST_CELLS", 4)
    tables = [XlsxTable(name, ["a", "b"], iter([("x", None), ("y", None)])) for name in ("one", "two", "three")]
    assert xlsx_bytes(tables[:2], ABOUT, MADE)
    with pytest.raises(TooManyRows):
        xlsx_bytes([XlsxTable("one", ["a", "b"], [("x", "y")] * 2), tables[2]], ABOUT, MADE)
