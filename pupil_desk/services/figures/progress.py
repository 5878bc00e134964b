"""Progress: results beside their targets, and the latest result beside the first. Only what can be compared is counted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.assessment import RESULT, TARGET, Assessment, Scales, scales_by_name
from pupil_desk.services.figures.asking import IN_TIME, YEARS, FigureKind, PreparedQuestion
from pupil_desk.services.figures.people import group_called
from pupil_desk.services.figures.periods import Period
from pupil_desk.services.figures.rows import put_together
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort
from pupil_desk.store.tables import assessments as store

SUBJECTS, STAGES = "subjects", "stages"
_RESULTS = frozenset({RESULT, "I", "P"})
_WITHOUT_GRADE = {"GCSE": "U"}  # the value below the lowest number
_COLUMNS = (
    FigureColumn(key="pupils", title=_("Pupils with a target and a result"), adds_up=False),
    FigureColumn(key="compared", title=_("Results with a target"), sort=Sort.EVENTS, head="pupils"),
    FigureColumn(key="met", title=_("At or above the target"), sort=Sort.EVENTS, part_of="compared"),
    FigureColumn(key="met-share", title=_("At or above the target, per cent"), sort=Sort.PER_CENT, top="met", base="compared"),
    FigureColumn(key="again", title=_("Pupils with two results"), adds_up=False),
    FigureColumn(key="pairs", title=_("First and latest"), sort=Sort.EVENTS, head="again"),
    FigureColumn(key="higher", title=_("Higher"), sort=Sort.EVENTS, part_of="pairs"),
    FigureColumn(key="same", title=_("The same"), sort=Sort.EVENTS, part_of="pairs", head="higher"),
    FigureColumn(key="lower", title=_("Lower"), sort=Sort.EVENTS, part_of="pairs", head="higher"),
    FigureColumn(key="higher-share", title=_("Higher, per cent"), sort=Sort.PER_CENT, top="higher", base="pairs"),
)
_NOTES = (
    _(
        "Results of pupils on roll in the period, with a date in it; an entry with a school year alone counts on the first day of that year. Corrected and withdrawn entries are left out, and exam results before the day of their publication."
    ),
    _(
        "Target: the latest result in a subject beside the latest target set for it at the same stage and in the same component, if both are numbers or values of the same scale of our own."
    ),
    _(
        "First and latest: two results of one pupil at the same stage, in the same subject, method and component, on different days of the period."
    ),
)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What can be said of one pupil in one subject. ``met_target`` and ``change`` are None where nothing can be compared."""

    person: str
    stage: str
    subject: str
    met_target: bool | None = None
    change: int | None = None


def _make(prepared: PreparedQuestion) -> Figure:
    entries = store.standing(prepared.desk.vault)
    scales = scales_by_name(store.scales(prepared.desk.vault))
    grouping = prepared.question.grouping
    if grouping == YEARS:
        yearly_rows = [(part.label, _counts(_comparisons(prepared, entries, scales, part))) for part in prepared.parts]
        return put_together(prepared, PROGRESS, _COLUMNS, yearly_rows, None, heading=IN_TIME[grouping], notes=_NOTES, main="met-share")
    comparisons = _comparisons(prepared, entries, scales, prepared.full_period)
    rows, label = _rows(prepared, comparisons)
    return put_together(
        prepared, PROGRESS, _COLUMNS, rows, (_("All results"), _counts(comparisons)), heading=label, notes=_NOTES, main="met-share"
    )


def _rows(prepared: PreparedQuestion, comparisons: Sequence[_Comparison]) -> tuple[list[tuple[str, Counts]], str]:
    """The rows by subject, by stage or by group, and the heading of their first column."""
    if prepared.question.grouping == SUBJECTS:
        subjects = {fold(comparison.subject): comparison.subject for comparison in comparisons}
        return [
            (name, _counts([comparison for comparison in comparisons if fold(comparison.subject) == key]))
            for key, name in sorted(subjects.items())
        ], _("Subject")
    if prepared.question.grouping == STAGES:
        stages = codelist("assessment_stage")
        return [
            (stages.label_of(code), _counts([comparison for comparison in comparisons if comparison.stage == code]))
            for code in stages.codes
        ], _("Stage")
    group = group_called(prepared.question.grouping)
    assert group is not None, "a way to show progress is one of those offered"
    of_person = grouped((pupil_comparison.person, pupil_comparison) for pupil_comparison in comparisons)
    people_by_group = prepared.people.in_groups(prepared.people.on_roll(prepared.full_period), group, prepared.full_period)
    return [
        (label, _counts([comparison for person in people for comparison in of_person[person.id]])) for label, people in people_by_group
    ], group.label


def _counts(comparisons: Sequence[_Comparison]) -> Counts:
    compared, repeated = (
        [comparison for comparison in comparisons if comparison.met_target is not None],
        [comparison for comparison in comparisons if comparison.change is not None],
    )
    return {
        "pupils": len({comparison.person for comparison in compared}),
        "compared": len(compared),
        "met": sum(bool(comparison.met_target) for comparison in compared),
        "again": len({comparison.person for comparison in repeated}),
        "pairs": len(repeated),
        "higher": sum((comparison.change or 0) > 0 for comparison in repeated),
        "same": sum(comparison.change == 0 for comparison in repeated),
        "lower": sum((comparison.change or 0) < 0 for comparison in repeated),
    }


def _comparisons(prepared: PreparedQuestion, entries: Iterable[Assessment], scales: Scales, period: Period) -> list[_Comparison]:
    ids_on_roll = {person.id for person in prepared.people.on_roll(period)}
    targets: dict[tuple[str, ...], Assessment] = {}
    series: defaultdict[tuple[str, ...], list[Assessment]] = defaultdict(list)
    for entry in entries:
        person, day = prepared.people.person_of[entry.pupil_id], _day(entry)
        key = (person, entry.stage, fold(entry.subject), fold(entry.component or ""))
        if person not in ids_on_roll or day > period.last or entry.embargoed(prepared.desk.today):
            continue
        if entry.status == TARGET:
            targets[key] = max((targets.get(key, entry), entry), key=_day)
        elif entry.status in _RESULTS and period.first <= day:
            series[(*key, entry.method)].append(entry)
    comparisons = [_change(of_series[0], results, scales) for of_series, results in series.items()]
    latest: dict[tuple[str, ...], Assessment] = {}
    for of_series, results in series.items():
        subject_key = of_series[:-1]
        latest[subject_key] = max((latest.get(subject_key, results[0]), *results), key=_day)
    comparisons += [_against_target(latest_key[0], result, targets.get(latest_key), scales) for latest_key, result in latest.items()]
    return [comparison for comparison in comparisons if comparison is not None]


def _day(entry: Assessment) -> date:
    """The day of an entry; one with a school year alone comes before those dated in it."""
    return entry.date or (date(entry.year - 1, 9, 1) if entry.year else date.min)


def _against_target(person: str, result: Assessment, target: Assessment | None, scales: Scales) -> _Comparison | None:
    if target is None:
        return None
    rank, target_rank = _rank(result, scales), _rank(target, scales)
    if rank is None or target_rank is None:
        return None
    return _Comparison(person, result.stage, result.subject_label, met_target=rank >= target_rank)


def _change(person: str, results: Sequence[Assessment], scales: Scales) -> _Comparison | None:
    first, last = min(results, key=_day), max(results, key=_day)
    before, after = _rank(first, scales), _rank(last, scales)
    if _day(first) == _day(last) or before is None or after is None:
        return None
    return _Comparison(person, last.stage, last.subject_label, change=(after > before) - (after < before))


def _rank(entry: Assessment, scales: Scales) -> float | None:
    """Where a result stands among others of its kind; None for one that cannot be compared."""
    scale = scales.get(fold(entry.component or ""))
    if scale is not None:
        value = scale.find(entry.result)
        return scale.values.index(value) if value is not None else None
    text = entry.result.strip()
    if _WITHOUT_GRADE.get(entry.component or "") == text.upper():
        return 0
    try:
        return float(text) if text.isascii() else None
    except ValueError:
        return None


PROGRESS = FigureKind(
    "progress", _("Progress"), _make, in_time=(YEARS,), own_ways=((SUBJECTS, _("Subject")), (STAGES, _("Stage"))), outlasts=False
)
