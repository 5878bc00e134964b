"""What must be done about one suspension: a box to tick each, with the time; and what has become of it.

The form of a decision, whose reasons are read to their ends.

What the review of one suspension or exclusion came to: what is recorded, and what can be recorded next.
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from pupil_desk.basics.clock import local_time, read_time, stamp
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.suspensions.review import again_due, ask_until, possible, recorded
from pupil_desk.domain.suspensions.steps import SuspensionStep
from pupil_desk.domain.suspensions.suspension import (
    REASONS,
    Suspension,
    SuspensionCase,
    SuspensionEvent,
    SuspensionEventKind,
    check_suspension,
)
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_layout, fill, flow_of, label, name_label, row_in, show_words
from pupil_desk.ui.pages.pupils.record.suspensions.suspension_words import SHOWN
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized


def decision_form(today: date, check_unfinished: Callable[[Suspension], tuple[Problem, ...]], *, readonly: bool) -> Form[Suspension]:
    """The form of a decision. What tells one reason from another stands at its end: each has a row, and is as wide as that lets it."""
    form = Form(
        Suspension, today=today, only=SHOWN, check=check_suspension, check_unfinished=check_unfinished, readonly=readonly, wide=REASONS
    )
    for name in REASONS:
        form.fields[name].editor.field.setMaximumWidth(2 * sized(tokens.FIELD))
    return form


class WhenBox(QWidget):
    """A day, a time and a note: of what is ticked next. It begins with this moment."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.day, self.time, self.note = DateBox(today=desk.today, name=_("Day")), QLineEdit(), QLineEdit()
        self.time.setAccessibleName(_("Time"))
        self.note.setAccessibleName(_("Note"))
        self.time.setMaximumWidth(self.time.fontMetrics().horizontalAdvance("00:00") + 3 * tokens.M)
        self.day.setMinimumWidth(self.fontMetrics().horizontalAdvance("Wednesday 27 September 2026 "))
        row = row_in(self, tokens.M)
        for words, field, stretch in ((_("Day"), self.day, 0), (_("Time"), self.time, 0), (_("Note"), self.note, 1)):
            column = column_layout(name_label(words, field), field, STRETCH)
            row.addLayout(column, stretch)

    def set_now(self) -> None:
        """This moment, and no note."""
        now = local_time(stamp(self._desk.clock.now()))
        self.day.set_day(self._desk.today)
        self.time.setText(now.strftime("%H:%M"))
        self.note.clear()

    def new_event(
        self, pupil_id: str, decision: str, kind: SuspensionEventKind, note: str = "", *, is_done: bool = True
    ) -> SuspensionEvent:
        """What is recorded with what is typed here, the time as it is kept, so that a question tells of the same half of the day; what is no time
        stays as it is typed, to be refused."""
        note, time = note or self.note.text(), self.time.text().strip()
        return SuspensionEvent(
            pupil_id=pupil_id,
            decision=decision,
            kind=kind,
            on=self.day.day() or self._desk.today,
            time=read_time(time) or time or None,
            done=is_done,
            note=note or None,
        )


class StepsBox(QWidget):
    """The steps, each a box to tick. ``ticked`` carries the event and whether it is done now."""

    ticked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[SuspensionEventKind, TickBox] = {}
        self._column = column_in(self, tokens.S)

    def show_steps(self, steps: Sequence[SuspensionStep]) -> None:
        """Show these in the place of those shown."""
        while (layout_item := self._column.takeAt(0)) is not None:
            if (widget := layout_item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes = {}
        for step in steps:
            box = TickBox(codelist("suspension_event").label_of(step.event), ticked=step.done is not None)
            state_label = label(_state_words(step), "muted")
            state_label.setContentsMargins(tokens.XL, 0, 0, 0)
            box.setAccessibleDescription(state_label.text())
            box.clicked.connect(lambda checked, event=step.event: self.ticked.emit(event, checked))
            self.boxes[step.event] = box
            fill(self._column, box, state_label)


def _state_words(step: SuspensionStep) -> str:
    """When it was done; else what is to be done, and by when."""
    if step.done:
        parts = [short_date(step.done.on), step.done.time or "", step.done.note or ""]
        return _("Done {when}").format(when=", ".join(part for part in parts if part))
    due = _(" By {day}.").format(day=short_date(step.due)) if step.due else ""
    return f"{step.words}.{due}"


_WIDTH = 30  # characters


class ReviewBox(QWidget):
    """``step_recorded`` carries an event, and whether it is recorded now or taken back."""

    step_recorded = Signal(object, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._last = desk, SuspensionEventKind.BOARD_UPHELD
        self.so_far, self.until = label("", "muted"), label("", "hint")
        self.event_box = ChoiceBox(name=_("What was decided or asked for"))
        self.event_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.event_box.setMinimumContentsLength(_WIDTH)
        self.record_button = button(_("Record &this"), self._record, icon_name="check")
        self.back_button = button(_("Take the last back"), self._take_back, icon_name="arrow-counter-clockwise")
        self._may = may = desk.may(Action.SUSPEND)
        for act_button in (self.record_button, self.back_button):
            act_button.setEnabled(may)
            act_button.setToolTip("" if may else only(Action.SUSPEND))
        self.event_box.currentIndexChanged.connect(lambda _place: self._on_chosen())
        self.row = flow_of(self.event_box, self.record_button, self.back_button)
        self.hint_label = label(_("It is recorded at once, with the day, time and note above."), "hint")
        column_in(self, tokens.S, self.so_far, self.until, self.hint_label, self.row)
        tab_after(self.event_box, [self.record_button, self.back_button])

    def show_case(self, case: SuspensionCase, calendar: SchoolCalendar) -> None:
        """What is recorded of this decision's review, in order, and what may follow."""
        events, next_ = recorded(case), possible(case, self._desk.today)
        self.so_far.setText("\n".join(_line(event) for event in events) or _("Nothing is recorded of it yet."))
        show_words(self.until, _days(case, calendar))
        self.event_box.clear()
        self.event_box.addItem(_("Choose…"), "")
        for event in next_:
            self.event_box.addItem(codelist("suspension_event").label_of(event), str(event))
        self.event_box.setVisible(bool(next_))
        self.hint_label.setVisible(bool(next_))
        self.record_button.setVisible(bool(next_))
        self.back_button.setVisible(bool(events))
        self._last = SuspensionEventKind(events[-1].kind) if events else SuspensionEventKind.BOARD_UPHELD

    def take_focus(self) -> None:
        """The cursor goes on to what can be recorded next; where nothing more can, to taking the last back."""
        (self.event_box if not self.event_box.isHidden() else self.back_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self) -> None:
        """Nothing is recorded that nobody chose."""
        self.record_button.setEnabled(self._may and bool(self.event_box.key()))

    def _record(self) -> None:
        self.step_recorded.emit(SuspensionEventKind(self.event_box.key()), True)

    def _take_back(self) -> None:
        self.step_recorded.emit(self._last, False)


def _line(event: SuspensionEvent) -> str:
    words = _("{what}, {day}").format(what=codelist("suspension_event").label_of(event.kind), day=short_date(event.on))
    return f"{words}. {event.note}" if event.note else words


def _days(case: SuspensionCase, calendar: SchoolCalendar) -> str:
    """The day by which something may be asked for, or is to be done."""
    if (until := ask_until(case, calendar)) is not None:
        return _("An independent review may be asked for until {day}, and an SEN expert with it.").format(day=short_date(until))
    if (due := again_due(case, calendar)) is not None:
        return _("The committee or board considers it again by {day}.").format(day=short_date(due))
    return ""
