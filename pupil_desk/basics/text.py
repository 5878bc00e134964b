"""Text from outside: kept as typed, and compared as people compare it."""

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ`´′＇", "'"))
_FIRM = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
     "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "n", "ß": "ss"}
)  # fmt: skip


def tidy(text: str) -> str:
    """One line as typed: NFC, outer blanks trimmed, inner runs made one."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def tidy_lines(text: str) -> str:
    """Several lines as typed: NFC, no blanks at line ends, no more than one empty line together."""
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """Text for matching: case, accents, and the kinds of apostrophe and dash make no difference."""
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).translate(_FIRM))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _BLANKS.sub(" ", re.sub(r"[-‐‑‒–—]", " ", kept)).strip()


def tokens(text: str) -> list[str]:
    """The folded words of a text, apostrophes dropped, so that «OHan» and «o'han» both find O’Hanrahan."""
    return re.findall(r"[^\W_]+", fold(text).replace("'", ""))


def control_character(text: str, *, lines: bool = False) -> str | None:
    """The first character that is no text (a control character, a NUL, a lone surrogate), or None."""
    allowed = "\n\t" if lines else ""
    return next((c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in allowed), None)
