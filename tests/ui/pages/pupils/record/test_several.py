"""A list of the record and the form beneath: from a new one there is a way back to what is on file, typed in or not."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.low.foldable import LOW, tell_height
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.pupils.page import PupilsPage
from pupil_desk.ui.pages.pupils.record.several import SeveralPart
from pupil_desk.ui.style import tokens
from tests.ui.pages.made import pupil_called


@pytest.fixture
def page(qtbot: QtBot, context: Context, desk: Desk) -> PupilsPage:
    made = PupilsPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    made.on_show(pupil_called(desk, "Owen").id)
    return made


def stays(page: PupilsPage) -> SeveralPart[object]:
    page.view.turn_to("stays")
    part = page.view.part
    assert isinstance(part, SeveralPart)
    return part


def click_first_line(qtbot: QtBot, part: SeveralPart[object]) -> None:
    place = part.table.visualRect(part.table.model().index(0, 0)).center()
    qtbot.mouseClick(part.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def buttons(page: PupilsPage) -> tuple[bool, bool]:
    return page.view.save_button.isEnabled(), page.view.back_button.isEnabled()


def test_a_click_on_the_only_line_goes_from_a_new_one_to_it(qtbot: QtBot, page: PupilsPage) -> None:
    part = stays(page)
    title = part.title.text()
    assert len(part.table.rows) == 1
    part.add_button.click()
    assert (part.title.text(), part.table.selected()) == ("New stay", []), "no line looks like the one in the form"
    click_first_line(qtbot, part)
    assert (part.title.text(), part.adding) == (title, False)
    assert part.table.selected() == list(part.table.rows)
    assert buttons(page) == (False, False)


def test_a_list_that_stood_low_is_high_again_with_the_window(page: PupilsPage, qtbot: QtBot) -> None:
    part = stays(page)
    before = part.table.height()
    page.resize(1100, LOW - 60)
    tell_height(page)
    assert part.table.height() < before
    page.resize(1100, 760)
    tell_height(page)
    assert part.table.height() == before


def test_fields_that_stood_in_two_columns_have_their_height_in_one_too(page: PupilsPage) -> None:
    """As when the record comes back into view beside the list, in large text."""
    page.resize(1900, 760)
    part = stays(page)
    for width in (1900, 1000):
        page.resize(width, 760)
        for _turn in range(4):
            QApplication.processEvents()
    assert part.form.height() >= part.form.heightForWidth(part.form.width())


def test_what_is_typed_of_a_new_one_is_asked_about_first(qtbot: QtBot, page: PupilsPage, answers: Answers) -> None:
    part = stays(page)
    part.add_button.click()
    part.form.take_draft({"end_date": "1 12 2026"})
    answers.answers.append("stay")
    click_first_line(qtbot, part)
    assert (part.title.text(), part.dirty, part.table.selected()) == ("New stay", True, [])


def test_a_status_is_read_whole_in_its_box(page: PupilsPage) -> None:
    page.resize(1134, 690)  # as the page stands in a window of 1366 by 768
    box = stays(page).form.fields["status"].editor.field
    assert isinstance(box, QComboBox)
    line = box.lineEdit()
    assert line is not None
    assert line.text().endswith(")")
    assert line.fontMetrics().horizontalAdvance(line.text()) + 2 * tokens.M < line.width(), "with what the sheet leaves around it"


def test_a_status_without_room_is_said_shorter_in_the_list(page: PupilsPage) -> None:
    table = stays(page).table
    place = [column.key for column in table.model_.columns].index("status")
    said = []
    for room in (400, 150):
        option = QStyleOptionViewItem()
        option.initFrom(table)
        option.rect = QRect(0, 0, room, 30)
        table.itemDelegateForColumn(place).initStyleOption(option, table.model_.index(0, place))  # type: ignore[attr-defined]
        said.append(option.text)
    assert said == ["Current (single registration here)", "Current"]


def test_escape_puts_an_untouched_new_one_away(qtbot: QtBot, page: PupilsPage) -> None:
    part = stays(page)
    title = part.title.text()
    part.add_button.click()
    assert buttons(page) == (True, True)
    qtbot.keyClick(part.form, Qt.Key.Key_Escape)
    assert (part.title.text(), part.table.selected(), buttons(page)) == (title, list(part.table.rows), (False, False))


def test_a_new_one_is_saved_as_it_is_proposed(page: PupilsPage) -> None:
    """What stands in the form need not be typed once more, and what is missing is said."""
    part = stays(page)
    part.form.take_draft({"end_date": "2 11 2026"})
    assert page.save()
    part.add_button.click()
    assert page.save()
    assert sorted(part.table.cell(row, "start") for row in range(len(part.table.rows))) == ["2 Sep 2026", "24 Nov 2026"]
    page.view.turn_to("contacts")
    contacts = page.view.part
    assert isinstance(contacts, SeveralPart)
    contacts.add_button.click()
    assert not page.save()
    assert "Surname is missing. Enter it." in [line.words for line in contacts.form.summary.lines]


def test_to_what_files_alone_add_nobody_is_offered_to_add(page: PupilsPage) -> None:
    page.view.turn_to("not-taken")
    part = page.view.part
    assert isinstance(part, SeveralPart)
    assert not part.add_button.isVisible()
