"""Scrolling, so that nothing is out of reach on a small screen or at 200 %.

What comes and goes beneath something that scrolls takes its room from the foot of that, and so moves nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QLabel, QScrollArea, QScrollBar, QWidget

from pupil_desk.ui.kit.watch.presses import calm_in, once_calm, was_pressed_in
from pupil_desk.ui.kit.words import STRETCH, column_in, column_of
from pupil_desk.ui.style import tokens

_FITTINGS = 4  # one within another, and then it stays as it is


class _Area(QScrollArea):
    """Scrolls up and down. A part of a page is at least as wide as what is in it, so that nothing is cut off beside it."""

    def __init__(self, gap: int, words: QLabel | None = None) -> None:
        super().__init__()
        self._gap, self._words = gap, words
        self._fitting = self._least = 0
        self._foot: _Foot | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)

    def _on_range(self, least: int, most: int) -> None:
        """What is in it is shorter, as by a click in it: it slides under the pointer only once that is over. Qt tells before it scrolls back."""
        bar = self.verticalScrollBar()
        if bar.value() > most and calm_in(self):
            bar.setRange(least, bar.value())
            once_calm(self, self._let_slide, place=self)

    def _let_slide(self) -> None:
        content = self.widget()
        if content is not None:
            self.verticalScrollBar().setMaximum(max(0, content.height() - self.viewport().height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        hint, content = super().minimumSizeHint(), self.widget()
        if not self._gap or content is None:
            return hint
        wide = max(content.minimumSizeHint().width(), content.minimumWidth())
        return QSize(wide + self._gap + self.verticalScrollBar().sizeHint().width(), hint.height())

    def take_at_foot(self, part: QWidget) -> None:
        """Have a part stand beneath what scrolls, whenever it is shown."""
        if self._foot is None:
            self._foot = _Foot(self)
        self._foot.take(part)

    def leave_foot(self, tall: int) -> None:
        """Keep so much room free beneath what scrolls. That keeps its size meanwhile, so that nothing in it is put elsewhere."""
        content, margins = self.widget(), self.viewportMargins()
        if content is None or tall == margins.bottom():
            return
        if not tall:
            content.setMinimumHeight(0)
        elif not margins.bottom() and content.height() <= self.viewport().height():
            content.setMinimumHeight(content.height())
        self.setViewportMargins(margins.left(), margins.top(), margins.right(), tall)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self._words is not None:
            margins, line = self.viewportMargins(), self._words.fontMetrics().lineSpacing()
            self.setViewportMargins(margins.left(), margins.top(), margins.right(), self.height() % line if self.height() > line else 0)
        if self._foot is not None:
            self._foot.fit()
        self._keep_in_sight(event.oldSize().height(), event.size().height())

    def _keep_in_sight(self, before: int, now: int) -> None:
        """Where one types stays in sight when there is less room, as where something comes beneath; where one has just clicked once that is over."""
        field, content = QApplication.focusWidget(), self.widget()
        if not 0 < now < before or field is None or content is None or not content.isAncestorOf(field):
            return
        foot = field.mapTo(content, QPoint(0, field.height())).y() + content.y()
        if now < foot <= before and field.height() <= now:
            QTimer.singleShot(0, self, lambda: once_calm(self, self._show_field, place=self))

    def _show_field(self) -> None:
        field, content = QApplication.focusWidget(), self.widget()
        if field is not None and content is not None and content.isAncestorOf(field):
            self.ensureWidgetVisible(field, 0, tokens.S)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Qt sizes what is in it anew, within the sizing, whenever the bar comes or goes.

        A form that needs the bar only where there is none, as of two columns but not of one, has no size that holds: Qt would go on until the
        stack is full. The cause is Qt's, so it is bounded here.
        """
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self._tell_least()
        if event.type() is not QEvent.Type.Resize or watched is not self.widget():
            return super().eventFilter(watched, event)
        if self._fitting == _FITTINGS:
            return False
        self._fitting += 1
        try:
            return super().eventFilter(watched, event)
        finally:
            self._fitting -= 1

    def _tell_least(self) -> None:
        """What is in it has become wider, as by a password that is shown: Qt does not pass that on to what is around."""
        least, self._least = self._least, self.minimumSizeHint().width()
        if self._least != least:
            self.updateGeometry()


class _Foot(_Area):
    """Lies beneath what scrolls in an area, as wide as that. What has no room in half of the area scrolls in its turn."""

    def __init__(self, area: _Area) -> None:
        super().__init__(0)
        self._above, content = area, QWidget()
        self._column = column_in(content, tokens.S, top=tokens.M)  # the fields end above it, and not behind it
        self.setWidget(content)
        self.setParent(area)
        self.hide()

    def take(self, part: QWidget) -> None:
        """One part more, unless it is here already."""
        content = self.widget()
        if content is not None and part.parentWidget() is not content:
            self._column.addWidget(part)
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if kind in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) or (kind is QEvent.Type.LayoutRequest and watched is self.widget()):
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """As tall as what is shown here."""
        content = self.widget()
        shown = content is not None and any(not part.isHidden() for part in content.children() if isinstance(part, QWidget))
        self.setVisible(shown)
        place, whole = self._above.viewport().geometry(), self._above.height()
        tall = min(self._column.totalHeightForWidth(place.width()), whole // 2) if shown else 0
        self._above.leave_foot(tall)
        self.setGeometry(place.left(), whole - tall, place.width(), tall)


def scrolled(widget: QWidget, *, gap: int = tokens.S, words: QLabel | None = None) -> QScrollArea:
    """A widget that scrolls when there is not room for it; it is as wide as its place, less a gap beside the bar. Where ``words`` are at its top, as
    many lines of them are seen as have room whole."""
    area = _Area(gap, words)
    area.setWidget(widget)
    area.setViewportMargins(0, 0, gap, 0)
    area.setMinimumHeight(tokens.HUGE * 4)
    return area


class _BarWatch(QObject):
    def __init__(self, area: QScrollArea, tell: Callable[[int], object]) -> None:
        super().__init__(area)
        self._area, self._tell = area, tell
        container = area.verticalScrollBar().parentWidget()
        assert container is not None
        container.installEventFilter(self)  # what Qt shows and hides is what the bar stands in

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent) and shiboken6.isValid(self._area):
            bar = self._area.verticalScrollBar()  # asked anew: PySide may have let go of one that is kept
            self._tell(bar.sizeHint().width() if event.type() is QEvent.Type.ShowToParent else 0)
        return super().eventFilter(watched, event)


def on_bar(area: QScrollArea, tell: Callable[[int], object]) -> None:
    """Tell how wide the bar of an area is as it comes, and 0 as it goes."""
    _BarWatch(area, tell)


def scrolled_words(*words: QLabel) -> QScrollArea:
    """Words alone, one beneath the other: as tall as they are at the width they have and not at the narrowest, so that nobody scrolls to blank."""
    for each in words:
        each.setMinimumHeight(1)
    return scrolled(column_of(*words, STRETCH, spacing=tokens.XS), words=words[0])


def put_at_foot(part: QWidget, *, of: QWidget) -> None:
    """Have a part of something stand beneath what scrolls it, where anything does."""
    above: QWidget | None = of
    while above is not None and not isinstance(above, _Area):
        above = above.parentWidget()
    if above is not None:
        above.take_at_foot(part)


def bring_into_view(widget: QWidget) -> None:
    """Scroll every area around a widget until it is seen."""
    for area in _areas_around(widget):
        area.ensureWidgetVisible(widget, tokens.XL, tokens.HUGE)


def _areas_around(part: QWidget) -> Iterator[QScrollArea]:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            yield above
        above = above.parentWidget()


def bring_together_into_view(parts: Sequence[QWidget]) -> None:
    """Scroll the area around these, which stand beneath each other in it, until all are seen whole; where they have no room, from the first one on."""
    area = next(_areas_around(parts[0]), None)
    content = area.widget() if area is not None else None
    if area is None or content is None:
        return
    tall, bar = area.viewport().height(), area.verticalScrollBar()
    top = min(part.mapTo(content, QPoint()).y() for part in parts)
    foot = max(part.mapTo(content, QPoint(0, part.height())).y() for part in parts)
    if foot > bar.value() + tall:
        bar.setValue(foot - tall)
    if top < bar.value():
        bar.setValue(top)


def bring_once_calm(part: QWidget, bring: Callable[[], object], state: Callable[[], object]) -> None:
    """Scroll the areas around a part by ``bring``; where something in them was just clicked, once the pointer is calm: another control would come under it.

    That may be stale by then: it is left where the ``state`` is another.
    """
    content = next((area.widget() for area in reversed(list(_areas_around(part)))), None)
    _unless_stale(part, bring, content or part, state)


def bring_row_into_view(view: QAbstractItemView) -> None:
    """Scroll a list until the row one is on is seen, and what the list stands in while one works in the list.

    Where it was just clicked, once the pointer is calm: a row of which the edge cuts a part would else lie elsewhere at the second half of a double click.
    """
    _unless_stale(view, partial(_bring_row_into_view, view), view)


def _unless_stale(part: QWidget, bring: Callable[[], object], content: QWidget, state: Callable[[], object] = lambda: None) -> None:
    """Where one has just clicked in the content that is scrolled, once that is over, and not at all where the state is another by then: at once where the
    content came only by the click, as with its page. Who has scrolled meanwhile has chosen what is to be seen."""
    state_before, values = state(), [bar.value() for bar in _bars_around(part)]

    def bring_unless_stale() -> None:
        bars = zip(_bars_around(part), values, strict=False)
        if state() == state_before and all(bar.value() == min(bar.maximum(), value) for bar, value in bars):
            bring()

    if was_pressed_in(content):
        once_calm(part, bring_unless_stale, place=content)
    else:
        bring()


def _bars_around(part: QWidget) -> list[QScrollBar]:
    """Of a list itself, and of each area around a part."""
    own = [part] if isinstance(part, QAbstractItemView) else []
    return [area.verticalScrollBar() for area in (*own, *_areas_around(part))]


def _bring_row_into_view(view: QAbstractItemView) -> None:
    sideways = view.horizontalScrollBar().value()
    view.scrollTo(view.currentIndex())
    view.horizontalScrollBar().setValue(sideways)
    row = view.visualRect(view.currentIndex())
    if not view.hasFocus() or not row.isValid():
        return
    for area in _areas_around(view):
        if (content := area.widget()) is not None:
            place = view.viewport().mapTo(content, QPoint(0, row.center().y()))
            area.ensureVisible(place.x(), place.y(), 0, row.height() // 2 + tokens.S)
