"""The import of the accident book: found again by day and time, completed by a later file, what cannot be kept is told, and HSE stands in the log."""

from datetime import date

import pytest

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.accidents import recording
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.past import past_imports
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.pupils import pupils
from tests.services.imports.made import ANN, counts, table, told

HEAD = "Legal surname | Legal forename | Date of birth | Date | Accident time | Location | Description | Injury type | Body part | Witnesses | Treatment"
FALL = "Ash | Ann | 05/01/2012 | 16/11/2026 | 2.05 pm | Playground | Fell off the wall | Graze | Knee | Ms Reed; Mr Holt | Washed, plaster"


@pytest.fixture
def ann(desk: Desk) -> Pupil:
    stay = Enrolment(status="C", start_date=date(2024, 9, 2))
    return pupils.add_pupil(desk, Pupil(surname="Ash", forename="Ann", dob=date(2012, 1, 5), upn=ANN), stay)


def read(desk: Desk, *lines: str, head: str = HEAD) -> Outcome:
    return run_import(desk, "auto", table("\n".join((head, *lines))))


def book(desk: Desk, pupil: Pupil) -> list[Accident]:
    return recording.of_pupil(desk, pupil.id)


def reported(desk: Desk) -> int:
    return len(desk.vault.rows("SELECT 1 FROM disclosure WHERE recipient LIKE '%Health and Safety%'"))


def test_a_row_of_another_program_stands_in_the_book_in_our_words(desk: Desk, ann: Pupil) -> None:
    assert counts(read(desk, FALL)) == (1, 1, 0, 0, 0)
    (accident,) = book(desk, ann)
    assert (accident.day, accident.time, accident.place) == (date(2026, 11, 16), "14:05", "outside")
    assert (accident.injury, accident.body_part, accident.witnesses) == ("cut", "leg", "Ms Reed\nMr Holt")
    assert (accident.account, accident.first_aid) == ("Fell off the wall", "Washed, plaster")
    assert counts(read(desk, FALL)) == (1, 0, 0, 1, 0), "nothing is entered twice"


def test_a_later_file_says_more_of_the_same_accident_and_an_undo_takes_that_back(desk: Desk, ann: Pupil) -> None:
    read(desk, FALL)
    later = read(
        desk, f"{FALL} | A. Ash | 16/11/2026 | Ms Reed", head=f"{HEAD} | Parent informed | Date parent informed | Parent informed by"
    )
    assert counts(later) == (1, 0, 1, 0, 0)
    (accident,) = book(desk, ann)
    assert (accident.parent, accident.parent_told_by) == ("A. Ash", "Ms Reed")
    undoing.undo(desk, past_imports(desk)[0].id)
    (accident,) = book(desk, ann)
    assert (accident.parent, accident.account) == (None, "Fell off the wall")


def test_two_rows_of_one_day_are_asked_about_where_only_one_tells_a_time(desk: Desk, ann: Pupil) -> None:
    outcome = read(desk, FALL.replace("2.05 pm", ""), FALL)
    assert (3, "day", "same_day") in {(row, column, code) for row, column, code, _severity in told(outcome)}


def test_what_cannot_be_kept_is_refused_and_what_is_to_be_looked_at_is_said(desk: Desk, ann: Pupil) -> None:
    read(desk, FALL)
    outcome = read(
        desk,
        FALL.replace("2.05 pm", "3 pm"),
        FALL.replace("16/11/2026", "30/12/2026"),
        FALL.replace("2.05 pm", "noon").replace("16/11", "17/11"),
        FALL.replace("Graze", "Nonsense").replace("16/11", "18/11"),
        FALL.replace("Playground", "").replace("16/11", "19/11"),
    )
    assert counts(outcome) == (5, 1, 0, 0, 4)
    assert {(row, column, code) for row, column, code, _severity in told(outcome)} == {
        (2, "day", "same_day"), (3, "day", "future_date"), (3, "time", "future_time"), (4, "time", "bad_time"), (5, "injury", "unknown_code"), (6, "place", "missing"),
    }  # fmt: skip


def test_a_report_to_hse_that_the_file_tells_stands_among_what_was_told_and_one_that_is_missing_is_pointed_at(
    desk: Desk, ann: Pupil
) -> None:
    head = f"{HEAD} | Taken to hospital | work_related | treated"
    outcome = read(desk, f"{FALL} | Yes | Yes | Yes", head=head)
    assert ("reported_on", "not_reported") in {(column, code) for _row, column, code, _severity in told(outcome)}
    assert reported(desk) == 0
    read(desk, f"{FALL} | Yes | Yes | Yes | 17/11/2026", head=f"{head} | RIDDOR date")
    assert book(desk, ann)[0].reported_on == date(2026, 11, 17)
    assert reported(desk) == 1
