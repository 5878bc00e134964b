"""The copy on its tab: begun with one key, gone through with two, written, and its words shown once."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.requests.case import RequestCase
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.notes import notes
from pupil_desk.services.packs import compiling
from pupil_desk.services.pupils import protections
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.shown_again import ShownAgain
from pupil_desk.ui.pages.requests import RequestsPage
from pupil_desk.ui.pages.requests.pack_view import PackView
from tests.ui.pages.late import LateJobs
from tests.ui.pages.made import as_role
from tests.ui.pages.requests.made import DAY, TEXT, opened, part_of, said, stand_on


def test_a_copy_is_begun_by_one_button_and_takes_the_whole_page(page: RequestsPage, context: Context) -> None:
    part = part_of(page)
    assert part.empty.isVisible()
    part.empty.button.click()
    assert part.work.isVisible()
    assert not page.heading.isVisible()
    assert "for Ms Joanna Bramley" in part.work.summary.text()
    part.work.away_button.click()
    assert page.heading.isVisible()
    assert part.state_words.text() == "A copy for Ms Joanna Bramley, begun on 24 November 2026."


def test_w_withholds_and_g_gives_and_both_go_on(work: PackView) -> None:
    stand_on(work, "Priya Chandra")
    assert "another pupil" in work.places.mark_label.text()
    assert "Proposed: withhold." in work.places.mark_label.text()
    before = len(work.places.table.rows)
    QTest.keyClick(work.places.table, Qt.Key.Key_W)
    assert said(work)["Priya Chandra"] is PlaceVerdict.WITHHOLD
    assert len(work.places.table.rows) == before - 1
    assert work.places.table.current() is not None
    assert work.places.table.current().words == "Priya"  # type: ignore[union-attr]
    QTest.keyClick(work.places.table, Qt.Key.Key_G)
    assert said(work)["Priya"] is PlaceVerdict.RELEASE
    assert work.places.table.hasFocus()
    work.places.scope_box.set_key("all")
    stand_on(work, "Priya")
    work.places.back_button.click()
    assert said(work)["Priya"] is None


def test_the_text_shows_each_place_where_it_stands_and_more_than_by_colour(work: PackView) -> None:
    work.places.scope_box.set_key("all")
    stand_on(work, "Priya Chandra")
    work.places.withhold_button.click()
    stand_on(work, "Priya Chandra")
    text = work.places.text
    plain = text.toPlainText().replace("\u2028", "\n")
    assert TEXT in plain
    cursor = QTextCursor(text.document())
    cursor.setPosition(plain.index("Priya Chandra") + 1)
    assert cursor.charFormat().fontStrikeOut()
    assert text.extraSelections()[0].cursor.selectedText() == "Priya Chandra"  # type: ignore[attr-defined]


def test_further_words_are_selected_in_the_text_and_withheld(work: PackView, answers: Answers, context: Context) -> None:
    stand_on(work, "Priya Chandra")
    QTest.keyClick(work.places.text, Qt.Key.Key_M)
    assert "Select words in the text first" in context.banner.words
    cursor = work.places.text.textCursor()
    at = work.places.text.toPlainText().index("chair")
    cursor.setPosition(at)
    cursor.setPosition(at + 5, QTextCursor.MoveMode.KeepAnchor)
    work.places.text.setTextCursor(cursor)
    answers.answers.append("here")
    QTest.keyClick(work.places.text, Qt.Key.Key_M)
    assert said(work)["chair"] is PlaceVerdict.WITHHOLD
    assert answers.questions[-1].offers == ("all", "here", "no")
    at = work.places.text.toPlainText().index("sorry, and Ms Chandra")
    cursor.setPosition(at)
    cursor.setPosition(at + len("sorry, and Ms Chandra rang"), QTextCursor.MoveMode.KeepAnchor)
    work.places.text.setTextCursor(cursor)
    answers.answers.append("here")
    QTest.keyClick(work.places.text, Qt.Key.Key_M)
    (inner,) = (mark for mark in work.places.table.rows if mark.words.endswith("Chandra") and mark.place.start > TEXT.index("sorry"))
    work.places.text.go_to(inner.place)
    assert work.places.text.extraSelections()[0].cursor.selectedText() == inner.words, "a name within longer words that are withheld"  # type: ignore[attr-defined]


def test_all_is_decided_as_proposed_after_one_question(work: PackView, answers: Answers) -> None:
    answers.answers.append(True)
    stand_on(work, "Priya Chandra")
    work.places.all_button.click()
    text = work.places.text
    cursor = QTextCursor(text.document())
    cursor.setPosition(text.toPlainText().index("Priya Chandra") + 1)
    assert cursor.charFormat().fontStrikeOut(), "the text too says that it is withheld"
    assert text.extraSelections() == []
    assert "withheld" in answers.questions[-1].text
    assert work.state.compiled_pack is not None
    assert work.state.compiled_pack.undecided == []
    assert work.places.count.text() == "All places are decided"
    number = len(work.state.compiled_pack.marks)
    assert number > 1
    assert work.places.empty.title.text() == f"All {number} places are decided"


def test_a_section_is_left_out_on_a_ground_with_its_law_and_given_again(work: PackView, context: Context) -> None:
    work.tabs.setCurrentWidget(work.sections)
    sections = work.sections
    copy = work.state.compiled_pack
    assert copy is not None
    sections.table.select("protections")
    assert sections.table.cell(sections.table.currentIndex().row(), "state") == "Nothing held"
    protections.set_protection(context.desk, Protection(pupil_id=copy.pupil.id, kind="order", reason="Court", since=DAY))
    work.state.show(compiling.compiled(context.desk, copy.pack.id))
    assert sections.table.cell(sections.table.currentIndex().row(), "state") == "Left out"
    assert sections.text.placeholderText() == "No copy tells what is held here."
    sections.table.select("notes")
    assert not sections.out_button.isEnabled(), "no ground is taken that nobody chose"
    sections.ground.set_key("serious-harm-education")
    assert "schedule 3 paragraph 19" in sections.advice.text()
    context.jobs = late = LateJobs()
    sections.out_button.click()
    assert sections.table.cell(sections.table.currentIndex().row(), "state") == "Withheld"
    assert not sections.out_button.isEnabled()
    sections.give_button.click()
    for place in (0, 1):
        assert [job.title for job, _copy in late.late] == ["Compiling the copy"] * (place + 1), "what its request has now is told by it"
        late.tell(place)
        assert "decide" in sections.table.cell(sections.table.currentIndex().row(), "state"), "what was decided meanwhile stands"
    assert not work.state.compiled_pack.is_behind


def test_a_paper_is_looked_at_and_decided(work: PackView) -> None:
    work.tabs.setCurrentWidget(work.papers)
    assert "name nobody who would be withheld" in work.papers.content_label.text()
    work.papers.look_button.click()
    assert work.paper.isVisible()
    assert not work.paper.print_button.isVisible()
    work.paper.closed.emit()
    work.papers.give_button.click()
    assert work.papers.table.cell(0, "state") == "Given"


def decide_all(work: PackView, answers: Answers) -> None:
    answers.answers.append(True)
    work.places.accept()
    work.papers.decide(give=True)


def test_what_still_stands_is_ticked_one_by_one_or_word_by_word(work: PackView, answers: Answers) -> None:
    work.places.scope_box.set_key("all")
    stand_on(work, "Ms Chandra")
    work.places.give_button.click()
    stand_on(work, "Priya Chandra")
    work.places.withhold_button.click()
    work.tabs.setCurrentWidget(work.left)
    assert [(left.needle, left.ticked) for left in work.left.table.rows] == [("priya", False), ("chandra", True)]
    QTest.keyClick(work.left.table, Qt.Key.Key_T)
    assert work.left.count.text() == "All are ticked"
    work.left.table.selectRow(0)
    work.left.untick_button.click()
    answers.answers.append(True)
    work.left.word_button.click()
    assert answers.questions[-1].title == "May all of them stand?"
    assert work.left.count.text() == "All are ticked"


def test_it_is_written_where_the_person_chose_and_its_words_are_shown_once(
    work: PackView, page: RequestsPage, answers: Answers, tmp_path: Path
) -> None:
    work.tabs.setCurrentWidget(work.finish)
    assert "There is still something to do" in work.finish.todo.text()
    assert not work.finish.write_button.isEnabled()
    decide_all(work, answers)
    assert work.finish.write_button.isEnabled()
    folder = tmp_path / "stick"
    folder.mkdir()
    answers.answers.append(folder)
    work.finish.write_button.click()
    assert sorted(path.suffix for path in folder.iterdir()) == [".pdf", ".zip"]
    assert work.finish.showing_password
    assert len(work.finish.password.secret.toPlainText().split("-")) == 6
    answers.answers.append("stay")
    assert not page.leave()
    answers.answers.append("stay")
    work.finish.done_button.click()
    assert work.finish.showing_password, "they are not noted yet"
    answers.answers.append("leave")
    work.finish.done_button.click()
    assert not work.finish.showing_password
    assert work.finish.written.text().startswith("Written on 24 November 2026 by"), "the step shows that it is done"
    assert page.focusWidget() is work.finish.answer_button, "the request that it answers is gone on with"
    assert work.finish.answer_button.isVisible()
    assert (work.finish.answer_button.property("look"), work.finish.write_button.property("look")) == ("primary", "")
    work.finish.answer_button.click()
    assert "Written on 24 November 2026 by" in part_of(page).state_words.text()
    assert page.view.part() is page.view.steps
    assert page.heading.isVisible()


def write_later(work: PackView, context: Context, answers: Answers, folder: Path) -> LateJobs:
    work.tabs.setCurrentWidget(work.finish)
    decide_all(work, answers)
    context.jobs = late = LateJobs()
    answers.answers.append(folder)
    work.finish.write_button.click()
    return late


def test_of_a_copy_that_is_written_beside_another_page_it_is_said_there_that_its_password_waits_and_the_way_leads_to_it(
    work: PackView, page: RequestsPage, context: Context, answers: Answers, tmp_path: Path
) -> None:
    late = write_later(work, context, answers, tmp_path)
    work.tabs.setCurrentWidget(work.places)
    page.hide()
    late.tell(0)
    said = context.banner.message
    assert said is not None
    assert said.words == "The copy is written. Its password is shown under Requests, to be noted."
    assert said.act is not None
    context.go = lambda name: page.setVisible(name == "requests") or True  # type: ignore[func-returns-value]
    said.act[1]()
    assert page.focusWidget() is work.finish.password.secret
    assert work.finish.password.isVisible()
    answers.answers.append("leave")
    work.finish.done_button.click()
    assert context.banner.message is None, "noted, it is said no longer"


def test_who_puts_a_copy_away_while_it_is_written_is_shown_its_password_all_the_same(
    work: PackView, page: RequestsPage, context: Context, answers: Answers, tmp_path: Path
) -> None:
    late = write_later(work, context, answers, tmp_path)
    work.away_button.click()
    late.tell(0)
    assert not work.finish.showing_password, "there it would be that of whatever copy comes next"
    shown = page.findChild(ShownAgain)
    assert isinstance(shown, ShownAgain)
    assert shown.isVisible()
    assert shown.secret.secret.toPlainText().count("-") == 5
    assert f"Folder: {tmp_path}" in shown.secret.secret.accessibleDescription()
    shown.noted_button.click()


def test_another_request_is_not_gone_to_over_a_password_that_is_not_noted(
    work: PackView, page: RequestsPage, answers: Answers, tmp_path: Path
) -> None:
    work.tabs.setCurrentWidget(work.finish)
    decide_all(work, answers)
    answers.answers += [tmp_path, "stay"]
    work.finish.write_button.click()
    page.on_show("another")
    assert work.finish.showing_password


def test_what_is_entered_meanwhile_is_shown_to_be_decided(
    work: PackView, context: Context, answers: Answers, tmp_path: Path, case: RequestCase
) -> None:
    decide_all(work, answers)
    assert case.pupil_id is not None
    notes.add(context.desk, Note(pupil_id=case.pupil_id, category="other", text="Owen Dale helped.", day=DAY))
    work.tabs.setCurrentWidget(work.finish)
    answers.answers.append(tmp_path)
    context.jobs.known_error.connect(context.banner.problem)
    work.finish.write_button.click()
    assert "1 place to decide" in context.banner.words
    assert work.state.compiled_pack is not None
    assert [mark.words for mark in work.state.compiled_pack.undecided] == ["Owen Dale"]


def test_the_list_of_what_is_withheld_is_printed_and_the_copy_is_not(work: PackView, answers: Answers, context: Context) -> None:
    decide_all(work, answers)
    work.tabs.setCurrentWidget(work.finish)
    work.finish.see_button.click()
    assert work.paper.isVisible()
    assert not work.paper.print_button.isVisible()
    work.close_paper()
    work.finish.list_button.click()
    sent: list[bytes] = []
    work.paper.send = lambda data, *_rest, **_more: bool(sent.append(data)) or True  # type: ignore[assignment]
    work.paper.print_button.click()
    assert len(sent) == 1
    [row] = context.desk.vault.rows("SELECT count(*) AS n FROM log WHERE reason = 'list of what is withheld printed'")
    assert row["n"] == 1


def test_a_copy_is_dropped_with_a_reason(page: RequestsPage, answers: Answers) -> None:
    part = part_of(page)
    part.empty.button.click()
    part.work.away_button.click()
    answers.answers.append("Asked for by mistake")
    part.drop_button.click()
    assert part.empty.isVisible()


def test_an_assistant_head_sees_how_it_stands_and_is_told_who_may(qtbot: QtBot, context: Context, case: RequestCase) -> None:
    context.desk = as_role(context.desk, Role.ASSISTANT_HEAD)
    part = part_of(opened(qtbot, context, case))
    assert not part.empty.button.isEnabled()
    assert part.empty.button.toolTip() == "Data officer only"


def test_every_part_of_it_has_words_for_a_screen_reader(work: PackView, nameless: Callable[[QWidget], list[str]]) -> None:
    for place in range(work.tabs.count()):
        work.tabs.setCurrentIndex(place)
        assert nameless(work) == []


def test_nothing_of_it_is_kept_in_memory_when_it_is_put_away(work: PackView, page: RequestsPage) -> None:
    stand_on(work, "Priya Chandra")
    work.away_button.click()
    assert work.state.compiled_pack is None
    assert "Priya" not in work.places.text.toPlainText()
    assert not work.places.table.rows
    assert "Priya" not in work.sections.text.toPlainText()
