"""Whether withheld words are gone from a copy: read with our own few lines, and none of the program's that look for names or prove anything.

Words are compared in small letters, without accents, apostrophes and signs that are not seen.
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

from pupil_desk.domain.pack import Said
from pupil_desk.services.packs.content import FRONT, PAPER, Compiled, Marked

TOGETHER = frozenset({"own-contact-detail", "protected", "ground"})  # what tells only as a whole
TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "rev", "reverend", "sir", "dame", "lady", "lord"])
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BY_CHANCE = 4  # letters: a shorter word is found in any long run of bytes

type Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """The words of a text; «Penn’s» is «penn», «O’Shea» «oshea»."""
    plain = unicodedata.normalize("NFKD", text.translate(_UNSEEN))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    plain = re.sub(r"[’'‘ʼ`´](s\b)?", "", plain)
    return tuple(re.findall(r"[^\W_]+", plain))


def withheld_of(mark: Marked) -> frozenset[Words]:
    """What must be gone with a mark: of a name each word, of an address or a number all of it."""
    said = words_of(mark.words)
    alone = {(word,) for word in said if len(word) > 1 and word not in TITLES and not word.isdigit()}
    return frozenset(alone) if alone and mark.whose not in TOGETHER else frozenset({said})


def standing(text: Words, wanted: Iterable[Words]) -> Counter[Words]:
    """How often each of these stands in a text."""
    single, found = Counter(text), Counter[Words]()
    for each in wanted:
        if len(each) == 1:
            found[each] = single[each[0]]
        else:
            found[each] = sum(text[at : at + len(each)] == each for at in range(len(text) - len(each) + 1))
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
        marks = [mark for mark in self.made.marks if mark.said is Said.WITHHOLD and self.made.is_given(mark.place.section)]
        return frozenset().union(*map(withheld_of, marks))

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
            for words, times in standing(words_of(fact["text"]), withheld).items():
                found[section, name, words] += times
            if standing(words_of(str(fact.get("value", ""))), withheld):
                yield f"data: a value as kept tells of it, {section}/{name}"
        for text in dict.fromkeys(self.made.front):  # our own words, each once
            for words, times in standing(words_of(text), withheld).items():
                found[FRONT, FRONT, words] += times
        for one in self.made.remaining:
            if not one.place.section.startswith(PAPER):
                listed[one.place.section, one.place.field, words_of(one.words)] += one.times
        for key in found.keys() | listed.keys():
            if found[key] != listed[key]:
                yield f"data: {'/'.join(key[:2])} has it {found[key]} times, {listed[key]} are listed"
        facts = {(section, name, fact["text"]) for section, name, fact in self._facts()}
        for mark in self.made.marks:
            if mark.said is Said.WITHHOLD and not mark.before and not mark.after and (mark.place.section, mark.place.field, mark.words) in facts:
                yield f"data: a fact withheld as a whole is there, {mark.place.section}/{mark.place.field}"

    # -- the paper

    def _in_text(self) -> Iterator[str]:
        """A word that is nowhere listed stands nowhere; of the others, none stands beside the words that it was marked beside."""
        there = [words_of(self.text), words_of(by_poppler(self.pdf))]
        listed = {words_of(one.words) for one in self.made.remaining}
        beside = {pair for _section, _name, fact in self._facts() for pair in pairwise(words_of(f"{fact['label']} {fact['text']}"))}
        beside |= {pair for text in self.made.front for pair in pairwise(words_of(text))}
        for text in there:
            for words in standing(text, self.withheld - listed):
                yield f"paper: {len(words)} words that are nowhere listed"
            pairs = set(pairwise(text))
            for mark in self.made.marks:
                if mark.said is Said.WITHHOLD and self.made.is_given(mark.place.section):
                    last, first = words_of(mark.before or mark.label)[-1:], words_of(mark.after)[:1]
                    said = words_of(mark.words)
                    for pair in ((*last, *said[:1]), (*said[-1:], *first)):
                        if len(pair) == 2 and pair in pairs and pair not in beside:
                            yield f"paper: a marked place is there, {mark.place.section}/{mark.place.field}"

    def _inside(self) -> Iterator[str]:
        """Whatever the file holds when all of it is unpacked, and what it says of itself."""
        listed = {words_of(one.words) for one in self.made.remaining}
        never = {words for words in self.withheld - listed if len("".join(words)) >= _BY_CHANCE}
        for text in unpacked(self.pdf):
            if standing(words_of(text), never):
                yield "paper: in what is packed into the file"
        with pikepdf.open(io.BytesIO(self.pdf)) as pdf:
            about = words_of(f"{dict(pdf.docinfo)!r} {pdf.open_metadata()}")
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
