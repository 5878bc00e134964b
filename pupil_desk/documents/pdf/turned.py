"""Lines in which some text runs from the right: the words in their order, each part of a line where it is seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pupil_desk.documents.blocks import Run, safe_href
from pupil_desk.documents.typography.direction import APART, first_strong, levels, runs_left, visual_order
from pupil_desk.documents.typography.fonts import set_word, visible
from pupil_desk.documents.typography.spans import PARTS, Manner, Part, Span, TextLine, is_blank, show


def turned_words(runs: tuple[Run, ...], manner: Manner) -> Iterator[list[Part] | None]:
    """Words of a text in which some runs from the right: the parts of each have one level."""
    for at, paragraph in enumerate(_paragraphs(runs)):
        if at:
            yield None
        word: list[_Atom] = []
        # An English address in an Arabic paper stands on the right, but reads as it is written.
        base = manner.rtl and any(runs_left(run.text) for run in paragraph)
        for atom in _atoms(paragraph, int(base)):
            if not is_blank(atom.text):
                word.append(atom)
                continue
            if word:
                yield _set_word(word, manner)
                word = []
            yield [Part(" ", set_word(" ", manner.bold or atom.run.bold, manner.italic or atom.run.italic), atom.run, atom.level)]
        if word:
            yield _set_word(word, manner)


def _paragraphs(runs: tuple[Run, ...]) -> list[list[Run]]:
    """The runs between line breaks; neighbours of one manner are joined, so that letters join across them."""
    paragraphs: list[list[Run]] = [[]]
    for run in runs:
        for at, text in enumerate(visible(run.text).split("\n")):
            if at:
                paragraphs.append([])
            here, part = paragraphs[-1], replace(run, text=text)
            if here and not run.apart and not run.lang and replace(here[-1], text="") == replace(run, text=""):
                here[-1] = replace(here[-1], text=here[-1].text + text)
            elif text:
                here.append(part)
    return paragraphs


@dataclass(frozen=True, slots=True)
class _Atom:
    """A stretch of a run that is all blank or has no blank, of one level."""

    text: str
    run: Run
    level: int


def _atoms(runs: list[Run], base: int) -> Iterator[_Atom]:
    """The stretches of a paragraph in reading order. What is apart is resolved by itself, one level within the sentence's; neighbours
    that are apart in one language belong together, as the parts of what was filled in do."""
    groups = [(key, list(group)) for key, group in groupby(runs, key=lambda run: (run.apart or bool(run.lang), run.lang))]
    text = "".join(APART if apart else "".join(run.text for run in group) for (apart, _lang), group in groups)
    found, at = levels(text, base), 0
    for (apart, _lang), group in groups:
        whole = "".join(run.text for run in group)
        of_group: Sequence[int] = found[at : at + len(whole)]
        if apart:
            outer, strong = found[at], first_strong(whole)
            more = outer + (outer + strong) % 2 - strong
            of_group = [more + level for level in levels(whole, strong)]
        at += 1 if apart else len(whole)
        start = 0
        for run in group:
            yield from _of_levels(run, of_group[start : start + len(run.text)])
            start += len(run.text)


def _of_levels(run: Run, found: Sequence[int]) -> Iterator[_Atom]:
    at = 0
    for match in PARTS.finditer(run.text):
        start, end = match.span()
        for level, group in groupby(found[start:end]):
            length = len(list(group))
            at = start
            start += length
            yield _Atom(run.text[at:start], run, level)


def _set_word(atoms: list[_Atom], manner: Manner) -> list[Part]:
    parts = []
    for at, atom in enumerate(atoms):
        before = atoms[at - 1].text[-1] if at else ""
        after = atoms[at + 1].text[0] if at + 1 < len(atoms) else ""
        bold, italic = manner.bold or atom.run.bold, manner.italic or atom.run.italic
        word = set_word(atom.text, bold, italic, bool(atom.level % 2), before, after, exact=atom.run.exact)
        parts.append(Part(atom.text, word, atom.run, atom.level))
    return parts


def turned_line(parts: list[Part], manner: Manner, width: float, column: float) -> TextLine:
    """A line in which some runs from the right: its spans in reading order, each at the place where it is seen."""
    x = column - width if manner.rtl else 0.0
    if parts and parts[-1].text == " ":  # rule L1: the blank at which a line is broken stands at its end
        base = manner.rtl and all(part.level for part in parts[:-1])
        parts = [*parts[:-1], replace(parts[-1], level=int(base))]
        x -= parts[-1].word.width * manner.size if base else 0.0
    places = [0.0] * len(parts)
    for at in visual_order([part.level for part in parts]):
        places[at] = x
        x += parts[at].word.width * manner.size
    spans, used = [], dict[str, frozenset[str]]()
    for one in _together(parts):
        words = [parts[at].word for at in one]
        first = parts[one[0]]
        href = safe_href(first.run.href)
        text = "".join(dict.fromkeys(parts[at].run.text for at in one)) if href else ""
        shown = show(words, manner.size)
        if first.level % 2 and len(words[0].used) == 1 and first.text != " ":
            shown = b"/ReversedChars BMC %s EMC" % shown
        wide = sum(word.width for word in words) * manner.size
        spans.append(Span(min(places[at] for at in one), wide, shown, href, text, first.run.lang))
        for word in words:
            for font, characters in word.used:
                used[font] = used.get(font, frozenset()) | characters
    return TextLine(tuple(spans), width, tuple(used.items()))


def _together(parts: list[Part]) -> Iterator[list[int]]:
    """The places of parts that one span shows. What runs from the right is shown word by word, in reading order (ISO 32000-1, 14.8.2.3.3)."""
    here: list[int] = []
    for at, part in enumerate(parts):
        if here:
            last = parts[here[-1]]
            same = (last.level, last.run.href, last.run.lang) == (part.level, part.run.href, part.run.lang)
            if not same or part.level % 2:
                yield here
                here = []
        here.append(at)
    if here:
        yield here
