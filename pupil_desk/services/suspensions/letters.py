"""The letter to the family about a decision: one for each household with a holder of parental responsibility, and to who has the care of the pupil;
of a pupil of 18 or over one to the pupil alone, who then is the «relevant person» (SI 2012/1033 regulation 2, read in its explanatory note; sure: high).

Who owes education from the sixth day, and who considers the decision, is as the kind of unit has it (``domain/unit/kind.py``).

What it must say: domain reference, 7 «Letter content» (SI 2012/1033; Education and Inspections Act 2006 sections 103 to 105, of which 103 and
104 were read on opsi.gov.uk and legislation.gov.uk, 2006 and 2012; sure: high). The duty of the first days lies on the parent to whom the
notice says so, and a parent is who has parental responsibility or the care of the pupil, a person and no authority (Education Act 1996
section 576, from memory; sure: medium). That we say so to those with whom the pupil lives, a foster carer among them, is our reading.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import letters as letters_in_parts
from pupil_desk.documents.papers.envelope import ABOUT, Envelope
from pupil_desk.documents.prose import Filling
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.register.calendar import Half
from pupil_desk.domain.suspensions.steps import SuspensionContext, committee_step, day_six_of
from pupil_desk.domain.suspensions.suspension import LUNCHTIME, SuspensionCase, SuspensionEventKind
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.notices import notices
from pupil_desk.services.roles import Action
from pupil_desk.services.suspensions import letter_words, marks
from pupil_desk.services.suspensions.decisions import Overview, overview
from pupil_desk.services.translations.fixed_papers import PaperWords
from pupil_desk.services.translations.given import household_paper

_PAGES = {
    "guidance_page": "https://www.gov.uk/government/publications/school-exclusion",
    "coram_page": "https://childlawadvice.org.uk",
    "ipsea_page": "https://www.ipsea.org.uk",
}
"""Whom the letter names for advice (domain reference, 18), checked 2026-11-28."""
_HAS_NEEDS = frozenset({"K", "E"})  # SEN support, and an education, health and care plan
_FIRST_DAYS = 10  # sessions: the five school days in which a parent answers for the pupil


def letters(desk: Desk, pupil_id: str, decision: str) -> Iterator[HouseholdPaper]:
    """The letters about one decision, one for each household; none to one under an order. Logged by ``log_print``. Raises WrongUse for one broken off, and where the days that it names cannot be counted."""
    desk.require(Action.PRINT_FORM, "pupil", pupil_id)
    pupil_overview = overview(desk, pupil_id)
    case, kind = pupil_overview.case(decision), pupil_overview.pupil_facts.kind
    if case.broken_off:
        raise WrongUse(
            _(
                "It was cancelled, reinstated or entered by mistake, and the letter would say that it stands. Tell the family in your own words."
            )
        )
    if not pupil_overview.calendar.confirmed or (case.suspension.permanent and day_six_of(case, pupil_overview.calendar) is None):
        raise WrongUse(
            _(
                "The letter names school days, and they cannot be counted: the school year in Settings is not confirmed, begins later or ends before. A data officer enters and confirms it there."
            )
        )
    is_adult = pupil_overview.pupil_facts.is_adult(desk.today)
    paper = letter_words.paper_of(case.suspension.category, reviews=kind.reviews, adult=is_adult)
    households = _households(desk, pupil_id, adult=is_adult)
    someone_at_home = any(letter.at_home for letter in households)
    for number, letter in enumerate(households, start=1):
        make = partial(_story, desk, pupil_overview, case, letter, is_at_home=letter.at_home or not someone_at_home)
        yield household_paper(desk, paper, letter, f"suspension-letter-{letter.pupil.ref}-{number}", make)


def _story(
    desk: Desk, pupil_overview: Overview, case: SuspensionCase, letter: Letter, words: PaperWords, *, is_at_home: bool
) -> list[Block]:
    forename, head = letter.pupil.preferred_forename or letter.pupil.forename, desk.settings.head
    signer = case.suspension.decided_by or head or words.say(letter_words.THE_HEAD)
    is_head = signer == head or not head
    provision = case.suspension.sen_provision or letter.pupil.sen_provision
    left_out = [] if day_six_of(case, pupil_overview.calendar) else [letters_in_parts.DAY_SIX]
    left_out += [] if provision in _HAS_NEEDS else [letters_in_parts.NEEDS]
    left_out.append(letters_in_parts.ELSEWHERE if is_at_home else letters_in_parts.AT_HOME)
    return letters_in_parts.letter_in_parts(
        words.prose(left_out),
        _filling(desk, pupil_overview, case, forename, words),
        Envelope.of(letter, desk.settings, desk.today),
        signer=signer,
        role=words.say(letter_words.HEAD if is_head else letter_words.ACTING_HEAD),
        about=words.say(ABOUT),
    )


def _households(desk: Desk, pupil_id: str, *, adult: bool) -> list[Letter]:
    """To whom it goes: the holders of parental responsibility, and who has the care of a pupil with whom none of them lives; else the adult pupil."""
    return [letter for letter in notices.letters_of(desk, pupil_id, carers=True).letters if bool(letter.contacts) != adult]


def log_print(desk: Desk, paper: HouseholdPaper) -> None:
    """Log that a letter about a pupil's suspension was printed, and what it tells to whom, in which language."""
    pupil_id = paper.letter.pupil.id
    desk.require(Action.PRINT_FORM, "pupil", pupil_id)
    with desk.act(Action.PRINT_FORM, "pupil", pupil_id, on_paper.in_languages("suspension-letter", [paper.language])) as work:
        on_paper.keep(work, on_paper.SUSPENSION_LETTER, [paper.letter], language=paper.language)


def _filling(desk: Desk, pupil_overview: Overview, case: SuspensionCase, forename: str, words: PaperWords) -> dict[str, Filling]:
    settings, kind = desk.settings, pupil_overview.pupil_facts.kind
    reach = [*settings.name_and_address, settings.email, settings.phone]
    common = {
        **_PAGES,
        "pupil": forename,
        "unit": settings.name,
        "reasons": words.together([words.code("exclusion_reason", reason) for reason in case.suspension.reasons]),
        "circumstances": _ended(case.suspension.circumstances),
        "send_to": ", ".join(part for part in reach if part) + ".",
        "board": words.say(kind.board),
        "board_is": words.say(kind.board_is),
        "told_too": _told_too(pupil_overview.pupil_facts, forename, words),
        "sendiass": settings.sendiass
        or words.say(letter_words.SENDIASS).format(authority=settings.authority or words.say(letter_words.YOUR_AUTHORITY)),
        "education": _education(case, words),
    }
    if not kind.reviews:
        return common | _of_independent(case, words)
    return common | _of_review(pupil_overview, case, settings, words) | _of_days(desk, pupil_overview, case, forename, words)


def _of_independent(case: SuspensionCase, words: PaperWords) -> dict[str, Filling]:
    """What an independent unit's letter says of the decision."""
    suspension = case.suspension
    day, sessions = show_date(suspension.start), suspension.sessions or 0
    if suspension.permanent:
        return {"what": words.say(letter_words.EXCLUDED), "how_long": words.say(letter_words.FROM).format(day=day)}
    is_lunchtime = suspension.category == LUNCHTIME
    length = letter_words.lunchtimes_words(sessions, words) if is_lunchtime else letter_words.days_words(suspension.days, words)
    return {"what": words.say(letter_words.SUSPENDED), "how_long": words.say(letter_words.LASTS).format(day=day, length=length)}


def _of_review(pupil_overview: Overview, case: SuspensionCase, settings: UnitSettings, words: PaperWords) -> dict[str, Filling]:
    """Who considers the decision, and who can advise."""
    filling: dict[str, Filling] = {
        "committee": letter_words.to_reader(letter_words.COMMITTEE[committee_step(case, pupil_overview.cases)], words),
        "authority": settings.authority or words.say(letter_words.AN_AUTHORITY),
    }
    if case.suspension.permanent:
        filling["panel"] = words.say(pupil_overview.pupil_facts.kind.panel or letter_words.A_PANEL)
    return filling


def _of_days(desk: Desk, pupil_overview: Overview, case: SuspensionCase, forename: str, words: PaperWords) -> dict[str, Filling]:
    """The days of the decision, and the day from which education is owed."""
    suspension = case.suspension
    if suspension.category == LUNCHTIME:
        lunchtimes = letter_words.lunchtimes_words(suspension.sessions or 0, words)
        return {"lunchtimes": lunchtimes, "dates": words.together([show_date(day) for day, _half in case.halves])}
    halves = case.halves or marks.marked(suspension, case.halves, desk)
    first, last = (halves[0], halves[-1]) if halves else ((suspension.start, suspension.session),) * 2
    filling: dict[str, Filling] = {"first": letter_words.half_words(first, words)}
    if not pupil_overview.pupil_facts.is_adult(desk.today):
        filling["home"] = _at_home(case, halves[:_FIRST_DAYS] or (first,), words)
        filling["day_six"] = _day_six(pupil_overview, case, forename, desk.settings, words)
    if not suspension.permanent:
        back = pupil_overview.calendar.after(last)
        filling["days"] = letter_words.days_words(suspension.days, words)
        filling["work"] = letter_words.days_words(min(suspension.days, _FIRST_DAYS / 2), words)
        filling["last"] = letter_words.half_words(last, words)
        filling["back"] = letter_words.half_words(back, words) if back else words.say(letter_words.A_LATER_DAY)
    return filling


def _at_home(case: SuspensionCase, first_halves: Sequence[Half], words: PaperWords) -> str:
    """When a parent answers for the pupil: in the first days, or all of those there are."""
    first, last = first_halves[0][0], first_halves[-1][0]
    of_suspension = letter_words.THESE_DAYS if first < last else letter_words.THAT_DAY
    if (case.suspension.sessions or 0) > _FIRST_DAYS:
        of_suspension = letter_words.FIRST_DAYS
    when = letter_words.HOME if case.suspension.permanent else of_suspension
    return words.say(when).format(first=show_date(first), last=show_date(last))


def _ended(text: str | None) -> str:
    """What somebody typed, ended as a sentence."""
    sentence = (text or "").strip()
    return sentence if not sentence or sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _told_too(pupil_facts: SuspensionContext, forename: str, words: PaperWords) -> str:
    """Who else is told, as the steps have it."""
    if not pupil_facts.in_care and not pupil_facts.social_work:
        return ""
    return letter_words.to_reader(letter_words.TOLD_CARE if pupil_facts.in_care else letter_words.TOLD_SOCIAL_WORK, words).format(
        pupil=forename
    )


def _day_six(pupil_overview: Overview, case: SuspensionCase, forename: str, settings: UnitSettings, words: PaperWords) -> str:
    """Who owes education from the sixth day, in a sentence; empty where no law names anybody, and where there is no such day."""
    six, kind = day_six_of(case, pupil_overview.calendar), pupil_overview.pupil_facts.kind
    sentence = letter_words.DAY_SIX.get(kind.who_owes_education(permanent=case.suspension.permanent))
    if sentence is None or six is None:
        return ""
    authority = settings.authority or words.say(letter_words.THE_AUTHORITY)
    return words.say(sentence).format(day=show_date(six), pupil=forename, authority=authority)


def _education(case: SuspensionCase, words: PaperWords) -> str:
    """What was written of the education, else what follows, where the letter has that."""
    day_six_step = case.step(SuspensionEventKind.DAY_SIX)
    noted = _ended(day_six_step.note if day_six_step else None)
    follows = letter_words.TELL_WHEN if case.suspension.permanent else letter_words.WRITE_BEFORE
    return noted if noted or not words.has(follows) else words.say(follows)
