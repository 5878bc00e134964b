"""A text without what is withheld from it: made anew from its words, and looked through for what is left.

``needles`` are what must be gone: of a name each of its words; of an address, a number, or words that a person marked, all of it together.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.domain.name_forms import Token, tokens_in, words_in
from pupil_desk.domain.redaction import TITLES

WITHHELD = _("[withheld]")
"""What stands in place of words that are withheld; it does not tell how many they were."""

_BETWEEN = 4  # characters between two words of what is looked for as a whole
_LEAST_NEEDLE = 2  # letters

type Span = tuple[int, int]
type Needle = str
"""Folded words without anything between them: «quill», «27upperhighstreet»."""


@dataclass(frozen=True, slots=True)
class Left:
    """A place where a needle still stands."""

    start: int
    stop: int
    needle: Needle


def rebuilt(text: str, spans: Iterable[Span]) -> str:
    """The text with each stretch replaced; what overlaps, or has only blanks between, is replaced once."""
    out, done = [], 0
    for start, stop in _merged(text, spans):
        out += [text[done:start], WITHHELD]
        done = stop
    return "".join((*out, text[done:]))


def _merged(text: str, spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, stop in sorted(spans):
        if stop <= start:
            continue
        if found and (start <= found[-1][1] or not text[found[-1][1] : start].strip()):
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        else:
            found.append((start, stop))
    return found


def needles_of(words: str, *, name: bool) -> frozenset[Needle]:
    """What must be gone once these words are withheld. ``name``: they name someone, so that each word alone would tell who."""
    found = [word for word in words_in(words) if word not in TITLES]
    alone = {word for word in found if len(word) >= _LEAST_NEEDLE and not word.isdigit()}
    if name and alone:
        return frozenset(alone)
    whole = "".join(found)
    return frozenset((whole,)) if whole else frozenset()


def left_in(text: str, needles: Collection[Needle]) -> list[Left]:
    """Every place where one of the needles stands, as whole words; whatever stands between the words of one."""
    if not needles:
        return []
    tokens = [token for token in tokens_in(text) if token.word]
    begins = {needle[:1] for needle in needles}
    longest = max(map(len, needles))
    found = []
    for at, token in enumerate(tokens):
        if token.word[:1] in begins:
            found += [Left(token.start, stop, needle) for needle, stop in _standing(text, tokens, at, needles, longest)]
    return found


def _standing(text: str, tokens: Sequence[Token], at: int, needles: Collection[Needle], longest: int) -> Iterable[tuple[Needle, int]]:
    """The needles that begin at a word, each with where it ends."""
    so_far = ""
    for place in range(at, len(tokens)):
        token = tokens[place]
        if place > at and token.start - tokens[place - 1].stop > _BETWEEN:
            return
        for word, stop in token.readings:
            if so_far + word in needles:
                yield so_far + word, stop
        so_far += token.word
        if len(so_far) >= longest:
            return


def counted(texts: Iterable[str], needles: Collection[Needle]) -> Counter[Needle]:
    """How often each needle stands in all of the texts."""
    return Counter(left.needle for text in texts for left in left_in(text, needles))
