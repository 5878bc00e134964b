"""How a command speaks: one document or plain lines on standard output, progress on a terminal's standard error only."""

import io
import json
import sys

import pytest

from pupil_desk.cli.call import Speaker, in_columns


class Terminal(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_a_document_is_all_that_stands_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    speaker = Speaker(as_json=True)
    speaker.progress(1, 2, "Writing")
    speaker.aside("A warning.")
    speaker.result({"name": "Łukasz"}, "In English.")
    said = capsys.readouterr()
    assert json.loads(said.out) == {"name": "Łukasz"}
    assert "Łukasz" in said.out
    assert said.err == "A warning.\n"


def test_without_it_the_lines_are(capsys: pytest.CaptureFixture[str]) -> None:
    Speaker(as_json=False).result({"name": "x"}, "One line.", "Another.")
    assert capsys.readouterr().out == "One line.\nAnother.\n"


def test_a_terminal_sees_progress_which_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    speaker = Speaker(as_json=False)
    speaker.progress(1, 3, "Writing the notices")
    speaker.progress(3, 3, "Writing the notices")
    assert "\rWriting the notices: 1 / 3" in shown.getvalue()
    assert shown.getvalue().endswith("\r\x1b[K")


def test_a_warning_does_not_stand_in_the_line_of_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    speaker = Speaker(as_json=False)
    speaker.progress(1, 3, "Writing")
    speaker.aside("A warning.")
    assert shown.getvalue().endswith("\r\x1b[KA warning.\n")


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert in_columns(["A", "Bee"], [["long", "x"], ["y", ""]]) == ["A     Bee", "long  x", "y"]
    assert in_columns(["A"], []) == []
