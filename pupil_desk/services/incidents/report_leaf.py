"""The leaf in the family's language that goes before the report about an incident.

The report itself is in English: it is what somebody wrote of one pupil. The leaf says in the family's language what the report is about, and that
we read it to them in theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.dates import show_date
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.prose import blocks_of
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.notices.addressees import ENGLISH, Letter
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents.leaf_words import LEAF
from pupil_desk.services.translations.fixed_papers import PaperWords, reach_of
from pupil_desk.services.translations.given import languages_of, translation_for
from pupil_desk.services.translations.translations import lang_of, why_in_english


@dataclass(frozen=True, slots=True)
class ReportLeaf:
    """The leaf of one household: its story, empty where the report goes in English alone, and then why. ``translation`` is which, ``lang`` its code with
    the script it is written in."""

    story: Sequence[Block] = ()
    language: str = ENGLISH
    translation: str | None = None
    lang: str = ""
    in_english_because: str = ""


def language_of(desk: Desk, letter: Letter) -> str:
    """The language of the leaf that a household gets; English for none."""
    translation = translation_for(desk, LEAF, languages_of(letter))
    return translation.language if translation is not None else ENGLISH


def leaf_for(desk: Desk, letter: Letter, incident: Incident) -> ReportLeaf:
    """The leaf of one household, where there is a translation that may be given."""
    translation = translation_for(desk, LEAF, languages_of(letter))
    if translation is None:
        return ReportLeaf(in_english_because=why_in_english(languages_of(letter)))
    words = PaperWords(LEAF, translation)
    filling = {
        "unit": desk.settings.name,
        "today": show_date(desk.today),
        "reader": words.together(letter.people),
        "day": show_date(incident.day),
        "pupil": letter.pupil.preferred_forename or letter.pupil.forename,
        "reach": reach_of(desk.settings),
    }
    story = [*blocks_of(words.prose(), filling), *words.of_itself(desk.settings)]
    return ReportLeaf(story, translation.language, translation.id, lang_of(translation))
