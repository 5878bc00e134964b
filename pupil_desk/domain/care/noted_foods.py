"""What medical notes, written as people write, say of food: so that an allergy which stands there alone is not overlooked.

The words are our own, for the foods of the code list of allergens. They are read with caution: a note that denies an allergy counts as one that speaks of it,
since a person looks at it either way.
"""

import re
from collections.abc import Mapping

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import begun_small, tokens
from pupil_desk.basics.words import join_words

_WORDS: Mapping[str, str] = {
    "celery": "celery celeriac",
    "gluten": "gluten coeliac celiac wheat rye barley spelt",
    "crustaceans": "crustacean prawn crab lobster shrimp shellfish",
    "eggs": "egg",
    "fish": "fish cod salmon tuna",
    "lupin": "lupin",
    "milk": "milk dairy lactose casein cheese",
    "molluscs": "mollusc mussel oyster squid clam shellfish",
    "mustard": "mustard",
    "nuts": "nut almond hazelnut walnut cashew pistachio pecan macadamia",
    "peanuts": "peanut groundnut",
    "sesame": "sesame tahini",
    "soya": "soya soy",
    "sulphites": "sulphite sulfite sulphur",
}
_ALLERGY = re.compile(r"\b(?:allerg|anaphyla|intoleran|epipen|jext|adrenaline)", re.IGNORECASE)


def noted_foods(notes: str) -> tuple[str, ...]:
    """The codes of the allergens that the notes speak of, in the order of the list."""
    said = {token.removesuffix("s") for token in tokens(notes)}
    return tuple(code for code in codelist("allergen").codes if not said.isdisjoint(_WORDS.get(code, "").split()))


def speaks_of_allergy(notes: str) -> bool:
    """Whether the notes speak of a food that the list names, or of any allergy."""
    return bool(noted_foods(notes)) or _ALLERGY.search(notes) is not None


def foods_in_words(codes: tuple[str, ...]) -> str:
    """«nuts and milk»."""
    return join_words([begun_small(codelist("allergen").label_of(code)) for code in codes])
