"""The school system's marks beside ours: each difference found and none invented, settled one way or the other, and the report."""

import io
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter
from pypdfium2 import PdfDocument

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.reconciling import comparing, report, weeks_compared
from pupil_desk.services.reconciling.comparing import RegisterComparison, Settled
from pupil_desk.services.reconciling.weeks_compared import WeekToCompare
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.ui.pages.home.of_register import comparison_card
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit, statements

MONDAY, FRIDAY = date(2026, 11, 16), date(2026, 11, 20)


@pytest.fixture
def two(unit: Unit) -> tuple[Pupil, Pupil]:
    una = unit.pupil("Ash", "Una", date(2012, 1, 5), upn="H919200420013")
    ben = unit.pupil("Birch", "Ben", date(2012, 2, 5), upn="E919200420011")
    return una, ben


def mark(unit: Unit, pupil: Pupil, day: date, am: str, pm: str) -> None:
    marks = [Mark(pupil_id=pupil.id, day=day, session=half, code=code) for half, code in zip(Session, (am, pm), strict=True) if code]
    register.mark(unit.desk, marks)


def csv(*rows: tuple[Pupil, date, str, str]) -> bytes:
    lines = [f"{pupil.upn},{day:%d/%m/%Y},{half},{code}" for pupil, day, half, code in rows]
    return "\n".join(("UPN,Date,AM/PM,Mark", *lines)).encode()


def told(comparison: RegisterComparison) -> list[tuple[str, int, str, str, str]]:
    return [(one.name, one.day.day, str(one.session), one.their_code, one.our_code) for one in comparison.differences]


def test_each_difference_is_listed_and_what_agrees_is_not(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    una, ben = two
    mark(unit, una, MONDAY, "/", "\\")
    mark(unit, ben, MONDAY, "I", "")
    mark(unit, ben, FRIDAY, "O", "O")
    source = csv((una, MONDAY, "AM", "/"), (una, MONDAY, "PM", "L"), (ben, MONDAY, "PM", "\\"), (una, FRIDAY, "AM", "I"))
    with statements(unit.desk) as asked:
        comparison = comparing.compare(unit.desk, source, "week.csv")
    assert told(comparison) == [
        ("Ash, Una", 16, "PM", "L", "\\"),
        ("Birch, Ben", 16, "AM", "", "I"),
        ("Birch, Ben", 16, "PM", "\\", ""),
        ("Ash, Una", 20, "AM", "I", ""),
        ("Birch, Ben", 20, "AM", "", "O"),
    ], "Friday afternoon is not in their file"
    assert (comparison.first, comparison.last, comparison.compared) == (MONDAY, FRIDAY, 6)
    assert sum("same_as <> id ORDER BY ref" in sql for sql in asked) == 1, "every pupil is looked through once, to read the file"
    assert unit.count("mark") == 5


def test_a_workbook_is_read_alike_and_rows_that_cannot_be_read_are_named(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    una, _ben = two
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(
            [("UPN", "Date", "AM/PM", "Mark"), (una.upn, "16/11/2026", "AM", "N"), ("A000000000000", "16/11/2026", "AM", "/")]
        ):
            sheet.write_row(number, 0, row)
    comparison = comparing.compare(unit.desk, book.getvalue(), "week.xlsx")
    assert told(comparison) == [("Ash, Una", 16, "AM", "N", "")]
    assert len(comparison.unread_rows) == 1
    assert comparison.unread_rows[0].startswith("Row 3: ")


def test_what_could_not_be_read_is_not_called_no_mark(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    una, ben = two
    cyd = unit.pupil("Cedar", "Cyd", date(2012, 3, 5))
    for pupil in (una, ben, cyd):
        mark(unit, pupil, MONDAY, "/", "\\")
    source = csv((una, MONDAY, "AM", "??"), (una, MONDAY, "PM", "\\"), (ben, MONDAY, "AM", "O"))
    comparison = comparing.compare(unit.desk, source)
    assert told(comparison)[:2] == [("Ash, Una", 16, "AM", "", "/"), ("Birch, Ben", 16, "AM", "O", "/")]
    assert comparison.differences[0].their_words == "could not be read"
    assert "Ash, Una 16 November 2026 morning could not be read /" in " ".join(plain_text(report.paper(unit.desk, comparison)[0]).split())
    assert {(one.name, one.their_words) for one in comparison.differences if one.name != "Ash, Una" and not one.their_code} == {
        ("Birch, Ben", "no mark"),
        ("Cedar, Cyd", "no mark"),
    }
    comparison = comparing.compare(unit.desk, source + b"\nA000000000000,16/11/2026,AM,/")
    assert {one.name for one in comparison.differences} == {"Ash, Una", "Birch, Ben"}, "the row of nobody here may be about Cyd"
    assert comparison.left_out_words().endswith("and a row that names nobody here may be theirs: Cedar, Cyd.")
    assert comparison.left_out_words() in " ".join(plain_text(report.paper(unit.desk, comparison)[0]).split())
    unit.protect(cyd)
    assert report.guard_of(unit.desk, comparison).stamp, "the report names Cyd, whose record is protected"


def test_theirs_amends_our_register_with_the_reason_and_ours_changes_nothing(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    una, ben = two
    mark(unit, una, MONDAY, "N", "")
    mark(unit, ben, MONDAY, "O", "")
    comparison = comparing.compare(unit.desk, csv((una, MONDAY, "AM", "I"), (ben, MONDAY, "AM", "/")))
    first, second = comparison.differences
    comparison, changed = comparing.settle(unit.desk, comparison, [first.id], Settled.THEIRS)
    assert changed.kinds == {"mark"}
    comparison, changed = comparing.settle(unit.desk, comparison, [second.id], Settled.OURS)
    assert not changed.kinds
    assert [one.settled for one in comparison.differences] == [Settled.THEIRS, Settled.OURS]
    assert comparison.still_open == ()
    entries = register.entries(unit.desk, una.id, MONDAY, Session.AM)
    assert [(entry.code, entry.reason) for entry in entries] == [("N", ""), ("I", "As the school system has it")]
    assert [entry.code for entry in register.entries(unit.desk, ben.id, MONDAY, Session.AM)] == ["O"]
    assert told(comparing.compare(unit.desk, csv((una, MONDAY, "AM", "I"), (ben, MONDAY, "AM", "/")))) == [
        ("Birch, Ben", 16, "AM", "/", "O")
    ]


def test_what_was_changed_since_or_is_not_there_is_not_taken(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    una, ben = two
    mark(unit, ben, MONDAY, "O", "")
    comparison = comparing.compare(unit.desk, csv((una, MONDAY, "AM", "I")))
    ours_alone, theirs_alone = sorted(comparison.differences, key=lambda one: one.their_code)
    with pytest.raises(WrongUse, match="no mark of that session"):
        comparing.settle(unit.desk, comparison, [ours_alone.id, theirs_alone.id], Settled.THEIRS)
    mark(unit, una, MONDAY, "L", "")
    with pytest.raises(WrongUse, match="Ash, Una, 16 Nov 2026: our register was changed since"):
        comparing.settle(unit.desk, comparison, [theirs_alone.id], Settled.THEIRS)
    assert unit.count("mark_amendment") == 0


@pytest.mark.parametrize("source", [b"", b"%PDF-1.4", b"Name,Colour\nUna,red\n", b"UPN,Date,AM/PM,Mark\n"])
def test_a_file_without_marks_is_refused(unit: Unit, source: bytes) -> None:
    with pytest.raises(WrongUse):
        comparing.compare(unit.desk, source)


def test_the_report_names_each_difference_and_how_it_was_settled(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    una, ben = two
    mark(unit, ben, MONDAY, "", "O")
    comparison = comparing.compare(unit.desk, csv((una, MONDAY, "AM", "I"), (ben, MONDAY, "PM", "\\")))
    comparison, _changed = comparing.settle(unit.desk, comparison, [comparison.differences[1].id], Settled.OURS)
    story, title = report.paper(unit.desk, comparison)
    data = build_pdf(story, title=title)
    assert_accessible(data)
    with PdfDocument(data) as pdf:
        assert "afternoon" in pdf[0].get_textpage().get_text_bounded(), "no word is broken within"
    text = " ".join(plain_text(story).split())
    assert title == "The school system’s register and ours"
    assert "2 sessions of pupils compared, 2 differences, 1 not settled." in text
    assert "Birch, Ben 16 November 2026 afternoon \\ O We were right: to be corrected in the school system" in text
    assert "Ash, Una 16 November 2026 morning I no mark Not settled" in text
    report.log_print(unit.desk, comparison)
    assert unit.log()[-1][2] == "comparison of 2026-11-16 to 2026-11-16: 2 differences, 1 open"


def test_minutes_late_are_a_difference_where_the_file_says_them(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    una, ben = two
    for pupil, minutes in ((una, 5), (ben, 12)):
        register.mark(unit.desk, [Mark(pupil_id=pupil.id, day=MONDAY, session=Session.AM, code="L", minutes_late=minutes)])
    rows = [f"{una.upn},16/11/2026,AM,L,25", f"{ben.upn},16/11/2026,AM,L,"]
    comparison = comparing.compare(unit.desk, "\n".join(("UPN,Date,AM/PM,Mark,Minutes late", *rows)).encode(), "week.csv")
    (one,) = comparison.differences
    assert (one.name, one.their_code, one.their_minutes, one.our_code, one.our_minutes) == ("Ash, Una", "L", 25, "L", 5)
    assert "L, 25 min" in plain_text(report.paper(unit.desk, comparison)[0])
    comparing.settle(unit.desk, comparison, [one.id], Settled.THEIRS)
    (cell,) = [row.cells[MONDAY, Session.AM] for row in register.view(unit.desk, MONDAY, MONDAY).rows if row.pupil_id == una.id]
    assert (cell.code, cell.minutes_late) == ("L", 25)


def _copy_of_the_school_system(unit: Unit) -> None:
    settings_service.save_settings(unit.desk, replace(unit.desk.settings, register_copy=True))


def test_home_asks_for_the_week_before_until_it_was_compared_and_all_is_settled(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    una, ben = two
    mark(unit, una, MONDAY, "/", "\\")
    assert weeks_compared.week_to_compare(unit.desk) is None, "the register of record is ours"
    _copy_of_the_school_system(unit)
    assert weeks_compared.week_to_compare(unit.desk) == WeekToCompare(MONDAY, FRIDAY)
    source = csv((una, MONDAY, "AM", "I"), (una, FRIDAY, "AM", "/"))
    mark(unit, ben, MONDAY, "/", "")
    comparison = comparing.compare(unit.desk, source + b"\nA000000000000,16/11/2026,AM,/")
    comparison, _changed = comparing.settle(unit.desk, comparison, [one.id for one in comparison.differences], Settled.OURS)
    weeks_compared.keep(unit.desk, comparison)
    assert weeks_compared.week_to_compare(unit.desk) == WeekToCompare(MONDAY, FRIDAY), "Ben was not compared"
    assert unit.log()[-1][2].endswith(": 2 differences, 0 open, 1 pupils not compared")
    source = csv((una, MONDAY, "AM", "I"), (una, FRIDAY, "AM", "/"), (ben, MONDAY, "AM", "/"))
    comparison = comparing.compare(unit.desk, source, "week.csv")
    weeks_compared.keep(unit.desk, comparison)
    assert weeks_compared.week_to_compare(unit.desk) == WeekToCompare(MONDAY, FRIDAY, left_open=2)
    (line,) = comparison_card(weeks_compared.week_to_compare(unit.desk), unit.desk.today, lambda *_where: None).lines
    assert line.words == "16 Nov 2026 to 20 Nov 2026: 2 differences not settled, compare again"
    comparison, _changed = comparing.settle(unit.desk, comparison, [one.id for one in comparison.differences], Settled.OURS)
    weeks_compared.keep(unit.desk, comparison)
    assert weeks_compared.week_to_compare(unit.desk) is None
    said = weeks_compared.last_words(unit.desk, MONDAY, FRIDAY)
    assert said.endswith(": 2 differences, 0 settled as the school system had it, 2 as we had it.")
    assert weeks_compared.last_words(unit.desk, MONDAY, date(2026, 11, 23)) == ""
    assert unit.log()[-1][2] == "compared 2026-11-16 to 2026-11-20: 2 differences, 0 open"


def test_a_part_of_the_week_is_not_the_week(unit: Unit, two: tuple[Pupil, Pupil]) -> None:
    una, _ben = two
    mark(unit, una, MONDAY, "/", "\\")
    _copy_of_the_school_system(unit)
    weeks_compared.keep(unit.desk, comparing.compare(unit.desk, csv((una, MONDAY, "AM", "/")), "monday.csv"))
    assert weeks_compared.week_to_compare(unit.desk) == WeekToCompare(MONDAY, FRIDAY)
