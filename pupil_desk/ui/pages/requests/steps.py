"""The steps of a case as a checklist, in the order of doing them; the one chosen is recorded beneath."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, Refused
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.requests.case import COPIES, CaseKind, RequestEvent, RequestEventKind
from pupil_desk.domain.requests.steps import RequestStep
from pupil_desk.services.program import keys
from pupil_desk.services.requests import handling
from pupil_desk.services.requests.letters import letter_for
from pupil_desk.services.requests.looking import RequestState
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.lists.heights import WrappedRows, keep_rows
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.descendants import worked_on_in
from pupil_desk.ui.kit.words import STRETCH, Placement, button, column_of, flow_of, growing, label, without_sign
from pupil_desk.ui.pages.requests.part import CasePart
from pupil_desk.ui.pages.requests.step_panel import StepPanel
from pupil_desk.ui.pages.requests.words import case_title, step_state
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import keep_least_width

_LEADS = {
    CaseKind.RECTIFY: (_("Open the recor&d"), "pupils"),
    CaseKind.OBJECT: (_("Open the recor&d"), "pupils"),
    CaseKind.RESTRICT: (_("Open the recor&d"), "pupils"),
    CaseKind.ERASE: (_("Go to &erasing"), "data-protection"),
}
_ANSWERS = frozenset({RequestEventKind.REPLIED, RequestEventKind.RECORD_GIVEN})

_TABLE, _PANEL = 330, 270  # least widths at 100 % of the checklist and of what is recorded; one below the other where both find no room
_SPARE = {"due": 430}


class Unfinished(ValueError):
    """What is typed of a step lacks something: which field, and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.column = problem.column


class StepsPart(CasePart):
    """The checklist. ``wants_letter`` carries the kind of event whose letter is to be written, ``wants_copy`` leads to the copy that is the answer."""

    name = "steps"
    title = _("&Steps")

    wants_letter = Signal(object)
    wants_copy = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._overview: RequestState | None = None
        may = context.desk.may(Action.HANDLE_REQUEST)
        empty = EmptyState("check-circle", _("Nothing is left to do"), _("The person has withdrawn the request. The case can be closed."))
        self.table: Table[RequestStep] = Table(
            _COLUMNS, name=_("Steps, in the order of doing them"), id_of=lambda step: step.kind, empty=empty
        )
        self.title_of = label("", "subhead")
        self.panel = StepPanel(context.desk)
        self.record_button = button(_("Rec&ord it"), self.record, "primary", icon_name="check")
        self.letter_button = button(_("Writ&e the letter"), self._letter, icon_name="envelope-simple")
        self.lead_button = button(_("Open the recor&d"), self._lead, icon_name="arrow-right")
        self.back_button = button(_("Ta&ke back…"), self.take_back, icon_name="arrow-counter-clockwise")
        commands = (self.record_button, self.letter_button, self.lead_button, self.back_button)
        only_for(context.desk, Action.HANDLE_REQUEST, *commands)
        self.panel.setEnabled(may)
        content = column_of(self.title_of, self.panel, STRETCH, spacing=None)
        self._content, self.area = content, scrolled(content)
        content.installEventFilter(self)
        self.below = column_of(growing(self.area), flow_of(*commands), self.panel.problem, Placement(None, 0))
        WrappedRows(self.table)  # each step is named whole
        self.table.always_give_way(_SPARE)
        keep_rows(self.table, 2)  # so that both are in sight on a small screen
        self.area.setMinimumHeight(tokens.HUGE * 2)
        keep_least_width(self.table, _TABLE)
        keep_least_width(self.below, _PANEL)
        self.panes = Panes(self.table, self.below, shares=(36, 64), memory=context.memory, key="requests/steps")
        self.column.addWidget(self.panes, 1)
        self.table.current_changed.connect(self._on_row_changed)
        self.table.opened.connect(lambda _step: self.panel.first().setFocus())
        self.panel.edited.connect(self.edited)
        self.panes.splitterMoved.connect(lambda *_place: self._fit())
        shortcut_within(self.below, keys.RECORD_STEP.sequence, self.save)

    def show_case(self, overview: RequestState | None) -> None:
        """Show the steps of a case, and go to the first that is to be done; of the same case stay at the step, with what is typed, unless it is done now."""
        is_same_case = overview is not None and self._overview is not None and overview.case.id == self._overview.case.id
        before = self.table.current() if is_same_case else None
        draft = self.panel.draft() if is_same_case and self.dirty else None
        self._overview = overview
        self.table.show_rows(overview.steps if overview else ())
        if overview is not None:
            same_step = next((step for step in overview.steps if before is not None and step.kind is before.kind), None)
            step_to_show = (
                same_step
                if same_step is not None and (same_step.open or not same_step.done)
                else overview.next_step or (overview.steps[-1] if overview.steps else None)
            )
            if step_to_show is not None:
                self.table.select(step_to_show.kind)
        step = self.table.current()
        self._on_row_changed(step)
        if draft is not None and before is not None and step is not None and step.kind is before.kind:
            self.panel.take_draft(draft)

    def _on_row_changed(self, step: RequestStep | None) -> None:
        overview = self._overview
        self.below.setVisible(step is not None)
        self.title_of.setText(step.words if step else "")
        self.panel.show_step(overview if step else None, step)
        self.letter_button.setVisible(bool(overview and step and letter_for(overview, step.kind)))
        words = _lead_words(CaseKind(overview.case.kind), step.kind) if overview is not None and step is not None else ""
        self.lead_button.setVisible(bool(words))
        if words:
            self.lead_button.setText(words)
            self.lead_button.setAccessibleName(without_sign(words))
        self.back_button.setVisible(step is not None and step.done is not None)
        self._fit()
        self.area.verticalScrollBar().setValue(0)  # another step is read from its beginning
        self.edited.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
        self.table.scrollTo(self.table.currentIndex())  # the step in hand stays in sight in a low window

    def _fit(self) -> None:
        """What is recorded takes no more height than it needs, so that the buttons stand beneath it and not at the foot of a tall window."""
        content_layout, fields = self._content.layout(), self.panel.layout()
        if content_layout is None or fields is None:
            return
        for layout in (fields, content_layout):
            layout.invalidate()  # what was hidden or shown a moment ago counts already
        needed_height = max(content_layout.totalHeightForWidth(self.area.viewport().width()), self._content.minimumSizeHint().height())
        self.area.setMaximumHeight(max(self.area.minimumHeight(), needed_height + tokens.XS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The fields have grown, as with longer advice or larger text."""
        if watched is self._content and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return False

    @property
    def dirty(self) -> bool:
        """Whether something is typed of the step and not recorded."""
        return self.panel.dirty

    @property
    def has_cursor(self) -> bool:
        """Whether the cursor is on a step in the list, or in the one shown: there Ctrl+S is its button, whatever is typed."""
        return self.below.isVisible() and self.isAncestorOf(worked_on_in(self.window()) or self)

    def discard(self) -> None:
        """Show the step as it was."""
        self._on_row_changed(self.table.current())

    def draft(self) -> dict[str, Any]:
        """For a draft: the step, and what is typed of it."""
        step = self.table.current()
        return {"step": step.kind.value if step else "", "typed": self.panel.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        if draft["step"] and self.table.select(RequestEventKind(draft["step"])):
            self.panel.take_draft(draft["typed"])

    def save(self) -> bool:
        """Record the step as its button does; but where nothing is typed, what is recorded already is not recorded anew unasked."""
        if not self.record_button.isEnabled():
            self.context.banner.problem(self.record_button.toolTip())
            return False
        step = self.table.current()
        if step is not None and step.done and not step.open and not self.dirty:
            self.panel.tell("note", _("It is recorded already. Enter what is to count instead and press “Record it”, or take it back."))
            return False
        return self.record()

    def record(self) -> bool:
        """Record the step with what is typed; what it lacks is said beneath its fields."""
        events, step = self.panel.events(), self.table.current()
        if not self.panel.day_is_read:
            self.panel.tell("on", _("Enter the day, such as 27 3 2007."))
            return False
        if not events:
            self.panel.tell("what", _("Tick at least one."))
            return False
        draft = self.panel.draft()
        self.panel.show_step(self._overview, step)  # nothing is typed any more while the news goes round
        try:
            if self.context.keep(lambda: self._record(events), _("Recorded.")):
                self.take_up()
                return True
        except Unfinished as lacks:
            self.panel.take_draft(draft)
            self.panel.tell(lacks.column, str(lacks))
            return False
        self.panel.take_draft(draft)
        return False

    def _record(self, events: Sequence[RequestEvent]) -> Changed:
        desk = self.context.desk
        try:
            return handling.record(desk, events[0]) if len(events) == 1 else handling.record_all(desk, events)
        except Refused as refusal:
            raise Unfinished(refusal.problems[0]) from refusal

    def take_up(self) -> None:
        """Put the cursor where the step in hand begins: after one is recorded, the next."""
        if not self.below.isHidden():
            self.panel.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> None:
        """Take back the step that was recorded last of the kind chosen, once the reason is given."""
        step = self.table.current()
        if step is None or step.done is None or not self.leave():
            return
        assert self._overview is not None
        words = _("{case} “{step}” of {day} stays on file with the reason, and counts no more.").format(
            case=case_title(self._overview), step=step.words, day=short_date(step.done.on)
        )
        reason = self.context.ask.text(
            _("Take this entry back?"), words, _("Why it is taken back"), verb=_("Take it back"), stay=_("Keep it")
        )
        event = step.done
        if reason is not None and self.context.keep(lambda: handling.take_back(self.context.desk, event, reason), _("Taken back.")):
            self.table.setFocus()

    def _letter(self) -> None:
        step = self.table.current()
        if step is not None:
            self.wants_letter.emit(step.kind)

    def _lead(self) -> None:
        step = self.table.current()
        if step is not None and step.kind in _ANSWERS:
            self.wants_copy.emit()
        elif self._overview is not None and self._overview.case.pupil_id:
            self.context.go(_LEADS[CaseKind(self._overview.case.kind)][1], self._overview.case.pupil_id)

    def first(self) -> QWidget:
        """The checklist."""
        return self.table


def _lead_words(case: CaseKind, step: RequestEventKind) -> str:
    """Where what a step asks is done elsewhere: the words that lead there."""
    if step in _ANSWERS and case in COPIES:
        return _("Go to the copy")
    return _LEADS[case][0] if step is RequestEventKind.CARRIED_OUT else ""


_COLUMNS = (
    Column[RequestStep](
        "words",
        _("Step"),
        lambda step: step.words,
        stretch=True,
        width=20,
        icon=lambda step: step_state(step).sign,
        tone=lambda step: step_state(step).tone,
    ),
    Column[RequestStep](
        "state",
        _("How it stands"),
        lambda step: step_state(step).words,
        longest=_("If needed"),
        tip=lambda step: step_state(step).detail or step_state(step).words,
    ),
    Column[RequestStep]("due", _("By"), lambda step: short_date(step.due) if step.due and not step.done else "", longest="24 Nov 2026"),
)
