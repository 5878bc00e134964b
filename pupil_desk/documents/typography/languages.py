"""Languages as the papers know them: the code of BCP 47 that a document bears, which way it is written, and the words that the
paper itself adds, such as «Page 1 of 2»."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _

# Written from right to left, by the language's usual script.
_RTL_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "syr", "ug", "ur", "yi"})
# The script, where the code names one, decides: Kurdish and Panjabi are written both ways.
_RTL_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "samr", "syrc", "thaa"})


_PLACE = re.compile(r"\{+[^{}]*\}+")


def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left: «ar», «ur-PK», «ku-Arab»."""
    first, *subtags = lang.casefold().replace("_", "-").split("-")
    script = next((part for part in subtags if len(part) == 4 and part.isalpha()), "")
    return script in _RTL_SCRIPTS if script else first in _RTL_LANGUAGES


def lang_as_written(lang: str, texts: Iterable[str]) -> str:
    """A language with the script in which these texts are written, where the language's usual one goes the other way: «ku» in Arabic letters is «ku-Arab».

    Decided by the first letter that has a direction (Unicode Bidirectional Algorithm, P2) of most of the texts; places to be filled in are none of
    their words.
    """
    directions = [direction for text in texts if (direction := _first_strong(_PLACE.sub("", text)))]
    rtl_count = sum(direction != "L" for direction in directions)
    if not directions or (rtl_count * 2 > len(directions)) == is_rtl(lang):
        return lang
    first = lang.split("-", maxsplit=1)[0]
    if rtl_count * 2 <= len(directions):
        return f"{first}-Latn"
    return f"{first}-Hebr" if "R" in directions else f"{first}-Arab"


def _first_strong(text: str) -> str:
    return next((kind for sign in text if (kind := unicodedata.bidirectional(sign)) in ("L", "R", "AL")), "")


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The words that a paper adds of its own: under each page with ``{number}`` and ``{count}``, and of a box for who hears it read."""

    page: str
    ticked: str
    empty: str


@cache
def words_in(lang: str) -> PaperWords:
    """The paper's own words in a language, from ``resources/words/<language>/paper.toml``; where there are none, the pages of a paper in another language are counted in figures alone."""
    first = lang.casefold().replace("_", "-").split("-")[0]
    path = resource("words", first, "paper.toml") if first.isalpha() else None
    if path is None or not path.is_file():
        page = "{number} / {count}" if first.isalpha() and first != "en" else _("Page {number} of {count}")
        return PaperWords(page=page, ticked=_("Ticked box"), empty=_("Empty box to tick"))
    return PaperWords(**tomllib.loads(path.read_text(encoding="utf-8")))
