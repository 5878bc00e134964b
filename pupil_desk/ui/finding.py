"""One box over the whole window (Ctrl+E): a pupil by anything in the record, a page, a chapter of the help.

It lies over the page and changes nothing in it: what is typed there stays, and going somewhere else asks, as every way of going does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, SignalInstance
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QListWidget, QListWidgetItem, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import tokens
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.program import guides
from pupil_desk.services.program.guides import Passage
from pupil_desk.services.pupils import finding
from pupil_desk.services.pupils.finding import PupilMatch
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.requests import looking
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import uses
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.kit.lists.two_lines import NOTE_ROLE, WORDS_ROLE, TwoLines
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.words import column_in, find_line, label
from pupil_desk.ui.pages.places import PLACES
from pupil_desk.ui.style import tokens as sizes
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import look, sized

_GOAL_ROLE = Qt.ItemDataRole.UserRole
_WIDE, _MOST_LINES, _CHAPTERS, _VEIL = 620, 7, 3, 70  # width at 100 %, lines seen at once, chapters at most, of 255
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: _MOST_LINES,
    Qt.Key.Key_PageUp: -_MOST_LINES,
}
_OURS = frozenset({*_STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})
# the part of the record that shows a record of that kind, and the sign beside it
_PARTS = {
    "contact": "contacts", "enrolment": "stays", "former_address": "details", "pupil": "details", "amendment": "history", "exam_entry": "exams",
    "journey": "transport", "placement": "placements", "accident": "accidents", "incident": "incidents", "plan": "plans"}  # fmt: skip
_SIGNS = {
    "name": "user", "contact": "users", "enrolment": "chalkboard-teacher", "former_address": "map-pin", "pupil": "map-pin",
    "amendment": "clock-counter-clockwise", "exam_entry": "exam", "journey": "bus", "placement": "handshake", "accident": "first-aid",
    "incident": "flag", "plan": "clipboard-text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FinderLine:
    """One line of what is found: where it leads, a sign, its words, why it is there, and a note at the end."""

    page: str
    object_id: str | None
    sign: str
    title: str
    words: str
    note: str = ""
    by_name: bool = False  # of a pupil, who is called so

    @property
    def accessible_text(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join(part for part in (self.title, self.words, self.note) if part)


class Finder(QWidget):
    """The box and what it finds, over the window that it is given. ``pages`` are the pages to go to: name, title, icon."""

    def __init__(self, context: Context, pages: Sequence[tuple[str, str, str]], window: QWidget) -> None:
        super().__init__(window)
        self.context, self.pages, self._window = context, pages, window
        self._before: QWidget | None = None
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
        self.box.textChanged.connect(self._look)
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
        self._look(self.box.text())
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
        return [self.list.item(place).data(_GOAL_ROLE) for place in range(self.list.count())]

    def _look(self, text: str) -> None:
        people, requests = self._people(text), self._requests(text)
        places = self._places(text)
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
        self.count.setText(_count_words(text, len(people), len(places), len(requests), asks=is_open_question))
        self._fit()
        if self.isVisible():
            lit = self.list.currentRow()
            first = self.lines[lit].accessible_text if lit >= 0 else ""
            announce(self.box, " ".join(part for part in (self.count.text(), first) if part))

    def _people(self, text: str) -> list[FinderLine]:
        if not tokens(text) or not self.context.desk.may(Action.READ_RECORD):
            return []
        matches = self.context.attempt(lambda: finding.find(self.context.desk, text)) or []
        badges = ListBadges(self.context.desk)
        badges.read({match.pupil_id for match in matches})
        return [
            FinderLine(
                "pupils",
                str(_place(match)),
                _SIGNS[match.kind],
                badges.named(match.title, match.pupil_id),
                _words(match),
                note="" if match.here else _("not on roll"),
                by_name=match.kind == "name",
            )
            for match in matches
        ]

    def _requests(self, text: str) -> list[FinderLine]:
        if not any(name == "requests" for name, _title, _sign in self.pages) or not self.context.desk.may(Action.RECORD_REQUEST):
            return []
        rows = self.context.attempt(lambda: looking.by_number(self.context.desk, text)) or []
        return [
            FinderLine(
                "requests",
                row.id,
                "tray",
                _("{number}: {name}").format(number=row.seen.case.ref, name=row.name or _("no pupil")),
                codelist("request_kind").label_of(row.seen.case.kind),
                note="" if row.seen.open else _("closed"),
            )
            for row in rows[:_MOST_LINES]
        ]

    def _places(self, text: str) -> list[FinderLine]:
        words = tokens(text)
        if not words:
            return []
        matching = [page for page in self.pages if _begins_all(page[1], words)]
        pages = [FinderLine(name, None, sign, title, _("Open this page")) for name, title, sign in matching] + self._tabs_and_parts(words)
        if not any(name == "help" for name, _title, _sign in self.pages):
            return pages
        return pages + [
            FinderLine("help", passage.place, "question", _("Help: {chapter}").format(chapter=passage.chapter.title), _read(passage))
            for passage in guides.headed(text)[:_CHAPTERS]
        ]

    def _tabs_and_parts(self, words: Sequence[str]) -> list[FinderLine]:
        """Tabs and parts of a record by their words. A part is that of the pupil in view, who is named; without one the list of pupils comes first."""
        titles = {name: (title, sign) for name, title, sign in self.pages}
        pupil_id, name = self._pupil_in_view()
        lines: list[FinderLine] = []
        for place in sorted(
            PLACES, key=lambda place: not _begins_all(place.words, words)
        ):  # what is called so comes before what is like it
            if place.page not in titles or not _begins_all(f"{place.words} {place.also}", words):
                continue
            of_pupil = place.page == "pupils"
            if of_pupil and not uses.has_part(self.context.desk, place.place, pupil_id):
                continue
            title, sign = titles[place.page]
            goal = str(Place(pupil_id, place.place)) if of_pupil else place.place  # without a pupil, of the one chosen next
            where = _("In the record of {pupil}").format(pupil=name) if pupil_id else _("In each pupil’s record: choose the pupil first")
            lines.append(FinderLine(place.page, goal, sign, place.words, where if of_pupil else _("On the page {page}").format(page=title)))
        return lines

    def _pupil_in_view(self) -> tuple[str, str]:
        """The pupil whose record is before one's eyes, by id and name: not whom the page of pupils showed last, of whom nobody thinks elsewhere."""
        pupil_id = self.context.banner.subject_of("pupils") if self.context.banner.page == "pupils" else ""
        pupil = self.context.attempt(lambda: pupil_of(self.context.desk.vault, pupil_id)) if pupil_id else None
        return (pupil_id, pupil.full_name) if pupil is not None else ("", "")

    def _open(self, entry: QListWidgetItem) -> None:
        line: FinderLine = entry.data(_GOAL_ROLE)
        self.leave()
        self.context.go(line.page, line.object_id)

    def _step(self, step: int) -> None:
        """Go on in the list, and tell a screen reader which line one has come to: the cursor itself stays in the box."""
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
    finder.pages = pages
    finder.begin()


def _begins_all(text: str, starts: Sequence[str]) -> bool:
    """Whether each of these begins some word of a text."""
    return all(any(word.startswith(start) for word in tokens(text)) for start in starts)


def _place(match: PupilMatch) -> Place:
    """Where in the pupil's record it stands."""
    part = _PARTS.get(match.kind)
    return Place(match.pupil_id, part, match.kind, match.record_id, match.item) if part else Place(match.pupil_id)


def _read(passage: Passage) -> str:
    return _("Read this chapter") if passage.number == 0 else passage.heading


def _words(match: PupilMatch) -> str:
    return (
        _("{why}, and {places}").format(
            why=match.words, places=count_of(match.more, _("more place in the record"), _("more places in the record"))
        )
        if match.more
        else match.words
    )


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
