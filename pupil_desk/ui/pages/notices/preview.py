"""The paper beside the list: the chosen notices as they will be printed, in which language and layout, and what goes with them."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.papers.coded_forms import none_for
from pupil_desk.ui.kit.papers.pdfview import PdfView
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import column_of, flow_of, growing, label, labelled
from pupil_desk.ui.pages.notices.giving import KindBox
from pupil_desk.ui.pages.notices.model import NoneRow
from pupil_desk.ui.pages.notices.papers import Enclosures, NoticeSheets, form_sheets, notice_sheets
from pupil_desk.ui.style import tokens


class NoticePreview(QStackedWidget):
    """``preview_wanted`` says that other papers are wanted of the same families; ``changed`` that ``sheets`` are others now, or none."""

    preview_wanted = Signal()
    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._job: Job | None = None
        self._token: object = None
        self._none_row: NoneRow | None = None
        self.sheets: NoticeSheets | None = None
        self.title_label = label("", "subhead")
        self.with_pupil_side = TickBox(_("With the pupil’s own side"))
        self.with_pupil_side.setChecked(True)
        self.with_slip = TickBox(_("With a slip to say that it ca&me"))
        self.with_slip.setChecked(True)
        self.with_form = TickBox(_("&With its reply form"))
        self.kind = KindBox(context.desk)
        self.view = PdfView(_("The notice as it will be printed"))
        self.no_notice = EmptyState("prohibit", "", act=(_("&Open the pupil"), self._open_pupil))
        self._build()
        for tick in self._ticks:
            tick.toggled.connect(lambda _checked: self.preview_wanted.emit())
        self.kind.currentIndexChanged.connect(lambda _place: self.preview_wanted.emit())

    def _build(self) -> None:
        paper = column_of(
            self.title_label, flow_of(labelled(_("&Language and layout"), self.kind), *self._ticks, spacing=tokens.M), growing(self.view)
        )
        self.addWidget(paper)
        self.addWidget(self.no_notice)

    @property
    def besides(self) -> Enclosures:
        """What goes with each notice; what lies beside the whole notice needs no slip of its own, and no other side beside it."""
        version = self.kind.version
        with_side, with_slips = (tick.isChecked() and version.is_whole for tick in (self.with_pupil_side, self.with_slip))
        return Enclosures(version, pupil_side=with_side, with_slips=with_slips, with_forms=self.with_form.isChecked())

    @property
    def _ticks(self) -> tuple[TickBox, ...]:
        return self.with_pupil_side, self.with_slip, self.with_form

    def show_letters(self, letters: list[Letter], none_row: NoneRow | None) -> None:
        """Show these at once, or why there is none; what was being made for an earlier choice is dropped. ``none_row`` is the
        pupil chosen who gets none."""
        self._stop()
        self._token, self._none_row = None, none_row
        self._set_sheets(None)
        if not letters:
            self._show_nothing()
            return
        self.setCurrentIndex(0)
        self._offer_enclosures(offered=True)
        desk, besides = self._context.desk, self.besides
        for tick in (self.with_pupil_side, self.with_slip):
            tick.setEnabled(besides.version.is_whole)
        self.title_label.setText(_(". ").join(filter(None, (_words_of(letters), self.kind.wish_words(letters)))))
        self._make(lambda job: notice_sheets(desk, letters, besides=besides, progress=job.step), _("Notices"))

    def show_forms(self) -> None:
        """Show the reply forms of all who have not been asked."""
        self._stop()
        self._offer_enclosures(offered=False)
        desk = self._context.desk
        self._make(lambda job: form_sheets(desk, job.step), _("Reply forms"))

    def _offer_enclosures(self, *, offered: bool) -> None:
        """At once and not with the paper, which comes when one may have gone on to its buttons: they would be put elsewhere under the pointer."""
        for tick in self._ticks:
            tick.setVisible(offered)

    def _show_nothing(self) -> None:
        """Why there is no paper to see."""
        self.view.clear()
        row = self._none_row
        self.no_notice.button.setVisible(row is not None)
        if row is not None:
            title = _("{pupil}: {who}").format(pupil=row.pupil.full_name, who=row.person)
            self.no_notice.say(title, _("{reason}.").format(reason=capital(row.reason)))
        else:
            self.no_notice.say(_("No notice is chosen"))
        self.setCurrentIndex(1)

    def _open_pupil(self) -> None:
        if self._none_row is not None:
            self._context.go("pupils", self._none_row.pupil.id)

    def _set_sheets(self, sheets: NoticeSheets | None) -> None:
        self.sheets = sheets
        self.changed.emit()

    def _make(self, work: Callable[[Job], NoticeSheets], title: str) -> None:
        token = self._token = object()  # what comes late, for an earlier choice, is not shown

        def finish(sheets: NoticeSheets) -> None:
            if self._token is token:
                self._show_sheets(sheets)

        self._job = self._context.jobs.run(self, work, finish, title=title, after=self._made_nothing)

    def _made_nothing(self) -> None:
        """What cannot be printed, or was stopped, leaves no earlier letter in view."""
        if self.sheets is None and not self._context.jobs.busy:
            self.view.clear()

    def _show_sheets(self, sheets: NoticeSheets) -> None:
        if not sheets.letters:
            pupil_count = count_of(len({form.form.pupil.id for form in sheets.forms}), _("pupil"), _("pupils"))
            self.title_label.setText(_("Reply forms for {pupils} not asked yet").format(pupils=pupil_count))
        self.setCurrentIndex(0)
        self.view.show_pdf(sheets.data)
        if sheets.left_out:
            self._context.banner.note(_("Left out: {who}. All the others are here.").format(who=none_for(sheets.left_out)))
        self._set_sheets(sheets)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None


def _words_of(letters: list[Letter]) -> str:
    if len(letters) == 1:
        letter = letters[0]
        return _("{pupil}: to {addressee}").format(pupil=letter.pupil.full_name, addressee=letter.addressee)
    pupil_count = len({letter.pupil.id for letter in letters})
    return _("{notices} for {pupils}").format(
        notices=count_of(len(letters), _("notice"), _("notices")), pupils=count_of(pupil_count, _("pupil"), _("pupils"))
    )
