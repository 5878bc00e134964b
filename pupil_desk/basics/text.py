"""Text from outside: kept as typed, and compared as people compare it."""

import re
import unicodedata
from functools import lru_cache

_DASHES = re.compile(r"[-‐‑‒–—]")
# the categories Cc and Cs, which will never grow, and the signs that turn the direction of what follows: a name shown the other way round is another name
_NO_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NO_TEXT_IN_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹ`´′＇", "'"))
_FIRM = str.maketrans(
    {
        "ł": "l",
        "Ł": "l",
        "ø": "o",
        "Ø": "o",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "þ": "th",
        "Þ": "th",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ı": "i",
        "ħ": "h",
        "Ħ": "h",
        "ŋ": "n",
        "ß": "ss",
    }
)

PLAIN = str.maketrans(dict.fromkeys("'’‘ʼʹ`´′＇", "")) | _FIRM | {ord("ẞ"): "ss", ord("Ŋ"): "n"}
"""What the file's index of words does not take apart by itself: script 0014 of the store has the same."""


def tidy(text: str) -> str:
    """One line as typed: NFC, outer blanks trimmed, inner runs made one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidy_lines(text: str) -> str:
    """Several lines as typed: NFC, no blanks at line ends, no more than one empty line together."""
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def shortened(text: str, most: int) -> str:
    """A text that is shown to so many characters, and says by its end that there is more of it."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def printable(text: str) -> str:
    """Several lines without what is no text: each such character stands as a sign of its own."""
    return _NO_TEXT_IN_LINES.sub("�", tidy_lines(text))


_STRAIGHT = str.maketrans({**dict.fromkeys("’‘‛ʼʹ´′＇", "'"), **dict.fromkeys("“”„‟″＂", '"')})


def straight_quotes(text: str) -> str:
    """Curly quotes and apostrophes made straight, for files that DfE’s systems read (transfer file, census, Learning Records Service)."""
    return text if text.isascii() else text.translate(_STRAIGHT)


def fold(text: str) -> str:
    """Text for matching: case, accents, and the kinds of apostrophe and dash make no difference."""
    if text.isascii():  # most names; the long way comes to the same, six times slower
        return " ".join(text.replace("`", "'").replace("-", " ").lower().split())
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).translate(_FIRM))
    unaccented = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(_DASHES.sub(" ", unaccented).split())


def tokens(text: str) -> list[str]:
    """The folded words of a text, apostrophes dropped, so that «OHan» and «o'han» both find O’Hanrahan."""
    return re.findall(r"[^\W_]+", fold(text).replace("'", ""))


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """A heading or a label for matching, without what parts its words: «Date of birth», «date_of_birth» and «DateOfBirth» are one."""
    return "".join(tokens(text))


def search_words(text: str) -> list[str]:
    """The words of what is typed to find something, for the file's index: it folds case and accents itself."""
    composed = unicodedata.normalize("NFC", text.translate(PLAIN))
    return re.findall(r"[^\W_]+", "".join(c for c in composed if not unicodedata.combining(c)))


def as_one_word(text: str) -> str:
    """A number, postcode, telephone or e-mail address as one word, however it is written: «LE2 1AB», «+44 7700 900123»."""
    national = text.replace("(0)", "").replace("+44", "0")
    return "".join(tokens(national))


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def capital(words: str) -> str:
    """Words as they begin a sentence or a cell: the first letter large, the others as they are."""
    return words[:1].upper() + words[1:]


def begun_small(words: str) -> str:
    """Words as they stand within a sentence: the first begins small, unless it is an abbreviation or a day of the week."""
    if words[1:2].isupper() or words.startswith(_WEEKDAYS):
        return words
    return words[:1].lower() + words[1:]


def control_character(text: str, *, may_break: bool = False) -> str | None:
    """The first character that is no text (a control character, a NUL, a turn of direction, a lone surrogate), or None."""
    match = (_NO_TEXT_IN_LINES if may_break else _NO_TEXT).search(text)
    return match[0] if match else None
