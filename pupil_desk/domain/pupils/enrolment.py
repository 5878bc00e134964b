"""Stays at the unit: one pupil, many episodes."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item

_STAY = Facts(Section.STAY, Category.STAYS, Purpose.LEARNING, Basis.LEGAL_OBLIGATION, retention="register")
_LEAVING = Facts(Section.LEAVING, Category.STAYS, Purpose.LAW, Basis.LEGAL_OBLIGATION, retention="register")
_PLACEMENT = Facts(Section.PLACEMENT, Category.STAYS, Purpose.LEARNING, Basis.PUBLIC_TASK, retention="register")
_REASON = dataclasses.replace(_PLACEMENT, special=Special.HEALTH, purpose=Purpose.LAW, basis=Basis.LEGAL_OBLIGATION)
DUAL = frozenset({"S", "M"})
ELSEWHERE = frozenset({"F", "O"})  # at a college or another provider
GUEST = "G"
OFF_THE_ROLL = ELSEWHERE | {GUEST}  # SI 2024/208 and the census: a guest's too is no stay on the unit's own roll
PREVIOUS = "P"  # a previous pupil


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One episode. ``status`` C, M, S, F, O or G; P only where a previous pupil's leaving day is not known."""

    id: str = ""
    pupil_id: str = ""
    status: str = item(_("Enrolment status"), Kind.CODE, codes="enrolment_status", facts=_STAY, required=True, heads=("enrolement status",))
    start_date: date | None = item(
        _("Starting day"),
        Kind.DATE,
        facts=_STAY,
        heads=("date of admission", "admission date", "entry date", "start date", "date of entry"),
    )
    end_date: date | None = item(_("Leaving day"), Kind.DATE, facts=_STAY, heads=("date of leaving", "leaving date", "end date"))
    part_time: bool | None = item(
        _("Part-time"), Kind.YES_NO, facts=_STAY, heads=("part time", "part-time", "part time indicator"), hint=_("For the school census")
    )
    main_school: str | None = item(
        _("Main school"), Kind.SCHOOL, facts=_STAY, heads=("main school dfe number", "home school"), hint=_("DfE number, such as 919/4001")
    )
    last_school: str | None = item(
        _("School before: name and address"), Kind.TEXT, facts=_LEAVING, hint=_("The school last attended, if any")
    )
    last_school_urn: str | None = item(
        _("School before: URN"),
        Kind.NAME,
        facts=_LEAVING,
        longest=6,
        heads=("previous urn", "prev urn", "last school urn"),
        hint=_("6 digits, for the school census; its DfE number stands among the details"),
    )
    deletion_ground: str | None = item(
        _("Ground for taking off the register"),
        Kind.CODE,
        codes="deletion_ground",
        facts=_LEAVING,
        hint=_("Regulation 9(1); for a pupil of compulsory school age"),
    )
    next_school: str | None = item(_("Next school"), Kind.TEXT, facts=_LEAVING, hint=_("Its name, or its DfE number"))
    next_school_start: date | None = item(_("First day at the next school"), Kind.DATE, facts=_LEAVING)
    entry_reason: str | None = item(
        _("Why the pupil came"),
        Kind.CODE,
        codes="ap_entry_reason",
        facts=_REASON,
        heads=("ap entry reason", "ap reason", "reason for entry"),
        hint=_("For the school census of a pupil referral unit"),
    )
    commissioned_by: str | None = item(
        _("Placed by"), Kind.TEXT, facts=_PLACEMENT, hint=_("The school or authority that pays for the place")
    )
    days_agreed: str | None = item(_("Days agreed a week"), Kind.NAME, facts=_PLACEMENT, hint=_("Such as 3, or Monday and Tuesday"))
    funding_reference: str | None = item(_("Funding reference"), Kind.NAME, facts=_PLACEMENT)
    review_day: date | None = item(_("Next review"), Kind.DATE, facts=_PLACEMENT)
    transport: str | None = item(_("Transport"), Kind.TEXT, facts=_PLACEMENT, hint=_("How the pupil comes and goes"))
    school_contact: str | None = item(
        _("Contact at the main school"), Kind.NAME, facts=_PLACEMENT, hint=_("A name, and what they do there")
    )
    school_phone: str | None = item(_("Their telephone"), Kind.PHONE, facts=_PLACEMENT)
    school_email: str | None = item(_("Their e-mail"), Kind.EMAIL, facts=_PLACEMENT)

    @property
    def is_dated(self) -> bool:
        """Whether it can be said on which days the stay lasted: not when a previous pupil left on a day which nobody knows."""
        return not (self.status == PREVIOUS and self.end_date is None)

    @property
    def puts_on_roll(self) -> bool:
        """Whether a stay of this status is one on the unit's own roll."""
        return self.status not in OFF_THE_ROLL

    @property
    def is_taught_here(self) -> bool:
        """Whether a stay of this status brings the pupil to the unit: one on its roll, or a guest's."""
        return self.status not in ELSEWHERE

    def spans(self, first: date, last: date) -> bool:
        """Whether some day from the first to the last is one of the stay; the leaving day still is. (``store.rows.stay_days`` asks it in SQL.)"""
        if not self.is_dated:
            return False
        return (self.start_date is None or self.start_date <= last) and (self.end_date is None or self.end_date >= first)

    def on_roll(self, day: date, until: date | None = None) -> bool:
        """Whether this stay puts the pupil on the unit's roll on a day, or on some day until another."""
        return self.puts_on_roll and self.spans(day, until or day)


def on_roll(enrolments: Iterable[Enrolment], day: date) -> bool:
    """Whether a pupil is on the unit's roll on a day."""
    return any(stay.on_roll(day) for stay in enrolments)


def has_left(enrolments: Iterable[Enrolment], day: date) -> bool:
    """Whether every stay of a pupil has ended before a day: not that of somebody who has had none."""
    ends = [stay.end_date for stay in enrolments]
    return bool(ends) and all(end is not None and end < day for end in ends)
