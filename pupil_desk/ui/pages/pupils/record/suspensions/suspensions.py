"""Suspensions and permanent exclusions: the list, the decision, what it comes to, and what must be done about it."""

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.calendar import Half, SchoolCalendar
from pupil_desk.domain.suspensions.limit import MOST_DAYS, WARN_FROM
from pupil_desk.domain.suspensions.steps import SuspensionContext, SuspensionStep, still_to_do
from pupil_desk.domain.suspensions.suspension import (
    SUSPENSION,
    Suspension,
    SuspensionCase,
    SuspensionEvent,
    SuspensionEventKind,
    check_correction,
    check_suspension,
)
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.services.suspensions import decisions, letters, marks
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.talk.next_act import Act, NextAct
from pupil_desk.ui.kit.words import button, column_in, fill, flow_of, label, set_look
from pupil_desk.ui.pages.pupils.record.household_paper import HouseholdPapers
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart
from pupil_desk.ui.pages.pupils.record.suspensions.suspension_steps import ReviewBox, StepsBox, WhenBox, decision_form
from pupil_desk.ui.pages.pupils.record.suspensions.suspension_words import (
    LETTER,
    QUESTIONS,
    back_words,
    columns,
    comes_to_words,
    register_words,
    replaced_words,
    saved_words,
    title_of,
)
from pupil_desk.ui.style import tokens


class SuspensionsPart(SeveralPart[Suspension]):
    """The list of decisions and the form of one; beneath it the steps, ticked off with their times."""

    next_act: NextAct

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk, may = context.desk, context.desk.may(Action.SUSPEND)
        form = decision_form(desk.today, self._check_unfinished, readonly=not may)
        manner = dataclasses.replace(_MANNER, rows_of=lambda record, _desk: self._read(record), save=_correct)
        self.overview = decisions.Overview((), 0, SchoolCalendar(), SuspensionContext())
        self.total, self.comes_to = label("", "muted"), label("", "muted")
        super().__init__(context, may_leave, manner, form, lambda suspension: suspension.decision)
        self._build_below()
        self.form.edited.connect(self._count)
        self.form.elsewhere |= {"on": self.when.day.setFocus, "time": self.when.time.setFocus}
        self.when.day.edited.connect(lambda: self.form.mended("on"))
        self.when.time.textEdited.connect(lambda _text: self.form.mended("time"))

    def _build_below(self) -> None:
        self.column.insertWidget(0, self.total)
        self.column.insertWidget(self.column.indexOf(self.form) + 1, self.comes_to)
        self.below = QWidget()
        self.when, self.steps, self.next_act = WhenBox(self.context.desk), StepsBox(), NextAct()
        self.steps.ticked.connect(self._on_ticked)
        self.column.insertWidget(self.column.indexOf(self.title), self.next_act)
        tab_after(self.add_button, self.next_act.buttons)
        below = column_in(
            self.below,
            tokens.M,
            label(_("What must be done"), "subhead"),
            label(
                _("Tick what is done. It is recorded at once, with this day and time; change them first if it was done earlier."), "hint"
            ),
            self.when,
            self.steps,
            label(_("What becomes of it"), "subhead"),
        )
        self.letter = HouseholdPapers(self, LETTER, letters.log_print)
        self.letter_button = button(_("&Letter to the family…"), self._letter, icon_name="printer")
        self.endings = {
            kind: button(words, partial(self._end, kind))
            for kind, words in (
                (SuspensionEventKind.SERVED, _("The pupil is bac&k")),
                (SuspensionEventKind.CANCELLED, _("Cancel it…")),
                (SuspensionEventKind.REINSTATED, _("Reinstated…")),
                (SuspensionEventKind.MISTAKEN, _("Entered by mistake…")),
            )
        }
        row = flow_of(self.letter_button, *self.endings.values())
        ends = [widget for kind, widget in self.endings.items() if kind is not SuspensionEventKind.SERVED]
        only_for(self.context.desk, Action.SUSPEND, *ends)
        below.addWidget(row)
        self.review = ReviewBox(self.context.desk)
        self.review.step_recorded.connect(self._review)
        self.review_title = label(_("The review of it"), "subhead")
        fill(below, self.review_title, self.review)
        self.column.insertWidget(self.column.indexOf(self.comes_to) + 1, self.below)

    def _read(self, record: PupilRecord) -> list[Suspension]:
        self.overview = decisions.overview(self.context.desk, record.pupil.id)
        return [case.suspension for case in reversed(self.overview.cases)]

    def case(self, suspension: Suspension) -> SuspensionCase:
        """The decision that a row shows, with its sessions and events."""
        return self.overview.case(suspension.decision)

    def show_record(self, record: PupilRecord) -> None:
        self.letter.close()
        super().show_record(record)
        words = _("This school year: {days} of at most {most} school days, at all schools together.")
        if self.overview.days > MOST_DAYS:
            words = _("This school year: {days} school days, at all schools together. That is more than the {most} that the law allows.")
        self.total.setText(words.format(days=f"{self.overview.days:g}", most=f"{MOST_DAYS:g}"))
        set_look(self.total, "problem" if self.overview.days >= WARN_FROM else "muted")

    def _reveal(self) -> None:
        super()._reveal()
        suspension = self._current_row
        self.below.setVisible(suspension is not None and not self.adding)
        if suspension is None:
            self.next_act.offer("", ())
        else:
            case = self.case(suspension)
            self.when.set_now()
            steps = decisions.steps(self.context.desk, self.overview, case)
            self.steps.show_steps(steps)
            self._offer_next(() if self.adding else still_to_do(steps))
            self.review.show_case(case, self.overview.calendar)
            self.letter_button.setVisible(suspension.school is None and case.broken_off is None)
            for part in (self.review, self.review_title):
                part.setVisible(suspension.school is None)
            has_begun = suspension.start <= self.context.desk.today
            for kind, widget in self.endings.items():
                widget.setVisible(case.ending is None and (has_begun or kind is not SuspensionEventKind.SERVED))
        self._count()

    def _offer_next(self, steps: Sequence[SuspensionStep]) -> None:
        """The first step that is still to do, by the rule of Home's line: the letter is made and then recorded, the others are recorded."""
        if not steps or not self.context.desk.may(Action.EDIT_RECORD):
            self.next_act.offer("", ())
            return
        step = steps[0]
        due = _(" By {day}.").format(day=short_date(step.due)) if step.due else ""
        recorded = (_("It is done: record it now"), partial(self._record_next, step.event))
        by_letter = step.event is SuspensionEventKind.LETTER
        acts: list[Act] = [(_("Make the letter…"), self._letter), recorded] if by_letter else [recorded]
        self.next_act.offer(f"{step.words}.{due}", acts, records=not by_letter)

    def _check_unfinished(self, suspension: Suspension) -> tuple[Problem, ...]:
        """All that stops a decision or is to be minded, by the register and the calendar too, each at its item."""
        start, session = (self.form.fields[name].reading().value for name in ("start", "session"))
        problems = check_suspension(dataclasses.replace(suspension, start=start or self.context.desk.today))
        return (*problems, *decisions.plan_of(self.context.desk, suspension).problems) if start and session else problems

    def _count(self) -> None:
        """What the decision comes to, as typed."""
        suspension = None if self.form.isHidden() else self.form.record()
        self.comes_to.setVisible(suspension is not None)
        if suspension is not None:
            is_typed, shown = self.adding or self.dirty, self._current_row
            before = self.case(shown) if shown is not None else None
            words, look = comes_to_words(self.context.desk, suspension, before, is_typed=is_typed)
            self.comes_to.setText(words)
            set_look(self.comes_to, look)
            self._stand_at_foot(is_typed)

    def _stand_at_foot(self, is_typed: bool) -> None:
        """While it is typed what it comes to stands at the foot, in sight wherever the form is scrolled to; else beneath the form."""
        if is_typed and self.outer.indexOf(self.comes_to) < 0:
            self.outer.addWidget(self.comes_to)
        elif not is_typed and self.column.indexOf(self.comes_to) < 0:
            self.column.insertWidget(self.column.indexOf(self.form) + 1, self.comes_to)
        self.comes_to.setMargin(tokens.S if is_typed else 0)

    def _agreed(self, record: Suspension) -> bool:
        """No mark that is saved in the register is changed unasked."""
        replaced = replaced_words(self.context.desk, record, decisions.plan_of(self.context.desk, record))
        text = f"{self._decision_title(record)}\n{replaced}"
        return not replaced or self.context.ask.confirm(_("Change what the register says?"), text, _("Save and change"))

    def _decision_title(self, suspension: Suspension) -> str:
        """A decision in a question: whose it is, and which."""
        assert self.record is not None
        return _("{pupil}. {title}.").format(pupil=self.record.pupil.full_name, title=self.manner.title_of(suspension))

    def save(self) -> bool:
        old = self._current_row
        if not super().save():
            return False
        if (kept := self._current_row) is not None:
            self.context.banner.success(saved_words(self.context.desk, self.case(kept)), undo=self._undo_of(kept, old))
        return True

    def _undo_of(self, kept: Suspension, old: Suspension | None) -> Act | None:
        """The button that undoes the saving; none where what it said could not be said again."""
        if old is not None and check_correction(self.case(kept), old, self.context.desk.today):
            return None
        return _("&Undo"), partial(self._undo, kept, old)

    def _undo(self, kept: Suspension, old: Suspension | None) -> None:
        """Undo the saving, whichever record is in view by then; what is typed since is asked about."""
        if not self.may_leave():
            return
        before = marks.suspended(self.context.desk, kept.pupil_id)
        changed = self.context.attempt(lambda: decisions.undo(self.context.desk, kept, old))
        if changed is not None:
            self.record_saved.emit(changed)
            self._say(_("Undone: {decision}.").format(decision=title_of(kept)), kept.pupil_id, before)
            self.focus_first()

    def _on_ticked(self, kind: SuspensionEventKind, is_done: bool) -> None:
        """A box was pressed: the boxes are made anew, and the cursor stays on that step."""
        if self._tick(kind, is_done) and (box := self.steps.boxes.get(kind)) is not None:
            box.show()  # now: its layout would do so later, and what is hidden takes no focus
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_day(self) -> bool:
        """Whether what is typed above the steps is a day, or nothing, which is today; else it is said and nothing is recorded."""
        words = self.when.day.problem()
        if words:
            self.form.show_problems((Problem("on", "bad_date", words),))
        return not words

    def _tick(self, kind: SuspensionEventKind, is_done: bool) -> bool:
        """Record a step, or take it back; False where it was not, and why is said."""
        suspension = self._current_row
        if suspension is None or not self._is_day() or (self.dirty and not self.may_leave()):
            self._reveal()
            return False
        event = self.when.new_event(suspension.pupil_id, suspension.decision, kind, is_done=is_done)
        if not self._record(event):
            self._reveal()
            return False
        return True

    def _record(self, event: SuspensionEvent) -> bool:
        """Record a step, or what becomes of a decision, and say so: it can be undone, or was taken back."""
        before = marks.suspended(self.context.desk, event.pupil_id)
        if not self.keep(self.form, lambda: decisions.record_event(self.context.desk, event)):
            return False
        back = dataclasses.replace(event, done=False, on=self.context.desk.today, time=None, note=None)
        undo = (_("&Undo"), partial(self._take_step_back, back)) if event.done else None
        words = _("Recorded: {step}.") if event.done else _("Taken back: {step}.")
        self._say(words.format(step=codelist("suspension_event").label_of(event.kind)), event.pupil_id, before, undo)
        return True

    def _say(self, words: str, pupil_id: str, before: frozenset[Half], undo: Act | None = None) -> None:
        """Say what was done, with what became of the E marks that were there before."""
        changed = register_words(before, marks.suspended(self.context.desk, pupil_id))
        self.context.banner.success(" ".join(filter(None, (words, changed))), undo=undo)

    def _take_step_back(self, event: SuspensionEvent) -> None:
        """Undo the recording of a step, whichever record is in view by then."""
        if self._record(event):
            self.go_on()

    def _record_next(self, kind: SuspensionEventKind) -> None:
        """Record the step that is offered, and go on to the one after it."""
        if self._tick(kind, True):
            self.go_on()

    def _review(self, kind: SuspensionEventKind, is_done: bool) -> None:
        """Record what the review came to, with the day and note above; a step back is agreed to first."""
        suspension = self._current_row
        if suspension is None or not self._is_day() or (self.dirty and not self.may_leave()):
            return
        words = _("{which} It stays on file that it was recorded, and that it was taken back.").format(
            which=self._decision_title(suspension)
        )
        if not is_done and not self.context.ask.confirm(
            _("Take back what was recorded last of the review?"), words, _("Take it back"), stay=_("Keep it")
        ):
            return
        event = self.when.new_event(suspension.pupil_id, suspension.decision, kind, is_done=is_done)
        if self.keep(self.form, lambda: decisions.record(self.context.desk, event)):
            self.review.take_focus()

    def _end(self, kind: SuspensionEventKind) -> None:
        """Record what has become of it, from the day and time above, once the reason is given."""
        suspension = self._current_row
        if suspension is None or not self._is_day() or (self.dirty and not self.may_leave()):
            return
        note = ""
        if kind is not SuspensionEventKind.SERVED:
            title, text, verb, stay = QUESTIONS[kind]
            back = back_words(self.overview.calendar, self.when.new_event(suspension.pupil_id, suspension.decision, kind))
            question = f"{self._decision_title(suspension)} {text.format(back=back)}"
            answer = self.context.ask.text(title, question, _("Reason"), verb=verb, stay=stay)
            if answer is None:
                return
            note = answer
        if self._record(self.when.new_event(suspension.pupil_id, suspension.decision, kind, note)):
            self.go_on()

    def _letter(self) -> None:
        suspension = self._current_row
        if suspension is not None and not (self.dirty and not self.may_leave()):
            self.letter.begin(suspension.pupil_id, lambda desk: letters.letters(desk, suspension.pupil_id, suspension.decision))


def _columns(part: SeveralPart[Suspension]) -> Sequence[Column[Suspension]]:
    assert isinstance(part, SuspensionsPart)
    return columns(part.case, part.context.desk.today)


def _new(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    start, session = marks.first_missed(desk, record.pupil.id)
    return {"category": SUSPENSION, "start": start, "session": session, "decided_by": desk.settings.head}


def _correct(desk: Desk, suspension: Suspension) -> Changed:
    return decisions.correct(desk, suspension.decision, suspension)


_MANNER = PartDefinition[Suspension](
    name=_("Suspensions and exclusions"),
    add_words=_("Add a dec&ision"),
    new_title=_("New decision"),
    empty_words=_("No suspension is on file"),
    sign="calendar-x",
    columns=_columns,
    rows_of=lambda _record, _desk: [],
    title_of=title_of,
    stands_on_first=False,
    new_keys=_new,
    add=decisions.decide,
    add_action=Action.SUSPEND,
    spare={"until": 600, "days": 500, "reason": 860},
)
