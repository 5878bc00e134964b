"""The page of exports, and a stick to write to."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.exports import ExportsPage
from tests.ui.pages.exports.made import YOUTH, opened


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder that stands for a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def page(qtbot: QtBot, context: Context, stick: Path) -> ExportsPage:
    return opened(qtbot, context, stick, YOUTH)
