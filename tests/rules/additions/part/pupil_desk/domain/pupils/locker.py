"""Which locker a pupil has, and since when."""

from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item

_LOCKER = Facts(Section.WELFARE, Category.WELFARE, Purpose.CARE, Basis.PUBLIC_TASK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Locker:
    """One locker that a pupil has or had."""

    id: str = ""
    pupil_id: str = ""
    number: str = item(_("Locker"), Kind.NAME, facts=_LOCKER, required=True)
    since: date | None = item(_("Since"), Kind.DATE, facts=_LOCKER)
