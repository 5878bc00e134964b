"""Languages as the papers know them: the code of BCP 47 that a document bears, and which way it is written."""

# Written from right to left, by the language's usual script.
_RTL_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "syr", "ug", "ur", "yi"})
# The script, where the code names one, decides: Kurdish and Panjabi are written both ways.
_RTL_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "nkoo", "samr", "syrc", "thaa"})


def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left: «ar», «ur-PK», «ku-Arab»."""
    first, *more = lang.casefold().replace("_", "-").split("-")
    script = next((part for part in more if len(part) == 4 and part.isalpha()), "")
    return script in _RTL_SCRIPTS if script else first in _RTL_LANGUAGES
