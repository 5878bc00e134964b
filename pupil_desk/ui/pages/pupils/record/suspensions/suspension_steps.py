"""What must be done about one suspension: a box to tick each, with the time; and what has become of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pupil_desk.basics.clock import local_time, stamp
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.suspensions.steps import SuspensionStep
from pupil_desk.domain.suspensions.suspension import SuspensionEvent, SuspensionEventKind
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.layout import column_in, row_in
from pupil_desk.ui.kit.words import label
from pupil_desk.ui.style import tokens


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
            column = QVBoxLayout()
            column.setSpacing(tokens.XS)
            name = label(words, "label")
            name.setBuddy(field)
            column.addWidget(name)
            column.addWidget(field)
            column.addStretch(1)
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
        """What is recorded with what is typed here."""
        note = note or self.note.text()
        return SuspensionEvent(
            pupil_id=pupil_id,
            decision=decision,
            kind=kind,
            on=self.day.day() or self._desk.today,
            time=self.time.text().strip() or None,
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
            self._column.addWidget(box)
            self._column.addWidget(state_label)


def _state_words(step: SuspensionStep) -> str:
    """When it was done; else what is to be done, and by when."""
    if step.done:
        parts = [short_date(step.done.on), step.done.time or "", step.done.note or ""]
        return _("Done {when}").format(when=", ".join(part for part in parts if part))
    due = _(" By {day}.").format(day=short_date(step.due)) if step.due else ""
    return f"{step.words}.{due}"
