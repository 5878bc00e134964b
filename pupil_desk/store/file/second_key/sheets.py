"""Three sheets of which any two open a second key, and one alone tells nothing.

Each sheet has a code of its own, 128 random bits. The private half of a pair of keys, the sheets', is encrypted three times, once for each
two of the codes; the second key is sealed to the public half, so that whoever makes a new one need not have a sheet. No sharing of a
secret by arithmetic is needed for three, and every step is one of the kept library's.
"""

import itertools
import secrets
from collections.abc import Mapping, Sequence

from pupil_desk.basics.words import _
from pupil_desk.store.file import passwords
from pupil_desk.store.file.keyslots import KEY_BYTES, canonical, suite

NUMBER = 3
_NONCE_BYTES = 12


def new_codes() -> tuple[str, ...]:
    """A code for each sheet, spelled as a recovery code is."""
    return tuple(passwords.new_code() for _sheet in range(NUMBER))


def read_code(entry: str) -> str:
    """A sheet's code as it was typed. Raises WrongPassword for what cannot be one."""
    return passwords.read_code(entry, _("sheet’s code"))


def wrapped(private: bytes, codes: Sequence[str], bound_to: Mapping[str, str]) -> list[str]:
    """The private half, encrypted for each two of the codes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    texts = []
    for first, second in itertools.combinations(codes, 2):
        nonce = secrets.token_bytes(_NONCE_BYTES)
        texts.append((nonce + AESGCM(_key(first, second, bound_to)).encrypt(nonce, private, _bound(bound_to))).hex())
    return texts


def unwrapped(texts: Sequence[str], codes: Sequence[str], bound_to: Mapping[str, str]) -> bytes | None:
    """The private half by two of the codes, in whatever order; None if they are not two of these. Raises WrongPassword for what is no code."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    for (first, second), text in itertools.product(itertools.permutations(codes, 2), texts):
        try:
            data = bytes.fromhex(text)
            private = AESGCM(_key(first, second, bound_to)).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], _bound(bound_to))
        except (InvalidTag, ValueError):
            continue
        if len(private) == KEY_BYTES:
            return private
    return None


def sealed(second_key: bytes, public: bytes, bound_to: Mapping[str, str]) -> str:
    """A second key for whoever brings two sheets."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return suite().encrypt(second_key, X25519PublicKey.from_public_bytes(public), _bound(bound_to)).hex()


def unsealed(text: str, private: bytes, bound_to: Mapping[str, str]) -> bytes | None:
    """The second key, by the sheets' private half."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    try:
        return suite().decrypt(bytes.fromhex(text), X25519PrivateKey.from_private_bytes(private), _bound(bound_to))
    except (InvalidTag, ValueError):
        return None


def _key(first: str, second: str, bound_to: Mapping[str, str]) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    codes = (read_code(first) + read_code(second)).encode("ascii")
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=_bound(bound_to)).derive(codes)


def _bound(bound_to: Mapping[str, str]) -> bytes:
    return b"pupil-desk/2/sheets" + canonical(bound_to)
