"""What is said about a consent, before it is recorded: how it will stand, and which button is the chief one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.consents.consent import GIVEN, WITHDRAWN
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.papers.attachment import PORTRAIT_CONSENT
from pupil_desk.services import holds
from pupil_desk.services.attachments import photographs
from pupil_desk.services.consents import standings
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.next_act import NextAct
from pupil_desk.ui.pages.consents import ConsentsPage
from pupil_desk.ui.pages.consents.next_after_answer import next_after_answer
from tests.made_papers import a_jpeg
from tests.services.consents.saying import record_said
from tests.ui.pages.consents.one_pupil import find, opened
from tests.ui.pages.made import pupil_called


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ConsentsPage:
    return opened(qtbot, context)


def test_what_will_stand_is_said_before_it_is_chosen_which_parent_said_it_and_record_is_the_main_button_only_then(
    qtbot: QtBot, page: ConsentsPage
) -> None:
    qtbot.keyClicks(page.pupil_view.find_box, "bram")
    qtbot.keyClick(page.pupil_view.find_box, Qt.Key.Key_Return)
    panel, table = page.pupil_view.panel, page.pupil_view.table
    table.select(next(row.id for row in table.rows if "website" in row.title))
    panel.answer.set_key("given")
    assert panel.effect.text() == (
        "If it was Ms Joanna Bramley or Alan Bramley, it then stands: Yes. It holds until 31 July 2027. Choose who it was."
    )
    assert (panel.record_button.isEnabled(), panel.record_button.property("look")) == (True, "")
    panel.giver.setCurrentText("Alan Bramley")
    assert panel.effect.text() == "It then stands: Yes. Alan Bramley said yes on 24 November 2026. It holds until 31 July 2027."
    assert panel.record_button.property("look") == "primary"
    panel.giver.set_key("")
    panel.answer.set_key("withdrawn")
    assert panel.effect.text() == "There is no yes of theirs to take back. Record a no instead."
    panel.answer.set_key("asked")
    assert panel.effect.text().startswith("If it was Ms Joanna Bramley or Alan Bramley, it then stands: Asked, no reply. Choose")


def test_after_an_answer_the_one_next_step_is_offered_until_another_pupil_is_shown(
    qtbot: QtBot, page: ConsentsPage, context: Context, answers: Answers
) -> None:
    find(qtbot, page, "bram")
    view, panel = page.pupil_view, page.pupil_view.panel
    website = next(row.id for row in view.table.rows if "website" in row.title)

    def again() -> None:
        step._calm.stop()
        step.buttons[0].click()

    assert view.findChildren(NextAct) == []
    for answer, told in (("given", "Next: Print the privacy notice and give it."), ("asked", "Next: On displays inside the unit (")):
        view.table.select(website)
        panel.answer.set_key(answer)
        panel.giver.setCurrentText("Ms Joanna Bramley")
        assert page.save()
        (step,) = view.findChildren(NextAct)
        assert step.isVisible()
        assert step.words.text().startswith(told)
    page.resize(1000, 560)
    QApplication.processEvents()
    for act in (view.all_button, view.competent_button):
        assert act.visibleRegion().boundingRect() == act.rect(), "whole beneath the step, with less room too"
    step.buttons[0].click()
    assert [row.short_title for row in view.selected_rows()] == ["On displays inside the unit (Photographs and videos)"]
    assert panel.answer.isAncestorOf(QApplication.focusWidget())
    displays = view.selected_rows()[0].id
    view.table.select(website)
    panel.answer.set_key("refused")
    answers.answers += ["stay", "discard"]
    again()
    assert (panel.rows[0].id, panel.answer.key, view.selected_rows()[0].id) == (website, "refused", website), "asked first"
    view.table.select(displays)
    assert view.draft()["rows"] == [website], "what is typed is about that, and is put back about that"
    again()
    assert (panel.rows[0].id, panel.answer.key, view.selected_rows()[0].id) == (displays, "", displays)
    assert panel.answer.isAncestorOf(QApplication.focusWidget())
    view.find_competence()
    again()
    assert panel.answer.isAncestorOf(QApplication.focusWidget()), "not in what was found of competence, which was in view"
    assert panel.isVisible()
    view.open(pupil_called(context.desk, "Mia").id)
    assert not step.isVisible()


def test_the_box_for_until_when_it_holds_is_whole_without_scrolling(qtbot: QtBot, page: ConsentsPage) -> None:
    page.window().resize(1366, 768)
    find(qtbot, page, "bram")
    panel = page.pupil_view.panel
    field, area = panel.form.fields["valid_to"], panel._area.viewport()
    assert area.rect().contains(QRect(field.mapTo(area, QPoint()), field.size()))


def test_a_photograph_that_a_hold_keeps_is_no_next_step(context: Context, desk: Desk) -> None:
    theo = pupil_called(desk, "Theo")
    giver = pupils.record(desk, theo.id).contacts[0].id
    given = ConsentEntry(pupil_id=theo.id, consent_type=PORTRAIT_CONSENT, step=GIVEN, giver=giver, day=desk.today, channel="form")
    record_said(desk, [given])
    photographs.keep(desk, theo.id, a_jpeg())
    record_said(desk, [replace(given, step=WITHDRAWN)])

    def told() -> str:
        step = next_after_answer(context, theo, standings.of_pupil(desk, theo.id), print)
        return step[0] if step else ""

    assert told() == "Take the photograph off the record: the consent to it has ended."
    holds.set_hold(desk, LegalHold(pupil_id=theo.id, reason="A claim", review_on=desk.today + timedelta(days=90)))
    assert told() == "Print the privacy notice and give it."
