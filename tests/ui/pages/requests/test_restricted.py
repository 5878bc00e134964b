"""Restricted notes in a copy: added by who is named to read them, in the office or as data officer."""

from pytestqt.qtbot import QtBot

from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.requests.case import RequestCase, RequestEvent, RequestEventKind
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.packs import deciding, restricted
from pupil_desk.services.requests import handling
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.home import HomePage
from pupil_desk.ui.pages.requests import RequestsPage
from tests.ui.pages.made import as_role
from tests.ui.pages.requests.made import DAY, opened, part_of


def test_restricted_notes_are_added_by_who_is_named(qtbot: QtBot, context: Context, case: RequestCase, answers: Answers) -> None:
    officer = context.desk
    assert case.pupil_id is not None
    notes.add(officer, Note(pupil_id=case.pupil_id, category="safeguarding", text="Afraid of Priya Chandra", day=DAY))
    deciding.begin(officer, case.pupil_id, case.requester, case_id=case.id)
    context.desk = as_role(officer, Role.ASSISTANT_HEAD)
    page = opened(qtbot, context, case)
    assert not part_of(page).notes_button.isVisible()
    assert "1 restricted note to be added by someone named to read them: nobody is named yet" in part_of(page).state_words.text()
    readers.set_reader(officer, context.desk.user, may=True, reason="Safeguarding lead")
    page = opened(qtbot, context, case)
    part = part_of(page)
    part.notes_button.click()
    work = part.notes_work
    assert [mark.words for mark in work.places.table.rows] != []
    work.tabs.setCurrentWidget(work.finish)
    assert not work.finish.write_button.isEnabled(), "something is to be decided"
    work.finish.ground.setCurrentIndex(1)
    assert (work.finish.write_button.isEnabled(), work.finish.write_button.accessibleName()) == (True, "Withhold all of them")
    work.finish.ground.setCurrentIndex(0)
    answers.answers.append(True)
    work.places.all_button.click()
    assert work.finish.write_button.text() == "&Add to the copy, locked"
    work.finish.write_button.click()
    assert work.finish.showing_password
    assert "only how many there are" in work.finish.files.text()
    answers.answers.append("leave")
    work.finish.done_button.click()
    work.away_button.click()
    assert f"The restricted notes were added by {context.desk.user.name}." in part.state_words.text()


def named_in_the_office(context: Context, case: RequestCase) -> str:
    """A copy waits for a restricted note, and at the desk is office staff, named to read them, who did not record the request; the pack's id."""
    officer = context.desk
    assert case.pupil_id is not None
    notes.add(officer, Note(pupil_id=case.pupil_id, category="safeguarding", text="Afraid of Priya Chandra", day=DAY))
    pack = deciding.begin(officer, case.pupil_id, case.requester, case_id=case.id)
    context.desk = as_role(officer, Role.OFFICE)
    readers.set_reader(officer, context.desk.user, may=True, reason="Safeguarding lead")
    return pack.id


def test_office_staff_named_to_read_them_come_from_home_to_that_step_and_to_nothing_else(
    qtbot: QtBot, context: Context, case: RequestCase, answers: Answers, went: list[tuple[str, str | None]]
) -> None:
    pack_id = named_in_the_office(context, case)
    home = HomePage(context)
    qtbot.addWidget(home)
    home.show()
    home.on_show()
    (line,) = [line for line in home.findChildren(LinkLine) if "to be added to a copy" in line.words]
    assert line.words == "Theo Bramley: 1 restricted note to be added to a copy"
    line.click()
    assert went == [("requests", pack_id)]
    page = RequestsPage(context)
    context.news.changed.connect(page.on_change)
    qtbot.addWidget(page)
    page.show()
    page.on_show(pack_id)
    work = page.notes
    assert work.isVisible()
    assert page.heading.isHidden()
    assert not page.list.table.rows
    assert page.view.overview is None
    assert "Priya" not in " ".join(
        passage.words for part in work.state.compiled_pack.parts for passage in part.passages if part.name != "restricted_notes"
    )  # type: ignore[union-attr]
    answers.answers.append(True)
    work.places.all_button.click()
    work.tabs.setCurrentWidget(work.finish)
    work.finish.write_button.click()
    assert work.finish.showing_password
    answers.answers.append("stay")
    assert not page.leave()
    answers.answers.append("leave")
    work.finish.done_button.click()
    work.away_button.click()
    assert work.state.compiled_pack is None
    assert page.panes_.isVisible()
    assert page.heading.isVisible()
    assert restricted.to_add(context.desk) == []


def test_what_waits_for_no_notes_opens_no_step(qtbot: QtBot, context: Context, case: RequestCase) -> None:
    officer = context.desk
    pack_id = named_in_the_office(context, case)
    reader, context.desk = context.desk, officer
    page = opened(qtbot, context, case)
    page.on_show(pack_id)
    assert not page.notes.isVisible()
    assert restricted.to_add(officer) == []
    assert [one.pack_id for one in restricted.to_add(reader)] == [pack_id]
    handling.record(officer, RequestEvent(case_id=case.id, kind=RequestEventKind.WITHDRAWN, on=DAY, note="They rang"))
    assert restricted.to_add(reader) == []
