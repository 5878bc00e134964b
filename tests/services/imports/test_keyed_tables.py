"""Lists of people at schools, of providers with their checks and of routes with their pupils are read in, found by their key, put right, and undone."""

import dataclasses
from datetime import date, timedelta

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.providers.provider_check import CheckStanding, ProviderCheck
from pupil_desk.domain.schools.school import School
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.route import Route
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.kinds import MINE
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.proposal import pick
from pupil_desk.services.imports.run import keep, propose, run_import, template
from pupil_desk.services.imports.undoing import undo
from pupil_desk.services.providers import providers
from pupil_desk.services.schools import schools
from pupil_desk.services.transport import journeys, routes
from pupil_desk.services.unit import settings
from pupil_desk.store.tables import providers as provider_store
from pupil_desk.store.tables import pupils
from pupil_desk.store.tables import schools as school_store
from pupil_desk.store.tables import transport as route_store
from pupil_desk.ui.pages.importing.model import heading_words
from tests.services.imports.made import ANN, BEN, counts, table, told

HILL = "919/4001"


def codes(outcome: Outcome) -> set[str]:
    return {code for _row, _column, code, _severity in told(outcome)}


def test_people_at_schools_are_read_by_number_or_name_put_right_and_go_back(desk: Desk) -> None:
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_schools=f"Hill School, {HILL}"))
    head = "School name|Attendance contact|Attendance email|DSL|DSL phone|Governors"
    first = run_import(
        desk, "school-contacts", table(f"{head}\nHill school|Ms Okafor|okafor@hill.example|Mr Lead|01632 960401|7\nMoor|Ms X||||")
    )
    assert counts(first) == (2, 1, 0, 0, 1)
    assert "unknown_school" in codes(first)
    on_file = school_store.of_number(desk.vault, HILL)
    assert on_file
    assert (on_file.contact, on_file.lead, on_file.lead_phone) == ("Ms Okafor", "Mr Lead", "01632 960401")
    schools.save(desk, dataclasses.replace(on_file, note="Rings back after ten"))
    later = run_import(desk, "school-contacts", table(f"{head}\n919 4001|Mr New||Mr Lead||"))
    assert counts(later) == (1, 0, 1, 0, 0)
    assert counts(run_import(desk, "school-contacts", table(f"{head}\n{HILL}|Mr New||||"))) == (1, 0, 0, 1, 0)
    assert [line.pupil for line in undo(desk, later.import_id).lines] == [HILL]
    assert school_store.all_schools(desk.vault) == [dataclasses.replace(on_file, note="Rings back after ten")]
    assert [(left.pupil, left.reason) for left in undo(desk, first.import_id).left] == [(HILL, "It was changed since.")]


def test_what_has_no_column_is_said_not_to_be_kept_and_an_order_beside_nobody_protects_nobody(desk: Desk) -> None:
    source = table(f"School|Attendance contact|Governors|Court order\n{HILL}|Ms Okafor|7|Yes")
    proposal = propose(desk, "school-contacts", source)
    assert "not kept: “Governors”" in heading_words(proposal)
    assert proposal.rows[0].pupil == HILL
    assert counts(run_import(desk, "school-contacts", source)) == (1, 1, 0, 0, 0)
    assert school_store.all_schools(desk.vault) == [School(id=school_store.all_schools(desk.vault)[0].id, number=HILL, contact="Ms Okafor")]


def test_seven_digits_that_are_no_number_of_a_school_are_refused(desk: Desk) -> None:
    refused = run_import(desk, "school-contacts", table("School|Attendance contact\n1000123|Ms Okafor"))
    assert (counts(refused), codes(refused)) == ((1, 0, 0, 0, 1), {"unknown_school"})
    assert school_store.all_schools(desk.vault) == []


PROVIDER_HEAD = "Provider|URN|DSL|Insurance checked|Insurance expiry|Last visit|Visited by|DBS checked"


def states(desk: Desk, name: str) -> dict[str, CheckStanding]:
    standing = next(standing for standing in providers.standings(desk) if standing.name == name)
    return {state.kind: state.standing for state in standing.states}


def test_providers_come_with_what_was_seen_of_them(desk: Desk) -> None:
    assert {"insurance_valid_until", "visit_seen_on", "health_safety_note"} <= set(template("providers").split(","))
    first = run_import(
        desk, "providers", table(f"{PROVIDER_HEAD}\nForge Works||Ms Safe|1/9/2026|31/8/2027|2/9/2026|Ms Reed|\nMill||||1/1/2027|||")
    )
    assert counts(first) == (2, 2, 0, 0, 0)
    assert "never_seen" in codes(first), "an end of insurance alone is no check"
    assert first.not_taken[0].value.path == "Insurance: valid until"
    seen = states(desk, "Forge Works")
    assert (seen["insurance"], seen["visit"], seen["staff"]) == (CheckStanding.HOLDS, CheckStanding.HOLDS, CheckStanding.NEVER_SEEN)
    assert counts(run_import(desk, "providers", table(f"{PROVIDER_HEAD}\nforge works||Ms Safe|1/9/2026|31/8/2027|2/9/2026|Ms Reed|"))) == (
        1,
        0,
        0,
        1,
        0,
    )
    older = run_import(desk, "providers", table(f"{PROVIDER_HEAD}\nForge Works||||1/9/2026|1/9/2025|Mr Old|"))
    assert (counts(older), "older_check" in codes(older)) == ((1, 0, 0, 1, 0), True)
    lapsed = run_import(desk, "providers", table("Provider|Insurance: seen on|Insurance: in order\nForge Works|10/11/2026|No"))
    assert counts(lapsed) == (1, 0, 0, 0, 1), "a check that is not in order says what is not"
    later = run_import(desk, "providers", table(f"{PROVIDER_HEAD}\nForge Works|123456|||||| 20/11/2026"))
    assert (counts(later), states(desk, "Forge Works")["staff"]) == ((1, 0, 1, 0, 0), CheckStanding.HOLDS)
    undo(desk, later.import_id)
    assert states(desk, "Forge Works")["staff"] is CheckStanding.NEVER_SEEN, "what an undo took back does not count"
    undo(desk, first.import_id)
    assert provider_store.all_providers(desk.vault) == []


def test_what_a_list_does_not_tell_of_a_check_of_the_same_day_stays(desk: Desk) -> None:
    run_import(desk, "providers", table("Provider|Insurance checked|Insurance expiry\nForge Works|1/9/2026|31/8/2027"))
    providers.record_check(
        desk, ProviderCheck(provider="Forge Works", kind="staff", seen_on=date(2026, 9, 1), in_order="no", note="One is not checked")
    )
    later = run_import(desk, "providers", table(f"{PROVIDER_HEAD}\nForge Works|||1/9/2026||||1/9/2026"))
    assert counts(later) == (1, 0, 0, 1, 0)
    run_import(desk, "providers", table(f"{PROVIDER_HEAD}|Insurance: seen by\nForge Works|||1/9/2026||||1/9/2026|Ms Reed"))
    assert states(desk, "Forge Works")["staff"] is CheckStanding.NOT_IN_ORDER
    (insurance,) = [check for check in provider_store.checks(desk.vault)["forge works"] if check.kind == "insurance"][1:]
    assert (insurance.seen_by, insurance.valid_until) == ("Ms Reed", date(2027, 8, 31))


def test_a_check_that_was_undone_is_entered_anew_by_the_next_list(desk: Desk) -> None:
    rows = table("Provider|DBS checked|Insurance checked\nMill|2/9/2026|")
    undo(desk, run_import(desk, "providers", rows).import_id)
    run_import(desk, "providers", rows)
    assert states(desk, "Mill")["staff"] is CheckStanding.HOLDS


def test_of_two_files_with_checks_the_later_and_then_the_earlier_is_undone(desk: Desk) -> None:
    head = "Provider|Insurance checked|Insurance expiry"
    earlier, middle, later = (
        run_import(desk, "providers", table(f"{head}\nForge Works|{seen}|31/8/2027")) for seen in ("1/9/2026", "2/11/2026", "9/11/2026")
    )
    assert [left.reason for left in undo(desk, middle.import_id).left] == ["It was looked at again since."]
    undo(desk, later.import_id)
    undo(desk, middle.import_id)
    (check,) = [state.check for state in providers.standings(desk)[0].states if state.check]
    assert check.seen_on == date(2026, 9, 1), "what stood before the middle one, not before the last entry"
    assert undo(desk, earlier.import_id).left == ()
    assert (provider_store.checks(desk.vault), provider_store.all_providers(desk.vault)) == ({}, [])
    assert len(desk.vault.rows("SELECT 1 FROM provider_check")) == 3, "nothing that was seen is written over"


def test_a_provider_of_which_a_check_was_entered_since_stays_when_its_file_is_undone(desk: Desk) -> None:
    of_list = run_import(desk, "providers", table("Provider|Insurance checked\nMill|2/9/2026"))
    providers.record_check(desk, ProviderCheck(provider="mill", kind="visit", seen_on=date(2026, 11, 9), in_order="yes"))
    undone = undo(desk, of_list.import_id)
    assert [(left.pupil, left.reason) for left in undone.left] == [("Mill", "A check of it was entered since.")]
    seen = states(desk, "Mill")
    assert (seen["insurance"], seen["visit"]) == (CheckStanding.NEVER_SEEN, CheckStanding.HOLDS)


def test_a_provider_of_which_a_check_was_entered_before_goes_when_its_file_is_undone(desk: Desk) -> None:
    providers.record_check(desk, ProviderCheck(provider="mill", kind="visit", seen_on=date(2026, 11, 9), in_order="yes"))
    later = Desk(desk.vault, desk.user, FixedClock(desk.clock.now() + timedelta(minutes=1)))
    of_list = run_import(later, "providers", table("Provider|Insurance checked\nMill|2/9/2026"))
    assert undo(later, of_list.import_id).left == ()
    assert provider_store.all_providers(desk.vault) == []
    assert [check.kind for check in provider_store.checks(desk.vault)["mill"]] == ["visit"]


@pytest.fixture
def carried(desk: Desk) -> None:
    run_import(
        desk, "pupils", table(f"surname|forename|dob|upn|start_date\nHall|Ann|1/2/2011|{ANN}|2/9/2026\nIvy|Ben|1/2/2011|{BEN}|2/9/2026")
    )


def of(desk: Desk, upn: str) -> str:
    pupil = pupils.by_number(desk.vault, upn)
    assert pupil
    return pupil.id


@pytest.mark.usefixtures("carried")
def test_one_list_brings_the_routes_and_whom_they_carry(desk: Desk) -> None:
    head = "Surname|Forename|Date of birth|Route|From|Days|Taxi company|Driver|Escort|Escort phone|Who may collect"
    first = run_import(
        desk,
        "auto",
        table(
            f"{head}\nHall|Ann|1/2/2011|North|2/11/2026|Mon-Fri|Swift Cars|Mr Day||01632 960402|Mrs Hall, mother\n"
            "Ivy|Ben|1/2/2011|north|2/11/2026|Mon|Swift Cars|Mr Night|Ms Ride||Mr Ivy, father\nIvy|Ben|1/2/2011|North|2/11/2026|Sat|||||"
        ),
    )
    assert counts(first) == (3, 2, 0, 0, 1)
    (north,) = routes.standings(desk)
    assert (north.route.operator, north.route.driver, north.route.escort) == ("Swift Cars", "Mr Day", "Ms Ride")
    assert [(value.value.path, value.value.value) for value in first.not_taken] == [("Usual driver", "Mr Night")]
    assert sorted(north.pupil_ids) == sorted([of(desk, ANN), of(desk, BEN)])
    only_route = run_import(desk, "routes", table("Route|Driver|Vehicle|Who drives it\nNORTH|Mr Night|Minibus|\nSouth|Ms Sun||Sun Cabs"))
    assert counts(only_route) == (2, 1, 1, 0, 0)
    assert [standing.route.operator for standing in routes.standings(desk)] == ["Swift Cars", "Sun Cabs"], "by its heading of before, too"
    routes.save(desk, dataclasses.replace(routes.standings(desk)[0].route, vehicle="Coach"))
    undone = undo(desk, only_route.import_id)
    assert [(left.pupil, left.label) for left in undone.left] == [("North", "Vehicle")]
    assert [(route.name, route.driver, route.vehicle) for route in route_store.all_routes(desk.vault)] == [("North", "Mr Day", "Coach")]
    undo(desk, first.import_id)
    assert journeys.of_pupil(desk, of(desk, ANN)) == []
    routes.remove(desk, routes.standings(desk)[0])
    assert desk.vault.rows("SELECT 1 FROM keyed_amendment WHERE record_id = ?", (north.route.id,)) == [], "with the names of its staff"


@pytest.mark.usefixtures("carried")
def test_what_is_kept_of_a_route_in_one_row_is_kept_in_each_row_of_it(desk: Desk) -> None:
    head = "UPN|Route|From|Days|Driver"
    run_import(desk, "journeys", table(f"{head}\n{ANN}|North|2/11/2026|Mon am|Mr Day"))
    later = table(f"{head}\n{ANN}|North|2/11/2026|Mon am|Mr Night\n{BEN}|North|2/11/2026|Mon am|Mr Night")
    proposal = pick(propose(desk, "journeys", later), 2, "driver", MINE)
    assert [[difference.column for difference in row.plan.differences] for row in proposal.rows] == [["driver"], []]
    keep(desk, proposal)
    assert route_store.all_routes(desk.vault)[0].driver == "Mr Day"


@pytest.mark.usefixtures("carried")
def test_a_route_has_nothing_of_rows_that_do_not_go_in_and_a_row_passed_over_says_what_of_it_is_not_taken(desk: Desk) -> None:
    head = "UPN|Surname|Forename|Date of birth|Route|From|Days|Pick up|Driver"
    east = run_import(
        desk,
        "journeys",
        table(
            f"{head}\n||||East|2/11/2026|Mon am||Mr Wrong\n|Halls|Ann|1/2/2011|East|2/11/2026|Mon am||Mr Aside\n"
            f"{ANN}||||East|2/11/2026|Mon am|08:00|\n{ANN}||||East|2/11/2026|Mon am|09:00|Mr Twice\n{BEN}||||East|2/11/2026|Mon am||Mr Right"
        ),
    )
    assert (counts(east), route_store.all_routes(desk.vault)[0].driver) == ((5, 2, 0, 1, 2), "Mr Right")
    west = f"{BEN}||||West|2/11/2026|Mon pm||Mr"
    twice = run_import(desk, "journeys", table(f"{head}\n{west} Eve\n{west} Other"))
    assert [(value.row, value.value.value) for value in twice.not_taken] == [(3, "Mr Other")]


@pytest.mark.usefixtures("carried")
def test_a_list_that_changes_the_route_alone_changes_its_row(desk: Desk) -> None:
    head = "UPN|Route|From|Days|Driver"
    run_import(desk, "journeys", table(f"{head}\n{ANN}|North|2/11/2026|Mon am|Mr Day"))
    assert route_store.all_routes(desk.vault)[0] == Route(id=route_store.all_routes(desk.vault)[0].id, name="North", driver="Mr Day")
    later = run_import(desk, "journeys", table(f"{head}\n{ANN}|North|2/11/2026|Mon am|Mr Night"))
    assert (counts(later), route_store.all_routes(desk.vault)[0].driver) == ((1, 0, 1, 0, 0), "Mr Night")
    assert journeys.of_pupil(desk, of(desk, ANN))[0].start_date == date(2026, 11, 2)


@pytest.mark.usefixtures("carried")
def test_a_route_that_carries_somebody_or_of_which_a_sheet_was_printed_stays_when_its_file_is_undone(desk: Desk) -> None:
    of_list = run_import(desk, "routes", table("Route|Driver\nNorth|Mr Day\nSouth|Ms Sun\nEast|Ms Dawn"))
    journeys.add(desk, Journey(pupil_id=of(desk, ANN), route="north", start_date=date(2026, 11, 2), days="Mon am"))
    with desk.vault.transaction():
        route_store.keep_sheet(desk.vault, "south", desk.today, "digest")
    undone = undo(desk, of_list.import_id)
    assert [(line.pupil, line.after) for line in undone.lines] == [("East", "Taken away")]
    assert [(left.pupil, left.reason) for left in undone.left] == [
        ("North", "1 pupil is carried on this route. End the journeys in their records first."),
        ("South", "A sheet of it was printed on 24 November 2026. Take it away under Transport."),
    ]
    assert [route.driver for route in route_store.all_routes(desk.vault)] == ["Mr Day", "Ms Sun"]
    assert desk.vault.rows("SELECT 1 FROM keyed_amendment WHERE new = 'Ms Dawn'") == [], "with the names of its staff"
    with_pupils = run_import(desk, "journeys", table(f"UPN|Route|From|Days|Driver\n{BEN}|West|2/11/2026|Mon am|Mr Eve"))
    undo(desk, with_pupils.import_id)
    assert "West" not in [route.name for route in route_store.all_routes(desk.vault)], "the journeys of the file go before it"


def test_that_a_file_is_undone_says_of_nobody_that_driver_and_escort_were_looked_at(desk: Desk) -> None:
    run_import(desk, "routes", table("Route|Driver\nNorth|Mr Day"))
    wrong = run_import(desk, "routes", table("Route|Driver\nNorth|Mr Night"))
    later = Desk(desk.vault, desk.user, FixedClock(desk.clock.now() + timedelta(days=60)))
    undo(later, wrong.import_id)
    assert route_store.all_routes(desk.vault)[0].driver == "Mr Day"
    assert route_store.days_of(desk.vault)[1] == {"north": desk.today}
    of_later_day = run_import(later, "routes", table("Route|Driver|Vehicle\nNorth|Mr Night|Minibus"))
    routes.save(later, dataclasses.replace(route_store.all_routes(desk.vault)[0], vehicle="Coach"))
    assert route_store.days_of(desk.vault)[1] == {"north": later.today}
    undo(later, of_later_day.import_id)
    assert route_store.all_routes(desk.vault)[0].driver == "Mr Day"
    assert route_store.days_of(desk.vault)[1] == {"north": desk.today}, "the day of who drives again"
