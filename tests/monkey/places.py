"""Where what can be pressed lies, and all that is in view: the eye of the monkey compares it before and after a press."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTabBar, QWidget
from shiboken6 import getCppPointer, isValid

from pupil_desk.ui.kit.linkline import LinkLine

type Control = tuple[str, int]  # what stands on it, and which it is


def _control(widget: QWidget) -> Control:
    return f"{type(widget).__name__} {name_of(widget)}", getCppPointer(widget)[0]  # type: ignore[attr-defined]


def _tab(bar: QTabBar, tab: int) -> Control:
    return f"tab {bar.tabText(tab)}", getCppPointer(bar)[0]  # type: ignore[attr-defined]


def control_at(place: QPoint) -> Control | None:
    """The button, link or tab that a click there would press; None for none."""
    widget = QApplication.widgetAt(place)
    while widget is not None:
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
    """Where the buttons, links and tabs in view lie: one that was under a box that closes has not moved."""
    for widget in in_view(top):
        if isinstance(widget, QAbstractButton | LinkLine):
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


def name_of(widget: QWidget) -> str:
    text = getattr(widget, "text", None) or getattr(widget, "words", "")
    return (widget.accessibleName() or (text() if callable(text) else str(text))).replace("&", "")
