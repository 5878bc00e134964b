"""Stays at the unit: one pupil, many episodes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.facts import Basis, Category, Facts, Purpose, Section
from pupil_desk.domain.items import Kind, item

_STAY = Facts(Section.STAY, Category.STAYS, Purpose.LEARNING, Basis.LEGAL_OBLIGATION, retention="register")
OFF_THE_ROLL = frozenset(
    {"G", "F", "O"}
)  # SI 2024/208 and the census: a guest and pupils of a college or other provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One episode. ``status`` C, M, S, F, O or G; P only where a previous pupil's leaving day is not known."""

    id: str = ""
    pupil_id: str = ""
    status: str = item(_("Enrolment status"), Kind.CODE, codes="enrolment_status", facts=_STAY, required=True)
    start_date: date | None = item(
        _("Starting day"),
        Kind.DATE,
        facts=_STAY,
        heads=("date of admission", "admission date", "entry date", "start date"),
    )
    end_date: date | None = item(
        _("Leaving day"), Kind.DATE, facts=_STAY, heads=("date of leaving", "leaving date", "end date")
    )
    main_school: str | None = item(
        _("Main school"),
        Kind.SCHOOL,
        facts=_STAY,
        heads=("main school dfe number", "home school"),
        hint=_("DfE number, such as 919/4001"),
    )

    def on_roll(self, day: date) -> bool:
        """Whether this stay puts the pupil on the unit's roll on a day; the leaving day is still on it."""
        if self.status in OFF_THE_ROLL or (self.status == "P" and self.end_date is None):
            return False
        return (self.start_date is None or self.start_date <= day) and (self.end_date is None or day <= self.end_date)


def on_roll(enrolments: Iterable[Enrolment], day: date) -> bool:
    """Whether a pupil is on the unit's roll on a day."""
    return any(stay.on_roll(day) for stay in enrolments)
