"""What the monkey sees: inside the program, told by the watcher of the journeys. It looks, and presses nothing."""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from pupil_desk.store.file import audit
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.linkline import LinkLine

_PRESSES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})
_ENDS = frozenset(
    {QEvent.Type.KeyRelease, QEvent.Type.MouseButtonRelease}
)  # a shortcut takes the press for itself, and never the end of it
_STILL = 500  # ms in which no control may come under a pointer that stands still
_LOOKS = 50  # ms from one look at the pointer to the next
_ROWS = 8  # of a list that are offered to be clicked


class _Bugs(logging.Handler):
    """Keeps each report of a bug."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.reports: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if (message := record.getMessage()).startswith("bug:"):
            shown = [f"{type(top).__name__} {top.windowTitle()}" for top in QApplication.topLevelWidgets() if top.isVisible()]
            self.reports.append(f"{message} with {', '.join(shown)} in view")


class Eye(QObject):
    """Counts presses, and notes which rows of the log came of one that went to no question."""

    def __init__(self) -> None:
        super().__init__(QApplication.instance())
        self.presses = 0
        self.rows: list[list[str]] = []
        self.moved: list[str] = []
        self._question = ""  # the words of the dialog to which the last press went
        self._of_work = threading.local()  # the same, of the press that began what a job does now
        self._under: tuple[str, QWidget, QPoint] | None = None
        self._places: dict[str, QPoint] = {}  # of every control, as the press came
        self._looked = 0
        self._look = QTimer(self, interval=_LOOKS)
        self._look.timeout.connect(self._look_again)
        self._bugs = _Bugs()
        logging.getLogger().addHandler(self._bugs)
        self._hear_the_log()
        self._follow_jobs()
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, seen: QObject, event: QEvent) -> bool:
        if isinstance(seen, QWindow) and event.type() in _ENDS:
            self.presses += 1
        if event.type() in _PRESSES and event.spontaneous() and isinstance(seen, QWidget):
            self._question = _words_of(seen.window()) if isinstance(seen.window(), QDialog) else ""
            if event.type() is not QEvent.Type.KeyPress:
                self._begin_to_look()
            else:
                self._look.stop()
        return False

    # -- rows of the log

    def _hear_the_log(self) -> None:
        real = audit.append

        def append(vault: Any, **row: Any) -> int:
            number = real(vault, **row)
            asked = getattr(self._of_work, "question", None)
            words = [str(row.get(name, "")) for name in ("action", "kind", "object_id", "reason")]
            self.rows.append([*words, self._question if asked is None else asked])
            return number

        audit.append = append

    def _follow_jobs(self) -> None:
        real = Jobs.run

        def run(jobs: Jobs, owner: QObject, work: Callable[..., Any], then: Callable[..., Any] | None = None, **how: Any) -> Any:
            begun_by = getattr(self._of_work, "question", None)
            question = self._question if begun_by is None else begun_by

            def of_it(function: Callable[..., Any]) -> Callable[..., Any]:
                def called(*given: Any) -> Any:
                    before = getattr(self._of_work, "question", None)
                    self._of_work.question = question
                    try:
                        return function(*given)
                    finally:
                        self._of_work.question = before

                return called

            return real(jobs, owner, of_it(work), of_it(then) if then is not None else then, **how)

        Jobs.run = run

    # -- what comes under the pointer

    def _begin_to_look(self) -> None:
        self._looked = 0
        top = QApplication.activeModalWidget() or QApplication.activeWindow()
        place = QCursor.pos()
        self._under = (_control_at(place), top, place) if top is not None else None
        self._page = _page()
        self._places = dict(_places(top)) if top is not None else {}
        self._look.start()

    def _look_again(self) -> None:
        self._looked += _LOOKS
        now = QApplication.activeModalWidget() or QApplication.activeWindow()
        if self._under is None or self._looked > _STILL:
            self._look.stop()
            return
        before, top, place = self._under
        if now is not top or QApplication.activePopupWidget() is not None or _page() != self._page or QCursor.pos() != place:
            self._look.stop()  # another window, list or page was asked for by the press
            return
        control = _control_at(place)
        if control and control != before and self._places.get(control) != dict(_places(top)).get(control):
            self.moved.append(f"{self._page}: {before or 'nothing'} was pressed, and {control} came under the pointer")
            self._look.stop()

    # -- what is told

    def told(self) -> dict[str, Any]:
        """All that the monkey goes by; rows, reports and moves are told once."""
        modal = QApplication.activeModalWidget()
        answer = {
            "presses": self.presses,
            "page": _page(),
            "dialog": _words_of(modal) if modal is not None else "",
            "file_dialog": isinstance(modal, QFileDialog),
            "controls": list(_controls()),
            "rows": self.rows,
            "bugs": self._bugs.reports,
            "moved": self.moved,
        }
        self.rows, self.moved, self._bugs.reports = [], [], []
        return answer


def _words_of(window: QWidget) -> str:
    labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    return " | ".join([window.windowTitle(), *labels])[:300] or type(window).__name__


def _page() -> str:
    """Which page is in view, or what stands where pages are not: the entry."""
    from pupil_desk.ui.window import Window

    window = next((top for top in QApplication.topLevelWidgets() if isinstance(top, Window) and top.isVisible()), None)
    if window is not None:
        return window.page.name
    shown = next((top for top in QApplication.topLevelWidgets() if top.isVisible()), None)
    return f"outside: {type(shown).__name__}" if shown is not None else "outside"


def _control_at(place: QPoint) -> str:
    """The button, link or tab that a click there would press; empty for none."""
    widget = QApplication.widgetAt(place)
    while widget is not None:
        if isinstance(widget, QAbstractButton | LinkLine) and not isinstance(widget.parentWidget(), QLineEdit):
            return f"{type(widget).__name__} {_name(widget)} {id(widget)}" if widget.isEnabled() else ""
        if isinstance(widget, QTabBar):
            tab = widget.tabAt(widget.mapFromGlobal(place))
            return f"tab {widget.tabText(tab)} {id(widget)}" if tab >= 0 else ""
        widget = widget.parentWidget()
    return ""


def _places(top: QWidget) -> Iterator[tuple[str, QPoint]]:
    """Where the buttons and links in view lie: one that was under a box that closes has not moved."""
    for widget in top.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | LinkLine) and widget.isVisible():
            yield f"{type(widget).__name__} {_name(widget)} {id(widget)}", widget.mapToGlobal(QPoint(0, 0))


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None) or getattr(widget, "words", "")
    return (widget.accessibleName() or (text() if callable(text) else str(text))).replace("&", "")


def _controls() -> Iterator[list[Any]]:
    """What can be clicked: its place on the screen, of what sort it is, and its name."""
    top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
    if top is None:
        return
    for widget in (top, *top.findChildren(QWidget)):
        if not widget.isVisible() or not widget.isEnabled():
            continue
        if isinstance(widget, QTabBar):
            for tab in range(widget.count()):
                yield [*_spot(widget, widget.tabRect(tab).center()), "tab", widget.tabText(tab)]
        elif isinstance(widget, QAbstractItemView):
            yield from _rows(widget)
        elif isinstance(widget, QAbstractButton | LinkLine | QLineEdit | QComboBox | QPlainTextEdit | QTextEdit):
            seen = widget.visibleRegion().boundingRect()
            if not seen.isEmpty():
                sort = "button" if isinstance(widget, QAbstractButton | LinkLine) else "field"
                yield [*_spot(widget, seen.center()), sort, _name(widget)]


def _rows(view: QAbstractItemView) -> Iterator[list[Any]]:
    area = view.viewport().visibleRegion().boundingRect()
    if view.model() is None or area.isEmpty():
        return
    for step in range(_ROWS):
        spot = QPoint(area.center().x(), area.top() + area.height() * (2 * step + 1) // (2 * _ROWS))
        index = view.indexAt(spot)
        if index.isValid():
            yield [*_spot(view.viewport(), spot), "row", str(index.data(Qt.ItemDataRole.DisplayRole) or "")]


def _spot(widget: QWidget, point: QPoint) -> list[int]:
    on_screen = widget.mapToGlobal(point)
    return [on_screen.x(), on_screen.y()]


_eyes: list[Eye] = []


def told() -> dict[str, Any]:
    """What the monkey sees now; the first question opens its eye."""
    if not _eyes:
        _eyes.append(Eye())
    return _eyes[0].told()
