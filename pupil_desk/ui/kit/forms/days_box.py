"""Days of which one looks at something: a stretch by its name, or two days that are typed."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services.disclosures.told import EVER, Days
from pupil_desk.services.figures.periods import year_of
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.words import column_in, flow_of, labelled
from pupil_desk.ui.style import tokens

AT_ANY_TIME, MONTH, THIS_YEAR, LAST_YEAR, TYPED = "ever", "month", "this-year", "last-year", "typed"
_MONTH = timedelta(days=30)


class DaysBox(QWidget):
    """``chosen`` comes when the days are others."""

    chosen = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        year = school_year(today)
        self._stretches = {AT_ANY_TIME: EVER, MONTH: Days(today - _MONTH, today)}
        self._stretches |= {
            key: Days(year_days.first, year_days.last) for key, year_days in ((THIS_YEAR, year_of(year)), (LAST_YEAR, year_of(year - 1)))
        }
        self.when = ChoiceBox(
            (
                (AT_ANY_TIME, _("At any time")),
                (MONTH, _("In the last 30 days")),
                (THIS_YEAR, _("This school year")),
                (LAST_YEAR, _("Last school year")),
                (TYPED, _("Between two days")),
            ),
            name=_("When"),
        )
        self.since, self.until = DateBox(today=today, name=_("From")), DateBox(today=today, name=_("To"))
        self._typed_days = flow_of(labelled(_("F&rom"), self.since), labelled(_("T&o"), self.until), spacing=tokens.M)
        column_in(self, tokens.XS, flow_of(labelled(_("Whe&n"), self.when), self._typed_days, spacing=tokens.M))
        self._typed_days.hide()
        self.when.currentIndexChanged.connect(lambda _place: self._on_stretch())
        for box in (self.since, self.until):
            box.edited.connect(self.chosen)

    @property
    def days(self) -> Days | None:
        """The days chosen; None while what is typed cannot be read. A box left empty sets no end."""
        return None if self.wrong else self._days()

    def _days(self) -> Days:
        if self.when.key() != TYPED:
            return self._stretches[self.when.key()]
        return Days(self.since.day() or EVER.since, self.until.day() or EVER.until)

    @property
    def wrong(self) -> str:
        """Why what is typed is no stretch of days; empty where it is one."""
        if self.when.key() != TYPED:
            return ""
        if any(box.text().strip() and box.day() is None for box in (self.since, self.until)):
            return _("Enter days such as 27/3/2026.")
        days = self._days()
        return _("The period ends before it begins. Correct one of the two days.") if days.until < days.since else ""

    def _on_stretch(self) -> None:
        by_hand = self.when.key() == TYPED
        self._typed_days.setVisible(by_hand)
        if by_hand and not self.since.text() and not self.until.text():
            self.since.set_day(self._stretches[THIS_YEAR].since)
        self.chosen.emit()
