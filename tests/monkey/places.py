"""Where what can be pressed lies, and all that is in view: the eye of the monkey compares it before and after a press.

A line of a list is what its words say: one that comes to say something else where it stands has not moved.
"""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import getCppPointer, isValid

from pupil_desk.ui.kit.linkline import LinkLine

type Control = tuple[str, int]  # what stands on it, and which it is
_FIELDS = (QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)
_COLUMNS, _LONGEST = 6, 60  # of a line, until one says something
_LINES = 60  # of a list, from the uppermost in view


def _control(widget: QWidget) -> Control:
    name = widget.accessibleName() if isinstance(widget, _FIELDS) else name_of(widget)
    return f"{type(widget).__name__} {name}", getCppPointer(widget)[0]  # type: ignore[attr-defined]


def _tab(bar: QTabBar, tab: int) -> Control:
    return f"tab {bar.tabText(tab)}", getCppPointer(bar)[0]  # type: ignore[attr-defined]


def _row(view: QAbstractItemView, index: QModelIndex) -> Control:
    """A line by its first words, beside what is ticked or counted there."""
    words = ""
    for column in range(_COLUMNS):
        words = words or str(index.siblingAtColumn(column).data(Qt.ItemDataRole.DisplayRole) or "")
    return f"line {words[:_LONGEST]}", getCppPointer(view)[0]  # type: ignore[attr-defined]


def is_line(control: Control | None) -> bool:
    """Whether it is a line of a list."""
    return control is not None and control[0].startswith("line ")


def _lines(view: QAbstractItemView) -> Iterator[tuple[Control, QPoint]]:
    seen = viewport(view)
    if seen is None or view.model() is None or isinstance(view, QHeaderView):
        return
    index = view.indexAt(QPoint(2, 2))
    for row in range(index.row(), index.row() + _LINES) if index.isValid() else ():
        line = index.siblingAtRow(row) if row != index.row() else index
        if not line.isValid() or (top := view.visualRect(line).top()) > seen.height():
            return
        yield _row(view, line), seen.mapToGlobal(QPoint(0, top))


def control_at(place: QPoint) -> Control | None:
    """The button, link, tab, field or line of a list that a click there would press; None for none."""
    widget = QApplication.widgetAt(place)
    while widget is not None:
        if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            index = widget.indexAt(seen.mapFromGlobal(place)) if (seen := viewport(widget)) is not None else QModelIndex()
            return _row(widget, index) if index.isValid() else None
        if isinstance(widget, _FIELDS) and not isinstance(widget.parentWidget(), QComboBox):
            return _control(widget) if widget.isEnabled() else None
        if isinstance(widget, QAbstractButton | LinkLine) and not isinstance(widget.parentWidget(), QLineEdit):
            return _control(widget) if widget.isEnabled() else None
        if isinstance(widget, QTabBar):
            tab = widget.tabAt(widget.mapFromGlobal(place))
            return _tab(widget, tab) if tab >= 0 else None
        widget = widget.parentWidget()
    return None


def waits(place: QPoint) -> bool:
    """Whether it is the button of a next step, which stays where it is, says the step after it, and takes no press for half a second."""
    widget = QApplication.widgetAt(place)
    while widget is not None and type(widget).__name__ != "NextAct":
        widget = widget.parentWidget()
    return widget is not None


def in_view(top: QWidget) -> Iterator[QWidget]:
    """A window and what is in it, but for the pages and parts that are hidden."""
    waiting: list[QWidget] = [top]
    while waiting:
        widget = waiting.pop()
        if not isValid(widget):  # it went while another was asked, as a message at the foot does
            continue
        yield widget
        children = [child for child in widget.children() if isinstance(child, QWidget) and isValid(child)]
        waiting += [child for child in children if child.isVisible() and not child.isWindow()]


def places(top: QWidget) -> Iterator[tuple[Control, QPoint]]:
    """Where the buttons, links, tabs, fields and lines in view lie: one that was under a box that closes has not moved."""
    for widget in in_view(top):
        if isinstance(widget, QAbstractButton | LinkLine):
            yield _control(widget), widget.mapToGlobal(QPoint(0, 0))
        elif isinstance(widget, QAbstractItemView):
            yield from _lines(widget)
        elif isinstance(widget, _FIELDS) and not isinstance(widget.parentWidget(), QComboBox):
            yield _control(widget), widget.mapToGlobal(QPoint(0, 0))
        elif isinstance(widget, QTabBar):
            yield from ((_tab(widget, tab), widget.mapToGlobal(widget.tabRect(tab).topLeft())) for tab in range(widget.count()))


def sizes(top: QWidget) -> dict[int, tuple[str, QRect]]:
    """Where each widget in view lies, on the screen."""
    return {
        getCppPointer(widget)[0]: (type(widget).__name__, QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()))  # type: ignore[attr-defined]
        for widget in in_view(top)
    }


def rect(place: QRect) -> str:
    return f"{place.x()} {place.y()} {place.width()}×{place.height()}" if not place.isNull() else "not there"


def viewport(view: QAbstractItemView) -> QWidget | None:
    """What is seen of a list, not by ``viewport()``: that makes PySide count it as the list's, and as gone with the last word of a list that Qt made,
    such as the headings of a table, though both are there; and with it all that listens to it."""
    parts = (part for part in view.children() if isinstance(part, QWidget))
    return next((part for part in parts if part.objectName() == "qt_scrollarea_viewport"), None)


def name_of(widget: QWidget) -> str:
    text = getattr(widget, "text", None) or getattr(widget, "words", "")
    return (widget.accessibleName() or (text() if callable(text) else str(text))).replace("&", "")
