"""A hold: nothing of a pupil, or of anybody, is deleted while it stands, such as for an inquiry or a claim (domain reference 12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item

_HOLD = Facts(Section.PROTECTIONS, Category.SAFETY, Purpose.LAW, Basis.LEGAL_OBLIGATION)


class HoldStep(StrEnum):
    """What an event of a hold says: a code of the list «hold_step»."""

    SET = "set"
    REVIEWED = "reviewed"
    LIFTED = "lifted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalHold:
    """One event of a hold. Without a pupil it holds everybody's data. Never edited: the last event of a ``hold_id`` counts."""

    id: str = ""
    pupil_id: str | None = None
    hold_id: str = ""
    step: str = item(_("What was done"), Kind.CODE, codes="hold_step", facts=_HOLD, default=HoldStep.SET.value)
    reason: str = item(_("Why nothing may be deleted"), Kind.LINES, facts=_HOLD, required=True, longest=1000)
    review_on: date | None = item(_("Look at it again on"), Kind.DATE, facts=_HOLD)


@dataclass(frozen=True, slots=True)
class HoldHistory:
    """One hold with all its events, the first to the last, each with when (as kept) and by whom it was recorded."""

    events: tuple[LegalHold, ...]
    at: tuple[str, ...]
    by: tuple[str, ...]

    @property
    def id(self) -> str:
        """The hold's own."""
        return self.events[0].hold_id

    @property
    def pupil_id(self) -> str | None:
        """Whose data it holds; None for everybody's."""
        return self.events[0].pupil_id

    @property
    def reason(self) -> str:
        """Why it was set."""
        return self.events[0].reason

    @property
    def review_on(self) -> date | None:
        """When it is to be looked at again."""
        return self.events[-1].review_on

    @property
    def in_force(self) -> bool:
        """Whether it still stops every deletion."""
        return self.events[-1].step != HoldStep.LIFTED


def over(pupil_id: str, holds: Iterable[HoldHistory]) -> list[HoldHistory]:
    """The holds in force that keep one pupil's data."""
    return [hold for hold in holds if hold.in_force and hold.pupil_id in (None, pupil_id)]
