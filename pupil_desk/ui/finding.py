"""One box over the whole window (Ctrl+E): a pupil by anything in the record, a page, a chapter of the help.

It lies over the page and changes nothing in it: what is typed there stays, and going somewhere else asks, as every way of going does.
"""

from collections.abc import Sequence
from threading import Thread

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, SignalInstance
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QListWidget, QListWidgetItem, QWidget

from pupil_desk.basics.text import tokens
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.program import guides
from pupil_desk.services.pupils import finding
from pupil_desk.ui.finder_lines import FinderLine, FinderLines
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.two_lines import NOTE_ROLE, WORDS_ROLE, TwoLines
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.words import column_in, find_line, label
from pupil_desk.ui.style import tokens as sizes
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import look, sized

_GOAL_ROLE = Qt.ItemDataRole.UserRole
_WIDE, _MOST_LINES, _VEIL = 620, 7, 70  # width at 100 %, lines seen at once, of 255
_HELP_TO_COME = _("Nothing is found by that so far. The help is still being read.")
_ASK_AGAIN = 100  # ms after which it is asked again whether the help is read
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: _MOST_LINES,
    Qt.Key.Key_PageUp: -_MOST_LINES,
}
_OURS = frozenset({*_STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})


class Finder(QWidget):
    """The box and what it finds, over the window that it is given. ``pages`` are the pages to go to: name, title, icon.

    Keys that come faster than it looks are looked for together. Chapters of the help are added once the help is read, which is done beside the window.
    """

    def __init__(self, context: Context, pages: Sequence[tuple[str, str, str]], window: QWidget) -> None:
        super().__init__(window)
        self.context, self.found, self._window = context, FinderLines(context, pages), window
        self._before: QWidget | None = None
        self._typed = QTimer(self, singleShot=True, interval=0)
        self._typed.timeout.connect(self._look_now)
        self._reading = QTimer(self, interval=_ASK_AGAIN)
        self._reading.timeout.connect(self._add_help)
        self.box = find_line(_("Find anything"))
        self.box.setPlaceholderText(_("A name, number, telephone, postcode, school, route, plan or page"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("What is found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(TwoLines(self.list))
        self.count = label("", "muted")
        self.frame = QFrame(self)
        self.frame.setProperty("look", "card")
        column_in(self.frame, sizes.S, self.box, self.list, self.count, left=sizes.M, top=sizes.M, right=sizes.M, bottom=sizes.M)
        self.hide()
        self.box.textChanged.connect(self._look_soon)
        self.box.installEventFilter(self)
        self.list.itemClicked.connect(self._open)
        window.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_went)  # type: ignore[union-attr]  # a window has its application
        if (dress := look()) is not None:
            dress.changed.connect(self._fit)

    def begin(self) -> None:
        """Come up with the cursor in the box; what was found last is there still, to be typed over."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._read_help()
        self._look_now()
        self.show()
        self.raise_()
        self._fit()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        self.box.setModified(False)

    def leave(self) -> None:
        """Go, and give the cursor back to where it was."""
        import shiboken6

        before, self._before = self._before, None
        self.hide()
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def lines(self) -> list[FinderLine]:
        """What is found, in order."""
        self._settle()
        return [self.list.item(place).data(_GOAL_ROLE) for place in range(self.list.count())]

    def _look_soon(self) -> None:
        """Once for all keys that wait: each for itself would keep the window from its turn."""
        if self.context.making.in_steps:
            self._typed.start()
        else:
            self._look_now()

    def _settle(self) -> None:
        """What is done now is done with what is typed by now."""
        if self._typed.isActive():
            self._look_now()

    def _read_help(self) -> None:
        """Have the help read beside the window, unless it is."""
        if self.found.has_help and self.context.making.in_steps and not guides.are_read() and not self._reading.isActive():
            Thread(target=guides.passages, name="help", daemon=True).start()
            self._reading.start()

    def _add_help(self) -> None:
        """The help is read: its chapters stand beneath what is found already, where the line that is lit stays so, unless something else is typed by now."""
        if not self.isVisible():
            self._reading.stop()
        elif guides.are_read():
            self._reading.stop()
            self._look_now(-1 if self._typed.isActive() else self.list.currentRow())

    def _look_now(self, lit: int = -1) -> None:
        self._typed.stop()
        text = self.box.text()
        people, requests = self.found.people(text), self.found.requests(text)
        places = self.found.places(text) + ([] if self._reading.isActive() else self.found.help(text))
        self.list.clear()
        for line in (*requests, *people, *places):
            entry = QListWidgetItem(icon(line.sign), line.title, self.list)
            for role, value in (
                (_GOAL_ROLE, line),
                (WORDS_ROLE, line.words),
                (NOTE_ROLE, line.note),
                (Qt.ItemDataRole.AccessibleTextRole, line.accessible_text),
            ):
                entry.setData(role, value)
        meant = [line for line in people if line.by_name] or people  # the only one of that name is meant, whoever else has such a parent
        is_open_question = len(meant) > 1  # Enter then opens no one of them until one is chosen: who is looked at is logged
        self.list.setCurrentRow(-1 if is_open_question else people.index(meant[0]) if meant and not requests else 0)
        if lit >= 0:
            self.list.setCurrentRow(lit)
        words = _count_words(text, len(people), len(places), len(requests), asks=is_open_question)
        self.count.setText(_HELP_TO_COME if self._reading.isActive() and not self.list.count() and tokens(text) else words)
        self._fit()
        if self.isVisible():
            lit = self.list.currentRow()
            first = self.lines[lit].accessible_text if lit >= 0 else ""
            announce(self.box, " ".join(part for part in (self.count.text(), first) if part))

    def _open(self, entry: QListWidgetItem) -> None:
        line: FinderLine = entry.data(_GOAL_ROLE)
        self.leave()
        self.context.go(line.page, line.object_id)

    def _step(self, step: int) -> None:
        """Go on in the list, and tell a screen reader which line one has come to: the cursor itself stays in the box."""
        self._settle()
        if self.list.count():
            self.list.setCurrentRow(min(self.list.count() - 1, max(0, self.list.currentRow() + step)))
            announce(self.list, self.lines[self.list.currentRow()].accessible_text)

    def put_away(self) -> None:
        """Go, since one goes to a page: that has the cursor then."""
        self._before = None
        self.hide()

    def _focus_went(self, _before: QWidget | None, now: QWidget | None) -> None:
        """No press gets at the window beneath. What takes the cursor there is a page that is ready only now: it has it afterwards."""
        if not self.isVisible() or now is None or now is self or self.isAncestorOf(now):
            return
        if now.window() is self._window:
            self._before = now
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.box.isModified():
                self.box.selectAll()
        else:
            self.put_away()

    def _fit(self) -> None:
        """At the top of the window, in its middle; as tall as what is found, up to some lines."""
        window = self._window
        self.setGeometry(window.rect())
        wide = min(sized(_WIDE), window.width() - 2 * sizes.XL)
        count = self.list.count()
        self.list.setVisible(bool(count))
        if count:
            tall = self.list.sizeHintForRow(0)
            room = max(2 * tall, window.height() - sized(sizes.HUGE * 5))
            self.list.setFixedHeight(min(min(count, _MOST_LINES) * tall, room) + 2 * self.list.frameWidth() + sizes.XS)
        self.frame.setFixedWidth(wide)
        self.frame.adjustSize()
        self.frame.move((window.width() - wide) // 2, sizes.XL)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A thin veil over what waits beneath."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, _VEIL))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if not self.frame.geometry().contains(event.position().toPoint()):
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """In the box the arrows go through the list, Enter opens the only pupil found or the line that is lit, Esc leaves."""
        if watched is not self.box:
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._fit()
            return False
        if not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if event.type() is QEvent.Type.ShortcutOverride and key in _OURS:
            event.accept()  # it is meant for the box, and not for the page beneath, where Esc puts back what is typed
            return True
        if event.type() is not QEvent.Type.KeyPress:
            return False
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._settle()
            if self.list.currentRow() >= 0:
                self._open(self.list.currentItem())
            elif self.list.count():
                announce(self.box, self.count.text())  # as in the list of pupils: of several that nobody chose none is opened
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True


def find_over(window: QWidget, context: Context, pages: Sequence[tuple[str, str, str]], turned: SignalInstance) -> None:
    """Bring up the window's finder, made when it is first wanted. ``turned`` tells that one goes to a page."""
    finder = window.findChild(Finder)
    if finder is None:
        finder = Finder(context, pages, window)
        turned.connect(finder.put_away)
    finder.found = FinderLines(context, pages)
    finder.begin()


def _count_words(text: str, people: int, places: int, requests: int, *, asks: bool) -> str:
    if not tokens(text):
        return _("Type the beginning of any of these. Enter opens the line that is lit, Esc closes.")
    if not people + places + requests:
        return _("Nothing is found by that. Try the beginning of a name, or a number.")
    counts = [count_of(requests, _("request"), _("requests"))] if requests else []
    counts += [count_of(people, _("pupil"), _("pupils"))] if people else []
    counts += [count_of(places, _("page or chapter"), _("pages or chapters"))] if places else []
    words = _(", ").join(counts) + "."
    if asks and people < finding.MOST:
        words = _("{counted} Choose one with the arrow keys.").format(counted=words)
    return _("{counted} There may be more: type more of it.").format(counted=words) if people == finding.MOST else words
