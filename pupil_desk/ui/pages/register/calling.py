"""Whom to call about those who are absent without a reason in the session in view: names and numbers in their order, and the calls made."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services.disclosures.disclosures import Way
from pupil_desk.services.register import calling, unexplained
from pupil_desk.services.register.calling import WITHOUT_REASON, ToCall
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.badge import PROTECTED_SIGN
from pupil_desk.ui.kit.context import LOOKING_ONLY, Context
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.kit.lists.rows import picture_of
from pupil_desk.ui.kit.lists.wrapped_lines import WrappedLines
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.words import allow, button, column_in, flow_of, growing, label, show_words
from pupil_desk.ui.pages.register.sheet import Place, RegisterSheet
from pupil_desk.ui.pages.register.wording import day_words, session_words
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import colours

_CALLED = Qt.ItemDataRole.UserRole  # of a line: the pupil, and behind «@» the place among those to call, empty where nobody can be called


class CallPanel(QWidget):
    """``recorded`` says that a call was kept, or that a social worker was told; ``sheet_wanted`` carries the day and the session of a call sheet."""

    recorded = Signal()
    sheet_wanted = Signal(object, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._absent: tuple[Place, ...] = ()
        self._to_call: dict[str, ToCall] = {}
        self._names: dict[str, str] = {}
        self._badges = ListBadges(context.desk)
        self._workers: dict[str, str] = {}
        self._session: tuple[date, Session] | None = None
        self._just_absent = ""  # of whom an absence was typed last, until another cell is current
        self.words = label("", "muted")
        self.lines = QListWidget()
        self.lines.setAccessibleName(_("Whom to call"))
        WrappedLines(self.lines)
        self.call = button(_("Record a c&all"), self.record, icon_name="phone")
        self.told_button = button(_("Told the social wor&ker…"), self.record_told, icon_name="check")
        self.sheet_button = button(_("Call sheet…"), self._want_sheet, icon_name="printer")
        only_for(context.desk, Action.CONTACT_SHEET, self.sheet_button)
        self.lines.itemActivated.connect(lambda _line: self.record())
        self.lines.currentItemChanged.connect(lambda *_items: self._allow())
        column_in(
            self,
            tokens.S,
            self.words,
            growing(self.lines),
            flow_of(self.call, self.told_button, self.sheet_button),
            left=tokens.M,
            top=tokens.S,
        )

    def show_absent(self, sheet: RegisterSheet, column: int, *, again: bool = False) -> None:
        """List those absent without a reason in a session, typed marks too: of the whole unit, whichever group is in view."""
        sheet, self._just_absent = RegisterSheet(sheet.view, sheet.unsaved), ""
        cells = [sheet.cell_at(row, column) for row in range(len(sheet.rows))] if column >= 0 else []
        absent = tuple(cell.place for cell in cells if cell.code in WITHOUT_REASON)
        self._session = sheet.columns[column] if column >= 0 else None
        if absent == self._absent and not again:
            if column >= 0:
                self._say(absent, *sheet.columns[column])
            return
        self._absent = absent
        self._names = {row.pupil_id: row.name for row in sheet.rows}
        listed = (
            self._context.attempt(lambda: calling.to_call(self._context.desk, [place[0] for place in absent], *absent[0][1:]))
            if absent
            else []
        )
        self._to_call = {pupil.pupil_id: pupil for pupil in listed or ()}
        self._workers = unexplained.workers(self._context.desk, list(self._to_call), absent[0][1]) if absent else {}
        self._list()
        if column >= 0:
            self._say(absent, *sheet.columns[column])

    def _say(self, absent: Sequence[Place], *session: object) -> None:
        day, half = session
        when = f"{day_words(day)}, {session_words(half)}"  # type: ignore[arg-type]  # a day and a session
        left = sum(not pupil.is_called for pupil in self._to_call.values())
        sentence = _("{when}: {left} of {all} still to be called").format(when=when, left=left, all=len(absent))
        show_words(self.words, sentence if absent else _("{when}: nobody is absent without a reason (N or O).").format(when=when))

    def _list(self) -> None:
        held = self._current()
        self.lines.clear()
        for pupil in self._to_call.values():
            self._add_pupil(pupil)
        places = [place for place in range(self.lines.count()) if self.lines.item(place).flags() & Qt.ItemFlag.ItemIsSelectable]
        kept = next((place for place in places if self.lines.item(place).data(_CALLED) == held), None)
        if places:
            self.lines.setCurrentRow(places[0] if kept is None else kept)
        self._allow()

    def _add_pupil(self, pupil: ToCall) -> None:
        name = self._badges.named(self._names[pupil.pupil_id], pupil.pupil_id)
        head = QListWidgetItem(_("{name} – called").format(name=name) if pupil.is_called else name, self.lines)
        head.setData(Qt.ItemDataRole.DecorationRole, picture_of(self._badges.signs(pupil.pupil_id)))
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        bold = self.lines.font()
        bold.setBold(True)
        head.setFont(bold)
        if pupil.asks_office_first:  # what one sees before any number
            words = _("Before you ring anybody, ask the office.")
            line = QListWidgetItem(words, self.lines)
            line.setFlags(Qt.ItemFlag.ItemIsEnabled)
            line.setFont(bold)
            line.setForeground(QColor(colours().bad))
            line.setData(Qt.ItemDataRole.DecorationRole, picture_of(((PROTECTED_SIGN, "bad"),)))
            line.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {words}")
        for place, caller in enumerate(pupil.callers):
            words = _("{number}. {name}\n{numbers}").format(number=place + 1, name=caller.name, numbers=caller.numbers)
            line = QListWidgetItem(words, self.lines)
            line.setData(_CALLED, f"{pupil.pupil_id}@{place}")
            line.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {words}".replace("\n", ": "))
        if not pupil.callers:
            line = QListWidgetItem(_("Nobody with a telephone number is on file."), self.lines)
            line.setData(_CALLED, f"{pupil.pupil_id}@")
        if (worker := self._workers.get(pupil.pupil_id)) is not None:
            words = _("Social worker: {who}").format(who=worker)
            if unexplained.was_told(self._context.desk, pupil.pupil_id, self._day_of(pupil.pupil_id)):
                words = _("{worker} – told of this absence").format(worker=words)
            line = QListWidgetItem(words, self.lines)
            line.setData(_CALLED, f"{pupil.pupil_id}@")
        for words in pupil.notes_of_contact:
            QListWidgetItem(words, self.lines).setFlags(Qt.ItemFlag.ItemIsEnabled)

    def choose(self, pupil_id: str) -> None:
        """Stand on the first to call about a pupil."""
        for place in range(self.lines.count()):
            if str(self.lines.item(place).data(_CALLED) or "").startswith(f"{pupil_id}@"):
                self.lines.setCurrentRow(place)
                return

    def go_to_absent(self, pupil_id: str) -> None:
        """An absence of a pupil was just typed: ``record`` is about them, though the cursor has gone on to the next."""
        self._just_absent = pupil_id
        self.choose(pupil_id)

    def _allow(self) -> None:
        read_only = bool(self._context.desk.vault.read_only)
        allow(self.call, self._chosen() is not None and not read_only, LOOKING_ONLY if read_only else _("Nobody is to be called"))
        pupil_id = self._current().partition("@")[0]
        may_tell = pupil_id in self._workers and self._context.desk.may(Action.RECORD_DISCLOSURE)
        allow(
            self.told_button,
            may_tell and not read_only,
            LOOKING_ONLY if read_only else _("No social worker is on file for the pupil chosen"),
        )
        allow(self.sheet_button, bool(self._absent), _("Nobody is absent without a reason"))

    def _day_of(self, pupil_id: str) -> date:
        return next(day for absent_id, day, _session in self._absent if absent_id == pupil_id)

    def _want_sheet(self) -> None:
        if self._session is not None:
            self.sheet_wanted.emit(*self._session)

    def record_told(self) -> None:
        """Ask how the social worker of the pupil chosen was told, and keep it in the log of disclosures."""
        pupil_id, desk = self._current().partition("@")[0], self._context.desk
        if pupil_id not in self._workers:
            return
        day = self._day_of(pupil_id)
        text = _("{pupil}, absent without a reason on {day}. Social worker: {who}. It stands in the log of disclosures.").format(
            pupil=self._names[pupil_id], day=day_words(day), who=self._workers[pupil_id]
        )
        choices = [Choice(Way.PHONE, _("By telephone")), Choice(Way.EMAIL, _("By e-mail")), Choice("", _("Not told yet"))]
        way = self._context.ask.choose(_("How was the social worker told?"), text, choices, safe="")
        if not way:
            return
        if self._context.keep(lambda: unexplained.record_told(desk, pupil_id, day, way)):
            undo = (_("&Undo"), lambda: self._take_back(pupil_id, day))
            self._context.banner.success(
                _("Recorded: the social worker was told about {pupil}.").format(pupil=self._names[pupil_id]), undo=undo
            )
            self.recorded.emit()

    def _take_back(self, pupil_id: str, day: date) -> None:
        if self._context.keep(lambda: unexplained.take_back(self._context.desk, pupil_id, day), _("Undone.")):
            self.recorded.emit()

    def _current(self) -> str:
        index = self.lines.currentIndex()
        return str(index.data(_CALLED) or "") if index.isValid() else ""

    def _chosen(self) -> tuple[str, int] | None:
        pupil_id, _sign, place = self._current().partition("@")
        return (pupil_id, int(place)) if place else None

    def record(self, about: str = "") -> None:
        """Ask what was said to the one chosen, or to the first to call ``about`` a pupil who is absent, and keep it."""
        about = (self._just_absent or about) if about else ""
        if not self._current().startswith(f"{about}@"):
            self.choose(about)
        chosen = self._chosen()
        if chosen is None or not self.call.isEnabled():
            return
        pupil_id, place = chosen
        absence, caller = next(cell for cell in self._absent if cell[0] == pupil_id), self._to_call[pupil_id].callers[place]
        title = _("Called about {name}").format(name=self._names[pupil_id])
        text = _("{name}: {numbers}. It is kept among the pupil’s notes, with your name and the time.")
        said = self._context.ask.text(
            title, text.format(name=caller.name, numbers=caller.numbers), _("What was said"), verb=_("Record"), check=_wants_words
        )
        desk = self._context.desk
        if said is None:
            return
        note = calling.call_note(desk, absence, caller.name, said)
        if self._context.keep(lambda: calling.record_call(desk, note)):
            self._context.banner.success(_("The call is recorded."), undo=(_("&Undo"), lambda: self._take_call_back(note)))
            self.recorded.emit()

    def _take_call_back(self, note: Note) -> None:
        if self._context.keep(lambda: calling.take_back(self._context.desk, note), _("Undone.")):
            self.recorded.emit()


def _wants_words(text: str) -> str:
    return "" if text.strip() else _("Say what was said, or that nobody answered.")
