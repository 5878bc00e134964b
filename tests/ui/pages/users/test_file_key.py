"""The key of the file, on the page of users: made anew, asked for, and what stands in its way."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import staff
from pupil_desk.services.unit.data_key import KEPT_BEFORE
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.users import UsersPage
from tests.ui.pages.made import PASSWORD, USER
from tests.ui.pages.users.scene import NEW, press, signs_in


def test_a_new_key_is_made_because_somebody_may_know_a_password(page: UsersPage, answers: Answers, context: Context, desk: Desk) -> None:
    answers.answers = [False, True]
    press(page, "key")
    assert desk.vault.keys.epoch == 1
    press(page, "key")
    assert context.banner.words.startswith("The file has a new key. Passwords and codes that were changed")
    answers.answers = [PASSWORD, NEW, NEW, "yes"]
    press(page, "own")
    assert page.file_key.words.text() == f"The file has its key number 3 since 24 November 2026.\n{KEPT_BEFORE}"
    assert signs_in(desk, USER, NEW) == "in"


def test_the_office_says_that_a_password_may_be_known_and_a_data_officer_sees_it(
    context: Context, open_page: Callable[[], UsersPage], answers: Answers, desk: Desk
) -> None:
    sam = staff.add_user(desk, "Sam Whitlock", Role.OFFICE, NEW)
    context.desk = Desk(desk.vault, sam, desk.clock)
    page = open_page()
    assert not page.file_key.words.isVisible()
    answers.answers = [NEW, PASSWORD, PASSWORD, "yes"]
    press(page, "own")
    assert context.banner.words.startswith("Noted. Tell a data officer")
    context.desk = desk
    page.on_show()
    assert page.file_key.words.text().endswith("A new one is due: somebody may know a password. Make it with “New key…”.")


def _as_at_first(desk: Desk, *kinds: str) -> None:
    """The slots of these kinds as an earlier version left them; of people only of colleagues."""
    keys = desk.vault.keys
    for slot in keys.slots:
        if slot.kind in kinds and slot.user != desk.user.id:
            with desk.vault.transaction():
                desk.vault._save(desk.vault.keys.with_slot(dataclasses.replace(slot, public="", sealed="")))


def test_what_stands_in_the_way_of_a_new_key_is_asked_first(page: UsersPage, answers: Answers, given: list[str], desk: Desk) -> None:
    staff.add_user(desk, "Sam Whitlock", Role.OFFICE, NEW)
    _as_at_first(desk, "user", "recovery")
    answers.answers = [True, False]  # a new code first? no
    press(page, "key")
    answers.answers = [True, True, False]  # go on without Sam? no
    press(page, "key")
    assert desk.vault.keys.epoch == 1
    assert "Recovery code" in given[0] or given
    answers.answers = [True, True]
    press(page, "key")
    assert answers.questions[-1].title == "Go on without Sam Whitlock?"
    assert desk.vault.keys.epoch == 2
    assert signs_in(desk, "Sam Whitlock", NEW) == "WrongPassword"
    assert signs_in(desk, USER, PASSWORD) == "in"


def test_backups_of_before_are_listed(page: UsersPage, answers: Answers, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    backups.make(desk, tmp_path / "stick", removable=True)
    answers.answers = [True]
    press(page, "key")
    words = page.file_key.words.text()
    assert "opens by the passwords and codes of then. Make a backup" in words
    backups.make(desk, tmp_path)
    page.on_show()
    assert KEPT_BEFORE not in page.file_key.words.text()
    assert "Older backups that the passwords and codes of their day still open: 24 November 2026 at 10:00 (on a stick)." in words
