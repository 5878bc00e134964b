"""Who can open the file, and who can no more."""

from typing import Any

import pytest

from tests.acceptance.number import Number, Protection, always, nothing, put


def _no_key(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import engine

    class Plain:
        def __getattr__(self, name: str) -> object:
            return getattr(engine_driver, name)

        def connect(self, *args: Any, **how: Any) -> Any:
            return engine_driver.connect(*args, factory=Unkeyed, **how)

    class Unkeyed(engine.driver.Connection):  # type: ignore[misc]
        def execute(self, sql: str, *params: Any) -> Any:
            return super().execute("SELECT 1" if sql.startswith(("PRAGMA key", "PRAGMA rekey")) else sql, *params)

    engine_driver = engine.driver
    patch.setattr(engine, "driver", Plain())
    patch.setattr(engine, "check_header", nothing)


def _old_slots_stay(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file.keyfile import KeyFile

    patch.setattr(KeyFile, "with_slot", lambda keys, new: keys._next(*keys.slots, new))


def _same_key(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import checks, keyring
    from pupil_desk.store.file.keyfile import KeyFile

    def successor(ring: keyring.KeyRing) -> keyring.KeyRing:
        return keyring.KeyRing(ring._path, ring.in_force.for_key(ring._data_key), ring._data_key)

    patch.setattr(keyring.KeyRing, "successor", successor)
    patch.setattr(checks, "keys_in_force", nothing)
    patch.setattr(KeyFile, "sealed_by", always)


def _no_floor(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import keyslots

    patch.setattr(keyslots, "_LEAST_MEMORY_KIB", 0)
    patch.setattr(keyslots, "_LEAST_PASSES", 0)


def _not_measured(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file import keyslots

    patch.setattr(keyslots, "calibrate", lambda: keyslots.STANDARD)


def _own_count(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services.notes import notes

    real = notes.count_restricted
    patch.setattr(notes, "count_restricted", lambda desk, pupil_id: real(desk, pupil_id) - notes.restricted(desk, pupil_id).unseen)


def _no_second_key(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.store.file.second_key import cells

    patch.setattr(cells, "encrypted", lambda text, _public, _place: text)
    patch.setattr(cells, "decrypted", lambda cell, _private, _place: cell)


NUMBERS = (
    Number(
        23,
        "A program whose encryption is missing does not start, and makes no file",
        (Protection("the engine asked whether it encrypts", put("pupil_desk.store.file.engine.assert_engine", nothing)),),
    ),
    Number(24, "Nothing of the file, or beside it, can be read without the key", (Protection("the key of the file", _no_key),)),
    Number(
        25,
        "The recovery code opens; a wrong letter is noticed; the old code is dead after use",
        (
            Protection("the check characters", put("pupil_desk.store.file.passwords._PRIME", 1)),
            Protection("the new code in the place of the old", put("pupil_desk.store.file.vault.Vault.set_recovery_code", nothing)),
        ),
    ),
    Number(
        26,
        "A changed password: the old one no longer opens the file",
        (
            Protection("the new slot in the place of the old", _old_slots_stay),
            Protection(
                "the list of backups that old passwords open", put("pupil_desk.services.unit.data_key._still_open", lambda *_asked: [])
            ),
        ),
    ),
    Number(
        27,
        "A leaver with the old sign-in data and the old password does not open the file of today",
        (Protection("the new data key, and the file’s word which slots are in force", _same_key),),
    ),
    Number(
        28,
        "The last data officer, and the last holder of the second key, cannot be removed",
        (
            Protection("one data officer is kept", put("pupil_desk.services.unit.staff._keep_an_officer", nothing)),
            Protection("one holder is kept", put("pupil_desk.services.notes.second_key.keep_a_holder", nothing)),
        ),
    ),
    Number(
        29,
        "Wrong passwords: a wait that grows, survives a restart, and is in the log without what was typed",
        (
            Protection("the wait", put("pupil_desk.store.file.tries._wait", nothing)),
            Protection("a row of the log for each", put("pupil_desk.services.unit.arriving.log_wrong_tries", nothing)),
        ),
    ),
    Number(
        30,
        "A password is never made cheap to guess",
        (Protection("the floor", _no_floor), Protection("the cost, measured on the PC", _not_measured)),
    ),
    Number(
        31,
        "Each act of each role is allowed or refused just as the table says, without the window too",
        (
            Protection("the role is asked", put("pupil_desk.services.desk.Desk.require", nothing)),
            Protection("the table", put("pupil_desk.services.roles.may", always)),
        ),
    ),
    Number(
        32,
        "A person without the second key sees no word of a restricted note, in a dump, a search or a count",
        (Protection("the second key", _no_second_key), Protection("the count that is the same for all", _own_count)),
    ),
    Number(
        33,
        "A restricted note copied to another row is refused",
        (Protection("the place that a cell is bound to", put("pupil_desk.store.file.second_key.cells._bound", lambda _place: b"")),),
    ),
)
