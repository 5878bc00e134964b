"""Home: what needs doing, each line leading to where it is done."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import register
from pupil_desk.services.backup import backups
from pupil_desk.services.home import deadline_calendar, home
from pupil_desk.services.home.home import Tasks
from pupil_desk.services.notes.notes import NoteDue
from pupil_desk.services.program import own_files
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.groups import DAILY
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, card, column_in, fill, label
from pupil_desk.ui.pages.home.cards import CardLine, HomeCard
from pupil_desk.ui.pages.home.data_protection import data_protection_cards, exports_cards, notes_card, requests_card
from pupil_desk.ui.pages.home.of_deadlines import reviews_card, steps_card
from pupil_desk.ui.pages.home.of_register import register_cards, returns_card
from pupil_desk.ui.pages.home.of_wishes import answers_cards, trips_card, turning_card
from pupil_desk.ui.style import tokens


class ToCheck(QFrame):
    """Hidden until something is found. ``summary_changed`` comes when it is, or is no more."""

    summary_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setMaximumWidth(tokens.READING + tokens.FIELD)
        self._context = context
        self.line: LinkLine | None = None
        self._looking = self._repeat = False
        self._looked_on: date | None = None  # the day of what is shown; None once something has changed
        self._column = column_in(self, left=tokens.L - tokens.XS, top=tokens.M, right=tokens.L, bottom=tokens.M)
        self._soon = QTimer(self, singleShot=True)  # once the page itself has been drawn
        self._soon.timeout.connect(self._look)
        self.hide()

    def refresh(self, *, changed: bool = False) -> None:
        """Look through the records as soon as the page is drawn, if anything was changed since, or another day has come."""
        if changed:
            self._looked_on = None
        if self._looked_on != self._context.desk.today:
            self._soon.start(0)

    def _look(self) -> None:
        page = self.parentWidget()
        if page is None or not page.isVisible():
            return
        if self._looking:
            self._repeat = True
            return
        self._looking, desk = True, self._context.desk
        self._looked_on = desk.today

        def work(job: Job) -> str:
            from pupil_desk.services.quality.looking import findings, summary

            return summary(findings(desk, job.step))

        self._context.jobs.run(self, work, self._tell, title=_("Checking the records"), after=self._on_looked)

    def _tell(self, words: str) -> None:
        if self.line is not None:
            self._column.removeWidget(self.line)
            self.line.hide()
            self.line.deleteLater()
            self.line = None
        if words:
            self.line = LinkLine(words, lambda: self._context.go("quality", None), "check")
            self._column.addWidget(self.line)
        self.setVisible(bool(words))
        self.summary_changed.emit()

    def _on_looked(self) -> None:
        self._looking = False
        if self._repeat:
            self._repeat = False
            self.refresh(changed=True)


_AT_REST = 5_000  # ms after the page is first seen
_LISTED = 6  # lines of one card; the rest are counted
_SEEN_AT_ONCE = 4  # cards; where there are more, their titles stand together above them, so that none is out of sight


class HomePage(Page):
    """Tasks: see at a glance what is due; go straight to a pupil who turns 13 or 16; go to the notices that are due."""

    name = "home"
    title = _("Home")
    icon = "house"
    group = DAILY
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
        self.heading = Heading(_("What needs doing"), commands, desk=context.desk)
        self.column.addWidget(self.heading)
        self.overview = QWidget()
        self.overview.setAccessibleName(_("All that needs doing, in short"))
        self.overview.setMaximumWidth(tokens.READING + tokens.FIELD)
        self._shorts = FlowLayout(self.overview, tokens.XS)
        self.column.addWidget(self.overview)
        self.holder = QWidget()
        self.column.addWidget(self.holder, 1)
        self.empty_state: QWidget | None = None
        self._lines = 0
        self._files = QTimer(self, singleShot=True, interval=_AT_REST)
        self._files.timeout.connect(self._compare_files)
        self.to_check = ToCheck(context)
        self.to_check.summary_changed.connect(self._count)

    def on_show(self, object_id: str | None = None) -> None:
        tasks = home.tasks(self.context.desk)
        cards = [content for content in self._cards(tasks, self.context.desk.today) if content.lines]
        self._lines = sum(len(content.lines) for content in cards)
        self._fill(cards)
        self._count()
        self.to_check.refresh()
        if own_files.to_compare():
            self._files.start()

    def _compare_files(self) -> None:
        """The program's own files, once after a start: when nothing of the start is under way any more, and beside the work."""
        if own_files.to_compare():
            self.context.jobs.run(self, lambda job: own_files.compare(job.step), self._compared, title=own_files.TITLE)

    def _compared(self, _nothing: None) -> None:
        if own_files.are_damaged() and self.isVisible():
            self.on_show()

    def _count(self) -> None:
        """Say how many lines there are, the one about the records among them."""
        lines = self._lines + (self.to_check.line is not None)
        words = count_of(lines, _("thing to look at"), _("things to look at")) if lines else _("Nothing to look at")
        self.heading.set_title(_("What needs doing"), _("{day}. {count}.").format(day=show_date(self.context.desk.today), count=words))
        if self.empty_state is not None:
            self.empty_state.setVisible(not lines)

    def refresh(self) -> None:
        self.to_check.refresh(changed=True)
        self.on_show()

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

    def _fill(self, cards: Sequence[HomeCard]) -> None:
        new = QWidget()
        frames = [self._card(content) for content in cards]
        column = column_in(new, tokens.M, *frames)
        self._give_overview(cards, frames)
        self.empty_state = None
        if not cards:
            self.empty_state = EmptyState(
                "check-circle", _("Nothing needs doing"), _("No birthday is near, every family has the notice, and a backup was proved.")
            )
            column.addWidget(self.empty_state)
        fill(column, self.to_check, STRETCH)
        self.column.replaceWidget(self.holder, new)
        self.holder.hide()
        self.holder.deleteLater()
        self.holder = new

    def _give_overview(self, cards: Sequence[HomeCard], frames: Sequence[QWidget]) -> None:
        """A line or two that names every card, each in the colour of its gravest line, and leads to it."""
        while (item := self._shorts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        has_overview = len(cards) > _SEEN_AT_ONCE
        for content, frame in zip(cards, frames, strict=True):
            if has_overview:
                self._shorts.addWidget(LinkLine(content.short or content.title, partial(_show, frame), content.tone))
        self.overview.setVisible(has_overview)

    def _card(self, content: HomeCard) -> QWidget:
        frame = card()
        frame.setMaximumWidth(tokens.READING + tokens.FIELD)
        column = column_in(frame, tokens.THIN, left=tokens.L - tokens.XS, top=tokens.M, right=tokens.L, bottom=tokens.M)
        for words in (label(content.title, "subhead"), label(content.text, "muted")):
            words.setIndent(tokens.XS)  # in line with the words of the links beneath, which have room for their ring
            column.addWidget(words)
            words.setVisible(bool(words.text()))
        for line in content.lines[:_LISTED]:
            column.addWidget(LinkLine(line.words, line.go, line.tone))
        left = len(content.lines) - _LISTED
        if left > 0 and content.all is not None:
            column.addWidget(LinkLine(_("and {count} more").format(count=left), content.all))
        return frame

    def _cards(self, tasks: Tasks, today: date) -> list[HomeCard]:
        return [
            HomeCard(_("Backup"), self._backup(tasks, today)),
            HomeCard(_("This PC"), self._this_pc(tasks)),
            HomeCard(_("The school year is a proposal"), self._school_year(tasks), _("Nobody has confirmed it, so no day by which the law wants something is counted from it."), short=_("School year")),
            *data_protection_cards(self.context.desk, self.context.go),
            requests_card(tasks.requests, today, self.context.go),
            notes_card(tasks.notes_to_add, self.context.go),
            steps_card(tasks.open_steps, self.context.go),
            *register_cards(register.watch(self.context.desk), self.context.go),
            returns_card(tasks.returns, today, self.context.go),
            reviews_card(tasks.reviews, self.context.go),
            trips_card(tasks.trips, self.context.go),
            *exports_cards(tasks, self.context.go),
            HomeCard(_("The notice lacks details of the unit"), self._details(tasks), _("Until they are entered, neutral words stand in their place."), short=_("Details of the unit")),
            turning_card(tasks.turning, today, self.context.go),
            *answers_cards(tasks.to_remind, tasks.disagree, self.context.go),
            HomeCard(_("Privacy notices to give"), self._notices(tasks), _edition_reasons(tasks), short=_("Notices to give")),
            HomeCard(_("Nobody to give the notice to"), [self._line(_("{name}: no contact with parental responsibility is on file").format(name=p.full_name), "pupils", p) for p in tasks.notices.without_addressee], all=self._go("pupils"), short=_("Nobody to give it to")),
            HomeCard(_("Contacts who get no notice"), [self._line(_("{contact}, of {pupil}: {reason}").format(contact=name, pupil=p.full_name, reason=reason), "pupils", p) for p, name, reason in tasks.notices.left_out], all=self._go("notices"), short=_("Contacts without a notice")),
            HomeCard(_("Not asked yet about sharing"), self._unasked(tasks), short=_("Not asked yet")),
            HomeCard(_("Notes to look at again"), [CardLine(_follow_up_words(d), self._go("pupils", _place_of(d)), "check") for d in tasks.follow_ups], all=self._go("pupils"), short=_("Notes")),
            HomeCard(_("Years 11 and 12 without an offer"), [self._line(_("{name}: enter the offer, or where the pupil is").format(name=p.full_name), "pupils", p) for p in tasks.no_offer], _("Each should have one by the end of September."), all=self._go("pupils"), short=_("Without an offer")),
            HomeCard(_("Records that lack something"), [self._line(_("{name}: {lacks}").format(name=i.pupil.full_name, lacks=join_words(i.lacks)), "pupils", i.pupil) for i in tasks.incomplete], all=self._go("quality"), short=_("Gaps in records")),
        ]  # fmt: skip

    def _go(self, page: str, object_id: str | None = None) -> Callable[[], object]:
        return lambda: self.context.go(page, object_id)

    def _line(self, words: str, page: str, pupil: Pupil) -> CardLine:
        return CardLine(words, self._go(page, pupil.id))

    def _backup(self, tasks: Tasks, today: date) -> list[CardLine]:
        if tasks.backup is None:
            return [CardLine(_("No backup has been made yet: make one now"), self._go("backup"), "bad")]
        days = (today - tasks.backup.moment.date()).days
        lines = []
        if days >= backups.DUE:
            words = _("The last proved backup is {days} days old: make one now").format(days=days)
            lines.append(CardLine(words, self._go("backup"), "bad" if days >= backups.LATE else "check"))
        if tasks.drill_due:
            lines.append(CardLine(_("The restore drill of this term: try whether a backup can be restored"), self._go("backup"), "check"))
        return lines

    def _school_year(self, tasks: Tasks) -> list[CardLine]:
        if tasks.calendar_confirmed:
            return []
        may = self.context.desk.may(Action.EDIT_SETTINGS)
        words = _("Confirm the terms, or enter those of the authority") if may else _("A data officer confirms it in Settings")
        return [CardLine(words, partial(self.context.go, "settings", "year"), "bad")]

    def _this_pc(self, tasks: Tasks) -> list[CardLine]:
        damaged = _("Files of the program are damaged or missing: see which, and what to do")
        disk = _("The disk that holds the records is not encrypted: see what to ask your technician for")
        lines = [CardLine(damaged, self._go("this-pc"), "bad")] if tasks.program_is_damaged else []
        return [*lines, *([CardLine(disk, self._go("this-pc"), "check")] if tasks.disk_is_open else [])]

    def _details(self, tasks: Tasks) -> list[CardLine]:
        if not tasks.missing_details or not self.context.desk.may(Action.EDIT_SETTINGS):
            return []
        return [CardLine(_("Enter: {details}").format(details=join_words(list(tasks.missing_details))), self._go("settings"), "check")]

    def _notices(self, tasks: Tasks) -> list[CardLine]:
        letters = tasks.notices.letters
        if not letters:
            return []
        pupil_count = len({letter.pupil.id for letter in letters})
        words = _("{letters} for {pupils}: print the current notice and give it").format(
            letters=count_of(len(letters), _("notice"), _("notices")), pupils=count_of(pupil_count, _("pupil"), _("pupils"))
        )
        return [CardLine(words, self._go("notices"))]

    def _unasked(self, tasks: Tasks) -> list[CardLine]:
        if not tasks.unasked:
            return []
        words = _("{pupils}: print the reply forms, and enter the answers as they come").format(
            pupils=count_of(len(tasks.unasked), _("pupil"), _("pupils"))
        )
        return [CardLine(words, self._go("notices"))]


def _show(frame: QWidget) -> None:
    """Scroll to a card, and put the cursor on its first line."""
    bring_into_view(frame)
    first = frame.findChild(LinkLine)
    if first is not None:
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _follow_up_words(due: NoteDue) -> str:
    """Of a restricted note only that it is one: others may see the screen."""
    category = codelist("note_category").label_of(due.category) if due.category else _("Restricted note")
    return _("{name}: {about}, since {day}").format(name=due.name, about=category, day=show_date(due.since))


def _place_of(due: NoteDue) -> str:
    """The note itself, in its list."""
    return str(Place(due.pupil_id, "notes", "restricted_note" if due.restricted else "note", due.note_id, "text"))


def _edition_reasons(tasks: Tasks) -> str:
    return _("There is a new edition: {reasons}.").format(reasons=join_words(list(tasks.why_new_edition))) if tasks.why_new_edition else ""
