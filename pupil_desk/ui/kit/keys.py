"""Keys that mean something only where the cursor is, and the order of Tab.

The order in which Tab goes on, for widgets that are made after those around them: Qt would put them last in the window.
"""

from collections.abc import Callable, Iterable

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


def tab_after(before: QWidget, widgets: Iterable[QWidget]) -> None:
    """Tab goes from ``before`` through these, one after another, and then on as it did. All stand in one window."""
    for widget in widgets:
        QWidget.setTabOrder(before, widget)
        before = widget


def last_in(part: QWidget) -> QWidget | None:
    """The last thing in a part that Tab comes to."""
    able = [widget for widget in part.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    if not able:
        return None
    last: QWidget = able[0]
    following = last.nextInFocusChain()
    while following is not None and following is not able[0] and part.isAncestorOf(following):
        last = following if following.focusPolicy() & Qt.FocusPolicy.TabFocus else last
        following = following.nextInFocusChain()
    return last
