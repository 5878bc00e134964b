"""How long things are kept, in Settings: what would change is seen before it is kept, and what the law asks cannot be undone."""

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.governance.retention import REGISTER, REQUEST
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.settings import SettingsPage
from tests.ui.pages.made import as_role


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SettingsPage:
    made = SettingsPage(context)
    context.news.changed.connect(made.on_change)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.on_show("keeping")
    return made


def test_it_shows_the_sentence_and_what_it_is_made_from(page: SettingsPage) -> None:
    keeping = page.keeping
    assert page.tabs.tabText(page.tabs.currentIndex()) == "&Keeping"
    assert keeping.sentence.text() == "Until the pupil’s 25th birthday"
    keeping.class_box.set_key(REQUEST)
    assert keeping.sentence.text() == "6 years from the day the case is closed"
    assert (keeping.form.draft(), keeping.dirty) == ({}, False)
    assert keeping.form.fields["least_event"].isHidden()
    assert keeping.form.fields["hurt_years"].isHidden()


def test_what_would_change_is_asked_before_it_is_kept(page: SettingsPage, desk: Desk, answers: Answers) -> None:
    page.keeping.class_box.set_key(REQUEST)
    page.keeping.form.take_draft({"years": "3", "source": "The authority’s schedule, 2026"})
    assert page.dirty
    assert not page.keeping.class_box.isEnabled()
    answers.answers = [False, True]
    assert not page.save()
    assert desk.schedule[REQUEST].sentence == "6 years from the day the case is closed"
    assert page.save()
    assert "From then on: 3 years from the day the case is closed." in answers.questions[-1].text
    assert desk.schedule[REQUEST].sentence == "3 years from the day the case is closed"
    assert page.keeping.sentence.text() == "3 years from the day the case is closed"
    assert not page.dirty
    answers.answers = [True]
    page.keeping.reset()
    assert page.keeping.sentence.text() == "6 years from the day the case is closed"


def test_the_law_is_said_at_its_field(page: SettingsPage, desk: Desk) -> None:
    page.keeping.class_box.set_key(REGISTER)
    page.keeping.form.take_draft({"least_years": "5"})
    assert not page.save()
    assert (
        "The law keeps it at least 6 years (SI 2024/208 regulation 7). Choose no less." in page.keeping.form.fields["years"].problem.text()
    )
    page.discard()
    assert not page.dirty


def test_whoever_may_not_change_settings_reads_them(qtbot: QtBot, context: Context) -> None:
    context.desk = as_role(context.desk, Role.OFFICE)
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.show()
    made.on_show("keeping")
    assert not made.keeping.reset_button.isVisible()
