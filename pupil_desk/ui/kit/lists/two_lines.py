"""A line of a list in two: what it is, and beneath it, smaller, more about it; at the end a short note."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours, sized

WORDS_ROLE = Qt.ItemDataRole.UserRole + 1
NOTE_ROLE = Qt.ItemDataRole.UserRole + 2

type _Index = QModelIndex | QPersistentModelIndex


class TwoLines(QStyledItemDelegate):
    """Draws the icon and the text of an item, under them its ``WORDS_ROLE``, and its ``NOTE_ROLE`` at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, option.fontMetrics.height() + QFontMetrics(_smaller(option.font)).height() + 2 * tokens.S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        styled = QStyleOptionViewItem(option)
        self.initStyleOption(styled, index)
        sign, title, styled.text = styled.icon, styled.text, ""
        styled.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration
        styled.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, styled, painter, styled.widget)
        selected = bool(styled.state & QStyle.StateFlag.State_Selected)
        scheme = colours()
        ink, faint = (scheme.on_accent_soft,) * 2 if selected else (scheme.text, scheme.muted)
        mark = sized(tokens.ICON)
        room = styled.rect.adjusted(tokens.M, tokens.S, -tokens.M, -tokens.S)
        sign.paint(painter, QRect(room.left(), room.top() + (room.height() - mark) // 2, mark, mark))
        room.setLeft(room.left() + mark + tokens.M)
        small = _smaller(styled.font)
        note = str(index.data(NOTE_ROLE) or "")
        if note:
            wide = QFontMetrics(small).horizontalAdvance(note) + tokens.XS
            _write(
                painter,
                QRect(room.right() - wide, room.top(), wide, room.height()),
                note,
                small,
                faint,
                alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            )
            room.setRight(room.right() - wide - tokens.M)
        upper = QRect(room.left(), room.top(), room.width(), styled.fontMetrics.height())
        _write(painter, upper, title, styled.font, ink)
        lower = QRect(room.left(), upper.bottom() + 1, room.width(), room.bottom() - upper.bottom())
        _write(painter, lower, str(index.data(WORDS_ROLE) or ""), small, faint)


def _write(
    painter: QPainter, room: QRect, words: str, font: QFont, ink: str, *, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(
        room, alignment | Qt.TextFlag.TextSingleLine, QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    )


def _smaller(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * tokens.TEXT_SMALL / tokens.TEXT)
    return smaller
