"""A paper as lines to be translated, and a translation of them: for the very English that it was made of, and no other.

A line keeps what is filled in: «{{forename}}» of a letter, «{forename}» of a form. Lines without a word of their own, such as the room for
a signature, are not translated.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pupil_desk.basics.text import printable, shortened, tidy
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.papers.letter import ASK

LONGEST_LINE = 2000  # characters
_PLACE = re.compile(r"\{\{[^{}]*\}\}|\{[^{}]*\}")
MARK = re.compile(r"(?:- |#{1,3} )?")
"""What a line of a list, or a heading, begins with; nothing of any other."""
NO_TEXT = "�"
"""What stands for a sign that is no text."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of a paper in English: its key within the paper, in which part it stands, and its words as they were written."""

    key: str
    label: str
    english: str


@dataclass(frozen=True, slots=True)
class TranslatedLine:
    """One line as it was translated: its key, the English that was there, and what stands for it."""

    key: str
    english: str
    translation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTranslation:
    """One version of the translation of a paper: ``paper`` is its key, ``of_wording`` the digest of the English, ``lines`` JSON.

    A later version takes its place, and none is overwritten. One that is ``retired`` is used no longer.
    """

    id: str = ""
    paper: str = ""
    language: str = ""
    version: int = 0
    of_wording: str = ""
    lines: str = "[]"
    translated_by: str | None = None
    checked_by: str | None = None
    checked_on: date | None = None
    retired: bool = False

    @property
    def translated_lines(self) -> tuple[TranslatedLine, ...]:
        """Its lines, in the order of the paper."""
        return tuple(TranslatedLine(*entry) for entry in json.loads(self.lines))

    @property
    def words(self) -> Mapping[str, str]:
        """What stands for each line, by its key."""
        return {line.key: line.translation for line in self.translated_lines}


class TranslationStanding(Enum):
    """How the translation of a paper into one language stands. It is given only where it is in use."""

    NONE = "none"
    UNCHECKED = "unchecked"
    BEHIND = "behind"
    IN_USE = "in-use"


def as_json(lines: Sequence[PaperLine], words: Mapping[str, str]) -> str:
    """Lines with what stands for each, as a version keeps them."""
    return json.dumps([[line.key, line.english, words[line.key]] for line in lines], ensure_ascii=False)


def wording_digest(texts: Iterable[tuple[str, str]]) -> str:
    """What tells one wording of a paper from another, of its texts by their keys: any change of them makes another, also of what is not
    translated, such as what is filled in, a list, or an empty line."""
    return hashlib.sha256(json.dumps([[key, text] for key, text in texts], ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What was typed for one wording of a paper, put to another: what stands for each line now; of lines whose English is another now, that
    which it was; and what was typed for lines that are gone."""

    words: Mapping[str, str]
    earlier_english: Mapping[str, str]
    gone: tuple[str, ...] = ()


def carried_over(english: Mapping[str, str], words: Mapping[str, str], lines: Sequence[PaperLine]) -> CarriedOver:
    """Put what was typed, ``words``, for lines that read ``english``, to the lines that there are now: first by place and English, then by English
    alone, then by place alone, which somebody must look at. Nothing that was typed is lost."""
    left_over = {key: text for key, text in words.items() if text.strip()}
    carried: dict[str, str] = {}
    earlier_english: dict[str, str] = {}
    for line in lines:
        if line.key in left_over and english.get(line.key) == line.english:
            carried[line.key] = left_over.pop(line.key)
    for line in lines:
        same = next((key for key in left_over if english.get(key) == line.english), None)
        if line.key not in carried and same is not None:
            carried[line.key] = left_over.pop(same)
    for line in lines:
        if line.key not in carried and line.key in left_over:
            carried[line.key] = left_over.pop(line.key)
            earlier_english[line.key] = english.get(line.key, "")
    return CarriedOver(carried, earlier_english, tuple(left_over.values()))


def lines_of(key: str, label: str, text: str) -> Iterator[PaperLine]:
    """The lines of a text that have words to translate; the mark of a list, or of a heading, is none of them."""
    for number, line in enumerate(text.split("\n"), start=1):
        english = MARK.sub("", line, count=1).strip()
        if has_words(english):
            yield PaperLine(f"{key}/{number}", label, english)


def has_words(line: str) -> bool:
    """Whether a line says anything besides what is filled in."""
    return any(sign.isalnum() for sign in _PLACE.sub("", line))


def text_in(key: str, text: str, words: Mapping[str, str]) -> str:
    """A text with each of its lines in other words; what is not translated stays. Lists, headings, paragraphs and lines stay as they are."""
    translated = []
    for number, line in enumerate(text.split("\n"), start=1):
        mark = MARK.match(line)
        translation = words.get(f"{key}/{number}")
        translated.append(line if translation is None or mark is None else mark[0] + translation)
    return "\n".join(translated)


def text_by_english(text: str, words: Mapping[str, str]) -> str:
    """The same by what each line says in English, whichever lines of the paper stand in the text."""
    translated = []
    for line in text.split("\n"):
        mark = MARK.match(line)
        head = mark[0] if mark else ""
        translation = words.get(line.removeprefix(head).strip())
        translated.append(line if translation is None else head + translation)
    return "\n".join(translated)


def paired_lines(key: str, english: str, translated_text: str) -> dict[str, str]:
    """What stands for each line in a text that was translated as a whole, where it has the lines of the English one for one; else nothing."""
    other_lines = {line.key: line.english for line in lines_of(key, "", translated_text)}
    english_keys = [line.key for line in lines_of(key, "", english)]
    return other_lines if list(other_lines) == english_keys else {}


def places_in(line: str) -> frozenset[str]:
    """What a line leaves open to be filled in, tidied; of what a letter asks for, its words count to the letter."""
    return frozenset(_tidied(match[0]) for match in _PLACE.finditer(line))


def _tidied(place: str) -> str:
    """A letter's place as the letter reads it, whatever blanks and capitals it is written with; a form's is read to the letter."""
    if not place.startswith("{{"):
        return place
    name = tidy(place.strip("{}"))
    is_question = name.lower().startswith(ASK)
    return "{{%s}}" % (f"{ASK} {tidy(name[len(ASK) :])}" if is_question else name.lower())


def problems_of_lines(lines: Sequence[PaperLine], words: Mapping[str, str]) -> Iterator[Problem]:
    """What stands against a translation, line by line: nothing there, too long, or not the same to be filled in."""
    for line in lines:
        translation = words.get(line.key, "")
        if not translation:
            yield Problem(line.key, "missing", _("Translate “{line}”.").format(line=shortened_line(line.english)))
        elif NO_TEXT in printable(translation):
            yield Problem(
                line.key,
                "not_text",
                _("Type the line for “{line}” anew: it holds signs that are no text.").format(line=shortened_line(line.english)),
            )
        elif len(translation) > LONGEST_LINE:
            yield Problem(line.key, "too_long", _("Shorten this to {most} characters.").format(most=LONGEST_LINE))
        elif translation.startswith(("#", "- ")):
            sentence = _("Begin the line for “{line}” with a word, without “#” or “-”.")
            yield Problem(line.key, "marked", sentence.format(line=shortened_line(line.english)))
        elif (english_places := places_in(line.english)) != (own_places := places_in(translation)):
            yield Problem(line.key, "other_places", _other_places(english_places - own_places, own_places - english_places, line))
        elif set("{}") & set(_PLACE.sub("", translation)):
            sentence = _("A place to be filled in lacks one of its signs “{{” and “}}” in the line for “{line}”.")
            yield Problem(line.key, "open_place", sentence.format(line=shortened_line(line.english)))


def _other_places(lacking: frozenset[str], strange: frozenset[str], line: PaperLine) -> str:
    sentences = []
    if lacking:
        sentences.append(_("Keep {places}, as in “{line}”.").format(places=join_words(sorted(lacking)), line=shortened_line(line.english)))
    if strange:
        sentences.append(
            _("{places} is not in “{line}”. Leave it out.").format(places=join_words(sorted(strange)), line=shortened_line(line.english))
        )
    return " ".join(sentences)


def shortened_line(line: str) -> str:
    """A line as a message names it."""
    return shortened(line, 60)
