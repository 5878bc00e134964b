"""Speaks to screen readers. What Qt has for it is read when there is something to say, so that sign-in is painted sooner."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

REFUSED = QEvent.Type(QEvent.registerEventType())
"""Comes to a window when something in it was refused, so that it says no longer how the act before came out."""


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


def alert(widget: QWidget) -> None:
    """Tell screen readers that a widget demands attention."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))
