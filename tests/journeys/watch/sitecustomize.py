"""Lets a journey see what a person sees: put on the path of the real program by a test, and by nothing else.

Questions come in by one named pipe and answers leave by another, so that the program still opens no socket but the
display's. It answers only about what is visible; keys and clicks come from the display itself.
"""

import json
import os
import sys
import threading
import time

_PLACE = os.environ.get("PUPIL_DESK_WATCH", "")


def _columns(view):
    from PySide6.QtWidgets import QListView

    return range(1 if isinstance(view, QListView) else view.model().columnCount(view.rootIndex()))


def _texts(widget):
    from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit

    if isinstance(widget, QLabel):
        return [widget.text()]
    if isinstance(widget, QLineEdit):
        return [widget.displayText()]
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return [widget.toPlainText()]
    if isinstance(widget, QTabBar):
        return [widget.tabText(place).replace("&", "") for place in range(widget.count())]
    if isinstance(widget, QComboBox):
        return [widget.currentText()]
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model, root = widget.model(), widget.rootIndex()
        return [str(model.index(r, c, root).data() or "") for r in range(min(model.rowCount(root), 300)) for c in _columns(widget)]
    if isinstance(getattr(widget, "words", None), str):  # our own links draw their words themselves
        return [widget.words]
    text = getattr(widget, "text", None)
    return [text()] if callable(text) else []


def _shown():
    from PySide6.QtWidgets import QApplication, QWidget

    modal = QApplication.activeModalWidget()
    tops = [modal] if modal is not None else [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    for top in (
        top for top in tops if top.windowHandle() is None or top.windowHandle().isExposed()
    ):  # the display has not shown the others yet
        yield from (w for w in (top, *top.findChildren(QWidget)) if w.isVisible())


def _named(widget):
    names = [widget.accessibleName(), widget.objectName(), *_texts(widget)[:1]]
    return [name.replace("&", "") for name in names if name]


def _is_label(widget):
    from PySide6.QtWidgets import QLabel

    return isinstance(widget, QLabel)  # a label has the words of the field it names


def _place(widget):
    from PySide6.QtCore import QPoint

    middle = widget.mapToGlobal(QPoint(widget.width() // 2, widget.height() // 2))
    return [middle.x(), middle.y()]


class _Presses:
    """Hears the first press of a button that reaches a widget: its names, those of what it is in, and the words of the row that is pressed.

    A press before a window is there reaches none.
    """

    def __init__(self):
        from PySide6.QtCore import QEvent, QObject
        from PySide6.QtWidgets import QApplication, QWidget

        presses, kind = self, QEvent.Type.MouseButtonPress

        class Filter(QObject):
            def eventFilter(self, seen, event):
                if not presses.heard and event.type() is kind and isinstance(seen, QWidget):
                    presses.heard = ["a widget", *_names_upwards(seen), *_row_at(seen, event.position().toPoint())]
                return False

        self.heard, self._filter = [], Filter()
        QApplication.instance().installEventFilter(self._filter)

    def stop(self):
        from PySide6.QtWidgets import QApplication

        QApplication.instance().removeEventFilter(self._filter)


_presses = []


def _row_at(widget, point):
    from PySide6.QtWidgets import QAbstractItemView

    view = widget.parentWidget()
    if not isinstance(view, QAbstractItemView) or view.viewport() is not widget:
        return []
    pressed = view.indexAt(point)
    return [str(pressed.siblingAtColumn(column).data() or "") for column in _columns(view)] if pressed.isValid() else []


def _names_upwards(widget):
    names = []
    while widget is not None:
        names += _named(widget)
        widget = widget.parentWidget()
    return names


def _listen():
    _presses.append(_Presses())
    return [os.getpid()]


def _heard():
    return [os.getpid(), *(_presses[-1].heard if _presses else [])]


def _enough():
    while _presses:
        _presses.pop().stop()
    return []


def _lock():
    """The PC is left, as the system tells it: whatever dialog is open, the program locks."""
    import gc

    from PySide6.QtCore import QTimer

    from pupil_desk.ui.kit.watch.session_watch import Left, SessionWatch

    (watch,) = [found for found in gc.get_objects() if isinstance(found, SessionWatch)]
    QTimer.singleShot(0, lambda: watch.left.emit(Left.LOCKED))
    return []


def _trust(key):
    """Take packs of rules that a test's key has signed."""
    from pupil_desk.services.rules import pack

    pack.PUBLIC_KEYS = (key,)
    return [key]


_OF_PRESSES = {"lock": _lock, "listen": _listen, "heard": _heard, "enough": _enough}


def _answer(question):
    from PySide6.QtWidgets import QAbstractItemView, QApplication

    what, name = question["ask"], question.get("name", "")
    if what == "texts":
        return [text for widget in _shown() for text in _texts(widget) if text]
    if what == "focus":
        focused = QApplication.focusWidget()
        return _named(focused)[:1] if focused is not None else []
    if what == "chosen":
        views = [widget for widget in _shown() if isinstance(widget, QAbstractItemView)]
        return [str(view.currentIndex().data() or "") for view in views if view.currentIndex().isValid()]
    if what == "titles":
        return [w.windowTitle() for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowTitle()]
    if what == "enabled":
        return [widget.isEnabled() for widget in _shown() if name in _named(widget)]
    if what == "where":
        found = [w for w in _shown() if name in _named(w) and w.width() > 1 and w.isEnabled()]  # a person waits until it is no longer grey
        return [_place(w) for w in sorted(found, key=_is_label)]
    if what == "where-row":
        for view in (w for w in _shown() if isinstance(w, QAbstractItemView)):
            model = view.model()
            for row in range(model.rowCount(view.rootIndex())):
                for column in _columns(view):
                    index = model.index(row, column, view.rootIndex())
                    if name in str(index.data() or ""):
                        view.scrollTo(index)
                        centre = view.viewport().mapToGlobal(view.visualRect(index).center())
                        return [[centre.x(), centre.y()]]
        return []
    raise ValueError(what)


def _watch():
    while "PySide6.QtWidgets" not in sys.modules or sys.modules["PySide6.QtWidgets"].__dict__.get("QApplication") is None:
        time.sleep(0.02)
    from PySide6.QtCore import QObject, Qt, Signal
    from PySide6.QtWidgets import QApplication

    while QApplication.instance() is None:
        time.sleep(0.02)

    class Watcher(QObject):
        asked = Signal(str)

    watcher = Watcher()
    watcher.moveToThread(QApplication.instance().thread())

    answers = os.open(f"{_PLACE}.answers", os.O_RDWR)

    def answer(line):
        question = json.loads(line)
        try:
            of_presses = _OF_PRESSES.get(question["ask"])
            said = of_presses() if of_presses is not None else _trust(question["name"]) if question["ask"] == "trust" else _answer(question)
        except Exception as error:  # noqa: BLE001 - told to the test that asked
            said = [f"watcher: {type(error).__name__} {error}"]
        text = json.dumps({"id": question["id"], "said": said}) + "\n"
        for start in range(0, len(text), 4096):
            os.write(answers, text[start : start + 4096].encode())

    class Answering(QObject):
        def take(self, line):
            answer(line)

    answering = Answering()
    answering.moveToThread(QApplication.instance().thread())
    watcher.asked.connect(answering.take, Qt.ConnectionType.QueuedConnection)
    with open(os.open(f"{_PLACE}.questions", os.O_RDWR), encoding="utf-8") as questions:  # open both ways: never at its end
        for line in questions:
            watcher.asked.emit(line)


if _PLACE and "pupil_desk" in sys.orig_argv:
    from pupil_desk.store.file import keyslots

    keyslots.calibrate = lambda: keyslots.FLOOR
    threading.Thread(target=_watch, daemon=True).start()
