"""Places that the unit itself arranges, and pays for, at another provider: the school census asks for each (school-arranged alternative provision).

Sources: domain reference, 3.3 and 4.7 (tables of the school census, 2016 to 2024). That a place is reviewed at least each half-term, and has its purpose and
end agreed: "Keeping children safe in education", DfE, 2025, and "Arranging alternative provision", DfE, 2025, as authorities repeat them; sure: medium.
"""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.money import price_of
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, bad_urn, gathered
from pupil_desk.domain.providers.week_sessions import week_sessions
from pupil_desk.domain.register.attendance import Session

_PLACEMENT = Facts(Section.PLACEMENT, Category.STAYS, Purpose.LAW, Basis.LEGAL_OBLIGATION)
_REASON = dataclasses.replace(_PLACEMENT, special=Special.HEALTH)
_AGREED = dataclasses.replace(_PLACEMENT, purpose=Purpose.LEARNING, basis=Basis.PUBLIC_TASK)
_PURPOSE = dataclasses.replace(_AGREED, special=Special.SAFETY)
_UKPRN = re.compile(r"1\d{7}", re.ASCII)
_COMPANY = re.compile(r"([A-Za-z]{2}|\d{2})\d{6}", re.ASCII)
MOST_SESSIONS = 10  # a week


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One place elsewhere, from its first day to its last. The provider is known by URN or UKPRN; only without either by the kind of place."""

    id: str = ""
    pupil_id: str = ""
    provider: str = item(
        _("Provider"), Kind.TEXT, facts=_PLACEMENT, required=True, hint=_("From the list of Providers; a new name comes on that list")
    )
    start_date: date = item(_("First day"), Kind.DATE, facts=_PLACEMENT, required=True)
    end_date: date | None = item(_("Last day"), Kind.DATE, facts=_PLACEMENT, hint=_("Empty while it goes on"))
    urn: str | None = item(_("URN"), Kind.NAME, facts=_PLACEMENT, longest=6, hint=_("6 digits, where it is a registered school"))
    ukprn: str | None = item(_("UKPRN"), Kind.NAME, facts=_PLACEMENT, longest=8, hint=_("8 digits beginning with 1, where it has one"))
    setting: str | None = item(
        _("Kind of place"), Kind.CODE, codes="ap_setting", facts=_PLACEMENT, hint=_("Only where there is neither URN nor UKPRN")
    )
    company_number: str | None = item(_("Company number"), Kind.NAME, facts=_PLACEMENT, longest=8, hint=_("8 signs, such as 01234567"))
    postcode: str | None = item(_("Postcode"), Kind.POSTCODE, facts=_PLACEMENT, hint=_("Where the pupil is taught"))
    reason: str | None = item(_("Reason"), Kind.CODE, codes="ap_placement_reason", facts=_REASON)
    sessions_per_week: int | None = item(_("Sessions a week"), Kind.NUMBER, facts=_PLACEMENT, hint=_("1 to 10"))
    pattern: str | None = item(_("Full-time or part-time"), Kind.CODE, codes="attendance_pattern", facts=_PLACEMENT)
    sessions: str | None = item(
        _("Days and sessions"),
        Kind.NAME,
        facts=_AGREED,
        hint=_("Such as Mon, Tue am, Thu-Fri. On these the provider is asked whether the pupil came"),
    )
    hours: str | None = item(_("Hours there"), Kind.TEXT, facts=_AGREED, hint=_("Such as 9:15 to 14:30"))
    price: str | None = item(_("Cost in pounds"), Kind.NAME, facts=_AGREED, longest=12, hint=_("Such as 85 or 85.50"))
    price_per: str | None = item(_("Cost for each"), Kind.CODE, codes="price_per", facts=_AGREED)
    purpose: str | None = item(_("Purpose of the place elsewhere"), Kind.LINES, facts=_PURPOSE, hint=_("What the pupil goes there for"))
    review_day: date | None = item(_("Next review there"), Kind.DATE, facts=_AGREED, hint=_("At least each half-term"))

    def spans(self, first: date, last: date) -> bool:
        """Whether some day from the first to the last is one of the place; its last day still is."""
        return self.start_date <= last and (self.end_date is None or self.end_date >= first)

    def expects(self, day: date, session: Session) -> bool:
        """Whether the pupil is expected there in a session of a school day."""
        return self.spans(day, day) and (day.weekday(), session) in week_sessions(self.sessions)

    def is_on(self, day: date) -> bool:
        """Whether the pupil is expected there in any session of a school day."""
        return self.sessions_on(day) > 0

    def sessions_on(self, day: date) -> int:
        """In how many sessions of a school day the pupil is expected there."""
        return sum(self.expects(day, session) for session in Session)


@gathered
def check_placement(placement: Placement) -> Iterator[Problem]:
    """The rules across its items: a provider is known in one way, and numbers have their form."""
    if placement.end_date and placement.end_date < placement.start_date:
        yield Problem("end_date", "ends_before_start", _("The last day is before the first. Correct one of the two."))
    yield from bad_urn("urn", placement.urn)
    if placement.ukprn and not _UKPRN.fullmatch(placement.ukprn):
        yield Problem("ukprn", "bad_ukprn", _("A UKPRN has 8 digits and begins with 1. Look it up in the register of providers."))
    if placement.company_number and not _COMPANY.fullmatch(placement.company_number):
        yield Problem("company_number", "bad_company_number", _("A company number has 8 signs: 8 digits, or 2 letters and 6 digits."))
    if placement.sessions_per_week is not None and not 1 <= placement.sessions_per_week <= MOST_SESSIONS:
        yield Problem("sessions_per_week", "out_of_range", _("A week has 10 sessions. Enter a number from 1 to 10."))
    yield from _check_what_was_agreed(placement)
    if placement.setting and (placement.urn or placement.ukprn):
        words = _("The kind of place is told only where there is neither URN nor UKPRN. Leave it empty.")
        yield Problem.warning("setting", "setting_beside_number", words)
    if not (placement.setting or placement.urn or placement.ukprn):
        words = _("The census asks who the provider is: enter URN or UKPRN, or the kind of place where it has neither.")
        yield Problem.warning("urn", "no_provider_number", words)


def _check_what_was_agreed(placement: Placement) -> Iterator[Problem]:
    try:
        sessions = week_sessions(placement.sessions)
    except ValueError:
        yield Problem("sessions", "unknown_day", _("Write the days as Mon, Tue am, Wed pm or Thu-Fri, with commas between."))
    else:
        if sessions and placement.sessions_per_week not in (None, len(sessions)):
            words = _("The days named are {number} sessions a week. Correct one of the two.")
            yield Problem.warning("sessions_per_week", "other_number", words.format(number=len(sessions)))
    try:
        price_of(placement.price)
    except ValueError:
        yield Problem("price", "bad_price", _("Write the cost in pounds, such as 85 or 85.50."))
    if placement.price and not placement.sessions:
        yield Problem.warning("sessions", "price_without_days", _("Enter the days too: without them no cost is counted."))
    if bool(placement.price) != bool(placement.price_per):
        yield Problem("price_per", "price_without_unit", _("Enter a cost and for what it is, or neither."))
