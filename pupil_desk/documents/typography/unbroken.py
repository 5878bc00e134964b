"""What a line break may not part: a telephone number, a postcode, a day written out, and a part of an address that stands in a sentence."""

import re
from functools import lru_cache

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
