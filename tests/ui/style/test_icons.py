"""Icons: each that the window names is one that the font has; another is drawn as nothing."""

import re
from pathlib import Path

from pytestqt.qtbot import QtBot

import pupil_desk.ui
from pupil_desk.ui.style.icons import names

_NAMED = re.compile(r"""\bicon(?:_name)?(?:: str)? ?= ?"([a-z-]+)\"""")


def test_each_icon_named_in_the_window_is_in_the_font(qtbot: QtBot) -> None:
    named = {name for path in Path(pupil_desk.ui.__file__).parent.rglob("*.py") for name in _NAMED.findall(path.read_text("utf-8"))}
    assert len(named) > 50
    assert named <= names()
