"""The rail of pages on the left, in groups that fold: an icon and a name each, and while Ctrl is held the key that opens it; the current one marked by
a bar, bold and colour.

However many pages there are, all are in view where that can be: in a low window the lines stand closer, down to what a finger still hits, and the
two buttons at the foot share a line, or stand as signs beside *Find*. Where even that is not enough, the list scrolls, and a line says what is further down.
Where the rail would take the page its room, or larger text its icons theirs, it is a bar at the top, whose one button opens the list.
"""

from collections.abc import Collection, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QSizePolicy, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.ui.kit.flow import turn
from pupil_desk.ui.kit.groups import PageGroup, RailPage
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rail_feet import LOCK, OUT, RailFeet
from pupil_desk.ui.kit.lists.rail_lines import FIRST_ROLE, GROUP_ROLE, KEY_ROLE, NAME_ROLE, NARROW, WIDE, RailLines, show_arrow, small
from pupil_desk.ui.kit.lists.rail_more import MorePages, from_the_start
from pupil_desk.ui.kit.pushbutton import open_beside
from pupil_desk.ui.kit.watch.held_ctrl import HeldCtrl
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import button, column_in, growing, set_look
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import look, sized

_KEYS = 9  # Ctrl+1 to Ctrl+9
_MOST = 5  # the window is at least so many times as wide as a rail; under that it is a bar at the top
_ENDLESS = 16_777_215  # Qt's widest


class Rail(QWidget):
    """Up and Down move, Enter, Space or a click opens, Left and Right fold and open a group. ``page_chosen`` carries the page's name.

    ``folded`` names the groups that are folded at first; ``folding_changed`` carries a group and whether the person folded it.
    ``shown_changed`` comes when other pages have the numbers, ``bar_changed`` when it has become a bar, or is none any more.
    """

    page_chosen = Signal(str)
    folding_changed = Signal(str, bool)
    shown_changed = Signal()
    bar_changed = Signal(bool)
    find_wanted = Signal()
    lock_wanted = Signal()
    sign_out_wanted = Signal()

    def __init__(self, pages: Sequence[RailPage], folded: Collection[str] = ()) -> None:
        super().__init__()
        self.setObjectName("rail-frame")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages: tuple[RailPage, ...] = ()
        self._folded = set(folded)
        self.is_bar, self._marked = False, ""
        self._window_width = self._height_beside = 0
        self._build()
        self.offer(pages)
        if (dress := look()) is not None:
            dress.changed.connect(self._set_width)

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("rail")
        self.list.setAccessibleName(_("Pages"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines = RailLines(self.list)
        self.list.setItemDelegate(self._lines)
        self.list.itemClicked.connect(self._open)
        self._ctrl = HeldCtrl(self)
        self._ctrl.changed.connect(self._lines.show_keys)
        self.menu = button(_("Pages"), self.open_list, icon_name="list")
        self.find_button = button(_("Find"), self.find_wanted.emit, "head", icon_name="magnifying-glass")
        self.find_button.setToolTip(_("Find a pupil by anything, a page or a chapter of the help (Ctrl+E)"))
        self.lock = button(LOCK, self.lock_wanted.emit, "foot", icon_name="lock-key")
        self.lock.setToolTip(_("Lock (Ctrl+L)"))
        self.sign_out = button(OUT, self.sign_out_wanted.emit, "foot", icon_name="sign-out")
        self.sign_out.setToolTip(_("Sign out and close Pupil Desk (Ctrl+Q). Lock leads back to sign-in."))
        self.sign_out.setAccessibleDescription(_("Lock leads back to sign-in."))
        self.gap = QWidget()  # of the bar, where the rail has the list
        self.more = MorePages(self.list)
        lines, gap = growing(self.list), growing(self.gap)
        self._column = column_in(self, tokens.XS, lines, self.more, gap, top=tokens.S, right=tokens.HAIR, bottom=tokens.S)
        self._column.insertWidget(0, self.menu)
        self._feet = RailFeet(self.find_button, self.lock, self.sign_out)
        self._column.insertLayout(1, self._feet.head)
        self._column.addLayout(self._feet.foot)
        for part in (self.menu, self.more, self.gap):
            part.hide()
        self._begin_at(self.list)
        self.list.installEventFilter(self)

    def _begin_at(self, part: QWidget) -> None:
        """Have Tab and F6 come to this part first, and then to the buttons."""
        self.setFocusProxy(part)
        tab_after(part, [self.find_button, self.lock, self.sign_out])

    @property
    def shown(self) -> list[str]:
        """The names of the pages in view on it, in their order."""
        return [page.name for page in self._pages if self._is_open(page.group)]

    def number_of(self, name: str) -> int | None:
        """The number that opens a page with Ctrl; None where it has none now."""
        numbered = self.shown[:_KEYS]
        return numbered.index(name) + 1 if name in numbered else None

    def offer(self, pages: Sequence[RailPage]) -> None:
        """Show other pages than before; the one that is open stays marked, and the groups as they are folded."""
        self._pages = tuple(pages)
        self._fill()
        self._set_width()

    def _is_open(self, group: PageGroup) -> bool:
        return not group.title or group.name not in self._folded

    def _fill(self) -> None:
        """Write the lines anew, as high as there is room."""
        self._write()
        self._fit_lines()

    def _write(self) -> None:
        """The headings, and the pages of the groups that are open."""
        self.list.clear()
        for group, pages in groupby(self._pages, key=lambda page: page.group):
            before, members = self.list.count(), list(pages)
            if group.title:
                self._add_heading(group, len(members))
            for page in members if self._is_open(group) else ():
                self._add_page(page)
            if 0 < before < self.list.count():
                self.list.item(before).setData(FIRST_ROLE, True)
        self._show_marked()
        self.shown_changed.emit()

    def _add_heading(self, group: PageGroup, count: int) -> None:
        heading = QListWidgetItem(group.title, self.list)
        heading.setData(GROUP_ROLE, group.name)
        heading.setFont(small(self.list.font()))
        state = _("{group}, {pages}") if self._is_open(group) else _("{group}, {pages}, folded")
        words = state.format(group=group.title, pages=count_of(count, _("page"), _("pages")))
        heading.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        heading.setToolTip(words)

    def _add_page(self, page: RailPage) -> None:
        line, number = QListWidgetItem(icon(page.icon), page.title, self.list), self.number_of(page.name)
        key = f"Ctrl+{number}" if number else ""
        line.setData(NAME_ROLE, page.name)
        line.setData(KEY_ROLE, key)
        line.setData(Qt.ItemDataRole.AccessibleDescriptionRole, key)
        line.setToolTip(f"{page.title} ({key})" if key else page.title)

    def mark(self, name: str) -> None:
        """Show which page is open, and its group."""
        self._marked = name
        if self._group_marked() in self._folded:
            self._folded.discard(self._group_marked())
            self._fill()
        else:
            self._show_marked()
            if self.is_bar:
                self._fit_lines()

    def _group_marked(self) -> str:
        return next((page.group.name for page in self._pages if page.name == self._marked), "")

    def _show_marked(self) -> None:
        for place in range(self.list.count()):
            line = self.list.item(place)
            if (group := line.data(GROUP_ROLE)) is not None:
                show_arrow(line, is_open=group not in self._folded, stays=group == self._group_marked())
                continue
            is_open = line.data(NAME_ROLE) == self._marked
            words = _("{page}, open now").format(page=line.text()) if is_open else line.text()
            if line.data(Qt.ItemDataRole.AccessibleTextRole) != words:  # else the list would measure each of its lines again
                line.setData(Qt.ItemDataRole.AccessibleTextRole, words)
                font = line.font()
                font.setBold(is_open)
                line.setFont(font)
            if is_open:
                self.list.setCurrentRow(place)
                from_the_start(self.list)
                self.menu.setAccessibleName(_("Pages: {page}").format(page=line.text()))

    def _open(self, line: QListWidgetItem) -> None:
        if (group := line.data(GROUP_ROLE)) is not None:
            fold = partial(self.fold, group, folded=group not in self._folded)
            once_calm(self.list, fold) if group not in self._folded and self.list.verticalScrollBar().value() else fold()
        else:
            self.page_chosen.emit(line.data(NAME_ROLE))

    def fold(self, name: str, *, folded: bool) -> None:
        """Fold a group away or open it; where one is always stays open."""
        if folded == (name in self._folded) or (folded and name == self._group_marked()):
            return
        self._folded ^= {name}
        bar = self.list.verticalScrollBar()
        scrolled = bar.value()
        self._write()
        for place in range(self.list.count()):
            if self.list.item(place).data(GROUP_ROLE) == name:
                self.list.setCurrentRow(place)
        bar.setValue(scrolled)
        once_calm(self.list, self._fit_lines)  # what is under the pointer stays there: lines of another height would move it
        self.folding_changed.emit(name, folded)

    def fit_beside(self, width: int, height: int = 0) -> None:
        """Leave the page its room in a window of that width, and the icons theirs in that height, where it is known: else be a bar at the top."""
        self._window_width, self._height_beside = width, height
        self._set_width()

    @property
    def _least(self) -> int:
        """The least height of a line; at larger text its icon is as large as its words, while at 100 % it may be somewhat smaller."""
        icon_height = sized(tokens.ICON) + 2 * tokens.XS if sized(tokens.ICON) > tokens.ICON else 0
        return max(tokens.TARGET_LEAST, self.list.fontMetrics().height(), icon_height)

    @property
    def _lacks_height(self) -> bool:
        """Whether at larger text the lines have no room, as the groups are folded now. It is not asked while one of them is opened by hand."""
        if not self._height_beside or sized(tokens.ICON) <= tokens.ICON:
            return False
        used = sized(tokens.TARGET) + self._column.spacing() + 2 * tokens.XS
        return self._least * self.list.count() > self._height_beside - used

    def _set_width(self) -> None:
        full_width = sized(tokens.RAIL)
        self._set_bar(is_bar=0 < self._window_width < _MOST * full_width or self._lacks_height)
        self.setMinimumWidth(0 if self.is_bar else full_width)
        self.setMaximumWidth(_ENDLESS if self.is_bar else full_width)
        self._fit_lines()

    def _set_bar(self, *, is_bar: bool) -> None:
        if is_bar == self.is_bar:
            return
        self.is_bar = is_bar
        set_look(self, "bar" if is_bar else "")
        turn(self._column, is_row=is_bar)
        for part in (self.menu, self.gap):
            part.setVisible(is_bar)
        self.list.setVisible(not is_bar)
        self.more.hide()
        self._begin_at(self.menu if is_bar else self.list)
        self._feet.stand(in_line=is_bar)
        edge = tokens.L if is_bar else 0
        self._column.setContentsMargins(edge, tokens.S, edge, tokens.S)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed if is_bar else QSizePolicy.Policy.Preferred)
        self.bar_changed.emit(is_bar)

    def open_list(self) -> None:
        """Show all pages beneath the button of the bar, group by group, with their keys."""
        choices = QMenu(self)
        choices.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_look(choices, "pages")  # in as few columns as may be
        for group, pages in groupby(self._pages, key=lambda page: page.group):
            if group.title:
                choices.addAction(group.title).setEnabled(False)
            for page in pages:
                number = self.number_of(page.name)
                choice = choices.addAction(icon(page.icon), f"{page.title}\tCtrl+{number}" if number else page.title)
                choice.triggered.connect(partial(self.page_chosen.emit, page.name))
                if page.name == self._marked:
                    choices.setActiveAction(choice)
        open_beside(choices, self.menu)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._ctrl.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self._ctrl.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit_lines()

    def _fit_lines(self) -> None:
        """Have the lines as high as all of them can be in view together, between what their style asks for and the least."""
        self._lines.height, self._lines.gap, mark = 0, WIDE, sized(tokens.ICON)
        self.list.setIconSize(QSize(mark, mark))
        self.menu.setText(self.menu.accessibleName())
        if not self.is_bar:
            self._fit_beside_page(mark)
        elif self._column.minimumSize().width() > self.width():
            self.menu.setText(_("Pages"))  # the page says itself which it is
        self.list.doItemsLayout()
        from_the_start(self.list)

    def _fit_beside_page(self, mark: int) -> None:
        """By how many lines there are with all groups open: folding one moves neither what is above it nor the buttons."""
        lines, groups = self._lines, list(groupby(page.group for page in self._pages))
        count, firsts = len(self._pages) + sum(bool(group.title) for group, _pages in groups), len(groups) - 1
        shown = range(self.list.count())
        usual = max((self.list.sizeHintForRow(place) for place in shown if not self.list.item(place).data(FIRST_ROLE)), default=0)
        self._feet.stand(in_line=False)
        self._put_edges(tokens.S)
        self._end_whole(0)
        if self._room() < usual * count + lines.gap * firsts:
            self._feet.stand_in_line()
            self._put_edges(tokens.XS)
            if self._feet.foot.sizeHint().width() > self.contentsRect().width():
                self._feet.stand(in_line=False)
            if self._room() < self._least * count:
                self._feet.stand_above()
                self._put_edges(NARROW)
            gap = max(0, min(NARROW, (self._room() - self._least * count) // max(1, firsts)))
            lines.height = min(usual, max(self._least, (self._room() - gap * firsts) // max(1, count)))
            lines.gap = max(gap, min(WIDE, (self._room() - lines.height * count) // max(1, firsts)))
            self._end_whole(lines.height * len(shown))
            self.list.setIconSize(QSize(1, 1) * min(mark, lines.height - 2 * tokens.XS))

    def _end_whole(self, tall: int) -> None:
        """Where the lines are taller together than the list, have it end with a whole one, and beneath it say how many pages are further down."""
        goes_on, line = tall > self._room(), max(1, self._lines.height)
        self.more.setVisible(goes_on)
        room = self._room() - self.more.sizeHint().height() - self._column.spacing()
        self.list.setViewportMargins(0, 0, 0, room % line if goes_on else 0)

    def _room(self) -> int:
        """The pixels of height that the list has, once the buttons have theirs."""
        edges, margins = self.contentsMargins(), self._column.contentsMargins()
        used_height = self._feet.height(self._column.spacing())
        return self.height() - edges.top() - edges.bottom() - margins.top() - margins.bottom() - used_height

    def _put_edges(self, height: int) -> None:
        """Above the first button and under the last so many pixels."""
        margins = self._column.contentsMargins()
        self._column.setContentsMargins(margins.left(), height, margins.right(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._take_key(event.key(), self.list.currentItem())
        return False

    def _take_key(self, key: int, line: QListWidgetItem | None) -> bool:
        if line is None:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(line)
            return True
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and (group := line.data(GROUP_ROLE)) is not None:
            self.fold(group, folded=key == Qt.Key.Key_Left)
            return True
        return False
