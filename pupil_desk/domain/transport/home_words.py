"""Whether words that somebody typed tell where a protected pupil, or one of the pupil's contacts, lives: by the lines of an address, or its postcode."""

import re
from collections.abc import Iterable, Iterator

from pupil_desk.basics.text import fold
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil

_SHORT = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close", "dr": "drive", "ct": "court", "cres": "crescent",
    "gdns": "gardens", "pl": "place", "sq": "square", "ter": "terrace",
}  # fmt: skip
_STREETS = frozenset(_SHORT.values()) | frozenset({
    "way", "row", "walk", "hill", "grove", "green", "park", "mews", "rise", "view", "end", "mead", "croft", "yard", "wharf", "parade", "path", "field",
    "fields", "common",
})  # fmt: skip
_BLANKS = re.compile(r"[^0-9a-z]")


def tells_home(text: str | None, pupil: Pupil, contacts: Iterable[Contact] = ()) -> bool:
    """Whether words tell an address of the pupil or a contact: its postcode however spaced, a line in any order of its words, or its street with no other number."""
    words = set(_words(text or ""))
    if not words:
        return False
    run = _BLANKS.sub("", fold(text or ""))
    homes: tuple[Pupil | Contact, ...] = (pupil, *contacts)
    postcodes = {_BLANKS.sub("", fold(home.postcode or "")) for home in homes} - {""}
    return any(postcode in run for postcode in postcodes) or any(_tells(line, words) for home in homes for line in _lines(home))


def _lines(home: Pupil | Contact) -> Iterator[set[str]]:
    """The lines that tell a house: the first, and the second where it has a number or is a street."""
    for number, line in enumerate((home.address_1, home.address_2)):
        words = set(_words(line or ""))
        if words and (number == 0 or words & _STREETS or _numbers(words)):
            yield words


def _tells(line: set[str], words: set[str]) -> bool:
    street = line - _numbers(line)
    is_street_alone = bool(street & _STREETS) and street <= words and not _numbers(words)
    return line <= words or is_street_alone


def _numbers(words: set[str]) -> set[str]:
    return {word for word in words if word[0].isdigit()}


def _words(text: str) -> list[str]:
    return [_SHORT.get(word, word) for word in re.findall(r"\w+", fold(text))]
