"""A paper whose words the program brings: its prose, and the sentences with which a rule fills the places of it; in English, or in a translation.

What is filled in as data stays as it is held: names, days, and what somebody typed. The words of a code are a sentence as any other.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import rule_text
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, NoticeBox, Para, Text
from pupil_desk.documents.isolates import isolated
from pupil_desk.documents.papers.letters import minus_parts
from pupil_desk.documents.prose import filled_apart, said_together
from pupil_desk.domain.translations.translation import PaperLine, PaperTranslation, has_words, lines_of, text_by_english
from pupil_desk.domain.unit.settings import UnitSettings

IN_ENGLISH = _(
    "What stands here in English is written as we hold it. The whole letter in English comes with this one. Ask us to explain it to you: {reach}."
)
"""What a translated letter says of itself at its end; translated with it."""
_PROSE, _SENTENCE = "body", "says"


@dataclass(frozen=True, slots=True)
class FixedPaper:
    """One such paper: its key among the papers, what it is called, the file of its prose within ``resources/words/en`` (empty where all of it is sentences), and the sentences of its rule.

    ``last`` is what a translation says of itself at its end, ``code_lists`` are the lists of which it says a code in words.
    """

    key: str
    title: str
    file: tuple[str, ...]
    sentences: tuple[str, ...] = ()
    last: str = IN_ENGLISH
    code_lists: tuple[str, ...] = ()

    @property
    def prose(self) -> str:
        """Its prose in English."""
        return rule_text("words", "en", *self.file) if self.file else ""

    @property
    def every_sentence(self) -> tuple[str, ...]:
        """Every sentence that may be filled in, each once: those of its rule, the words of its codes, and what a translation says of itself."""
        words_of_codes = (code_words(name, code) for name in self.code_lists for code in codelist(name).codes)
        return tuple(dict.fromkeys((*self.sentences, *words_of_codes, self.last)))

    @property
    def lines(self) -> tuple[PaperLine, ...]:
        """Its lines, each once however often it stands there."""
        all_lines = [
            *lines_of(_PROSE, self.title, self.prose),
            *(
                PaperLine(f"{_SENTENCE}/{number}", _("What is filled in"), words)
                for number, words in enumerate(self.every_sentence, start=1)
            ),
        ]
        by_english = {line.english: line for line in reversed(all_lines) if has_words(line.english)}
        return tuple(line for line in all_lines if by_english.get(line.english) is line)


def code_words(name: str, code: str | None) -> str:
    """The words of a code as they stand within a sentence, in English."""
    return begun_small(codelist(name).label_of(code))


class _Said(str):
    """A sentence in another language, in which what is filled in finds its own direction: a day, such as 7 December 2026, reads from the left in Arabic too."""

    __slots__ = ()

    def format(self, *_none: object, **places: object) -> str:
        return super().format(**{name: isolated(str(value)) for name, value in places.items()})


class PaperWords:
    """The words of a paper: in English, or as a translation of it has them."""

    def __init__(self, paper: FixedPaper, translation: PaperTranslation | None = None) -> None:
        self._paper = paper
        self._by_english = {line.english: line.translation for line in translation.translated_lines} if translation else {}
        self.is_translation = translation is not None

    @property
    def english(self) -> str:
        """The prose in English, whole."""
        return self._paper.prose

    def has(self, english: str) -> bool:
        """Whether a sentence is one of those of the paper's rule."""
        return english in self._paper.every_sentence

    def say(self, english: str) -> str:
        """A sentence of the paper's rule, with its places. Raises KeyError for one that is none of them, which is a bug."""
        if not self.has(english):
            raise KeyError(english)
        return _Said(self._by_english[english]) if self.is_translation and has_words(english) else english

    def code(self, name: str, code: str | None) -> str:
        """The words of a code of one of the paper's lists, as they stand within a sentence; a code that the list no longer has as it is."""
        words = code_words(name, code)
        return self.say(words) if self.has(words) else words

    def together(self, parts: Sequence[str]) -> str:
        """What is named one after another."""
        return said_together(parts, self.say)

    def prose(self, left_out: Collection[str] = ()) -> str:
        """The prose, without the parts of these headings, which are those in English."""
        english = minus_parts(self._paper.prose, left_out) if left_out else self._paper.prose
        return text_by_english(english, self._by_english)

    def line(self, english: str) -> str:
        """A line of the prose; one that is not translated as it is."""
        return text_by_english(english, self._by_english)

    def of_itself(self, unit: UnitSettings) -> list[Block]:
        """What a translated letter says at its end; nothing in English."""
        if not self.is_translation:
            return []
        return [NoticeBox([Para(self.last(unit))])]

    def last(self, unit: UnitSettings) -> Text:
        """What a translation says of itself at its end, with how the unit is reached."""
        return filled_apart(self.say(self._paper.last), {"reach": reach_of(unit)}, {})


def reach_of(unit: UnitSettings) -> str:
    """The unit's name, telephone and e-mail."""
    return ", ".join(filter(None, (unit.name, unit.phone, unit.email)))


type MakeStory = Callable[[PaperWords], list[Block]]
"""Makes the story of a paper for one household, in the words given."""
