"""Beside the grid: what the current cell says in words, who entered it when, and every amendment; the list of codes; and whom to call."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFormLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import Mark
from pupil_desk.services.register import RegisterEntry
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.lists.timeline import TimelineEvent, TimelineView
from pupil_desk.ui.kit.lists.wrapped_lines import WrappedLines
from pupil_desk.ui.kit.tabs import SteadyTabs, name_tabs
from pupil_desk.ui.kit.words import column_in, growing, label, without_sign
from pupil_desk.ui.pages.register.sheet import RegisterCell
from pupil_desk.ui.pages.register.wording import category_words, code_words, day_words, session_words, state_words, why_closed
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import keep_least_width

LATE = ("L", "U")
_CODE = Qt.ItemDataRole.UserRole
_LEAST = 230  # width
_LONGEST_LATE, _LONGEST_NOTE = 240, 200  # minutes, letters


class CellPanel(SteadyTabs):
    """``open_record`` asks for the pupil's record, ``detailed`` carries minutes late and note of what is typed, ``code_picked`` a code from the list."""

    open_record = Signal()
    detailed = Signal(object, object)
    code_picked = Signal(str)

    def __init__(self, calls: QWidget) -> None:
        super().__init__()
        self.calls = calls
        keep_least_width(self, _LEAST)
        name_tabs(self, _("This cell, the codes, and whom to call"))
        self.name, self.where = label("", "subhead"), label("", "muted")
        self.code, self.counts, self.state = label("", "label"), label("", "muted"), label("", "check")
        self.record = LinkLine(_("Open the pupil’s record"), self.open_record.emit)
        self.minutes, self.note = QLineEdit(), QLineEdit()
        self.minutes.setValidator(QIntValidator(0, _LONGEST_LATE, self))
        self.note.setMaxLength(_LONGEST_NOTE)
        self.history = TimelineView(_("Entries and amendments of this cell"), empty=_("No entry has been made here."))
        self.codes = QListWidget()
        self.codes.setAccessibleName(_("Codes"))
        WrappedLines(self.codes)
        self.codes.itemActivated.connect(lambda line: self.code_picked.emit(str(line.data(_CODE))))
        self.addTab(self._build(), _("This &cell"))
        self.addTab(self.codes, _("C&odes"))
        self.addTab(calls, _("To ca&ll"))
        for box in (self.minutes, self.note):
            box.textEdited.connect(lambda _text: self._tell())

    def _build(self) -> QWidget:
        content = QWidget()
        form = self._form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for words, box in ((_("Min&utes late"), self.minutes), (_("&Note"), self.note)):
            form.addRow(words, box)
            box.setAccessibleName(without_sign(words))
        self.details = QWidget()
        form.setContentsMargins(0, 0, 0, 0)
        self.details.setLayout(form)
        column_in(
            content,
            tokens.XS,
            self.name,
            self.where,
            self.code,
            self.counts,
            self.state,
            self.details,
            label(_("Entries, the newest first"), "label"),
            growing(self.history),
            self.record,
            left=tokens.M,
            top=tokens.S,
        )
        return content

    def show_codes(self, day: date) -> None:
        """List the codes that may be entered on a day."""
        if self.codes.count():
            return
        for code in codelist("attendance").choices(day):
            line = QListWidgetItem(f"{code.code}   {code.label}", self.codes)
            line.setData(_CODE, code.code)
            counts = _("counts as {category}").format(category=category_words(code.code))
            line.setToolTip(f"{code.code}  {code.label}: {counts}")

    def show_cell(self, name: str, cell: RegisterCell | None, entries: Sequence[RegisterEntry]) -> None:
        """Say all about one cell; None for none."""
        self.name.setText(name or _("No cell is chosen"))
        self.record.setVisible(cell is not None)
        self.history.show_events([_event(entry, is_first=place == len(entries) - 1) for place, entry in enumerate(entries)])
        if cell is None:
            for part in (self.where, self.code, self.counts, self.state):
                part.clear()
            self.details.hide()
            return
        _pupil, day, session = cell.place
        self.where.setText(f"{day_words(day)}, {session_words(session)}")
        reason = why_closed(cell)
        self.code.setText(f"{cell.code}  {code_words(cell.code)}".strip() if cell.code or not reason else reason)
        self.counts.setText(_("Counts as {category}").format(category=category_words(cell.code)) if cell.code else "")
        sentences = [state_words(cell), _kept_words(cell), reason if cell.code else ""]
        self.state.setText(". ".join(map(capital, filter(None, sentences))))
        for part in (self.counts, self.state):
            part.setVisible(bool(part.text()))
        self._show_details(cell.unsaved_mark)

    def _show_details(self, mark: Mark | None) -> None:
        self.details.setVisible(mark is not None)
        if mark is None:
            return
        self._form.setRowVisible(self.minutes, mark.code in LATE)
        minutes = "" if mark.minutes_late is None else str(mark.minutes_late)
        for box, text in ((self.minutes, minutes), (self.note, mark.note or "")):
            if box.text() != text and not (box is self.note and box.text().strip() == text):
                box.setText(text)

    def _tell(self) -> None:
        minutes = int(self.minutes.text()) if not self.minutes.isHidden() and self.minutes.text() else None
        self.detailed.emit(minutes, self.note.text().strip() or None)


def _kept_words(cell: RegisterCell) -> str:
    """What else is kept of an entry: minutes late, and the note."""
    if cell.unsaved_mark is not None:
        return ""
    late = _("{count} minutes late").format(count=cell.saved_cell.minutes_late) if cell.saved_cell.minutes_late else ""
    return ". ".join(part for part in (late, cell.saved_cell.note or "") if part)


def _event(entry: RegisterEntry, *, is_first: bool) -> TimelineEvent:
    """One entry as a line: the code in words, and who made it, when and why."""
    actor = ", ".join(part for part in (entry.name, entry.title) if part)
    moment = local_time(entry.recorded_at)
    pattern = _("Entered: {code}") if is_first else _("Amended to {code}") if entry.code else _("Taken out: no mark")
    text = _("{by}, at {time}").format(by=actor, time=moment.strftime("%H:%M"))
    if entry.reason:
        text += ". " + _("Reason: {reason}").format(reason=entry.reason)
    return TimelineEvent(
        moment.date(), pattern.format(code=f"{entry.code} {code_words(entry.code)}"), text, tone="plain" if is_first else "check"
    )
