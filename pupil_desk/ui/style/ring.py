"""The ring around what has the focus: three pixels, a gap away from its edge, drawn over the window, so that nothing moves for it. The sheet takes the
edge itself away meanwhile: two frames, one within the other, would be louder than what they say.

Of a grid it is around the cell. Of tabs it is around the words of the one turned to, over the line that marks this as the chosen one and in the same colour:
around both, in another, it would look like a box with something wrong in it. In what is large it is quieter, two pixels within the edge, or it would outshout
what stands there: in a list around the line one is on; around all of it where nothing is chosen, or what is chosen is out of sight, as in prose and in
boxes of several lines. Around all of a list it has the colour of what can be chosen, in which the line will be marked that the first key chooses.
(Around a line or the headings it would say that these are chosen; as loud as around a button, around all of a list, it would look like a warning.)
Around a box with something wrong in it the ring has the colour of its edge, so that there are not two frames of two colours.
"""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import shiboken6
from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QListView,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QWidget,
)

from pupil_desk.ui.style import tokens

WIDTH: Final = 3  # pixels; WCAG 2.2 asks for 2 (2.4.13)
GAP: Final = 1  # to the edge, or over the line that marks a tab
QUIET: Final = 2  # pixels of the ring within what is large
EDGE: Final = tokens.HAIR  # that of a list or a box, within which it is
_OUT = WIDTH + GAP
_ROUND = tokens.THIN  # pixels by which its corners reach into what is within
_WRONG = frozenset({"problem", "summary"})  # what has an edge in the colour of what is wrong
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange})


class RingColours(NamedTuple):
    """As #rrggbb: of the ring, around a box with something wrong in it, around a line that is chosen, whose ground is another, and around all of a list
    or a tab, the colour of what is chosen."""

    ring: str
    wrong: str
    chosen: str
    mark: str


_NONE: Final = RingColours("", "", "", "")


class _Goal(NamedTuple):
    """What of a widget one is on, in its own pixels; whether it is in what is large, where the ring is quieter and within it; whether it is a tab, within
    which the ring is too; whether it is a line that is chosen, or all of a list."""

    part: QRect
    is_large: bool = False
    is_tab: bool = False
    is_chosen: bool = False
    is_list: bool = False

    @property
    def wide(self) -> int:
        """How wide the ring is, in pixels."""
        return QUIET if self.is_large else WIDTH


class FocusRing(QWidget):
    """That of one window. It goes with what it is around, and is cut where that is scrolled out of sight."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._colours = _NONE
        self._around: QWidget | None = None
        self._wide, self._ink = WIDTH, ""
        self._watched: list[QWidget] = []
        self._painted = QTimer(self, singleShot=True, interval=0)  # a list paints its lines anew as one goes from one to another
        self._painted.timeout.connect(self._place)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def go_around(self, widget: QWidget | None, colours: RingColours) -> None:
        """Go around another widget of the window, or around none."""
        for watched in (one for one in self._watched if shiboken6.isValid(one)):
            watched.removeEventFilter(self)
        self._around, self._colours = widget, colours
        self._watched = list(_upwards(widget)) if widget is not None else []
        if isinstance(widget, QAbstractItemView):
            self._watched.append(widget.viewport())
        for watched in self._watched:
            watched.installEventFilter(self)
        if isinstance(widget, QTabBar):
            widget.currentChanged.connect(self._place, Qt.ConnectionType.UniqueConnection)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _MOVES or event.type() is QEvent.Type.DynamicPropertyChange:
            self._place()
        elif event.type() is QEvent.Type.Paint and isinstance(self._around, QAbstractItemView):
            self._painted.start()
        return False

    def _place(self, *_changed: object) -> None:
        widget, window = self._around, self.parentWidget()
        if widget is None or window is None or not shiboken6.isValid(widget) or not widget.isVisible() or widget.window() is not window:
            self.hide()
            return
        goal = _goal_in(widget)
        place, wide = self._seen_of(widget, goal, window), goal.wide
        if place.width() <= 2 * _OUT or place.height() <= 2 * _OUT:
            self.hide()
            return
        if self._ink != (ink := self._ink_around(widget, goal)):  # the line may be chosen now that was not
            self._ink = ink
            self.update()
        if self.isVisible() and (place, wide) == (self.geometry(), self._wide):
            return
        self._wide = wide
        self.setGeometry(place)
        inside = self.rect().marginsRemoved(QMargins(*[wide + _ROUND] * 4))  # its corners are round within too
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inside)))
        self.raise_()
        self.show()

    def _ink_around(self, widget: QWidget, goal: _Goal) -> str:
        if widget.property("look") in _WRONG:
            return self._colours.wrong
        return self._colours.mark if goal.is_list or goal.is_tab else self._colours.chosen if goal.is_chosen else self._colours.ring

    @staticmethod
    def _seen_of(widget: QWidget, goal: _Goal, window: QWidget) -> QRect:
        """Around the part of it that is in sight. What stands beneath what an area scrolls is in the area, and is not scrolled by it."""
        place = _in_window(widget, goal, window)
        for above in _upwards(widget.parentWidget()):
            if isinstance(above, QScrollArea) and above.viewport().isAncestorOf(widget):
                place &= QRect(above.viewport().mapTo(window, QPoint()), above.viewport().size()).adjusted(-_OUT, -_OUT, _OUT, _OUT)
        return place & window.rect()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._ink), self._wide))
        half = self._wide / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(half, half, -half, -half), tokens.XS, tokens.XS)


class RingOfFocus(QObject):
    """Has a ring go wherever the focus goes, in whichever window. ``colours`` are asked at each step.

    It goes once the event loop comes round: the focus moves while a window that held it is taken apart, and then nothing of it may be asked.
    """

    def __init__(self, app: QApplication, colours: Callable[[], RingColours]) -> None:
        super().__init__(app)
        self._colours = colours
        self._ring: FocusRing | None = None
        self._coming = QTimer(self, singleShot=True, interval=0)
        self._coming.timeout.connect(self.follow)
        app.focusChanged.connect(self._start_timer)

    def _start_timer(self) -> None:
        self._coming.start()

    def follow(self) -> None:
        """Go where the focus is now."""
        now = QApplication.focusWidget()
        if now is not None and now.window().windowType() is Qt.WindowType.Popup:  # a list that pops up marks its line
            now = None
        ring = (_ring_of(now.window()) or FocusRing(now.window())) if now is not None else None
        if self._ring is not None and self._ring is not ring and shiboken6.isValid(self._ring):
            self._ring.go_around(None, _NONE)
        self._ring = ring
        if ring is not None:
            ring.go_around(now, self._colours())


def _ring_of(window: QWidget) -> FocusRing | None:
    return window.findChild(FocusRing, options=Qt.FindChildOption.FindDirectChildrenOnly)


def _upwards(widget: QWidget | None) -> Iterator[QWidget]:
    """A widget and all that it is in, but for the window."""
    while widget is not None and not widget.isWindow():
        yield widget
        widget = widget.parentWidget()


def _goal_in(widget: QWidget) -> _Goal:
    """A list, prose, or a box of several lines is large; the cell of a grid is as small as a button."""
    if isinstance(widget, QTabBar):
        words = widget.tabRect(widget.currentIndex()).adjusted(0, 0, 0, -tokens.XS - GAP)  # the line that marks it stands below
        return _Goal(words & widget.rect(), is_tab=True)
    if isinstance(widget, QCheckBox | QRadioButton):  # as far as it can be pressed: what is empty beside its words is none of it
        return _Goal(widget.rect() & QRect(QPoint(), widget.sizeHint().expandedTo(QSize(0, widget.height()))))
    if not isinstance(widget, QAbstractItemView):
        return _Goal(widget.rect(), is_large=isinstance(widget, QAbstractScrollArea))
    if not _has_lines(widget):
        cell = _cell_of(widget)
        return _Goal(cell or widget.rect(), is_large=cell is None, is_list=cell is None)
    line = _line_of(widget)
    is_chosen = line is not None and widget.selectionModel().isSelected(widget.currentIndex())
    return _Goal(line or widget.rect(), is_large=True, is_chosen=is_chosen, is_list=line is None)


def _has_lines(view: QAbstractItemView) -> bool:
    """Whether one goes through it line by line, and not cell by cell."""
    return isinstance(view, QListView) or view.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows


def _cell_of(grid: QAbstractItemView) -> QRect | None:
    """The current cell of a grid; None for none in sight."""
    place = grid.visualRect(grid.currentIndex()) & grid.viewport().rect()
    return place.translated(grid.viewport().pos()) if place.isValid() else None


def _line_of(view: QAbstractItemView) -> QRect | None:
    """The current line of a list; None for nothing in sight, an empty list, or one of which nothing is chosen yet.

    There Qt has put the cursor on the first line by itself, and a ring around it would look as if it were chosen.
    """
    viewport, current = view.viewport(), view.currentIndex()
    if current.row() <= 0 and _has_none_of_its_choices(view):
        return None
    line = view.visualRect(current)
    if isinstance(view, QTableView):  # the cell one is on may be of a column that is hidden
        columns = view.horizontalHeader()  # to the end of the last: what is chosen has its ground no farther
        line.setRect(0, view.rowViewportPosition(current.row()), columns.length() - columns.offset(), view.rowHeight(current.row()))
    else:
        line.setRect(0, line.top(), viewport.width(), line.height())
    place = line & viewport.rect()
    return place.translated(viewport.pos()) if current.isValid() and place.isValid() else None


def _has_none_of_its_choices(view: QAbstractItemView) -> bool:
    lets_choose = view.selectionMode() is not QAbstractItemView.SelectionMode.NoSelection
    return lets_choose and view.selectionModel() is not None and not view.selectionModel().hasSelection()


def _in_window(widget: QWidget, goal: _Goal, window: QWidget) -> QRect:
    """Where the ring around it has its place."""
    out = 0 if goal.is_tab else goal.wide + GAP
    if goal.is_large:
        out = -EDGE if goal.part == widget.rect() else 0
    return QRect(widget.mapTo(window, goal.part.topLeft()), goal.part.size()).adjusted(-out, -out, out, out)
