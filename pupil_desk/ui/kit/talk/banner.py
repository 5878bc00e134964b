"""The one place above the content where the program says what it did, or what went wrong and what to do."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.ui.kit.talk.announce import alert, announce
from pupil_desk.ui.kit.words import button, growing, label, row_in, set_look
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.colours import Colours
from pupil_desk.ui.style.icons import icon
from pupil_desk.ui.style.look import colours, look, sized

FADES_AFTER = 9_000  # ms; conventions of the house: 8 to 10 s, and the words stay in the status bar


class Banner(QFrame):
    """Success fades; a problem or a note stays until it is dismissed. ``message_shown`` repeats the words for the status bar.

    ``faded`` says that a success went by itself, ``dismissed`` that what was said is over, such as when the next act has begun; ``left``
    that it had the focus when it went: the window gives the focus back to the page.
    """

    message_shown = Signal(str)
    faded = Signal()
    dismissed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._kind, self._sign = QLabel(), ""
        self._words = label("")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act: Callable[[], object] | None = None
        self._button = button("", self._run_act)
        self._dismiss: QPushButton = button("", self.dismiss, "quiet", icon_name="x")
        self._dismiss.setAccessibleName(_("Dismiss this message"))
        self._dismiss.setToolTip(_("Dismiss (Esc)"))
        row_in(
            self,
            tokens.M,
            self._kind,
            growing(self._words),
            self._button,
            self._dismiss,
            left=tokens.M,
            top=tokens.S,
            right=tokens.S,
            bottom=tokens.S,
        )
        self._fade = QTimer(self, singleShot=True, interval=FADES_AFTER)
        self._fade.timeout.connect(lambda: self._go_away(self.faded))
        self.hide()
        if (dress := look()) is not None:
            dress.changed.connect(self._draw)

    @property
    def words(self) -> str:
        """What it says now; empty when it says nothing."""
        return self._words.text() if not self.isHidden() else ""

    @property
    def look(self) -> str:
        """«success», «problem» or «note»."""
        return str(self.property("look") or "").removeprefix("banner-")

    @property
    def offers_act(self) -> bool:
        """Whether there is something in it to press, such as an Undo."""
        return not self.isHidden() and not self._button.isHidden()

    @property
    def is_only_said(self) -> bool:
        """A problem or a note with nothing to press: it would stay until it is dismissed."""
        return self.look != "success" and self._button.isHidden()

    def success(self, words: str, *, act: tuple[str, Callable[[], object]] | None = None) -> None:
        """Say what was done, with a way to undo or follow it: ``act`` is the button's words and what it does."""
        self._say("success", _("Done"), words, "check-circle-fill", act)
        self._fade.start()
        announce(self, words)

    def note(self, words: str, *, act: tuple[str, Callable[[], object]] | None = None) -> None:
        """Say what should be looked at, and stops nothing."""
        self._say("note", _("Note"), words, "info-fill", act)
        announce(self, words)

    def problem(self, words: str | Known, *, act: tuple[str, Callable[[], object]] | None = None) -> None:
        """Say what went wrong and what to do. Takes the focus, and is announced."""
        text = words.message if isinstance(words, Known) else words
        self._say("problem", _("There is a problem"), text, "warning-circle-fill", act)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        alert(self)
        announce(self, text, urgent=True)

    def quietly(self, words: str) -> None:
        """Say in the status bar only what was done, such as «Saved 09:12». What the banner said before is over, unless it is a problem."""
        if self.look != "problem":
            self.dismiss()
        self.message_shown.emit(words)

    def dismiss(self) -> None:
        """Take it away: what it said is over."""
        self._go_away(self.dismissed)

    def end_former(self, words: str) -> None:
        """An act has come out well: where the banner still says these words, of an act before it, they are over."""
        if words and self.words == words and self.is_only_said:
            self.dismiss()

    def _go_away(self, how: SignalInstance) -> None:
        had_focus = self.hasFocus() or self._button.hasFocus() or self._dismiss.hasFocus()
        self._fade.stop()
        self.hide()
        how.emit()
        if had_focus:
            self.left.emit()

    def _say(self, kind: str, kind_words: str, words: str, sign: str, act: tuple[str, Callable[[], object]] | None) -> None:
        self._fade.stop()
        set_look(self, f"banner-{kind}")
        self._sign = sign
        self._draw()
        self._kind.setAccessibleName(kind_words)
        self._words.setText(words)
        self.setAccessibleName(f"{kind_words}: {words}")
        self._button.setVisible(act is not None)
        if act is not None:
            self._button.setText(act[0])
            self._button.setAccessibleName(act[0].replace("&", ""))
            self._act = act[1]
        self.show()
        self.message_shown.emit(words)

    def _draw(self) -> None:
        if self._sign:
            ink = _tone(colours(), self.look)
            self._kind.setPixmap(icon(self._sign, ink).pixmap(QSize(sized(tokens.ICON), sized(tokens.ICON))))

    def _run_act(self) -> None:
        self.dismiss()
        if self._act is not None:
            self._act()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.dismiss()
            return
        super().keyPressEvent(event)


def _tone(scheme: Colours, kind: str) -> str:
    return {"success": scheme.good, "problem": scheme.bad, "note": scheme.check}[kind]
