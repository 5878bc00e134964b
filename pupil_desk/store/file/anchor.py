"""``<file>.anchor``: the log's head as this PC last saw it.

Written after a change (at most every other second), after each backup and when the file is closed. A file put back from an older copy, or a log with its tail
cut, is behind its anchor. A speed bump, not a lock: whoever deletes the anchor removes the comparison, never a row.
"""

import contextlib
import hmac
import json
import os
from pathlib import Path
from typing import Any

from pupil_desk.basics.clock import SystemClock, local_time, stamp
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.basics.files import cannot_write, write_whole
from pupil_desk.basics.words import _
from pupil_desk.store.file import audit
from pupil_desk.store.file.epochs import sealing_keys
from pupil_desk.store.file.keyslots import canonical
from pupil_desk.store.file.vault import Vault

_MOST = 4096  # bytes


def place(path: Path) -> Path:
    """Where the anchor of a unit's file lies."""
    return path.with_name(path.name + ".anchor")


def write(vault: Vault) -> None:
    """Keep the present head. It only goes forward, and on the same chain; a folder that does not take it is no reason not to close."""
    saved_head = _read(vault)
    if saved_head is not None and (saved_head["seq"] >= audit.head(vault).seq or missing(vault)):
        return
    write_anew(vault)


def write_anew(vault: Vault) -> None:
    """Keep the present head whatever was kept: somebody who may has said why the file goes on from here."""
    head = audit.head(vault)
    if head.seq == 0:
        return
    facts = {"vault": vault.vault_id, "seq": head.seq, "mac": head.mac_hex, "at": stamp(SystemClock().now())}
    text = json.dumps({**facts, "seal": _seal(vault.key("audit-mac"), facts)})
    with contextlib.suppress(CannotWrite, OSError):
        write_whole(place(vault.path), text.encode("ascii"), replace=True)
        os.chmod(place(vault.path), 0o600)


def compare(vault: Vault) -> list[audit.Defect]:
    """What the anchor says that the log does not, and whether it says anything."""
    if not place(vault.path).exists():
        return []
    if _read(vault) is None:
        return [
            audit.Defect("anchor", _("This PC's note of the last log entry cannot be read. It will be written anew at the next backup."))
        ]
    defect = missing(vault)
    return [defect] if defect else []


def missing(vault: Vault) -> audit.Defect | None:
    """What this PC saw of the log that is not in it: the file is an older one, or its last changes were taken away."""
    saved_head = _read(vault)
    if saved_head is None:
        return None
    head = audit.head(vault)
    since = local_time(saved_head["at"]).strftime("%d/%m/%Y %H:%M")
    if saved_head["seq"] > head.seq:
        count = saved_head["seq"] - head.seq
        message = (
            _("{count} log entries missing since {since}: this is an older copy of the file, or its last changes were removed.")
            if count > 1
            else _("{count} log entry missing since {since}: this is an older copy of the file, or its last change was removed.")
        )
        return audit.Defect("anchor", message.format(count=count, since=since), head.seq + 1)
    row = vault.first_row("SELECT mac FROM log WHERE seq = ?", (saved_head["seq"],))
    if row is None or row[0] != saved_head["mac"]:
        return audit.Defect(
            "anchor", _("The log is not the one this PC saw on {since}: it was written anew.").format(since=since), saved_head["seq"]
        )
    return None


# -- how the pages were left


def left(path: Path) -> dict[str, str] | None:
    """What the second line says, with its seal unproved: the head of the log, the digest of the closed file, and which version found it whole."""
    try:
        with open(place(path), "rb") as file:
            file.readline(_MOST)
            data = json.loads(file.readline(_MOST))
        return {"whole": str(data.get("whole", "")), **{name: str(data[name]) for name in ("head", "digest", "seal")}}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def left_is_sealed_by(key: bytes, said: dict[str, str]) -> bool:
    """Whether the second line was written with this key."""
    seal = _seal_of_left(key, said["head"], said["digest"], said["whole"])
    return hmac.compare_digest(said["seal"].encode("utf-8", "replace"), seal.encode())


def is_of(vault: Vault, said: dict[str, str]) -> bool:
    """Whether the second line is this file's own, and of the head that its log has: one that has gone on elsewhere is another."""
    keys = sealing_keys.keys(vault, "audit-mac")
    return said["head"] == audit.head(vault).mac_hex and any(left_is_sealed_by(key, said) for key, _last_seq in keys)


def leave(path: Path, key: bytes, head: str, digest: str, whole: str) -> None:
    """Write the second line: the file has been closed, and is as it shall be found; ``whole`` is the version that found it so, or empty."""
    with contextlib.suppress(CannotWrite, OSError):
        first = place(path).read_bytes().splitlines(keepends=False)[0]
        second = json.dumps({"head": head, "digest": digest, "whole": whole, "seal": _seal_of_left(key, head, digest, whole)})
        write_whole(place(path), first + b"\n" + second.encode("ascii") + b"\n", replace=True)
        os.chmod(place(path), 0o600)


def begin(path: Path) -> None:
    """Take the second line away: the file is about to change. It is cut off where it stands, which a full disk takes too. Raises CannotWrite."""
    if left(path) is None:
        return
    try:
        with open(place(path), "r+b") as file:
            file.readline(_MOST)
            file.truncate(file.tell())
            os.fsync(file.fileno())
    except OSError as error:
        raise cannot_write(error, path.parent) from error


def _seal_of_left(key: bytes, head: str, digest: str, whole: str) -> str:
    words = ["left", head, digest, *(["whole", whole] if whole else [])]  # an earlier version did not say it
    return hmac.digest(key, " ".join(words).encode("utf-8", "replace"), "sha256").hex()


def _read(vault: Vault) -> dict[str, Any] | None:
    try:
        with open(place(vault.path), "rb") as file:
            data = json.loads(file.readline(_MOST))
        facts = {name: data[name] for name in ("vault", "seq", "mac", "at")}
        local_time(facts["at"])
        seals = [_seal(key, facts) for key, _last_seq in sealing_keys.keys(vault, "audit-mac")]
        sealed = any(hmac.compare_digest(str(data["seal"]).encode(), seal.encode()) for seal in seals)
        return facts if sealed and type(facts["seq"]) is int and facts["vault"] == vault.vault_id else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _seal(key: bytes, facts: dict[str, Any]) -> str:
    return hmac.digest(key, b"anchor" + canonical(facts), "sha256").hex()
