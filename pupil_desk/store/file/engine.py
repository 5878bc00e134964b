"""The connection: SQLCipher with a raw key, and the recipe that each connection follows.

The driver is untyped, so its shape is stated here once; nothing else names it save ``errors``. The recipe and
the reasons for it are measured in the project's security notes (a write-ahead log with full flushing lost nothing
in any simulated power cut; an exclusive lock keeps a second program out and dies with its process).
"""

import contextlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from sqlcipher3 import dbapi2 as driver

from pupil_desk.basics.errors import CannotWrite, Damaged, InUse, NotOurs, WrongUse
from pupil_desk.basics.words import _
from pupil_desk.store.file.errors import translated

APPLICATION_ID = 0x5055444B  # "PUDK" in SQLite's header field for the program a file belongs to
PAGE = 4096  # bytes; SQLCipher 4's page, and so the size of the smallest file
_OLDEST_ENGINE = (3, 51, 3)  # earlier ones can damage a write-ahead log when it is reset
_PLAIN_HEADER = b"SQLite format 3\0"
_ZIP_HEADER = b"PK\x03\x04"
_SALT_BYTES = 16  # with which the engine begins the file
_CACHE = 32_000  # KiB of pages, each decrypted once; a big transaction does not go to the disk before its end
_OPEN_AGAIN, _BETWEEN = 10, 0.1  # times, seconds
_WAIT = 0.3  # seconds for another program to let go of the file
_STATEMENTS = 512  # kept prepared: to prepare one again, the engine asks the guard of each of its columns

Value = str | int | float | bytes | None
Params = Sequence[Value]


class Row(Protocol):
    """One row: a tuple whose columns also have names."""

    def __getitem__(self, key: int | str) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def keys(self) -> list[str]: ...


class Cursor(Protocol):
    """What a statement gave."""

    rowcount: int

    def fetchall(self) -> list[Row]: ...
    def fetchone(self) -> Row | None: ...
    def __iter__(self) -> Iterator[Row]: ...


class Connection(Protocol):
    """The part of the driver's connection that we use."""

    in_transaction: bool
    row_factory: Any

    def execute(self, sql: str, params: Params = ..., /) -> Cursor: ...
    def executemany(self, sql: str, rows: Iterable[Params], /) -> Cursor: ...
    def set_authorizer(self, callback: Any, /) -> None: ...
    def close(self) -> None: ...


def assert_engine() -> str:
    """The cipher's version. Raises Damaged if this installation lacks the cipher or has an engine too old to trust.

    A plain SQLite in the cipher's place would take the key without a word and write readable files.
    """
    con = driver.connect(":memory:")
    try:
        cipher = con.execute("PRAGMA cipher_version").fetchone()
        version = tuple(int(part) for part in con.execute("SELECT sqlite_version()").fetchone()[0].split("."))
    finally:
        con.close()
    if not cipher or not cipher[0] or version < _OLDEST_ENGINE:
        raise Damaged(_("This copy of Pupil Desk is not complete: the part that encrypts is missing or too old. Install it again."))
    return str(cipher[0])


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """What the engine says of itself: its own version, the cipher's, and the library that does the cipher's arithmetic."""

    sqlite: str
    cipher: str
    cryptography: str


def engine_facts() -> EngineFacts:
    """The versions inside this installation's engine. Raises Damaged as ``assert_engine`` does."""
    cipher = assert_engine()
    con = driver.connect(":memory:")
    try:
        con.execute("PRAGMA key = 'any'").fetchall()  # without a key the cipher says nothing of what it stands on
        provider = con.execute("PRAGMA cipher_provider_version").fetchone()
        version = con.execute("SELECT sqlite_version()").fetchone()
    finally:
        con.close()
    return EngineFacts(str(version[0]), cipher, str(provider[0]) if provider else "")


def check_header(path: Path) -> None:
    """Refuse, without changing a byte, what cannot be a unit's file.

    Raises WrongUse (not there), Damaged (empty, cut short) or NotOurs. Must not be called on a file that this
    process has open: on Linux, closing a second handle would drop the engine's lock.
    """
    try:
        size = path.stat().st_size
        with open(path, "rb") as file:
            start = file.read(len(_PLAIN_HEADER))
    except (FileNotFoundError, NotADirectoryError):
        raise WrongUse(_("There is no file {file}. Check the name and the folder.").format(file=path)) from None
    except OSError as error:
        raise WrongUse(_("{file} cannot be read. Check that it is a file and that you may open it.").format(file=path)) from error
    if size == 0:
        raise Damaged(_("{file} is empty. Restore the latest backup to a new file.").format(file=path.name))
    if start.startswith(_ZIP_HEADER):
        raise NotOurs(_("{file} is not a unit's file. If it is a backup, restore it to a new file first.").format(file=path.name))
    if start == _PLAIN_HEADER:
        raise NotOurs(_("{file} is not a Pupil Desk file: it is not encrypted.").format(file=path.name))
    if size < PAGE:
        raise NotOurs(_("{file} is not a Pupil Desk file, or only the first part of one.").format(file=path.name))


def begins_with_salt(path: Path, file_key: bytes) -> bool:
    """Whether the file was made with this key and salt. One that an earlier version made has a salt of its own."""
    with open(path, "rb") as file:
        return file.read(_SALT_BYTES) == file_key[-_SALT_BYTES:]


def connect(path: Path, raw_key: bytes, *, read_only: bool = False, still: bool = False) -> Connection:
    """An existing file opened with its key. Never makes a file. Raises Known; Damaged if the key does not fit.

    ``still``: nothing at all is written, beside it neither, and what the engine had left beside it is not seen: for a full disk.
    """
    con = _open(path, raw_key, "ro&immutable=1" if still else "ro" if read_only else "rw")
    try:
        with translated(path):
            con.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        con.close()
        raise
    return con


def connect_again(path: Path, raw_key: bytes) -> Connection:
    """A file that has just been put in its place, opened with its key. Waits up to a second for what holds it, such as a virus scanner."""
    for _again in range(_OPEN_AGAIN):
        with contextlib.suppress(CannotWrite, InUse):
            return connect(path, raw_key)
        time.sleep(_BETWEEN)
    return connect(path, raw_key)


def connect_new(path: Path, raw_key: bytes) -> Connection:
    """A new file, encrypted from its first byte; ``path`` must be an empty file of ours, ``raw_key`` a key and its salt."""
    return _open(path, raw_key, "rw")


def _open(path: Path, raw_key: bytes, mode: str) -> Connection:
    assert_engine()
    with translated(path):
        con = cast(
            Connection,
            driver.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                timeout=_WAIT,
                check_same_thread=False,
                cached_statements=_STATEMENTS,
            ),
        )
    try:
        with translated(path):
            con.execute(f"PRAGMA key = \"x'{raw_key.hex()}'\"")
            con.execute("PRAGMA cipher_log_level = NONE")  # or one damaged page fills a stream that a window does not have
            if mode == "rw":
                con.execute("PRAGMA locking_mode = EXCLUSIVE")  # before the first read, so that no shared-memory file is made
            con.execute("PRAGMA trusted_schema = OFF")
            con.execute("PRAGMA cell_size_check = ON")
            con.execute("PRAGMA temp_store = MEMORY")
            con.execute(f"PRAGMA cache_size = -{_CACHE}")
    except BaseException:
        con.close()
        raise
    con.row_factory = driver.Row
    return con


def rekey(con: Connection, file_key: bytes) -> None:
    """Encrypt a copy anew, with another key and salt. It is thrown away if that fails, so nothing of how it was is kept meanwhile."""
    con.execute("PRAGMA journal_mode = OFF")
    con.execute(f"PRAGMA rekey = \"x'{file_key.hex()}'\"")


def settle(con: Connection, path: Path) -> None:
    """Make a connection the one that works on a live file. Raises CannotWrite if the engine does not do as it is told."""
    with translated(path):
        exclusive = con.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        journal = con.execute("PRAGMA journal_mode = WAL").fetchone()
        con.execute("PRAGMA synchronous = FULL")
        con.execute("PRAGMA foreign_keys = ON")
        con.execute("PRAGMA recursive_triggers = ON")  # or INSERT OR REPLACE walks round the append-only triggers
        con.execute("PRAGMA secure_delete = ON")
        flushing = con.execute("PRAGMA synchronous").fetchone()
    if [row and row[0] for row in (exclusive, journal, flushing)] != ["exclusive", "wal", 2]:
        raise CannotWrite(_("{folder} cannot hold the file safely. Move it to a disk of this PC.").format(folder=path.parent))


def pragma(con: Connection, name: str) -> int:
    """The number that a pragma holds."""
    row = con.execute(f"PRAGMA {name}").fetchone()
    return int(row[0]) if row else 0


_SHAPE = frozenset(  # what makes, changes or takes away a table, an index, a trigger or a view; an upgrade alone does
    {
        getattr(driver, f"SQLITE_{act}")
        for act in (
            *(
                f"{verb}_{temp}{thing}"
                for verb in ("CREATE", "DROP")
                for temp in ("", "TEMP_")
                for thing in ("INDEX", "TABLE", "TRIGGER", "VIEW")
            ),
            *("CREATE_VTABLE", "DROP_VTABLE", "ALTER_TABLE", "REINDEX", "ANALYZE", "DETACH"),
        )
    }
)
_CHANGE = frozenset({driver.SQLITE_INSERT, driver.SQLITE_UPDATE, driver.SQLITE_DELETE})  # of rows
_LOOKED_AT = _SHAPE | _CHANGE | {driver.SQLITE_ATTACH, driver.SQLITE_PRAGMA, driver.SQLITE_FUNCTION}
_OK, _DENY = int(driver.SQLITE_OK), int(driver.SQLITE_DENY)
_ASKING = frozenset(
    {
        "table_info",
        "table_xinfo",
        "table_list",
        "index_list",
        "index_info",
        "foreign_key_list",
        "foreign_key_check",
        "wal_checkpoint",
        "integrity_check",
        "quick_check",
    }
)


class Guard:
    """What a statement on the live file may not do: change its shape, attach a file, set a pragma, load code.

    ``copying`` names the one file that VACUUM INTO is writing just now; the engine attaches it, and makes its tables, under
    the covers. While ``reading``, no row may change either.
    """

    def __init__(self) -> None:
        self.copying: str | None = None
        self.reading = False

    def answer(self, action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None, /) -> int:
        """The engine asks this as it prepares each statement, of each column that it reads too: those are let through first."""
        if action not in _LOOKED_AT:
            return _OK
        if action == driver.SQLITE_ATTACH:
            allowed = self.copying is not None and first == self.copying
        elif action == driver.SQLITE_PRAGMA:
            allowed = second is None or first in _ASKING
        elif action == driver.SQLITE_FUNCTION:
            allowed = second != "load_extension"
        elif action in _CHANGE:
            allowed = not self.reading
        else:
            allowed = self.copying is not None
        return _OK if allowed else _DENY
