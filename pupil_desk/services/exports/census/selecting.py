"""Who is in the census, with which rows, and what its rules find in their records: a fixed number of queries for all pupils together."""

import dataclasses
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.learning.assessment import RESULT, Assessment, current_of
from pupil_desk.domain.pupils.enrolment import Enrolment, on_roll
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.register.census import Census, census_on
from pupil_desk.domain.sharing.choice import WishStep
from pupil_desk.domain.sharing.wish import SaidOnRecord, wish_on
from pupil_desk.domain.unit.kind import kind_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.census.case import CensusCase, Marks, stay_of
from pupil_desk.services.exports.census.checking import blocking_problems, warned
from pupil_desk.services.exports.census.rows import of_unit, rows_of, unit_rows
from pupil_desk.services.exports.contents import OF_FILE
from pupil_desk.services.exports.export import Ask, ExportColumn, ExportedPupil, ExportRow, ExportSheet, LeftOut, Selection
from pupil_desk.services.exports.protected import add_unless_protected
from pupil_desk.services.formats.census import CensusColumn, CensusSheet, census_rules, sheets, terms
from pupil_desk.services.quality.rule import Gap, Need, PupilFile, QualityContext
from pupil_desk.services.quality.rules import gaps, read
from pupil_desk.store.tables import assessments, attendance_counts, cases, protections, register_watch, wish_steps

_YOUTH_SUPPORT = "youth-support"
_MANY = 30  # codes: more are not listed one by one
_COLUMNS = ("table", "item", "specification year", "census", "written here", "from", "allowed", "sure", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class _CensusContext:
    """What is no single pupil's, and what is read for all at once."""

    census: Census
    marks: Sequence[Mapping[str, Mapping[str, int]]]
    open_days: Sequence[date]
    protected: Mapping[str, Sequence[Protection]]
    steps: Mapping[str, Sequence[WishStep]]
    said_by_record: Mapping[str, Sequence[SaidOnRecord]]
    results: Mapping[str, Sequence[Assessment]]
    yssa: bool

    def case(self, file: PupilFile, stay: Enrolment, *, is_on_roll: bool) -> CensusCase:
        """A pupil as the census sees them."""
        pupil_id = file.pupil.id
        marks = tuple(Marks(block.get(pupil_id, {})) for block in self.marks)
        yssa = self._yssa(file) if is_on_roll and self.yssa else ""
        return CensusCase(
            file=file, census=self.census, stay=stay, is_on_roll=is_on_roll, marks=marks, yssa=yssa, results=self.results.get(pupil_id, ())
        )

    def _yssa(self, file: PupilFile) -> str:
        day, pupil = self.census.day, file.pupil
        if age_on(pupil.dob, day) < census_rules().yssa_age:
            return ""
        wish = wish_on(
            pupil,
            file.contacts,
            self.protected.get(pupil.id, ()),
            file.choices,
            self.steps.get(pupil.id, ()),
            recipient=_YOUTH_SUPPORT,
            day=day,
            by_record=self.said_by_record.get(pupil.id, ()),
        )
        return wish.yssa

    def expected(self, stays: Sequence[Enrolment]) -> int:
        """How many sessions of the days told should be marked of one with these stays."""
        if len(stays) == 1 and stays[0].puts_on_roll and stays[0].is_dated:
            first, last = stays[0].start_date or date.min, stays[0].end_date or date.max
            return 2 * max(0, bisect_right(self.open_days, last) - bisect_left(self.open_days, first))
        return 2 * sum(on_roll(stays, day) for day in self.open_days)


def select(desk: Desk, ask: Ask) -> Selection:
    """Everyone in the census of the last reference day on or before the day asked. Raises WrongUse where a unit of this kind makes none."""
    settings = desk.settings
    kind = kind_of(settings.kind)
    if not kind.pupil_census:
        raise WrongUse(
            _("A unit of this kind makes no school census. {instead}. If the unit is of another kind, choose it in Settings.").format(
                instead=kind.census
            )
        )
    census = census_on(terms(), ask.day, settings.census_day)
    specified = sheets(census.term.code, census.year, yssa=settings.census_yssa)
    written_sheets = tuple(dataclasses.replace(sheet, columns=sheet.written_columns) for sheet in specified if sheet.written_columns)
    context, files = read(desk, lambda _number: None)
    census_context = _read(desk, census, context)
    values = of_unit(settings, census.term.code, census.day, census.year)
    told_sheets = (*(_sheet(sheet, unit_rows(sheet, values)) for sheet in written_sheets), _told_columns(specified))
    selection = Selection(told_sheets, reference_day=census.day)
    for file in files:
        census_stay = stay_of(file, census)
        if census_stay is not None:
            known_gaps = [gap for _rule, gap in gaps(file, context, Need.CENSUS)]
            _tell(
                selection,
                census_context,
                census_context.case(file, census_stay[0], is_on_roll=census_stay[1]),
                known_gaps,
                written_sheets,
                ask=ask,
            )
    return selection


def _read(desk: Desk, census: Census, context: QualityContext) -> _CensusContext:
    vault = desk.vault
    since, until = census.told
    first = register_watch.any_mark(vault, since, until)  # a unit that began with the program later is not shown its past
    days = context.calendar.school_days(max(since, date.fromisoformat(first)), min(until, desk.today - timedelta(days=1))) if first else []
    return _CensusContext(
        census=census,
        marks=[attendance_counts.by_code(vault, *block) for block in census.blocks],
        open_days=[day for day in days if any(start <= day <= end for start, end in census.blocks)],
        protected=protections.by_pupil(vault, census.day, desk.today),
        steps=wish_steps.by_pupil(vault),
        said_by_record=cases.said_by_record(vault, desk.settings.rules),
        results=_results(desk, census.day),
        yssa=desk.settings.census_yssa,
    )


def _results(desk: Desk, day: date) -> dict[str, list[Assessment]]:
    """The GCSE results that count now, by pupil."""
    results_by_pupil: dict[str, list[Assessment]] = {}
    gcse = census_rules().gcse
    for entry in current_of(entry for entry in assessments.standing(desk.vault) if entry.status == RESULT and entry.component in gcse):
        if not entry.embargoed(day):
            results_by_pupil.setdefault(entry.pupil_id, []).append(entry)
    return results_by_pupil


def _tell(
    selection: Selection,
    census_context: _CensusContext,
    case: CensusCase,
    known_gaps: Sequence[Gap],
    written_sheets: Sequence[CensusSheet],
    *,
    ask: Ask,
) -> None:
    """One pupil: told, or left out; and what was found."""
    pupil = case.pupil
    rows, refused_values = rows_of(case, written_sheets)
    wrong = blocking_problems(case, rows, written_sheets)
    stopping = {problem.item for problem in wrong}
    warnings = warned(case, known_gaps, refused_values, census_context.expected(case.file.stays))
    selection.problems.extend((*wrong, *(problem for problem in warnings if problem.item not in stopping)))
    protected = tuple(census_context.protected.get(pupil.id, ()))
    if wrong:
        selection.left_out.append(
            LeftOut(pupil, " ".join(problem.words for problem in wrong), _("something is missing or wrong without which no row is valid"))
        )
    else:
        items = tuple(dict.fromkeys(_items(rows, written_sheets)))
        add_unless_protected(selection, ExportedPupil(pupil, _reason(case), items, tuple(rows), protections=protected), ask)


def _items(rows: Sequence[ExportRow], written_sheets: Sequence[CensusSheet]) -> Iterator[str]:
    for row in rows:
        for column, cell in zip(written_sheets[row.sheet].columns, row.cells, strict=True):
            if cell is not None:
                yield from column.items


def _reason(case: CensusCase) -> str:
    if case.is_on_roll:
        return _("On roll on {day}.").format(day=show_date(case.census.day))
    since, until = case.census.told
    if not any(stay.on_roll(since, until) for stay in case.file.stays):
        return _("Left before the attendance told; a suspension or a place elsewhere is told.")
    words = _("On roll in the time from {since} to {until}, and not on {day}.")
    return words.format(since=show_date(since), until=show_date(until), day=show_date(case.census.day))


def _sheet(sheet: CensusSheet, rows: tuple[tuple[Cell, ...], ...]) -> ExportSheet:
    return ExportSheet(
        sheet.name,
        tuple(
            ExportColumn(column.name, column.items[0], further=column.items[1:]) if column.items else ExportColumn(column.name, "", OF_FILE)
            for column in sheet.columns
        ),
        rows=rows,
    )


def _told_columns(specified: Sequence[CensusSheet]) -> ExportSheet:
    """The sheet that says of each column which specification it is of, and of what is asked and not on file that it is to be keyed."""
    rows = tuple(
        (
            sheet.name,
            column.name,
            column.year,
            ", ".join(column.terms) or _("every term"),
            _("yes") if column.is_on_file else _("no: key it in"),
            "; ".join(item_at(item).label for item in column.items),
            _allowed(column),
            column.sure,
            column.source,
        )
        for sheet in specified
        for column in sheet.columns
    )
    return ExportSheet("columns", tuple(ExportColumn(heading, "") for heading in _COLUMNS), rows=rows, explains=True)


def _allowed(column: CensusColumn) -> str:
    if not column.codes:
        return " ".join(column.allowed)
    codes = codelist(column.codes)
    if len(codes.codes) > _MANY:
        return _("{number} codes: {label}").format(number=len(codes.codes), label=codes.label)
    return " ".join(code.code for code in codes.codes.values() if code.until is None)
