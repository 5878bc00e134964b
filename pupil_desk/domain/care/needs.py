"""Special educational needs and care, as dated periods. A day that is empty is not known at the start, and not there at the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Basis, Category, Facts, Purpose, Section, Special
from pupil_desk.domain.catalogue.items import Kind, item

_NEEDS = Facts(Section.NEEDS, Category.NEEDS, Purpose.LEARNING, Basis.PUBLIC_TASK, special=Special.HEALTH, retention="sen")
_CARE = Facts(Section.WELFARE, Category.WELFARE, Purpose.CARE, Basis.PUBLIC_TASK)

NO_NEED, UNASSESSED = "N", "NSA"
LOOKED_AFTER = "LAC"
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
    authority: str | None = item(
        _("Authority"), Kind.AUTHORITY, facts=_CARE, hint=_("Whose care or social worker it is: 3 digits, such as 919")
    )
    worker: str | None = item(_("Social worker"), Kind.NAME, facts=_CARE, hint=_("Told of every suspension, without delay"))
    worker_reach: str | None = item(_("How to reach the social worker"), Kind.TEXT, facts=_CARE, hint=_("Telephone or e-mail"))


def lasts_on(row: Dated, day: date) -> bool:
    """Whether a day lies in it."""
    return (row.start_date is None or row.start_date <= day) and (row.end_date is None or day <= row.end_date)


def social_work_on(rows: Iterable[CarePeriod], day: date) -> CarePeriod | None:
    """The time under which a pupil has a social worker on a day; of several that whose duties go furthest."""
    now = [row for row in rows if row.kind in SOCIAL_WORK and lasts_on(row, day)]
    return min(now, key=lambda row: (SOCIAL_WORK.index(row.kind), not row.worker), default=None)


def in_force[D: Dated](rows: Iterable[D], day: date) -> D | None:
    """The one that lasts on a day; the later begun of two."""
    return max((row for row in rows if lasts_on(row, day)), key=lambda row: row.start_date or date.min, default=None)
