"""A backup is whole, and opens when it is needed."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.acceptance.number import Number, Protection, never, nothing, put


def _neither_digests_nor_a_look_inside(patch: pytest.MonkeyPatch) -> None:
    put("pupil_desk.store.file.backup_file._damaged", never)(patch)
    put("pupil_desk.store.file.backup_file.defects_inside", lambda *_given: ())(patch)


def _in_a_form_of_our_own(patch: pytest.MonkeyPatch) -> None:
    """Pages sealed by another sum than SQLCipher 4 seals them by."""
    from pupil_desk.store.file import engine

    real = engine._open

    def opened(*given: Any) -> Any:
        con = real(*given)
        con.execute("PRAGMA cipher_hmac_algorithm = HMAC_SHA1")
        return con

    patch.setattr(engine, "_open", opened)


NUMBERS = (
    Number(59, "A backup while colleagues work: whole, with all that was saved before it"),
    Number(60, "A backup to a place that is full, gone or read only: not counted, and nothing left behind"),
    Number(
        61,
        "A flipped byte in a backup: the part is named, and it is not restored",
        (Protection("the digests, and the look inside", _neither_digests_nor_a_look_inside),),
    ),
    Number(
        62,
        "Restored on a new PC with the backup and a password, or the recovery code, alone",
        (Protection("the sign-in data in it", put("pupil_desk.store.file.restoring.keyfile", SimpleNamespace(write=nothing))),),
    ),
    Number(63, "The last proved backup stays, even if thirty newer ones fail"),
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
        (Protection("the form that others read", _in_a_form_of_our_own),),
    ),
)

NOT_YET = {59, 60, 63}
"""The numbers that have no test, or no protection, here yet."""
