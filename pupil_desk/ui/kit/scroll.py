"""Scrolling, so that nothing is out of reach on a small screen or at 200 %."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from pupil_desk.ui.style import tokens


def scrolled(widget: QWidget, *, gap: int = tokens.S) -> QScrollArea:
    """A widget that scrolls when there is not room for it; it is as wide as its place, less a gap beside the bar."""
    area = QScrollArea()
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
