"""What the rule of consents is asked about, and what it answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.consent import GIVEN, WRITTEN, Competence, ConsentEvent, ConsentType, Occasion
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import PARENT, PUPIL
from pupil_desk.domain.unit.settings import Term

TYPED = "agreed-"
"""Begins the identity of a yes that was typed with a medicine, before that of the medicine."""


class ConsentStatus(StrEnum):
    """How a consent stands: a code of the list «consent_standing». Only the first is a yes."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    WAITING = "waiting"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class ResponsibilityHolder:
    """Someone with parental responsibility. One under an order is not asked; what they say counts all the same."""

    id: str
    name: str
    barred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCase:
    """What the rule needs of one pupil and one consent: ``said`` are the events of that type, and of that occasion, that count.

    ``changed_on`` is the last day on which what was agreed to changed, such as a trip; ``outdated`` are the events known by themselves to be of
    earlier words, such as those of another dose of a medicine, and when that changed last. ``given_until`` is the last day of a medicine. ``terms`` are those of the unit's calendar, by which a
    right may begin.
    """

    dob: date
    holders: Sequence[ResponsibilityHolder] = ()
    said: Sequence[ConsentEvent] = ()
    found: Sequence[Competence] = ()
    stays: Sequence[Enrolment] = ()
    occasion: Occasion | None = None
    changed_on: date | None = None
    outdated: Mapping[str, date] = field(default_factory=dict)
    given_until: date | None = None
    terms: Sequence[Term] = ()

    def competent(self, day: date) -> bool | None:
        """Whether the pupil was found competent by a day; None where nobody has said. The last word counts."""
        words = sorted(
            (competence for competence in self.found if competence.on <= day), key=lambda competence: (competence.on, competence.seq)
        )
        return {"competent": True, "not-competent": False}.get(words[-1].finding) if words else None

    def was_given(self, use: str = "") -> bool:
        """Whether anybody has ever said yes to a use."""
        return any(event.what == GIVEN and event.use_key in ("", use) for event in self.said)

    def name_of(self, giver: str) -> str:
        """Who that is, in words."""
        if giver == PUPIL:
            return _("The pupil")
        name = next((holder.name for holder in self.holders if holder.id == giver), None)
        return name or next((event.giver for event in self.said if event.giver_key == giver and event.giver), None) or _("A parent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How it stands, and why in a sentence. ``by`` are those whose word decides, ``missing`` those who have still to speak, ``names`` is who that is.

    ``until`` is the last day of a yes; None where no day is set. ``differ``: two of them say different things. ``but_end`` is the reason but for
    the sentence that says that day, where there is one.
    """

    standing: ConsentStatus
    reason: str
    but_end: str = ""
    by: tuple[str, ...] = ()
    until: date | None = None
    missing: tuple[str, ...] = ()
    differ: bool = False
    names: str = ""

    @property
    def end(self) -> str:
        """The sentence that says the last day of a yes; empty where no day is set."""
        return end_words(self.until)

    @property
    def reason_without_end(self) -> str:
        """The reason where the last day of a yes is said elsewhere."""
        return self.but_end or self.reason

    @property
    def in_force(self) -> bool:
        """Whether there is a yes."""
        return self.standing is ConsentStatus.GIVEN


def end_words(until: date | None) -> str:
    """The sentence that says until when a yes holds; empty where no day is set."""
    return _("It holds until {day}.").format(day=show_date(until)) if until else ""


def shown_with(medicine: Medicine, event: ConsentEvent) -> bool:
    """Whether «Agreed to by» and «Agreed on» of a medicine show this yes."""
    return event.what == GIVEN and (event.use_key, event.giver, event.on) == (medicine.id, medicine.consented_by, medicine.consented_on)


def shows(consent_type: ConsentType, event: ConsentEvent) -> bool:
    """Whether an answer to a type is a yes that its medicine shows: one that counts."""
    return event.what == GIVEN and (event.channel in WRITTEN or not consent_type.written)


def said_of(
    medicine: Medicine, events: Iterable[ConsentEvent], consent_type: ConsentType, people: Iterable[Contact], pupil: Pupil
) -> list[ConsentEvent]:
    """What counts of the events of a medicine: all of them, unless a yes was typed or emptied with the medicine itself, which then counts instead."""
    said = [event for event in events if event.use_key in ("", medicine.id)]
    if any(shown_with(medicine, event) for event in said):
        return said
    return [*(event for event in said if not shows(consent_type, event)), *agreed(medicine, people, pupil)]


def agreed(medicine: Medicine, people: Iterable[Contact], pupil: Pupil) -> list[ConsentEvent]:
    """The yes that was typed or imported with a medicine, as an event: of the contact whose name it is, else of the pupil or of somebody not known.

    The name was typed by hand: it is matched to a parent, or to the pupil, by its letters.
    """
    if not medicine.consented_by or medicine.consented_on is None:
        return []
    holders = [contact for contact in people if contact.parental_responsibility]
    agreed_name = fold(medicine.consented_by)
    givers = [
        contact
        for contact in holders
        if agreed_name
        in {fold(contact.full_name), fold(f"{contact.forename or ''} {contact.surname}"), fold(f"{contact.title or ''} {contact.surname}")}
    ]
    giver = givers[0] if len(givers) == 1 else None
    by_pupil = giver is None and agreed_name in {fold(pupil.full_name), fold(pupil.legal_name)}
    return [
        ConsentEvent(
            id=f"{TYPED}{medicine.id}",
            pupil_id=medicine.pupil_id,
            consent_type="medicines",
            use_key=medicine.id,
            contact_id=giver.id if giver else None,
            what=GIVEN,
            by=PUPIL if by_pupil else PARENT,
            giver=medicine.consented_by,
            on=medicine.consented_on,
            channel="form",
            asked_about=medicine.name,
        )
    ]
