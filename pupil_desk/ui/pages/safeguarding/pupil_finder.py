"""Whom a concern is about: found by a few letters, taken with Enter."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.services.pupils import pupils
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.find_pupil import FindBox, row_meant
from pupil_desk.ui.kit.lists.heights import height_of
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.scroll import bring_into_view
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.watch.presses import once_calm
from pupil_desk.ui.kit.words import button, column_in, flow_of, label, name_label, show_words
from pupil_desk.ui.style import tokens

_ROWS = 4  # in sight at once


@dataclass(frozen=True, slots=True)
class _PupilRow:
    id: str
    name: str
    dob: date


class PupilFinder(QWidget):
    """``pupil_changed`` comes with each change, ``chose`` once somebody is taken, ``left`` on Esc in the empty box."""

    pupil_changed = Signal()
    chose = Signal()
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._first_id = ""
        self.pupil_id = ""
        self.chosen_label = label("", "subhead")
        self.find_box = FindBox(_("Find the pupil"), lambda: self.matches)
        columns = (
            badged(context.desk, Column[_PupilRow]("name", _("Pupil found"), lambda row: row.name, stretch=True), lambda row: row.id),
            Column[_PupilRow]("dob", _("Born"), lambda row: short_date(row.dob), longest="24 Nov 2012"),
        )
        empty = EmptyState("magnifying-glass", _("No pupil has a name or number like that"), _("Those who have left are found too."))
        self.matches: Table[_PupilRow] = Table(columns, name=_("Pupils found"), empty=empty, stands_on_first=False)
        self.matches.setFixedHeight(height_of(self.matches, _ROWS))
        self.matches.setMaximumWidth(tokens.READING)
        self.find_box.setMaximumWidth(tokens.READING)
        self.problem = label("", "problem")
        self.other_button = button(_("Another pupil"), self.find_another, "quiet", icon_name="magnifying-glass")
        self._name = name_label(_("Whom is it about? Type a few letters, then press Enter"), self.find_box)
        acts = flow_of(self.other_button)
        column_in(self, tokens.S, self.chosen_label, acts, self._name, self.find_box, self.matches, self.problem)
        self.find_box.textChanged.connect(self._find)
        self.find_box.chose.connect(self._on_chose)
        self.find_box.left.connect(self._on_left)
        self.matches.opened.connect(self._take)
        self._show()

    def begin(self, pupil_id: str, name: str) -> None:
        """With a pupil, or with nobody yet."""
        self.pupil_id = self._first_id = pupil_id
        self.chosen_label.setText(name)
        self.find_box.clear()
        self._show()

    def _show(self) -> None:
        is_chosen = bool(self.pupil_id)
        self.chosen_label.setVisible(is_chosen)
        self.other_button.setVisible(is_chosen)
        self._name.setVisible(not is_chosen)
        self.find_box.setVisible(not is_chosen)
        self.matches.setVisible(not is_chosen and bool(self.find_box.text().strip()))
        show_words(self.problem, "")

    def find_another(self) -> None:
        """It is about somebody else."""
        self.pupil_id = ""
        self._show()
        self.find_box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pupil_changed.emit()

    def ask_for_one(self) -> None:
        """Say that a pupil is missing, and lead there."""
        show_words(self.problem, _("Choose the pupil whom it is about."))
        self.find_box.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self.problem)

    @property
    def dirty(self) -> bool:
        """Whether another pupil is taken than it began with."""
        return self.pupil_id != self._first_id

    def _find(self) -> None:
        text = self.find_box.text().strip()
        self._show()
        if not text:
            return
        listed = pupils.listing(self._context.desk, find=text)
        self.matches.show_rows(
            [_PupilRow(str(values[0]), f"{values[2]}, {values[3]}", date.fromisoformat(str(values[5]))) for values in listed]
        )
        if len(self.matches.rows) == 1:
            self.matches.selectRow(0)
        else:
            self.matches.choose_none()  # of several nobody is taken unasked

    def _on_chose(self) -> None:
        if self.find_box.text().strip() and self.matches.rows and (row := row_meant(self.matches, self._context.banner)) is not None:
            self._take(row)

    def take(self, pupil_id: str, name: str) -> None:
        """It is about this pupil, as a draft says."""
        self.pupil_id = pupil_id
        self.chosen_label.setText(name)
        with QSignalBlocker(self.find_box):
            self.find_box.clear()
        once_calm(self, self._show)  # what stands beneath rises then

    def _take(self, row: _PupilRow) -> None:
        self.take(row.id, row.name)
        announce(self, row.name)
        self.pupil_changed.emit()
        self.chose.emit()

    def _on_left(self) -> None:
        if self.find_box.text():
            self.find_box.clear()
        else:
            self.left.emit()
