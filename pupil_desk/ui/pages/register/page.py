"""Register: who is here this morning, marked from the keyboard, saved as one."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.attendance import Session
from pupil_desk.domain.register.paper_marks import SheetSpan
from pupil_desk.services import register
from pupil_desk.services.program import keys
from pupil_desk.services.register.groups import groups_of, in_group
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import DAILY
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.keys import is_pressed
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.kit.low.foldable import Spare
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import column_of, fill, flow_of, growing, label, made
from pupil_desk.ui.pages.register.calling import CallPanel
from pupil_desk.ui.pages.register.cell import CellPanel
from pupil_desk.ui.pages.register.comparing import ComparingView
from pupil_desk.ui.pages.register.grid import Grid
from pupil_desk.ui.pages.register.marking import Marking
from pupil_desk.ui.pages.register.narrowing import NarrowBar, found
from pupil_desk.ui.pages.register.period import PeriodBar, week_of
from pupil_desk.ui.pages.register.printing import Printing
from pupil_desk.ui.pages.register.sheet import RegisterSheet
from pupil_desk.ui.pages.register.wording import KEYS_WORDS, copy_words, view_words
from pupil_desk.ui.style import tokens

_SHEET = Action.CONTACT_SHEET
EVACUATION = "evacuation"  # in place of a pupil's id: the sheet of who is in is wanted, at once
_CONCERNING = frozenset({"mark", "timetable", "pupil", "enrolment", "settings"})


class RegisterPage(Page):
    """Tasks: mark this morning; fill the rest present; change a code with a reason; look at a week; see what is unmarked."""

    name = "register"
    title = _("Register")
    icon = "calendar-check"
    group = DAILY
    lasting = True
    action = Action.READ_RECORD

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._telling = False
        self.period = PeriodBar(context.desk.today)
        to_pupils = (_("Go to Pupils"), lambda: context.go("pupils"))
        self.grid = Grid(EmptyState("calendar-blank", _("No pupil is on roll on these days"), act=to_pupils))
        self.grid.model_.badges = ListBadges(context.desk)
        self.marking = Marking(context, self.grid)
        self.keys = label(KEYS_WORDS, "muted")
        self.copy = label(copy_words(is_copy=context.desk.settings.register_copy), "muted")
        self.narrow = NarrowBar(lambda: self.grid)
        self.calls = CallPanel(context)
        self.panel = CellPanel(self.calls)
        self.printing = Printing(context, Paper(context, _("The register as it will be printed")), lambda: self.dirty)
        self.heading = Heading(_("Register"), self._commands(), desk=context.desk, has_line=True)
        self._build()
        self.grid.stepped.connect(self.period.step)
        self.grid.cell_changed.connect(self._on_cell_changed)
        self.grid.choice_changed.connect(self._on_choice)
        self.marking.changed.connect(self._typed_changed)
        self.period.period_wanted.connect(self._go_to)
        self.marking.absent.connect(self._on_absent)
        self.narrow.group_wanted.connect(lambda _key: self._look())
        self.narrow.name_typed.connect(self._find)
        self.narrow.left.connect(self.grid.setFocus)
        self.calls.recorded.connect(self._on_called)
        self.calls.sheet_wanted.connect(self.printing.calls)
        self.panel.open_record.connect(self._open_record)
        self.panel.detailed.connect(self.marking.detail)
        self.panel.code_picked.connect(self.marking.pick)
        self.printing.paper_shown.connect(lambda: self.body.setCurrentWidget(self.printing.paper))
        self.printing.paper.closed.connect(self._close_paper)

    def _commands(self) -> tuple[Command, ...]:
        edit, read, paper = Action.EDIT_RECORD, Action.READ_RECORD, self.printing
        return (
            Command("save", _("&Save"), self.save, edit, "floppy-disk", primary=True, tip=_("Save what is typed (Ctrl+S)")),
            Command("fill", _("&Fill present"), self._fill, edit, "checks", tip=_("Present for all not marked in this session (F2)")),
            Command(
                "absent", _("Absent (N)"), self.marking.pick_absent, edit, "user-minus", tip=_("No reason known yet, for those chosen (N)")
            ),
            Command("undo", _("&Undo"), self.undo, edit, "arrow-u-up-left", tip=_("Take back what is typed and not saved (Ctrl+Z)")),
            Command(
                "evacuation", _("&Evacuation sheet"), paper.evacuation, _SHEET, "person-simple-run", tip=_("Who is in now, printed at once")
            ),
            Command("kitchen", _("Kitchen list"), paper.kitchen, _SHEET, "fork-knife", tip=_("Diets and allergies of who is in now")),
            Command("next", _("&Next not marked"), self.next_missing, read, "arrow-line-down", tip=keys.NEXT_MISSING.shown),
            Command("print", _("&Print the week"), self.print_, read, "printer", tip=keys.PRINT.shown),
            Command("term", _("Print the &half-term"), self.print_term, read, "files"),
            Command("to_mark", _("Print to mark by h&and"), self.print_to_mark, Action.PRINT_FORM, "pencil-simple-line"),
            Command("compare", _("Compare registers…"), self.compare, Action.IMPORT, "git-diff", tip=keys.COMPARE.shown),
        )

    def _build(self) -> None:
        left = column_of(growing(self.grid), Spare(self.keys, self.copy))
        panes = growing(Panes(left, self.panel, shares=(5, 2), memory=self.context.memory, key="register"))
        self.panes_ = column_of(flow_of(self.period, self.narrow, spacing=tokens.M), panes)
        self.body = Body(self.panes_, self.printing.paper)
        self.column.setSpacing(tokens.S)
        fill(self.column, self.heading, growing(self.body))

    @cached_property
    def comparing(self) -> ComparingView:
        """The school system's register beside ours."""
        view = self.body.put(ComparingView(self.context))
        view.print_wanted.connect(self.printing.comparison)
        view.closed.connect(self._close_paper)
        return view

    # what the window asks

    def on_show(self, object_id: str | None = None) -> None:
        """Today; or one pupil's day, by the id, perhaps with «@» and the day, and «@» and the session; or ``EVACUATION``: that sheet is printed."""
        if object_id == EVACUATION:
            self._look()
            self.printing.evacuation()
            return
        pupil_id, day, session, *_rest = [*(object_id or "").split("@"), "", ""]
        self._close_paper()
        self.body.setCurrentWidget(self.panes_ if object_id else self.body.currentWidget() or self.panes_)
        if day and not self._go_to(date.fromisoformat(day), self.period.week):
            return
        self._look()
        row = self.marking.sheet.row_of(pupil_id) if pupil_id else None
        if pupil_id and row is None and self.narrow.group.key():  # of another group than the one in view
            self.narrow.group.set_key("")
            self._look()
            row = self.marking.sheet.row_of(pupil_id)
        if row is not None:
            columns = self.marking.sheet.columns
            self.grid.go(row, columns.index((date.fromisoformat(day), Session(session))) if session else self.grid.place[1])
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_change(self, changed: Changed) -> None:
        """Somebody came or left, or marks were made elsewhere."""
        if not self._telling and changed.kinds & _CONCERNING and self.isVisible():
            self._look()

    def refresh(self) -> None:
        """Look again; what is typed stays."""
        self._look()

    def search(self) -> None:
        self.narrow.focus_find()

    def _find(self, typed: str) -> None:
        """To the first pupil whose name begins so."""
        row = found(self.marking.sheet.rows, typed)
        if row is not None:
            self.grid.go(row, max(0, self.grid.place[1]))
        elif typed.strip():
            self.context.banner.quietly(_("Nobody in view has a name that begins with {text}.").format(text=typed.strip()))

    def _on_absent(self, pupil_id: str) -> None:
        """An absence without a reason was typed: whom to call comes into view."""
        self.panel.setCurrentWidget(self.calls)
        self.calls.go_to_absent(pupil_id)

    def _on_called(self) -> None:
        self.calls.show_absent(self.marking.sheet, self.grid.place[1], again=True)
        self.grid.setFocus()

    def panes(self) -> list[QWidget]:
        """Commands, days, group, grid, panel; or the paper."""
        if (view := self.body.currentWidget()) is not self.panes_:
            return [self.heading, view.table if isinstance(view, ComparingView) else self.printing.paper]
        return [self.heading, self.period, self.narrow, self.grid, self.panel]

    def print_(self) -> None:
        """The week in view on paper, to look at and to print."""
        if self.body.currentWidget() is self.printing.paper:
            self.printing.paper.print_()
        else:
            self.printing.week(self.period.day, self.narrow.group.key())

    def print_term(self) -> None:
        """The half-term in view on paper."""
        self.printing.half_term(self.period.day, self.narrow.group.key())

    def print_to_mark(self) -> None:
        """The days and the group in view as pages to be marked by hand and read back."""
        self.printing.to_mark(SheetSpan.WEEK if self.period.week else SheetSpan.DAY, self.period.day, self.narrow.group.key())

    def _close_paper(self) -> None:
        if self.body.currentWidget() is not self.panes_:
            self.printing.paper.clear()
            is_compared = made(self, "comparing") and self.comparing.is_open
            self.body.setCurrentWidget(self.comparing if is_compared else self.panes_)
            (self.comparing.table if is_compared else self.grid).setFocus()

    def compare(self) -> None:
        """The school system's export beside ours: a file is asked for, and what differs is listed."""
        if self.leave():
            self.comparing.begin(lambda: self.body.setCurrentWidget(self.comparing))

    # what is typed and not saved

    @property
    def dirty(self) -> bool:
        return bool(self.marking.unsaved)

    def save(self) -> bool:
        """Keep what is typed, all of it or nothing."""
        self.marking.settle()
        if not self.dirty:
            return True
        self._telling = True
        try:
            succeeded = self.marking.save()
        finally:
            self._telling = False
        if succeeded:
            self._look()
        return succeeded

    def discard(self) -> None:
        self.marking.unsaved.clear()
        self._typed_changed()

    def draft(self) -> dict[str, Any] | None:
        if not self.dirty:
            return None
        return {"day": self.period.day.isoformat(), "week": self.period.week, "marks": self.marking.unsaved.draft()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        self._go_to(date.fromisoformat(draft["day"]), bool(draft["week"]))
        self.marking.unsaved.take_draft(draft["marks"])
        self._typed_changed()

    def _fill(self) -> None:
        self.marking.fill()
        self.grid.setFocus()

    def _on_choice(self) -> None:
        self.heading.enable("absent", self.grid.has_choice, _("Choose who is absent first"))

    def undo(self) -> bool:
        if is_typed := self.dirty or bool(self.grid.waiting):
            self.marking.undo()
            self.grid.setFocus()
        return is_typed

    def _typed_changed(self) -> None:
        self.grid.refresh()
        self._on_cell_changed()
        self._say()
        self.edited.emit()

    def _go_to(self, day: date, is_week: bool) -> bool:
        """Other days in view. What is typed on days that go out of sight is saved or put back first."""
        first, last = week_of(day) if is_week else (day, day)
        out_of_sight = any(not first <= unsaved_day <= last for unsaved_day in self.marking.unsaved.days)
        if out_of_sight and not self.leave():
            self.period.show_period(self.period.day, is_week=self.period.week)
            return False
        self.period.show_period(day, is_week=is_week)
        self._look(day)
        return True

    def _look(self, day: date | None = None) -> None:
        """Ask for the days in view again; stay in the cell, or begin in the first session with something missing."""
        first, last = self.period.days
        view = self.context.attempt(lambda: register.view(self.context.desk, first, last))
        if view is None:
            return
        was = self.grid.current()
        self.narrow.show_groups(groups_of(view.rows))
        rows = [row for row in view.rows if in_group(row, self.narrow.group.key())]
        sheet = self.marking.sheet = RegisterSheet(view, self.marking.unsaved, rows)
        row = sheet.row_of(was.place[0]) if was else None
        column = sheet.column_of(was.place[1], was.place[2]) if was else None
        if day is not None and self.period.week and (was is None or was.place[1] != day):  # the week shows the day that is asked for
            column = sheet.column_of(day, was.place[2] if was else Session.AM)
        self.panel.show_codes(first)
        self.grid.show_sheet(sheet, row or 0, sheet.first_column() if column is None else column)
        self._on_cell_changed()
        self._say()

    def next_missing(self) -> None:
        """To the next cell in which an entry is due and there is none."""
        self.marking.settle()
        missing = self.marking.sheet.missing()
        if not missing:
            self.marking.note(_("Nothing is missing on these days."))
            return
        row, column = self.grid.place
        later = [place for place in missing if (place[1], place[0]) > (column, row)]
        self.grid.go(*(later or missing)[0])
        self.grid.setFocus()

    def _on_cell_changed(self) -> None:
        """Another cell is current, or something in it has changed."""
        cell = self.grid.current()
        entries: Sequence[register.RegisterEntry] = ()
        if cell is not None:  # one without a mark may have had one that was taken back
            entries = list(reversed(register.entries(self.context.desk, *cell.place)))
        self.panel.show_cell(self.marking.name_of(cell) if cell else "", cell, entries)
        self.calls.show_absent(self.marking.sheet, self.grid.place[1])
        self._on_choice()
        closed = self.marking.why_closed
        self.heading.enable("fill", not closed, closed)

    def _open_record(self) -> None:
        cell = self.grid.current()
        if cell is not None:
            self.context.go("pupils", cell.place[0])

    def _say(self) -> None:
        """What is in view and what is missing, in a line; and what can be done now."""
        parts = view_words(self.marking.sheet, *self.period.days)
        if self.dirty:
            parts.append(_("{marks} not saved yet.").format(marks=count_of(len(self.marking.unsaved), _("mark"), _("marks"))))
        self.heading.set_title(_("Register"), " ".join(parts))
        for key in ("save", "undo"):
            self.heading.enable(key, self.dirty, _("Nothing is typed that is not saved"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if is_pressed(event, keys.ESC) and self.grid.waiting:
            self.grid.wait_for_more("")
        elif is_pressed(event, keys.FILL):
            self._fill()
        elif is_pressed(event, keys.NEXT_MISSING):
            self.next_missing()
        elif is_pressed(event, keys.CALL):
            self.panel.setCurrentWidget(self.calls)
            cell = self.grid.current() if self.grid.hasFocus() else None
            self.calls.record(cell.place[0] if cell is not None else "")
        elif is_pressed(event, keys.COMPARE):
            self.compare()
        elif is_pressed(event, keys.TO_DATE):
            self.period.focus_date()
        else:
            super().keyPressEvent(event)
