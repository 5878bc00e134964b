"""Nothing that can be read in a backup without a password says how much is in it, how many may open it, or who."""

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path
from uuid import uuid4

import pytest

from pupil_desk import __version__
from pupil_desk.basics.errors import NewerVersion, WrongPassword
from pupil_desk.store.file import backup, checks, keyfile, restoring
from pupil_desk.store.file.keyslots import FLOOR, canonical, derive
from pupil_desk.store.file.portable import slots
from pupil_desk.store.file.portable.manifest import Manifest
from pupil_desk.store.file.vault import Vault
from tests.store.file.backups import parts, restored_log_row, wrapped
from tests.store.made import AT, NAME, PASSWORD, USER, Unit, add_pupil

PUPILS, STAFF = 47, ("Olu Brand", "Kim Ash")


@pytest.fixture
def staff_ids(unit: Unit) -> list[str]:
    """A unit of 47 pupils and three members of staff; their ids."""
    ids = [str(uuid4()) for _name in STAFF]
    with unit.unlock() as vault:
        for number in range(PUPILS):
            add_pupil(vault, number)
        with vault.transaction():
            for user, name in zip(ids, STAFF, strict=True):
                vault.add_slot(user, name, f"{name} and a good long password", FLOOR)
    return [*ids, USER]


def made_of(unit: Unit, folder: Path) -> Path:
    with unit.unlock() as vault:
        return backup.make(vault, folder, moment=AT, app_version=__version__).path


def test_no_clear_byte_tells_who_or_how_many(unit: Unit, staff_ids: list[str], tmp_path: Path) -> None:
    keys = keyfile.read(unit.path)
    path = made_of(unit, tmp_path)
    held = parts(path)
    told = json.loads(held["slots.json"])
    inner = b"".join(base64.b64decode(box) for box in (*told["boxes"], told["whole"]))
    clear = path.read_bytes() + inner  # the data too, which is encrypted
    names = [text for name in (NAME, *STAFF) for text in (name, name.casefold(), name.upper())]
    slot_texts = [text for slot in keys.slots for text in (slot.slot_id, slot.name_hash, slot.salt, slot.wrapped, slot.public) if text]
    for text in (*staff_ids, *names, *slot_texts, "Marker-Zeta"):
        assert text.encode() not in clear, text
        assert base64.b64encode(text.encode()) not in clear, text
    for text in (*staff_ids, *slot_texts):
        if re.fullmatch(r"[0-9a-f-]+", text):
            assert bytes.fromhex(text.replace("-", "")) not in clear, text


def test_the_numbers_that_can_be_read_count_nothing(unit: Unit, staff_ids: list[str], tmp_path: Path) -> None:
    manifest = json.loads(parts(made_of(unit, tmp_path))["manifest.json"])
    assert set(manifest) == {"format", "version", "vault", "epoch", "app_version", "schema", "at", "members", "log_seq", "log_mac", "seal"}
    assert set(manifest["members"]) == {"slots.json", "data.db"}
    assert PUPILS not in (manifest["version"], manifest["epoch"], manifest["schema"])


def test_one_person_and_fifteen_look_alike(unit: Unit, tmp_path: Path) -> None:
    one = json.loads(parts(made_of(unit, tmp_path))["slots.json"])
    with unit.unlock() as vault, vault.transaction():
        for number in range(13):
            vault.add_slot(str(uuid4()), f"Person {number}", "a good long password", FLOOR)
    fifteen = json.loads(parts(made_of(unit, tmp_path))["slots.json"])
    for name in ("boxes", "whole"):
        assert [len(text) for text in one[name]] == [len(text) for text in fifteen[name]]
    assert len(set(map(len, one["boxes"]))) == 1
    assert set(one) == set(fifteen)


def test_everyone_opens_it_and_it_is_restored_with_all_slots(unit: Unit, staff_ids: list[str], tmp_path: Path) -> None:
    path, keys = made_of(unit, tmp_path), keyfile.read(unit.path)
    for name in STAFF:
        seen = restoring.verify(path, name=name.upper(), password=f"{name} and a good long password")
        assert seen.ok
        assert seen.rows["pupil"] == PUPILS
    assert restoring.verify(path, recovery_code=unit.recovery_code).ok
    assert restoring.verify(path).rows == {}
    for name in (NAME, "Nobody Here"):
        with pytest.raises(WrongPassword):
            restoring.verify(path, name=name, password="not the one at all")
    new = tmp_path / "new.pupildesk"
    restoring.restore(path, new, name=NAME, password=PASSWORD, app_version=__version__, then=restored_log_row)
    assert keyfile.read(new) == keys


def older(path: Path, unit: Unit) -> Path:
    """A backup as it was written before: the keys as they are, and the rows counted."""
    held = parts(path)
    manifest = Manifest.from_bytes(held["manifest.json"])
    with unit.unlock() as vault:
        held["slots.json"] = vault.keys.as_bytes()
        facts = {**json.loads(held["manifest.json"]), "version": 1, "rows": _counted(vault)}
        del facts["seal"]
        facts["members"]["slots.json"] = _told(held["slots.json"])
        held["manifest.json"] = json.dumps({**facts, "seal": _sealed(vault, facts)}).encode()
    assert manifest.rows is None
    place = path.with_name("older.pupilbackup")
    place.write_bytes(wrapped(held))
    return place


def _counted(vault: Vault) -> dict[str, int]:
    return vault.at_rest(lambda con: checks.facts(con, vault.path)).rows


def _told(data: bytes) -> dict[str, object]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def _sealed(vault: Vault, facts: dict[str, object]) -> str:
    return hmac.digest(vault.key("manifest-mac"), canonical(facts), "sha256").hex()


def test_a_backup_of_before_is_read(unit: Unit, staff_ids: list[str], tmp_path: Path) -> None:
    place = older(made_of(unit, tmp_path), unit)
    assert restoring.verify(place).rows["pupil"] == PUPILS
    assert restoring.verify(place, name=NAME, password=PASSWORD).ok
    assert restoring.verify(place, recovery_code=unit.recovery_code).ok
    new = tmp_path / "new.pupildesk"
    restoring.restore(place, new, name=NAME, password=PASSWORD, app_version=__version__, then=restored_log_row)
    assert keyfile.read(new) == keyfile.read(unit.path)


def test_the_slots_of_another_backup_are_found(unit: Unit, tmp_path: Path) -> None:
    """Digests made to fit, by someone who holds the data key's seal: the slots are still compared with what data.db names."""
    path = made_of(unit, tmp_path)
    held = parts(path)
    with unit.unlock() as vault:
        other = vault.keys.without_user("nobody").sealed(vault._ring._data_key)
        held["slots.json"] = slots.SealedSlots.seal(other, vault.key("backup-slots")).as_bytes()
        facts = json.loads(held["manifest.json"])
        del facts["seal"]
        facts["members"]["slots.json"] = _told(held["slots.json"])
        held["manifest.json"] = json.dumps({**facts, "seal": _sealed(vault, facts)}).encode()
    path.write_bytes(wrapped(held))
    seen = restoring.verify(path, name=NAME, password=PASSWORD)
    assert [defect.where for defect in seen.defects] == ["slots.json"]


def test_what_is_no_row_of_slots_is_refused(unit: Unit, tmp_path: Path) -> None:
    told = json.loads(parts(made_of(unit, tmp_path))["slots.json"])
    for spoiled in (
        {"cost": [2**40, 4, 2]},
        {"cost": [1, 2]},
        {"cost": "x"},
        {"boxes": "x"},
        {"boxes": ["?"]},
        {"boxes": [7]},
        {"whole": 7},
        {"vault": "x"},
        {"vault": 7},
        {"more": 1},
    ):
        with pytest.raises((ValueError, TypeError)):
            slots.read(json.dumps({**told, **spoiled}).encode())
    with pytest.raises(NewerVersion):
        slots.read(json.dumps({**told, "version": 2}).encode())
    for text in (b"", b"[" * 100_000, b"{}", b"7"):
        with pytest.raises((ValueError, TypeError)):
            slots.read(text)
    spoiled_whole = slots.read(json.dumps({**told, "whole": ""}).encode())
    assert spoiled_whole.all(bytes(32)) is None
    assert derive(bytes(32), "backup-slots", told["vault"])
