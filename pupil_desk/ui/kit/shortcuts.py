"""Keys that mean something only where the cursor is."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def shortcut_within(owner: QWidget, keys: str, hook: Callable[[], object]) -> QShortcut:
    """Keys, such as «Esc», that act while the cursor is in ``owner`` or in what lies in it, and nowhere else in the window.

    PySide6 6.12 takes no notice of a ``context`` given when a shortcut is made, so it is set afterwards.
    """
    shortcut = QShortcut(QKeySequence(keys), owner, hook)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return shortcut
