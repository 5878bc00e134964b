"""Forms on paper: which go to whom, what came back, what it says, and what is missing."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.services.guard import Guard
from pupil_desk.services.paper_forms import aside, out, waiting
from pupil_desk.services.paper_forms.aside import SetAside
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.program import keys
from pupil_desk.services.register.sheets import waiting as waiting_registers
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import FAMILIES
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.papers.coded_forms import make_forms
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.words import fill, growing, made
from pupil_desk.ui.pages.forms.confirming import Confirming
from pupil_desk.ui.pages.forms.not_back import NotBack
from pupil_desk.ui.pages.forms.reading_in import ReadingIn, choose_filing
from pupil_desk.ui.pages.forms.registers import Registers
from pupil_desk.ui.pages.forms.saving import save_forms
from pupil_desk.ui.pages.forms.to_print import ToPrint
from pupil_desk.ui.style import tokens

_CONCERNING = frozenset(
    {"pupil", "contact", "choice", "consent", "enrolment", "paper_form", "scan", "import", "notice", "protection", "mark"}
)
_SCANS = "forms/scans"
_KINDS = ((_("Scans"), "*.pdf *.png *.jpg *.jpeg *.tif *.tiff"),)


class FormsPage(Page):
    """Tasks: print a class's forms; read the stack back and confirm it; see who is missing; print a form again for who has lost it."""

    name = "forms"
    title = _("Forms")
    icon = "qr-code"
    group = FAMILIES
    action = Action.READ_RECORD

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.heading = Heading(_("Forms"), self._commands(), desk=context.desk)
        self.to_print = ToPrint(context)
        self.to_print.selection_changed.connect(self._enable)
        self.to_print.opened.connect(self._open_pupil)
        self.tabs = Tabs(_("Parts of this page"))
        self.tabs.addTab(self.to_print, "")
        self.tabs.add_later("reading", lambda: self.reading, "")
        self.tabs.add_later("confirming", lambda: self.confirming, "")
        self.tabs.add_later("not_back", lambda: self.not_back, "")
        self.tabs.add_later("registers", lambda: self.registers, "")
        self.body = Body(self.tabs)
        self.column.setSpacing(tokens.S)
        fill(self.column, self.heading, growing(self.body))
        self.tabs.currentChanged.connect(lambda _place: self._tab_changed())
        self._count()

    @cached_property
    def reading(self) -> ReadingIn:
        """What is read in, and what was set aside."""
        reading = ReadingIn(self.context)
        reading.files_chosen.connect(self.read_in)
        reading.filing.connect(self._file_by_hand)
        return self.tabs.put("reading", reading)

    @cached_property
    def confirming(self) -> Confirming:
        """What is to be confirmed."""
        confirming = Confirming(self.context)
        confirming.opened.connect(self._open_pupil)
        return self.tabs.put("confirming", confirming)

    @cached_property
    def not_back(self) -> NotBack:
        """What is not back."""
        not_back = NotBack(self.context)
        not_back.reprint_requested.connect(self._print_again)
        not_back.opened.connect(self._open_pupil)
        return self.tabs.put("not_back", not_back)

    @cached_property
    def registers(self) -> Registers:
        """Registers that came back, to be confirmed."""
        registers = Registers(self.context)
        registers.edited.connect(self.edited)
        return self.tabs.put("registers", registers)

    @cached_property
    def paper(self) -> Paper:
        """The forms as they will be printed."""
        paper = Paper(self.context, _("The forms as they will be printed"))
        paper.closed.connect(self._close_paper)
        return self.body.put(paper)

    def _open_pupil(self, pupil_id: str) -> None:
        self.context.go("pupils", pupil_id)

    def _commands(self) -> tuple[Command, ...]:
        return (
            Command(
                "print",
                _("&Print forms…"),
                self.print_,
                Action.PRINT_FORM,
                "printer",
                primary=True,
                tip=_("For the pupils chosen (Ctrl+P)"),
            ),
            Command("pdf", _("Sa&ve as PDF…"), self.save_as, Action.PRINT_FORM, "file-pdf", tip=_("A file each, to send")),
            Command(
                "read", _("Read a scan &in…"), self.choose_scan, Action.READ_SCANS, "file-arrow-down", shortcut=keys.READ_SCAN.sequence
            ),
        )

    # what the window asks

    def on_show(self, object_id: str | None = None) -> None:
        """As it was left; or the forms for one pupil."""
        self._look()
        if object_id:
            self.tabs.setCurrentWidget(self.to_print)
            self.to_print.choose(self.to_print.form.key(), frozenset({object_id}))
        if QApplication.focusWidget() in (None, self):
            self._view.table.setFocus()

    def on_change(self, changed: Changed) -> None:
        """Something printed, read in, confirmed, or a pupil changed."""
        if changed.kinds & _CONCERNING and self.isVisible():
            self._look()

    def refresh(self) -> None:
        self._look()

    def search(self) -> None:
        """Into the find box, or the list."""
        if isinstance(self._view, ToPrint):
            self._view.search()
        else:
            self._view.table.setFocus()

    def panes(self) -> list[QWidget]:
        """Commands, tabs, list, and what is shown beside it."""
        if self._paper is not None:
            return [self.heading, self._paper]
        view, side = self._view, list[QWidget]()
        if isinstance(view, ReadingIn):
            side = [view.view]
        elif isinstance(view, Confirming):
            side = [view.area, view.view]
        elif isinstance(view, Registers):
            side = [view.area, view.marks, view.view]
        return [self.heading, self.tabs.tabBar(), view.table, *side]

    @property
    def dirty(self) -> bool:
        """Whether answers were chosen, of a form or a register, and not confirmed."""
        return any(view.dirty for view in self._deciding)

    @property
    def _deciding(self) -> list[Confirming | Registers]:
        """The parts in which something is chosen and then confirmed, as far as they are there."""
        return [getattr(self, name) for name in ("confirming", "registers") if made(self, name)]

    def save(self) -> bool:
        """Confirm the form or the page one is on."""
        for view in self._deciding:
            if view.dirty:
                view.confirm()
                view.to_what_is_left()
        return not self.dirty

    def discard(self) -> None:
        """Back to what the boxes propose."""
        for view in self._deciding:
            view.discard()

    def draft(self) -> dict[str, Any] | None:
        """What is chosen and not confirmed."""
        if not self.dirty:
            return None
        return {name: getattr(self, name).draft() for name in ("confirming", "registers") if made(self, name) and getattr(self, name).dirty}

    def take_draft(self, draft: dict[str, Any]) -> None:
        for name in draft.keys() & {"confirming", "registers"}:
            view = getattr(self, name)
            self.tabs.setCurrentWidget(view)
            view.take_draft(draft[name])

    # the parts

    @property
    def _view(self) -> ToPrint | ReadingIn | Confirming | NotBack | Registers:
        view = self.tabs.currentWidget()
        assert isinstance(view, ToPrint | ReadingIn | Confirming | NotBack | Registers)
        return view

    @property
    def _paper(self) -> Paper | None:
        """The paper that stands in place of the tabs, if one does."""
        now = self.body.currentWidget()
        return now if isinstance(now, Paper) else None

    def _look(self) -> None:
        self._view.refresh()
        self._count()
        self._enable()

    def _count(self) -> None:
        """How much waits behind each tab; one out of sight is asked anew, too."""
        for name in ("reading", "confirming", "not_back", "registers"):
            if made(self, name) and (view := getattr(self, name)) is not self._view:
                view.refresh()
        desk = self.context.desk
        titles = (
            _("&1 To print"),
            _("&2 Read in ({count})"),
            _("&3 To confirm ({count})"),
            _("&4 Not back ({count})"),
            _("&5 Registers ({count})"),
        )
        counts = (
            0,
            len(self.reading.table.rows if made(self, "reading") else aside.set_aside(desk)),
            len(self.confirming.table.rows if made(self, "confirming") else waiting.waiting(desk)),
            self.not_back.missing if made(self, "not_back") else len(out.missing(desk)),
            len(self.registers.table.rows if made(self, "registers") else waiting_registers.waiting(desk)),
        )
        for place, (title, count) in enumerate(zip(titles, counts, strict=True)):
            self.tabs.setTabText(place, title.format(count=count))

    def _tab_changed(self) -> None:
        self._view.refresh()
        self._enable()

    def _enable(self) -> None:
        choosing = self._view is self.to_print and self._paper is None
        has_selection = choosing and bool(self.to_print.table.selected())
        reason = _("Choose pupils first") if choosing else _("Turn to “To print”, and choose pupils")
        for key in ("print", "pdf"):
            self.heading.enable(key, has_selection, reason)

    # printing

    def print_(self) -> None:
        """The forms for the pupils chosen, to look at and to print."""
        if self._paper is not None:
            self._paper.print_()
            return
        if self._view is not self.to_print or not self.to_print.selected_pupils():
            return
        forms, variant = [(self.to_print.form.key(), self.to_print.selected_pupils())], Variant(self.to_print.variant.key())
        make_forms(self, self.context, forms, self._show_paper, variant=variant)

    def _show_paper(self, title: str, data: bytes, on_printed: Callable[[], object], guard: Guard) -> None:
        def close_printed() -> None:
            on_printed()
            self._close_paper()

        self.body.setCurrentWidget(self.paper)
        self._enable()
        self.paper.show_pdf(title, data, close_printed, guard=guard)

    def _close_paper(self) -> None:
        self.paper.clear()
        self.body.setCurrentWidget(self.tabs)
        self._look()
        self._view.table.setFocus()

    def save_as(self) -> None:
        """The forms as files of their own in a folder, to be sent; whole or not at all, and on file as printed."""
        save_forms(self, self.context, self.to_print.selected_pupils(), self.to_print.form.key(), Variant(self.to_print.variant.key()))

    def _print_again(self, name: str, pupil_ids: frozenset[str]) -> None:
        self.tabs.setCurrentWidget(self.to_print)
        self.to_print.choose(name, pupil_ids)
        self.print_()

    # reading in

    def choose_scan(self) -> None:
        """Ask for a scan, and read it in."""
        start = self.context.memory.get(_SCANS)
        path = self.context.ask.open_file(_("Which scan?"), _KINDS, Path(start) if isinstance(start, str) else None)
        if path is not None:
            self.context.memory.keep(_SCANS, str(path.parent))
            self.read_in([path])

    def read_in(self, paths: Sequence[Path]) -> None:
        """Read stacks in; the pages go to their forms, or are set aside."""
        desk = self.context.desk

        def work(job: Job) -> object:
            from pupil_desk.services.paper_forms import reading

            return reading.read_files(desk, paths, job.step)

        self._close_paper_quietly()
        self.context.jobs.run(self, work, self._read, title=_("Reading the scan"), after=self._look)

    def _read(self, came: object) -> None:
        from pupil_desk.services.paper_forms.reading import ScanResult

        assert isinstance(came, ScanResult)
        with self.context.making.of(self.tabs):
            self.reading.say(came)
        self.context.news.tell(came.changed)
        self._look()
        to_confirm = self.registers if came.sheets and not came.forms else self.confirming
        self.tabs.setCurrentWidget(self.reading if came.set_aside or came.unread or not came.filed else to_confirm)
        self._view.table.setFocus()
        words = _("{filed} of {pages} filed, {aside} set aside.")
        pages = count_of(came.pages, _("page"), _("pages"))
        self.context.banner.success(words.format(filed=came.filed, pages=pages, aside=came.set_aside))

    def _close_paper_quietly(self) -> None:
        if self._paper is not None:
            self._close_paper()

    def _file_by_hand(self, page: SetAside) -> None:
        filings = self.context.attempt(lambda: aside.filings(self.context.desk))
        filing = choose_filing(self.context, filings) if filings is not None else None
        if filing is not None:
            sentence = _("Filed. It waits to be confirmed.")
            self.context.keep(lambda: aside.file_by_hand(self.context.desk, page.id, filing.form.id, filing.page), sentence)
