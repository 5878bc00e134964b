"""The lead reads the file of a pupil, decides about a concern, and keeps actions, meetings and the status; nobody else sees a file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.safeguarding import files, writing
from pupil_desk.services.safeguarding.due import SafeguardingDue
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.home.of_deadlines import safeguarding_card
from pupil_desk.ui.pages.safeguarding import SafeguardingPage
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.safeguarding.conftest import OpenPage, said


def concern(desk: Desk, text: str = "Said he is afraid", **values: str) -> str:
    pupil = pupil_called(desk, "Theo")
    writing.write_concern(desk, SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.CONCERN, day=desk.today, text=text, **values))
    return pupil.id


def open_at_entry(open_page: OpenPage, pupil_id: str) -> SafeguardingPage:
    """The file of a pupil, its newest entry chosen."""
    page = open_page(pupil_id)
    page.view.table.selectRow(0)
    return page


def words_in_view(page: SafeguardingPage) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_the_lead_sees_who_has_a_file_and_what_is_left_to_do(open_page: OpenPage, kept_here: Desk) -> None:
    pupil_id = concern(kept_here, body_map="front;27;58;round bruise")
    page = open_at_entry(open_page, pupil_id)
    assert [page.list.table.cell(0, key) for key in ("name", "status", "open", "last")] == [
        "Theo Bramley", "", "1 to decide", "24 Nov 2026",
    ]  # fmt: skip
    assert "1 safeguarding file, 1 to decide or to be done." in words_in_view(page)
    assert page.view.table.cell(0, "state") == "To decide"
    assert "Mark 1: Front, right upper arm: round bruise" in page.view.facts.text
    assert "Written by Dee Marlowe on 24 November 2026" in page.view.recorded.text()


def test_no_entry_is_acted_on_that_the_lead_did_not_choose(open_page: OpenPage, kept_here: Desk) -> None:
    page = open_page(concern(kept_here))
    assert page.view.history is None
    assert not page.heading.button_of("amend").isEnabled()
    page.strike()  # and asks nothing
    assert page.view.table.cell(0, "state") == "To decide"


def test_a_concern_is_decided_and_what_it_said_before_stays(open_page: OpenPage, kept_here: Desk, context: Context) -> None:
    page = open_at_entry(open_page, concern(kept_here))
    page.amend()
    assert page.entry.form.fields["decision"].editor.field.hasFocus()
    page.entry.form.take_draft({"decision": "Told the authority’s front door"})
    assert page.save()
    assert said(context) == "The entry is in the file."
    assert page.view.table.cell(0, "state") == ""
    assert "What was decided, and why: Told the authority’s front door" in page.view.facts.text
    assert page.view.recorded.text().count("Then by") == 1


def test_the_lead_keeps_each_kind_of_entry_by_the_bar(open_page: OpenPage, kept_here: Desk) -> None:
    page = open_page(concern(kept_here))
    typed = {
        EntryKind.ACTION: {"text": "Ring the social worker", "due": "2026-11-25"},
        EntryKind.EVENT: {"text": "Mother rang"},
        EntryKind.MEETING: {"meeting": "strategy", "decision": "Section 47"},
        EntryKind.STATUS: {"status": "child-protection", "social_worker": "Ade Cole"},
    }
    for kind, values in typed.items():
        page.begin_entry(kind)
        page.entry.form.take_draft(values)
        assert page.save(), kind
    assert page.view.status.text() == "Child protection plan since 24 November 2026. Social worker: Ade Cole."
    assert sorted(page.view.table.cell(row, "kind") for row in range(5)) == [
        "Action", "Concern", "Event", "Meeting", "Status",
    ]  # fmt: skip
    assert page.list.table.cell(0, "open") == "1 to decide, 1 to be done"
    assert page.list.table.cell(0, "status") == "Child protection plan"
    page.begin_entry(EntryKind.STATUS)
    page.entry.form.take_draft({"status": "prevent"})
    assert page.save()
    assert page.view.status.text().splitlines() == [
        "Child protection plan since 24 November 2026. Social worker: Ade Cole.", "Prevent, Channel since 24 November 2026.",
    ]  # fmt: skip
    assert page.list.table.cell(0, "status") == "Child protection plan, Prevent, Channel"


def test_a_meeting_still_to_come_is_entered_and_stands_in_what_is_due(open_page: OpenPage, kept_here: Desk) -> None:
    page = open_page(pupil_called(kept_here, "Theo").id)
    page.begin_entry(EntryKind.MEETING)
    page.entry.form.take_draft({"meeting": "core-group", "day": "03/12/2026", "time": "14:00"})
    assert page.save()
    assert page.view.table.cell(0, "state") == "To come"
    assert page.list.table.cell(0, "open") == "meeting 3 Dec 2026"
    assert page.list.summary() == "1 safeguarding file, 1 to decide or to be done."


def test_an_entry_is_struck_out_with_a_reason(open_page: OpenPage, kept_here: Desk, answers: Answers) -> None:
    page = open_at_entry(open_page, concern(kept_here))
    answers.answers = ["About another pupil"]
    page.strike()
    assert answers.questions[-1].text.startswith("Concern of 24 November 2026, about Theo Bramley.")
    assert page.view.table.cell(0, "state") == "Struck out"
    assert not page.heading.button_of("amend").isEnabled()


def test_a_concern_is_moved_to_the_right_pupil_by_the_lead(open_page: OpenPage, kept_here: Desk, context: Context) -> None:
    pupil_id, gwen = concern(kept_here), pupil_called(kept_here, "Gwen")
    page = open_at_entry(open_page, pupil_id)
    page.begin_move()
    assert page.move_form.finder.find_box.hasFocus()
    page.move_form.finder.find_box.setText("gwen")
    page.move_form.finder.find_box.chose.emit()
    assert page.move_form.reason.hasFocus()
    assert page.dirty
    assert not page.save()
    assert page.move_form.problem.text() == "Enter why it is moved."
    page.move_form.reason.setText("Two in one room")
    assert page.save()
    assert said(context) == "The concern is moved to the file of Gwen Harlow."
    assert page.view.file is not None
    assert page.view.file.pupil_id == gwen.id
    assert [line.pupil.id for line in page.list.table.selected()] == [gwen.id]
    assert {row.now.kind for row in page.view.file.histories} == {"concern", "event"}
    assert [page.list.table.cell(row, "open") for row in range(2)] == ["", "to send on, 1 to decide"]


def test_whom_a_concern_is_moved_to_and_why_come_back_after_a_lock(open_page: OpenPage, kept_here: Desk) -> None:
    gwen = pupil_called(kept_here, "Gwen")
    page = open_at_entry(open_page, concern(kept_here))
    page.begin_move()
    page.move_form.finder.find_box.setText("gwen")
    page.move_form.finder.find_box.chose.emit()
    page.move_form.reason.setText("Two in one room")
    draft = page.draft()
    assert draft is not None
    page.discard()
    page.take_draft(draft)
    assert page.now is page.move_form
    assert page.move_form.finder.chosen_label.text() == "Harlow, Gwen"
    assert page.save()
    assert page.view.file is not None
    assert page.view.file.pupil_id == gwen.id


def test_who_is_not_lead_sees_no_file_and_no_name(open_page: OpenPage, kept_here: Desk) -> None:
    pupil_id = concern(kept_here)
    page = open_page(pupil_id, as_role(kept_here, Role.ASSISTANT_HEAD))
    assert page.now is page.for_all
    assert "Theo" not in words_in_view(page)
    assert len(page.list.table.rows) == 0
    assert "read by Dee Marlowe, and by nobody else" in words_in_view(page)


def test_while_nobody_holds_the_key_no_concern_is_begun(open_page: OpenPage, kept_here: Desk, context: Context) -> None:
    with kept_here.vault.transaction():
        kept_here.vault.execute("UPDATE staff SET active = 0")
    page = open_page()
    page.begin_concern()
    assert "Nobody holds the key of the safeguarding files" in said(context)
    assert page.now is not getattr(page, "entry", None)
    assert page.switch == files.SWITCH


def test_everything_that_takes_the_focus_has_a_name(open_page: OpenPage, kept_here: Desk, nameless: Callable[[QWidget], list[str]]) -> None:
    page = open_page(concern(kept_here, body_map="front;27;58;round bruise"))
    assert nameless(page) == []
    page.begin_concern()
    page.entry.marks.place("back", 50, 54)
    assert nameless(page) == []
    for figure in page.entry.marks.figures.values():
        assert QAccessible.queryAccessibleInterface(figure).role() is QAccessible.Role.Graphic
    page.discard()
    page.begin_entry(EntryKind.STATUS)
    assert nameless(page) == []


def test_before_restricted_notes_are_taken_in_it_is_said_whom_they_are_about(
    open_page: OpenPage, kept_here: Desk, answers: Answers
) -> None:
    settings.save_settings(kept_here, replace(kept_here.settings, keeps_safeguarding=False))
    readers.set_reader(kept_here, kept_here.user, may=True, reason="Designated safeguarding lead")
    theo = pupil_called(kept_here, "Theo")
    notes.add(kept_here, Note(pupil_id=theo.id, category="safeguarding", text="Afraid", day=kept_here.today))
    settings.save_settings(kept_here, replace(kept_here.settings, keeps_safeguarding=True))
    page = open_page()
    answers.answers = [False]
    page.take_notes_in()
    assert answers.questions[0].text.startswith("1 restricted note with the category Safeguarding concern, about Theo Bramley, go")


def test_who_has_entries_that_cannot_be_opened_is_in_the_list_and_counted(page: SafeguardingPage, kept_here: Desk) -> None:
    theo = pupil_called(kept_here, "Theo")
    page.list.show_lines([files.FileLine(theo, (), None, undecided=0, actions=0, overdue=0, moved=1, sealed=2)], {})
    assert page.list.table.cell(0, "open") == "3 not opened"
    words = "1 entry stands where they were not written, or were altered, and are not shown: the log names them. 2 entries are under a key of before that you do not hold."
    assert page.list.summary() == f"1 safeguarding file, 0 to decide or to be done. {words}"
    card = safeguarding_card(SafeguardingDue(moved=1, sealed=2), lambda *_place: None)
    assert [line.words for line in card.lines] == [f"Safeguarding: {words}"]


def test_a_plan_that_ends_a_child_in_need_says_so_in_both_rows_and_the_new_entry_is_marked(
    open_page: OpenPage, kept_here: Desk, context: Context
) -> None:
    theo = pupil_called(kept_here, "Theo")
    before = kept_here.today - timedelta(days=5)
    for values in (
        {"kind": "status", "status": "child-in-need"},
        {"kind": "status", "status": "looked-after"},
        {"kind": "event", "text": "Rang"},
    ):
        writing.enter(kept_here, SafeguardingEntry(pupil_id=theo.id, day=before, **values))  # type: ignore[arg-type]  # all text
    page = open_page(theo.id)
    page.view.asked.find_box.setText("rang")
    page.begin_entry(EntryKind.STATUS)
    page.entry.form.take_draft({"status": "child-protection"})
    assert page.save()
    assert said(context) == "The entry is in the file. Ended by it: Child in need."
    assert page.view.history is not None
    assert page.view.history.now.status == "child-protection", "though it has none of the words asked for"
    assert page.view.table.hasFocus()
    rows = {row.now.status: place for place, row in enumerate(page.view.table.rows)}
    assert page.view.table.cell(rows["child-protection"], "text") == "Child protection plan. Ended by it: Child in need"
    assert page.view.table.cell(rows["child-in-need"], "state") == "Ended 24 Nov 2026"
    assert page.view.table.cell(rows["looked-after"], "state") == ""
    page.view.table.selectRow(rows["child-in-need"])
    assert "Child protection plan, 24 November 2026" in page.view.facts.text
    page.begin_entry(EntryKind.MEETING)
    assert page.entry.form.fields["day"].editor.field.hasFocus()


def test_where_what_is_left_to_do_has_no_room_the_day_comes_first(open_page: OpenPage, kept_here: Desk) -> None:
    theo = concern(kept_here)
    due = kept_here.today + timedelta(days=3)
    writing.enter(kept_here, SafeguardingEntry(pupil_id=theo, kind=EntryKind.ACTION, day=kept_here.today, text="Ring", due=due))
    files_listed = open_page(theo).list
    (column,) = (column for column in files_listed.table.model_.columns if column.key == "open")
    assert column.shorter is not None
    assert list(column.shorter(files_listed.table.rows[0])) == ["27 Nov 2026, 2 to do", "27 Nov 2026"]
