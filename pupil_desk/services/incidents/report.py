"""The report to the parents about a pupil's part in an incident: one letter for each household, with every other child taken out.

To each holder of parental responsibility, and who has the care of a pupil with whom none of them lives, who is under no order and from whom
it is not withheld, from the signed account as it stands.
What it must tell: Education and Inspections Act 2006 section 93A and the regulations of 2025 (``resources/incidents/duties.toml``; sure: medium).
"""

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefiles import rule_text
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.blocks import Block, texts_of
from pupil_desk.documents.papers import incident_report
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.prose import Filling
from pupil_desk.documents.reading import proof
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.incidents.duties import limits
from pupil_desk.domain.incidents.incident import (
    HURT,
    IN_REPORT,
    MINUTES_OF,
    OF_SEARCH,
    Incident,
    IncidentCase,
    IncidentEventKind,
    is_ordinary,
)
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.requests.withholding import WITHHELD, needle_counts
from pupil_desk.domain.unit.kind import kind_of
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.incidents import report_leaf, told_account
from pupil_desk.services.incidents.naming import ANOTHER_PUPIL, LETTERS, NamedPlace, ReportPlace, ToldTexts
from pupil_desk.services.incidents.told_account import OwnWords, as_told, is_done_to, names_for, signed_case, told_case
from pupil_desk.services.notices import notices
from pupil_desk.services.roles import Action

_CORAM = "https://childlawadvice.org.uk"  # as in the letter about a suspension (domain reference, 18), checked 2026-11-28


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLetter(HouseholdPaper):
    """The report to one household, and the texts of the account as it tells them."""

    told_texts: ToldTexts


def households(desk: Desk, entry_id: str) -> list[Letter]:
    """To whom the report goes, one letter for each household; who has no postal address has one to be handed over or sent by e-mail.

    Raises NotAllowed, WrongUse where no signed account is on file.
    """
    return addressed(desk, signed_case(desk, entry_id))


def addressed(desk: Desk, case: IncidentCase) -> list[Letter]:
    """The households to which a paper about an entry may go, signed or not: whose members are not all kept from it."""
    letters = []
    for letter in notices.letters_of(desk, case.now.pupil_id, carers=True, without_address=True).letters:
        told = tuple(contact for contact in letter.contacts if not case.last(IncidentEventKind.WITHHELD, contact.id))
        if told:
            letters.append(dataclasses.replace(letter, contacts=told))
    return letters


def why_nobody(desk: Desk, case: IncidentCase) -> str:
    """Why there is no household to which a report or a letter about an entry goes, in a sentence."""
    mailing = notices.letters_of(desk, case.now.pupil_id, carers=True, without_address=True)
    reasons = [
        *([_("it is withheld from a parent")] if any(letter.contacts for letter in mailing.letters) else []),
        *([_("a parent is under an order or restriction")] if mailing.left_out else []),
    ]
    return _("There is nobody to whom it goes: {why}.").format(why=join_words(reasons) or _("no parent is on file"))


def places(desk: Desk, entry_id: str, own_words: OwnWords | None = None) -> tuple[NamedPlace, ...]:
    """Every place of the account that is taken out of the report of any household, in order, doubtful ones too: to be looked at, and let stand."""
    places_found: dict[ReportPlace, NamedPlace] = {}
    case = told_case(desk, entry_id, own_words)
    for letter in households(desk, entry_id):
        for named_place in names_for(desk, case, letter.contacts).places():
            places_found.setdefault(named_place.place, named_place)
    return tuple(places_found.values())


def proposal(desk: Desk, entry_id: str, contact_id: str) -> dict[str, str]:
    """What the report to one parent may say in place of the account: ``told_account.proposal`` for who gets it."""
    readers = [letter.contacts for letter in households(desk, entry_id) if any(contact.id == contact_id for contact in letter.contacts)]
    return told_account.proposal(desk, entry_id, readers[0] if readers else ())


def letters(
    desk: Desk, entry_id: str, stays: Collection[ReportPlace] = (), marked: Collection[ReportPlace] = (), own_words: OwnWords | None = None
) -> Iterator[IncidentLetter]:
    """The reports about one entry, one for each household. ``stays`` are the places that somebody looked at and let stand, ``marked`` those that
    somebody marked to be taken out besides, both in the texts as they are told: in ``own_words`` words where other pupils are in the account.

    Logged by ``log_print``, recorded as sent by ``recording.record``. Raises NotAllowed, WrongUse where no signed account is on file.
    """
    case = told_case(desk, entry_id, own_words)
    desk.require(Action.PRINT_FORM, "pupil", case.now.pupil_id)
    prose = rule_text("words", "en", "incident_report.md")
    for number, letter in enumerate(households(desk, entry_id), start=1):
        told_texts = names_for(desk, case, letter.contacts).told(stays, marked)
        story = _story(desk, case, letter, prose, told_texts.texts)
        blank = _story(desk, case, letter, prose, told_texts.blank)
        leaf = report_leaf.leaf_for(desk, letter, case.now)
        yield IncidentLetter(
            letter,
            story,
            _tells(case.now).what,
            f"{_log_word(case.now)}-{letter.pupil.ref}-{number}",
            partial(prove, told_texts, [*leaf.story, *blank], [*leaf.story, *story]),
            language=leaf.language,
            translated=leaf.story,
            translation=leaf.translation,
            lang=leaf.lang,
            in_english_because=leaf.in_english_because,
            told_texts=told_texts,
        )


def log_print(desk: Desk, entry_id: str, printed: Sequence[Letter] | None = None, own_words: OwnWords | None = None) -> None:
    """Log that reports about an entry were printed, and what they tell to whom: those of these households, or of all, in ``own_words`` words."""
    log_prints(desk, {entry_id: households(desk, entry_id) if printed is None else printed}, {entry_id: own_words})


def log_prints(desk: Desk, printed_by_entry: Mapping[str, Sequence[Letter]], own_words: Mapping[str, OwnWords | None]) -> None:
    """The same of several entries, of all or of none; ``own_words`` by entry."""
    by_entry: list[tuple[Incident, list[tuple[Letter, str]]]] = []
    for entry_id, households_printed in printed_by_entry.items():
        incident = told_case(desk, entry_id, own_words[entry_id]).now
        desk.require(Action.PRINT_FORM, "pupil", incident.pupil_id)
        by_entry.append((incident, [(letter, report_leaf.language_of(desk, letter)) for letter in households_printed]))
    if not by_entry:
        return
    languages = {language for _incident, of_entry in by_entry for _letter, language in of_entry}
    log_words = [on_paper.in_languages(_log_word(incident), languages) for incident, _of_entry in by_entry]
    with desk.act(Action.PRINT_FORM, "pupil", by_entry[0][0].pupil_id, log_words[0]) as work:
        for (incident, _of_entry), words in zip(by_entry[1:], log_words[1:], strict=True):
            work.note(Action.PRINT_FORM, "pupil", incident.pupil_id, words)
        for incident, of_entry in by_entry:
            for letter, language in of_entry:
                on_paper.keep(work, _told(incident), [letter], language=language)


def why_no_letter(incidents: Sequence[Incident]) -> str:
    """Why there is no letter home about any of these entries of one incident; empty where there is one, once the account is signed."""
    if all(is_ordinary(incident.kind) for incident in incidents):
        return _("No letter is made of a reward or of ordinary behaviour")
    return "" if any(map(is_cause_of_letter, incidents)) else _("Nobody in it was hurt, searched or held")


def is_cause_of_letter(incident: Incident) -> bool:
    """Whether the pupil of an entry was held, or else hurt or wronged, or searched: not in a reward or ordinary behaviour."""
    return not is_ordinary(incident.kind) and (incident.restrictive or bool(incident.search) or _is_hurt(incident))


def _is_hurt(incident: Incident) -> bool:
    injury = (incident.injury or "").strip(" .").casefold()
    return incident.part == HURT or injury not in ("", _("None").casefold())


def prove(told_texts: ToldTexts, blank: list[Block], story: list[Block], stamp: str, pdf: bytes) -> None:
    """Read again what was made. Raises WrongUse if a name that was taken out stands in it where neither we nor a decision put it."""
    allowed = told_texts.remaining + needle_counts((*texts_of(blank), stamp), told_texts.needles)
    counts = needle_counts((*texts_of(story), stamp), told_texts.needles)
    leaked = {needle for needle in told_texts.needles if counts[needle] > allowed[needle]}
    leaked |= set(proof.still_in_pdf(pdf, told_texts.needles, counts & allowed, [stamp]))
    if leaked:
        words = _(
            "The report was not made: names that are left out were still found in it ({number}). Write down what you did, and tell who looks after the program."
        )
        raise WrongUse(words.format(number=len(leaked)))


def _story(desk: Desk, case: IncidentCase, letter: Letter, prose: str, texts: Mapping[str, str]) -> list[Block]:
    """The letter, with ``texts`` in place of what stands in the account."""
    filling = filling_of(desk, case, letter.pupil.preferred_forename or letter.pupil.forename, texts)
    return story_of(desk, prose, filling, Envelope.of(letter, desk.settings, desk.today))


def story_of(desk: Desk, prose: str, filling: Mapping[str, Filling], envelope: Envelope) -> list[Block]:
    """The paper by its prose, without the parts in which there is nothing to say, signed by the head."""
    parts = {
        incident_report.HAPPENED: ("account",),
        incident_report.LED_TO_IT: ("led_to_it",),
        incident_report.TRIED: ("tried",),
        incident_report.DONE: ("done",),
        incident_report.NECESSARY: ("necessary",),
        incident_report.INJURY: ("injury", "first_aid"),
        incident_report.AFTERWARDS: ("support", "debrief"),
    }
    prose = prose if filling["how_long"] else "\n".join(line for line in prose.splitlines() if "{how_long}" not in line)
    left_out = [heading for heading, names in parts.items() if not any(filling[name] for name in names)]
    signer, role = (desk.settings.head, _("Head of the unit")) if desk.settings.head else (_("The head of the unit"), "")
    return incident_report.incident_report_story(prose, filling, envelope, signer=signer, role=role, left_out=left_out)


def filling_of(desk: Desk, case: IncidentCase, forename: str, texts: Mapping[str, str]) -> dict[str, Filling]:
    """What stands in the places of the prose."""
    incident, settings = as_told(case.now), desk.settings
    reach = ", ".join(part for part in (*settings.name_and_address[1:], settings.email, settings.phone) if part)
    return {
        **{name: texts.get(name, "") for name in ("led_to_it", "tried", "necessary", "support")},
        "account": texts.get("account") or _not_given(desk, case, forename),
        "injury": _("Injuries: {text}").format(text=texts["injury"]) if "injury" in texts else "",
        "first_aid": _("First aid: {text}").format(text=texts["first_aid"]) if "first_aid" in texts else "",
        "title": _tells(incident).what,
        "pupil": forename,
        "unit": settings.name,
        "day": show_date(incident.day),
        "time": _time(incident),
        "place": texts.get("place") or _("not recorded"),
        "how_long": _how_long(incident),
        "law": _law(incident, forename),
        "done": "\n".join(_done_words(incident, forename, texts)),
        "debrief": _debrief(desk, case, forename),
        "head": settings.head or _("the head of the unit"),
        "reach": f"{reach}." if reach else "",
        "board": kind_of(settings.kind).board,
        "left_out": _left_out(texts, forename),
        "coram_page": _CORAM,
    }


def _left_out(texts: Mapping[str, str], forename: str) -> str:
    """What the sign means that stands in the account in place of words, where it does."""
    has_letters = any(ANOTHER_PUPIL.format(letter=letter).casefold() in text.casefold() for text in texts.values() for letter in LETTERS)
    if not has_letters and not any(WITHHELD in text for text in texts.values()):
        return ""
    words = _("Where {signs} stands, we left out words that could tell you who another child or another family is.")
    signs = [_("“another pupil” with a letter")] if has_letters else []
    signs += [WITHHELD] if any(WITHHELD in text for text in texts.values()) else []
    parts = [words.format(signs=_(" or ").join(signs))]
    if has_letters:
        parts.append(_("The letters tell one child from another in this report alone; they are nobody’s initials."))
    return " ".join([*parts, _("{pupil} has the same right when we write to others.").format(pupil=forename)])


def _not_given(desk: Desk, case: IncidentCase, forename: str) -> str:
    """That the account is left out since it tells of others, where it is, and that it can be asked for."""
    if not told_account.texts_to_reword(desk, signed_case(desk, case.now.entry_id)).get("account"):
        return ""
    words = _("We do not give the account here, since other children are in it. Ask us, and we tell you what concerns {pupil}.")
    return words.format(pupil=forename)


def _how_long(incident: Incident) -> str:
    how_long = count_of(incident.minutes, _("minute"), _("minutes")) if incident.minutes else _("not recorded")
    return how_long if is_done_to(incident) else ""


def _time(incident: Incident) -> str:
    if incident.time and incident.began and incident.began != incident.time:
        return _("{time}; what was done began at {began}").format(time=incident.time, began=incident.began)
    return incident.began or incident.time or _("not recorded")


def _by_law(incident: Incident) -> bool:
    """Whether it is the report that the law asks for; else a letter home, such as about a search, or to whose child was hurt."""
    return incident.restrictive and incident.day >= limits().since


def _tells(incident: Incident) -> on_paper.Tells:
    return on_paper.INCIDENT_REPORT if _by_law(incident) else on_paper.INCIDENT_LETTER


def _told(incident: Incident) -> on_paper.Tells:
    """The same with the items alone of which something stands in this paper, of an entry as the paper tells it."""
    tells, told = _tells(incident), {f"incident.{name}" for name in IN_REPORT if getattr(incident, name)}
    return dataclasses.replace(tells, items=tuple(item for item in tells.items if item in told))


def _log_word(incident: Incident) -> str:
    return "incident-report" if _by_law(incident) else "incident-letter"


def _law(incident: Incident, forename: str) -> str:
    if not _by_law(incident):
        words = _("I am writing to tell you of an incident in which {pupil} had a part.")
        if incident.search:
            words = _("I am writing to tell you that {pupil} was searched.")
        elif incident.part == HURT:
            words = _("I am writing to tell you of an incident in which {pupil} was hurt or wronged.")
        return words.format(pupil=forename)
    return _(
        "I am writing to tell you of an incident in which staff had to restrict what {pupil} could do. The law asks us to record it, and to tell each parent of it in writing as soon as we can. I know that this may worry you."
    ).format(pupil=forename)


def _done_words(incident: Incident, forename: str, texts: Mapping[str, str]) -> Iterator[str]:
    """What was done, a paragraph for each."""
    if incident.force:
        yield " ".join((*_force_words(incident, forename), *_lasted_words(incident, "force")))
    if incident.seclusion:
        words = _("{pupil} was kept apart from others, watched over, in a place that {pupil} could not leave (seclusion).")
        yield " ".join((words.format(pupil=forename), *_lasted_words(incident, "seclusion")))
    if incident.restraint:
        words = _("Staff limited how {pupil} could move, without force (restraint).")
        yield " ".join((words.format(pupil=forename), *_lasted_words(incident, "restraint")))
    if incident.search:
        yield _("{pupil} was searched.").format(pupil=forename)
        for name in OF_SEARCH:
            if text := texts.get(name):
                yield _("{what}: {text}").format(what=item_named(Incident, name).label, text=text)


def _lasted_words(incident: Incident, name: str) -> Iterator[str]:
    """How long one intervention lasted, where it is recorded of it by itself."""
    if minutes := getattr(incident, MINUTES_OF[name]):
        yield _("That lasted {minutes}.").format(minutes=count_of(minutes, _("minute"), _("minutes")))


def _force_words(incident: Incident, forename: str) -> Iterator[str]:
    kind, degree = (
        codelist(name).label_of(code) if code else ""
        for name, code in (("force_kind", incident.force_kind), ("force_degree", incident.force_degree))
    )
    how_much, _colon, explanation = degree.partition(": ")
    yield _("Staff used reasonable force with {pupil}: they used their hands or bodies to control or hold {pupil}.").format(pupil=forename)
    if kind:
        yield _("Kind of force: {kind}.").format(kind=begun_small(kind))
    if degree:
        how_much = begun_small(how_much)
        yield _("How much: {degree}.").format(degree=f"{how_much} ({explanation})" if explanation else how_much)


def talked_words(case: IncidentCase, name: str) -> str:
    """That it was talked over with the pupil, and when; empty where it was not."""
    talked = case.last(IncidentEventKind.DEBRIEF_PUPIL)
    return _("We talked it over with {pupil} on {day}.").format(pupil=name, day=show_date(talked.on)) if talked else ""


def _debrief(desk: Desk, case: IncidentCase, forename: str) -> str:
    """Whether it was talked over with the pupil; else by when, where the rule asks for it."""
    if talked := talked_words(case, forename):
        return talked
    words = _("We offer {pupil} a talk about it when {pupil} is ready. You may come too.")
    return words.format(pupil=forename) if case.now.restrictive else ""
