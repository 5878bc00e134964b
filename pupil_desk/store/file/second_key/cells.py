"""One cell encrypted under a second key, and bound to its place: moved to another row, column or key it no longer opens.

HPKE (RFC 9180) with X25519 and AES-256-GCM: each cell has an encapsulated key of its own. Who cannot read encrypts like who can.
"""

import base64
from collections.abc import Mapping

from pupil_desk.store.file.keyslots import canonical, suite


def new_pair() -> tuple[bytes, bytes]:
    """A new second key: the private half and the public one."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public half of a second key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def encrypted(text: str, public: bytes, place: Mapping[str, str]) -> str:
    """A cell's text for who holds the private half; ``place`` is where it stands: file, table, column, row, number of the key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    sealed = suite().encrypt(text.encode(), X25519PublicKey.from_public_bytes(public), _bound(place))
    return base64.b64encode(sealed).decode("ascii")


def decrypted(cell: str, private: bytes, place: Mapping[str, str]) -> str | None:
    """What the cell says; None if it was not written in this place, or was altered."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    try:
        sealed = base64.b64decode(cell, validate=True)
        return suite().decrypt(sealed, X25519PrivateKey.from_private_bytes(private), _bound(place)).decode()
    except (InvalidTag, ValueError):
        return None


def _bound(place: Mapping[str, str]) -> bytes:
    return b"pupil-desk/2/cell" + canonical(place)
