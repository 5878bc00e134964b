"""What a password must be, and pass-phrases that the program makes up.

The rule is length, which is what helps against a stolen file: 14 characters, or four words. No forced change, no
demand for signs and digits (as the National Cyber Security Centre advises).

The recovery code: 128 random bits that a person can copy from paper.

Crockford's base 32 (no I, L, O or U), 26 characters and two that check them, in groups of four. The check is the
number modulo 1021, a prime: any one wrong character, and any two neighbours swapped, is seen before the slow part.
"""

import re
import secrets
import unicodedata
from functools import cache

from pupil_desk.basics.errors import WrongPassword, WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _

LEAST_CHARACTERS, LEAST_WORDS, LEAST_WORD = 14, 4, 3
MOST_CHARACTERS = 1000
_LEAST_LIST = 2048  # words, so that each is worth at least 11 bits
_COMMON = frozenset(
    {"passwordpassword", "password12345678", "passwordpassword1", "12345678901234", "123456789012345", "1234567890123456",
     "12345678912345", "12341234123412", "11223344556677", "qwertyuiopasdf", "qwertyuiopasdfgh", "qwertyuiop12345",
     "qwertyuiop1234567890", "qwertyqwerty12", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y7u", "1q2w3e4r5t6y7u8i", "abcdefghijklmn",
     "abcdefghijklmnop", "letmeinletmein", "iloveyouiloveyou", "administrator1", "administrator123", "welcomewelcome",
     "adminadminadmin", "changemechangeme", "teacherteacher", "schoolschoolschool", "pupildeskpupildesk"}
)  # fmt: skip


def weakness(password: str, *, unit_name: str = "") -> str | None:
    """Why a password is not good enough, as a sentence for a person; None if it is."""
    composed = unicodedata.normalize("NFC", password)
    words = {fold(word) for word in re.split(r"[\s\-‐‑–—]+", composed) if len(word) >= LEAST_WORD and word.isalpha()}
    if len(composed) < LEAST_CHARACTERS and len(words) < LEAST_WORDS:
        return _("The password is too short: use at least 14 characters, or four different words.")
    if len(composed) > MOST_CHARACTERS:
        return _("The password is too long: use at most 1,000 characters.")
    plain = re.sub(r"[\W_]", "", fold(composed))
    if plain in _COMMON or len(set(plain)) < 2:
        return _("This is one of the first passwords that anybody would guess. Choose another, for example four unrelated words.")
    unit = re.sub(r"[\W_]", "", fold(unit_name))
    if unit and plain.rstrip("0123456789") == unit.rstrip("0123456789"):
        return _("The unit's name is easy to guess. Choose another password, for example four unrelated words.")
    return None


def require_good(password: str, *, unit_name: str = "") -> None:
    """Raises WrongUse with the reason if the password is not good enough."""
    if reason := weakness(password, unit_name=unit_name):
        raise WrongUse(reason)


def generate_passphrase(words: int = 6) -> str:
    """Common English words with hyphens between, drawn from our own list of some 3,100; six give 69 bits."""
    return "-".join(secrets.choice(_words()) for _number in range(words))


@cache
def _words() -> tuple[str, ...]:
    words = tuple(resource("words", "passphrase.txt").read_text(encoding="utf-8").split())
    if len(set(words)) < _LEAST_LIST:
        raise ValueError("the list of words is too short")
    return words


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
