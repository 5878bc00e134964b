"""What is to be given and what was given, each under its own tab."""

import dataclasses
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.services import sheet
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import families, notice_copies, notice_editions, notice_words, notices
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.notices import NoticesPage
from pupil_desk.ui.pages.notices.given import CURRENT, SILENT
from pupil_desk.ui.pages.notices.page import EDITIONS, GIVEN
from pupil_desk.ui.style import tokens
from tests.ui.pages.made import pupil_called
from tests.ui.pages.notices.made import ANOTHER, MORE, Printer, acts, cells, choose, give, words_of

# -- to give


def test_why_each_is_due_is_told_and_the_list_is_narrowed_to_it(page: NoticesPage, desk: Desk) -> None:
    give(desk, "Theo")
    notice_editions.make_current(desk, ANOTHER, MORE)
    give(desk, "Priya")
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
    give(desk, "Mia", "Owen", "Zofia")
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


def test_to_choose_a_notice_moves_nothing(page: NoticesPage, desk: Desk) -> None:
    give(desk, "Theo", "Owen")
    page.window().resize(1366, 768)
    page.tabs.setCurrentIndex(GIVEN)
    given = page.tabs.given_notices
    QApplication.processEvents()
    assert given.right.width() == pytest.approx(given.width() * 5 / 14, abs=tokens.XL)
    before = given.table.geometry()
    assert given.no_file.title.text() == "Choose one notice to see the file that was given"
    given.table.selectRow(0)
    QApplication.processEvents()
    assert given.table.geometry() == before


def test_what_was_given_stands_there_with_the_very_file(
    page: NoticesPage, desk: Desk, answers: Answers, tmp_path: Path, context: Context
) -> None:
    give(desk, "Theo", "Owen")
    settings.save_settings(desk, dataclasses.replace(desk.settings, name="Another Name"))
    page.tabs.setCurrentIndex(GIVEN)
    given = page.tabs.given_notices
    assert [row[:2] for row in cells(page)] == [
        ("Bramley, Theo", "Alan Bramley"),
        ("Bramley, Theo", "Ms Joanna Bramley"),
        ("Dale, Owen", "Carys Dale"),
        ("Dale, Owen", "Owen Dale"),
    ], "of one day by surname and forename, in whichever order they were recorded"
    given.find_box.setText("alan")
    assert [cells[1] for cells in cells(page)] == ["Alan Bramley"]
    assert (given.selected(), given.record.isEnabled()) == ([], False), "nobody chose one yet"
    given.table.selectRow(0)
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
    give(desk, "Theo")
    page.tabs.setCurrentIndex(GIVEN)
    given = page.tabs.given_notices
    given.filter_box.set_key(SILENT)
    given.table.selectAll()
    given.channel_box.set_key("phone")
    given.record.click()
    assert cells(page) == []
    assert given.empty.title.text() == "Everybody has said that they have it"
    given.filter_box.set_key(CURRENT)
    assert {cells[2] for cells in cells(page)} == {"24 Nov 2026"}


def test_that_they_have_it_is_taken_back_with_the_reason(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    give(desk, "Theo")
    page.tabs.setCurrentIndex(GIVEN)
    given = page.tabs.given_notices
    assert given.back_button.toolTip() == given.record.toolTip() == "Choose a notice first."
    given.table.selectAll()
    given.record.click()
    given.table.selectRow(0)
    answers.answers = ["said", "Another family rang"]
    given.back_button.click()
    assert answers.questions[-1].text.startswith("1 notice: Alan Bramley (about Theo Bramley). That they have it stays on the record")
    assert sorted(row[2] for row in cells(page)) == ["24 Nov 2026", "Not yet"]


def test_that_it_was_given_is_taken_back_with_the_reason_and_it_is_due_again(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    theo = pupil_called(desk, "Theo")
    give(desk, "Theo")
    page.tabs.setCurrentIndex(GIVEN)
    given = page.tabs.given_notices
    given.table.selectAll()
    given.record.click()
    given.table.selectAll()
    answers.answers = ["", "given", None, "given", "It was another family’s"]
    for _time in range(3):
        given.back_button.click()
    assert answers.questions[0].text == "2 notices: Alan Bramley (about Theo Bramley) and Ms Joanna Bramley (about Theo Bramley)."
    assert answers.questions[-1].title == "Take back that it was given?"
    assert answers.questions[-1].text.endswith("counts no more. That they have it is taken back with it.")
    assert cells(page) == []
    assert theo.id in {letter.pupil.id for letter in notices.notices_due(desk).letters}
    assert notices.is_due(desk, theo.id)
    told = {section.name: section.entries for section in sheet.everything(desk, theo.id)}
    for name in ("notices", "acknowledgements"):
        assert all(
            ("Taken back, and counts no more, because", "It was another family’s") in [fact[1:3] for fact in entry.facts]
            for entry in told[name]
        )
        assert len(told[name]) == 2
    give(desk, "Theo")
    assert {row.acknowledged for row in families.notices_given(desk)} == {None}, "given again, nobody has said so"


def test_that_they_have_it_is_undone_at_once_and_what_was_said_before_stays(
    page: NoticesPage, desk: Desk, context: Context, answers: Answers
) -> None:
    give(desk, "Theo")
    page.tabs.setCurrentIndex(GIVEN)
    given = page.tabs.given_notices
    given.table.selectRow(0)
    given.record.click()
    given.table.selectAll()
    given.record.click()
    assert [row[2] for row in cells(page)] == ["24 Nov 2026"] * 2
    context.banner._button.click()
    assert [row[2] for row in cells(page)] == ["24 Nov 2026", "Not yet"]
    assert context.banner.words == "Undone. The entries stay readable, and count for nothing."
    given.table.selectRow(0)
    given.record.click()
    assert context.banner.words == "That they have it was on record already. Nothing was added."


def test_a_day_before_it_was_given_is_refused_in_words(page: NoticesPage, desk: Desk, context: Context) -> None:
    give(desk, "Theo")
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
    page.tabs.given_notices.table.selectRow(0)
    assert page.tabs.given_notices.no_file.title.text() == "The file was not kept"
    assert not page.tabs.given_notices.save_button.isEnabled()


# -- editions


def test_nothing_is_said_to_be_lacking_of_an_edition_while_it_is_read(page: NoticesPage, monkeypatch: pytest.MonkeyPatch) -> None:
    editions, said = page.tabs.editions, list[bool]()
    real = editions._file
    monkeypatch.setattr(editions, "_file", lambda row: said.append(editions.missing.isHidden()) or real(row))
    page.tabs.setCurrentIndex(EDITIONS)
    assert set(said) == {True}
    assert editions.missing.isHidden()


def test_an_earlier_edition_is_seen_as_it_was_with_what_has_changed_since(
    page: NoticesPage, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    give(desk, "Theo")
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
    assert [change.kind for change in editions.changes.table.rows] == ["wording", "detail"]  # what is to be given again first
    assert editions.changes.count.text() == "2 changes: 1 to be given again, 1 minor."
    editions.changes.table.selectRow(0)
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
    assert editions.table.cell(0, "state") == "Current, not given yet"
    editions.table.selectRow(0)
    page.print_()
    assert editions.table.cell(0, "state") == "Current", "it is on file once it is printed"
