"""The school system's register beside ours, in the place of the register: what differs, each settled by a person, and the report."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.reading.table_file import bytes_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.attendance import CODES
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.reconciling import comparing, weeks_compared
from pupil_desk.services.reconciling.comparing import RegisterComparison, RegisterDifference, Settled
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.heights import WrappedRows
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import allow, button, column_in, flow_of, growing, label, show_words
from pupil_desk.ui.style import tokens

_FOLDER = "compare/folder"
_KINDS = ((_("Tables: CSV, Excel"), "*.csv *.xlsx *.txt *.tsv"), (_("All files"), "*"))
_MOST_NAMED = 5  # rows that could not be read


class ComparingView(QWidget):
    """``print_wanted`` carries the comparison whose report is to be printed; ``closed`` says that the register is wanted again."""

    print_wanted = Signal(object)
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.comparison: RegisterComparison | None = None
        self.words, self.unread_label, self.before_label = label("", "subhead"), label("", "problem"), label("", "muted")
        empty = EmptyState("check-circle", _("The two registers agree"), _("Nothing is left to do for these days."))
        self.table = Table(_columns(context.desk), name=_("Differences"), id_of=lambda row: row.id, several=True, empty=empty)
        WrappedRows(self.table)  # how it was settled is read whole
        self.theirs_button = button(_("The school s&ystem is right"), self.take_theirs, icon_name="arrow-down-left")
        self.ours_button = button(_("&We are right"), self.keep_ours, icon_name="check")
        self.print_button = button(_("Print the repo&rt"), self._print, icon_name="printer")
        self.close_button = button(_("Bac&k to the register"), self.close_comparison, icon_name="arrow-left")
        hint = label(
            _(
                "Choose one line or several. Where the school system is right, its code is entered here as an amendment. Where we are right, correct it there: the report says which."
            ),
            "hint",
        )
        buttons = flow_of(self.theirs_button, self.ours_button, self.print_button, self.close_button)
        column_in(self, tokens.S, self.words, self.before_label, self.unread_label, hint, growing(self.table), buttons)
        self.table.selectionModel().selectionChanged.connect(lambda *_ranges: self._allow())

    @property
    def is_open(self) -> bool:
        """Whether a comparison is in view."""
        return self.comparison is not None

    def begin(self, show: Callable[[], object]) -> None:
        """Ask for the export and read it; ``show`` is called once there is something to be seen."""
        context = self._context
        start = context.memory.get(_FOLDER)
        path = context.ask.open_file(
            _("Choose the school system’s export of marks"), _KINDS, Path(start) if isinstance(start, str) else None
        )
        if path is None:
            return
        context.memory.keep(_FOLDER, str(path.parent))

        def take(comparison: RegisterComparison) -> None:
            show()
            show_words(self.before_label, weeks_compared.last_words(context.desk, comparison.first, comparison.last))
            self._keep(comparison)
            self._show(comparison)
            self.table.setFocus()

        context.jobs.run(
            self, lambda _job: comparing.compare(context.desk, bytes_of(path), path.name), take, title=_("Comparing the registers")
        )

    def _keep(self, comparison: RegisterComparison) -> None:
        """Keep how it stands: that the week was compared is to be seen later, by Home too."""
        self._context.attempt(lambda: weeks_compared.keep(self._context.desk, comparison))
        self._context.news.tell(Changed.of("register_comparison"))

    def _show(self, comparison: RegisterComparison) -> None:
        self.comparison = comparison
        words = _("{first} to {last}: {differences}, {left} not settled.").format(
            first=short_date(comparison.first),
            last=short_date(comparison.last),
            differences=count_of(len(comparison.differences), _("difference"), _("differences")),
            left=len(comparison.still_open),
        )
        self.words.setText(words)
        show_words(self.unread_label, _refused_words(comparison))
        self.table.show_rows(comparison.differences)
        self._allow()

    def _allow(self) -> None:
        chosen_rows = [row for row in self.table.selected() if row.settled is Settled.OPEN]
        may = self._context.desk.may(Action.EDIT_RECORD)
        refusal = _("Choose a line that is not settled") if may else only(Action.EDIT_RECORD)
        allow(self.ours_button, may and bool(chosen_rows), refusal)
        has_codes = bool(chosen_rows) and all(row.their_code for row in chosen_rows)
        allow(
            self.theirs_button,
            may and has_codes,
            _("The file has no mark of that session that could be taken") if may and chosen_rows else refusal,
        )
        allow(self.print_button, self.is_open, "")

    def take_theirs(self) -> None:
        """Enter the school system's codes here, once it is agreed which."""
        chosen_rows = self._chosen()
        names = "; ".join(_line_words(row) for row in chosen_rows[:_MOST_NAMED])
        remaining = len(chosen_rows) - _MOST_NAMED
        words = names + (_("; and {number} more").format(number=remaining) if remaining > 0 else "") + ". "
        words += _("What our register said stays to be seen.")
        if chosen_rows and self._context.ask.confirm(_("Change our register?"), words, _("Change it"), stay=_("Not now")):
            self._settle(chosen_rows, Settled.THEIRS)

    def keep_ours(self) -> None:
        """Say that ours stands: it is to be corrected in the school system."""
        self._settle(self._chosen(), Settled.OURS)

    def _chosen(self) -> list[RegisterDifference]:
        return [row for row in self.table.selected() if row.settled is Settled.OPEN]

    def _settle(self, chosen_rows: list[RegisterDifference], settled: Settled) -> None:
        context, before = self._context, self.comparison
        if before is None or not chosen_rows:
            return
        ids = [row.id for row in chosen_rows]
        outcome = context.attempt(lambda: comparing.settle(context.desk, before, ids, settled))
        if outcome is None:
            return
        comparison, changed = outcome
        act = context.desk.last_act if changed.kinds else ""
        context.news.tell(changed)
        self._keep(comparison)
        self._show(comparison)
        words = _("Settled: {differences}.").format(differences=count_of(len(ids), _("difference"), _("differences")))
        context.banner.success(words, undo=(_("&Undo"), partial(self._undo, ids, act, words)))
        self.table.setFocus()

    def _undo(self, ids: list[str], act: str, words: str) -> None:
        """Open these again, and take back the marks that were entered."""
        context = self._context
        message = _("Undone: {what}").format(what=words)
        if act and not context.keep(lambda: register.undo_marks(context.desk, act), message):
            return
        if not act:
            context.banner.success(message)
        if self.comparison is not None:
            reopened = comparing.reopen(self.comparison, ids)
            self._keep(reopened)
            self._show(reopened)
            self.table.setFocus()

    def _print(self) -> None:
        if self.comparison is not None:
            self.print_wanted.emit(self.comparison)

    def close_comparison(self) -> None:
        """Back to the register; asks first where something is not settled, for the list is not kept."""
        comparison, ask = self.comparison, self._context.ask
        if comparison is not None and comparison.still_open:
            number = count_of(len(comparison.still_open), _("difference is"), _("differences are"))
            words = _("{number} not settled. That is kept, the list is not: compare the file again to see it.").format(number=number)
            if not ask.confirm(_("Back to the register?"), words, _("Go back"), stay=_("Stay here")):
                return
        self.comparison = None
        self.table.show_rows(())
        self.closed.emit()


def _refused_words(comparison: RegisterComparison) -> str:
    if not comparison.unread_rows:
        return ""
    number = count_of(len(comparison.unread_rows), _("row"), _("rows"))
    first = " ".join(comparison.unread_rows[:_MOST_NAMED])
    words = _("{rows} of the file could not be read. {first}").format(rows=number, first=first)
    return f"{words} {comparison.left_out_words()}".rstrip()


def _line_words(row: RegisterDifference) -> str:
    return _("{pupil}, {day} {session}: {code}").format(
        pupil=row.name, day=short_date(row.day), session=row.session.value, code=row.their_code
    )


def _code(code: str, minutes: int | None) -> str:
    if not code:
        return ""
    words = _("{code}, {label}") if minutes is None else _("{code}, {label}, {minutes} min")
    return words.format(code=code, label=codelist(CODES).label_of(code), minutes=minutes)


def _columns(desk: Desk) -> tuple[Column[RegisterDifference], ...]:
    pupil = Column[RegisterDifference]("pupil", _("Pupil"), lambda row: row.name, stretch=True, width=22)
    return (
        Column[RegisterDifference]("day", _("Day"), lambda row: short_date(row.day)),
        Column[RegisterDifference]("session", _("Session"), lambda row: row.session.value),
        badged(desk, pupil, lambda row: row.pupil_id),
        Column[RegisterDifference](
            "theirs", _("School system"), lambda row: _code(row.their_code, row.their_minutes) or row.their_words, width=26
        ),
        Column[RegisterDifference]("ours", _("We"), lambda row: _code(row.our_code, row.our_minutes) or _("no mark"), width=26),
        Column[RegisterDifference]("settled", _("Settled"), lambda row: capital(row.settled.value), width=34),
    )
