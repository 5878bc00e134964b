"""What came back: one form with its boxes and its page, to be confirmed with Enter; or several that are clear, looked at together."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.papers.paper_form import BoxReading
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import aside, undoing, waiting
from pupil_desk.services.paper_forms.undoing import KeptForms
from pupil_desk.services.paper_forms.waiting import ConfirmedForm, WaitingForm
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.scroll import bring_into_view, scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import button, card, column_in, column_of, flow_of, growing, label
from pupil_desk.ui.pages.forms.questions import Questions
from pupil_desk.ui.pages.forms.reading_in import paper_of
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

AT_ONCE = 10
"""Forms that are confirmed together at most: what a person can look at on one page."""
_CUT, _STRIP = 44, 420  # widths at 100 % of what is cut out: a box, and where a form is signed
_LEAST_LIST, _LEAST_FORM = 110, 150  # heights at 100 %
_WITH_FORM, _WITH_DAY = 520, 640  # widths at 100 % of the list from which there is room for them


class Confirming(QWidget):
    """``opened`` carries a pupil to go to."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.questions: Questions | None = None
        self._left: dict[str, dict[str, Any]] = {}  # what was chosen of a form that another line was turned to from, by its identity
        self._several: list[WaitingForm] = []
        self.empty = EmptyState("check-circle", _("Nothing waits to be confirmed"), _("Read a scan in, and its forms come here."))
        self.table: Table[WaitingForm] = Table(
            _columns(context.desk),
            name=_("Forms that came back"),
            several=True,
            empty=self.empty,
            memory=context.memory,
            memory_key="forms-waiting",
        )
        self.form_label = label("", "subhead")
        self.content = QWidget()
        self.inside_column = column_in(self.content)
        self.area = scrolled(self.content)
        self.confirm_button = button(_("&Confirm (Enter)"), self.confirm, "primary", icon_name="check-circle")
        self.aside_button = button(_("&Set aside"), self.put_aside, icon_name="prohibit")
        self.view = PdfView(_("The page as it was scanned"))
        self._build()
        self.table.selectionModel().selectionChanged.connect(lambda *_args: self._selection_changed())
        self.table.opened.connect(lambda _row: self.confirm())
        self.table.always_give_way({"form": _WITH_FORM, "read": _WITH_DAY})

    def _build(self) -> None:
        left = column_of(growing(self.table), self.form_label, growing(self.area, 3), flow_of(self.confirm_button, self.aside_button))
        self.table.setMinimumHeight(sized(_LEAST_LIST))
        self.area.setMinimumHeight(sized(_LEAST_FORM))
        self.panes_ = Panes(left, self.view, shares=(1, 1), memory=self._context.memory, key="forms-waiting")
        column_in(self, None, growing(self.panes_), top=tokens.M)

    def refresh(self) -> None:
        """Ask what waits; stay on the form one is on, else on the next."""
        place = self.table.currentIndex().row()
        current = self.table.current()
        rows = waiting.waiting(self._context.desk)
        self.table.show_rows(rows)
        self._left = {row.id: self._left[row.id] for row in rows if row.id in self._left}
        if rows and current is not None and all(row.id != current.id for row in rows):
            self.table.selectRow(min(max(place, 0), len(rows) - 1))
        self._selection_changed()

    @property
    def dirty(self) -> bool:
        """Whether the person has chosen something, of whichever form, that is not confirmed yet."""
        return bool(self._chosen())

    def discard(self) -> None:
        """Back to what the boxes propose."""
        self.questions = None
        self._left.clear()
        self.refresh()

    def draft(self) -> dict[str, Any]:
        """What is chosen, by form, and which form one is on."""
        return {"on": self.questions.waiting_form.id if self.questions is not None else "", "chosen": self._chosen()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        self.questions, self._left = None, dict(draft["chosen"])
        self.table.select(draft["on"])
        self.refresh()

    def to_what_is_left(self) -> None:
        """Go to a form of which something is chosen and not confirmed."""
        if self._left:
            self.table.select(next(iter(self._left)))

    def _chosen(self) -> dict[str, dict[str, Any]]:
        """What is chosen of each form and not confirmed, the one that one is on among them."""
        if self.questions is None:
            return dict(self._left)
        now = self.questions.waiting_form.id
        left = {form_id: chosen for form_id, chosen in self._left.items() if form_id != now}
        return {**left, now: self.questions.draft()} if self.questions.dirty else left

    def _selection_changed(self) -> None:
        selected_ids = {row.id for row in self.table.selected()}
        rows = [row for row in self.table.rows if row.id in selected_ids]
        if len(rows) == 1 and self.questions is not None and self.questions.waiting_form == rows[0]:
            return
        self._left = self._chosen()  # for when one comes back to this form
        self._clear()
        if len(rows) == 1:
            self._show_one(rows[0])
        elif rows:
            self._show_several(rows)
        self.form_label.setVisible(bool(rows))
        self.area.setVisible(bool(rows))
        self.area.verticalScrollBar().setValue(0)  # each form from its first question: Enter confirms it
        self.confirm_button.setEnabled(bool(rows))
        self.aside_button.setEnabled(len(rows) == 1)

    def _clear(self) -> None:
        self.questions, self._several = None, []
        self.view.clear()
        while (item := self.inside_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _show_one(self, waiting_form: WaitingForm) -> None:
        desk = self._context.desk

        def read() -> tuple[dict[str, bytes], list[tuple[str | None, str]], list[bytes], dict[str, bytes]]:
            pictures = [waiting.picture(desk, scan_id) for scan_id in waiting_form.scan_ids]
            rows = waiting.row_pictures(desk, waiting_form.id) if waiting_form.parts else {}
            return waiting.cuttings(desk, waiting_form.id), waiting.givers(desk, waiting_form), pictures, rows

        parts = self._context.attempt(lambda: self._context.making.beside(read))
        if parts is None or [row.id for row in self.table.selected()] != [waiting_form.id]:  # or another is chosen since
            return
        cuttings, givers, pictures, row_pictures = parts
        self.form_label.setText(_("{pupil}: {form}").format(pupil=waiting_form.pupil.full_name, form=waiting_form.form.title))
        self.questions = Questions(waiting_form, cuttings, givers, desk.today, row_pictures)
        self.questions.entered.connect(self.confirm)
        if waiting_form.id in self._left:
            self.questions.take_draft(self._left[waiting_form.id])
        self.inside_column.addWidget(self.questions)
        self.confirm_button.setText(_("&Confirm (Enter)"))
        if any(pictures):
            self.view.show_pdf(paper_of(*filter(None, pictures)))

    def _show_several(self, rows: Sequence[WaitingForm]) -> None:
        """Every box that is ticked, with what it means, and where the form is signed: each form is seen, or it is not confirmed."""
        desk, sure = self._context.desk, [row for row in rows if row.sure][:AT_ONCE]
        parts_by_id = self._context.attempt(lambda: {row.id: waiting.signature_part(desk, row.id) for row in sure}) or {}
        clear = [row for row in sure if parts_by_id.get(row.id)]
        left = len(rows) - len(clear)
        words = _("{count} look clear. Look at each before you confirm them.").format(count=count_of(len(clear), _("form"), _("forms")))
        if left:
            words += " " + _("{count} left: those not clear, or more than {most}.").format(count=left, most=AT_ONCE)
        self.form_label.setText(words)
        for row in clear:
            self.inside_column.addWidget(self._card(row, parts_by_id[row.id]))
        self.inside_column.addStretch(1)
        self._several = clear
        self.confirm_button.setText(_("&Confirm {count} (Enter)").format(count=len(clear)))

    def _card(self, waiting_form: WaitingForm, signature_part: bytes) -> QWidget:
        cuttings = self._context.attempt(lambda: waiting.cuttings(self._context.desk, waiting_form.id)) or {}
        frame = card()
        column = QVBoxLayout(frame)
        column.setSpacing(tokens.XS)
        column.addWidget(label(_("{pupil}: {form}").format(pupil=waiting_form.pupil.surname_first, form=waiting_form.form.title), "label"))
        for question in waiting_form.questions:
            answer = waiting_form.proposals[question.key].answer
            words = next((option.words for option in question.answers if option.key == answer), _("not ticked"))
            row = QHBoxLayout()
            row.setSpacing(tokens.S)
            for option in question.answers:
                row.addWidget(_picture(cuttings.get(f"{question.key}/{option.key}", b""), option.words))
            row.addWidget(label(_("{question}: {answer}").format(question=question.words, answer=words)), 1)
            column.addLayout(row)
        words = _(
            "Who signed it, and when. If nobody did, or on a day long before it was read, leave its line out, and confirm it by itself."
        )
        column.addWidget(label(words, "hint"))
        column.addWidget(_strip(signature_part))
        return frame

    def confirm(self) -> None:
        """Keep what is chosen of the form one is on, or of those looked at together; what is not clear yet takes the focus."""
        if self._several:
            self._confirm_several()
            return
        if self.questions is None:
            return
        confirmed = self.questions.read()
        if confirmed is None:
            self._ask_for_what_is_open(self.questions)
            return
        if not self.questions.corrections_readable:
            return
        self._keep([confirmed], self.questions.waiting_form.pupil.full_name)

    def _confirm_several(self) -> None:
        confirmed = [_as_proposed(waiting_form, self._context.desk.today) for waiting_form in self._several]
        self._keep(confirmed, count_of(len(confirmed), _("form"), _("forms")))

    def _keep(self, confirmed: Sequence[ConfirmedForm], words: str) -> None:
        """Keep it, and offer to undo that."""
        context = self._context
        kept_forms = context.attempt(lambda: context.making.beside(lambda: waiting.confirm(context.desk, *confirmed)))
        if kept_forms is not None:
            context.news.tell(kept_forms.changed)
            context.banner.success(_("Confirmed: {what}.").format(what=words), undo=(_("&Undo"), lambda: self._undo(kept_forms)))
        self.refresh()  # a refusal too may tell that something is otherwise on file by now
        if kept_forms is not None or len(confirmed) > 1:
            self.table.setFocus()

    def _undo(self, kept_forms: KeptForms) -> None:
        words = _("Undone. {forms} again.").format(forms=count_of(len(kept_forms.papers), _("form waits"), _("forms wait")))
        if self._context.keep(lambda: undoing.undo(self._context.desk, kept_forms), words):
            self.refresh()
            self.table.setFocus()

    def _ask_for_what_is_open(self, questions: Questions) -> None:
        box = questions.first_open()
        if box is not None:
            self._context.banner.problem(_("Choose what is ticked: {question}.").format(question=box.question.words))
            box.take_focus()
            bring_into_view(box)
            return
        field = questions.giver if questions.giver_open else questions.day
        words = (
            _("Choose who signed the form.")
            if questions.giver_open
            else _("Enter the day on which the form was signed, such as 27 3 2007.")
        )
        self._context.banner.problem(words)
        field.setFocus()
        bring_into_view(field)

    def put_aside(self) -> None:
        """The page is not what it was taken for."""
        waiting_form = self.table.current()
        if waiting_form is not None:
            self._context.keep(
                lambda: aside.put_aside(self._context.desk, waiting_form.scan_ids), _("Set aside. It stands on the tab “Read in”.")
            )


def _as_proposed(waiting_form: WaitingForm, today: date) -> ConfirmedForm:
    """A clear form as its boxes have it: there is one who can have signed it, and the day is that of reading."""
    answers = {key: proposal.answer for key, proposal in waiting_form.proposals.items() if proposal.answer}
    return ConfirmedForm(
        waiting_form.id, answers, waiting_form.addressees[0][0] if waiting_form.addressees else None, min(waiting_form.read_on, today)
    )


def _picture(data: bytes, words: str) -> QLabel:
    picture_label, picture = QLabel(), QPixmap()
    picture.loadFromData(data)
    side = QSize(sized(_CUT), sized(_CUT))
    picture_label.setPixmap(picture.scaled(side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))
    picture_label.setFixedSize(side)
    picture_label.setAccessibleName(_("Box as scanned: {words}").format(words=words))
    return picture_label


def _strip(data: bytes) -> QLabel:
    strip_label, picture = QLabel(), QPixmap()
    picture.loadFromData(data)
    strip_label.setPixmap(picture.scaledToWidth(sized(_STRIP), Qt.TransformationMode.SmoothTransformation))
    strip_label.setAccessibleName(_("Where it is signed, as scanned"))
    return strip_label


def _columns(desk: Desk) -> tuple[Column[WaitingForm], ...]:
    return (
        badged(desk, Column("name", _("Pupil"), lambda row: row.pupil.surname_first, stretch=True, width=18), lambda row: row.pupil.id),
        Column(
            "says",
            _("What it says"),
            _says,
            width=16,
            longest=_("A page is missing"),
            icon=lambda row: "check-circle" if row.sure else "question",
        ),
        Column("form", _("Form"), lambda row: row.form.title, width=22),
        Column("read", _("Read in on"), lambda row: short_date(row.read_on), width=12),
    )


def _says(row: WaitingForm) -> str:
    if row.missing_pages:
        return _("A page is missing")
    if any(proposal.read is BoxReading.ASK for proposal in row.proposals.values()):
        return _("Not clear")
    if not all(row.clear(question) for question in row.questions) or all(
        proposal.read is BoxReading.EMPTY for proposal in row.proposals.values()
    ):
        return _("Nothing ticked")
    if row.since_printed:
        return _("Changed since")
    return _("Clear") if row.sure else _("Who signed?")
