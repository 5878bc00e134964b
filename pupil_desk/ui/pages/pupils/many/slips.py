"""Data-check slips of several pupils on the screen: all of them as they will be printed, and who gets none."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker

from pupil_desk.basics.words import _, count_of, some_of
from pupil_desk.services.disclosures import statements
from pupil_desk.services.disclosures.statements import Statement
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.many import slips
from pupil_desk.services.many.slips import Slips
from pupil_desk.services.office_sheet import with_office_sheet
from pupil_desk.services.paper_forms import printing
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.papers.coded_forms import none_for
from pupil_desk.ui.kit.words import fill, label, show_words, without_sign
from pupil_desk.ui.pages.pupils.many.frame import LeftOutNote, PaperView
from pupil_desk.ui.style import tokens


class SlipsView(PaperView):
    """What we hold, for the family to put right. A withheld address is printed only after a second look."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Data-check slips"), "slips")
        self.withheld = TickBox("")
        self._kept_from: list[str] = []  # whose address is withheld, by name
        self.with_statements = TickBox(_("With &who was told in the last twelve months"))
        self.not_told = label("", "check")
        self.left_out = LeftOutNote()
        self.in_english = label("", "muted")
        words = _(
            "A slip for each household, and for a pupil of 16 or more the pupil’s own. It shows what we hold, to be put right and sent back."
        )
        fill(
            self.options, label(words, "hint"), tokens.S, self.with_statements, self.withheld, self.left_out, self.in_english, self.not_told
        )
        self.in_english.hide()
        self.not_told.hide()
        self.options.addStretch(1)
        self.withheld.hide()
        self.with_statements.toggled.connect(lambda _checked: self.make())
        self.withheld.toggled.connect(self._withheld_toggled)

    def begin(self, ids: Sequence[str]) -> None:
        self.ids, self._kept_from = ids, []
        self._untick()
        self.make()

    def make(self) -> None:
        if not self.ids:
            return
        desk, ids, withheld, with_statements = self.context.desk, self.ids, self.withheld.isChecked(), self.with_statements.isChecked()

        guarded = guard(desk, ids, "data-check slips", for_family=True)

        def work(job: Job) -> tuple[Slips, list[Statement], bytes]:
            from pupil_desk.documents.pdf.page import build_print_file

            pupil_slips = slips.slips(desk, ids, withheld=withheld, progress=job.step)
            ids_told = list(dict.fromkeys(paper.pupil.id for paper in pupil_slips.papers)) if with_statements else []
            pupil_statements, left_out = statements.statements(desk, ids_told, statements.last_year(desk), progress=job.step)
            lacking = tuple(
                replace(left, reason=_("has the slip without the statement: {why}").format(why=left.reason)) for left in left_out
            )
            pupil_slips = replace(pupil_slips, left_out=(*pupil_slips.left_out, *lacking))
            statement_by_pupil = {statement.pupil.id: statement for statement in pupil_statements}
            papers = []
            for paper in pupil_slips.papers:
                pupil_id = paper.pupil.id
                papers += [(pupil_id, document) for document in printing.documents_of(paper.form, guarded.stamp_for(pupil_id))]
                papers += [(pupil_id, statements.document(statement_by_pupil[pupil_id]))] if pupil_id in statement_by_pupil else []
            data = build_print_file(with_office_sheet(papers, guarded), title=_("Data-check slips")) if papers else b""
            return pupil_slips, pupil_statements, data

        self.run(work, lambda result: self._show(result, guarded))

    def _show(self, result: tuple[Slips, list[Statement], bytes], guard: Guard) -> None:
        pupil_slips, pupil_statements, data = result
        show_words(self.not_told, statements.not_told(pupil_statements))
        self.left_out.say(pupil_slips.left_out)
        reason = _("the address must be kept from someone")
        self._kept_from = (
            list(dict.fromkeys(left.pupil.full_name for left in pupil_slips.left_out if left.reason == reason)) or self._kept_from
        )
        count = pupil_slips.kept_back or sum(left.reason == reason for left in pupil_slips.left_out)
        self.withheld.setText(_("Make {slips} with a &withheld address too").format(slips=count_of(count, _("slip"), _("slips"))))
        self.withheld.setAccessibleName(without_sign(self.withheld.text()))
        self.withheld.setVisible(bool(count))
        words = count_of(len(pupil_slips.papers), _("data-check slip"), _("data-check slips"))
        if translated := sum(bool(paper.form.form.leaf) for paper in pupil_slips.papers):
            words = _("{slips}, {count} with a page in another language").format(slips=words, count=translated)
        in_english = pupil_slips.in_english
        show_words(self.in_english, _("In English alone: {who}.").format(who=none_for(in_english)) if in_english else "")
        pupil_ids = {paper.pupil.id for paper in pupil_slips.papers}
        self.show_or_none(words, data, lambda: self._record_printed(pupil_slips, pupil_statements), guard=guard.only(pupil_ids))

    def _record_printed(self, pupil_slips: Slips, pupil_statements: list[Statement]) -> None:
        slips.keep_printed(self.context.desk, pupil_slips.papers)
        statements.log_print(self.context.desk, pupil_statements)

    def _withheld_toggled(self, checked: bool) -> None:
        text = _(
            "These slips carry an address that must be kept from someone: {names}. Put them into their envelopes yourself, and post them at once."
        )
        if checked and not self.context.ask.confirm(
            _("Print a withheld address?"), text.format(names=some_of(self._kept_from)), _("Make these slips")
        ):
            self._untick()
            return
        self.make()

    def _untick(self) -> None:
        with QSignalBlocker(self.withheld):
            self.withheld.setChecked(False)
