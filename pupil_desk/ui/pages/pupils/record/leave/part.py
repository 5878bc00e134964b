"""Leave of absence that the family asks for: one in a form with what was decided, the letter, and the marks that follow once a person says so."""

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.leave.leave_request import DECISION_ITEMS, REQUEST_FORM, LeaveDecision, LeaveRequest
from pupil_desk.domain.register.attendance import CODES
from pupil_desk.services import register
from pupil_desk.services.leave import leave_letters, leave_marks, recording
from pupil_desk.services.leave.leave_due import days_words
from pupil_desk.services.leave.leave_marks import ProposedMarks
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.talk.next_act import NextAct
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import allow, button
from pupil_desk.ui.pages.pupils.record.household_paper import HouseholdPapers, HouseholdPaperWords
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart

_LETTER = HouseholdPaperWords(
    name=_("Letter about leave"),
    nobody_words=_("There is nobody to write to"),
    choice_hint=_("The letter goes to the household of who asked."),
    making=_("Making the letter"),
)
_OF_PART = ("granted_from", "granted_until")


def _takes_out(proposal: ProposedMarks) -> bool:
    """Whether all that follows is that marks go from the register, as after leave that is no longer given."""
    return all(not mark.code for mark in proposal.marks)


class LeavePart(SeveralPart[LeaveRequest]):
    """The requests, the latest first; one that is struck out is seen, and counts no more."""

    leads_on = True
    next_act: NextAct

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        check = partial(recording.problems, context.desk)
        form = Form(LeaveRequest, today=context.desk.today, only=REQUEST_FORM, check=check, begin=("outcome",))
        manner = dataclasses.replace(_MANNER, save=recording.amend)
        super().__init__(context, may_leave, manner, form, lambda request: request.entry_id)
        self.next_act = NextAct()
        self.column.insertWidget(self.column.indexOf(self.title), self.next_act)
        self.letter_button = button(_("&Letter to the family…"), self._letter, icon_name="printer")
        self.marks_button = button(_("Enter the mar&ks…"), self.enter_marks, icon_name="calendar-check")
        self.strike_button = button(_("Strike it o&ut…"), self.strike, icon_name="prohibit")
        buttons = [self.letter_button, self.marks_button, self.strike_button]
        for widget in buttons:
            self.acts.addWidget(widget)
        tab_after(self.add_button, [*buttons, *self.next_act.buttons])
        self.letter = HouseholdPapers(self, _LETTER, lambda desk, paper: leave_letters.log_print(desk, self._shown_id(), paper))
        self.form.fields["outcome"].edited.connect(lambda: once_calm(self, self._fit_decision))

    def show_record(self, record: PupilRecord) -> None:
        self.letter.close()
        super().show_record(record)

    def _reveal(self) -> None:
        super()._reveal()
        desk, request = self.context.desk, None if self._adding else self._current_row
        may, counts = desk.may(Action.EDIT_RECORD), request is not None and request.struck is None
        self.form.set_readonly(not (may and (counts or self._adding)))
        proposal = leave_marks.proposed_marks(desk, request) if request is not None else ProposedMarks()
        is_decided = counts and request is not None and request.outcome not in (None, LeaveDecision.WITHDRAWN)
        refusal = _("Choose a request first") if may else only(Action.EDIT_RECORD)
        allow(self.strike_button, may and counts, refusal)
        allow(self.letter_button, is_decided, _("Enter the decision and save it first") if request is not None else refusal)
        no_marks = _("No marks follow that the register does not have") if request is not None else refusal
        allow(self.marks_button, may and bool(proposal.marks), no_marks)
        words = self._marks_words(proposal) if may and proposal.marks else ""
        verb = _("Take the marks out…") if _takes_out(proposal) else _("Enter the marks…")
        self.next_act.offer(words, [(verb, self.enter_marks), (_("Letter to the family…"), self._letter)] if words else ())
        self._fit_decision()

    def _fit_decision(self) -> None:
        """Ask for what the decision has: nothing while there is none, the days where leave is given for some of them."""
        decision = self.form.fields["outcome"].editor.typed_text()
        hidden = {*DECISION_ITEMS} if not decision or decision == LeaveDecision.WITHDRAWN else set()
        hidden |= set() if decision == LeaveDecision.PART else {*_OF_PART}
        self.form.show_items([name for name in REQUEST_FORM if name not in hidden])

    def _marks_words(self, proposal: ProposedMarks) -> str:
        codes = sorted({mark.code for mark in proposal.marks})
        labels = ", ".join(
            _("{code} ({label})").format(code=code, label=codelist(CODES).label_of(code)) if code else _("no mark") for code in codes
        )
        number = count_of(len(proposal.marks), _("session"), _("sessions"))
        what = (
            _("take the marks of leave out of the register for {sessions}, {first} to {last}")
            if _takes_out(proposal)
            else _("enter {code} in the register for {sessions}, {first} to {last}")
        )
        return what.format(code=labels, sessions=number, first=short_date(proposal.marks[0].day), last=short_date(proposal.marks[-1].day))

    # what is done

    def save(self) -> bool:
        """Keep it, and offer to undo that."""
        before = {row.entry_id: row.id for row in self.table.rows}
        if not super().save():
            return False
        for row in self.table.rows:
            if row.id != before.get(row.entry_id):
                words = _("Kept: leave asked for, {days}.").format(days=days_words(row))
                self.context.banner.success(words, undo=(_("&Undo"), partial(self._undo, row)))
        return True

    def _undo(self, request: LeaveRequest) -> None:
        if self.may_leave() and self.keep(self.form, lambda: recording.undo(self.context.desk, request)):
            self.context.banner.success(
                _("Undone: leave asked for, {days}. Marks in the register are not changed by it.").format(days=days_words(request))
            )

    def strike(self) -> None:
        """Say that the one chosen was entered by mistake, once the reason is given."""
        row = self._current_row
        if row is None or self.record is None or not self.may_leave():
            return
        words = _(
            "{pupil}. Leave asked for, {days}. It stays on file with the reason, and counts no more. Marks of leave in the register are not changed by it: what is to be corrected is proposed next."
        )
        words = words.format(pupil=self.record.pupil.full_name, days=days_words(row))
        reason = self.context.ask.text(
            _("Strike this request out?"), words, _("Why it is struck out"), verb=_("Strike it out"), stay=_("Keep it")
        )
        if reason is not None:
            self.keep(self.form, lambda: recording.strike(self.context.desk, row.entry_id, reason))

    def _letter(self) -> None:
        row = self._current_row
        if row is not None and self.may_leave():
            self.letter.begin(row.pupil_id, lambda desk: leave_letters.letters(desk, row.entry_id))

    def enter_marks(self) -> None:
        """Enter the marks that follow, once a person has seen which."""
        row, context = self._current_row, self.context
        if row is None or self.record is None or not self.may_leave():
            return
        proposal = leave_marks.proposed_marks(context.desk, row)
        if not proposal.marks or not self._is_agreed(proposal):
            return
        if self.keep(self.form, lambda: leave_marks.enter(context.desk, row.entry_id, proposal)):
            words = _("Taken out: {marks}.") if _takes_out(proposal) else _("Entered: {marks}.")
            words = words.format(marks=count_of(len(proposal.marks), _("mark"), _("marks")))
            context.banner.success(words, undo=(_("&Undo"), partial(self._take_marks_back, context.desk.last_act, words)))

    def _is_agreed(self, proposal: ProposedMarks) -> bool:
        assert self.record is not None
        words = _("{pupil}: {what}.").format(pupil=self.record.pupil.full_name, what=self._marks_words(proposal))
        if proposal.changed:
            number = count_of(proposal.changed, _("entry"), _("entries"))
            words += " " + _("{number} of the register change: what they said stays to be seen.").format(number=number)
        words += " " + _("Sessions in which the register says anything else stay as they are.")
        title, verb = (
            (_("Take these marks out?"), _("Take them out")) if _takes_out(proposal) else (_("Enter these marks?"), _("Enter them"))
        )
        return self.context.ask.confirm(title, words, verb, stay=_("Not now"))

    def _take_marks_back(self, act: str, words: str) -> None:
        if self.may_leave() and self.keep(self.form, lambda: register.undo_marks(self.context.desk, act)):
            self.context.banner.success(_("Undone: {what}").format(what=words))


def _standing(request: LeaveRequest) -> str:
    if request.struck is not None:
        return _("Struck out")
    return codelist("leave_decision").label_of(request.outcome) if request.outcome else _("To be decided")


def _purpose(request: LeaveRequest) -> str:
    return codelist("leave_purpose").label_of(request.purpose)


def _columns(part: SeveralPart[LeaveRequest]) -> Sequence[Column[LeaveRequest]]:
    return (
        Column("days", _("Days"), days_words, longest="30 Nov 2026 to 30 Nov 2026", icon=_icon),
        Column("purpose", _("For"), _purpose, stretch=True),
        Column("standing", _("Decision"), _standing, width=24),
    )


def _icon(request: LeaveRequest) -> str:
    return "prohibit" if request.struck is not None else ""


_MANNER = PartDefinition[LeaveRequest](
    name=_("Leave asked for"),
    add_words=_("&Add a request"),
    new_title=_("New request"),
    empty_words=_("No leave was asked for"),
    sign="calendar-check",
    columns=_columns,
    rows_of=lambda record, desk: [case.now for case in recording.of_pupil(desk, record.pupil.id)],
    title_of=lambda request: _("Leave asked for, {days}").format(days=days_words(request)),
    new_keys=lambda _record, desk: {"received_on": desk.today},
    add=recording.add,
    spare={"purpose": 560},
    stands_on_first=False,
)
