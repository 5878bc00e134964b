"""What a letter by template says beside its own words: our reference, and what fills its fields where that is words of ours."""

from collections.abc import Mapping

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.envelope import REFERENCE
from pupil_desk.documents.prose import AND
from pupil_desk.domain.papers.letter import LetterTemplate, fields_of
from pupil_desk.services.translations.fixed_papers import FixedPaper

SESSION, SESSIONS = _("{number} session"), _("{number} sessions")
ON_ONE_DAY, ON_DAYS = _("on {first}"), _("from {first} to {last}")
_YEAR_GROUP = "year group"
_OF_FIELD: Mapping[str, tuple[str, ...]] = {
    "salutation": (AND,),
    "parent name": (AND,),
    "sessions without leave": (SESSION, SESSIONS),
    "days without leave": (ON_ONE_DAY, ON_DAYS),
}


def phrases_of(template: LetterTemplate) -> FixedPaper:
    """What a letter by this template may say beside its own words, as sentences to be translated with them."""
    fields = fields_of(template)
    phrases = [phrase for field in fields for phrase in _OF_FIELD.get(field, ())]
    year_groups = [code.label for code in codelist("year_group").codes.values()] if _YEAR_GROUP in fields else []
    return FixedPaper(template.template_id, template.name, (), (REFERENCE, *phrases, *year_groups), last="")
