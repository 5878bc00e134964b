"""Progress: results beside their targets, and the latest result beside the first. Only what can be compared is counted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.assessment import RESULT, TARGET, Assessment
from pupil_desk.domain.learning.assessment_rules import Scales, scales_by_name
from pupil_desk.services.figures.asking import IN_TIME, YEARS, Asked, Kind
from pupil_desk.services.figures.people import group_called
from pupil_desk.services.figures.periods import Period
from pupil_desk.services.figures.rows import put_together
from pupil_desk.services.figures.shape import Column, Counts, Figure, Sort
from pupil_desk.store.tables import assessments as store

SUBJECTS, STAGES = "subjects", "stages"
_RESULTS = frozenset({RESULT, "I", "P"})
_WITHOUT_GRADE = {"GCSE": "U"}  # the value below the lowest number
_COLUMNS = (
    Column(key="pupils", title=_("Pupils with a target and a result"), adds_up=False),
    Column(key="compared", title=_("Results with a target"), sort=Sort.EVENTS, head="pupils"),
    Column(key="met", title=_("At or above the target"), sort=Sort.EVENTS, part_of="compared"),
    Column(key="met-share", title=_("At or above the target, per cent"), sort=Sort.PER_CENT, top="met", base="compared"),
    Column(key="again", title=_("Pupils with two results"), adds_up=False),
    Column(key="pairs", title=_("First and latest"), sort=Sort.EVENTS, head="again"),
    Column(key="higher", title=_("Higher"), sort=Sort.EVENTS, part_of="pairs"),
    Column(key="same", title=_("The same"), sort=Sort.EVENTS, part_of="pairs", head="higher"),
    Column(key="lower", title=_("Lower"), sort=Sort.EVENTS, part_of="pairs", head="higher"),
    Column(key="higher-share", title=_("Higher, per cent"), sort=Sort.PER_CENT, top="higher", base="pairs"),
)
_NOTES = (
    _("Results of pupils on roll in the period, with a date in it; an entry with a school year alone counts on the first day of that year. Corrected and withdrawn entries are left out, and exam results before the day of their publication."),
    _("Target: the latest result in a subject beside the latest target set for it at the same stage and in the same component, if both are numbers or values of the same scale of our own."),
    _("First and latest: two results of one pupil at the same stage, in the same subject, method and component, on different days of the period."),
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What can be said of one pupil in one subject. ``met`` and ``change`` are None where nothing can be compared."""

    person: str
    stage: str
    subject: str
    met: bool | None = None
    change: int | None = None


def _make(asked: Asked) -> Figure:
    entries = store.standing(asked.desk.vault)
    scales = scales_by_name(store.scales(asked.desk.vault))
    by = asked.question.by
    if by == YEARS:
        counted = [(part.label, _counts(_found(asked, entries, scales, part))) for part in asked.parts]
        return put_together(asked, PROGRESS, _COLUMNS, counted, None, by=IN_TIME[by], notes=_NOTES, main="met-share")
    found = _found(asked, entries, scales, asked.whole)
    rows, label = _rows(asked, found)
    return put_together(asked, PROGRESS, _COLUMNS, rows, (_("All results"), _counts(found)), by=label, notes=_NOTES, main="met-share")


def _rows(asked: Asked, found: Sequence[_Found]) -> tuple[list[tuple[str, Counts]], str]:
    """The rows by subject, by stage or by group, and the heading of their first column."""
    if asked.question.by == SUBJECTS:
        subjects = {fold(one.subject): one.subject for one in found}
        return [(name, _counts([one for one in found if fold(one.subject) == key])) for key, name in sorted(subjects.items())], _("Subject")
    if asked.question.by == STAGES:
        stages = codelist("assessment_stage")
        return [(stages.label_of(code), _counts([one for one in found if one.stage == code])) for code in stages.codes], _("Stage")
    group = group_called(asked.question.by)
    assert group is not None, "a way to show progress is one of those offered"
    of_person = defaultdict(list)
    for one in found:
        of_person[one.person].append(one)
    grouped = asked.people.in_groups(asked.people.on_roll(asked.whole), group, asked.whole)
    return [(label, _counts([one for person in people for one in of_person[person.id]])) for label, people in grouped], group.label


def _counts(found: Sequence[_Found]) -> Counts:
    compared, again = [one for one in found if one.met is not None], [one for one in found if one.change is not None]
    return {
        "pupils": len({one.person for one in compared}),
        "compared": len(compared),
        "met": sum(bool(one.met) for one in compared),
        "again": len({one.person for one in again}),
        "pairs": len(again),
        "higher": sum((one.change or 0) > 0 for one in again),
        "same": sum(one.change == 0 for one in again),
        "lower": sum((one.change or 0) < 0 for one in again),
    }


def _found(asked: Asked, entries: Iterable[Assessment], scales: Scales, period: Period) -> list[_Found]:
    """What can be compared of the results of a period."""
    there = {person.id for person in asked.people.on_roll(period)}
    targets: dict[tuple[str, ...], Assessment] = {}
    series: defaultdict[tuple[str, ...], list[Assessment]] = defaultdict(list)
    for entry in entries:
        person, day = asked.people.person_of[entry.pupil_id], _day(entry)
        key = (person, entry.stage, fold(entry.subject), fold(entry.component or ""))
        if person not in there or day > period.last or entry.embargoed(asked.desk.today):
            continue
        if entry.status == TARGET:
            targets[key] = max((targets.get(key, entry), entry), key=_day)
        elif entry.status in _RESULTS and period.first <= day:
            series[(*key, entry.method)].append(entry)
    found = [_change(of_series[0], results, scales) for of_series, results in series.items()]
    latest: dict[tuple[str, ...], Assessment] = {}
    for of_series, results in series.items():
        of = of_series[:-1]
        latest[of] = max((latest.get(of, results[0]), *results), key=_day)
    found += [_beside(of[0], result, targets.get(of), scales) for of, result in latest.items()]
    return [one for one in found if one is not None]


def _day(entry: Assessment) -> date:
    """The day of an entry; one with a school year alone comes before those dated in it."""
    return entry.date or (date(entry.year - 1, 9, 1) if entry.year else date.min)


def _beside(person: str, result: Assessment, target: Assessment | None, scales: Scales) -> _Found | None:
    if target is None:
        return None
    got, wanted = _rank(result, scales), _rank(target, scales)
    if got is None or wanted is None:
        return None
    return _Found(person, result.stage, result.subject_label, met=got >= wanted)


def _change(person: str, results: Sequence[Assessment], scales: Scales) -> _Found | None:
    first, last = min(results, key=_day), max(results, key=_day)
    before, after = _rank(first, scales), _rank(last, scales)
    if _day(first) == _day(last) or before is None or after is None:
        return None
    return _Found(person, last.stage, last.subject_label, change=(after > before) - (after < before))


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


PROGRESS = Kind("progress", _("Progress"), _make, in_time=(YEARS,), own=((SUBJECTS, _("Subject")), (STAGES, _("Stage"))))
