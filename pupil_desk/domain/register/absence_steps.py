"""What was done about absence without leave: support offered, a notice to improve sent, a referral for a penalty notice and what came of it, a decision against one.

Support comes first; where it did not help, or would not be right, a penalty notice may follow, of which the law allows each parent so many
in so many years: so a referral says of which parent it is, and what came of it says the same. Sources and how sure we are: ``resources/codes/absence_step.toml`` and ``resources/attendance/penalty.toml``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pupil_desk.basics.dates import birthday
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem, gathered
from pupil_desk.domain.register.penalty import Missed, SchoolWeek, penalty_rule, threshold_met

_FACTS = Facts(Section.ATTENDANCE, Category.ATTENDANCE, Purpose.LAW, Basis.PUBLIC_TASK)


class AbsenceStepKind(StrEnum):
    """The values are those of the code list."""

    SUPPORT = "support"
    NOTICE = "notice"
    REFERRED = "referred"
    AGAINST = "against"
    ISSUED = "issued"
    PAID = "paid"
    UNPAID = "unpaid"
    WITHDRAWN = "withdrawn"


_SETTLES = (AbsenceStepKind.REFERRED, AbsenceStepKind.AGAINST)
RESULTS = (AbsenceStepKind.ISSUED, AbsenceStepKind.PAID, AbsenceStepKind.UNPAID, AbsenceStepKind.WITHDRAWN)
"""What came of a referral."""
OF_A_PARENT = (AbsenceStepKind.REFERRED, *RESULTS)
"""The kinds that are about one parent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceStep:
    """One thing that was done. A row with ``takes_back`` says that the step of that identity was entered by mistake, and ``note`` why."""

    id: str = ""
    pupil_id: str = ""
    kind: str = item(_("What was done about absence"), Kind.CODE, codes="absence_step", facts=_FACTS, required=True)
    on: date = item(_("On"), Kind.DATE, facts=_FACTS, required=True)
    until: date | None = item(
        _("End of the improvement period"), Kind.DATE, facts=_FACTS, hint=_("Of a notice to improve: until then the family has time")
    )
    parent: str | None = item(_("Which parent"), Kind.NAME, facts=_FACTS, hint=_("The law counts penalty notices for each parent"))
    note: str | None = item(_("What, or why"), Kind.LINES, facts=_FACTS, hint=_("Such as what help was offered, or why no penalty notice"))
    takes_back: str | None = None


def that_stand(steps: Iterable[AbsenceStep]) -> list[AbsenceStep]:
    """The steps that were not taken back, in their order."""
    all_steps = list(steps)
    reversed_ids = {step.takes_back for step in all_steps if step.takes_back}
    return [step for step in all_steps if not step.takes_back and step.id not in reversed_ids]


def not_settled(
    codes_by_day: Mapping[date, Collection[str]], steps: Iterable[AbsenceStep], referral: AbsenceStep | None = None
) -> dict[date, Collection[str]]:
    """What of a pupil's marks no referral and no decision against has settled: those of later days.

    Of what a ``referral`` was about: those that none of an earlier day had settled. A referral of another parent does not settle them for this one.
    """
    settling_steps = [step for step in that_stand(steps) if step.kind in _SETTLES]
    if referral is not None:
        settling_steps = [step for step in settling_steps if step.on < referral.on and _may_be_of(step, referral.parent)]
    settled = max((step.on for step in settling_steps), default=date.min)
    return {day: codes for day, codes in codes_by_day.items() if day > settled}


def still_to_consider(
    codes_by_day: Mapping[date, Collection[str]], weeks: Sequence[SchoolWeek], steps: Iterable[AbsenceStep]
) -> Missed | None:
    """What of a pupil's marks asks for a decision on a penalty notice, after what was done; None where nothing does.

    After a referral or a decision against, only sessions of later days count. After support or a notice to improve all still count, and it is
    asked again once a session of a later day is missed. What came of a referral decides nothing.
    """
    standing_steps = [step for step in that_stand(steps) if step.kind not in RESULTS]
    missed = threshold_met(not_settled(codes_by_day, standing_steps), weeks)
    if missed is None or any(step.on >= missed.last for step in standing_steps):
        return None
    return missed


def improvement_ended(steps: Iterable[AbsenceStep], today: date) -> AbsenceStep | None:
    """The notice to improve whose period is over, and after which nothing was decided or offered; None where there is none."""
    standing_steps = [step for step in that_stand(steps) if step.kind not in RESULTS]
    notices = [step for step in standing_steps if step.kind == AbsenceStepKind.NOTICE and step.until is not None]
    last = max(notices, key=lambda step: step.until or date.min, default=None)
    if last is None or last.until is None or last.until >= today:
        return None
    is_followed = any(step.on > last.until or (step.kind in _SETTLES and step.on >= last.on) for step in standing_steps)
    return None if is_followed else last


def _may_be_of(step: AbsenceStep, parent: str | None) -> bool:
    """Whether a step is about a parent: one of which it is not said may be about each."""
    return parent is None or step.parent is None or fold(step.parent) == fold(parent)


def referrals_that_count(steps: Iterable[AbsenceStep], parent: str | None, day: date) -> list[AbsenceStep]:
    """The referrals that may have led to a notice to a parent in the years before a day: those of who is not named count for each parent, and
    those of which no notice came for none."""
    years = penalty_rule().years
    standing_steps = that_stand(steps)
    counting = [
        step
        for step in standing_steps
        if step.kind == AbsenceStepKind.REFERRED and _may_be_of(step, parent) and step.on <= day < birthday(step.on, years)
    ]
    for result in standing_steps:
        if result.kind == AbsenceStepKind.WITHDRAWN and _may_be_of(result, parent):
            before = [step for step in counting if step.on <= result.on]
            counting = [step for step in counting if not before or step.id != before[-1].id]
    return counting


@gathered
def check_step(step: AbsenceStep, recorded_steps: Iterable[AbsenceStep], today: date) -> Iterator[Problem]:
    """What stands against a step, and what is to be thought of; ``recorded_steps`` are all that are on file of the pupil."""
    rule, recorded_steps = penalty_rule(), list(recorded_steps)
    if step.on > today:
        yield Problem("on", "future_date", _("That day lies in the future. Enter the day on which it was done."))
    if step.kind == AbsenceStepKind.AGAINST and not step.note:
        yield Problem("note", "missing", _("Enter why no penalty notice is asked for."))
    if step.kind == AbsenceStepKind.NOTICE:
        yield from check_improvement_end(step.until, step.on)
    if step.kind in OF_A_PARENT and not step.parent:
        yield Problem.warning("parent", "missing", _("Enter which parent: the law counts for each of them."))
    before = referrals_that_count(recorded_steps, step.parent, step.on)
    if step.kind in RESULTS and not before:
        yield Problem.warning("kind", "no_referral", _("No referral is on file before it. Record that first."))
    if step.kind == AbsenceStepKind.REFERRED and len(before) >= rule.most_notices:
        words = _("Referred {number} times in {years} years before. The law allows each parent {most} penalty notices in that time.")
        yield Problem.warning("kind", "many_notices", words.format(number=len(before), years=rule.years, most=rule.most_notices))


def check_improvement_end(until: date | None, first_day: date) -> Iterator[Problem]:
    """What is to be thought of the end of an improvement period that begins on a day."""
    rule = penalty_rule()
    if until is None:
        yield Problem.warning("until", "missing", _("Enter until when: its end then stands on Home."))
    elif until <= first_day:
        yield Problem("until", "too_early", _("The improvement period ends after the day on which the notice is sent."))
    elif not first_day + timedelta(weeks=rule.least_improvement) <= until <= first_day + timedelta(weeks=rule.most_improvement):
        words = _("An improvement period is {least} to {most} weeks long.")
        yield Problem.warning("until", "unusual", words.format(least=rule.least_improvement, most=rule.most_improvement))
