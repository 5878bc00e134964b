"""A record opens as a card: read in one picture, each line leading to its field, the list giving way where there is little room."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services.care import health
from pupil_desk.services.desk import Desk
from pupil_desk.services.register import mark
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.card.card import CardPart
from tests.ui.pages.made import pupil_called
from tests.ui.pages.pupils.made import find
from tests.ui.whole import whole_window

ROOM_AT_150 = (911, 491)  # of 1366x768 at Windows' 150 %, less the title bar


def _card(page: PupilsPage) -> CardPart:
    card = page.view.part
    assert isinstance(card, CardPart)
    return card


def _said(page: PupilsPage) -> list[str]:
    return [line.words for line in _card(page).findChildren(LinkLine) if line.isVisible()]


def test_a_pupil_found_opens_as_a_card_and_not_as_a_form(qtbot: QtBot, page: PupilsPage) -> None:
    find(qtbot, page, "bram")
    assert page.view.key == "card"
    assert "Ms Joanna Bramley, mother: 07700\N{NO-BREAK SPACE}900123" in _said(page)
    focused = QApplication.focusWidget()
    assert isinstance(focused, LinkLine)
    assert focused.words.startswith("Ms Joanna Bramley, mother")
    assert not page.view.saving_bar.isVisible()


def test_enter_on_a_fact_goes_to_its_field(qtbot: QtBot, page: PupilsPage) -> None:
    find(qtbot, page, "bram")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.view.key == "contacts"
    assert page.view.saving_bar.isVisible()
    assert page.view.part.form.fields["mobile"].isAncestorOf(QApplication.focusWidget())  # type: ignore[attr-defined]


def test_f2_and_the_button_open_the_form(qtbot: QtBot, page: PupilsPage) -> None:
    find(qtbot, page, "bram")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
    assert page.view.key == "details"
    assert next(iter(page.view.part.form.fields.values())).isAncestorOf(QApplication.focusWidget())  # type: ignore[attr-defined]
    assert not page.view.edit_button.isVisible()
    page.view.turn_to("card")
    page.view.edit_button.click()
    assert page.view.key == "details"


def test_another_pupil_opens_as_a_card_and_the_same_stays_at_its_part(qtbot: QtBot, page: PupilsPage, context: Context) -> None:
    find(qtbot, page, "bram")
    page.view.turn_to("contacts")
    page.refresh()
    assert page.view.key == "contacts"
    find(qtbot, page, "chandra")
    assert page.view.key == "card"
    theo = pupil_called(context.desk, "Theo")
    page.on_show(str(Place(theo.id, "stays", "enrolment", "", "start_date")))
    assert page.view.key == "stays"


def test_no_more_widgets_are_made_from_pupil_to_pupil(qtbot: QtBot, page: PupilsPage) -> None:
    for name in ("bram", "chandra", "dale", "ashd") * 2:
        find(qtbot, page, name)
    before = len(page.findChildren(QWidget))
    for name in ("bram", "chandra", "dale", "ashd"):
        find(qtbot, page, name)
    QApplication.sendPostedEvents(None, 52)  # what was put away is deleted
    assert len(page.findChildren(QWidget)) <= before


def test_a_fact_of_another_page_leads_there(qtbot: QtBot, context: Context) -> None:
    went: list[tuple[str, str | None]] = []
    context.go = lambda name, place=None: bool(went.append((name, place)))
    page = PupilsPage(context)
    qtbot.addWidget(page)
    page.show()
    theo = pupil_called(context.desk, "Theo")
    page.on_show(theo.id)
    card = _card(page)
    card.blocks["today"].lines[0].click()
    card.blocks["sharing"].lines[0].click()
    assert went == [("register", f"{theo.id}@2026-11-24@AM"), ("sharing", theo.id)]


def test_the_weeks_are_told_in_words_too(qtbot: QtBot, page: PupilsPage, context: Context) -> None:
    theo = pupil_called(context.desk, "Theo")
    mark(context.desk, [Mark(pupil_id=theo.id, day=context.desk.today, session=Session.AM, code="/")])
    find(qtbot, page, "bram")
    chart = _card(page).chart
    assert chart.isVisible()
    assert chart.accessibleDescription() == "Week of 23 Nov 2026: 100 %"


@pytest.fixture
def busy(desk: Desk) -> str:
    """Somebody of whom there is much to say: an allergy with a plan, two to call, a school, marks and what is due."""
    theo = pupil_called(desk, "Theo")
    health.add_item(desk, HealthItem(pupil_id=theo.id, kind="A", what="Peanuts", severity="LIFE", plan="In the office"))
    mark(desk, [Mark(pupil_id=theo.id, day=desk.today, session=Session.AM, code="/")])
    return theo.id


def test_from_a_name_to_number_allergy_and_mark_in_eight_keys_without_scrolling(
    qtbot: QtBot, desk: Desk, busy: str, tmp_path: Path
) -> None:
    window = whole_window(qtbot, desk, tmp_path, *ROOM_AT_150)
    window.go("home")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and "Find" in QApplication.focusWidget().accessibleName())
    qtbot.keyClicks(QApplication.focusWidget(), "theo")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    page = window.page
    assert isinstance(page, PupilsPage)
    qtbot.waitUntil(page.view.isVisible)
    for _turn in range(5):
        QApplication.processEvents()
    card = _card(page)
    in_sight = [line.words.replace("\N{NO-BREAK SPACE}", " ") for line in card.findChildren(LinkLine) if _is_seen(line)]
    for words in ("Ms Joanna Bramley, mother: 07700 900123", "LIFE-THREATENING allergy: Peanuts", "Morning: present"):
        assert words in in_sight
    assert [line.words for line in card.findChildren(LinkLine) if line.isVisible() and not _is_seen(line)] == []
    assert _is_seen(card.chart)
    assert not page.list.isVisible()


def _is_seen(widget: QWidget) -> bool:
    """Whether the whole of it is within every area that scrolls."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and not above.viewport().rect().contains(
            QRect(widget.mapTo(above.viewport(), QPoint(0, 0)), widget.size())
        ):
            return False
        above = above.parentWidget()
    return widget.isVisible()


@pytest.mark.parametrize(("width", "folded"), [(700, True), (1000, False)])
def test_the_list_gives_way_to_a_record_that_somebody_went_to(qtbot: QtBot, page: PupilsPage, width: int, folded: bool) -> None:
    page.resize(width, 700)
    find(qtbot, page, "bram")
    assert page.list.isVisible() is not folded
    assert page.view.list_button.isVisible() is folded
    if folded:
        page.view.list_button.click()
        assert page.list.isVisible()
        assert page.list.table.hasFocus()


def test_the_list_comes_back_with_ctrl_f_and_with_room(qtbot: QtBot, page: PupilsPage) -> None:
    page.resize(700, 700)
    find(qtbot, page, "bram")
    page.search()
    assert page.list.find_box.hasFocus()
    find(qtbot, page, "chandra")
    assert not page.list.isVisible()
    page.resize(1200, 700)
    assert page.list.isVisible()


def test_everything_on_it_has_a_name(qtbot: QtBot, page: PupilsPage, nameless: Callable[[QWidget], list[str]]) -> None:
    find(qtbot, page, "bram")
    assert nameless(page.view) == []
