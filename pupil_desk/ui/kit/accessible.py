"""What a screen reader is told of a widget for which Qt has no role, or that Qt tells wrongly."""

import sys
from functools import cache
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface

_ROLE, _LEVEL = "accessible-role", "accessible-level"
_BOX = "ComboBox"
_ON_LINUX = sys.platform.startswith("linux")
_ELSEWHERE = {"Chart": "Graphic", "Section": "Grouping"}  # UI Automation has neither: Qt would call them custom, which says nothing
AccessibleRole = Literal["AlertMessage", "Chart", "Document", "Graphic", "Grouping", "Section", "Separator", "Window"]
"""Qt's name of a role, as in the ``Role`` of its ``QAccessible``."""

_handed_over: "list[QAccessibleInterface]" = []  # they are Qt's to delete; PySide, which keeps them to the end as well, would do it once more


def set_role(widget: QWidget, role: AccessibleRole) -> None:
    """Have a screen reader say what a widget of ours is."""
    _mark(widget, _ROLE, role if _ON_LINUX else _ELSEWHERE.get(role, role))


def set_heading(label: QLabel, level: int) -> None:
    """Have a screen reader say a label, and go to it, as a heading: 1 for that of a page, 2 for that of a part."""
    _mark(label, _LEVEL, level)


def name_box(box: QComboBox) -> None:
    """Have a box say its name on Linux too, where Qt gives what it holds in its place; and that as what is chosen in it."""
    if _ON_LINUX:
        _mark(box, _ROLE, _BOX)


def _mark(widget: QWidget, mark: str, value: str | int) -> None:
    _answer_for_qt()
    from PySide6.QtGui import QAccessible

    if QAccessible.isActive():  # what Qt has asked already, as it does at the first words, it would keep
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(widget)))
    widget.setProperty(mark, value)


@cache
def _answer_for_qt() -> None:
    """From now on Qt asks here first. What it is told is not read before a screen reader asks, so that sign-in is painted sooner."""
    from PySide6.QtGui import QAccessible

    QAccessible.installFactory(_interface)


def _interface(_class_name: str, widget: QObject) -> "QAccessibleInterface | None":
    level, role = widget.property(_LEVEL), widget.property(_ROLE)
    if not isinstance(widget, QWidget) or not (level or role):
        return None
    from pupil_desk.ui.kit import interfaces

    _handed_over.append(interfaces.of(widget, level, role))
    return _handed_over[-1]
