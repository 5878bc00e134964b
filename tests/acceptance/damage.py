"""A damaged, older or foreign file is never worked on."""

from typing import Any

import pytest

from tests.acceptance.number import Number, Protection, always, nothing, put


def _no_check_of_the_structure(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import checks

    patch.setattr(checks, "engine_checks", lambda con: [str(row[0]) for row in con.execute("PRAGMA cipher_integrity_check")])


def _not_read_only(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import connecting
    from pupil_desk.store.file.vault import Vault

    def writable(*args: Any, read_only: str = "", **named: Any) -> Vault:
        return Vault(*args, **named)

    patch.setattr(connecting, "Vault", writable)


def _any_password(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file.keyfile import KeyFile

    real = KeyFile.unwrap
    patch.setattr(KeyFile, "unwrap", lambda keys, slot, secret: real(keys, slot, secret) or bytes(32))


def _nothing_bound(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import keyslots

    for name in ("_bound_to_password", "_bound_to_key"):
        patch.setattr(keyslots, name, lambda _slot, _vault_id: b"")


def _no_most(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import keyslots

    for name in ("_MOST_WORK", "_MOST_MEMORY_KIB", "_MOST_PASSES", "_MOST_LANES"):
        patch.setattr(keyslots, name, 2**60)


NUMBERS = (
    Number(
        13,
        "A flipped bit anywhere in the file: found, and never opened for writing",
        (Protection("the look before writing", put("pupil_desk.store.file.checks.look", nothing)),),
    ),
    Number(
        14,
        "A file cut to nothing: refused as empty, and not a byte changed",
        (Protection("the look at the size", put("pupil_desk.store.file.engine.check_header", nothing)),),
    ),
    Number(
        15,
        "A file cut at any page: refused",
        (
            Protection("the engine’s complaint, taken for damage", put("pupil_desk.store.file.errors._DAMAGED", frozenset())),
            Protection("the check of the structure", _no_check_of_the_structure),
        ),
    ),
    Number(
        16,
        "A file with something appended: named, opened to be looked at alone",
        (
            Protection("the look before writing", put("pupil_desk.store.file.checks.look", nothing)),
            Protection("a file that is looked at cannot be changed", _not_read_only),
        ),
    ),
    Number(
        17,
        "An old page put back where it was: found, and never opened for writing",
        (Protection("what this PC noted as the file was closed", put("pupil_desk.store.file.anchor.left", nothing)),),
    ),
    Number(
        18,
        "The last changes taken away after a kill: said at the next opening",
        (Protection("the head noted on this PC", put("pupil_desk.store.file.anchor.missing", nothing)),),
    ),
    Number(
        19,
        "The whole file replaced by an older one: said, and going on needs a data officer and a reason",
        (Protection("the head noted on this PC", put("pupil_desk.store.file.anchor.missing", nothing)),),
    ),
    Number(
        20,
        "A wrong password, damaged sign-in data, a damaged file, a foreign file, a newer version: five different sentences",
        (Protection("the look at the head of the file", put("pupil_desk.store.file.engine.check_header", nothing)),),
    ),
    Number(
        21,
        "Ten wrong passwords on a file that was open in a crash: nothing is lost",
        (Protection("a password is tried before the file is opened", _any_password),),
    ),
    Number(
        22,
        "Sign-in data moved between people, made cheap to guess, or of another key: refused",
        (
            Protection("the fields that a slot’s seal covers", _nothing_bound),
            Protection("the most that a slot may ask", _no_most),
            Protection("the seal over all slots", put("pupil_desk.store.file.keyfile.KeyFile.sealed_by", always)),
        ),
    ),
)
