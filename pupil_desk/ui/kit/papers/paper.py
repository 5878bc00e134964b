"""A document on the page before it goes to the printer, or is saved as PDF: always seen first, and a file only where the person says so.

Both take a paper from the screen, and are one to the log. Where it tells of somebody protected, the person is asked once more, and that
they went on is logged (``services.guard``).

The one question before a paper about somebody protected leaves the screen.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from pupil_desk.basics.errors import Known
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.documents.reading.page_pictures import PageFacts
from pupil_desk.services.guard import NOBODY, Guard, confirmed
from pupil_desk.ui.kit.context import LOOKING_ONLY, Context
from pupil_desk.ui.kit.papers.pages_apart import PagesApart
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.papers.printing import NoPrinter, print_pdf
from pupil_desk.ui.kit.talk.ask import Ask
from pupil_desk.ui.kit.words import button, column_in, flow_of, growing, line
from pupil_desk.ui.style import tokens

_FOLDER = "papers/folder"


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
    """Shows a document with Print, Save as PDF and Close. ``closed`` comes on Close and Esc; ``send`` is what prints, for tests to replace.

    ``is_ready`` says, and tells the person, whether what is shown is whole: before it is printed or saved. ``further`` are what else
    can be done with it.
    """

    closed = Signal()

    def __init__(self, context: Context, name: str, parent: QWidget | None = None, *, further: Sequence[QPushButton] = ()) -> None:
        super().__init__(parent)
        self._context = context
        self._on_printed: Callable[[], object] = _no_action
        self.guard = NOBODY
        self.is_ready: Callable[[], bool] = lambda: True
        self.send: Callable[..., bool] = print_pdf
        self.title = line("", "subhead")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.title.setSizePolicy(policy)
        self.view = PdfView(name)
        self.print_button = button(_("&Print…"), self.print_, "primary", icon_name="printer")
        self.save_button = button(_("Sa&ve as PDF…"), self.save_as_pdf, icon_name="file-pdf")
        self.close_button = button(_("Close (Esc)"), self.closed.emit)
        buttons = (self.print_button, self.save_button, *further, self.close_button)
        column_in(self, tokens.S, flow_of(self.title, *buttons), growing(self.view))

    def show_pdf(
        self,
        title: str,
        data: bytes,
        on_printed: Callable[[], object] | None = None,
        *,
        guard: Guard,
        saves: bool = True,
        facts: Sequence[PageFacts] | None = None,
    ) -> None:
        """Show a document. ``on_printed`` is called once it was printed or saved, to log it; ``guard`` says who in it is protected.

        ``saves`` is off for what has a way of its own to be saved. ``facts`` are those of the pages of one from outside.
        """
        self.title.setText(title)
        self._on_printed, self.guard = on_printed or _no_action, guard
        self.view.show_pdf(data, PagesApart(data, facts, self._context.jobs) if facts is not None else None)
        self.save_button.setVisible(saves)
        if self._context.desk.vault.read_only:
            for out in (self.print_button, self.save_button):
                out.setEnabled(False)
                out.setToolTip(LOOKING_ONLY)
            self.close_button.setFocus()
        else:
            self.print_button.setFocus()

    def clear(self) -> None:
        """Show nothing, and keep nothing in memory."""
        self.view.clear()
        self.guard = NOBODY

    def print_(self) -> None:
        """Print what is shown, asked once more where somebody is protected; what the printer refuses goes to the banner."""
        if (
            self.view.data
            and self._context.lets_out()
            and self.is_ready()
            and ask_if_protected(self._context.ask, self.guard, _("Print it"))
        ):
            self.print_at_once()

    def print_at_once(self) -> None:
        """Print what is shown without a question: a fire alarm waits for none. Who is protected in it is logged all the same."""
        if not self.view.data or not self._context.lets_out():
            return
        try:
            apart = {"pages": self.view.pages_apart} if self.view.pages_apart else {}
            if self.send(self.view.data, self, memory=self._context.memory, **apart):
                self._gone(_("Sent to the printer."))
        except NoPrinter as error:
            words = _("{problem} Or save the paper as PDF, to print it elsewhere.") if self.save_button.isVisible() else "{problem}"
            self._context.banner.problem(Known(words.format(problem=error.message)))
        except Known as error:
            self._context.banner.problem(error)

    def save_as_pdf(self) -> None:
        """Save what is shown where the person chooses, asked once more where somebody is protected."""
        context = self._context
        if not self.view.data or not context.lets_out() or not self.is_ready():
            return
        if not ask_if_protected(context.ask, self.guard, _("Save it")):
            return
        start = context.memory.get(_FOLDER)
        path = context.ask.save_file(
            _("Where to save the paper"), self.file_name, ((_("PDF"), "*.pdf"),), Path(start) if isinstance(start, str) else None
        )
        if path is None or not self.view.data:  # the window was locked while the system's dialog stood over it
            return
        context.memory.keep(_FOLDER, str(path.parent))
        target = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        try:
            write_whole(target, self.view.data, replace=target == path)  # the dialog has asked whether that one may be replaced
            tells_of_somebody = bool(self.guard.paper_name)  # a quick card and the like may lie about
            words = (
                _("Saved as {name}. It is not locked: delete it once it is no longer needed.")
                if tells_of_somebody
                else _("Saved as {name}.")
            )
            self._gone(words.format(name=target.name))
        except Known as error:
            context.banner.problem(error)

    def _gone(self, message: str) -> None:
        """It has left the screen: log it, and say so."""
        confirmed(self._context.desk, self.guard)
        self._on_printed()
        self._context.banner.success(message)

    @property
    def file_name(self) -> str:
        """What a file of it is called at first. It says what paper it is and of which day, and nothing of a pupil."""
        words = self.guard.paper_name or self.title.text()  # a guard without a name stands for a paper that tells of no pupil
        stem = re.sub(r"[^a-z0-9]+", "-", fold(words).replace("’", "")).strip("-")
        return f"{stem}-{self._context.desk.today.isoformat()}.pdf"

    def event(self, event: QEvent) -> bool:
        """Esc is the paper's while it is looked at, and not of the record or page that it stands in."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _no_action() -> None:
    """For a document of which nothing is logged here."""
