"""An incident typed by keys alone: the form asks what its kind asks, the pupils come by a few letters, what the law asks for is said and stops nothing."""

import dataclasses
from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.services.care import health
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import looking, recording
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context, new_with
from pupil_desk.ui.kit.lists.rows import ROOM_AROUND
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch import presses
from pupil_desk.ui.pages.incidents import IncidentsPage
from pupil_desk.ui.pages.incidents.forms import AccountForm, OwnForm
from tests.ui.pages.made import pupil_called

type Type = Callable[..., None]


@pytest.fixture
def type_keys(qtbot: QtBot) -> Type:
    """Types into what has the focus: texts as they are, and keys of Qt one by one."""

    def type_(*parts: str | Qt.Key) -> None:
        for part in parts:
            focused = QApplication.focusWidget()
            assert focused is not None
            if isinstance(part, str):
                qtbot.keyClicks(focused, part)
            else:
                qtbot.keyClick(focused, part)

    return type_


def test_each_item_of_an_incident_is_on_one_of_its_two_forms(qtbot: QtBot, desk: Desk) -> None:
    """The forms name their items, so that one which is only in the record would be on neither, and nothing else would tell."""
    account, own = AccountForm(desk), OwnForm(desk, "nobody")
    for form in (account, own):
        qtbot.addWidget(form)
    assert {*account.fields, *own.fields} == {item.name for item in items_of(Incident)} - {"struck"}


Tab, Enter, Left = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Left


def at(page: IncidentsPage, name: str, pupil_id: str = "") -> None:
    form = page.entry.people.forms[pupil_id] if pupil_id else page.entry.account
    form.focus(name)


def enter_threat(page: IncidentsPage, type_keys: Type) -> None:
    """A threat today, by Theo, of Mia, in a few keys."""
    page.begin_new()
    type_keys("t")
    at(page, "place")
    type_keys("The hall", Tab, "Theo threw a chair at Mia.")
    page.entry.find_pupil()
    type_keys("theo", Enter, "mi", Enter)
    for name, letter in (("Theo", "t"), ("Mia", "h")):
        page.entry.people.focus_own(pupil_called(page.context.desk, name).id)
        type_keys(letter, Tab)


def test_what_waits_for_the_pointer_to_rest_is_let_go_with_the_pupil_who_is_taken_out(
    qtbot: QtBot, page: IncidentsPage, type_keys: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_threat(page, type_keys)
    mia = pupil_called(page.context.desk, "Mia").id
    own = page.entry.people.forms[mia]
    rests = [1]
    monkeypatch.setattr(presses, "calm_in", lambda _place: rests[0])
    page.entry.people.table.select(mia)
    own.fields["force"].editor.take_text("yes")
    own.fields["force"].edited.emit()
    page.entry.people.take_out()
    with qtbot.waitSignal(own.destroyed):
        pass
    rests[0], later = 0, QTimer(page, singleShot=True)
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(later.timeout):
        later.start(2)
    assert not raised
    assert mia not in page.entry.people.forms


def test_a_new_incident_is_typed_and_kept(page: IncidentsPage, desk: Desk, type_keys: Type) -> None:
    enter_threat(page, type_keys)
    assert page.save()
    (row,) = looking.rows(desk)
    assert list(row.people.values()) == ["Theo Bramley", "Mimi Ashdown"]
    assert (row.account.kind, row.account.day, row.account.time, row.account.place) == ("threat", desk.today, "10:00", "The hall")
    assert page.list.table.cell(0, "who") == "Theo Bramley, Mimi Ashdown"
    assert page.list.table.cell(0, "state") == "To sign"
    assert page.view.next_act.words.text().startswith("Next: Sign the account.")


@pytest.mark.parametrize(("room", "words"), [(400, "Physical assault on a pupil"), (170, "Assault on a pupil")])
def test_where_a_kind_has_no_room_its_short_words_tell_it_from_others(page: IncidentsPage, desk: Desk, room: int, words: str) -> None:
    recording.enter(
        desk, [Incident(pupil_id=pupil_called(desk, "Theo").id, kind="assault-pupil", day=desk.today, account="Words", part="took-part")]
    )
    page.refresh()
    table = page.list.table
    place = [column.key for column in table.model_.columns].index("what")
    option = QStyleOptionViewItem()
    option.initFrom(table)
    option.rect = QRect(0, 0, room, 30)
    table.itemDelegateForColumn(place).initStyleOption(option, table.model_.index(0, place))  # type: ignore[attr-defined]
    assert option.text == words


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("who", "Theo Bramley, Mimi Ashdown"),
        ("who", "Theo Bramley and 1 more"),
        ("who", "Theo Bramley +1"),
        ("when", "24 Nov 2026, 09:45"),
        ("when", "24 Nov 2026"),
    ],
)
def test_where_there_is_less_room_the_first_name_and_the_day_are_whole(held_page: IncidentsPage, key: str, words: str) -> None:
    table = held_page.list.table
    place = [column.key for column in table.model_.columns].index(key)
    option = QStyleOptionViewItem()
    option.initFrom(table)
    option.rect = QRect(0, 0, option.fontMetrics.horizontalAdvance(words) + ROOM_AROUND, 30)
    table.itemDelegateForColumn(place).initStyleOption(option, table.model_.index(0, place))  # type: ignore[attr-defined]
    assert option.text == words


def test_of_two_pupils_each_grave_sign_stands_beside_their_names_once_and_the_gravest_first(page: IncidentsPage, desk: Desk) -> None:
    theo, mia = (pupil_called(desk, name) for name in ("Theo", "Mia"))
    for pupil, severity in ((theo, "SEV"), (mia, "LIFE"), (mia, "SEV")):
        health.add_item(desk, HealthItem(pupil_id=pupil.id, kind="A", what="Peanuts", severity=severity))
    entry = Incident(pupil_id=theo.id, kind="bullying", day=desk.today, account="Words", part="took-part")
    recording.enter(desk, [entry, dataclasses.replace(entry, pupil_id=mia.id, part="hurt")])
    page.refresh()
    (names,) = [column for column in page.list.table.model_.columns if column.signs]
    assert names.signs is not None
    assert names.signs(page.list.table.rows[0]) == (("first-aid-fill", "muted"), ("first-aid", "muted"))


def test_what_was_just_saved_is_undone(page: IncidentsPage, desk: Desk, context: Context, type_keys: Type) -> None:
    enter_threat(page, type_keys)
    page.save()
    page.view.next_act.buttons[0].click()
    assert page.now is page.step
    context.banner.undo()
    (row,) = looking.rows(desk)
    assert page.now is page.panes_, "the form of a step of it went with it"
    assert context.banner.words.startswith("Undone: Threatening behaviour or verbal abuse, 24 Nov 2026, 10:00: Theo Bramley")
    assert row.struck == "Undone at once"
    assert page.list.table.rows == []
    page.list.show_box.set_key("struck")
    page.list.wanted.emit()
    assert page.list.table.cell(0, "state") == "Struck out: Undone at once"


def test_a_pupil_is_taken_out_with_delete(page: IncidentsPage, type_keys: Type) -> None:
    enter_threat(page, type_keys)
    people = page.entry.people
    people.table.setFocus()
    type_keys(Qt.Key.Key_Delete)
    assert [row.name for row in people.rows] == ["Theo Bramley"]


def test_without_a_pupil_or_an_account_it_is_not_kept(page: IncidentsPage, desk: Desk, type_keys: Type) -> None:
    page.begin_new()
    type_keys("t")
    assert not page.save()
    assert "Choose at least one pupil." in page.entry.account.summary.accessibleName()
    assert looking.rows(desk) == []
    assert page.dirty


def test_a_reward_asks_only_for_kind_day_points_and_a_line(page: IncidentsPage, desk: Desk, type_keys: Type) -> None:
    page.begin_new()
    type_keys("kindness", Tab)
    shown = [name for name, field in page.entry.account.fields.items() if field.isVisible()]
    assert shown == ["kind", "day", "account", "points"]
    at(page, "account")
    type_keys("Helped a new pupil to find his way.", Tab, "5")
    page.entry.find_pupil()
    type_keys("theo", Enter)
    assert not page.entry.people.own.isVisible()
    assert page.save(), page.entry.account.summary.accessibleName()
    (row,) = looking.rows(desk)
    assert (row.account.kind, row.account.points, row.left) == ("kindness", 5, ())


def test_what_the_law_asks_for_is_in_the_names_and_stops_nothing(page: IncidentsPage, desk: Desk, type_keys: Type) -> None:
    enter_threat(page, type_keys)
    theo = pupil_called(desk, "Theo")
    own = page.entry.people.forms[theo.id]
    assert not own.fields["force_kind"].isVisibleTo(own)
    page.entry.people.focus_own(theo.id, "force")
    type_keys(Left)
    assert own.fields["force_kind"].isVisibleTo(own)
    assert own.fields["injury"].label.text() == "Injury (by law)"
    assert page.entry.account.fields["staff"].label.text() == "Members of staff involved (by law)"
    assert page.save()
    assert page.view.next_act.words.text().startswith("Next: Complete the account and sign it")
    page.view.next_act.buttons[0].click()
    assert page.entry.account.fields["staff"].problem.text() == "Members of staff involved is missing, and the law asks for it."
    own = page.entry.people.forms[theo.id]
    assert own.fields["injury"].problem.text() == "Theo Bramley: Injury is missing, and the law asks for it."


def test_names_of_staff_are_completed(page: IncidentsPage, desk: Desk, type_keys: Type) -> None:
    page.begin_new()
    at(page, "staff")
    type_keys("de")
    assert page.entry.account.fields["staff"].editor.typed_text().casefold() == "dee marlowe"
    type_keys(Enter, "Jo Marsh")
    assert page.entry.account.fields["staff"].editor.typed_text().splitlines()[1] == "Jo Marsh"


def test_a_new_one_begins_with_the_pupil_that_another_page_names(
    open_page: Callable[..., IncidentsPage], desk: Desk, type_keys: Type
) -> None:
    page = open_page(new_with(pupil_called(desk, "Theo").id))
    assert [row.name for row in page.entry.people.rows] == ["Theo Bramley"]
    assert not page.dirty


def test_what_is_typed_is_asked_about_and_comes_back_after_a_lock(
    page: IncidentsPage,
    open_page: Callable[..., IncidentsPage],
    desk: Desk,
    answers: Answers,
    type_keys: Type,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enter_threat(page, type_keys)
    theo = pupil_called(desk, "Theo")
    page.entry.people.focus_own(theo.id, "injury")
    type_keys("A cut.")
    draft = page.draft()
    assert draft is not None
    answers.answers.append("discard")
    assert page.leave()
    again = open_page()
    monkeypatch.setattr(recording, "now", lambda _desk: "11:30")  # a lock over lunch
    again.take_draft(draft)
    assert again.entry.account.fields["time"].editor.typed_text() == "10:00", "the time of the incident, and not of the sign-in"
    assert again.entry.people.table.current().id == theo.id, "the part that was typed is in view"  # type: ignore[union-attr]
    assert [row.name for row in again.entry.people.rows] == ["Theo Bramley", "Mimi Ashdown"]
    assert again.entry.people.forms[theo.id].fields["injury"].editor.typed_text() == "A cut."
    assert again.save()
    assert looking.rows(desk)[0].account.account == "Theo threw a chair at Mia."


def test_nobody_took_part_unasked(page: IncidentsPage, desk: Desk, type_keys: Type) -> None:
    page.begin_new()
    type_keys("t")
    at(page, "account")
    type_keys("A chair was thrown.")
    page.entry.find_pupil()
    type_keys("theo", Enter)
    assert page.entry.people.table.cell(0, "part") == "Not said yet"
    assert not page.save()
    assert "Theo Bramley: The pupil’s part in it is missing. Enter it." in page.entry.account.summary.accessibleName()
    assert looking.rows(desk) == []
    page.entry.people.table.setFocus()
    type_keys(Enter, "h", Tab)
    assert page.entry.people.table.cell(0, "part") == "Was hurt or wronged"
    assert page.save()
    state = looking.incident(desk, looking.rows(desk)[0].id)
    assert state is not None
    assert [case.now.part for case in state.cases] == ["hurt"]


def test_of_an_entry_amended_to_something_graver_the_part_is_asked(page: IncidentsPage, desk: Desk, qtbot: QtBot) -> None:
    theo = pupil_called(desk, "Theo")
    recording.enter(desk, [Incident(pupil_id=theo.id, kind="effort", day=desk.today, account="He read a book.", part="took-part")])
    page.on_show(looking.rows(desk)[0].id)
    page.amend()
    page.entry.people.table.setFocus()
    qtbot.keyClick(page.entry.people.table, Qt.Key.Key_Delete)
    said = "On file with the incident: strike it out for this pupil instead"
    assert [page.context.banner.words, page.entry.people.out_button.toolTip()] == [said, said]
    page.entry.account.fields["kind"].editor.show_value("assault-pupil")
    page.entry.account.fields["kind"].edited.emit()
    assert not page.save()
    assert "Theo Bramley: The pupil’s part in it is missing. Enter it." in page.entry.account.summary.accessibleName()
    page.entry.account.fields["kind"].editor.show_value("effort")
    page.entry.account.fields["kind"].edited.emit()
    assert page.entry.people.forms[theo.id].record().part == "took-part"  # type: ignore[union-attr]


def test_every_field_of_a_part_has_the_height_it_needs(page: IncidentsPage, desk: Desk, type_keys: Type, qtbot: QtBot) -> None:
    page.resize(1180, 640)  # what is left of a window of 1366 by 768
    enter_threat(page, type_keys)
    own = page.entry.people.forms[pupil_called(desk, "Mia").id]
    for fold in own.folds:
        fold.open()
    own.take_draft({"force": "yes", "began": "at once"})
    qtbot.waitUntil(own.fields["needs"].isVisible)
    assert not page.save()
    qtbot.waitUntil(own.fields["began"].problem.isVisible)
    lower = [name for name, field in own.fields.items() if field.isVisible() and field.height() < field.heightForWidth(field.width())]
    assert lower == [], "what is squeezed lies over what is beneath it"


def test_who_is_found_by_another_name_or_among_several_is_said_why(
    page: IncidentsPage, desk: Desk, context: Context, type_keys: Type
) -> None:
    page.begin_new()
    page.entry.find_pupil()
    type_keys("mia", Enter)
    assert page.entry.people.out_button.isEnabled()
    theo = pupil_called(desk, "Theo")
    pupils.save_pupil(desk, dataclasses.replace(theo, middle_names="Owen"))
    type_keys("owen")
    names = sorted(row.name for row in page.entry.people.matches.rows)
    assert names == ["Bramley, Theo (Middle names: Owen)", "Dale, Owen"]
    type_keys(Enter)
    assert context.banner.words.startswith("Several pupils are found.")
    assert not page.entry.people.out_button.isEnabled(), "the one whom it takes out is not in view"
    assert len(page.entry.people.rows) == 1
    type_keys(Qt.Key.Key_Down)
    assert context.banner.words == "", "one is chosen"
    type_keys(Enter)
    assert len(page.entry.people.rows) == 2
    assert page.entry.people.out_button.isEnabled()
