"""Whether the window is low, as on a small screen or at larger text. There, what stands over a list folds, so that the list is seen: a head to one
line, the boxes that narrow a list down behind one button. Only a window that says how low it is folds what is in it (``tell_height``)."""

from typing import Final

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.ui.kit.watch.descendants import descendants
from pupil_desk.ui.kit.words import column_in, column_of
from pupil_desk.ui.style.look import sized

LOW: Final = 500  # height of a window at 100 % under which it is low: 1366 by 768 is so at 150 and at 200 %
_IS_LOW: Final = "low"


class Foldable(QWidget):
    """A part of a page that folds in a low window, and unfolds where the window is high again."""

    def fold(self, *, is_low: bool) -> None:
        """Stand as befits the window; it may stand so already."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.fold(is_low=is_in_low_window(self))


def is_in_low_window(widget: QWidget) -> bool:
    """Whether the window of a widget is low."""
    return bool(widget.window().property(_IS_LOW))


def tell_height(window: QWidget) -> None:
    """Have what is in view in a window fold or unfold, as its height is now; what comes into view later asks for itself."""
    is_low = window.height() < sized(LOW)
    if is_low != is_in_low_window(window):
        window.setProperty(_IS_LOW, is_low)
        for part in list(descendants(window, Foldable)):
            if part.isVisible():
                part.fold(is_low=is_low)


class Spare(Foldable):
    """What stands there only in a high window: words that are read elsewhere too."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._held = column_of(*parts)
        column_in(self, 0, self._held)

    def fold(self, *, is_low: bool) -> None:
        self._held.setVisible(not is_low)
