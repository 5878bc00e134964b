"""The protected pupils, each with a tick that only a data officer may set."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.previewing import PreviewLine
from pupil_desk.services.exports.protected import kinds_of
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.layout import column_in
from pupil_desk.ui.kit.words import label, set_look
from pupil_desk.ui.style import tokens


class ProtectedPupils(QFrame):
    """``changed`` comes when a tick is set or taken away; ``ids`` are the pupils confirmed. Hidden where nobody is protected."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._may = desk.may(Action.CONFIRM_PROTECTED)
        set_look(self, "banner-note")
        self.ticks: dict[str, TickBox] = {}
        self._parts: dict[str, tuple[QWidget, ...]] = {}
        self._column = column_in(self, tokens.XS, left=tokens.M, top=tokens.S, right=tokens.M, bottom=tokens.S)
        self._column.addWidget(label(_("Protected: left out unless ticked"), "label"))
        if not self._may:
            self._column.addWidget(label(only(Action.CONFIRM_PROTECTED), "hint"))
        self.hide()

    @property
    def ids(self) -> frozenset[str]:
        """The pupils who are to go in all the same."""
        return frozenset(pupil_id for pupil_id, tick in self.ticks.items() if tick.isChecked())

    def show_lines(self, lines: Sequence[PreviewLine]) -> None:
        """One tick for each pupil that needs one; ticks set before stay set."""
        lines_by_pupil = {line.pupil.id: line for line in lines if line.confirmable}
        for pupil_id in [pupil_id for pupil_id in self.ticks if pupil_id not in lines_by_pupil]:
            del self.ticks[pupil_id]
            for part in self._parts.pop(pupil_id):
                part.hide()
                part.deleteLater()
        for pupil_id, line in lines_by_pupil.items():
            if pupil_id not in self.ticks:
                self._add(pupil_id, line)
        self.setVisible(bool(lines_by_pupil))

    def clear(self) -> None:
        """Confirm nobody: for another export."""
        self.show_lines(())

    def _add(self, pupil_id: str, line: PreviewLine) -> None:
        name, reason = line.pupil.full_name, kinds_of(line.protections)
        tick = TickBox(_("Send {pupil} anyway").format(pupil=name.replace("&", "&&")))
        tick.setAccessibleName(_("Send {pupil} anyway: {why}").format(pupil=name, why=reason))
        tick.setEnabled(self._may)
        if not self._may:
            tick.setToolTip(only(Action.CONFIRM_PROTECTED))
            tick.setAccessibleDescription(only(Action.CONFIRM_PROTECTED))
        tick.toggled.connect(lambda _checked: self.changed.emit())
        self.ticks[pupil_id] = tick
        self._parts[pupil_id] = (tick, label(capital(reason), "hint"))
        for part in self._parts[pupil_id]:
            self._column.addWidget(part)
