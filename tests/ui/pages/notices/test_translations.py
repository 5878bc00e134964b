"""The tab of translations: a letter is translated from a sheet that came back, kept once it is checked, and said to be behind when the English changes."""

import dataclasses
from pathlib import Path

from pytestqt.qtbot import QtBot

from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.domain.translations.translation import has_words
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.notices import notice_sheet
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.printing import FormBatch
from pupil_desk.services.pupils import pupils
from pupil_desk.services.translations import papers, sheets, translations
from pupil_desk.services.translations.translations import TranslationEntry
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.coded_forms import left_out_words
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.notices import NoticesPage
from pupil_desk.ui.pages.notices.tabs import TRANSLATIONS
from pupil_desk.ui.pages.notices.tabs import WORDS as WORDS_TAB
from pupil_desk.ui.pages.notices.translations import PaperTranslations
from tests.ui.pages.made import as_role
from tests.ui.pages.notices.made import opened

HELLO = LetterTemplate(name="Hello", subject="About {{forename}}", body="Dear {{salutation}}\n\n{{signature}}")
WORDS = {
    "subject/1": "O uczniu {{forename}}",
    "body/1": "Szanowni: {{salutation}}",
    "says/1": "Nasz numer: {reference}",
    "says/2": "{all} i {last}",
}


def tab_of(page: NoticesPage, letter: LetterTemplate) -> PaperTranslations:
    page.tabs.setCurrentIndex(TRANSLATIONS)
    tab = page.tabs.translations
    tab.paper_box.set_key(f"letter/{letter.template_id}")
    tab.language_box.set_key("pl")
    return tab


def test_a_sheet_comes_back_and_is_kept_once_it_is_said_who_checked_it(
    page: NoticesPage, desk: Desk, answers: Answers, context: Context, tmp_path: Path
) -> None:
    letter = letter_templates.save_template(desk, HELLO)
    tab = tab_of(page, letter)
    assert tab.state.text() == "Not translated into Polish: it goes out in English alone."
    assert list(tab.lines.fields) == list(WORDS)
    path = tmp_path / "sheet.csv"
    answers.answers = [path, path]
    tab.sheet.write_button.click()
    assert path.read_bytes().count(b"About {{forename}}") == 1
    sheets.write_sheet(desk, papers.of_letter(letter), "pl", {**WORDS, "body/1": "Szanowni"}, path)
    tab.sheet.read_button.click()
    assert context.banner.words.startswith("Read: 4 lines. Nothing is kept yet")
    assert page.dirty
    assert not tab.paper_box.isEnabled(), "what is typed is not left by the way"
    tab.keep_button.click()
    assert context.banner.words.startswith("This translation cannot be kept yet.")
    assert "{{salutation}}" in tab.lines.problems["body/1"].text()
    assert tab.lines.problems["translated_by"].text() == "Enter who translated it."
    tab.lines.fields["body/1"].setPlainText(WORDS["body/1"])
    tab.lines.translated_by.setText("Maria Kowalska")
    typed = page.draft()
    assert typed is not None
    page.discard()
    assert not page.dirty
    assert tab.lines.fields["body/1"].toPlainText() == ""
    page.take_draft(typed)
    assert page.save()
    assert tab.state.text().startswith("Nobody has checked it yet")
    tab.lines.checked_by.setText("Jan Nowak")
    tab.lines.checked_on.set_day(desk.today)
    assert page.save()
    assert tab.state.text().startswith("In use, with the English, for whoever would like Polish: checked by Jan Nowak")
    assert tab.language_box.currentText() == "Polish: in use"


def test_the_window_says_that_the_english_has_changed_and_asks_for_a_new_check(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    letter = letter_templates.save_template(desk, HELLO)
    entry = TranslationEntry(WORDS, "Maria Kowalska", "Jan Nowak", desk.today)
    translations.keep(desk, papers.of_letter(letter), "pl", entry)
    letter_templates.save_template(desk, dataclasses.replace(letter, subject="Concerning {{forename}}"))
    tab = tab_of(page, letter)
    assert tab.language_box.currentText() == "Polish: the English has changed"
    assert tab.state.text().startswith("The English has changed since, so that it is not given.")
    assert {key: field.toPlainText() for key, field in tab.lines.fields.items()} == {**WORDS, "subject/1": ""}
    assert (tab.lines.checked_by.text(), tab.lines.checked_on.day()) == ("", None)
    answers.answers = [True]
    tab.end_button.click()
    assert tab.state.text().startswith("Used no longer")
    assert tab.lines.translated_by.text() == "Maria Kowalska"


def test_the_notice_itself_is_translated_by_the_same_sheet(
    page: NoticesPage, desk: Desk, answers: Answers, context: Context, tmp_path: Path
) -> None:
    page.tabs.setCurrentIndex(WORDS_TAB)
    words, path = page.tabs.words, tmp_path / "notice.xlsx"
    assert words.translator.sheet.write_button.isHidden(), "the English is not translated"
    answers.answers = ["Polish", path]
    words.new_button.click()
    words.translator.sheet.write_button.click()
    paper = notice_sheet.notice_paper(desk)
    assert sheets.read_sheet(desk, paper, "pl", path.read_bytes()).empty == len(paper.lines), (
        "English put there to be written over is no translation"
    )
    sheets.write_sheet(desk, paper, "pl", {line.key: f"Po polsku {line.key}" for line in paper.lines}, path)
    answers.answers = [path]
    words.translator.sheet.read_button.click()
    front = words.writing.front.toPlainText()
    assert front.startswith("# Po polsku front/1\n")
    assert "\n## Po polsku front/" in front
    assert not any(has_words(line) for line in front.splitlines() if "Po polsku" not in line), "what is filled in alone stays"
    assert words.dirty
    assert "Nothing is kept yet" in context.banner.words
    answers.answers = [path]
    words.translator.sheet.write_button.click()
    assert sheets.read_sheet(desk, paper, "pl", path.read_bytes()).empty == 0


def test_who_may_not_change_the_words_of_a_form_may_only_read_its_translation(qtbot: QtBot, desk: Desk, context: Context) -> None:
    page = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, Role.OFFICE)))
    page.tabs.setCurrentIndex(TRANSLATIONS)
    tab = page.tabs.translations
    tab.paper_box.set_key("consent/photographs")
    assert not tab.sheet.write_button.isEnabled()
    assert tab.sheet.write_button.toolTip()
    assert all(field.isReadOnly() for field in tab.lines.fields.values())


def test_a_line_that_is_changed_loses_its_check_and_a_translation_comes_back_by_undo(
    page: NoticesPage, desk: Desk, answers: Answers, context: Context
) -> None:
    letter = letter_templates.save_template(desk, HELLO)
    translations.keep(desk, papers.of_letter(letter), "pl", TranslationEntry(WORDS, "Maria Kowalska", "Jan Nowak", desk.today))
    tab = tab_of(page, letter)
    tab.lines.fields["body/1"].setPlainText("Dzień dobry {{salutation}}")
    assert (tab.lines.checked_by.text(), tab.lines.checked_on.day()) == ("", None)
    assert tab.lines.problems["checked_by"].text().startswith("Other lines were checked than these.")
    assert page.save()
    assert tab.state.text().startswith("Nobody has checked it yet")
    answers.answers = [True]
    tab.end_button.click()
    assert tab.lines.fields["body/1"].toPlainText() == "Dzień dobry {{salutation}}"
    context.banner.undo()
    assert tab.state.text().startswith("Nobody has checked it yet")


def test_what_is_typed_for_english_that_changes_is_shown_beside_the_new_and_not_kept(
    page: NoticesPage, desk: Desk, context: Context
) -> None:
    letter = letter_templates.save_template(desk, HELLO)
    tab = tab_of(page, letter)
    tab.lines.take_entry(TranslationEntry(WORDS, "Maria Kowalska", "Jan Nowak", desk.today, is_check_new=True))
    typed = page.draft()
    assert typed is not None
    changed = letter_templates.save_template(desk, dataclasses.replace(letter, body="We call the police, {{salutation}}\n\n{{signature}}"))
    assert not page.save()
    for _time in range(2):
        assert context.banner.words.startswith("The English has changed since this was typed. Nothing is kept yet")
        assert {key: field.toPlainText() for key, field in tab.lines.fields.items()} == WORDS
        assert tab.lines.problems["body/1"].text().startswith("This was typed for “Dear {{salutation}}”.")
        assert tab.lines.checked_by.text() == ""
        assert page.dirty
        page.discard()
        page.take_draft(typed)
    page.discard()
    letter_templates.retire(desk, changed)
    tab.refresh()
    page.take_draft(typed)
    assert not page.dirty, "not typed into whichever letter stands there"
    assert context.banner.words.endswith("What was typed is dropped.")


def test_a_partial_sheet_of_the_notice_leaves_what_is_translated_and_takes_out_the_check(
    page: NoticesPage, desk: Desk, answers: Answers, context: Context, tmp_path: Path
) -> None:
    page.tabs.setCurrentIndex(WORDS_TAB)
    words, path, paper = page.tabs.words, tmp_path / "notice.csv", notice_sheet.notice_paper(desk)
    answers.answers = ["Polish", path, path]
    words.new_button.click()
    first, *others = paper.lines
    sheets.write_sheet(desk, paper, "pl", {line.key: f"Po polsku {line.key}" for line in others}, path)
    words.translator.sheet.read_button.click()
    words.writing.checked_by.setText("Jan Nowak")
    words.writing.checked_on.set_day(desk.today)
    sheets.write_sheet(desk, paper, "pl", {first.key: "Tytuł"}, path)
    words.translator.sheet.read_button.click()
    assert words.writing.front.toPlainText().startswith("# Tytuł\n")
    assert f"Po polsku {others[0].key}" in words.writing.front.toPlainText(), "not English over what is translated"
    assert (words.writing.checked_by.text(), words.writing.checked_on.day()) == ("", None)
    assert "Still without" not in context.banner.words


def test_who_gets_a_form_in_english_alone_is_said_with_the_reason(desk: Desk) -> None:
    (numbered, *_others) = printing.make_forms(desk, "photographs", pupils.all_pupils(desk)).forms
    paper = dataclasses.replace(numbered.form, in_english_because="there is no checked translation into Polish")
    words = left_out_words(FormBatch((dataclasses.replace(numbered, form=paper),)))
    name = paper.pupil.full_name
    who = name if paper.letter.addressee == name else f"{paper.letter.addressee}, for {name}"
    assert words == f"In English alone: {who} (there is no checked translation into Polish)."
