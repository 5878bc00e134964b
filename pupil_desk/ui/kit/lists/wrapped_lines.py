"""The lines of a list of words, each as tall as its words need in the room that there is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPixmap
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized


class WrappedLines(QStyledItemDelegate):
    """Qt by itself forgets the template's space beside the words, and their height once a scroll bar has come."""

    def __init__(self, lines: QListWidget) -> None:
        super().__init__(lines)
        lines.setWordWrap(True)
        lines.setItemDelegate(self)
        lines.setResizeMode(QListWidget.ResizeMode.Adjust)
        lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        view = self.parent()
        assert isinstance(view, QListWidget)
        font = index.data(Qt.ItemDataRole.FontRole)
        metrics = QFontMetrics(font) if isinstance(font, QFont) else view.fontMetrics()
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        beside = picture.deviceIndependentSize().toSize().width() + tokens.S if isinstance(picture, QPixmap) else 0
        room = QRect(0, 0, max(tokens.HUGE, view.viewport().width() - 2 * tokens.L - beside), tokens.READING)
        words = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(room.width(), max(sized(tokens.TARGET), words.height() + tokens.L))
