"""Notices and their forms: seen before they are printed, printed, saved, and logged."""

import dataclasses
from pathlib import Path

from pytestqt.qtbot import QtBot

from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import out
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.notices import NoticesPage
from tests.ui.pages.late import LateJobs
from tests.ui.pages.made import pupil_called
from tests.ui.pages.notices.made import Printer, acts, choose, issues, opened, words_of


def test_the_first_letter_is_seen_at_once_as_it_will_be_printed(page: NoticesPage) -> None:
    told = words_of(page.preview.view.data)
    assert "Mrs Ruth Ashdown 4 Larch Way" in told[0]
    assert not any("Bramley" in words for words in told)
    assert page.preview.title_label.text() == "Mimi Ashdown: to Mrs Ruth Ashdown"


def test_several_letters_are_one_file_each_beginning_on_a_sheet_of_its_own(page: NoticesPage) -> None:
    choose(page, 0, 2)
    told = words_of(page.preview.view.data)
    first = [number for number, words in enumerate(told) if "How we use information about pupils" in words and "Page 1 of" in words]
    assert len(first) == 2
    assert first[1] % 2 == 0
    assert "Alan Bramley 9 Mill Lane" in told[first[1]]
    assert page.preview.title_label.text() == "2 notices for 2 pupils"
    assert page.lists.count.text() == "2 of 7 notices chosen"


def test_the_reply_form_follows_the_letter_of_whoever_may_choose(page: NoticesPage) -> None:
    choose(page, 4, 5)  # Owen is 16: the choice is his own, and no form goes to his mother
    page.preview.with_form.setChecked(True)
    told = words_of(page.preview.view.data)
    asked = [words for words in told if "Your choice about sharing" in words and "Return to" in words]
    assert len(asked) == 1
    assert "Owen Dale" in asked[0]
    assert "Carys" not in asked[0]
    assert told.index(asked[0]) > next(n for n, words in enumerate(told) if "Owen Dale 4 Larch Way" in words)


def test_what_is_printed_is_what_was_seen_and_is_logged(page: NoticesPage, desk: Desk, context: Context) -> None:
    choose(page, 1)
    page.preview.with_form.setChecked(True)
    printer = Printer(page)
    page.print_()
    assert printer.sent == [page.preview.view.data]
    theo = pupil_called(desk, "Theo").id
    assert acts(desk, "print-notice") == [theo]
    assert acts(desk, "print-form") == [theo]
    assert {one.form.form_kind for one in out.out(desk)} == {"notice-slip", "sharing-choice"}, "both can be scanned back"
    assert "Sent to the printer" in context.banner.words
    assert issues(desk, theo) == []


def test_each_notice_ends_with_its_slip_unless_it_is_not_wanted(page: NoticesPage) -> None:
    assert page.preview.with_slip.isChecked()
    choose(page, 0, 2)
    told = words_of(page.preview.view.data)
    slips = [number for number, words in enumerate(told) if "I have the privacy notice." in words]
    assert len(slips) == 2
    assert all(number % 2 == 0 for number in slips), "on a sheet of its own, since it is sent back"
    assert "Mimi" not in told[slips[1]]
    page.preview.with_slip.setChecked(False)
    assert not any("have the privacy notice." in words for words in words_of(page.preview.view.data))


def test_nothing_is_logged_of_what_was_not_printed(page: NoticesPage, desk: Desk, context: Context) -> None:
    Printer(page, takes=False)
    page.print_()
    assert acts(desk, "print-notice") == []
    Printer(page, broken="The printer cannot be reached.")
    page.print_()
    assert acts(desk, "print-notice") == []
    assert (context.banner.look, context.banner.words) == ("problem", "The printer cannot be reached.")


def test_saved_as_pdf_each_letter_is_a_file_that_names_nobody(
    page: NoticesPage, desk: Desk, answers: Answers, tmp_path: Path, context: Context
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    answers.answers = [folder]
    choose(page, 1, 2)
    page.preview.with_form.setChecked(True)
    told: list[Changed] = []
    context.news.changed.connect(told.append)
    page.heading.button_of("pdf").click()
    assert "notice" in told[-1].kinds, "an edition came on file"
    assert sorted(path.name for path in folder.iterdir()) == [
        "privacy-notice-P0002-1.pdf",
        "privacy-notice-P0002-2.pdf",
        "sharing-choice-P0002-1.pdf",
        "sharing-choice-P0002-2.pdf",
    ]
    assert "Alan Bramley" in words_of((folder / "privacy-notice-P0002-2.pdf").read_bytes())[0]
    assert acts(desk, "print-notice") == [pupil_called(desk, "Theo").id]
    assert context.banner.words.startswith("Saved 4 files in out. ")


def test_saved_as_a_web_page(page: NoticesPage, answers: Answers, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    answers.answers = [folder]
    page.heading.button_of("web").click()
    (path,) = folder.iterdir()
    assert path.name == "privacy-notice-P0001-1.html"
    assert "How we use information about pupils" in path.read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_logged(
    page: NoticesPage, desk: Desk, answers: Answers, tmp_path: Path, context: Context
) -> None:
    answers.answers = [tmp_path / "pulled out"]
    page.save_as("pdf")
    assert context.banner.look == "problem"
    assert acts(desk, "print-notice") == []


def test_reply_forms_for_all_unasked(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    page.heading.button_of("forms").click()
    assert page.preview.title_label.text() == "Reply forms for 3 pupils not asked yet"
    sheet, *told = (words for words in words_of(page.preview.view.data) if words)
    assert f"paper 3, pupil {pupil_called(desk, 'Priya').ref}" in sheet, "the office’s own, in front of the pile"
    assert [next(name for name in ("Theo", "Priya", "Owen") if name in words) for words in told] == ["Theo", "Theo", "Priya", "Owen"]
    printer = Printer(page)
    answers.answers += [False, True]
    page.print_()
    assert printer.sent == []
    page.print_()
    assert printer.sent == [page.preview.view.data]
    assert acts(desk, "print-protected") == [pupil_called(desk, "Priya").id]
    assert acts(desk, "print-form") == sorted(pupil_called(desk, name).id for name in ("Theo", "Priya", "Owen"))
    assert acts(desk, "print-notice") == []


def test_a_letter_that_no_font_can_print_is_said_and_no_other_letter_stays_in_view(page: NoticesPage, desk: Desk, context: Context) -> None:
    mia = pupil_called(desk, "Mia")
    pupils.save_pupil(desk, dataclasses.replace(mia, address_1="4 \U00012000 Way"))
    page.refresh()
    assert context.banner.look == "problem"
    assert "\U00012000" in context.banner.words
    assert page.preview.view.data == b""
    assert not page.heading.button_of("print").isEnabled()


def test_of_letters_gone_through_fast_the_last_one_stays_in_view(qtbot: QtBot, context: Context) -> None:
    jobs = Jobs()
    page = opened(qtbot, dataclasses.replace(context, jobs=jobs))
    for place in range(7):
        page.lists.letters.selectRow(place)
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.close()
    assert "Halina Élan 4 Larch Way" in words_of(page.preview.view.data)[0]
    assert page.heading.button_of("print").isEnabled()


def test_what_was_made_for_an_earlier_choice_and_comes_late_is_not_shown(qtbot: QtBot, context: Context) -> None:
    jobs = LateJobs()
    page = opened(qtbot, dataclasses.replace(context, jobs=jobs))
    page.show_forms()
    page.lists.letters.selectRow(3)
    for place in range(2):
        jobs.tell(place)
    assert page.preview.view.data == b""
    assert not page.heading.button_of("print").isEnabled()
    jobs.tell(2)
    assert "Dr Meera Chandra" in words_of(page.preview.view.data)[0]
    assert page.preview.title_label.text() == "Priya Chandra: to Dr Meera Chandra"
    page.lists.letters.selectRow(4)
    page.lists.find_box.setText("nobody")
    jobs.tell(3)
    assert page.preview.view.data == b""


def test_what_goes_with_a_notice_is_offered_with_the_choice_and_not_when_its_paper_comes(qtbot: QtBot, context: Context) -> None:
    """The paper comes when the pointer may be over its buttons already: nothing above it may come or go then."""
    jobs = LateJobs()
    page = opened(qtbot, dataclasses.replace(context, jobs=jobs))
    page.show_forms()
    assert not any(tick.isVisible() for tick in page.preview._ticks)
    page.lists.letters.selectRow(3)
    assert all(tick.isVisible() for tick in page.preview._ticks)
    assert page.preview.sheets is None
