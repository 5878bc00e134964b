"""What was saved is there, whatever the power, the disk or a kill does."""

import os
from pathlib import Path

import pytest

from tests.acceptance.number import Number, Protection


def _no_transaction(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file.vault import Vault

    patch.setattr(Vault, "_run", lambda _vault, _sql: None)


def _one_copy_written_in_place(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import keyfile

    def written(path: Path, data: bytes, *, replace: bool = False) -> None:
        with open(path, "wb") as file:
            for half in (data[: len(data) // 2], data[len(data) // 2 :]):
                file.write(half)
                file.flush()
                os.fsync(file.fileno())

    patch.setattr(keyfile, "places", lambda path: (path.with_name(path.name + ".keys"),) * 2)
    patch.setattr(keyfile, "write_whole", written)


NUMBERS = (
    Number(
        1,
        "Killed while it saves: nothing that was said to be saved is lost, nothing is half there",
        (Protection("the transaction", _no_transaction),),
    ),
    Number(2, "The power cut in the middle of saving registers, with torn and reordered writes: nothing that was said to be saved is lost"),
    Number(3, "The same with a disk that is not made to flush must show losses, or the test would see nothing"),
    Number(4, "A disk that does not do as it is told is found as the file is opened, and nothing is written"),
    Number(5, "A full disk while saving: it is said, the form keeps its words, and the next save works"),
    Number(6, "A failing disk at each call of a save: wholly saved or not at all, and never “saved” for one that failed"),
    Number(7, "Opened on a full disk: it says so and offers to look, and calls the file neither damaged nor the password wrong"),
    Number(8, "Killed while a newer version brings the file up: the old form or the new one, and the backup from before"),
    Number(9, "Killed while the file’s key is changed: exactly one key opens it, with all rows"),
    Number(
        10,
        "Killed while the sign-in data is written: one copy is always whole, and signing in works",
        (Protection("two copies, each put in its place whole", _one_copy_written_in_place),),
    ),
    Number(11, "Memory runs out during an import: nothing is imported, and the program goes on"),
    Number(
        12,
        "The power of a PC with Windows pulled while a register is entered",
        windows="the step «Save a pupil, and cut the power at once» of *Checks on a Windows PC*, by hand",
    ),
)

NOT_YET = {2, 3, 4, 5, 6, 7, 8, 9, 11}
"""The numbers that have no test, or no protection, here yet."""
