"""A text without what is withheld from it: made anew from its words, and looked through for what is left.

``needles`` are what must be gone: of a name each of its words; of an address, a number, or words that a person marked, all of it together.

Initials are often a word too: «it», «am», «do». With their surname they are gone with it; by themselves they tell who only where they are
written as initials, in capitals, so a needle of initials is kept in capitals and stands only where the text has capitals.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.name_forms import Token, tokens_in
from pupil_desk.domain.requests.redaction import TITLES

WITHHELD = _("[withheld]")
"""What stands in place of words that are withheld; it does not tell how many they were."""

_BETWEEN = 4  # characters between two words of what is looked for as a whole
_LEAST_NEEDLE = 2  # letters
_MOST_INITIALS = 3  # letters in capitals that a person marked: «IT», «JLP»; a longer word is a word
_HALVES_OF_A_DAY = frozenset({"AM", "PM"})  # after a number they are no initials

type Span = tuple[int, int]
type Needle = str
"""Folded words without anything between them: «quill», «27upperhighstreet»; initials in capitals: «IT»."""


@dataclass(frozen=True, slots=True)
class Remnant:
    """A place where a needle still stands."""

    start: int
    stop: int
    needle: Needle


def rebuilt(text: str, spans: Iterable[Span], signs: Mapping[Span, str] | None = None) -> str:
    """The text with each stretch replaced; what overlaps, or has only blanks between, is replaced once.

    ``signs`` stand in place of some of the stretches, unless one is replaced together with another that has another sign, or none.
    """
    all_spans, out, position = list(spans), [], 0
    for start, stop in _merged(text, all_spans):
        own_signs = {(signs or {}).get(span, WITHHELD) for span in all_spans if start <= span[0] and span[1] <= stop}
        out += [text[position:start], own_signs.pop() if len(own_signs) == 1 else WITHHELD]
        position = stop
    return "".join((*out, text[position:]))


_SENTENCE_END = re.compile(r"[.!?]+[”’\"')]*\s+|\n+")


def sentence_around(text: str, start: int, stop: int) -> Span:
    """The sentence, or several, in which a stretch stands, without the blanks around it."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    first = max((end for end in ends if end <= start), default=0)
    last = min((end for end in ends if end >= stop), default=len(text))
    return first, first + len(text[first:last].rstrip())


def sentences_in(text: str) -> list[Span]:
    """Where each sentence stands, without the blanks around it."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    spans = [(start, start + len(text[start:stop].rstrip())) for start, stop in pairwise([*starts, len(text)])]
    return [(start, stop) for start, stop in spans if start < stop]


def _merged(text: str, spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, stop in sorted(spans):
        if stop <= start:
            continue
        if merged and (start <= merged[-1][1] or not text[merged[-1][1] : start].strip()):
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return merged


def needles_of(words: str, *, is_name: bool, initials: Collection[str] = ()) -> frozenset[Needle]:
    """What must be gone once these words are withheld. ``is_name``: they name someone, so that each word alone would tell who.

    ``initials``: those of the words, folded, that are initials written as one; letters that stand singly are seen to be initials anyway.
    """
    tokens = [token for token in tokens_in(words) if token.bare and token.bare not in TITLES]
    alone = {
        token.bare.upper() if token.bare in initials else token.bare
        for token in tokens
        if len(token.bare) >= _LEAST_NEEDLE and not token.bare.isdigit()
    }
    if is_name and alone:
        return frozenset(alone | set(_runs_of_letters(tokens)))
    letters = "".join(token.bare for token in tokens)
    if not letters:
        return frozenset()
    singly = len(letters) == len(tokens)
    spelling = "".join(words[token.start : token.bare_stop] for token in tokens)
    return frozenset((letters.upper() if spelling.isupper() and (singly or len(letters) <= _MOST_INITIALS) else letters,))


def _runs_of_letters(tokens: Iterable[Token]) -> Iterator[Needle]:
    """Initials that stand side by side, each by itself: «TJ» of «T. J. Penn»."""
    for singly, run in groupby(tokens, key=lambda token: len(token.bare) == 1):
        letters = "".join(token.bare for token in run).upper()
        if singly and len(letters) >= _LEAST_NEEDLE and letters.isupper():
            yield letters


def are_initials(needle: Needle) -> bool:
    """Whether a needle is one of initials, which stands only where it is written in capitals."""
    return needle.isupper()


def remnants_in(text: str, needles: Collection[Needle]) -> list[Remnant]:
    """Every place where one of the needles stands, as whole words; whatever stands between the words of one."""
    if not needles:
        return []
    tokens = [token for token in tokens_in(text) if token.word]
    begins = {needle[:1].lower() for needle in needles}
    longest = max(map(len, needles))
    remnants = []
    for index, token in enumerate(tokens):
        if token.word[:1] in begins:
            remnants += [Remnant(token.start, stop, needle) for needle, stop in _standing(text, tokens, index, needles, longest)]
    return remnants


def _standing(text: str, tokens: Sequence[Token], index: int, needles: Collection[Needle], longest: int) -> Iterable[tuple[Needle, int]]:
    """The needles that begin at a word, each with where it ends."""
    so_far = ""
    for place in range(index, len(tokens)):
        token = tokens[place]
        if place > index and token.start - tokens[place - 1].stop > _BETWEEN:
            return
        for word, stop in token.readings:
            folded = so_far + word
            if folded in needles:
                yield folded, stop
            elif (
                (capitals := folded.upper()) in needles
                and text[tokens[index].start : stop].isupper()
                and not _is_time(tokens, index, capitals)
            ):
                yield capitals, stop
        so_far += token.word
        if len(so_far) >= longest:
            return


def _is_time(tokens: Sequence[Token], index: int, capitals: Needle) -> bool:
    """Whether it is the half of a day after a number: «10.30 AM»."""
    return capitals in _HALVES_OF_A_DAY and index > 0 and tokens[index - 1].word.isdigit()


def needle_counts(texts: Iterable[str], needles: Collection[Needle]) -> Counter[Needle]:
    """How often each needle stands in all of the texts."""
    return Counter(left.needle for text in texts for left in remnants_in(text, needles))
