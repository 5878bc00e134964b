"""Speaks to screen readers. What Qt has for it is read when there is something to say, so that sign-in is painted sooner."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

REFUSED = QEvent.Type(QEvent.registerEventType())
"""Comes to a window when something in it was refused, so that it says no longer how the act before came out."""
TURNED = QEvent.Type(QEvent.registerEventType())
"""Comes to a window when the person turns to another row, tab or view: what was refused before is not about that."""


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Have a screen reader say something at once, or ``urgent`` before all else."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def refuse(widget: QWidget, words: str) -> None:
    """Have a screen reader say before all else why something is refused that was asked in a widget, and tell its window."""
    announce(widget, words, urgent=True)
    QCoreApplication.sendEvent(widget.window(), QEvent(REFUSED))


def turned(widget: QWidget) -> None:
    """Tell the window of a list, of tabs or of views in sight that another row, tab or view is in hand."""
    if widget.isVisible():
        QCoreApplication.sendEvent(widget.window(), QEvent(TURNED))


def alert(widget: QWidget) -> None:
    """Tell screen readers that a widget demands attention."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
