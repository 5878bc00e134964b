"""The checks of a file. Each misses something that the others catch, so they are made together.

The cipher's check sees any flipped bit, but not a file cut at a page's edge; the structure's check sees that, but
not an old page put back; the schema's a trigger of other hands; the identity, the counts, the log's chain and its head tell whose
file it is and how far it had come. They are made before a byte is written, and of each copy. At an opening they are made (``look``)
unless the file is, byte for byte, the one that they were made of as it was closed on this PC (``Leaving``): it is read once then.
"""

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.errors import CannotWrite, Damaged, Doubtful, Known, NotOurs
from pupil_desk.basics.files import cannot_write
from pupil_desk.basics.words import _
from pupil_desk.store.file import anchor, audit, engine, lockfile, schema
from pupil_desk.store.file.audit import Defect, Head
from pupil_desk.store.file.engine import APPLICATION_ID, Connection, pragma
from pupil_desk.store.file.epochs import sealing_keys
from pupil_desk.store.file.errors import StoreFault, translated
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.keyslots import derive
from pupil_desk.store.file.vault import Vault

TAIL = 2000  # rows of the log whose chain is walked at each opening; the whole of it is by the check and before a backup
_WAL = "-wal"
_DIGEST = "sha256"  # processors have instructions of their own for it: three times as fast as blake2b
_MOST_TOLD = 5  # problems shown; one bad page can cause thousands of lines


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a whole file says of itself: number, form, rows in each table, head of the log."""

    vault_id: str
    schema: int
    rows: dict[str, int]
    log_head: Head


def engine_checks(con: Connection) -> list[str]:
    """What the cipher's and the structure's check find, in the engine's words, and what of the schema is not ours. Empty is whole."""
    messages = [str(row[0]) for row in con.execute("PRAGMA cipher_integrity_check").fetchall()]
    messages += [str(row[0]) for row in con.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
    messages += schema.differences(con)
    return messages[:_MOST_TOLD]


def look_over(vault: Vault) -> list[str]:
    """The same of the live file, after all is in the main file. Empty is whole."""
    return vault.at_rest(engine_checks)


def verify_log(vault: Vault) -> list[Defect]:
    """Walk the log's whole chain, then compare with this PC's anchor. An empty list is a whole log.

    Names the first row that is wrong; what follows it proves nothing.
    """
    first_break = audit.first_break(vault)
    return [first_break] if first_break else anchor.compare(vault)


def identity(con: Connection, path: Path) -> str:
    """The file's number. Raises NotOurs if it is no unit's file although the key fits, Damaged."""
    with translated(path):
        is_unit_file = pragma(con, "application_id") == APPLICATION_ID
        tables = con.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('identity', 'log')").fetchone()
        row = con.execute("SELECT vault_id FROM identity").fetchone() if is_unit_file and tables and tables[0] == 2 else None
    if row is None:
        raise NotOurs(_("{file} is not a Pupil Desk file.").format(file=path.name))
    return str(row[0])


@dataclass(frozen=True, slots=True)
class KeysNamed:
    """Which slots the file says are in force. ``generation`` is 0 where an earlier version noted none."""

    checksum: str
    generation: int

    def names(self, keys: KeyFile) -> bool:
        """Whether these are the ones."""
        return self.checksum == keys.checksum


def keys_in_force(con: Connection, path: Path) -> KeysNamed | None:
    """The slots that the file says are in force; None in one that names none: it is older, or being made. Raises Damaged."""
    with translated(path):
        row = con.execute("SELECT * FROM identity").fetchone()
        named = dict(zip(row.keys(), row, strict=True)) if row else {}
    checksum, generation = named.get("keys_checksum"), named.get("keys_generation")
    return KeysNamed(str(checksum), int(generation or 0)) if checksum else None


def facts(con: Connection, path: Path) -> FileFacts:
    """Number, form, counts and head of an open file. Raises NotOurs, Damaged."""
    vault_id = identity(con, path)
    with translated(path):
        names = [
            str(row["name"])
            for row in con.execute("PRAGMA table_list")
            if row["schema"] == "main" and row["type"] == "table" and not str(row["name"]).startswith("sqlite_")
        ]
        rows = {name: _count(con, name) for name in sorted(names)}
        head = con.execute("SELECT seq, mac FROM log ORDER BY seq DESC LIMIT 1").fetchone()
        schema = pragma(con, "user_version")
    return FileFacts(vault_id, schema, rows, Head(int(head[0]), str(head[1])) if head else Head.of_empty())


def opened_anew(copy: Path, raw_key: bytes) -> tuple[list[str], FileFacts]:
    """A copy opened with its key: what both checks find in it, and what it says of itself. Raises NotOurs, Damaged."""
    con = engine.connect(copy, raw_key, read_only=True)
    try:
        with translated(copy):
            messages = engine_checks(con)
        return messages, facts(con, copy)
    finally:
        con.close()


def facts_of(copy: Path, raw_key: bytes) -> FileFacts:
    """What a copy opened with its key says of itself, unchecked. Raises NotOurs, Damaged."""
    con = engine.connect(copy, raw_key, read_only=True)
    try:
        return facts(con, copy)
    finally:
        con.close()


def _count(con: Connection, table: str) -> int:
    row = con.execute('SELECT count(*) FROM "{}"'.format(table.replace('"', '""'))).fetchone()
    return int(row[0]) if row else 0


# -- before a byte is written


@dataclass(frozen=True, slots=True)
class CheckKeys:
    """The keys with which a closed file is checked, each for its one purpose."""

    db: bytes
    audit_mac: bytes
    schema_mac: bytes

    @staticmethod
    def made(key: Callable[[str], bytes]) -> "CheckKeys":
        """Of what gives the key for a purpose."""
        return CheckKeys(key("db"), key("audit-mac"), key("schema-mac"))

    @staticmethod
    def of(data_key: bytes, vault_id: str) -> "CheckKeys":
        """Made from the file's own key."""
        return CheckKeys.made(lambda purpose: derive(data_key, purpose, vault_id))


def look(path: Path, keys: CheckKeys, *, connect: Callable[[Path], Connection]) -> None:
    """Raises Doubtful, naming what is wrong, for a file that is damaged or that other hands have changed; else what ``connect`` raises.

    Writes nothing: changes that the engine has not yet brought into the file are looked at in a copy, since closing would bring them in.
    """
    with contextlib.ExitStack() as stack:
        place = path
        if has_changes_beside(path):
            with contextlib.suppress(CannotWrite):  # no room: what closing brings in is whole, and was committed
                place = stack.enter_context(copied(path))
        con = connect(place)
        stack.callback(con.close)
        try:
            with translated(path):
                if place != path:  # the cipher's check reads the file alone, where a power cut may have torn what is whole beside it
                    con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                found = _looked_over(con, place, keys)
        except Damaged as error:
            raise Doubtful(_doubt(path, _("it has been damaged"))) from error
    if found:
        raise Doubtful(_doubt(path, "; ".join(found[:3])))


def _looked_over(con: Connection, path: Path, keys: CheckKeys) -> list[str]:
    if _has_bad_page(con, path):
        return [_("it has been damaged")]
    if found := schema.differences_unless_sealed(con, keys.schema_mac):
        return found
    broken = audit.break_in_tail(con, sealing_keys.of_file(con, keys.audit_mac, "audit-mac"), TAIL)
    return [broken.message] if broken else []


def _has_bad_page(con: Connection, path: Path) -> bool:
    """By one reading: the structure's check reads each page but the free ones, and the cipher proves each that is read."""
    try:
        with translated(path):
            row = con.execute("PRAGMA quick_check(1)").fetchone()
    except (Damaged, StoreFault):  # it could not go on: a word index that cannot be read is no damage to the engine
        return True
    if row is None or row[0] != "ok":
        return True
    if has_changes_beside(path):  # they count as its pages, and may make it longer: the cipher then proves what is in the file
        is_proved_apart = True
    elif path.stat().st_size != pragma(con, "page_count") * engine.PAGE:
        return True
    else:
        is_proved_apart = pragma(con, "freelist_count") > 0
    return is_proved_apart and con.execute("PRAGMA cipher_integrity_check").fetchone() is not None


def _doubt(path: Path, what: str) -> str:
    return _(
        "{file} is not worked on, so that nothing more is lost: {what}. Nothing has been written. "
        "Restore the latest backup to a new file; in the window this one can be looked at, and copied, as it is."
    ).format(file=path.name, what=what.removesuffix("."))


class Leaving:
    """A file from before it is opened to when it is closed: it must be found as it was left, and is left so that this can be told.

    To be made before the engine opens the file: on Linux, closing another handle would drop the engine's lock.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._begun, self._head = path, False, ""
        self._keys: CheckKeys | None = None
        self._said = None if has_changes_beside(path) else anchor.left(path)
        self._found = _digest(path, _algorithm_of(self._said["digest"])) if self._said else ""
        self.found_as_checked = False  # and so under the seal of its schema

    def is_as_checked(self, keys: CheckKeys) -> bool:
        """Whether each byte is one of those that this version of the program found whole as it closed the file, sealed with its key."""
        said = self._said
        if said is None or said["digest"] != self._found or said["whole"] != __version__:
            return False
        self.found_as_checked = anchor.left_is_sealed_by(keys.audit_mac, said)
        return self.found_as_checked

    def begin(self, vault: Vault) -> None:
        """The file may be worked on from now. Raises Doubtful if a page of it is not the one that was left, CannotWrite."""
        if self._said and self._said["digest"] != self._found and anchor.is_of(vault, self._said):
            raise Doubtful(
                _doubt(self._path, _("it is not as this PC left it: a part of it was changed by other means, or is an older one"))
            )
        anchor.begin(self._path)
        self._begun = True

    def note(self, vault: Vault) -> None:
        """Keep how far the log has come; the last time is before the file is closed."""
        anchor.write(vault)
        self._keys, self._head = CheckKeys.made(vault.key), audit.head(vault).mac_hex

    def done(self) -> None:
        """The file has been closed, and nobody here has it open. Where it is found whole, that is said: the next opening goes by it."""
        if self._begun and self._keys and not has_changes_beside(self._path):
            with contextlib.suppress(OSError):
                digest = _digest(self._path)  # before the checks: what they see later is not in it if it was altered between
                whole = __version__ if _is_whole(self._path, self._keys) else ""
                anchor.leave(self._path, self._keys.audit_mac, self._head, digest, whole)
        self._keys = None
        lockfile.remove(self._path)


def _is_whole(path: Path, keys: CheckKeys) -> bool:
    """Whether a closed file is as ``look`` would have it. It is read anew: what the engine still knew of its pages is gone."""
    with contextlib.suppress(Known, StoreFault):
        con = engine.connect(path, keys.db, still=True)
        try:
            with translated(path):
                return not _looked_over(con, path, keys)
        finally:
            con.close()
    return False


def _digest(path: Path, algorithm: str = "") -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, algorithm or _DIGEST).hexdigest()


def _algorithm_of(digest: str) -> str:
    """By which a file was digested as it was closed: up to November 2026 by another, of twice the length."""
    return "blake2b" if len(digest) == 2 * hashlib.blake2b().digest_size else _DIGEST


def has_changes_beside(path: Path) -> bool:
    """Whether the engine left changes beside the file, as it does when the program or the PC is stopped at work."""
    with contextlib.suppress(OSError):
        return path.with_name(path.name + _WAL).stat().st_size > 0
    return False


@contextlib.contextmanager
def copied(path: Path) -> Iterator[Path]:
    """A copy of the file, with what the engine left beside it, in a folder of its own; still encrypted, and gone at the end. Raises CannotWrite."""
    with tempfile.TemporaryDirectory(prefix="pupil-desk-") as folder:
        copy = Path(folder) / path.name
        try:
            shutil.copyfile(path, copy)
            if has_changes_beside(path):
                shutil.copyfile(path.with_name(path.name + _WAL), copy.with_name(copy.name + _WAL))
        except OSError as error:
            raise cannot_write(error, Path(folder)) from error
        yield copy
