"""The composition root: a bug in a command is one sentence and a place, without a word that it carries."""

import sys

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


@pytest.mark.parametrize("argv", [[], ["--unit", "unit.pupildesk"]])
def test_without_a_screen_it_says_so(
    argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(app, "_open_window", lambda _path: 0)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.start(argv) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "no screen" in told.err
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert app.start(argv) == 0
