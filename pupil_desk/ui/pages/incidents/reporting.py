"""The report to one parent: what is taken out of it looked at, where a person may let something stand, and then the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.incidents import report
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.services.incidents.naming import NamedPlace, ReportPlace
from pupil_desk.services.incidents.steps import IncidentStep
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.words import allow, button, column_in, flow_of, growing, label
from pupil_desk.ui.style import tokens


@dataclass(frozen=True, slots=True)
class _Subject:
    """Of which entry the report is, of which pupil, and to which parent."""

    entry_id: str
    pupil_id: str
    parent_id: str


class ReportView(Body):
    """``closed`` comes once it is left. What one lets stand holds for this paper alone."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        self.places_view = QWidget()
        self.paper = Paper(context, _("The report to a parent"))
        super().__init__(self.places_view, self.paper)
        self._context = context
        self._subject = _Subject("", "", "")
        self._awaited: HouseholdPaper | None = None  # the paper that is made for what is in view now
        self._stays: set[ReportPlace] = set()
        self.title = label("", "subhead")
        self.table = self._make_table()
        self.turn_button = button(_("&Let it stand"), self._turn, icon_name="check")
        self.see_button = button(_("See the &report…"), self._make, "primary", icon_name="printer")
        column_in(
            self.places_view,
            tokens.S,
            self.title,
            label(_("Other children and families are taken out of the account. What may be a common word is yours to decide."), "muted"),
            growing(self.table),
            flow_of(self.see_button, self.turn_button, button(_("&Back (Esc)"), self.closed.emit)),
        )
        self.table.current_changed.connect(self._on_place)
        self.table.opened.connect(lambda _row: self._turn())
        self.paper.closed.connect(self.closed)
        shortcut_within(self.places_view, keys.ESC.sequence, self.closed.emit)
        shortcut_within(self.table, keys.TICK.sequence, self._turn)

    def _make_table(self) -> Table[NamedPlace]:
        columns = (
            Column[NamedPlace](
                "state",
                _("In the report"),
                lambda row: _("Stands") if self._is_let(row) else _("Taken out"),
                longest=_("Taken out"),
                icon=lambda row: "check-circle" if self._is_let(row) else "prohibit",
            ),
            Column[NamedPlace](
                "words",
                _("What stands there"),
                lambda row: _("{before}[{words}]{after}").format(before=row.before, words=row.words, after=row.after),
                stretch=True,
                width=24,
            ),
            Column[NamedPlace]("who", _("Whom it may mean"), lambda row: ", ".join(row.who), width=22),
            Column[NamedPlace]("where", _("Where"), lambda row: row.label, width=16),
        )
        return Table(columns, name=_("What is taken out of the report"), id_of=lambda row: row.place)

    def begin(self, state: IncidentState, step: IncidentStep) -> bool:
        """The report of a step; False where it cannot be made, and the banner says why. Where nothing is to be decided the paper comes at once."""
        self.forget()
        entry_id = step.entry_ids[0]
        pupil_id = next(case.now.pupil_id for case in state.cases if case.now.entry_id == entry_id)
        self._subject = _Subject(entry_id, pupil_id, step.contact_id or "")
        places = self._context.attempt(lambda: report.places(self._context.desk, entry_id))
        if places is None:
            return False
        self.title.setText(_("The report about {pupil} to {parent}").format(pupil=step.names[0], parent=state.parent(step.contact_id)))
        self._stays = {named.place for named in places if named.likely_word and not named.fixed}
        self.table.show_rows(places)
        if all(named.fixed for named in places):
            return self._make()
        self.setCurrentWidget(self.places_view)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def forget(self) -> None:
        """Keep nothing of it in memory, and wait for no paper of it."""
        self._awaited = None
        self.paper.clear()
        self.table.show_rows(())
        self._stays = set()

    def _is_let(self, row: NamedPlace) -> bool:
        return row.place in self._stays and not row.fixed

    def _on_place(self, row: NamedPlace | None) -> None:
        self.turn_button.setText(_("&Take it out") if row is not None and self._is_let(row) else _("&Let it stand"))
        allow(self.turn_button, row is not None and not row.fixed, _("It surely names another child of the incident"))

    def _turn(self) -> None:
        """Let the place stand that the cursor is on, or take it out after all."""
        row = self.table.current()
        if row is not None and not row.fixed:
            self._stays ^= {row.place}
            self._awaited = None  # a paper under way has it as it was
            self.table.viewport().update()
            self._on_place(row)

    def _make(self) -> bool:
        desk, subject, stays = self._context.desk, self._subject, frozenset(self._stays)
        papers = self._context.attempt(lambda: list(report.letters(desk, subject.entry_id, stays)))
        if papers is None:
            return False
        paper = _to_parent(papers, subject.parent_id)
        if paper is None:
            words = _("No report goes to this parent: there is no address on file, an order stands against it, or the report is withheld.")
            self._context.ask.tell(_("There is nobody to send the report to"), words)
            return False
        self._awaited = paper
        pupil_guard = guard(desk, [subject.pupil_id], "incident report", for_family=True)
        self._context.jobs.run(
            self,
            lambda _job: paper.pdf(pupil_guard.stamp),
            lambda data: self._show(subject, paper, data, pupil_guard),
            title=_("Making the report"),
        )
        return True

    def _show(self, subject: _Subject, paper: HouseholdPaper, data: bytes, pupil_guard: Guard) -> None:
        """Show what was made, unless the view was left since, or shows something else."""
        if paper is not self._awaited:
            return
        self._awaited = None
        self.setCurrentWidget(self.paper)
        on_printed = partial(report.log_print, self._context.desk, subject.entry_id, [paper.letter])
        self.paper.show_pdf(paper.title, data, on_printed, guard=pupil_guard)


def _to_parent(papers: Sequence[HouseholdPaper], parent_id: str) -> HouseholdPaper | None:
    """The one of the household in which this parent lives."""
    return next((paper for paper in papers if any(contact.id == parent_id for contact in paper.letter.contacts)), None)
