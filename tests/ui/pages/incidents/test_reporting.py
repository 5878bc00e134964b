"""The report to one parent from the page: what is taken out is looked at where something is to be decided, then the paper, then it is recorded as given."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.reading.paper_content import Media, texts_of_paper
from pupil_desk.domain.incidents.incident import Incident, IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told as disclosures_told
from pupil_desk.services.incidents import looking, recording, report
from pupil_desk.services.pupils import contacts, protections, pupils
from pupil_desk.store.tables import contacts as stored_contacts
from pupil_desk.store.tables import ledger
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.incidents import IncidentsPage
from tests.domain.incidents.test_incident import WHOLE
from tests.ui.pages.late import LateJobs
from tests.ui.pages.made import pupil_called

type Open = Callable[[str], IncidentsPage]


@pytest.fixture
def signed(desk: Desk, open_page: Callable[..., IncidentsPage]) -> Open:
    """At a signed incident of today in which Theo was held, told in these words."""

    def make(account: str) -> IncidentsPage:
        held = dataclasses.replace(WHOLE, id="", entry_id="", incident_id="", day=desk.today, time="09:45", account=account)
        recording.enter(desk, [dataclasses.replace(held, pupil_id=pupil_called(desk, "Theo").id)])
        (row,) = looking.rows(desk)
        state = looking.incident(desk, row.id)
        assert state is not None
        signs = [
            IncidentEvent(entry_id=case.now.entry_id, kind=IncidentEventKind.SIGNED, on=desk.today, who="Jo Marsh") for case in state.cases
        ]
        recording.record(desk, signs)
        return open_page(row.id)

    return make


def test_the_report_is_one_enter_away_where_nothing_is_to_be_decided_and_logged_once_it_is_printed(signed: Open, desk: Desk) -> None:
    page = signed("Theo threw a chair and was held.")
    order = Protection(pupil_id=pupil_called(desk, "Theo").id, kind=ORDER, reason="Court", since=desk.today)
    protections.set_protection(desk, order)
    page.view.next_act.buttons[0].click()
    assert page.now is page.report
    assert page.report.hint.text().startswith("An order names nobody among the contacts, and may mean whoever gets a paper: ask")
    assert page.report.see_button.hasFocus()
    page.report.see_button.click()
    assert page.report.currentWidget() is page.report.paper
    assert page.report.paper.view.data[:4] == b"%PDF"
    assert "An order names nobody among the contacts" in page.report.paper.guard.question, "asked before it is printed"
    page.report.paper._gone("Sent to the printer.")
    assert any(row["reason"] == "incident-report" for row in ledger.log_rows(desk.vault))
    page.report.closed.emit()
    assert page.view.next_act.buttons[0].hasFocus(), "the step still stands there: it is given by somebody, and then recorded"
    assert page.report.paper.view.data == b""


def test_a_word_that_may_be_a_name_is_looked_at_and_let_stand_or_taken_out(signed: Open) -> None:
    page = signed("Theo ran down the dale to Zofia Élan, and was held.")
    page.view.next_act.buttons[0].click()
    view = page.report
    assert view.currentWidget() is view.places_view
    found = {row.words: place for place, row in enumerate(view.table.rows)}
    assert view.table.cell(found["dale"], "state") == "Stands"
    view.table.selectRow(found["dale"])
    view.turn_button.click()
    assert view.table.cell(found["dale"], "state") == "Taken out"
    assert view.turn_button.text() == "&Let it stand"
    view.see_button.click()
    assert view.currentWidget() is view.paper


def test_a_report_that_was_left_while_it_was_made_is_not_shown_in_the_place_of_another(signed: Open, context: Context) -> None:
    page = signed("Theo threw a chair and was held.")
    context.jobs = jobs = LateJobs()
    page.view.next_act.buttons[0].click()
    page.report.see_button.click()
    page.report.closed.emit()
    page.view.next_act._calm.stop()
    page.view.next_act.buttons[0].click()
    page.report.see_button.click()
    jobs.tell(0)
    assert page.report.paper.view.data == b"", "what comes of the one that was left is dropped"
    jobs.tell(1)
    assert page.report.currentWidget() is page.report.paper
    assert page.report.paper.view.data[:4] == b"%PDF"


def test_a_report_under_way_is_dropped_once_a_word_of_it_is_decided_otherwise_or_a_new_incident_begun(
    signed: Open, context: Context
) -> None:
    page = signed("Theo ran down the dale, and was held.")
    context.jobs = jobs = LateJobs()
    page.view.next_act.buttons[0].click()
    view = page.report
    view.see_button.click()
    view.table.selectRow(next(place for place, row in enumerate(view.table.rows) if row.words == "dale"))
    view.turn_button.click()
    view.see_button.click()
    jobs.tell(0)
    assert view.currentWidget() is view.places_view
    page.begin_new()
    jobs.tell(1)
    assert view.paper.view.data == b""


def test_words_and_sentences_are_marked_by_hand_and_taken_out(signed: Open) -> None:
    page = signed("Theo was held. Zofia Élan cried, and her mum rang about her tablets. The lamp of room four fell.")
    page.view.next_act.buttons[0].click()
    view = page.report
    assert "1 sentence speaks of somebody who is taken out" in view.hint.text()
    view.table.selectRow(0)
    view.sentence_button.click()
    assert not view.mark_button.isEnabled()
    cursor = view.text.textCursor()
    cursor.setPosition(view.text.toPlainText().index("room four"))
    cursor.setPosition(cursor.position() + len("room four "), QTextCursor.MoveMode.KeepAnchor)
    view.text.setTextCursor(cursor)
    view.mark_button.click()
    by_hand = [row.words for row in view.table.rows if row.who == ("marked by you",)]
    assert by_hand == ["Zofia Élan cried, and her mum rang about her tablets.", "room four"]
    assert view.text.toPlainText().count("What happened:") == 1
    paper, *_others = report.letters(page.context.desk, view._subject.entry_id, (), [row.place for row in view._marked])
    told = " ".join(plain_text(paper.story).split())
    assert "Theo was held. [withheld] The lamp of [withheld] fell." in told


def test_what_is_marked_behind_an_emoji_is_what_is_taken_out_and_struck_through(signed: Open) -> None:
    page = signed("Theo wrote \U0001f600\U0001f600 on the board. The lamp of room four fell.")
    page.view.next_act.buttons[0].click()
    text = page.report.text
    cursor = text.document().find("room four")
    text.setTextCursor(cursor)
    page.report.mark_button.click()
    assert [row.words for row in page.report.table.rows if row.who == ("marked by you",)] == ["room four"]
    assert "room four" in [struck.cursor.selectedText() for struck in text.extraSelections()]


def test_words_marked_in_one_sentence_are_taken_out_of_all_and_each_can_be_let_stand(signed: Open) -> None:
    page = signed("Theo hit Alex in room four. Later, in Room Four, he sat with the lamp.")
    page.view.next_act.buttons[0].click()
    view = page.report
    view.text.setTextCursor(view.text.document().find("room four"))
    view.mark_button.click()
    by_hand = [row for row in view.table.rows if row.who == ("marked by you",)]
    assert [row.words for row in by_hand] == ["room four", "Room Four"]
    view.table.selectRow(view.table.rows.index(by_hand[1]))
    view.turn_button.click()
    assert view.table.cell(view.table.rows.index(by_hand[1]), "state") == "Stands"
    view.text.setTextCursor(view.text.document().find("room four"))
    view.mark_button.click()
    assert [row.words for row in view.table.rows if row.who == ("marked by you",)] == ["room four", "Room Four"]
    assert view.table.cell(view.table.rows.index(by_hand[1]), "state") == "Stands", "what was let stand stays so"


def test_a_letter_or_a_number_that_is_marked_is_taken_out_there_alone(signed: Open) -> None:
    page = signed("Theo hit him in Room 5. He sat for 5 minutes, and he cried.")
    page.view.next_act.buttons[0].click()
    view = page.report
    for marked in ("5", "he"):
        cursor = view.text.document().find(marked, 0, QTextDocument.FindFlag.FindCaseSensitively | QTextDocument.FindFlag.FindWholeWords)
        view.text.setTextCursor(cursor)
        view.mark_button.click()
    assert [row.words for row in view.table.rows if row.who == ("marked by you",)] == ["5", "he"]


def test_it_is_saved_under_a_lock_and_recorded_as_sent_that_way_to_all_whom_it_names(
    signed: Open, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    page = signed("Theo threw a chair and was held.")
    theo = pupil_called(desk, "Theo")
    mother, father = stored_contacts.of_pupil(desk.vault, theo.id)
    contacts.save_contact(desk, dataclasses.replace(father, lives_with=True, address_1=None, postcode=None))
    page.refresh()
    page.view.next_act.buttons[0].click()
    assert page.report.title.text() == f"The report about Theo Bramley to {mother.full_name} and {father.full_name}"
    page.report.see_button.click()
    answers.answers = [tmp_path, "leave"]
    page.report.lock_button.click()
    locked = page.report.locked
    assert page.report.currentWidget() is locked
    (file,) = tmp_path.glob("incident-report-*.pdf")
    assert file.name in locked.words.text()
    assert unlocked_pdf(file.read_bytes(), locked.password.secret.toPlainText()).startswith(b"%PDF")
    locked.sent_button.click()
    assert not locked.password.showing
    assert page.now is page.step
    assert page.step.form.fields["way"].editor.typed_text() == "email"
    assert page.step.title.text() == f"The report was given or sent to {mother.full_name} and {father.full_name}"
    assert page.save()
    (case,) = recording.of_pupil(desk, theo.id)
    told = [(each.kind, each.way, each.contact_id) for each in case.events[-2:]]
    assert told == [(IncidentEventKind.REPORTED, "email", contact.id) for contact in (mother, father)], "one paper told both"


def test_a_lock_keeps_that_a_locked_report_can_be_recorded_as_sent(
    signed: Open, desk: Desk, context: Context, answers: Answers, tmp_path: Path
) -> None:
    page = signed("Theo threw a chair and was held.")
    page.view.next_act.buttons[0].click()
    page.report.see_button.click()
    answers.answers = [tmp_path]
    page.report.lock_button.click()
    words, password = page.report.locked.words.text(), page.report.locked.password.secret.toPlainText()
    draft = page.draft()
    assert draft is not None
    assert password not in str(draft)
    again = IncidentsPage(context)
    again.on_show()
    again.take_draft(draft)
    assert again.has_draft
    assert again.now is again.report
    assert again.report.locked.words.text() == words
    assert not again.report.locked.password.showing
    again.report.locked.sent_button.click()
    assert again.now is again.step
    assert again.step.form.fields["way"].editor.typed_text() == "email"
    assert again.save()
    (case,) = recording.of_pupil(desk, pupil_called(desk, "Theo").id)
    assert (case.events[-1].kind, case.events[-1].way) == (IncidentEventKind.REPORTED, "email")
    assert not again.has_draft


def test_no_letter_home_is_offered_where_nobody_was_hurt_searched_or_held_nor_made_to_parents_of_who_is_of_age(
    desk: Desk, open_page: Callable[..., IncidentsPage], answers: Answers
) -> None:
    theo = pupil_called(desk, "Theo").id
    nothing = Incident(pupil_id=theo, day=desk.today, time="09:45", kind="threat", part="took-part", account="Shouted.", place="The hall")
    recording.enter(desk, [nothing])
    page = open_page(looking.rows(desk)[0].id)
    assert not page.heading.button_of("home").isEnabled()
    assert page.heading.button_of("home").toolTip() == "Nobody in it was hurt, searched or held"
    (case,) = page.view.state.counting  # type: ignore[union-attr]
    recording.amend(desk, [dataclasses.replace(case.now, part="hurt")])
    page.refresh()
    assert page.heading.button_of("home").isEnabled()
    pupils.save_pupil(desk, dataclasses.replace(pupil_called(desk, "Theo"), dob=desk.today.replace(year=desk.today.year - 20)))
    page.letter_home()
    assert answers.questions[-1].text == "The pupil was 20 or over: no parent is told."


def test_a_letter_home_goes_to_whose_child_was_hurt_and_is_recorded_as_given(
    held_page: IncidentsPage, desk: Desk, answers: Answers, context: Context
) -> None:
    state = held_page.view.state
    assert state is not None
    signs = [
        IncidentEvent(entry_id=case.now.entry_id, kind=IncidentEventKind.SIGNED, on=desk.today, who="Jo Marsh") for case in state.cases
    ]
    recording.record(desk, signs)
    held_page.refresh()
    mia = pupil_called(desk, "Mia")
    (entry,) = recording.of_pupil(desk, mia.id)
    contact = report.households(desk, entry.now.entry_id)[0].contacts[0]
    answers.answers = [entry.now.entry_id, *([contact.id] if len(report.households(desk, entry.now.entry_id)) > 1 else [])]
    held_page.letter_home()
    assert answers.questions[0].title == "About whom is the letter?"
    (letter,) = [each for each in report.households(desk, entry.now.entry_id) if contact in each.contacts]
    assert held_page.report.title.text() == f"The letter about {mia.full_name} to {letter.addressee}"
    assert held_page.report.see_button.text() == "See the lette&r…"
    view = held_page.report
    assert view.currentWidget() is view.own_words, "Theo is in the account, which says what was done to him"
    assert (view.own_words.words(), view.own_words.use_button.isEnabled()) == ({}, False), "nobody has said what it shall say"
    on_file = view.own_words.account.toPlainText()
    assert ("Bea threw a chair and was held." in on_file, WHOLE.led_to_it in on_file, WHOLE.tried in on_file) == (True, True, False)
    view.own_words.propose_button.click()
    assert view.own_words.words() == {}, "no sentence names Mia and speaks of nobody else"
    assert context.banner.words.startswith("No sentence names this pupil and speaks of nobody else.")
    view.own_words.form.take_draft({"account": "Mia sat.", "led_to_it": "A game."})
    assert not view.own_words.propose_button.isEnabled()
    assert view.own_words.propose_button.toolTip() == "Words stand in every field already"
    view.own_words.form.take_draft({"account": "Mia was hit.\nTheo Bramley cried.", "led_to_it": ""})
    draft = held_page.draft()
    assert draft is not None
    again = IncidentsPage(held_page.context)
    again.take_draft(draft)
    assert again.report.own_words.words() == {"account": "Mia was hit.\nTheo Bramley cried."}, "a lock keeps what is typed"
    assert again.back_words("10:00").endswith("Use these words, or leave the account out.")
    answers.answers = ["save", "stay"]
    for _key in range(2):
        view.own_words.closed.emit()
        assert view.own_words.words() == {"account": "Mia was hit.\nTheo Bramley cried."}, "Esc asks before typed words go"
    assert context.banner.words == "These words are kept with the report alone. Use them, or leave the account out."
    view.own_words.use_button.click()
    assert not held_page.dirty, "the report says them"
    jobs, context.jobs = context.jobs, LateJobs()
    view.see_button.click()
    view._back()
    context.jobs.tell(0)
    assert view.currentWidget() is view.own_words, "whoever goes back to type is not led to the paper with the words before"
    context.jobs = jobs
    view.own_words.use_button.click()
    assert [row.words for row in view.table.rows if row.fixed] == ["Theo Bramley"], "what is typed names nobody else either"
    assert "What led to it" not in view.text.toPlainText()
    view.see_button.click()
    view.paper._gone("Sent to the printer.")
    (row,) = [row for row in disclosures_told.log(desk, pupil_id=mia.id) if row.what == "Letter about an incident"]
    assert "incident: what happened" in row.fields
    assert "incident: what led to it" not in row.fields, "what was left out is not said to be told"
    told = " ".join("".join(texts_of_paper(Media.PDF, view.paper.view.data)).split())
    assert "Mia was hit. Another pupil (A) cried." in told
    assert WHOLE.account not in told
    held_page.report.given_button.click()
    assert held_page.now is held_page.step
    assert held_page.step.form.fields["note"].editor.typed_text() == "What happened: Mia was hit.\nAnother pupil (A) cried."
    step = dataclasses.replace(held_page.step._step, contact_id="another")  # type: ignore[type-var]
    assert view.said_of(state, step, IncidentEventKind.REPORTED) == {}, "no report to another reader was made"
    held_page.step.form.take_draft({"way": "hand"})
    draft = held_page.draft()
    assert draft is not None
    held_page.discard()
    held_page.take_draft(draft)
    assert held_page.now is held_page.step, "a lock keeps it"
    assert held_page.save()
    (entry,) = recording.of_pupil(desk, mia.id)
    assert (entry.events[-1].kind, entry.events[-1].contact_id) == (IncidentEventKind.REPORTED, contact.id)
    assert entry.events[-1].note == "What happened: Mia was hit.\nAnother pupil (A) cried.", "what the letter said is kept with it"
