"""What happened, newest first, as a list that the keyboard goes through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours

Tone = Literal["plain", "good", "check", "bad"]
_EVENT = Qt.ItemDataRole.UserRole
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened: the day, what in a few words, and a line or two about it. ``id`` is for ``opened``; ``struck`` is one that counts no more."""

    day: date
    title: str
    text: str = ""
    tone: Tone = "plain"
    id: str = ""
    struck: bool = False


class TimelineView(QListWidget):
    """Shows events in the order given, which is newest first. ``opened`` carries the event on Enter or double click."""

    opened = Signal(object)

    def __init__(self, name: str, *, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._empty = empty
        self.setWordWrap(True)
        self.setSelectionBehavior(QListWidget.SelectionBehavior.SelectRows)  # the ring is around the event one is on
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_EventDelegate(self))
        self.itemActivated.connect(lambda line: self.opened.emit(line.data(_EVENT)))
        self.show_events(())

    def show_events(self, events: Sequence[TimelineEvent]) -> None:
        """Show these instead."""
        self.clear()
        for event in events:
            line = QListWidgetItem(f"{show_date(event.day)}: {event.title}. {event.text}".strip(), self)
            line.setData(_EVENT, event)
            line.setData(Qt.ItemDataRole.AccessibleTextRole, line.text())
        if not events and self._empty:
            line = QListWidgetItem(self._empty, self)
            line.setFlags(Qt.ItemFlag.NoItemFlags)
        if events:
            self.setCurrentRow(0)

    def current(self) -> TimelineEvent | None:
        """The event that one is on."""
        places = self.selectedIndexes() or [self.currentIndex()]
        event = places[0].data(_EVENT) if places[0].isValid() else None
        return event if isinstance(event, TimelineEvent) else None

    def texts(self) -> list[str]:
        """What a person reads, line by line."""
        return [self.item(place).text() for place in range(self.count())]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _EventDelegate(QStyledItemDelegate):
    """A day on the left, a dot on a line, and the words on the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        event = index.data(_EVENT)
        if event is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        scheme = colours()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = QColor(scheme.on_accent_soft if selected else scheme.text)
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(scheme.accent_soft))
        day, dot, words = self._parts(option, rect)
        painter.setPen(QColor(scheme.line if not selected else scheme.edge))
        painter.drawLine(dot.center().x(), rect.top(), dot.center().x(), rect.bottom())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_ink_of(event.tone)))
        painter.drawEllipse(dot)
        painter.setPen(ink)
        painter.setFont(option.font)
        painter.drawText(day, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, short_date(event.day))
        heading = _bold(option.font)
        heading.setStrikeOut(event.struck)
        painter.setFont(heading)
        heading_rect = painter.boundingRect(words, _WRAP, event.title)
        painter.drawText(words, _WRAP, event.title)
        painter.setFont(option.font)
        if event.text:
            painter.drawText(words.adjusted(0, heading_rect.height() + tokens.THIN, 0, 0), _WRAP, event.text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        event = index.data(_EVENT)
        view = self.parent()
        assert isinstance(view, QListWidget)
        if event is None:
            return super().sizeHint(option, index)
        words = self._parts(option, QRect(0, 0, view.viewport().width(), 10_000))[2]
        heading = _measure(_bold(view.font()), words, event.title)
        text = _measure(view.font(), words, event.text) + tokens.THIN if event.text else 0
        return QSize(view.viewport().width(), heading + text + 2 * tokens.S)

    def _parts(self, option: QStyleOptionViewItem, rect: QRect) -> tuple[QRect, QRect, QRect]:
        view = self.parent()
        assert isinstance(view, QListWidget)
        metrics = view.fontMetrics()
        wide = metrics.horizontalAdvance("27 Sep 2026 ")
        top = rect.top() + tokens.S
        day = QRect(rect.left() + tokens.S, top, wide, metrics.height())
        dot = QRect(day.right() + tokens.M, top + (metrics.height() - tokens.M) // 2, tokens.M, tokens.M)
        left = dot.right() + tokens.M
        return day, dot, QRect(left, top, max(tokens.HUGE, rect.right() - left - tokens.M), rect.height() - tokens.S)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _measure(font: QFont, rect: QRect, text: str) -> int:
    return QFontMetrics(font).boundingRect(rect, _WRAP, text).height()


def _ink_of(tone: Tone) -> str:
    scheme = colours()
    return {"plain": scheme.accent, "good": scheme.good, "check": scheme.check, "bad": scheme.bad}[tone]
