"""Text into lines: words are set once, gathered until the line is full, and given back as ready PDF
operators."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from pupil_desk.documents.blocks import Run, safe_href
from pupil_desk.documents.direction import APART, first_strong, levels, runs_left, visual_order
from pupil_desk.documents.fonts import Word, clusters, is_shaped, set_word, visible
from pupil_desk.documents.pdf_file import text_string

_PARTS = re.compile(r"\n|[^\S\n\u00a0\u202f\u2007]+|[\S\u00a0\u202f\u2007]+")

# Where a web or e-mail address may be broken: after one of these marks.
_TOKENS = re.compile(r"[^/.,?&=_@-]*[/.,?&=_@-]+|[^/.,?&=_@-]+")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a paragraph's text is set. Sizes and leading in points; ``ink`` is a colour operator.

    With ``rtl`` the text begins at the right edge of its column.
    """

    size: float
    leading: float
    bold: bool = False
    italic: bool = False
    ink: bytes = b"0 g"
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a line that belongs to one link, or to none. ``x`` and ``width`` in points from the line's
    start.

    ``show`` are the operators that show it; ``words`` is the whole text of the link, which may go on
    elsewhere; ``lang`` is its language, if that is not the document's.
    """

    x: float
    width: float
    show: bytes
    href: str | None
    words: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: its spans, its width, and the characters it uses of each font."""

    spans: tuple[Span, ...]
    width: float
    used: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of one run without a blank in it, all of one level (see ``direction``)."""

    text: str
    word: Word
    run: Run
    level: int = 0


@dataclass(slots=True)
class _Builder:
    """A line being filled, and the lines filled so far."""

    manner: Manner
    column: float = 0.0
    lines: list[TextLine] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    width: float = 0.0

    def take(self, parts: list[_Part]) -> None:
        """The parts are the next on the line."""
        self.parts += parts
        self.width += sum(part.word.width for part in parts) * self.manner.size

    def close(self, *, blank: _Part | None = None) -> None:
        """The line is full. The blank at which it was broken stays in the file, so that words read back
        apart."""
        shown = [*self.parts, blank] if blank and self.parts else self.parts
        self.lines.append(_line(shown, self.manner, self.width, self.column))
        self.parts, self.width = [], 0.0


@lru_cache(maxsize=5_000)
def break_lines(runs: tuple[Run, ...], manner: Manner, width: float) -> tuple[TextLine, ...]:
    """The lines of a text in a column of this width, in points. At least one line, which may be empty."""
    made = _Builder(manner, width)
    blank: _Part | None = None
    for word in _words(runs, manner):
        if word is None:
            made.close(blank=_Part(" ", set_word(" ", manner.bold, manner.italic), Run(" "), level=int(manner.rtl)))
            blank = None
        elif word[0].text == " ":
            blank = word[0]
        else:
            _add(made, word, blank, width)
            blank = None
    if made.parts or not made.lines:
        made.close()
    return tuple(made.lines)


def longest_word(runs: tuple[Run, ...], manner: Manner) -> float:
    """The width in points of the widest word, which a column should not be narrower than."""
    return max(
        (sum(part.word.width for part in word) * manner.size for word in _words(runs, manner) if word),
        default=0.0,
    )


def text_width(runs: tuple[Run, ...], manner: Manner) -> float:
    """The width in points of the text on one line."""
    return sum(sum(part.word.width for part in word) * manner.size for word in _words(runs, manner) if word)


def _words(runs: tuple[Run, ...], manner: Manner) -> Iterator[list[_Part] | None]:
    """Words, each as its parts; a blank as one part; a line break as None."""
    if manner.rtl or any(runs_left(run.text) for run in runs):
        yield from _turned_words(runs, manner)
        return
    word: list[_Part] = []
    for run in runs:
        bold, italic = manner.bold or run.bold, manner.italic or run.italic
        for text in _PARTS.findall(run.text):
            if not text.isspace() or text[0] in "\u00a0\u202f\u2007":
                word.append(_Part(text, set_word(text, bold, italic), run))
                continue
            if word:
                yield word
                word = []
            yield None if text == "\n" else [_Part(" ", set_word(" ", bold, italic), run)]
    if word:
        yield word


def _turned_words(runs: tuple[Run, ...], manner: Manner) -> Iterator[list[_Part] | None]:
    """Words of a text in which some runs from the right: the parts of each have one level."""
    for at, paragraph in enumerate(_paragraphs(runs)):
        if at:
            yield None
        word: list[_Atom] = []
        # An English address in an Arabic paper stands on the right, but reads as it is written.
        base = manner.rtl and any(runs_left(run.text) for run in paragraph)
        for atom in _atoms(paragraph, int(base)):
            if not atom.is_blank:
                word.append(atom)
                continue
            if word:
                yield _set_word(word, manner)
                word = []
            yield [_Part(" ", set_word(" ", manner.bold or atom.run.bold, manner.italic or atom.run.italic), atom.run, atom.level)]
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

    @property
    def is_blank(self) -> bool:
        return self.text.isspace() and self.text[0] not in "\u00a0\u202f\u2007"


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
    for match in _PARTS.finditer(run.text):
        start, end = match.span()
        for level, group in groupby(found[start:end]):
            length = len(list(group))
            at = start
            start += length
            yield _Atom(run.text[at:start], run, level)


def _set_word(atoms: list[_Atom], manner: Manner) -> list[_Part]:
    parts = []
    for at, atom in enumerate(atoms):
        before = atoms[at - 1].text[-1] if at else ""
        after = atoms[at + 1].text[0] if at + 1 < len(atoms) else ""
        bold, italic = manner.bold or atom.run.bold, manner.italic or atom.run.italic
        word = set_word(atom.text, bold, italic, bool(atom.level % 2), before, after)
        parts.append(_Part(atom.text, word, atom.run, atom.level))
    return parts


def _add(made: _Builder, word: list[_Part], blank: _Part | None, width: float) -> None:
    size = made.manner.size
    gap = blank.word.width * size if blank and made.parts else 0.0
    wide = sum(part.word.width for part in word) * size
    if made.parts and made.width + gap + wide > width:
        made.close(blank=blank)
        gap = 0.0
    if not made.parts and wide > width:
        _add_broken(made, word, width)
        return
    made.take([blank, *word] if gap and blank else word)


def _add_broken(made: _Builder, word: list[_Part], width: float) -> None:
    """A word wider than the column, such as a web address, is broken after its marks, or else between letters."""
    for part in word:
        for token in _TOKENS.findall(part.text):
            whole = _of(part, token, made.manner)
            wide = whole.word.width * made.manner.size
            if made.parts and made.width + wide > width:
                made.close()
            if wide <= width:
                made.take([whole])
            else:
                _add_letters(made, part, token, width)


def _add_letters(made: _Builder, part: _Part, token: str, width: float) -> None:
    text = ""
    for cluster in clusters(token):
        if text and _of(part, text + cluster, made.manner).word.width * made.manner.size > width:
            made.take([_of(part, text, made.manner)])
            made.close()
            text = ""
        text += cluster
    made.take([_of(part, text, made.manner)])


def _of(part: _Part, text: str, manner: Manner) -> _Part:
    """Some of a part's text in the same manner."""
    word = set_word(text, manner.bold or part.run.bold, manner.italic or part.run.italic, bool(part.level % 2))
    return _Part(text, word, part.run, part.level)


def _line(parts: list[_Part], manner: Manner, width: float, column: float) -> TextLine:
    if manner.rtl or any(part.level for part in parts):
        return _turned_line(parts, manner, width, column)
    spans, used, x = [], dict[str, frozenset[str]](), 0.0
    for href, group in groupby(parts, key=lambda part: safe_href(part.run.href)):
        of_span = list(group)
        words = [part.word for part in of_span]
        wide = sum(word.width for word in words) * manner.size
        text = "".join(dict.fromkeys(part.run.text for part in of_span)) if href else ""
        spans.append(Span(x, wide, _show(words, manner.size), href, text))
        x += wide
        for word in words:
            for font, characters in word.used:
                used[font] = used.get(font, frozenset()) | characters
    return TextLine(tuple(spans), width, tuple(used.items()))


def _turned_line(parts: list[_Part], manner: Manner, width: float, column: float) -> TextLine:
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
        shown = _show(words, manner.size)
        if first.level % 2 and len(words[0].used) == 1 and first.text != " ":
            shown = b"/ReversedChars BMC %s EMC" % shown
        wide = sum(word.width for word in words) * manner.size
        spans.append(Span(min(places[at] for at in one), wide, shown, href, text, first.run.lang))
        for word in words:
            for font, characters in word.used:
                used[font] = used.get(font, frozenset()) | characters
    return TextLine(tuple(spans), width, tuple(used.items()))


def _together(parts: list[_Part]) -> Iterator[list[int]]:
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


@dataclass(slots=True)
class _Shower:
    """Gathers the operators of a line: the font is named when it changes, and strings of one font are
    joined."""

    size: float
    out: list[bytes] = field(default_factory=list)
    gathered: list[bytes] = field(default_factory=list)
    font: str = ""

    def word(self, word: Word) -> None:
        if word.read_as:
            self.flush()
            self.out.append(b"/Span<</ActualText %s>>BDC" % text_string(word.read_as))
        for piece in word.pieces:
            self.use(piece.font, piece.scale)
            self.gathered.append(piece.shown[1:-1])
            for accent in piece.accents:
                self.use(accent.font, piece.scale)
                self.flush()
                rise = accent.up * self.size * piece.scale / 1000
                moved = (-accent.across, accent.shown, accent.across)
                self.out.append(b"%.2f Ts[%d %s %d]TJ 0 Ts" % (rise, *moved))
        if word.read_as:
            self.flush()
            self.out.append(b"EMC")

    def use(self, font: str, scale: float) -> None:
        if font != self.font:
            self.flush()
            self.font = font
            self.out.append(b"/%s %.4g Tf" % (font.encode("ascii"), self.size * scale))

    def flush(self) -> None:
        if self.gathered:
            form = b"<%s>Tj" if is_shaped(self.font) else b"(%s)Tj"
            self.out.append(form % b"".join(self.gathered))
            self.gathered.clear()


def _show(words: list[Word], size: float) -> bytes:
    """The operators that show the words one after another."""
    shower = _Shower(size)
    for word in words:
        shower.word(word)
    shower.flush()
    return b" ".join(shower.out)
