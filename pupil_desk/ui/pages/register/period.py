"""The days in view: one day or a school week, a box for the date, and a step back or on."""

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton, QSizePolicy, QWidget

from pupil_desk.basics.dates import read_date, short_date
from pupil_desk.basics.words import _
from pupil_desk.ui.kit.forms.datebox import as_typed
from pupil_desk.ui.kit.forms.radio_group import RadioGroup
from pupil_desk.ui.kit.words import button, flow_in
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_FRIDAY = 4


def week_of(day: date) -> tuple[date, date]:
    """Monday and Friday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=_FRIDAY)


def step_from(day: date, steps: int, *, is_week: bool) -> date:
    """The next or last day or week; a step of a day leaves weekends out."""
    if is_week:
        return day + timedelta(days=7 * steps)
    day += timedelta(days=steps)
    while day.weekday() > _FRIDAY:
        day += timedelta(days=steps)
    return day


class PeriodBar(QWidget):
    """``period_wanted`` says that another day, or a week instead of a day, is asked for: the page decides, and calls ``show_period``."""

    period_wanted = Signal(object, bool)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.day, self.week = today, False
        self.day_button, self.week_button = QRadioButton(_("&Day")), QRadioButton(_("&Week"))
        self._kinds = RadioGroup(self)
        for kind in (self.day_button, self.week_button):
            self._kinds.add(kind, kind.text())
        fixed = QSizePolicy.Policy.Fixed
        self.back = self._tool("caret-left", _("Day or week before (Ctrl+Left)"), -1)
        self.box = QLineEdit()
        self.box.setAccessibleName(_("Date"))
        self.box.setFixedWidth(self.box.fontMetrics().horizontalAdvance("30 Mmm 2026") + 2 * tokens.M)
        self.box.setSizePolicy(fixed, fixed)
        self.next_button = self._tool("caret-right", _("Next day or week (Ctrl+Right)"), 1)
        self.now = button(_("&Today"), lambda: self.period_wanted.emit(self._today, self.week))
        self._kinds.buttonClicked.connect(lambda kind: self.period_wanted.emit(self.day, kind is self.week_button))
        self.box.editingFinished.connect(self._on_day_typed)
        flow_in(self, self.day_button, self.week_button, self.back, self.box, self.next_button, self.now)
        self.show_period(today, is_week=False)

    def _tool(self, sign: str, words: str, steps: int) -> QPushButton:
        tool_button = button("", lambda: self.step(steps), icon_name=sign)
        tool_button.setAccessibleName(words)
        tool_button.setToolTip(words)
        tool_button.setFixedSize(QSize(sized(tokens.TARGET), sized(tokens.TARGET)))
        return tool_button

    def show_period(self, day: date, *, is_week: bool) -> None:
        """These days are in view."""
        self.day, self.week = day, is_week
        (self.week_button if is_week else self.day_button).setChecked(True)
        self.box.setText(short_date(day))

    def step(self, steps: int) -> None:
        """Ask for the next or last day or week."""
        self.period_wanted.emit(step_from(self.day, steps, is_week=self.week), self.week)

    def view_kept(self) -> list[Any]:
        return [self.day.isoformat(), self.week]

    def take_view(self, kept: list[Any]) -> None:
        self.period_wanted.emit(date.fromisoformat(kept[0]), kept[1])

    @property
    def days(self) -> tuple[date, date]:
        """First and last day in view."""
        return week_of(self.day) if self.week else (self.day, self.day)

    def _on_day_typed(self) -> None:
        try:
            day = read_date(as_typed(self.box.text(), self._today))
        except ValueError:
            day = self.day
        self.box.setText(short_date(self.day))
        if day != self.day:
            self.period_wanted.emit(day, self.week)

    def focus_date(self) -> None:
        """To the date box, with its text ready to be typed over."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
