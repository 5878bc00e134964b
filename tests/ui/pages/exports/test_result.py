"""What an export left says which of its files go under a password that their receiver has already."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.documents.papers.receipt import Counts, FileMade
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.exports.result import ExportResult

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
