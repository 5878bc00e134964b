"""Whether a pupil decides alone: competence found and what it was judged by, what it would change, and from 16 on."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pupil_desk.domain.consents.consent import Competence
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.services.consents import timeline
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.desk import Desk
from pupil_desk.store.tables import contacts
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.consents import ConsentsPage
from tests.services.consents.saying import record_said
from tests.ui.pages.consents.one_pupil import find, opened
from tests.ui.pages.made import pupil_called


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ConsentsPage:
    return opened(qtbot, context)


def test_competence_is_found_with_what_it_was_judged_by(qtbot: QtBot, page: ConsentsPage, desk: Desk) -> None:
    find(qtbot, page, "bram")
    assert page.pupil_view.competence.text() == "Pupil’s understanding: Not recorded. From 12 it is time to ask."
    page.pupil_view.competent_button.click()
    assert page.pupil_view.finding.form.fields["finding"].editor.field.hasFocus()
    qtbot.keyClick(page.pupil_view.finding.form.fields["finding"].editor.field, Qt.Key.Key_Escape)
    assert page.pupil_view.side.currentWidget() is page.pupil_view.panel, "Esc leads back where nothing is typed"
    assert page.pupil_view.table.hasFocus()
    page.pupil_view.competent_button.click()
    page.pupil_view.finding.form.take_draft({"finding": "competent"})
    assert not page.save()  # what it was judged by is missing
    page.pupil_view.finding.form.take_draft({"reason": "Explained it back"})
    assert page.dirty
    assert page.save()
    assert page.pupil_view.competence.text() == "Pupil’s understanding: Competent, found on 24 November 2026: Explained it back"
    (found,) = timeline.timeline(desk, pupil_called(desk, "Theo").id).competences
    assert isinstance(found, Competence)


def test_a_finding_by_which_a_yes_would_hold_again_asks_first_and_names_whom(
    qtbot: QtBot, page: ConsentsPage, desk: Desk, answers: Answers
) -> None:
    bram = pupil_called(desk, "Theo")
    parents = [contact for contact in contacts.of_pupil(desk.vault, bram.id) if contact.parental_responsibility]
    for giver, step in (*((parent.id, "given") for parent in parents), (PUPIL, "refused")):
        facts = {"pupil_id": bram.id, "consent_type": "photographs", "uses": ("website",), "day": desk.today, "channel": "form"}
        record_said(desk, [ConsentEntry(**facts, step=step, giver=giver)])
    find(qtbot, page, "bram")
    page.pupil_view.table.select("photographs||website")
    page.pupil_view.competent_button.click()
    page.pupil_view.finding.form.take_draft({"finding": "not-competent", "reason": "A talk"})
    answers.answers += [False, True]
    assert not page.save()
    (asked,) = answers.questions
    assert asked.text.startswith(f"{bram.full_name}. It would then stand:\n\nPhotographs and videos: on our website: Yes")
    assert timeline.timeline(desk, bram.id).competences == []
    assert page.save()
    assert len(timeline.timeline(desk, bram.id).competences) == 1


def test_what_is_typed_of_competence_stays_with_the_consent_it_is_about(
    qtbot: QtBot, page: ConsentsPage, context: Context, answers: Answers
) -> None:
    find(qtbot, page, "bram")
    view = page.pupil_view
    view.table.select("photographs||website")
    view.competent_button.click()
    asked_of = view.finding.title.text()
    view.finding.form.take_draft({"reason": "Explained what the website shows"})
    other = next(row.id for row in view.table.rows if row.type.consent_type != "photographs")
    view.table.select(other)
    answers.answers += ["stay"]
    view.competent_button.click()
    assert [question.kind for question in answers.questions] == ["choose"], "asked before it is thrown away"
    assert (view.finding.title.text(), view.finding.form.draft()["reason"]) == (asked_of, "Explained what the website shows")
    draft = page.draft()
    page.discard()
    view.table.select(other)
    assert draft is not None
    page.take_draft(draft)
    assert (view.finding.title.text(), view.finding.form.draft()["reason"]) == (asked_of, "Explained what the website shows")
    assert [row.id for row in view.selected_rows()] == ["photographs||website"]


def test_what_is_asked_of_one_pupil_stands_beside_no_other(qtbot: QtBot, page: ConsentsPage) -> None:
    find(qtbot, page, "bram")
    view = page.pupil_view
    view.table.select("photographs||website")
    view.competent_button.click()
    assert view.side.currentWidget() is view.finding
    find(qtbot, page, "dale")
    assert view.side.currentWidget() is view.panel


def test_a_pupil_of_16_speaks_for_themselves(qtbot: QtBot, page: ConsentsPage, desk: Desk) -> None:
    find(qtbot, page, "dale")
    page.pupil_view.table.select("worship||worship")
    page.pupil_view.panel.giver.set_key(next(key for key in _people(page) if key != PUPIL))
    page.pupil_view.panel.answer.set_key("given")
    assert page.pupil_view.panel.effect.text() == "From 1 June 2026 it is the pupil’s own decision. Ask the pupil."
    page.pupil_view.panel.giver.set_key(PUPIL)
    assert page.pupil_view.panel.effect.text().startswith("It then stands: Left out. The pupil said on 24 November 2026: left out.")


def _people(page: ConsentsPage) -> list[str]:
    box = page.pupil_view.panel.giver
    return [str(box.itemData(place)) for place in range(box.count()) if box.itemData(place)]
