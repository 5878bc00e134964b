"""Icons: each that the window names is one that the font has; another is drawn as nothing."""

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

import pupil_desk.ui
from pupil_desk.ui.style.icons import icon, names

_NAMED = re.compile(r"""\bicon(?:_name)?(?:: str)? ?= ?"([a-z-]+)\"""")


def test_each_icon_named_in_the_window_is_in_the_font(qtbot: QtBot) -> None:
    named = {name for path in Path(pupil_desk.ui.__file__).parent.rglob("*.py") for name in _NAMED.findall(path.read_text("utf-8"))}
    assert len(named) > 50
    assert named <= names()


def test_where_there_is_no_room_nothing_is_painted_and_qt_says_nothing(qtbot: QtBot, qtlog: Any) -> None:
    assert icon("check").pixmap(QSize(0, 0)).isNull()
    assert [record.message for record in qtlog.records if "QPainter" in record.message] == []
