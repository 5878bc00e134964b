"""Of whom an export tells: some pupils alone, found by name and taken out again; and the protected ones, each with a tick that only a data officer may set."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.previewing import PreviewLine
from pupil_desk.services.exports.protected import kinds_of
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.find_pupil import FindBox, row_meant
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import button, column_in, fill, flow_of, label, line, name_label, set_look
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_SHOWN = 20  # pupils found
_TALL = 4  # lines in view


@dataclass(frozen=True, slots=True)
class _PupilMatch:
    id: str
    ref: str
    name: str


class OnlyFor(QWidget):
    """``changed`` comes when a pupil is put in or taken out; ``ids`` are those chosen, None for all who are due."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk = context.desk
        self._pupil_chips: dict[str, QWidget] = {}
        columns = (
            badged(
                self._desk, Column[_PupilMatch]("name", _("Pupil"), lambda row: row.name, stretch=True), lambda row: row.id, in_colour=True
            ),
            Column[_PupilMatch]("ref", _("Number"), lambda row: row.ref, width=8),
        )
        empty = EmptyState("magnifying-glass", _("No pupil is called that"), _("Try the beginning of a surname."))
        self.match_table: Table[_PupilMatch] = Table(columns, name=_("Pupils found"), empty=empty, stands_on_first=False)
        self.find_box = FindBox(_("Only for these pupils"), lambda: self.match_table)
        words = name_label(_("Only for the&se pupils"), self.find_box)
        hint = label(_("Leave it empty for all who are due. Type a name and press Enter for one."), "hint")
        self.find_box.setAccessibleDescription(hint.text())
        self._names = QWidget()
        self._flow = FlowLayout(self._names, tokens.XS)
        column_in(self, tokens.XS, words, self.find_box, self.match_table, self._names, hint)
        self.match_table.hide()
        self.match_table.setFixedHeight((_TALL + 1) * sized(tokens.TARGET))
        self.find_box.textChanged.connect(self._on_find_typed)
        self.find_box.chose.connect(lambda: self._chose(row_meant(self.match_table, context.banner)))
        self.find_box.left.connect(self.find_box.clear)
        self.match_table.opened.connect(self._chose)

    @property
    def ids(self) -> frozenset[str] | None:
        """The pupils chosen."""
        return frozenset(self._pupil_chips) or None

    def clear(self) -> None:
        """For all who are due again; says nothing."""
        self.find_box.clear()
        for pupil_id in list(self._pupil_chips):
            self._drop(pupil_id)

    def _on_find_typed(self, text: str) -> None:
        self.match_table.setVisible(bool(text.strip()))
        if text.strip():
            rows = pupils.listing(self._desk, find=text)[:_SHOWN]
            self.match_table.show_rows([_PupilMatch(str(row[0]), str(row[1]), f"{row[2]}, {row[3]}") for row in rows])

    def _chose(self, row: _PupilMatch | None) -> None:
        if row is None or not self.find_box.text().strip():
            return
        self.find_box.clear()
        self.find_box.setFocus()
        if row.id not in self._pupil_chips:
            out = button(row.name.replace("&", "&&"), lambda: self._take_out(row.id), icon_name="x")
            out.setAccessibleName(_("Take {pupil} out again").format(pupil=row.name))
            out.setToolTip(out.accessibleName())
            self._pupil_chips[row.id] = out
            self._flow.addWidget(out)
            tab_after(self.find_box, self._pupil_chips.values())
            self.changed.emit()

    def _take_out(self, pupil_id: str) -> None:
        """It counts no more at once; the next name comes under the pointer only once it is calm."""
        out = self._pupil_chips.pop(pupil_id)
        self.find_box.setFocus()
        out.setEnabled(False)
        once_calm(self, partial(self._let_go, out), place=self)
        self.changed.emit()

    def _drop(self, pupil_id: str) -> None:
        self._let_go(self._pupil_chips.pop(pupil_id))

    def _let_go(self, out: QWidget) -> None:
        self._flow.removeWidget(out)
        out.hide()
        out.deleteLater()


class ProtectedPupils(QFrame):
    """``changed`` comes when a tick is set or taken away; ``ids`` are the pupils confirmed. Hidden where nobody is protected."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._may = desk.may(Action.CONFIRM_PROTECTED)
        set_look(self, "banner-note")
        self.ticks: dict[str, TickBox] = {}
        self._parts: dict[str, QWidget] = {}
        self._column = column_in(
            self,
            tokens.XS,
            line(_("Protected: left out unless ticked"), "label"),
            left=tokens.M,
            top=tokens.S,
            right=tokens.S,
            bottom=tokens.S,
        )
        if not self._may:
            self._column.addWidget(line(only(Action.CONFIRM_PROTECTED), "hint"))
        self.hide()

    @property
    def ids(self) -> frozenset[str]:
        """The pupils who are to go in all the same."""
        return frozenset(pupil_id for pupil_id, tick in self.ticks.items() if tick.isChecked())

    def show_lines(self, lines: Sequence[PreviewLine]) -> None:
        """One tick for each pupil that needs one; ticks set before stay set."""
        lines_by_pupil = {each.pupil.id: each for each in lines if each.confirmable}
        for pupil_id in [pupil_id for pupil_id in self.ticks if pupil_id not in lines_by_pupil]:
            del self.ticks[pupil_id]
            part = self._parts.pop(pupil_id)
            part.hide()
            part.deleteLater()
        for pupil_id, shown in lines_by_pupil.items():
            if pupil_id not in self.ticks:
                self._add(pupil_id, shown)
        self.setVisible(bool(lines_by_pupil))

    def clear(self) -> None:
        """Confirm nobody: for another export."""
        self.show_lines(())

    def _add(self, pupil_id: str, shown: PreviewLine) -> None:
        name, reason = shown.pupil.full_name, kinds_of(shown.protections)
        tick = TickBox(_("Send {pupil} anyway").format(pupil=name.replace("&", "&&")))
        tick.setAccessibleName(_("Send {pupil} anyway: {why}").format(pupil=name, why=reason))
        tick.setEnabled(self._may)
        if not self._may:
            tick.setToolTip(only(Action.CONFIRM_PROTECTED))
            tick.setAccessibleDescription(only(Action.CONFIRM_PROTECTED))
        tick.toggled.connect(lambda _checked: self.changed.emit())
        self.ticks[pupil_id] = tick
        self._parts[pupil_id] = flow_of(tick, line(capital(reason), "hint"))
        fill(self._column, self._parts[pupil_id])
