"""The pupils chosen as a workbook to be changed and read in again: what is to be known of it, and where to save it."""

from collections.abc import Sequence
from functools import partial

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.many.workbook import WORKBOOKS, PupilWorkbook, WorkbookKind, save_workbook
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.words import STRETCH, button, fill, flow_of, label, labelled
from pupil_desk.ui.pages.pupils.many.frame import ActView

_WORDS = _(
    "Each pupil, contact or plan has a row with all that an import can change, and a number by which the row is found again. Nothing is deleted because its row is taken out. Change cells in Excel, save, and read the file in under Import: it shows each difference before anything is kept. Who is protected is not in it. The file is not locked: keep it in the office, and delete it afterwards."
)


class WorkbookView(ActView):
    """Says what the workbook is, and saves it where one is asked."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._ids: Sequence[str] = ()
        self.title = label("", "subhead")
        self.kind = ChoiceBox()
        self.save_button = button(_("&Save the workbook…"), self.save_it, "primary", icon_name="floppy-disk")
        self.back_button = button(_("&Back to the list (Esc)"), self.closed.emit, icon_name="arrow-left")
        fill(
            self.column,
            self.title,
            label(_WORDS, "muted"),
            flow_of(labelled(_("What it hol&ds"), self.kind)),
            flow_of(self.save_button, self.back_button),
            STRETCH,
        )

    def begin(self, ids: Sequence[str]) -> None:
        self._ids = ids
        settings = self.context.desk.settings
        self.kind.offer([(kind.name, kind.label) for kind in WORKBOOKS if settings.uses(kind.switch)])
        self.title.setText(_("A workbook of {pupils}").format(pupils=count_of(len(ids), _("pupil"), _("pupils"))))
        self.save_button.setFocus()

    def end(self) -> None:
        self._ids = ()

    def save_it(self) -> None:
        """Ask where, make it, and write it whole."""
        kind = next(kind for kind in WORKBOOKS if kind.name == self.kind.key())
        path = self.context.ask.save_file(
            _("Where to save the workbook"), f"{kind.name}-to-change.xlsx", ((_("Excel workbook"), "*.xlsx"),)
        )
        if path is None:
            return
        ids, desk = self._ids, self.context.desk
        self.context.jobs.run(
            self, lambda _job: save_workbook(desk, ids, path, kind), partial(self._saved, kind), title=_("Making the workbook")
        )

    def _saved(self, kind: WorkbookKind, workbook: PupilWorkbook) -> None:
        of_pupils = count_of(workbook.pupils, _("pupil"), _("pupils"))
        if kind != WORKBOOKS[0]:
            of_pupils = _("{rows} of {pupils}").format(rows=count_of(workbook.rows, _("row"), _("rows")), pupils=of_pupils)
        words = _("Saved: {pupils}. It is not locked.").format(pupils=of_pupils)
        if workbook.left_out:
            left_out = count_of(workbook.left_out, _("protected pupil is"), _("protected pupils are"))
            words = _("{saved} {left_out} not in it.").format(saved=words, left_out=left_out)
        self.context.banner.success(words)
