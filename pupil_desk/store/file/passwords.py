"""What a password must be, and pass-phrases that the program makes up.

The rule is length, which is what helps against a stolen file: 14 characters, or four words. No forced change, no
demand for signs and digits (as the National Cyber Security Centre advises).
"""

import re
import secrets
import unicodedata
from functools import cache

from pupil_desk.basics.errors import WrongUse
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
