"""What the monkey sees: inside the program, told by the watcher of the journeys. It looks, and presses nothing.

A question is answered once the press before it has come to the program and was taken, so that nobody asks twice.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from pupil_desk.ui.kit.jobs import Jobs
from tests.monkey.in_sight import controls, file_wanted, pages
from tests.monkey.places import Control, control_at, in_view, is_line, places, rect, sizes, waits
from tests.monkey.trees import either

try:
    from pupil_desk.ui.kit.watch.presses import PressGuard
except ModuleNotFoundError:
    PressGuard = None  # type: ignore[assignment, misc]

_PRESSES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})
_ENDS = frozenset({QEvent.Type.KeyRelease, QEvent.Type.MouseButtonRelease})
_FELT = 6  # turns of a program that has nothing else to do, after which a press is lost: a window has gone that would have felt it
_TURN = 20  # ms
_LEAST_WORDS = 4  # of a question, beside its title
_ACT = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Escape})
_STILL = 500  # ms in which no control may come under a pointer that stands still
_QUIET = 0.2  # seconds without anything new
_RESTS = 1_600  # ms at most until what came of a press stands there
_TELLS = 12  # things that changed, of a move
_LOOKS = 50  # ms from one look at the pointer to the next


type _Question = tuple[Mapping[str, Any], Callable[[dict[str, Any]], object]]


class _Bugs(logging.Handler):
    """Keeps each report of a bug."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.reports: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if (message := record.getMessage()).startswith("bug:"):
            shown = [f"{type(top).__name__} {top.windowTitle()}" for top in QApplication.topLevelWidgets() if top.isVisible()]
            self.reports.append(f"{message} with {', '.join(shown)} in view")


class Eye(QObject):
    """Counts presses, and notes which rows of the log came of one that went to no question."""

    def __init__(self) -> None:
        super().__init__(QApplication.instance())
        self._begun, self._ended = 0, 0  # presses that came, and their ends, since the last answer: either may be taken by something else
        self._asked: list[_Question] = []
        self._turns = self._rested = 0
        self._turn = QTimer(self, interval=_TURN)
        self._turn.timeout.connect(self._wait_no_longer)
        self.heard = 0
        self.rows: list[list[str]] = []
        self.moved: list[str] = []
        self._question = ""  # the words of the dialog to which the last press went
        self._jobs: Jobs | None = None  # once one was begun
        self._of_work = threading.local()  # the same, of the press that began what a job does now
        self._under: tuple[Control | None, QWidget, QPoint] | None = None
        self._pressed: QWidget | None = None
        self._places: dict[Control, QPoint] = {}  # of every control, as the press came
        self._sizes: dict[int, tuple[str, QRect]] = {}  # of every widget in view, then
        self._pressed_at = 0.0  # when, by the clock
        self._look = QTimer(self, interval=_LOOKS)
        self._look.timeout.connect(self._look_again)
        self._bugs = _Bugs()
        logging.getLogger().addHandler(self._bugs)
        self._hear_the_log()
        self._follow_jobs()
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, seen: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _ENDS:
            if isinstance(seen, QWindow):
                self._ended += 1
                self._answer_if(self._ended)
        elif kind in _PRESSES:
            if isinstance(seen, QWindow):
                self._begun += 1
            elif event.spontaneous() and isinstance(seen, QWidget):
                self._question = _words_of(seen.window()) if is_question(seen.window()) else reason_given(seen)
                if kind is not QEvent.Type.KeyPress or _acts(event):
                    self._begin_to_look(by_key=kind is QEvent.Type.KeyPress)
                else:
                    self._look.stop()
        return False

    # -- questions

    def look(self, asked: Mapping[str, Any], send: Callable[[dict[str, Any]], object]) -> None:
        """Answer once ``heard`` presses have come since the last answer, or are lost."""
        self._asked.append((asked, send))
        self._turns = self._rested = 0
        self._turn.start()
        self._answer_if(self._ended)

    def _answer_if(self, heard: int) -> None:
        if self._asked and heard >= self._asked[-1][0]["heard"]:
            QTimer.singleShot(0, self._answer)  # once what the press does is done

    def _wait_no_longer(self) -> None:
        self._turns += 1
        self._answer_if(self._begun if self._turns < _FELT else max(self._begun, self._asked[-1][0]["heard"]))

    def _answer(self) -> None:
        self._turn.stop()
        if self._asked and self._waits_for(self._asked[-1][0].get("until", "")):
            self._rested += _TURN
            QTimer.singleShot(_TURN, self._answer)
            return
        asked, self._asked = self._asked, []
        if asked:
            self.heard += min(asked[-1][0]["heard"], max(self._begun, self._ended))
            self._begun, self._ended = 0, 0
        for question, send in asked:
            send(self.told(question))

    def _waits_for(self, until: str) -> bool:
        """Until it was «watched» what comes under the pointer, or until all «stands»: what a press began is done, and can be pressed."""
        if until == "watched":
            return self._look.isActive()
        return until == "stands" and self._rested < _RESTS and (self._is_at_work() or not _stands())

    def _is_at_work(self) -> bool:
        """Whether a job is at work that asks nothing."""
        return QApplication.activeModalWidget() is None and self._jobs is not None and isValid(self._jobs) and self._jobs.busy

    # -- rows of the log

    def _hear_the_log(self) -> None:
        audit = either("pupil_desk.store.file.audit", "pupil_desk.store.audit")
        real = audit.append

        def append(vault: Any, **row: Any) -> int:
            number = real(vault, **row)
            asked = getattr(self._of_work, "question", None)
            words = [str(row.get(name, "")) for name in ("action", "kind", "object_id", "reason")]
            self.rows.append([*words, self._question if asked is None else asked])
            return number

        audit.append = append

    def _follow_jobs(self) -> None:
        real = Jobs.run

        def run(jobs: Jobs, owner: QObject, work: Callable[..., Any], then: Callable[..., Any] | None = None, **how: Any) -> Any:
            self._jobs = jobs
            begun_by = getattr(self._of_work, "question", None)
            question = self._question if begun_by is None else begun_by

            def of_it(function: Callable[..., Any]) -> Callable[..., Any]:
                def called(*given: Any) -> Any:
                    before = getattr(self._of_work, "question", None)
                    self._of_work.question = question
                    try:
                        return function(*given)
                    finally:
                        self._of_work.question = before

                return called

            return real(jobs, owner, of_it(work), of_it(then) if then is not None else then, **how)

        Jobs.run = run

    # -- what comes under the pointer

    def _begin_to_look(self, *, by_key: bool) -> None:
        self._pressed_at, self._by_key = time.monotonic(), by_key
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # what was shown or hidden before the press is not of the press
        top = QApplication.activeModalWidget() or QApplication.activeWindow()
        place = QCursor.pos()
        self._under = (control_at(place), top, place) if top is not None else None
        self._pressed = QApplication.widgetAt(place)
        self._page = _page()
        self._places = dict(places(top)) if top is not None else {}
        self._sizes = sizes(top) if top is not None else {}
        self._look.start()

    def _look_again(self) -> None:
        looked = round(1_000 * (time.monotonic() - self._pressed_at))  # by the clock: a busy machine looks late, when things may move again
        now = QApplication.activeModalWidget() or QApplication.activeWindow()
        if self._under is None or looked > _STILL:
            self._look.stop()
            return
        before, top, place = self._under
        if now is not top or QApplication.activePopupWidget() is not None or _page() != self._page or QCursor.pos() != place:
            self._look.stop()  # another window, list or page was asked for by the press
            return
        control = control_at(place)
        if control is None or control == before or (before and before[1] == control[1] and waits(place)):
            return
        if control not in self._places and (self._pressed is None or not isValid(self._pressed) or not self._pressed.isVisible()):
            self._look.stop()  # another view was, in place of the one that was pressed
            return
        if self._by_key and (not is_line(control) or before is None or before[1] != control[1]):
            return  # a widget that a key brings under the pointer takes no press for half a second; of the lines of a list nobody sees to that
        now_there = dict(places(top))
        if is_line(control) and control not in self._places and (before is None or before not in now_there):
            return  # it says something else where it stands, or came to a list that was empty there
        was, stands = self._places.get(control), now_there.get(control)
        if was != stands and (was is not None or not self._by_key):  # what a key opens is asked for, and lies where it lies
            way = ", ".join(f"at {at.x()} {at.y()}" if at is not None else "nowhere" for at in (was, stands))
            pressed = before[0] if before else "nothing"
            self.moved.append(
                f"{self._page}: {pressed} was pressed, and {control[0]} came under the pointer ({way}, within {looked} ms at {place.x()} {place.y()}, "
                f"since {self._changed(top)})"
            )
            self._look.stop()

    def _changed(self, top: QWidget) -> str:
        """What stands elsewhere, is larger or smaller, or came or went since the press: the uppermost of it."""
        before, now, nowhere = self._sizes, sizes(top), ("", QRect())
        words = []
        for key in before.keys() | now.keys():
            (name, was), (later, stands) = before.get(key, nowhere), now.get(key, nowhere)
            if was != stands:
                upper = min(place.top() for place in (was, stands) if not place.isNull())
                words.append((upper, f"{name or later} {rect(was)} → {rect(stands)}"))
        return "; ".join(text for _top, text in sorted(words)[:_TELLS]) or "nothing else changed"

    # -- what is told

    def told(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """All that the monkey goes by. Of rows, reports and moves it is told what it has not ``had`` of this process."""
        modal = QApplication.activeModalWidget()
        had = question["had"] if question["process"] == os.getpid() else {}
        return {
            "process": os.getpid(),
            "heard": self.heard,
            "page": _page(),
            "dialog": _words_of(modal) if modal is not None else "",
            "file_dialog": file_wanted(modal),
            "pages": pages() if question.get("closely") else {},
            "controls": list(controls(closely=question.get("closely", False)))
            if question["controls"] and not isinstance(modal, QFileDialog)
            else [],
            "rows": self.rows[had.get("rows", 0) :],
            "bugs": self._bugs.reports[had.get("bugs", 0) :],
            "moved": self.moved[had.get("moved", 0) :],
        }


def _stands() -> bool:
    """Whether nothing has come or gone for a while: only where the pointer rests a press would wait longer. Of an earlier tree nobody can tell."""
    application = QApplication.instance()
    guards = application.findChildren(PressGuard) if PressGuard is not None and application is not None else []
    return all(guard._clock() - guard._changed >= _QUIET for guard in guards)


def _acts(event: QEvent) -> bool:
    """Whether it is a key by which something is done, rather than typed or gone to."""
    if not isinstance(event, QKeyEvent):
        return False
    return event.key() in _ACT or bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))


def is_question(window: QWidget) -> bool:
    """Whether it asks: words that say what is done, and beside what does it a button that refuses. A form is none, nor is what is only told."""
    if not isinstance(window, QDialog):
        return False
    buttons = [button for button in window.findChildren(QPushButton) if button.isVisibleTo(window)]
    fields = [field for field in window.findChildren(QLineEdit) if field.isVisibleTo(window) and not field.isReadOnly()]
    said = [label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window) and label.text()]
    words = " ".join(text for text in said if text != window.windowTitle())
    return len(buttons) > 1 and len(fields) < 2 and len(words.split()) >= _LEAST_WORDS


def reason_given(pressed: QWidget) -> str:
    """What somebody has typed why it is done, where the form requires that and is pressed to do it: such a form asks as a question does."""
    window = pressed.window()
    if isinstance(window, QDialog) or not (isinstance(pressed, QLineEdit) or pressed.property("look") in ("primary", "danger")):
        return ""
    fields = [field for field in in_view(window) if isinstance(field, QLineEdit) and isValid(field)]
    said = ((field.accessibleName(), field.text().strip()) for field in fields)
    return next((f"{name}: {words}" for name, words in said if words and name.startswith("Why") and name.endswith("(required)")), "")


def _words_of(window: QWidget) -> str:
    labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    return " | ".join([window.windowTitle(), *labels])[:300] or type(window).__name__


def _page() -> str:
    """Which page is in view, or what stands where pages are not: the entry."""
    from pupil_desk.ui.window import Window

    window = next((top for top in QApplication.topLevelWidgets() if isinstance(top, Window) and top.isVisible()), None)
    if window is not None:
        return window.page.name
    shown = next((top for top in QApplication.topLevelWidgets() if top.isVisible()), None)
    return f"outside: {type(shown).__name__}" if shown is not None else "outside"


_eyes: list[Eye] = []


def look(asked: Mapping[str, Any], send: Callable[[dict[str, Any]], object]) -> None:
    """Tell what is seen; the first question opens the eye."""
    if not _eyes:
        _eyes.append(Eye())
    _eyes[0].look(asked, send)
