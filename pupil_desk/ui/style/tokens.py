"""Sizes: every space, width and text size in the window is one of these.

Spaces are device-independent pixels, text sizes points at 100 %. What must grow with the text is multiplied by the
text size asked for, and what holds text is as tall as its text, so that nothing is cut off at 200 %.
"""

from typing import Final

HAIR: Final = 1
THIN: Final = 2
XS: Final = 4
S: Final = 8
M: Final = 12
L: Final = 16
XL: Final = 24
XXL: Final = 32
HUGE: Final = 48

ABOVE_HEADING: Final = L  # within a column, to what stands before it

TARGET: Final = 32  # height of what is clicked at 100 %
TARGET_LEAST: Final = 24  # least height of what is clicked at any text size (WCAG 2.2, 2.5.8)
ICON: Final = 18
ICON_LARGE: Final = 44
RAIL: Final = 184  # width of the rail at 100 %
FIELD: Final = 340  # widest an editor grows
READING: Final = 620  # widest a line of prose grows
TWO_COLUMNS: Final = 520  # a form at least this wide has two
THREE_COLUMNS: Final = 780  # and in a low window three from this width
BESIDE: Final = 600  # panes stand one beside the other from this width

TEXT_SMALL: Final = 9.5
TEXT: Final = 10.5
TEXT_SUBHEAD: Final = 12.0
TEXT_HEAD: Final = 17.0

TEXT_SIZES: Final = (90, 100, 110, 125, 150, 175, 200)  # per cent offered


def scaled(size: float, percent: int) -> int:
    """A size in pixels at a text size of so many per cent."""
    return round(size * percent / 100)
