"""Protections: an address that must be withheld, an order or restriction about who may not be told; and what a granted request keeps from use."""

from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.facts import Basis, Category, Facts, Purpose, Section
from pupil_desk.domain.catalogue.items import Kind, item

_PROTECTION = Facts(Section.PROTECTIONS, Category.SAFETY, Purpose.CARE, Basis.PUBLIC_TASK)

ADDRESS_WITHHELD = "address-withheld"
ORDER = "order"
RESTRICTION = "restriction"
OBJECTION = "objection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """One protection of a pupil, or of one contact. It is never edited: a wrong one is lifted, with a reason, and set anew."""

    id: str = ""
    pupil_id: str = ""
    contact_id: str | None = None
    kind: str = item(_("Protection"), Kind.CODE, codes="protection_kind", facts=_PROTECTION, required=True)
    reason: str = item(_("Reason"), Kind.TEXT, facts=_PROTECTION, required=True)
    since: date = item(_("Since"), Kind.DATE, facts=_PROTECTION, required=True)
    until: date | None = item(_("Until"), Kind.DATE, facts=_PROTECTION, hint=_("Leave empty if no end is known"))

    def in_force(self, day: date) -> bool:
        """Whether it protects on a day, unless it has been lifted."""
        return self.since <= day and (self.until is None or day <= self.until)
