"""Statements for families of who was told what, of one pupil or of several: two sides each, of the days that are chosen."""

from collections.abc import Sequence

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.disclosures import statements
from pupil_desk.services.disclosures.statements import Statement
from pupil_desk.services.disclosures.told import Days
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.households import LeftOut
from pupil_desk.services.office_sheet import with_office_sheet
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.words import STRETCH, fill, label, passing_label, show_words
from pupil_desk.ui.pages.pupils.many.frame import LeftOutNote, PaperView
from pupil_desk.ui.style import tokens


class StatementsView(PaperView):
    """The days on the left, the statements on the right. What they leave out is said here, and never on the paper."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Statements of who was told"), "statements")
        today = context.desk.today
        self.since, self.until = DateBox(today=today, name=_("From")), DateBox(today=today, name=_("To"))
        words = _(
            "For the family: who was told what, when and by which law, and how to object. It is made from the log of disclosures, and what was struck out is not in it."
        )
        fill(self.options, label(words, "hint"), tokens.S)
        self.add_field(_("F&rom"), self.since)
        self.add_field(_("&To"), self.until)
        self.problem, self.left_out, self.not_made = passing_label("problem"), label("", "check"), LeftOutNote()
        for part in (self.problem, self.left_out):
            self.options.addWidget(part)
            part.hide()
        fill(self.options, self.not_made, STRETCH)
        for box in (self.since, self.until):
            box.edited.connect(self.make_soon)

    def begin(self, ids: Sequence[str]) -> None:
        self.ids = ids
        days = statements.last_year(self.context.desk)
        self.since.set_day(days.since)
        self.until.set_day(days.until)
        self.make()

    def _days(self) -> Days | None:
        since, until = self.since.day(), self.until.day()
        wrong = ""
        if since is None or until is None:
            wrong = _("Enter both days, such as 27/3/2026.")
        elif until < since:
            wrong = _("The period ends before it begins. Correct one of the two days.")
        elif since > self.context.desk.today:
            wrong = _("The period begins on a day to come. Nothing has been told in it yet.")
        show_words(self.problem, wrong)
        return None if wrong or since is None or until is None else Days(since, until)

    def make(self) -> None:
        days = self._days()
        if not self.ids or days is None:
            return
        desk, ids = self.context.desk, self.ids
        guarded = guard(desk, ids, "statements", for_family=True)

        def work(job: Job) -> tuple[list[Statement], list[LeftOut], bytes]:
            from pupil_desk.documents.pdf.page import build_print_file

            pupil_statements, left_out = statements.statements(desk, ids, days, progress=job.step)
            papers = [(statement.pupil.id, statements.document(statement)) for statement in pupil_statements]
            data = build_print_file(with_office_sheet(papers, guarded), title=statements.TITLE) if papers else b""
            return pupil_statements, left_out, data

        self.run(work, lambda result: self._show(result, guarded))

    def _show(self, result: tuple[list[Statement], list[LeftOut], bytes], guard: Guard) -> None:
        pupil_statements, left_out, data = result
        self.not_made.say(left_out)
        words = count_of(len(pupil_statements), _("statement"), _("statements"))
        show_words(self.left_out, statements.not_told(pupil_statements))
        self.show_or_none(
            words,
            data,
            lambda: statements.log_print(self.context.desk, pupil_statements),
            guard=guard.only({statement.pupil.id for statement in pupil_statements}),
        )
