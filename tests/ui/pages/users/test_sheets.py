"""Three sheets for the key of the restricted notes: on paper before they are in force, and two of them typed."""

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import key_sheets, readers
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.users import UsersPage


@pytest.fixture
def holder(page: UsersPage, desk: Desk) -> UsersPage:
    """The page of somebody who holds the key."""
    readers.set_reader(desk, desk.user, may=True, reason="Safeguarding")
    page.refresh()
    return page


def two_groups(code: str) -> str:
    groups = code.split("-")
    return f"{groups[1].lower()} {groups[-1]}"


def test_sheets_are_in_force_only_when_groups_of_each_were_typed_back(
    holder: UsersPage, answers: Answers, context: Context, desk: Desk
) -> None:
    told: list[str] = []

    def use(was_made_on: str) -> None:
        dialog = holder.shown_once
        assert dialog is not None
        codes = dialog.secret.secret.toPlainText().split("\n")
        boxes = [box for box, _groups in dialog.boxes]
        for box, typed in zip(boxes, [two_groups(codes[0]), "", two_groups(codes[0])], strict=True):
            box.setText(typed)
        for box, code in zip(boxes[1:], codes[1:], strict=True):
            dialog.noted_button.click()
            told.append(dialog.problem.text())
            assert dialog.isVisible()
            box.setText(two_groups(code))
        assert key_sheets.made_on(desk) == was_made_on
        dialog.noted_button.click()

    said = []
    for was_made_on in ("", "24 November 2026"):
        QTimer.singleShot(0, partial(use, was_made_on))
        answers.answers = [True]
        holder.notes_key.make_button.click()
        said.append(context.banner.words)
    assert [words.partition(".")[0][-7:] for words in told] == ["sheet 2", "sheet 3"] * 2
    assert said == ["The three sheets are in force.", "The three sheets are in force. Destroy those of before."]


@pytest.mark.parametrize("place", [0, 1])
def test_a_mistyped_code_is_told_before_its_own_question_closes(holder: UsersPage, answers: Answers, desk: Desk, place: int) -> None:
    new = key_sheets.new_sheets(desk)
    new.put_in_force()
    typed: list[Any] = new.secret.split("\n")[:2]
    typed[place] = typed[place][:-1]
    answers.answers = typed
    with pytest.raises(AssertionError, match="refuses the prepared answer"):
        holder.notes_key.open_with_sheets()
    assert len(answers.questions) == place + 1
