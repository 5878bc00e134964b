"""Lists laid out as other systems write them (``neighbours/tables`` and ``neighbours/more``): each comes to what its line says."""

from datetime import date
from typing import Any

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import run_import
from pupil_desk.store.tables import contacts, enrolments, protections, pupils
from tests.services.imports.made import ANN, counts, table, told
from tests.services.imports.neighbouring import BEFORE, EXPECTED, FOLDER, MAPPED, source_of, tables


def read(desk: Desk, name: str) -> Outcome:
    if name in BEFORE:
        run_import(desk, "pupils", table(f"surname|forename|dob|upn\nHall|Ann|4/3/2012|{ANN}"))
    return run_import(desk, "pupils" if name in MAPPED else "auto", source_of(name), name, mapping=MAPPED.get(name))


def test_each_list_has_its_line() -> None:
    assert {path.name for path in tables()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_list_comes_to_what_its_line_says(desk: Desk, name: str) -> None:
    expected = EXPECTED[name]
    outcome = read(desk, name)
    assert counts(outcome) == expected.counts
    assert {code for _row, _column, code, severity in told(outcome) if severity == "error"} == set(expected.errors)
    assert {code for _row, _column, code, severity in told(outcome) if severity == "warning"} == set(expected.warnings)
    assert {value.value.path for value in outcome.not_taken} == set(expected.not_taken)


def only_pupil(desk: Desk) -> Any:
    (pupil,) = pupils.all_pupils(desk.vault)
    return pupil


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("arbor_std.csv", {"forename": "Ann", "surname": "Arbor", "email": "ann@example.org", "year_group": "9", "sex": "F"}),
        ("bromcom_std.csv", {"forename": "Ben", "surname": "Brom", "email": "ben@example.org", "dob": date(2013, 6, 5)}),
        ("title_rows.csv", {"surname": "Muller", "forename": "Zoe"}),
        ("sep_hint.csv", {"surname": "Muller", "forename": "Zoe"}),
        ("utf8_doublebom.csv", {"surname": "Müller", "forename": "Zoë"}),
        ("mixed_1252.csv", {"surname": "O’Neil", "forename": "Zoë – x"}),
        ("x_1904_serial.xlsx", {"dob": date(2012, 3, 4)}),
        ("integris.csv", {"surname": "Integer", "middle_names": "Mary", "service_child": "N", "uln": None}),
        ("assembly.csv", {"surname": "Sembly", "dob": date(2013, 1, 9)}),
        ("isams.csv", {"preferred_forename": "Issy", "ethnicity": "WBRI", "first_language": "ENG", "sex": "F"}),
        ("impero.csv", {"dob": date(2012, 12, 1)}),
        ("hodder.csv", {"sen_provision": "K", "year_group": "9"}),
        ("century.csv", {"sex": "M", "surname": "Tury"}),
        ("ap_census.csv", {"ethnicity": "WBRI", "town": "Hertford", "postcode": "SG14 1AA", "sen_need_1": "SEMH"}),
        ("tass.csv", {"preferred_forename": "Tess", "year_group": "9", "surname": "Clarke"}),
        ("schoolbase.csv", {"preferred_forename": "Skye", "sen_provision": "E", "looked_after": False, "address_1": "4 School Lane"}),
        ("mis_load.csv", {"forename": "Martha", "preferred_forename": "Matty", "town": "Hertford", "uln": "1000000051"}),
        ("wonde_students.csv", {"forename": "Wandering", "preferred_forename": "Wanda", "dob": date(2012, 11, 3), "phone": "07700 900555"}),
        ("isams_table.csv", {"surname": "Amsel", "dob": date(2012, 6, 14), "ethnicity": "WBRI", "preferred_forename": "Izzy"}),
        ("sen2_person.csv", {"upn": "Z919110026050", "surname": "Sentwo", "postcode": "AL28 2QN"}),
        ("go4schools.csv", {"preferred_surname": "Four", "ethnicity": "WBRI", "looked_after": False, "year_group": "9"}),
        ("bromcom_api.csv", {"sen_provision": "K", "looked_after": True, "email": "bram@example.org"}),
        ("sims_primary.csv", {"surname": "Otterley", "preferred_surname": "Otter", "dob": date(2013, 7, 1)}),
        ("class_school.csv", {"middle_names": "Noël", "first_language": "ENG", "dob": date(2012, 4, 5), "year_group": "10"}),
        ("cymru.csv", {"surname": "Pryce", "forename": "Nia", "dob": date(2013, 3, 4), "year_group": "9"}),
    ],
)
def test_the_pupil_of_a_list_is_whom_it_tells(desk: Desk, name: str, values: dict[str, Any]) -> None:
    read(desk, name)
    pupil = only_pupil(desk)
    assert {item: getattr(pupil, item) for item in values} == values


def test_the_stay_of_a_list_begins_on_the_day_that_it_tells(desk: Desk) -> None:
    read(desk, "integris.csv")
    assert enrolments.of_pupil(desk.vault, only_pupil(desk).id)[0].start_date == date(2026, 9, 3)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("contacts_sims.csv", ["Mr Al Contact", "Ms Bo Contact"]),
        ("parents.csv", ["Mrs Julia Baker", "Mr Simon Baker"]),
        ("wonde_contacts.csv", ["Mrs Wyn Hall", "Mr Wes Hall"]),
    ],
)
def test_contacts_stand_with_their_pupil_and_an_order_puts_a_protection(desk: Desk, name: str, names: list[str]) -> None:
    read(desk, name)
    ann = only_pupil(desk)
    assert [contact.full_name for contact in contacts.of_pupil(desk.vault, ann.id)] == names
    assert len(protections.by_pupil(desk.vault, desk.today)[ann.id]) == (name == "contacts_sims.csv")


def test_letters_that_were_damaged_are_told_with_what_they_may_have_been(desk: Desk) -> None:
    outcome = run_import(desk, "pupils", "surname,forename,dob\nMÃ¼ller,Zo�,4/3/2012\n".encode())
    messages = {problem.column: problem.message for problem in outcome.problems if problem.code == "damaged_letters"}
    assert "It may have been “Müller”" in messages["surname"]
    assert "damaged letters: “Zo�”" in messages["forename"]
    assert only_pupil(desk).surname == "MÃ¼ller", "nothing is guessed"


@pytest.mark.parametrize("name", ["Ann Hall", "Hall Ann", "Hall, Ann", "ANN HALL"])
def test_a_preferred_name_that_repeats_both_names_is_the_forename_alone(desk: Desk, name: str) -> None:
    run_import(desk, "pupils", table(f"surname|forename|preferred_forename|dob\nHall|Ann|{name}|4/3/2012"))
    assert only_pupil(desk).preferred_forename.lower() == "ann"


@pytest.mark.parametrize(
    ("dob", "year", "warned"),
    [
        ("4/3/1920", "9", True),
        ("4/3/2013", "9", False),
        ("4/3/2011", "9", False),
        ("4/3/2016", "9", True),
        ("4/3/1999", "", True),
        ("4/3/2013", "", False),
    ],
)
def test_an_age_that_no_pupil_of_the_year_has_is_warned_of(desk: Desk, dob: str, year: str, warned: bool) -> None:
    outcome = run_import(desk, "pupils", table(f"surname|forename|dob|year_group\nHall|Ann|{dob}|{year}"))
    assert ((2, "dob", "odd_age", "warning") in told(outcome)) is warned
    assert outcome.added == 1


def test_a_workbooks_other_sheet_is_read_by_name(desk: Desk) -> None:
    source = (FOLDER / "tables" / "x_two_sheets.xlsx").read_bytes()
    first, second = (run_import(desk, "pupils", source, sheet=name, dry_run=True) for name in ("Year 7", "Year 8"))
    assert [sheet["read"] for sheet in first.as_json()["sheets"]] == [True, False]
    assert [sheet["read"] for sheet in second.as_json()["sheets"]] == [False, True]


@pytest.mark.parametrize("name", MAPPED)
def test_what_was_said_of_the_headings_is_asked_once_of_a_sender(desk: Desk, name: str) -> None:
    assert run_import(desk, "pupils", source_of(name), name, mapping=MAPPED[name]).added == 1
    again = run_import(desk, "auto", source_of(name), name)
    assert (counts(again), again.status) == ((1, 0, 0, 1, 0), 0)
