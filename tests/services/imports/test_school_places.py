"""Places agreed with schools are read from the unit's own table: by pupil, school and first day, a school by its number or the settings' name; and undone."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import run_import, template
from pupil_desk.services.imports.undoing import undo
from pupil_desk.services.schools import places
from pupil_desk.services.unit import settings
from pupil_desk.store.tables import pupils
from tests.services.imports.made import ANN, BEN, counts, errors, table

HILL = "919/4001"
HEAD = "UPN|School|Type of place|First day of the place|Last day of the place|Days of the week|Price in pounds|Price for each|Next review of the place"


@pytest.fixture(autouse=True)
def _pupils(desk: Desk) -> None:
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools=f"Hill School, {HILL}\nVale School, 919/4003"))
    rows = f"Hall|Ann|1/2/2011|{ANN}|2/9/2026|\nIvy|Ben|1/2/2011|{BEN}|2/9/2026|"
    run_import(desk, "pupils", table(f"surname|forename|dob|upn|start_date|main_school\n{rows}"))


def bring(desk: Desk, rows: str) -> Outcome:
    return run_import(desk, "auto", table(f"{HEAD}\n{rows}"))


def of(desk: Desk, upn: str) -> list[SchoolPlace]:
    pupil = pupils.by_number(desk.vault, upn)
    assert pupil
    return places.of_pupil(desk, pupil.id)


def test_a_table_of_places_is_read_and_a_later_one_puts_the_same_places_right(desk: Desk) -> None:
    assert template("school-places").split(",")[:5] == ["upn", "school", "kind", "start_date", "end_date"]
    first = bring(
        desk,
        f"{ANN}|hill school|Place that the school pays for|2/11/2026|18/12/2026|Mon am, Tue|95.5|A session|30/11/2026\n"
        f"{BEN}|919 4003|Direction off site, to improve behaviour|2/11/2026|18/12/2026||||1/12/2026",
    )
    assert counts(first) == (2, 2, 0, 0, 0)
    (of_ann,), (of_ben,) = of(desk, ANN), of(desk, BEN)
    assert (of_ann.school, of_ann.kind, of_ann.days, of_ann.price, of_ann.price_per) == (HILL, "bought", "Mon am, Tue", "95.5", "session")
    assert (of_ben.school, of_ben.kind, of_ben.review_day) == ("919/4003", "directed", date(2026, 12, 1))
    later = bring(desk, f"{ANN}|{HILL}|Place that the school pays for|2/11/2026|22/1/2027|Mon am, Tue|95.5|A session|30/11/2026")
    assert counts(later) == (1, 0, 1, 0, 0)
    assert [place.end_date for place in of(desk, ANN)] == [date(2027, 1, 22)]
    undo(desk, later.import_id)
    undo(desk, first.import_id)
    assert (of(desk, ANN), of(desk, BEN)) == ([], [])


def test_a_school_that_nobody_knows_and_days_that_are_none_are_refused(desk: Desk) -> None:
    refused = bring(
        desk,
        f"{ANN}|Moor School|Place that the school pays for|2/11/2026|||||\n{BEN}|{HILL}|Place that the school pays for|2/11/2026||Sat|||",
    )
    assert counts(refused) == (2, 0, 0, 0, 2)
    assert {code for _row, _column, code in errors(refused)} == {"unknown_school", "unknown_day"}
