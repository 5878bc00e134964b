"""Languages as the papers know them: the code of BCP 47 that a document bears, which way it is written, and the words that the
paper itself adds, such as «Page 1 of 2»."""

import tomllib
from dataclasses import dataclass
from functools import cache

from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _

# Written from right to left, by the language's usual script.
_RTL_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "syr", "ug", "ur", "yi"})
# The script, where the code names one, decides: Kurdish and Panjabi are written both ways.
_RTL_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "samr", "syrc", "thaa"})


def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left: «ar», «ur-PK», «ku-Arab»."""
    first, *subtags = lang.casefold().replace("_", "-").split("-")
    script = next((part for part in subtags if len(part) == 4 and part.isalpha()), "")
    return script in _RTL_SCRIPTS if script else first in _RTL_LANGUAGES


@dataclass(frozen=True, slots=True)
class PaperWords:
    """The words that a paper adds of its own: under each page with ``{number}`` and ``{count}``, and of a box for who hears it read."""

    page: str
    ticked: str
    empty: str


@cache
def words_in(lang: str) -> PaperWords:
    """The paper's own words in a language, from ``resources/words/<language>/paper.toml``; in the program's, where there are none."""
    first = lang.casefold().replace("_", "-").split("-")[0]
    path = resource("words", first, "paper.toml") if first.isalpha() else None
    if path is None or not path.is_file():
        return PaperWords(page=_("Page {number} of {count}"), ticked=_("Ticked box"), empty=_("Empty box to tick"))
    return PaperWords(**tomllib.loads(path.read_text(encoding="utf-8")))
