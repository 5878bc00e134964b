"""How tall the rows of a list are, and how many of them are in view at the least, whatever the text size: the page scrolls for it where it must."""

from typing import Final

from PySide6.QtWidgets import QTableView

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

LEAST_ROWS: Final = 3


def fit_rows(view: QTableView) -> int:
    """Have its rows be as tall as their text, and as what is clicked; how tall that is, in pixels."""
    tall = max(sized(tokens.TARGET), view.fontMetrics().height() + tokens.S)
    view.verticalHeader().setMinimumSectionSize(tall)
    view.verticalHeader().setDefaultSectionSize(tall)
    return tall


def height_of(view: QTableView, rows: int) -> int:
    """The height in which so many rows are in view beneath the headings."""
    heading = max(view.horizontalHeader().sizeHint().height(), view.horizontalHeader().minimumHeight())
    return heading + rows * view.verticalHeader().defaultSectionSize() + 2 * tokens.THIN


def least_height(view: QTableView) -> int:
    """The height under which no list comes, unless it says that it is content with less."""
    return max(tokens.HUGE * 4, height_of(view, LEAST_ROWS))


def keep_rows(view: QTableView, rows: int = LEAST_ROWS) -> None:
    """Have a list be content with so many rows, where the rest of the room is for what stands beneath it."""
    view.setMinimumHeight(height_of(view, rows))
