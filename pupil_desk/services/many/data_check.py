"""The data-check slip: which of the items we hold a household is shown, to say whether they are still right.

An address, a telephone number or an e-mail is shown only to those who live there: a parent elsewhere may not know it, and
may not be meant to. Of contacts, each household sees itself alone. What stands in fields of the unit's own is told to nobody:
of a couple, each would read what is held of the other.
"""

from collections.abc import Callable, Iterator, Sequence

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.data_check import A_PARENT, YOU, CheckBox, DataCheck
from pupil_desk.documents.prose import Say, as_it_is
from pupil_desk.domain.care.health import DIETARY, HealthAnswer
from pupil_desk.domain.catalogue.items import Item, Section, program_items_of
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.services.care import health_answers
from pupil_desk.services.consents import giving, wrong_medicines
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import kind as reply_words

_HEALTH = _("Health")
_OF_THE_FAMILY = ("surname", "forename", "middle_names", "preferred_surname", "preferred_forename", "dob")
_OF_THE_PUPIL = (Section.CHARACTERISTICS,)
_MAY_BE_NONE = frozenset(
    {"middle_names", "preferred_surname", "preferred_forename", "address_2", "locality", "county"}
)  # nothing is missing without them
_NOT_ASKED = frozenset({"ethnicity_source", "order", "parental_responsibility"})  # ours to know, or the law's to say
_OF_ITEMS, _OF_MEDICINES, _OF_NOTHING_KNOWN = (
    ("health_item.what", "health_item.severity"),
    ("medicine.name", "medicine.dose", "medicine.taken"),
    ("health_none.said_by", "health_none.said_on"),
)
_OF_HEALTH = (*_OF_ITEMS, *_OF_MEDICINES, *_OF_NOTHING_KNOWN)


def data_check(
    desk: Desk, letter: Letter, asks: str, boxes: Sequence[CheckBox], wrong: Sequence[CheckBox] = (), *, say: Say = as_it_is
) -> DataCheck:
    """The slip for one household, or for a pupil from 16, with what is asked at its end and the boxes for it. ``wrong`` are the boxes of medicines."""
    agreed, forename = bool(wrong_medicines.agreed(desk, letter.pupil.id)), letter.pupil.preferred_forename or letter.pupil.forename
    return DataCheck(
        if_wrong=wrong_medicines.effect(forename, agreed=agreed, has_boxes=bool(wrong)),
        form_to=YOU if wrong_medicines.may_agree(desk, letter) else forename if letter.contacts else A_PARENT,
        printed_on=show_date(desk.today),
        unit=desk.settings.name,
        pupil=letter.pupil.legal_name,
        parents=letter.addressee,
        pupil_asked=not letter.contacts,
        parts=tuple(_parts(desk, letter)),
        asks=asks,
        boxes=boxes,
        wrong=wrong,
        wrong_under=_HEALTH,
        return_to=reply_words.return_to(desk, say=say),
        reply_by=show_date(reply_words.reply_by(desk)),
        whom_to_tell=reply_words.whom_to_tell(desk, say=say),
    )


def items_told(desk: Desk, letter: Letter) -> tuple[str, ...]:
    """The items of the catalogue that the slip tells its household, where something is held, by ``record.attribute``."""
    answer = _health(desk, letter)
    item_paths = []
    for _title, record, items in items_by_part(letter.pupil, letter.contacts):
        kind = "pupil" if isinstance(record, Pupil) else "contact"
        item_paths += [f"{kind}.{item.name}" for item in items if getattr(record, item.name) not in (None, "")]
    item_paths += _OF_ITEMS * bool(answer.items) + _OF_MEDICINES * bool(answer.medicines) + _OF_NOTHING_KNOWN * (answer.none is not None)
    item_paths += ["medicine.stored"] * any(medicine.stored for medicine in answer.medicines)
    return tuple(dict.fromkeys(item_paths))


def line_key(record: Pupil | Contact, name: str) -> str:
    """The key of the line on which an item of a record stands."""
    return f"{record.id}.{name}"


def _parts(desk: Desk, letter: Letter) -> Iterator[tuple[str, Sequence[tuple[str, str, str]]]]:
    for title, record, items in items_by_part(letter.pupil, letter.contacts):
        facts = [
            (
                item.label,
                show(item, getattr(record, item.name)) or (_("none") if item.name in _MAY_BE_NONE else ""),
                line_key(record, item.name),
            )
            for item in items
        ]
        of_health = [(label, words, "") for label, words in _health_facts(desk, letter)] if title == _HEALTH else []
        yield title, [*facts, *of_health]


def _health(desk: Desk, letter: Letter) -> HealthAnswer:
    return health_answers.answers(desk.vault, [letter.pupil.id])(letter.pupil, desk.today)


def _health_facts(desk: Desk, letter: Letter) -> list[tuple[str, str]]:
    """What is held beside the notes; where nothing of any kind is, who said so, or how to say so: it is entered under Health, None at all."""
    answer, giving_rule = _health(desk, letter), giving.rule_of_pupil(desk, letter.pupil.id)
    facts = [
        (_("Allergies and conditions"), "; ".join(health_answers.item_with_kind(item) for item in answer.items if item.kind != DIETARY)),
        (_("Diet"), "; ".join(item.what for item in answer.items if item.kind == DIETARY)),
        (_("Medicines"), "; ".join(map(giving_rule.words_of, answer.medicines))),
    ]
    if answer.held:
        return facts
    nothing_words = (
        health_answers.nothing_recorded_words(answer)
        if answer.none
        else _("Nobody has told us yet. Write “none known” if you know of nothing.")
    )
    return [*facts, (_("Is there nothing to know?"), nothing_words)]


def items_by_part(pupil: Pupil, household: Sequence[Contact]) -> Iterator[tuple[str, Pupil | Contact, list[Item]]]:
    """Each part of the slip for those who are asked, or for the pupil where nobody else is: its title, whose items it shows, and which."""
    yield _("Name and birth"), pupil, _items(pupil, lambda item: item.name in _OF_THE_FAMILY)
    if not household or all(contact.lives_with for contact in household):
        yield _("Address and contact details"), pupil, _items(pupil, lambda item: item.section is Section.ADDRESS)
    yield _("About the pupil") if household else _("About you"), pupil, _items(pupil, lambda item: item.section in _OF_THE_PUPIL)
    yield _HEALTH, pupil, _items(pupil, lambda item: item.name == "medical")
    for contact in household:
        yield contact.full_name, contact, _items(contact, _not_an_address if contact.lives_with else _any)


def _not_an_address(item: Item) -> bool:
    return item.name not in ADDRESS


def _any(item: Item) -> bool:
    return True


def _items(record: Pupil | Contact, is_included: Callable[[Item], bool]) -> list[Item]:
    return [item for item in program_items_of(type(record)) if item.name not in _NOT_ASKED and is_included(item)]


def items_possible() -> tuple[str, ...]:
    """Every item that a slip can tell a family, whoever lives where: for the record of what is done with the data."""
    candidates = (
        *(
            ("pupil", item)
            for item in program_items_of(Pupil)
            if item.name in (*_OF_THE_FAMILY, "medical") or item.section in (Section.ADDRESS, *_OF_THE_PUPIL)
        ),
        *(("contact", item) for item in program_items_of(Contact)),
    )
    return (*(f"{kind}.{item.name}" for kind, item in candidates if item.name not in _NOT_ASKED), *_OF_HEALTH)
