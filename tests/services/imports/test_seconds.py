"""A second telephone, a second e-mail, a name by law beside the name that a pupil goes by: taken in where the record has room, told where it has not."""

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import run_import
from pupil_desk.store.tables import contacts, pupils
from tests.services.imports.made import ANN, table
from tests.services.imports.test_pupils import bring, only


def not_taken(outcome: Outcome) -> set[tuple[str, str]]:
    return {(value.value.path, value.value.value) for value in outcome.not_taken}


@pytest.mark.parametrize(
    ("headings", "cells", "held", "told"),
    [
        ("Telephone|Work Telephone", "|01632 960111", ("01632 960111", None, None), set()),
        ("Telephone|Work Telephone", "01632 960222|01632 960111", ("01632 960222", None, None), {("Work Telephone", "01632 960111")}),
        ("Telephone|Telephone 2", "01632 960222|07700 900111", ("01632 960222", "07700 900111", None), set()),
        (
            "Telephone|Mobile|Telephone 2",
            "01632 960222|07700 900333|+44 7700 900111",
            ("01632 960222", "07700 900333", None),
            {("Telephone 2", "+44 7700 900111")},
        ),
        ("Mobile|Mobile 2", "|07700 900111", (None, "07700 900111", None), set()),
        ("Home Email|Work Email", "|w@example.org", (None, None, "w@example.org"), set()),
        ("Home Email|Work Email", "h@example.org|w@example.org", (None, None, "h@example.org"), {("Work Email", "w@example.org")}),
    ],
)
def test_a_second_number_or_email_of_a_contact_goes_in_where_there_is_room(
    desk: Desk, headings: str, cells: str, held: tuple[str | None, ...], told: set[tuple[str, str]]
) -> None:
    """It stayed as text under «From files»."""
    bring(desk, f"surname|forename|dob|upn\nHall|Ann|4/3/2012|{ANN}")
    outcome = run_import(desk, "contacts", table(f"upn|surname|relationship|{headings}\n{ANN}|Hall|PAM|{cells}"))
    (contact,) = contacts.of_pupil(desk.vault, only(desk).id)
    assert (contact.phone, contact.mobile, contact.email) == held
    assert not_taken(outcome) == told
    assert "unknown_column" not in {problem.code for problem in outcome.problems}


def test_a_pupils_mobile_is_the_telephone_where_there_is_no_other(desk: Desk) -> None:
    rows = f"surname|forename|dob|upn|Telephone|Mobile\nHall|Ann|4/3/2012|{ANN}||07700 900111\nIvy|Ben|4/3/2012||01632 960222|07700 900222"
    outcome = bring(desk, rows)
    assert {pupil.surname: pupil.phone for pupil in pupils.all_pupils(desk.vault)} == {"Hall": "07700 900111", "Ivy": "01632 960222"}
    assert not_taken(outcome) == {("Mobile", "07700 900222")}


def test_what_no_record_has_room_for_stays_told(desk: Desk) -> None:
    outcome = bring(desk, f"surname|forename|dob|upn|Former Surname|School Email\nHall|Ann|4/3/2012|{ANN}|Ivy|ann@school.example.org")
    assert not_taken(outcome) == {("Former Surname", "Ivy"), ("School Email", "ann@school.example.org")}


@pytest.mark.parametrize("headings", ["Surname|Forename|Legal Surname|Legal Forename", "LegalSurname|LegalForename|Surname|Forename"])
def test_beside_the_name_by_law_the_other_is_the_one_that_the_pupil_goes_by(desk: Desk, headings: str) -> None:
    """The whole file was refused for two headings that mean one thing."""
    names = {"Surname": "Ivy", "Forename": "Nan", "Legal": "Hall", "LegalForename": "Ann"}
    cells = [
        names["LegalForename"] if "Legal" in name and "Fore" in name else "Hall" if "Legal" in name else names[name]
        for name in headings.split("|")
    ]
    bring(desk, f"{headings}|dob|upn\n{'|'.join(cells)}|4/3/2012|{ANN}")
    ann = only(desk)
    assert (ann.surname, ann.forename, ann.preferred_surname, ann.preferred_forename) == ("Hall", "Ann", "Ivy", "Nan")


def test_two_plain_headings_that_mean_the_same_are_asked_about_still(desk: Desk) -> None:
    for headings in ("Surname|Family name|Forename|DOB", "Surname|Legal Surname|Forename|DOB"):
        outcome = bring(desk, f"{headings}\nHall|Ivy|Ann|4/3/2012")
        assert (outcome.read, {problem.code for problem in outcome.problems}) == (0, {"duplicate_column"})
