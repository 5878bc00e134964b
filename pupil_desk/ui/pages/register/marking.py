"""What typing in the grid does: codes taken, filled, taken back, and saved as one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.register.attendance import CODES, UNSETTLED, Mark, only_when_begun
from pupil_desk.services import register
from pupil_desk.services.register.calling import WITHOUT_REASON
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import LOOKING_ONLY, Context
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.pages.register.grid import Grid
from pupil_desk.ui.pages.register.sheet import PRESENT, RegisterCell, RegisterSheet, UnsavedMarks, read_sign
from pupil_desk.ui.pages.register.wording import DAYS, closed_words, code_words, session_words, why_closed


class Marking(QObject):
    """The marks typed in a grid. ``changed`` says that what is typed has changed, ``absent`` of which pupil an absence without a reason was typed.

    ``sheet`` is what the grid shows.
    """

    changed = Signal()
    absent = Signal(str)

    def __init__(self, context: Context, grid: Grid) -> None:
        super().__init__(grid)
        self._context, self._grid = context, grid
        self.unsaved = UnsavedMarks()
        self._said = ""  # of the cell one is on
        self.sheet = RegisterSheet(register.RegisterView(days=(), closed={}, begun_sessions=frozenset(), rows=()), self.unsaved)
        grid.sign_typed.connect(self._on_sign)
        grid.cleared.connect(self._clear)
        grid.settled.connect(self.settle)
        grid.cell_changed.connect(self._forget)

    @property
    def _may(self) -> bool:
        """Whether anything can be typed; that one is only looking is said."""
        if self._context.desk.vault.read_only:
            self._say(LOOKING_ONLY)
            return False
        return self._context.desk.may(Action.EDIT_RECORD)

    def name_of(self, cell: RegisterCell) -> str:
        """The pupil of a cell."""
        row = self.sheet.row_of(cell.place[0])
        return self.sheet.rows[row].name if row is not None else ""

    def fill(self) -> None:
        """Present, or what was expected, for all who have no mark in this session."""
        self.settle()
        column = self._grid.place[1]
        missing = self.sheet.missing_in(column) if column >= 0 else []
        if not self._may:
            return
        if not missing:
            self.note(self._why_nothing_to_fill(column))
            return
        self.unsaved.add([_mark(cell, cell.filled_by) for cell in missing])
        announce(self._grid, _("Filled {marks}").format(marks=count_of(len(missing), _("mark"), _("marks"))))
        self.changed.emit()

    @property
    def why_closed(self) -> str:
        """Why no mark is made on the day of the current cell: the unit is closed; empty where it is open."""
        column = self._grid.place[1]
        closed = self.sheet.view.closed.get(self.sheet.columns[column][0], "") if column >= 0 else ""
        return closed_words(closed) + "." if closed else ""

    def _why_nothing_to_fill(self, column: int) -> str:
        if column < 0:
            return _("No pupil is on roll on these days.")
        if self.why_closed:
            return self.why_closed
        day, session = self.sheet.columns[column]
        if (day, session) not in self.sheet.view.begun_sessions:
            return _("This session has not begun, so nobody can be present yet.")
        return _("Everybody is marked in this session.")

    def _on_sign(self, sign: str) -> None:
        """A sign was typed, for the cells chosen."""
        cells = self._grid.chosen()
        if not cells or not self._may:
            return
        cell = next((cell for cell in cells if cell.open), None)
        if cell is None:
            self._say(why_closed(cells[0]))
            return
        _pupil, day, session = cell.place
        read = read_sign(self._grid.waiting, sign, [code.code for code in codelist(CODES).choices(day)], session)
        self._grid.wait_for_more(read.waiting)
        if read.finds_nothing:
            self._say(_("No code begins with {sign}. The codes are listed beside the register.").format(sign=sign.upper()))
        if read.code_here:
            self._take(cells, read.code_here)
        if read.after:
            self._on_sign(read.after)

    def _say(self, words: str) -> None:
        self._said = words
        self._context.banner.quietly(words)
        announce(self._grid, words)

    def note(self, words: str) -> None:
        """Say what is so of the cell, or of the days in view."""
        self._said = words
        self._context.banner.note(words)

    def _forget(self) -> None:
        """Another cell, perhaps of other days: what was said of the one before is no longer so."""
        if self._said and self._context.banner.words == self._said:
            self._context.banner.dismiss()
        self._said = ""

    def _take(self, cells: Sequence[RegisterCell], code: str, *, go_on: bool = True) -> None:
        """A whole code for these cells, all that can have it: the cursor goes to the next pupil."""
        refusals = {cell.place: why for cell in cells if (why := _why_not(cell, code))}
        takers = [cell for cell in cells if cell.place not in refusals]
        if takers:
            marks = [_mark(cell, PRESENT[cell.place[2]] if code in PRESENT.values() else code) for cell in takers]
            as_kept = [cell.place for cell, mark in zip(takers, marks, strict=True) if _says_so(cell, mark.code)]
            self.unsaved.add([mark for mark in marks if mark.key not in as_kept], untyped=as_kept)
            subject = self.name_of(takers[0]) if len(takers) == 1 else count_of(len(takers), _("mark"), _("marks"))
            announce(self._grid, f"{subject}: {code_words(code)}")
            if go_on:
                self._grid.next_pupil()
            self.changed.emit()
            if code in WITHOUT_REASON:
                self.absent.emit(takers[0].place[0])
        if refusals:
            self._say(self._refused([(cell, refusals[cell.place]) for cell in cells if cell.place in refusals], is_one=len(cells) == 1))

    def _refused(self, refused: Sequence[tuple[RegisterCell, str]], *, is_one: bool) -> str:
        """Why, with the names of those for whom it is so; of the one cell there is no need to say whose it is."""
        if is_one:
            return refused[0][1]
        names = grouped((why, self.name_of(cell)) for cell, why in refused)
        return " ".join(_("{name}: {words}").format(name="; ".join(dict.fromkeys(people)), words=why) for why, people in names.items())

    def pick(self, code: str) -> None:
        """A code from the list, for the cells chosen; a first sign that was typed before is forgotten."""
        cells = self._grid.chosen()
        self._grid.wait_for_more("")
        self._grid.setFocus()
        if cells and self._may:
            self._take(cells, code)

    def pick_absent(self) -> None:
        """The code of an absence whose reason nobody knows yet, for the cells chosen."""
        self.pick(UNSETTLED)

    def settle(self) -> None:
        """The first sign of a code of two is all there is: it is taken if it is a code, and forgotten if not."""
        waiting, cells = self._grid.waiting, self._grid.chosen()
        self._grid.wait_for_more("")
        if cells and waiting and (code := codelist(CODES).get(waiting)) and code.valid_on(cells[0].place[1]):
            self._take(cells, waiting, go_on=False)

    def _clear(self) -> None:
        """Delete: what is typed and not saved in the cells chosen, or what is only planned in one; an entry that is saved stays, and the page says so."""
        cells, waited = self._grid.chosen(), bool(self._grid.waiting)
        self._grid.wait_for_more("")
        if waited:
            return
        typed_places = [cell.place for cell in cells if cell.unsaved_mark is not None]
        planned = [cell for cell in cells if cell.saved_cell.is_planned and not cell.has_begun]
        if typed_places:
            self.unsaved.take_out(typed_places)
            self.changed.emit()
        elif planned and len(cells) > 1:
            self._say(_("Choose one alone to take out what is planned."))
        elif planned:
            self._take_out_planned(planned[0])
        elif any(cell.saved_cell.code is not None for cell in cells):
            self._say(_("An entry cannot be deleted. Type the right code over it, and give the reason."))

    def _take_out_planned(self, cell: RegisterCell) -> None:
        if not self._may:
            return
        desk, (pupil_id, day, session) = self._context.desk, cell.place
        changed = self._context.attempt(lambda: register.take_out_planned(desk, pupil_id, day, session))
        if changed is None:
            return
        message = _("Taken out: {code}, planned for {name}, {when}.").format(
            code=cell.saved_cell.code, name=self.name_of(cell), when=f"{DAYS[day.weekday()]} {session_words(session)}"
        )
        self._context.news.tell(changed)
        self._context.banner.success(message, undo=(_("Undo taking out"), partial(self._take_back, desk.last_act, message)))
        self._grid.setFocus()

    def detail(self, minutes: int | None, note: str | None) -> None:
        """Minutes late and note of what is typed in the current cell."""
        cell = self._grid.current()
        if cell is not None and cell.unsaved_mark is not None:
            self.unsaved.add([_mark(cell, cell.unsaved_mark.code, minutes, note)])
            self.changed.emit()

    def undo(self) -> None:
        """One step back, to the cell that it changes."""
        self._grid.wait_for_more("")
        places = self.unsaved.undo()
        if len(places) == 1:
            pupil_id, day, session = places[0]
            row, column = self.sheet.row_of(pupil_id), self.sheet.column_of(day, session)
            if row is not None and column is not None:
                self._grid.go(row, column)
        self.changed.emit()

    def save(self) -> bool:
        """Keep what is typed, all of it or nothing; entries that it changes need one reason."""
        self.settle()
        marks, reason = self.unsaved.marks, self._reason()
        if reason is None:
            return False
        desk = self._context.desk
        message = _("Saved {marks}.").format(marks=count_of(len(marks), _("mark"), _("marks")))
        changed = self._context.attempt(lambda: register.mark(desk, marks, reason=reason))
        if changed is None:
            return False
        undo = (_("Undo saving"), partial(self._take_back, desk.last_act, message)) if changed.kinds else None
        self._context.news.tell(changed)
        self._context.banner.success(message, undo=undo)
        self.unsaved.clear()
        return True

    def _take_back(self, act: str, message: str) -> None:
        """Undo the saving: each session says again what it said before."""
        desk = self._context.desk
        self._context.keep(lambda: register.undo_marks(desk, act), _("Undone: {what}").format(what=message))
        self._grid.setFocus()

    def _reason(self) -> str | None:
        """Why entries are changed: empty where none is, None where the person would rather not."""
        count = self.sheet.changed_entries
        if not count:
            return ""
        title = _("Why is this entry changed?") if count == 1 else _("Why are these {count} entries changed?").format(count=count)
        text = _("The first entry stays in the register, and your name and this reason beside it.")
        return self._context.ask.text(title, text, _("Reason"), verb=_("Save"), check=_wants_words)


def _wants_words(text: str) -> str:
    return "" if text.strip() else _("Say why, in a few words.")


def _why_not(cell: RegisterCell, code: str) -> str:
    """Why a cell cannot have a code; empty where it can."""
    if not cell.open:
        return why_closed(cell)
    is_early = not cell.has_begun and only_when_begun(code)
    return _("{code} can only be entered when the session has begun.").format(code=code) if is_early else ""


def _says_so(cell: RegisterCell, code: str) -> bool:
    """Whether a code is kept there already, and is no longer only planned."""
    return cell.saved_cell.code == code and not (cell.saved_cell.is_planned and cell.has_begun)


def _mark(cell: RegisterCell, code: str, minutes: int | None = None, note: str | None = None) -> Mark:
    """A code for a cell."""
    pupil_id, day, session = cell.place
    return Mark(pupil_id=pupil_id, day=day, session=session, code=code, minutes_late=minutes, note=note)
