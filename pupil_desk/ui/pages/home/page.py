"""Home: the day's work, what is overdue first, each line leading to where it is done."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.services.home import deadline_calendar
from pupil_desk.services.program import own_files
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import turn
from pupil_desk.ui.kit.groups import DAILY
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.lists.signs_in_view import Sign, explain_signs_of
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.descendants import in_view, worked_on_in
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import STRETCH, column_in, fill, label
from pupil_desk.ui.pages.home.cards import When
from pupil_desk.ui.pages.home.first_steps import FirstSteps
from pupil_desk.ui.pages.home.group import DutyGroup
from pupil_desk.ui.pages.home.looking import HomeContent, look
from pupil_desk.ui.pages.home.to_check import ToCheck
from pupil_desk.ui.pages.home.week_picture import WeekPicture
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_AT_REST = 5_000  # ms after the page is first seen
_TWO_COLUMNS = 1_400  # pixels at 100 %
_WIDEST = tokens.READING + tokens.FIELD


def _signs_in(side: QWidget) -> list[Sign]:
    """The signs before the lines of a column."""
    return [sign for line in in_view(side) if isinstance(line, LinkLine) for sign in line.signs]


class HomePage(Page):
    """Tasks: see at a glance what is overdue, for today and for this week; do the first of it; see how the week's attendance goes."""

    name = "home"
    title = _("Home")
    icon = "house"
    group = DAILY
    lasting = True
    action = Action.READ_RECORD

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        commands = (
            Command(
                "evacuation",
                _("&Evacuation sheet"),
                partial(context.go, "register", "evacuation"),
                Action.CONTACT_SHEET,
                icon="person-simple-run",
                tip=_("Who is in now, by the register, printed at once"),
            ),
            Command("calendar", _("Deadlines as a &calendar file…"), self.save_calendar, icon="calendar-blank", lets_out=True),
        )
        self.heading = Heading(_("What needs doing"), commands, desk=context.desk, has_line=True)
        self.groups = {when: DutyGroup(when, context.memory) for when in When}
        self.week = WeekPicture()
        self.first_steps = FirstSteps(context)
        self.to_check = ToCheck(context)
        self.to_check.summary_changed.connect(self._count)
        self.nothing_due = label(_("Nothing is overdue, and nothing is for today."), "muted")
        self.empty_state = EmptyState(
            "check-circle", _("Nothing needs doing"), _("No birthday is near, every family has the notice, and a backup was proved.")
        )
        self.waiting = label(_("Looking at what is due…"), "muted")
        self.content: HomeContent | None = None
        self._found: HomeContent | None = None
        self._looking = self._repeat = False
        self._files = QTimer(self, singleShot=True, interval=_AT_REST)
        self._files.timeout.connect(self._compare_files)
        self._lay_out()
        self.first_steps.card_made.connect(self._order_stops)
        for group in self.groups.values():
            group.card_made.connect(self._order_stops)

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        column_in(
            left, tokens.M, self.waiting, self.nothing_due, self.groups[When.OVERDUE], self.groups[When.TODAY], self.first_steps, STRETCH
        )
        column_in(right, tokens.M, self.week, self.groups[When.WEEK], self.groups[When.LATER], self.to_check, STRETCH)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(tokens.L)
        self._sides = (left, right)
        for side in self._sides:
            self._columns.addWidget(side)
            explain_signs_of(side, _signs_in)
        fill(self.column, self.heading, self.empty_state, self._columns, STRETCH)
        for part in (*self.groups.values(), self.week, self.nothing_due, self.empty_state):
            part.hide()

    def _order_stops(self) -> None:
        """Let the Tab key go as one reads: cards that are made anew would else come last."""
        of_left = (self.groups[When.OVERDUE], self.groups[When.TODAY], self.first_steps)
        of_right = (self.groups[When.WEEK], self.groups[When.LATER])
        stops = [stop for part in of_left for stop in part.stops]
        tab_after(self.heading.button_of("calendar"), [*stops, self.week.chart, *(stop for part in of_right for stop in part.stops)])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Two columns where both have the width of a line of words.

        What is beyond that is a margin: a widget that may not be so wide would be measured as if it were, and be given too little height.
        """
        super().resizeEvent(event)
        is_wide = self.width() >= sized(_TWO_COLUMNS)
        turn(self._columns, is_row=is_wide)
        for side in self._sides:
            self._columns.setStretchFactor(side, int(is_wide))
        around = self.column.contentsMargins()
        widest = 2 * sized(_WIDEST) + tokens.L if is_wide else sized(_WIDEST)
        beyond = self.width() - around.left() - around.right() - widest
        self._columns.setContentsMargins(0, 0, max(0, beyond), 0)

    def on_show(self, object_id: str | None = None) -> None:
        """Ask what is due, beside the work: what was found last stays in view meanwhile. At sign-in the window is shown first."""
        if self.window().isVisible():
            self._look()
        else:
            QTimer.singleShot(0, self, self._look)
        self.to_check.refresh()
        if own_files.to_compare():
            self._files.start()
        self._begin()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """At sign-in the page is filled before the window is shown."""
        super().showEvent(event)
        self._begin()

    def _begin(self) -> None:
        """Where the cursor is nowhere yet, put it on the first thing to do: Enter does it."""
        if worked_on_in(self.window()) not in (None, self):
            return
        of_now = (self.groups[When.OVERDUE], self.groups[When.TODAY])
        parts: list[FirstSteps | DutyGroup] = [*of_now, self.first_steps, *self.groups.values()]
        first = next((part.card for part in parts if part.card is not None and not part.isHidden()), None)
        if first is not None:
            first.focus_on("", Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        if self._looking:
            self._repeat = True
            return
        self._looking, context = True, self.context

        def work(job: Job) -> HomeContent:
            return look(context.desk, context.go, job.look)

        context.jobs.run(self, work, self._show, title=_("Looking at what is due"), after=self._on_looked)

    def _on_looked(self) -> None:
        self._looking = False
        if self._repeat:
            self._repeat = False
            self._look()

    def _show(self, content: HomeContent) -> None:
        """Draw it, where somebody pressed just now once that is over: no line comes under the pointer."""
        self._found = content
        once_calm(self, self._draw, place=self)

    def _draw(self) -> None:
        """Draw what was found; what reads as what is in view stays as it is."""
        before, content = self.content, self._found
        if content is None:
            return
        self.content = content
        self.waiting.hide()
        with self.context.making.of(self) as pause:
            for when, group in self.groups.items():
                group.show_duties(content.duties[when])
                pause()
            if before is None or (before.week, before.steps) != (content.week, content.steps):
                self.week.show_days(content.week)
                pause()
                self.first_steps.show_steps(content.steps)  # it is the last, and every card has its place for the Tab key
        self._count()
        self._begin()
        self.context.making.turn()

    def _compare_files(self) -> None:
        """The program's own files, once after a start: when nothing of the start is under way any more, and beside the work."""
        if own_files.to_compare():
            self.context.jobs.run(self, lambda job: own_files.compare(job.step), self._compared, title=own_files.TITLE)

    def _compared(self, _nothing: None) -> None:
        if own_files.are_damaged() and self.isVisible():
            self.on_show()

    def _count(self) -> None:
        """Say how many lines there are, the one about the records among them."""
        if self.content is None:
            return
        counts = {when: sum(duty.count for duty in duties) for when, duties in self.content.duties.items()}
        all_lines = sum(counts.values()) + (self.to_check.line is not None)
        words = count_of(all_lines, _("thing to look at"), _("things to look at")) if all_lines else _("Nothing to look at")
        if counts[When.OVERDUE]:
            words = _("{things}, {number} overdue").format(things=words, number=counts[When.OVERDUE])
        self.heading.set_title(_("What needs doing"), _("{day}. {count}.").format(day=show_date(self.context.desk.today), count=words))
        self.empty_state.setVisible(not all_lines and all(step.done for step in self.content.steps))
        self.nothing_due.setVisible(bool(all_lines) and not counts[When.OVERDUE] and not counts[When.TODAY])

    def refresh(self) -> None:
        self.to_check.refresh(changed=True)
        self.on_show()

    def panes(self) -> list[QWidget]:
        """The groups in view: F6 goes from one to the next."""
        return [self.heading, *(group for group in self.groups.values() if not group.isHidden())]

    def save_calendar(self) -> None:
        """Save what is due as a file that Outlook takes in: counts and days, no names."""
        context = self.context
        path = context.ask.save_file(_("Where to save the calendar file"), "deadlines.ics", ((_("Calendar file"), "*.ics"),))
        if path is None:
            return
        if context.attempt(lambda: write_whole(path, deadline_calendar.calendar_file(context.desk), replace=True)):
            context.banner.success(
                _("The calendar file was saved. It holds counts and days, no names. Open it to take it into your calendar.")
            )

    def on_change(self, changed: Changed) -> None:
        """Something changed; what is in view is asked anew."""
        self.to_check.refresh(changed=True)
        if self.isVisible():
            self.on_show()
