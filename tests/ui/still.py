"""What lies under a pointer that does not move: recorded for each click, and for half a second after it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QAbstractTableModel, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QScrollBar, QTabBar, QWidget

from pupil_desk.ui.kit.lists.rows import ROW_ROLE
from pupil_desk.ui.kit.talk.ask import Answers, AskedQuestion, Choice
from pupil_desk.ui.kit.watch.descendants import in_view
from pupil_desk.ui.kit.watch.presses import PressGuard


class SafeAnswers(Answers):
    """Gives every question its safe answer, so that nothing is lost by a click, and keeps the questions."""

    def choose(self, title: str, text: str, choices: Sequence[Choice], *, safe: str) -> str:
        assert safe in [choice.key for choice in choices]
        self.questions.append(AskedQuestion("choose", title, text))
        return safe

    def _next(self, question: AskedQuestion) -> Path | None:
        """A file that a scene has ready is no loss."""
        self.questions.append(question)
        ready = question.kind == "open_file" and self.answers and isinstance(self.answers[-1], Path)
        return self.answers.pop() if ready else None  # type: ignore[return-value]


CLICKABLE = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QTabBar)
_MOST_ROWS = 60  # of a list are in sight at once
_PASSES = 4  # what a timer starts is due in the same time
_CALM_AGAIN = 10.0  # seconds: long after whatever a click holds back


@dataclass(frozen=True)
class Moved:
    """A control that layout has put under the pointer, or taken from under it."""

    pressed: str
    how: str
    control: str

    def __str__(self) -> str:
        return f"{self.pressed}: {self.control} {self.how}"


def clickables(window: QWidget) -> Iterator[QWidget]:
    """Everything in sight that a press would do something to."""
    for widget in tuple(in_view(window)):
        if isinstance(widget, CLICKABLE) and widget.isEnabled() and widget.window() is window:
            yield widget


def clickable_at(place: QPoint) -> QWidget | None:
    """What a press there would reach; None where it would do nothing."""
    widget = QApplication.widgetAt(place) or _beyond_screen(place)
    while widget is not None and not (isinstance(widget, CLICKABLE) and widget.isEnabled()):
        widget = widget.parentWidget()
    return widget


def _beyond_screen(place: QPoint) -> QWidget | None:
    """What is there in a window larger than the made-up screen of 800 by 800, beyond which Qt finds nothing."""
    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.geometry().contains(place)]
    top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or next(iter(windows), None)
    return top.childAt(top.mapFromGlobal(place)) if top in windows else None


def in_sight(widget: QWidget) -> QPoint | None:
    """A point of it that can be pressed; None where it is scrolled away."""
    region = widget.visibleRegion()
    middle = widget.rect().center()
    if region.isEmpty():
        return None
    place = middle if region.contains(middle) else region.boundingRect().center()
    return place if clickable_at(widget.mapToGlobal(place)) is widget else None


def name_of(widget: QWidget) -> str:
    return f"{type(widget).__name__} «{(widget.accessibleName() or widget.property('text') or widget.objectName() or '')}»"


class HalfASecond:
    """Time as the program meets it while somebody watches: what is due within it is done at once, so that nothing is waited for."""

    def __init__(self) -> None:
        self.now = 0.0  # seconds
        self._due: list[tuple[float, QObject | None, Callable[[], object]]] = []
        self._at_once = QTimer.singleShot

    @classmethod
    @contextmanager
    def watched(cls) -> Iterator["HalfASecond"]:
        """Presses are watched as in the program, by this clock."""
        time = cls()
        guard = PressGuard(clock=lambda: time.now)
        guard.start()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(QTimer, "singleShot", time._single_shot)
            yield time
        guard.stop()

    def _single_shot(self, milliseconds: int, *owner_and_act: Any) -> None:
        if not milliseconds:
            self._at_once(milliseconds, *owner_and_act)
            return
        owner = owner_and_act[0] if len(owner_and_act) > 1 else None
        self._due.append((self.now + milliseconds / 1_000, owner, owner_and_act[-1]))

    def goes_by(self, window: QWidget, seconds: float = 0.5, *, look: Callable[[], object] = int) -> None:
        """Do what is due in this time, in its order, and look after each."""
        end = self.now + seconds
        QTest.qWait(1)
        look()
        for _pass in range(_PASSES):
            acts = [*self._timers(window, seconds), *self._acts(end)]
            for act in acts:
                act()
                QTest.qWait(1)
                look()
            if not acts:
                break
        self.now = end

    @staticmethod
    def _timers(window: QWidget, seconds: float) -> Iterator[Callable[[], object]]:
        for timer in window.findChildren(QTimer):
            if shiboken6.isValid(timer) and timer.isActive() and timer.isSingleShot() and timer.remainingTime() <= 1_000 * seconds:
                timer.stop()
                yield partial(_end, timer)

    def _acts(self, end: float) -> Iterator[Callable[[], object]]:
        due = sorted((one for one in self._due if one[0] <= end), key=lambda one: one[0])
        self._due = [one for one in self._due if one not in due]
        for at, owner, act in due:
            yield partial(self._do, at, owner, act)

    def _do(self, at: float, owner: QObject | None, act: Callable[[], object]) -> None:
        if owner is None or shiboken6.isValid(owner):
            self.now = max(self.now, at)
            act()

    def calm(self, window: QWidget) -> None:
        """Long after the click."""
        self.now += _CALM_AGAIN
        self.goes_by(window, 0.0)


def _end(timer: QTimer) -> None:
    if shiboken6.isValid(timer):
        timer.timeout.emit()


def _frame(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def _scrolled(window: QWidget, *, within: QWidget) -> dict[QScrollBar, int]:
    """How far each area of a window is scrolled, but for what scrolls within a part of it."""
    outside = (bar for bar in window.findChildren(QScrollBar) if not (shiboken6.isValid(within) and within.isAncestorOf(bar)))
    return {bar: bar.value() for bar in outside if bar.isVisible()}


def _columns(view: QAbstractItemView) -> int:
    model = view.model()
    return model.columnCount() if isinstance(model, QAbstractTableModel) else 1


def rows_in_sight(view: QAbstractItemView) -> list[QPoint]:
    """A point of the first, the middle and the last of its rows that can be pressed, in the place of the view."""
    model, found = view.model(), list[QPoint]()
    for row in range(min(model.rowCount(), _MOST_ROWS) if model is not None else 0):
        frames = [view.visualRect(model.index(row, column)) for column in range(_columns(view))]
        frame = next((one for one in frames if not one.isEmpty()), QRect())
        place = view.viewport().mapTo(view, frame.center())
        if (
            not frame.isEmpty()
            and view.viewport().visibleRegion().contains(frame.center())
            and clickable_at(view.mapToGlobal(place)) is view
        ):
            found.append(place)
    return [found[place] for place in sorted({0, len(found) // 2, len(found) - 1})] if found else []


def _record_at(widget: QWidget | None, pointer: QPoint) -> object:
    """What the row of a list there tells of, of a list of cells the column too; None where there is no row."""
    if not isinstance(widget, QAbstractItemView):
        return None
    index = widget.indexAt(widget.viewport().mapFromGlobal(pointer))
    if not index.isValid():
        return None
    row, model = index.data(ROW_ROLE), index.model()
    told = getattr(row, "id", None) or tuple(model.index(index.row(), column).data() for column in range(_columns(widget)))
    is_cell = widget.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectItems
    return told, index.column() if is_cell else None


@dataclass(frozen=True)
class _Beneath:
    """What a press at the pointer reaches."""

    widget: QWidget
    name: str
    frame: QRect
    record: object

    def __str__(self) -> str:
        return f"{self.name} {self.frame.getRect()} {self.record or ''}"

    @classmethod
    def at(cls, pointer: QPoint) -> "_Beneath | None":
        widget = clickable_at(pointer)
        return None if widget is None else cls(widget, name_of(widget), _frame(widget), _record_at(widget, pointer))

    def is_like(self, before: "_Beneath | None") -> bool:
        """Whether it stood there before, or one like it that has been made anew."""
        if before is None or self.record != before.record:
            return False
        return self.widget is before.widget or (self.name, self.frame) == (before.name, before.frame)


def type_and_click_beneath(line: QLineEdit, time: HalfASecond, words: str, page: QWidget) -> list[Moved]:
    """Type words into a line over what stands there, and click at once on the next control of the page beneath it, as who fills in a form does: leaving
    the line says what is wrong with it, and that pushes nothing from under the pointer."""
    time.calm(line.window())
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, in_sight(line) or QPoint())
    line.selectAll()
    QTest.keyClicks(line, words)
    beneath = next_beneath(line, page)
    return [] if beneath is None else click_and_watch(beneath, time, at_once=True)


def next_beneath(line: QWidget, page: QWidget) -> QWidget | None:
    """The control that stands highest of those of the page in sight beneath a line, in its column if there is one."""
    left, foot = _frame(line).left(), _frame(line).bottom()
    beneath = (one for one in clickables(line.window()) if _frame(one).top() > foot and page.isAncestorOf(one))
    found = [one for one in beneath if in_sight(one) is not None]
    return min(found, key=lambda one: (_frame(one).top(), abs(_frame(one).left() - left)), default=None)


def click_and_watch(widget: QWidget, time: HalfASecond, *, place: QPoint | None = None, at_once: bool = False) -> list[Moved]:
    """Click in the middle of it, or at a place of it, leave the pointer there, and say what stands under it now that did not. ``at_once``: right after
    what was done last.

    A dialog, a list that opens, another page, and where anything but the pressed list is scrolled are none: the click itself asked for them.
    """
    place = place or in_sight(widget)
    assert place is not None
    pointer, window, name = widget.mapToGlobal(place), widget.window(), name_of(widget)
    page, scrolled, before = getattr(window, "page", None), _scrolled(window, within=widget), _Beneath.at(pointer)
    moved = dict[str, Moved]()

    def look() -> None:
        after = _Beneath.at(pointer)
        if _scrolled(window, within=widget) != scrolled:
            return
        if after is not None and not after.is_like(before):
            moved.setdefault(after.name, Moved(name, f"came under the pointer: {before} → {after}", after.name))
        elif shiboken6.isValid(widget) and widget.isVisible() and widget.isEnabled() and not _frame(widget).contains(pointer):
            moved.setdefault(name, Moved(name, f"went from under the pointer, to {_frame(widget)}", name))

    target, at = (widget.viewport(), widget.viewport().mapFromGlobal(pointer)) if isinstance(widget, QAbstractItemView) else (widget, place)
    time.now += 0.0 if at_once else _CALM_AGAIN
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    time.goes_by(window, look=look)
    if (
        QApplication.activePopupWidget() is not None
        or QApplication.activeModalWidget() is not None
        or getattr(window, "page", None) is not page
    ):
        return []
    return list(moved.values())
