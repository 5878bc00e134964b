"""A pack of rules as a file: whole files of rules under a manifest that the makers of the program have signed (Ed25519).

The file is JSON, written in one way alone: whatever else is changed in it, a blank too, it is not the file that was signed. The manifest names the
pack, its number, its day, and each file with its digest; the signature is of the manifest. ``installers/rules.py`` makes one.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefacts import is_rules, rule_files
from pupil_desk.basics.words import _

ENDING = ".pupildesk-rules"
MOST_BYTES = 4_000_000
PUBLIC_KEYS: Sequence[str] = ("a3f39e9e2067cc210fadffb7e7b87f8c1d0a0577af1a3da50024e8572934aa9c",)
"""The keys of whoever may sign a pack, in hexadecimal; a second one stands here while a key is changed."""
_FORMAT = 1
_PREFIX = b"Pupil Desk, pack of rules, 1\n"  # so that a signature of anything else is none of a pack
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class RulePack:
    """A pack: its name, its number (of two the higher is the newer), its day, and the text of each file by its path under ``resources``."""

    name: str
    number: int
    day: date
    texts: Mapping[str, str]

    @classmethod
    def kept(cls, data: bytes) -> "RulePack":
        """The pack of a file that was read once, as the unit's file keeps it."""
        parts = _parts(data)
        assert parts is not None
        return parts[0]

    @property
    def title(self) -> str:
        """What a person calls it."""
        return _("{name} (pack of rules {number}, {day})").format(name=self.name, number=self.number, day=show_date(self.day))

    @property
    def manifest(self) -> dict[str, Any]:
        """What is signed."""
        digests = {path: hashlib.sha256(text.encode("utf-8")).hexdigest() for path, text in self.texts.items()}
        return {"day": self.day.isoformat(), "files": digests, "format": _FORMAT, "name": self.name, "number": self.number}

    @property
    def message(self) -> bytes:
        """The bytes of which the signature is."""
        return _PREFIX + _canonical(self.manifest)

    def data(self, signature: bytes) -> bytes:
        """The file."""
        return _canonical({"files": dict(self.texts), "manifest": self.manifest, "signature": signature.hex()})


def bytes_of(path: Path) -> bytes:
    """What is in a file that somebody chose as a pack; of one that is too large only enough to refuse it. Raises WrongUse."""
    try:
        if not path.is_file():
            raise WrongUse(_("{file} is not a file that can be read. Choose a pack of rules.").format(file=path.name))
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        words = _("{file} cannot be read. Close it in other programs, check that you may open it, and try again.")
        raise WrongUse(words.format(file=path.name)) from error


def read_pack(data: bytes) -> RulePack:
    """The pack in a file. Raises WrongUse, saying why, for one that is no pack, was changed, is not signed, or touches what is no rule."""
    parts = _parts(data)
    if parts is None:
        raise WrongUse(_("This file is no pack of rules, or it was changed after it was signed. Ask for it again."))
    pack, signature = parts
    if not _is_signed(pack, signature):
        raise WrongUse(
            _("This pack of rules is not signed by the makers of Pupil Desk, or it was changed after it was signed. It is not read.")
        )
    for path in pack.texts:
        if not is_rules(path) or path not in rule_files():
            raise WrongUse(_("This pack would change {path}, which is no file of rules here. It is not read.").format(path=path))
    return pack


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _parts(data: bytes) -> tuple[RulePack, bytes] | None:
    """The pack and its signature; None for what was not written by ``RulePack.data``."""
    if len(data) > MOST_BYTES:
        return None
    try:
        document = json.loads(data)
        manifest, texts = document["manifest"], document["files"]
        pack = RulePack(str(manifest["name"]), int(manifest["number"]), date.fromisoformat(manifest["day"]), dict(texts))
        signature = bytes.fromhex(document["signature"])
        is_whole = bool(texts) and all(isinstance(text, str) for text in texts.values()) and 0 < len(pack.name) <= _LONGEST_NAME
        return (pack, signature) if is_whole and pack.number > 0 and pack.data(signature) == data else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


def _is_signed(pack: RulePack, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for key in PUBLIC_KEYS:
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, pack.message)
        except InvalidSignature:
            continue
        return True
    return False
