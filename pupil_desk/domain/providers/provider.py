"""A provider at which the unit buys places: known by the name that the contract has, with whom one speaks there, and why it may teach.

That it is named to families stands in the unit's own list (``told_providers``), by the same name.

Sources: Education Act 1996 section 463 with Education and Skills Act 2008 section 96: who gives full-time education to five or more pupils of compulsory
school age, or to one who has an EHC plan or is looked after, must be registered as a school. "Arranging alternative provision", DfE, 2025: another may be
used, part-time as a rule. Read as local authorities and advisers repeat them, not the text itself; sure: medium.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem, bad_urn, gathered

_fact = partial(item, facts=Facts(Section.PEOPLE, Category.STAFF, Purpose.LEARNING, Basis.PUBLIC_TASK))
NOT_A_SCHOOL = "not-a-school"
"""Of the code list of registrations: it need not be registered as a school, and then may not teach everybody full-time."""
MOST_FULL_TIME = 4  # pupils whom one that is no school may teach full-time, none of them with an EHC plan or looked after


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One provider. The people are members of its staff, no pupil's family."""

    id: str = ""
    name: str = _fact(_("Name of the provider"), Kind.NAME, required=True)
    registration: str | None = _fact(_("Registered with DfE"), Kind.CODE, codes="provider_registration")
    why_unregistered: str | None = _fact(
        _("Why it need not be registered"),
        Kind.LINES,
        hint=_("Such as: part-time only, two days a week, nobody with an EHC plan or looked after full-time"),
    )
    urn: str | None = _fact(_("Its URN"), Kind.NAME, longest=6, hint=_("6 digits, where it is a registered school"))
    sites: str | None = _fact(_("Every address where it teaches"), Kind.LINES, hint=_("Each site on a line, subcontractors’ too"))
    contact: str | None = _fact(_("Whom to ask about attendance there"), Kind.NAME)
    contact_phone: str | None = _fact(_("Telephone for attendance there"), Kind.PHONE)
    contact_email: str | None = _fact(_("E-mail for attendance there"), Kind.EMAIL)
    lead: str | None = _fact(_("Its designated safeguarding lead"), Kind.NAME)
    lead_phone: str | None = _fact(_("Telephone of its lead"), Kind.PHONE)
    finance: str | None = _fact(_("Who sends its invoices"), Kind.NAME)
    note: str | None = _fact(_("Note on the provider"), Kind.LINES, hint=_("Nothing about a pupil: that belongs in the pupil’s record"))

    @property
    def key(self) -> str:
        """By what it is known in places, returns and the settings."""
        return provider_key(self.name)


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """What the checks of records need of one provider: whether the notice names it, which checks do not hold, in words, its registration, and how many
    pupils the unit has there full-time."""

    is_named: bool = False
    lacking: tuple[str, ...] = ()
    registration: str | None = None
    full_time: int = 0


def provider_key(name: str) -> str:
    """By what a provider is known, however its name is spelt: case, accents and blanks make no difference."""
    return fold(name)


@gathered
def check_provider(provider: Provider) -> Iterator[Problem]:
    """The rules across its items: one that is no school says why it need not be."""
    yield from bad_urn("urn", provider.urn)
    if provider.registration == NOT_A_SCHOOL and not provider.why_unregistered:
        words = _("Say why it need not be registered as a school: an inspector asks you, who place pupils there.")
        yield Problem.warning("why_unregistered", "no_reason", words)
