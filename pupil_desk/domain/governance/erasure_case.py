"""An erasure, from its proposal to its end: two people, time to think again, and the law's own minimum.

Somebody proposes it; somebody else agrees; days later a data officer carries it out. Either may still withdraw it. A unit with one
active user has nobody else: there the same person carries it out after seven days at least, with the recovery code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

LEAST_WAIT, MOST_WAIT = 1, 90  # days that a unit may set
ALONE_WAIT = 7  # days at least, where nobody else can agree


class Reach(StrEnum):
    """How much goes: a code of the list «erasure_reach»."""

    PART = "part"
    RECORD = "record"
    ALL = "all"


class ErasureStepKind(StrEnum):
    """What happened to an erasure."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"
    DONE = "done"


class Ground(StrEnum):
    """Why something is erased: a code of the list «erasure_ground»."""

    DUE = "due"
    REQUEST = "request"
    MOVED = "moved"
    MISTAKE = "mistake"
    COURT = "court"


class ErasureLack(StrEnum):
    """What an erasure still needs before it may be carried out."""

    ENDED = "ended"
    HELD = "held"
    TOO_EARLY = "too-early"
    NOT_AGREED = "not-agreed"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureStep:
    """One event. ``at`` is the moment as kept, ``by_id`` and ``by`` who recorded it; ``orders`` and ``counts`` say what a deed did.

    ``parts`` are the classes, consents and requests that go, unless all of the pupil does.
    """

    case_id: str
    pupil_id: str
    reach: Reach
    step: ErasureStepKind
    ground: str = ""
    reason: str = ""
    not_before: date | None = None
    parts: tuple[str, ...] = ()
    by_code: bool = False
    orders: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    at: str = ""
    by_id: str = ""
    by: str = ""

    @property
    def whose(self) -> str:
        """The pupil, or the complaint that concerns none."""
        return self.pupil_id or " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class ErasureCase:
    """All events of one erasure, the first to the last."""

    steps: tuple[ErasureStep, ...]

    @property
    def id(self) -> str:
        """The case's own identity."""
        return self.steps[0].case_id

    @property
    def proposed(self) -> ErasureStep:
        return self.steps[0]

    @property
    def agreed(self) -> ErasureStep | None:
        """The other person's word, if there is one."""
        return self._last(ErasureStepKind.AGREED)

    @property
    def done(self) -> ErasureStep | None:
        return self._last(ErasureStepKind.DONE)

    @property
    def ended(self) -> bool:
        """Whether it was carried out or withdrawn."""
        return self.steps[-1].step in (ErasureStepKind.DONE, ErasureStepKind.WITHDRAWN)

    def _last(self, step: ErasureStepKind) -> ErasureStep | None:
        return next((event for event in reversed(self.steps) if event.step is step), None)


def not_before(proposed_on: date, wait: int, *, alone: bool) -> date:
    """The first day on which an erasure proposed on a day may be carried out."""
    return proposed_on + timedelta(days=max(wait, ALONE_WAIT) if alone else wait)


def lacks(case: ErasureCase, today: date, *, proposed_on: date, alone: bool, on_hold: bool) -> tuple[ErasureLack, ...]:
    """What still stands against carrying it out on a day. ``alone``: the unit has one active user. ``on_hold``: a hold stands.

    One that somebody else has agreed to needs no code, even if that person has left since.
    """
    if case.ended:
        return (ErasureLack.ENDED,)
    first = case.proposed.not_before or proposed_on
    agreed = case.agreed is not None and case.agreed.by_id != case.proposed.by_id
    if alone and not agreed:
        first = max(first, proposed_on + timedelta(days=ALONE_WAIT))
    obstacles = []
    if on_hold:
        obstacles.append(ErasureLack.HELD)
    if today < first:
        obstacles.append(ErasureLack.TOO_EARLY)
    if not agreed:
        obstacles.append(ErasureLack.CODE if alone else ErasureLack.NOT_AGREED)
    return tuple(obstacles)


def first_day(case: ErasureCase, *, proposed_on: date, alone: bool) -> date:
    """The first day on which it may be carried out, as things stand."""
    first = case.proposed.not_before or proposed_on
    if alone and case.agreed is None:
        return max(first, proposed_on + timedelta(days=ALONE_WAIT))
    return first
