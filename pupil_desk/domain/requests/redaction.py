"""Where the names of other people stand in a text: found by what the file knows of them, however they are written.

Case, accents, hyphens and kinds of apostrophe make no difference, nor does an invisible sign inside a name. Found are whole words: a name in
full, in either order and with the names between; a forename or a surname alone; initials with a surname; a forename with the initial of
the surname; what stands before or after a hyphen; «the Quills» and «Quill’s». Where several people could be meant, all are named.

What the pupil is called is left alone, unless a title stands before it: «Mrs Quill» is not the pupil. A name that is a common word too («will»,
«rose») is found, but not ``sure`` where it may be the word. A person decides: this finds, and says whose.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pupil_desk.domain.pupils.name_forms import Detail, NamedPerson, NameForm, Token, forms_of, tokens_in, words_in

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "rev", "reverend", "sir", "dame", "lady", "lord"})
_LETTERS_ALONE = frozenset({"a", "i"})  # single letters that are words
_OF_DETAILS = 3  # characters between two words of an address or an e-mail address
_LEAST_DIGITS = 6  # of a telephone number
_LEAST_PLURAL = 4  # letters of a word whose last «s» may be that of a plural


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A stretch of a text that may name someone: whose codes, and who in words. Not ``sure`` where it may be a common word.

    ``initials``: the folded words of it that are nobody's name but initials written as one word, «tj» of «TJ Penn».
    """

    start: int
    stop: int
    whose: tuple[str, ...]
    said: tuple[str, ...]
    sure: bool = True
    initials: frozenset[str] = frozenset()


class NameFinder:
    """Finds the people it was made with. ``pupil`` is the one whose text it is; ``not_hidden`` are those who need not be hidden, such as who asks;

    ``common`` are folded words that are no name by themselves.
    """

    def __init__(
        self,
        people: Iterable[NamedPerson],
        details: Iterable[Detail] = (),
        *,
        pupil: NamedPerson,
        not_hidden: Iterable[NamedPerson] = (),
        common: Collection[str] = (),
    ) -> None:
        self._forms: dict[tuple[str, ...], dict[NameForm, list[NamedPerson | Detail]]] = {}  # by the first word, or the first two
        self._own: set[NameForm] = set()
        self._common = frozenset(common)
        self._numbers: list[tuple[re.Pattern[str], Detail]] = []
        for form in forms_of(pupil):
            self._own.add(form)
            self._add(form, pupil)
        self._known = tuple(not_hidden)
        for person in (*self._known, *people):
            for form in dict.fromkeys(forms_of(person)):
                self._add(form, person)
        for detail in details:
            self._add_detail(detail)
        self._own_person = pupil

    def _add(self, form: NameForm, person: NamedPerson | Detail) -> None:
        self._forms.setdefault(form.words[:2], {}).setdefault(form, []).append(person)

    def _add_detail(self, detail: Detail) -> None:
        digits = re.sub(r"\D", "", re.sub(r"^\s*\+44\s*(\(0\))?", "0", detail.text))
        if len(digits) >= _LEAST_DIGITS and not re.search(r"[^\W\d_]", detail.text):
            first = r"(?:\+\s?44[\s().\-]*(?:\(0\))?|0)" if digits[0] == "0" else digits[0]
            number = r"[\s().\-]*".join([first, *digits[1:]])
            self._numbers.append((re.compile(rf"(?<!\d){number}(?!\d)"), detail))
            return
        words = words_in(detail.text)
        if words and len("".join(words)) > 3:
            self._add(NameForm(words, "detail"), detail)
            if len(words) == 2 and re.fullmatch(r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}", " ".join(words)):
                self._add(NameForm(("".join(words),), "detail"), detail)  # a postcode written as one word

    def find(self, text: str) -> list[NameMatch]:
        """Every stretch that may name someone else, in order; none overlaps another."""
        tokens = [token for token in tokens_in(text) if token.word]
        name_matches = [
            NameMatch(match.start(), match.end(), (detail.whose,), (detail.said,))
            for pattern, detail in self._numbers
            for match in pattern.finditer(text)
        ]
        index = 0
        while index < len(tokens):
            longest = self._longest(text, tokens, index)
            if longest is None:
                index += 1
                continue
            length, name_match = longest
            if name_match is not None:
                name_matches.append(name_match)
            index += length
        return merge_overlaps(name_matches)

    def _longest(self, text: str, tokens: Sequence[Token], index: int) -> tuple[int, NameMatch | None] | None:
        """What begins at a word: how many words it takes, and the match; None as match for the pupil's own name."""
        best: dict[NameForm, tuple[int, Sequence[NamedPerson | Detail]]] = {}
        length = 0
        for form, people in self._begun(tokens, index):
            stop = _matched(text, tokens, index, form) if len(form.words) >= length else None
            if stop is None:
                continue
            if len(form.words) > length:
                best, length = {}, len(form.words)
            best[form] = (stop, people)
        if not best:
            return None
        return length, self._name_match(text, tokens, index, best)

    def _begun(self, tokens: Sequence[Token], index: int) -> Iterator[tuple[NameForm, Sequence[NamedPerson | Detail]]]:
        following = [reading for reading, _stop in tokens[index + 1].readings] if index + 1 < len(tokens) else []
        for reading, plural in _first_readings(tokens[index]):
            for form, people in self._forms.get((reading,), {}).items():
                if not plural or form.sort == "surname":
                    yield form, people
            for second in following if not plural else ():
                yield from self._forms.get((reading, second), {}).items()

    def _name_match(
        self, text: str, tokens: Sequence[Token], index: int, best: Mapping[NameForm, tuple[int, Sequence[NamedPerson | Detail]]]
    ) -> NameMatch | None:
        title = _title_before(text, tokens, index)
        persons = list(dict.fromkeys(person for _stop, people in best.values() for person in people if person is not self._own_person))
        to_hide = [person for person in persons if person not in self._known]
        if len(to_hide) < len(persons) and (not to_hide or any(form.sort == "full" for form in best)):
            return None
        if any(form in self._own for form in best):
            if title is None:
                return None
            if not to_hide:
                return self._namesake(text, title, max(stop for stop, _people in best.values()))
        stop = max(stop for stop, _people in best.values())
        sure = any(form.sort != "letters" for form in best) and not self._may_be_word(text, tokens, index, best, title)
        start = title.start if title is not None else tokens[index].start
        initials = frozenset.intersection(*(form.initials for form in best))
        return NameMatch(
            start,
            stop,
            tuple(dict.fromkeys(person.whose for person in to_hide)),
            tuple(dict.fromkeys(person.said for person in to_hide)),
            sure,
            initials=initials,
        )

    def _namesake(self, text: str, title: Token, stop: int) -> NameMatch:
        """Someone with a title and the pupil's own surname, of whom the file knows nothing."""
        return NameMatch(title.start, stop, ("own-family",), (text[title.start : stop],))

    def _may_be_word(self, text: str, tokens: Sequence[Token], index: int, best: Collection[NameForm], title: Token | None) -> bool:
        if title is None and all(self._is_letter_and_word(form) for form in best):
            beside_letter = text[tokens[index].start : tokens[index + 1].stop]
            return "." not in beside_letter and any(
                word.islower() and len(word) > 1 for word in beside_letter.split()
            )  # «a rose», «I will»
        if title is not None or any(form.sort in ("full", "initial", "detail") for form in best) or tokens[index].bare not in self._common:
            return False
        spelling = text[tokens[index].start : tokens[index].stop]
        neighbours = [tokens[place].word for place in (index - 1, index + 1) if 0 <= place < len(tokens)]
        return spelling.islower() or _begins_sentence(text, tokens[index].start) or any(word.isdigit() for word in neighbours)

    def _is_letter_and_word(self, form: NameForm) -> bool:
        """Whether a form is an initial that is a word, «a» or «i», and a surname that is a common word too, in either order."""
        return (
            form.sort == "full"
            and len(form.words) == 2
            and not _LETTERS_ALONE.isdisjoint(form.words)
            and any(word in self._common for word in form.words)
        )


def _first_readings(token: Token) -> Iterator[tuple[str, bool]]:
    """A word as it is, without «’s», and as the plural of a surname."""
    yield token.word, False
    if token.bare != token.word:
        yield token.bare, False
    elif token.word.endswith("s") and len(token.word) > _LEAST_PLURAL:
        yield token.word[:-1], True
        if token.word.endswith("es"):
            yield token.word[:-2], True


def _matched(text: str, tokens: Sequence[Token], index: int, form: NameForm) -> int | None:
    """Where a form ends that begins at a word; None where it does not stand there."""
    last = index + len(form.words) - 1
    if last >= len(tokens):
        return None
    for place, word in enumerate(form.words[:-1], start=index):
        if place > index and tokens[place].word != word:
            return None
    if not all(_gap_fits(text[first.stop : second.start], first, form) for first, second in pairwise(tokens[index : last + 1])):
        return None
    if len(form.words) == 1:
        return tokens[index].bare_stop if tokens[index].bare != tokens[index].word else tokens[index].stop
    for reading, stop in tokens[last].readings:
        if reading == form.words[-1]:
            return stop if _written_as(text, tokens, index, last, form) else None
    return None


def _gap_fits(gap: str, before: Token, form: NameForm) -> bool:
    """What may stand between two words of a name: a blank, a hyphen, a dot after an initial or inside an address, a comma if it is turned."""
    if form.sort == "detail":
        return len(gap) <= _OF_DETAILS
    if form.sort == "letters":
        return gap.startswith(".") and len(gap) <= 2
    if len(before.word) <= 2 and re.fullmatch(r"\.?\s{0,2}", gap):
        return True
    if form.turned and re.fullmatch(r",\s{0,2}", gap):
        return True
    return re.fullmatch(r"\s{1,3}|[\-‐‑‒–—_.]", gap) is not None


def _written_as(text: str, tokens: Sequence[Token], index: int, last: int, form: NameForm) -> bool:
    """A single letter stands for a name only where it is a capital: «Tyrone P», not «Tyrone a»."""
    if form.sort in ("initial", "letters") and not text[tokens[last].start].isupper():
        return False
    return form.sort != "letters" or (text[tokens[index].start].isupper() and text[tokens[last].stop : tokens[last].stop + 1] == ".")


def _title_before(text: str, tokens: Sequence[Token], index: int) -> Token | None:
    if index == 0 or tokens[index - 1].word not in TITLES:
        return None
    return tokens[index - 1] if re.fullmatch(r"\.?\s{0,2}", text[tokens[index - 1].stop : tokens[index].start]) else None


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\r\n\u00a0“‘\"'(-–—•*")
    return not before or before[-1] in ".!?:;" or "\n" in text[len(before) : start]


def merge_overlaps(name_matches: Iterable[NameMatch]) -> list[NameMatch]:
    """In order; those that overlap as one."""
    merged: list[NameMatch] = []
    for name_match in sorted(name_matches, key=lambda name_match: (name_match.start, -name_match.stop)):
        if merged and name_match.start < merged[-1].stop:
            merged[-1] = _merge(merged[-1], name_match)
        else:
            merged.append(name_match)
    return merged


def _merge(first: NameMatch, second: NameMatch) -> NameMatch:
    codes, labels = dict.fromkeys((*first.whose, *second.whose)), dict.fromkeys((*first.said, *second.said))
    return NameMatch(
        first.start,
        max(first.stop, second.stop),
        tuple(codes),
        tuple(labels),
        first.sure or second.sure,
        initials=first.initials & second.initials,
    )
