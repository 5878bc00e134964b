"""The incidents, ordinary behaviour and rewards of this pupil, to be read beside the record; Enter opens one on its page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.incidents.incident import IncidentCase, newest_first
from pupil_desk.domain.incidents.ordinary_sums import ordinary_sum
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures.periods import year_of
from pupil_desk.services.incidents import incidents_due, recording
from pupil_desk.services.incidents.incidents_due import OpenIncident
from pupil_desk.services.letters import progress_reports
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import calendars
from pupil_desk.ui.kit.context import Context, new_with
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import allow, button, column_in, flow_of, growing, label, show_words
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.style import tokens


@dataclass(frozen=True, slots=True)
class _Row:
    """The pupil's entry in an incident, and what is still to do about it."""

    case: IncidentCase
    left: OpenIncident | None

    @property
    def id(self) -> str:
        """That of the entry."""
        return self.case.now.entry_id


_WITH_PART = 640  # width at 100 % from which the part has room beside what is still to do


class IncidentsPart(RecordPart):
    """A list that is read here; an incident is entered, amended and signed on the page of incidents."""

    is_form = False

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave)
        self._pupil_id = ""
        empty = EmptyState("flag", _("Nothing is on file"), _("Press New incident to record what happened, or a reward."))
        self.table: Table[_Row] = Table(
            _columns(), name=_("Incidents"), memory=context.memory, memory_key="record-incidents", id_of=lambda row: row.id, empty=empty
        )
        self.table.always_give_way({"part": _WITH_PART})
        self.sum_label = label("", "muted")
        self.left_label = label("")
        self.open_button = button(_("Open the incident (Enter)"), self.open_incident, icon_name="flag")
        self.new_button = button(_("New incident…"), self.begin_new, icon_name="plus")
        only_for(context.desk, Action.EDIT_RECORD, self.new_button)
        self._acts = flow_of(self.open_button, self.new_button)
        column_in(self, tokens.S, self.sum_label, growing(self.table), self.left_label, self._acts)
        self.table.current_changed.connect(self._on_row)
        self.table.opened.connect(lambda _row: self.open_incident())

    def show_record(self, record: PupilRecord) -> None:
        self._pupil_id, desk = record.pupil.id, self.context.desk
        self._acts.setVisible(desk.settings.uses(recording.SWITCH))  # else what is on file is only read here
        left = {line.entry_id: line for line in incidents_due.open_incidents(desk, self._pupil_id)}
        cases = newest_first(recording.of_pupil(desk, self._pupil_id))
        self.table.show_rows([_Row(case, left.get(case.now.entry_id)) for case in cases])
        show_words(self.sum_label, _sum_words(desk, cases))
        self._on_row(self.table.current())

    def _on_row(self, row: _Row | None) -> None:
        allow(self.open_button, row is not None, _("Choose an incident first"))
        show_words(self.left_label, _left_words(row) if row is not None else "")

    def open_incident(self) -> None:
        """Go to the incident, where it is amended, signed, reported and talked over."""
        if (row := self.table.current()) is not None and not self._acts.isHidden():
            self.context.go("incidents", row.case.now.incident_id)

    def begin_new(self) -> None:
        """Go where a new one is typed, this pupil in it."""
        self.context.go("incidents", new_with(self._pupil_id))

    def focus_first(self) -> None:
        (self.new_button if not self.table.rows and self.new_button.isVisible() and self.new_button.isEnabled() else self.table).setFocus()

    def focus_on(self, kind: str, row_id: str, item: str) -> None:
        """The cursor on that entry."""
        self.table.select(row_id)
        self.table.setFocus()


def _sum_words(desk: Desk, cases: Sequence[IncidentCase]) -> str:
    """What rewards and ordinary behaviour come to in the term, as the progress report tells a family, and in the school year."""
    term, year = progress_reports.term_on(calendars.terms(desk), desk.today), year_of(school_year(desk.today))
    spans = [(_("This term"), term.since, term.until)] if term is not None and term.since <= desk.today <= term.until else []
    spans.append((year.label, year.first, year.last))
    sums = [(name, ordinary_sum(cases, since, until)) for name, since, until in spans]
    return (
        " ".join(_("{time}: {sum}.").format(time=name, sum=begun_small(span_sum.sentence)) for name, span_sum in sums)
        if sums[-1][1]
        else ""
    )


def _columns() -> tuple[Column[_Row], ...]:
    return (
        Column("day", _("Day"), lambda row: short_date(row.case.now.day), longest="30 Nov 2026"),
        Column(
            "kind",
            _("What it was"),
            lambda row: codelist("incident_kind").label_of(row.case.now.kind),
            stretch=True,
            width=15,
            shorter=lambda row: (codelist("incident_kind").short_label_of(row.case.now.kind),),
        ),
        Column("part", _("Part"), lambda row: codelist("incident_part").label_of(row.case.now.part), longest=_("Was hurt or wronged")),
        Column(
            "left",
            _("Still to do"),
            _left_in_short,
            icon=_sign,
            tone=lambda row: "check" if row.left is not None and row.left.late else "",
            longest=_("Sign the account, and 4 more"),
            tip=_left_words,
        ),
    )


def _sign(row: _Row) -> str:
    return "prohibit" if row.case.struck else "circle-dashed" if row.left is not None else ""


def _left_in_short(row: _Row) -> str:
    """The first thing to do, and how many more there are."""
    if row.case.struck:
        return _("Struck out")
    if row.left is None:
        return ""
    first, *more = row.left.words
    return _("{first}, and {number} more").format(first=capital(first), number=len(more)) if more else capital(first)


def _left_words(row: _Row) -> str:
    if row.case.struck:
        return _("Struck out, and counts no more: {why}").format(why=row.case.now.struck)
    return _("Still to do: {what}.").format(what=join_words(row.left.words)) if row.left is not None else ""
