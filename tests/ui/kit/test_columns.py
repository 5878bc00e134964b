"""Blocks in columns: read down and then on, in their order, as evenly as that allows, and in one column where there is little room."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pupil_desk.ui.kit.columns import ColumnsLayout


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def _blocks(qtbot: QtBot, owner: QWidget, width: int, *heights: int) -> list[QWidget]:
    layout = ColumnsLayout(owner, least_width=100, most=3, spacing=10, gap=10)
    blocks = []
    for height in heights:
        block = QWidget()
        block.setFixedHeight(height)
        layout.addWidget(block)
        blocks.append(block)
    owner.resize(width, 400)
    owner.show()
    qtbot.waitExposed(owner)
    assert layout.heightForWidth(width) == max(block.geometry().bottom() + 1 for block in blocks)
    return blocks


@pytest.mark.parametrize(("width", "columns"), [(320, [0, 0, 1, 1, 2]), (215, [0, 0, 0, 1, 1]), (90, [0, 0, 0, 0, 0])])
def test_they_go_on_in_their_order_as_evenly_as_may_be(qtbot: QtBot, owner: QWidget, width: int, columns: list[int]) -> None:
    blocks = _blocks(qtbot, owner, width, 50, 40, 60, 30, 80)
    lefts = sorted({block.x() for block in blocks})
    assert [lefts.index(block.x()) for block in blocks] == columns
    for one, following in pairwise(blocks):
        assert following.y() == (one.geometry().bottom() + 11 if following.x() == one.x() else 0)


def test_one_that_is_hidden_takes_no_place(qtbot: QtBot, owner: QWidget) -> None:
    blocks = _blocks(qtbot, owner, 90, 50, 40, 60)
    blocks[1].hide()
    layout = owner.layout()
    assert layout is not None
    layout.activate()
    assert blocks[2].y() == 60
