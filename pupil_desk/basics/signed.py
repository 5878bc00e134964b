"""What the makers of the program sign (Ed25519): its bytes, whose signature it bears, and how a file is refused that is not as it was signed.

``installers/rules.py`` makes a key. The secret half lies in no repository; the public half stands in the program, beside the kind of file.
"""

import json
from typing import Any, Self

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _


class SignedRefused(WrongUse):
    """A file that is not taken as signed: why, as what is said of the file, and what to do. ``named`` says it of a file by its name."""

    def __init__(self, why: str, advice: str = "", *, name: str = "") -> None:
        self.why, self.advice = why, advice
        words = _("{file} {why}. Nothing was changed. {advice}")
        super().__init__(words.format(file=name or _("This file"), why=why, advice=advice).rstrip())

    def named(self, name: str) -> Self:
        """The same of the file with this name."""
        return type(self)(self.why, self.advice, name=name)


def canonical(value: Any) -> bytes:
    """A value in the one way in which it is written to be signed."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def bears(message: bytes, signature: bytes, key: bytes) -> bool:
    """Whether the signature is of this message, by the secret half of this public key; no key at all made none."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
