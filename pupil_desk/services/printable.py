"""Papers for many: one that has letters which no font has is left out and named, and all the others are made."""

from collections.abc import Iterable, Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.typography.fonts import signs_missing
from pupil_desk.domain.notices.addressees import Letter
from pupil_desk.services.households import LeftOut


def against(texts: Iterable[str]) -> str:
    """Why a paper with these texts cannot be printed, as a sentence goes on, with the letters; empty where it can."""
    signs = signs_missing(texts)
    return _("no font here has these characters: {signs}").format(signs=signs) if signs else ""


def left_out(letter: Letter, texts: Iterable[str]) -> LeftOut | None:
    """The household, or pupil, that gets none of a paper with these texts, because some cannot be printed; None where all can."""
    reason = against(texts)
    return LeftOut(letter.pupil, letter.addressee, reason, unprintable=True) if reason else None


def sorted_out(letters: Iterable[Letter]) -> tuple[list[Letter], list[LeftOut]]:
    """The letters whose own words, the names and the address, can be printed, and who is left out. What is the unit's own stands on all of them."""
    printable: list[Letter] = []
    not_printable: list[LeftOut] = []
    for letter in letters:
        unprintable = left_out(letter, _own_words(letter))
        if unprintable is None:
            printable.append(letter)
        else:
            not_printable.append(unprintable)
    return printable, not_printable


def _own_words(letter: Letter) -> Sequence[str]:
    pupil = letter.pupil
    return (*letter.names, *letter.address, letter.addressee, pupil.legal_name, pupil.full_name)
