"""What of a test's keys and clicks has come to the program."""

import os

import seen


def _events():
    """The program's own filter of events: one of ours would be asked about every event of every widget too."""
    from tests.monkey.trees import either

    try:
        return either("pupil_desk.ui.kit.watch.events", "pupil_desk.ui.kit.events")
    except ModuleNotFoundError:
        return _NoFilter


class _NoFilter:
    """In place of the program's filter, for an earlier tree that has none: ours is asked about all, and looks at its kinds."""

    @staticmethod
    def watch_events(watcher, *kinds):
        from PySide6.QtCore import QCoreApplication

        asked = watcher.eventFilter
        watcher.eventFilter = lambda watched, event: event.type() in kinds and asked(watched, event)
        QCoreApplication.instance().installEventFilter(watcher)

    @staticmethod
    def watch_no_more(watcher):
        from PySide6.QtCore import QCoreApplication

        QCoreApplication.instance().removeEventFilter(watcher)


class _Keys:
    """Counts the keys that come to a window of the program, without Shift and its like."""

    def __init__(self):
        from PySide6.QtCore import QEvent, QObject, Qt
        from PySide6.QtGui import QWindow

        keys, kind = self, QEvent.Type.ShortcutOverride  # which goes to the window before the key itself, be that a shortcut or not
        modifiers = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt)

        class Filter(QObject):
            def eventFilter(self, watched, event):
                if isinstance(watched, QWindow) and event.key() not in modifiers:
                    keys.heard += 1
                return False

        self.heard, self._filter = 0, Filter()
        _events().watch_events(self._filter, kind)

    def stop(self):
        _events().watch_no_more(self._filter)


class _Presses:
    """Hears the first press of a button that reaches a widget: its names, those of what it is in, and the words of the row that is pressed.

    A press before a window is there reaches none.
    """

    def __init__(self):
        from PySide6.QtCore import QEvent, QObject
        from PySide6.QtWidgets import QWidget

        presses, kind = self, QEvent.Type.MouseButtonPress

        class Filter(QObject):
            def eventFilter(self, watched, event):
                if not presses.heard and isinstance(watched, QWidget):
                    presses.heard = ["a widget", *_names_upwards(watched), *_row_at(watched, event.position().toPoint())]
                return False

        self.heard, self._filter = [], Filter()
        _events().watch_events(self._filter, kind)

    def stop(self):
        _events().watch_no_more(self._filter)


_presses = []


def _row_at(widget, point):
    from PySide6.QtWidgets import QAbstractItemView

    view = widget.parentWidget()
    if not isinstance(view, QAbstractItemView) or view.viewport() is not widget:
        return []
    pressed = view.indexAt(point)
    return [str(pressed.siblingAtColumn(column).data() or "") for column in seen.columns(view)] if pressed.isValid() else []


def _names_upwards(widget):
    names = []
    while widget is not None:
        names += seen.named(widget)
        widget = widget.parentWidget()
    return names


def listen():
    _presses.append(_Presses())
    return [os.getpid()]


def heard():
    return [os.getpid(), *(_presses[-1].heard if _presses else [])]


def enough():
    while _presses:
        _presses.pop().stop()
    return []


def listen_to_keys():
    """From now on; and whether a key comes to what is in front: a dialog is shown some time before the display makes it the active window."""
    from PySide6.QtWidgets import QApplication

    modal = QApplication.activeModalWidget()
    enough()
    _presses.append(_Keys())
    return [os.getpid(), QApplication.focusWidget() is not None and (modal is None or modal.isActiveWindow())]


def keys_heard():
    return [os.getpid(), _presses[-1].heard if _presses else 0]
