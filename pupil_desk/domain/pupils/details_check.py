"""That a family has looked at what is held: all of it right, or corrections written on paper, which wait until somebody has entered them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.pupil import Move

_check = partial(item, facts=Facts(Section.NOTICES, Category.CHOICES, Purpose.RIGHTS, Basis.LEGAL_OBLIGATION, retention="disclosure"))
RIGHT, WRONG = "right", "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsCheck:
    """One answer to «is this still right?» (UK GDPR Article 5(1)(d): kept accurate and up to date)."""

    id: str = ""
    pupil_id: str = ""
    checked_by: str = _check(
        _("Who looked at it"), Kind.NAME, required=True, longest=255, hint=_("Name and relationship, such as Ada Penn, mother")
    )
    on: date = _check(_("Checked on"), Kind.DATE, required=True)
    channel: str = _check(_("How it was said"), Kind.CODE, codes="channel", required=True)
    answer: str = _check(_("What they say"), Kind.CODE, codes="details_answer", required=True)
    entered_on: date | None = _check(
        _("Corrections entered on"), Kind.DATE, hint=_("Empty until what they wrote has been entered, or looked at and not needed")
    )

    @property
    def waits(self) -> bool:
        """Whether corrections have still to be entered."""
        return self.answer == WRONG and self.entered_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a family wrote beside one item of a record: what stood there when it was typed, and what is right."""

    record_id: str
    item: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBeside:
    """What whoever confirms a slip types of what is written on it by hand.

    ``move`` says that another address is no correction; ``all_entered`` that nothing written is left to enter, here or elsewhere.
    """

    corrections: tuple[Correction, ...] = ()
    move: Move | None = None
    all_entered: bool = False

    def __bool__(self) -> bool:
        return bool(self.corrections) or self.all_entered


def check_details_check(check: DetailsCheck) -> tuple[Problem, ...]:
    """The rules across its items."""
    if check.entered_on is not None and check.answer != WRONG:
        return (Problem("entered_on", "nothing_to_enter", _("All was right, so there is nothing to enter. Leave the day empty.")),)
    if check.entered_on is not None and check.entered_on < check.on:
        return (Problem("entered_on", "bad_date", _("Corrections cannot be entered before they were written. Check the two days.")),)
    return ()


def last_checked(checks: Iterable[DetailsCheck]) -> date | None:
    """The day on which somebody last looked at what is held; None for nobody yet."""
    return max((check.on for check in checks), default=None)
