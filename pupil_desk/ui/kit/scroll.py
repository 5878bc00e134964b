"""Scrolling, so that nothing is out of reach on a small screen or at 200 %."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from pupil_desk.ui.style import tokens

_FITTINGS = 4  # one within another, and then it stays as it is


class _Area(QScrollArea):
    """Scrolls up and down. A part of a page is at least as wide as what is in it, so that nothing is cut off beside it."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._gap = gap
        self._fitting = 0

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        hint, content = super().minimumSizeHint(), self.widget()
        if not self._gap or content is None:
            return hint
        wide = max(content.minimumSizeHint().width(), content.minimumWidth())
        return QSize(wide + self._gap + self.verticalScrollBar().sizeHint().width(), hint.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Qt sizes what is in it anew, within the sizing, whenever the bar comes or goes.

        A form that needs the bar only where there is none, as of two columns but not of one, has no size that holds: Qt would go on until the
        stack is full. The cause is Qt's, so it is bounded here.
        """
        if event.type() is not QEvent.Type.Resize or watched is not self.widget():
            return super().eventFilter(watched, event)
        if self._fitting == _FITTINGS:
            return False
        self._fitting += 1
        try:
            return super().eventFilter(watched, event)
        finally:
            self._fitting -= 1


def scrolled(widget: QWidget, *, gap: int = tokens.S) -> QScrollArea:
    """A widget that scrolls when there is not room for it; it is as wide as its place, less a gap beside the bar."""
    area = _Area(gap)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    area.setViewportMargins(0, 0, gap, 0)
    area.setMinimumHeight(tokens.HUGE * 4)
    return area


def bring_into_view(widget: QWidget) -> None:
    """Scroll every area around a widget until it is seen."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, tokens.XL, tokens.HUGE)
        above = above.parentWidget()
