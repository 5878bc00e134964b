"""After an import the one next step is offered where one looks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.pages.importing import ImportPage


def test_after_new_pupils_the_notices_of_their_families_are_next(
    page: ImportPage, answers: Answers, written: Callable[..., Path], context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(context, "go", opened.append)
    answers.answers = [written("surname,forename,dob,sex", "Kestrel,Nia,3/4/2012,F")]
    page.source.choose_button.click()
    page.proposed.keep_button.click()
    step = page.outcome.next_act
    assert step.isVisible()
    assert step.words.text().startswith("Next: Print the privacy notice and give it: ")
    step.buttons[0].click()
    assert opened == ["notices"]
