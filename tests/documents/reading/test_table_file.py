"""Bytes to lines of cells: encodings, separators, workbooks, and files that are none of these."""

import io
import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.reading.table import MOST_BYTES, MOST_LINES, Unreadable
from pupil_desk.documents.reading.table_file import bytes_of, read_table
from tests.services.imports.made import csv_of, workbook

HEAD = ("surname", "forename", "dob")


def _cells(source: bytes) -> list[list[str]]:
    return [line.cells for line in read_table(source)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_encoding_and_separator_reads_the_same(encoding: str, separator: str) -> None:
    row = ("O’Hanrahan", "Zoë; or, Zo", "27/3/2012")
    assert _cells(csv_of(HEAD, row, separator=separator, encoding=encoding)) == [list(HEAD), list(row)]


_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30)


@given(
    rows=st.lists(st.tuples(_TEXT, _TEXT), max_size=8),
    separator=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_text_in_a_cell_comes_out_as_it_went_in(rows: list[tuple[str, str]], separator: str, encoding: str) -> None:
    table = [HEAD, *(("x", *row) for row in rows)]
    assert _cells(csv_of(*table, separator=separator, encoding=encoding)) == [list(row) for row in table]


@given(rows=st.lists(st.tuples(_TEXT, _TEXT), max_size=4))
def test_any_text_in_a_workbook_comes_out_as_it_went_in(rows: list[tuple[str, str]]) -> None:
    table = [HEAD, *(("x", *row) for row in rows)]
    assert _cells(workbook(*table)) == [list(row) for row in table]


def test_a_line_break_inside_quotation_marks_is_one_row_and_an_empty_line_still_counts() -> None:
    lines = read_table(b'surname,forename\r\n"A\r\nB",C\r\n\r\n,\r\nD,E\r\n')
    assert [(line.number, line.cells) for line in lines] == [(1, ["surname", "forename"]), (2, ["A\r\nB", "C"]), (5, ["D", "E"])]


def test_a_workbook_gives_texts_as_a_person_reads_them() -> None:
    source = workbook(
        ("Surname", "DOB", "ULN", "Year", "Ratio", "Late", "Address", "Day with time"),
        ("Morgan", date(2011, 11, 12), 7895093583.0, 10.0, 0.5, True, "=1+1 Weir Street", None),
    )
    assert _cells(source)[1] == ["Morgan", "2011-11-12", "7895093583", "10", "0.5", "true", "=1+1 Weir Street", ""]


def test_rows_of_a_workbook_keep_the_numbers_of_the_sheet_and_the_second_sheet_is_not_read() -> None:
    lines = read_table(workbook(("Surname",), ("A",), (), (), ("B",)))
    assert [(line.number, line.cells) for line in lines] == [(1, ["Surname"]), (2, ["A"]), (5, ["B"])]


def test_a_time_of_day_is_not_cut_off_a_date() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        book.add_worksheet().write_datetime(0, 0, datetime(2026, 9, 2, 8, 45), book.add_format({"num_format": "d/m/yy h:mm"}))
    assert _cells(data.getvalue()) == [["2026-09-02 08:45:00"]]


def _zip(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


def _last_cell_filled() -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "surname")
        sheet.write(1_048_575, 16_383, "x")
    return data.getvalue()


REFUSED: dict[str, Callable[[], bytes]] = {  # made when they are needed: some are large
    "nothing": lambda: b"",
    "only a byte-order mark": lambda: b"\xef\xbb\xbf",
    "only blanks": lambda: b"\r\n,,\r\n   \r\n",
    "a program": lambda: b"MZ\x90\x00\x03" + bytes(range(256)) * 20,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "bytes of any kind": lambda: bytes(range(256)) * 20,
    "an old Excel file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a PDF": lambda: b"%PDF-1.7\nsurname,forename,dob\n",
    "a web page": lambda: b"\r\n<html><table><tr><td>surname</td></tr></table></html>",
    "a NUL among the headings": lambda: b"surname,fore\x00name,dob\nA,B,1/2/2012\n",
    "a mark left open": lambda: b'surname,forename\nA,B\n"C,D\nE,F\n',
    "UTF-8 cut inside a letter": lambda: "surname,forename\nÓ Conaola,Zoë\nÉva,Ő".encode()[:-1],
    "UTF-16 cut inside a letter": lambda: "surname,forename".encode("utf-16")[:-1],
    "a letter no code page has": lambda: b"surname,forename\nA\x81,B\n",
    "an archive of something else": lambda: _zip(readme_xml=b"<a/>"),
    "a workbook cut short": lambda: workbook(HEAD, ("A", "B", "C"))[:-200],
    "a workbook of nothing": workbook,
    "a workbook with a wrong sheet": lambda: _zip(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=b"<worksheet>"),
    "more than we take": lambda: b"surname,forename\n" + b"a" * MOST_BYTES,
    "more lines than we take": lambda: b"a,b\n" * (MOST_LINES + 1),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_table_is_refused_in_a_sentence(what: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_table(REFUSED[what]())
    assert refused.value.message.endswith(".")


def test_a_character_that_is_no_text_stays_in_its_cell_however_short_the_list() -> None:
    assert [line.cells for line in read_table(b"surname,forename\nA,B\x07\n\0C,D\n")][1:] == [["A", "B\x07"], ["\0C", "D"]]


def _with_sheet(rows: bytes) -> bytes:
    """A workbook whose first sheet has these rows, spelt as they are."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(HEAD))) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part[: part.index(b"<sheetData>") + 11] + rows + part[part.index(b"</sheetData>") :]
            new.writestr(name, part)
    return data.getvalue()


def _unpacks_to(size: int) -> bytes:
    data = io.BytesIO(workbook(HEAD, ("A", "B", "C")))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/more.xml", "w") as part:
        for _piece in range(size // 1_000_000):
            part.write(b"0" * 1_000_000)
    return data.getvalue()


def test_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_opened() -> None:
    assert len(read_table(_unpacks_to(1_000_000))) == 2
    assert len(read_table(_with_sheet(b"<row><c><v>1</v></c></row><row r = '3'><c r = 'B3'><v>2</v></c></row>"))) == 2
    oddly = _with_sheet(b"<row r = '1'><c r = 'A1'><v>1</v></c></row><row r = '9'><c r =\n'XFD1048576'><v>1</v></c></row>")
    by_turn = _with_sheet(b"<row>" + b"<c><v>1</v></c>" * 9_000 + b"</row>" + b"<row><c/></row>" * 9_000)
    for source in (_unpacks_to(120_000_000), _last_cell_filled(), oddly, by_turn):
        with pytest.raises(Unreadable, match="far too large"):
            read_table(source)


def test_many_large_sheets_are_refused_as_one_is_and_a_part_named_by_many_sheets_too() -> None:
    corner = b"<row r='1'><c r='A1'><v>1</v></c></row><row r='2000'><c r='ALL2000'><v>1</v></c></row>"  # a million cells
    assert len(read_table(_with_sheet(corner))) == 2
    named = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (number, number + 9) for number in range(6))
    several: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(_with_sheet(corner))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for number in range(2, 6):
        several[f"xl/worksheets/more{number}.xml"] = parts["xl/worksheets/sheet1.xml"]
    repeated = {"xl/workbook.xml": parts["xl/workbook.xml"].replace(b"</sheets>", named + b"</sheets>")}
    for changed in (several, repeated):
        with pytest.raises(Unreadable, match="far too large"):
            read_table(_zip(**{**parts, **changed}))


@given(source=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    with suppress(Unreadable):  # and nothing else
        read_table(source)


@given(place=st.integers(0, 5000), byte=st.integers(0, 255))
def test_a_workbook_with_a_wrong_byte_is_read_or_refused(place: int, byte: int) -> None:
    source = bytearray(workbook(HEAD, ("A", "B", "C")))
    source[place % len(source)] = byte
    with suppress(Unreadable):  # and nothing else
        read_table(bytes(source))


def test_only_a_regular_file_is_read_and_no_more_of_it_than_the_limit(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("pipe.csv", "."):
        with pytest.raises(WrongUse, match="is not a file that can be read"):
            bytes_of(tmp_path / name)
    with pytest.raises(WrongUse, match="There is no file gone"):
        bytes_of(tmp_path / "gone.csv")
    with open(tmp_path / "huge.csv", "wb") as file:
        file.truncate(10 * MOST_BYTES)
    source = bytes_of(tmp_path / "huge.csv")
    assert len(source) == MOST_BYTES + 1
    with pytest.raises(Unreadable, match="larger than 20 MB"):
        read_table(source)
