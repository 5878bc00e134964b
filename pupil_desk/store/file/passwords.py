"""What a password must be, and pass-phrases that the program makes up.

The rule is length, 14 characters or four words of any length, and that it is not soon guessed: zxcvbn, which knows the common passwords, words,
names, years and patterns of the keyboard, estimates how many guesses it stands, the unit's and the user's own names among the first
of them. No forced change, no demand for signs and digits (as the National Cyber Security Centre advises).

The recovery code: 128 random bits that a person can copy from paper.

Crockford's base 32 (no I, L, O or U), 26 characters and two that check them, in groups of four. The check is the
number modulo 1021, a prime: any one wrong character, and any two neighbours swapped, is seen before the slow part.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache

from pupil_desk.basics.errors import WrongPassword, WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _

LEAST_CHARACTERS, LEAST_WORDS, LEAST_WORD = 14, 4, 3
MOST_CHARACTERS = 1000
_LEAST_LIST = 2048  # words, so that each is worth at least 11 bits
LEAST_GUESSES = 10**10  # of zxcvbn's; each costs whoever guesses what it costs us: a quarter of a gigabyte and half a second
_LOOKED_AT = 72  # characters, the first: what the estimator takes
_WORDS_OF_ALL = ("pupil", "desk", "referral", "unit", "education", "support", "centre", "school", "academy", "learning", "office")


def weakness(password: str, *, of: Iterable[str] = ()) -> str | None:
    """Why a password is not good enough, as a sentence for a person; None if it is. ``of`` are names that it may not stand on: the unit's, the user's."""
    composed = unicodedata.normalize("NFC", password)
    words = {fold(word) for word in re.split(r"[\s\-‐‑–—]+", composed)} - {""}
    if len(composed) < LEAST_CHARACTERS and len(words) < LEAST_WORDS:
        return _("The password is too short: use at least 14 characters, or four different words.")
    if len(composed) > MOST_CHARACTERS:
        return _("The password is too long: use at most 1,000 characters.")
    return _soon_guessed(composed, of)


def _soon_guessed(password: str, of: Iterable[str]) -> str | None:
    """As it is typed, and without what stands between its words: «let me in» is guessed as «letmein»."""
    from zxcvbn import zxcvbn  # its lists of words and names take a moment to read

    own_words = [_plain(name) for name in of] + [_plain(word) for name in of for word in name.split()]
    own_words = [word for word in own_words if len(word) >= LEAST_WORD]
    for text in (password, _plain(password)):
        rating = zxcvbn(text[:_LOOKED_AT], user_inputs=[*own_words, *_WORDS_OF_ALL])
        if rating["guesses"] < LEAST_GUESSES:
            if any(_plain(str(match.get("token", ""))) in own_words for match in rating["sequence"]):
                return _("A name of the unit or your own is easy to guess. Choose another password, for example four unrelated words.")
            return _("This password would soon be guessed. Choose another, for example four unrelated words.")
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def require_good(password: str, *, of: Iterable[str] = ()) -> None:
    """Raises WrongUse with the reason if the password is not good enough."""
    if reason := weakness(password, of=of):
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


def read_code(entry: str, name: str = _("recovery code")) -> str:
    """The code's 26 characters, from however it was typed: case, blanks, hyphens, O for 0, I and L for 1 are forgiven.

    Raises WrongPassword for one that cannot be a code: too short, a strange letter, or a check that does not fit.
    """
    text = re.sub(r"[\s\-‐‑‒–—_.]", "", entry).upper().translate(_ALIKE)
    if len(text) != _LENGTH + _CHECKS:
        raise WrongPassword(
            _("A {name} has 28 characters, in seven groups of four; {count} were typed. Compare it with the printed sheet.").format(
                name=name, count=len(text)
            )
        )
    if set(text) - set(_ALPHABET) or _value(text[:_LENGTH]) >> _BITS or _value(text[:_LENGTH]) % _PRIME != _value(text[_LENGTH:]):
        words = _("One or more characters of the {name} are wrong. Compare it with the printed sheet.")
        raise WrongPassword(words.format(name=name))
    return text[:_LENGTH]


def _spell(value: int, length: int) -> str:
    return "".join(_ALPHABET[value >> (5 * place) & 31] for place in reversed(range(length)))


def _value(text: str) -> int:
    value = 0
    for character in text:
        value = value << 5 | _ALPHABET.index(character)
    return value
