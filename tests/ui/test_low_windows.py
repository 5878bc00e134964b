"""In a low window, as at 150 % or in text of 200 % on 1366 by 768, what a page without a list says is seen, and both sessions of the register.

At the usual size the names in a list that stands beside another are whole."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.domain.consents.consent import GIVEN
from pupil_desk.domain.pupils.protection import ADDRESS_WITHHELD, Protection
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import protections
from pupil_desk.ui.kit.lists.rows import ROOM_AROUND, _with_room
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.foldable import is_in_low_window
from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.descendants import through_focus, worked_on_in
from pupil_desk.ui.kit.words import plain_words
from pupil_desk.ui.pages.consents import ConsentsPage
from pupil_desk.ui.pages.exports import ExportsPage
from pupil_desk.ui.pages.governance import DataProtectionPage
from pupil_desk.ui.pages.importing import ImportPage
from pupil_desk.ui.pages.notices.page import NoticesPage
from pupil_desk.ui.pages.notices.tabs import EDITIONS
from pupil_desk.ui.pages.notices.tabs import GIVEN as GIVEN_NOTICES
from pupil_desk.ui.pages.providers.page import ProvidersPage
from pupil_desk.ui.pages.pupils import PupilsPage
from pupil_desk.ui.pages.pupils.record.consents import ConsentsPart
from pupil_desk.ui.pages.pupils.record.plans import PlansPart
from pupil_desk.ui.pages.quality import QualityPage
from pupil_desk.ui.pages.register import RegisterPage
from pupil_desk.ui.pages.requests import RequestsPage
from pupil_desk.ui.pages.sharing.page import SharingPage
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import Look
from pupil_desk.ui.window import Window
from tests.ui.scenes import busiest
from tests.ui.whole import FRAME, whole_window


def _settle() -> None:
    for _turn in range(8):
        QApplication.processEvents()


def _is_whole(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize("low_window", ["at 200 %"], indirect=True)
def test_at_200_per_cent_both_sessions_of_the_day_are_in_sight(low_window: tuple[Window, int]) -> None:
    window, _least = low_window
    window.go("register")
    _settle()
    page = window.page
    assert isinstance(page, RegisterPage)
    assert page.grid.horizontalScrollBar().maximum() == 0
    assert page.panel.isVisible()
    cell = page.grid.visualRect(page.grid.model_.index(1, 0)).adjusted(tokens.M, tokens.S, -tokens.M, -tokens.S)
    drawn = page.grid.viewport().grab(cell).toImage()
    assert len({drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())}) > 2, (
        "not marked is said, not told by colour"
    )


@pytest.mark.parametrize("page", ["backup", "this-pc", "import"])
def test_in_a_low_window_a_page_without_a_list_says_what_happens_there_and_shows_its_commands(
    low_window: tuple[Window, int], page: str
) -> None:
    window, _least = low_window
    window.go(page)
    _settle()
    heading = window.page.heading  # type: ignore[attr-defined]
    assert _is_whole(heading._text)
    assert all(_is_whole(button) for button in heading.findChildren(QPushButton))
    assert "More" not in {plain_words(button.text()) for button in heading.findChildren(QPushButton)}


def test_the_words_of_an_import_give_their_room_to_its_rows(low_window: tuple[Window, int]) -> None:
    window, _least = low_window
    window.go("import")
    page = window.page
    assert isinstance(page, ImportPage)
    page.stack.setCurrentWidget(page.proposed)
    _settle()
    assert not page.heading._text.isVisible()
    page.stack.setCurrentWidget(page.empty_state)
    _settle()
    assert page.heading._text.isVisible()


@pytest.mark.parametrize("low_window", ["at 200 %"], indirect=True)
def test_in_large_text_no_badge_of_a_pupil_with_many_is_cut_and_one_button_tells_those_without_room(low_window: tuple[Window, int]) -> None:
    window, _least = low_window
    found = window.context.desk.vault.first_row("SELECT pupil_id FROM plan GROUP BY pupil_id ORDER BY count(*) DESC, pupil_id LIMIT 1")
    assert found is not None
    desk = window.context.desk
    protections.set_protection(desk, Protection(pupil_id=found[0], kind=ADDRESS_WITHHELD, reason="Refuge", since=desk.today))
    window.go("pupils", str(found[0]))
    page = window.page
    assert isinstance(page, PupilsPage)
    page.view.turn_to("plans")
    part = page.view.part
    assert isinstance(part, PlansPart)
    part.turn_to(part.steps)
    part.steps.begin_new()
    _settle()
    row = page.view.badge_row
    in_row = [badge for badge in row.badges if badge.isVisible()]
    assert all(_is_whole(badge) for badge in in_row)
    assert all(badge in in_row for badge in row.badges if badge.is_grave)
    assert len(in_row) < len(row.badges)
    assert _is_whole(row.more_button)
    row.more_button.click()
    answers = window.context.ask
    assert isinstance(answers, Answers)
    assert answers.questions[-1].text.split("\n\n") == [badge.words for badge in row.badges]


def _words_drawn(table: Table[Any], row: int, place: int) -> str:
    """What stands in a cell, cut where that has no room beside its signs."""
    index, option = table.model_.index(row, place), QStyleOptionViewItem()
    option.initFrom(table)
    option.rect = table.visualRect(index)
    delegate, option.text, around = table.itemDelegateForColumn(place), index.data(), 2 * tokens.M
    if delegate is not None:  # else as Qt draws it
        delegate.initStyleOption(option, index)  # type: ignore[attr-defined]
        around = ROOM_AROUND
    room = option.rect.width() - around - (0 if option.icon.isNull() else option.decorationSize.width())
    return option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)


def _all_signs_drawn(table: Table[Any], row: int, place: int) -> bool:
    """Whether each sign of a name has room in its cell."""
    column, line = table.model_.columns[place], table.rows[row]
    assert column.signs is not None
    signs = column.signs(line)
    return _with_room(column, line, table.fontMetrics(), table.columnWidth(place)) == list(signs)


def test_at_the_usual_size_names_and_their_signs_are_whole_in_a_list_beside_another(
    qtbot: QtBot, training_desk: Desk, tmp_path: Path
) -> None:
    window = whole_window(qtbot, training_desk, tmp_path, 1366, 768 - FRAME)
    window.show()
    window.go("data-protection")
    protection = window.page
    assert isinstance(protection, DataProtectionPage)
    told = protection.told_list
    told.totals.select(next(row.id for row in told.totals.rows if row.name == "Children’s social care"))
    _settle()
    shown = [column.key for place, column in enumerate(told.table.model_.columns) if not told.table.isColumnHidden(place)]
    assert shown == ["at", "whom", "what", "way"]
    cells = [(row, place) for row in range(len(told.table.rows)) for place in (1, 2)]
    assert [words for cell in cells if "…" in (words := _words_drawn(told.table, *cell))] == []
    assert told.table.horizontalScrollBar().maximum() == 0
    widest = max(told.totals.fontMetrics().horizontalAdvance(row.name) for row in told.totals.rows)
    assert widest <= told.totals.columnWidth(0) - 2 * tokens.M, "a recipient, without a sign"

    window.go("notices")
    notices = window.page
    assert isinstance(notices, NoticesPage)
    notices.tabs.setCurrentIndex(GIVEN_NOTICES)
    _settle()
    given = notices.tabs.given_notices.table
    cells = [(row, place) for row in range(len(given.rows)) for place in (0, 1)]
    assert [words for cell in cells if "…" in (words := _words_drawn(given, *cell))] == []

    namesake = training_desk.vault.first_row("SELECT id FROM pupil WHERE ref = 'P0002'")
    assert namesake is not None
    window.go("requests", namesake[0])
    requests = window.page
    assert isinstance(requests, RequestsPage)
    _settle()
    cases = requests.list.table
    about = cases.currentIndex().row()
    assert _words_drawn(cases, about, 1) == "Nightingale, Idris, 2010", "the year is enough where the signs need the room of the day"
    assert _all_signs_drawn(cases, about, 1)
    window.go("quality", namesake[0])
    quality = window.page
    assert isinstance(quality, QualityPage)
    _settle()
    findings = quality.view.table
    assert findings.rows
    assert all(_all_signs_drawn(findings, row, 0) and "…" not in _words_drawn(findings, row, 0) for row in range(len(findings.rows)))


@pytest.mark.parametrize("low_window", ["at 200 %"], indirect=True)
def test_in_large_text_a_tab_that_is_turned_to_shows_the_title_whole_names_and_what_is_short(low_window: tuple[Window, int]) -> None:
    window, _least = low_window
    window.go("notices")
    _settle()
    notices = window.page
    assert isinstance(notices, NoticesPage)
    for place in (*range(1, notices.tabs.count()), 0):
        notices.tabs.setCurrentIndex(place)
        _settle()
        assert all(_is_whole(part) for part in (notices.heading, notices.tabs.tabBar())), notices.tabs.tabText(place)
        if place == GIVEN_NOTICES:
            names = notices.tabs.given_notices.table
            for row, line in enumerate(names.rows[:3]):
                assert _words_drawn(names, row, 0) == line.pupil_name
            assert names.width() > notices.tabs.width() * 0.95, "the file that was given stands beneath"
        if place == EDITIONS:
            editions = notices.tabs.editions
            room = editions.table.columnWidth(2) - 2 * tokens.M - editions.table.iconSize().width()
            assert room > editions.table.fontMetrics().horizontalAdvance("Current, not given yet")
            assert all(_is_whole(act_button) for act_button in editions._buttons)
    window.go("providers")
    providers = window.page
    assert isinstance(providers, ProvidersPage)
    providers.tabs.setCurrentWidget(providers.checks)
    _settle()
    checks = providers.checks.table
    assert checks.horizontalScrollBar().maximum() == 0
    assert not checks.isColumnHidden([column.key for column in checks.model_.columns].index("state"))

    window.go("sharing")
    sharing = window.page
    assert isinstance(sharing, SharingPage)
    sharing.tabs.setCurrentWidget(sharing.coming)
    _settle()
    coming = sharing.coming.table
    namesake = next(row for row, line in enumerate(coming.rows) if line.pupil.surname_first == "Nightingale, Idris")
    assert _words_drawn(coming, namesake, 1) in ("Nightingale, Idris, 24 Nov 2010", "Nightingale, Idris, 2010")

    window.go("pupils", busiest(window.context.desk))
    pupils = window.page
    assert isinstance(pupils, PupilsPage)
    pupils.view.turn_to("consents")
    _settle()
    consents = pupils.view.part
    assert isinstance(consents, ConsentsPart)
    assert consents.reason_label.text()
    assert all(_is_whole(part) for part in (consents.reason_label, consents.open_button)), "beneath the list"

    found = window.context.desk.vault.first_row("SELECT id FROM pupil WHERE ref = 'P0002'")
    assert found is not None
    for lower in (0, 2 * tokens.HUGE):
        window.go("home")
        window.resize(window.width(), window.height() - lower)
        window.go("data-protection", found[0])
        _settle()
        protection = window.page
        assert isinstance(protection, DataProtectionPage)
        erasing = protection.keeping.erasing
        assert worked_on_in(window) is erasing.propose_button
        assert all(_is_whole(part) for part in (erasing.propose_button, erasing.another_button)), "what has the focus, in whatever window"


@pytest.mark.parametrize("low_window", ["at 150 %"], indirect=True)
def test_at_150_per_cent_where_an_export_goes_is_seen_whole(low_window: tuple[Window, int]) -> None:
    window, _least = low_window
    window.go("exports")
    page = window.page
    assert isinstance(page, ExportsPage)
    page.prepare(next(row for row in page.choosing.table.rows if row.id == "youth-support"))
    _settle()
    choices = page.making.choices
    assert _is_whole(choices.place.folder_button)
    gaps = [(choices.reason, choices.reason_hint), (choices.place.box, choices.place.none)]
    assert all(_top(beneath) - _top(above) - above.height() <= tokens.S for above, beneath in gaps), (
        "no gap waits for words that are not said"
    )


@pytest.mark.parametrize(("width", "height", "percent"), [(1366, 768 - FRAME, 100), (1366, 768 - FRAME, 150), (911, 512 - FRAME, 100)])
@pytest.mark.parametrize("export", ["youth-support", "contact-sheet", "whole-unit"])
def test_who_is_left_out_as_protected_is_seen_whole_whatever_is_scrolled_to(
    qtbot: QtBot,
    training_desk: Desk,
    tmp_path: Path,
    look: Look,
    request: pytest.FixtureRequest,
    width: int,
    height: int,
    percent: int,
    export: str,
) -> None:
    request.addfinalizer(lambda: look.set_text_size(100))
    look.set_text_size(percent)
    window = whole_window(qtbot, training_desk, tmp_path, width, height)
    window.show()
    window.go("exports", export)
    page = window.page
    assert isinstance(page, ExportsPage)
    choices = page.making.choices
    for field in (choices.reason, choices.file.format_box, choices.file.keep):
        bring_into_view(field)
        _settle()
        assert _is_whole(field)
        assert _is_whole(choices.protected)
        assert len(choices.protected.ticks) == 2
        assert _is_whole(page.making.make_button)
    stops = [stop for stop in through_focus(window, choices.file.keep) if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.isVisible()]
    assert stops[1:4] == [*choices.protected.ticks.values(), page.making.make_button]


def _top(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), QPoint()).y()


def test_at_150_per_cent_recording_a_consent_is_seen_whole_in_a_window_that_is_hardly_low(
    qtbot: QtBot, training_desk: Desk, tmp_path: Path, look: Look, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(lambda: look.set_text_size(100))
    look.set_text_size(150)
    window = whole_window(qtbot, training_desk, tmp_path, 1366, 768)
    window.show()
    assert not is_in_low_window(window)
    window.go("consents", busiest(training_desk))
    page = window.page
    assert isinstance(page, ConsentsPage)
    panel = page.pupil_view.panel
    panel.answer.set_key(GIVEN)
    _settle()
    assert panel.effect.text()
    assert _is_whole(panel.record_button)
