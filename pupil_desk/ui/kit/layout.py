"""Widgets one under the other or side by side: the layout of a widget, without the margins that Qt would give it."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget


def column_in(owner: QWidget, spacing: int | None = None, *, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0) -> QVBoxLayout:
    """The column of a widget. ``spacing`` is what lies between its parts, the style's own unless given; the rest are its margins. All in pixels."""
    return _with_margins(QVBoxLayout(owner), spacing, (left, top, right, bottom))


def row_in(owner: QWidget, spacing: int | None = None, *, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0) -> QHBoxLayout:
    """The row of a widget, as ``column_in``."""
    return _with_margins(QHBoxLayout(owner), spacing, (left, top, right, bottom))


def _with_margins[L: QBoxLayout](layout: L, spacing: int | None, margins: tuple[int, int, int, int]) -> L:
    layout.setContentsMargins(*margins)
    if spacing is not None:
        layout.setSpacing(spacing)
    return layout
