"""What is recorded of a breach: the kinds of event, and for each the record that people fill in, which is its form.

UK GDPR Articles 33 and 34 (domain reference 15). The log names no pupil: our references do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item

_FACTS = Facts(Section.UNIT, Category.STAFF, Purpose.LAW, Basis.LEGAL_OBLIGATION, retention="disclosure")
_NOBODY = _("Name no pupil and no parent: give our reference, such as P0042")


class BreachEventKind(StrEnum):
    """What an event of a breach says."""

    REPORTED = "reported"
    FACTS = "facts"
    EFFECTS = "effects"
    ACTION = "action"
    RISK = "risk"
    OFFICER_TOLD = "officer-told"
    ICO_TOLD = "ico-told"
    ICO_NOT = "ico-not"
    PEOPLE_TOLD = "people-told"
    PEOPLE_NOT = "people-not"
    CLOSED = "closed"
    NO_BREACH = "no-breach"
    REOPENED = "reopened"


class Risk(StrEnum):
    """How great the risk to people is: a code of the list «breach_risk»."""

    UNLIKELY = "unlikely"
    RISK = "risk"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachReport:
    """That something went wrong, as whoever found it says. ``time`` is the office's, such as 09:40."""

    text: str = item(_("What happened"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)
    day: date = item(_("Day we became aware"), Kind.DATE, facts=_FACTS, required=True)
    time: str = item(
        _("Time we became aware"), Kind.TEXT, facts=_FACTS, required=True, longest=5, hint=_("Such as 09:40. The 72 hours run from it.")
    )
    happened: date | None = item(_("Day it happened, if known"), Kind.DATE, facts=_FACTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherFacts:
    """What else has come to light, or is to be put right."""

    text: str = item(_("What else is known"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Whose data, how many, and what may follow (Article 33(3)(a) and (c))."""

    data: str = item(
        _("Kinds of data and of people"), Kind.TEXT, facts=_FACTS, required=True, hint=_("For example, names and health notes of pupils")
    )
    people: int | None = item(_("About how many people"), Kind.NUMBER, facts=_FACTS)
    entries: int | None = item(_("About how many records"), Kind.NUMBER, facts=_FACTS)
    text: str = item(_("What it may lead to"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What was done to end it or make it good (Article 33(3)(d))."""

    text: str = item(_("What was done, or will be"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessment:
    """How great the risk to people is, and why."""

    risk: str = item(_("Risk to people"), Kind.CODE, codes="breach_risk", facts=_FACTS, required=True)
    text: str = item(_("Why"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfficer:
    """The data protection officer was told."""

    day: date = item(_("Day"), Kind.DATE, facts=_FACTS, required=True)
    time: str = item(_("Time"), Kind.TEXT, facts=_FACTS, required=True, longest=5, hint=_("Such as 09:40"))
    text: str | None = item(_("What the officer advised"), Kind.LINES, facts=_FACTS, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldIco:
    """The regulator was told (Article 33(1))."""

    day: date = item(_("Day it was reported"), Kind.DATE, facts=_FACTS, required=True)
    time: str = item(_("Time it was reported"), Kind.TEXT, facts=_FACTS, required=True, longest=5, hint=_("Such as 09:40"))
    reference: str | None = item(_("The Commissioner’s reference"), Kind.TEXT, facts=_FACTS, longest=40)
    text: str | None = item(_("If later than 72 hours: why"), Kind.LINES, facts=_FACTS, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToldIco:
    """It is not reported, since a risk to people is unlikely."""

    text: str = item(_("Why a risk to people is unlikely"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPeople:
    """Those concerned were told (Article 34)."""

    day: date = item(_("Day they were told"), Kind.DATE, facts=_FACTS, required=True)
    people: int | None = item(_("How many were told"), Kind.NUMBER, facts=_FACTS)
    text: str = item(_("How, and what they were told"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToldPeople:
    """Those concerned need not be told (Article 34(3))."""

    text: str = item(
        _("Why they need not be told"),
        Kind.LINES,
        facts=_FACTS,
        required=True,
        hint=_("For example: the data were encrypted, or what was done since has ended the high risk"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """It is over."""

    text: str = item(_("What we have learnt and changed"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoBreach:
    """It was no breach of personal data after all."""

    text: str = item(_("Why it was no breach"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """Something new has come to light."""

    text: str = item(_("Why it is opened again"), Kind.LINES, facts=_FACTS, required=True, hint=_NOBODY)


FORMS: Mapping[BreachEventKind, tuple[str, type]] = {
    BreachEventKind.FACTS: (_("What else is known"), FurtherFacts),
    BreachEventKind.EFFECTS: (_("Whose data, and what may follow"), Effects),
    BreachEventKind.ACTION: (_("What was done"), Measures),
    BreachEventKind.RISK: (_("The risk to people"), RiskAssessment),
    BreachEventKind.OFFICER_TOLD: (_("The data protection officer was told"), ToldOfficer),
    BreachEventKind.ICO_TOLD: (_("Reported to the data protection regulator"), ToldIco),
    BreachEventKind.ICO_NOT: (_("Not reported: a risk is unlikely"), NotToldIco),
    BreachEventKind.PEOPLE_TOLD: (_("The people concerned were told"), ToldPeople),
    BreachEventKind.PEOPLE_NOT: (_("The people need not be told"), NotToldPeople),
    BreachEventKind.CLOSED: (_("Close it"), Closing),
    BreachEventKind.NO_BREACH: (_("It was no breach"), NoBreach),
    BreachEventKind.REOPENED: (_("Open it again"), Reopening),
}
"""What can be recorded of a breach once it is reported: the words for it, and its form."""
