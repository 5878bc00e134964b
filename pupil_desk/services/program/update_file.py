"""An update as one file from a stick: a newer program whole, under a manifest that the makers have signed (Ed25519).

Two lines, then what each system installs, one after the other. The first line says what the file is; the second is JSON written in one
way alone: the manifest, its signature, and by which key. The manifest names the version, the oldest version that it goes over, its day
and its last, the shapes of a unit's file that the program knows, what changed, and each thing to install with its size and SHA-256.
``installers/update.py`` makes one.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.filekinds import looks_like
from pupil_desk.basics.signed import SignedRefused, bears, canonical
from pupil_desk.basics.words import _

ENDING = ".pupilupdate"
PUBLIC_KEYS: Sequence[str] = (
    "5f7fa3f919e5d5ee5eabda7c1631ef869857119c71127d966bf52c4e2a54024c",
    "f085a1548836f008e33876fb43797b016f54a738c0c51479bda13424e8a88d5f",
)
"""The keys of whoever may sign an update, in hexadecimal: the one in use, and the next, so that the one in use can be given up at any time."""
FIRST_LINE = b"Pupil Desk, update, 1\n"
MOST_HEADER = 64_000  # bytes of the two lines
AGAIN = _("Ask for it again.")


class UpdateRefused(SignedRefused):
    """A file that is not taken as an update."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What one system installs: the name of the file, its bytes, and their SHA-256."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Update:
    """What the manifest says. ``schema``: the oldest and the newest shape of a unit's file that the program takes up; ``files`` by system."""

    version: str
    least: str
    day: date
    expires: date
    schema: tuple[int, int]
    changes: tuple[str, ...]
    files: Mapping[str, Payload]

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> "Update":
        """The update that a manifest describes. Raises ValueError, LookupError, TypeError or AttributeError for what is none."""
        oldest, newest = manifest["schema"]
        return cls(
            version=str(manifest["version"]),
            least=str(manifest["least"]),
            day=date.fromisoformat(manifest["day"]),
            expires=date.fromisoformat(manifest["expires"]),
            schema=(int(oldest), int(newest)),
            changes=tuple(map(str, manifest["changes"])),
            files={
                system: Payload(str(payload["name"]), int(payload["size"]), str(payload["sha256"]))
                for system, payload in manifest["files"].items()
            },
        )

    @property
    def manifest(self) -> dict[str, Any]:
        """What is signed."""
        return {
            "changes": list(self.changes),
            "day": self.day.isoformat(),
            "expires": self.expires.isoformat(),
            "files": {
                system: {"name": payload.name, "sha256": payload.digest, "size": payload.size} for system, payload in self.files.items()
            },
            "least": self.least,
            "schema": list(self.schema),
            "version": self.version,
        }

    @property
    def message(self) -> bytes:
        """The bytes of which the signature is."""
        return FIRST_LINE + canonical(self.manifest)

    def header(self, signature: bytes, key: bytes) -> bytes:
        """The two lines of the file, signed by the secret half of this key."""
        return FIRST_LINE + canonical({"key": key.hex(), "manifest": self.manifest, "signature": signature.hex()}) + b"\n"

    def place_of(self, system: str) -> int:
        """How many bytes of others lie before what this system installs."""
        return sum(self.files[before].size for before in sorted(self.files) if before < system)

    @property
    def size(self) -> int:
        """The bytes of all that is to be installed."""
        return sum(payload.size for payload in self.files.values())


def numbers_of(version: str) -> tuple[int, ...]:
    """A version as numbers, to tell which of two is newer. Raises ValueError for what is none."""
    return tuple(int(part) for part in version.split("."))


def read_header(start: bytes, size: int) -> tuple[Update, int]:
    """The update by the beginning of its file, which has so many bytes, and where what follows begins.

    Raises UpdateRefused for what is no update, is not signed, was altered, or is signed by another key.
    """
    if not start.strip():
        raise UpdateRefused(_("is empty"), AGAIN)
    if not start.startswith(FIRST_LINE):
        words = _("is no update of Pupil Desk: it looks like {kind}").format(kind=looks_like(start))
        raise UpdateRefused(words, _("Choose the update that you were sent, or ask for it again."))
    line, end, _rest = start[len(FIRST_LINE) : MOST_HEADER].partition(b"\n")
    try:
        document = json.loads(line)
        if not document.get("signature"):
            advice = _("Only an update that the makers of Pupil Desk have signed is taken: ask whoever sent it for that one.")
            raise UpdateRefused(_("is an update that nobody has signed"), advice)
        update, signature, key = Update.of(document["manifest"]), bytes.fromhex(document["signature"]), bytes.fromhex(document["key"])
        header = update.header(signature, key)
        is_whole = numbers_of(update.version) and numbers_of(update.least) and all(_is_plain(payload) for payload in update.files.values())
        if not (
            end and is_whole and start.startswith(header) and len(header) + update.size == size and bears(update.message, signature, key)
        ):
            raise altered()
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise altered() from error
    if key.hex() not in PUBLIC_KEYS:
        words = _("is an update signed by another key, which is none of the makers of Pupil Desk")
        raise UpdateRefused(words, _("Ask whoever sent it where it comes from."))
    return update, len(header)


def _is_plain(payload: Payload) -> bool:
    """Whether it has some bytes, and the name of a file alone."""
    return payload.size > 0 and bool(re.fullmatch(r"[\w.-]+", payload.name, re.ASCII)) and not payload.name.startswith(".")


def altered() -> UpdateRefused:
    """What is said of a file that is not to the byte as it was signed."""
    return UpdateRefused(_("is an update that was altered after it was signed, or is damaged"), AGAIN)
