"""Routes and journeys; the sheet that tells whoever drives, by the rule and to none whom the notice does not name; no address of a protected pupil."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.domain.transport.journey import Journey, check_journey
from pupil_desk.domain.transport.route import Route
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register as marking
from pupil_desk.services import sheet
from pupil_desk.services.care import health
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.notices import notice_editions
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.transport import journeys, route_sheet, routes
from pupil_desk.services.transport.route_sheet import RouteSheet
from pupil_desk.services.transport.routes import RouteStanding
from pupil_desk.services.unit import settings
from pupil_desk.store.tables import enrolments
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def ash(unit: Unit) -> Pupil:
    pupil = unit.pupil("Ash", "Zoë", date(2012, 5, 4), upn="Y919110026001", address_1="4 Larch Way", postcode="SG4 7ZZ")
    unit.contact(pupil, "Ash", forename="Ruth", mobile="07700 900123", order=1)
    routes.save(unit.desk, Route(name="Route 1", operator="City Cabs", escort="Mrs Cole", escort_phone="07700 900301"))
    ride = Journey(
        pupil_id=pupil.id, route="ROUTE 1", start_date=date(2026, 11, 2), days="Mon, Tue am", pick_up_time="08:10", set_down_time="15:20",
        receivers="Ruth Ash",
    )  # fmt: skip
    journeys.add(unit.desk, ride)
    return pupil


def one(unit: Unit) -> RouteStanding:
    (standing,) = routes.standings(unit.desk)
    return standing


def name_cabs(unit: Unit) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_transport="city cabs"))


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ({}, []),
        ({"days": "Saturday"}, ["unknown_day"]),
        ({"end_date": date(2026, 1, 1)}, ["ends_before_start"]),
        ({"receivers": None}, ["no_receiver"]),
        ({"receivers": None, "days": "Mon am"}, []),
        ({"pick_up_time": "quarter past"}, ["bad_time"]),
        ({"pick_up_time": "8.10", "set_down_time": "15:40"}, []),
        ({"pick_up_time": "15:40", "set_down_time": "8.10"}, ["set_down_first"]),
    ],
)
def test_what_is_odd_about_a_journey_is_said(items: dict[str, object], codes: list[str]) -> None:
    ride = Journey(**{"route": "1", "start_date": DAY, "days": "Mon-Fri", "receivers": "Ruth"} | items)  # type: ignore[arg-type]
    assert [problem.code for problem in check_journey(ride)] == codes


def test_whoever_drives_is_told_what_they_need_once_the_notice_names_them(unit: Unit, ash: Pupil) -> None:
    for what, severity, steps in (("Peanuts", "LIFE", "Pen, then 999"), ("Hay fever", "MILD", None)):
        health.add_item(unit.desk, HealthItem(pupil_id=ash.id, kind="A", what=what, severity=severity, emergency=steps))
    with pytest.raises(WrongUse, match="does not name City Cabs among those who drive pupils"):
        route_sheet.sheet(unit.desk, one(unit))
    name_cabs(unit)
    made = route_sheet.sheet(unit.desk, one(unit))
    text = plain_text(made.story)
    for words in (
        "Transport sheet: Route 1",
        "Mrs Cole",
        "Ash, Zoë",
        "08:10\nMon, Tue\nAsh, Zoë\nSee: In an emergency\n4 Larch Way",
        "15:20\nMon\nAsh, Zoë\nSee: In an emergency\n4 Larch Way",
        "Ruth Ash",
        "Peanuts",
        "Pen, then 999",
    ):
        assert words in text.replace("\N{NO-BREAK SPACE}", " "), words
    assert "Hay fever" not in text
    assert_accessible(build_pdf(list(made.story), title=made.title, page_size=route_sheet.LYING))
    route_sheet.log_print(unit.desk, made)
    (row,) = unit.desk.vault.rows("SELECT recipient, told_to, fields FROM disclosure")
    assert (row["recipient"], row["told_to"]) == ("City Cabs", "transport")
    assert not {"pupil.address_2", "pupil.town", "contact.phone"} & set(row["fields"].split(", "))
    assert {"pupil.address_1", "journey.receivers", "contact.mobile", "health_item.emergency"} <= set(row["fields"].split(", "))
    with pytest.raises(NotAllowed):
        route_sheet.sheet(unit.as_role(Role.OFFICE), one(unit))


def words_of(made: RouteSheet) -> str:
    return plain_text(made.story).replace("\N{NO-BREAK SPACE}", " ")


def test_no_address_of_a_protected_pupil_stands_on_the_sheet_not_even_typed_as_the_place(unit: Unit, ash: Pupil) -> None:
    name_cabs(unit)
    unit.protect(ash)
    (ride,) = journeys.of_pupil(unit.desk, ash.id)
    for place in (None, "4 larch way, by the gate", "Corner of sg4 7zz"):
        journeys.save(unit.desk, dataclasses.replace(ride, pick_up=place))
        made = route_sheet.sheet(unit.desk, one(unit))
        text = words_of(made)
        assert "08:10\nMon, Tue\nAsh, Zoë\nAsk the office" in text
        assert not [secret for secret in ("Larch", "larch", "4 7", "900123", "rotected") if secret in text]
        assert not [path for path in made.items_by_pupil[ash.id] if path.startswith(("pupil.address", "contact.", "journey.pick_up_p"))]
        assert any("no place stands on the sheet" in remark for remark in made.remarks)
    journeys.save(unit.desk, dataclasses.replace(ride, pick_up="Library car park"))
    made = route_sheet.sheet(unit.desk, one(unit))
    assert ("Library car park" in words_of(made), made.remarks) == (True, [])
    assert (made.guard.stamp, "Nothing on the paper says so" in made.guard.question) == ("", True)


def test_nobody_whom_an_order_names_stands_on_the_sheet_however_written(unit: Unit, ash: Pupil) -> None:
    name_cabs(unit)
    routes.save(unit.desk, dataclasses.replace(one(unit).route, driver="Max Ashe"))
    father = unit.contact(ash, "Ash", forename="Max", title="Mr", relationship="PAF", mobile="07700 900666", order=2)
    unit.protect(ash, "order", father)
    (ride,) = journeys.of_pupil(unit.desk, ash.id)
    journeys.save(
        unit.desk, dataclasses.replace(ride, receivers="Dad 07700 900666\nRuth Ash, never Max", needs="Wheelchair\nNever let Max near")
    )
    made = route_sheet.sheet(unit.desk, one(unit))
    assert "Ruth Ash\nAnybody else: ask the office" in words_of(made)
    assert "Wheelchair\nMore is recorded: ask the office" in words_of(made)
    assert not [name for name in ("Dad", "900666", "Not recorded", "near") if name in words_of(made)]
    for words in (
        "“Dad 07700 900666” does not stand",
        "“Never let Max near” does not stand",
        "Max Ashe, who drives or escorts this route, may be Mr Max Ash",
    ):
        assert any(words in remark for remark in made.remarks), words
    journeys.save(unit.desk, dataclasses.replace(ride, receivers="Dad"))
    assert "Ask the office before you let the pupil out" in words_of(route_sheet.sheet(unit.desk, one(unit)))


def test_an_order_that_names_no_contact_keeps_everybody_from_the_sheet(unit: Unit, ash: Pupil) -> None:
    name_cabs(unit)
    unit.protect(ash, "order")
    made = route_sheet.sheet(unit.desk, one(unit))
    assert ("Ruth Ash" in words_of(made), "Ask the office before you let the pupil out" in words_of(made)) == (False, True)
    assert any("whom it names is not entered" in remark for remark in made.remarks)


def test_nothing_typed_tells_the_home_or_a_number_of_a_protected_pupil(unit: Unit, ash: Pupil) -> None:
    name_cabs(unit)
    unit.protect(ash)
    (ride,) = journeys.of_pupil(unit.desk, ash.id)
    journeys.save(
        unit.desk, dataclasses.replace(ride, receivers="Ruth Ash, 4 Larch Way\nGran 07700 900999", needs="Ring at sg47zz\nHarness")
    )
    made = route_sheet.sheet(unit.desk, one(unit))
    assert not [secret for secret in ("Larch", "900999", "sg47zz") if secret in words_of(made)]
    assert "Harness\nMore is recorded: ask the office" in words_of(made)


def test_that_nobody_can_be_rung_is_said_and_not_that_it_is_kept(unit: Unit) -> None:
    name_cabs(unit)
    elm = unit.pupil("Elm", "Eve", date(2012, 5, 4))
    routes.save(unit.desk, Route(name="Route 1", operator="City Cabs"))
    journeys.add(
        unit.desk, Journey(pupil_id=elm.id, route="Route 1", start_date=date(2026, 11, 2), days="Mon", receivers="May go in alone")
    )
    words = words_of(route_sheet.sheet(unit.desk, one(unit)))
    assert ("Nobody is entered who can be rung" in words, "kept at the office" in words, "May go in alone" in words) == (True, False, True)
    unit.protect(elm)
    assert "Nobody is entered who can be rung" in words_of(route_sheet.sheet(unit.desk, one(unit)))


def test_each_journey_stands_by_the_clock_with_its_days_and_what_to_know(unit: Unit, ash: Pupil) -> None:
    name_cabs(unit)
    ben = unit.pupil("Birch", "Ben", date(2012, 5, 4), address_1="1 Elm Row", medical="Nuts")
    rides = (
        Journey(pupil_id=ben.id, route="Route 1", start_date=date(2026, 11, 2), days="Mon-Fri", pick_up_time="7.55", set_down_time="15:10"),
        Journey(
            pupil_id=ash.id, route="Route 1", start_date=date(2026, 11, 30), end_date=date(2026, 12, 18), days="Thu", pick_up="Gran’s, 9 Low Road",
            receivers="Gran", needs="Wheelchair",
        ),
        Journey(pupil_id=ash.id, route="Route 1", start_date=date(2026, 12, 14), days="Fri", receivers="Nobody yet"),
    )  # fmt: skip
    for ride in rides:
        journeys.add(unit.desk, ride)
    made = route_sheet.sheet(unit.desk, one(unit))
    text = words_of(made)
    assert text.index("07:55\nMon-Fri\nBirch, Ben") < text.index("08:10\nMon, Tue\nAsh") < text.index("Gran’s, 9 Low Road")
    assert "Thu, from 30 Nov 2026, until 18 Dec 2026" in text
    assert "Nobody yet" not in text  # more than a week ahead
    assert ("Wheelchair" in text, "Medical notes speak of nuts: ask the office" in text) == (True, True)
    assert {"journey.needs", "journey.end_date", "journey.pick_up"} <= set(made.items_by_pupil[ash.id])
    assert not {"journey.needs", "journey.pick_up", "journey.receivers"} & set(made.items_by_pupil[ben.id])
    told = set(register()["transport"].full)
    assert all(set(items) <= told for items in made.items_by_pupil.values())


def test_what_is_printed_and_no_longer_so_is_said(unit: Unit, ash: Pupil) -> None:
    name_cabs(unit)
    assert route_sheet.outdated(unit.desk, one(unit)) == ""
    route_sheet.log_print(unit.desk, route_sheet.sheet(unit.desk, one(unit)))
    assert route_sheet.outdated(unit.desk, one(unit)) == ""
    contacts.add_contact(unit.desk, Contact(pupil_id=ash.id, surname="Elm", relationship="OTH", mobile="07700 900777"))
    words = route_sheet.outdated(unit.desk, one(unit))
    assert words == "The sheet printed on 24 November 2026 no longer says what is so. Print it anew, and have the old one back."
    route_sheet.log_print(unit.desk, route_sheet.sheet(unit.desk, one(unit)))
    assert route_sheet.outdated(unit.desk, one(unit)) == ""
    unit.protect(ash)
    assert route_sheet.outdated(unit.desk, one(unit)) == words


def test_a_route_is_taken_away_with_its_people_once_nobody_is_carried(unit: Unit, ash: Pupil) -> None:
    with pytest.raises(WrongUse, match="1 pupil is carried on this route"):
        routes.remove(unit.desk, one(unit))
    (ride,) = journeys.of_pupil(unit.desk, ash.id)
    journeys.save(unit.desk, dataclasses.replace(ride, end_date=date(2026, 11, 20)))
    routes.remove(unit.desk, one(unit))
    assert (routes.standings(unit.desk), unit.count("route")) == ([], 0)
    assert [past.route for past in journeys.of_pupil(unit.desk, ash.id)] == ["ROUTE 1"]


def test_a_route_begun_under_a_name_that_is_there_keeps_who_drives(unit: Unit, ash: Pupil) -> None:
    routes.begin(unit.desk, "route 1")
    assert (one(unit).route.operator, one(unit).route.escort) == ("City Cabs", "Mrs Cole")
    routes.begin(unit.desk, "Route 2")
    assert [row.name for row in routes.standings(unit.desk)] == ["Route 1", "Route 2"]


def test_the_list_of_a_council_finds_pupils_by_name_and_birthday(unit: Unit) -> None:
    pupil = unit.pupil("Rowe", "Kit", date(2011, 4, 4))
    table = "Surname,Forename,DOB,Route,Start date,Days,Pick up time\nRowe,Kit,04/04/2011,Green,01/09/2026,Mon-Fri,8:10\n"
    run_import(unit.desk, "journeys", table.encode())
    (ride,) = journeys.of_pupil(unit.desk, pupil.id)
    assert (ride.route, ride.start_date, ride.pick_up_time) == ("Green", date(2026, 9, 1), "08:10")


def test_what_is_switched_off_is_not_printed_and_only_what_is_on_file_of_a_pupil_is_put_right(unit: Unit, ash: Pupil) -> None:
    name_cabs(unit)
    made, (ride,), standing = route_sheet.sheet(unit.desk, one(unit)), journeys.of_pupil(unit.desk, ash.id), one(unit)
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, records_transport=False))
    for act in (
        lambda: route_sheet.sheet(unit.desk, standing),
        lambda: route_sheet.log_print(unit.desk, made),
        lambda: journeys.add(unit.desk, ride),
        lambda: routes.remove(unit.desk, dataclasses.replace(standing, journeys=())),
    ):
        with pytest.raises(WrongUse, match="switched off"):
            act()
    journeys.save(unit.desk, dataclasses.replace(ride, days="Mon"))
    assert journeys.of_pupil(unit.desk, ash.id)[0].days == "Mon"
    assert (unit.count("disclosure"), unit.count("route")) == (0, 1)


def test_whoever_is_marked_absent_today_is_named_to_whoever_prints(unit: Unit, ash: Pupil) -> None:
    name_cabs(unit)
    assert route_sheet.sheet(unit.desk, one(unit)).remarks == []
    marking.mark(unit.desk, [Mark(pupil_id=ash.id, day=DAY, session=Session.AM, code="I")])
    (remark,) = route_sheet.sheet(unit.desk, one(unit)).remarks
    assert "marked absent today" in remark


def test_a_first_day_that_comes_makes_no_printed_sheet_wrong(unit: Unit, ash: Pupil) -> None:
    name_cabs(unit)
    journeys.add(unit.desk, Journey(pupil_id=ash.id, route="Route 1", start_date=date(2026, 11, 26), days="Thu", receivers="Ruth Ash"))
    made = route_sheet.sheet(unit.desk, one(unit))
    assert "Thu, from 26 Nov 2026" in words_of(made)
    assert made.footer.startswith("Route 1, 24 November 2026. ")
    route_sheet.log_print(unit.desk, made)
    later = Desk(unit.desk.vault, unit.desk.user, FixedClock(datetime(2026, 11, 27, 8, 0, tzinfo=UTC)))
    assert route_sheet.outdated(later, routes.standings(later)[0]) == ""
    unit.protect(ash)
    assert "no longer says what is so" in route_sheet.outdated(unit.as_role(Role.OFFICE), one(unit))


def routes_on(unit: Unit, day: date) -> tuple[str, ...]:
    return marking.view(unit.desk, day, day).rows[0].routes


def test_whoever_has_left_is_carried_by_nobody(unit: Unit, ash: Pupil) -> None:
    name_cabs(unit)
    (stay,) = enrolments.of_pupil(unit.desk.vault, ash.id)
    pupils.save_stay(unit.desk, dataclasses.replace(stay, end_date=date(2026, 11, 20)))
    assert one(unit).pupil_ids == []
    with pytest.raises(WrongUse, match="Nobody is carried on this route"):
        route_sheet.sheet(unit.desk, one(unit))
    pupils.add_stay(unit.desk, dataclasses.replace(stay, id="", start_date=DAY, end_date=None))
    assert one(unit).pupil_ids == [], "what was agreed for the stay before carries nobody"
    assert [routes_on(unit, day) for day in (date(2026, 11, 20), DAY)] == [("ROUTE 1",), ()], "nor in the register"
    with pytest.raises(WrongUse, match="Zoë Ash: the journey was agreed for an earlier stay"):
        route_sheet.sheet(unit.desk, one(unit))
    (ride,) = journeys.of_pupil(unit.desk, ash.id)
    journeys.add(unit.desk, dataclasses.replace(ride, id="", start_date=DAY))
    assert (route_sheet.sheet(unit.desk, one(unit)).left_out, len(one(unit).journeys)) == ([], 1)
    journeys.save(unit.desk, dataclasses.replace(ride, route="Route 2"))
    spoken_of = [(standing.name, len(standing.journeys), len(standing.of_earlier_stays)) for standing in routes.standings(unit.desk)]
    assert spoken_of == [("Route 1", 1, 0), ("Route 2", 0, 1)], "also where nothing of the route is on file"
    with pytest.raises(WrongUse, match="Zoë Ash: the journey was agreed for an earlier stay"):
        routes.remove(unit.desk, routes.standings(unit.desk)[1])


@pytest.mark.parametrize(
    ("stays", "earlier"),
    [
        ([(None, None)], False),
        ([(date(2026, 9, 1), date(2026, 11, 23)), (DAY, None)], False),  # it goes on with another status
        ([(date(2026, 9, 1), date(2026, 11, 20)), (DAY, None)], True),
        ([(date(2025, 9, 1), date(2026, 7, 17)), (date(2026, 11, 3), None)], False),  # agreed before the pupil came back
        ([(date(2026, 11, 3), date(2026, 11, 20)), (date(2026, 11, 23), date(2026, 11, 23)), (DAY, date(2026, 12, 18))], True),
    ],
)
def test_a_journey_is_of_the_stay_for_which_it_was_agreed(stays: list[tuple[date | None, date | None]], earlier: bool) -> None:
    ride = Journey(route="Route 1", start_date=date(2026, 11, 2), days="Mon")
    on_file = [Enrolment(status="C", start_date=start, end_date=end) for start, end in stays]
    assert ride.is_of_earlier_stay(on_file, DAY) is earlier


def test_journeys_are_read_from_a_table_and_are_in_the_copy_and_the_notice(unit: Unit, ash: Pupil) -> None:
    assert any(path.startswith("journey.") for path in notice_editions.said_now(unit.desk).items)
    table = (
        "UPN,Route,Start date,Days,Pick up,Pick up time,Set down time,Who may collect\n"
        f"{ash.upn},Route 2,23/11/2026,Wed,Mum’s,7.40 am,3.30 pm,May go in alone\n{ash.upn},Route 2,23/11/2026,Fri,Gran’s,07:45:00,15:30:00,Gran\n"
    )
    for added in (2, 0):
        outcome = run_import(unit.desk, "journeys", table.encode())
        assert (outcome.added, outcome.problems) == (added, ())
    rows = sorted((ride.route, ride.pick_up_time, ride.days, ride.set_down_time) for ride in journeys.of_pupil(unit.desk, ash.id))
    assert rows == [
        ("ROUTE 1", "08:10", "Mon, Tue am", "15:20"),
        ("Route 2", "07:40", "Wed", "15:30"),
        ("Route 2", "07:45", "Fri", "15:30"),
    ]
    (section,) = [section for section in sheet.everything(unit.desk, ash.id) if section.name == "journeys"]
    assert len(section.entries) == 3
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, records_transport=False))
    with pytest.raises(WrongUse, match="“We record transport here” is switched off"):
        journeys.add(unit.desk, Journey(pupil_id=ash.id, route="1", start_date=DAY, days="Mon"))
    with pytest.raises(WrongUse, match="switched off"):
        run_import(unit.desk, "journeys", table.encode())
