"""Settings: the form of the catalogue, the school year, the size of the text; saving is one rule."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.catalogue.items import Section, items_of
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import calendars, units
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.tables import ledger
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.editors import CodeEditor
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch import making
from pupil_desk.ui.pages.settings import SettingsPage
from pupil_desk.ui.style.look import percent
from tests.ui.conftest import NOW
from tests.ui.pages.made import as_role


@pytest.fixture
def open_page(qtbot: QtBot, context: Context) -> Callable[[], SettingsPage]:
    def make() -> SettingsPage:
        page = SettingsPage(context)
        context.news.changed.connect(page.on_change)
        qtbot.addWidget(page)
        page.resize(900, 700)
        page.show()
        page.on_show()
        return page

    return make


@pytest.fixture
def page(open_page: Callable[[], SettingsPage]) -> SettingsPage:
    return open_page()


def type_in(page: SettingsPage, **texts: str) -> None:
    page.form.take_draft(texts)


def log_rows(desk: Desk) -> list[str]:
    found = ledger.log_rows(desk.vault)
    return [row["reason"] for row in found if row["action"] == "edit-settings"]


def test_every_setting_stands_in_its_section_under_a_label_of_its_own(page: SettingsPage) -> None:
    assert list(page.form.headings) == [Section.UNIT, Section.PEOPLE, Section.AUTHORITY, Section.TOLD, Section.CAUTIONS]
    assert set(page.form.fields) == {item.name for item in items_of(UnitSettings)}
    labels = [field.label.text() for field in page.form.fields.values()]
    assert len(set(labels)) == len(labels)


def saved_versions(desk: Desk) -> int:
    return int(desk.vault.rows("SELECT count(*) AS n FROM settings")[0]["n"])


def test_saving_is_one_version_and_one_row_of_the_log(page: SettingsPage, desk: Desk, context: Context) -> None:
    before = saved_versions(desk)
    assert not page.heading.button_of("save").isEnabled()
    type_in(page, head="R Ashdown", phone="01632 960100")
    assert page.heading.button_of("save").isEnabled()
    page.heading.button_of("save").click()
    assert (desk.settings.head, desk.settings.phone) == ("R Ashdown", "01632 960100")
    assert saved_versions(desk) == before + 1
    assert log_rows(desk)[0] == "phone, head"
    assert context.banner.words == "Settings saved."
    assert not page.dirty


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(page: SettingsPage, desk: Desk) -> None:
    type_in(page, lock_minutes="60", head="R Ashdown")
    assert page.save() is False
    assert page.form.fields["lock_minutes"].problem.text() == "Choose 1 to 10 minutes."
    assert desk.settings.head is None
    assert page.dirty


def test_esc_puts_back_what_was_and_can_be_undone(page: SettingsPage, context: Context) -> None:
    type_in(page, head="R Ashdown")
    page.put_back()
    assert not page.dirty
    context.banner._button.click()
    assert page.form.fields["head"].editor.typed_text() == "R Ashdown"


@pytest.mark.parametrize(("answer", "left", "head"), [("save", True, "R Ashdown"), ("discard", True, None), ("stay", False, None)])
def test_leaving_with_changes_asks_once(
    page: SettingsPage, answers: Answers, desk: Desk, answer: str, left: bool, head: str | None
) -> None:
    type_in(page, head="R Ashdown")
    answers.answers = [answer]
    assert page.leave() is left
    assert desk.settings.head == head


@pytest.mark.parametrize(
    ("name", "offered"), [("no_notice_13", ["minimum", "full"]), ("unasked_16", ["minimum", "full"]), ("unasked_post_16", ["none", "full"])]
)
def test_a_caution_offers_only_the_levels_that_the_law_leaves_open(page: SettingsPage, name: str, offered: list[str]) -> None:
    editor = page.form.fields[name].editor
    assert isinstance(editor, CodeEditor)
    codes = [editor.box.itemData(place) for place in range(editor.box.count())]
    assert sorted(code for code in codes if code) == sorted(offered)
    assert page.form.fields[name].hint.text() != ""


def test_the_school_year_is_kept_from_lines(page: SettingsPage, desk: Desk, context: Context) -> None:
    page.on_show("year")
    assert page.tabs.tabText(page.tabs.currentIndex()) == "School &year"
    page.year.terms.set_text("7/6/27 to 21 Jul 2027\n2 Sep 2026 - 23 October 2026\n")
    page.year.closures.set_text("27 Nov 2026: Staff training\n4/1/27")
    assert page.dirty
    assert page.save()
    assert [(term.start.isoformat(), term.end.isoformat()) for term in calendars.terms(desk)] == [
        ("2026-09-02", "2026-10-23"),
        ("2027-06-07", "2027-07-21"),
    ]
    assert [(day.day.isoformat(), day.reason) for day in calendars.closures(desk)] == [
        ("2026-11-27", "Staff training"),
        ("2027-01-04", "Closed"),
    ]
    assert page.year.terms.text() == "2 Sep 2026 to 23 Oct 2026\n7 Jun 2027 to 21 Jul 2027"
    assert not page.dirty


@pytest.fixture
def proposal(tmp_path: Path) -> Iterator[Desk]:
    """A unit as it is when it is new: its school year is a proposal."""
    details = UnitSettings(name="Larkfield Centre", la="919", estab="1100")
    made, _code = units.create_unit(
        tmp_path / "unit.pupildesk", details, user="Dee", password="four plain short words", clock=FixedClock(NOW), cost=FLOOR
    )
    yield made
    made.vault.close()


@pytest.fixture
def new_page(qtbot: QtBot, context: Context, proposal: Desk) -> SettingsPage:
    page = SettingsPage(dataclasses.replace(context, desk=proposal))
    context.news.changed.connect(page.on_change)
    qtbot.addWidget(page)
    page.show()
    page.on_show("year")
    return page


def test_a_proposed_school_year_is_confirmed_after_it_was_seen(
    proposal: Desk, new_page: SettingsPage, answers: Answers, context: Context
) -> None:
    assert new_page.year.proposal.isVisible()
    answers.answers += [False, True]
    new_page.year.confirm_button.click()
    assert not calendars.is_confirmed(proposal.vault), "Cancel confirms nothing"
    assert "2 Sep 2026 to 23 Oct 2026" in answers.questions[0].text
    new_page.year.confirm_button.click()
    assert calendars.is_confirmed(proposal.vault)
    assert not new_page.year.proposal.isVisible()
    assert not new_page.year.confirm_button.isVisible()
    assert context.banner.words == "School year confirmed."


def test_what_is_typed_is_not_confirmed_unsaved(proposal: Desk, new_page: SettingsPage, context: Context) -> None:
    new_page.year.terms.set_text("2 Sep 2026 to 23 Oct 2026")
    new_page.year.confirm_button.click()
    assert not calendars.is_confirmed(proposal.vault)
    assert "not saved" in context.banner.words
    assert new_page.save()
    assert calendars.is_confirmed(proposal.vault)


def test_a_calendar_file_fills_the_boxes_and_keeps_nothing_before_save(
    proposal: Desk, new_page: SettingsPage, answers: Answers, tmp_path: Path, context: Context
) -> None:
    lines = ["BEGIN:VCALENDAR"]
    for first, last, title in (
        ("20260903", "20261024", "Autumn term"),
        ("20261127", "20261128", "INSET day"),
        ("20260910", "20260911", "Fair"),
    ):
        lines += ["BEGIN:VEVENT", f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{last}", f"SUMMARY:{title}", "END:VEVENT"]
    place = tmp_path / "terms.ics"
    place.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]))
    answers.answers.append(place)
    before = calendars.terms(proposal)
    new_page.year.terms.set_text(f"8 Jun 2026 to 17 Jul 2026\n{new_page.year.terms.text()}")
    new_page.year.closures.set_text(f"15 Jun 2026: Polling\n{new_page.year.closures.text()}")
    new_page.year.read_button.click()
    assert new_page.year.terms.text() == "8 Jun 2026 to 17 Jul 2026\n3 Sep 2026 to 23 Oct 2026", "another school year stays"
    assert new_page.year.closures.text() == "15 Jun 2026: Polling"
    assert "Fair, 10 Sep 2026" in new_page.year.left_out.text()
    assert "INSET day, 27 Nov 2026" in new_page.year.left_out.text(), "no term of the file has it"
    assert "1 term or half-term" in context.banner.words
    assert calendars.terms(proposal) == before
    assert new_page.save()
    assert [term.start.isoformat() for term in calendars.terms(proposal)] == ["2026-06-08", "2026-09-03"]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("2 Sep 2026 to the autumn", "2 Sep 2026 to the autumn"),
        ("2 Sep 2026", "2 Sep 2026"),
        ("23 Oct 2026 to 2 Sep 2026", "ends before it starts"),
        ("2 Sep 2026 to 23 Oct 2026\n20 Oct 2026 to 1 Dec 2026", "overlap"),
    ],
)
def test_a_line_that_cannot_be_is_named_and_nothing_is_kept(page: SettingsPage, desk: Desk, terms: str, said: str) -> None:
    before = calendars.terms(desk)
    page.year.terms.set_text(terms)
    assert page.save() is False
    assert said in " ".join(line.words for line in page.year.summary.lines)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "School &year"
    assert calendars.terms(desk) == before


def test_what_is_wrong_in_a_group_out_of_sight_is_shown(page: SettingsPage) -> None:
    type_in(page, lock_minutes="60")
    assert page.save() is False
    assert page.form.fields["lock_minutes"].isVisible()


def test_a_term_is_added_and_taken_out_by_real_keys(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    page.on_show("year")
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    before = len(page.year.terms.rows)
    qtbot.keyClick(page.year.terms.add_button, Qt.Key.Key_Space)
    qtbot.keyClicks(QApplication.focusWidget(), "1 September 2027")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "22/10/27")
    qtbot.keyClick(page.year.terms.rows[0][2], Qt.Key.Key_Space)
    assert page.save()
    assert len(calendars.terms(desk)) == before
    assert calendars.terms(desk)[-1].end.isoformat() == "2027-10-22"


def test_a_draft_holds_both_parts(page: SettingsPage, open_page: Callable[[], SettingsPage]) -> None:
    assert page.draft() is None
    type_in(page, head="R Ash")
    page.year.closures.set_text("27 Nov 2026: Sta")
    draft = page.draft()
    assert draft is not None
    again = open_page()
    again.take_draft(draft)
    assert again.form.fields["head"].editor.typed_text() == "R Ash"
    assert again.year.closures.text() == "27 Nov 2026: Sta"
    assert again.year.terms.text() != ""
    assert again.dirty


def test_the_size_of_the_text_is_set_at_once_and_remembered(page: SettingsPage, context: Context, qtbot: QtBot) -> None:
    page.text_size.set_key("150")
    page.text_size.activated.emit(page.text_size.currentIndex())
    try:
        assert percent() == 150
        assert context.memory.get("window/text") == 150
        assert QApplication.font().pointSizeF() > 15
    finally:
        page.text_size.set_key("100")
        page.text_size.activated.emit(page.text_size.currentIndex())


def test_the_office_reads_and_changes_nothing(context: Context, open_page: Callable[[], SettingsPage]) -> None:
    context.desk = as_role(context.desk, Role.OFFICE)
    page = open_page()
    for key in ("save", "discard"):
        assert not page.heading.button_of(key).isEnabled()
        assert page.heading.button_of(key).toolTip() == "Data officer only"
    assert all(box.isReadOnly() for first, last, _out in page.year.terms.rows for box in (first, last))
    assert page.year.terms.add_button.isHidden()
    assert page.text_size.isEnabled()


def test_everything_has_a_name(page: SettingsPage, nameless: Any) -> None:
    assert nameless(page) == []


def test_what_follows_from_the_kind_of_unit_is_said_as_soon_as_it_is_chosen(page: SettingsPage) -> None:
    page.form.fields["kind"].editor.take_text("pru")
    page._on_edited()
    assert "Education from the sixth day of a suspension: the authority that maintains the unit." in page.follows.text()
    assert "(we are fairly sure)" in page.follows.text()
    page.form.fields["kind"].editor.take_text("ap-academy")
    page._on_edited()
    assert "Education from the sixth day of a suspension: the academy trust." in page.follows.text()


def test_ctrl_and_page_keys_turn_the_tabs(qtbot: QtBot, context: Context) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.activateWindow()
    page.tabs.tabBar().setFocus()
    qtbot.waitUntil(page.tabs.tabBar().hasFocus)
    seen = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        qtbot.keyClick(page.tabs.tabBar(), key, Qt.KeyboardModifier.ControlModifier)
        seen.append(page.tabs.currentIndex())
    assert seen == [1, 2, 1]


def test_the_window_has_its_turns_while_the_fields_are_made(qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them take longer than the window may stand still."""
    monkeypatch.setattr(making, "_STEP", 0.0)
    context.making.in_steps = True
    turns: list[int] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: turns.append(1))
    beat.start()
    with context.making.of(QObject()):
        page = SettingsPage(context)
    beat.stop()
    qtbot.addWidget(page)
    assert len(turns) >= len(page.form.fields)
