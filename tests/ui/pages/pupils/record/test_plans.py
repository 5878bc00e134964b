"""Plans on the pupil's record: the form asks for the parts of a kind, a plan is kept, undone, kept in a further version, and its steps recorded."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.plans.kinds import plan_kind
from pupil_desk.services.care import health
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans import plans_due, recording
from pupil_desk.ui.kit.context import Context, Place, place_of
from pupil_desk.ui.kit.keys import tab_stops
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.home.of_deadlines import plans_card
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.plans import PlansPart
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.test_parts import open_page


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> PupilsPage:
    return open_page(qtbot, context, "Theo", "plans")


def _part(page: PupilsPage) -> PlansPart:
    part = page.view.part
    assert isinstance(part, PlansPart)
    return part


def _added(page: PupilsPage, kind: str, **typed: str) -> PlansPart:
    part = _part(page)
    part.plans.add_button.click()
    part.plans.form.take_draft({"kind": kind, "made_on": "07/09/2026", **typed})
    assert page.save()
    return part


def _title_of(kind: str) -> str:
    return codelist("plan_kind").label_of(kind)


def _shown(part: PlansPart) -> list[str]:
    return [field.label.text() for field in part.plans.form.fields.values() if not field.isHidden()]


def test_the_form_asks_for_what_a_plan_of_the_kind_has(page: PupilsPage, qtbot: QtBot) -> None:
    part = _part(page)
    part.plans.add_button.click()
    assert _shown(part)[0] == "Kind of plan (required)"
    assert "What matters to me" not in _shown(part)
    part.plans.form.take_draft({"kind": "profile"})
    qtbot.waitUntil(lambda: "What matters to me" in _shown(part))
    assert _shown(part)[-4:] == ["What matters to me", "What people like about me", "How to help me", "What does not help"]
    part.plans.form.take_draft({"kind": "ehc"})
    qtbot.waitUntil(lambda: "B. Special educational needs" in _shown(part))
    assert {"Next move", "Moves on"} <= set(_shown(part))
    assert "What matters to me" not in _shown(part)


def test_the_parts_stand_in_the_order_of_the_paper_for_tab_too_and_leave_no_hole(page: PupilsPage, qtbot: QtBot) -> None:
    page.resize(1182, 700)
    part = _part(page)
    part.plans.add_button.click()
    part.plans.form.take_draft({"kind": "behaviour"})
    kind = plan_kind("behaviour")
    assert kind is not None
    labels = [one.label for one in kind.parts]
    qtbot.waitUntil(lambda: labels[0] in _shown(part))
    fields = part.plans.form.fields
    made_on, lead, parts = fields["made_on"], fields["lead"], [fields[one.item] for one in kind.parts]
    qtbot.waitUntil(lambda: [field.y() for field in parts] == sorted(field.y() for field in parts))
    assert [field.label.text() for field in parts] == labels
    assert made_on.y() == lead.y() > fields["kind"].y(), "a field that is not asked for leaves no hole"
    assert fields["kind"].editor.field.width() >= fields["kind"].fontMetrics().horizontalAdvance(_title_of("behaviour"))
    parts[0].editor.field.setFocus()
    for field in parts[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert field.isAncestorOf(QApplication.focusWidget())


def test_a_new_one_is_not_saved_and_a_review_that_is_past_is_late(page: PupilsPage, desk: Desk) -> None:
    part = _added(page, "reintegration", views="Wants to go back")
    assert part.plans.state.text().startswith("Its review is late: it was due by 7 October 2026.")
    assert part.plans.table.cell(0, "due") == "7 Oct 2026, late"
    assert page.view.state.text().startswith("Saved")
    part.plans.step_button.click()
    assert page.view.state.text() == "Not saved yet"


def test_a_day_that_was_set_sooner_than_the_law_is_late_in_list_and_words(page: PupilsPage) -> None:
    part = _added(page, "ehc", review_by="07/10/2026")
    assert part.plans.table.cell(0, "due") == "7 Oct 2026, late"
    assert part.plans.state.text().startswith("Its review is late: it was due by 7 October 2026. The review is to be complete")


def test_nobody_here_reviews_the_plan_of_who_has_left(qtbot: QtBot, context: Context) -> None:
    part = _added(open_page(qtbot, context, "Gwen", "plans"), "reintegration", made_on="01/06/2026", views="Wants to go back")
    assert part.plans.table.cell(0, "due") == ""
    assert part.plans.state.text().startswith("The pupil has left, so no review is due here.")


def test_what_esc_put_back_is_brought_back(page: PupilsPage, context: Context, qtbot: QtBot) -> None:
    part = _part(page)
    part.plans.add_button.click()
    part.plans.form.take_draft({"kind": "risk", "needs": "Runs to the road"})
    page.view.put_back()
    assert not part.adding
    context.banner.undo()
    assert part.adding
    assert {name: part.plans.form.fields[name].editor.typed_text() for name in ("kind", "needs")} == {
        "kind": "risk",
        "needs": "Runs to the road",
    }


def test_a_plan_is_kept_undone_and_struck_out(page: PupilsPage, context: Context, desk: Desk, answers: Answers) -> None:
    part = _added(page, "risk", needs="Runs to the road")
    assert [part.plans.table.cell(0, name) for name in ("kind", "day", "due")] == ["Risk assessment", "7 Sep 2026", "7 Mar 2027"]
    assert part.plans.state.text() == "Next review by 7 March 2027. Nobody’s agreement to this version is recorded."
    assert context.banner.words == "Kept: risk assessment."
    assert context.banner.message is not None
    assert context.banner.message.act is not None
    context.banner.message.act[1]()
    assert part.plans.table.cell(0, "due") == "Struck out"
    assert part.plans.table.hasFocus(), "one is where it was undone"
    assert part.plans.current_row is not None
    part = _added(page, "risk", needs="Runs to the river")
    answers.answers += ["Another pupil"] * 2
    part.plans.strike_button.setFocus()
    part.plans.strike_button.click()
    assert context.banner.words == "Struck out: risk assessment."
    assert part.plans.table.hasFocus(), "and not what is grey by then"
    context.banner.undo()
    assert part.plans.current_row is not None
    assert (part.plans.current_row.struck, part.plans.current_row.needs) == (None, "Runs to the river")
    part.plans.strike_button.click()
    assert {part.plans.table.cell(row, "due") for row in (0, 1)} == {"Struck out"}
    assert [case.now.struck for case in recording.of_pupil(desk, pupil_called(desk, "Theo").id)].count("Another pupil") == 1


def test_put_back_from_a_new_plan_leads_back_to_the_one_that_was_shown(page: PupilsPage, answers: Answers) -> None:
    plans = _added(page, "profile").plans
    shown, marked = plans.current_row, [row.id for row in plans.table.selected()]
    assert marked
    plans.add_button.click()
    plans.form.take_draft({"kind": "ehc"})
    plans.put_back()
    assert (plans.current_row, [row.id for row in plans.table.selected()], answers.questions) == (shown, marked, [])
    plans.table.choose_none()
    plans.add_button.click()
    plans.put_back()
    assert plans.current_row is None, "nor one that was not shown"


def test_who_throws_away_what_is_typed_on_the_way_to_a_line_comes_to_that_line(page: PupilsPage, qtbot: QtBot, answers: Answers) -> None:
    _added(page, "profile")
    plans = _added(page, "risk").plans
    first, second = (row.id for row in plans.table.rows)
    plans.table.select(first)
    plans.add_button.click()
    plans.form.take_draft({"kind": "ehc"})
    answers.answers += ["discard"]
    qtbot.mouseClick(plans.table.viewport(), Qt.MouseButton.LeftButton, pos=plans.table.visualRect(plans.table.model_.index(1, 0)).center())
    assert [question.kind for question in answers.questions] == ["choose"]
    assert plans.current_row is not None
    assert (plans.current_row.id, [row.id for row in plans.table.selected()]) == (second, [second])


def test_a_step_is_recorded_of_the_plan_chosen_and_taken_back(page: PupilsPage, desk: Desk, answers: Answers) -> None:
    part = _added(page, "ehc", needs="Reading")
    assert part.plans.table.cell(0, "due") == "6 Sep 2027"
    part.plans.step_button.click()
    steps = part.steps
    assert part.current is steps
    assert steps.plan_box.currentText() == "Education, health and care plan, 7 Sep 2026"
    stops = tab_stops(steps)
    places = [stops.index(each) for each in (steps.add_button, steps.plan_box, steps.form.fields["kind"].editor.field)]
    assert places == sorted(places), "Tab goes down the page"
    steps.form.take_draft({"kind": "decision", "on": "today"})
    assert not page.save(), "what was decided is asked for"
    steps.form.take_draft({"outcome": "keep"})
    assert page.save()
    assert [steps.table.cell(0, name) for name in ("what", "plan")] == ["Authority’s decision received: Kept as it is", "EHC plan"]
    answers.answers.append("Another pupil")
    steps.back_button.click()
    assert steps.table.rows == []
    assert recording.of_pupil(desk, pupil_called(desk, "Theo").id)[0].steps == ()


def test_a_step_that_was_typed_and_kept_leaves_the_cursor_in_the_list_of_steps(page: PupilsPage, qtbot: QtBot) -> None:
    """Its form goes, as no step is edited: Qt would stand in the list of the record's parts, where a letter turns to another."""
    part = _added(page, "ehc", needs="Reading")
    part.plans.step_button.click()
    part.steps.form.take_draft({"kind": "meeting", "on": "20/01/2027"})
    part.steps.form.focus("on")
    assert page.view.part.isAncestorOf(QApplication.focusWidget())
    assert page.save()
    assert QApplication.focusWidget() is part.steps.table
    assert part.steps.table.cell(part.steps.table.currentIndex().row(), "on") == "20 Jan 2027"


def test_a_decision_that_is_entered_late_is_said_beside_its_day(page: PupilsPage, desk: Desk) -> None:
    part = _added(page, "ehc", needs="Reading", made_on="10/12/2024")
    part.plans.step_button.click()
    part.steps.form.take_draft({"kind": "decision", "on": "today", "outcome": "keep"})
    assert page.save()
    ((step,),) = [case.steps for case in recording.of_pupil(desk, pupil_called(desk, "Theo").id)]
    assert step.on == desk.today
    assert "The authority’s decision was due by 9 December 2025" in part.steps.form.fields["on"].problem.text()


def test_home_names_no_kind_and_leads_to_the_plan(page: PupilsPage, desk: Desk) -> None:
    _added(page, "reintegration", views="Wants to go back")
    went: list[tuple[str, ...]] = []
    (line,) = plans_card(plans_due.open_plans(desk), lambda *where: went.append(where)).lines
    theo = pupil_called(desk, "Theo")
    assert line.words == f"{theo.full_name}: review it by 7 Oct 2026"
    line.go()
    ((where, place),) = went
    assert where == "pupils"
    assert place_of(place) == Place(theo.id, "plans", "plan", recording.of_pupil(desk, theo.id)[0].now.entry_id, "")
    page.view.go_to(place_of(place))
    assert _part(page).plans.current_row is not None


def test_it_is_printed_with_what_the_record_holds_elsewhere(page: PupilsPage, context: Context) -> None:
    part = _added(page, "healthcare", provision="A friend walks along")
    part.plans.print_button.click()
    assert not part.plans.paper.paper.isHidden()


def test_who_is_invited_is_chosen_everybody_at_once_and_undone_at_once(
    page: PupilsPage, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    part = _added(page, "ehc", needs="Reading")
    assert not part.plans.invite_button.isEnabled()
    part.plans.step_button.click()
    steps = part.steps
    assert steps.form.fields["invitee"].isHidden()
    steps.form.take_draft({"kind": "meeting", "on": "20/01/2027"})
    assert page.save()
    steps.add_button.click()
    steps.form.take_draft({"kind": "invited", "on": "today"})
    qtbot.waitUntil(lambda: not steps.form.fields["invitee"].isHidden())
    assert not page.save(), "which of them is asked for"
    steps.form.take_draft({"invitee": "everybody"})
    assert page.save()
    whats = [steps.table.cell(row, "what") for row in range(len(steps.table.rows))]
    assert sum(what.startswith("Invited to the review: ") for what in whats) == 5
    assert context.banner.message is not None
    assert context.banner.message.act is not None
    context.banner.message.act[1]()
    assert [step.kind for case in recording.of_pupil(desk, pupil_called(desk, "Theo").id) for step in case.steps] == ["meeting"]


def test_what_comes_next_is_offered_in_place(page: PupilsPage, qtbot: QtBot) -> None:
    part = _added(page, "risk", needs="Runs to the road")
    plans = part.plans
    assert plans.next_act.words.text() == "Next: record who agreed to this version"
    plans.next_act.buttons[0].click()
    assert part.current is part.steps
    assert part.steps.form.fields["kind"].editor.typed_text() == "agreed-parent"
    part.steps.form.take_draft({"who": "Ada Penn", "on": "today"})
    assert page.save()
    assert part.turn_to(plans)
    assert plans.next_act.isHidden()
    _added(page, "reintegration", views="Wants to go back")
    assert plans.next_act.words.text() == "Next: review it by 7 Oct 2026"
    part.plans.step_button.click()
    part.steps.form.take_draft({"kind": "agreed-pupil", "on": "today"})
    qtbot.waitUntil(part.steps.form.fields["who"].isHidden)
    assert page.save(), "who agreed is known"
    assert {part.steps.table.cell(row, "who") for row in range(2)} == {"Ada Penn", "Theo Bramley"}


def test_the_invitations_are_printed_once_the_day_is_set(page: PupilsPage, qtbot: QtBot) -> None:
    part = _added(page, "ehc", needs="Reading")
    part.plans.step_button.click()
    part.steps.form.take_draft({"kind": "meeting", "on": "20/01/2027"})
    assert page.save()
    assert part.turn_to(part.plans)
    assert part.plans.invite_button.isEnabled()
    part.plans.invite_button.click()
    assert not part.plans.paper.paper.isHidden()


def test_where_a_plan_stands_that_is_not_in_the_list_is_said(page: PupilsPage, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    health.add_item(desk, HealthItem(pupil_id=theo.id, kind="A", what="Peanuts", severity="LIFE", plan="In the office"))
    page.refresh()
    empty = _part(page).plans.table.empty
    assert empty is not None
    assert empty.title.text() == "No plan is on file"
    assert empty.text.text().startswith("“Action plan” stands in Health.")
