"""The pupils chosen as a workbook to be changed and read in again: what is to be known of it, and where to save it."""

from collections.abc import Sequence

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.many.workbook import PupilWorkbook, save_workbook
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.words import STRETCH, button, fill, flow_of, label
from pupil_desk.ui.pages.pupils.many.frame import ActView

_NAME = "pupils-to-change.xlsx"
_WORDS = _(
    "Each pupil has a row with all that an import of pupils can change, and a number by which the row is found again. Change cells in Excel, save, and read the file in under Import: it shows each difference before anything is kept. Who is protected is not in it. The file is not locked: keep it in the office, and delete it afterwards."
)


class WorkbookView(ActView):
    """Says what the workbook is, and saves it where one is asked."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._ids: Sequence[str] = ()
        self.title = label("", "subhead")
        self.save_button = button(_("&Save the workbook…"), self.save_it, "primary", icon_name="floppy-disk")
        self.back_button = button(_("&Back to the list (Esc)"), self.closed.emit, icon_name="arrow-left")
        fill(self.column, self.title, label(_WORDS, "muted"), flow_of(self.save_button, self.back_button), STRETCH)

    def begin(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self.title.setText(_("A workbook of {pupils}").format(pupils=count_of(len(ids), _("pupil"), _("pupils"))))
        self.save_button.setFocus()

    def end(self) -> None:
        self._ids = ()

    def save_it(self) -> None:
        """Ask where, make it, and write it whole."""
        path = self.context.ask.save_file(_("Where to save the workbook"), _NAME, ((_("Excel workbook"), "*.xlsx"),))
        if path is None:
            return
        ids, desk = self._ids, self.context.desk
        self.context.jobs.run(self, lambda _job: save_workbook(desk, ids, path), self._saved, title=_("Making the workbook"))

    def _saved(self, workbook: PupilWorkbook) -> None:
        words = _("Saved: {pupils}. It is not locked.").format(pupils=count_of(workbook.pupils, _("pupil"), _("pupils")))
        if workbook.left_out:
            left_out = count_of(workbook.left_out, _("protected pupil is"), _("protected pupils are"))
            words = _("{saved} {left_out} not in it.").format(saved=words, left_out=left_out)
        self.context.banner.success(words)
