"""Files as other programs write them: titles above the headings, words run together, a hint for the spreadsheet, further sheets, another kind."""

import io
from datetime import date

import pytest
import xlsxwriter

from pupil_desk.documents.reading.table import Unreadable
from pupil_desk.documents.reading.table_file import read_whole
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.kinds import Fate
from pupil_desk.services.imports.outcome import outcome_of
from pupil_desk.services.imports.proposal import mend
from pupil_desk.services.imports.run import propose, run_import
from pupil_desk.store.tables import enrolments, protections, pupils
from tests.services.imports.ctf_made import CONTACT, NAME, contacts_of, ctf_of, pupil_of
from tests.services.imports.made import ANN, counts, table, told

TITLES = "Pupil list, Year 9|||\nGrove House|||\n|||\n"
LIST = f"Surname|Forename|DOB|UPN\nHall|Ann|4/3/2012|{ANN}"


def messages(problems: object) -> str:
    return " ".join(problem.message for problem in problems)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["pupils", "auto"])
def test_titles_above_the_headings_are_passed_over_and_named(desk: Desk, kind: str) -> None:
    outcome = run_import(desk, kind, table(TITLES + LIST))
    assert (counts(outcome), outcome.status) == ((1, 1, 0, 0, 0), 0)
    (problem,) = outcome.problems
    assert (problem.row, problem.code, problem.severity) == (None, "lines_above", "warning")
    assert problem.message == "The headings stand in row 4. What stands above is not read: “Pupil list, Year 9” and “Grove House”."


def test_rows_and_headings_beneath_titles_keep_the_numbers_of_the_sheet(desk: Desk) -> None:
    outcome = run_import(desk, "pupils", table(TITLES + "Surname|Forename|DOB|Shoe\nHall|Ann|31/2/2012|4"))
    assert {(row, code) for row, _column, code, _severity in told(outcome)} == {
        (None, "lines_above"),
        (4, "unknown_column"),
        (5, "bad_date"),
    }


def test_headings_are_looked_for_in_the_first_lines_alone(desk: Desk) -> None:
    outcome = run_import(desk, "pupils", table("Title|\n" * 21 + LIST))
    assert (counts(outcome), outcome.status) == ((0, 0, 0, 0, 0), 1)
    assert counts(run_import(desk, "pupils", table("Title|\n" * 20 + LIST))) == (1, 1, 0, 0, 0)


def test_a_column_that_lacks_is_said_of_the_line_of_headings_and_not_of_a_title(desk: Desk) -> None:
    outcome = run_import(desk, "pupils", table(TITLES + "Surname|Forename|UPN|\nHall|Ann||"))
    assert {(p.row, p.column) for p in outcome.problems if p.stops} == {(4, "dob")}


def test_the_hint_that_excel_writes_for_itself_is_taken(desk: Desk) -> None:
    for hint in ("sep=;\n", '"sep=;"\r\n', "SEP=;\n"):
        lines = read_whole((hint + "surname;forename;dob\nHall;Ann, or Nan;4/3/2012\n").encode()).lines
        assert [(line.number, line.cells) for line in lines] == [
            (1, ["surname", "forename", "dob"]),
            (2, ["Hall", "Ann, or Nan", "4/3/2012"]),
        ]


def test_the_separator_is_the_one_that_most_lines_agree_on() -> None:
    source = b"Year 9, spring, and summer\nsurname;forename;dob\nHall;Ann;4/3/2012\nIvy;Ben;4/3/2012\n"
    assert [len(line.cells) for line in read_whole(source).lines] == [1, 3, 3, 3]


def test_headings_in_words_run_together_are_understood(desk: Desk) -> None:
    assert counts(
        run_import(desk, "auto", table("FirstName|LastName|StudentEmail|YearGroup|dateofbirth\nAnn|Hall|a@example.org|9|5-Jun-13"))
    ) == (1, 1, 0, 0, 0)
    (ann,) = pupils.all_pupils(desk.vault)
    assert (ann.forename, ann.surname, ann.email, ann.year_group, ann.dob) == ("Ann", "Hall", "a@example.org", "9", date(2013, 6, 5))


def test_a_court_order_is_one_in_words_run_together_too(desk: Desk) -> None:
    proposal = propose(desk, "pupils", table("Surname|Forename|DOB|CourtOrder\nHall|Ann|4/3/2012|Yes"))
    assert [heading.text for heading in proposal.headings if heading.tells_order] == ["CourtOrder"]


def test_codes_with_their_words_and_a_state_that_is_no_code(desk: Desk) -> None:
    """As SIMS prints them: the code and its words; «Active» tells no registration; «Preferred Name» is both names."""
    rows = "Surname|Forename|Preferred Name|DOB|SEN Status|Enrolment Status|main_school\nHall|Ann|Nan Hall|4/3/2012|K - SEN Support|Active|919/4001\nIvy|Ben|Ben|4/3/2012|N - No SEN|Active|"
    assert counts(run_import(desk, "pupils", table(rows))) == (2, 2, 0, 0, 0)
    ann, ben = pupils.all_pupils(desk.vault)
    assert (ann.preferred_forename, ann.sen_provision, ben.preferred_forename, ben.sen_provision) == ("Nan", "K", "Ben", "N")
    assert [enrolments.of_pupil(desk.vault, pupil.id)[0].status for pupil in (ann, ben)] == ["C", "C"]


def test_a_code_with_the_words_of_another_is_refused(desk: Desk) -> None:
    outcome = run_import(desk, "pupils", table("Surname|Forename|DOB|SEN Status\nHall|Ann|4/3/2012|N - SEN support"))
    assert (2, "sen_provision", "unknown_code", "error") in told(outcome)


def test_a_total_beneath_the_list_is_named_as_one(desk: Desk) -> None:
    outcome = run_import(desk, "pupils", table(LIST + "\nTotal: 1|||"))
    assert counts(outcome) == (2, 1, 0, 0, 1)
    assert "This line holds only “Total: 1”" in messages(outcome.problems)


def book_of(*, mac: bool = False) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "date_1904": mac}) as book:
        for name, rows in (
            ("Empty", ()),
            ("Year 7", (("surname", "forename", "dob"), ("Hall", "Ann", 39510 if mac else 40972))),
            ("Year 8", (("surname", "forename", "dob"), ("Ivy", "Ben", "4/3/2012"), ("Jay", "Cat", "4/3/2012"))),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        hidden = book.add_worksheet("Left")
        hidden.write_row(0, 0, ("surname",))
        hidden.hide()
    return data.getvalue()


def test_sheets_that_are_not_read_are_named(desk: Desk) -> None:
    outcome = run_import(desk, "pupils", book_of(), dry_run=True)
    assert counts(outcome) == (1, 1, 0, 0, 0)
    assert "Only the sheet “Year 7” is read. Not read: “Year 8” (3 lines) and “Left” (1 line, hidden)." in messages(outcome.problems)
    assert [(sheet["name"], sheet["read"], sheet["hidden"]) for sheet in outcome.as_json()["sheets"]] == [
        ("Empty", False, False),
        ("Year 7", True, False),
        ("Year 8", False, False),
        ("Left", False, True),
    ]
    assert counts(run_import(desk, "pupils", book_of(), sheet="Year 8")) == (2, 2, 0, 0, 0)


@pytest.mark.parametrize(
    ("source", "why"),
    [(book_of(), "has no sheet “Year 9”. It has: “Empty”, “Year 7”, “Year 8” and “Left”"), (table(LIST), "is no workbook")],
)
def test_a_sheet_that_is_not_there_is_said(source: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_whole(source, "Year 9")


def test_a_bare_day_counts_by_the_workbooks_own_calendar(desk: Desk) -> None:
    """Excel for Mac began in 1904: read by the usual calendar, a pupil would be four years older."""
    for mac in (False, True):
        proposal = propose(desk, "pupils", book_of(mac=mac))
        assert proposal.rows[0].read.values["dob"] == date(2012, 3, 4)
    assert mend(proposal, 2, {"forename": "Nan"}).rows[0].read.values["dob"] == date(2012, 3, 4)


def test_a_cell_that_holds_an_error_is_not_an_empty_one(desk: Desk) -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("surname", "forename", "dob", "town", "postcode"))
        sheet.write_row(1, 0, ("Hall", "Ann", "4/3/2012"))
        sheet.write_formula(1, 3, "=A1+1", value="#VALUE!")
        sheet.write_formula(1, 4, "=1/0", value="#DIV/0!")
    outcome = run_import(desk, "pupils", data.getvalue(), dry_run=True)
    assert {("town", "spoilt_by_spreadsheet"), ("postcode", "spoilt_by_spreadsheet"), ("postcode", "bad_postcode")} <= {
        (p.column, p.code) for p in outcome.problems
    }


def test_a_list_of_another_kind_is_named_and_nothing_is_said_of_orders(desk: Desk) -> None:
    contacts = table(f"UPN|Contact Surname|Contact Forename|Relationship|Court Order\n{ANN}|Hall|Al|Father|Yes")
    proposal = propose(desk, "pupils", contacts)
    assert not proposal.readable
    assert (
        proposal.file_problems[0].message
        == "These headings are those of the kind “Contacts” (contacts), not of “Pupils”. Import the file as that kind."
    )
    assert "order or restriction" not in messages(proposal.problems)
    assert {problem.code for problem in proposal.problems} == {"missing"}
    assert outcome_of(proposal).status == 1
    assert all(row.fate is not Fate.REFUSED or row.read.order for row in propose(desk, "contacts", contacts).rows)


def test_a_transfer_file_given_as_a_list_is_named(desk: Desk) -> None:
    outcome = run_import(desk, "pupils", b'<?xml version="1.0"?>\n<CTfile><Header/></CTfile>', "9194003_CTF_9191100_001.xml")
    assert [(p.row, p.code) for p in outcome.problems] == [(None, "unreadable_file")]
    assert "is a file of the kind “Common Transfer File (CTF)” (ctf), and no table" in messages(outcome.problems)


@pytest.mark.parametrize(
    ("name", "inside", "code", "words"),
    [
        (
            "3805204_FSP_380LLLL_001.xml",
            "<CTfile><Header/></CTfile>",
            "bad_file_name",
            "of the type FSP, not CTF: results or a return, written to 380LLLL",
        ),
        ("9191100_SC1_9191100_001.xml", "<Message><Header/></Message>", "unreadable_file", "its outermost element is “Message”"),
        ("census.xml", "<Message><Header/></Message>", "unreadable_file", "A return, such as a school census, is not read here"),
        (
            "9194003_CTF_9191100_001.xml",
            "<CTfile><Header/><Pupils><Pupil/></Pupils></CTfile>",
            "unreadable_file",
            "holds its pupils under “Pupils”",
        ),
        (
            "9194003_CTF_9191100_001.xml",
            '<CTfile CTFversion="25"><Header><SupplierID>Wren</SupplierID></Header><CTFpupilData><Pupil/></CTFpupilData></CTfile>',
            "unreadable_file",
            "its header names no school to which it is written (“DestSchool”), and its outermost element says “CTFversion”",
        ),
        ("9194003_CTF_9191100_001.xml", "<ctfFile><header/><pupils/></ctfFile>", "unreadable_file", "its outermost element is “ctfFile”"),
        (
            "9194003_CTF_9191100_001.xml",
            "<CTFile><Header/><CTFPupilData/></CTFile>",
            "unreadable_file",
            "written with other capitals, “CTFile” for “CTfile”",
        ),
        ("9194003_CTF_9191100_001.xml", "surname,forename,dob", "unreadable_file", "If it is a table"),
    ],
)
def test_another_file_given_as_a_transfer_file_is_named_as_what_it_is(desk: Desk, name: str, inside: str, code: str, words: str) -> None:
    outcome = run_import(desk, "ctf", inside.encode(), name)
    assert [p.code for p in outcome.problems] == [code]
    assert words in messages(outcome.problems)


def test_the_name_that_dfe_gives_its_own_transfer_files_is_one(desk: Desk) -> None:
    outcome = run_import(desk, "auto", ctf_of(pupil_of(ANN)), "CTF.xml")
    assert (counts(outcome), outcome.status) == ((1, 1, 0, 0, 0), 0)


def test_an_order_in_a_transfer_file_puts_a_protection_to_be_checked(desk: Desk) -> None:
    barred = CONTACT.replace("</Contact>", "<CourtOrder>Prohibited steps</CourtOrder></Contact>")
    outcome = run_import(desk, "ctf", ctf_of(pupil_of(ANN, rest=contacts_of(barred))), NAME)
    (ann,) = pupils.all_pupils(desk.vault)
    (held,) = protections.by_pupil(desk.vault, desk.today)[ann.id]
    assert (held.kind, held.reason) == ("order", "from import: check")
    assert "What the file says of an order is neither yes nor no." in messages(outcome.problems)
    assert ("Contacts/Contact/CourtOrder", "Prohibited steps") in {(told.value.path, told.value.value) for told in outcome.not_taken}
