"""One case: what it is, how its clock stands, and its tabs.

The tabs of a case that other work brings, in order: they stand between the letters and what has happened. One line each.

All that happened in a case, newest first; what was taken back is struck through.
"""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.requests.case import RequestEventKind
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.looking import CaseHistoryLine, RequestState
from pupil_desk.ui.kit.badge import PROTECTED_SIGN, Badge
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.timeline import TimelineEvent, TimelineView, Tone
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.watch.making import making_of, pause
from pupil_desk.ui.kit.words import column_in, fill, flow_in, growing, label, line, show_words
from pupil_desk.ui.pages.requests.letters import LettersPart
from pupil_desk.ui.pages.requests.part import CasePart
from pupil_desk.ui.pages.requests.steps import StepsPart
from pupil_desk.ui.pages.requests.words import asked_words, days_words, event_facts, kind_words, state_of
from pupil_desk.ui.style import tokens

_GOOD = frozenset({RequestEventKind.REPLIED, RequestEventKind.RECORD_GIVEN, RequestEventKind.CLOSED, RequestEventKind.CARRIED_OUT})
_CHECK = frozenset(
    {
        RequestEventKind.IDENTITY_ASKED,
        RequestEventKind.CLARIFICATION_ASKED,
        RequestEventKind.EXTENDED,
        RequestEventKind.REOPENED,
        RequestEventKind.TAKEN_BACK,
        RequestEventKind.EXEMPTION,
    }
)


class HappenedPart(CasePart):
    """What was asked in the person's own words, and every entry with who recorded it."""

    name = "happened"
    title = _("What &happened")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.asked_title, self.request_label = label(_("What was said"), "subhead"), label("")
        self.timeline = TimelineView(_("What happened, newest first"), empty=_("Nothing has been done yet."))
        fill(self.column, self.asked_title, self.request_label, label(_("What was done, newest first"), "subhead"), growing(self.timeline))

    def show_case(self, overview: RequestState | None) -> None:
        """Show what happened in a case."""
        request_text = overview.case.asked if overview else None
        self.request_label.setText(request_text or "")
        for part in (self.asked_title, self.request_label):
            part.setVisible(bool(request_text))
        self.timeline.show_events([_event(entry) for entry in looking.history(self.context.desk, overview.case.id)] if overview else ())

    def first(self) -> TimelineView:
        """The entries."""
        return self.timeline


def _event(entry: CaseHistoryLine) -> TimelineEvent:
    event = entry.event
    kind = RequestEventKind(event.kind)
    tone: Tone = "good" if kind in _GOOD else "check" if kind in _CHECK else "plain"
    moment = local_time(entry.at)
    actor = _("Recorded by {who}, {day}, {time}").format(who=entry.by, day=short_date(moment.date()), time=moment.strftime("%H:%M"))
    text = "\n".join(part for part in (*event_facts(event), event.note or "", actor) if part)
    title = codelist("request_event").label_of(event.kind)
    return TimelineEvent(
        event.on,
        _("{what} (counts no more)").format(what=title) if entry.was_taken_back else title,
        text,
        tone,
        event.id,
        struck=entry.was_taken_back,
    )


def parts() -> tuple[type[CasePart], ...]:
    """The further tabs, imported when the page is made."""
    from pupil_desk.ui.pages.requests.pack import CasePackPart

    return (CasePackPart,)


class CaseView(Foldable):
    """Shows a case; the tab in view stays when another case is shown, if that has it too. ``edited`` comes from any tab.

    In a low window who asked, and how, stands with what happened: above the tabs it would leave no room for the steps."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.overview: RequestState | None = None
        self.steps, self.letters, self.happened = StepsPart(context), LettersPart(context), HappenedPart(context)
        more_parts = [kind(context) for kind in parts()]
        self.parts: list[CasePart] = [self.steps, self.letters, *more_parts, self.happened]
        self.title, self.asked_label, self.days = line("", "subhead"), label("", "muted"), label("")
        head = QWidget()
        self._head = flow_in(head, self.title, spacing=tokens.M)
        self.badges: list[Badge] = []
        self.tabs = Tabs(_("Parts of the request"))
        self._column = column_in(self, tokens.XS, head, self.asked_label, self.days, growing(self.tabs))
        self._place = 0
        for case_part in self.parts:
            case_part.edited.connect(self.edited)
            case_part.wants_step.connect(self.go_on)
            case_part.setParent(self)  # those that do not concern the case go with the view all the same
            case_part.hide()
        self.steps.wants_letter.connect(self.write_letter)
        self.letters.was_given.connect(self.take_up)
        self.steps.wants_copy.connect(self.go_to_copy)
        self.tabs.currentChanged.connect(self._on_tab_changed)

    def fold(self, *, is_low: bool) -> None:
        goal, place = (self.happened.column, 0) if is_low else (self._column, 1)
        if goal.indexOf(self.asked_label) < 0:
            goal.insertWidget(place, self.asked_label)

    def show_case(self, overview: RequestState | None) -> None:
        """Show a case; None shows none, and keeps nothing in memory."""
        before = self._part()
        self.overview = overview
        concern = [part for part in self.parts if overview is not None and part.concerns(overview.case)]
        if [self.tabs.widget(place) for place in range(self.tabs.count())] != concern:
            with making_of(self).of(self.tabs):
                self._fill(concern, before)
        for part in self.parts:
            part.show_case(overview if part in concern else None)
        self._say(overview)

    def _fill(self, concern: list[CasePart], before: CasePart | None) -> None:
        with QSignalBlocker(self.tabs):
            while self.tabs.count():
                self.tabs.removeTab(0)
            for part in concern:
                self.tabs.addTab(part, part.title)
                pause()
            self._place = concern.index(before) if before in concern else 0
            self.tabs.setCurrentIndex(self._place)

    def _say(self, overview: RequestState | None) -> None:
        for badge in self.badges:
            badge.hide()
            badge.deleteLater()
        self.badges = []
        if overview is None:
            for words in (self.title, self.asked_label, self.days):
                words.setText("")
            return
        subject = overview.pupil.full_name if overview.pupil else _("no pupil")
        self.title.setText(_("{kind}: {pupil}").format(kind=kind_words(overview.case), pupil=subject))
        self.asked_label.setText(asked_words(overview.case))
        state = state_of(overview, self.context.desk.today)
        show_words(self.days, state.detail if not overview.open or overview.clock.answered else days_words(overview.clock))
        self.badges.append(Badge(state.words, state.sign, state.badge, state.detail))
        for kind in dict.fromkeys(protection.kind for protection in overview.protections):
            self.badges.append(Badge(codelist("protection_kind").label_of(kind), PROTECTED_SIGN, "bad"))
        for badge in self.badges:
            self._head.addWidget(badge)

    def _part(self) -> CasePart | None:
        now = self.tabs.currentWidget()
        return now if isinstance(now, CasePart) else None

    def part(self) -> CasePart:
        """The tab in view; the steps where none is."""
        return self._part() or self.steps

    def _on_tab_changed(self, place: int) -> None:
        """Another tab; what is typed in the one before is asked about first."""
        before = self.tabs.widget(self._place)
        if isinstance(before, CasePart) and place != self._place and before.dirty:
            self.tabs.turn_silently(self._place)
            if not before.leave():
                return
            self.tabs.turn_silently(place)
        self._place = self.tabs.currentIndex()

    def write_letter(self, step: RequestEventKind) -> None:
        """The letter of a step, in its tab."""
        self.tabs.setCurrentWidget(self.letters)
        if self._part() is self.letters:
            self.letters.turn_to(step)
            self.letters.words.setFocus()

    def go_to_copy(self) -> None:
        """The copy that is the answer, in its tab."""
        copy = next(part for part in self.parts if part.name == "copy")
        self.tabs.setCurrentWidget(copy)
        if self._part() is copy:
            copy.first().setFocus()

    def go_on(self) -> None:
        """The step that comes next, once the copy is written."""
        self.tabs.setCurrentWidget(self.steps)
        self.steps.show_case(None)  # whichever step was in hand before
        self.steps.show_case(self.overview)
        self.steps.take_up()

    def take_up(self) -> None:
        """The step that comes next, in its tab: a letter has gone."""
        self.tabs.setCurrentWidget(self.steps)
        self.steps.take_up()

    @property
    def dirty(self) -> bool:
        """Whether something is typed in any tab."""
        return any(part.dirty for part in self.parts)

    def leave(self) -> bool:
        """Whether the case may be left; each tab with something typed asks once."""
        return all(part.leave() for part in self.parts)

    def discard(self) -> None:
        """Put back what was, in every tab."""
        for part in self.parts:
            if part.dirty:
                part.discard()
