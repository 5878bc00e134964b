"""What must be seen at once of a pupil, wherever the pupil is named: one rule, from the record. Each badge has its sign and its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.care.health import ALLERGY, LIFE_THREATENING, SEVERE, HealthItem, plan_of
from pupil_desk.domain.care.needs import LOOKED_AFTER, CarePeriod, SenPeriod, in_force, lasts_on, social_work_on
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.suspensions.suspension import SuspensionCase, SuspensionStanding

EHC_PLAN = "E"


@dataclass(frozen=True, slots=True)
class BadgeLook:
    """The sign of a badge, as a name of the icon font; how grave it is; and its words where there is no more to say."""

    sign: str
    tone: Literal["check", "bad"]
    words: str


class PupilBadge(Enum):
    """The badges, what weighs most first."""

    LIFE_THREATENING = BadgeLook("first-aid-fill", "bad", _("Life-threatening allergy"))
    ALLERGY = BadgeLook("first-aid", "bad", _("Severe allergy"))
    PROTECTED = BadgeLook("shield-warning", "bad", _("Protected"))
    SUSPENDED = BadgeLook("prohibit", "bad", _("Suspended today"))
    PLAN = BadgeLook("clipboard-text", "check", _("EHC plan"))
    SOCIAL_WORKER = BadgeLook("identification-badge", "check", _("Social worker"))


GRAVE_SIGNS = frozenset(badge.value.sign for badge in PupilBadge if badge.value.tone == "bad")


@dataclass(frozen=True, slots=True)
class BadgeRecord:
    """What the badges of one pupil rest on. ``protections`` are those in force; ``looked_after`` is what the pupil's row says.

    ``plans`` are the kinds of the plans that run and are shown to who is at the desk, by their codes.
    """

    health: Sequence[HealthItem] = ()
    periods: Sequence[SenPeriod] = ()
    care: Sequence[CarePeriod] = ()
    protections: Sequence[Protection] = ()
    suspensions: Sequence[SuspensionCase] = ()
    looked_after: bool = False
    plans: Sequence[str] = ()


def badges_of(record: BadgeRecord, today: date) -> dict[PupilBadge, str]:
    """The badges of a pupil on a day, what weighs most first, each with its words."""
    badges = {
        **_allergies(record.health, today),
        PupilBadge.PROTECTED: PupilBadge.PROTECTED.value.words if record.protections else "",
        PupilBadge.SUSPENDED: _suspended(record.suspensions, today),
        PupilBadge.PLAN: _plans(record, today),
        PupilBadge.SOCIAL_WORKER: _social_work(record, today),
    }
    return {badge: words for badge, words in badges.items() if words}


def _allergies(items: Iterable[HealthItem], today: date) -> dict[PupilBadge, str]:
    """The gravest alone."""
    severities = {item.severity for item in items if item.kind == ALLERGY and lasts_on(item, today)}
    by_gravity = ((LIFE_THREATENING, PupilBadge.LIFE_THREATENING), (SEVERE, PupilBadge.ALLERGY))
    badge = next((badge for severity, badge in by_gravity if severity in severities), None)
    return {badge: badge.value.words} if badge is not None else {}


def _plans(record: BadgeRecord, today: date) -> str:
    """What the record says of needs and health, and each kind of plan that runs, once."""
    period = in_force(record.periods, today)
    plans = [PupilBadge.PLAN.value.words] if period is not None and period.provision == EHC_PLAN else []
    has_action_plan = any(plan_of(item) and lasts_on(item, today) for item in record.health)
    kinds = {name: code.alike[0] if code.alike else code.label for name, code in codelist("plan_kind").codes.items()}
    plans += [_("Action plan")] * has_action_plan + [words for name, words in kinds.items() if name in record.plans]
    first_plan, *further_plans = dict.fromkeys(plans) or [""]
    return join_words([first_plan, *map(begun_small, further_plans)])


def _social_work(record: BadgeRecord, today: date) -> str:
    period = social_work_on(record.care, today)
    if record.looked_after or (period is not None and period.kind == LOOKED_AFTER):
        return _("Looked after")
    return PupilBadge.SOCIAL_WORKER.value.words if period is not None else ""


def _suspended(cases: Iterable[SuspensionCase], today: date) -> str:
    standing = [case for case in cases if case.standing(today) is SuspensionStanding.IN_FORCE]
    if any(case.suspension.permanent and case.suspension.start <= today for case in standing):
        return _("Permanently excluded")
    return PupilBadge.SUSPENDED.value.words if any(day == today for case in standing for day, _half in case.halves) else ""
