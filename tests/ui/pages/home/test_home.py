"""Home: each list leads where it is done, and an empty one says so."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.pc.disk_encryption import DiskEncryption
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups, this_pc
from pupil_desk.services.desk import Desk
from pupil_desk.services.home import home
from pupil_desk.services.home.deadlines import ReturnsDue
from pupil_desk.services.home.home import Tasks
from pupil_desk.services.notes import notes
from pupil_desk.services.notices import notices
from pupil_desk.services.notices.notices import NoticesDue
from pupil_desk.services.pupils import pupils
from pupil_desk.services.quality import looking
from pupil_desk.services.quality.looking import findings, summary
from pupil_desk.services.sharing import wishes
from pupil_desk.services.sharing.wishes import Askee
from pupil_desk.services.unit import calendars, settings
from pupil_desk.ui.kit.context import LOOKING_ONLY, Context, Place
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages import pages
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.home.cards import When
from tests.ui.pages.home.seen import click, in_group, lines, links, titles
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.still import HalfASecond


def test_every_list_is_there_in_the_group_of_its_day(page: HomePage, context: Context) -> None:
    stay = Enrolment(status="C", start_date=date(2026, 9, 2))
    pupils.add_pupil(context.desk, Pupil(surname="Ives", forename="Noa", dob=date(2012, 1, 9)), stay)
    page.refresh()
    assert in_group(page, When.OVERDUE) == ["New pupils: 6 new pupils: tell the authority"]
    assert [line.split(":")[0] for line in in_group(page, When.TODAY)] == [
        "Backup",
        "Details of the unit",
        "Notices to give",
        "Nobody to give it to",
    ]
    assert in_group(page, When.WEEK) == []
    assert [line.split(":")[0] for line in in_group(page, When.LATER)] == [
        "Turning 13, 16 or 18",
        "Contacts without a notice",
        "Not asked yet",
        "Gaps in records",
    ]
    assert "Noa Ives: no contact with parental responsibility is on file" in lines(page)
    assert "Noa Ives: tell the authority by 7 Sep 2026" in lines(page)
    assert any(line.startswith("Mr Vikram Chandra, of Priya Chandra: ") for line in lines(page))


def test_a_return_to_the_authority_leads_to_its_export(page: HomePage, went: list[tuple[str, str | None]]) -> None:
    line = next(link for link in links(page) if link.words.startswith("5 new pupils"))
    assert line.tone == "bad"  # five days have passed
    line.click()
    assert went == [("exports", "la-new-pupil")]


def test_birthdays_say_what_changes_and_lead_to_the_choice(page: HomePage, context: Context, went: list[tuple[str, str | None]]) -> None:
    assert "Theo Bramley turns 13 on 10 February 2026" not in " ".join(lines(page))
    assert any(line.startswith("Zofia Élan turns 16 on 15 January 2027, in 52 days: the choice becomes") for line in lines(page))
    click(page, "Zofia Élan turns 16")
    assert went == [("sharing", f"{pupil_called(context.desk, 'Zofia').id}#coming///")]


def test_answers_to_follow_up_lead_to_their_list_and_to_the_pupil(
    page: HomePage, context: Context, went: list[tuple[str, str | None]]
) -> None:
    desk, theo = context.desk, pupil_called(context.desk, "Theo")
    mother, father = (contact.id for contact in pupils.record(desk, theo.id).contacts)
    wishes.record_asked(desk, [Askee(theo.id, mother), Askee(theo.id, father)], "letter", date(2026, 11, 2))
    page.refresh()
    click(page, "2 people have not answered yet: print the form again, or ring")
    assert went.pop() == ("sharing", "#answers/due//")
    for contact_id, word in ((mother, "restrict"), (father, "allow")):
        said = Choice(pupil_id=theo.id, recipient="youth-support", choice=word, by="parent", on=desk.today, channel="form")
        wishes.answer(desk, [said], contact_id=contact_id)
    page.refresh()
    assert not any(line.startswith("2 people") for line in lines(page))
    click(page, "Theo Bramley: two parents disagree")
    assert went.pop() == ("sharing", theo.id)


def test_each_line_leads_to_where_it_is_done(page: HomePage, context: Context, went: list[tuple[str, str | None]]) -> None:
    first = home.tasks(context.desk).incomplete[0]
    for start, place in (
        ("No backup has been made yet", ("backup", None)),
        ("Enter: ", ("settings", "kind")),
        ("Mr Vikram Chandra", ("pupils", str(Place(pupil_called(context.desk, "Priya").id, "contacts")))),
        (f"{first.pupil.full_name}: {first.lacks[0]}", ("pupils", str(Place(first.pupil.id, "details", "pupil", "", first.item)))),
    ):
        click(page, start)
        assert went.pop() == place


def test_a_line_says_how_many_leads_to_their_list_and_shows_the_first_of_them(
    page: HomePage, went: list[tuple[str, str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = home.tasks(page.context.desk)
    many = dataclasses.replace(tasks, incomplete=list(tasks.incomplete) * 9)
    monkeypatch.setattr(home, "tasks", lambda _desk: many)
    page.on_show()
    click(page, f"{len(many.incomplete)} records: fill in what is missing")
    click(page, f"and {len(many.incomplete) - 20} more")
    assert went == [("quality", None)] * 2


def test_one_line_counts_what_is_to_be_checked_in_the_records(
    page: HomePage, context: Context, went: list[tuple[str, str | None]], qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.to_check.line is not None)
    words = summary(findings(context.desk))
    assert words in lines(page)
    assert page.to_check.isVisible()
    click(page, words)
    assert went == [("quality", None)]
    before = words
    mia = pupil_called(context.desk, "Mia")
    page.on_change(pupils.save_pupil(context.desk, dataclasses.replace(mia, sex="F")))
    qtbot.waitUntil(lambda: before not in lines(page) and page.to_check.line is not None)


def test_the_records_are_looked_through_again_only_when_something_has_changed(
    page: HomePage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.to_check.line is not None)
    looked: list[int] = []
    monkeypatch.setattr(looking, "findings", lambda _desk, _step: looked.append(1) or [])
    page.on_show()
    QApplication.processEvents()
    assert not looked
    with HalfASecond.watched() as time:
        qtbot.mouseClick(page.heading, Qt.MouseButton.LeftButton)
        page.on_change(Changed.of("pupil"))
        qtbot.waitUntil(lambda: len(looked) == 1)
        assert page.to_check.isVisible(), "what takes room, or gives it, moves nothing under the pointer that has just clicked"
        time.calm(page)
    assert page.to_check.isHidden()


def test_nothing_needs_doing_is_not_said_above_a_line_about_the_records(
    page: HomePage, context: Context, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    last = backups.LastBackup(datetime(2026, 11, 24, 9, tzinfo=UTC), removable=True)
    tasks = home.tasks(context.desk)
    none = dataclasses.replace(
        tasks, turning=(), notices=NoticesDue((), (), ()), unasked=(), incomplete=(), missing_details={}, returns=ReturnsDue(), backup=last
    )
    monkeypatch.setattr(home, "tasks", lambda _desk: none)
    page.refresh()
    qtbot.waitUntil(lambda: page.to_check.line is not None)
    assert page.empty_state.isHidden()
    assert "1 thing to look at" in page.heading.findChildren(QLabel)[1].text()


@pytest.mark.parametrize(
    ("days", "expected", "tone"),
    [(-1, "24 November 2026, a day to come", "bad"), (2, None, ""), (3, "3 days old", "check"), (8, "8 days old", "bad")],
)
def test_the_age_of_the_last_backup(page: HomePage, tmp_path: Path, days: int, expected: str | None, tone: str) -> None:
    desk = page.context.desk
    backups.make(desk, tmp_path)
    page.context.desk = Desk(desk.vault, desk.user, FixedClock(desk.clock.now() + timedelta(days=days)))
    page.on_show()
    found = [link for link in links(page) if "backup" in link.words]
    assert [(expected in link.words if expected else None, link.tone) for link in found] == ([(True, tone)] if expected else [])


@pytest.mark.parametrize(("state", "shown"), [(DiskEncryption.OFF, True), (DiskEncryption.NOT_KNOWN, False), (DiskEncryption.ON, False)])
def test_a_disk_without_encryption_is_named_and_leads_to_this_pc(
    page: HomePage, went: list[tuple[str, str | None]], monkeypatch: pytest.MonkeyPatch, state: DiskEncryption, shown: bool
) -> None:
    monkeypatch.setattr(this_pc, "_encryption", lambda _path: state)
    page.refresh()
    found = [link for link in links(page) if link.words.startswith("The disk that holds the records is not encrypted")]
    assert ([link.tone for link in found], "This PC" in titles(page)) == (["check"], True) if shown else ([], False)
    if shown:
        found[0].click()
        assert went == [("this-pc", None)]
        assert "this-pc" in {each.name for each in pages()}


@pytest.mark.parametrize(("role", "words"), [(Role.DATA_OFFICER, "Confirm the terms"), (Role.OFFICE, "A data officer confirms it")])
def test_a_school_year_that_nobody_confirmed_is_named_and_leads_to_settings(
    page: HomePage, desk: Desk, went: list[tuple[str, str | None]], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, role: Role, words: str
) -> None:
    page.context.desk = as_role(desk, role)
    page.refresh()
    assert "School year" not in titles(page)
    monkeypatch.setattr(calendars, "is_confirmed", lambda _vault: False)
    page.refresh()
    assert "School year" in titles(page)
    (found,) = [link for link in links(page) if link.words.startswith(words)]
    qtbot.keyClick(found, Qt.Key.Key_Return)
    assert (went, found.tone) == ([("settings", "year")], "bad")


def test_a_note_to_look_at_again_is_named_and_a_restricted_one_says_no_more(
    page: HomePage, context: Context, went: list[tuple[str, str | None]]
) -> None:
    theo = pupil_called(context.desk, "Theo")
    for category, text in (("behaviour", "Left the room"), ("safeguarding", "Said it"), ("health", "Not yet")):
        again = date(2026, 11, 25) if category == "health" else date(2026, 11, 24)
        notes.add(context.desk, Note(pupil_id=theo.id, category=category, text=text, day=date(2026, 11, 23), follow_up=again))
    page.refresh()
    found = [line for line in lines(page) if line.endswith(", since 24 November 2026")]
    assert found == ["Theo Bramley: Behaviour, since 24 November 2026", "Theo Bramley: Restricted note, since 24 November 2026"]
    click(page, "Theo Bramley: Restricted note")
    (apart,) = notes.restricted(context.desk, theo.id).histories
    assert went == [("pupils", f"{theo.id}#notes/restricted_note/{apart.now.note_id}/text")]
    context.desk = as_role(context.desk, Role.OFFICE)
    page.refresh()
    assert not [line for line in lines(page) if "Restricted" in line]


def test_a_new_edition_says_why(page: HomePage, context: Context) -> None:
    letters = notices.notices_due(context.desk).letters
    notices.issue(context.desk, [letter for letter in letters if letter.contacts], "by-hand")
    changed = settings.save_settings(context.desk, dataclasses.replace(context.desk.settings, head="R Ashdown"))
    page.on_change(changed)
    assert any("There is a new edition: " in line for line in lines(page))


def test_nothing_to_do_says_so(page: HomePage, context: Context, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    last = backups.LastBackup(datetime(2026, 11, 24, 9, tzinfo=UTC), removable=True)
    none = Tasks(
        turning=(),
        notices=NoticesDue(letters=(), without_addressee=(), left_out=()),
        why_new_edition=(),
        unasked=(),
        incomplete=(),
        missing_details={},
        backup=last,
        calendar_confirmed=True,
        disk_is_open=False,
    )
    monkeypatch.setattr(home, "tasks", lambda _desk: none)
    monkeypatch.setattr(looking, "findings", lambda _desk, _step: [])
    monkeypatch.setattr("pupil_desk.ui.pages.home.looking.first_steps", lambda _desk: [])
    page.refresh()
    qtbot.waitUntil(lambda: page.to_check.line is None)
    assert titles(page) == []
    assert page.empty_state.isVisible()
    assert "Nothing to look at" in page.heading.findChildren(QLabel)[1].text()


def test_the_office_is_not_sent_to_settings_it_cannot_change(qtbot: QtBot, context: Context) -> None:
    context.desk = as_role(context.desk, Role.OFFICE)
    page = HomePage(context)
    qtbot.addWidget(page)
    page.show()
    page.on_show()
    assert "Details of the unit" not in titles(page)


def test_at_sign_in_it_is_shown_before_it_asks_what_is_due(qtbot: QtBot, context: Context) -> None:
    page = HomePage(context)
    qtbot.addWidget(page)
    page.on_show()  # the window is not there yet
    assert page.content is None
    page.show()
    assert page.waiting.isVisible()
    qtbot.waitUntil(lambda: page.content is not None)
    assert lines(page)
    assert not page.waiting.isVisible()


def test_it_looks_again_when_something_changed(page: HomePage, context: Context, tmp_path: Path) -> None:
    backups.make(context.desk, tmp_path)
    page.on_change(Changed.of("backup"))
    assert "Backup" not in titles(page)


def test_every_line_has_a_name(page: HomePage, nameless: Callable[[HomePage], list[str]]) -> None:
    assert nameless(page) == []


def test_the_deadlines_are_saved_as_a_calendar_file(page: HomePage, context: Context, answers: Answers, tmp_path: Path) -> None:
    answers.answers = [tmp_path / "deadlines.ics"]
    page.save_calendar()
    data = (tmp_path / "deadlines.ics").read_bytes()
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert context.banner.look == "success"


def test_while_one_only_looks_the_calendar_file_is_greyed_and_says_why(qtbot: QtBot, context: Context) -> None:
    context.desk.vault.read_only = "only looking"
    page = HomePage(context)
    qtbot.addWidget(page)
    button = page.heading.button_of("calendar")
    assert (button.isEnabled(), button.toolTip()) == (False, LOOKING_ONLY)
    context.desk.vault.read_only = ""


def test_the_evacuation_sheet_is_one_action_away(page: HomePage, went: list[tuple[str, str | None]]) -> None:
    page.heading.button_of("evacuation").click()
    assert went[-1] == ("register", "evacuation")
