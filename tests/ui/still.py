"""What lies under a pointer that does not move: recorded for each click, and for half a second after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QScrollBar, QTabBar, QWidget

from pupil_desk.ui.kit.talk.ask import Answers, AskedQuestion, Choice
from pupil_desk.ui.kit.watch.descendants import in_view


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
LOOKS = 5  # in the time given


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
    widget = QApplication.widgetAt(place)
    while widget is not None and not (isinstance(widget, CLICKABLE) and widget.isEnabled()):
        widget = widget.parentWidget()
    return widget


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


def _frame(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def _scrolled(window: QWidget) -> dict[QScrollBar, int]:
    return {bar: bar.value() for bar in window.findChildren(QScrollBar) if bar.isVisible()}


def click_and_watch(widget: QWidget, *, milliseconds: int = 500) -> list[Moved]:
    """Click in the middle of it, leave the pointer there, and say what has moved under it.

    A dialog, a list that opens, another page and what scrolls are none: the click itself asked for them.
    """
    place = in_sight(widget)
    assert place is not None
    pointer, window, name = widget.mapToGlobal(place), widget.window(), name_of(widget)
    scrolled = _scrolled(window)
    before = {each: _frame(each) for each in clickables(window)}
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    found: list[Moved] = []
    for _look in range(LOOKS):
        QTest.qWait(milliseconds // LOOKS)
        if QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None or _scrolled(window) != scrolled:
            return found
        found += _moved(widget, pointer, before, name)
        if found:
            return found
    return found


def _moved(pressed: QWidget, pointer: QPoint, before: dict[QWidget, QRect], name: str) -> Iterator[Moved]:
    beneath = clickable_at(pointer)
    if beneath is not pressed and beneath in before and before[beneath] != _frame(beneath):
        yield Moved(name, f"came under the pointer, from {before[beneath]} to {_frame(beneath)}", name_of(beneath))
    elif shiboken6.isValid(pressed) and pressed.isVisible() and pressed.isEnabled() and not _frame(pressed).contains(pointer):
        yield Moved(name, f"went from under the pointer, from {before[pressed]} to {_frame(pressed)}", name)
