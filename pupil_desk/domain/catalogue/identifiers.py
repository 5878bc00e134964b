"""UPN, ULN, postcode and DfE number: their shapes and check characters.

Sources: DfE's UPN guide (weights 2 to 13, modulus 23), the Learning Records Service's rule for ULNs (weights 10 to 2,
modulus 11), the published form of UK postcodes. A number is tidied, never corrected.
"""

import re
from dataclasses import dataclass
from operator import mul

from pupil_desk.basics.codelists import codelist

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # I, O and S are never used
_UPN = re.compile(rf"[{_LETTERS}][0-9]{{12}}|[{_LETTERS}][0-9]{{11}}[{_LETTERS}]")
_ULN = re.compile(r"[1-9][0-9]{9}")
_POSTCODE = re.compile(r"(GIR0AA|[A-PR-UWYZ]([0-9][0-9A-HJKPSTUW]?|[A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)[0-9][ABD-HJLNP-UW-Z]{2})")
_SCHOOL = re.compile(r"([2-9][0-9]{2})/?([0-9]{4})")
_AUTHORITY = re.compile(r"[2-9][0-9]{2}")


class BadIdentifier(ValueError):
    """A number that cannot be right. ``problem`` is the command line's code for it."""

    def __init__(self, problem: str, right_letter: str | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.right_letter = right_letter


@dataclass(frozen=True, slots=True)
class Upn:
    """A good UPN in its tidy form; ``known_la`` is False for a number no authority of our list has, which only warns."""

    text: str
    known_la: bool


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).upper()


def read_upn(text: str) -> Upn:
    """The UPN a text means. Raises BadIdentifier: ``bad_upn_format``, or ``bad_upn_letter`` with the right letter."""
    upn = _squeezed(text)
    if not _UPN.fullmatch(upn):
        raise BadIdentifier("bad_upn_format")
    right = upn_letter(upn[1:])
    if upn[0] != right:
        raise BadIdentifier("bad_upn_letter", right)
    return Upn(upn, known_la=codelist("la").get(upn[1:4]) is not None)


def upn_letter(characters: str) -> str:
    """The check letter for the 12 characters that follow it."""
    values = [int(c) if c.isdigit() else _LETTERS.index(c) for c in characters]
    return _LETTERS[sum(map(mul, range(2, len(values) + 2), values)) % 23]


def is_temporary(upn: str | None) -> bool:
    """Whether a tidy UPN is a temporary one, which ends in a letter."""
    return bool(upn) and upn[-1].isalpha() if upn else False


def read_uln(text: str) -> str:
    """The ULN a text means, 10 digits. Raises BadIdentifier ``bad_uln``; 9999999999 («not known») fails too."""
    uln = _squeezed(text)
    if not _ULN.fullmatch(uln) or sum(map(mul, range(10, 0, -1), map(int, uln))) % 11 != 10:
        raise BadIdentifier("bad_uln")
    return uln


def read_postcode(text: str) -> str:
    """The postcode a text means, with its one blank. Raises BadIdentifier ``bad_postcode``."""
    postcode = _squeezed(text)
    if not _POSTCODE.fullmatch(postcode):
        raise BadIdentifier("bad_postcode")
    return f"{postcode[:-3]} {postcode[-3:]}"


def read_school(text: str) -> str:
    """A DfE number as ``919/4001``. Raises BadIdentifier ``unknown_code``."""
    match = _SCHOOL.fullmatch(_squeezed(text))
    if not match:
        raise BadIdentifier("unknown_code")
    return f"{match[1]}/{match[2]}"


def read_authority(text: str) -> str:
    """A local authority's number, 3 digits. Raises BadIdentifier ``unknown_code``."""
    number = _squeezed(text)
    if not _AUTHORITY.fullmatch(number):
        raise BadIdentifier("unknown_code")
    return number
