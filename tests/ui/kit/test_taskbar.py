"""The name in the taskbar: told to Windows before the first window, and no trouble where there is none."""

import re
import sys
from pathlib import Path

import pytest

from pupil_desk.ui.kit.taskbar import PROGRAM_ID, name_the_program

START = Path(__file__).parents[3] / "pupil_desk" / "ui" / "start.py"


def test_the_name_is_one_that_windows_takes() -> None:
    assert re.fullmatch(r"[A-Za-z]+\.[A-Za-z]+", PROGRAM_ID)  # company and product, no spaces
    assert len(PROGRAM_ID) < 128


@pytest.mark.skipif(sys.platform == "win32", reason="there it is told")
def test_elsewhere_there_is_nothing_to_tell() -> None:
    assert name_the_program() is False


def test_it_is_told_before_there_is_a_window() -> None:
    text = START.read_text(encoding="utf-8")
    assert text.index("name_the_program()") < text.index("QApplication(sys.argv")
