"""What was told: for each recipient, or for each pupil, how often and when last; and each time, what, why and on what law."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.services import told, told_by_hand
from pupil_desk.services.told import Disclosure, Total
from pupil_desk.ui.kit.codebox import ChoiceBox
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.empty import EmptyState
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.rows import Column
from pupil_desk.ui.kit.table import Table
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

RECIPIENTS, PUPILS = "recipients", "pupils"
_SPARE = {"by": 1250, "way": 1050, "level": 900}  # columns for which there is room from a width on, at 100 %; the words beneath say them too
_SPARE_TOTALS = {"last": 900}


def _when(row: Disclosure) -> str:
    return f"{short_date(row.at.date())} {row.at:%H:%M}"


class ToldList(QWidget):
    """On the left the totals, on the right each disclosure of the line one is on, with its words beneath."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.by = ChoiceBox(((RECIPIENTS, _("Each recipient")), (PUPILS, _("Each pupil"))), name=_("Show"))
        self.find_box = QLineEdit()
        self.count = label("", "hint")
        nothing = EmptyState("megaphone", _("Nothing was told to anybody yet"), _("Each export, letter, notice and form that leaves the unit writes a line here by itself."))
        self.totals: Table[Total] = Table(self._total_columns(), name=_("Told"), id_of=lambda row: row.id, memory=context.memory, memory_key="told-totals", empty=nothing)
        self.table: Table[Disclosure] = Table(self._columns(), name=_("Each time"), id_of=lambda row: row.seq, memory=context.memory, memory_key="told")
        self.words = label("", "muted")
        self.strike_button = button(_("St&rike this line out…"), self.strike)
        self._lay_out()
        self.by.currentIndexChanged.connect(lambda _place: self.look_again())
        self.find_box.textChanged.connect(lambda _text: self.look_again())
        self.totals.moved.connect(self._moved)
        self.table.moved.connect(self._on)
        self.table.opened.connect(lambda row: context.go("pupils", row.pupil_id))

    def _total_columns(self) -> tuple[Column[Total], ...]:
        return (
            Column("name", _("Name"), lambda row: row.name, width=16, stretch=True, tip=lambda row: row.name),
            Column("told", _("Times"), lambda row: f"{row.told:,}", align="right"),
            Column("others", _("Pupils"), lambda row: f"{row.others:,}" if self.by.key() == RECIPIENTS else "", align="right"),
            Column("last", _("Last"), lambda row: short_date(row.last.date()), width=12),
        )

    def _columns(self) -> tuple[Column[Disclosure], ...]:
        return (
            Column("at", _("When"), _when, width=18, longest="24 Nov 2026 10:05"),
            Column("whom", _("Who"), self._whom, width=16, stretch=True, tip=self._whom),
            Column("what", _("By what"), lambda row: _("{what}, struck out").format(what=row.what) if row.struck else row.what, width=14, stretch=True, tip=lambda row: row.what),
            Column("level", _("How much"), lambda row: row.level, width=10),
            Column("way", _("How"), lambda row: row.way, width=14),
            Column("by", _("Sent by"), lambda row: row.told_by, width=14),
        )

    def _whom(self, row: Disclosure) -> str:
        return row.pupil if self.by.key() == RECIPIENTS else row.recipient

    def _lay_out(self) -> None:
        show, find = label(_("Sho&w"), "label", wraps=False), label(_("&Find"), "label", wraps=False)
        show.setBuddy(self.by)
        find.setBuddy(self.find_box)
        self.find_box.setAccessibleName(_("Find"))
        self.find_box.setClearButtonEnabled(True)
        self.find_box.setMaximumWidth(sized(tokens.FIELD))
        top = QHBoxLayout()
        top.setSpacing(tokens.S)
        for part, share in ((show, 0), (self.by, 0), (find, 0), (self.find_box, 2), (self.count, 1)):
            top.addWidget(part, share)
        right = self._right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.S)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addWidget(self.strike_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.strike_button.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, tokens.M, 0, 0)
        outer.setSpacing(tokens.S)
        outer.addLayout(top)
        outer.addWidget(Panes(self.totals, right, shares=(2, 3), memory=self._context.memory, key="told"), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.table.give_way(_SPARE, self.width())
        self.totals.give_way(_SPARE_TOTALS, self.width())

    def panes(self) -> list[QWidget]:
        """The totals, each time, and the box to find in."""
        return [self.totals, self.table, self.find_box]

    def search(self) -> None:
        """Into the box that finds."""
        self.find_box.setFocus()
        self.find_box.selectAll()

    def print_(self) -> None:
        """Nothing is printed of it: the copy that a family asks for holds its lines."""

    def look_again(self) -> None:
        """The totals as they are now."""
        desk, find = self._context.desk, self.find_box.text()
        rows = told.recipients(desk, find) if self.by.key() == RECIPIENTS else told.pupils(desk, find)
        self.find_box.setPlaceholderText(_("Name of a recipient") if self.by.key() == RECIPIENTS else _("Name or reference"))
        if self.totals.empty is not None and find:
            self.totals.empty.say(_("Nobody by that name was told anything") if self.by.key() == RECIPIENTS else _("Nothing was told of anybody by that name"))
        elif self.totals.empty is not None:
            self.totals.empty.say(_("Nothing was told to anybody yet"), _("Each export, letter, notice and form that leaves the unit writes a line here by itself."))
        self.totals.setColumnHidden(2, self.by.key() == PUPILS)
        self.totals.show_rows(rows)
        self._right.setVisible(bool(rows))
        self.count.setText(_("Told {times} in all.").format(times=count_of(sum(row.told for row in rows), _("time"), _("times"))))
        self._moved(self.totals.current() if rows else None)

    def _on(self, row: Disclosure | None) -> None:
        """The words of a line; one that a person entered can be struck out."""
        self.words.setText(told.sentence(row) if row is not None else "")
        self.strike_button.setVisible(row is not None and not row.struck and told_by_hand.may_strike(self._context.desk, row.by_hand, row.told_by_id))

    def strike(self) -> None:
        """Strike the line out, with the reason. It stays to be seen."""
        row = self.table.current()
        if row is None:
            return
        text = _("The line stays to be seen, struck out, with the reason. It counts no more.")
        why = self._context.ask.text(_("Strike this line out"), text, _("Why it is wrong"), verb=_("Strike it out"))
        if why is not None and self._context.keep(lambda: told_by_hand.strike(self._context.desk, row.seq, why), _("Struck out. It stays to be seen.")):
            self.look_again()

    def _moved(self, row: Total | None) -> None:
        desk = self._context.desk
        rows = [] if row is None else told.to(desk, row.id) if self.by.key() == RECIPIENTS else told.of(desk, row.id)
        self.table.show_rows(rows)
