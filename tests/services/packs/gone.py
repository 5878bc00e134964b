"""Whether withheld words are gone from a copy: read with our own few lines, and none of the program's that look for names or prove anything.

Words are compared in small letters, without accents, apostrophes and signs that are not seen; initials as they are written, in capitals.
"""

import io
import json
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from pupil_desk.domain.requests.pack import PAPER, PlaceVerdict
from pupil_desk.services.packs.content import FRONT, Compiled, MarkedPlace, Remaining

TOGETHER = frozenset(
    {"own-contact-detail", "contact-field", "protected", "in-care", "ground", "kept-from-family"}
)  # what tells only as a whole
TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "rev", "reverend", "sir", "dame", "lady", "lord"])
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BY_CHANCE = 4  # letters: a shorter word is found in any long run of bytes

type Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """The words of a text; «Penn’s» is «penn», «O’Shea» «oshea»."""
    return tuple(word.casefold() for word in written_in(text))


def written_in(text: str) -> Words:
    """The same with their capitals."""
    plain = unicodedata.normalize("NFKD", text.translate(_UNSEEN))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"[’'‘ʼ`´](s\b)?", "", plain)
    return tuple(re.findall(r"[^\W_]+", plain))


def withheld_of(mark: MarkedPlace) -> frozenset[Words]:
    """What must be gone with a mark: of a name each word, of an address or a number all of it. Initials, which may be a word, in capitals."""
    said = words_of(mark.words)
    letters = tuple(word.upper() for word in said)
    if len(said) > 1 and all(len(word) == 1 for word in said) and mark.words.isupper():
        return frozenset({letters, ("".join(letters),)})
    names = [word for word in said if len(word) > 1 and word not in TITLES and not word.isdigit()]
    alone = {(word,) for word in names if word not in mark.initials}
    alone |= {way for word in names if word in mark.initials for way in ((word.upper(),), tuple(word.upper()))}
    return frozenset(alone) if alone and mark.whose not in TOGETHER else frozenset({said})


def standing(text: str, wanted: Iterable[Words]) -> Counter[Words]:
    """How often each of these stands in a text."""
    small, found = words_of(text), Counter[Words]()
    written = tuple(re.sub(r"(?<=\d) [AP]M\b", "", " ".join(written_in(text))).split())  # «10 AM» is a time, and no initials
    for each in wanted:
        words = written if each[0].isupper() else small
        found[each] = sum(words[at : at + len(each)] == each for at in range(len(words) - len(each) + 1))
    return +found


@dataclass
class Copy:
    """A copy as it is given, opened: its paper and its data; and the sheet that stays, of which restricted notes have none. ``made``: what was decided."""

    made: Compiled
    pdf: bytes
    data: bytes
    sheet: bytes = b""
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = text_of(self.pdf)

    @property
    def withheld(self) -> frozenset[Words]:
        """All that must be gone, but where it is listed."""
        marks = [
            mark
            for mark in self.made.marks
            if mark.said is PlaceVerdict.WITHHOLD and self.made.is_given(mark.place.section) and not mark.common
        ]
        return frozenset().union(*map(withheld_of, marks))

    def _listed_as(self, one: Remaining) -> Words:
        """What is withheld of which a place is listed: the words in small letters, or initials."""
        words = words_of(one.words)
        return words if words in self.withheld else written_in(one.words)

    def _in_headings(self) -> set[Words]:
        """What stands in headings of ours too, which name nobody."""
        return {words for text in self.made.headings for words in standing(text, self.withheld)}

    def faults(self) -> list[str]:
        """Everything wrong with it, in words."""
        return [*self._in_data(), *self._in_text(), *self._inside(), *self._on_sheet()]

    # -- the data: each word that is left must be listed, at its section and field, as often as it stands there

    def _facts(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for section in json.loads(self.data)["sections"]:
            for record in section["records"]:
                for name, fact in record.items():
                    yield section["name"], name, fact

    def _in_data(self) -> Iterator[str]:
        withheld, found, listed = self.withheld, Counter[tuple[str, str, Words]](), Counter[tuple[str, str, Words]]()
        for section, name, fact in self._facts():
            for words, times in standing(fact["text"], withheld).items():
                found[section, name, words] += times
            if standing(str(fact.get("value", "")), withheld):
                yield f"data: a value as kept tells of it, {section}/{name}"
        for text in dict.fromkeys(self.made.front):  # our own words, each once
            for words, times in standing(text, withheld).items():
                found[FRONT, FRONT, words] += times
        for one in self.made.remaining:
            if not one.place.section.startswith(PAPER):
                listed[one.place.section, one.place.field, self._listed_as(one)] += one.times
        for key in found.keys() | listed.keys():
            if found[key] != listed[key]:
                yield f"data: {'/'.join(key[:2])} has it {found[key]} times, {listed[key]} are listed"
        facts = {(section, name, fact["text"]) for section, name, fact in self._facts()}
        for mark in self.made.marks:
            if (
                mark.said is PlaceVerdict.WITHHOLD
                and not mark.before
                and not mark.after
                and (mark.place.section, mark.place.field, mark.words) in facts
            ):
                yield f"data: a fact withheld as a whole is there, {mark.place.section}/{mark.place.field}"

    # -- the paper

    def _in_text(self) -> Iterator[str]:
        """A word that is nowhere listed stands nowhere; of the others, none stands beside the words that it was marked beside."""
        listed = set(map(self._listed_as, self.made.remaining)) | self._in_headings()
        beside = {pair for _section, _name, fact in self._facts() for pair in pairwise(words_of(f"{fact['label']} {fact['text']}"))}
        beside |= {pair for text in self.made.front for pair in pairwise(words_of(text))}
        for read in (self.text, by_poppler(self.pdf)):
            text = words_of(read)
            for words in standing(read, self.withheld - listed):
                yield f"paper: {len(words)} words that are nowhere listed"
            pairs = set(pairwise(text))
            for mark in self.made.marks:
                if mark.said is PlaceVerdict.WITHHOLD and self.made.is_given(mark.place.section):
                    last, first = words_of(mark.before or mark.label)[-1:], words_of(mark.after)[:1]
                    said = words_of(mark.words)
                    for pair in ((*last, *said[:1]), (*said[-1:], *first)):
                        if len(pair) == 2 and pair in pairs and pair not in beside:
                            yield f"paper: a marked place is there, {mark.place.section}/{mark.place.field}"

    def _inside(self) -> Iterator[str]:
        """Whatever the file holds when all of it is unpacked, and what it says of itself."""
        listed = set(map(self._listed_as, self.made.remaining)) | self._in_headings()
        never = {words for words in self.withheld - listed if len("".join(words)) >= _BY_CHANCE}
        for text in unpacked(self.pdf):
            if standing(text, never):
                yield "paper: in what is packed into the file"
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            about = f"{dict(pdf.docinfo)!r} {pdf.open_metadata()}".replace("en-GB", "")
        if standing(about, self.withheld) or standing(about, [words_of(self.made.pupil.surname)]):
            yield "paper: what the file says of itself"

    # -- the sheet that stays

    def _on_sheet(self) -> Iterator[str]:
        """Each place that remains is a line of it, ticked or to be ticked; each that is withheld too."""
        if not self.sheet:
            return
        said = " ".join(text_of(self.sheet).split())
        lines = said.count("Looked at, and may stand") + said.count("Not looked at")
        if lines != len(self.made.remaining):
            yield f"sheet: {lines} lines for {len(self.made.remaining)} places that remain"


def text_of(pdf: bytes) -> str:
    """The words of a PDF."""
    read = pypdfium2.PdfDocument(pdf)
    text = "\n".join(read[number].get_textpage().get_text_range() for number in range(len(read)))
    read.close()
    return text.replace("\ufffe", "-")


def by_poppler(pdf: bytes) -> str:
    """The same as another reader has it; empty where that is not on this computer."""
    reader = shutil.which("pdftotext")
    if reader is None:
        return ""
    return subprocess.run([reader, "-q", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def unpacked(pdf: bytes) -> Iterator[str]:
    """Every string of a PDF, and every stream as it is inside, but for programs of fonts and tables of letters."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        letters = {each.ToUnicode.objgen for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each}
        for each in (*opened.objects, opened.trailer):
            yield from _strings(each)
            if isinstance(each, pikepdf.Stream) and "/Length1" not in each and each.objgen not in letters:
                held = each.read_bytes()
                for way in ("latin-1", "utf-8", "utf-16-be"):
                    yield re.sub(r"/[\w.#+-]+", " ", held.decode(way, "ignore"))


def _strings(each: Any) -> Iterator[str]:
    if isinstance(each, pikepdf.String):
        yield str(each)
    elif isinstance(each, pikepdf.Stream):
        yield from _strings(each.stream_dict)
    elif isinstance(each, (pikepdf.Dictionary, pikepdf.Array)):
        for held in each.as_dict().values() if isinstance(each, pikepdf.Dictionary) else each:
            if not getattr(held, "is_indirect", False):
                yield from _strings(held)


def files_in(folder: Path) -> list[Path]:
    """The files there, in order of their names."""
    return sorted(folder.iterdir())
