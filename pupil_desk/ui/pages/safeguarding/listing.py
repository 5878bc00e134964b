"""Everybody of whom there is a safeguarding file, for the lead and deputies: status, what is still to be done, the day of the last entry."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.safeguarding.transfer import TransferDue, TransferStep
from pupil_desk.services.safeguarding.files import FileLine, unopened_words
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import column_in, find_line, growing
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_SPARE = {"last": 520, "status": 400}  # width at 100 % from which there is room for each


class FileList(QWidget):
    """``line_changed`` carries the line one is on, or None; ``line_opened`` one on Enter or double click."""

    line_changed = Signal(object)
    line_opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._lines: Sequence[FileLine] = ()
        self._transfers: Mapping[str, TransferDue] = {}
        self._desk, self._today = context.desk, context.desk.today
        self.find_box = find_line(_("Find a file by name"))
        empty = EmptyState("shield", _("No file"), _("A file begins with the first concern, or with an entry of yours."))
        self.table: Table[FileLine] = Table(
            self._columns(),
            name=_("Safeguarding files"),
            memory=context.memory,
            memory_key="safeguarding",
            empty=empty,
            id_of=lambda line: line.pupil.id,
            stands_on_first=False,
        )
        self.table.setMinimumWidth(min(sized(tokens.FIELD), tokens.BESIDE - tokens.HUGE))
        filters = FilterRow(find=(_("Find by name (Ctrl+F)"), self.find_box))
        column_in(self, tokens.S, filters, growing(self.table))
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.table.current_changed.connect(self.line_changed)
        self.table.opened.connect(self.line_opened)
        self.table.always_give_way(_SPARE, room_of=self)

    def show_lines(self, lines: Sequence[FileLine], transfers: Mapping[str, TransferDue]) -> None:
        """Show these, as far as the box lets them; ``transfers`` is what is due about files on their way, by pupil."""
        self._lines, self._transfers = lines, transfers
        self._show()

    def _show(self) -> None:
        words = fold(self.find_box.text()).split()
        self.table.show_rows([line for line in self._lines if all(word in fold(line.pupil.full_name) for word in words)])

    def _columns(self) -> tuple[Column[FileLine], ...]:
        return (
            badged(
                self._desk,
                Column[FileLine]("name", _("Pupil"), lambda line: line.pupil.full_name, stretch=True, width=14),
                lambda line: line.pupil.id,
            ),
            Column("status", _("Status"), _status, width=10),
            Column(
                "open",
                _("Still to do"),
                self._open_words,
                longest=_("2 to decide, 1 overdue"),
                shorter=self._short_words,
                icon=lambda line: "circle-dashed" if self._open_words(line) else "",
                tone=lambda line: (
                    "check" if line.overdue or self._is_unwritten(line) or line.moved or line.sealed or self._is_late(line) else ""
                ),
            ),
            Column("last", _("Last entry"), lambda line: short_date(line.last_day) if line.last_day else "", longest="24 Nov 2026"),
        )

    def _is_late(self, line: FileLine) -> bool:
        transfer = self._transfers.get(line.pupil.id)
        return transfer is not None and transfer.due < self._today

    def _is_unwritten(self, line: FileLine) -> bool:
        return any(day < self._today for day in line.meetings)

    def _open_words(self, line: FileLine) -> str:
        transfer = self._transfers.get(line.pupil.id)
        steps = {TransferStep.SEND: _("to send on"), TransferStep.CONFIRM: _("no receipt yet"), TransferStep.RECEIVE: _("to be asked for")}
        return ", ".join(filter(None, (steps[transfer.step] if transfer is not None else "", open_words(line, self._today))))

    def _short_words(self, line: FileLine) -> Sequence[str]:
        """Where the words have no room: the day of what is due first, and how much there is."""
        transfer = self._transfers.get(line.pupil.id)
        count = line.undecided + line.actions + len(line.meetings) + (transfer is not None)
        days = [day for day in (transfer.due if transfer is not None else None, line.due, *line.meetings) if day is not None]
        if not days or not count:
            return ()
        return (_("{day}, {count} to do").format(day=short_date(min(days)), count=count), short_date(min(days)))

    def summary(self) -> str:
        """How many files there are, and what is left to do in them."""
        open_count = sum(line.undecided + line.actions + len(line.meetings) for line in self._lines) + len(self._transfers)
        words = count_of(sum(line.is_begun for line in self._lines), _("safeguarding file"), _("safeguarding files"))
        unopened = unopened_words(sum(line.moved for line in self._lines), sum(line.sealed for line in self._lines))
        if unopened:
            words = _("{files}, {count} to decide or to be done. {unopened}").format(files=words, count=open_count, unopened=unopened)
        elif open_count:
            words = _("{files}, {count} to decide or to be done.").format(files=words, count=open_count)
        else:
            words = _("{files}. Nothing is left to do.").format(files=words)
        return words


def _status(line: FileLine) -> str:
    return ", ".join(codelist("safeguarding_status").label_of(entry.status or "") for entry in line.statuses)


def open_words(line: FileLine, today: date) -> str:
    """What is still to be done in a file: what cannot be opened, concerns to decide, actions overdue and still to be done, and meetings."""
    parts = []
    if unopened := line.moved + line.sealed:
        parts.append(_("{count} not opened").format(count=unopened))
    if line.undecided:
        parts.append(_("{count} to decide").format(count=line.undecided))
    if line.overdue:
        parts.append(_("{count} overdue").format(count=line.overdue))
    if line.actions > line.overdue:
        parts.append(_("{count} to be done").format(count=line.actions - line.overdue))
    if unwritten := sum(day < today for day in line.meetings):
        parts.append(_("{count} to write up").format(count=unwritten))
    parts += [_("meeting {day}").format(day=short_date(day)) for day in line.meetings if day >= today][:1]
    return ", ".join(parts)
