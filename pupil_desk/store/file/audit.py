"""The log: who did what to which record, when and why. Append-only, and chained.

Each row's MAC covers the row and the MAC before it, under a key of its own; so a row edited, taken out, moved or
put in breaks the chain at that row. A cut tail leaves a whole chain, and shows only against a head kept elsewhere:
``anchor`` keeps one on this PC, every backup and receipt carries one. A row holds ids and field names, never values.
"""

import hmac
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pupil_desk.basics.clock import stamp
from pupil_desk.basics.words import _
from pupil_desk.store.file.engine import Connection
from pupil_desk.store.file.epochs import sealing_keys
from pupil_desk.store.file.epochs.sealing_keys import EpochKey
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.file.vault import Row, Vault

COLUMNS = "seq, at, tick, boot, user_id, role, action, kind, object_id, reason, app_version"
_BEFORE_FIRST = "0" * 64
_AT_A_TIME = 5000  # rows walked
_BOOT = secrets.token_hex(8)  # this run of the program: ticks compare within one run only
_BETWEEN = "\x1f"  # between the columns of the text that a MAC covers; no column holds one, or it would have one too many
_LINE = " || char(31) || ".join(COLUMNS.split(", "))  # that text, put together by the engine: half the time of doing it here
_CHAIN = f"SELECT seq, {_LINE}, mac FROM log"


@dataclass(frozen=True, slots=True)
class Head:
    """The last row: its number (0 for an empty log) and its MAC in hex."""

    seq: int
    mac_hex: str

    @staticmethod
    def of_empty() -> "Head":
        """What the first row is chained to."""
        return Head(0, _BEFORE_FIRST)

    @property
    def reference(self) -> str:
        """For receipts and page footers: 18 342 / 7f3a-91c2."""
        return f"{self.seq:,} / {self.mac_hex[:4]}-{self.mac_hex[4:8]}".replace(",", " ")


@dataclass(frozen=True, slots=True)
class Defect:
    """Something a check found. ``seq`` is the log row it concerns, if it concerns one; ``where`` names the part looked at."""

    where: str
    message: str
    seq: int | None = None


def append(
    vault: Vault,
    *,
    moment: datetime,
    user_id: str,
    role: str,
    action: str,
    kind: str = "",
    object_id: str = "",
    reason: str = "",
    app_version: str,
) -> int:
    """Add a row, inside the transaction of what it records; returns its number.

    Raises StoreFault outside one, or if the row is not there afterwards as it was written.
    """
    before = head(vault)
    words = [text.replace(_BETWEEN, " ") for text in (user_id, role, action, kind, object_id, reason, app_version)]
    row: tuple[str | int, ...] = (before.seq + 1, stamp(moment), time.monotonic_ns() // 1_000_000, _BOOT, *words)
    mac = _chained(vault.key("audit-mac"), before.mac_hex, _BETWEEN.join(map(str, row)))
    added = vault.execute(f"INSERT INTO log ({COLUMNS}, mac) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, mac))
    if added != 1 or head(vault) != Head(before.seq + 1, mac):
        raise StoreFault("a row of the log was not kept")
    return before.seq + 1


def head(vault: Vault) -> Head:
    """The log's last row."""
    row = vault.first_row("SELECT seq, mac FROM log ORDER BY seq DESC LIMIT 1")
    return Head(int(row[0]), str(row[1])) if row else Head.of_empty()


def mac_of(vault: Vault, seq: int) -> str | None:
    """The MAC of one row, in hex; None if there is no row of that number."""
    row = vault.first_row("SELECT mac FROM log WHERE seq = ?", (seq,))
    return str(row[0]) if row else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the log whose MAC was looked at by itself."""

    user_id: str
    action: str
    object_id: str
    reason: str


def proved_entries(vault: Vault, actions: Collection[str]) -> list[Entry]:
    """The rows of these actions that Pupil Desk wrote, in their order; one put in or edited by other means is not among them.

    Each is proved by its own MAC, which covers its number and the MAC before it: the rest of the log is not walked.
    """
    rows = vault.rows(
        f"SELECT seq, {_LINE} AS line, mac, user_id, action, object_id, reason, (SELECT mac FROM log AS l WHERE l.seq = log.seq - 1) AS before "
        f"FROM log WHERE action IN ({', '.join('?' * len(actions))}) ORDER BY seq",
        tuple(actions),
    )
    keys = sealing_keys.keys(vault, "audit-mac")
    return [
        Entry(*(row[name] for name in ("user_id", "action", "object_id", "reason")))
        for row in rows
        if _chained(sealing_keys.key_of(keys, row["seq"]), row["before"] or _BEFORE_FIRST, row["line"]) == row["mac"]
    ]


def last_sign_in(vault: Vault) -> str | None:
    """The moment of the last sign-in that the log holds."""
    row = vault.first_row("SELECT at FROM log WHERE action = 'sign-in' ORDER BY seq DESC LIMIT 1")
    return row["at"] if row else None


def last_moment(vault: Vault) -> str:
    """The moment of the log's last row; empty for an empty log."""
    row = vault.first_row("SELECT at FROM log ORDER BY seq DESC LIMIT 1")
    return str(row["at"]) if row else ""


def first_break(vault: Vault) -> Defect | None:
    """Walk the whole chain: the first row that is wrong. What follows it proves nothing, and a cut tail leaves a whole chain (``anchor``)."""
    return _first_break(_in_order(vault), sealing_keys.keys(vault, "audit-mac"), Head.of_empty())


def _in_order(vault: Vault) -> Iterator[Row]:
    """All rows, some at a time: the log grows without end, and memory does not."""
    last = -(2**63)
    while True:
        rows = vault.rows(f"{_CHAIN} WHERE seq > ? ORDER BY seq LIMIT {_AT_A_TIME}", (last,))
        yield from rows
        if len(rows) < _AT_A_TIME:
            return
        last = int(rows[-1][0])


def break_in_tail(con: Connection, keys: Sequence[EpochKey], count: int) -> Defect | None:
    """The first row that is wrong among the last so many, by the MAC of the row before them."""
    rows = con.execute(f"{_CHAIN} ORDER BY seq DESC LIMIT ?", (count + 1,)).fetchall()[::-1]
    if len(rows) <= count:
        return _first_break(rows, keys, Head.of_empty())
    return _first_break(rows[1:], keys, Head(int(rows[0][0]), str(rows[0][2])))


def _first_break(rows: Iterable[Row], keys: Sequence[EpochKey], before: Head) -> Defect | None:
    mac = before.mac_hex
    for expected, (seq, line, stored_mac) in enumerate(rows, start=before.seq + 1):
        if seq != expected:
            return Defect("log", _("Log entry {seq} is missing.").format(seq=expected), expected)
        mac = _chained(sealing_keys.key_of(keys, seq), mac, line)
        if mac != stored_mac:
            message = _("Log entry {seq} was changed, moved or put in by other means than Pupil Desk.")
            return Defect("log", message.format(seq=seq), expected)
    return None


def _chained(key: bytes, before: str, line: str) -> str:
    return hmac.digest(key, (before + line).encode("utf-8"), "sha256").hex()
