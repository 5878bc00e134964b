"""Making one export: who would receive what, what its rules find in the records, the choices, and the file."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.exports import offers, previewing, run_export
from pupil_desk.services.exports.export import Problem
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import LONGEST_HOLDER
from pupil_desk.services.exports.offers import ExportOffer
from pupil_desk.services.exports.previewing import Preview, PreviewLine
from pupil_desk.services.receipts import noted
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.context import Place as Field
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.jobs import Job, Stopped
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import bring_into_view, scrolled, scrolled_words
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import button, column_in, fill, flow_of, growing, label, set_look, show_words
from pupil_desk.ui.kit.words import line as one_line
from pupil_desk.ui.pages.exports.choices import ExportChoices
from pupil_desk.ui.pages.exports.result import secrets_of
from pupil_desk.ui.pages.exports.words import line_words, preview_columns
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_ASKED = 5  # things that ask, named in the question
_SHOWN = 50  # lines; the others move up as these are put right
_TALL = 2  # lines in view at once


class ExportProblems(QFrame):
    """Headed «There is a problem» where something keeps a pupil out of the file, else «Please check». Hidden while there is nothing to say."""

    def __init__(self, open_field: Callable[[Problem], None]) -> None:
        super().__init__()
        self._open_field = open_field
        self._problems: list[Problem] = []  # in view
        self.heading = label("", "label")
        self.rest_label = label("", "hint")
        self.lines: list[LinkLine] = []
        self._list = QWidget()
        self._column = column_in(self._list, 0)
        self._area = scrolled(self._list)
        column_in(self, tokens.XS, self.heading, self._area, self.rest_label, left=tokens.M, top=tokens.S, right=tokens.S, bottom=tokens.S)
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Those that stop a pupil come first. No problems hides it. The same as are in view stay as they are: nothing comes under the pointer."""
        if list(problems) == self._problems:
            return
        self._problems = list(problems)
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [self._line(problem) for problem in problems[:_SHOWN]]
        fill(self._column, *self.lines)
        if self.lines:
            tab_after(self.lines[0], self.lines[1:])
        stop_count = sum(problem.stops for problem in problems)
        set_look(self, "summary" if stop_count else "summary-check")
        self.heading.setText(_heading(stop_count, len(problems) - stop_count))
        self.setAccessibleName(self.heading.text())
        remaining = len(problems) - len(self.lines)
        self.rest_label.setText(_("and {count} more, which come up here as these are put right").format(count=f"{remaining:,}"))
        self.rest_label.setVisible(remaining > 0)
        self._area.setFixedHeight(min(len(problems), _TALL) * sized(tokens.TARGET + tokens.S) + tokens.XS)
        self.setVisible(bool(problems))

    def _line(self, problem: Problem) -> LinkLine:
        words = _("{pupil}: {words}").format(pupil=problem.pupil.full_name, words=problem.words)
        return LinkLine(words, lambda: self._open_field(problem), "bad" if problem.stops else "check")


def _heading(stops: int, warns: int) -> str:
    """«There is a problem: 2 keep a pupil out of the file. 3 to check. Each line opens the field.»"""
    sentences = []
    if stops:
        sentences.append(
            _("There is a problem: {count} a pupil out of the file.").format(count=count_of(stops, _("line keeps"), _("lines keep")))
        )
    if warns:
        sentences.append(_("Please check {count}.").format(count=count_of(warns, _("thing"), _("things"))))
    return " ".join([*sentences, _("Each line opens the field.")])


def check_holder(name: str) -> str:
    """What is wrong with the name of who will hold it; «» for nothing."""
    if not name.strip():
        return _("Enter the name of the organisation that takes it. It stands in the receipt and in the log of what was told.")
    return "" if len(name) <= LONGEST_HOLDER else _("Use at most {most} characters.").format(most=LONGEST_HOLDER)


_SPARE = {"by": 860, "reason": 520}  # widths at 100 % from which there is room for them: the words beneath, and the paper, say them too
_LINES = 4  # of the words beneath the table that are in view


class ExportMaking(QWidget):
    """``export_made`` carries the ExportMade, ``back`` leads to the list of exports, ``print_wanted`` carries the Preview that is wanted on paper,
    ``opened`` the id of the pupil whose every recipient is wanted.
    """

    export_made = Signal(object)
    back = Signal()
    print_wanted = Signal(object)
    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._looking: Job | None = None
        self._is_drawn = False  # whether the preview in view is of the choices as they are
        self.offer: ExportOffer | None = None
        self.preview: Preview | None = None
        self._seen: tuple[Preview, str] | None = None  # what was found last
        self.counts = label("", "label")
        empty = EmptyState("users", _("Nobody is in it today"), _("Nobody whom this export covers is due."))
        self.table: Table[PreviewLine] = Table(
            preview_columns(context.desk), name=_("Who would receive what"), empty=empty, memory=context.memory, memory_key="exports"
        )
        self.table.always_give_way(_SPARE)
        self.items = label("", "muted")
        self.problems = ExportProblems(self._open_field)
        self.choices = ExportChoices(context)
        self.make_button = button(_("&Make the export"), self.make, "primary", icon_name="export")
        self.role_hint, self.file_hint = label("", "hint"), one_line("", "hint")
        self._lay_out()
        self.table.current_changed.connect(self._on_row_changed)
        self.table.opened.connect(lambda line: self.opened.emit(line.pupil.id))
        self.choices.preview_asked.connect(self.look)
        self.choices.export_wanted.connect(self.make)
        self.choices.file.summary_changed.connect(self.file_hint.setText)

    def _lay_out(self) -> None:
        self.back_button = button(_("All exports (Esc)"), self.back.emit, icon_name="arrow-left")
        self.print_button = button(_("Prin&t this list"), self.print_, icon_name="printer")
        top = flow_of(self.back_button, self.print_button, spacing=tokens.M)
        left = QWidget()  # with the buttons, so that all of the height beside it is for what is chosen
        column = column_in(left, tokens.S, top, self.counts, self.role_hint, self.problems, self.table, self._beneath())
        column.setStretchFactor(self.table, 1)
        self.table.setMinimumHeight(tokens.HUGE * 2)
        right = self._right = QWidget()
        self._area = scrolled(self.choices)
        self._area.setMinimumHeight(tokens.HUGE * 3)
        self.choices.put_protected_at_foot()
        column_in(right, tokens.S, growing(self._area), flow_of(self.make_button, self.file_hint, spacing=tokens.M))
        panes = Panes(left, right, shares=(5, 4), memory=self._context.memory, key="exports")
        column_in(self, None, growing(panes), top=tokens.M)

    def _beneath(self) -> QWidget:
        """The words on the line one is on; what goes may be much, and then scrolls."""
        self._words = scrolled_words(self.items)
        line = self.items.fontMetrics().lineSpacing()
        self._words.setMinimumHeight(2 * line + tokens.S)
        self._words.setMaximumHeight(_LINES * line + tokens.S)
        return self._words

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)

    @property
    def title_and_basis(self) -> tuple[str, str]:
        """The title of the export, and for whom it is and by what law."""
        assert self.offer is not None
        export = self.offer.export
        return export.title, _("For: {recipient}. {law}.").format(recipient=export.recipient, law=export.law.removesuffix("."))

    def begin(self, offer: ExportOffer) -> None:
        self.offer, self.preview = offer, None
        export = offer.export
        self.make_button.setEnabled(offer.allowed)
        self.file_hint.setVisible(offer.allowed)
        refusal = "" if offer.allowed else _("{who}: you can look, and print the list.").format(who=only(export.action))
        show_words(self.role_hint, refusal)
        self.make_button.setToolTip(refusal)
        self.table.show_rows([])  # of another export one stood on somebody else
        self.choices.begin(offer)
        self._right.setVisible(self.choices.asks)
        self._area.verticalScrollBar().setValue(0)
        self.choices.place.look()
        self.look()

    def focus_first(self) -> None:
        """Where the work begins: the reason, where it can be made."""
        (self.choices.reason if self.make_button.isEnabled() else self.table).setFocus()
        bring_into_view(self.choices.reason)

    def look(self) -> None:
        """Ask anew who would receive what."""
        order = self.choices.to_ask()
        if self.offer is None or order is None:
            return
        if self._looking is not None:
            self._looking.stop()
        self._is_drawn = False
        desk, name = self._context.desk, self.offer.id

        def work(job: Job) -> tuple[Preview, str]:
            job.step(0, 0, _("Looking who may be told what"))
            preview = previewing.preview(desk, name, order)
            return preview, offers.beside_home(desk, preview)

        self._looking = self._context.jobs.run(self, work, self._show_preview, title=_("Preview"))

    def _show_preview(self, seen: tuple[Preview, str]) -> None:
        """Show it once a press on what it moves is over: no line of a problem, and no choice, comes under the pointer."""
        self._seen = seen
        once_calm(self, self._draw, place=self.choices if self.preview is None else self)

    def _draw(self) -> None:
        """Show what was found."""
        if self._seen is None or self.offer is None or self._seen[0].export.name != self.offer.id:
            return
        preview, beside_home = self._seen
        self.preview, self._is_drawn = preview, True
        self.counts.setText(" ".join(filter(None, (preview.sentence, beside_home))))
        self.table.show_rows(preview.lines)
        self.problems.show_problems(preview.problems)
        self.choices.show_preview(preview)
        self.print_button.setEnabled(bool(preview.lines))

    def _on_row_changed(self, line: PreviewLine | None) -> None:
        self.items.setText(line_words(line) if line is not None else "")
        self._words.setVisible(line is not None)

    def _open_field(self, problem: Problem) -> None:
        place = previewing.field_of(self._context.desk, problem)
        where = Field(problem.pupil.id, place.part, place.kind, place.record_id, place.item)
        self._context.go(place.page, str(where) if place.page == "pupils" else problem.pupil.id)

    def print_(self) -> None:
        """The list as a paper, seen first."""
        if self.preview is not None and self.preview.lines:
            self.print_wanted.emit(self.preview)

    def make(self) -> None:
        """Make the file, after asking who will hold it where the export asks that, and once more about a plain one."""
        offer, order = self.offer, self.choices.order()
        if offer is None or not offer.allowed or order is None or not self._context.clock_is_right():
            return
        if offer.export.question is not None:
            holder = self._holder(offer.export.question(self._context.desk))
            if holder is None:
                return
            order = replace(order, holder=holder)
        if order.plain and not self.choices.file.training and not self._sure():
            return
        is_seen = self.preview is not None and self._is_drawn  # nobody agrees to words that are not in view yet
        if is_seen and self.preview is not None and not self.preview.pupils and not self._is_nobody_wanted():
            return
        asking = [problem for problem in self.preview.problems if problem.asks] if self.preview is not None and is_seen else []
        if asking and not self._is_agreed(asking):
            return
        order = replace(order, as_it_stands=bool(asking))
        desk, folder = self._context.desk, self.choices.place.folder
        assert folder is not None

        def work(job: Job) -> ExportMade | None:
            try:
                return run_export(desk, offer.id, folder, order, progress=job.step)
            except Stopped:
                return None

        self.make_button.setEnabled(False)
        self._context.jobs.run(
            self,
            work,
            lambda export_made: self._on_finished(offer, export_made),
            title=_("Export"),
            after=lambda: self.make_button.setEnabled(True),
            untold=self._keep_unseen,
        )

    def _keep_unseen(self, export_made: ExportMade | None) -> None:
        """The window goes before the password was shown: it is kept with those that were."""
        if export_made is not None:
            self._context.not_kept.extend(secrets_of(export_made))

    def _on_finished(self, offer: ExportOffer, export_made: ExportMade | None) -> None:
        if export_made is not None:
            self.offer = offer  # which may have been left for the list, or for another, meanwhile
            noted.note(self._context.desk)
            self.export_made.emit(export_made)
        else:
            self._context.banner.note(_("Stopped. Nothing was made, and nothing is left in the folder."))

    def _holder(self, text: str) -> str | None:
        """The name of who will hold it; None where it is not to be made."""
        assert self.offer is not None
        title = _("{export}: who will hold it?").format(export=self.offer.export.title)
        return self._context.ask.text(
            title, text, _("The organisation that takes it, by name"), verb=_("Make the export"), check=check_holder
        )

    def _is_agreed(self, asking: Sequence[Problem]) -> bool:
        """Whether what the file says is to go as it stands."""
        words = " ".join(_("{pupil}: {words}").format(pupil=problem.pupil.full_name, words=problem.words) for problem in asking[:_ASKED])
        if len(asking) > _ASKED:
            words += " " + _("And {number} more, listed above the pupils.").format(number=len(asking) - _ASKED)
        title = _("Make the file as it stands?")
        return self._context.ask.confirm(title, words, _("Make it as it stands"), stay=_("Look at them first"))

    def _is_nobody_wanted(self) -> bool:
        assert self.offer is not None
        text = _("{export}: the file, its receipt and the log would say that nothing was due.")
        words = text.format(export=self.offer.export.title)
        return self._context.ask.confirm(_("Nobody is in it. Make it all the same?"), words, _("Make it"))

    def _sure(self) -> bool:
        assert self.offer is not None
        pupils = count_of(self.preview.pupils if self.preview is not None else 0, _("pupil"), _("pupils"))
        text = _(
            "{export}. A plain file tells of {pupils} to anyone who finds the stick. Choose a locked one unless the receiver "
            "cannot open it, and then hand the stick over yourself. The log says that it was plain. "
            "To make it all the same, type plain."
        )
        if self.offer.export.upload:
            text = _(
                "{export}. Its receiver’s upload takes only a plain file, and this one tells of {pupils} to anyone who finds the stick. Keep the "
                "stick with you, and delete the file once it is uploaded. The log says that it was plain. To make it, type plain."
            )
        return self._context.ask.confirm_typed(
            _("Make a plain file?"), text.format(export=self.offer.export.title, pupils=pupils), _("plain"), _("Make a plain file")
        )
