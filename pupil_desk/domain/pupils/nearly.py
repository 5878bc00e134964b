"""Whether two who were born on one day have nearly the same name: spelt otherwise, exchanged, a preferred or a middle name."""

from difflib import SequenceMatcher
from itertools import product

from pupil_desk.basics.text import as_one_word, fold
from pupil_desk.domain.pupils.duplicates import near
from pupil_desk.domain.pupils.pupil import Pupil

_SAME_START, _LEAST_ALIKE = 3, 0.7  # letters, and the share of them: Ebonie and Ebony, not Christina and Christopher


def nearly_named(first: Pupil, second: Pupil) -> bool:
    """Whether the names of two may be one person's, of which an import asks a person."""
    return _may_be(first, second) or _are_exchanged(first, second)


def nearly_called(first: str, second: str) -> bool:
    """Whether two forenames may be one person's: spelt otherwise, one with a further name or a first letter of the other."""
    if as_one_word(first).startswith(as_one_word(second)) or as_one_word(second).startswith(as_one_word(first)):
        return True
    return any(_alike(*pair) for pair in product(_words_of(first), _words_of(second)))


def _may_be(first: Pupil, second: Pupil) -> bool:
    if not any(_alike(*pair) for pair in product(_surnames(first), _surnames(second))):
        return False
    called = (*product(_forenames(first), _all_forenames(second)), *product(_all_forenames(first), _forenames(second)))
    return any(_alike(*pair) for pair in called)


def _are_exchanged(first: Pupil, second: Pupil) -> bool:
    return (as_one_word(first.surname), as_one_word(first.forename)) == (as_one_word(second.forename), as_one_word(second.surname))


def _surnames(pupil: Pupil) -> set[str]:
    return {as_one_word(name) for name in (pupil.surname, pupil.preferred_surname) if name}


def _forenames(pupil: Pupil) -> set[str]:
    return {as_one_word(name) for name in (pupil.forename, pupil.preferred_forename) if name}


def _all_forenames(pupil: Pupil) -> set[str]:
    """With each word of them and of the middle names."""
    names = filter(None, (pupil.forename, pupil.preferred_forename, pupil.middle_names))
    return _forenames(pupil) | {word for name in names for word in _words_of(name)}


def _words_of(name: str) -> list[str]:
    return fold(name).split()


def _alike(first: str, second: str) -> bool:
    if first == second or near(first, second):
        return True
    return first[:_SAME_START] == second[:_SAME_START] and SequenceMatcher(None, first, second).ratio() >= _LEAST_ALIKE
