"""The period that an export tells of: one of those that are asked for most, or two days typed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.exports.export import Period
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.words import column_in, flow_of, label, labelled, name_label
from pupil_desk.ui.style import tokens

_OTHER = "other"


class PeriodBox(QWidget):
    """``changed`` comes when another period can be read; ``period`` is it, None while a day cannot be read or the two are the wrong way round."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._ready: Sequence[tuple[str, Period]] = ()
        self.ready = ChoiceBox(name=_("Period"))
        self.since, self.until = DateBox(today=today, name=_("First day")), DateBox(today=today, name=_("Last day"))
        self.problem = label(_("Enter two days, the first before the last."), "problem")
        column_in(
            self,
            tokens.XS,
            name_label(_("Perio&d"), self.ready),
            self.ready,
            flow_of(labelled(_("First day"), self.since), labelled(_("Last day"), self.until), spacing=tokens.M),
            self.problem,
        )
        self.problem.hide()
        self.ready.currentIndexChanged.connect(lambda _place: self._on_ready_chosen())
        for box in (self.since, self.until):
            box.edited.connect(self._on_days_typed)

    @property
    def period(self) -> Period | None:
        """The two days, both counted."""
        since, until = self.since.day(), self.until.day()
        return Period(since, until) if since is not None and until is not None and since <= until else None

    def offer(self, ready: Sequence[tuple[str, Period]]) -> None:
        """Offer these, the first of them chosen; says nothing."""
        self._ready = ready
        self.ready.offer([*((str(number), words) for number, (words, _period) in enumerate(ready)), (_OTHER, _("Other days"))])
        if ready:
            self._fill(ready[0][1])

    def _on_ready_chosen(self) -> None:
        key = self.ready.key()
        if key.isdigit():
            self._fill(self._ready[int(key)][1])
            self.changed.emit()
        elif key == _OTHER:
            self.since.setFocus()

    def _fill(self, period: Period) -> None:
        self.since.set_day(period.since)
        self.until.set_day(period.until)
        self.problem.hide()

    def _on_days_typed(self) -> None:
        period = self.period
        self.problem.setVisible(period is None)
        matching_keys = [str(number) for number, (_words, ready) in enumerate(self._ready) if ready == period]
        with QSignalBlocker(self.ready):
            self.ready.set_key(matching_keys[0] if matching_keys else _OTHER)
        if period is not None:
            self.changed.emit()
