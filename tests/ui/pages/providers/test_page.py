"""The page Providers: who one is and what was seen is kept, sessions are confirmed with a press, and the papers are shown."""

import dataclasses
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.providers.provider_check import ProviderCheck
from pupil_desk.domain.providers.provider_return import ProviderReturn, ReturnOutcome
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, Protection
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.providers import providers, returns
from pupil_desk.services.pupils import placements, protections
from pupil_desk.services.schools import charging
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.providers import ProvidersPage
from tests.ui.pages.made import pupil_called

MONDAY = date(2026, 11, 16)


@pytest.fixture
def page(qtbot: QtBot, context: Context, desk: Desk) -> ProvidersPage:
    settings.save_settings(desk, dataclasses.replace(desk.settings, told_providers="Marden Farm"))
    theo = pupil_called(desk, "Theo")
    for provider, sessions in (("Marden Farm", "Mon am"), ("Boat Yard", "Mon pm")):
        placements.add(desk, Placement(pupil_id=theo.id, provider=provider, start_date=MONDAY, setting="OTH", sessions=sessions))
    made = ProvidersPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.on_show()
    return made


def cells(page: ProvidersPage, *names: str) -> list[list[str]]:
    table = page.sessions.table
    return [[table.cell(row, name) for name in names] for row in range(len(table.rows))]


def test_who_a_provider_is_and_what_was_seen_of_it_is_kept(page: ProvidersPage, desk: Desk, answers: Answers) -> None:
    table = page.listing.table
    assert [[table.cell(row, name) for name in ("name", "pupils", "named", "lacking")] for row in range(2)] == [
        ["Boat Yard", "1", "no", "6"],
        ["Marden Farm", "1", "yes", "6"],
    ]
    assert "does not name Boat Yard among the alternative providers" in page.listing.refusal.text()
    page.on_show("marden farm")
    assert page.listing.refusal.isHidden()
    page.listing.form.take_draft({"registration": "school", "lead": "Ms Fern"})
    answers.answers.append("save")
    page.tabs.setCurrentIndex(1)
    assert answers.questions[-1].title == "Save your changes?", "what is typed is not left out of sight"
    farm = next(row for row in providers.standings(desk) if row.id == "marden farm")
    assert (farm.provider.registration, farm.provider.lead) == ("school", "Ms Fern")
    page.checks.go_to("marden farm|insurance")
    assert page.checks.title.text() == "Marden Farm: Insurance"
    page.checks.form.take_draft({"seen_on": "20/11/2026", "valid_until": "20/11/2027", "in_order": "yes"})
    draft = page.draft()
    assert draft is not None
    page.discard()
    page.take_draft(draft)
    assert page.save()
    assert page.checks.table.cell([row.id for row in page.checks.table.rows].index("marden farm|insurance"), "state") == "seen"
    farm = next(row for row in providers.standings(desk) if row.id == "marden farm")
    assert [(state.check.seen_on, state.check.seen_by) for state in farm.states if state.check] == [(date(2026, 11, 20), desk.user.name)]


def test_sessions_are_confirmed_with_a_press_and_taken_back(
    page: ProvidersPage, desk: Desk, context: Context, answers: Answers, went: list[tuple[str, str | None]]
) -> None:
    theo = pupil_called(desk, "Theo")
    register.mark(desk, [Mark(pupil_id=theo.id, day=MONDAY, session=Session.AM, code="B")], reason="")
    page.on_show("checks")
    assert page.tabs.tabText(page.tabs.currentIndex()) == "C&hecks"
    page.on_show("sessions")
    assert cells(page, "day", "session", "provider", "ours", "theirs") == [
        ["16 Nov 2026", "AM", "Marden Farm", "B: educated off site (not K, V, P or W)", "nothing"],
        ["16 Nov 2026", "PM", "Boat Yard", "nothing", "nothing"],
        ["23 Nov 2026", "AM", "Marden Farm", "nothing", "nothing"],
        ["23 Nov 2026", "PM", "Boat Yard", "nothing", "nothing"],
    ]
    attended = page.sessions.buttons[next(iter(page.sessions.buttons))]
    assert not attended.isEnabled(), "nobody has chosen a session"
    page.sessions.table.selectAll()
    attended.click()
    assert page.sessions.form.fields["told_by"].problem.text() == "Enter who said so."
    assert len(cells(page, "day")) == 4, "nothing is entered before"
    page.sessions.form.take_draft({"told_by": "Ms Reed"})
    answers.answers.append(True)
    attended.click()
    assert "4 sessions of Theo Bramley" in answers.questions[-1].text
    assert cells(page, "day") == []
    assert page.sessions.count.text() == "0 sessions of this school year to confirm, or to settle where the register says otherwise."
    assert [entry.code for entry in register.entries(desk, theo.id, date(2026, 11, 23), Session.PM)] == ["B"]
    assert returns.to_confirm(desk) == []
    act = context.banner.message.act if context.banner.message is not None else None
    assert act is not None
    act[1]()
    assert len(cells(page, "day")) == 4, "what was just entered is taken back"
    assert [entry.code for entry in register.entries(desk, theo.id, date(2026, 11, 23), Session.PM)][-1] == ""
    page.sessions.table.selectRow(1)
    page.sessions.register_button.click()
    assert went == [("register", f"{theo.id}@2026-11-16@PM")]
    went.clear()
    page.heading.button_of("returns").click()
    assert went == [("import", None)]


def test_what_the_register_contradicts_stays_and_is_said_and_a_return_is_not_replaced_unasked(
    page: ProvidersPage, desk: Desk, context: Context, answers: Answers
) -> None:
    theo = pupil_called(desk, "Theo")
    register.mark(desk, [Mark(pupil_id=theo.id, day=MONDAY, session=Session.AM, code="/")], reason="")
    came = ProviderReturn(pupil_id=theo.id, provider="Marden Farm", day=MONDAY, session=Session.AM, outcome=ReturnOutcome.ATTENDED)
    returns.enter(desk, [came])
    page.on_show("sessions")
    page.sessions.form.take_draft({"told_by": "Ms Reed"})
    page.sessions.table.selectRow(0)
    page.sessions.buttons[ReturnOutcome.ATTENDED].click()
    assert context.banner.words.startswith("Kept what the provider says. Still listed, since the register says otherwise: 1 session.")
    assert cells(page, "ours", "theirs")[0] == ["/: present, morning", "Attended"]
    page.sessions.table.selectRow(0)
    assert page.sessions.reason.text().startswith(
        "The register says that the pupil was here with you, the provider that the pupil was there."
    )
    page.sessions.table.selectRow(0)
    answers.answers.append(False)
    page.sessions.buttons[ReturnOutcome.ABSENT].click()
    assert "Of 1 session of Theo Bramley the provider said: Attended." in answers.questions[-1].text
    assert cells(page, "theirs")[0] == ["Attended"]


def test_the_papers_are_shown_and_a_protected_pupil_is_asked_about(page: ProvidersPage, desk: Desk, answers: Answers) -> None:
    theo = pupil_called(desk, "Theo")
    protections.set_protection(desk, Protection(pupil_id=theo.id, kind=ADDRESS_WITHHELD, reason="Refuge", since=MONDAY))
    page.on_show("marden farm")
    answers.answers.append(True)
    page.heading.button_of("sheets").click()
    assert "Theo Bramley must be protected" in answers.questions[-1].text
    assert page.body.currentWidget() is page.paper
    page.paper.closed.emit()
    (term, *_earlier) = charging.half_terms(desk)
    answers.answers.append(term.id)
    page.heading.button_of("costs").click()
    assert page.body.currentWidget() is page.paper
    page.paper.closed.emit()
    assert page.body.currentWidget() is page.tabs


def test_the_sheet_to_return_sessions_on_is_of_the_week_chosen(page: ProvidersPage, qtbot: QtBot, answers: Answers) -> None:
    page.on_show("marden farm")
    answers.answers.append("")
    page.make_return_sheet()
    assert not page.paper.isVisible()
    answers.answers.append("7")
    page.make_return_sheet()
    qtbot.waitUntil(page.paper.isVisible)


def test_what_was_seen_before_stands_beneath_what_was_seen_last(page: ProvidersPage, desk: Desk) -> None:
    for seen_on, note in ((date(2025, 11, 3), "Policy 12"), (date(2026, 11, 3), None)):
        check = ProviderCheck(
            provider="Marden Farm", kind="insurance", seen_on=seen_on, seen_by="A Smith", valid_until=None, in_order="yes", note=note
        )
        providers.record_check(desk, check)
    page.tabs.setCurrentWidget(page.checks)
    checks = page.checks
    checks.refresh()
    row = next(row for row in checks.table.rows if row.standing.name == "Marden Farm" and row.state.kind == "insurance")
    checks.go_to(row.id)
    assert checks.before.text() == "Entered before:\n3 Nov 2025, in order, seen by A Smith: Policy 12"
    other = next(row for row in checks.table.rows if row.state.check is None)
    checks.go_to(other.id)
    assert checks.before.isHidden()
