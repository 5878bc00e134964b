"""The unit's own picture: attendance, suspensions, progress, destinations and the roll, by time and by group."""

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services import figures
from pupil_desk.services.figures import Figure, FigureQuestion, anonymous, anonymous_file, beside
from pupil_desk.services.guard import NOBODY
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import LEAVING
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import fill, growing
from pupil_desk.ui.pages.figures.choosing import FigureChooser
from pupil_desk.ui.pages.figures.shown import FigureView
from pupil_desk.ui.style import tokens

_GO_ON = _("Give it all the same")


class FiguresPage(Page):
    """Tasks: see how attendance goes this term; compare groups; print a figure for the committee without picking anybody out."""

    name = "figures"
    title = _("Figures")
    icon = "chart-bar"
    group = LEAVING
    action = Action.READ_RECORD

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._answer: tuple[FigureQuestion, Figure] | None = None
        self.heading = Heading(_("Figures"), self._commands(), desk=context.desk, has_line=True)
        self.choosing = FigureChooser(context.memory, figures.offered(context.desk))
        self.figure_view = FigureView()
        self.view = scrolled(self.figure_view)
        self.paper = Paper(context, _("The figure as it will be printed"))
        self.body = Body(self.view, self.paper)
        self.column.setSpacing(tokens.S)
        fill(self.column, self.heading, self.choosing, growing(self.body))
        self.choosing.figure_asked.connect(self._ask)
        self.choosing.redrawn.connect(self._show)
        self.paper.closed.connect(self._close_paper)

    def _commands(self) -> tuple[Command, ...]:
        read = Action.READ_RECORD
        return (
            Command(
                "others", _("Pr&int for others"), self.print_, read, "printer", primary=True, tip=_("With small numbers hidden (Ctrl+P)")
            ),
            Command(
                "statistics",
                _("&Anonymous statistics…"),
                self.save_statistics,
                Action.EXPORT,
                "table",
                tip=_("A workbook of the school year, for the committee, a council or a researcher"),
                lets_out=True,
            ),
            Command(
                "unit", _("Print for the &unit only"), self.print_for_unit, read, "lock-key", tip=_("In whole numbers, not to be passed on")
            ),
        )

    def on_show(self, object_id: str | None = None) -> None:
        self._close_paper()
        self._ask()
        self.choosing.filters.begin_at(self.choosing.kind)

    def on_change(self, changed: Changed) -> None:
        """What is in view is counted anew."""
        if self.isVisible():
            self._ask()

    def refresh(self) -> None:
        self._ask()

    def search(self) -> None:
        """To the first of the boxes."""
        self.choosing.filters.go_to(self.choosing.kind)

    def panes(self) -> list[QWidget]:
        """Commands and boxes, the chart, the table; or the paper."""
        if self.body.currentWidget() is self.paper:
            return [self.heading, self.paper]
        return [self.heading, self.choosing, self.figure_view.chart, self.figure_view.table]

    def _ask(self) -> None:
        """Count in the background what is asked for; an answer that comes after another question is dropped."""
        desk = self.context.desk
        periods = self.context.attempt(lambda: figures.periods(desk))
        if periods is None:
            return
        self.choosing.show_periods(periods)
        question = self.choosing.question
        if question is None:
            return

        def show(answer: tuple[Figure, list[tuple[str, str]]]) -> None:
            if question == self.choosing.question:
                self._answer = question, answer[0]
                self.choosing.show_groups(answer[1])
                self._show()

        def work(_job: Job) -> tuple[Figure, list[tuple[str, str]]]:
            return figures.look(desk, question), figures.narrower(desk, question.period)

        self.context.jobs.run(self, work, show, title=_("Counting"))

    def _show(self) -> None:
        if self._answer is None:
            return
        question, figure = self._answer
        reason = anonymous.why_not(self.context.desk, question.period)
        self.heading.enable("statistics", not reason, reason)
        self.choosing.show_columns(figure)
        if self.choosing.for_others.isChecked():
            figure = figures.for_others(self.context.desk, figure)
        self.figure_view.show_figure(figure, self.choosing.column.key(), question.grouping)
        self.heading.set_title(_("Figures"), _in_short(figure))
        for key in ("others", "unit"):
            self.heading.enable(key, bool(figure.rows), _("There is nothing to print"))

    def print_(self) -> None:
        """The figure on paper with small numbers hidden, to look at and to print."""
        if self.body.currentWidget() is self.paper:
            self.paper.print_()
        else:
            self._make_paper(for_others=True)

    def print_for_unit(self) -> None:
        """The figure on paper in whole numbers, marked as for the unit alone."""
        self._make_paper(for_others=False)

    def save_statistics(self) -> None:
        """Ask where, and write the workbook of the school year chosen whole: counted now, or as it was given before."""
        context, question = self.context, self.choosing.question
        if question is None or anonymous.why_not(context.desk, question.period):
            return
        year = question.period
        text = beside.question_beside_figures(context.desk, year)
        if text and not context.ask.confirm(_("Give these beside what was printed for others?"), text, _GO_ON):
            return
        name = anonymous_file.statistics_name(year) + anonymous_file.SUFFIX
        kinds = ((_("Excel workbook"), f"*{anonymous_file.SUFFIX}"),)
        path = context.ask.save_file(_("Where to save the anonymous statistics"), name, kinds)
        if path is None:
            return

        def show(given: anonymous_file.GivenStatistics) -> None:
            words = _("Saved: {year}, with {hidden} of {count} numbers hidden. Its last sheet says by which rule, and what to look at.")
            context.banner.success(words.format(year=given.year.label, hidden=given.hidden_count, count=given.count))

        context.jobs.run(
            self, lambda _job: anonymous_file.save_statistics(context.desk, year, path), show, title=_("Counting the school year")
        )

    def _may_go_beside(self, question: FigureQuestion) -> bool:
        """Whether a figure goes to others, asked where they may have the statistics of the same days."""
        text = beside.question_beside_statistics(self.context.desk, question)
        return not text or self.context.ask.confirm(_("Give this beside the anonymous statistics?"), text, _GO_ON)

    def _make_paper(self, *, for_others: bool) -> None:
        if self._answer is None or not self._answer[1].rows:
            return
        question, figure = self._answer
        desk, charted = self.context.desk, self.choosing.column.key()
        if for_others:
            figure = figures.for_others(desk, figure)

        def work(_job: Job) -> tuple[str, bytes]:
            from pupil_desk.documents.pdf.page import build_pdf
            from pupil_desk.services.figures.paper import paper

            document = paper(desk, figure, question.grouping, charted)
            return document.title, build_pdf(
                document.story,
                title=document.title,
                footer=document.title,
                page_size=document.page_size,
                base_size=document.base_size,
                box_unprintable=True,
            )

        def show(titled_pdf: tuple[str, bytes]) -> None:
            self.choosing.hide()
            self.paper.is_ready = lambda: not for_others or self._may_go_beside(question)
            self.body.setCurrentWidget(self.paper)
            title = _("{title}, for others") if for_others else _("{title}, for the unit only")
            self.paper.show_pdf(
                title.format(title=titled_pdf[0]), titled_pdf[1], lambda: beside.log_print(desk, figure, question), guard=NOBODY
            )

        self.context.jobs.run(self, work, show, title=_("Making the paper"))

    def _close_paper(self) -> None:
        if self.body.currentWidget() is self.paper:
            self.paper.clear()
            self.choosing.show()
            self.body.setCurrentWidget(self.view)
            self.choosing.kind.setFocus()


def _in_short(figure: Figure) -> str:
    """The period, and what its first column and its main one come to."""
    parts = [f"{figure.period}."]
    if figure.rows and figure.total_row is not None and figure.summed:
        first, main = figure.columns[0], figure.column(figure.main)
        totals = [
            f"{column.title}: {figures.words(figure.total_row.cells[figure.place(column.key)], column)}"
            for column in dict.fromkeys((first, main))
        ]
        parts.append("; ".join(totals) + ".")
    return " ".join(parts)
