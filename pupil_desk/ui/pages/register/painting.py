"""How a cell of the register looks: the state is told by words, signs and weight, and by colour only besides."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPolygon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import UNAUTHORISED, Session, category_of
from pupil_desk.ui.pages.register.sheet import RegisterCell
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours, sized

SHOWN_ROLE = Qt.ItemDataRole.UserRole
"""Under which the grid's model gives the cell itself."""
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WORDS = 10  # a cell wider than so many letters has room for the words of its code


class CellPainter(QStyledItemDelegate):
    """Draws one cell. What is typed and not saved is bold with a bar on its left; an amended one has its corner folded; a chosen one has a frame and a ground.

    Where nothing is entered a closed cell is hatched, one whose session is still to come is as open as any and says so, and one that lacks its mark says
    that, or has an empty ring where there is no room for the words.

    ``waiting`` gives the first sign of a code of two, typed in the current cell of the grid.
    """

    def __init__(self, grid: QTableView, waiting: Callable[[], str]) -> None:
        super().__init__(grid)
        self._grid, self._waiting = grid, waiting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        cell = index.data(SHOWN_ROLE)
        if not isinstance(cell, RegisterCell):
            return
        rect: QRect = option.rect
        place = self._grid.currentIndex()
        current = (index.row(), index.column()) == (place.row(), place.column())
        painter.save()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._ground(painter, rect, cell, is_chosen=is_chosen)
        waiting = self._waiting() if current else ""
        self._words(painter, rect, cell, waiting, is_chosen=is_chosen)
        if is_chosen or (current and not self._grid.hasFocus()):  # else the ring of the focus is around it
            self._frame(painter, rect)
        self._signs(painter, rect, cell)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, cell: RegisterCell, *, is_chosen: bool) -> None:
        scheme = colours()
        ground = scheme.surface
        if is_chosen:
            ground = scheme.accent_soft
        elif not cell.open:
            ground = scheme.window
        elif cell.missing:
            ground = scheme.check_soft
        painter.fillRect(rect, QColor(ground))
        if not cell.open and not cell.code:
            painter.fillRect(rect, QBrush(QColor(scheme.scroll), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QColor(scheme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(scheme.edge if cell.place[2] is Session.PM else scheme.line))  # the end of a day
        painter.drawLine(rect.topRight(), rect.bottomRight())

    def _signs(self, painter: QPainter, rect: QRect, cell: RegisterCell) -> None:
        scheme = colours()
        if cell.unsaved_mark is not None:
            painter.fillRect(QRect(rect.left(), rect.top(), tokens.XS, rect.height() - tokens.HAIR), QColor(scheme.accent))
        if cell.saved_cell.amended or cell.changes:
            size = sized(tokens.M)
            corner = rect.topRight()
            painter.setBrush(QColor(scheme.focus))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPolygon(QPolygon([corner, corner - QPoint(size, 0), corner + QPoint(0, size)]))

    def _words(self, painter: QPainter, rect: QRect, cell: RegisterCell, waiting: str, *, is_chosen: bool) -> None:
        code, pale = self._code(cell, waiting)
        if not cell.open and not code:
            return
        painter.setFont(self._font(cell, pale=pale))
        painter.setPen(QColor(colours().on_accent_soft if is_chosen else self._ink(cell, pale=pale)))
        if not self._has_room(rect):
            words = code or self._label(cell, waiting)
            if code or painter.fontMetrics().horizontalAdvance(words) <= rect.width():
                painter.drawText(rect, _MIDDLE, words)
            elif cell.missing:
                self._empty_ring(painter, rect)
            return
        text_rect = rect.adjusted(tokens.M, 0, -tokens.M, 0)
        code_width = painter.fontMetrics().horizontalAdvance("WW") + tokens.S
        painter.drawText(text_rect.adjusted(0, 0, code_width - text_rect.width(), 0), _LEFT, code)
        font = QFont(self._grid.font())
        font.setItalic(pale)
        painter.setFont(font)
        words = self._label(cell, waiting)
        room = text_rect.adjusted(code_width, 0, 0, 0)
        painter.drawText(room, _LEFT, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width()))

    def _empty_ring(self, painter: QPainter, rect: QRect) -> None:
        """In the ink of the words for which there is no room."""
        across = sized(tokens.S)
        place = QRect(0, 0, across, across)
        place.moveCenter(rect.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _has_room(self, rect: QRect) -> bool:
        return rect.width() > self._grid.fontMetrics().horizontalAdvance("W" * _WORDS)

    def _code(self, cell: RegisterCell, waiting: str) -> tuple[str, bool]:
        """What is drawn as the code, and whether it is pale: only expected or planned."""
        if waiting:
            return waiting + "_", False
        if cell.code:
            return cell.code, cell.unsaved_mark is None and cell.saved_cell.is_planned
        return (cell.expected, True) if cell.open else ("", False)

    def _label(self, cell: RegisterCell, waiting: str) -> str:
        if waiting:
            return _("type the second sign, or Enter")
        if cell.code:
            return codelist("attendance").label_of(cell.code)
        if cell.expected:
            return _("expected: {words}").format(words=codelist("attendance").label_of(cell.expected))
        return _("not marked") if cell.has_begun else _("not begun")

    def _font(self, cell: RegisterCell, *, pale: bool) -> QFont:
        font = QFont(self._grid.font())
        font.setBold(cell.unsaved_mark is not None or (bool(cell.code) and not pale))
        font.setItalic(pale)
        return font

    def _ink(self, cell: RegisterCell, *, pale: bool) -> str:
        scheme = colours()
        if pale or not cell.open or not (cell.code or cell.has_begun):
            return scheme.muted
        if cell.missing:
            return scheme.check
        return scheme.bad if category_of(cell.code) == UNAUTHORISED else scheme.text

    def _frame(self, painter: QPainter, rect: QRect) -> None:
        scheme = colours()
        pen = painter.pen()
        pen.setColor(QColor(scheme.edge))
        pen.setWidth(tokens.THIN)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(tokens.HAIR, tokens.HAIR, -tokens.THIN, -tokens.THIN))
