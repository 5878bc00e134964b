"""Key slots: what opens one, and that nothing about one can be changed."""

import uuid
from dataclasses import replace
from typing import Any

import pytest

from pupil_desk.basics.errors import Damaged
from pupil_desk.store.file import keyslots
from pupil_desk.store.file.keyslots import FLOOR, STANDARD, Cost, Slot, calibrate, derive, sealed_to, unwrap, wrap

VAULT, OTHER_VAULT = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
KEY = bytes(range(32))


@pytest.fixture(scope="module")
def slot() -> Slot:
    return wrap(KEY, "pässword", user="u1", kind="user", name="Jo", vault_id=VAULT, epoch=1, cost=FLOOR)


def data_key(slot: Slot, password: str = "pässword") -> bytes | None:
    opened = unwrap(slot, password, VAULT)
    return opened.data_key if opened else None


def test_the_password_opens_it_however_its_accents_are_composed(slot: Slot) -> None:
    assert data_key(slot) == KEY
    assert data_key(slot, "pa\u0308ssword") == KEY
    assert unwrap(slot, "password", VAULT) is None


@pytest.mark.parametrize(
    "change",
    [
        {"user": "u2"},
        {"slot_id": "x"},
        {"kind": "recovery"},
        {"name_hash": "0" * 64},
        {"epoch": 2},
        {"public": "00" * 32},
        {"public": "09" + "00" * 31},
        {"public": ""},
        {"sealed": ""},
        {"sealed": "00" * 80},
        {"sealed": "zz"},
        {"passes": 4},
        {"lanes": 1},
        {"memory_kib": 32 * 1024},
        {"salt": "00" * 16},
        {"nonce": "00" * 12},
        {"wrapped": "00" * 48},
        {"wrapped": "zz"},
        {"wrapped": ""},
        {"salt": "00" * 8},
        {"nonce": ""},
    ],
)
@pytest.mark.acceptance(22)
def test_no_field_can_be_changed(slot: Slot, change: dict[str, Any]) -> None:
    assert unwrap(replace(slot, **change), "pässword", VAULT) is None


def test_a_new_data_key_opens_by_the_same_password_and_the_old_slot_gives_the_old_one(slot: Slot) -> None:
    other = bytes(reversed(KEY))
    changed = sealed_to(slot, other, vault_id=VAULT, epoch=2)
    assert data_key(changed) == other
    assert unwrap(changed, "password", VAULT) is None
    assert data_key(slot) == KEY
    assert unwrap(replace(changed, epoch=1), "pässword", VAULT) is None
    assert unwrap(replace(changed, sealed=slot.sealed), "pässword", VAULT) is None


def test_a_slot_that_is_sealed_to_twice_shows_no_likeness(slot: Slot) -> None:
    once, again = (sealed_to(slot, KEY, vault_id=VAULT, epoch=1).sealed for _time in range(2))
    assert not {once[at : at + 16] for at in range(0, len(once), 16)} & {again[at : at + 16] for at in range(0, len(again), 16)}


@pytest.mark.acceptance(22)
def test_it_opens_for_its_own_file_only(slot: Slot) -> None:
    assert unwrap(slot, "pässword", OTHER_VAULT) is None


@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": 100 * 1024 * 1024},
        {"memory_kib": 513 * 1024},
        {"memory_kib": 512 * 1024, "passes": 6},
        {"passes": 17},
        {"lanes": 17},
        {"memory_kib": 1},
        {"kdf": "scrypt"},
    ],
)
@pytest.mark.acceptance(22)
def test_a_slot_that_asks_too_much_is_refused_before_it_is_paid(
    slot: Slot, change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyslots, "_stretch", lambda *_args: pytest.fail("memory was taken"))
    with pytest.raises(Damaged, match="has been altered"):
        unwrap(replace(slot, **change), "pässword", VAULT)
    if "kdf" not in change:
        with pytest.raises(Damaged, match="has been altered"):  # nor for a name that is in none of the slots
            keyslots.work_for_nothing("pässword", replace(slot, **change).cost)


@pytest.mark.parametrize("cost", [Cost(32 * 1024, 4, 2), Cost(64 * 1024, 2, 2)])
@pytest.mark.acceptance(30)
def test_nothing_below_the_floor_is_written(cost: Cost) -> None:
    with pytest.raises(ValueError, match="floor"):
        wrap(KEY, "p", user="u", kind="user", name="n", vault_id=VAULT, epoch=1, cost=cost)


def test_each_purpose_and_file_has_its_own_key() -> None:
    made = {
        derive(KEY, purpose, vault)
        for purpose in ("db", "audit-mac", "manifest-mac", "receipt-mac", "draft")
        for vault in (VAULT, OTHER_VAULT)
    }
    assert len(made) == 10
    assert all(len(key) == 32 for key in made)
    with pytest.raises(ValueError, match="lunch"):
        derive(KEY, "lunch", VAULT)


def test_the_keys_are_those_of_every_earlier_version() -> None:
    """A change here would lock every unit out of its file."""
    assert derive(KEY, "db", VAULT).hex() == "13c06580ad3cd62747155965a917a936a401c2adc83ebd7ec941eba8749f5a29"
    assert (
        keyslots.name_hash("Jo Bright", VAULT)
        == keyslots.name_hash(" jo  BRÍGHT", VAULT)
        == "4f00e6db2408c4937f313cc1eaca775ea01c59296aecdcc69a75652ffd75894f"
    )


@pytest.mark.acceptance(30)
def test_the_cost_is_measured_and_never_below_the_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0, 0.2, 0, 0.3, 0, 2.0])
    monkeypatch.setattr(keyslots, "_stretch", lambda *_args: b"")
    monkeypatch.setattr(keyslots.time, "perf_counter", lambda: next(ticks))
    assert calibrate() == Cost(128 * 1024, 3, 2)
    ticks = iter([0, 9.0])
    assert calibrate() == FLOOR
    ticks = iter([0, 0.1, 0, 0.2, 0, 0.3, 0, 0.6])
    assert calibrate() == STANDARD
