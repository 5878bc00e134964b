"""The page in the language of a household, or of a pupil who signs, that goes with a consent's form.

The form itself stays in English, and is what is ticked, signed and read back: its boxes and its codes do not move, and who confirms it can
read it. The page has the unit's own words, as they were translated and checked, with names, dates and medicines as they stand in the file.
What is made in English for this one pupil or occasion (who signs, what silence means, how long an answer holds, what is planned on a trip)
is on the form alone, and the page says so.
"""

from collections.abc import Iterator, Mapping, Sequence

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Run, Text
from pupil_desk.documents.papers.consent_form import TranslatedLeaf, leaf_story
from pupil_desk.documents.prose import filled_apart
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.consent import OF_MEDICINE, REQUEST, ConsentType, fill_places
from pupil_desk.services.consents.form_parts import box_words, intro_words, lead_words
from pupil_desk.services.translations.papers import (
    LEAF_ABOUT,
    LEAF_CHANGE,
    LEAF_INSTEAD,
    LEAF_MORE,
    LEAF_OWN_BOX,
    LEAF_REPLY,
    LEAF_WRITTEN,
    consent_in,
)

ENGLISH_PROSE = frozenset({"about", "own_say"})
"""Places that are filled in with sentences in English: on the page they stay empty."""


def leaf_in(
    consent_type: ConsentType,
    words: Mapping[str, str],
    places: Mapping[str, str],
    medicines: Sequence[Medicine],
    *,
    to_pupil: bool,
    easy: bool,
    has_own_box: bool,
) -> list[Block]:
    """The page as blocks; ``words`` are what stands for each line of the type's form, ``places`` what is filled in, in English.

    ``has_own_box``: the form has a box for the pupil's own word.
    """
    translated = consent_in(consent_type, words)
    data = {name: filling for name, filling in places.items() if name not in ENGLISH_PROSE}

    def fill(text: str, use: str = "") -> list[str | Run]:
        return filled_apart(text, data, {"purpose": translated.purpose, "use": use})

    boxes = box_words(translated, to_pupil=to_pupil, easy=easy)
    shown_boxes = tuple(reversed(boxes)) if consent_type.basis == REQUEST else boxes
    intro = (fill(line) for line in intro_words(translated, to_pupil=to_pupil, easy=easy).split("\n"))
    alternative = (translated.own_alternative if to_pupil else None) or translated.alternative or ""
    last_lines = (
        f"{words.get(LEAF_INSTEAD, '')} {alternative}" if alternative else "",
        words.get(LEAF_OWN_BOX, "") if has_own_box else "",
        words[LEAF_CHANGE],
        words.get(LEAF_WRITTEN, ""),
        translated.withdrawal or "",
        words[LEAF_MORE],
    )
    leaf = TranslatedLeaf(
        title=fill(translated.title),
        belongs_to=_("{title}: {pupil}").format(title=fill_places(consent_type.title, places), pupil=places["name"]),
        about=fill(words[LEAF_ABOUT]),
        reply=fill(words[LEAF_REPLY]),
        intro=[line for line in intro if _says_something(line)],
        lead=fill(lead_words(translated, to_pupil=to_pupil, easy=easy)),
        asks=[
            (question, [fill(box if "{use}" in box or not use else f"{box} ({{use}})", use) for box in shown_boxes])
            for question, use in _asked(translated, medicines)
        ],
        last_lines=[fill(line) for line in last_lines if line],
    )
    return leaf_story(leaf)


def _asked(translated: ConsentType, medicines: Sequence[Medicine]) -> Iterator[tuple[Text, str]]:
    """What is asked, one by one, with the use that it is about. A medicine is data, and is written as it is held."""
    if translated.per == OF_MEDICINE:
        for medicine in medicines:
            held = _("{name}: {dose}, {taken}").format(name=medicine.name, dose=medicine.dose, taken=begun_small(medicine.taken))
            yield [Run(held, lang="en-GB")], ""
    elif translated.use_list:
        for use in translated.use_list:
            yield use.words, use.words
    else:
        yield "", ""


def _says_something(line: Sequence[str | Run]) -> bool:
    return any(sign.isalnum() for part in line for sign in (part.text if isinstance(part, Run) else part))
