"""One pupil's consents: found, recorded in a few keys, told in words, and taken back."""

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.consents import occasions, standings, timeline
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.consents import ConsentsPage
from tests.services.consents.saying import record_said
from tests.ui.pages.consents.one_pupil import find, opened
from tests.ui.pages.made import as_role, pupil_called


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ConsentsPage:
    return opened(qtbot, context)


def press(qtbot: QtBot, page: ConsentsPage, *keys: str | Qt.Key) -> None:
    """Type into whatever has the focus."""
    for key in keys:
        focused = page.window().focusWidget()
        assert focused is not None
        qtbot.keyClicks(focused, key) if isinstance(key, str) else qtbot.keyClick(focused, key)


def cells(page: ConsentsPage, key: str = "standing") -> dict[str, str]:
    table = page.pupil_view.table
    return {table.cell(place, "title"): table.cell(place, key) for place in range(len(table.rows))}


def test_on_arrival_the_cursor_is_in_the_find_box_and_those_on_roll_are_listed(page: ConsentsPage) -> None:
    assert page.pupil_view.find_box.hasFocus()
    found = page.pupil_view.matches_table
    assert [found.cell(place, "name") for place in range(len(found.rows))] == [
        "Ashdown, Mimi",
        "Bramley, Theo",
        "Chandra, Priya",
        "Dale, Owen",
        "Élan, Zofia",
    ]
    assert (
        found.cell(1, "unasked") == "11"
    )  # five uses of photographs and the one on the record, two of transport, trips, biometrics and computers


def test_of_several_found_enter_opens_the_one_that_an_arrow_came_to(qtbot: QtBot, page: ConsentsPage) -> None:
    view = page.pupil_view
    assert len(view.matches_table.rows) == 5
    qtbot.keyClick(view.find_box, Qt.Key.Key_Return)
    assert (view.record, view.matches_table.current()) == (None, None), "nobody was chosen"
    view.find_box.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(view.find_box, key)
    assert view.record is not None
    assert view.record.pupil.surname == "Ashdown"


def test_a_box_that_is_emptied_as_a_pupil_opens_has_no_cross(qtbot: QtBot, page: ConsentsPage) -> None:
    view = page.pupil_view
    (cross,) = view.find_box.findChildren(QToolButton)
    view.find_box.setText("ashd")
    qtbot.waitUntil(cross.isVisible)
    qtbot.keyClick(view.find_box, Qt.Key.Key_Return)
    assert (view.record is not None, view.find_box.text()) == (True, "")
    qtbot.waitUntil(lambda: not cross.isVisible())


def test_what_a_parent_said_is_recorded_in_four_keys(qtbot: QtBot, page: ConsentsPage, desk: Desk, context: Context) -> None:
    find(qtbot, page, "bram")
    assert page.pupil_view.table.hasFocus()
    press(qtbot, page, Qt.Key.Key_Down, "y")
    assert (
        page.pupil_view.panel.effect.text()
        == "It then stands: Yes. Ms Joanna Bramley said yes on 24 November 2026. It holds until 31 July 2027."
    )
    press(qtbot, page, Qt.Key.Key_Return, Qt.Key.Key_Return)
    (event,) = timeline.timeline(desk, pupil_called(desk, "Theo").id).events
    assert (event.asked_about, event.what, event.giver, event.channel, event.on) == (
        "Photographs and videos: on our website",
        "given",
        "Ms Joanna Bramley",
        "form",
        desk.today,
    )
    assert cells(page)["On our website (Photographs and videos)"] == "Yes"
    assert cells(page, "until")["On our website (Photographs and videos)"] == "31 Jul 2027"
    assert cells(page)["On displays inside the unit (Photographs and videos)"] == "Not asked"
    assert context.banner.words.startswith("Recorded. It then stands: Yes.")
    assert page.pupil_view.table.hasFocus()


def test_what_was_recorded_is_undone_at_the_foot_and_said_of_that_pupil_alone(
    qtbot: QtBot, page: ConsentsPage, desk: Desk, context: Context
) -> None:
    context.banner.turn_to(page.name)
    find(qtbot, page, "bram")
    table = page.pupil_view.table
    table.select("trips||")
    press(qtbot, page, "y")
    assert page.save()
    assert context.banner.words.startswith("Recorded. It then stands: Yes.")
    theo = pupil_called(desk, "Theo")
    QApplication.processEvents()  # the act is over
    page.pupil_view.open(pupil_called(desk, "Mia").id)
    assert context.banner.words == ""
    page.pupil_view.open(theo.id)
    page.tabs.setCurrentWidget(page.many)
    assert context.banner.words == ""
    page.tabs.setCurrentWidget(page.pupil_view)
    message = context.banner.message
    assert message is not None
    assert message.undoes
    assert message.act is not None
    message.act[1]()
    assert context.banner.words == "Undone. The entries stay readable, and count for nothing."
    assert page.pupil_view.table.rows
    assert not [row for row in page.pupil_view.table.rows if row.verdict.in_force]


def test_who_of_two_parents_said_it_is_never_taken_as_read(qtbot: QtBot, page: ConsentsPage, desk: Desk) -> None:
    """It stays as it was chosen while the same pupil is in view."""
    qtbot.keyClicks(page.pupil_view.find_box, "bram")
    qtbot.keyClick(page.pupil_view.find_box, Qt.Key.Key_Return)
    panel, table = page.pupil_view.panel, page.pupil_view.table
    table.select("trips||")
    assert panel.giver.currentText() == "Choose one"
    panel.answer.set_key("given")
    assert not page.save()
    assert [line.words for line in panel.form.summary.lines] == ["Choose who said it, or was asked."]
    assert timeline.timeline(desk, pupil_called(desk, "Theo").id).events == []
    panel.giver.setCurrentText("Alan Bramley")
    assert page.save()
    assert {one.giver for one in timeline.timeline(desk, pupil_called(desk, "Theo").id).events} == {"Alan Bramley"}
    table.select("biometrics||")
    assert panel.giver.currentText() == "Alan Bramley"
    page.pupil_view.open(pupil_called(desk, "Mia").id)
    assert panel.giver.currentText() != "Alan Bramley"


def test_all_uses_at_once(qtbot: QtBot, page: ConsentsPage, desk: Desk) -> None:
    find(qtbot, page, "bram")
    page.pupil_view.all_button.click()
    assert page.pupil_view.panel.subject_label.text() == "5 consents chosen: what you record is said of each"
    press(qtbot, page, "n")
    assert page.save()
    assert [words for title, words in cells(page).items() if "Photographs" in title] == ["No"] * 5
    assert {one.what for one in timeline.timeline(desk, pupil_called(desk, "Theo").id).events} == {"refused"}


def test_the_father_is_chosen_and_a_contradiction_is_said(qtbot: QtBot, page: ConsentsPage, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    record = standings.of_pupil(desk, theo.id)[0]
    mother = record.verdict.missing[0]
    record_said(desk, [ConsentEntry(pupil_id=theo.id, consent_type="trips", step="given", giver=mother, day=desk.today, channel="form")])
    find(qtbot, page, "bram")
    page.pupil_view.table.select("trips||")
    page.pupil_view.panel.giver.setCurrentText("Alan Bramley")
    assert page.pupil_view.panel.giver.currentText() == "Alan Bramley"
    page.pupil_view.panel.answer.set_key("refused")
    assert page.save()
    assert cells(page)["Trips in general"] == "No; parents differ"
    page.pupil_view.table.select("trips||")
    assert "Another parent said yes. The no holds until they settle it." in page.pupil_view.reason.text()


def test_what_cannot_be_recorded_is_said_before_and_on_saving(qtbot: QtBot, page: ConsentsPage) -> None:
    find(qtbot, page, "bram")
    page.pupil_view.panel.answer.set_key("withdrawn")
    assert page.pupil_view.panel.effect.text() == "There is no yes of theirs to take back. Record a no instead."
    assert not page.save()
    assert [line.words for line in page.pupil_view.panel.form.summary.lines] == [
        "There is no yes of theirs to take back. Record a no instead."
    ]


def test_the_office_records_from_a_form_alone_and_is_told_who_may(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, Role.OFFICE)))
    find(qtbot, page, "bram")
    panel = page.pupil_view.panel
    panel.form.take_draft({"channel": "phone"})
    panel.answer.set_key("refused")
    assert not page.save()
    assert "Ask: assistant head and data officer." in panel.form.summary.lines[0].words
    panel.form.take_draft({"channel": "form"})
    assert page.save()


def test_an_entry_by_mistake_is_taken_back_and_stays_to_be_read(qtbot: QtBot, page: ConsentsPage, desk: Desk, answers: Answers) -> None:
    find(qtbot, page, "bram")
    press(qtbot, page, "y")
    assert page.save()
    answers.answers.append("Wrong pupil")
    page.pupil_view.mistake_button.click()
    assert cells(page)["On displays inside the unit (Photographs and videos)"] == "Not asked"
    (told,) = page.pupil_view.timeline.texts()
    assert "Said yes: Photographs and videos: on displays inside the unit" in told
    assert "counts for nothing: Wrong pupil" in told


def test_leaving_with_something_said_asks_once_and_a_draft_brings_it_back(
    qtbot: QtBot, page: ConsentsPage, desk: Desk, answers: Answers
) -> None:
    find(qtbot, page, "bram")
    press(qtbot, page, Qt.Key.Key_Down, "n")
    page.pupil_view.panel.form.take_draft({"note": "In file 3"})
    draft = page.draft()
    assert draft is not None
    answers.answers.append("stay")
    page.tabs.setCurrentWidget(page.types)
    assert page.tabs.currentWidget() is page.pupil_view
    page.discard()
    assert not page.dirty
    page.take_draft(draft)
    assert page.dirty
    assert [row.title for row in page.pupil_view.selected_rows()] == ["Photographs and videos: on our website"]
    assert page.save()
    assert timeline.timeline(desk, pupil_called(desk, "Theo").id).events[0].note == "In file 3"


def test_esc_puts_back_and_can_be_undone(qtbot: QtBot, page: ConsentsPage, context: Context) -> None:
    find(qtbot, page, "bram")
    press(qtbot, page, "n", Qt.Key.Key_Escape)
    assert not page.dirty
    context.banner._button.click()
    assert page.pupil_view.panel.answer.key == "refused"


def test_the_forms_of_what_is_chosen_are_printed_and_it_is_kept_that_they_were_asked(qtbot: QtBot, page: ConsentsPage, desk: Desk) -> None:
    find(qtbot, page, "bram")
    page.paper.send = lambda *_args, **_more: True  # type: ignore[method-assign, assignment]
    page.print_()
    assert page.body.currentWidget() is page.paper
    assert page.paper.title.text() == "2 forms for 1 pupil"
    assert not timeline.timeline(desk, pupil_called(desk, "Theo").id).events  # seen is not asked
    page.print_()
    events = timeline.timeline(desk, pupil_called(desk, "Theo").id).events
    assert {(one.what, one.giver, one.asked_about) for one in events} == {
        ("asked", "Ms Joanna Bramley", "Photographs and videos"),
        ("asked", "Alan Bramley", "Photographs and videos"),
    }
    page.paper.closed.emit()
    assert cells(page)["On our website (Photographs and videos)"] == "Asked, no reply"


def test_the_record_and_other_pages_lead_here_and_back(
    qtbot: QtBot, page: ConsentsPage, desk: Desk, went: list[tuple[str, str | None]]
) -> None:
    theo = pupil_called(desk, "Theo")
    page.on_show(theo.id)
    assert page.pupil_view.head.title.text() == "Theo Bramley"
    page.lead()
    assert went == [("pupils", theo.id)]


def test_a_trip_is_opened_by_its_key(qtbot: QtBot, context: Context, desk: Desk) -> None:
    trip = occasions.add(desk, Occasion(consent_type="trip", name="Climbing", start=date(2026, 12, 3)), [pupil_called(desk, "Theo").id])[1]
    page = opened(qtbot, context)
    page.on_show(f"trip/{trip}")
    assert page.tabs.currentWidget() is page.many
    assert page.many.subject.currentText() == "Climbing, 3 December 2026"


def test_the_record_has_a_part_that_leads_here(qtbot: QtBot, context: Context, desk: Desk, went: list[tuple[str, str | None]]) -> None:
    from pupil_desk.ui.pages.pupils import PupilsPage

    theo = pupil_called(desk, "Theo")
    record_said(desk, [ConsentEntry(pupil_id=theo.id, consent_type="trips", step="refused", giver=PUPIL, day=desk.today, channel="phone")])
    pupils_page = PupilsPage(context)
    qtbot.addWidget(pupils_page)
    pupils_page.on_show(theo.id)
    pupils_page.view.turn_to("consents")
    part = pupils_page.view.part
    told = {part.table.cell(place, "title"): part.table.cell(place, "standing") for place in range(len(part.table.rows))}  # type: ignore[attr-defined]
    assert told["Trips in general"] == "Not asked"  # at 13 a parent decides
    part.open_button.click()  # type: ignore[attr-defined]
    assert went[-1] == ("consents", theo.id)
    pupils_page.view.turn_to("history")
    assert any("Trips in general: said no" in text for text in pupils_page.view.part.timeline.texts())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("steps", "reason", "follows"),
    [
        (["given", "withdrawn"], "took the yes back", True),
        (["given", "refused"], "said no", True),  # on a form that came back: what the form promised is to be done all the same
        (["refused"], "said no", False),
    ],
)
def test_after_a_no_it_is_said_what_the_pupil_gets_instead_and_what_follows(
    qtbot: QtBot, page: ConsentsPage, desk: Desk, steps: list[str], reason: str, follows: bool
) -> None:
    theo = pupil_called(desk, "Theo")
    mother = standings.of_pupil(desk, theo.id)[0].verdict.missing[0]
    for step in steps:
        record_said(
            desk, [ConsentEntry(pupil_id=theo.id, consent_type="biometrics", step=step, giver=mother, day=desk.today, channel="form")]
        )
    find(qtbot, page, "bram")
    page.pupil_view.table.select("biometrics||")
    first, instead, *then = page.pupil_view.reason.text().split("\n")
    assert first == f"Ms Joanna Bramley {reason} on 24 November 2026."
    assert instead.endswith("gets a card or a number, and everything that a fingerprint would give. Nobody is worse off.")
    assert ["destroy the print" in words for words in then] == [True] * follows


def test_a_protection_is_seen_beside_the_name(qtbot: QtBot, page: ConsentsPage) -> None:
    find(qtbot, page, "chandra")
    assert {badge.words for badge in page.pupil_view.head.badges} == {"Address withheld", "Order or restriction: Mr Vikram Chandra"}
    find(qtbot, page, "bram")
    assert page.pupil_view.head.badges == []


def test_every_part_has_a_name(page: ConsentsPage, qtbot: QtBot, nameless: Callable[[QWidget], list[str]]) -> None:
    find(qtbot, page, "bram")
    assert nameless(page) == []
    page.tabs.setCurrentIndex(1)
    assert nameless(page) == []
    page.tabs.setCurrentIndex(2)
    assert nameless(page) == []
    page.plan()
    assert nameless(page) == []


def test_a_day_ahead_is_refused_beside_the_day(qtbot: QtBot, page: ConsentsPage) -> None:
    find(qtbot, page, "bram")
    press(qtbot, page, "y")
    page.pupil_view.panel.form.take_draft({"on": "1/12/2026"})
    assert not page.save()
    assert page.pupil_view.panel.form.fields["on"].problem.text() == "The day lies in the future. Enter the day it was said or signed."
    assert date(2026, 12, 1) > page.context.desk.today
