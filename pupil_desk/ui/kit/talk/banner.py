"""The one place, at the foot of the window, where the program says what it did, or what went wrong and what to do.

It keeps its room while there is nothing to say: what is said moves nothing else.
"""

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.keys import with_free_letter
from pupil_desk.ui.kit.talk.announce import alert, announce
from pupil_desk.ui.kit.talk.clipped import Clipped
from pupil_desk.ui.kit.talk.message import Act, Message
from pupil_desk.ui.kit.watch.descendants import worked_on_in
from pupil_desk.ui.kit.watch.presses import calm_in, once_calm
from pupil_desk.ui.kit.words import STRETCH, button, row_in, set_look, tip, without_sign
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours, look, sized

FADES_AFTER = 9_000  # ms; conventions of the house: 8 to 10 s
WIDEST = 900  # px of words at 100 %: on a wide screen an act still stands near what it is about
_ALL = 100  # of the room: what is left beside the message has a share of one
_SIGNS = {"success": "check-circle-fill", "problem": "warning-circle-fill", "note": "info-fill"}


class Banner(QFrame):
    """Says one message at a time. What has an act, and a problem or a note, stays until it is dismissed or the next message; a success loses its tint.

    A note or a problem is no act: what could be undone before it can be undone meanwhile by Ctrl+Z, and is said again once it is dismissed.

    A message belongs to the page on which it was said, to whom that page showed, and to the part in view: it goes with them, and comes back with them until the next act.
    ``said`` comes whenever it says something else, or nothing any more. ``left`` says that it had the focus when what it said went: the window gives the focus back to the page. ``whole_wanted`` carries a title and
    all the words of a message that has no room.
    """

    said = Signal()
    left = Signal()
    whole_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        set_role(self, "AlertMessage")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.message: Message | None = None
        self._page = ""
        self._subjects: dict[str, str] = {}  # whom each page shows, such as a pupil, by identity
        self._parts: dict[str, str] = {}  # and which part of that
        self._put_aside: dict[
            tuple[str, str, str], Message
        ] = {}  # what was last said on a page that is not in view, or of somebody who is not
        self._kind, self._words = QLabel(), Clipped()
        self._whole: QPushButton = button(_("Read all"), self._tell_whole, "link")
        self._button: QPushButton = button("", self._run_act)
        self._dismiss: QPushButton = button("", self.dismiss, "quiet", icon_name="x")
        self._dismiss.setAccessibleName(_("Dismiss this message"))
        self._dismiss.setToolTip(_("Dismiss (Esc)"))
        parts = (self._kind, self._words, self._whole, self._button, self._dismiss)
        self._row = row_in(self, tokens.M, *parts, STRETCH, left=tokens.M, right=tokens.S)
        self._at_rest: QWidget | None = None
        self._fade = QTimer(self, singleShot=True, interval=FADES_AFTER)
        self._fade.timeout.connect(self._lose_tint)
        self._just_said = QTimer(self, singleShot=True, interval=0)  # runs until the act under way has ended
        self._moved_on = QTimer(self, singleShot=True, interval=0)
        self._moved_on.timeout.connect(self._keep_letter)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus)
        self._show(None)
        if (dress := look()) is not None:
            dress.changed.connect(self._draw_sign)

    def show_at_rest(self, part: QWidget) -> None:
        """Have this stand here while nothing is said."""
        self._at_rest = part
        self._row.insertWidget(0, part, _ALL)
        part.setVisible(self.message is None)

    @property
    def words(self) -> str:
        """What it says now; empty when it says nothing."""
        return self.message.words if self.message is not None else ""

    @property
    def look(self) -> str:
        """«success», «problem», «note» or «said»; empty when it says nothing."""
        return self.message.kind if self.message is not None else ""

    def success(self, words: str, *, act: Act | None = None, undo: Act | None = None) -> None:
        """Say what was done, with a way to follow it, or to undo it: Ctrl+Z presses that too."""
        self._say(Message("success", words, undo or act, undoes=undo is not None))
        if act is None and undo is None:
            self._fade.start()
        announce(self, words)

    def note(self, words: str, *, act: Act | None = None, undo: Act | None = None) -> Message:
        """Say what should be looked at, and stops nothing. Gives what is said, to ``retract`` it."""
        over = self._undoable if undo is None else None
        self._say(message := Message("note", words, undo or act, undoes=undo is not None, over=over))
        announce(self, words)
        return message

    def problem(self, words: str | Known, *, act: Act | None = None) -> None:
        """Say what went wrong and what to do. Takes the focus, and is announced."""
        text = words.message if isinstance(words, Known) else words
        self._say(Message("problem", text, act, over=self._undoable))
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        alert(self)
        announce(self, text, urgent=True)

    def quietly(self, words: str, *, undo: Act | None = None) -> None:
        """Say without a tint what was done, such as «Saved 09:12», perhaps with a way to undo it; a problem stays before it."""
        if self.look != "problem":
            self._say(Message("said", words, undo, undoes=undo is not None))

    def dismiss(self) -> None:
        """Take it away: what it said is over. What it stood before comes back, and the page has the focus again."""
        over = self.message.over if self.message is not None else None
        if over is not None and self._has_focus():
            self.left.emit()
        self._show(over)

    def retract(self, message: Message) -> None:
        """What was said is no longer so, whether it is in view or put aside."""
        if self.message is message:
            self.dismiss()
        self._put_aside = {place: kept for place, kept in self._put_aside.items() if kept is not message}

    def end_former(self) -> None:
        """An act has come out well: what was said of the one before it is over. What is said of it itself, in whichever order, stays."""
        self._put_aside.clear()
        if not self._just_said.isActive():
            self._show(None)
        elif self.message is not None and self.message.over is not None:
            self.message = replace(self.message, over=None)

    def end_outcome(self) -> None:
        """What was asked is refused: how an act before it came out is no answer to it. What can still be undone stays, but no «Saved 09:12»."""
        if self.message is not None and (self.message.kind == "said" or (self.message.kind != "note" and self.message.act is None)):
            self.dismiss()

    def end_problem(self) -> None:
        """Another row, tab or view is in hand: what was refused before is not about it, unless the turning itself was refused."""
        if self.look == "problem" and not self._just_said.isActive():
            self.dismiss()

    def put_aside(self) -> None:
        """The page in view is left, or whom it shows: what was said there comes back with them."""
        if self.message is not None:
            self._put_aside[self._place] = self.message
            self._show(None)

    def turn_to(self, page: str) -> None:
        """Another page comes into view. What leaving the one before said, such as «Saved 09:12», stays."""
        self._page = page
        self._take_up()

    def speak_of(self, page: str, subject: str, part: str | None = None) -> None:
        """Whom a page shows from now on, by identity, nobody without; and which part of that, the same as before without."""
        now = (subject, self._parts.get(page, "") if part is None else part)
        if (self._subjects.get(page, ""), self._parts.get(page, "")) == now:
            return
        if page == self._page and not self._just_said.isActive():
            self.put_aside()
        self._subjects[page], self._parts[page] = now
        if page == self._page:
            self._take_up()

    @property
    def page(self) -> str:
        """The name of the page in view; empty before the first."""
        return self._page

    def subject_of(self, page: str) -> str:
        """Whom a page shows, by identity; empty for nobody."""
        return self._subjects.get(page, "")

    def offers_act(self, page: str) -> bool:
        """Whether something can be pressed in what is said now, or was said on a page that is not in view."""
        aside = (message for place, message in self._put_aside.items() if place[0] == page)
        return any(message is not None and (message.act or message.over) is not None for message in (self.message, *aside))

    @property
    def _undoable(self) -> Message | None:
        """What can be undone now: what is said, or what it stands before."""
        return self.message if self.message is None or self.message.undoes else self.message.over

    @property
    def _place(self) -> tuple[str, str, str]:
        return self._page, self._subjects.get(self._page, ""), self._parts.get(self._page, "")

    def _take_up(self) -> None:
        """Say what was said before of what comes into view, to nobody's surprise: it is not read out, and takes no focus."""
        message = self._put_aside.pop(self._place, None)
        if message is None or self.message is not None:
            return
        self._show(message)
        if message.kind == "success" and message.act is None:
            self._fade.start()

    def _say(self, message: Message) -> None:
        self._just_said.start()
        self._show(message)

    def _on_focus(self) -> None:
        if self.message is not None and self.message.act is not None:
            self._moved_on.start()

    def _keep_letter(self) -> None:
        """What came into view since it was said may have the letter of what can be pressed in it: then that has another.

        A dialog over the window has letters of its own, and the system's dialog of files is not to be looked into.
        """
        act = self.message.act if self.message is not None else None
        if act is not None and QApplication.activeModalWidget() is None:
            words = self._button.text()
            self._button.setText(with_free_letter(words if "&" in words else act[0], self.window(), but=self))

    def _lose_tint(self) -> None:
        self._show(Message("said", self.words))

    def _show(self, message: Message | None) -> None:
        had_focus = self._has_focus()
        self._fade.stop()
        self.message = message
        tinted = self.look in _SIGNS
        if had_focus and not tinted:
            self.left.emit()  # before what has the focus goes: Qt would put it on whatever is next
        set_look(self, f"banner-{self.look}" if tinted else "")
        self._draw_sign()
        self._words.setText(self.words)
        self._words.setToolTip(tip(self.words))
        self.setAccessibleName(message.named if message is not None else "")
        act = message.act if message is not None else None
        if act is not None:
            self._button.setText(with_free_letter(act[0], self.window(), but=self))
            self._button.setAccessibleName(without_sign(act[0]))
            self._button.setToolTip(keys.UNDO.shown if message is not None and message.undoes else "")
        self._kind.setVisible(tinted)
        self._words.setVisible(message is not None)
        if calm_in(self):
            for part in (self._whole, self._button, self._dismiss):
                part.hide()
        if self._at_rest is not None:
            self._at_rest.setVisible(message is None)
        once_calm(self, self._offer, place=self)
        self.said.emit()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tinted else Qt.FocusPolicy.NoFocus)

    def _has_focus(self) -> bool:
        worked_on = worked_on_in(self)
        return self.hasFocus() or (worked_on is not None and self.isAncestorOf(worked_on))

    def _offer(self) -> None:
        """Have in view what can be pressed: where one has just pressed *Undo*, nothing else comes under the pointer at once."""
        self._button.setVisible(self.message is not None and self.message.act is not None)
        self._dismiss.setVisible(self.look in _SIGNS)
        self._see_whether_cut()

    def stand_low(self, *, is_low: bool) -> None:
        """In a low window it has one line of words, in which its buttons stand as words."""
        self._words.lines = 1 if is_low else 2
        set_look(self._whole, "line" if is_low else "link")
        set_look(self._button, "line" if is_low else "")
        set_look(self._dismiss, "line" if is_low else "quiet")
        self._see_whether_cut()
        self.updateGeometry()

    @property
    def width_wanted(self) -> int:
        """The pixels in which all that it says stands in one line, or what stands here while it says nothing."""
        if self.message is None:
            return self._taken_width() + (self._at_rest.sizeHint().width() if self._at_rest is not None else 0)
        self._words.ensurePolished()
        return self._taken_width() + min(self._words.sizeHint().width(), sized(WIDEST)) + tokens.M

    def _draw_sign(self) -> None:
        if self.look in _SIGNS:
            scheme = colours()
            ink = {"success": scheme.good, "problem": scheme.bad, "note": scheme.check}[self.look]
            self._kind.setPixmap(icon(_SIGNS[self.look], ink).pixmap(QSize(sized(tokens.ICON), sized(tokens.ICON))))

    def _see_whether_cut(self) -> None:
        """*Read all* is there only where the words have no room without it."""
        self._words.setMaximumWidth(sized(WIDEST))
        self._whole.setVisible(
            not calm_in(self) and self.message is not None and self._words.is_cut_at(min(self.width() - self._taken_width(), sized(WIDEST)))
        )

    def _taken_width(self) -> int:
        """What stands beside the words, besides *Read all*."""
        beside = [part for part in (self._kind, self._button, self._dismiss) if not part.isHidden()]
        margins = self._row.contentsMargins()
        return margins.left() + margins.right() + sum(part.sizeHint().width() + tokens.M for part in beside)

    def _tell_whole(self) -> None:
        if self.message is not None:
            self.whole_wanted.emit(self.message.named.removesuffix(self.words).removesuffix(": ") or _("Message"), self.words)

    def undo(self) -> None:
        """Press what undoes, where that is offered, or a remark stands before it."""
        self._run(self._undoable)

    def _run_act(self) -> None:
        self._run(self.message)

    def _run(self, message: Message | None) -> None:
        if message is None:
            return
        self._show(None if message.undoes else message.over)
        if message.act is not None:
            message.act[1]()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for its lines of words and for a button, whether it says something or not."""
        self._button.ensurePolished()
        self._words.ensurePolished()
        tall = max(self._words.lines * self._words.fontMetrics().lineSpacing(), self._button.sizeHint().height())
        return QSize(sized(WIDEST), tall + 2 * tokens.HAIR)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(0, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._see_whether_cut()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc dismisses it. Enter, which one presses without looking, goes on to what can be pressed in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (offered := next((part for part in (self._button, self._whole) if not part.isHidden()), None)) is not None:
                offered.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
