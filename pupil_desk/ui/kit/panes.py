"""List and record side by side, with a place between them to drag; the sizes are remembered."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized


class Panes(QSplitter):
    """Widgets in a row, or one below the other where the row is too narrow. ``shares`` are their widths at first, one to another; ``key`` names the place in memory.

    ``beside`` is how wide the first is at least beside the others, as a size at 100 %: below one another it takes what there is.
    """

    def __init__(self, *widgets: QWidget, shares: tuple[int, ...], memory: Memory | None = None, key: str = "", beside: int = 0) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._memory, self._key, self._beside = memory, f"panes/{key}", beside
        self.setHandleWidth(tokens.L)
        self.setChildrenCollapsible(False)
        self._shares = [share / sum(shares) for share in shares]
        for widget in widgets:
            self.addWidget(widget)
        remembered = memory.get(self._key) if memory is not None and key else None
        self._first = remembered if isinstance(remembered, list) and len(remembered) == len(widgets) else None
        self._settled = False
        for place, share in enumerate(shares):
            self.setStretchFactor(place, share)
        for place in range(1, len(widgets)):
            set_role(self.handle(place), "Separator")
            self.handle(place).setAccessibleName(_("Drag to make room"))
        self._remembering = QTimer(self, singleShot=True, interval=400)
        self._remembering.timeout.connect(self._remember)
        self.splitterMoved.connect(self._on_moved)
        if key:
            self.splitterMoved.connect(lambda *_place: self._remembering.start())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._settle()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the widest of them: they can stand one below the other."""
        return QSize(max(self._least_widths(), default=0), super().minimumSizeHint().height())

    def _least_widths(self) -> list[int]:
        widgets = [widget for widget in map(self.widget, range(self.count())) if widget and not widget.isHidden()]
        bound = [0 if self._beside and widget is self.widget(0) else widget.minimumWidth() for widget in widgets]
        return [max(width, widget.minimumSizeHint().width()) for width, widget in zip(bound, widgets, strict=True)]

    def show_pane(self, pane: QWidget, *, is_shown: bool) -> None:
        """Show one of them, or leave its room to the others."""
        if pane.isHidden() is is_shown:
            pane.setVisible(is_shown)
            self._settle()

    def _settle(self) -> None:
        """One beside the other where there is room; at first each with its share."""
        first, *others = self._least_widths() or [0]
        least_room = max(sized(tokens.BESIDE), max(first, sized(self._beside)) + sum(others) + self.handleWidth() * (self.count() - 1))
        orientation = Qt.Orientation.Horizontal if self.width() >= least_room else Qt.Orientation.Vertical
        if self.orientation() is not orientation:
            self.setOrientation(orientation)
        pane = self.widget(0)
        if self._beside and pane is not None:
            pane.setMinimumWidth(sized(self._beside) if orientation is Qt.Orientation.Horizontal else 0)
        if not self._settled and self.isVisible():
            self._settled = orientation is Qt.Orientation.Horizontal  # a page is laid out small before it has its place in the window
            self.setSizes(self._first or [round(self.width() * share) for share in self._shares])

    def _on_moved(self, *_place: int) -> None:
        self._settled = True  # as the person wants it

    def _remember(self) -> None:
        if self._memory is not None and self.orientation() is Qt.Orientation.Horizontal:
            self._memory.keep(self._key, self.sizes())
