"""The composition root: a bug in a command is one sentence and a place, without a word that it carries."""

import pytest

from pupil_desk import app, cli


def test_a_bug_in_a_command_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_arguments: object, **_named: object) -> int:
        raise LookupError("Quillfeather, Marigold")

    monkeypatch.setattr(cli, "main", broken)
    assert app.start(["pupils", "unit.pupildesk"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("Something went wrong in the program.")
    assert "LookupError" in told.err
    assert "test_app.py:" in told.err
    assert "Quillfeather" not in told.err
    assert "Traceback" not in told.err
