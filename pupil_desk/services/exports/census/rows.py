"""The rows that the school census writes of a pupil: what stands in each column, by the rules that the data names."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import straight_quotes
from pupil_desk.documents.files.csv_table import Cell
from pupil_desk.domain.care.needs import NO_NEED
from pupil_desk.domain.catalogue.identifiers import BadIdentifier, read_uln
from pupil_desk.domain.register.attendance import AUTHORISED, ELSEWHERE, UNAUTHORISED
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.exports.census.case import CensusCase, Marks
from pupil_desk.services.exports.export import ExportRow
from pupil_desk.services.formats.census import BOTH, LEFT, ON_ROLL, UNIT, CensusColumn, CensusSheet, census_rules

type Values = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class RefusedValue:
    """A value that the census does not take: the column stays empty."""

    column: CensusColumn
    value: str


def rows_of(case: CensusCase, sheets: Sequence[CensusSheet]) -> tuple[list[ExportRow], list[RefusedValue]]:
    """The pupil’s rows on all sheets, of which each column is written, and what had to be left empty."""
    rows: list[ExportRow] = []
    refused_values: list[RefusedValue] = []
    for number, sheet in enumerate(sheets):
        if sheet.covers in (BOTH, ON_ROLL if case.is_on_roll else LEFT):
            for key, values in _ROWS[sheet.rows](case):
                cells = tuple(_cell(column, case, values, refused_values) for column in sheet.columns)
                rows.append(ExportRow(cells, key, number))
    return rows, refused_values


def unit_rows(sheet: CensusSheet, case: Values) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a sheet that tell of no pupil."""
    return (tuple(case[column.rule] for column in sheet.columns),) if sheet.covers == UNIT else ()


def of_unit(settings: UnitSettings, term: str, day: Cell, year: int) -> Values:
    rules = census_rules()
    return {
        "collection": rules.collection,
        "term": term,
        "year": year,
        "referencedate": day,
        "la": settings.la,
        "estab": settings.estab,
        "name": straight_quotes(settings.name),
        "phone": settings.phone,
        "email": settings.email,
        "phase": rules.phase,
    }


def _cell(column: CensusColumn, case: CensusCase, values: Values, refused_values: list[RefusedValue]) -> Cell:
    if column.rule:
        value = values[column.rule]
    else:
        record, name = column.items[0].split(".")
        value = getattr(case.pupil if record == "pupil" else case.stay, name)
    if not isinstance(value, str):
        return value
    if not _may_stand(column, value, case):
        refused_values.append(RefusedValue(column, value))
        return None
    return straight_quotes(value)


def _may_stand(column: CensusColumn, value: str, case: CensusCase) -> bool:
    if column.items[:1] == ("pupil.uln",):
        try:
            return bool(read_uln(value))
        except BadIdentifier:
            return False
    if column.codes == "exclusion_reason":  # judged by the day of the decision, in its own check
        return True
    if column.codes == "attendance":  # and this by the session's
        return True
    return column.takes(value, case.census.day)


def _of_pupil(case: CensusCase) -> Iterator[tuple[str, Values]]:
    years = census_rules().attainment_years
    best = case.results if case.pupil.year_group in years else ()
    grades = {
        name: _highest([result.result for result in best if result.subject in subjects])
        for name, subjects in (("gcse_maths", census_rules().maths), ("gcse_english", census_rules().english))
    }
    sessions: dict[str, Cell] = {}
    for before, marks in zip(("", "second_"), case.marks, strict=False):
        sessions |= {f"{before}{name}": number for name, number in _sessions(marks).items()}
    part_time = None if case.stay.part_time is None else str(int(case.stay.part_time))
    yield "", {"part_time": part_time, "yssa": case.yssa or None, "sen_on_day": case.sen_on(case.census.day)} | sessions | grades


def _sessions(marks: Marks) -> dict[str, Cell]:
    return {
        "possible": marks.possible,
        "educational": marks.number_of(ELSEWHERE),
        "exceptional": marks.exceptional,
        "authorised": marks.number_of(AUTHORISED),
        "unauthorised": marks.number_of(UNAUTHORISED),
    }


def _highest(results: Sequence[str]) -> str | None:
    grades = census_rules().grades
    return min((result for result in results if result in grades), key=grades.index, default=None)


def _needs(case: CensusCase) -> Iterator[tuple[str, Values]]:
    if case.sen_on(case.census.day) != NO_NEED:
        for need in case.needs:
            yield f"{need.rank} {need.need}", {"rank": need.rank, "need": need.need}


def _meals(case: CensusCase) -> Iterator[tuple[str, Values]]:
    for number, period in enumerate(case.meals, start=1):
        end_date = period.end_date if period.end_date and period.end_date <= case.census.day else None
        kind = period.kind if period.kind != "FSM" else None  # of which the category is not known
        values: Values = {
            "meals_start": period.start_date,
            "meals_end": end_date,
            "country": census_rules().country,
            "meals_category": kind,
        }
        yield f"{period.start_date or ''} {number}", values


def _home(case: CensusCase) -> Iterator[tuple[str, Values]]:
    yield "", {}


def _decisions(case: CensusCase) -> Iterator[tuple[str, Values]]:
    for number, decision in enumerate(case.decisions, start=1):
        suspension = decision.suspension
        yield (
            f"{suspension.start} {suspension.session} {number}",
            {
                "category": suspension.category,
                "suspended_on": suspension.start,
                "suspended_from": suspension.session,
                "suspended_for": suspension.sessions,
                "reason_1": suspension.reason_1,
                "reason_2": suspension.reason_2,
                "reason_3": suspension.reason_3,
                "sen_then": suspension.sen_provision or case.sen_on(suspension.start),
            },
        )


def _by_code(block: int) -> Callable[[CensusCase], Iterator[tuple[str, Values]]]:
    def rows(case: CensusCase) -> Iterator[tuple[str, Values]]:
        for code, number in sorted(case.marks[block].codes.items()):
            yield code, {"reason": code, "number": number}

    return rows


def _entry(case: CensusCase) -> Iterator[tuple[str, Values]]:
    yield "", {"sen_at_entry": case.sen_on(case.stay.start_date)}


def _elsewhere(case: CensusCase) -> Iterator[tuple[str, Values]]:
    for place in case.placements:
        left = place.end_date if place.end_date and place.end_date <= case.census.day else None
        values: Values = {
            "urn": place.urn,
            "ukprn": place.ukprn,
            "setting": None if place.urn or place.ukprn else place.setting,
            "postcode": place.postcode,
            "company_number": place.company_number,
            "placed_on": place.start_date,
            "placed_until": left,
            "sessions_per_week": place.sessions_per_week,
            "placement_reason": place.reason,
            "sen_placed": case.sen_on(place.start_date),
            "sen_leaving": case.sen_on(left),
            "pattern": place.pattern,
        }
        yield place.id, values


_ROWS: Mapping[str, Callable[[CensusCase], Iterator[tuple[str, Values]]]] = {
    "": _of_pupil,
    "needs": _needs,
    "meals": _meals,
    "home": _home,
    "suspensions": _decisions,
    "sessions": _by_code(0),
    "second": _by_code(1),
    "entry": _entry,
    "elsewhere": _elsewhere,
}
