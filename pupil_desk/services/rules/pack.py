"""A pack of rules as a file: whole files of rules under a manifest that the makers of the program have signed (Ed25519).

The file is JSON, written in one way alone: whatever else is changed in it, a blank too, it is not the file that was signed. The manifest names the
pack, its number, its day, and each file with its digest; the signature is of the manifest, and beside it stands by which key it was made, so that
a pack of somebody else is told from one that was altered. ``installers/rules.py`` makes one.
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
from pupil_desk.basics.filekinds import looks_like
from pupil_desk.basics.rulefacts import is_rules, rule_files
from pupil_desk.basics.signed import SignedRefused, bears, canonical
from pupil_desk.basics.words import _

ENDING = ".pupildesk-rules"
MOST_BYTES = 4_000_000
PUBLIC_KEYS: Sequence[str] = ("a3f39e9e2067cc210fadffb7e7b87f8c1d0a0577af1a3da50024e8572934aa9c",)
"""The keys of whoever may sign a pack, in hexadecimal; a second one stands here while a key is changed."""
_FORMAT = 1
_PREFIX = b"Pupil Desk, pack of rules, 1\n"  # so that a signature of anything else is none of a pack
_LONGEST_NAME = 200
_START = b'{"files":'
_AGAIN, _ANOTHER = _("Ask for it again."), _("Ask whoever sent it for another.")


class PackRefused(SignedRefused):
    """A file that is not taken as a pack."""


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
        return cls.of(json.loads(data))

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "RulePack":
        """The pack of a file's content. Raises ValueError, LookupError, TypeError or AttributeError for what is none."""
        manifest = document["manifest"]
        return cls(str(manifest["name"]), int(manifest["number"]), date.fromisoformat(manifest["day"]), dict(document["files"]))

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
        return _PREFIX + canonical(self.manifest)

    def data(self, signature: bytes, key: bytes) -> bytes:
        """The file, signed by the secret half of this key."""
        return canonical({"files": dict(self.texts), "key": key.hex(), "manifest": self.manifest, "signature": signature.hex()})


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
    """The pack in a file. Raises PackRefused, saying why, for one that is no pack, is not signed by the makers, was altered, or touches what is no rule."""
    document = _document(data)
    if not document.get("signature"):
        advice = _("Only a pack that the makers of Pupil Desk have signed is taken: ask whoever sent it for that one.")
        raise PackRefused(_("is a pack of rules that nobody has signed"), advice)
    pack, key = _as_signed(document, data)
    if key not in PUBLIC_KEYS:
        words = _("is a pack of rules signed by another key, which is none of the makers of Pupil Desk")
        raise PackRefused(words, _("Ask whoever sent it where it comes from."))
    for path in pack.texts:
        if not is_rules(path) or path not in rule_files():
            raise PackRefused(_("is a pack that would change {path}, which is no file of rules here").format(path=path), _ANOTHER)
    return pack


def _document(data: bytes) -> dict[str, Any]:
    """What is in a file that is built as a pack, whether it is one or not. Raises PackRefused."""
    if not data.strip():
        raise PackRefused(_("is empty"), _AGAIN)
    if len(data) > MOST_BYTES:
        raise PackRefused(_("is larger than any pack of rules"), _("Choose the pack that you were sent."))
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        if data.startswith(_START):
            raise _altered() from None
        document = None
    if not (isinstance(document, dict) and {"manifest", "files"} & document.keys()):
        words = _("is no pack of rules: it looks like {kind}").format(kind=looks_like(data))
        raise PackRefused(words, _("Choose the pack that you were sent, or ask for it again."))
    return document


def _altered() -> PackRefused:
    return PackRefused(_("is a pack of rules that was altered after it was signed, or is damaged"), _AGAIN)


def _as_signed(document: Mapping[str, Any], data: bytes) -> tuple[RulePack, str]:
    """The pack, to the byte as it was signed, and by which key. Raises PackRefused."""
    try:
        pack, signature, key = RulePack.of(document), bytes.fromhex(document["signature"]), bytes.fromhex(document["key"])
        is_whole = bool(pack.texts) and all(isinstance(text, str) for text in pack.texts.values()) and 0 < len(pack.name) <= _LONGEST_NAME
        if not (is_whole and pack.number > 0 and pack.data(signature, key) == data and bears(pack.message, signature, key)):
            raise _altered()
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        raise _altered() from error
    return pack, key.hex()
