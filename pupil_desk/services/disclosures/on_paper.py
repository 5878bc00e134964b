"""What a paper for a family tells of a pupil, and its rows in the log of disclosures, written as it is printed.

A paper that goes to a household, or to the pupil, tells somebody outside the unit: a letter, a notice, a form, a slip, a report.
What stays inside is no disclosure and has its row in the log of use alone: the pupil's sheet, registers, class lists, labels, cards for
the first-aid box, lists of what to check, copies of papers kept. Figures tell of no one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Purpose
from pupil_desk.domain.notices.addressees import ENGLISH, Letter
from pupil_desk.domain.sharing.recipients import FAMILY, PUPIL, register
from pupil_desk.services.desk import Work
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.disclosures.disclosures import Disclosure, Way

NAMES = ("pupil.surname", "pupil.forename")
"""The items that every paper about a pupil tells."""
PUBLIC_TASK = _("UK GDPR Article 6(1)(e), public task")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tells:
    """What one kind of paper is called, on what law and for what it is sent, and the items beside the pupil's name that it tells."""

    what: str
    law: str
    purpose: str
    items: tuple[str, ...] = ()


NOTICE = Tells(what=_("Privacy notice"), law=_("UK GDPR Articles 13 and 14"), purpose=Purpose.RIGHTS.value)
SHARING_CHOICE = Tells(
    what=_("Form: choice about sharing"),
    law=_("Education and Skills Act 2008, section 72"),
    purpose=Purpose.RIGHTS.value,
    items=("pupil.dob",),
)
NOTICE_SLIP = Tells(what=_("Slip: you have our privacy notice"), law=NOTICE.law, purpose=Purpose.RIGHTS.value, items=("pupil.dob",))
STATEMENT = Tells(what=_("Statement: who was told"), law=_("UK GDPR Articles 12 to 15"), purpose=Purpose.RIGHTS.value)
PROGRESS_REPORT = Tells(
    what=_("Progress report"),
    law=PUBLIC_TASK,
    purpose=Purpose.PROGRESS.value,
    items=(
        "mark.code",
        "assessment.subject",
        "assessment.result",
        "target_review.standing",
        "target_review.comment",
        "report_comment.text",
        "incident.kind",
        "incident.points",
    ),
)
SUSPENSION_LETTER = Tells(
    what=_("Letter about a suspension"),
    law=_("Education Act 2002, section 51A, and SI 2012/1033"),
    purpose=Purpose.LAW.value,
    items=("suspension.category", "suspension.start", "suspension.sessions", "suspension.reason_1", "suspension.circumstances"),
)

LEAVE_LETTER = Tells(
    what=_("Letter about leave"),
    law=PUBLIC_TASK,
    purpose=Purpose.LAW.value,
    items=tuple(
        f"leave_request.{name}"
        for name in ("first_day", "last_day", "purpose", "received_on", "outcome", "granted_from", "granted_until", "decision_reason")
    ),
)

INCIDENT_REPORT = Tells(
    what=_("Report about an incident"),
    law=_(
        "Education and Inspections Act 2006, section 93A, and the Schools (Recording and Reporting of Seclusion and Restraint) (No. 2) (England) Regulations 2025"
    ),
    purpose=Purpose.LAW.value,
    items=(
        "incident.day",
        "incident.time",
        "incident.began",
        "incident.place",
        "incident.account",
        "incident.led_to_it",
        "incident.tried",
        "incident.force",
        "incident.seclusion",
        "incident.restraint",
        "incident.search",
        "incident.force_kind",
        "incident.force_degree",
        "incident.minutes",
        "incident.force_minutes",
        "incident.seclusion_minutes",
        "incident.restraint_minutes",
        "incident.search_for",
        "incident.search_by",
        "incident.search_found",
        "incident.necessary",
        "incident.injury",
        "incident.first_aid",
        "incident.support",
    ),
)

INCIDENT_LETTER = replace(INCIDENT_REPORT, what=_("Letter about an incident"), law=PUBLIC_TASK, purpose=Purpose.CONTACT.value)
"""Of what is no restrictive intervention, such as a search: no law asks for it."""

HEAD_LETTER = Tells(
    what=_("Letter about a knock on the head"),
    law=PUBLIC_TASK,
    purpose=Purpose.CARE.value,
    items=("accident.day", "accident.time", "accident.place", "accident.injury", "accident.body_part", "accident.first_aid"),
)


def in_languages(log_words: str, languages: Iterable[str]) -> str:
    """What the log says of papers of one pupil: also in which languages, by code, they went beside the English."""
    further_languages = sorted(set(languages) - {ENGLISH})
    return f"{log_words} in {', '.join(further_languages)}" if further_languages else log_words


def data_check(items: Iterable[str]) -> Tells:
    """The slip on which a family says whether what is held is right: it tells what stands on it."""
    return Tells(
        what=_("Slip: is what we hold still right?"),
        law=_("UK GDPR Article 5(1)(d), accuracy"),
        purpose=Purpose.RIGHTS.value,
        items=tuple(items),
    )


def consent_form(title: str, *, with_medicines: bool, items: Iterable[str] = ()) -> Tells:
    """A form that asks for a consent; one about medicines tells which they are, and how they are taken. ``items`` are what else it tells."""
    of_medicines = ("medicine.name", "medicine.dose", "medicine.taken") if with_medicines else ()
    return Tells(
        what=_("Form: {title}").format(title=title),
        law=PUBLIC_TASK,
        purpose=Purpose.RIGHTS.value,
        items=("pupil.dob", *of_medicines, *items),
    )


def letter(name: str, items: Iterable[str]) -> Tells:
    """A letter by a template of that name, with the items that its fields tell."""
    return Tells(what=_("Letter: {name}").format(name=name), law=PUBLIC_TASK, purpose=Purpose.CONTACT.value, items=tuple(items))


def keep(work: Work, tells: Tells, letters: Iterable[Letter], *, language: str = ENGLISH) -> None:
    """Within the transaction of a print: one row for each household, or pupil, that the paper went to; ``language`` is in which, beside the English."""
    words = _in_language(_("Addressed to {who}."), language)
    rows = [
        _disclosure(tells, letter.pupil.id, FAMILY if letter.contacts else PUPIL, words.format(who=letter.addressee)) for letter in letters
    ]
    disclosures.keep(work, Way.PRINT, rows)


def keep_for_family(work: Work, tells: Tells, pupil_id: str, reason: str, *, language: str = ENGLISH) -> None:
    """The same of a paper that is given to a family by hand and addressed to no household; ``reason`` says to whom, in a sentence."""
    disclosures.keep(work, Way.PRINT, [_disclosure(tells, pupil_id, FAMILY, _in_language(reason, language))])


def _in_language(reason: str, language: str) -> str:
    if language == ENGLISH:
        return reason
    label = codelist("notice_language").label_of(language)
    return " ".join((reason, _("In {language}, with the English behind it.").format(language=label)))


def _disclosure(tells: Tells, pupil_id: str, to: str, reason: str) -> Disclosure:
    items = dict.fromkeys((*NAMES, *tells.items))
    return Disclosure(
        pupil_id=pupil_id,
        what=tells.what,
        to=to,
        recipient=register()[to].label,  # to whom by name stands in the reason
        law=tells.law,
        purpose=tells.purpose,
        fields=", ".join(items),
        reason=reason,
    )
