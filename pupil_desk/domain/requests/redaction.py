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

from pupil_desk.domain.pupils.name_forms import Detail, Form, Person, Token, forms_of, tokens_in, whole, words_in

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "rev", "reverend", "sir", "dame", "lady", "lord"})
_LETTERS_ALONE = frozenset({"a", "i"})  # single letters that are words
_OF_DETAILS = 3  # characters between two words of an address or an e-mail address
_LEAST_DIGITS = 6  # of a telephone number
_LEAST_PLURAL = 4  # letters of a word whose last «s» may be that of a plural


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of a text that may name someone: whose codes, and who in words. Not ``sure`` where it may be a common word.

    ``initials``: the folded words of it that are nobody's name but initials written as one word, «tj» of «TJ Penn».
    """

    start: int
    stop: int
    whose: tuple[str, ...]
    said: tuple[str, ...]
    sure: bool = True
    initials: frozenset[str] = frozenset()


class Finder:
    """Finds the people it was made with. ``own`` is the pupil whose text it is; ``known`` are those who need not be hidden, such as who asks;

    ``common`` are folded words that are no name by themselves.
    """

    def __init__(self, people: Iterable[Person], details: Iterable[Detail] = (), *, own: Person, known: Iterable[Person] = (), common: Collection[str] = ()) -> None:
        self._forms: dict[tuple[str, ...], dict[Form, list[Person | Detail]]] = {}  # by the first word, or the first two
        self._own: set[Form] = set()
        self._common = frozenset(common)
        self._numbers: list[tuple[re.Pattern[str], Detail]] = []
        self._surnames = frozenset(word for name in own.surnames for way in whole(name) for word in way)
        for form in forms_of(own):
            self._own.add(form)
            self._add(form, own)
        self._known = tuple(known)
        for person in (*self._known, *people):
            for form in dict.fromkeys(forms_of(person)):
                self._add(form, person)
        for detail in details:
            self._add_detail(detail)
        self._own_person = own

    def _add(self, form: Form, whose: Person | Detail) -> None:
        self._forms.setdefault(form.words[:2], {}).setdefault(form, []).append(whose)

    def _add_detail(self, detail: Detail) -> None:
        digits = re.sub(r"\D", "", re.sub(r"^\s*\+44\s*(\(0\))?", "0", detail.text))
        if len(digits) >= _LEAST_DIGITS and not re.search(r"[^\W\d_]", detail.text):
            first = r"(?:\+\s?44[\s().\-]*(?:\(0\))?|0)" if digits[0] == "0" else digits[0]
            number = r"[\s().\-]*".join([first, *digits[1:]])
            self._numbers.append((re.compile(rf"(?<!\d){number}(?!\d)"), detail))
            return
        words = words_in(detail.text)
        if words and len("".join(words)) > 3:
            self._add(Form(words, "detail"), detail)
            if len(words) == 2 and re.fullmatch(r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}", " ".join(words)):
                self._add(Form(("".join(words),), "detail"), detail)  # a postcode written as one word

    def find(self, text: str) -> list[Hit]:
        """Every stretch that may name someone else, in order; none overlaps another."""
        tokens = [token for token in tokens_in(text) if token.word]
        hits = [Hit(match.start(), match.end(), (detail.whose,), (detail.said,)) for pattern, detail in self._numbers for match in pattern.finditer(text)]
        at = 0
        while at < len(tokens):
            found = self._longest(text, tokens, at)
            if found is None:
                at += 1
                continue
            used, hit = found
            if hit is not None:
                hits.append(hit)
            at += used
        return _joined(hits)

    def _longest(self, text: str, tokens: Sequence[Token], at: int) -> tuple[int, Hit | None] | None:
        """What begins at a word: how many words it takes, and the hit; None as hit for the pupil's own name."""
        best: dict[Form, tuple[int, Sequence[Person | Detail]]] = {}
        length = 0
        for form, people in self._begun(tokens, at):
            stop = _matched(text, tokens, at, form) if len(form.words) >= length else None
            if stop is None:
                continue
            if len(form.words) > length:
                best, length = {}, len(form.words)
            best[form] = (stop, people)
        if not best:
            return None
        return length, self._hit(text, tokens, at, best)

    def _begun(self, tokens: Sequence[Token], at: int) -> Iterator[tuple[Form, Sequence[Person | Detail]]]:
        """The forms that may begin at a word."""
        following = [reading for reading, _stop in tokens[at + 1].readings] if at + 1 < len(tokens) else []
        for reading, plural in _first_readings(tokens[at]):
            for form, people in self._forms.get((reading,), {}).items():
                if not plural or form.sort == "surname":
                    yield form, people
            for second in following if not plural else ():
                yield from self._forms.get((reading, second), {}).items()

    def _hit(self, text: str, tokens: Sequence[Token], at: int, best: Mapping[Form, tuple[int, Sequence[Person | Detail]]]) -> Hit | None:
        title = _title_before(text, tokens, at)
        named = list(dict.fromkeys(person for _stop, people in best.values() for person in people if person is not self._own_person))
        meant = [person for person in named if person not in self._known]
        if len(meant) < len(named) and (not meant or any(form.sort == "full" for form in best)):
            return None
        if any(form in self._own for form in best):
            if title is None:
                return None
            if not meant:
                return self._namesake(text, title, max(stop for stop, _people in best.values()))
        stop = max(stop for stop, _people in best.values())
        sure = any(form.sort != "letters" for form in best) and not self._may_be_word(text, tokens, at, best, title)
        start = title.start if title is not None else tokens[at].start
        initials = frozenset.intersection(*(form.initials for form in best))
        return Hit(start, stop, tuple(dict.fromkeys(one.whose for one in meant)), tuple(dict.fromkeys(one.said for one in meant)), sure, initials)

    def _namesake(self, text: str, title: Token, stop: int) -> Hit:
        """Someone with a title and the pupil's own surname, of whom the file knows nothing."""
        return Hit(title.start, stop, ("own-family",), (text[title.start : stop],))

    def _may_be_word(self, text: str, tokens: Sequence[Token], at: int, best: Collection[Form], title: Token | None) -> bool:
        if title is None and all(self._is_letter_and_word(form) for form in best):
            beside_letter = text[tokens[at].start : tokens[at + 1].stop]
            return "." not in beside_letter and any(word.islower() and len(word) > 1 for word in beside_letter.split())  # «a rose», «I will»
        if title is not None or any(form.sort in ("full", "initial", "detail") for form in best) or tokens[at].bare not in self._common:
            return False
        written = text[tokens[at].start : tokens[at].stop]
        beside = [tokens[place].word for place in (at - 1, at + 1) if 0 <= place < len(tokens)]
        return written.islower() or _begins_sentence(text, tokens[at].start) or any(word.isdigit() for word in beside)

    def _is_letter_and_word(self, form: Form) -> bool:
        """Whether a form is an initial that is a word, «a» or «i», and a surname that is a common word too, in either order."""
        return form.sort == "full" and len(form.words) == 2 and not _LETTERS_ALONE.isdisjoint(form.words) and any(word in self._common for word in form.words)


def _first_readings(token: Token) -> Iterator[tuple[str, bool]]:
    """A word as it is, without «’s», and as the plural of a surname."""
    yield token.word, False
    if token.bare != token.word:
        yield token.bare, False
    elif token.word.endswith("s") and len(token.word) > _LEAST_PLURAL:
        yield token.word[:-1], True
        if token.word.endswith("es"):
            yield token.word[:-2], True


def _matched(text: str, tokens: Sequence[Token], at: int, form: Form) -> int | None:
    """Where a form ends that begins at a word; None where it does not stand there."""
    last = at + len(form.words) - 1
    if last >= len(tokens):
        return None
    for place, word in enumerate(form.words[:-1], start=at):
        if place > at and tokens[place].word != word:
            return None
    if not all(_gap_fits(text[one.stop : two.start], one, form) for one, two in pairwise(tokens[at : last + 1])):
        return None
    if len(form.words) == 1:
        return tokens[at].bare_stop if tokens[at].bare != tokens[at].word else tokens[at].stop
    for reading, stop in tokens[last].readings:
        if reading == form.words[-1]:
            return stop if _written_as(text, tokens, at, last, form) else None
    return None


def _gap_fits(gap: str, before: Token, form: Form) -> bool:
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


def _written_as(text: str, tokens: Sequence[Token], at: int, last: int, form: Form) -> bool:
    """A single letter stands for a name only where it is a capital: «Tyrone P», not «Tyrone a»."""
    if form.sort in ("initial", "letters") and not text[tokens[last].start].isupper():
        return False
    return form.sort != "letters" or (text[tokens[at].start].isupper() and text[tokens[last].stop : tokens[last].stop + 1] == ".")


def _title_before(text: str, tokens: Sequence[Token], at: int) -> Token | None:
    if at == 0 or tokens[at - 1].word not in TITLES:
        return None
    return tokens[at - 1] if re.fullmatch(r"\.?\s{0,2}", text[tokens[at - 1].stop : tokens[at].start]) else None


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\r\n\u00a0“‘\"'(-–—•*")
    return not before or before[-1] in ".!?:;" or "\n" in text[len(before) : start]


def _joined(hits: Iterable[Hit]) -> list[Hit]:
    """In order; those that overlap as one."""
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.stop)):
        if found and hit.start < found[-1].stop:
            found[-1] = _both(found[-1], hit)
        else:
            found.append(hit)
    return found


def _both(one: Hit, other: Hit) -> Hit:
    whose, said = dict.fromkeys((*one.whose, *other.whose)), dict.fromkeys((*one.said, *other.said))
    return Hit(one.start, max(one.stop, other.stop), tuple(whose), tuple(said), one.sure or other.sure, one.initials & other.initials)
