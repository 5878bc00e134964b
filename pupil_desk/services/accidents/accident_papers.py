"""Papers about an accident: its page of the accident book, for the unit, and the letter to a parent about a knock on the head."""

from collections.abc import Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.documents.accidents import accident_page
from pupil_desk.documents.accidents.accident_page import AccidentPage
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.prose import Filling, blocks_of
from pupil_desk.documents.typography.fonts import boxed
from pupil_desk.domain.accidents.accident import GROUPS, QUESTIONS, Accident, questions_asked
from pupil_desk.domain.accidents.riddor import riddor
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.accidents import head_words
from pupil_desk.services.accidents.recording import riddor_words
from pupil_desk.services.care import cards
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.roles import Action
from pupil_desk.services.translations.fixed_papers import PaperWords
from pupil_desk.services.translations.given import household_paper
from pupil_desk.store.rows import several
from pupil_desk.store.tables import contacts, pupils

BASE = accident_page.BASE
_REPORT = ("reported_on", "reported_by", "report_reference")


def page(desk: Desk, accident_id: str) -> tuple[list[Block], str]:
    """The page of the accident book about one, and its title; logged. Raises NotAllowed, WrongUse."""
    accident, pupil = _on_file(desk, accident_id)
    cards.log_each(desk, [pupil], "page of the accident book made")
    content = AccidentPage(
        title=_("Accident book"),
        pupil=_("{pupil}, born {day}: a pupil of {unit}").format(pupil=pupil.full_name, day=show_date(pupil.dob), unit=desk.settings.name),
        parts=[(heading, _facts(accident, _names_on_page(accident, names))) for heading, names in GROUPS],
        decision=riddor_words(accident) if riddor(accident).rule is not None else _("RIDDOR: not decided yet."),
        foot=cards.made_by(desk),
    )
    return accident_page.story(content), _("Accident book")


def head_letter(desk: Desk, accident_id: str) -> HouseholdPaper:
    """The letter to a parent about a knock on the head, in the language of who is given it. Logged by ``log_head_letter``.

    Raises NotAllowed; WrongUse where it was none of the head.
    """
    desk.require(Action.PRINT_FORM)
    accident, pupil = _on_file(desk, accident_id)
    if not accident.is_of_head:
        raise WrongUse(_("This letter is about a knock on the head. Say under Part of the body that it was one."))
    given_to = Letter(pupil=pupil, contacts=_given_to(desk, accident), address=())

    def story(words: PaperWords) -> list[Block]:
        return boxed(blocks_of(words.prose(), _filling(desk, accident, pupil, words)))

    return household_paper(desk, head_words.LETTER, given_to, f"head-letter-{pupil.ref}", story)


def _given_to(desk: Desk, accident: Accident) -> tuple[Contact, ...]:
    """The contact who is entered as told; else those with whom the pupil lives."""
    people = contacts.of_pupil(desk.vault, accident.pupil_id)
    contacts_told = [contact for contact in people if accident.parent and fold(contact.full_name) == fold(accident.parent)]
    return tuple(contacts_told or [contact for contact in people if contact.lives_with])


def _filling(desk: Desk, accident: Accident, pupil: Pupil, words: PaperWords) -> dict[str, Filling]:
    day, unit = show_date(accident.day), desk.settings
    first_aid = " ".join((accident.first_aid or "").split())
    return {
        "unit": unit.name,
        "pupil": pupil.full_name,
        "forename": pupil.preferred_forename or pupil.forename,
        "place": words.code("accident_place", accident.place),
        "injury": head_words.INJURY.format(
            injury=words.code("accident_injury", accident.injury), part=words.code("accident_body_part", accident.body_part)
        ),
        "when": words.say(head_words.WHEN).format(day=day, time=accident.time) if accident.time else day,
        "seen": words.say(head_words.SEEN) if accident.is_seen_well else "",
        "first_aid": words.say(head_words.FIRST_AID).format(what=first_aid) if first_aid else "",
        "phone": words.say(head_words.TELEPHONE).format(number=unit.phone, unit=unit.name)
        if unit.phone
        else words.say(head_words.OFFICE).format(unit=unit.name),
        "today": show_date(desk.today),
    }


def log_head_letter(desk: Desk, accident_id: str, paper: HouseholdPaper) -> None:
    """Log that the letter was printed, and what it tells to whom, in which language. Raises NotAllowed, WrongUse."""
    accident, pupil = _on_file(desk, accident_id)
    with desk.act(Action.PRINT_FORM, "pupil", pupil.id, on_paper.in_languages("head-injury-letter", [paper.language])) as work:
        reason = _("Given to {who}.").format(who=accident.parent or _("a parent or carer"))
        on_paper.keep_for_family(work, on_paper.HEAD_LETTER, pupil.id, reason, language=paper.language)


def _on_file(desk: Desk, accident_id: str) -> tuple[Accident, Pupil]:
    desk.require(Action.READ_RECORD)
    accident = several.get(desk.vault, Accident, accident_id)
    people = pupils.some(desk.vault, [accident.pupil_id]) if accident is not None else []
    if accident is None or not people:
        raise WrongUse(_("That accident is no longer on file. Open the pupil again."))
    return accident, people[0]


def _facts(accident: Accident, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Those that are entered: a page has room for no dashes."""
    by_name = {accident_item.name: accident_item for accident_item in items_of(Accident)}
    values = {name: getattr(accident, name) for name in names}
    return [(by_name[name].label, show(by_name[name], value)) for name, value in values.items() if value is not None]


def _names_on_page(accident: Accident, names: Sequence[str]) -> tuple[str, ...]:
    """Of what stands under a heading what is printed: of the questions those that matter, and of the report nothing before there is one."""
    left_out = set(QUESTIONS).difference(questions_asked(accident)) | (set() if accident.reported_on else set(_REPORT))
    return tuple(name for name in names if name not in left_out)


def place_words(accident: Accident) -> str:
    """Where it happened: the place, and where exactly."""
    place = codelist("accident_place").label_of(accident.place)
    return _("{place}, {detail}").format(place=place, detail=accident.place_detail) if accident.place_detail else place
