"""The editions of the notice and its words: earlier ones seen, a draft judged, saved and made current, translations."""

import dataclasses
from datetime import date

from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import families, notice_editions, notice_words, notices
from pupil_desk.services.notices.checklist import MAIN
from pupil_desk.services.pupils import contacts
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.notices import NoticesPage
from pupil_desk.ui.pages.notices.beside import ASKED, PRINTED
from pupil_desk.ui.pages.notices.tabs import EDITIONS, GIVE, WORDS
from tests.ui.pages.made import as_role
from tests.ui.pages.notices.made import ANOTHER, FRONT, MORE, choose, give, opened, words_of, write

# -- words


def test_a_draft_goes_red_with_what_to_do_and_cannot_be_made_current(page: NoticesPage, desk: Desk, context: Context) -> None:
    write(page, ANOTHER.replace("{dpo}", ""))
    words = page.tabs.words
    assert words.parts.checklist.count.text() == "1 thing is missing: these words cannot be made current."
    assert words.parts.checklist.table.cell(0, "standing") == "Missing"
    assert words.make_button.property("look") == "", "it is no next step while it can only say what is missing"
    assert any(one.element.key == "timing" for one in words.parts.checklist.table.rows)
    assert words.parts.checklist.todo.text() == "Name the data protection officer: put in {dpo}. Not found: {dpo}."
    words.parts.setCurrentIndex(PRINTED)
    assert "A draft of the privacy notice" in words_of(words.parts.view.data)[0]
    words.make_button.click()
    assert context.banner.words.startswith("This cannot be made current yet. The data protection officer")
    assert words.parts.currentIndex() == ASKED
    write(page, ANOTHER + "\n\n{nobody}")
    assert not words.writing.problems["front"].isHidden()
    assert "{nobody}" in words.writing.problems["front"].text()
    assert notice_words.current(desk).version == 0


def test_a_draft_is_saved_by_ctrl_s_and_is_there_again(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    write(page, ANOTHER)
    assert page.dirty
    assert page.save()
    assert not page.dirty
    found = next(words for words in notice_words.words_of_every_place(desk) if words.place == MAIN)
    assert found.draft is not None
    assert found.draft.front == ANOTHER
    assert page.tabs.words.make_button.property("look") == "primary"
    assert "A draft was saved by" in page.tabs.words.state.text()
    write(page, ANOTHER + "\n\nMore.")
    typed = page.draft()
    assert typed is not None
    page.discard()
    assert page.tabs.words.writing.front.toPlainText() == ANOTHER
    page.take_draft(typed)
    assert page.tabs.words.writing.front.toPlainText().endswith("More.")
    page.discard()
    del typed["words"]["is_check_new"]  # as an earlier version kept it
    assert page.take_kept_draft(typed)
    assert page.tabs.words.writing.front.toPlainText().endswith("More.")
    answers.answers = [True]
    page.tabs.words.drop_button.click()
    assert page.tabs.words.writing.front.toPlainText() == FRONT


def test_a_new_edition_is_made_after_its_changes_were_seen_and_leads_to_whom_it_is_due(
    page: NoticesPage, desk: Desk, answers: Answers, context: Context
) -> None:
    give(desk, "Theo")
    write(page, ANOTHER)
    answers.answers = ["stay"]
    page.tabs.words.make_button.click()
    assert "“What we keep, and why” reads differently." in answers.questions[-1].text
    assert answers.questions[-1].offers == ("make", "same", "stay")
    assert notices.current_edition(desk).number == 1
    answers.answers = ["make"]
    page.tabs.words.make_button.click()
    assert notices.current_edition(desk).number == 2
    assert page.heading._text.text().startswith("Current edition: number 2, of 24 November 2026.")
    assert not page.dirty
    assert page.tabs.words.state.text().startswith("The unit’s own words, made current by")
    context.banner._run_act()
    assert page.tabs.currentIndex() == GIVE
    assert len(page.lists.letters.rows) == 7


def test_other_words_that_promise_the_same_are_a_minor_change(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    give(desk, "Theo")
    write(page, ANOTHER)
    answers.answers = ["same", None]
    page.tabs.words.make_button.click()
    assert notices.current_edition(desk).number == 1
    answers.answers = ["same", "A clearer word"]
    page.tabs.words.make_button.click()
    page.tabs.setCurrentIndex(GIVE)
    assert {row.lack.name for row in page.lists.letters.rows if row.letter.pupil.forename == "Theo" and row.lack} == {"MINOR"}
    assert [one.minor_because for one in notice_editions.on_file(desk)] == ["A clearer word", ""]


def test_the_programs_words_are_had_back(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    words = page.tabs.words
    write(page, ANOTHER)
    assert not words.shipped_button.isEnabled()
    answers.answers = ["make"]
    words.make_button.click()
    answers.answers = [True]
    words.shipped_button.click()
    assert words.writing.front.toPlainText() == FRONT
    assert notice_words.current(desk).version == 0


def test_a_translation_is_begun_checked_and_given(page: NoticesPage, desk: Desk, answers: Answers, context: Context) -> None:
    page.tabs.setCurrentIndex(WORDS)
    words = page.tabs.words
    answers.answers = ["Polish"]
    words.new_button.click()
    assert words.text_box.currentText() == "Polish: a draft is begun"
    assert words.writing.front.toPlainText() == FRONT
    words.make_button.click()
    assert context.banner.words.endswith("Enter who translated it.")
    words.writing.translated_by.setText("Maria Kowalska")
    words.make_button.click()
    assert "Nobody has checked this translation" in words.state.text()
    assert "pl/standard" not in [page.preview.kind.itemData(place) for place in range(page.preview.kind.count())]
    words.writing.checked_by.setText("Jan Nowak")
    words.writing.checked_on.set_day(date(2026, 11, 23))
    words.make_button.click()
    assert "Translated by Maria Kowalska, checked by Jan Nowak on 23 Nov 2026." in words.state.text()
    page.tabs.setCurrentIndex(GIVE)
    page.preview.kind.set_key("pl/standard")
    answers.answers = [True]
    page.give.record.click()
    assert [row.issue.language for row in families.notices_given(desk)] == ["pl"]
    answers.answers = []
    assert words._wrong_language("polish").startswith("There are words")
    assert words._wrong_language("Elvish").startswith("That is not")


def test_a_word_typed_into_a_checked_translation_takes_out_its_check_and_says_so_before_it_is_saved(
    page: NoticesPage, desk: Desk, context: Context, qtbot: QtBot
) -> None:
    notice_words.make_current(
        desk, NoticeProse(language="pl", front=FRONT, more=MORE, translated_by="Maria", checked_by="Jan", checked_on=date(2026, 11, 23))
    )
    page.refresh()
    page.tabs.setCurrentIndex(WORDS)
    words = page.tabs.words
    words.text_box.set_key("pl/standard")
    writing, said = words.writing, words.writing.problems["checked_by"]
    assert (writing.checked_by.text(), writing.checked_on.day(), said.text()) == ("Jan", date(2026, 11, 23), "")
    writing.more.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(writing.more, " Slowo")
    words.judge()
    assert (writing.checked_by.text(), writing.checked_on.day(), said.isHidden()) == ("", None, False)
    assert said.text() == "Other words were checked than these. Enter who has checked these, and when."
    words.save()
    assert writing.checked_by.text() == "", "nor is the check of the words in use beside the draft of others"
    words.make_current()
    assert "Nobody has checked this translation" in words.state.text()
    qtbot.keyClicks(writing.checked_by, "Jan")
    writing.checked_on.set_text("23/11/2026")
    assert said.text() == "" or said.isHidden()
    words.make_current()
    assert "checked by Jan on 23 Nov 2026" in words.state.text(), "the same check, stated of these words"


def test_a_family_is_offered_the_language_it_would_like_once_a_translation_is_checked(page: NoticesPage, desk: Desk) -> None:
    liking = page.lists.selected()[0]
    for contact in liking.contacts:
        contacts.save_contact(desk, dataclasses.replace(contact, language="pl"))
    page.refresh()
    choose(page, 1)
    choose(page, 0)
    assert page.preview.kind.key() == "en/standard"
    assert page.preview.title_label.text().endswith("They would like it in Polish, in which there is no checked translation.")
    notice_words.make_current(
        desk, NoticeProse(language="pl", front=FRONT, more=MORE, translated_by="Maria", checked_by="Jan", checked_on=date(2026, 11, 23))
    )
    page.refresh()
    choose(page, 1)
    choose(page, 0)
    assert page.preview.kind.key() == "pl/standard"
    assert page.preview.title_label.text().endswith("They would like it in Polish.")
    choose(page, 1)  # of whom nothing is known
    assert page.preview.kind.key() == "en/standard"
    assert "like it" not in page.preview.title_label.text()
    choose(page, 0, 1)  # one paper cannot be in two languages
    assert page.preview.kind.key() == "en/standard"


def test_turning_to_other_words_keeps_what_is_typed(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    write(page, ANOTHER)
    answers.answers = ["Polish"]
    page.tabs.words.new_button.click()
    page.tabs.words.text_box.set_key("en/standard")
    assert page.tabs.words.writing.front.toPlainText() == ANOTHER


def test_the_office_reads_the_words_and_cannot_write_them(qtbot: QtBot, context: Context, desk: Desk) -> None:
    context.desk = as_role(desk, Role.OFFICE)
    page = opened(qtbot, context)
    page.tabs.setCurrentIndex(WORDS)
    words = page.tabs.words
    assert words.writing.front.isReadOnly()
    assert not words.make_button.isEnabled()
    assert words.make_button.toolTip() == "Data officer only"
    assert words.parts.checklist.table.rows
    page.tabs.setCurrentIndex(EDITIONS)
    assert page.tabs.editions.view.data
