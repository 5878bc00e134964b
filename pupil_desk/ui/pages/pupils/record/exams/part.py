"""Exams of a pupil: the entries, the access arrangements, and who may have the results, a list each."""

from collections.abc import Callable, Sequence
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry, ResultsCollector, check_arrangement, check_entry
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import exam_papers, recording, results
from pupil_desk.services.guard import Guard
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import tab_after
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.words import allow, button, label, show_words
from pupil_desk.ui.pages.pupils.papers import show_made
from pupil_desk.ui.pages.pupils.record.grouped import GroupPart
from pupil_desk.ui.pages.pupils.record.household_paper import PaperInPlace
from pupil_desk.ui.pages.pupils.record.several import PartDefinition, SeveralPart


class _ExamList[R](SeveralPart[R]):
    """One of the lists. Where the unit enters nobody here, what is on file is still read and corrected."""

    def __init__(self, context: Context, may_leave: Callable[[], bool], manner: PartDefinition[R], form: Form[R]) -> None:
        super().__init__(context, may_leave, manner, form, lambda row: row.id)  # type: ignore[attr-defined]  # each of them has one
        self.paper: PaperInPlace | None = None

    def show_record(self, record: PupilRecord) -> None:
        if self.paper is not None:
            self.paper.close()
        super().show_record(record)

    def print_paper(self, make: Callable[[Desk], tuple[Sequence[Block], str]], name: str) -> None:
        """Show a paper in the place of the list."""
        if self.record is None or not self.may_leave():
            return
        show_made(
            self,
            self.context,
            lambda: make(self.context.desk),
            self._show_paper,
            _("Making the paper"),
            pupil_ids=[self.record.pupil.id],
            paper_name=name,
        )

    def _show_paper(self, title: str, data: bytes, guard: Guard) -> None:
        if self.paper is not None:
            self.paper.show_pdf(title, data, lambda: None, guard=guard)


class EntriesList(_ExamList[ExamEntry]):
    """The entries, in order of time; above the form what is to be settled, and what the result is, which is kept among the assessments."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(ExamEntry, today=desk.today, check=check_entry, readonly=not desk.may(Action.EDIT_RECORD))
        self._matching = results.ExamMatching({}, {}, (), ())
        super().__init__(context, may_leave, _ENTRIES, form)
        self.to_settle = label("", "check")
        self.column.insertWidget(self.column.indexOf(self.title), self.to_settle)
        self.result = label("", "hint")
        self.column.insertWidget(self.column.indexOf(self.form), self.result)
        self.timetable_button = button(_("&Print timetable"), self._print, icon_name="printer")
        self.result_button = button(_("Enter the resu&lt…"), self.go_to_result, icon_name="arrow-right")
        for act in (self.timetable_button, self.result_button):
            self.acts.addWidget(act)
        tab_after(self.add_button, [self.timetable_button, self.result_button])
        self.paper = PaperInPlace(self, _("Exam timetable"))

    def show_record(self, record: PupilRecord) -> None:
        self._matching = results.matched(self.context.desk, record.pupil.id)
        super().show_record(record)
        words = recording.what_to_settle(recording.of_pupil(self.context.desk, record.pupil.id), self.context.desk.today)
        words += results.unmatched_words(self._matching)
        show_words(self.to_settle, " ".join(words))
        allow(self.timetable_button, bool(self.table.rows), _("Add an entry first"))

    def _reveal(self) -> None:
        super()._reveal()
        row, desk = self._current_row, self.context.desk
        may = desk.may(Action.EDIT_RECORD)
        result = self.result_of(row) if row is not None else None
        self.result_button.setText(_("Show the resu&lt") if result is not None else _("Enter the resu&lt…"))
        why = _("Choose an entry first") if may else only(Action.EDIT_RECORD)
        allow(self.result_button, row is not None and (may or result is not None), why)
        on_file = _("Its result, {result}, is on file under Assessments.").format(result=result.result if result is not None else "")
        show_words(self.result, on_file if result is not None else _("A result is kept under Assessments, once it is out.") if row else "")

    def result_of(self, entry: ExamEntry) -> Assessment | None:
        """The result of an entry, as it is now; None while none is on file."""
        return self._matching.result_of.get(entry.id)

    def go_to_result(self) -> None:
        """Go to the assessments: to the result of the entry chosen, or where it is begun."""
        row = self._current_row
        if row is not None and self.may_leave():
            result = self.result_of(row)
            row_id, item = (result.id, "") if result is not None else ("", results.FROM_EXAM + row.id)
            self.context.go("pupils", str(Place(row.pupil_id, "assessments", "assessment", row_id, item)))

    def _print(self) -> None:
        if self.record is not None:
            pupil_id = self.record.pupil.id
            self.print_paper(lambda desk: exam_papers.timetable(desk, pupil_id), "exam timetable")


class ArrangementsList(_ExamList[ExamArrangement]):
    """The access arrangements."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(ExamArrangement, today=desk.today, check=check_arrangement, readonly=not desk.may(Action.EDIT_RECORD))
        super().__init__(context, may_leave, _ARRANGEMENTS, form)


class CollectorsList(_ExamList[ResultsCollector]):
    """Who may have the results, and to whom the envelope was handed."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        desk = context.desk
        form = Form(
            ResultsCollector,
            today=desk.today,
            check=lambda row: recording.collector_problems(desk, row),
            readonly=not desk.may(Action.EDIT_RECORD),
        )
        super().__init__(context, may_leave, _COLLECTORS, form)
        self.sheet_button = button(_("&Print envelope sheet"), self._print, icon_name="printer")
        self.acts.addWidget(self.sheet_button)
        tab_after(self.add_button, [self.sheet_button])
        self.paper = PaperInPlace(self, _("Results envelope"))

    def _reveal(self) -> None:
        super()._reveal()
        allow(self.sheet_button, self._current_row is not None, _("Choose a line first"))

    def _print(self) -> None:
        row = self._current_row
        if row is not None:
            self.print_paper(lambda desk: exam_papers.envelope_sheet(desk, row.id), "results envelope")


class ExamsPart(GroupPart):
    """Entries, access arrangements, and the results envelope."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave, _("Exams"))
        self.entries = EntriesList(context, may_leave)
        self.arrangements = ArrangementsList(context, may_leave)
        self.collectors = CollectorsList(context, may_leave)
        self.take_lists(
            ((_("&Entries"), self.entries), (_("A&ccess arrangements"), self.arrangements), (_("&Results envelope"), self.collectors))
        )

    def read(self, record: PupilRecord) -> None:
        """Each list asks for itself, once it is turned to."""


def _series(row: ExamEntry | ResultsCollector) -> str:
    return recording.series_words(row.series, row.year)


def _when(entry: ExamEntry) -> str:
    return short_date(entry.day) if entry.day else ""


def _entry_columns(part: SeveralPart[ExamEntry]) -> Sequence[Column[ExamEntry]]:
    assert isinstance(part, EntriesList)
    return (
        Column("paper", _("Paper"), recording.paper_words, stretch=True, width=20),
        Column("day", _("Day"), _when, longest="30 Nov 2026"),
        Column("session", _("Session"), lambda entry: codelist("session").label_of(entry.session or ""), width=10),
        Column("series", _("Series"), _series, width=14),
        Column("status", _("Entry"), lambda entry: codelist("exam_entry_status").label_of(entry.status), width=18),
        Column("result", _("Result"), lambda entry: result.result if (result := part.result_of(entry)) is not None else "", width=8),
    )


def _new_entry(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    return recording.next_entry(recording.of_pupil(desk, record.pupil.id).entries, desk.today.year + (desk.today.month > 7))


_ENTRIES = PartDefinition[ExamEntry](
    name=_("Exam entries"),
    add_words=_("&Add an entry"),
    new_title=_("New exam entry"),
    empty_words=_("No exam entry is on file"),
    sign="exam",
    columns=_entry_columns,
    rows_of=lambda record, desk: recording.of_pupil(desk, record.pupil.id).entries,
    title_of=recording.paper_words,
    new_keys=_new_entry,
    add=recording.add_entry,
    save=recording.save_entry,
    switch=recording.SWITCH,
    spare={"series": 720, "status": 620, "session": 520},
)


def _arrangement_columns(_part: SeveralPart[ExamArrangement]) -> Sequence[Column[ExamArrangement]]:
    return (
        Column("kind", _("Access arrangement"), _arrangement_title, stretch=True, width=24),
        Column("from", _("Approved from"), lambda row: short_date(row.approved_from) if row.approved_from else "", longest="30 Nov 2026"),
        Column("until", _("Until"), lambda row: short_date(row.approved_until) if row.approved_until else "", longest="30 Nov 2026"),
        Column("evidence", _("Evidence"), lambda row: codelist("exam_evidence").label_of(row.evidence or ""), width=18),
    )


def _arrangement_title(arrangement: ExamArrangement) -> str:
    return codelist("exam_arrangement").label_of(arrangement.kind)


_ARRANGEMENTS = PartDefinition[ExamArrangement](
    name=_("Access arrangements"),
    add_words=_("&Add an arrangement"),
    new_title=_("New access arrangement"),
    empty_words=_("No access arrangement is on file"),
    sign="exam",
    columns=_arrangement_columns,
    rows_of=lambda record, desk: recording.of_pupil(desk, record.pupil.id).arrangements,
    title_of=_arrangement_title,
    new_keys=lambda _record, _desk: {},
    add=recording.add_arrangement,
    save=recording.save_arrangement,
    switch=recording.SWITCH,
    spare={"evidence": 620},
)


def _collector_columns(_part: SeveralPart[ResultsCollector]) -> Sequence[Column[ResultsCollector]]:
    return (
        Column("series", _("Series"), _series, width=14),
        Column("collector", _("Beside the pupil"), lambda row: row.collector or "", stretch=True),
        Column("handed", _("Handed over"), lambda row: short_date(row.handed_on) if row.handed_on else "", longest="30 Nov 2026"),
        Column("to", _("To"), lambda row: row.handed_to or "", width=16),
    )


def _new_collector(record: PupilRecord, desk: Desk) -> dict[str, Any]:
    entries = recording.of_pupil(desk, record.pupil.id).entries
    return {name: value for name, value in recording.next_entry(entries, desk.today.year).items() if name in ("series", "year")}


_COLLECTORS = PartDefinition[ResultsCollector](
    name=_("Results envelope"),
    add_words=_("&Add who may have them"),
    new_title=_("Who may have the results"),
    empty_words=_("Nothing is on file: then the pupil alone may have the results"),
    sign="exam",
    columns=_collector_columns,
    rows_of=lambda record, desk: recording.of_pupil(desk, record.pupil.id).collectors,
    title_of=_series,
    new_keys=_new_collector,
    add=recording.add_collector,
    save=recording.save_collector,
    switch=recording.SWITCH,
    spare={"to": 520},
)
