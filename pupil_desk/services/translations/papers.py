"""The papers that can be translated: letters by template, letters of the program's own words, and forms, each as its lines in English.

A form that is read back stays as it is, in English, with its boxes and its codes where they are: what is translated goes with it as a
leaf of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Section, items_of
from pupil_desk.domain.consents.consent import REQUEST, ConsentType
from pupil_desk.domain.papers.letter import LetterTemplate
from pupil_desk.domain.translations.translation import PaperLine, lines_of, text_in, wording_digest
from pupil_desk.services.accidents import head_words
from pupil_desk.services.consents import form_words, types
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import on_paper
from pupil_desk.services.incidents import leaf_words
from pupil_desk.services.leave import leave_words
from pupil_desk.services.letters import letter_templates
from pupil_desk.services.letters.letter_phrases import phrases_of
from pupil_desk.services.paper_forms.form_pages import form_pages
from pupil_desk.services.requests import letter_words as request_words
from pupil_desk.services.roles import Action
from pupil_desk.services.suspensions import letter_words as suspension_words
from pupil_desk.services.translations.fixed_papers import FixedPaper
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import consents, letters

LEAF_ABOUT, LEAF_REPLY, LEAF_INSTEAD, LEAF_MORE = "leaf-about", "leaf-reply", "leaf-instead", "leaf-more"
LEAF_OWN_BOX, LEAF_CHANGE, LEAF_WRITTEN = "leaf-own-box", "leaf-change", "leaf-written"
_LEAF: Mapping[str, str] = MappingProxyType(
    {
        LEAF_ABOUT: _("This page says what the form says that comes with it. Tick, sign and send back the form, not this page."),
        LEAF_REPLY: _("Please reply by {day}."),
        LEAF_INSTEAD: _("If no: "),
        LEAF_OWN_BOX: _(
            "The form also has a box for {forename} alone to tick, or to leave empty: to say no. Please leave it to {forename}. What follows from it stands beside the box."
        ),
        LEAF_CHANGE: _("You can change your mind later, either way. Just tell us: {reach}."),
        LEAF_MORE: _(
            "The form says more, in English: what was written for this time alone, who signs, what it means if nobody answers, how long an answer holds, and what we know that goes with it. Ask us to explain it to you: {reach}."
        ),
    }
)
"""What a leaf says of itself, beside the unit's own words; translated with them, and by whom they are."""
_IF_LEFT_OUT = _("If left out: ")
_OWN_BOX_OF_REQUEST = _(
    "The form also has a box for {forename} alone to tick, or to leave empty: to take part. Please leave it to {forename}. What follows from it stands beside the box."
)
_OF_FORM = frozenset({Section.CONSENT_WORDS, Section.CONSENT_EASY})
_BESIDES = ("purpose", "alternative", "withdrawal")
_USES = "uses"
NOTICE_TITLE = _("Privacy notice")
"""What the notice is called among the papers; its lines are its own (``pupil_desk/services/notices/notice_sheet.py``)."""
_LETTER, _FIXED, _CONSENT = "letter/", "fixed/", "consent/"  # what a key begins with


ENGLISH_ALONE = (
    on_paper.INCIDENT_REPORT.what,
    on_paper.INCIDENT_LETTER.what,
    on_paper.PROGRESS_REPORT.what,
    on_paper.STATEMENT.what,
    _("Letter at 16: the choice about sharing"),
    _("Exam timetable"),
    _("Copy of a record, and what stands before it"),
)
"""Papers for families of which no translation could be whole: their words are made from many small rules, or are what somebody wrote of a pupil."""


@dataclass(frozen=True, slots=True)
class TranslatablePaper:
    """One paper: its key, what it is called, the right that changes its words, its lines in English, and the digest of all its texts."""

    key: str
    title: str
    action: Action
    lines: tuple[PaperLine, ...]
    wording: str


def papers(desk: Desk) -> list[TranslatablePaper]:
    """Every letter and every form in use, letters first. Raises NotAllowed."""
    of_letters = [of_letter(template) for template in letter_templates.templates(desk)]
    of_fixed_papers = [of_fixed(paper) for paper in fixed_papers()]
    return [*of_letters, *of_fixed_papers, *(of_consent(consent_type) for consent_type in types.types(desk))]


def fixed_papers() -> list[FixedPaper]:
    """Every paper for families of the program's own words."""
    return [
        leave_words.LETTER,
        leave_words.LETTER_TO_PUPIL,
        *suspension_words.papers().values(),
        head_words.LETTER,
        leaf_words.LEAF,
        *request_words.papers().values(),
        *form_pages(),
    ]


def paper_named(desk: Desk, key: str) -> TranslatablePaper:
    """The paper of a key. Raises WrongUse where none in use has it."""
    paper = next((paper for paper in papers(desk) if paper.key == key), None)
    if paper is None:
        raise WrongUse(_("That letter or form is no longer in use. Look at the list again."))
    return paper


def worded_on(desk: Desk, paper: TranslatablePaper) -> date | None:
    """Since when the English of a paper in use reads as it does; None where it is as the program brings it."""
    if paper.key.startswith(_LETTER):
        identity = paper.key.removeprefix(_LETTER)
        templates = [template for template in letters.editions(desk.vault) if template.template_id == identity]
        editions = [(of_letter(template).wording, letter_templates.is_shipped(template), template.edition) for template in templates]
        history: Sequence[Row] = letters.history_of(desk.vault, identity)
    elif not paper.key.startswith(_CONSENT):
        return None
    else:
        identity = paper.key.removeprefix(_CONSENT)
        consent_types = [edition for edition in consents.editions(desk.vault) if edition.consent_type == identity]
        editions = [(of_consent(edition).wording, types.is_shipped(edition), edition.edition) for edition in consent_types]
        history = consents.history_of(desk.vault, identity)
    moments = {row["edition"]: row["at"] for row in history}
    first_moment = None
    for wording, is_shipped, number in reversed(editions):  # the earlier before the later
        if wording != paper.wording:
            break
        first_moment = None if is_shipped else moments[number]
    return local_time(first_moment).date() if first_moment else None


# -- letters


def of_letter(template: LetterTemplate) -> TranslatablePaper:
    """The letter by a template."""
    phrases = phrases_of(template).lines
    lines = (*lines_of("subject", _("Heading"), template.subject), *lines_of("body", _("Letter"), template.body), *phrases)
    return TranslatablePaper(
        f"{_LETTER}{template.template_id}",
        _("Letter: {name}").format(name=template.name),
        Action.EDIT_RECORD,
        lines,
        wording_digest([("subject", template.subject), ("body", template.body), *((line.key, line.english) for line in phrases)]),
    )


def letter_in(template: LetterTemplate, words: Mapping[str, str]) -> LetterTemplate:
    """The template in other words; its fields stay what they are."""
    return replace(template, subject=text_in("subject", template.subject, words), body=text_in("body", template.body, words))


# -- papers of the program's own words


def of_fixed(paper: FixedPaper) -> TranslatablePaper:
    """A paper whose words the program brings; its translation is the data officer's, as the words of the notice are."""
    lines = paper.lines
    wording = wording_digest([("prose", paper.prose), *((line.key, line.english) for line in lines)])
    return TranslatablePaper(f"{_FIXED}{paper.key}", paper.title, Action.EDIT_SETTINGS, lines, wording)


# -- forms for consents


def of_consent(consent_type: ConsentType) -> TranslatablePaper:
    """The form for a consent: the unit's own words on it, and those of the leaf itself."""
    leaf_lines = tuple(_leaf_lines(consent_type))
    texts = {name: getattr(consent_type, name) for name in _texts_of_consent(consent_type)}
    uses = {f"{_USES}/{use.key}": use.words for use in consent_type.use_list}
    return TranslatablePaper(
        f"{_CONSENT}{consent_type.consent_type}",
        _("Form: {name}").format(name=consent_type.name),
        Action.EDIT_CONSENT_TYPES,
        (*_consent_lines(consent_type), *leaf_lines),
        wording_digest([*texts.items(), *uses.items(), *((line.key, line.english) for line in leaf_lines)]),
    )


def _consent_lines(consent_type: ConsentType) -> Iterator[PaperLine]:
    for name, label in _texts_of_consent(consent_type).items():
        yield from lines_of(name, label, getattr(consent_type, name) or "")
    for use in consent_type.use_list:
        yield PaperLine(f"{_USES}/{use.key}", _("Use"), use.words)


def _texts_of_consent(consent_type: ConsentType) -> dict[str, str]:
    """The items of a type whose words stand on its form, with their labels; what it is for only where the words say it."""
    words = " ".join(getattr(consent_type, item.name) or "" for item in items_of(ConsentType) if item.facts.section in _OF_FORM)
    besides = [name for name in _BESIDES if name != "purpose" or "{purpose}" in words]
    return {
        item.name: item.label
        for item in items_of(ConsentType)
        if (item.facts.section in _OF_FORM or item.name in besides) and getattr(consent_type, item.name)
    }


def _leaf_lines(consent_type: ConsentType) -> Iterator[PaperLine]:
    of_request = {LEAF_INSTEAD: _IF_LEFT_OUT, LEAF_OWN_BOX: _OWN_BOX_OF_REQUEST} if consent_type.basis == REQUEST else {}
    needless = {
        *(() if consent_type.alternative or consent_type.own_alternative else (LEAF_INSTEAD,)),
        *(() if form_words.may_ever_object(consent_type) else (LEAF_OWN_BOX,)),
    }
    by_rule = {LEAF_WRITTEN: form_words.in_what_way(consent_type)}  # empty where there is nothing to say
    for key, words in {**_LEAF, **of_request, **by_rule}.items():
        if words and key not in needless:
            yield PaperLine(key, _("The page with the translation"), words.strip())


def consent_in(consent_type: ConsentType, words: Mapping[str, str]) -> ConsentType:
    """The type with the words of its form in another language; its rule stays what it is."""
    texts = {name: text_in(name, getattr(consent_type, name), words) for name in _texts_of_consent(consent_type)}
    uses = "\n".join(f"{use.key}: {words.get(f'{_USES}/{use.key}', use.words)}" for use in consent_type.use_list)
    return replace(consent_type, **texts, uses=uses or None)  # type: ignore[arg-type]  # each is a text of its own name
