"""What was given, the editions and the words of the notice, each under its own tab."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import families, notice_copies, notice_editions, notice_text, notice_words, notices
from pupil_desk.services.notices.checklist import MAIN
from pupil_desk.services.pupils import contacts
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.notices import NoticesPage
from pupil_desk.ui.pages.notices.beside import ASKED, PRINTED
from pupil_desk.ui.pages.notices.given import CURRENT, SILENT
from pupil_desk.ui.pages.notices.tabs import EDITIONS, GIVE, GIVEN, WORDS
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.notices.test_page import Printer, acts, choose, opened, words_of

FRONT, MORE = notice_text.prose().strip(), notice_text.prose("notice_more").strip()
ANOTHER = FRONT.replace("None comes from public lists.", "Some comes from public lists.")


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> NoticesPage:
    return opened(qtbot, context)


def _give(desk: Desk, *forenames: str, channel: str = "by-hand") -> None:
    for forename in forenames:
        notices.issue(desk, notices.letters_of(desk, pupil_called(desk, forename).id).letters, channel)


def _cells(page: NoticesPage) -> list[tuple[str, str, str]]:
    table = page.tabs.given_notices.table
    return [tuple(table.cell(place, key) for key in ("pupil", "to", "said")) for place in range(len(table.rows))]  # type: ignore[misc]


def _write(page: NoticesPage, front: str, more: str = MORE) -> None:
    page.tabs.setCurrentIndex(WORDS)
    page.tabs.words.writing.front.setPlainText(front)
    page.tabs.words.writing.more.setPlainText(more)
    page.tabs.words.judge()


# -- to give


def test_why_each_is_due_is_told_and_the_list_is_narrowed_to_it(page: NoticesPage, desk: Desk) -> None:
    _give(desk, "Theo")
    notice_editions.make_current(desk, ANOTHER, MORE)
    _give(desk, "Priya")
    settings.save_settings(desk, dataclasses.replace(desk.settings, head="Robin Ashdown"))
    page.refresh()
    box = page.lists.lack_box
    assert [box.itemText(place) for place in range(4)] == [
        "For any reason (7)",
        "Never had a notice (4)",
        "Must be given again (2)",
        "Only small changes since (1)",
    ]
    box.set_key("REISSUE")
    assert {row.letter.pupil.forename for row in page.lists.letters.rows} == {"Theo"}
    assert {page.lists.letters.cell(place, "last") for place in range(2)} == {"24 Nov 2026, again"}
    box.set_key("NEVER")
    page.lists.find_box.setText("")
    assert "Theo" not in {row.letter.pupil.forename for row in page.lists.letters.rows}
    _give(desk, "Mia", "Owen", "Zofia")
    page.refresh()
    assert page.lists.empty.title.text() == "Nobody is due for that reason"


def test_large_print_is_seen_printed_and_recorded_so(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    standard = page.preview.view.data
    page.preview.kind.set_key("en/large")
    assert len(words_of(page.preview.view.data)) > len(words_of(standard))
    printer = Printer(page)
    page.print_()
    assert printer.sent == [page.preview.view.data]
    answers.answers = [True]
    page.give.record.click()
    (row,) = families.notices_given(desk)
    assert (row.issue.variant, row.issue.given_to) == ("large", "Mrs Ruth Ashdown")
    assert page.preview.kind.key() == "en/large"  # the next family's, too, until something else is chosen


def test_what_goes_beside_the_notice_says_so(page: NoticesPage, desk: Desk) -> None:
    notice_words.make_current(desk, NoticeProse(variant="easy", front="# In easy words\n\nWe are {unit}."))
    page.refresh()
    assert "Easy-read, beside the whole notice" in [page.preview.kind.itemText(place) for place in range(page.preview.kind.count())]


def test_for_email_the_files_are_saved_to_attach_and_are_what_is_kept(
    page: NoticesPage, desk: Desk, answers: Answers, tmp_path: Path, context: Context
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    choose(page, 1, 2)
    page.give.channel_box.set_key("email")
    answers.answers = [True, None]
    page.give.record.click()
    assert families.notices_given(desk) == []  # no folder was chosen
    answers.answers = [True, folder]
    page.give.record.click()
    assert "Saved 2 files to attach. Nothing was sent" in context.banner.words
    written = {path.read_bytes() for path in folder.iterdir()}
    given = families.notices_given(desk)
    assert {row.issue.channel for row in given} == {"email"}
    assert {notice_copies.given_file(desk, row.issue.id).data for row in given} == written
    assert acts(desk, "print-notice") == [pupil_called(desk, "Theo").id]


# -- given


def test_what_was_given_stands_there_with_the_very_file(
    page: NoticesPage, desk: Desk, answers: Answers, tmp_path: Path, context: Context
) -> None:
    _give(desk, "Theo", "Owen")
    settings.save_settings(desk, dataclasses.replace(desk.settings, name="Another Name"))
    page.tabs.setCurrentIndex(GIVEN)
    given = page.tabs.given_notices
    assert _cells(page)[0] == ("Dale, Owen", "Owen Dale", "Not yet")
    assert len(_cells(page)) == 4
    given.find_box.setText("alan")
    assert [cells[1] for cells in _cells(page)] == ["Alan Bramley"]
    assert "Alan Bramley 9 Mill Lane" in words_of(given.view.data)[0]
    assert "Another Name" not in words_of(given.view.data)[0]
    target = tmp_path / "copy.pdf"
    answers.answers = [target]
    given.save_button.click()
    assert target.read_bytes() == given.view.data
    assert answers.questions[-1].text.startswith("notice-given-P")
    assert "Bramley" not in answers.questions[-1].text
    assert "byte for byte" in context.banner.words


def test_that_somebody_says_they_have_it_is_recorded(page: NoticesPage, desk: Desk) -> None:
    _give(desk, "Theo")
    page.tabs.setCurrentIndex(GIVEN)
    given = page.tabs.given_notices
    given.filter_box.set_key(SILENT)
    given.table.selectAll()
    given.channel_box.set_key("phone")
    given.record.click()
    assert _cells(page) == []
    assert given.empty.title.text() == "Everybody has said that they have it"
    given.filter_box.set_key(CURRENT)
    assert {cells[2] for cells in _cells(page)} == {"24 Nov 2026"}


def test_a_day_before_it_was_given_is_refused_in_words(page: NoticesPage, desk: Desk, context: Context) -> None:
    _give(desk, "Theo")
    page.tabs.setCurrentIndex(GIVEN)
    given = page.tabs.given_notices
    given.table.selectAll()
    for day, words in (
        ("soon", "Enter the day"),
        ("1 11 2026", "The notice was given later"),
        ("25 11 2026", "The day lies in the future"),
    ):
        given.day.set_text(day)
        given.record.click()
        assert context.banner.words.startswith(words)
    assert not any(row.acknowledged for row in families.notices_given(desk))


def test_without_a_file_it_is_said_why(page: NoticesPage, desk: Desk) -> None:
    page.tabs.setCurrentIndex(GIVEN)
    assert page.tabs.given_notices.empty.title.text() == "No notice was given yet"
    notices.issue(desk, notices.letters_of(desk, pupil_called(desk, "Mia").id).letters, "post", copies=())
    page.refresh()
    assert page.tabs.given_notices.no_file.title.text() == "The file was not kept"
    assert not page.tabs.given_notices.save_button.isEnabled()


# -- editions


def test_an_earlier_edition_is_seen_as_it_was_with_what_has_changed_since(
    page: NoticesPage, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    _give(desk, "Theo")
    notice_editions.make_current(desk, ANOTHER, MORE)
    settings.save_settings(desk, dataclasses.replace(desk.settings, head="Robin Ashdown"))
    page.tabs.setCurrentIndex(EDITIONS)
    editions = page.tabs.editions
    assert [editions.table.cell(place, "state") for place in range(3)] == ["Current, not given yet", "Earlier", "Earlier"]
    assert [change.kind for change in editions.changes.table.rows] == ["detail"]
    editions.table.selectRow(2)
    assert "A specimen, addressed to nobody" in words_of(editions.view.data)[0]
    assert "Some comes from public lists" not in " ".join(words_of(editions.view.data))
    assert "2 families on roll still go by it" in editions.edition_label.text()
    assert editions.changes.empty.title.text() == "There is no earlier edition"
    editions.table.selectRow(0)
    editions.compare.setCurrentIndex(1)
    assert [change.kind for change in editions.changes.table.rows] == ["detail", "wording"]
    assert editions.changes.count.text() == "2 changes: 1 to be given again, 1 minor."
    editions.changes.table.selectRow(1)
    assert editions.changes.after.text() == "Now: Some comes from public lists."
    editions.table.selectRow(2)
    sent: list[bytes] = []
    editions.send = lambda data, _parent, memory=None: bool(sent.append(data)) or True  # type: ignore[assignment]
    page.print_()
    assert sent == [editions.view.data]
    answers.answers = [tmp_path / "edition.pdf"]
    editions.save_button.click()
    assert (tmp_path / "edition.pdf").read_bytes() == editions.view.data
    editions.tables_button.click()
    assert words_of(sent[-1])[0].startswith("Privacy notice: the tables")
    answers.answers = [tmp_path / "edition.html"]
    editions.web_button.click()
    assert "Legal surname" in (tmp_path / "edition.html").read_text(encoding="utf-8")
    assert len([one for one in acts(desk, "print-notice") if one]) == 4


# -- words


def test_a_draft_goes_red_with_what_to_do_and_cannot_be_made_current(page: NoticesPage, desk: Desk, context: Context) -> None:
    _write(page, ANOTHER.replace("{dpo}", ""))
    words = page.tabs.words
    assert words.parts.checklist.count.text() == "1 thing is missing: these words cannot be made current."
    assert words.parts.checklist.table.cell(0, "standing") == "Missing"
    assert any(one.element.key == "timing" for one in words.parts.checklist.table.rows)
    assert words.parts.checklist.todo.text() == "Name the data protection officer: put in {dpo}. Not found: {dpo}."
    words.parts.setCurrentIndex(PRINTED)
    assert "A draft of the privacy notice" in words_of(words.parts.view.data)[0]
    words.make_button.click()
    assert context.banner.words.startswith("This cannot be made current yet. The data protection officer")
    assert words.parts.currentIndex() == ASKED
    _write(page, ANOTHER + "\n\n{nobody}")
    assert not words.writing.problems["front"].isHidden()
    assert "{nobody}" in words.writing.problems["front"].text()
    assert notice_words.current(desk).version == 0


def test_a_draft_is_saved_by_ctrl_s_and_is_there_again(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    _write(page, ANOTHER)
    assert page.dirty
    assert page.save()
    assert not page.dirty
    found = next(words for words in notice_words.words_of_every_place(desk) if words.place == MAIN)
    assert found.draft is not None
    assert found.draft.front == ANOTHER
    assert "A draft was saved by" in page.tabs.words.state.text()
    _write(page, ANOTHER + "\n\nMore.")
    typed = page.draft()
    assert typed is not None
    page.discard()
    assert page.tabs.words.writing.front.toPlainText() == ANOTHER
    page.take_draft(typed)
    assert page.tabs.words.writing.front.toPlainText().endswith("More.")
    answers.answers = [True]
    page.tabs.words.drop_button.click()
    assert page.tabs.words.writing.front.toPlainText() == FRONT


def test_a_new_edition_is_made_after_its_changes_were_seen_and_leads_to_whom_it_is_due(
    page: NoticesPage, desk: Desk, answers: Answers, context: Context
) -> None:
    _give(desk, "Theo")
    _write(page, ANOTHER)
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
    _give(desk, "Theo")
    _write(page, ANOTHER)
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
    _write(page, ANOTHER)
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
        desk, NoticeProse(language="pl", front=FRONT, more=MORE, translated_by="M", checked_by="J", checked_on=date(2026, 11, 23))
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
    _write(page, ANOTHER)
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
