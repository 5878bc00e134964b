"""The page Transport: a route is added and kept, a journey is entered in the record, and the sheet is shown."""

import dataclasses
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.route import Route
from pupil_desk.services.desk import Desk
from pupil_desk.services.transport import journeys, route_sheet, routes
from pupil_desk.services.transport.transport_due import transport_due
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.home.of_deadlines import transport_card
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.places.placements import JourneysPart
from pupil_desk.ui.pages.transport import TransportPage
from tests.ui.pages.made import pupil_called


@pytest.fixture
def page(qtbot: QtBot, context: Context, desk: Desk) -> TransportPage:
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_transport="City Cabs"))
    made = TransportPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.on_show()
    return made


@pytest.mark.parametrize("draft", [{"row": "route-1", "texts": {"operator": "Taxi Tom"}}, {"0": {"row": "", "texts": {}}}])
def test_a_draft_kept_by_an_earlier_version_for_a_page_of_lists_is_put_into_no_other_list(
    page: TransportPage, draft: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert not page.take_kept_draft(draft)
    assert not page.dirty
    assert "Taxi Tom" not in caplog.text


def test_a_route_is_added_a_journey_entered_and_its_sheet_shown(
    page: TransportPage, qtbot: QtBot, context: Context, desk: Desk, answers: Answers
) -> None:
    answers.answers.append("Route 1")
    to_choose = page.routes.none_chosen
    assert to_choose is not None
    assert to_choose.isHidden(), "there is none to choose"
    page.heading.button_of("new").click()
    assert to_choose.isHidden()
    assert page.routes.title.text() == "Route 1"
    page.routes.form.take_draft({"operator": "Taxi Tom"})
    draft = page.draft()
    assert draft is not None
    page.put_back()
    page.take_draft(draft)
    assert page.save()
    assert "does not name Taxi Tom among those who drive pupils" in page.routes.refusal.text()
    page.routes.form.take_draft({"operator": "City Cabs"})
    assert page.save()
    assert page.routes.refusal.isHidden()

    answers.answers.append("ROUTE 1")  # a name that is there
    page.heading.button_of("new").click()
    assert [row.route.operator for row in routes.standings(desk)] == ["City Cabs"]

    theo = pupil_called(desk, "Theo")
    record = PupilsPage(context)
    qtbot.addWidget(record)
    record.resize(1000, 700)
    record.show()
    record.on_show(theo.id)
    record.view.turn_to("transport")
    part = record.view.part
    completer = part.form.fields["route"].editor.field.completer()  # type: ignore[attr-defined]
    assert completer.model().index(0, 0).data() == "Route 1"
    part.add_button.click()  # type: ignore[attr-defined]
    part.form.take_draft({"route": "route 1", "receivers": "Joanna Bramley"})  # type: ignore[attr-defined]
    assert record.save()
    (ride,) = journeys.of_pupil(desk, theo.id)
    assert (ride.days, ride.start_date, ride.receivers) == ("Mon-Fri", desk.today, "Joanna Bramley")

    page.refresh()
    assert [page.routes.table.cell(0, name) for name in ("name", "pupils", "operator")] == ["Route 1", "1", "City Cabs"]
    assert [row.name for row in routes.standings(desk)] == ["Route 1"]
    page.heading.button_of("sheet").click()
    assert page.body.currentWidget() is page.paper
    page.paper.closed.emit()
    assert page.body.currentWidget() is page.routes

    (standing,) = routes.standings(desk)
    route_sheet.log_print(desk, route_sheet.sheet(desk, standing))
    journeys.save(desk, dataclasses.replace(ride, pick_up="The corner"))
    page.on_show()
    assert "no longer says what is so" in page.routes.refusal.text()

    page.heading.button_of("remove").click()  # refused without a question: somebody is carried
    assert [row.name for row in routes.standings(desk)] == ["Route 1"]
    journeys.save(desk, dataclasses.replace(ride, start_date=date(2026, 11, 2), end_date=date(2026, 11, 3)))
    page.refresh()
    answers.answers.append(True)
    page.heading.button_of("remove").click()
    assert "Route 1 goes with who drives and escorts it: City Cabs" in answers.questions[-1].text
    assert (routes.standings(desk), list(page.routes.table.rows)) == ([], [])


def test_home_leads_to_the_route_which_is_renamed_and_whose_driver_is_seen_to(
    page: TransportPage, context: Context, desk: Desk, answers: Answers
) -> None:
    routes.save(desk, Route(name="Route 1", operator="City Cabs", driver="Ned Farrow"))
    theo = pupil_called(desk, "Theo")
    journeys.add(desk, Journey(pupil_id=theo.id, route="Route 1", start_date=date(2026, 9, 2), days="Mon", receivers="Big Dave"))
    (standing,) = routes.standings(desk)
    route_sheet.log_print(desk, route_sheet.sheet(desk, standing))
    went: list[tuple[str, str | None]] = []
    assert not transport_card(transport_due(desk), lambda *where: went.append(where)).lines
    page.on_show()
    assert page.routes.form.isHidden(), "the first route is nobody's choice"
    assert page.routes.title.text() == ""
    assert [page.heading.button_of(name).isEnabled() for name in ("sheet", "rename", "remove")] == [False] * 3
    page.on_show(standing.id)
    assert page.heading.button_of("staff").isEnabled()
    answers.answers.append("North")
    page.heading.button_of("rename").click()
    assert (answers.questions[-1].title, page.routes.title.text()) == ("Another name for Route 1", "North")
    assert [ride.route for ride in journeys.of_pupil(desk, theo.id)] == ["North"]
    (line,) = transport_card(transport_due(desk), lambda *where: went.append(where)).lines
    assert line.words == "Transport sheet of North, printed on 24 Nov 2026: it no longer says what is so"
    line.go()
    assert went == [("transport", "north")]
    page.on_show("north")
    page.heading.button_of("staff").click()
    assert "driver and escort are right" in context.banner.words


def test_a_receiver_is_chosen_from_the_contacts_and_one_who_is_none_is_warned_of(qtbot: QtBot, context: Context, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    record = PupilsPage(context)
    qtbot.addWidget(record)
    record.resize(1000, 700)
    record.show()
    record.on_show(theo.id)
    record.view.turn_to("transport")
    part = record.view.part
    assert isinstance(part, JourneysPart)
    assert not part.receiver_button.isEnabled()
    part.add_button.click()
    assert part.receiver_button.isEnabled()
    part.form.take_draft({"route": "North", "receivers": "Big Dave"})
    names = [act.text() for act in part.receiver_button.menu().actions()]
    assert names
    for act in part.receiver_button.menu().actions()[:1] * 2:
        act.trigger()
    assert record.save()
    assert [ride.receivers for ride in journeys.of_pupil(desk, theo.id)] == [f"Big Dave\n{names[0]}"]
    assert [problem.message for problem in part.form.problems()] == [
        "“Big Dave” is nobody of the contacts. Choose whoever is meant from the contacts, or write name and relation, such as “Jean Holt, neighbour”."
    ]
