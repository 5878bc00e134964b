"""What the privacy notice says of this unit: the filling of its prose, and the annex, made from the catalogue."""

import dataclasses
import hashlib
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache

from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefiles import by_rules, rule_text
from pupil_desk.basics.text import begun_small, capital
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.papers.notice import Annex, ItemRow, RecipientRow
from pupil_desk.documents.prose import Filling
from pupil_desk.domain.catalogue.catalogue import every_item, label_of
from pupil_desk.domain.catalogue.items import Basis, Category, Item, Purpose
from pupil_desk.domain.governance.retention import RECORD, RetentionClass, Schedule, proposed_schedule
from pupil_desk.domain.notices.edition import EditionContent, EditionItem, EditionRecipient, NoticeProse, as_filling
from pupil_desk.domain.sharing.recipients import NoticeUse, Recipient, register
from pupil_desk.domain.sharing.sharing import Level, heard_recipients, items_at
from pupil_desk.domain.sharing.unit_recipients import chosen_recipients, names_of, recipients_named
from pupil_desk.domain.unit.kind import kind_of
from pupil_desk.domain.unit.regulator import PAGE, Regulator, regulator_on
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.exports.export import Export
from pupil_desk.services.sharing import unanswered

SHIPPED = "shipped-"
"""The identity of the program's own words begins so."""

PAGES = {
    "dfe_share_page": "https://www.gov.uk/guidance/how-to-access-department-for-education-dfe-data-extracts",
    "dfe_requests_page": "https://www.gov.uk/government/publications/dfe-external-data-shares",
    "dfe_page": "https://www.gov.uk/guidance/data-protection-how-we-collect-and-share-research-data",
    "dfe_charter_page": "https://www.gov.uk/government/organisations/department-for-education/about/personal-information-charter",
    "lrs_page": "https://www.gov.uk/government/publications/lrs-privacy-notices",
    "ico_page": PAGE,
}
"""The pages of the government and of the regulator that the notice names: part of its wording."""


@by_rules
def prose(part: str = "notice", language: str = "en") -> str:
    """The words of the notice, as kept in ``resources/words``: ``notice`` is the front part, ``notice_more`` closes the annex.

    ``notice_pupil`` is the pupils' version, ``notice_easy`` the easy-read one. There is a translation of the front part into Arabic.
    """
    return rule_text("words", language, f"{part}.md")


def named_items(unnamed: Collection[str] = ()) -> dict[str, Item]:
    """The items of the catalogue that the notice names, by path; ``unnamed`` are kinds of record of which it need not tell (``uses.unnamed``)."""
    return {path: item for path, item in every_item().items() if path.partition(".")[0] not in unnamed}


def filling_of(settings: UnitSettings, day: date, schedule: Schedule | None = None, unnamed: Collection[str] = ()) -> dict[str, Filling]:
    """What fills the prose on a day; for details that are still missing (``missing_of``) neutral words stand.

    ``schedule`` is how long the unit keeps things (``Desk.schedule``); without one, what we propose. ``unnamed`` as in ``named_items``.
    """
    periods = schedule or proposed_schedule()
    entered = _entered(settings)
    details = {name: value or _MAY_BE_MISSING[name][1] for name, value in entered.items()}
    reach = [part for part in (settings.phone, settings.email) if part]
    return {
        "unit": settings.name,
        "controller": _controller(settings),
        "controller_name": settings.controller or settings.name,
        "unit_contact": _sentence([details["head"], *reach]),
        "unit_reach": _sentence([*settings.name_and_address, *reach]),
        "choices_contact": details["choices_contact"],
        "copy_contact": details["copy_contact"],
        "dpo": _sentence([details["dpo"], settings.dpo_email, settings.dpo_phone]),
        "youth_service": details["youth_service"],
        "youth_minimum": youth_minimum(settings),
        "youth_minimum_own": youth_minimum_own(settings),
        "youth_page": details["youth_service_page"],
        **unanswered.filling(settings.rules),
        "law_example": _("the school census") if kind_of(settings.kind).pupil_census else _("who joins and who leaves"),
        "also_told": also_told(settings),
        "also_told_own": also_told(settings, to_pupil=True),
        "also_told_arabic": also_told_arabic(settings),
        "authority": settings.authority or _("our local authority"),
        "authority_page": details["authority_page"],
        "tables_contact": _sentence([*(reach[:1] or [_("the unit’s office")]), settings.notice_page]),
        "kept_table": kept_table(unnamed),
        "categories": _categories(frozenset(unnamed)),
        "purposes": [purpose.value for purpose in Purpose],
        "kept_pupil": periods[RECORD].running,
        "kept_pupil_own": periods[RECORD].own,
        "kept_register": periods.register_law,
        "kept_pupil_arabic": in_arabic(periods[RECORD]),
        "kept_register_arabic": arabic_least(periods),
        **of_regulator(regulator_on(settings, day)),
        **PAGES,
    }


def missing_of(settings: UnitSettings) -> dict[str, str]:
    """The details that are still missing: what each is called, by the setting in which it is entered."""
    missing = {name: _MAY_BE_MISSING[name][0] for name, value in _entered(settings).items() if not value}
    return missing if settings.address_lines else {**missing, "address_1": _("Address of the unit")}


def _entered(settings: UnitSettings) -> dict[str, str | None]:
    """The details that may not be entered yet, by the names of ``_MAY_BE_MISSING``."""
    return {
        "head": settings.head,
        "choices_contact": _person(settings.choices_contact, settings.choices_role),
        "copy_contact": _person(settings.copy_contact, settings.copy_role),
        "dpo": settings.dpo,
        "youth_service": settings.youth_service,
        "youth_service_page": settings.youth_service_page,
        "authority_page": settings.authority_page,
    }


NOBODY_NAMED, NO_YOUTH_SERVICE = _("the head of the unit"), _("the local authority’s youth support service")
_MAY_BE_MISSING = {
    "head": (_("Head of the unit"), NOBODY_NAMED),
    "choices_contact": (_("Who takes families’ choices"), NOBODY_NAMED),
    "copy_contact": (_("Who answers requests for a copy"), NOBODY_NAMED),
    "dpo": (_("Data protection officer"), _("ask the unit’s office for the name")),
    "youth_service": (_("Youth support service"), NO_YOUTH_SERVICE),
    "youth_service_page": (_("The youth support service’s page"), _("ask the unit’s office for its page.")),
    "authority_page": (_("The authority’s page about pupils’ data"), _("ask the unit’s office for its page.")),
}
"""Details of the unit that may not be entered yet: what each is called, and the neutral words that stand for it; by the setting in which it is entered."""


def of_regulator(regulator: Regulator) -> dict[str, str]:
    """Of whom a complaint is made: the names in the prose and what fills them."""
    return {"regulator": regulator.name, "regulator_short": regulator.short, "ico_phone": regulator.phone}


def _controller(settings: UnitSettings) -> str:
    if settings.controller and settings.controller != settings.name:
        return _("{controller} is responsible").format(controller=settings.controller)
    return _("We are responsible")


def youth_minimum(settings: UnitSettings) -> str:
    """What the youth support service is told even of a pupil whose family restricted it, in words."""
    if settings.with_parent:
        return _("the child’s name, address and date of birth, and a parent’s name and address")
    return _("the child’s name, address and date of birth")


def youth_minimum_own(settings: UnitSettings) -> str:
    """The same, said to the pupil."""
    if settings.with_parent:
        return _("your name, address and date of birth, and a parent’s name and address")
    return _("your name, address and date of birth")


def kept_table(unnamed: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """What is kept and what for, a row for each purpose, the first row its heads: each category of the catalogue stands once, under the
    purpose that most of its items have."""
    return _kept_table(frozenset(unnamed))


@by_rules
def _kept_table(unnamed: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Remembered, as every notice asks for it: it goes through the whole catalogue."""
    purposes: dict[Category, Counter[Purpose]] = {}
    for item in named_items(unnamed).values():
        purposes.setdefault(item.facts.category, Counter())[item.facts.purpose] += 1
    rows: dict[Purpose, list[str]] = {purpose: [] for purpose in Purpose}
    for category in Category:
        if category in purposes:
            rows[purposes[category].most_common(1)[0][0]].append(category.value)
    return (
        (_("What we keep"), _("Main reason")),
        *((capital("; ".join(categories)), capital(purpose.value)) for purpose, categories in rows.items()),
    )


@by_rules
def _categories(unnamed: frozenset[str]) -> str:
    """Each category has commas of its own, so semicolons stand between them."""
    categories = {item.facts.category for item in named_items(unnamed).values()}
    names = [category.value for category in Category if category in categories]
    return _("{all}; and {last}").format(all="; ".join(names[:-1]), last=names[-1])


def _person(name: str | None, role: str | None) -> str:
    return f"{name} ({role})" if name and role else name or role or ""


def _sentence(parts: list[str | None]) -> str:
    return ", ".join(part for part in parts if part) + "."


@cache
def _arabic(name: str = "retention") -> Mapping[str, str]:
    with open(resource("words", "ar", f"{name}.toml"), "rb") as file:
        return dict(tomllib.load(file))


def in_arabic(retention: RetentionClass) -> str:
    """How long a class is kept, in Arabic. To be checked by a speaker, as all of those words are."""
    parts = [_arabic()[part.event.value].format(years=part.years) for part in retention.parts if not part.if_hurt]
    return _arabic()["and_at_least"].join(parts)


def arabic_least(schedule: Schedule) -> str:
    """How long each entry of the registers is kept at least, in Arabic."""
    return _arabic()["least"].format(years=schedule.register_years)


def shipped() -> NoticeProse:
    """The program's own words, in English and as usual."""
    front, last_part = prose(), prose("notice_more")
    digest = digest_of(front, last_part)
    return NoticeProse(id=f"{SHIPPED}{digest[:27]}", front=front, more=last_part, shipped=digest)


def digest_of(front: str, last_part: str) -> str:
    """The digest of two texts: whether the program's words are those that were there once."""
    return hashlib.sha256(f"{front}\0{last_part}".encode()).hexdigest()


def edition_text(
    settings: UnitSettings,
    day: date,
    words: NoticeProse | None = None,
    exports: Sequence[Export] = EXPORTS,
    schedule: Schedule | None = None,
    *,
    unnamed: Collection[str] = (),
) -> EditionContent:
    """All that an edition of these words says of this unit on a day. ``exports`` are those of the unit (``promised_exports``), ``unnamed`` as in
    ``named_items``."""
    words = words or shipped()
    filling = {name: as_filling(value) for name, value in filling_of(settings, day, schedule, unnamed).items()}
    kept = {name: retention.running for name, retention in (schedule or proposed_schedule()).classes.items()}
    items = {path: _edition_item(path, item, kept[item.facts.retention]) for path, item in named_items(unnamed).items()}
    recipients = {
        recipient.name: EditionRecipient(_name_of(recipient, settings), recipient.law, minimum, full)
        for recipient, minimum, full in _items_by_recipient(settings)
    }
    for export in exports:
        if export.name not in heard_recipients() and not _is_chosen(export):  # one that the law fixes, or a consent of its own
            law = _("Only with your consent. {law}").format(law=export.law) if export.basis is Basis.CONSENT else export.law
            recipients[export.name] = EditionRecipient(export.recipient, law, (), tuple(export.items))
    recipients |= {recipient.name: _said_of(recipient, settings) for recipient in recipients_named(settings) if recipient.covers}
    named = {name: _told_of(recipient, items) for name, recipient in recipients.items()}
    return EditionContent(words.front, words.more, filling, items, named)


def _is_chosen(export: Export) -> bool:
    """Whether it is for one with whom a unit may work: the register's own row says what they are told, and only where they are written down."""
    recipient = register().get(export.recipient_key)
    return recipient is not None and recipient.use is NoticeUse.CHOSEN


def _told_of(recipient: EditionRecipient, items: Mapping[str, EditionItem]) -> EditionRecipient:
    """A recipient with the items that the edition names."""
    minimum, full = (tuple(path for path in paths if path in items) for paths in (recipient.minimum, recipient.full))
    return dataclasses.replace(recipient, minimum=minimum, full=full)


def _said_of(recipient: Recipient, settings: UnitSettings) -> EditionRecipient:
    """What is said of a recipient of the register whom no choice of a family concerns."""
    return EditionRecipient(
        recipient.label, recipient.law, recipient.minimum, recipient.full, recipient.covers, names=names_of(recipient, settings)
    )


def also_told(settings: UnitSettings, *, to_pupil: bool = False) -> str:
    """The sentence that names those with whom the unit works, for everyone who has the notice, or with ``to_pupil`` to the pupil; empty where there are none."""
    sentences = [partner.said_own if to_pupil else partner.said for partner in chosen_recipients(settings)]
    if not sentences:
        return ""
    words = _("We also work with {whom}, and tell them what they need for it.")
    return words.format(whom=join_words(sentences))


def also_told_arabic(settings: UnitSettings) -> str:
    """The same sentence for everyone, in Arabic. To be checked by a speaker, as all of those words are."""
    words = _arabic("recipients")
    names = [words[partner.name] for partner in chosen_recipients(settings)]
    return words["sentence"].format(whom=words["joined"].join(names)) if names else ""


def annex_of(
    settings: UnitSettings,
    day: date,
    exports: Sequence[Export] = EXPORTS,
    schedule: Schedule | None = None,
    *,
    unnamed: Collection[str] = (),
) -> Annex:
    """The annex's tables as they are on a day: every item of the catalogue under its category, and every recipient with its items."""
    return annex_from(edition_text(settings, day, exports=exports, schedule=schedule, unnamed=unnamed))


def annex_from(edition: EditionContent) -> Annex:
    """The annex of an edition."""
    labels = {path: item.label for path, item in edition.items.items()}
    items: dict[str, dict[tuple[str, str, str, str], list[str]]] = {}
    for item in edition.items.values():
        items.setdefault(item.category, {}).setdefault((item.purpose, item.basis, item.kept, item.special), []).append(item.label)
    rows = [ItemRow(category, item_labels, *facts) for category, alike in items.items() for facts, item_labels in alike.items()]
    labels_by_recipient: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    said_by_recipient: dict[tuple[str, str], EditionRecipient] = {}  # who is told by an export too is said with what the register says
    for recipient in edition.recipients.values():
        key = (recipient.heading, recipient.law)
        if recipient.covers or key not in said_by_recipient:
            said_by_recipient[key] = recipient
        for recipient_labels, paths in zip(labels_by_recipient.setdefault(key, ([], [])), (recipient.minimum, recipient.full), strict=True):
            recipient_labels += [labels[path] for path in paths if labels[path] not in recipient_labels]
    recipient_rows = [
        RecipientRow(name, law, minimum, full, said.covers, names=said.names)
        for (name, law), (minimum, full) in labels_by_recipient.items()
        for said in (said_by_recipient[name, law],)
    ]
    return Annex(rows, recipient_rows, edition.more)


def _items_by_recipient(settings: UnitSettings) -> list[tuple[Recipient, tuple[str, ...], tuple[str, ...]]]:
    rules = settings.rules
    return [(r, items_at(r, Level.MINIMUM, rules), items_at(r, Level.FULL, rules)) for r in heard_recipients().values()]


def _name_of(recipient: Recipient, settings: UnitSettings) -> str:
    if recipient.name == "youth-support" and settings.youth_service:
        return _("{label}: {name}").format(label=recipient.label, name=settings.youth_service)
    return recipient.label


def _edition_item(path: str, item: Item, kept: str) -> EditionItem:
    """What the notice says of an item, but for who receives it; of a field of the unit's own also what it is held for, in the words of who made it."""
    facts = item.facts
    special = facts.special.value if facts.special else ""
    purpose = (
        _("{purpose} ({why})").format(purpose=facts.purpose.value, why=begun_small(item.reason)) if item.reason else facts.purpose.value
    )
    return EditionItem(label_of(path), facts.category.value, purpose, facts.basis.value, kept=kept, special=special)
