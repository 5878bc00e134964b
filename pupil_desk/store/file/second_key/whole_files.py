"""A whole file encrypted under a key of its own, made for it alone, which stands in a cell under a second key.

AES-256-GCM, bound to where it stands. It is held in memory whole, as it is shown.
"""

import os
from collections.abc import Mapping

from pupil_desk.store.file.keyslots import KEY_BYTES, canonical

_NONCE_BYTES = 12


def new_key() -> str:
    """A key for one file, in hex."""
    return os.urandom(KEY_BYTES).hex()


def encrypted(data: bytes, key: str, place: Mapping[str, str]) -> bytes:
    """The bytes of a file under its key; ``place`` is where it stands: file, table, row."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(bytes.fromhex(key)).encrypt(nonce, data, _bound(place))


def decrypted(data: bytes, key: str, place: Mapping[str, str]) -> bytes | None:
    """The bytes as they were; None if they were not written in this place or under this key, or were altered."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(bytes.fromhex(key)).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], _bound(place))
    except (InvalidTag, ValueError):
        return None


def _bound(place: Mapping[str, str]) -> bytes:
    return b"pupil-desk/2/whole-file" + canonical(place)
