"""*Move house* on the record: who goes is ticked and named, before and after are seen, and one act does it."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.route import Route
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.transport import journeys, route_sheet, routes
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.keys import tab_stops
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.details import DetailsPart
from pupil_desk.ui.pages.pupils.record.moving import MoveHouse
from tests.ui.pages.made import pupil_called

NEW = {"address_1": "12 New Road", "town": "Larkfield", "postcode": "AL28 3QN"}


@pytest.fixture
def moving(page: PupilsPage, context: Context) -> MoveHouse:
    page.on_show(pupil_called(context.desk, "Theo").id)
    page.view.edit()
    part = page.view.part
    assert isinstance(part, DetailsPart)
    part.move_button.click()
    return part.moving


def test_it_stands_in_the_place_of_the_form_and_says_before_and_after(page: PupilsPage, moving: MoveHouse) -> None:
    assert moving.isVisible()
    assert not page.view.saving_bar.isVisible()
    assert moving.ticks[0].text().startswith("Theo Bramley")
    assert moving.along.text().startswith("Ms Joanna Bramley: lives with the pupil")
    assert moving.before.text() == "Before: 4 Larch Way, Larkfield, AL28 2QN"
    assert moving.after.text() == "After: not typed yet"
    assert moving.form.fields["address_1"].label.text() == "Address line 1 (required)"
    moving.form.take_draft(NEW)
    assert moving.after.text() == "After: 12 New Road, Larkfield, AL28 3QN"


def test_its_fields_are_made_when_it_is_gone_to_and_stand_before_the_buttons_of_the_record(page: PupilsPage, context: Context) -> None:
    page.on_show(pupil_called(context.desk, "Theo").id)
    page.view.edit()
    part = page.view.part
    assert isinstance(part, DetailsPart)
    assert part.findChildren(MoveHouse) == [], "few who look at the details move house"
    part.move_button.click()
    stops = tab_stops(page.view)
    places = [stops.index(each) for each in (part.moving.informant_box, part.moving.move_button, page.view.save_button)]
    assert places == sorted(places)


def test_it_is_done_for_those_who_are_ticked_and_undo_is_offered(page: PupilsPage, moving: MoveHouse, context: Context) -> None:
    moving.form.take_draft(NEW)
    moving.day.set_text("20 11 2026")
    moving.move_button.click()
    assert moving.isHidden()
    assert page.view.saving_bar.isVisible()
    theo = pupils.record(context.desk, pupil_called(context.desk, "Theo").id).pupil
    assert theo.address_lines == ("12 New Road", "Larkfield", "AL28 3QN")
    assert page.view.part.form.fields["address_1"].editor.typed_text() == "12 New Road"  # type: ignore[attr-defined]
    assert context.banner.words == "1 record changed to the new address."
    context.banner.undo()
    assert context.banner.words.startswith("Undone: ")
    theo = pupils.record(context.desk, theo.id).pupil
    assert theo.address_lines == ("4 Larch Way", "Larkfield", "AL28 2QN")


def test_whoever_drives_has_a_sheet_with_the_address_before_which_is_the_next_step(
    page: PupilsPage, moving: MoveHouse, context: Context, went: list[tuple[str, str | None]]
) -> None:
    desk, theo = context.desk, pupil_called(context.desk, "Theo")
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_transport="city cabs"))
    journeys.add(desk, Journey(pupil_id=theo.id, route="Route 9", start_date=desk.today, days="Mon-Fri", receivers="may go in alone"))
    routes.save(desk, Route(name="Route 9", operator="City Cabs"))
    (route,) = [each for each in routes.standings(desk) if each.name == "Route 9"]
    route_sheet.log_print(desk, route_sheet.sheet(desk, route))
    step = page.view.part.next_act  # type: ignore[attr-defined]
    assert not step.isVisible()
    moving.form.take_draft(NEW)
    moving.day.set_text("20 11 2026")
    moving.move_button.click()
    assert step.isVisible()
    assert step.words.text().startswith("Next: Route 9: The sheet printed on ")
    step.buttons[0].click()
    assert went == [("transport", route.id)]
    context.news.changed.connect(page.on_change)
    context.banner.undo()
    assert not step.isVisible(), "what was undone calls for nothing"


def test_without_a_day_it_asks_for_it_in_sight_and_moves_nobody(
    qtbot: QtBot, page: PupilsPage, moving: MoveHouse, context: Context
) -> None:
    assert not page.save()
    assert moving.form.summary.lines[0].words == "Enter the first line of the new address."
    assert moving.form.summary.hasFocus(), "with nothing typed Ctrl+S says what is missing too"
    moving.form.take_draft(NEW)
    moving.move_button.click()
    assert [line.words for line in moving.form.summary.lines] == ["Enter the day from which the new address holds, like 27/3/2027."]
    assert not moving.form.summary.visibleRegion().isEmpty(), "it is in sight beside the button"
    qtbot.keyClick(moving.form.summary, Qt.Key.Key_Return)
    assert moving.day.line.hasFocus()
    assert pupil_called(context.desk, "Theo").address_1 == "4 Larch Way"


def test_all_that_is_wrong_is_told_at_once_and_a_missing_postcode_is_asked_about(
    moving: MoveHouse, context: Context, answers: Answers
) -> None:
    moving.form.take_draft({"address_2": "Larkminster", "town": "Larkfield", "postcode": "nowhere"})
    moving.day.set_text("1 1 2030")
    moving.move_button.click()
    told = [line.words for line in moving.form.summary.lines]
    assert len(told) == 3
    assert "Enter the first line of the new address." in " ".join(told)
    assert "This day is still to come. Enter the move once it has been made." in " ".join(told)
    moving.form.take_draft(NEW | {"postcode": ""})
    moving.day.set_text("20 11 2026")
    answers.answers += [False, True]
    moving.move_button.click()
    assert answers.questions[-1].title == "Move without a postcode?"
    assert pupil_called(context.desk, "Theo").address_1 == "4 Larch Way"
    moving.move_button.click()
    assert pupil_called(context.desk, "Theo").address_1 == "12 New Road"


def test_what_is_typed_comes_back_after_a_lock(qtbot: QtBot, page: PupilsPage, moving: MoveHouse, context: Context) -> None:
    moving.form.take_draft(NEW)
    moving.day.set_text("20 11 2026")
    draft = page.draft()
    assert draft is not None
    later = PupilsPage(context)
    qtbot.addWidget(later)
    later.on_show()
    later.take_draft(draft)
    part = later.view.part
    assert isinstance(part, DetailsPart)
    assert part.moving.after.text() == "After: 12 New Road, Larkfield, AL28 3QN"
    assert later.draft() == draft


def test_a_day_that_no_calendar_has_is_said_as_anywhere(qtbot: QtBot, moving: MoveHouse) -> None:
    moving.form.take_draft(NEW)
    qtbot.keyClicks(moving.day.line, "31/2")
    assert (moving.day.reading_label.text(), moving.day.reading_label.property("look")) == ("February has 28 or 29 days.", "problem")
    moving.move_button.click()
    assert [line.words for line in moving.form.summary.lines] == ["The day of the move: February has 28 or 29 days."]
    moving.day.line.clear()
    qtbot.keyClicks(moving.day.line, "28/2/2027")
    qtbot.waitUntil(moving.form.summary.isHidden)


def test_leaving_it_half_typed_asks(page: PupilsPage, moving: MoveHouse) -> None:
    assert not page.dirty
    moving.form.take_draft(NEW)
    assert page.dirty
    page.view.put_back()
    assert not page.dirty
    assert moving.after.text() == "After: not typed yet"


@pytest.mark.parametrize("way", ["back", "F2"])
@pytest.mark.parametrize("answer", ["stay", "discard"])
def test_nothing_typed_is_lost_on_the_way_back(
    page: PupilsPage, moving: MoveHouse, context: Context, answers: Answers, way: str, answer: str
) -> None:
    moving.day.set_text("20 11 2026")
    answers.answers.append(answer)
    if way == "back":
        moving.back_button.click()
    else:
        page.view.edit()
    assert [question.title for question in answers.questions] == ["Save your changes?"]
    assert moving.isHidden() is (answer == "discard")
    assert moving.day.text() == ("20 11 2026" if answer == "stay" else "")
    page.discard()


def test_same_address_as_the_pupil_copies_and_is_saved_like_anything_typed(qtbot: QtBot, page: PupilsPage, context: Context) -> None:
    theo = pupil_called(context.desk, "Theo")
    page.on_show(theo.id)
    page.view.turn_to("contacts")
    part = page.view.part
    part.same_button.click()  # type: ignore[attr-defined]
    assert page.dirty
    assert page.save()
    mother = contacts.store.of_pupil(context.desk.vault, theo.id)[0]
    assert mother.address_lines == ("4 Larch Way", "Larkfield", "AL28 2QN")


def test_an_address_that_is_withheld_is_not_copied_to_who_lives_elsewhere(page: PupilsPage, context: Context) -> None:
    page.on_show(pupil_called(context.desk, "Priya").id)
    page.view.turn_to("contacts")
    part = page.view.part
    assert part.same_button.isEnabled()  # type: ignore[attr-defined]
    part.table.selectRow(1)  # type: ignore[attr-defined]
    assert not part.same_button.isEnabled()  # type: ignore[attr-defined]
    assert part.same_button.toolTip() == "The pupil’s address must be kept from this contact."  # type: ignore[attr-defined]
    part.add_button.click()  # type: ignore[attr-defined]
    assert not part.same_button.isEnabled()  # type: ignore[attr-defined]
    part.form.fields["lives_with"].editor._answers["yes"].click()  # type: ignore[attr-defined]
    assert part.same_button.isEnabled(), "who is said to live there knows the address"  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [1100, 640])
def test_the_telephone_is_the_last_column_to_go(page: PupilsPage, context: Context, width: int) -> None:
    page.on_show(pupil_called(context.desk, "Theo").id)
    page.view.turn_to("contacts")
    page.resize(width, 700)
    table = page.view.part.table  # type: ignore[attr-defined]
    keys = [column.key for column in table.model_.columns]
    assert not table.isColumnHidden(keys.index("phone"))
