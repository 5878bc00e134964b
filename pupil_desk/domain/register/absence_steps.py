"""What was done about absence without leave: support offered, a notice to improve sent, a referral for a penalty notice, a decision against one.

Support comes first; where it did not help, or would not be right, a penalty notice may follow, of which the law allows each parent so many
in so many years. Sources and how sure we are: ``resources/codes/absence_step.toml`` and ``resources/attendance/penalty.toml``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.dates import birthday
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


_SETTLES = (AbsenceStepKind.REFERRED, AbsenceStepKind.AGAINST)


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceStep:
    """One thing that was done. A row with ``takes_back`` says that the step of that identity was entered by mistake, and ``note`` why."""

    id: str = ""
    pupil_id: str = ""
    kind: str = item(_("What was done about absence"), Kind.CODE, codes="absence_step", facts=_FACTS, required=True)
    on: date = item(_("On"), Kind.DATE, facts=_FACTS, required=True)
    note: str | None = item(_("What, or why"), Kind.LINES, facts=_FACTS, hint=_("Such as what help was offered, or why no penalty notice"))
    takes_back: str | None = None


def that_stand(steps: Iterable[AbsenceStep]) -> list[AbsenceStep]:
    """The steps that were not taken back, in their order."""
    all_steps = list(steps)
    reversed_ids = {step.takes_back for step in all_steps if step.takes_back}
    return [step for step in all_steps if not step.takes_back and step.id not in reversed_ids]


def still_to_consider(
    codes_by_day: Mapping[date, Collection[str]], weeks: Sequence[SchoolWeek], steps: Iterable[AbsenceStep]
) -> Missed | None:
    """What of a pupil's marks asks for a decision on a penalty notice, after what was done; None where nothing does.

    After a referral or a decision against, only sessions of later days count. After support or a notice to improve all still count, and it is
    asked again once a session of a later day is missed.
    """
    standing_steps = that_stand(steps)
    settled = max((step.on for step in standing_steps if step.kind in _SETTLES), default=date.min)
    missed = threshold_met({day: codes for day, codes in codes_by_day.items() if day > settled}, weeks)
    if missed is None or any(step.on >= missed.last for step in standing_steps):
        return None
    return missed


@gathered
def check_step(step: AbsenceStep, recorded_steps: Iterable[AbsenceStep], today: date) -> Iterator[Problem]:
    """What stands against a step, and what is to be thought of; ``recorded_steps`` are all that are on file of the pupil."""
    rule = penalty_rule()
    if step.on > today:
        yield Problem("on", "future_date", _("That day lies in the future. Enter the day on which it was done."))
    if step.kind == AbsenceStepKind.AGAINST and not step.note:
        yield Problem("note", "missing", _("Enter why no penalty notice is asked for."))
    before = [
        referral
        for referral in that_stand(recorded_steps)
        if referral.kind == AbsenceStepKind.REFERRED and referral.on <= step.on < birthday(referral.on, rule.years)
    ]
    if step.kind == AbsenceStepKind.REFERRED and len(before) >= rule.most_notices:
        words = _("Referred {number} times in {years} years before. The law allows each parent {most} penalty notices in that time.")
        yield Problem.warning("kind", "many_notices", words.format(number=len(before), years=rule.years, most=rule.most_notices))
