"""A recovery code made anew on the page of users: typed back, printed, and the old one dead."""

import pytest
from PySide6.QtCore import QTimer

from pupil_desk.basics.errors import WrongPassword
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import units
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.users import UsersPage
from pupil_desk.ui.pages.users.shown_once import ShownOnce
from tests.ui.pages.made import CLOCK
from tests.ui.pages.users.scene import press


def test_a_new_recovery_code_takes_the_place_of_the_old(page: UsersPage, answers: Answers, given: list[str], desk: Desk) -> None:
    answers.answers = [False]
    press(page, "code")
    assert given == []
    answers.answers = [True, "no", True, "yes"]
    press(page, "code")
    press(page, "code")
    assert desk.vault.keys.epoch == 2  # the second one was said to be known
    old, new = given[1], given[3]
    desk.vault.close()
    with pytest.raises(WrongPassword):
        units.open_with_recovery_code(desk.vault.path, old, CLOCK)
    units.open_with_recovery_code(desk.vault.path, new, CLOCK).close()


def test_a_new_recovery_code_is_in_force_only_when_it_was_typed_back_from_the_paper(
    page: UsersPage, answers: Answers, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: list[str] = []

    def typed_wrongly_and_then_rightly(dialog: ShownOnce) -> int:
        codes.append(dialog.secret.secret.toPlainText())
        groups = codes[0].split("-")
        dialog.show()
        for typed in ("", groups[1], groups[-1] + groups[1]):
            dialog.boxes[0][0].setText(typed)
            dialog.noted_button.click()
            assert dialog.isVisible()
            assert dialog.problem.text() == "These are not the second and the last group of the code. Compare them with the paper."
        dialog.boxes[0][0].setText(f"{groups[1]} {groups[-1].lower()}")
        dialog.noted_button.click()
        assert not dialog.isVisible()
        return dialog.result()

    monkeypatch.setattr(ShownOnce, "exec", typed_wrongly_and_then_rightly)
    answers.answers = [True, "no"]
    press(page, "code")
    desk.vault.close()
    units.open_with_recovery_code(desk.vault.path, codes[0], CLOCK).close()


def test_its_sheet_is_printed(page: UsersPage, answers: Answers) -> None:
    import pypdfium2

    sent: list[bytes] = []
    page.send = lambda data, _parent, **_more: bool(sent.append(data)) or True  # type: ignore[func-returns-value,assignment]
    codes: list[str] = []

    def use() -> None:
        assert page.shown_once is not None
        codes.append(page.shown_once.secret.secret.toPlainText())
        page.shown_once.print_button.click()
        page.shown_once.accept()

    answers.answers = [True, "no"]
    QTimer.singleShot(0, use)
    press(page, "code")
    assert codes[0] in pypdfium2.PdfDocument(sent[0])[0].get_textpage().get_text_bounded()
