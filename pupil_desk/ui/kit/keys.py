"""Keys that mean something only where the cursor is, and the order of Tab.

Where the focus goes when what had it is gone: to what was worked on, and never to whatever Qt has next.

Keys of the window that act in every field too, whatever the field would make of them.

The order in which Tab goes on, for widgets that are made after those around them: Qt would put them last in the window.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from pupil_desk.services.program import keys
from pupil_desk.services.program.keys import Key
from pupil_desk.ui.kit.watch.descendants import descendants, in_view, through_focus, worked_on_in

_MODIFIERS: Final = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt)  # each on its own is no key of the window


def shortcut_within(owner: QWidget, keys: str, hook: Callable[[], object]) -> QShortcut:
    """Keys, such as «Esc», that act while the cursor is in ``owner`` or in what lies in it, and nowhere else in the window.

    PySide6 6.12 takes no notice of a ``context`` given when a shortcut is made, so it is set afterwards.
    """
    shortcut = QShortcut(QKeySequence(keys), owner, hook)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    return shortcut


def is_pressed(event: QKeyEvent, key: Key) -> bool:
    """Whether that key of the program was pressed; Enter of the number pad is Enter."""
    combination = event.keyCombination()
    with_keys = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    last = Qt.Key.Key_Return if combination.key() == Qt.Key.Key_Enter else combination.key()
    return QKeySequence(QKeyCombination(with_keys, last)) in [QKeySequence(sequence) for sequence in key.sequences]


class WindowKeysFirst(QObject):
    """Gives the keys of a window to the window while the cursor is in a text: on Linux a line of text would take Ctrl+E for the end of the line.

    A key that the window has no act for now goes to the field as ever, and so does that which undoes, while there is something typed to undo.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self._window:
            if event.type() is QEvent.Type.Show and (handle := self._window.windowHandle()) is not None:
                handle.removeEventFilter(self)
                handle.installEventFilter(self)
            return False
        return event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier or event.key() in _MODIFIERS:
            return False
        if is_pressed(event, keys.UNDO) and _can_undo(QApplication.focusWidget()):
            return False
        pressed = QKeySequence(event.keyCombination())
        if any(act.shortcut() == pressed for act in self._window.actions()):
            return True
        return any(shortcut.key() == pressed and shortcut.isEnabled() for shortcut in _shortcuts_in_view(self._window))


def _shortcuts_in_view(part: QWidget) -> Iterator[QShortcut]:
    """The shortcuts of what is not hidden in a part: those of a page that is out of view do nothing, and the field has their keys."""
    for child in part.children():
        if isinstance(child, QShortcut):
            yield child
        elif isinstance(child, QWidget) and not child.isHidden():
            yield from _shortcuts_in_view(child)


def _can_undo(field: QWidget | None) -> bool:
    """Whether something typed in a field can be taken back in it."""
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    if isinstance(line, QLineEdit):
        return line.isUndoAvailable() and not line.isReadOnly()
    return isinstance(line, QPlainTextEdit | QTextEdit) and line.document().isUndoAvailable() and not line.isReadOnly()


def tab_after(before: QWidget, widgets: Iterable[QWidget]) -> None:
    """Tab goes from ``before`` through these, one after another, and then on as it did. All stand in one window.

    Of answers to one question the chosen one alone is a stop: the others go with it, since any of them may be chosen next.
    """
    before = _with_answers(before)[-1]
    for widget in widgets:
        for stop in _with_answers(widget):
            QWidget.setTabOrder(before, stop)
            before = stop


def _with_answers(stop: QWidget) -> Sequence[QWidget]:
    """All answers to the question that a stop answers, in their order; else the stop alone."""
    group = stop.group() if isinstance(stop, QAbstractButton) else None
    return group.buttons() if group is not None else [stop]


def stops_in(part: QWidget) -> list[QWidget]:
    """What Tab may come to in a part, in the order in which it was made. What opens beneath a box has a window of its own."""
    within = (widget for widget in descendants(part, QWidget) if widget.window() is part.window())
    return [widget for widget in within if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]


def tab_stops(part: QWidget) -> list[QWidget]:
    """The same in the order in which Tab comes to them."""
    able = stops_in(part)
    return [each for each in through_focus(part, able[0]) if each.focusPolicy() & Qt.FocusPolicy.TabFocus] if able else []


def tab_down(column: QLayout, part: QWidget) -> None:
    """Tab goes through the rows of a column as one reads: what stands higher comes first, whenever it was put in. What else is in the part stays."""
    items = (column.itemAt(place) for place in range(column.count()))
    rows = [row for item in items if item is not None and (row := item.widget()) is not None]
    stops = tab_stops(part)
    as_read = [stop for row in rows for stop in stops if row is stop or row.isAncestorOf(stop)]
    if as_read != [stop for stop in stops if stop in as_read]:
        tab_after(as_read[0], as_read[1:])


def last_in(part: QWidget) -> QWidget | None:
    """The last thing in a part that Tab comes to."""
    stops = tab_stops(part)
    return stops[-1] if stops else None


def first_in(part: QWidget) -> QWidget | None:
    """A part, or the first thing inside it, that takes the focus now."""
    return next((each for each in (part, *in_view(part)) if _is_able(each)), None)


def stay_near(gone: QWidget, *, but: QWidget) -> bool:
    """Give the focus to the field or list that stands nearest to a button that its own act has greyed or taken away; False where there is none.

    It is the field that was typed in last, else such a list, and only then what Qt has given the focus to; but where all around it has gone too,
    as when another tab is turned to, Qt stands where that begins. ``but`` and what is in it are passed over.
    """
    around = gone.parentWidget()
    return around is not None and stay_within(around, but=but, looked_at=gone)


def stay_within(around: QWidget, *, but: QWidget, looked_at: QWidget | None = None) -> bool:
    """The same from what it stood in, as where it is deleted; what is within ``looked_at`` is known to have nothing."""
    by_chance = QApplication.focusWidget() if around.isVisible() else None
    widest: QWidget | None = around
    while widest is not None:
        within = list(in_view(widest, but=looked_at))  # what stands in that was looked at already
        worked_on: list[QWidget | None] = [worked_on_in(part) for part in within]
        parts = [part for part in worked_on if part is not None and part is not by_chance and not isinstance(part, QAbstractButton)]
        last = (
            [by_chance] if by_chance is not None and widest.isAncestorOf(by_chance) and not isinstance(by_chance, QAbstractButton) else []
        )
        candidates = (*sorted(parts, key=_is_list), *(part for part in within if _is_list(part)), *last)
        able = (part for part in candidates if _is_able(part) and not but.isAncestorOf(part))
        if (nearest := next(able, None)) is not None:
            nearest.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        widest, looked_at = widest.parentWidget(), widest
    return False


def settle_focus(part: QWidget) -> None:
    """Where the focus has come into a part before that was filled: from a button to the list that has something in it now, and from a list that is
    empty to what stands after it there. Not by ``nextInFocusChain``: each that it gives would hold the next for good, all through the window."""
    now = QApplication.focusWidget()
    if now is None or not part.isAncestorOf(now):
        return
    if isinstance(now, QAbstractButton):
        goal: QWidget | None = next((view for view in in_view(part) if _is_list(view) and _is_able(view)), None)
    elif _is_list(now) and now.isVisible() and not _is_able(now):
        within = list(in_view(part))
        place = within.index(now)
        goal = next((one for one in (*within[place:], *within[:place]) if _is_able(one)), None)
    else:
        goal = None
    if goal is not None:
        goal.setFocus(Qt.FocusReason.OtherFocusReason)


def stand_on_tabs(part: QWidget) -> bool:
    """Give the focus to the tab that something stands in, where nothing in it takes the focus any more; False where it stands in none."""
    tabs: QWidget | None = part
    while tabs is not None and not isinstance(tabs, QTabWidget):
        tabs = tabs.parentWidget()
    if tabs is not None:
        tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
    return tabs is not None


def leave_empty(view: QAbstractItemView) -> None:
    """From a list that has the focus and turns out to be empty, to the tab that it stands in."""
    if view.hasFocus() and not _is_able(view):
        stand_on_tabs(view)


def _is_list(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractItemView)


def _is_able(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def with_free_letter(words: str, window: QWidget, *, but: QWidget) -> str:
    """The words of what comes into view in a window, with ``&`` before the letter that presses it and nothing else in sight: the letter that they have
    by themselves where that is free, else another of theirs. Where none is, they have none. ``but`` is where they come to stand.
    """
    plain = words.replace("&", "", 1)
    taken = {
        QKeySequence.mnemonic(text).toString() for part in in_view(window, but=but) if part is not but for text in _pressed_by_alt(part)
    }
    places = [words.index("&"), *(place for place, sign in enumerate(plain) if sign.isalpha())] if "&" in words else []
    spelled = (f"{plain[:place]}&{plain[place:]}" for place in places)
    return next((each for each in spelled if QKeySequence.mnemonic(each).toString() not in taken), plain if places else words)


def _pressed_by_alt(part: QWidget) -> list[str]:
    if isinstance(part, QAbstractButton):
        return [part.text()]
    if isinstance(part, QLabel) and part.buddy() is not None:
        return [part.text()]
    return [part.tabText(tab) for tab in range(part.count())] if isinstance(part, QTabBar) else []
