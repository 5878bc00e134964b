"""The register on paper: a week or a half-term, or pages to be marked by hand; seen before it is printed."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.register.paper_marks import SheetSpan
from pupil_desk.services.guard import Guard, guard, on_roll_between
from pupil_desk.services.reconciling import report as comparison_report
from pupil_desk.services.reconciling.comparing import RegisterComparison
from pupil_desk.services.register import call_sheet, evacuation, kitchen, register_paper
from pupil_desk.services.register.call_sheet import CallSheet
from pupil_desk.services.register.evacuation import RollCall
from pupil_desk.services.register.kitchen import KitchenPaper
from pupil_desk.services.register.register_paper import RegisterPaper
from pupil_desk.services.register.sheets import printing as sheets
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.pages.register.period import week_of


class Printing(QObject):
    """Makes the paper and shows it in ``paper``; ``paper_shown`` says that it is there to be seen.

    A sheet of now has the marks that are saved: where ``is_dirty`` says that others are typed, that is said.
    """

    paper_shown = Signal()

    def __init__(self, context: Context, paper: Paper, is_dirty: Callable[[], bool]) -> None:
        super().__init__(paper)
        self._context, self.paper, self._is_dirty = context, paper, is_dirty

    def _say_unsaved(self) -> None:
        if self._is_dirty():
            self._context.banner.note(_("Marks that are typed and not saved are not on the sheet. Save them, and print it again."))

    def week(self, day: date, group_key: str) -> None:
        """The week of a day, of the group in view."""
        self._make(*week_of(day), group_key)

    def half_term(self, day: date, group_key: str) -> None:
        """The half-term of a day, of the group in view; a day in none is told."""
        term_days = self._context.attempt(lambda: register_paper.half_term(self._context.desk, day))
        if term_days is not None:
            self._make(*term_days, group_key)

    def evacuation(self) -> None:
        """The sheet of who is in now: shown, and sent to the printer at once."""
        self._say_unsaved()
        desk = self._context.desk

        def work(_job: Job) -> tuple[bytes, str, Guard, RollCall]:
            from pupil_desk.documents.pdf.page import build_pdf

            story, title, pupil_guard, roll_call = evacuation.paper(desk)
            return (
                build_pdf(
                    story, title=title, footer=roll_call.foot, base_size=evacuation.BASE, stamp=pupil_guard.stamp, box_unprintable=True
                ),
                title,
                pupil_guard,
                roll_call,
            )

        def show(result: tuple[bytes, str, Guard, RollCall]) -> None:
            data, title, pupil_guard, roll_call = result
            self.paper_shown.emit()
            self.paper.show_pdf(title, data, lambda: evacuation.log_print(desk, roll_call), guard=pupil_guard)
            self.paper.print_at_once()

        self._context.jobs.run(self, work, show, title=_("Making the evacuation sheet"))

    def calls(self, day: date, session: Session) -> None:
        """The call sheet of a session."""
        self._say_unsaved()
        desk = self._context.desk

        def work(_job: Job) -> tuple[bytes, CallSheet]:
            from pupil_desk.documents.pdf.page import build_pdf

            sheet = call_sheet.paper(desk, day, session)
            data = build_pdf(
                sheet.story,
                title=sheet.title,
                page_size=call_sheet.LYING,
                base_size=call_sheet.BASE,
                stamp=sheet.guard.stamp,
                box_unprintable=True,
            )
            return data, sheet

        def show(result: tuple[bytes, CallSheet]) -> None:
            data, sheet = result
            self.paper_shown.emit()
            self.paper.show_pdf(sheet.title, data, lambda: call_sheet.log_print(desk, sheet), guard=sheet.guard)

        self._context.jobs.run(self, work, show, title=_("Making the call sheet"))

    def kitchen(self) -> None:
        """The kitchen list of now."""
        self._say_unsaved()
        desk = self._context.desk

        def work(_job: Job) -> tuple[bytes, KitchenPaper]:
            from pupil_desk.documents.pdf.page import build_pdf

            made_list = kitchen.paper(desk)
            return build_pdf(made_list.story, title=made_list.title, stamp=made_list.guard.stamp, box_unprintable=True), made_list

        def show(result: tuple[bytes, KitchenPaper]) -> None:
            data, made_list = result
            self.paper_shown.emit()
            self.paper.show_pdf(made_list.title, data, lambda: kitchen.log_print(desk, made_list), guard=made_list.guard)

        self._context.jobs.run(self, work, show, title=_("Making the kitchen list"))

    def to_mark(self, span: SheetSpan, day: date, group_key: str) -> None:
        """The pages of a group for a day or its week, with boxes to mark by hand; on file once they are printed."""
        desk = self._context.desk

        def work(_job: Job) -> tuple[bytes, sheets.SheetBatch]:
            batch = sheets.make_sheets(desk, span, day, group_key)
            return batch.print_file(), batch

        def show(result: tuple[bytes, sheets.SheetBatch]) -> None:
            data, batch = result
            if batch.left_out:
                self._context.banner.note(batch.left_out)
            self.paper_shown.emit()
            self.paper.show_pdf(batch.title, data, lambda: self._context.news.tell(sheets.record_printed(desk, batch)), guard=batch.guard)

        self._context.jobs.run(self, work, show, title=_("Making the register"))

    def comparison(self, compared: RegisterComparison) -> None:
        """The report on the comparison with the school system's register."""
        desk, pupil_guard = self._context.desk, comparison_report.guard_of(self._context.desk, compared)

        def work(_job: Job) -> tuple[bytes, str]:
            from pupil_desk.documents.pdf.page import build_pdf

            story, title = comparison_report.paper(desk, compared)
            return build_pdf(
                story, title=title, footer=title, base_size=comparison_report.BASE, stamp=pupil_guard.stamp, box_unprintable=True
            ), title

        def show(result: tuple[bytes, str]) -> None:
            self.paper_shown.emit()
            self.paper.show_pdf(result[1], result[0], lambda: comparison_report.log_print(desk, compared), guard=pupil_guard)

        self._context.jobs.run(self, work, show, title=_("Making the report"))

    def _make(self, first: date, last: date, group_key: str) -> None:
        desk = self._context.desk

        def work(_job: Job) -> tuple[bytes, RegisterPaper, Guard]:
            from pupil_desk.documents.pdf.page import build_pdf

            made_paper = register_paper.paper(desk, first, last, group_key)
            pupil_ids = made_paper.pupil_ids if group_key else on_roll_between(desk, first, last)
            pupil_guard = guard(desk, pupil_ids, "register")
            data = build_pdf(
                made_paper.story,
                title=made_paper.title,
                footer=made_paper.title,
                page_size=register_paper.LYING,
                base_size=register_paper.BASE,
                stamp=pupil_guard.stamp,
                box_unprintable=True,
            )
            return data, made_paper, pupil_guard

        def show(result: tuple[bytes, RegisterPaper, Guard]) -> None:
            data, made_paper, pupil_guard = result
            self.paper_shown.emit()
            days = _("{first} to {last}").format(first=show_date(first), last=show_date(last))
            title = _("Register, {days}").format(days=", ".join(filter(None, (made_paper.group, days))))
            self.paper.show_pdf(title, data, lambda: register_paper.log_print(desk, first, last, made_paper.group), guard=pupil_guard)

        self._context.jobs.run(self, work, show, title=_("Making the register"))
