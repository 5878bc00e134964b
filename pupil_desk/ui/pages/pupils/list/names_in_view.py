"""The names of the list of pupils, which stay in view while one scrolls sideways to what further columns say."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.lists.heights import WholeRows
from pupil_desk.ui.kit.lists.rows import SignsDelegate
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.pages.pupils.list.rows import PupilRow

_STAYING = ("name", "tick")


class NamesInView(WholeRows):
    """Lies over the left of the list while that is scrolled sideways, and is nothing of its own: rows, choice and order are the list's, and so is each press."""

    _is_built = False  # while it is, Qt asks already what to do of events

    def __init__(self, table: Table[PupilRow]) -> None:
        super().__init__(table)
        self._table, self._is_built = table, True
        self.setAccessibleName(_("Names beside what is scrolled to"))
        self.setModel(table.model_)
        self.setSelectionModel(table.selectionModel())
        self._settle()
        keys = [column.key for column in table.model_.columns]
        self._places = {key: keys.index(key) for key in _STAYING}
        for place in range(len(keys)):
            self.setColumnHidden(place, place not in self._places.values())
        self.setItemDelegateForColumn(self._places["name"], SignsDelegate(self))
        self.horizontalHeader().moveSection(self._places["tick"], 0)
        self.hide()
        self._connect()

    def _settle(self) -> None:
        table = self._table
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(table.selectionBehavior())
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAutoScroll(False)
        for bar_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header, header_below = self.horizontalHeader(), table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(header_below.defaultAlignment())
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _connect(self) -> None:
        table, header, header_below = self._table, self.horizontalHeader(), self._table.horizontalHeader()
        header.sectionClicked.connect(header_below.sectionClicked)
        header.customContextMenuRequested.connect(header_below.customContextMenuRequested)
        self.viewport().installEventFilter(self)
        table.viewport().installEventFilter(self)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        for happened in (header_below.sectionResized, header_below.sortIndicatorChanged):
            happened.connect(lambda *_what: self.fit())

    def fit(self) -> None:
        """Over the names while they are out of their place, as wide and as tall as they are there."""
        table, header, header_below = self._table, self.horizontalHeader(), self._table.horizontalHeader()
        is_needed = table.horizontalScrollBar().value() > 0
        self.setVisible(is_needed)
        if not is_needed:
            return
        widths = 0
        for place in self._places.values():
            self.setColumnHidden(place, table.isColumnHidden(place))
            self.setColumnWidth(place, table.columnWidth(place))
            widths += table.columnWidth(place)
        header.setFixedHeight(header_below.height())
        header.setSortIndicatorShown(header_below.isSortIndicatorShown())
        header.setSortIndicator(header_below.sortIndicatorSection(), header_below.sortIndicatorOrder())
        self.setIconSize(table.iconSize())
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        size = QSize(widths, header_below.height() + table.viewport().height())
        edge = header_below.x()  # what is drawn around each table of the two
        self.setGeometry(QRect(header_below.pos(), size).adjusted(-edge, -edge, edge, edge))
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A press on a name is one on its row in the list; the list that has another size has its names in another.

        The list gets a copy: what Qt hands to a filter is its own, and PySide's hold on it ends whenever one of the filters it passes has done with it.
        """
        if not self._is_built or not shiboken6.isValid(self._table):  # the list goes before what lies over it
            return super().eventFilter(watched, event)
        viewport_below = self._table.viewport()  # asked anew: PySide may have let go of one that is kept
        if watched is self.viewport() and isinstance(event, QMouseEvent | QWheelEvent):
            copy = _copy_of(event)
            QApplication.sendEvent(viewport_below, copy)
            return True
        if watched is viewport_below and event.type() is QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)


def _copy_of(event: QMouseEvent | QWheelEvent) -> QMouseEvent | QWheelEvent:
    """One that is Python's, and goes with it: what Qt clones nobody would let go."""
    place, on_screen, held = event.position(), event.globalPosition(), (event.buttons(), event.modifiers())
    if isinstance(event, QMouseEvent):
        return QMouseEvent(event.type(), place, event.scenePosition(), on_screen, event.button(), *held)
    return QWheelEvent(place, on_screen, event.pixelDelta(), event.angleDelta(), *held, event.phase(), event.inverted())
