"""Notices: seen before they are printed, with the form where it belongs, recorded as given, and who gets none."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.basics.errors import Known
from pupil_desk.domain.notices.addressees import NoticeIssue
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notice_copies, notices
from pupil_desk.services.paper_forms import out
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import logbook, settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.papers.pdfpages import PdfPages
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages.notices import NoticesPage
from pupil_desk.ui.pages.notices.listing import DUE, EVERYONE, NONE
from tests.ui.pages.late import LateJobs
from tests.ui.pages.made import as_role, pupil_called


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> NoticesPage:
    return opened(qtbot, context)


def opened(qtbot: QtBot, context: Context, object_id: str | None = None) -> NoticesPage:
    made = NoticesPage(context)
    qtbot.addWidget(made)
    context.news.changed.connect(made.on_change)
    context.jobs.known_error.connect(context.banner.problem)
    made.resize(1000, 700)
    made.show()
    made.on_show(object_id)
    return made


class Printer:
    """Stands for the printer: keeps what is sent, or refuses."""

    def __init__(self, page: NoticesPage, *, takes: bool = True, broken: str = "") -> None:
        self.sent: list[bytes] = []
        self._takes, self._broken = takes, broken
        page.send = self.take

    def take(self, data: bytes, _parent: QWidget, *, memory: Memory | None = None) -> bool:
        if self._broken:
            raise Known(self._broken)
        self.sent.append(data)
        return self._takes


def words_of(data: bytes) -> list[str]:
    """The words of each page, in one line."""
    pages = PdfPages(data)
    try:
        return [" ".join(pages.words(number).split()) for number in range(len(pages))]
    finally:
        pages.close()


def rows(page: NoticesPage) -> list[tuple[str, str, str, str]]:
    """What stands in the list of letters."""
    table = page.lists.letters
    return [
        tuple(table.cell(place, key) for key in ("pupil", "to", "address", "last"))  # type: ignore[misc]
        for place in range(len(table.rows))
    ]


def choose(page: NoticesPage, *places: int) -> None:
    """Choose lines of the list as with Ctrl and the mouse."""
    table, flags = page.lists.letters, QItemSelectionModel.SelectionFlag
    table.selectRow(places[0])
    for place in places[1:]:
        table.selectionModel().select(table.model_.index(place, 0), flags.Select | flags.Rows)


def acts(desk: Desk, action: str) -> list[str | None]:
    """The pupils named by a kind of act in the log."""
    return sorted(row.object_id for row in logbook.rows(desk) if row.action == action)


def issues(desk: Desk, pupil_id: str) -> list[NoticeIssue]:
    return list(notices.given_by_pupil(desk).get(pupil_id, ()))


def test_who_is_due_stands_there_with_address_and_what_was_given_last(page: NoticesPage) -> None:
    assert page.lists.segment == DUE
    assert rows(page) == [
        ("Ashdown, Mia", "Mrs Ruth Ashdown", "4 Larch Way", "Not yet"),
        ("Bramley, Theo", "Ms Joanna Bramley", "4 Larch Way", "Not yet"),
        ("Bramley, Theo", "Alan Bramley", "9 Mill Lane", "Not yet"),
        ("Chandra, Priya", "Dr Meera Chandra", "4 Larch Way", "Not yet"),
        ("Dale, Owen", "Carys Dale", "4 Larch Way", "Not yet"),
        ("Dale, Owen", "The pupil", "4 Larch Way", "Not yet"),
        ("Élan, Zofia", "Halina Élan", "4 Larch Way", "Not yet"),
    ]
    assert [page.lists.tabs.tabText(place) for place in range(3)] == ["&Due (7)", "&Everyone (7)", "Gets &none (1)"]


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


def test_all_are_chosen_in_one_go(page: NoticesPage) -> None:
    page.lists.all.click()
    assert page.give.record.text() == "&Record 7 as given"
    assert page.preview.title_label.text() == "7 notices for 5 pupils"


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


def test_what_is_recorded_as_given_is_the_notice_with_the_slip_that_was_printed(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    choose(page, 1)
    Printer(page)
    page.print_()
    answers.answers = [True, True]
    page.give.record.click()
    (given,) = issues(desk, pupil_called(desk, "Theo").id)
    assert given.id is not None
    assert "have the privacy notice." in words_of(notice_copies.given_file(desk, given.id).data)[-1]
    choose(page, 0)
    page.preview.with_slip.setChecked(False)
    page.give.record.click()
    (given,) = issues(desk, pupil_called(desk, "Mia").id)
    assert given.id is not None
    assert "have the privacy notice." not in words_of(notice_copies.given_file(desk, given.id).data)[-1]


def test_nothing_is_logged_of_what_was_not_printed(page: NoticesPage, desk: Desk, context: Context) -> None:
    Printer(page, takes=False)
    page.print_()
    assert acts(desk, "print-notice") == []
    Printer(page, broken="The printer cannot be reached.")
    page.print_()
    assert acts(desk, "print-notice") == []
    assert (context.banner.look, context.banner.words) == ("problem", "The printer cannot be reached.")


def test_recorded_as_given_it_leaves_the_list_and_says_so(page: NoticesPage, desk: Desk, context: Context, answers: Answers) -> None:
    choose(page, 3)
    page.give.channel_box.set_key("post")
    page.give.day.set_text("20/11/26")
    answers.answers = [False, True]
    page.give.record.click()
    assert issues(desk, pupil_called(desk, "Priya").id) == []
    assert answers.questions[-1].text == "1 notice given by post on 20 November 2026. Of: Priya Chandra. This cannot be taken back."
    page.give.record.click()
    (given,) = issues(desk, pupil_called(desk, "Priya").id)
    assert (given.given_to, given.on, given.channel) == ("Dr Meera Chandra", date(2026, 11, 20), "post")
    assert [row[0] for row in rows(page)].count("Chandra, Priya") == 0
    assert page.lists.tabs.tabText(DUE) == "&Due (6)"
    assert context.banner.words == "Recorded: 1 notice given by post on 20 November 2026."
    page.lists.tabs.setCurrentIndex(EVERYONE)
    assert ("Chandra, Priya", "Dr Meera Chandra", "4 Larch Way", "20 Nov 2026") in rows(page)


def test_several_are_asked_about_before_they_are_recorded(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    page.lists.choose_all()
    answers.answers = [False, True]
    page.issue()
    assert sum(map(len, notices.given_by_pupil(desk).values())) == 0
    assert answers.questions[0].text.startswith("7 notices given by hand on 24 November 2026. Of: ")
    assert answers.questions[0].text.endswith("Zofia Élan. This cannot be taken back.")
    assert answers.questions[0].offers == ("Record 7 as given",)
    page.issue()
    assert sum(map(len, notices.given_by_pupil(desk).values())) == 7
    assert rows(page) == []
    assert page.lists.empty.title.text() == "Every family has the current notice"
    assert not page.give.record.isEnabled()


def test_a_day_that_is_none_or_lies_ahead_records_nothing(page: NoticesPage, desk: Desk, context: Context, answers: Answers) -> None:
    page.give.day.set_text("soon")
    page.give.record.click()
    assert context.banner.words.startswith("Enter the day")
    page.give.day.set_text("25 11 2026")
    answers.answers = [True]
    page.give.record.click()
    assert context.banner.words.startswith("The day lies in the future.")
    assert sum(map(len, notices.given_by_pupil(desk).values())) == 0


def test_a_new_edition_says_why_it_is_new_and_makes_everyone_due_again(page: NoticesPage, desk: Desk, answers: Answers) -> None:
    answers.answers = [True]
    page.lists.choose_all()
    page.issue()
    settings.save_settings(desk, dataclasses.replace(desk.settings, head="Robin Ashdown"))
    page.refresh()
    assert page.heading._text.text() == "Current edition: number 2, of 24 November 2026. It is new because the unit’s details have changed."
    assert rows(page)[0] == ("Ashdown, Mia", "Mrs Ruth Ashdown", "4 Larch Way", "24 Nov 2026, minor")


def test_who_gets_none_and_why(page: NoticesPage, desk: Desk, went: list[tuple[str, str | None]]) -> None:
    page.lists.tabs.setCurrentIndex(NONE)
    table = page.lists.none
    assert [table.cell(0, key) for key in ("pupil", "who", "reason")] == [
        "Chandra, Priya",
        "Mr Vikram Chandra",
        "Under an order or restriction: gets no notice",
    ]
    assert page.preview.view.data == b""
    assert page.preview.no_notice.title.text() == "Priya Chandra: Mr Vikram Chandra"
    assert page.give.isHidden()
    page.preview.no_notice.button.click()
    assert went == [("pupils", pupil_called(desk, "Priya").id)]


def test_opened_for_a_pupil_it_shows_all_letters_of_that_pupil(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = opened(qtbot, context, pupil_called(desk, "Theo").id)
    assert page.lists.segment == EVERYONE
    assert [letter.addressee for letter in page.lists.selected()] == ["Ms Joanna Bramley", "Alan Bramley"]
    assert page.preview.title_label.text() == "2 notices for 1 pupil"


def test_a_pupil_is_found_as_the_name_is_typed(qtbot: QtBot, page: NoticesPage) -> None:
    page.search()
    qtbot.keyClicks(page.lists.find_box, "elan zof")
    assert rows(page) == [("Élan, Zofia", "Halina Élan", "4 Larch Way", "Not yet")]
    assert page.preview.title_label.text() == "Zofia Élan: to Halina Élan"
    page.lists.find_box.setText("nobody")
    assert page.lists.empty.title.text() == "Nobody here has a name like that"
    assert page.preview.view.data == b""


def test_saved_as_pdf_each_letter_is_a_file_that_names_nobody(
    page: NoticesPage, desk: Desk, answers: Answers, tmp_path: Path, context: Context
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    answers.answers = [folder]
    choose(page, 1, 2)
    page.preview.with_form.setChecked(True)
    page.heading.button_of("pdf").click()
    assert sorted(path.name for path in folder.iterdir()) == [
        "privacy-notice-P0002-1.pdf",
        "privacy-notice-P0002-2.pdf",
        "sharing-choice-P0002-1.pdf",
        "sharing-choice-P0002-2.pdf",
    ]
    assert "Alan Bramley" in words_of((folder / "privacy-notice-P0002-2.pdf").read_bytes())[0]
    assert acts(desk, "print-notice") == [pupil_called(desk, "Theo").id]
    assert context.banner.words.startswith("Saved 4 files.")


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


def test_missing_details_are_named_with_the_way_to_enter_them(page: NoticesPage, desk: Desk, went: list[tuple[str, str | None]]) -> None:
    assert page.missing.isVisible()
    assert "head of the unit" in page.missing.words.text()
    page.missing.enter.click()
    assert went == [("settings", None)]


def test_the_office_may_print_and_issue_but_is_told_who_enters_the_details(qtbot: QtBot, context: Context, desk: Desk) -> None:
    page = opened(qtbot, dataclasses.replace(context, desk=as_role(desk, Role.OFFICE)))
    assert page.heading.button_of("print").isEnabled()
    assert page.give.record.isEnabled()
    assert not page.missing.enter.isEnabled()
    assert page.missing.enter.toolTip() == "Data officer only"


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


def test_by_keyboard_alone(qtbot: QtBot, page: NoticesPage, desk: Desk, answers: Answers) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    Printer(page)
    page.lists.letters.setFocus()
    qtbot.keyClick(page.lists.letters, Qt.Key.Key_Down)
    assert page.preview.title_label.text() == "Theo Bramley: to Ms Joanna Bramley"
    page.print_()
    assert page.give.record.hasFocus()
    answers.answers = [True]
    qtbot.keyClick(page.give.record, Qt.Key.Key_Space)
    assert len(issues(desk, pupil_called(desk, "Theo").id)) == 1


def test_everything_that_takes_the_focus_has_words(page: NoticesPage, nameless: object) -> None:
    assert callable(nameless)
    assert nameless(page) == []
