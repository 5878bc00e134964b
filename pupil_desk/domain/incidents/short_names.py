"""Short ways in which a text names the pupils of an incident, beside those by which anybody is found: nicknames and bare initials.

Who wrote of an incident wrote of few children, and shortly: «Tommy», «TP», «pupil T». Elsewhere such words mean too many people, and
``domain.requests.redaction`` leaves them. None of them is sure: each may be somebody else, or no name.
"""

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from pupil_desk.domain.pupils.name_forms import NamedPerson, Token, name_words, tokens_in
from pupil_desk.domain.requests.redaction import NameMatch

_LEAST = 3  # letters of what a forename is cut to: «Tom»
_ENDINGS = re.compile(r"(?:y|ie|ey|i|s|z|o)?")  # what is put behind it: «Tommy», «Frankie», «Baz»
_PRONOUNS = frozenset({"a", "i"})  # letters that are words, save where they stand for a child
_CHILDREN = frozenset({"pupil", "child", "boy", "girl", "student", "learner"})
_BESIDE = 2  # characters between two initials
_LAST_INITIAL = re.compile(r"\b[^\W\d_]$")
_DOT_WITHIN = re.compile(r"\.(?=[,;:?!]|[’'][^\W\d_]|\s+[a-zà-ÿ])")  # of an initial in a sentence that goes on


def short_matches(
    text: str, pupils: Sequence[NamedPerson], own_words: Collection[str], nicknames: Mapping[str, Collection[str]]
) -> list[NameMatch]:
    """Every stretch that may be a short name of one of the pupils, in order. ``own_words`` are the folded names of the pupil whose text it is.

    ``nicknames`` are the further ones of each folded forename.
    """
    tokens = [token for token in tokens_in(text) if token.word]
    matches = []
    for index, token in enumerate(tokens):
        if token.bare in own_words:
            continue
        by_stop: dict[int, list[NamedPerson]] = {}
        for pupil in pupils:
            for stop in _stops(text, tokens, index, pupil, nicknames):
                by_stop.setdefault(stop, []).append(pupil)
        if by_stop:
            named = [pupil for found in by_stop.values() for pupil in found]
            whose, labels = dict.fromkeys(pupil.whose for pupil in named), dict.fromkeys(pupil.said for pupil in named)
            matches.append(NameMatch(token.start, max(by_stop), tuple(whose), tuple(labels), sure=False))
    return matches


def with_dot(text: str, match: NameMatch) -> NameMatch:
    """A match that ends with an initial, with the dot that belongs to it: «U.P. was», and not the one that ends a sentence."""
    is_initial = _LAST_INITIAL.search(text, match.start, match.stop) is not None
    return dataclasses.replace(match, stop=match.stop + 1) if is_initial and _DOT_WITHIN.match(text, match.stop) else match


def names_of(person: NamedPerson) -> frozenset[str]:
    """Each word of what somebody is called, folded; the D of «D’Souza» is none."""
    words = (word for name in (*person.forenames, *person.surnames) for way in name_words(name) for word in way)
    return frozenset(word for word in words if len(word) > 1)


def _stops(text: str, tokens: Sequence[Token], index: int, pupil: NamedPerson, nicknames: Mapping[str, Collection[str]]) -> Iterator[int]:
    """Where a short name of a pupil ends that begins at a word."""
    token = tokens[index]
    spelling = text[token.start : token.bare_stop]
    if token.bare in _joined(pupil):
        yield token.bare_stop
    if not spelling[0].isupper():
        return
    forenames = {word for name in pupil.forenames for way in name_words(name) for word in way}
    if any(token.bare in nicknames.get(forename, ()) or _is_cut(token.bare, forename) for forename in forenames):
        yield token.bare_stop
    if any(
        _is_slip(token.bare, word) for word in forenames | {word for name in pupil.surnames for way in name_words(name) for word in way}
    ):
        yield token.bare_stop
    initials = _initials(pupil)
    if spelling.isupper() and token.bare in initials:
        yield token.bare_stop
    if len(token.bare) != 1:
        return
    letters = token.bare
    for before, following in zip(tokens[index:], tokens[index + 1 :], strict=False):
        stands_beside = following.start - before.stop <= _BESIDE and "\n" not in text[before.stop : following.start]
        if len(following.bare) != 1 or not stands_beside or not text[following.start].isupper():
            break
        letters += following.bare
        if letters in initials:
            yield following.bare_stop
    if any(name[0] == token.bare for name in forenames) and _stands_for_child(text, tokens, index):
        yield token.bare_stop


def _is_cut(word: str, forename: str) -> bool:
    """Whether a word is a forename, cut short or not, with an ending or without, its last letter doubled or not: «Dan», «Danny» and «Dani» of «Daniel»."""
    for length in range(len(forename), _LEAST - 1, -1):
        stem = forename[:length]
        if word.startswith(stem):
            rest = word.removeprefix(stem)
            return _ENDINGS.fullmatch(rest) is not None or (rest[:1] == stem[-1] and _ENDINGS.fullmatch(rest[1:]) is not None)
    return False


def _is_slip(word: str, name: str) -> bool:
    """Whether a word is a name with one letter doubled, or with one dropped that is not its first: «Tomm», «Thommas», «Danel»."""
    longer, shorter = (word, name) if len(word) > len(name) else (name, word)
    if len(longer) != len(shorter) + 1 or len(shorter) < _LEAST or word[:1] != name[:1]:
        return False
    places = [place for place in range(1, len(longer)) if longer[:place] + longer[place + 1 :] == shorter]
    if longer is name:
        return bool(places) and len(word) > _LEAST
    return any(longer[place] == longer[place - 1] for place in places)


def _joined(pupil: NamedPerson) -> frozenset[str]:
    """Forename and surname written as one word, folded, either first: «TomPenn»."""
    firsts = {"".join(way) for name in pupil.forenames for way in name_words(name)}
    lasts = {"".join(way) for name in pupil.surnames for way in name_words(name)}
    return frozenset(word for first in firsts for last in lasts for word in (first + last, last + first))


def _initials(pupil: NamedPerson) -> frozenset[str]:
    """The ways to write the initials of a pupil, folded: with the middle names, and with each part of a surname of several words."""
    firsts = {way[0][0] for name in pupil.forenames for way in name_words(name)}
    lasts = {letters for name in pupil.surnames for way in name_words(name) for letters in ("".join(word[0] for word in way), way[0][0])}
    middle = "".join(way[0][0] for name in pupil.middles for way in name_words(name)[:1])
    return frozenset(first + between + last for first in firsts for last in lasts for between in ("", middle))


def _stands_for_child(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a capital by itself may stand for somebody: not where it is a word, a letter of a class or part of «T.A.»."""
    token, before = tokens[index], tokens[index - 1] if index else None
    if before is not None and before.word in _CHILDREN:
        return True
    if text[token.stop : token.stop + 1] == "." and text[token.stop + 1 : token.stop + 2].isalpha():
        return False
    return token.bare not in _PRONOUNS
