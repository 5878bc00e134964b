"""What must be done about an incident, offered one step after the other: signed, reported or withheld, talked over, taken back, struck out."""

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from pupil_desk.documents.reading.paper_content import Media, texts_of_paper
from pupil_desk.domain.incidents.incident import Incident, IncidentEventKind
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import looking, recording
from pupil_desk.services.pupils import protections
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.incidents import IncidentsPage
from tests.domain.incidents.test_incident import WHOLE
from tests.ui.pages.made import pupil_called


@pytest.fixture
def page(held_page: IncidentsPage) -> IncidentsPage:
    return held_page


def left(page: IncidentsPage) -> list[str]:
    assert page.view.state is not None
    return [step.kind.value for step in page.view.state.steps if not step.done]


def go_on(page: IncidentsPage, words: str = "") -> None:
    """Press a button of the step that is offered, the first without words; a second press so soon would be a slip."""
    page.view.next_act._calm.stop()
    next(each for each in page.view.next_act.buttons if each.text().replace("&", "").startswith(words)).click()


def sign(page: IncidentsPage) -> None:
    go_on(page)
    assert page.save()


def test_it_is_signed_once_for_all_by_whoever_is_at_the_desk(page: IncidentsPage, desk: Desk) -> None:
    assert left(page) == ["signed", "reported", "reported", "debrief-pupil", "debrief-staff"]
    assert page.view.next_act.words.text() == "Next: Sign the account. By 24 Nov 2026."
    go_on(page)
    assert page.step.form.fields["who"].editor.typed_text() == "Dee Marlowe"
    assert page.save()
    assert page.view.state is not None
    assert [case.signed.who for case in page.view.state.cases if case.signed] == ["Dee Marlowe", "Dee Marlowe"]
    assert page.view.summary.text() == "Signed by Dee Marlowe on 24 Nov 2026."
    assert page.view.next_act.words.text().startswith("Next: Give or send the report to Ms Joanna Bramley")
    assert page.view.next_act.buttons[0].hasFocus()


def test_each_step_leads_to_the_next_until_none_is_left(page: IncidentsPage, context: Context) -> None:
    sign(page)
    for _parent in range(2):
        go_on(page, "Record as given")
        assert not page.save(), "how it was told is asked for"
        page.step.form.take_draft({"way": "hand"})
        assert page.save()
    for words in ("It was loud.", "Two of us next time."):
        go_on(page)
        assert not page.save(), "what came of it is asked for"
        page.step.form.take_draft({"note": words})
        assert page.save()
    assert left(page) == []
    assert page.view.next_act.isHidden()
    assert page.list.table.cell(0, "state") == ""


def test_a_step_is_undone_at_the_foot_or_taken_back_in_its_list(page: IncidentsPage, context: Context) -> None:
    sign(page)
    context.banner.undo()
    assert left(page)[0] == "signed"
    sign(page)
    page.view.tabs.setCurrentIndex(1)
    page.view.steps.selectRow(0)
    assert page.view.steps.cell(0, "state") == "Done, 24 Nov 2026"
    page.view.back_button.click()
    assert left(page)[0] == "signed"
    titles = [page.view.happened.item(place).text() for place in range(page.view.happened.count())]
    assert any("Taken back: Account signed: Theo Bramley" in title for title in titles)


def test_a_report_taken_back_names_the_parent_and_is_undone_and_not_recorded_twice_unasked(
    page: IncidentsPage, context: Context, answers: Answers
) -> None:
    sign(page)
    go_on(page, "Record as given")
    page.step.form.take_draft({"way": "hand"})
    assert page.save()
    place = next(place for place, step in enumerate(page.view.steps.rows) if step.done and step.done[0].kind == IncidentEventKind.REPORTED)
    page.view.steps.selectRow(place)
    assert page.view.detail.text().startswith("Reported to a parent: Ms Joanna Bramley: ")
    page.view.back_button.click()
    assert "Taken back: Reported to a parent: Ms Joanna Bramley." in context.banner.message.words  # type: ignore[union-attr]
    assert not page.view.steps.rows[place].done
    go_on(page, "Record as given")
    page.step.form.take_draft({"way": "hand"})
    context.banner.undo()
    answers.answers.append(False)
    assert not page.save()
    assert answers.questions[-1].title == "It is on file already"
    page.discard()
    assert page.view.steps.rows[place].done
    assert page.view.steps.rows[place].done[0].way == "hand"


def test_to_withhold_is_asked_and_names_the_parent_and_the_pupil(page: IncidentsPage, answers: Answers) -> None:
    sign(page)
    go_on(page, "Withhold it")
    assert page.step.title.text() == "Withhold the report from Ms Joanna Bramley"
    page.step.form.take_draft({"note": "She hit him when she was told before"})
    answers.answers.append(False)
    assert not page.save()
    (question,) = answers.questions
    assert "Ms Joanna Bramley is not told of what was done to Theo Bramley, by decision of Dee Marlowe" in question.text
    answers.answers.append(True)
    assert page.save()
    assert page.view.state is not None
    (withheld,) = [step for step in page.view.state.steps if step.done and step.done[0].kind == IncidentEventKind.WITHHELD]
    assert withheld.names == ("Theo Bramley",)


def test_to_take_a_withholding_or_that_the_authority_was_told_back_is_asked(
    page: IncidentsPage, context: Context, answers: Answers
) -> None:
    sign(page)
    for _parent in range(2):
        go_on(page, "Withhold it")
        page.step.form.take_draft({"note": "She hit him when she was told before"})
        answers.answers.append(True)
        assert page.save()
    go_on(page, "Make the report")
    assert page.report.title.text() == "The report about Theo Bramley to the local authority"
    of_pupil = page.report.own_words.form.fields["necessary"].editor
    assert (of_pupil.typed_text(), page.has_draft) == (WHOLE.necessary, False), "it is the pupil’s own, and has words for another child"
    of_pupil.take_text("To keep Theo safe.")
    page.report.own_words.leave_button.click()
    assert "that were found are taken out. What is told of another child without a name is not found: read it." in page.report.hint.text()
    page.report.see_button.click()
    told = " ".join("".join(texts_of_paper(Media.PDF, page.report.paper.view.data)).split())
    assert ("To keep Theo safe." in told, "A walk with Jo Marsh." in told, "What happened We do not give" in told) == (True, True, True)
    assert page.report.paper.view.data[:4] == b"%PDF"
    page.report.closed.emit()
    go_on(page, "Record as told")
    note = page.step.form.fields["note"].editor.typed_text()
    assert note == "The account was left out, since other pupils are in it.\nWhy it was necessary: To keep Theo safe."
    assert page.step.form.fields["who"].editor.typed_text() == "", "nobody at the authority is named unasked"
    page.step.form.take_draft({"who": "The duty desk", "way": "email"})
    assert page.save()
    told = {
        IncidentEventKind.WITHHELD: "The report about Theo Bramley is withheld from Ms Joanna Bramley",
        IncidentEventKind.TOLD_AUTHORITY: "That the authority was told about Theo Bramley is taken back, and struck out in the log of disclosures",
    }
    for kind, words in reversed(told.items()):
        assert page.view.state is not None
        place = next(row for row, step in enumerate(page.view.steps.rows) if step.done and step.done[0].kind == kind)
        page.view.steps.selectRow(place)
        before = left(page)
        answers.answers.append(False)
        page.view.back_button.click()
        assert left(page) == before
        answers.answers.append(True)
        page.view.back_button.click()
        assert left(page) != before
        assert words in answers.questions[-1].text
        context.banner.undo()
        assert left(page) == before, "it is recorded again"


def test_what_is_recorded_is_listed_and_can_be_taken_back_though_it_is_owed_no_more(page: IncidentsPage, answers: Answers) -> None:
    sign(page)
    for _parent in range(2):
        go_on(page, "Withhold it")
        page.step.form.take_draft({"note": "She hit him when she was told before"})
        answers.answers.append(True)
        assert page.save()
    go_on(page, "Record as told")
    page.step.form.take_draft({"who": "The duty desk", "way": "email"})
    assert page.save()
    for words, label in (("Withheld, 24 Nov 2026", ""), ("Done, 24 Nov 2026", "Local authority told")):
        rows = range(len(page.view.steps.rows))
        page.view.steps.selectRow(
            next(row for row in rows if page.view.steps.cell(row, "state") == words and label in page.view.steps.cell(row, "words"))
        )
        answers.answers.append(True)
        page.view.back_button.click()
    assert page.view.state is not None
    assert "told-authority" not in [step.kind.value for step in page.view.state.steps]


def test_an_office_worker_cannot_withhold_and_reads_who_may(
    desk: Desk, page: IncidentsPage, context: Context, desk_as: Callable[[Role], Desk], open_page: Callable[..., IncidentsPage]
) -> None:
    sign(page)
    context.desk = desk_as(Role.OFFICE)
    other = open_page(looking.rows(desk)[0].id)
    assert [each.text() for each in other.view.next_act.buttons if each.isVisible()] == ["Make the report…", "Record as &given…"]
    other.view.steps.selectRow(1)
    assert not other.view.withhold_button.isEnabled()
    assert other.view.withhold_button.toolTip() == "Assistant head and data officer only"


@pytest.fixture
def barred(desk: Desk, theo: Pupil, page: IncidentsPage) -> Callable[[], None]:
    """Sets an order on the parent whose report is owed first."""

    def bar() -> None:
        assert page.view.state is not None
        contact_id = next(step.contact_id for step in page.view.state.steps if step.contact_id)
        order = Protection(pupil_id=theo.id, contact_id=contact_id, kind=ORDER, reason="Non-molestation order", since=desk.today)
        page.context.news.tell(protections.set_protection(desk, order))

    return bar


def test_for_a_parent_under_an_order_no_report_is_made_and_given_it_is_recorded_once_the_order_is_named(
    page: IncidentsPage, answers: Answers, barred: Callable[[], None]
) -> None:
    barred()
    sign(page)
    assert page.view.next_act.words.text().startswith("Next: Decide whether the report is withheld from Ms Joanna Bramley")
    assert [each.text() for each in page.view.next_act.buttons if each.isVisible()] == ["Withhold it…", "Record as &given…"]
    page.view.steps.selectRow(1)
    assert not page.view.report_button.isEnabled()
    go_on(page, "Record as given")
    page.step.form.take_draft({"way": "hand"})
    answers.answers.append(False)
    assert not page.save()
    assert "Ms Joanna Bramley is under an order or restriction about Theo Bramley: Non-molestation order." in answers.questions[-1].text
    answers.answers.append(True)
    assert page.save()


def test_an_office_worker_is_offered_nothing_for_a_parent_under_an_order(
    desk: Desk,
    page: IncidentsPage,
    context: Context,
    desk_as: Callable[[Role], Desk],
    open_page: Callable[..., IncidentsPage],
    barred: Callable[[], None],
) -> None:
    barred()
    sign(page)
    context.desk = desk_as(Role.OFFICE)
    other = open_page(looking.rows(desk)[0].id)
    assert other.view.next_act.words.text().startswith("Next: Give or send the report to "), "the other parent comes first"
    assert "Joanna Bramley" not in other.view.next_act.words.text()
    other.view.steps.selectRow(1)
    assert other.view.steps.cell(1, "words").startswith("Decide whether the report is withheld from Ms Joanna Bramley")
    buttons = (other.view.report_button, other.view.record_button, other.view.withhold_button)
    assert not any(each.isEnabled() for each in buttons)
    assert other.view.record_button.toolTip() == "Assistant head and data officer only"


def test_an_amended_account_is_signed_again(page: IncidentsPage) -> None:
    sign(page)
    page.amend()
    page.entry.account.take_draft({"place": "The gym"})
    assert page.save()
    assert page.view.next_act.words.text().startswith("Next: Sign the account again: it was amended since")
    assert any("Where was: The hall" in text for text in page.view.happened.texts())


def test_a_parent_who_was_told_is_told_what_was_put_right_and_both_stay_listed(page: IncidentsPage) -> None:
    sign(page)
    go_on(page, "Record as given")
    page.step.form.take_draft({"way": "hand"})
    assert page.save()
    page.amend()
    page.entry.account.take_draft({"place": "The gym"})
    assert page.save()
    sign(page)
    assert page.view.next_act.words.text().startswith("Next: Tell Ms Joanna Bramley what was put right")
    assert page.view.next_act.buttons[0].text() == "Make the report…"
    told = [page.view.steps.cell(row, "words") for row in range(len(page.view.steps.rows))]
    assert "Reported to a parent: Ms Joanna Bramley" in told
    go_on(page, "Record as given")
    page.step.form.take_draft({"way": "post"})
    assert page.save()
    assert sum("Reported to a parent: Theo Bramley, to Ms Joanna Bramley" in title for title in _titles(page)) == 2


def _titles(page: IncidentsPage) -> list[str]:
    return [page.view.happened.item(place).text() for place in range(page.view.happened.count())]


def test_one_pupil_is_struck_out_and_then_all_of_it(page: IncidentsPage, answers: Answers, theo: Pupil) -> None:
    assert page.view.state is not None
    mia = next(case for case in page.view.state.cases if case.now.pupil_id != theo.id)
    answers.answers += [mia.now.entry_id, "She was at home"]
    page.strike()
    assert page.list.table.cell(0, "who") == "Theo Bramley"
    answers.answers.append("Entered twice")
    page.strike()
    assert "Theo Bramley (" in answers.questions[-1].text
    assert page.list.table.rows == []
    page.list.show_box.set_key("struck")
    page.list.wanted.emit()
    assert page.list.table.cell(0, "state") == "Struck out: Entered twice"


def test_a_pupil_is_led_to_those_of_this_pupil(desk: Desk, page: IncidentsPage, theo: Pupil) -> None:
    reward = Incident(pupil_id=theo.id, kind="effort", day=desk.today, part="took-part", account="Read a whole book")
    recording.enter(desk, [reward])
    page.on_show(pupil_called(desk, "Mia").id)
    assert [page.list.table.cell(row, "what") for row in range(len(page.list.table.rows))] == ["Threatening behaviour or verbal abuse"]
    page.on_show(theo.id)
    assert len(page.list.table.rows) == 2
    page.list.kind_box.set_key("reward")
    page.list.kind_box.activated.emit(0)
    assert [page.list.table.cell(row, "what") for row in range(len(page.list.table.rows))] == ["Effort"]


def test_what_is_typed_of_a_step_comes_back_after_a_lock(page: IncidentsPage, open_page: Callable[..., IncidentsPage]) -> None:
    sign(page)
    go_on(page, "Record as given")
    page.step.form.take_draft({"note": "Rang first, then posted it."})
    draft = page.draft()
    assert draft is not None
    again = open_page()
    again.take_draft(draft)
    assert again.step.title.text() == "The report was given or sent to Ms Joanna Bramley"
    assert again.step.form.fields["note"].editor.typed_text() == "Rang first, then posted it."


def test_the_list_has_the_signs_of_everybody_in_it_and_says_them(desk: Desk, open_page: Callable[..., IncidentsPage], theo: Pupil) -> None:
    seen = Incident(pupil_id=theo.id, kind="disruption", day=desk.today, part="took-part", account="Shouted")
    recording.enter(desk, [seen, dataclasses.replace(seen, pupil_id=pupil_called(desk, "Priya").id)])
    table = open_page().list.table
    place = [column.key for column in table.model_.columns].index("who")
    index = table.model_.index(0, place)
    assert index.data() == "Theo Bramley, Priya Chandra"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Pupils: Theo Bramley, Priya Chandra – protected"
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()
