"""``manifest.json``: what a backup says of itself, under a seal that only the unit's data key can make.

It counts nothing and names nobody, since it can be read without a password; the first version counted the rows of each table.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from pupil_desk.basics.errors import NewerVersion
from pupil_desk.basics.words import _
from pupil_desk.store.file.audit import Head
from pupil_desk.store.file.keyslots import canonical

FORMAT, VERSION = "pupil-desk backup", 2
_COUNTING = 1  # the version that counted
MOST_BYTES = 1024 * 1024
_FIELDS = frozenset({"format", "version", "vault", "epoch", "app_version", "schema", "at", "members", "log_seq", "log_mac", "seal"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """``members``: name -> (SHA-256 in hex, bytes). ``made_at``: UTC, ISO 8601.

    ``rows``: table -> count, in one of the first version; else None.
    """

    vault_id: str
    epoch: int
    app_version: str
    schema: int
    made_at: str
    members: Mapping[str, tuple[str, int]]
    log_head: Head
    rows: Mapping[str, int] | None = None
    seal: str = ""

    def as_bytes(self, key: bytes) -> bytes:
        """As it is written, sealed."""
        facts = self._facts()
        return json.dumps({**facts, "seal": _seal(key, facts)}, indent=1).encode("ascii") + b"\n"

    def sealed_by(self, key: bytes) -> bool:
        """Whether the seal is that of this unit."""
        return hmac.compare_digest(self.seal.encode("utf-8", "replace"), _seal(key, self._facts()).encode())

    def _facts(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": VERSION if self.rows is None else _COUNTING,
            "vault": self.vault_id,
            "epoch": self.epoch,
            "app_version": self.app_version,
            "schema": self.schema,
            "at": self.made_at,
            "members": {name: {"sha256": digest, "bytes": size} for name, (digest, size) in self.members.items()},
            "log_seq": self.log_head.seq,
            "log_mac": self.log_head.mac_hex,
            **({} if self.rows is None else {"rows": dict(self.rows)}),
        }

    @classmethod
    def from_bytes(cls, text: bytes) -> Self:
        """A manifest from outside. Raises ValueError, NewerVersion."""
        try:
            data = json.loads(text)
        except RecursionError as error:
            raise ValueError("nested too deep") from error
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError("not a manifest of ours")
        if type(data.get("version")) is int and data["version"] > VERSION:
            raise NewerVersion(_("This backup was made by a newer version of Pupil Desk. Install that version on this PC."))
        counts = data.get("version") == _COUNTING
        if set(data) != (_FIELDS | {"rows"} if counts else _FIELDS) or not _well_formed(data):
            raise ValueError("a manifest with other fields")
        return cls(
            vault_id=data["vault"],
            epoch=data["epoch"],
            app_version=data["app_version"],
            schema=data["schema"],
            made_at=data["at"],
            members={name: (facts["sha256"], facts["bytes"]) for name, facts in data["members"].items()},
            log_head=Head(data["log_seq"], data["log_mac"]),
            rows=data["rows"] if counts else None,
            seal=data["seal"],
        )


def _well_formed(data: Mapping[str, Any]) -> bool:
    texts_are_text = all(isinstance(data[name], str) for name in ("vault", "app_version", "at", "log_mac", "seal"))
    numbers_are_whole = all(type(data[name]) is int for name in ("version", "epoch", "schema", "log_seq"))
    rows, members = data.get("rows", {}), data["members"]
    return (
        texts_are_text
        and numbers_are_whole
        and isinstance(rows, dict)
        and isinstance(members, dict)
        and all(type(count) is int for count in rows.values())
        and all(
            isinstance(facts, dict)
            and set(facts) == {"sha256", "bytes"}
            and isinstance(facts["sha256"], str)
            and type(facts["bytes"]) is int
            for facts in members.values()
        )
    )


def _seal(key: bytes, facts: Mapping[str, Any]) -> str:
    return hmac.digest(key, canonical(facts), "sha256").hex()
