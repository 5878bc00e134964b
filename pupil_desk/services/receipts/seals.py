"""The unit's seal: the public half of the key that signs its receipts, one for each epoch of the file's data key.

The private half is made from the key of receipts, which the file keeps for all its epochs, and is written nowhere. ECDSA with
P-256 and SHA-256 is what every browser can check by itself (Web Cryptography API, sure), so that a receipt can be proved where
Pupil Desk is not. A number s and its negative prove alike: only the lower one is ours, so that a signature has one form.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pupil_desk.basics.words import _
from pupil_desk.store.file.epochs import sealing_keys
from pupil_desk.store.file.vault import Vault

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256: SEC 2, version 2, 2.4.2 (sure)
_SIZE = 32  # bytes of one of its numbers
_SPARE = 16  # bytes drawn beyond that, so that no number comes more often: FIPS 186-5, A.2.1 (sure)
_PURPOSE = b"pupil-desk/1/receipt-seal"
_LINE = re.compile(r"PUPIL-DESK-SEAL-1\.([1-9][0-9]{0,5})\.(04[0-9a-f]{128})")


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal of one epoch; ``point`` is the public key, uncompressed, in hex."""

    epoch: int
    point: str

    @property
    def fingerprint(self) -> str:
        """By what a person knows it: eight groups of four."""
        digest = hashlib.sha256(bytes.fromhex(self.point)).hexdigest()
        return "-".join(digest[start : start + 4] for start in range(0, 32, 4))

    @property
    def line(self) -> str:
        """As it stands in the file of the seal."""
        return f"PUPIL-DESK-SEAL-1.{self.epoch}.{self.point}"

    def proves(self, signed: bytes, signature: str) -> bool:
        """Whether the signature (128 letters of hex) over these bytes was made with the private half."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric import ec, utils
        from cryptography.hazmat.primitives.hashes import SHA256

        r, s = int(signature[: 2 * _SIZE], 16), int(signature[2 * _SIZE :], 16)
        if s > _ORDER // 2:
            return False
        try:
            key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes.fromhex(self.point))
            key.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
        except (InvalidSignature, ValueError):  # the point is not on the curve
            return False
        return True


@dataclass(frozen=True, slots=True)
class SealingKey:
    """What receipts of one epoch are sealed with; ``last_seq`` is the last row of the log in it, None for the present one."""

    epoch: int
    key: bytes = field(repr=False)
    last_seq: int | None

    @property
    def seal(self) -> Seal:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        point = self._private().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Seal(self.epoch, point.hex())

    def mac(self, data: bytes) -> str:
        """The MAC over these bytes, in hex."""
        return hmac.digest(self.key, data, "sha256").hex()

    def signature(self, data: bytes) -> str:
        """The signature over these bytes, r and s in hex: always the same for the same bytes."""
        from cryptography.hazmat.primitives.asymmetric import ec, utils
        from cryptography.hazmat.primitives.hashes import SHA256

        r, s = utils.decode_dss_signature(self._private().sign(data, ec.ECDSA(SHA256(), deterministic_signing=True)))
        return f"{r:064x}{min(s, _ORDER - s):064x}"

    def _private(self) -> "EllipticCurvePrivateKey":
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        drawn = int.from_bytes(HKDF(SHA256(), _SIZE + _SPARE, salt=None, info=_PURPOSE).derive(self.key), "big")
        return ec.derive_private_key(drawn % (_ORDER - 1) + 1, ec.SECP256R1())


def keys(vault: Vault) -> list[SealingKey]:
    """The keys of all epochs, the first one first and the present one last."""
    return [SealingKey(epoch, each.key, each.last_seq) for epoch, each in enumerate(sealing_keys.keys(vault, "receipt-mac"), start=1)]


def seals(vault: Vault) -> list[Seal]:
    """The unit's seals, the first one first."""
    return [key.seal for key in keys(vault)]


def seals_in(text: str) -> list[Seal]:
    """The seals that stand in a text: the file of a seal, or what was pasted from it, however its lines were broken."""
    return [Seal(int(epoch), point) for epoch, point in _LINE.findall("".join(text.split()))]


def seal_text(unit: str, unit_seals: Iterable[Seal]) -> str:
    """The file of the unit's seal, to be given to whoever will check its receipts."""
    lines = [
        _("The seal of {unit}").format(unit=unit),
        "",
        _(
            "It proves which receipts this unit made, and nothing in it is secret. Keep it where nobody who brings you a receipt can change it."
        ),
        _("Compare the groups below with those that the unit tells you, such as by telephone. The last one is the seal of today."),
        "",
    ]
    for seal in unit_seals:
        lines += [_("Seal {number}: {groups}").format(number=seal.epoch, groups=seal.fingerprint), seal.line, ""]
    return "\n".join(lines)
