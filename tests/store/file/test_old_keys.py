"""Old sign-in data: whoever puts it back beside the file, in whatever mix, is refused by name. Slots of the first version still open."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pupil_desk import __version__
from pupil_desk.basics.errors import CannotWrite, OldKeys
from pupil_desk.store.file import backup, keyfile, keyslots, opening, passwords, restoring
from pupil_desk.store.file.keyfile import KeyFile
from pupil_desk.store.file.keyslots import Slot
from tests.services.key_acts import cheap
from tests.store.file.backups import restored_log_row
from tests.store.made import AT, NAME, PASSWORD, USER, Unit

SAM, KIM = "sam", "kim"


@dataclass(frozen=True)
class OldSlot:
    """A slot that is in force no more, and what opened it."""

    slot: Slot
    name: str
    secret: str


@dataclass(frozen=True)
class History:
    """A unit's file whose slots changed; all keys files that it has had, and the slots that went."""

    path: Path
    data_key: bytes
    keys: tuple[KeyFile, ...]
    gone: tuple[OldSlot, ...]

    @property
    def in_force(self) -> KeyFile:
        return self.keys[-1]

    def lay(self, first: KeyFile, second: KeyFile) -> None:
        for place, keys in zip(keyfile.places(self.path), (first, second), strict=True):
            place.write_bytes(keys.as_bytes())

    def open_by(self, old: OldSlot) -> None:
        how = {"recovery_code": old.secret} if not old.name else {"name": old.name, "password": old.secret}
        opening.unlock(self.path, **how).vault.close()

    def open_by_officer(self) -> None:
        opening.unlock(self.path, name=NAME, password=PASSWORD).vault.close()


@pytest.fixture(autouse=True)
def checked_as_closed() -> None:
    """It is not, here: what matters is who may open it, a thousand times."""


@pytest.fixture
def history(kept_history: History) -> Iterator[History]:
    with cheap():  # the other tests, whatever their order, pay for a password
        yield kept_history


@pytest.fixture(scope="module")
def kept_history(tmp_path_factory: pytest.TempPathFactory) -> History:
    with cheap():
        path = tmp_path_factory.mktemp("history") / "u.pupildesk"
        vault, first_code = opening.create(path, name=NAME, user_id=USER, password=PASSWORD, app_version="1")
        keys = [vault.keys]
        acts = [
            lambda: vault.add_slot(SAM, SAM, "sam one"),
            lambda: vault.add_slot(KIM, KIM, "kim one"),
            lambda: vault.change_password(SAM, SAM, "sam two"),
            lambda: vault.set_recovery_code(passwords.new_code()),
            lambda: vault.drop_slot(KIM),
            lambda: vault.change_password(SAM, SAM, "sam three"),
            lambda: vault.drop_slot(SAM),
        ]
        for act in acts:
            with vault.transaction():
                act()
            keys.append(vault.keys)
        data_key = vault._ring._data_key
        vault.close()
        slots = [keys[1].of_user(SAM), keys[2].of_user(KIM), keys[3].of_user(SAM), keys[6].of_user(SAM), keys[0].of_recovery]
        secrets = [(SAM, "sam one"), (KIM, "kim one"), (SAM, "sam two"), (SAM, "sam three"), ("", first_code)]
        gone = tuple(OldSlot(slot, name, secret) for slot, (name, secret) in zip(slots, secrets, strict=True) if slot)
        return History(path, data_key, tuple(keys), gone)


def mixes(history: History) -> Iterator[tuple[OldSlot, KeyFile, KeyFile]]:
    """An old slot put into today's keys: of this or a later generation, with the seal there was, none, or a right one made by who knew the data key."""
    now = history.in_force
    for old, generation, seal in product(history.gone, (0, 1, 40), ("as it was", "", "forged")):
        mixed = replace(now.with_slot(old.slot), generation=now.generation + generation, seal=now.seal if seal == "as it was" else "")
        mixed = mixed.sealed(history.data_key) if seal == "forged" else mixed
        for older in (now, mixed, history.keys[4]):
            yield old, mixed, older
            yield old, older, mixed


@pytest.mark.parametrize(("one_of", "least"), [(5, 50), pytest.param(1, 200, marks=pytest.mark.torture)])
def test_mixes_of_old_slots_are_refused_by_name(history: History, one_of: int, least: int) -> None:
    """Of two hundred and more the suite tries one of five: each of the six ways in which two copies lie there, by turns."""
    refused = 0
    for old, first, second in islice(mixes(history), 0, None, one_of):
        history.lay(first, second)
        with pytest.raises(OldKeys):
            history.open_by(old)
        refused += 1
        if history.in_force in (first, second):
            history.open_by_officer()  # the copy that counts is there
            assert keyfile.copies(history.path) == (history.in_force,)
        else:
            with pytest.raises(OldKeys, match="not in force"):
                history.open_by_officer()
    assert refused > least


def test_a_copy_that_is_not_in_force_is_put_right_with_a_word(history: History) -> None:
    for first, second, name in (
        (history.keys[2], history.in_force, "u.pupildesk.keys"),
        (history.in_force, history.keys[2], "u.pupildesk.keys.bak"),
    ):
        history.lay(first, second)
        with opening.unlock(history.path, name=NAME, password=PASSWORD).vault as vault:
            assert [words.partition(" beside")[0] for words in vault.remarks] == [name]
            row = vault.first_row("SELECT action, user_id, reason FROM log ORDER BY seq DESC LIMIT 1")
            assert row
            assert tuple(row) == ("sign-in-data-put-right", "", name)
        with opening.unlock(history.path, name=NAME, password=PASSWORD).vault as vault:
            assert vault.remarks == []  # once


def test_an_older_keys_file_as_a_whole_is_refused_by_name_to_everybody(history: History) -> None:
    for older in history.keys[:-1]:
        history.lay(older, older)
        for open_by in [
            history.open_by_officer,
            *(lambda old=old: history.open_by(old) for old in history.gone if old.slot in older.slots),
        ]:
            with pytest.raises(OldKeys, match=r"u.pupildesk.keys beside u.pupildesk is an older one .* Put the newest .* or restore"):
                open_by()
    for older in history.keys[:-1]:
        for first, second in ((older, history.in_force), (history.in_force, older)):
            history.lay(first, second)
            for old in history.gone:
                if old.slot in older.slots:
                    with pytest.raises(OldKeys, match=r"did open u\.pupildesk once"):
                        history.open_by(old)
            history.open_by_officer()
            assert keyfile.copies(history.path) == (history.in_force,)


@pytest.mark.acceptance(22)
def test_the_seal_alone_tells_one_put_together_before_the_file_is_read(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = history.in_force.with_slot(history.gone[0].slot)
    history.lay(mixed, mixed)
    monkeypatch.setattr(opening.checks, "keys_in_force", lambda *_args: None)
    with pytest.raises(OldKeys, match="put together from several"):
        history.open_by(history.gone[0])


def test_keys_of_another_data_key_do_not_fit(unit: Unit) -> None:
    keys = keyfile.read(unit.path)
    other = KeyFile(keys.vault_id, generation=9)
    slot = keyslots.wrap(bytes(32), PASSWORD, user=USER, kind="user", name=NAME, vault_id=keys.vault_id, epoch=1, cost=keyslots.FLOOR)
    for place in keyfile.places(unit.path):
        place.write_bytes(other.with_slot(slot).sealed(bytes(32)).as_bytes())
    with pytest.raises(OldKeys, match=r"does not fit it: it is from before unit\.pupildesk got a new key"):
        unit.unlock()
    keyfile.write(unit.path, keys)
    unit.unlock().close()


def test_a_backup_holds_the_slots_that_its_data_names(unit: Unit, tmp_path: Path) -> None:
    with unit.unlock() as vault:
        with vault.transaction():
            vault.add_slot(SAM, SAM, "another good long password")
        made = backup.make(vault, tmp_path, moment=AT, app_version="0.1.0")
        with vault.transaction():
            vault.drop_slot(SAM)
    assert restoring.verify(made.path, name=SAM, password="another good long password").ok
    restored = tmp_path / "restored.pupildesk"
    restoring.restore(made.path, restored, name=NAME, password=PASSWORD, app_version=__version__, then=restored_log_row)
    opening.unlock(restored, name=SAM, password="another good long password").vault.close()


# -- slots of the first version


def as_at_first(unit: Unit) -> KeyFile:
    """The unit's keys as the first version wrote them, and its file as naming them without a generation."""
    with unit.unlock() as vault:
        keys, data_key = vault.keys, vault._ring._data_key
        slots = tuple(
            _of_first_form(slot, data_key, PASSWORD if slot.user else passwords.read_code(unit.recovery_code), keys.vault_id)
            for slot in keys.slots
        )
        first = replace(keys, slots=slots, seal="", version=1)
        with vault.transaction():
            vault.execute("UPDATE identity SET keys_checksum = ?, keys_generation = NULL", (first.checksum,))
    for place in keyfile.places(unit.path):
        place.write_bytes(first.as_bytes())
    return first


def _of_first_form(slot: Slot, data_key: bytes, secret: str, vault_id: str) -> Slot:
    first = replace(slot, public="", sealed="", wrapped="")
    key = keyslots._stretch(keyslots._password_bytes(secret), bytes.fromhex(slot.salt), slot.cost)
    return replace(
        first, wrapped=AESGCM(key).encrypt(bytes.fromhex(slot.nonce), data_key, keyslots._bound_to_password(first, vault_id)).hex()
    )


def test_a_slot_of_the_first_version_is_wrapped_anew_at_the_sign_in(unit: Unit) -> None:
    first = as_at_first(unit)
    with unit.unlock() as vault:
        mine, code = vault.keys.of_user(USER), vault.keys.of_recovery
        assert mine
        assert mine.public
        assert code == first.of_recovery  # nobody has used it since
        assert vault.keys.version == keyfile.VERSION
        assert (mine.cost, mine.name_hash) == (first.slots[0].cost, first.slots[0].name_hash)
    with unit.unlock() as vault:
        assert vault.keys.of_user(USER) == mine  # once
    with opening.unlock(unit.path, recovery_code=unit.recovery_code).vault as vault:
        code = vault.keys.of_recovery
        assert code
        assert code.public
    opening.unlock(unit.path, recovery_code=unit.recovery_code).vault.close()
    for place in keyfile.places(unit.path):
        place.write_bytes(first.as_bytes())
    with pytest.raises(OldKeys, match="is an older one"):
        unit.unlock()


def test_a_disk_that_does_not_take_it_lets_in_all_the_same(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    first = as_at_first(unit)

    def full(*_args: object) -> None:
        raise CannotWrite("full")

    with monkeypatch.context() as patch:
        patch.setattr(keyfile, "write_first", full)
        with unit.unlock() as vault:
            assert vault.keys == first
    with unit.unlock() as vault:
        assert all(slot.public for slot in vault.keys.slots if slot.user)


def test_a_file_that_names_no_keys_takes_those_beside_it_once(unit: Unit) -> None:
    """Such as one of before the file named them at all."""
    older = keyfile.read(unit.path)
    with unit.unlock() as vault:
        with vault.transaction():
            vault.change_password(USER, NAME, "a wholly different thing")
        with vault.transaction():
            vault.execute("UPDATE identity SET keys_checksum = NULL, keys_generation = NULL")
    with opening.unlock(unit.path, name=NAME, password="a wholly different thing").vault as vault:
        row = vault.first_row("SELECT keys_checksum, keys_generation FROM identity")
        assert row
        assert tuple(row) == (vault.keys.checksum, vault.keys.generation)
    for place in keyfile.places(unit.path):
        place.write_bytes(older.as_bytes())
    with pytest.raises(OldKeys):
        unit.unlock()
