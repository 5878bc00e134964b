"""Lets a journey see what a person sees: put on the path of the real program by a test, and by nothing else.

Questions come in by one named pipe and answers leave by another, so that the program still opens no socket but the
display's. It answers only about what is visible; keys and clicks come from the display itself.
"""

import faulthandler
import json
import os
import signal
import sys
import threading
import time
from functools import partial

import listening
import seen

_PLACE = os.environ.get("PUPIL_DESK_WATCH", "")
_MAKES = 5  # ms until it is looked again whether what is made is there


def _lock():
    """The PC is left, as the system tells it: whatever dialog is open, the program locks."""
    import gc

    from PySide6.QtCore import QTimer

    from tests.monkey.trees import either

    sessions = either("pupil_desk.ui.kit.watch.session_watch", "pupil_desk.ui.kit.session_watch")
    (watch,) = [found for found in gc.get_objects() if isinstance(found, sessions.SessionWatch)]
    QTimer.singleShot(0, lambda: watch.left.emit(sessions.Left.LOCKED))
    return []


def _settled():
    """Whether what is on the screen has stood there long enough to be pressed.

    The application is asked for its guard: ``gc.get_objects`` would take hold of a tuple that another thread is still building.
    """
    from PySide6.QtWidgets import QApplication

    from pupil_desk.ui.kit.watch.presses import PressGuard

    return [not any(guard._settled.isActive() for guard in QApplication.instance().findChildren(PressGuard))]


def _stops(name):
    """What Tab comes to, sooner or later, whose name begins so."""
    from PySide6.QtCore import Qt

    can = [w for w in seen.shown() if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [first for w in can for first in seen.named(w)[:1] if first.startswith(name)]


def _trust(key):
    """Take packs of rules that a test's key has signed."""
    from pupil_desk.services.rules import pack

    pack.PUBLIC_KEYS = (key,)
    return [key]


def _in_sight(widget, point):
    """Where a person clicks on it, whether that can be seen, and if not, over what and which way the wheel is turned."""
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QAbstractScrollArea

    at = widget.mapToGlobal(point)
    if widget.visibleRegion().contains(point):
        return [at.x(), at.y(), 0, 0, 0]
    area = widget
    while area is not None and not (isinstance(area, QAbstractScrollArea) and area.verticalScrollBar().maximum() > 0):
        area = area.parentWidget()
    if area is None:
        return [at.x(), at.y(), 0, 0, 0]  # nothing can be scrolled: the press itself says whether it is reached
    port = area.viewport()
    middle = port.mapToGlobal(QPoint(port.width() // 2, port.height() // 2))
    return [at.x(), at.y(), 5 if at.y() > middle.y() else 4, middle.x(), middle.y()]


def _reach(name):
    """Where what has this name is in sight, or how the wheel brings it there: one for each of them."""
    from PySide6.QtCore import QPoint

    found = [w for w in seen.shown() if name in seen.named(w) and w.width() > 1 and w.isEnabled()]
    return [_in_sight(w, QPoint(w.width() // 2, w.height() // 2)) for w in sorted(found, key=seen.is_label)]


def _reach_row(name):
    """The same of the row with these words in a list, which nothing but a person's wheel scrolls."""
    from PySide6.QtWidgets import QAbstractItemView

    for view in (w for w in seen.shown() if isinstance(w, QAbstractItemView) and w.model() is not None):
        model = view.model()
        for row in range(model.rowCount(view.rootIndex())):
            for column in seen.columns(view):
                index = model.index(row, column, view.rootIndex())
                if name in str(index.data() or ""):
                    return [_in_sight(view.viewport(), view.visualRect(index).center())]
    return []


def _reach_name(name):
    """The same of the name of a row with these words, beside a grid."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtWidgets import QHeaderView

    headers = [w for w in seen.shown() if isinstance(w, QHeaderView) and w.orientation() is Qt.Orientation.Vertical]
    for header in headers:
        for row in range(header.count()):
            if name in str(header.model().headerData(row, Qt.Orientation.Vertical) or ""):
                middle = header.sectionViewportPosition(row) + header.sectionSize(row) // 2
                return [_in_sight(header.viewport(), QPoint(header.viewport().width() // 2, middle))]
    return []


def _give(path):
    """A path in Qt's own dialog, as if it were typed: what completes it there takes the Enter for itself on a busy machine."""
    from PySide6.QtWidgets import QLineEdit

    for box in (w for w in seen.shown() if isinstance(w, QLineEdit) and w.objectName() == "fileNameEdit"):
        box.setText(path)
        box.setFocus()
    return [path]


def _monkey(asked, send):
    """What the monkey goes by, once its press has come to the program; see tests/monkey."""
    from tests.monkey import eye

    eye.look(json.loads(asked), lambda told: send([told]))


_OF_PRESSES = {
    "lock": _lock,
    "listen": listening.listen,
    "heard": listening.heard,
    "enough": listening.enough,
    "settled": _settled,
    "listen-to-keys": listening.listen_to_keys,
    "keys-heard": listening.keys_heard,
}


def _answer(question):
    from PySide6.QtWidgets import QAbstractItemView, QApplication

    what, name = question["ask"], question.get("name", "")
    if what == "texts":
        return [text for widget in seen.shown() for text in seen.texts(widget) if text]
    if what == "focus":
        focused = QApplication.focusWidget()
        return seen.named(focused)[:1] if focused is not None else []
    if what == "chosen":
        views = [widget for widget in seen.shown() if isinstance(widget, QAbstractItemView)]
        return [str(view.currentIndex().data() or "") for view in views if view.currentIndex().isValid()]
    if what == "titles":
        return [w.windowTitle() for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowTitle()]
    if what == "enabled":
        return [widget.isEnabled() for widget in seen.shown() if name in seen.named(widget)]
    if what == "where":
        found = [
            w for w in seen.shown() if name in seen.named(w) and w.width() > 1 and w.isEnabled()
        ]  # a person waits until it is no longer grey
        return [seen.place(w) for w in sorted(found, key=seen.is_label)]
    if what == "where-row":
        for view in (w for w in seen.shown() if isinstance(w, QAbstractItemView)):
            model = view.model()
            for row in range(model.rowCount(view.rootIndex())):
                for column in seen.columns(view):
                    index = model.index(row, column, view.rootIndex())
                    if name in str(index.data() or ""):
                        view.scrollTo(index)
                        centre = view.viewport().mapToGlobal(view.visualRect(index).center())
                        return [[centre.x(), centre.y()]]
        return []
    raise ValueError(what)


def _reach_tab(name):
    """The same of the tab with these words."""
    from PySide6.QtWidgets import QTabBar

    bars = [w for w in seen.shown() if isinstance(w, QTabBar)]
    found = [(bar, place) for bar in bars for place in range(bar.count()) if bar.tabText(place).replace("&", "").startswith(name)]
    return [_in_sight(bar, bar.tabRect(place).center()) for bar, place in found]


def _reach_menu(name):
    """The same of the entry with these words in an open menu."""
    from PySide6.QtWidgets import QMenu

    menus = [w for w in seen.shown() if isinstance(w, QMenu)]
    found = [(menu, act) for menu in menus for act in menu.actions() if act.text().replace("&", "").startswith(name) and act.isEnabled()]
    return [_in_sight(menu, menu.actionGeometry(act).center()) for menu, act in found]


_OF_NAMES = {
    "stops": _stops,
    "trust": _trust,
    "give": _give,
    "reach": _reach,
    "reach-row": _reach_row,
    "reach-name": _reach_name,
    "reach-tab": _reach_tab,
    "reach-menu": _reach_menu,
}


def _in_turn(answer):
    """What answers each question by ``answer``, in the thread of what is made here."""
    import stalls
    from PySide6.QtCore import QObject, QTimer

    class Answering(QObject):
        """Answers in turn, and only once what is being made is there: a person waits for it, and reads nothing off what is half made."""

        def __init__(self):
            super().__init__()
            self._waiting = []

        def take(self, line):
            self._waiting.append(line)
            if len(self._waiting) == 1:
                self._go_on()

        def _go_on(self):
            with stalls.asked():
                while self._waiting and not seen.is_making():
                    answer(self._waiting[0])
                    self._waiting.pop(0)
            if self._waiting:
                QTimer.singleShot(_MAKES, self._go_on)

    return Answering()


def _watch():
    while "PySide6.QtWidgets" not in sys.modules or sys.modules["PySide6.QtWidgets"].__dict__.get("QApplication") is None:
        time.sleep(0.02)
    from PySide6.QtCore import QObject, Qt, Signal
    from PySide6.QtWidgets import QApplication

    while QApplication.instance() is None:
        time.sleep(0.02)

    class Watcher(QObject):
        asked = Signal(str)

    import stalls

    threading.Thread(target=stalls.watch, args=(os.environ.get("PUPIL_DESK_STALLS", f"{_PLACE}.stalls"),), daemon=True).start()
    watcher = Watcher()
    watcher.moveToThread(QApplication.instance().thread())

    answers = os.open(f"{_PLACE}.answers", os.O_RDWR)

    def send(number, said):
        text = json.dumps({"id": number, "said": said}) + "\n"
        for start in range(0, len(text), 4096):
            os.write(answers, text[start : start + 4096].encode())

    def answer(line):
        question = json.loads(line)
        try:
            what, name = question["ask"], question.get("name", "")
            if what == "monkey":
                return _monkey(name, partial(send, question["id"]))
            said = _OF_PRESSES[what]() if what in _OF_PRESSES else _OF_NAMES[what](name) if what in _OF_NAMES else _answer(question)
        except Exception as error:  # noqa: BLE001 - told to the test that asked
            said = [f"watcher: {type(error).__name__} {error}"]
        return send(question["id"], said)

    answering = _in_turn(answer)
    answering.moveToThread(QApplication.instance().thread())
    watcher.asked.connect(answering.take, Qt.ConnectionType.QueuedConnection)
    with open(os.open(f"{_PLACE}.questions", os.O_RDWR), encoding="utf-8") as questions:  # open both ways: never at its end
        for line in questions:
            watcher.asked.emit(line)
            _written.keep()


if _PLACE and "pupil_desk" in sys.orig_argv:
    import moment
    import written

    _written = written.Written()
    faulthandler.register(
        signal.SIGUSR1, os.open(f"{_PLACE}.stacks", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    )  # where it stands, once it is asked
    from tests.monkey.trees import either

    keyslots = either("pupil_desk.store.file.keyslots", "pupil_desk.store.keyslots")
    keyslots.calibrate = lambda: keyslots.FLOOR
    moment.move(float(os.environ.get("PUPIL_DESK_MOMENT", "0")))
    threading.Thread(target=_watch, daemon=True).start()
