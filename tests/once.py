"""What is worked out once in a process, and taken from there whenever the same is asked again: keys from passwords, the tables of a new file, the look at a file.

In the tests' own process, and in the programs of theirs that make or open a unit a hundred times.
"""

import contextlib
import functools
import itertools
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from pupil_desk.store.file import checks, engine, keyslots, lockfile, migrate, opening, passwords
from pupil_desk.store.file.engine import Connection
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.migrate import Script
from pupil_desk.store.file.vault import Vault

FOUND_WHOLE_AS_CLOSED = checks._is_whole
_RAW_KEY_BYTES = keyslots.KEY_BYTES + 16  # a key, and the salt that a file begins with
_FIRST_CODES = 4  # no test makes more units that meet
_LOCKS = 100  # of workbooks, whose passwords are known to the end of a test
_SETTLED = 100_000_000  # nanoseconds after which a file has another time once it is written again, however coarse the system's clock


@contextmanager
def all_of(folder: Path) -> Iterator[None]:
    """All of these; ``folder`` is an empty one of ours."""
    with stretched(), rounds_gone_once(), laid_out(folder), looked_over(), few_first_codes(), left_as_it_is():
        yield


FOR_ALL: list[Path] = []  # the folder for what is made once for all processes of a run, and is known by its name


@contextmanager
def kept_for_all(factory: pytest.TempPathFactory) -> Iterator[None]:
    """Meanwhile there is that folder."""
    own = factory.getbasetemp()
    FOR_ALL.append(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
    yield
    FOR_ALL.clear()


@contextmanager
def stretched() -> Iterator[None]:
    """The same secret, salt and cost give the same key, a third of a second at the cheapest cost. So all units have one salt."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyslots, "_new_salt", lambda: b"salt of the test")
        patch.setattr(keyslots, "_stretch", functools.cache(keyslots._stretch))
        yield


@contextmanager
def rounds_gone_once() -> Iterator[None]:
    """A workbook's password goes through its hundred thousand rounds, a tenth of a second, where it is locked; not again where it is opened."""
    with pytest.MonkeyPatch.context() as patch:
        go = functools.lru_cache(_LOCKS)(ECMA376Agile._derive_iterated_hash_from_password)
        patch.setattr(ECMA376Agile, "_derive_iterated_hash_from_password", staticmethod(go))
        yield


@contextmanager
def laid_out(folder: Path) -> Iterator[None]:
    """The scripts make the same tables in each new file, a third of a second too: they are copied from a file that was made so."""
    apply, read, shipped, where = migrate.apply, migrate.scripts, migrate.scripts(), migrate.SCRIPTS
    place = folder / "pattern"
    place.touch()
    pattern = engine.connect_new(place, secrets.token_bytes(_RAW_KEY_BYTES))

    def copied(con: Connection, path: Path, steps: tuple[Script, ...]) -> None:
        is_new_file = path.name and steps == shipped and not con.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if is_new_file and engine.pragma(pattern, "user_version"):
            pattern.backup(con)
            return
        apply(con, path, steps)
        if is_new_file:
            con.backup(pattern)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "apply", copied)
        patch.setattr(migrate, "scripts", lambda folder=None: read(folder) if folder or where != migrate.SCRIPTS else shipped)
        yield
    pattern.close()


@contextmanager
def looked_over() -> Iterator[None]:
    """A file that was found whole is so as long as its bytes are the same: most tests open a copy of one that was made once."""
    look, digest, whole, digests = opening._look, checks._digest, set[tuple[str, bytes]](), dict[tuple[object, ...], str]()

    def digested(path: Path, *algorithm: str) -> str:
        """A copy has the size, the time to the nanosecond and the first page of what it was copied from: it is not read through again."""
        with open(path, "rb") as file:
            seen, now, first = os.fstat(file.fileno()), time.time_ns(), file.read(engine.PAGE)
        as_seen = seen.st_size, seen.st_mtime_ns, first, *algorithm
        found = digests.get(as_seen) or digest(path, *algorithm)
        if now - seen.st_mtime_ns > _SETTLED:
            digests[as_seen] = found
        return found

    def looked(path: Path, leaving: checks.Leaving, keys: KeyFile, data_key: bytes) -> None:
        seen = leaving._found or digested(path), data_key
        leaving.found_as_checked = seen in whole and not checks.has_changes_beside(path)
        if not leaving.found_as_checked:
            look(path, leaving, keys, data_key)
            whole.add(seen)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_look", looked)
        patch.setattr(checks, "_digest", digested)
        patch.setattr(checks, "_is_whole", lambda _path, _keys: True)  # as the engine left it; in the strong-room they are checked
        yield


@contextmanager
def few_first_codes() -> Iterator[None]:
    """A unit's first recovery code is one of a few, by turns, so that each is stretched once; one that is made later is as new as ever."""
    create, codes = opening.create, itertools.cycle([passwords.new_code() for _number in range(_FIRST_CODES)])

    def created(path: Path, **how: Any) -> tuple[Vault, str]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(passwords, "new_code", lambda: next(codes))
            return create(path, **how)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "create", created)
        yield


_END = [False]  # whether a test is being cleared away


@contextmanager
def end_of_test() -> Iterator[None]:
    """Meanwhile what a test opened is closed, and goes with it."""
    _END[0] = True
    try:
        yield
    finally:
        _END[0] = False


@contextmanager
def left_as_it_is() -> Iterator[None]:
    """A file that is closed at the end of a test is not opened again: it is let go of, and how it is left is not noted for the next opening."""
    note, done = checks.Leaving.note, checks.Leaving.done

    def noted(leaving: checks.Leaving, vault: Vault) -> None:
        if not _END[0]:
            note(leaving, vault)

    def let_go(leaving: checks.Leaving) -> None:
        if _END[0]:
            lockfile.remove(leaving._path)
        else:
            with contextlib.suppress(OSError):  # a time that no other file has, and none that is written later: see ``digested``
                os.utime(leaving._path, ns=(time.time_ns(), time.time_ns() - _SETTLED - 1))
            done(leaving)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks.Leaving, "note", noted)
        patch.setattr(checks.Leaving, "done", let_go)
        yield
