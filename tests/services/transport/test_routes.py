"""A route under another name, what Home says of routes, when the office answers, and who may receive a pupil beside the contacts."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.route import Route
from pupil_desk.services.changes import listing
from pupil_desk.services.desk import Desk
from pupil_desk.services.home import home
from pupil_desk.services.pupils import contacts
from pupil_desk.services.transport import journeys, route_sheet, routes
from pupil_desk.services.transport.route_sheet import RouteSheet
from pupil_desk.services.transport.routes import RouteStanding
from pupil_desk.services.transport.transport_due import TransportDue, transport_due
from pupil_desk.services.unit import settings
from pupil_desk.store.tables import contacts as contact_store
from pupil_desk.store.tables import protections
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def ash(unit: Unit) -> Pupil:
    pupil = unit.pupil("Ash", "Zoë", date(2012, 5, 4), upn="Y919110026001", address_1="4 Larch Way", postcode="SG4 7ZZ")
    unit.contact(pupil, "Ash", forename="Ruth", mobile="07700 900123", order=1)
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_transport="City Cabs"))
    routes.save(unit.desk, Route(name="Route 1", operator="City Cabs", driver="Ned Farrow"))
    for first, last in ((date(2026, 9, 2), date(2026, 10, 20)), (date(2026, 11, 2), None)):
        ride = Journey(pupil_id=pupil.id, route="ROUTE 1", start_date=first, end_date=last, days="Mon", receivers="Ruth Ash")
        journeys.add(unit.desk, ride)
    return pupil


def one(unit: Unit) -> RouteStanding:
    (standing,) = routes.standings(unit.desk)
    return standing


def printed(unit: Unit) -> RouteSheet:
    made = route_sheet.sheet(unit.desk, one(unit))
    route_sheet.log_print(unit.desk, made)
    return made


def told(due: TransportDue) -> tuple[list[tuple[str, str, date]], list[tuple[str, str, date]]]:
    sheets, staff = ([(row.key, row.name, row.day) for row in rows] for rows in (due.sheets, due.staff))
    return sheets, staff


def on(unit: Unit, day: date) -> Desk:
    return Desk(unit.desk.vault, unit.desk.user, FixedClock(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)))


def test_a_renamed_route_takes_its_journeys_along_and_those_that_are_over_keep_the_name_of_then(unit: Unit, ash: Pupil) -> None:
    printed(unit)
    assert not told(transport_due(unit.desk))[0]
    changed = routes.rename(unit.desk, one(unit), " Larkfield   North ")
    assert changed.kinds >= {"route", "journey"}
    assert [ride.route for ride in journeys.of_pupil(unit.desk, ash.id)] == ["ROUTE 1", "Larkfield North"]
    standing = one(unit)
    assert (standing.name, standing.route.driver, standing.pupil_ids) == ("Larkfield North", "Ned Farrow", [ash.id])
    assert told(transport_due(unit.desk))[0] == [("larkfield north", "Larkfield North", DAY)], "the sheet out there bears the old name"
    assert "Transport sheet: Larkfield North" in plain_text(printed(unit).story)
    assert not told(transport_due(unit.desk))[0]
    assert ("edit-record", ash.id, "journey: route") in unit.log()
    act = listing.recent(unit.desk)[0]
    (line,) = listing.of_act(unit.desk, act.key)
    assert (line.label, line.before, line.after) == ("Route", "ROUTE 1", "Larkfield North")
    assert "Give it its old name on the page Transport" in act.why_not, "undone by itself it would leave a route that nobody drives"


def test_a_route_that_came_on_file_since_it_was_looked_at_is_renamed_with_who_drives_it(unit: Unit, ash: Pupil) -> None:
    routes.remove(unit.desk, RouteStanding(one(unit).route, ()))
    seen = one(unit)
    assert not seen.route.id, "the journeys alone have its name"
    routes.save(unit.desk, dataclasses.replace(seen.route, operator="City Cabs", driver="Ned Farrow"))
    routes.rename(unit.desk, seen, "North")
    standing = one(unit)
    assert (standing.name, standing.route.driver, standing.pupil_ids) == ("North", "Ned Farrow", [ash.id])


def test_no_two_routes_have_one_name_and_another_spelling_is_no_other_route(unit: Unit, ash: Pupil) -> None:
    routes.begin(unit.desk, "South")
    north, south = routes.standings(unit.desk)
    with pytest.raises(Refused, match="There is a route of that name already"):
        routes.rename(unit.desk, south, "route  1")
    assert routes.rename(unit.desk, north, "Route 1").kinds == frozenset()
    routes.rename(unit.desk, north, "ROUTE 1")
    assert [standing.name for standing in routes.standings(unit.desk)] == ["ROUTE 1", "South"]
    with pytest.raises(Refused):
        routes.rename(unit.desk, south, " ")


def test_home_tells_of_a_sheet_that_no_longer_holds_whatever_has_changed(unit: Unit, ash: Pupil) -> None:
    (_past, ride), (ruth,) = journeys.of_pupil(unit.desk, ash.id), contact_store.of_pupil(unit.desk.vault, ash.id)
    for change in (
        lambda: journeys.save(unit.desk, dataclasses.replace(ride, receivers="Ruth Ash\nJean Holt, neighbour")),
        lambda: contacts.save_contact(unit.desk, dataclasses.replace(ruth, mobile="07700 900124")),
        lambda: unit.protect(ash, "order", unit.contact(ash, "Ash", forename="Max", relationship="PAF", order=2)),
    ):
        printed(unit)
        assert not home.tasks(unit.desk).transport.sheets
        change()
        assert told(home.tasks(unit.desk).transport)[0] == [("route 1", "Route 1", DAY)]
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, records_transport=False))
    assert home.tasks(unit.desk).transport == TransportDue()


def test_after_a_year_somebody_is_asked_whether_driver_and_escort_are_still_these(unit: Unit, ash: Pupil) -> None:
    assert not transport_due(on(unit, date(2027, 11, 23))).staff
    later = on(unit, date(2027, 11, 24))
    assert told(transport_due(later))[1] == [("route 1", "Route 1", DAY)]
    routes.confirm_staff(later, routes.standings(later)[0])
    assert not transport_due(later).staff
    much_later = on(unit, date(2028, 12, 1))
    assert transport_due(much_later).staff
    routes.save(much_later, dataclasses.replace(routes.standings(much_later)[0].route, driver="Sol Adeyemi"))
    assert not transport_due(much_later).staff
    assert transport_due(on(unit, date(2030, 1, 1))).staff
    routes.save(on(unit, date(2030, 1, 1)), dataclasses.replace(routes.standings(later)[0].route, driver=None))
    assert not transport_due(on(unit, date(2032, 1, 1))).staff, "nobody is entered any more"


def test_the_sheet_says_when_the_office_answers_and_whom_to_ring_then(unit: Unit, ash: Pupil) -> None:
    text = plain_text(route_sheet.sheet(unit.desk, one(unit)).story)
    assert "If nobody answers at the office, stay with the pupil, ring whoever sends you, and then the police on 101." in text
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, office_hours="From 8:00 to 16:30", phone_else="07700 900555"))
    text = plain_text(route_sheet.sheet(unit.desk, one(unit)).story)
    assert (
        "The office answers from 8:00 to 16:30. If nobody answers at the office, stay with the pupil, ring 07700 900555, then whoever sends you, "
        "and then the police on 101."
    ) in text


def test_a_nickname_is_warned_of_and_stands_on_no_sheet_where_an_order_is_in_force(unit: Unit, ash: Pupil) -> None:
    ride = journeys.of_pupil(unit.desk, ash.id)[1]
    journeys.save(unit.desk, dataclasses.replace(ride, receivers="Ruth Ash\nBig Dave\nJean Holt, neighbour"))
    made = route_sheet.sheet(unit.desk, one(unit))
    assert "Ruth Ash\nBig Dave\nJean Holt, neighbour" in plain_text(made.story)
    assert [remark.partition(": ")[2][:44] for remark in made.remarks] == [
        "“Big Dave” is nobody of the contacts. Choose",
        "“Jean Holt, neighbour” may receive the pupil",
    ]
    unit.protect(ash, "order", unit.contact(ash, "Ash", forename="David", relationship="PAF", order=2))
    made = route_sheet.sheet(unit.desk, one(unit))
    assert "Ruth Ash\nJean Holt, neighbour\nAnybody else: ask the office" in plain_text(made.story)
    assert "Big Dave" not in plain_text(made.story)
    assert any(
        "“Big Dave” does not stand on the sheet: it may mean somebody who is not among the contacts" in remark for remark in made.remarks
    )


def test_nobody_whom_an_order_may_mean_is_offered_as_a_receiver(unit: Unit, ash: Pupil) -> None:
    people: list[Contact] = contact_store.of_pupil(unit.desk.vault, ash.id)
    father = unit.contact(ash, "Ash", forename="Max", relationship="PAF", order=2)
    assert journeys.receivers_to_choose([*people, father], []) == ["Ruth Ash", "Max Ash"]
    unit.protect(ash, "order", father)
    held = protections.by_pupil(unit.desk.vault, unit.desk.today)[ash.id]
    unnamed = unit.contact(ash, "Ash", relationship="REL", order=3)
    assert journeys.receivers_to_choose([*people, father, unnamed], held) == ["Ruth Ash"], "an Ash without a forename may be either"
    assert journeys.receivers_to_choose([*people, unnamed], held) == [], "whom the order names is not among them"
    (problem,) = journeys.problems(journeys.of_pupil(unit.desk, ash.id)[1], [father])
    assert (problem.column, problem.stops, "“Ruth Ash” is nobody of the contacts" in problem.message) == ("receivers", False, True)
