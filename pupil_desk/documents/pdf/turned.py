"""Lines in which some text runs from the right: the words in their order, each part of a line where it is seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pupil_desk.documents.blocks import Run, safe_href
from pupil_desk.documents.typography.direction import APART, first_strong, levels, runs_left, visual_order
from pupil_desk.documents.typography.fonts import set_word, visible
from pupil_desk.documents.typography.spans import PARTS, Span, TextLine, TextManner, WordPart, is_blank, show


def turned_words(runs: tuple[Run, ...], manner: TextManner) -> Iterator[list[WordPart] | None]:
    """Words of a text in which some runs from the right: the parts of each have one level."""
    for index, paragraph in enumerate(_paragraphs(runs)):
        if index:
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
            yield [WordPart(" ", set_word(" ", manner.bold or atom.run.bold, manner.italic or atom.run.italic), atom.run, atom.level)]
        if word:
            yield _set_word(word, manner)


def _paragraphs(runs: tuple[Run, ...]) -> list[list[Run]]:
    """The runs between line breaks; neighbours of one manner are joined, so that letters join across them."""
    paragraphs: list[list[Run]] = [[]]
    for run in runs:
        for index, text in enumerate(visible(run.text).split("\n")):
            if index:
                paragraphs.append([])
            paragraph, part = paragraphs[-1], replace(run, text=text)
            if paragraph and not run.is_apart and not run.lang and replace(paragraph[-1], text="") == replace(run, text=""):
                paragraph[-1] = replace(paragraph[-1], text=paragraph[-1].text + text)
            elif text:
                paragraph.append(part)
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
    groups = [(key, list(group)) for key, group in groupby(runs, key=lambda run: (run.is_apart or bool(run.lang), run.lang))]
    text = "".join(APART if is_apart else "".join(run.text for run in group) for (is_apart, _lang), group in groups)
    level_of_character, position = levels(text, base), 0
    for (apart_here, _lang), group in groups:
        group_text = "".join(run.text for run in group)
        of_group: Sequence[int] = level_of_character[position : position + len(group_text)]
        if apart_here:
            outer, strong = level_of_character[position], first_strong(group_text)
            level_offset = outer + (outer + strong) % 2 - strong
            of_group = [level_offset + level for level in levels(group_text, strong)]
        position += 1 if apart_here else len(group_text)
        start = 0
        for run in group:
            yield from _of_levels(run, of_group[start : start + len(run.text)])
            start += len(run.text)


def _of_levels(run: Run, level_of_character: Sequence[int]) -> Iterator[_Atom]:
    part_start = 0
    for match in PARTS.finditer(run.text):
        start, end = match.span()
        for level, group in groupby(level_of_character[start:end]):
            length = len(list(group))
            part_start = start
            start += length
            yield _Atom(run.text[part_start:start], run, level)


def _set_word(atoms: list[_Atom], manner: TextManner) -> list[WordPart]:
    parts = []
    for index, atom in enumerate(atoms):
        before = atoms[index - 1].text[-1] if index else ""
        after = atoms[index + 1].text[0] if index + 1 < len(atoms) else ""
        bold, italic = manner.bold or atom.run.bold, manner.italic or atom.run.italic
        word = set_word(atom.text, bold, italic, bool(atom.level % 2), before, after=after, exact=atom.run.exact)
        parts.append(WordPart(atom.text, word, atom.run, atom.level))
    return parts


def turned_line(parts: list[WordPart], manner: TextManner, width: float, column: float) -> TextLine:
    """A line in which some runs from the right: its spans in reading order, each at the place where it is seen."""
    x = column - width if manner.rtl else 0.0
    if parts and parts[-1].text == " ":  # rule L1: the blank at which a line is broken stands at its end
        base = manner.rtl and all(part.level for part in parts[:-1])
        parts = [*parts[:-1], replace(parts[-1], level=int(base))]
        x -= parts[-1].word.width * manner.size if base else 0.0
    places = [0.0] * len(parts)
    for index in visual_order([part.level for part in parts]):
        places[index] = x
        x += parts[index].word.width * manner.size
    spans, characters_by_font = [], dict[str, frozenset[str]]()
    for group in _together(parts):
        words = [parts[place].word for place in group]
        first = parts[group[0]]
        href = safe_href(first.run.href)
        text = "".join(dict.fromkeys(parts[place].run.text for place in group)) if href else ""
        operators = show(words, manner.size)
        if first.level % 2 and len(words[0].characters_by_font) == 1 and first.text != " ":
            operators = b"/ReversedChars BMC %s EMC" % operators
        wide = sum(word.width for word in words) * manner.size
        spans.append(Span(min(places[place] for place in group), wide, operators, href, text, lang=first.run.lang))
        for word in words:
            for font, characters in word.characters_by_font:
                characters_by_font[font] = characters_by_font.get(font, frozenset()) | characters
    return TextLine(tuple(spans), width, tuple(characters_by_font.items()))


def _together(parts: list[WordPart]) -> Iterator[list[int]]:
    """The places of parts that one span shows. What runs from the right is shown word by word, in reading order (ISO 32000-1, 14.8.2.3.3)."""
    group: list[int] = []
    for index, part in enumerate(parts):
        if group:
            last = parts[group[-1]]
            is_same_kind = (last.level, last.run.href, last.run.lang) == (part.level, part.run.href, part.run.lang)
            if not is_same_kind or part.level % 2:
                yield group
                group = []
        group.append(index)
    if group:
        yield group
