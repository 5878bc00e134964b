"""Keeping and erasing: what is due, what is on hold, what was erased, and how long each class of record is kept.

How long each class of record is kept, how sure we are of it, and who says so.
"""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.governance import papers
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.words import STRETCH, column_in, column_of, growing, label, name_label, row_layout
from pupil_desk.ui.pages.governance.erasing import Erasing
from pupil_desk.ui.pages.governance.erasing_words import TO_DO
from pupil_desk.ui.pages.governance.holding import Holding
from pupil_desk.ui.style import tokens

type _Row = tuple[str, str, str, str]
_COLUMNS = (
    Column[_Row]("kept", _("Kept"), lambda row: row[0], width=20, stretch=True, tip=lambda row: row[0]),
    Column[_Row]("parts", _("Parts of the record"), lambda row: row[1], width=20, stretch=True, tip=lambda row: row[1]),
    Column[_Row]("sure", _("How sure we are"), lambda row: row[2], width=16),
)


class Periods(QWidget):
    """The classes, and in words the one that one is on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table: ShortTable[_Row] = ShortTable(
            _COLUMNS, name=_("How long things are kept"), id_of=lambda row: row[0], memory=context.memory, memory_key="periods"
        )
        self.words = label("", "muted")
        column_in(self, tokens.S, self.table, self.words, STRETCH)
        self.table.current_changed.connect(self._show_row)
        self.table.always_give_way({"sure": 700}, room_of=self)

    def refresh(self) -> None:
        """The classes as they hold today."""
        self.table.show_rows(papers.period_rows(self._context.desk.schedule))

    def panes(self) -> list[QWidget]:
        return [self.table]

    def print_(self) -> None:
        """They stand in the record of processing activities."""

    def _show_row(self, row: _Row | None) -> None:
        words = _("{kept}: {parts}. How sure we are: {sure}. {source}")
        self.words.setText(words.format(kept=row[0], parts=row[1], sure=row[2], source=row[3]) if row is not None else "")


SOON, HOLDS, DONE, PERIODS = "soon", "holds", "done", "periods"
_SHOWN = (
    (TO_DO, _("What is to be done")),
    (SOON, _("What is due within a year")),
    (HOLDS, _("Holds on deletion")),
    (DONE, _("What was erased")),
    (PERIODS, _("How long things are kept")),
)


class _View(Protocol):
    """What each of the lists offers."""

    def refresh(self) -> None: ...
    def panes(self) -> list[QWidget]: ...
    def print_(self) -> None: ...


class Keeping(QWidget):
    """One list of several, chosen above; a certificate in place of it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.view_box = ChoiceBox(_SHOWN, name=_("Show"))
        self.paper = Paper(context, _("The certificate"))
        self.erasing, self.holding, self.periods = Erasing(context, self.paper), Holding(context), Periods(context)
        words = name_label(_("Sho&w"), self.view_box, wraps=False)
        self.body = Body(self.erasing, self.holding, self.periods)
        view = self._view = column_of(row_layout(words, self.view_box, STRETCH), growing(self.body))
        self.all = Body(view, self.paper)
        column_in(self, None, self.all, top=tokens.S)
        self.view_box.currentIndexChanged.connect(lambda _place: self.refresh())
        self.erasing.certified.connect(lambda: self.all.setCurrentWidget(self.paper))
        self.erasing.went_to_holds.connect(self._to_hold)
        self.paper.closed.connect(self._close)

    @property
    def view(self) -> _View:
        key = self.view_box.key()
        return self.holding if key == HOLDS else self.periods if key == PERIODS else self.erasing

    def refresh(self) -> None:
        """The list chosen, as it is now."""
        view = self.view
        assert isinstance(view, QWidget)
        self.body.setCurrentWidget(view)
        self.erasing.show_what(self.view_box.key())
        view.refresh()

    def go_to_pupil(self, pupil_id: str) -> None:
        """What is to be done about one pupil; where nothing is due, an erasure can be proposed all the same."""
        self.view_box.set_key(TO_DO)
        self.refresh()
        self.erasing.go_to_pupil(pupil_id)

    def go_to_row(self, hold_id: str) -> None:
        """Choose one hold, among the holds."""
        self.view_box.set_key(HOLDS)
        self.refresh()
        self.holding.table.select(hold_id)

    def panes(self) -> list[QWidget]:
        """Those of the list, and what it shows; or the paper."""
        return [self.paper] if self.all.currentWidget() is self.paper else [*self.view.panes(), self.view_box]

    def search(self) -> None:
        self.view_box.setFocus()

    def print_(self) -> None:
        """The certificate in view, or of the line one is on."""
        if self.all.currentWidget() is self.paper:
            self.paper.print_()
        else:
            self.view.print_()

    def _to_hold(self, pupil_id: str) -> None:
        self.holding.begin(pupil_id)
        self.refresh()

    def _close(self) -> None:
        self.paper.clear()
        self.all.setCurrentWidget(self._view)
        self.view.panes()[0].setFocus()
