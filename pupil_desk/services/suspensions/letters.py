"""The letter to the family about a decision: one for each household with a holder of parental responsibility, and to who has the care of the pupil.

Who owes education from the sixth day, and who considers the decision, is as the kind of unit has it (``domain/unit/kind.py``).

What it must say: domain reference, 7 «Letter content» (SI 2012/1033; Education and Inspections Act 2006 sections 103 to 105, of which 103 and
104 were read on opsi.gov.uk and legislation.gov.uk, 2006 and 2012; sure: high). The duty of the first days lies on the parent to whom the
notice says so, and a parent is who has parental responsibility or the care of the pupil, a person and no authority (Education Act 1996
section 576, from memory; sure: medium). That we say so to those with whom the pupil lives, a foster carer among them, is our reading.
"""

from collections.abc import Iterator

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefiles import rule_text
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.papers import letters as letters_in_parts
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.prose import Filling
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.register.calendar import AM, Half
from pupil_desk.domain.suspensions.limit import BoardStep
from pupil_desk.domain.suspensions.steps import SuspensionContext, committee_step, day_six_of
from pupil_desk.domain.suspensions.suspension import LUNCHTIME, PERMANENT, SuspensionCase, SuspensionEventKind
from pupil_desk.domain.unit.kind import Owed, UnitKind
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.notices import notices
from pupil_desk.services.roles import Action
from pupil_desk.services.suspensions import marks
from pupil_desk.services.suspensions.decisions import Overview, overview

_TEMPLATES = {LUNCHTIME: "suspension_letter_lunchtime", PERMANENT: "suspension_letter_permanent"}
_INDEPENDENT = "suspension_letter_independent"
_PAGES = {
    "guidance_page": "https://www.gov.uk/government/publications/school-exclusion",
    "coram_page": "https://childlawadvice.org.uk",
    "ipsea_page": "https://www.ipsea.org.uk",
}
"""Whom the letter names for advice (domain reference, 18), checked 2026-11-28."""
_HAS_NEEDS = frozenset({"K", "E"})  # SEN support, and an education, health and care plan
_FIRST_DAYS = 10  # sessions: the five school days in which a parent answers for the pupil


def letters(desk: Desk, pupil_id: str, decision: str) -> Iterator[HouseholdPaper]:
    """The letters about one decision, one for each household; none to one under an order. Logged by ``log_print``. Raises WrongUse where the days that it names cannot be counted."""
    desk.require(Action.PRINT_FORM, "pupil", pupil_id)
    pupil_overview = overview(desk, pupil_id)
    case, kind = pupil_overview.case(decision), pupil_overview.pupil_facts.kind
    if not pupil_overview.calendar.confirmed or (case.suspension.permanent and day_six_of(case, pupil_overview.calendar) is None):
        raise WrongUse(
            _(
                "The letter names school days, and they cannot be counted: the school year in Settings is not confirmed, or ends before. A data officer enters and confirms it there."
            )
        )
    template = _TEMPLATES.get(case.suspension.category, "suspension_letter") if kind.reviews else _INDEPENDENT
    prose = rule_text("words", "en", f"{template}.md")
    signer = case.suspension.decided_by or desk.settings.head or _("The head of the unit")
    role = _("Head of the unit") if signer == desk.settings.head or not desk.settings.head else _("Acting head of the unit")
    households = _households(desk, pupil_id)
    someone_at_home = any(letter.at_home for letter in households)
    for number, letter in enumerate(households, start=1):
        forename = letter.pupil.preferred_forename or letter.pupil.forename
        envelope = Envelope.of(letter, desk.settings, desk.today)
        provision = case.suspension.sen_provision or letter.pupil.sen_provision
        parts_left_out = [] if day_six_of(case, pupil_overview.calendar) else [letters_in_parts.DAY_SIX]
        parts_left_out += [] if provision in _HAS_NEEDS else [letters_in_parts.NEEDS]
        parts_left_out.append(letters_in_parts.ELSEWHERE if letter.at_home or not someone_at_home else letters_in_parts.AT_HOME)
        filling = _filling(desk, pupil_overview, case, forename)
        story = letters_in_parts.letter_in_parts(prose, filling, envelope, signer=signer, role=role, left_out=parts_left_out)
        yield HouseholdPaper(letter, story, _("Letter about a suspension"), f"suspension-letter-{letter.pupil.ref}-{number}")


def _households(desk: Desk, pupil_id: str) -> list[Letter]:
    """To whom it goes: the holders of parental responsibility, and who has the care of a pupil with whom none of them lives."""
    return [letter for letter in notices.letters_of(desk, pupil_id, carers=True).letters if letter.contacts]


def log_print(desk: Desk, pupil_id: str) -> None:
    """Log that letters about a pupil's suspension were printed, and what they tell to whom."""
    desk.require(Action.PRINT_FORM, "pupil", pupil_id)
    with desk.act(Action.PRINT_FORM, "pupil", pupil_id, "suspension-letter") as work:
        on_paper.keep(work, on_paper.SUSPENSION_LETTER, _households(desk, pupil_id))


def _filling(desk: Desk, pupil_overview: Overview, case: SuspensionCase, forename: str) -> dict[str, Filling]:
    suspension, settings = case.suspension, desk.settings
    halves = case.halves or marks.marked(suspension, case.halves, desk)
    first, last = (halves[0], halves[-1]) if halves else ((suspension.start, suspension.session),) * 2
    at_home = halves[:_FIRST_DAYS] or (first,)
    back, six = pupil_overview.calendar.after(last), day_six_of(case, pupil_overview.calendar)
    reach = [*settings.name_and_address, settings.email, settings.phone]
    labels = [codelist("exclusion_reason").label_of(reason) for reason in suspension.reasons]
    day_six_step = case.step(SuspensionEventKind.DAY_SIX)
    return {
        **_PAGES,
        **_of_kind(pupil_overview, case, settings, forename),
        "pupil": forename,
        "unit": settings.name,
        "days": _days(suspension.days),
        "lunchtimes": _lunchtimes(suspension.sessions or 0),
        "dates": [show_date(day) for day, _half in case.halves],
        "first": _half_words(first),
        "last": _half_words(last),
        "back": _half_words(back) if back else _("the next term, on a day that we will tell you"),
        "reasons": [*map(begun_small, labels)],
        "circumstances": _ended(suspension.circumstances),
        "home": _("from {first} to {last}").format(first=show_date(at_home[0][0]), last=show_date(at_home[-1][0])),
        "day_six": _day_six(pupil_overview.pupil_facts.kind, case, show_date(six), forename, settings.authority) if six else "",
        "education": _ended(day_six_step.note if day_six_step else None) or _later(case, pupil_overview.pupil_facts.kind),
        "committee": _COMMITTEE[committee_step(case, pupil_overview.cases)],
        "send_to": ", ".join(part for part in reach if part) + ".",
        "authority": settings.authority or _("the council of the area where you live"),
    }


def _of_kind(pupil_overview: Overview, case: SuspensionCase, settings: UnitSettings, forename: str) -> dict[str, Filling]:
    """What differs by the kind of unit, and who may be asked for advice."""
    kind, suspension = pupil_overview.pupil_facts.kind, case.suspension
    length = _lunchtimes(suspension.sessions or 0) if suspension.category == LUNCHTIME else _days(suspension.days)
    lasts = _("from {day}, for {length}").format(day=show_date(suspension.start), length=length)
    return {
        "board": kind.board,
        "board_is": kind.board_is,
        "panel": kind.panel or _("the local authority or the academy trust"),
        "told_too": _told_too(pupil_overview.pupil_facts, forename),
        "what": _("permanently excluded") if suspension.permanent else _("suspended"),
        "how_long": _("from {day}").format(day=show_date(suspension.start)) if suspension.permanent else lasts,
        "sendiass": settings.sendiass
        or _("The SEND information, advice and support service (SENDIASS) of {authority}").format(
            authority=settings.authority or _("your local authority")
        ),
    }


def _ended(text: str | None) -> str:
    """What somebody typed, ended as a sentence."""
    words = (text or "").strip()
    return words if not words or words.endswith((".", "!", "?", "…")) else f"{words}."


def _told_too(pupil_facts: SuspensionContext, forename: str) -> str:
    """Who else is told, as the steps have it."""
    if pupil_facts.in_care:
        words = _("We tell {pupil}’s social worker and the virtual school head of the authority that looks after {pupil} too.")
    else:
        words = _("We tell {pupil}’s social worker too.") if pupil_facts.social_work else ""
    return words.format(pupil=forename)


_DAY_SIX = {
    Owed.UNIT: _("From {day} we must give {pupil} full-time education."),
    Owed.AUTHORITY: _("From {day} {authority} must arrange full-time education for {pupil}, since we are a unit that it maintains."),
    Owed.HOME_AUTHORITY: _("From {day} the local authority of the area where {pupil} lives must arrange full-time education for {pupil}."),
    Owed.UNKNOWN: _("From {day} {pupil} must be given full-time education. We will tell you who arranges it."),
}


def _day_six(kind: UnitKind, case: SuspensionCase, day: str, forename: str, authority: str | None) -> str:
    """Who owes education from the sixth day, in a sentence; empty where no law names anybody."""
    words = _DAY_SIX.get(kind.who_owes_education(permanent=case.suspension.permanent), "")
    return words.format(day=day, pupil=forename, authority=authority or _("the local authority"))


def _later(case: SuspensionCase, kind: UnitKind) -> str:
    if not kind.reviews:
        return ""
    if case.suspension.permanent:
        return _("It will tell you when, where, and whom to ask for.")
    return _("We will write to you at least 48 hours before, to tell you when and where it is, and whom to ask for.")


_COMMITTEE = {
    BoardStep.REPRESENTATIONS: _(
        "It must consider what you say. For a suspension of this length it need not meet you, and it cannot end the suspension."
    ),
    BoardStep.ON_REQUEST: _(
        "If you ask it to, it must meet within 50 school days to consider whether the pupil should be let back in. You may come to the meeting, bring a friend, be represented, or ask to take part by video."
    ),
    BoardStep.AUTOMATIC: _(
        "It must meet within 15 school days, whether or not you ask, to consider whether the pupil should be let back in. You may come to the meeting, bring a friend, be represented, or ask to take part by video."
    ),
}


def _days(days: float) -> str:
    if days == 1:
        return _("one school day")
    return _("half a school day") if days == 0.5 else _("{days} school days").format(days=f"{days:g}")


def _lunchtimes(number: int) -> str:
    return _("one lunchtime") if number == 1 else _("{number} lunchtimes").format(number=number)


def _half_words(half: Half) -> str:
    words = _("the morning of {day}") if half[1] == AM else _("the afternoon of {day}")
    return words.format(day=show_date(half[0]))
