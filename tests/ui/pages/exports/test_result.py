"""What an export left says which of its files go under a password that their receiver has already."""

from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pupil_desk.documents.papers.receipt import Counts, FileMade
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.talk.passphrase import all_noted
from pupil_desk.ui.pages.exports.result import ExportResult, secrets_of

OWN = "Each file has a password of its own: tell each receiver theirs alone."


@pytest.mark.parametrize(
    ("secrets", "agreed", "words"),
    [
        ((("a.xlsx", "one"),), (), ""),
        ((("a.xlsx", "one"), ("b.xlsx", "two")), (), OWN),
        ((("a.xlsx", "one"), ("b.xlsx", "two")), ("c.xlsx",), f"{OWN} Under the password that its receiver has already: 1 file."),
        ((), ("b.xlsx", "c.xlsx"), "Under the password that its receiver has already: 2 files."),
    ],
)
def test_it_says_which_files_go_under_a_password_that_is_known(
    qtbot: QtBot, context: Context, tmp_path: Path, secrets: tuple[tuple[str, str], ...], agreed: tuple[str, ...], words: str
) -> None:
    result = ExportResult(context)
    qtbot.addWidget(result)
    files = tuple(FileMade(name, 1, "0") for name in (*dict(secrets), *agreed))
    result.show_made(ExportMade("e", files, tmp_path / "r.txt", "", Counts(1, 1), (), secrets, agreed=agreed), on_stick=False)
    assert result.passwords_note.text() == words
    assert result.passwords_note.isHidden() is (not words)
    assert result.password.showing is bool(secrets)
    assert not result.sheet_button.isHidden()


def test_it_says_whom_to_ask_at_each_receiver(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    result = ExportResult(context)
    qtbot.addWidget(result)
    receivers = {"a.xlsx": "Hill School (919/4001)", "b.xlsx": "Vale School (919/4003)"}
    files = tuple(FileMade(name, 1, "0") for name in receivers)
    made = ExportMade("e", files, tmp_path / "r.txt", "", Counts(1, 1), (), (), agreed=tuple(receivers), receivers=receivers)
    result.show_made(replace(made, contacts={"Hill School (919/4001)": "Ms Okafor, 01632 960401", "Moor": "Mr Holt"}), on_stick=False)
    assert result.contacts.text() == "Whom to ask there:\nHill School (919/4001): Ms Okafor, 01632 960401"
    result.show_made(made, on_stick=False)
    assert result.contacts.isHidden()


def test_each_password_stands_under_the_name_of_who_is_told_it_and_the_way_on_is_in_sight(
    qtbot: QtBot, context: Context, tmp_path: Path, answers: Answers
) -> None:
    result = ExportResult(context)
    qtbot.addWidget(result)
    result.resize(1134, 520)  # what is left of a window of 1366 by 768
    result.show()
    receivers = {f"week-{place}.xlsx": f"{name} School (919/400{place})" for place, name in enumerate(("Hill", "Vale", "Moor", "Dale"))}
    secrets = tuple((file, f"words of {receiver}") for file, receiver in receivers.items())
    files = tuple(FileMade(name, 1, "0") for name in receivers)
    made = ExportMade("e", files, tmp_path / "r.txt", "", Counts(1, 1), (), secrets, receivers=receivers)
    result.show_made(made, on_stick=False)
    assert [(box.name, box.secret.toPlainText()) for box in result.password.boxes] == [
        (receiver, f"words of {receiver}") for receiver in receivers.values()
    ]
    assert [shown.name for shown in secrets_of(made)] == list(receivers.values())
    QApplication.processEvents()
    assert result.close_button.visibleRegion().boundingRect() == result.close_button.rect()
    answers.answers.append("stay")
    with mock.patch.object(answers, "choose", wraps=answers.choose) as asked:
        assert not all_noted(answers, [result.password])
    assert answers.questions[-1].title == "Have you noted the 4 passwords?"
    assert asked.call_args.args[2][0].words == "I have noted them"
    result.show_made(replace(made, secrets=secrets[:1]), on_stick=False)
    assert result.password.name == "Password of the file for Hill School (919/4000)"
    answers.answers.append("leave")
    assert all_noted(answers, [result.password])
    assert answers.questions[-1].title == "Have you noted the password?"
