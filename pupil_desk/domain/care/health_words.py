"""What a text about health, written as people write, says of food and of danger: so that what stands in words alone is not overlooked.

The words are data (``resources/quality/health_words.toml``), met with blanks and hyphens within them, in the plural, and the long ones with slips.
A part of a text that only denies an allergy names its food all the same, and speaks of no allergy; any doubt counts as speaking of one.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.text import begun_small, tokens
from pupil_desk.basics.words import join_words

ANAPHYLAXIS, ALLERGY_WORDS, EMERGENCY, OTHER_FOOD = "anaphylaxis", "allergy", "emergency", "other_food"
RELIEVER, PREVENTER = "reliever", "preventer"
"""What words speak of beside the allergens, by the keys of the file."""
_SLIPS = ((10, 2), (7, 1))  # letters of a word, and the slips with which it is met
_SHORTEST_SLIP = _SLIPS[-1][0] - _SLIPS[-1][1]
_PARTS = re.compile(r"[.,;:!?()\n]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the file: what each speaks of, the beginnings, the long ones that are met with slips by their first letter, and how an allergy is denied."""

    topics: dict[str, frozenset[str]]
    stems: dict[str, frozenset[str]]
    long_words: dict[str, tuple[str, ...]]
    unlike: frozenset[str]
    openings: tuple[tuple[str, ...], ...]
    between: frozenset[str]
    eats: tuple[tuple[str, ...], ...]
    well: frozenset[str]
    excepting: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class HealthWords:
    """What a text speaks of: the codes of its allergens in the order of the list, denied or not; whether of a food that no list names;
    whether of an allergy in so many words, and whether of one or of an allergen, not denied; whether of anaphylaxis or a pen against it; whether of another emergency; whether of an inhaler against an attack of asthma, and of one that helps in none."""

    foods: tuple[str, ...] = ()
    names_other_food: bool = False
    names_allergy: bool = False
    tells_allergy: bool = False
    tells_anaphylaxis: bool = False
    tells_emergency: bool = False
    tells_reliever: bool = False
    tells_preventer: bool = False


@by_rules
def vocabulary() -> Vocabulary:
    """As the file of rules in force has it. Raises ValueError for a food or a diet that no list has."""
    return _vocabulary("foods", "dangers")


@by_rules
def _medicine_vocabulary() -> Vocabulary:
    return _vocabulary("foods", "dangers", "given")


def _vocabulary(*tables: str) -> Vocabulary:
    data = rule_data("quality", "health_words.toml")
    for code_list, codes in (("allergen", data["foods"]), ("diet", data["diets"])):
        if unknown := codes.keys() - codelist(code_list).codes.keys():
            raise ValueError(", ".join(sorted(unknown)))
    topics: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    for topic, words in ((topic, words) for table in tables for topic, words in data[table].items()):
        for word in words:
            (stems if word.endswith("*") else topics).setdefault(word.rstrip("*"), set()).add(topic)
    denials = data["denials"]
    return Vocabulary(
        topics={word: frozenset(meanings) for word, meanings in topics.items()},
        stems={stem: frozenset(meanings) for stem, meanings in stems.items()},
        long_words={
            letter: tuple(word for word in topics if word[0] == letter and len(word) >= _SLIPS[-1][0])
            for letter in {word[0] for word in topics}
        },
        unlike=frozenset(data["unlike"]["words"]),
        openings=tuple(tuple(words.split()) for words in denials["opening"]),
        between=frozenset(denials["between"]),
        eats=tuple(tuple(words.split()) for words in denials["eats"]),
        well=frozenset(denials["well"]),
        excepting=re.compile(rf"\b(?:{'|'.join(denials['excepting'])})\b", re.IGNORECASE),
    )


@by_rules
def left_out_by(diet: str) -> frozenset[str]:
    """The codes of the allergens that a diet leaves out anyhow."""
    return frozenset(rule_data("quality", "health_words.toml")["diets"].get(diet, ()))


def read_words(text: str | None) -> HealthWords:
    """What a text speaks of, part by part."""
    return _read(text, vocabulary())


def read_medicine(name: str, directions: str) -> HealthWords:
    """The same of a medicine: when it is given may be told in words that are said of much else, such as an attack."""
    return _read(f"{name}\n{directions}", _medicine_vocabulary())


def _read(text: str | None, lexicon: Vocabulary) -> HealthWords:
    topics: set[str] = set()
    denied: set[str] = set()
    for sentence in _PARTS.split(text or ""):
        for part in lexicon.excepting.split(sentence):
            words = tokens(part)
            (denied if _is_denial(words, lexicon) else topics).update(_topics(words, lexicon))
    codes = [code for code in codelist("allergen").codes if code in vocabulary_foods()]
    return HealthWords(
        foods=tuple(code for code in codes if code in topics | denied),
        names_other_food=OTHER_FOOD in topics,
        names_allergy=not topics.isdisjoint({ALLERGY_WORDS, ANAPHYLAXIS}),
        tells_allergy=not topics.isdisjoint({*codes, ALLERGY_WORDS, ANAPHYLAXIS}),
        tells_anaphylaxis=ANAPHYLAXIS in topics,
        tells_emergency=not topics.isdisjoint({EMERGENCY, RELIEVER}),
        tells_reliever=RELIEVER in topics,
        tells_preventer=PREVENTER in topics,
    )


@by_rules
def vocabulary_foods() -> frozenset[str]:
    """The codes of the allergens for which there are words."""
    return frozenset(rule_data("quality", "health_words.toml")["foods"])


def foods_in_words(codes: Collection[str]) -> str:
    """«nuts and milk»."""
    return join_words([begun_small(codelist("allergen").label_of(code)) for code in codes])


def _topics(words: Sequence[str], lexicon: Vocabulary) -> set[str]:
    topics: set[str] = set()
    for index, word in enumerate(words):
        topics |= _topics_of(word, lexicon)
        for pair_form in _forms("".join(words[index : index + 2])):
            topics |= lexicon.topics.get(pair_form, frozenset()) | _stem_topics(pair_form, lexicon)
    return topics


def _topics_of(word: str, lexicon: Vocabulary) -> frozenset[str]:
    """What one word speaks of: as it stands, in the plural, with «free» behind it, as a beginning, or with a slip in it."""
    forms = tuple(dict.fromkeys(_forms(word)))
    for form in forms:
        if form in lexicon.topics:
            return lexicon.topics[form] | _stem_topics(word, lexicon)
    if stem_topics := _stem_topics(word, lexicon):
        return stem_topics
    if len(word) < _SHORTEST_SLIP or not lexicon.unlike.isdisjoint(forms):
        return frozenset()
    near = [
        lexicon.topics[long_word] for long_word in lexicon.long_words.get(word[0], ()) if any(_is_slip(form, long_word) for form in forms)
    ]
    return frozenset().union(*near)


def _stem_topics(word: str, lexicon: Vocabulary) -> frozenset[str]:
    if not word.startswith(tuple(lexicon.stems)):
        return frozenset()
    return frozenset(topic for stem, meanings in lexicon.stems.items() if word.startswith(stem) for topic in meanings)


def _forms(word: str) -> Iterator[str]:
    """The word, and what it may be the plural of, with «free» behind or without."""
    yield word
    for stem in (word, word.removesuffix("free")) if len(word) > len("free") else (word,):
        yield stem
        if stem.endswith("ies"):
            yield f"{stem.removesuffix('ies')}y"
        if stem.endswith("es"):
            yield stem.removesuffix("es")
        if stem.endswith("s"):
            yield stem.removesuffix("s")


def _is_slip(word: str, long_word: str) -> bool:
    """Whether a word is a long one with few letters dropped, doubled, put for another or the wrong way round, its first apart."""
    most = _SLIPS[0][1] if len(long_word) >= _SLIPS[0][0] else _SLIPS[1][1]
    return abs(len(word) - len(long_word)) <= most and _slips_between(word, long_word) <= most


def _slips_between(word: str, long_word: str) -> int:
    """How many letters must be dropped, put in, put for another or changed with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(long_word) + 1))
    for place, letter in enumerate(word, 1):
        below = [place]
        for column, sign in enumerate(long_word, 1):
            cost = min(row[column] + 1, below[-1] + 1, row[column - 1] + (letter != sign))
            if place > 1 and column > 1 and letter == long_word[column - 2] and word[place - 2] == sign:
                cost = min(cost, before[column - 2] + 1)
            below.append(cost)
        before, row = row, below
    return row[-1]


def _is_denial(words: Sequence[str], lexicon: Vocabulary) -> bool:
    """Whether a part of a text says no more than that there is no known allergy, or that foods are eaten well: each word of it must be known to."""
    for opening in lexicon.openings:
        if tuple(words[: len(opening)]) == opening and len(words) > len(opening):
            return all(_is_harmless(word, lexicon) for word in words[len(opening) :])
    for opening in lexicon.eats:
        if tuple(words[: len(opening)]) == opening and words[-1] in lexicon.well:
            return all(_is_harmless(word, lexicon) for word in words[len(opening) : -1])
    return False


def _is_harmless(word: str, lexicon: Vocabulary) -> bool:
    """Whether a word within a denial leaves it one: a food, an allergy, or what stands between."""
    topics = _topics_of(word, lexicon)
    return word in lexicon.between or (bool(topics) and ANAPHYLAXIS not in topics)
