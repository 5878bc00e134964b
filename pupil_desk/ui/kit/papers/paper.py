"""A document on the page before it goes to the printer: always seen first, and never a file.

Where it tells of somebody protected, the person is asked once more, and that they went on is logged (``services.guard``).

The one question before a paper about somebody protected leaves the screen.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.services.guard import NOBODY, Guard, confirmed
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.papers.printing import print_pdf
from pupil_desk.ui.kit.talk.ask import Ask
from pupil_desk.ui.kit.words import button, column_in, growing, label, row_layout
from pupil_desk.ui.style import tokens


def ask_if_protected(ask: Ask, guard: Guard, verb: str) -> bool:
    """Whether the person means it, having seen who is protected and how; True at once where nobody is."""
    if not guard:
        return True
    title = (
        _("Something on this paper must be kept from someone")
        if len(guard.guarded) == 1
        else _("Something on these papers must be kept from someone")
    )
    return ask.confirm(title, guard.question, verb)


class Paper(QWidget):
    """Shows a document with Print and Close. ``closed`` comes on Close and Esc; ``send`` is what prints, for tests to replace."""

    closed = Signal()

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._on_printed: Callable[[], object] = _no_action
        self.guard = NOBODY
        self.send = print_pdf
        self.title = label("", "subhead")
        self.view = PdfView(name)
        self.print_button = button(_("&Print…"), self.print_, "primary", icon_name="printer")
        self.close_button = button(_("Close (Esc)"), self.closed.emit)
        column_in(self, tokens.S, row_layout(growing(self.title), self.print_button, self.close_button), growing(self.view))

    def show_pdf(self, title: str, data: bytes, on_printed: Callable[[], object] | None = None, *, guard: Guard) -> None:
        """Show a document. ``on_printed`` is called once it has gone to the printer, to log it; ``guard`` says who in it is protected."""
        self.title.setText(title)
        self._on_printed, self.guard = on_printed or _no_action, guard
        self.view.show_pdf(data)
        self.print_button.setFocus()

    def clear(self) -> None:
        """Show nothing, and keep nothing in memory."""
        self.view.clear()
        self.guard = NOBODY

    def print_(self) -> None:
        """Print what is shown, asked once more where somebody is protected; what the printer refuses goes to the banner."""
        if self.view.data and ask_if_protected(self._context.ask, self.guard, _("Print it")):
            self.print_at_once()

    def print_at_once(self) -> None:
        """Print what is shown without a question: a fire alarm waits for none. Who is protected in it is logged all the same."""
        if not self.view.data:
            return
        try:
            if self.send(self.view.data, self, memory=self._context.memory):
                confirmed(self._context.desk, self.guard)
                self._on_printed()
                self._context.banner.success(_("Sent to the printer."))
        except Known as error:
            self._context.banner.problem(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _no_action() -> None:
    """For a document of which nothing is logged here."""
