"""The rules across needs, periods and care: what a form refuses, and an import with it (domain reference, 4.2 and 4.7)."""

from collections.abc import Iterable, Sequence
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import LOOKED_AFTER, NO_NEED, SOCIAL_WORK, UNASSESSED, CarePeriod, Dated, SenNeed, SenPeriod
from pupil_desk.domain.catalogue.validation import Problem


def check_days(row: Dated) -> tuple[Problem, ...]:
    """The end is not before the beginning."""
    if row.start_date and row.end_date and row.end_date < row.start_date:
        words = _("The last day is before the first. Correct one of the two.")
        return (Problem("end_date", "ends_before_start", words),)
    return ()


def meet(first: Dated, second: Dated) -> bool:
    """Whether two last on a common day."""
    return (first.start_date or date.min) <= (second.end_date or date.max) and (second.start_date or date.min) <= (
        first.end_date or date.max
    )


def _meeting[D: Dated](row: D, rows: Iterable[D]) -> list[D]:
    return [other_row for other_row in rows if other_row.id != row.id and meet(row, other_row)]


def check_period(period: SenPeriod, periods: Sequence[SenPeriod]) -> tuple[Problem, ...]:
    """One provision at a time."""
    problems = list(check_days(period))
    if not problems and _meeting(period, periods):
        words = _("Another provision is on file for some of these days. Give that one its last day, or change these.")
        problems.append(Problem("start_date", "period_overlaps", words))
    if period.review_date and period.provision == NO_NEED:
        words = _("There is no plan to review where there is no special need.")
        problems.append(Problem("review_date", "review_without_plan", words, "warning"))
    return tuple(problems)


def check_need(need: SenNeed, needs: Sequence[SenNeed], periods: Sequence[SenPeriod]) -> tuple[Problem, ...]:
    """Ranks are unique at any time; «no need» has none; «not assessed yet» goes only with SEN support."""
    problems = list(check_days(need))
    meeting = _meeting(need, needs) if not problems else []
    if need.rank < 1:
        problems.append(Problem("rank", "bad_rank", _("The rank begins at 1, which is the main need.")))
    if any(other_need.rank == need.rank for other_need in meeting):
        words = _("Another need has this rank for some of these days. Choose another rank, or end that need first.")
        problems.append(Problem("rank", "rank_taken", words))
    if any(other_need.need == need.need for other_need in meeting):
        problems.append(Problem("need", "need_twice", _("This need is on file for some of these days already.")))
    under = {period.provision for period in periods if meet(need, period)}
    if NO_NEED in under:
        words = _("For some of these days SEN provision says that there is no special need. Correct one of the two.")
        problems.append(Problem("need", "need_without_provision", words))
    if need.need == UNASSESSED and "E" in under:
        words = _("«No specialist assessment» goes only with SEN support.")
        problems.append(Problem("need", "need_unassessed", words))
    return tuple(problems)


def group_of(period: CarePeriod) -> str:
    """What only one of can be in force at a time: care, meals, or each premium by itself."""
    code = codelist("care_kind").get(period.kind)
    return (code.category if code else "") or period.kind


def check_care(period: CarePeriod, periods: Sequence[CarePeriod]) -> tuple[Problem, ...]:
    """One category of meals, one spell in care, one with a social worker, each premium once at a time."""
    problems = list(check_days(period))
    if not problems and any(group_of(other_period) == group_of(period) for other_period in _meeting(period, periods)):
        words = _("Another entry is on file for some of these days. Give that one its last day, or change these.")
        problems.append(Problem("start_date", "period_overlaps", words))
    if period.kind == LOOKED_AFTER and not period.authority:
        words = _("Which authority looks after the pupil is missing. Enter it when it is known.")
        problems.append(Problem("authority", "no_authority", words, "warning"))
    if period.kind not in SOCIAL_WORK and period.authority:
        problems.append(
            Problem("authority", "authority_without_care", _("Only a time in care, or with a social worker, has an authority."))
        )
    if period.kind not in SOCIAL_WORK and (period.worker or period.worker_reach):
        problems.append(Problem("worker", "worker_without_care", _("Only a time in care, or with a social worker, names one.")))
    return tuple(problems)
