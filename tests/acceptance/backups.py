"""A backup is whole, and opens when it is needed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.acceptance.number import Number, Protection, never, nothing, put


def _neither_digests_nor_a_look_inside(patch: pytest.MonkeyPatch) -> None:
    put("pupil_desk.store.file.backup_file._damaged", never)(patch)
    put("pupil_desk.store.file.backup_file.look_inside", lambda *_given: ((), None))(patch)


def _under_another_key(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import backup, engine

    real = backup._proved

    def proved(copy: Path, raw_key: bytes, unit_file: Path) -> object:
        facts = real(copy, raw_key, unit_file)
        con = engine.connect(copy, raw_key)
        engine.rekey(con, raw_key[::-1])
        con.close()
        return facts

    patch.setattr(backup, "_proved", proved)


def _of_the_file_alone(patch: pytest.MonkeyPatch) -> None:
    """The unit's file as it lies on the disk, without what is still beside it."""
    from pupil_desk.store.file.vault import Vault

    def copied(vault: Vault, copy: Path) -> object:
        copy.write_bytes(vault.path.read_bytes())
        return vault.keys

    patch.setattr(Vault, "copy_into", copied)


def _written_under_its_name(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.basics import files
    from pupil_desk.store.file import backup

    def write(path: Path, pieces: Iterable[bytes], _size: int, *, replace: bool = False) -> str:
        try:
            with open(path, "wb") as file:
                for piece in pieces:
                    file.write(piece)
                    file.flush()
        except OSError as error:
            raise files.cannot_write(error, path.parent) from error
        return hashlib.sha256(path.read_bytes()).hexdigest()

    patch.setattr(backup, "write_pieces", write)


def _whatever_stays_is_taken_for_whole(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services.backup import keeping

    real = keeping.to_remove
    patch.setattr(keeping, "to_remove", lambda own, _is_whole: real(own, lambda _backup: True))


NUMBERS = (
    Number(
        59,
        "A backup while colleagues work: whole, with all that was saved before it",
        (Protection("the copy of one moment", _of_the_file_alone),),
    ),
    Number(
        60,
        "A backup to a place that is full, gone or read only: not counted, and nothing left behind",
        (Protection("a part that takes its name last", _written_under_its_name),),
    ),
    Number(
        61,
        "A flipped byte in a backup: the part is named, and it is not restored",
        (Protection("the digests, and the look inside", _neither_digests_nor_a_look_inside),),
    ),
    Number(
        62,
        "Restored on a new PC with the backup and a password, or the recovery code, alone",
        (Protection("the ways in that lie in it", put("pupil_desk.store.file.keyfile.KeyFile.of_recovery", None)),),
    ),
    Number(
        63,
        "The last proved backup stays, even if thirty newer ones fail",
        (Protection("the look whether what stays is whole", _whatever_stays_is_taken_for_whole),),
    ),
    Number(
        64,
        "A file of a newer version is refused unchanged; one of an older is brought up after a proved backup",
        (
            Protection("the look at which version it was", put("pupil_desk.store.file.upgrade.refuse_older_program", nothing)),
            Protection("the backup before", put("pupil_desk.store.file.upgrade._backed_up", nothing)),
        ),
    ),
    Number(
        65,
        "A backup opens with the free program sqlcipher, given its key",
        (Protection("the key that the data key makes, and no other", _under_another_key),),
    ),
)
