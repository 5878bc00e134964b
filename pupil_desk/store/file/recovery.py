"""The recovery code: 128 random bits that a person can copy from paper.

Crockford's base 32 (no I, L, O or U), 26 characters and two that check them, in groups of four. The check is the
number modulo 1021, a prime: any one wrong character, and any two neighbours swapped, is seen before the slow part.
"""

import re
import secrets

from pupil_desk.basics.errors import WrongPassword
from pupil_desk.basics.words import _

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BITS, _LENGTH, _CHECKS, _PRIME = 128, 26, 2, 1021


def new_code() -> str:
    """A fresh code as printed: seven groups of four."""
    value = secrets.randbits(_BITS)
    text = _spell(value, _LENGTH) + _spell(value % _PRIME, _CHECKS)
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def read_code(entry: str) -> str:
    """The code's 26 characters, from however it was typed: case, blanks, hyphens, O for 0, I and L for 1 are forgiven.

    Raises WrongPassword for one that cannot be a code: too short, a strange letter, or a check that does not fit.
    """
    text = re.sub(r"[\s\-‐‑‒–—_.]", "", entry).upper().translate(_ALIKE)
    if len(text) != _LENGTH + _CHECKS:
        raise WrongPassword(
            _("A recovery code has 28 characters, in seven groups of four; {count} were typed. Compare it with the printed sheet.").format(
                count=len(text)
            )
        )
    if set(text) - set(_ALPHABET) or _value(text[:_LENGTH]) >> _BITS or _value(text[:_LENGTH]) % _PRIME != _value(text[_LENGTH:]):
        raise WrongPassword(_("One or more characters of the recovery code are wrong. Compare it with the printed sheet."))
    return text[:_LENGTH]


def _spell(value: int, length: int) -> str:
    return "".join(_ALPHABET[value >> (5 * place) & 31] for place in reversed(range(length)))


def _value(text: str) -> int:
    value = 0
    for character in text:
        value = value << 5 | _ALPHABET.index(character)
    return value
