"""Letters by template: the words of a template with its fields, and which letter was printed for whom."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.text import tidy, tidy_lines
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, item
from pupil_desk.domain.catalogue.validation import Problem

_LETTER = Facts(Section.PAPERS, Category.PAPERS, Purpose.CONTACT, Basis.PUBLIC_TASK)
LONGEST_NAME, LONGEST_SUBJECT, LONGEST_BODY = 80, 150, 8000  # characters
ASK = "ask:"
SIGNATURE = "signature"
IMPROVEMENT_END = "end of the improvement period"

FIELDS: Mapping[str, str] = {
    "forename": _("Pupil’s forename"),
    "full name": _("Pupil’s full name"),
    "date of birth": _("Pupil’s date of birth"),
    "year group": _("Pupil’s year group"),
    "reference": _("Our reference for the pupil"),
    "salutation": _("How the letter greets: Mrs Shah and Mr Shah"),
    "parent name": _("Full names of those the letter goes to"),
    "attendance this term": _("Attendance this term, in per cent"),
    "sessions missed this term": _("Sessions missed this term"),
    "sessions without leave": _("Sessions missed without leave, in the last school weeks"),
    "days without leave": _("When they were: from the first day to the last, or on the one day"),
    "without leave from": _("The first day of them"),
    "without leave to": _("The last day of them"),
    IMPROVEMENT_END: _("End of the improvement period: asked for, and kept with the pupil"),
    "first day": _("First day of the stay"),
    "last day": _("Last day of the stay"),
    "review day": _("Next review of the stay"),
    "unit name": _("Name of the unit"),
    "unit telephone": _("Telephone of the unit"),
    "unit e-mail": _("E-mail of the unit"),
    "head": _("Head of the unit"),
    "today": _("Today’s date"),
    SIGNATURE: _("Room for a signature"),
}
"""The closed list of fields, each with its words in the menu. None gives an address or a telephone number of a family: a
parent elsewhere may not know it, and may not be meant to."""

QUESTIONS: Mapping[str, str] = {IMPROVEMENT_END: _("Last day of the improvement period")}
"""The fields of the list that are asked for too, with the question."""

_FIELD = re.compile(r"\{\{([^{}]*)\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate:
    """One edition of a template; ``template_id`` is the same over all. A later edition takes its place, and none is overwritten."""

    id: str = ""
    template_id: str = ""
    edition: int = 0
    name: str = ""
    subject: str = ""
    body: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSent:
    """One letter printed for one person. ``contact_id`` is None when it was the pupil’s own. Never edited; its words are not kept.

    ``language`` is that in which it went beside the English, ``translation`` the version of its translation; None where it went in English alone.
    """

    id: str = ""
    pupil_id: str = ""
    template_edition: str = ""
    contact_id: str | None = None
    language: str = "en"
    translation: str | None = None
    letter: str = item(_("Letter"), Kind.NAME, facts=_LETTER, required=True)
    sent_to: str = item(_("Sent to"), Kind.NAME, facts=_LETTER, required=True, longest=255)
    on: date = item(_("Printed on"), Kind.DATE, facts=_LETTER, required=True)


@dataclass(frozen=True, slots=True)
class TemplatePiece:
    """A stretch of a template: words as they are, or the name of a field."""

    text: str = ""
    field: str = ""


def pieces(text: str) -> Iterator[TemplatePiece]:
    """The words and fields of a text, in order. Names of fields are tidied: «{{ Forename }}» is «forename»."""
    end = 0
    for match in _FIELD.finditer(text):
        if match.start() > end:
            yield TemplatePiece(text=text[end : match.start()])
        name = _field_name(match[1])
        yield TemplatePiece(field=name) if name else TemplatePiece(text=match[0])
        end = match.end()
    if end < len(text):
        yield TemplatePiece(text=text[end:])


def _field_name(text: str) -> str:
    name = tidy(text)
    if name.lower().startswith(ASK):
        return ASK + tidy(name[len(ASK) :])
    return name.lower()


def fields_of(template: LetterTemplate) -> list[str]:
    """The fields that a template uses, each once, in order."""
    all_pieces = (*pieces(template.subject), *pieces(template.body))
    return list(dict.fromkeys(piece.field for piece in all_pieces if piece.field))


def asked_by(template: LetterTemplate) -> list[str]:
    """What is asked for when its letters are made, each once, in order: «{{ask: day and time}}»."""
    return [QUESTIONS.get(field) or field.removeprefix(ASK) for field in fields_of(template) if field in QUESTIONS or field.startswith(ASK)]


def tidied_template(template: LetterTemplate) -> LetterTemplate:
    """The same with outer and double blanks gone."""
    return LetterTemplate(
        id=template.id,
        template_id=template.template_id,
        edition=template.edition,
        name=tidy(template.name),
        subject=tidy(template.subject),
        body=tidy_lines(template.body),
        retired=template.retired,
    )


def check_template(template: LetterTemplate) -> tuple[Problem, ...]:
    """What is wrong with a template's words, each with what to do."""
    return (
        *_missing(template),
        *_problems_in("subject", template.subject, LONGEST_SUBJECT),
        *_problems_in("body", template.body, LONGEST_BODY),
    )


def _missing(template: LetterTemplate) -> Iterator[Problem]:
    if not template.name:
        yield Problem("name", "missing", _("Enter a name for the letter, such as Invitation to a review."))
    elif len(template.name) > LONGEST_NAME:
        yield Problem("name", "too_long", _("Shorten the name to {most} characters.").format(most=LONGEST_NAME))
    if not template.subject:
        yield Problem("subject", "missing", _("Enter a heading: it stands above the letter, in bold."))
    if not template.body:
        yield Problem("body", "missing", _("Write what the letter says."))


def _problems_in(item_name: str, text: str, longest: int) -> Iterator[Problem]:
    if len(text) > longest:
        yield Problem(item_name, "too_long", _("Shorten this to {most} characters.").format(most=longest))
    for piece in pieces(text):
        if piece.field == ASK:
            yield Problem(item_name, "empty_question", _("Say after “ask:” what is to be asked, such as {{ask: day and time}}."))
        elif piece.field and not piece.field.startswith(ASK) and piece.field not in FIELDS:
            sentence = _("There is no field called “{field}”. Take one from Insert a field.")
            yield Problem(item_name, "unknown_field", sentence.format(field=piece.field))
        elif not piece.field and ("{{" in piece.text or "}}" in piece.text):
            yield Problem(item_name, "open_field", _("A field begins with {{ and ends with }}. One of the two is missing."))
