"""Protections: an address that must be withheld, an order or restriction about who may not be told; and what a granted request keeps from use.

What a paper of each kind shows of a protected pupil: one rule, which every paper reads and the help tells.

A contact whom an order or restriction names is on none of these papers, whatever the rule says of the pupil; nor is an address on any of them but
the last kind. No law words this: it is our own caution, between Article 5(1)(c) UK GDPR (no more than is needed) and the duty to call
somebody when a child is hurt.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item

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


class PaperVisibility(Enum):
    """How much of a protected pupil stands on a paper."""

    EVERYTHING = "everything"
    NAME_ALONE = "name-alone"
    LEFT_OUT = "left-out"


class PaperKind(Enum):
    """The kinds of paper that tell whom to call, or who is here, or where somebody lives."""

    FIRST_AID = "first-aid card"
    EMERGENCY_CONTACTS = "emergency contacts"
    TRIP = "trip list"
    EVACUATION = "evacuation sheet"
    CLASS_LIST = "class list"
    CONTACT_SHEET = "contact sheet"
    CALL_SHEET = "call sheet"
    KITCHEN = "kitchen list"
    PAPER_REGISTER = "paper register"
    CLASS_LIST_NUMBERS = "class list with whom to call"
    PROVIDER_SHEET = "sheet for a provider"
    TRANSPORT = "transport sheet"
    TO_A_HOME = "letters, slips and labels"


@dataclass(frozen=True, slots=True)
class PaperRule:
    """What stands on one kind of paper, and why; ``title`` is what people call the paper."""

    title: str
    shown: PaperVisibility
    why: str


RULES: Mapping[PaperKind, PaperRule] = {
    PaperKind.FIRST_AID: PaperRule(
        _("First-aid card"),
        PaperVisibility.EVERYTHING,
        _("It is in the hand of whoever helps a child who is hurt, and must say whom to ring."),
    ),
    PaperKind.EMERGENCY_CONTACTS: PaperRule(
        _("Emergency contacts"),
        PaperVisibility.EVERYTHING,
        _("It stays locked away in the office, and must say whom to ring about everybody."),
    ),
    PaperKind.TRIP: PaperRule(
        _("Trip list"), PaperVisibility.EVERYTHING, _("The leader is away from the office, and must know what to do and whom to ring.")
    ),
    PaperKind.EVACUATION: PaperRule(
        _("Evacuation sheet"),
        PaperVisibility.EVERYTHING,
        _("Of nobody does it say more than the name, where the pupil is and who needs help to get out."),
    ),
    PaperKind.CLASS_LIST: PaperRule(
        _("Class list without telephone numbers"),
        PaperVisibility.EVERYTHING,
        _("An allergy or a no to photographs protects the pupil, and nobody can be found by the list."),
    ),
    PaperKind.CONTACT_SHEET: PaperRule(
        _("Contact sheet of the day"),
        PaperVisibility.NAME_ALONE,
        _("At a roll-call it goes through many hands, and nobody may be missing from it. The office knows whom to ring."),
    ),
    PaperKind.CALL_SHEET: PaperRule(
        _("Call sheet"),
        PaperVisibility.EVERYTHING,
        _("It is in the hand of whoever calls: a protected pupil who is absent is asked after before others."),
    ),
    PaperKind.KITCHEN: PaperRule(
        _("Kitchen list"),
        PaperVisibility.EVERYTHING,
        _("It says no more than a first name and what not to give, and who is left off it may be given what harms."),
    ),
    PaperKind.PAPER_REGISTER: PaperRule(
        _("Register on paper"),
        PaperVisibility.EVERYTHING,
        _("Nobody may be missing from a register, and it says no more than the name and the year group."),
    ),
    PaperKind.CLASS_LIST_NUMBERS: PaperRule(
        _("Whom to call, on a class list"),
        PaperVisibility.NAME_ALONE,
        _("A class list hangs on walls and lies on desks. The office knows whom to ring."),
    ),
    PaperKind.PROVIDER_SHEET: PaperRule(
        _("Sheet for a provider"),
        PaperVisibility.EVERYTHING,
        _("Whoever has the pupil for a day must know whom to ring. No address stands on it."),
    ),
    PaperKind.TRANSPORT: PaperRule(
        _("Transport sheet"),
        PaperVisibility.NAME_ALONE,
        _("It goes along in a taxi. Where the pupil is picked up stands there only as it was agreed; the office knows the rest."),
    ),
    PaperKind.TO_A_HOME: PaperRule(
        _("Letters, slips and labels to an address that must be withheld"),
        PaperVisibility.LEFT_OUT,
        _("They leave the office with the address on them."),
    ),
}


NO_CONTACT = _("Somebody who is not among the contacts")


def whom_of(kind: str, contact_name: str) -> str:
    """Whom a protection is about: the contact it names; where it names none, the pupil, or for an order somebody who is no contact."""
    return contact_name or (NO_CONTACT if kind == ORDER else _("The pupil"))


def visibility_on(paper: PaperKind, protections: Collection[Protection]) -> PaperVisibility:
    """How much of a pupil stands on a paper; ``protections`` are the protections of the pupil that count on the day."""
    return RULES[paper].shown if protections else PaperVisibility.EVERYTHING


def is_place_secret(protections: Iterable[Protection]) -> bool:
    """Whether nobody may be told where the pupil is, which a withheld address and an order ask; a restriction and an objection do not."""
    return any(protection.kind in (ADDRESS_WITHHELD, ORDER) for protection in protections)


def kept_at_the_office() -> str:
    """What stands in place of whom to call, where a pupil is on a paper by name alone."""
    return _("Details are kept at the office")
