"""The window's frame: a rail of pages as high as the window, the page in view, and beneath that the bar in which things are said.

It knows the Page protocol and no page by name. What locking, signing out and help do is wired by who makes it.
"""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.desk import Desk
from pupil_desk.services.program import keys
from pupil_desk.services.unit.uses import switched_on
from pupil_desk.ui.kit.context import Context, News, new_with
from pupil_desk.ui.kit.flow import turn
from pupil_desk.ui.kit.groups import RailPage
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.keys import WindowKeysFirst, first_in
from pupil_desk.ui.kit.low.fitting import Fitting
from pupil_desk.ui.kit.low.foldable import tell_height
from pupil_desk.ui.kit.page import Page, in_use
from pupil_desk.ui.kit.rail import Rail
from pupil_desk.ui.kit.talk.announce import REFUSED, TURNED
from pupil_desk.ui.kit.talk.ask import Ask
from pupil_desk.ui.kit.talk.banner import Banner
from pupil_desk.ui.kit.talk.progress import ProgressStrip
from pupil_desk.ui.kit.talk.statusbar import StatusBar
from pupil_desk.ui.kit.watch.descendants import worked_on_in
from pupil_desk.ui.kit.watch.lost_focus import LostFocus
from pupil_desk.ui.kit.watch.memory import Memory, put_where_it_was, remember_place
from pupil_desk.ui.kit.words import column_in, growing, label, row_in
from pupil_desk.ui.page_stack import PageStack
from pupil_desk.ui.style.look import dress, look

SMALLEST = QSize(640, 420)
USUAL = QSize(1180, 780)
_STEPS_BACK = 50


class Window(QMainWindow):
    """The frame around the pages handed in. A page is made when it is first opened."""

    lock_wanted = Signal()
    turned = Signal()  # to a page
    sign_out_wanted = Signal()
    help_wanted = Signal(str)

    def __init__(self, pages: Sequence[type[Page]], *, desk: Desk, jobs: Jobs, ask: Ask, memory: Memory, training: bool = False) -> None:
        super().__init__()
        dress(self)
        self.banner, self.news = Banner(), News()
        self.context = Context(desk=desk, jobs=jobs, ask=ask, news=self.news, banner=self.banner, memory=memory, go=self.go, back=self.back)
        self.making = self.context.making
        self._all_types = tuple(page for page in pages if page.action is None or desk.may(page.action))
        self._types, self._used = in_use(self._all_types, desk.settings), switched_on(desk.settings)
        self._back: deque[str] = deque(maxlen=_STEPS_BACK)  # names alone: a widget would keep the whole of its page in memory
        self._name = ""
        self.rail = self._made_rail(desk, memory)
        self.stack = PageStack(self._all_types, self.context, self._may_let_go)
        role = _("{name}, {role}").format(name=desk.user.name, role=desk.user.role.label.lower())
        self.foot = StatusBar(self.banner, ProgressStrip(jobs), unit=desk.settings.name, user=role)
        self._build(training)
        self.show_backup(None)
        self._add_keys()
        self.rail.page_chosen.connect(self.go)
        self.rail.find_wanted.connect(self.find_anything)
        self.rail.lock_wanted.connect(self.lock_wanted)
        self.rail.sign_out_wanted.connect(self.sign_out_wanted)
        self.news.changed.connect(self._on_change)
        self.banner.left.connect(self._return_to_page)
        self.banner.whole_wanted.connect(ask.tell)
        jobs.known_error.connect(self.banner.problem)
        WindowKeysFirst(self)
        self._lost_focus = LostFocus(self, self.rail, lambda: self.page if self.stack.pages else None, self._focus_page)
        put_where_it_was(self, memory, USUAL, SMALLEST)
        if (dressed := look()) is not None:
            dressed.changed.connect(self._fit_height)

    def _build(self, training: bool) -> None:
        right = QWidget()
        whole_words = _("Training unit. Everyone in it is invented: never enter a real pupil here.")
        self.training = label(whole_words, wraps=True)
        self.training.setObjectName("training")
        self.training.setVisible(training)
        if training:  # where the rail is a bar, the page has no room to spare
            in_bar = Fitting(_("Training unit"), self.rail.gap)
            in_bar.setObjectName("training")
            in_bar.setToolTip(whole_words)
            in_bar.setAccessibleDescription(whole_words)
            in_bar.stands.connect(lambda stands: self.training.setVisible(not stands))
        self.read_only = label(self.context.desk.vault.read_only, wraps=True)
        self.read_only.setObjectName("training")  # it looks the same: a line over every page
        self.read_only.setVisible(bool(self.context.desk.vault.read_only))
        column_in(right, 0, self.training, self.read_only, growing(self.stack), self.foot)
        body = QWidget()
        row = row_in(body, 0, self.rail, growing(right))
        self.rail.bar_changed.connect(lambda is_bar: turn(row, is_row=not is_bar))
        self.setCentralWidget(body)

    def _made_rail(self, desk: Desk, memory: Memory) -> Rail:
        """The pages of the role; folded is what the person has folded, and at first what the role seldom uses."""
        role = desk.user.role
        key = partial("rail/{}/{}".format, role.value)
        folded = {page.group.name for page in self._all_types if memory.get(key(page.group.name), role in page.group.seldom)}
        rail = Rail(self._on_rail(), folded)
        rail.folding_changed.connect(lambda group, is_folded: memory.keep(key(group), is_folded))
        return rail

    def _on_rail(self) -> list[RailPage]:
        return [RailPage(page.name, page.title, page.icon, page.group) for page in self._types]

    def _offer_in_use(self) -> None:
        """Other settings: offer the pages that are in use now. The others are made anew, for they offer what belongs to these."""
        if (used := switched_on(self.context.desk.settings)) != self._used:
            self._types, self._used = in_use(self._all_types, self.context.desk.settings), used
            self.rail.offer(self._on_rail())
            self.stack.make_anew_later()

    def show_backup(self, proved: datetime | None) -> None:
        """When a backup was last made and proved; None for never."""
        when = show_date(proved.date()) if proved else _("none yet")
        self.foot.show_backup(_("Proved backup: {when}").format(when=when))

    def show_locking(self, seconds: int) -> None:
        """The seconds until the window locks, near the end; 0 for not soon."""
        self.foot.show_locking(seconds)

    @property
    def page(self) -> Page:
        return self.stack.page

    @property
    def open_pages(self) -> list[Page]:
        """The pages made so far that are kept."""
        return self.stack.pages

    def go(self, name: str, object_id: str | None = None) -> bool:
        """Open a page, perhaps at one record; False when the person stays where they are."""
        if name not in {page.name for page in self._types}:
            return False
        if self._name and name != self._name:
            if not self._leave():
                self.rail.mark(self._name)
                self.stay()
                return False
            self._back.append(self._name)
        self._open(name, object_id)
        return True

    def back(self) -> None:
        """The page before this one, with the cursor where it was left from."""
        if not (self._back and self._leave()):
            return
        name = self._back.pop()
        left_from = self.stack.focus_in(name)
        self._open(name, None)
        if (
            left_from is not None
            and isValid(left_from)
            and self.page.isAncestorOf(left_from)
            and left_from.isVisible()
            and left_from.isEnabled()
        ):
            left_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> bool:
        """Whether the page in view may be left. What was said on it is put aside; what leaving says, such as «Saved 09:12», goes along."""
        before = self.banner.message
        if not self.page.leave():
            return False
        if self.banner.message is before:
            self.banner.put_aside()
        return True

    def stay(self) -> None:
        """The person stays on the page after all: what they pressed on the rail gives the focus back to where it was on the page."""
        now = worked_on_in(self)
        if now is None or self.rail.isAncestorOf(now):
            self._return_to_page()

    def _return_to_page(self) -> None:
        """The focus to where it was on the page."""
        before = worked_on_in(self.page) if self.stack.pages else None
        if before is not None and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._focus_page()

    def _open(self, name: str, object_id: str | None) -> None:
        arriving, self._name = name != self._name, name
        self.turned.emit()
        self.banner.turn_to(name)
        self.rail.mark(name)  # at once: the page may take a moment to be made
        page = self.stack.turn_to(name)
        if arriving:
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt leaves it wherever something is next in its chain
        self.setWindowTitle(f"{page.title} – Pupil Desk")
        page.on_show(object_id)
        if arriving and QApplication.focusWidget() in (None, page):  # the page put it nowhere: it is begun at its start
            _focus_within(page)
        self.stack.show_worked_on()

    def _may_let_go(self, name: str) -> bool:
        """Whether nothing may come back to a page: no work is under way, and no Undo of it is offered, now or when it is in view again."""
        return not (self.context.jobs.busy or self.banner.offers_act(name))

    def _on_change(self, changed: Changed) -> None:
        """The next act ends what was said of the one before it, and its undo, on whatever page."""
        self.banner.end_former()
        self.context.ask.end_answer(refused=False)
        if "settings" in changed.kinds:
            self._offer_in_use()
        if "rules" in changed.kinds:
            self.stack.make_anew_later()
        for page in self.stack.pages:
            page.on_change(changed)

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: N802 - Qt's own
        before = worked_on_in(self)
        has_moved = super().focusNextPrevChild(forwards)
        if has_moved and before is not None and not self.isActiveWindow():
            self._lost_focus.look_after(before, worked_on_in(self))
        return has_moved

    def _focus_page(self) -> None:
        if self.stack.pages:  # none is there before the first is opened, nor while the window is taken apart
            _focus_within(self.page.panes()[0])

    def _add_keys(self) -> None:
        of_page: tuple[tuple[keys.Key, Callable[[Page], object]], ...] = (
            (keys.FIND, self._search),
            (keys.SAVE, lambda page: page.save()),
            (keys.PRINT, lambda page: page.print_()),
            (keys.LOOK_AGAIN, lambda page: page.refresh()),
        )
        of_window: tuple[tuple[keys.Key, Callable[[], object]], ...] = (
            (keys.FIND_ANYTHING, self.find_anything),
            (keys.HELP, self._help),
            (keys.NEXT_PANE, self._next_pane),
            (keys.BACK, self.back),
            (keys.NEXT_PAGE, partial(self._turn, 1)),
            (keys.PAGE_BEFORE, partial(self._turn, -1)),
            (keys.LOCK, self.lock_wanted.emit),
            (keys.SIGN_OUT, self.sign_out_wanted.emit),
            (keys.UNDO, self._undo),
            (keys.KEYS, self._tell_keys),
            (keys.CONCERN, lambda: self.go("safeguarding", new_with(self.page.subject if self._name == "pupils" else ""))),
        )
        for key, hook in of_page:
            self._add_key(key, partial(self._ask_page, hook))
        for key, run in of_window:
            self._add_key(key, run)
        self._numbers = [self._add_key(key, partial(self._go_to_number, number)) for number, key in enumerate(keys.NUMBERS, 1)]
        self._name_numbers()
        self.rail.shown_changed.connect(self._name_numbers)

    def _name_numbers(self) -> None:
        """Ctrl+1 to Ctrl+9 open the pages in view on the rail, by their place there."""
        titles = {page.name: page.title for page in self._types}
        for act, name in zip(self._numbers, [*self.rail.shown, *[""] * len(self._numbers)], strict=False):
            act.setText(titles.get(name, ""))
            act.setEnabled(bool(name))

    def _go_to_number(self, number: int) -> None:
        self.go(self.rail.shown[number - 1])

    def _ask_page(self, hook: Callable[[Page], object]) -> None:
        hook(self.page)

    def _undo(self) -> None:
        if not self.page.undo():
            self.banner.undo()

    def _search(self, page: Page) -> None:
        """The page's own box; on one that has none, such as Home, the box that finds anything."""
        if type(page).search is Page.search:
            self.find_anything()
        else:
            page.search()

    def find_anything(self) -> None:
        """The box that finds anything, over whatever is open."""
        from pupil_desk.ui.finding import find_over

        find_over(self, self.context, [(page.name, page.title, page.icon) for page in self._types], self.turned)

    def help_place(self) -> str:
        """Where the help tells of what is in view: «pupils#Contacts»."""
        headings = "\n".join(self.page.help_headings())
        return f"{self._name}#{headings}" if headings else self._name

    def _help(self) -> None:
        self.help_wanted.emit(self.help_place())

    def _add_key(self, key: keys.Key, run: Callable[[], object]) -> QAction:
        act = QAction(key.words, self)
        act.setShortcut(QKeySequence(key.sequence))
        act.triggered.connect(lambda _checked: run())
        self.addAction(act)
        return act

    def _tell_keys(self) -> None:
        lines = [f"{act.shortcut().toString()}: {act.text()}" for act in self.actions() if act.isEnabled()]
        self.context.ask.tell(_("Keys"), "\n".join(lines))

    def _turn(self, step: int) -> None:
        names = [page.name for page in self._types]
        self.go(names[(names.index(self._name) + step) % len(names)])

    def _next_pane(self) -> None:
        panes = [pane for pane in (self.rail, self.banner, *self.page.panes()) if first_in(pane) is not None]
        now = QApplication.focusWidget()
        current = next((place for place, pane in enumerate(panes) if now is not None and (pane is now or pane.isAncestorOf(now))), -1)
        _focus_within(panes[(current + 1) % len(panes)])

    def customEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """What was asked is refused, where it was asked: the foot of the window says no longer that something is saved. Nor a refusal, once else is in hand."""
        if event.type() == REFUSED:
            self.banner.end_outcome()
        elif event.type() == TURNED:
            self.banner.end_problem()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.rail.fit_beside(self.width(), self.height())
        self._fit_height()

    def _fit_height(self) -> None:
        tell_height(self)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if self._name and not (self.page.leave() and all(page.may_close() for page in self.open_pages)):
            event.ignore()
            self.stay()
            return
        remember_place(self, self.context.memory)
        event.accept()


def _focus_within(pane: QWidget) -> None:
    """Put the focus on a pane, or on the first thing inside it that takes it."""
    (first_in(pane) or pane).setFocus(Qt.FocusReason.ShortcutFocusReason)
