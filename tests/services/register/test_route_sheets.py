"""The page of a route: a driver signs it, it has names alone, only of whom the driver may be told, and is read back like every register."""

from dataclasses import replace
from datetime import date

import pytest

from pupil_desk.basics.errors import Known, WrongUse
from pupil_desk.domain.register.paper_marks import SheetSpan
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.route import Route
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.register.sheets import printing, waiting
from pupil_desk.services.transport import journeys, routes
from pupil_desk.services.unit import settings
from tests.registers import crossed
from tests.services.exports.made import Unit
from tests.services.register.test_sheets import DAY, box, class_of, codes, printed, read_in


def _carried(unit: Unit, *, told: bool) -> Desk:
    desk = class_of(unit, 3)
    routes.save(unit.desk, Route(name="Route 1", operator="City Cabs"))
    for pupil in pupils.all_pupils(unit.desk)[:2]:
        ride = Journey(pupil_id=pupil.id, route="ROUTE 1", start_date=date(2026, 11, 2), days="Mon-Fri", receivers="Ruth Ash")
        journeys.add(unit.desk, ride)
    if told:
        settings.save_settings(unit.desk, replace(unit.desk.settings, told_transport="City Cabs"))
    return desk


def test_a_driver_signs_a_page_of_the_route_with_names_alone_and_it_is_told_and_read_back(unit: Unit) -> None:
    from pupil_desk.documents.blocks import plain_text

    desk = _carried(unit, told=True)
    batch = printed(desk, group="route:route 1")
    text = plain_text(batch.sheets[0].page.blocks)
    assert [name in text for name in ("Ash, Una", "Blythe, Una", "Chandra, Una", "Year 9")] == [True, True, False, False]
    told_of = {row["pupil_id"]: row["recipient"] for row in unit.desk.vault.rows("SELECT pupil_id, recipient FROM disclosure")}
    assert told_of == dict.fromkeys(batch.sheets[0].pupil_ids, "City Cabs")
    printing.record_printed(desk, batch)
    assert unit.count("disclosure") == 2, "the same page once more tells nothing new"
    read_in(desk, crossed(batch, box(0, "/"), box(1, "L")))
    (page,) = waiting.waiting(desk)
    waiting.confirm(desk, page, {})
    assert codes(desk)[:2] == ["/", "L"]


def test_no_page_is_made_for_a_driver_whom_the_notice_does_not_name(unit: Unit) -> None:
    desk = _carried(unit, told=False)
    with pytest.raises(WrongUse, match="does not name City Cabs"):
        printing.make_sheets(desk, SheetSpan.DAY, DAY, "route:route 1")


def test_who_may_not_be_named_to_a_driver_is_said_to_be_left_out_of_the_page(unit: Unit) -> None:
    desk = _carried(unit, told=True)
    chandra = pupils.all_pupils(unit.desk)[2]
    journeys.add(
        unit.desk, Journey(pupil_id=chandra.id, route="Route 1", start_date=date(2026, 12, 7), days="Mon-Fri", receivers="Ruth Ash")
    )
    assert printing.make_sheets(desk, SheetSpan.DAY, DAY, "route:route 1").left_out == ""
    batch = printing.make_sheets(desk, SheetSpan.DAY, date(2026, 12, 8), "route:route 1")
    assert ("Chandra" in batch.left_out, "Ash" in batch.left_out, len(batch.sheets[0].pupil_ids)) == (True, False, 2)


def test_no_page_is_made_for_a_driver_that_would_name_nobody(unit: Unit) -> None:
    desk = _carried(unit, told=True)
    for journey in [ride for pupil in pupils.all_pupils(unit.desk) for ride in journeys.of_pupil(unit.desk, pupil.id)]:
        journeys.save(unit.desk, replace(journey, end_date=date(2026, 11, 27)))
    chandra = pupils.all_pupils(unit.desk)[2]
    journeys.add(
        unit.desk, Journey(pupil_id=chandra.id, route="Route 1", start_date=date(2026, 12, 7), days="Mon-Fri", receivers="Ruth Ash")
    )
    with pytest.raises(Known, match="does not name them to whoever drives: Chandra"):
        printing.make_sheets(desk, SheetSpan.DAY, date(2026, 12, 8), "route:route 1")
