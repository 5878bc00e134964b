"""The admission register: between which days, then the paper itself, to look at and to print."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.program import keys
from pupil_desk.services.pupils import admission
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.words import STRETCH, button, column_in, fill, label, name_label, passing_label, row_layout
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_DAY = 230  # the width at 100 % in which a day is told with its weekday


class AdmissionView(QWidget):
    """Asks for the first and the last day and shows the register of those days. ``closed`` comes when the person is done."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        today = context.desk.today
        self.since = DateBox(today=today, name=_("From"))
        self.until = DateBox(today=today, name=_("To"))
        self.since.set_day(admission.begins(today))
        self.until.set_day(today)
        self.problem = passing_label("problem")
        self.make_button = button(_("Ma&ke the register"), self.make, "primary", icon_name="book-open")
        self.back_button = button(_("Back (Esc)"), self.close_)
        self.paper = Paper(context, _("The admission register"))
        self.paper.closed.connect(self.begin)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._choice())
        self.stack.addWidget(self.paper)
        column_in(self, None, self.stack, left=tokens.S)

    def _choice(self) -> QWidget:
        content = QWidget()
        explanation = _(
            "Everyone who was on roll on any of these days, those who have left among them, with all that the law has the register show."
        )
        column = column_in(content, tokens.M, label(_("Admission register"), "title"), label(explanation))
        grid = QGridLayout()
        grid.setVerticalSpacing(tokens.XS)  # one beneath the other: side by side they would push the record off narrow windows
        for place, (words, box) in enumerate(((_("F&rom"), self.since), (_("&To"), self.until))):
            name = name_label(words, box.line)
            grid.addWidget(name, 2 * place, 0)
            grid.setColumnMinimumWidth(0, sized(_DAY))
            grid.addWidget(box, 2 * place + 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        fill(column, grid, self.problem)
        fill(column, row_layout(self.make_button, self.back_button, STRETCH), STRETCH)
        shortcut_within(content, keys.ESC.sequence, self.close_)
        return content

    def begin(self) -> None:
        """The choice of the days, with nothing on paper."""
        self.paper.clear()
        self.problem.hide()
        self.stack.setCurrentIndex(0)
        self.since.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Keep no paper in memory."""
        self.paper.clear()
        self.stack.setCurrentIndex(0)

    def close_(self) -> None:
        """Go back to the pupils."""
        self.clear()
        self.closed.emit()

    def make(self) -> None:
        """Make the register of the days typed, and show it."""
        since, until = self.since.day(), self.until.day()
        if since is None or until is None:
            self._say(_("Enter both days. Write them like 27/3/2027 or 27 Mar 2027."), self.since if since is None else self.until)
            return
        if until < since:
            self._say(_("The last day is before the first. Correct one of the two."), self.until)
            return
        self.problem.hide()
        desk = self.context.desk
        entries = self.context.attempt(lambda: admission.entries(desk, since, until))
        if entries is None:
            return
        paper = self.context.attempt(lambda: admission.paper(desk, entries, since, until))
        if paper is not None:
            pupil_guard = guard(desk, {entry.pupil.id for entry in entries}, "admission register")
            self._lay_out(*paper, pupil_guard)

    def _lay_out(self, story: list[Block], title: str, pupil_guard: Guard) -> None:
        from pupil_desk.documents.pdf.page import build_pdf

        def show(data: bytes) -> None:
            self.stack.setCurrentWidget(self.paper)
            self.paper.show_pdf(title, data, guard=pupil_guard)

        self.context.jobs.run(
            self,
            lambda _job: build_pdf(story, title=title, stamp=pupil_guard.stamp, box_unprintable=True),
            show,
            title=_("Making the register"),
        )

    def _say(self, words: str, box: DateBox) -> None:
        self.problem.setText(words)
        self.problem.show()
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_(self) -> None:
        """Print what is shown; without a paper, make it."""
        if self.stack.currentWidget() is self.paper:
            self.paper.print_()
        else:
            self.make()
