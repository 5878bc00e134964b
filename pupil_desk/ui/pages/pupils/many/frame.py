"""The frame of a paper about several pupils: on the left what can be chosen about it, on the right the paper itself.

The protocol of a view that does something with several pupils at once.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _
from pupil_desk.services.guard import Guard
from pupil_desk.services.households import LeftOut
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.page import HELP_HEADING
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import column_in, label, name_label, set_look, without_sign
from pupil_desk.ui.style import tokens


class ActView(QWidget):
    """Takes the place of list and record until ``closed``, which goes back to the ticked pupils. ``self.column`` is its layout."""

    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setProperty(HELP_HEADING, _("Several pupils at once"))
        self.column = column_in(self, tokens.M)

    def begin(self, ids: Sequence[str]) -> None:
        """Start on these pupils, at least one, in the order in which they were ticked."""
        raise NotImplementedError

    def turn_to(self, wanted: str) -> None:
        """Show what was wanted of it by name, after ``begin``, where there is a choice: such as a letter."""

    def print_(self) -> None:
        """Ctrl+P, where there is something to print."""

    def end(self) -> None:
        """It is left: keep nothing in memory."""

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return False

    @property
    def has_draft(self) -> bool:
        """Whether something is typed that would be lost with it, though nothing asks to be saved: what a paper asks for."""
        return self.dirty

    def save(self) -> bool:
        """Ctrl+S: keep what is typed; False when it could not be, and the view has said why."""
        return True

    def discard(self) -> None:
        """Put back what was."""

    def draft(self) -> dict[str, Any]:
        """What is typed and not kept, as JSON would hold it; asked only of a view that ``has_draft``."""
        return {}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave, after ``begin``."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and not self.dirty:
            self.closed.emit()
            return
        super().keyPressEvent(event)


_PAUSE = 400  # ms without a key before the paper is made anew


class PaperView(ActView):
    """Makes its paper anew with each choice; what comes late, for an earlier choice, is dropped. ``self.options`` is the left column."""

    def __init__(self, context: Context, name: str, key: str) -> None:
        super().__init__(context)
        self.ids: Sequence[str] = ()
        self._ids_before: Sequence[str] = ()
        self._name = name
        self._job: Job | None = None
        self._latest_run: object = None
        left = QWidget()
        self.options = column_in(left, tokens.XS)
        self.paper = Paper(context, name)
        self.paper.closed.connect(self.closed)
        self.panes_ = Panes(scrolled(left), self.paper, shares=(36, 64), memory=context.memory, key=f"many-{key}")
        self.column.addWidget(self.panes_, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.make)

    def is_for_others(self, ids: Sequence[str]) -> bool:
        """Whether a paper begins that is for others than the one before: else what was typed for that is there still."""
        return tuple(ids) != tuple(self._ids_before)

    def make(self) -> None:
        """Make the paper as it is asked for now: each kind says how."""
        raise NotImplementedError

    def make_soon(self) -> None:
        """Make it once the person stops typing."""
        self._pause.start()

    def run[T](self, work: Callable[[Job], T], then: Callable[[T], object]) -> None:
        """Do the work away from the screen; ``then`` only if nothing else has been asked for meanwhile."""
        self._stop()
        token = self._latest_run = object()

        def pass_on(result: T) -> None:
            if self._latest_run is token:
                then(result)

        self._job = self.context.jobs.run(self, work, pass_on, title=self._name)

    def show_or_none(self, words: str, data: bytes, on_printed: Callable[[], object], *, guard: Guard) -> None:
        """Show what was made; where nothing could be, show no earlier paper either. The focus stays where the person works."""
        if not data:
            self.paper.clear()
            self.paper.title.setText(_("Nothing to print"))
        else:
            now = QApplication.focusWidget()
            working = now is not None and self.isAncestorOf(now) and not self.paper.isAncestorOf(now)
            self.paper.show_pdf(words, data, on_printed, guard=guard)
            if working and now is not None:
                now.setFocus()
        for out in (self.paper.print_button, self.paper.save_button):
            out.setEnabled(bool(data) and not self.context.desk.vault.read_only)

    def print_(self) -> None:
        self.paper.print_()

    def end(self) -> None:
        self._stop()
        self._latest_run = None
        self._ids_before, self.ids = self.ids, ()
        self.paper.clear()

    def _stop(self) -> None:
        self._pause.stop()
        if self._job is not None:
            self._job.stop()
            self._job = None

    def add_field(self, words: str, widget: QWidget, hint: str = "") -> None:
        """One more choice, under its words."""
        above = name_label(words, widget)
        widget.setAccessibleName(without_sign(words))
        widget.setAccessibleDescription(hint)
        for part in (above, widget, label(hint, "hint") if hint else None):
            if part is not None:
                self.options.addWidget(part)
        self.options.addSpacing(tokens.S)


class LeftOutNote(QFrame):
    """Who gets none: a line for each reason, with the names; hidden while there is nobody."""

    def __init__(self) -> None:
        super().__init__()
        set_look(self, "banner-note")
        self.title, self.lines = label("", "label"), label("")
        column_in(self, tokens.XS, self.title, self.lines, left=tokens.M, top=tokens.S, right=tokens.M, bottom=tokens.S)
        self.hide()

    def say(self, left_out: Sequence[LeftOut]) -> None:
        """Name them."""
        self.title.setText(_("{count} not made").format(count=len(left_out)))
        names_by_reason: dict[str, list[str]] = {}
        for left in left_out:
            names_by_reason.setdefault(left.reason, []).append(_name(left))
        self.lines.setText(
            "\n".join(_("{why}: {names}.").format(why=capital(reason), names="; ".join(names)) for reason, names in names_by_reason.items())
        )
        self.setVisible(bool(left_out))


def _name(left: LeftOut) -> str:
    if left.name and left.name != left.pupil.legal_name:
        return _("{who} (for {pupil})").format(who=left.name, pupil=left.pupil.full_name)
    return left.pupil.full_name
