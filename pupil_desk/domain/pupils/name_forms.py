"""People who may be named in a text, the words of a text, and the ways in which a name is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import fold

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero-width signs: inside a word they are no gap
_MARKS = "\u0300-\u036f"
_APOSTROPHES = "’'‘ʼʹ`´′＇"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}{_UNSEEN}]|[{_APOSTROPHES}](?=[^\W_]))*")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_UNSEEN_SIGN = re.compile(f"[{_UNSEEN}]")

_LEAST_PART = 4  # letters of a part of a surname that is looked for alone, such as «Berg» of «van der Berg»
_LEAST_FORENAME_PART = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPerson:
    """Someone who may be named. ``whose`` is a code of the list «redaction»; ``said`` says in words who it is, for the one who decides.

    ``name_words``: a surname of several words is looked for as a whole alone, as it may be that of a surgery.
    """

    whose: str
    said: str
    forenames: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    middles: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Where someone can be reached: an address line, a postcode, a telephone number or an e-mail address."""

    whose: str
    said: str
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, how it reads folded, and where it ends without «’s» (``bare_stop``, ``bare``)."""

    start: int
    stop: int
    word: str
    bare_stop: int
    bare: str

    @property
    def readings(self) -> tuple[tuple[str, int], ...]:
        """Each way to read it, with where that ends."""
        return ((self.word, self.stop),) if self.word == self.bare else ((self.word, self.stop), (self.bare, self.bare_stop))


def plain(word: str) -> str:
    """A word as it is compared: folded, without apostrophes and signs that are not seen."""
    return _APOSTROPHE.sub("", fold(_UNSEEN_SIGN.sub("", word)).replace(" ", ""))


def tokens_in(text: str) -> list[Token]:
    """The words of a text in order."""
    tokens = []
    for match in _WORD.finditer(text):
        owning = _POSSESSIVE.search(match[0])
        bare = match[0][: owning.start()] if owning else match[0]
        word = plain(match[0])
        tokens.append(Token(match.start(), match.end(), word, match.start() + len(bare), plain(bare) if owning else word))
    return tokens


def words_in(text: str) -> tuple[str, ...]:
    """The same as folded words alone."""
    return tuple(token.bare for token in tokens_in(text) if token.bare)


# -- the ways a name is written


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way to write one name: its words, and what may stand between two of them.

    ``sort``: «full», «surname», «forename», «initial» (its last word is one letter, as in «Tyrone P»), «letters» (both are), «detail».
    ``turned``: surname first, so that a comma may stand between. ``initials``: a word of several initials, as in «TJ Penn».
    """

    words: tuple[str, ...]
    sort: str
    turned: bool = False
    initials: frozenset[str] = frozenset()


type _Names = tuple[tuple[str, ...], ...]


def name_words(name: str) -> _Names:
    """A name as words, and as one word where it has a hyphen or an apostrophe: «Smith-Jones», «smithjones»; «O’Hara», «o hara»."""
    folded = tuple(word for word in (plain(part) for part in re.split(r"[\s\-‐‑‒–—.,/()]+", name)) if word)
    split = tuple(word for word in (plain(part) for part in re.split(rf"[\s\-‐‑‒–—.,/(){_APOSTROPHES}]+", name)) if word)
    ways = [folded, split]
    if len(folded) > 1:
        ways.append(("".join(folded),))
    return tuple(dict.fromkeys(way for way in ways if way and len("".join(way)) > 1))


def _parts(name: str, shortest: int) -> _Names:
    parts = {word for way in name_words(name) if len(way) > 1 for word in way if len(word) >= shortest}
    return tuple((part,) for part in sorted(parts))


def forms_of(person: NamedPerson) -> Iterator[NameForm]:
    """Every way in which someone may be named."""
    firsts = [way for name in person.forenames for way in name_words(name)]
    lasts = [way for name in person.surnames for way in name_words(name)]
    firsts_too = [*firsts, *(part for name in person.forenames for part in _parts(name, _LEAST_FORENAME_PART))]
    lasts_too = [*lasts, *(part for name in person.surnames for part in _parts(name, _LEAST_PART) if not person.whole)]
    for last in lasts_too:
        yield NameForm(last, "surname")
    for first in firsts_too:
        yield NameForm(first, "forename")
    middles = [way for name in person.middles for way in name_words(name)]
    for last in lasts_too:
        for first in firsts_too:
            yield from _full_forms(first, last, middles)
    for first in firsts:
        for last in lasts:
            yield NameForm((*first, last[0][0]), "initial")
            yield NameForm((first[0][0], last[0][0]), "letters")


def _full_forms(first: tuple[str, ...], last: tuple[str, ...], middles: Sequence[tuple[str, ...]]) -> Iterator[NameForm]:
    letter = first[0][0]
    yield NameForm((*first, *last), "full")
    yield NameForm((*last, *first), "full", turned=True)
    yield NameForm((letter, *last), "full")
    yield NameForm((*last, letter), "full", turned=True)
    for middle in middles:
        small = middle[0][0]
        for before in (first, (letter,)):
            for between in (middle, (small,)):
                yield NameForm((*before, *between, *last), "full")
                yield NameForm((*last, *before, *between), "full", turned=True)
        yield NameForm((f"{letter}{small}", *last), "full", initials=frozenset((f"{letter}{small}",)))
    all_middles = tuple(word for middle in middles for word in middle)
    if len(all_middles) > 1:
        yield NameForm((*first, *all_middles, *last), "full")
        yield NameForm((letter, *(word[0] for word in all_middles), *last), "full")
