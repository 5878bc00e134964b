"""What is recorded of a breach: the kinds of event, and for each the record that people fill in, which is its form.

UK GDPR Articles 33 and 34 (domain reference 15). The log names no pupil: our references do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item

_fact = partial(item, facts=Facts(Section.UNIT, Category.STAFF, Purpose.LAW, Basis.LEGAL_OBLIGATION, retention="disclosure"))
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

    text: str = _fact(_("What happened"), Kind.LINES, required=True, hint=_NOBODY)
    day: date = _fact(_("Day we became aware"), Kind.DATE, required=True)
    time: str = _fact(_("Time we became aware"), Kind.TEXT, required=True, longest=5, hint=_("Such as 09:40. The 72 hours run from it."))
    happened: date | None = _fact(_("Day it happened, if known"), Kind.DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherFacts:
    """What else has come to light, or is to be put right."""

    text: str = _fact(_("What else is known"), Kind.LINES, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Whose data, how many, and what may follow (Article 33(3)(a) and (c))."""

    data: str = _fact(_("Kinds of data and of people"), Kind.TEXT, required=True, hint=_("For example, names and health notes of pupils"))
    people: int | None = _fact(_("About how many people"), Kind.NUMBER)
    entries: int | None = _fact(_("About how many records"), Kind.NUMBER)
    text: str = _fact(_("What it may lead to"), Kind.LINES, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What was done to end it or make it good (Article 33(3)(d))."""

    text: str = _fact(_("What was done, or will be"), Kind.LINES, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessment:
    """How great the risk to people is, and why."""

    risk: str = _fact(_("Risk to people"), Kind.CODE, codes="breach_risk", required=True)
    text: str = _fact(_("Why"), Kind.LINES, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOfficer:
    """The data protection officer was told."""

    day: date = _fact(_("Day"), Kind.DATE, required=True)
    time: str = _fact(_("Time"), Kind.TEXT, required=True, longest=5, hint=_("Such as 09:40"))
    text: str | None = _fact(_("What the officer advised"), Kind.LINES, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldIco:
    """The regulator was told (Article 33(1))."""

    day: date = _fact(_("Day it was reported"), Kind.DATE, required=True)
    time: str = _fact(_("Time it was reported"), Kind.TEXT, required=True, longest=5, hint=_("Such as 09:40"))
    reference: str | None = _fact(_("The Commissioner’s reference"), Kind.TEXT, longest=40)
    text: str | None = _fact(_("If later than 72 hours: why"), Kind.LINES, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToldIco:
    """It is not reported, since a risk to people is unlikely."""

    text: str = _fact(_("Why a risk to people is unlikely"), Kind.LINES, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPeople:
    """Those concerned were told (Article 34)."""

    day: date = _fact(_("Day they were told"), Kind.DATE, required=True)
    people: int | None = _fact(_("How many were told"), Kind.NUMBER)
    text: str = _fact(_("How, and what they were told"), Kind.LINES, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotToldPeople:
    """Those concerned need not be told (Article 34(3))."""

    text: str = _fact(
        _("Why they need not be told"),
        Kind.LINES,
        required=True,
        hint=_("For example: the data were encrypted, or what was done since has ended the high risk"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """It is over."""

    text: str = _fact(_("What we have learnt and changed"), Kind.LINES, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoBreach:
    """It was no breach of personal data after all."""

    text: str = _fact(_("Why it was no breach"), Kind.LINES, required=True, hint=_NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """Something new has come to light."""

    text: str = _fact(_("Why it is opened again"), Kind.LINES, required=True, hint=_NOBODY)


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
