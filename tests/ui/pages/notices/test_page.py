"""Notices: who is due, recorded as given, and who gets none."""

import dataclasses
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notice_copies, notices
from pupil_desk.services.unit import settings
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.notices import NoticesPage
from pupil_desk.ui.pages.notices.listing import DUE, EVERYONE, NONE
from tests.ui.pages.made import as_role, pupil_called
from tests.ui.pages.notices.made import Printer, choose, issues, opened, rows, words_of
from tests.ui.whole import whole_window


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
    assert [page.lists.tabs.tabText(place) for place in range(3)] == ["&Due (7)", "&Everyone (7)", "No &notice (1)"]


def test_all_are_chosen_in_one_go(page: NoticesPage) -> None:
    page.lists.all.click()
    assert page.give.record.text() == "&Record 7 as given"
    assert page.preview.title_label.text() == "7 notices for 5 pupils"


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


def test_recorded_as_given_it_leaves_the_list_and_says_so(page: NoticesPage, desk: Desk, context: Context, answers: Answers) -> None:
    choose(page, 3)
    page.give.channel_box.set_key("post")
    page.give.day.set_text("20/11/26")
    answers.answers = [False, True]
    page.give.record.click()
    assert issues(desk, pupil_called(desk, "Priya").id) == []
    assert answers.questions[-1].text == (
        "1 notice given by post on 20 November 2026. To: Dr Meera Chandra (about Priya Chandra). A mistake is taken back under “Given and acknowledged”."
    )
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
    assert answers.questions[0].text.startswith("7 notices given by hand on 24 November 2026. To: ")
    assert ", Owen Dale (the pupil) and " in answers.questions[0].text
    assert answers.questions[0].text.endswith("Halina Élan (about Zofia Élan). A mistake is taken back under “Given and acknowledged”.")
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


def test_the_tabs_stay_where_they_are_when_another_has_no_commands_at_the_head(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    window = whole_window(qtbot, desk, tmp_path, 1024, 731)
    window.show()
    window.go("notices")
    page = window.page
    assert isinstance(page, NoticesPage)
    bar = page.tabs.tabBar()
    qtbot.waitUntil(lambda: page.heading.button_of("print").isVisible() and bar.isVisible())
    _settle()
    place = bar.mapTo(window, QPoint(0, 0))
    page.tabs.setCurrentIndex(1)
    _settle()
    assert not page.heading.button_of("print").isVisible()
    assert bar.mapTo(window, QPoint(0, 0)) == place


def _settle() -> None:
    for _turn in range(5):  # one for each box around the other that is laid out anew
        QApplication.processEvents()
