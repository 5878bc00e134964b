"""Where a pupil goes next: intended, offered, confirmed, and six months on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Basis, Category, Facts, Purpose, Section
from pupil_desk.domain.catalogue.items import Kind, item

# Education and Skills Act 2008, sections 13 and 72: the authority is told; the September Guarantee rests on it.
_NEXT = Facts(Section.DESTINATIONS, Category.DESTINATIONS, Purpose.PROGRESS, Basis.LEGAL_OBLIGATION)

INTENDED, OFFER, ACTUAL, SIX_MONTHS = "intended", "offer", "actual", "six-months"
KNOWN = (ACTUAL, SIX_MONTHS)  # kinds that say what is, and so have a day on which it was confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One thing known of where a pupil goes. ``activity`` is a code of three digits; ``source`` says who told us."""

    id: str = ""
    pupil_id: str = ""
    kind: str = item(_("Kind of destination"), Kind.CODE, codes="destination_kind", facts=_NEXT, required=True)
    activity: str = item(_("Activity"), Kind.CODE, codes="activity", facts=_NEXT, required=True, heads=("activity code",))
    provider: str | None = item(_("Provider or employer"), Kind.TEXT, facts=_NEXT, heads=("provider", "college", "employer"))
    start: date | None = item(_("Begins on"), Kind.DATE, facts=_NEXT, heads=("start date", "destination start date"))
    confirmed_on: date | None = item(_("Confirmed on"), Kind.DATE, facts=_NEXT, heads=("date confirmed",))
    source: str | None = item(_("Told by"), Kind.TEXT, facts=_NEXT, hint=_("Such as careers interview, or letter from the college"))


def last_confirmed(destinations: Sequence[Destination]) -> Destination | None:
    """Of what is known of a pupil, in its order, the latest that was confirmed."""
    return next((destination for destination in reversed(destinations) if destination.kind in KNOWN), None)
