"""What the monkey may press: each control that can be reached, where it lies, of what sort and kind it is, and its name.

Inside the program, as the eye is. A kind says what a hand would do there: write a day into it, choose of it, or save by it.
"""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.rail import Rail
from tests.monkey.places import in_view, name_of, viewport

_ROWS, _PAGES = 8, 40  # places of a list that are offered to be clicked, and of that of the pages


def controls(*, closely: bool = False) -> Iterator[list[Any]]:
    """What can be clicked: x, y, sort, name and kind. ``closely``: every line of a list that is in view, for a hand that has a purpose."""
    tops = (QApplication.activePopupWidget(), QApplication.activeModalWidget(), QApplication.activeWindow())
    top = next((top for top in tops if top is not None and isValid(top)), None)  # a list that is closing may be gone already
    if top is None:
        return
    for widget in in_view(top):
        if not isValid(widget) or not widget.isVisible() or not widget.isEnabled():
            continue
        if isinstance(widget, QMenu):
            yield from _entries(widget)
        elif isinstance(widget, QTabBar):
            for tab in range(widget.count()):
                yield [*_spot(widget, widget.tabRect(tab).center()), "tab", widget.tabText(tab).replace("&", ""), ""]
        elif isinstance(widget, QAbstractItemView):
            yield from _rows(widget, _PAGES if closely else _ROWS)
        elif isinstance(widget, QAbstractButton | LinkLine | QLineEdit | QComboBox | QPlainTextEdit | QTextEdit):
            seen = widget.visibleRegion().boundingRect()
            if not seen.isEmpty() and not isinstance(widget.parentWidget(), QComboBox):
                is_button = isinstance(widget, QAbstractButton | LinkLine)
                spot = seen.center() if not is_button or not _is_tick(widget) else QPoint(seen.left() + 8, seen.center().y())
                yield [*_spot(widget, spot), "button" if is_button else "field", name_of(widget), kind_of(widget)]


def kind_of(widget: QWidget) -> str:
    """What a hand does with it: «primary» and «danger» of buttons, «tick», and of a field in what way it is filled, with «, filled» where it is."""
    if isinstance(widget, QAbstractButton | LinkLine):
        return "tick" if _is_tick(widget) else str(widget.property("look") or "")
    if isinstance(widget, QComboBox):
        return "choice" + (", filled" if widget.currentData() or (widget.isEditable() and widget.currentText()) else "")
    if getattr(widget, "isReadOnly", bool)():
        return "read-only"
    if isinstance(widget, QLineEdit):
        is_day = type(widget.parentWidget()).__name__ == "DateBox"
        kind = "secret" if widget.echoMode() is not QLineEdit.EchoMode.Normal else "day" if is_day else "line"
        return kind + (", filled" if widget.text() else "")
    return "text" + (", filled" if widget.toPlainText() else "")  # type: ignore[attr-defined]


def file_wanted(modal: QWidget | None) -> list[str]:
    """What Qt's own dialog asks for: «save», «open» or «folder», and the patterns of its files; nothing where it is not there."""
    if not isinstance(modal, QFileDialog):
        return []
    if modal.acceptMode() is QFileDialog.AcceptMode.AcceptSave:
        return ["save", *modal.selectedFiles()[:1]]
    return ["folder" if modal.fileMode() is QFileDialog.FileMode.Directory else "open", *modal.nameFilters()]


def pages() -> dict[str, str]:
    """The titles of the pages on the rail by their names, whether their group is folded or not."""
    rails = (rail for top in QApplication.topLevelWidgets() if isValid(top) and top.isVisible() for rail in top.findChildren(Rail))
    return {name: title for rail in rails for name, title in _pages_of(rail)}


def _pages_of(rail: Rail) -> Iterator[tuple[str, str]]:
    if hasattr(rail, "_pages"):
        yield from ((page.name, page.title.replace("&", "")) for page in rail._pages)
    else:  # that of an earlier tree, whose pages are the lines of a list
        lines = (rail.list.item(place) for place in range(rail.list.count()))
        yield from ((str(line.data(Qt.ItemDataRole.UserRole)), line.text().replace("&", "").strip()) for line in lines)


def _is_tick(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and widget.isCheckable() and type(widget).__name__ != "PushButton"


def _entries(menu: QMenu) -> Iterator[list[Any]]:
    for entry in menu.actions():
        if entry.isEnabled() and entry.text() and not entry.isSeparator():
            yield [*_spot(menu, menu.actionGeometry(entry).center()), "entry", entry.text().replace("&", ""), ""]


def _rows(view: QAbstractItemView, rows: int) -> Iterator[list[Any]]:
    seen = viewport(view)
    area = seen.visibleRegion().boundingRect() if seen is not None else QRect()
    if seen is None or view.model() is None or area.isEmpty():
        return
    sort = "page" if isinstance(view.parentWidget(), Rail) else "row"
    kind = "heading" if isinstance(view, QHeaderView) else view.accessibleName()
    told = set()
    for step in range(_PAGES if sort == "page" else rows):
        spot = QPoint(area.center().x(), area.top() + area.height() * (2 * step + 1) // (2 * (_PAGES if sort == "page" else rows)))
        index = view.indexAt(spot)
        if index.isValid() and (index.row(), index.column()) not in told:
            told.add((index.row(), index.column()))
            yield [*_spot(seen, spot), sort, str(index.data(Qt.ItemDataRole.DisplayRole) or ""), kind]


def _spot(widget: QWidget, point: QPoint) -> list[int]:
    on_screen = widget.mapToGlobal(point)
    return [on_screen.x(), on_screen.y()]
