"""The list of cases: open or closed, found by a word, the most pressing first."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.requests.looking import CaseRow, CaseStanding
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.tabs import SteadyTabBar
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import column_in, find_line, growing
from pupil_desk.ui.pages.requests.words import kind_words, short_kind, state_of
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

OPEN, CLOSED = range(2)
_SPARE = {"kind": 400, "received": 560, "ref": 660}  # widths at 100 % from which there is room for them beside whole names


class CaseList(QWidget):
    """``case_chosen`` carries the row one is on, or None; ``opened`` one on Enter or double click."""

    case_chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._desk, self._today = context.desk, context.desk.today
        self._rows: Sequence[CaseRow] = ()
        self.tabs = SteadyTabBar()
        self.tabs.setAccessibleName(_("Which requests"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for _place in range(2):
            self.tabs.addTab("")
        self.find_box = find_line(_("Find a request"))
        find = FilterRow(find=(_("&Find by name, number or kind (Ctrl+F)"), self.find_box))
        self.empty = EmptyState("check-circle", "")
        self.table: Table[CaseRow] = Table(
            self._columns(), name=_("Requests"), memory=context.memory, memory_key="requests", empty=self.empty, stands_on_first=False
        )
        self.table.setMinimumWidth(
            min(sized(tokens.FIELD), tokens.BESIDE - tokens.HUGE)
        )  # narrower, the case stands below the list; never wider than a small screen at 200 %
        column_in(self, tokens.XS, self.tabs, tokens.S, find, tokens.XS, growing(self.table))
        self.tabs.currentChanged.connect(lambda _place: self._show())
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.table.current_changed.connect(self.case_chosen)
        self.table.opened.connect(self.opened)
        self.table.always_give_way(_SPARE, room_of=self)

    def _columns(self) -> tuple[Column[CaseRow], ...]:
        def state(row: CaseRow) -> str:
            return state_of(row.seen, self._today).words

        return (
            Column(
                "state",
                _("Due"),
                state,
                longest=_("Stands still"),
                icon=lambda row: state_of(row.seen, self._today).sign,
                tone=lambda row: state_of(row.seen, self._today).tone,
                tip=lambda row: state_of(row.seen, self._today).detail,
            ),
            badged(
                self._desk,
                Column(
                    "who",
                    _("About"),
                    lambda row: row.name or _("No pupil"),
                    stretch=True,
                    width=13,
                    tip=lambda row: kind_words(row.seen.case),
                ),
                lambda row: row.seen.case.pupil_id or "",
            ),
            Column(
                "kind", _("What"), lambda row: short_kind(row.seen.case), longest=_("Complaint"), tip=lambda row: kind_words(row.seen.case)
            ),
            Column("received", _("Received"), lambda row: short_date(row.seen.case.received), longest="24 Nov 2026"),
            Column("ref", _("Number"), lambda row: row.seen.case.ref),
        )

    def show_rows(self, rows: Sequence[CaseRow]) -> None:
        """Show these cases, as the tab and the find box say."""
        self._rows = rows
        open_ = sum(row.seen.standing is not CaseStanding.CLOSED for row in rows)
        self.tabs.setTabText(OPEN, _("Open ({number})").format(number=open_))
        self.tabs.setTabText(CLOSED, _("Closed ({number})").format(number=len(rows) - open_))
        self._show()

    def choose(self, case_id: str) -> bool:
        """Go to a case, wherever it is listed."""
        row = next((row for row in self._rows if row.id == case_id), None)
        if row is None:
            return False
        self.find_box.clear()
        self.tabs.setCurrentIndex(CLOSED if row.seen.standing is CaseStanding.CLOSED else OPEN)
        return self.table.select(case_id)

    def _show(self) -> None:
        words = fold(self.find_box.text()).split()
        closed = self.tabs.currentIndex() == CLOSED
        matches = [
            row for row in self._rows if (row.seen.standing is CaseStanding.CLOSED) == closed and all(word in _words(row) for word in words)
        ]
        self._say_why(closed=closed, searching=bool(words))
        self.table.show_rows(matches)

    def _say_why(self, *, closed: bool, searching: bool) -> None:
        if searching:
            self.empty.say(_("No request has words like that"), _("Look among the others, or try a surname or a number."))
        elif closed:
            self.empty.say(_("No request is closed yet"))
        else:
            self.empty.say(
                _("No request is open"),
                _("When somebody asks for a copy, a correction, or complains, record it with “New request…” (Ctrl+N)."),
            )

    def summary(self) -> str:
        """How many are not answered, and how many of them late or soon due."""
        states = [state_of(row.seen, self._today) for row in self._rows if row.seen.standing is CaseStanding.OPEN]
        late, soon = sum(state.tone == "bad" for state in states), sum(state.sign == "hourglass-medium" for state in states)
        if not states:
            return _("Nothing waits for an answer.")
        phrases = [_("{requests} to answer").format(requests=count_of(len(states), _("request"), _("requests")))]
        phrases += [_("{number} late").format(number=late)] if late else []
        phrases += [_("{number} due within a week").format(number=soon)] if soon else []
        return f"{', '.join(phrases)}."


def _words(row: CaseRow) -> str:
    case = row.seen.case
    pupil = row.seen.pupil
    names = f"{pupil.full_name} {pupil.legal_name} {pupil.ref}" if pupil else ""
    return fold(f"{row.name} {names} {case.ref} {case.requester} {kind_words(case)}")
