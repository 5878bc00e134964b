"""A new data key for an open file: what opened it by an old password, code or key opens it no more.

A compact copy is given the new key, proved by opening it, and put in the file's place whole. Before that the new slots are written to
the first copy of the keys, and the second keeps the old ones: at each moment the file opens by exactly one of the two, and whoever
signs in gets that one (``opening``). How the file was is kept as a proved backup, under the old key, until the next one is proved.

Backups within reach are given the new key too. Others, and copies taken away, still open by the passwords of their time.
"""

import contextlib
import os
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from pupil_desk.basics.clock import stamp
from pupil_desk.basics.errors import CannotWrite, Damaged, FileClosed, Known
from pupil_desk.basics.files import cannot_write, in_words, make_folder, take_name
from pupil_desk.basics.words import _
from pupil_desk.store.file import anchor, backup, checks, erased_ledger, keyfile, moving, staging
from pupil_desk.store.file.epochs.rekeying import give_key
from pupil_desk.store.file.epochs.resealing import Resealed, reseal
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.file.keyring import KeyRing
from pupil_desk.store.file.vault import Vault


def rotate(
    vault: Vault, *, moment: datetime, app_version: str, note: Callable[[Vault], object], backups: Iterable[Path] = ()
) -> list[Resealed]:
    """Give the file a new data key, and everybody's slot too; then the backups within reach. Returns those that could be given it.

    ``note`` writes the log row, into the copy that is to be the file. Slots of an earlier version cannot be given the key and are left
    out. Raises CannotWrite, InUse, Damaged: the file is then as it was, and open. Raises FileClosed if it could not be opened again.
    """
    with in_words(vault.path.parent):
        _keep_as_it_was(vault, moment, app_version)
        with vault.alone() as old_ring:
            new_ring = old_ring.successor()
            with staging.working_copy(vault.path) as copy:
                before = vault.at_rest(lambda con: checks.facts(con, vault.path))
                vault.copy_into(copy)
                give_key(copy, old_ring, new_ring, moment=stamp(moment), note=note)
                rows = {**before.rows, "log": before.rows["log"] + 1, "past_epoch": before.rows["past_epoch"] + 1}
                _prove(copy, new_ring, rows, vault.path)
                _put_in_force(vault, new_ring, copy)
    with contextlib.suppress(Known, StoreFault, OSError):  # what is in force is in force; both are written again later
        anchor.write(vault)
        erased_ledger.write(vault)
    resealed = [reseal(path, vault, old_ring, moment=stamp(moment)) for path in backups]
    old_ring.forget()
    return [one for one in resealed if one is not None]


def _put_in_force(vault: Vault, new_ring: KeyRing, copy: Path) -> None:
    """The new slots to the first copy of the keys, the new file to its place, the new slots to the second copy; or all as it was.

    Where the file cannot be opened again it is not known which it is: both copies stay, and the next opening takes the one that fits.
    """
    try:
        keyfile.heal(vault.path, vault.keys)
        keyfile.write_first(vault.path, new_ring.in_force)
        vault.exchange(lambda: _put_in_place(copy, vault.path), new_ring)
    except (Known, StoreFault, OSError) as error:
        if vault.is_closed:
            words = _("{file} could not be opened again after work on its key. Nothing is lost: sign in again.")
            raise FileClosed(words.format(file=vault.path.name)) from error
        raise
    finally:
        if not vault.is_closed:
            with contextlib.suppress(CannotWrite):  # else the next opening does it
                keyfile.heal(vault.path, vault.keys)


def _keep_as_it_was(vault: Vault, moment: datetime, app_version: str) -> None:
    """A proved backup beside the file; one of an earlier try is no longer needed then."""
    folder = vault.path.parent / staging.BEFORE_NEW_KEY
    make_folder(folder)
    newest = backup.make(vault, folder, moment=moment, app_version=app_version)
    forget_as_it_was(vault, newest.path)


def forget_as_it_was(vault: Vault, newest: Path | None = None) -> None:
    """Remove what was kept of how the file was, save the newest if one is named: a newer backup has been proved. What cannot be removed stays."""
    for old in kept_as_it_was(vault.path, vault.vault_id):
        if old != newest:
            with contextlib.suppress(OSError):
                old.unlink()
    with contextlib.suppress(OSError):
        (vault.path.parent / staging.BEFORE_NEW_KEY).rmdir()  # only if it is empty


def kept_as_it_was(path: Path, vault_id: str) -> list[Path]:
    """The backups of this unit that were made before a new key, and have not gone yet."""
    return sorted((path.parent / staging.BEFORE_NEW_KEY).glob(f"*_{vault_id[:8]}_*{backup.ENDING}"))


def _prove(copy: Path, new_ring: KeyRing, rows: dict[str, int], unit_file: Path) -> None:
    messages, facts = checks.opened_anew(copy, new_ring.key("db"))
    if messages or facts.rows != rows or facts.vault_id != new_ring.in_force.vault_id:
        raise Damaged(
            _(
                "No new key was made: the copy of {file} did not pass its check. Make a backup, and look under Backup what the check says."
            ).format(file=unit_file.name)
        )


def _put_in_place(copy: Path, path: Path) -> None:
    """The copy takes the place of the closed file, which no other program may have opened meanwhile."""
    try:
        _see_that_all_is_in(path)
        staging.flush_folder(path.parent)
        with contextlib.ExitStack() as stack:
            if os.name != "nt":  # there a file that is open cannot be replaced, whoever has it
                stack.enter_context(moving.kept_shut(path))
            take_name(copy, path)
    except OSError as error:
        raise cannot_write(error, path.parent) from error
    staging.flush_folder(path.parent)


def _see_that_all_is_in(path: Path) -> None:
    """What the engine wrote beside the file must be in it: it would be taken for the new one's."""
    wal_file = path.with_name(path.name + "-wal")
    with contextlib.suppress(FileNotFoundError):
        if wal_file.stat().st_size:
            raise CannotWrite(_("{file} could not be written to its end. No new key was made. Try again.").format(file=path.name))
        wal_file.unlink()
