"""The chapters of the help, in the window and on paper. They tell of the program alone, so nobody signs in for them."""

import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock

from pupil_desk import __version__
from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefiles import RuleSet, apart, by_rules, in_force
from pupil_desk.basics.text import fold, tokens
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.chapter import blocks_of, title_of
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.program.help_tables import filled
from pupil_desk.services.saving import Saving

INSTALL_GUIDES = ("80-install", "81-technician", "82-windows-checks")
"""The chapters that lie beside the installed program as PDF: for the office, for its technician, for who tries it out."""

_AT = "#"
_LEADS = re.compile(r"See \[[^\]]+\]\(([\w-]+)\.md\)\.")
MOST = 30  # passages found that are shown
_SIZES = (12, 11.5, 11, 10.5, 10)  # points: large type as long as it costs no page


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: the name of its file without the ending, and its title."""

    name: str
    title: str

    @property
    def topic(self) -> str:
        """«07-backup» is the help of the page «backup»: numbers only order the list."""
        return re.sub(r"^\d+-", "", self.name)


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a chapter, from one heading to the next: the heading, and the text beneath. ``number`` counts the headings of the chapter from 0, its title."""

    chapter: Chapter
    heading: str
    number: int
    text: str
    heads: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    leads_to: str = ""  # the chapter that tells of it, where the text does no more than name that

    @property
    def place(self) -> str:
        """As ``go`` carries it to the page of the help: «02-pupils#3»."""
        return f"{self.chapter.name}{_AT}{self.number}"


@dataclass(frozen=True, slots=True)
class PassageFound:
    """A passage in which words were found, with the sentence around the first of them; empty where the heading has them all."""

    passage: Passage
    excerpt: str

    @property
    def title(self) -> str:
        """The heading, and its chapter: what tells one from another comes first, where there is room for few words."""
        chapter, heading = self.passage.chapter.title, self.passage.heading
        return chapter if heading == chapter else _("{heading} ({chapter})").format(chapter=chapter, heading=heading)


def chapters() -> list[Chapter]:
    """Every chapter, in the order of the list."""
    return list(_titles())


@cache
def _titles() -> tuple[Chapter, ...]:
    return tuple(Chapter(path.stem, title_of(path.read_text(encoding="utf-8"))) for path in sorted(resource("help").glob("*.md")))


@by_rules
def text_of(name: str) -> str:
    """A chapter, in Markdown. What the program's own rules and registers hold is filled in from them."""
    return filled(resource("help", f"{name}.md").read_text(encoding="utf-8"))


_read_by: set[RuleSet] = set()
_reading = Lock()


def are_read() -> bool:
    """Whether all chapters are read, by the rules in force: then nobody waits for what is found in them."""
    return in_force() in _read_by


def passages() -> list[Passage]:
    """Every part of every chapter, as it is read: without the signs of Markdown. Read once, by whoever asks first, in whatever thread."""
    rules = in_force()
    with nullcontext() if rules in _read_by else _reading, apart(rules):
        found = [passage for chapter in chapters() for passage in _passages_of(chapter)]
    _read_by.add(rules)
    return found


@by_rules
def _passages_of(chapter: Chapter) -> tuple[Passage, ...]:
    found = []
    parts = re.split(r"^#+ (.*)\n", text_of(chapter.name), flags=re.MULTILINE)[1:]
    for number, (heading, below) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
        heads, read = frozenset(tokens(plain(heading))), plain(below)
        words = heads.union(tokens(chapter.title), map(sys.intern, tokens(read)))  # most stand in many passages: each is kept once
        only_leads = _LEADS.fullmatch(below.strip())
        found.append(Passage(chapter, plain(heading), number, read, heads=heads, words=words, leads_to=only_leads[1] if only_leads else ""))
    return tuple(found)


def passage_at(place: str) -> Passage:
    """«pupils#Contacts» is the passage of that heading in the help of the page «pupils», and «02-pupils#3» that of its number.

    Of several headings, each on a line, it is the first that is there; without one of them, the beginning of the chapter. A heading beneath
    which only another chapter is named leads to that.
    """
    name, _sign, wanted = place.partition(_AT)
    chapter = next((chapter for chapter in chapters() if name in (chapter.name, chapter.topic)), chapters()[0])
    parts = _passages_of(chapter)
    for heading in wanted.splitlines():
        for passage in parts:
            if heading == str(passage.number):
                return passage_at(passage.leads_to) if passage.leads_to else passage
            if fold(heading) == fold(passage.heading):
                return passage_at(f"{passage.leads_to}{_AT}{wanted}") if passage.leads_to else passage
    return parts[0]


def concerning(place: str, question: str) -> Passage:
    """The passage on what a question asks: the one at that place, or else of its chapter, that has these words together; else that place."""
    here, words = passage_at(place), fold(question)
    near = (here, *_passages_of(here.chapter))
    return next((passage for passage in near if words in fold(f"{passage.heading} {passage.text}")), here)


def plain(markdown: str) -> str:
    """As it is read. A cell of a table, and a line of a list, is a sentence of its own."""
    lines = (line for line in markdown.splitlines() if not re.fullmatch(r"\|[-|: ]+", line.strip()))
    text = "\n".join(re.sub(r"^(- \[ \] |- |\d+\. )", "", line.strip("| ")).replace(" | ", ": ") for line in lines)
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).replace("**", "").replace("*", "").replace("`", "")


def found(text: str) -> list[PassageFound]:
    """The passages that have a word for each one typed, in any order, whole or its beginning: first those whose heading has them."""
    query = tokens(text)
    matches = [passage for passage in (passages() if query else []) if _has_all(query, passage.words)]
    matches.sort(key=lambda passage: not _has_all(query, passage.heads))  # else in the order of the chapters
    return [
        PassageFound(passage, "" if _has_all(query, passage.heads) else _best_sentence(query, passage.text)) for passage in matches[:MOST]
    ]


def headed(text: str) -> list[Passage]:
    """The passages whose heading has a word for each one typed, whole or its beginning."""
    query = tokens(text)
    return [passage for passage in (passages() if query else []) if _has_all(query, passage.heads)]


def _has_all(query: Iterable[str], words: Iterable[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in query)


def _best_sentence(query: Sequence[str], text: str) -> str:
    """The sentence that has the most of them, the first of those."""
    sentences = [sentence.strip() for sentence in re.split(r"(?<=[.?])\s+|\n", text) if sentence.strip()]
    return max(sentences, key=lambda sentence: sum(_has_all([start], tokens(sentence)) for start in query), default="")


def pdf_of(name: str) -> bytes:
    """A chapter as a tagged PDF on A4, in the largest type in which it takes no page more than in the smallest."""
    from pupil_desk.documents.pdf.page import build_pdf, pages_needed

    story, title = blocks_of(text_of(name)), title_of(text_of(name))
    fewest = pages_needed(story, base_size=_SIZES[-1])
    size = next(size for size in _SIZES if pages_needed(story, base_size=size) == fewest)
    return build_pdf(story, title=title, footer=f"Pupil Desk {__version__}", base_size=size)


def card_of(role: Role) -> Chapter:
    """The quick card of a role: what it does most, on one side of A4."""
    return next(chapter for chapter in chapters() if chapter.name == f"card-{role.value}")


def save_guide(name: str, folder: Path) -> FileMade:
    """Save a chapter as PDF under a name that is free in the folder. Raises CannotWrite."""
    return save_guides((name,), folder)[0]


def save_guides(names: tuple[str, ...], folder: Path) -> list[FileMade]:
    """Save chapters as PDF, all of them or none. Raises CannotWrite."""
    topics = {chapter.name: chapter.topic for chapter in chapters()}
    with Saving(folder) as saving:
        for name in names:
            saving.keep(f"pupil-desk-{topics[name]}", ".pdf", pdf_of(name))
    return saving.files
