"""The page's tabs on who has answered and who comes of age; the giver from a closed list; two parents who disagree."""

import dataclasses
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.sharing.choice import WishStep
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.home import home
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.sharing import sharing, wishes
from pupil_desk.services.sharing.wishes import Askee
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.home.of_wishes import answers_cards
from pupil_desk.ui.pages.sharing import SharingPage
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.sharing.made import YOUTH, cells, parents, say
from tests.ui.pages.sharing.test_one import find, opened, press, words


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SharingPage:
    return opened(qtbot, context)


# -- the giver


def test_the_giver_is_kept_as_the_contact(qtbot: QtBot, page: SharingPage, desk: Desk) -> None:
    panel = find(qtbot, page, "bram")
    press(qtbot, page, "r")
    panel.giver_fields.giver.setCurrentText("Alan Bramley")
    assert page.save()
    (kept,) = sharing.timeline(desk, pupil_called(desk, "Theo").id).choices
    assert (kept.giver, kept.contact_id) == ("Alan Bramley", parents(desk)[1])


def test_nobody_who_may_give_it_leads_to_the_contacts(
    qtbot: QtBot, page: SharingPage, desk: Desk, went: list[tuple[str, str | None]]
) -> None:
    zofia = pupil_called(desk, "Zofia")
    (halina,) = pupils.record(desk, zofia.id).contacts
    contacts.save_contact(desk, dataclasses.replace(halina, parental_responsibility=False))
    panel = find(qtbot, page, "zof")
    assert panel.giver_fields.giver_row.isHidden()
    press(qtbot, page, "r")
    assert not page.save()
    assert words(panel) == ["Choose who said it: a contact with parental responsibility."]
    panel.giver_fields.contacts_button.click()
    assert went == [("pupils", f"{zofia.id}#contacts/contact//surname")]


def test_a_name_that_a_file_brought_is_matched_by_choice(qtbot: QtBot, page: SharingPage, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    pupils.save_pupil(desk, dataclasses.replace(theo, upn="M919110026002"))
    run_import(desk, "choices", b"upn,recipient,choice,by,on,giver\nM919110026002,youth-support,restrict,parent,2026-10-01,Mum\n")
    panel = find(qtbot, page, "bram")
    assert "Came in free text, not matched to a contact." in page.pupil_view.timeline.texts()[0]
    assert page.pupil_view.standing.strangers.text() == "Not matched to a contact: Mum. It counts all the same."
    press(qtbot, page, "a")
    panel.giver_fields.giver.setCurrentText("Ms Joanna Bramley")
    panel.giver_fields.known_box.set_key("Mum")
    assert page.save()
    assert str(sharing.decision_for(desk, theo.id, YOUTH).level) == "full"  # type: ignore[union-attr]
    assert page.pupil_view.standing.strangers.isHidden()


def test_what_is_chosen_comes_back_after_a_lock(qtbot: QtBot, page: SharingPage, context: Context) -> None:
    panel = find(qtbot, page, "bram")
    panel.giver_fields.giver.setCurrentText("Alan Bramley")
    draft = page.draft()
    assert draft is not None
    later = opened(qtbot, context)
    later.take_draft(draft)
    assert later.pupil_view.choice.giver_fields.name == "Alan Bramley"


# -- two who disagree


def test_two_parents_who_disagree_and_how_it_is_settled(qtbot: QtBot, page: SharingPage, desk: Desk, context: Context) -> None:
    mother, father = parents(desk)
    say(desk, mother, "restrict", date(2026, 11, 3))
    say(desk, father, "allow", date(2026, 11, 9))
    find(qtbot, page, "bram")
    told = " ".join(label.text() for label in page.pupil_view.standing.frames[YOUTH].findChildren(QLabel))
    for part in (
        "two parents disagree",
        "Ms Joanna Bramley restricted it on 3 November 2026.",
        "Alan Bramley allowed it on 9 November 2026.",
        "the most protective holds: restricted",
        "an order of a court",
    ):
        assert part in told
    page.pupil_view.standing.settle.emit(YOUTH)
    panel = page.pupil_view.settling
    assert page.pupil_view.panel is panel
    assert not page.save() or not page.dirty
    panel.form.take_draft({"choice": "allow", "settlement": "court-order"})
    assert page.dirty
    assert not page.save()
    assert [line.words for line in panel.form.summary.lines] == ["Say where the order or the agreement is kept."]
    panel.form.take_draft({"note": "Order of 20 November, file 3"})
    assert page.save()
    assert page.pupil_view.panel is page.pupil_view.choice
    assert page.pupil_view.standing.frames == {}
    assert page.pupil_view.answers[YOUTH][0].text() == "Youth support service: full"
    assert page.pupil_view.timeline.texts()[0].startswith("24 November 2026: Settled between the parents. Youth support service. Allow")


def test_a_settled_restriction_that_both_now_would_lift_is_told_as_that(qtbot: QtBot, page: SharingPage, desk: Desk) -> None:
    people, theo = parents(desk), pupil_called(desk, "Theo")
    for contact_id, word in zip(people, ("restrict", "allow"), strict=True):
        say(desk, contact_id, word, date(2026, 11, 3))
    told = {"step": "settled", "by": "parent", "recipient": YOUTH, "choice": "restrict", "settlement": "agreement", "note": "File 3"}
    wishes.settle(desk, WishStep(pupil_id=theo.id, on=date(2026, 11, 9), **told))  # type: ignore[arg-type]
    for contact_id in people:
        say(desk, contact_id, "allow", date(2026, 11, 16))
    find(qtbot, page, "bram")
    words = " ".join(label.text() for label in page.pupil_view.standing.frames[YOUTH].findChildren(QLabel))
    assert words.startswith("Youth support service: both now allow; the settlement of 9 November 2026 still holds Settled as restricted on")
    (line,) = answers_cards((), [theo], home.tasks(desk).settled_ids, desk.today, lambda *_where: None)[0].lines
    assert line.words.endswith("parents now allow what was settled otherwise, and the settlement still holds")
    assert "no, as settled on 9 November 2026." in plain_text(printing.make_forms(desk, "sharing-choice", [theo]).forms[0].form.story)


def test_a_settlement_half_typed_is_not_lost_on_turning_back(
    qtbot: QtBot, page: SharingPage, desk: Desk, context: Context, answers: Answers
) -> None:
    mother, father = parents(desk)
    say(desk, mother, "restrict", date(2026, 11, 3))
    say(desk, father, "allow", date(2026, 11, 9))
    find(qtbot, page, "bram")
    page.pupil_view.standing.settle.emit(YOUTH)
    page.pupil_view.settling.form.take_draft({"note": "File 3"})
    draft = page.draft()
    assert draft is not None
    answers.answers.append(False)
    page.pupil_view.settling.close_()
    assert page.pupil_view.panel is page.pupil_view.settling
    answers.answers.append(True)
    page.pupil_view.settling.close_()
    assert page.pupil_view.panel is page.pupil_view.choice
    later = opened(qtbot, context)
    later.take_draft(draft)
    assert later.pupil_view.settling.form.fields["note"].editor.typed_text() == "File 3"


def test_the_office_sees_who_may_settle(qtbot: QtBot, context: Context, desk: Desk) -> None:
    mother, father = parents(desk)
    say(desk, mother, "restrict", date(2026, 11, 3))
    say(desk, father, "allow", date(2026, 11, 9))
    context.desk = as_role(desk, Role.OFFICE)
    page = opened(qtbot, context)
    find(qtbot, page, "bram")
    from PySide6.QtWidgets import QPushButton

    (door,) = page.pupil_view.standing.frames[YOUTH].findChildren(QPushButton)
    assert not door.isEnabled()
    assert door.toolTip() == "Assistant head and data officer only"


# -- the timeline


def test_asking_reminding_and_taking_back_stand_in_the_timeline(qtbot: QtBot, page: SharingPage, desk: Desk, answers: Answers) -> None:
    theo, (mother, _father) = pupil_called(desk, "Theo"), parents(desk)
    wishes.record_asked(desk, [Askee(theo.id, mother)], "letter", date(2026, 11, 2))
    wishes.record_asked(desk, [Askee(theo.id, mother)], "phone", date(2026, 11, 20))
    find(qtbot, page, "bram")
    assert [text.split(". Entered")[0] for text in page.pupil_view.timeline.texts()] == [
        "20 November 2026: Reminded: Ms Joanna Bramley. Telephone",
        "2 November 2026: Asked: Ms Joanna Bramley. Letter",
    ]
    assert "asked on 2 November 2026, reminded on 20 November 2026, no answer yet" in page.pupil_view.standing.people.text()
    answers.answers.append("Rang the wrong family")
    page.pupil_view.back_button.click()
    assert "Taken back: Rang the wrong family." in page.pupil_view.timeline.texts()[0]
    assert "reminded" not in page.pupil_view.standing.people.text()
    assert page.pupil_view.back_button.isHidden()


def test_what_was_said_by_mistake_is_taken_back_in_the_timeline(qtbot: QtBot, page: SharingPage, desk: Desk, answers: Answers) -> None:
    mother, _father = parents(desk)
    say(desk, mother, "allow", date(2026, 11, 3))
    find(qtbot, page, "bram")
    assert page.pupil_view.answers[YOUTH][0].text() == "Youth support service: full"
    answers.answers.append("Wrong family")
    page.pupil_view.back_button.click()
    (line,) = page.pupil_view.timeline.texts()
    assert line.endswith("and counts for nothing: Wrong family.")
    assert page.pupil_view.timeline.item(0).data(Qt.ItemDataRole.UserRole).struck
    assert page.pupil_view.answers[YOUTH][0].text() == "Youth support service: minimum"
    assert page.pupil_view.back_button.isHidden()


def test_at_16_the_parents_word_is_struck_and_the_passing_stands_there(qtbot: QtBot, page: SharingPage, desk: Desk) -> None:
    zofia = pupil_called(desk, "Zofia")
    pupils.save_pupil(desk, dataclasses.replace(zofia, dob=date(2010, 11, 20)))
    find(qtbot, page, "zof")
    passed, before = page.pupil_view.timeline.texts()
    assert passed.startswith("20 November 2026: 16th birthday: the right passes to the pupil.")
    assert "Counts no more since the 16th birthday." in before
    assert page.pupil_view.timeline.item(1).data(Qt.ItemDataRole.UserRole).struck
    assert (
        "No longer counts, since the choice is the pupil’s own: Halina Élan allowed it on 14 September 2026."
        in page.pupil_view.standing.strangers.text()
    )


# -- who has answered


def test_who_of_a_class_has_not_answered(page: SharingPage, desk: Desk) -> None:
    page.tabs.setCurrentWidget(page.silent)
    silent = page.silent
    assert cells(silent.table, "who") == ["Ms Joanna Bramley", "Alan Bramley", "Dr Meera Chandra", "The pupil"]
    assert silent.count.text() == "4 people who may choose, for 3 pupils"
    silent.year.set_key("9")
    assert cells(silent.table, "who") == ["Ms Joanna Bramley", "Alan Bramley"]
    silent.year.set_key("")
    silent.show_box.set_key("everybody")
    assert cells(silent.table, "reply") == [*["Not asked"] * 4, "Answered"]
    silent.find_box.setText("alan")
    assert cells(silent.table, "pupil") == ["Bramley, Theo"]
    silent.find_box.setText("nobody")
    assert silent.empty.title.text() == "Nobody here is like that"


def test_several_are_recorded_as_asked_and_then_to_be_reminded(page: SharingPage, desk: Desk, answers: Answers, context: Context) -> None:
    page.tabs.setCurrentWidget(page.silent)
    silent = page.silent
    silent.table.selectAll()
    silent.way.set_key("letter")
    assert silent.asked_button.text() == "&Record 4 people as asked today"
    answers.answers += [False, True]
    silent.asked_button.click()
    assert not desk.vault.rows("SELECT 1 FROM wish_step")
    silent.asked_button.click()
    assert context.banner.words == "Recorded: 4 people asked today, letter."
    assert set(cells(silent.table, "reply")) == {"Asked, no answer"}
    assert set(cells(silent.table, "due")) == {"9 Dec 2026"}, "ten school days on: the 27th is closed"
    silent.show_box.set_key("due")
    assert silent.empty.title.text() == "Nobody is to be reminded today"


def test_forms_for_the_lines_chosen_are_printed_and_record_that_they_ask(page: SharingPage, desk: Desk) -> None:
    page.tabs.setCurrentWidget(page.silent)
    silent = page.silent
    silent.table.select(f"{pupil_called(desk, 'Theo').id} {parents(desk)[1]}")
    assert silent.print_button.text() == "&Print the forms for 1 pupil"
    silent.print_button.click()
    assert page.paper.title.text() == "2 forms for 1 pupil"
    page.paper.send = lambda *_all, **_more: True
    page.paper.print_()
    page.paper.closed.emit()
    assert page.tabs.currentWidget() is silent
    assert cells(silent.table, "reply")[:2] == ["Asked, no answer"] * 2


# -- coming of age


def test_who_comes_of_age_and_the_letter(page: SharingPage, desk: Desk) -> None:
    page.tabs.setCurrentWidget(page.coming)
    coming = page.coming
    assert (cells(coming.table, "pupil"), cells(coming.table, "age"), cells(coming.table, "letter")) == (
        ["Élan, Zofia"],
        ["16"],
        ["To be sent"],
    )
    assert coming.count.text() == "1 birthday in the next 90 days. 1 letter still to go"
    coming.choose(pupil_called(desk, "Zofia").id)
    assert "A parent’s choice on file ends with it." in coming.change_label.text()
    assert coming.ended_label.text() == "Youth support service: Halina Élan allowed it on 14 September 2026."
    assert not coming.form_button.isEnabled()
    coming.letter_button.click()
    assert page.body.currentWidget() is page.paper
    assert "You will be 16 on 15 January 2027." in PdfPages(page.paper.view.data).words(0)
    page.paper.send = lambda *_all, **_more: True
    page.paper.print_()
    page.paper.closed.emit()
    assert cells(coming.table, "letter") == ["Told 24 Nov 2026"]
    assert coming.count.text() == "1 birthday in the next 90 days"


def test_told_in_person_is_recorded_of_a_pupil_whom_somebody_chose_after_a_question_and_can_be_undone(
    page: SharingPage, desk: Desk, context: Context
) -> None:
    zofia = pupil_called(desk, "Zofia").id
    page.tabs.setCurrentWidget(page.coming)
    coming, ask = page.coming, Answers(False, True)
    context.ask = ask
    assert coming.table.current() is None
    assert (coming.name_label.text(), coming.letter_button.isEnabled(), coming.open_button.isEnabled()) == (
        "Choose a birthday",
        False,
        False,
    )
    coming.told_button.click()
    assert ask.questions == []
    coming.choose(zofia)
    coming.told_button.click()
    assert "Zofia Élan" in ask.questions[0].text
    assert wishes.steps_of(desk, zofia).steps == []
    coming.told_button.click()
    assert cells(coming.table, "letter") == ["Told 24 Nov 2026"]
    assert context.banner.words == "Recorded: Zofia Élan was told today."
    context.banner.undo()
    assert cells(coming.table, "letter") == ["To be sent"]
    assert list(wishes.steps_of(desk, zofia).why_back.values()) == ["Undone at once"]


def test_what_cannot_be_made_is_said_and_commands_wait_for_a_pupil(qtbot: QtBot, page: SharingPage, desk: Desk, context: Context) -> None:
    find(qtbot, page, "bram")
    assert page.heading.button_of("print").isEnabled()
    page.tabs.setCurrentWidget(page.coming)
    assert not page.heading.button_of("print").isEnabled()
    page.show_letter(pupil_called(desk, "Mia").id)
    assert context.banner.words.startswith("The choice becomes the pupil’s own on 5 March 2030.")
    assert page.body.currentWidget() is page.tabs
