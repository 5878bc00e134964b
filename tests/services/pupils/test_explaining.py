"""On any value: who set it, how, when, and what it was before."""

import dataclasses
from datetime import date

from pupil_desk.services.imports import run as imports
from pupil_desk.services.pupils import explaining, pupils
from tests.services.exports.made import Unit

BORN = date(2012, 5, 6)


def test_a_value_typed_twice_tells_both_and_how_the_record_came(unit: Unit) -> None:
    pupil = unit.pupil("Quill", "Bea", BORN, sex="F")
    pupils.save_pupil(unit.desk, dataclasses.replace(pupil, town="Larkfield", sex="M"))
    pupils.save_pupil(unit.desk, dataclasses.replace(pupil, town="Larkstone", sex="M"))
    told = explaining.explain(unit.desk, pupil, "town")
    who = unit.desk.user.name
    assert told == [
        f"{who} typed it on 24 November 2026, 10:05. Before: Larkfield.",
        f"{who} typed it on 24 November 2026, 10:05. Before: nothing.",
        f"{who} added the pupil on 24 November 2026, 10:05.",
    ]
    assert explaining.explain(unit.desk, pupil, "sex")[0].endswith("Before: Female.")


def test_a_value_from_a_file_names_its_kind(unit: Unit) -> None:
    pupil = unit.pupil("Quill", "Bea", BORN)
    imports.run_import(unit.desk, "pupils", b"surname,forename,dob,town\nQuill,Bea,2012-05-06,Larkstone\n", "pupils.csv")
    told = explaining.explain(unit.desk, pupil, "town")
    assert told[0].startswith(f"{unit.desk.user.name} read it from a file of pupils on 24 November 2026")


def test_a_value_never_changed_says_so(unit: Unit) -> None:
    pupil = unit.pupil("Quill", "Bea", BORN)
    assert explaining.explain(unit.desk, pupil, "dob") == [
        f"Not changed since the record was made. {unit.desk.user.name} added the pupil on 24 November 2026, 10:05."
    ]
