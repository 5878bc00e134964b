"""The marks of a main school's register are found to their pupil by UPN or name, kept beside ours, and refused where the pupil was not the school's."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.schools.school_mark import SchoolMark
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import run_import, template
from pupil_desk.services.imports.undoing import undo
from pupil_desk.services.schools import places
from pupil_desk.services.sheet import everything
from pupil_desk.services.unit import settings
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils
from tests.services.imports.made import ANN, BEN, CAT, counts, errors, table


@pytest.fixture(autouse=True)
def _pupils(desk: Desk) -> None:
    run_import(
        desk,
        "pupils",
        table(
            f"surname|forename|dob|upn|start_date|main_school\nHall|Ann|1/2/2011|{ANN}|2/9/2026|919/4001\nIvy|Ben|1/2/2011|{BEN}|2/9/2026|"
        ),
    )


def bring(desk: Desk, text: str) -> Outcome:
    return run_import(desk, "school-marks", table(text))


def marks(desk: Desk, upn: str = ANN) -> list[tuple[str, date, str, str]]:
    found = pupils.by_number(desk.vault, upn)
    assert found
    return [(mark.school, mark.day, mark.session, mark.code) for mark in several.of_pupil(desk.vault, SchoolMark, found.id)]


def test_a_schools_table_is_read_by_number_or_name_and_a_second_file_corrects_it(desk: Desk) -> None:
    assert template("school-marks") == "date,session,code,upn,surname,forename,school"
    first = bring(desk, f"UPN|Surname|Forename|Date|AM/PM|Mark\n{ANN}|||16/11/2026|AM|D\n|HALL|ann|16/11/2026|PM|/")
    assert counts(first) == (2, 2, 0, 0, 0)
    assert marks(desk) == [("919/4001", date(2026, 11, 16), "AM", "D"), ("919/4001", date(2026, 11, 16), "PM", "/")]
    assert counts(bring(desk, f"UPN|Date|Session|Code\n{ANN}|16/11/2026|AM|I\n{ANN}|16/11/2026|PM|/")) == (2, 0, 1, 1, 0)
    assert marks(desk)[0][3] == "I"
    pupil = pupils.by_number(desk.vault, ANN)
    assert pupil
    sections = {section.name: section.entries for section in everything(desk, pupil.id)}
    assert len(sections["school_marks"]) == 2
    assert sections["attendance"] == (), "our own register is untouched"


def test_a_mark_of_no_pupil_of_the_school_is_refused(desk: Desk) -> None:
    refused = bring(
        desk,
        f"upn|surname|forename|date|session|code|school\n{CAT}|||16/11/2026|AM|/|\n{BEN}|||16/11/2026|AM|/|\n{ANN}|||16/11/2026|AM|/|919/4003\n"
        f"{ANN}|||1/9/2026|AM|/|\n|Ivy|Ben|16/11/2026|AM|/|\n||Ann|16/11/2026|AM|/|\n{ANN}|||25/11/2026|AM|/|\n{ANN}|||16/11/2026|AM|H|",
    )
    assert counts(refused) == (8, 0, 0, 0, 8)
    assert errors(refused) == {
        (2, "upn", "no_such_pupil"),
        (3, "date", "not_of_school"),
        (4, "school", "not_of_school"),
        (5, "date", "not_of_school"),
        (6, "surname", "no_such_pupil"),
        (7, "upn", "missing"),
        (8, "date", "future_date"),
        (9, "code", "retired_code"),
    }
    pupil = pupils.by_number(desk.vault, BEN)
    assert pupil
    places.add(desk, SchoolPlace(pupil_id=pupil.id, school="919/4003", kind="bought", start_date=date(2026, 11, 16)))
    assert counts(bring(desk, f"upn|date|session|code\n{BEN}|16/11/2026|AM|/")) == (1, 1, 0, 0, 0)
    assert marks(desk, BEN)[0][0] == "919/4003"


def test_a_row_of_a_pupil_of_two_schools_names_the_one_whose_mark_it_is(desk: Desk) -> None:
    pupil = pupils.by_number(desk.vault, ANN)
    assert pupil
    places.add(desk, SchoolPlace(pupil_id=pupil.id, school="919/4003", kind="bought", start_date=date(2026, 11, 17)))
    rows = "".join(f"{ANN}|{day}/11/2026|AM|/|{school}\n" for day, school in ((16, ""), (17, ""), (17, "919/4003")))
    read = bring(desk, f"upn|date|session|code|school\n{rows}")
    assert (counts(read), errors(read)) == ((3, 2, 0, 0, 1), {(3, "school", "several_schools")})
    assert [mark[:2] for mark in marks(desk)] == [("919/4001", date(2026, 11, 16)), ("919/4003", date(2026, 11, 17))]


def test_what_was_read_can_be_taken_back_and_is_not_taken_in_where_it_is_switched_off(desk: Desk) -> None:
    outcome = bring(desk, f"upn|date|session|code\n{ANN}|16/11/2026|AM|D")
    assert outcome.import_id
    undo(desk, outcome.import_id)
    assert marks(desk) == []
    settings.save_settings(desk, dataclasses.replace(desk.settings, records_schools=False))
    with pytest.raises(WrongUse, match="switched off"):
        bring(desk, f"upn|date|session|code\n{ANN}|16/11/2026|AM|D")
