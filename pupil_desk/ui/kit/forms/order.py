"""The order in which Tab goes on, for widgets that are made after those around them: Qt would put them last in the window."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget


def tab_after(before: QWidget, widgets: Iterable[QWidget]) -> None:
    """Tab goes from ``before`` through these, one after another, and then on as it did. All stand in one window."""
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget
