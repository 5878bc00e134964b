"""Text into lines: words are set once, gathered until the line is full, and given back as ready PDF
operators.

What a line break may not part: a telephone number, a postcode, a day written out, and a part of an address that stands in a sentence.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from pupil_desk.documents.blocks import Run, safe_href
from pupil_desk.documents.pdf.turned import turned_line, turned_words
from pupil_desk.documents.typography.direction import runs_left
from pupil_desk.documents.typography.fonts import clusters, set_word
from pupil_desk.documents.typography.spans import PARTS, Span, TextLine, TextManner, WordPart, is_blank, show

HARD = "\u00a0"
"""A blank at which no line is broken."""

_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_NUMBERS = (
    r"(?<!\w)(?:\+\d{1,3}(?: \(0\))?|\(0\d+\)|0\d+)(?: \d{2,8})+(?!\w)",  # a telephone number, as people in the UK group it
    r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)",  # a postcode
    rf"(?<!\w)\d{{1,2}} {_MONTH}(?: \d{{4}})?(?!\w)",  # a day
)
_SMALL = r"(?:of|the|upon|under|on|in|by|le|de|la|y|yr)"
_WORD = r"[A-Z0-9][\w’'.&/-]*"
# A part between commas, in which every word but a small one begins with a capital or a figure: «142 Great Northern Road».
_PART = rf"(?<=, ){_WORD}(?: (?:{_SMALL} )*{_WORD})+(?=[,;]|\.?$|\.\s)"
_LONGEST_PART = 40
_HELD = re.compile("|".join((*_NUMBERS, _PART)))
_HELD_NUMBERS = re.compile("|".join(_NUMBERS))


@lru_cache(maxsize=20_000)
def stretches(text: str) -> tuple[tuple[str, bool], ...]:
    """A text in stretches, each with whether a line break may not part it. Together they are the text."""
    pieces, position = list[tuple[str, bool]](), 0
    for match in _HELD.finditer(text):
        if len(match[0]) <= _LONGEST_PART:
            pieces += [(text[position : match.start()], False), (match[0], True)]
            position = match.end()
    return tuple(piece for piece in (*pieces, (text[position:], False)) if piece[0])


def hold_together(text: str) -> str:
    """The text with hard blanks in what a line break may not part."""
    if " " not in text:
        return text
    return "".join(stretch.replace(" ", HARD) if is_unbroken else stretch for stretch, is_unbroken in stretches(text))


def held_numbers(text: str) -> str:
    """The same for numbers, postcodes and days alone: what a column of a table is to be wide enough for."""
    return _HELD_NUMBERS.sub(lambda match: match[0].replace(" ", HARD), text) if " " in text else text


__all__ = ["Span", "TextLine", "TextManner", "break_lines", "longest_word", "text_width"]

# Where a web or e-mail address may be broken: after one of these marks.
_TOKENS = re.compile(r"[^/.,?&=_@-]*[/.,?&=_@-]+|[^/.,?&=_@-]+")


@dataclass(slots=True)
class _Builder:
    """A line being filled, and the lines filled so far."""

    manner: TextManner
    column: float = 0.0
    lines: list[TextLine] = field(default_factory=list)
    parts: list[WordPart] = field(default_factory=list)
    width: float = 0.0

    def take(self, parts: list[WordPart]) -> None:
        """The parts are the next on the line."""
        self.parts += parts
        self.width += sum(part.word.width for part in parts) * self.manner.size

    def close(self, *, blank: WordPart | None = None) -> None:
        """The line is full. The blank at which it was broken stays in the file, so that words read back
        apart."""
        line_parts = [*self.parts, blank] if blank and self.parts else self.parts
        self.lines.append(_line(line_parts, self.manner, self.width, self.column))
        self.parts, self.width = [], 0.0


@lru_cache(maxsize=5_000)
def break_lines(runs: tuple[Run, ...], manner: TextManner, width: float) -> tuple[TextLine, ...]:
    """The lines of a text in a column of this width, in points. At least one line, which may be empty."""
    builder = _Builder(manner, width)
    blank: WordPart | None = None
    for word in _words(_with_hard_blanks(runs, hold_together), manner):
        if word is None:
            builder.close(blank=WordPart(" ", set_word(" ", manner.bold, manner.italic), Run(" "), int(manner.rtl)))
            blank = None
        elif word[0].text == " ":
            blank = word[0]
        else:
            _add(builder, word, blank, width)
            blank = None
    if builder.parts or not builder.lines:
        builder.close()
    return tuple(builder.lines)


def longest_word(runs: tuple[Run, ...], manner: TextManner) -> float:
    """The width in points of the widest word, which a column should not be narrower than."""
    return max(
        (sum(part.word.width for part in word) * manner.size for word in _words(_with_hard_blanks(runs, held_numbers), manner) if word),
        default=0.0,
    )


def text_width(runs: tuple[Run, ...], manner: TextManner) -> float:
    """The width in points of the text on one line."""
    return sum(sum(part.word.width for part in word) * manner.size for word in _words(runs, manner) if word)


def _with_hard_blanks(runs: tuple[Run, ...], hold: Callable[[str], str]) -> tuple[Run, ...]:
    return tuple(replace(run, text=hold(run.text)) for run in runs)


def _words(runs: tuple[Run, ...], manner: TextManner) -> Iterator[list[WordPart] | None]:
    """Words, each as its parts; a blank as one part; a line break as None."""
    if manner.rtl or any(runs_left(run.text) for run in runs):
        yield from turned_words(runs, manner)
        return
    word: list[WordPart] = []
    for run in runs:
        bold, italic = manner.bold or run.bold, manner.italic or run.italic
        for text in PARTS.findall(run.text):
            if text != "\n" and not is_blank(text):
                word.append(WordPart(text, set_word(text, bold, italic, exact=run.exact), run))
                continue
            if word:
                yield word
                word = []
            yield None if text == "\n" else [WordPart(" ", set_word(" ", bold, italic), run)]
    if word:
        yield word


def _add(builder: _Builder, word: list[WordPart], blank: WordPart | None, width: float) -> None:
    size = builder.manner.size
    gap = blank.word.width * size if blank and builder.parts else 0.0
    wide = sum(part.word.width for part in word) * size
    if builder.parts and builder.width + gap + wide > width:
        builder.close(blank=blank)
        gap = 0.0
    if not builder.parts and wide > width:
        _add_broken(builder, word, width)
        return
    builder.take([blank, *word] if gap and blank else word)


def _add_broken(builder: _Builder, word: list[WordPart], width: float) -> None:
    """A word wider than the column is broken at its hard blanks; without such, like a web address, after its marks, or else between letters."""
    if any(HARD in part.text for part in word):
        _add_parted(builder, word, width)
        return
    for part in word:
        for token in _TOKENS.findall(part.text):
            token_part = _part_of(part, token, builder.manner)
            wide = token_part.word.width * builder.manner.size
            if builder.parts and builder.width + wide > width:
                builder.close()
            if wide <= width:
                builder.take([token_part])
            else:
                _add_letters(builder, part, token, width)


def _add_parted(builder: _Builder, word: list[WordPart], width: float) -> None:
    """Word by word, where what was to be held together is wider than the column."""
    parted: list[list[WordPart]] = [[]]
    for part in word:
        for index, text in enumerate(part.text.split(HARD)):
            if index:
                parted.append([])
            if text:
                parted[-1].append(_part_of(part, text, builder.manner))
    blank = _part_of(word[0], " ", builder.manner)
    for index, subword in enumerate(filter(None, parted)):
        _add(builder, subword, blank if index else None, width)


def _add_letters(builder: _Builder, part: WordPart, token: str, width: float) -> None:
    text = ""
    for cluster in clusters(token):
        if text and _part_of(part, text + cluster, builder.manner).word.width * builder.manner.size > width:
            builder.take([_part_of(part, text, builder.manner)])
            builder.close()
            text = ""
        text += cluster
    builder.take([_part_of(part, text, builder.manner)])


def _part_of(part: WordPart, text: str, manner: TextManner) -> WordPart:
    """Some of a part's text in the same manner."""
    word = set_word(text, manner.bold or part.run.bold, manner.italic or part.run.italic, bool(part.level % 2), exact=part.run.exact)
    return WordPart(text, word, part.run, part.level)


def _line(parts: list[WordPart], manner: TextManner, width: float, column: float) -> TextLine:
    if manner.rtl or any(part.level for part in parts):
        return turned_line(parts, manner, width, column)
    spans, characters_by_font, x = [], dict[str, frozenset[str]](), 0.0
    for (href, lang), group in groupby(parts, key=lambda part: (safe_href(part.run.href), part.run.lang)):
        of_span = list(group)
        words = [part.word for part in of_span]
        wide = sum(word.width for word in words) * manner.size
        text = "".join(dict.fromkeys(part.run.text for part in of_span)) if href else ""
        spans.append(Span(x, wide, show(words, manner.size), href, text, lang=lang))
        x += wide
        for word in words:
            for font, characters in word.characters_by_font:
                characters_by_font[font] = characters_by_font.get(font, frozenset()) | characters
    return TextLine(tuple(spans), width, tuple(characters_by_font.items()))
