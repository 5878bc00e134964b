"""Users: a colleague added, given a new password, kept out and let in again; one's own password changed."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import readers
from pupil_desk.services.unit import logbook, staff
from pupil_desk.services.unit.data_key import KEPT_BEFORE
from pupil_desk.store.file import keyslots
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.users import UsersPage
from pupil_desk.ui.pages.users.shown_once import ShownOnce
from tests.ui.pages.made import PASSWORD, USER, as_role, keep_safeguarding
from tests.ui.pages.users.scene import NEW, press, signs_in


def rows(page: UsersPage) -> list[tuple[str, ...]]:
    return [tuple(page.table.cell(row, key) for key in ("name", "role", "state")) for row in range(len(page.table.rows))]


def add(page: UsersPage, answers: Answers, name: str = "Olu Brand", role: Role = Role.OFFICE) -> None:
    answers.answers = [name, role.value]
    press(page, "add")


def test_a_colleague_is_added_and_the_first_password_shown_once(page: UsersPage, answers: Answers, given: list[str], desk: Desk) -> None:
    add(page, answers)
    assert rows(page) == [(USER, "Data officer", "May sign in"), ("Olu Brand", "Office", "Has a password to change")]
    words, password = given
    assert "Give this to Olu Brand. It is shown only now" in words
    current = page.table.current()
    assert current is not None
    assert current.name == "Olu Brand"
    assert signs_in(desk, "Olu Brand", password) == "must change"


def test_a_second_role_has_the_room_that_it_needs(page: UsersPage, desk: Desk) -> None:
    table = page.table
    place = [column.key for column in table.model_.columns].index("role")
    before = table.columnWidth(place)
    keep_safeguarding(desk)
    page.on_change(Changed.of("staff"))
    assert table.cell(0, "role") == "Data officer; safeguarding lead or deputy"
    assert table.columnWidth(place) >= table.fontMetrics().horizontalAdvance(table.cell(0, "role")) > before


def test_a_password_is_worked_on_beside_the_window(
    page: UsersPage, answers: Answers, given: list[str], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the window would stand still for it, twice where it is one's own: a fifth of a second and more."""
    page.context.making.in_steps = True
    where: list[threading.Thread] = []
    stretch = keyslots._stretch
    monkeypatch.setattr(keyslots, "_stretch", lambda *asked: (where.append(threading.current_thread()), stretch(*asked))[1])
    add(page, answers)
    answers.answers = [True, "no"]
    press(page, "anew")
    answers.answers = [PASSWORD, NEW, NEW, "no"]
    press(page, "own")
    assert len(where) >= 3
    assert threading.main_thread() not in where
    assert signs_in(desk, USER, NEW) == "in"


def test_a_name_that_is_taken_is_refused(page: UsersPage, answers: Answers, context: Context, given: list[str]) -> None:
    add(page, answers, name=USER.upper())
    assert context.banner.words.startswith("There is a user of that name already")
    assert given == []


def test_a_forgotten_password_is_set_anew(page: UsersPage, answers: Answers, given: list[str], desk: Desk) -> None:
    add(page, answers)
    answers.answers = [False, True, "no"]
    press(page, "anew")
    assert len(given) == 2  # not agreed to: nothing is made
    press(page, "anew")
    assert [question.title for question in answers.questions][-2:] == [
        "A new password for Olu Brand?",
        "Could somebody else know the old password of Olu Brand?",
    ]
    assert given[3] != given[1]
    assert signs_in(desk, "Olu Brand", given[1]) == "WrongPassword"
    assert signs_in(desk, "Olu Brand", given[3]) == "must change"


def test_nobody_is_chosen_until_somebody_chooses(page: UsersPage, answers: Answers, given: list[str], qtbot: QtBot) -> None:
    """Not as the page opens, not as the list takes the focus, not as the row that was chosen goes."""
    add(page, answers)
    page.table.model_.replace(())
    page.on_show()
    page.table.setFocus()
    assert page.table.current() is None
    for key in ("anew", "role", "disable"):
        assert not page.heading.button_of(key).isEnabled()
    assert not page.reader_tick.isEnabled()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    chosen = page.table.current()
    assert chosen is not None
    assert chosen.name == USER
    assert page.heading.button_of("role").isEnabled()
    page.table.choose_none()
    place = page.table.visualRect(page.table.model_.index(1, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.heading.button_of("anew").isEnabled()
    assert page.reader_tick.text() == "Olu Brand may read restricted no&tes"


def test_ones_own_is_never_made_anew(page: UsersPage, answers: Answers, context: Context, given: list[str], desk: Desk) -> None:
    page.table.select(desk.user.id)
    press(page, "anew")
    assert context.banner.words == "This is you. Change your own password with “My password…” above, which asks for the one you have."
    assert (answers.questions, given) == ([], [])
    assert page.heading.button_of("own").text().replace("&", "") == "My password…"
    assert signs_in(desk, USER, PASSWORD) == "in"


@pytest.mark.parametrize("key", ["anew", "enable", "add", "code"])
def test_what_was_shown_and_not_noted_opens_nothing(
    page: UsersPage, answers: Answers, context: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """Esc, as a lock does too: the banner says what still holds, and it does."""
    sam = staff.add_user(desk, "Olu Brand", Role.OFFICE, NEW)
    if key == "enable":
        staff.disable(desk, sam)
    page.on_show()
    page.table.select(sam.id)
    shown: list[str] = []

    def given_up(dialog: ShownOnce) -> int:
        shown.append(dialog.secret.secret.toPlainText())
        dialog.show()
        QTest.keyClick(dialog, Qt.Key.Key_Return)  # a stray Enter answers nothing
        assert dialog.isVisible()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        return dialog.result()

    monkeypatch.setattr(ShownOnce, "exec", given_up)
    answers.answers = ["Kim Ash", "office"] if key == "add" else [True]
    before = desk.vault.keys
    press(page, key)
    assert desk.vault.keys == before
    assert (
        context.banner.words
        == {
            "anew": "Nothing has changed: Olu Brand still signs in with the old password. The one that was shown opens nothing.",
            "enable": "Olu Brand is not let in again: the password that was shown opens nothing.",
            "add": "Kim Ash is not added: the password that was shown opens nothing.",
            "code": "Nothing has changed: the old recovery code still opens the file. Destroy every sheet with the code that was shown: it opens nothing.",
        }[key]
    )
    name = "Kim Ash" if key == "add" else "Olu Brand"
    assert signs_in(desk, name, shown[0]) == "WrongPassword"
    if key != "add":
        assert signs_in(desk, name, NEW) == ("WrongPassword" if key == "enable" else "must change")


def test_a_leaver_is_let_in_no_more_and_may_come_back(page: UsersPage, answers: Answers, given: list[str], desk: Desk) -> None:
    add(page, answers)
    answers.answers = [False]
    press(page, "disable")
    assert rows(page)[1][2] == "Has a password to change"
    answers.answers = [True]
    press(page, "disable")
    assert rows(page)[1][2] == "Disabled"
    assert desk.vault.keys.epoch == 2
    assert page.file_key.words.text() == f"The file has its key number 2 since 24 November 2026.\n{KEPT_BEFORE}"
    assert not page.heading.button_of("disable").isVisible()
    assert not page.heading.button_of("anew").isEnabled()
    answers.answers = [True]
    press(page, "enable")
    assert rows(page)[1][2] == "Has a password to change"
    assert not page.heading.button_of("enable").isVisible()
    assert signs_in(desk, "Olu Brand", given[-1]) == "must change"


def test_a_disabled_user_cannot_sign_in(page: UsersPage, answers: Answers, given: list[str], desk: Desk) -> None:
    add(page, answers)
    answers.answers = [True]
    page.heading.button_of("disable").setFocus()
    press(page, "disable")
    assert page.table.hasFocus()
    assert signs_in(desk, "Olu Brand", given[1]) in ("NotAllowed", "WrongPassword")


def test_a_role_is_changed(page: UsersPage, answers: Answers, given: list[str]) -> None:
    add(page, answers)
    answers.answers = ["assistant-head"]
    press(page, "role")
    assert rows(page)[1][1] == "Assistant head"
    answers.answers = [""]
    press(page, "role")
    assert rows(page)[1][1] == "Assistant head"


def test_a_user_is_named_to_read_restricted_notes_and_no_longer(page: UsersPage, answers: Answers, given: list[str], desk: Desk) -> None:
    readers.set_reader(desk, desk.user, may=True, reason="While another is away")
    add(page, answers)
    assert page.table.cell(1, "restricted") == ""
    answers.answers = ["Designated safeguarding lead"]
    page.reader_tick.click()
    assert [page.table.cell(row, "restricted") for row in (0, 1)] == ["May read them", "May read them"]
    assert "Let Olu Brand read restricted notes?" in [question.title for question in answers.questions]
    assert page.reader_tick.text() == "Olu Brand may read restricted no&tes"
    row = logbook.rows(desk, limit=1)[0]
    assert (row.member, row.reason) == ("Olu Brand", "named to read restricted notes: Designated safeguarding lead")
    answers.answers = [None]
    page.reader_tick.click()
    assert answers.questions[-1].offers == ("Reason, such as “has another post”",)
    assert page.reader_tick.isChecked()
    assert page.table.cell(1, "restricted") == "May read them"
    answers.answers = ["Has another post"]
    page.reader_tick.click()
    assert page.table.cell(1, "restricted") == ""
    rows = desk.vault.rows("SELECT may_read, reason FROM restricted_reader ORDER BY seq")
    assert [tuple(row) for row in rows][1:] == [(1, "Designated safeguarding lead"), (0, "Has another post")]


def test_who_is_named_by_one_without_the_key_is_told_to_wait_for_it(
    page: UsersPage, answers: Answers, context: Context, given: list[str], desk: Desk
) -> None:
    member = staff.add_user(desk, "Ren Lead", Role.ASSISTANT_HEAD, NEW)
    readers.set_reader(desk, member, may=True, reason="Designated safeguarding lead")
    add(page, answers)
    answers.answers = ["Deputy"]
    page.reader_tick.click()
    assert page.table.cell(page.table.currentIndex().row(), "restricted") == "Waits for the key"
    assert context.banner.look == "note"
    assert context.banner.words == (
        "Olu Brand is named to read restricted notes, and waits for their key. "
        "Only somebody who holds the key of the restricted notes can hand it over: Ren Lead."
    )


def test_who_holds_the_key_of_the_restricted_notes_hands_it_over(page: UsersPage, answers: Answers, given: list[str], desk: Desk) -> None:
    assert "no key of their own yet" in page.notes_key.words.text()
    member = staff.add_user(desk, "Olu Brand", Role.OFFICE, NEW)
    for reader in (desk.user, member):
        readers.set_reader(desk, reader, may=True, reason="Safeguarding")
    staff.disable(desk, member)
    staff.enable(desk, member, NEW)
    page.refresh()
    assert page.notes_key.words.text() == (
        f"The key of the restricted notes is held by: {desk.user.name}. Waiting until one of them hands it over: Olu Brand."
    )
    assert [page.table.cell(row, "restricted") for row in (0, 1)] == ["May read them", "Waits for the key"]
    answers.answers = [False, True]
    page.notes_key.button.click()
    assert not page.notes_key.button.isHidden()
    page.notes_key.button.click()
    assert page.notes_key.button.isHidden()
    assert "Waiting" not in page.notes_key.words.text()
    assert answers.questions[-1].title == "Hand the key of the restricted notes over to Olu Brand?"


@pytest.mark.parametrize(("key", "answer"), [("disable", True), ("role", "office")])
def test_the_last_data_officer_cannot_be_lost(page: UsersPage, answers: Answers, context: Context, key: str, answer: Any) -> None:
    page.table.selectRow(0)
    answers.answers = [answer]
    press(page, key)
    assert context.banner.look == "problem"
    assert rows(page) == [(USER, "Data officer", "May sign in")]


def test_ones_own_password_is_changed(page: UsersPage, answers: Answers, context: Context, desk: Desk) -> None:
    answers.answers = [PASSWORD, NEW, NEW, "no"]
    press(page, "own")
    assert context.banner.words == "Your password is changed."
    assert desk.vault.keys.epoch == 1
    assert signs_in(desk, USER, NEW) == "in"


def test_the_wrong_present_password_changes_nothing(page: UsersPage, answers: Answers, context: Context, desk: Desk) -> None:
    answers.answers = ["not it at all, no", NEW, NEW]
    press(page, "own")
    assert "present password is wrong" in context.banner.words
    assert signs_in(desk, USER, PASSWORD) == "in"


@pytest.mark.parametrize("typed", [["short"], [NEW, NEW + "x"]])
def test_a_weak_or_mistyped_password_is_refused_while_the_question_is_open(page: UsersPage, answers: Answers, typed: list[str]) -> None:
    answers.answers = [PASSWORD, *typed]
    with pytest.raises(AssertionError, match="refuses the prepared answer"):
        page.change_own()


def test_the_office_sees_itself_and_may_change_its_own_password(context: Context, open_page: Callable[[], UsersPage]) -> None:
    context.desk = as_role(context.desk, Role.OFFICE)
    page = open_page()
    assert [row[0] for row in rows(page)] == ["Olu Brand"]
    assert page.heading.button_of("own").isEnabled()
    for key in ("add", "anew", "role", "disable", "code", "key"):
        assert not page.heading.button_of(key).isEnabled()
        assert page.heading.button_of(key).toolTip() == "Data officer only"
    assert not page.reader_tick.isEnabled()
    assert page.reader_tick.toolTip() == "Data officer only"


def test_the_password_goes_from_the_screen_and_the_clipboard_at_a_lock_and_is_not_in_force(
    page: UsersPage, answers: Answers, desk: Desk
) -> None:
    sam = staff.add_user(desk, "Olu Brand", Role.OFFICE, NEW)
    page.on_show()
    page.table.select(sam.id)
    shown: list[str] = []

    def lock() -> None:
        assert page.shown_once is not None
        assert page.shown_once.isVisible()
        shown.append(page.shown_once.secret.secret.toPlainText())
        page.shown_once.secret.copy.click()
        assert QApplication.clipboard().text() == shown[0]
        page.close_popups()

    QTimer.singleShot(0, lock)
    left_open = QTimer(page, singleShot=True, interval=3_000)
    left_open.timeout.connect(lambda: page.shown_once and page.shown_once.reject())
    left_open.start()
    answers.answers = [True]
    press(page, "anew")
    assert left_open.isActive()  # it went at the lock, not because the test gave up
    assert page.shown_once is None
    assert QApplication.clipboard().text() == ""
    assert signs_in(desk, "Olu Brand", shown[0]) == "WrongPassword"
    assert signs_in(desk, "Olu Brand", NEW) == "must change"


def test_managing_is_refused_below_the_page_too(context: Context) -> None:
    desk = as_role(context.desk, Role.ASSISTANT_HEAD)
    assert context.attempt(lambda: staff.users(desk)) is None
    assert context.banner.look == "problem"


def test_everything_has_a_name(page: UsersPage, nameless: Any) -> None:
    assert nameless(page) == []
