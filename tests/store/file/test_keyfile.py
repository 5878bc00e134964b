"""The slots on disk: two copies, of which one is always whole."""

import json
import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite, Damaged, NewerVersion
from pupil_desk.store.file import keyfile
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.keyslots import Slot

VAULT = str(uuid.UUID(int=7))


def slot(user: str, kind: str = "user") -> Slot:
    return Slot(
        slot_id="s-" + user,
        user=user,
        kind=kind,
        name_hash="h-" + user,
        kdf="argon2id",
        memory_kib=65536,
        passes=3,
        lanes=2,
        salt="00",
        nonce="00",
        epoch=1,
        wrapped="00",
    )


def test_it_reads_what_it_wrote_and_the_newest_copy_counts(tmp_path: Path) -> None:
    old = KeyFile(VAULT).with_slot(slot("a"))
    new = old.with_slot(slot("b"))
    first, second = keyfile.places(tmp_path / "u.pupildesk")
    assert (first.name, second.name) == ("u.pupildesk.keys", "u.pupildesk.keys.bak")
    for one, other in ((old, new), (new, old)):
        first.write_bytes(one.as_bytes())
        second.write_bytes(other.as_bytes())
        assert keyfile.read(tmp_path / "u.pupildesk") == new
    first.write_bytes(b"rubbish")
    assert keyfile.read(tmp_path / "u.pupildesk") == old
    keyfile.heal(tmp_path / "u.pupildesk", old)
    assert first.read_bytes() == second.read_bytes() == old.as_bytes()


def test_a_slot_takes_the_place_of_the_one_its_person_had() -> None:
    keys = KeyFile(VAULT).with_slot(slot("a")).with_slot(slot("", "recovery")).with_slot(replace(slot("a"), slot_id="new"))
    assert sorted(held.slot_id for held in keys.slots) == ["new", "s-"]
    assert keys.generation == 3
    assert keys.without_user("a").of_user("a") is None
    assert keys.without_user("a").of_recovery == slot("", "recovery")


def test_a_byte_changed_anywhere_is_noticed() -> None:
    whole = KeyFile(VAULT).with_slot(slot("a")).as_bytes()
    missed = []
    for at in range(len(whole)):
        try:
            read = KeyFile.from_bytes(whole[:at] + bytes([whole[at] ^ 2]) + whole[at + 1 :])
        except (ValueError, TypeError):
            continue
        missed.append(at) if read != KeyFile(VAULT).with_slot(slot("a")) else None
    assert missed == []


def _with_checksum(data: dict[str, object]) -> bytes:
    data.pop("checksum", None)
    return json.dumps({**data, "checksum": keyfile._checksum(data)}).encode()


@pytest.mark.parametrize(
    "change",
    [
        {"vault": 7},
        {"vault": None},
        {"slots": [7]},
        {"slots": {}},
        {"slots": [{}]},
        {"generation": "1"},
        {"vault": "no uuid"},
        {"epoch": None},
        {"extra": 1},
        {"slots": [{**slot("a").as_json(), "memory_kib": True}]},
        {"slots": [{**slot("a").as_json(), "passes": -3}]},
        {"slots": [{**slot("a").as_json(), "user": 5}]},
        {"slots": [{**slot("a").as_json(), "sgk": 5}]},
        {"slots": [{**slot("a").as_json(), "public": None}]},
        {"slots": [slot("a").as_json(first_form=True)]},
        {"seal": 5},
        {"version": 1},
        {"version": True},
        {"version": 0},
        {"format": "other"},
    ],
)
def test_a_hostile_file_with_a_good_checksum_is_refused(change: dict[str, object]) -> None:
    data = {**json.loads(KeyFile(VAULT).with_slot(slot("a")).as_bytes()), **change}
    with pytest.raises((ValueError, TypeError)):
        KeyFile.from_bytes(_with_checksum(data))


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"null", b"[" * 100_000, b"\xff\xfe", b'{"format": "pupil-desk keys"}', b'{"generation": ' + b"9" * 9000 + b"}"]
)
def test_rubbish_is_refused(text: bytes) -> None:
    with pytest.raises((ValueError, TypeError)):
        KeyFile.from_bytes(text)


def test_a_newer_version_says_so(tmp_path: Path) -> None:
    data = json.loads(KeyFile(VAULT).as_bytes())
    keyfile.places(tmp_path / "u")[0].write_bytes(_with_checksum({**data, "version": keyfile.VERSION + 1}))
    with pytest.raises(NewerVersion):
        keyfile.read(tmp_path / "u")


FIRST = (Path(__file__).parent / "first.keys").read_bytes()


def test_what_the_first_version_wrote_is_read_and_kept_as_it_is() -> None:
    keys = KeyFile.from_bytes(FIRST)
    assert (keys.version, keys.generation, keys.as_bytes()) == (1, 1, FIRST)
    assert keys.sealed_by(bytes(32))  # there is no seal that could be wrong
    assert keys.unwrap(keys.slots[0], "pässword") == (bytes(range(32)), b"")
    assert keys.of_name("Jo") == keys.slots[0]
    changed = keys.with_slot(slot("b"))
    assert (changed.version, changed.sealed_by(bytes(32))) == (keyfile.VERSION, False)
    assert KeyFile.from_bytes(changed.sealed(bytes(32)).as_bytes()).slots == changed.slots


@pytest.mark.parametrize("change", [{"generation": 9}, {"epoch": 2}, {"slots": (slot("a"),)}, {"vault_id": str(uuid.UUID(int=8))}])
def test_the_seal_covers_all_and_only_the_data_key_makes_it(change: dict[str, object]) -> None:
    keys = KeyFile(VAULT).with_slot(slot("a")).with_slot(slot("b"))
    assert not keys.sealed_by(bytes(32))
    keys = keys.sealed(bytes(32))
    assert keys.sealed_by(bytes(32))
    assert not keys.sealed_by(bytes([1] * 32))
    assert not replace(keys, **change).sealed_by(bytes(32))  # type: ignore[arg-type]
    assert not keys.without_user("b").sealed_by(bytes(32))


def test_missing_and_damaged_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="is missing"):
        keyfile.read(tmp_path / "u")
    keyfile.places(tmp_path / "u")[1].write_bytes(b" " * (keyfile.MOST_BYTES + 1))
    with pytest.raises(Damaged, match="has been damaged"):
        keyfile.read(tmp_path / "u")


def test_a_refused_write_leaves_the_old_slots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = KeyFile(VAULT).with_slot(slot("a"))
    keyfile.write(tmp_path / "u", old)

    def full(*_args: object, **_named: object) -> str:
        raise CannotWrite("full")

    monkeypatch.setattr(keyfile, "write_whole", full)
    with pytest.raises(CannotWrite):
        keyfile.write(tmp_path / "u", old.with_slot(slot("b")))
    assert keyfile.read(tmp_path / "u") == old
