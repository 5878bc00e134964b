"""Special educational needs and care, as dated periods. A day that is empty is not known at the start, and not there at the end.

The rules across needs, periods and care: what a form refuses, and an import with it (domain reference, 4.2 and 4.7).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem

_NEEDS = Facts(Section.NEEDS, Category.NEEDS, Purpose.LEARNING, Basis.PUBLIC_TASK, special=Special.HEALTH, retention="sen")
_CARE = Facts(Section.WELFARE, Category.WELFARE, Purpose.CARE, Basis.PUBLIC_TASK)

NO_NEED, UNASSESSED = "N", "NSA"
LOOKED_AFTER = "LAC"
MEALS = "meals"  # the category of those kinds that are free school meals
SOCIAL_WORK = (LOOKED_AFTER, "CP", "CIN")
"""The kinds under which a pupil has a social worker, what weighs most first: attendance and suspension duties concern them all (reference, 18)."""
TYPE_BESIDE_NO_NEED = _("There is a type of need, and no special educational need (N). The type is left out. Correct one of the two.")
"""What an export says that is told of both."""


class Dated(Protocol):
    """What lasts from one day to another."""

    @property
    def id(self) -> str: ...
    @property
    def start_date(self) -> date | None: ...
    @property
    def end_date(self) -> date | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SenPeriod:
    """A time under one provision. The days of a pupil's periods do not overlap."""

    id: str = ""
    pupil_id: str = ""
    provision: str = item(_("SEN provision"), Kind.CODE, codes="sen_provision", facts=_NEEDS, required=True)
    start_date: date | None = item(_("From"), Kind.DATE, facts=_NEEDS, hint=_("Empty if it is not known"))
    end_date: date | None = item(_("Until"), Kind.DATE, facts=_NEEDS, hint=_("The last day; empty while it goes on"))
    review_date: date | None = item(_("Plan to be reviewed on"), Kind.DATE, facts=_NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SenNeed:
    """One type of need. ``rank`` 1 is the main need; at any time each rank is held by one need at most."""

    id: str = ""
    pupil_id: str = ""
    need: str = item(_("Type of need"), Kind.CODE, codes="sen_need", facts=_NEEDS, required=True)
    rank: int = item(_("Rank"), Kind.NUMBER, facts=_NEEDS, required=True, hint=_("1 is the main need"))
    start_date: date | None = item(_("From"), Kind.DATE, facts=_NEEDS, hint=_("Empty if it is not known"))
    end_date: date | None = item(_("Until"), Kind.DATE, facts=_NEEDS, hint=_("The last day; empty while it goes on"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CarePeriod:
    """A time in an authority's care or with a social worker, with free school meals, or under a premium."""

    id: str = ""
    pupil_id: str = ""
    kind: str = item(_("Care, meals or premium"), Kind.CODE, codes="care_kind", facts=_CARE, required=True)
    start_date: date | None = item(_("From"), Kind.DATE, facts=_CARE, hint=_("Empty if it is not known"))
    end_date: date | None = item(_("Until"), Kind.DATE, facts=_CARE, hint=_("The last day; empty while it goes on"))
    verified_on: date | None = item(
        _("Free meals verified on"),
        Kind.DATE,
        facts=_CARE,
        hint=_("The day on which it was looked into whether the pupil has a right to them"),
    )
    review_date: date | None = item(_("Free meals to be reviewed on"), Kind.DATE, facts=_CARE)
    authority: str | None = item(
        _("Authority"), Kind.AUTHORITY, facts=_CARE, hint=_("Whose care or social worker it is: 3 digits, such as 919")
    )
    worker: str | None = item(_("Social worker"), Kind.NAME, facts=_CARE, hint=_("Told of every suspension, without delay"))
    worker_reach: str | None = item(_("How to reach the social worker"), Kind.TEXT, facts=_CARE, hint=_("Telephone or e-mail"))


def lasts_on(row: Dated, day: date, until: date | None = None) -> bool:
    """Whether a day lies in it, or any from that day until another."""
    return (row.start_date is None or row.start_date <= (until or day)) and (row.end_date is None or day <= row.end_date)


def social_work_on(rows: Iterable[CarePeriod], day: date) -> CarePeriod | None:
    """The time under which a pupil has a social worker on a day; of several that whose duties go furthest."""
    now = [row for row in rows if row.kind in SOCIAL_WORK and lasts_on(row, day)]
    return min(now, key=lambda row: (SOCIAL_WORK.index(row.kind), not row.worker), default=None)


def in_force[D: Dated](rows: Iterable[D], day: date) -> D | None:
    """The one that lasts on a day; the later begun of two."""
    return max((row for row in rows if lasts_on(row, day)), key=lambda row: row.start_date or date.min, default=None)


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
        problems.append(Problem.warning("review_date", "review_without_plan", words))
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
        words = _("“No specialist assessment” goes only with SEN support.")
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
        problems.append(Problem.warning("authority", "no_authority", words))
    if group_of(period) != MEALS and (period.verified_on or period.review_date):
        words = _("Only a time with free school meals is verified and reviewed here.")
        problems.append(Problem("verified_on" if period.verified_on else "review_date", "other_than_meals", words))
    if period.kind not in SOCIAL_WORK and period.authority:
        problems.append(
            Problem("authority", "authority_without_care", _("Only a time in care, or with a social worker, has an authority."))
        )
    if period.kind not in SOCIAL_WORK and (period.worker or period.worker_reach):
        problems.append(Problem("worker", "worker_without_care", _("Only a time in care, or with a social worker, names one.")))
    return tuple(problems)
