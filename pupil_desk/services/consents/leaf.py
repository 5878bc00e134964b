"""The page in the language of a household that goes with a consent's form.

The form itself stays in English, and is what is ticked, signed and read back: its boxes and its codes do not move, and who confirms it can
read it. The page has the unit's own words, as they were translated and checked. What is made from the rule for this one pupil (who signs,
what silence means, how long an answer holds) is on the form alone, and the page says so.
"""

from collections.abc import Mapping, Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers.consent_form import TranslatedLeaf, leaf_story
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.consent import ConsentType, fill_places
from pupil_desk.services.consents.form_parts import box_words, intro_words, lead_words, questions_of
from pupil_desk.services.translations.papers import LEAF_ABOUT, LEAF_INSTEAD, LEAF_MORE, LEAF_REPLY, consent_in


def leaf_in(
    consent_type: ConsentType,
    words: Mapping[str, str],
    places: Mapping[str, str],
    medicines: Sequence[Medicine],
    *,
    to_pupil: bool,
    easy: bool,
) -> list[Block]:
    """The page as blocks; ``words`` are what stands for each line of the type's form, ``places`` what is filled in, in English."""
    translated = consent_in(consent_type, words)
    yes, no = box_words(translated, to_pupil=to_pupil, easy=easy)
    leaf = TranslatedLeaf(
        title=translated.title,
        belongs_to=_("{title}: {pupil}").format(title=fill_places(consent_type.title, places), pupil=places["name"]),
        about=words[LEAF_ABOUT],
        reply=words[LEAF_REPLY],
        intro=intro_words(translated, to_pupil=to_pupil, easy=easy),
        lead=lead_words(translated, to_pupil=to_pupil, easy=easy),
        asks=tuple(
            (question.words, tuple(box for _key, box in question.boxes)) for question in questions_of(translated, medicines, yes, no)
        ),
        instead=words.get(LEAF_INSTEAD, ""),
        alternative=(translated.own_alternative if to_pupil else None) or translated.alternative or "",
        withdrawal=translated.withdrawal or "",
        explained=words[LEAF_MORE],
    )
    return leaf_story(leaf, {**places, "purpose": translated.purpose})
