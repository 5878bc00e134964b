"""Formats and locks of a table: what each holds, and which lock is proposed."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import Para
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.files.locked_xlsx import unlocked_xlsx
from pupil_desk.documents.papers.receipt import Counts
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.reading.workbook import read_xlsx
from pupil_desk.services.exports.contents import contents_of
from pupil_desk.services.exports.export import (
    Ask,
    ExportColumn,
    ExportedPupil,
    ExportRow,
    ExportSheet,
    Format,
    Lock,
    NewFile,
    Selection,
    Writing,
)
from pupil_desk.services.exports.layouts import TABLE
from pupil_desk.services.exports.locking import allowed_locks, lock_for, locked, new_passphrase, open_locked
from pupil_desk.services.exports.making import ExportOrder, make
from pupil_desk.services.exports.youth_support import YOUTH_SUPPORT
from tests.services.exports.made import DAY, MOMENT, Unit


def test_a_workbook_says_what_it_is_and_is_locked_as_excel_locks_it(unit: Unit, stick: Path) -> None:
    unit.said(unit.pupil("O’Brien-Łukasz", "Zoë", date(2012, 1, 5), upn="E919200420040", phone="01632 960201"), "allow")
    unit.protect(unit.pupil("Abel", "Ann", date(2012, 1, 5)))
    made = make(unit.desk, YOUTH_SUPPORT, stick, ExportOrder(reason="Termly return", format=Format.XLSX))
    (file,) = made.files
    by_lock = make(unit.desk, YOUTH_SUPPORT, stick, ExportOrder(reason="Termly return", lock=Lock.XLSX))
    assert file.name.endswith(".xlsx")
    assert by_lock.files[0].name.endswith(".xlsx")
    assert made.password is not None
    assert made.password.count("-") == 5
    book = unlocked_xlsx((stick / file.name).read_bytes(), made.password)
    header, row = (line.cells for line in read_xlsx(book))
    assert dict(zip(header, row, strict=False)) | {"surname": "O’Brien-Łukasz", "dob": "2012-01-05", "phone": "01632 960201"} == dict(
        zip(header, row, strict=False)
    )
    from python_calamine import CalamineWorkbook

    about = dict(CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("About this file").to_python())
    assert about["For"] == "Youth support service"
    assert about["From"] == "Larkfield Centre (919/1100)"
    assert about["Law"] == "Education and Skills Act 2008, section 72"
    assert about["Judged on"] == "24 November 2026"
    assert (about["Pupils"], about["Rows"]) == ("1", "Pupils 1, Destinations 0, September Guarantee 0")
    assert "Pupils:       1 (full 1)\nRows:         Pupils 1, Destinations 0, September Guarantee 0\n" in made.receipt_text
    assert "P0002: protected, and not confirmed by name" in made.receipt_text, "which stays here"
    assert "Left out" not in about, "the receiver, who may have an earlier file, is not told that somebody is protected"
    assert "somebody whom it covers may be left out" in about["Is it whole?"], "as every workbook says, of whomever"
    assert about["Classification"].startswith("Confidential")
    assert "Ann Officer" not in str(about)


def writing(unit: Unit, selection: Selection) -> Writing:
    return Writing(unit.desk, YOUTH_SUPPORT, Ask(day=DAY), selection, "stem", MOMENT)


def test_sheets_and_parts_are_files_or_tabs(unit: Unit) -> None:
    pupil = unit.pupil("Abel", "Ann", date(2012, 1, 5))
    marks = ExportSheet("marks", (ExportColumn("day", "mark.day"), ExportColumn("sum", "")))
    names = ExportSheet("names", (ExportColumn("surname", "pupil.surname"),))

    def told(part: str) -> ExportedPupil:
        return ExportedPupil(
            pupil, "", (), (ExportRow(("Abel",)), ExportRow(("2026-11-24", 4), sheet=1)), recipient=f"College {part}", part=part
        )

    two = writing(unit, Selection((names, marks), [told("a"), told("b"), told("b")]))
    assert [file.name for file in TABLE[Format.CSV](two)] == [
        "stem-a-names.csv",
        "stem-a-marks.csv",
        "stem-b-names.csv",
        "stem-b-marks.csv",
    ]
    assert TABLE[Format.CSV](two)[3].data.decode("utf-8-sig") == "day,sum\r\n2026-11-24,4\r\n2026-11-24,4\r\n"
    books = TABLE[Format.XLSX](two)
    assert [file.name for file in books] == ["stem-a.xlsx", "stem-b.xlsx"]
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(books[1].data))
    assert book.sheet_names == ["names", "marks", "About this file"]
    assert book.get_sheet_by_name("marks").to_python()[1:] == [[date(2026, 11, 24), 4.0]] * 2
    about = dict(book.get_sheet_by_name("About this file").to_python())
    assert (about["For"], about["Pupils"], about["Rows"]) == ("College b", "1", "names 2, marks 2")
    counts = contents_of(YOUTH_SUPPORT, two.selection, books).counts
    assert counts == Counts(1, 6, [("names", 3), ("marks", 3)])
    assert counts.in_short == "1 pupil, 6 rows"
    nobody = writing(unit, Selection((names, marks)))
    (book_of_nobody,) = TABLE[Format.XLSX](nobody)
    assert contents_of(YOUTH_SUPPORT, nobody.selection, [book_of_nobody]).counts.lines() == [("Rows", "0")]
    assert book_of_nobody.name == "stem.xlsx"
    many = replace(two, selection=Selection((names,), [replace(told(""), rows=(ExportRow(("x" * 40_000,)),))]))
    with pytest.raises(ValueError):
        TABLE[Format.XLSX](many)


@pytest.mark.parametrize(
    ("form", "files", "locks"),
    [
        (Format.CSV, 1, [Lock.ZIP]),
        (Format.CSV, 2, [Lock.ZIP]),
        (Format.XML, 1, [Lock.ZIP]),
        (Format.XLSX, 1, [Lock.XLSX, Lock.ZIP]),
        (Format.XLSX, 2, [Lock.ZIP]),
        (Format.PDF, 1, [Lock.PDF, Lock.ZIP]),
        (Format.PDF, 3, [Lock.ZIP]),
    ],
)
def test_the_lock_that_is_proposed(form: Format, files: int, locks: list[Lock]) -> None:
    assert list(allowed_locks(form, files)) == locks
    assert lock_for(form, files) is locks[0]


def test_each_lock_opens_with_its_words_and_one_that_does_not_fit_is_refused() -> None:
    pdf = NewFile("a.pdf", build_pdf([Para("A paper.")], title="A"))
    words = {lock: new_passphrase(lock) for lock in Lock}
    assert [len(words[lock].split("-")) for lock in (Lock.ZIP, Lock.XLSX, Lock.PDF)] == [9, 6, 6]
    assert len(words[Lock.PDF]) <= 32
    (made,) = locked([pdf], Lock.PDF, words[Lock.PDF], "stem")
    assert made.name == "a.pdf"
    assert unlocked_pdf(made.data, words[Lock.PDF])
    (archive,) = locked([pdf, NewFile("b.csv", b"b")], Lock.ZIP, words[Lock.ZIP], "stem")
    assert open_locked(archive.name, archive.data, words[Lock.ZIP]) == {"a.pdf": pdf.data, "b.csv": b"b"}
    assert list(open_locked(made.name, made.data, words[Lock.PDF])) == ["a.pdf"]
    for name in ("a.csv", "a.zip"):
        with pytest.raises(ValueError, match="without a lock"):
            open_locked(name, b"text", "x")
    assert locked([], Lock.XLSX, "x", "stem") == []
    for files, lock in (([pdf], Lock.XLSX), ([NewFile("a.csv", b"")], Lock.PDF), ([pdf, pdf], Lock.PDF)):
        with pytest.raises(WrongUse, match="locked ZIP"):
            locked(files, lock, "x-y-z", "stem")
