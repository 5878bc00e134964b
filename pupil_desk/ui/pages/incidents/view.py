"""One incident: the step that comes next, the account with each pupil's part, what must be done, and what was recorded of it."""

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.incidents.incident import Incident, IncidentEventKind, is_ordinary, missing_of
from pupil_desk.services.accidents import recording
from pupil_desk.services.accidents.recording import FROM_INCIDENT
from pupil_desk.services.incidents.account_paper import account_lines, own_lines
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.services.incidents.steps import IncidentStep, still_to_do
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.badge import Badge
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.facts import Facts
from pupil_desk.ui.kit.lists.heights import WrappedRows
from pupil_desk.ui.kit.lists.pupil_badges import apart, badges_of
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.lists.timeline import TimelineView
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.tabs import Tabs
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.talk.next_act import Act, NextAct
from pupil_desk.ui.kit.words import STRETCH, allow, button, column_in, column_of, fill, flow_of, growing, label, show_words
from pupil_desk.ui.pages.incidents.words import happened, kind_words, part_words, step_name, step_state, when_words
from pupil_desk.ui.style import tokens

_Kind = IncidentEventKind
_ABOUT_FROM = 480  # width at 100 % from which whom a step is about has room beside it
_VERBS = {
    _Kind.SIGNED: _("Sign it…"),
    _Kind.REPORTED: _("Record as &given…"),
    _Kind.TOLD_AUTHORITY: _("Record as told…"),
    _Kind.DEBRIEF_PUPIL: _("Record the talk…"),
    _Kind.DEBRIEF_STAFF: _("Record the talk…"),
}


class IncidentView(QWidget):
    """``step_wanted`` carries a step and the kind to record of it, ``report_wanted`` the step whose report is to be made,
    ``back_wanted`` a step to take back, ``missing_wanted`` asks for what is missing."""

    step_wanted = Signal(object, object)
    report_wanted = Signal(object)
    back_wanted = Signal(object)
    missing_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.state: IncidentState | None = None
        self._may_record = context.desk.may(Action.EDIT_RECORD)
        self.title, self.summary = label("", "subhead"), label("", "muted")
        self.next_act = NextAct()
        self.tabs = Tabs(_("Parts of the incident"))
        self._make_account()
        self._make_steps()
        self.happened = TimelineView(_("What was recorded, newest first"))
        self.tabs.addTab(self.account, _("What ha&ppened"))
        self.tabs.addTab(self.steps_tab, _("What must be &done"))
        self.tabs.addTab(column_of(growing(self.happened), top=tokens.S), _("What was re&corded"))
        column_in(
            self, tokens.S, self.title, self.summary, growing(self.tabs), self.next_act
        )  # at the foot it moves nothing as it comes and goes

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its tabs, so that beside the list each shows its words."""
        return super().minimumSizeHint().expandedTo(QSize(self.tabs.tabBar().sizeHint().width(), 0))

    def _make_account(self) -> None:
        self._facts = QWidget()
        self._facts_column = column_in(self._facts, tokens.S, right=tokens.S)
        self.account = column_of(growing(scrolled(self._facts)), top=tokens.S)

    def _make_steps(self) -> None:
        today = self.context.desk.today
        columns = (
            Column[IncidentStep](
                "words",
                _("Step"),
                lambda step: step.words,
                stretch=True,
                width=20,
                icon=lambda step: step_state(step, today).sign,
                tone=lambda step: step_state(step, today).tone,
            ),
            Column[IncidentStep]("about", _("About"), lambda step: ", ".join(step.names), width=16),
            Column[IncidentStep](
                "state",
                _("How it stands"),
                lambda step: step_state(step, today).words,
                longest=_("Withheld, 24 Nov 2026"),
                tip=lambda step: step_state(step, today).detail or step_state(step, today).words,
            ),
        )
        empty = EmptyState("check-circle", _("Nothing must be done about it"))
        self.steps: Table[IncidentStep] = Table(
            columns, name=_("What must be done"), id_of=lambda step: step.key, empty=empty, stands_on_first=False
        )
        self.record_button = button(_("&Record it…"), self._record, icon_name="pencil-simple")
        self.report_button = button(_("Make the rep&ort…"), self._report, icon_name="printer")
        self.withhold_button = button(_("&Withhold the report…"), self._withhold, icon_name="hand-palm")
        self.back_button = button(_("&Take it back"), self._take_back, icon_name="arrow-counter-clockwise")
        self.detail = label("", "muted")
        self.steps_tab = column_of(
            growing(self.steps),
            self.detail,
            flow_of(self.report_button, self.record_button, self.withhold_button, self.back_button),
            top=tokens.S,
        )
        WrappedRows(self.steps)
        self.steps.always_give_way({"about": _ABOUT_FROM}, room_of=self)
        self.steps.current_changed.connect(self._on_step)
        self.steps.lead_to(self.record_button, self.back_button)

    # what is shown

    def show_incident(self, state: IncidentState | None) -> None:
        """Show one; None shows none, and keeps nothing in memory."""
        self.state = state
        account = state.account if state is not None else None
        self.title.setText(_("{what}, {when}").format(what=kind_words(account), when=when_words(account)) if account else "")
        show_words(self.summary, self._summary())
        self._show_facts()
        self.happened.show_events(happened(state) if state is not None else ())
        self.steps.show_rows(state.steps if state is not None else ())
        self._on_step(self.steps.current())
        self._offer_next()

    def _summary(self) -> str:
        state = self.state
        if state is None:
            return ""
        if not state.counting:
            return _("Struck out, and counts no more: {why}").format(why=state.account.struck)
        signed = dict.fromkeys((case.signed.who or "", case.signed.on) for case in state.counting if case.signed is not None)
        words = " ".join(_("Signed by {who} on {day}.").format(who=who, day=short_date(day)) for who, day in signed)
        return words or (_("Nobody has to sign it.") if is_ordinary(state.account.kind) else _("Not signed yet."))

    def _show_facts(self) -> None:
        while (taken := self._facts_column.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self.state is not None:
            fill(self._facts_column, *self._labels(self.state), STRETCH)

    def _labels(self, state: IncidentState) -> Iterator[QWidget]:
        yield Facts(account_lines(state.account))
        for case in state.cases:
            name = apart(self.context.desk, state.name(case.now.pupil_id), case.now.pupil_id)
            yield label(_("{pupil}: {part}").format(pupil=name, part=part_words(case.now)), "subhead")
            yield from self._badges(case.now.pupil_id)
            if case.struck:
                yield label(_("Struck out, and counts no more: {why}").format(why=case.now.struck), "muted")
                continue
            if facts := tuple(own_lines(case.now)):
                yield Facts(facts)
            for name in missing_of(case.now):
                yield label(_("{what} is missing, and the law asks for it.").format(what=item_named(Incident, name).quoted_label), "check")

    def _badges(self, pupil_id: str) -> Iterator[QWidget]:
        """What must be heeded of a pupil, beneath the name."""
        if badges := badges_of(self.context.desk, pupil_id):
            row = QWidget()
            Badge.change(FlowLayout(row, tokens.S), (), badges)
            yield row

    @property
    def _is_incomplete(self) -> bool:
        return self.state is not None and any(missing_of(case.now) for case in self.state.counting)

    # the step that comes next

    def _offer_next(self) -> None:
        """The first step still to do that this person may do, by the rule of Home's line."""
        left = still_to_do(self.state.steps) if self.state is not None and self._may_record else []
        step, acts = next(((step, acts) for step in left if (acts := self._acts(step))), (None, []))
        injured = self._to_enter() if self.state is not None and self._may_record else None
        to_book: list[Act] = [(_("Enter it in the accident &book…"), lambda: self._enter_accident(injured))] if injured else []
        if step is None:
            name = self.state.name(injured.pupil_id) if self.state is not None and injured is not None else ""
            words = _("{pupil} was injured, and it is not in the accident book.").format(pupil=name) if to_book else ""
            self.next_act.offer(words, to_book)
            return
        about = join_words(list(step.names))
        words = (
            step.words
            if step.kind in (_Kind.SIGNED, _Kind.DEBRIEF_PUPIL)
            else _("{step} (about {pupils})").format(step=step.words, pupils=about)
        )
        words = _("{step}. By {day}.").format(step=words, day=short_date(step.due))
        self.next_act.offer(words, [*acts, *to_book])

    def _to_enter(self) -> Incident | None:
        """The entry of the first pupil whose injury is not in the accident book yet."""
        cases = recording.injured_first(list(self.state.counting)) if self.state is not None else []
        return next((case.now for case in cases if recording.to_enter(self.context.desk, case)), None)

    def _enter_accident(self, incident: Incident | None) -> None:
        """Go where it is entered, with what is said here already."""
        if incident is not None:
            self.context.go("pupils", str(Place(incident.pupil_id, "accidents", "accident", "", FROM_INCIDENT + incident.entry_id)))

    def _acts(self, step: IncidentStep) -> list[Act]:
        """What can be done at a step: what is missing in the account comes before its signature, and no report is made for who is under an order."""
        record: Act = (_VERBS[step.kind], lambda: self.step_wanted.emit(step, step.kind))
        if step.kind is _Kind.SIGNED and self._is_incomplete:
            return [(_("Enter what is missing…"), self.missing_wanted.emit)]
        make: Act = (_("Make the report…"), lambda: self.report_wanted.emit(step))
        if step.kind is _Kind.TOLD_AUTHORITY:
            return [make, record]
        if step.kind is not _Kind.REPORTED:
            return [record]
        withhold: Act = (_("Withhold it…"), lambda: self.step_wanted.emit(step, _Kind.WITHHELD))
        may_withhold = self.context.desk.may(Action.WITHHOLD_REPORT)
        if self._is_barred(step):
            return [withhold, record] if may_withhold else []
        return [make, record, *([withhold] if may_withhold else [])]

    def _is_barred(self, step: IncidentStep | None) -> bool:
        """Whether the step is of a report to a parent who is under an order or restriction."""
        return step is not None and step.kind is _Kind.REPORTED and self.state is not None and step.contact_id in self.state.orders

    def take_up(self) -> None:
        """The cursor to the step that comes next, or to the tabs where none is left."""
        if self.next_act.isHidden():
            self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.next_act.take_focus()

    # the steps one by one

    def _on_step(self, step: IncidentStep | None) -> None:
        done = step is not None and bool(step.done)
        reports = step is not None and step.kind is _Kind.REPORTED and not done
        tells = step is not None and step.kind is _Kind.TOLD_AUTHORITY and not done
        choose = _("Choose a step first")
        whole = step is None or step.kind is not _Kind.SIGNED or not self._is_incomplete
        may_withhold, barred = self.context.desk.may(Action.WITHHOLD_REPORT), self._is_barred(step)
        decides = may_withhold or not barred
        missing = _("Something that the law asks for is missing") if decides else only(Action.WITHHOLD_REPORT)
        allow(
            self.record_button,
            self._may_record and step is not None and not done and whole and decides,
            choose if step is None else _("It is recorded already") if done else missing,
        )
        allow(self.back_button, self._may_record and done, choose if step is None else _("It is not recorded yet"))
        why_not = (
            only(Action.WITHHOLD_REPORT) if not may_withhold else choose if step is None else _("That is for a report still to be given")
        )
        signed = self.state is not None and all(case.signed is not None for case in self.state.counting)
        allow(
            self.report_button,
            (reports or tells) and signed and not barred,
            choose
            if step is None
            else _("This parent is under an order or restriction")
            if barred
            else _("That is for a report still to be given, of a signed account"),
        )
        allow(self.withhold_button, reports and may_withhold, why_not)
        state = step_state(step, self.context.desk.today) if step is not None else None
        words = step_name(step.done[-1], self.state) if step is not None and step.done else ""
        show_words(self.detail, _("{what}: {detail}").format(what=words, detail=state.detail) if words and state and state.detail else "")

    def _record(self) -> None:
        if (step := self.steps.current()) is not None:
            self.step_wanted.emit(step, step.kind)

    def _report(self) -> None:
        if (step := self.steps.current()) is not None:
            self.report_wanted.emit(step)

    def _withhold(self) -> None:
        if (step := self.steps.current()) is not None:
            self.step_wanted.emit(step, _Kind.WITHHELD)

    def _take_back(self) -> None:
        if (step := self.steps.current()) is not None:
            self.back_wanted.emit(step)

    def first(self) -> QWidget:
        """Where work with the incident begins."""
        return self.tabs.tabBar() if self.next_act.isHidden() else self.next_act.buttons[0]
