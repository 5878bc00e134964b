"""Tabs of which each takes the room that it needs itself, and may be made only when one first turns to it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QTabBar, QTabWidget, QWidget

from pupil_desk.services.program import keys
from pupil_desk.ui.kit.keys import stops_in
from pupil_desk.ui.kit.talk.announce import turned
from pupil_desk.ui.kit.watch.making import making_of, pause
from pupil_desk.ui.style import tokens


def name_tabs(tabs: QTabWidget, name: str) -> None:
    """Say what they are tabs of. The bar has the focus and is the one stop of them: Qt would tell a screen reader of a second."""
    tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Qt hands it on to the bar
    tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for each in (tabs, tabs.tabBar()):
        each.setAccessibleName(name)


def turned_by_keys(tabs: QTabWidget) -> None:
    """Ctrl+Page Down and Ctrl+Page Up turn these tabs wherever on the page the cursor is; of tabs within tabs those that it is in turn."""
    for key, step in ((keys.NEXT_TAB, 1), (keys.TAB_BEFORE, -1)):
        shortcut = QShortcut(QKeySequence(key.sequence), tabs)
        for came in (shortcut.activated, shortcut.activatedAmbiguously):
            came.connect(partial(_turn, shortcut, step))


def _turn(shortcut: QShortcut, step: int) -> None:
    """The tabs that the cursor is in, or those whose key it was; a tab that cannot be chosen is passed over."""
    own_tabs = shortcut.parent()
    widget, tabs = QApplication.focusWidget(), own_tabs
    while widget is not None:
        if isinstance(widget, QTabWidget) and widget.findChild(QShortcut, "", Qt.FindChildOption.FindDirectChildrenOnly) is not None:
            tabs = widget
            break
        widget = widget.parentWidget()
    if not isinstance(tabs, QTabWidget):
        return
    place = tabs.currentIndex() + step
    while 0 <= place < tabs.count() and not (tabs.isTabEnabled(place) and tabs.isTabVisible(place)):
        place += step
    if 0 <= place < tabs.count():
        tabs.setCurrentIndex(place)


class SteadyTabBar(QTabBar):
    """Each tab is as wide as its words in bold, which those of the chosen one are: no tab moves as another is chosen."""

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        bold = QFont(self.font())
        bold.setBold(True)
        words = QFontMetrics(bold).size(Qt.TextFlag.TextShowMnemonic, self.tabText(index)).width()
        sign = 0 if self.tabIcon(index).isNull() else self.iconSize().width() + tokens.S
        return QSize(words + sign + 2 * (tokens.S + tokens.THIN) + tokens.THIN, super().tabSizeHint(index).height())


class SteadyTabs(QTabWidget):
    """Tabs in a bar of which none moves as another is chosen. A click on one brings the cursor into its part, wherever it was.

    What the tabs stand in is scrolled as it was, or up to them: Qt follows the cursor to where it lay in the part before.
    """

    def __init__(self) -> None:
        super().__init__()
        self._scrolled: list[tuple[QScrollArea, int]] = []  # what the tabs stand in, and how far, before the turn
        bar = SteadyTabBar()
        bar.currentChanged.connect(lambda _place: self._before_turn())  # before Qt, which turns by the same
        self.setTabBar(bar)
        bar.currentChanged.connect(lambda _place: self._after_turn())  # once whoever heard of the turn has laid out the part
        self.setDocumentMode(True)
        self.tabBarClicked.connect(lambda _place: QTimer.singleShot(0, self, self._enter))  # once the tab is turned to

    def _before_turn(self) -> None:
        if self.signalsBlocked():
            return  # a part is put in its place within a turn
        self._scrolled, above = [], self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                self._scrolled.append((above, above.verticalScrollBar().value()))
            above = above.parentWidget()

    def _after_turn(self) -> None:
        if not self.signalsBlocked():
            turned(self)
        for area, value in self._scrolled if not self.signalsBlocked() else ():
            if (content := area.widget()) is not None:
                area.verticalScrollBar().setValue(min(value, self.mapTo(content, QPoint()).y()))

    def _enter(self) -> None:
        part, now = self.currentWidget(), QApplication.focusWidget()
        if not self.isVisible() or making_of(self).postpone(self, self._enter) or (now is not None and now.window() is not self.window()):
            return  # whoever is asked whether what is typed may be left is not at the tabs, nor what stands in their place
        if now is None or not part.isAncestorOf(now):
            self._begin(part)

    def _begin(self, part: QWidget) -> None:
        """The cursor to the first stop of a part."""
        able = (stop for stop in stops_in(part) if stop.isVisibleTo(part) and stop.isEnabled())
        if (first := next(able, None)) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_anew(self, part: QWidget, begun_at: QWidget | None) -> None:
        """Once a part that was just made has its rows, the first stop may be another: a list without any was none."""
        if self.currentWidget() is part and QApplication.focusWidget() in (begun_at, self.tabBar()):
            self._begin(part)


class Tabs(SteadyTabs):
    """The parts of a page, or of a record, one at a time. ``name`` is for a screen reader."""

    def __init__(self, name: str) -> None:
        super().__init__()
        name_tabs(self, name)
        self._later: dict[QWidget, Callable[[], QWidget]] = {}  # by what keeps the place of a part that nobody has turned to
        self._kept: dict[str, QWidget] = {}  # the same by the names of the parts
        self._places: dict[str, int] = {}  # of every part that has a name
        self.tabBar().setSelectionBehaviorOnRemove(QTabBar.SelectionBehavior.SelectLeftTab)
        self.currentChanged.connect(self._make)  # before anybody else hears of it
        self.currentChanged.connect(lambda _place: self.updateGeometry())
        turned_by_keys(self)

    def add_later(self, name: str, make: Callable[[], QWidget], words: str) -> None:
        """A tab whose part is made when one first turns to it: ``make`` has it put in its place, by its name (``put``)."""
        place_kept = self._kept[name] = QWidget()
        self._later[place_kept] = make
        self._places[name] = self.addTab(place_kept, words)

    def place_of(self, name: str) -> int:
        """Where the part of that name stands; the first for a name that none has."""
        return self._places.get(name, 0)

    def put[W: QWidget](self, name: str, part: W) -> W:
        """Put a part that was just made in the place that was kept for it; returns it."""
        pause()
        place_kept, current = self._kept.pop(name), self.currentIndex()
        place = self.indexOf(place_kept)
        with QSignalBlocker(self):
            self.insertTab(place, part, self.tabText(place))
            pause()
            self.removeTab(place + 1)
            self.setCurrentIndex(current)
        self._later.pop(place_kept)
        place_kept.deleteLater()
        return part

    def _make(self, place: int) -> None:
        if self.widget(place) is not None and (make := self._later.get(self._part_at(place))) is not None:
            with_cursor = self._part_at(place).hasFocus()  # Qt gave it what had the cursor in the part before
            with making_of(self).of(self):
                make()
            if with_cursor:  # it went to the bar while that was made
                part = self._part_at(place)
                self._begin(part)
                begun_at = QApplication.focusWidget()
                QTimer.singleShot(0, self, lambda: self._begin_anew(part, begun_at))

    def _part_at(self, place: int) -> QWidget:
        part = self.widget(place)
        assert part is not None
        return part

    def turn_silently(self, place: int) -> None:
        """Turn to a tab without telling anybody: for who is asked to stay where something typed is not kept yet."""
        self._make(place)
        with QSignalBlocker(self):
            self.setCurrentIndex(place)

    def event(self, event: QEvent) -> bool:
        """What is in the tab needs another room than before: whoever lays out the tabs is told, which Qt leaves out."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """That of the tab one sees: a hidden one that needs more does not make the page scroll."""
        if self.count() == 0:
            return super().minimumSizeHint()
        tab = self.currentWidget()
        hint = tab.minimumSizeHint().expandedTo(tab.minimumSize())
        return QSize(hint.width(), hint.height() + self.tabBar().sizeHint().height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return False
