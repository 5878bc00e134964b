"""Looking before writing: a file that is not as it was left is named, not worked on, and no byte of it changes."""

import errno
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from pupil_desk.basics.errors import CannotWrite, Damaged, Doubtful, WrongPassword
from pupil_desk.store.file import anchor, audit, checks, engine, opening, staging
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.store.file.vault import Vault, held_here
from tests.store.made import NAME, PASSWORD, USER, Unit, add_pupil, from_outside, write_log


def folder_of(unit: Unit) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(unit.path.parent.iterdir())}


def looked_at(unit: Unit) -> Vault:
    return opening.unlock(unit.path, name=NAME, password=PASSWORD, read_only=True).vault


@pytest.mark.acceptance(13, short=12, full=500)
def test_no_flipped_byte_is_opened_for_writing(unit: Unit, times: int) -> None:
    whole, draw = unit.path.read_bytes(), random.Random(times)
    places = [3, 17, 100, len(whole) - 1, *(draw.randrange(len(whole)) for _each in range(times - 4))]
    for place in places:
        unit.path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << draw.randrange(8)]) + whole[place + 1 :])
        before = folder_of(unit)
        with pytest.raises(Damaged) as refusal:
            unit.unlock()
        assert "damaged" in refusal.value.message, place
        assert folder_of(unit) == before
    unit.path.write_bytes(whole)
    unit.unlock().close()


@pytest.mark.parametrize("every", [40, pytest.param(1, marks=pytest.mark.torture)])
@pytest.mark.acceptance(15)
def test_no_file_cut_at_a_page_is_opened_for_writing(unit: Unit, every: int, record_property: Callable[[str, object], None]) -> None:
    whole = unit.path.read_bytes()
    cuts = range(1, len(whole) // engine.PAGE, every)
    record_property("tried", len(cuts))
    for pages in cuts:
        unit.path.write_bytes(whole[: pages * engine.PAGE])
        before = folder_of(unit)
        with pytest.raises(Damaged):
            unit.unlock()
        assert folder_of(unit) == before


def _lengthened(whole: bytes, _other: bytes) -> bytes:
    return whole + bytes(engine.PAGE)


def _repeated(whole: bytes, _other: bytes) -> bytes:
    return whole + whole[-engine.PAGE :]


def _with_a_page_of_another(whole: bytes, other: bytes) -> bytes:
    return whole[: 5 * engine.PAGE] + other[5 * engine.PAGE : 6 * engine.PAGE] + whole[6 * engine.PAGE :]


def _with_two_pages_swapped(whole: bytes, _other: bytes) -> bytes:
    page = engine.PAGE
    return whole[: 5 * page] + whole[6 * page : 7 * page] + whole[5 * page : 6 * page] + whole[7 * page :]


@pytest.mark.parametrize("spoil", [_lengthened, _repeated, _with_a_page_of_another, _with_two_pages_swapped])
@pytest.mark.acceptance(16)
def test_a_file_of_other_pages_is_named_and_not_written(unit: Unit, tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    other = tmp_path / "other" / "unit.pupildesk"
    other.parent.mkdir()
    opening.create(other, name=NAME, user_id=USER, password=PASSWORD, cost=FLOOR, app_version="0.1.0")[0].close()
    unit.path.write_bytes(spoil(unit.path.read_bytes(), other.read_bytes()))
    before = {file.name: file.read_bytes() for file in unit.path.parent.iterdir() if file.is_file()}
    with pytest.raises(Doubtful, match=r"has been damaged\. Nothing has been written"):
        unit.unlock()
    assert {file.name: file.read_bytes() for file in unit.path.parent.iterdir() if file.is_file()} == before


@pytest.mark.acceptance(16)
def test_a_damaged_file_can_be_looked_at_and_no_byte_changes(unit: Unit) -> None:
    with unit.unlock() as vault:
        add_pupil(vault, 1)
    whole = unit.path.read_bytes()
    unit.path.write_bytes(whole + bytes(engine.PAGE))
    before = folder_of(unit)
    with looked_at(unit) as vault:
        assert vault.rows("SELECT surname FROM pupil")[0][0] == "Marker-Zeta"
        with pytest.raises(CannotWrite, match="looked at alone"), vault.transaction():
            pytest.fail("a transaction began")
    assert folder_of(unit) == before
    assert not held_here(unit.path)


def left_by_a_kill(unit: Unit, tmp_path: Path, pupils: int = 1) -> Unit:
    """The files as they are with a pupil more, or some, while the file is open."""
    with unit.unlock() as vault:
        for number in range(1, pupils + 1):
            add_pupil(vault, number)
        killed = tmp_path / "killed"
        killed.mkdir()
        for file in unit.path.parent.iterdir():
            if file.is_file() and file.suffix != ".lock":  # it would say that this very process holds the copy
                shutil.copy(file, killed / file.name)
    return Unit(killed / unit.path.name, unit.recovery_code)


def test_a_page_that_a_power_cut_tore_and_that_is_whole_beside_the_file_is_no_damage(unit: Unit, tmp_path: Path) -> None:
    """While the engine brings its changes in, the file itself may be torn. The cipher's check, which reads the file alone, once called that damaged."""
    left = left_by_a_kill(unit, tmp_path)
    whole, beside = left.path.read_bytes(), left.path.with_name(left.path.name + "-wal").read_bytes()
    pages = {int.from_bytes(beside[at : at + 4]) for at in range(32, len(beside), 24 + engine.PAGE)}
    at = (next(page for page in sorted(pages) if 1 < page <= len(whole) // engine.PAGE) - 1) * engine.PAGE
    left.path.write_bytes(whole[: at + 512] + bytes(512) + whole[at + 1024 :])
    with left.unlock() as vault:
        assert vault.first_row("SELECT count(*) FROM pupil")[0] == 1  # type: ignore[index]
        assert checks.look_over(vault) == []


def test_a_file_that_grows_by_what_is_beside_it_is_no_damage_where_there_is_no_room_for_a_copy(
    unit: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = left_by_a_kill(unit, tmp_path, pupils=100)
    monkeypatch.setattr(checks, "copied", _no_room)
    with left.unlock() as vault:
        assert vault.first_row("SELECT count(*) FROM pupil")[0] == 100  # type: ignore[index]
        assert checks.look_over(vault) == []


def _no_room(_path: Path) -> NoReturn:
    raise CannotWrite("no room")


def test_a_disk_that_gives_a_page_no_more_is_said_and_the_file_can_be_looked_at(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    unit.unlock().close()

    def unreadable(*_asked: object) -> NoReturn:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(checks, "_digest", unreadable)
    with pytest.raises(CannotWrite):
        unit.unlock()
    looked_at(unit).close()


def test_changes_beside_a_damaged_file_stay_beside_it(unit: Unit, tmp_path: Path) -> None:
    """After a kill the last changes are still beside the file: looking at it brings nothing of them in."""
    left = left_by_a_kill(unit, tmp_path)
    assert checks.has_changes_beside(left.path)
    whole = left.path.read_bytes()
    left.path.write_bytes(whole[:9000] + bytes([whole[9000] ^ 1]) + whole[9001:])
    before = folder_of(left)
    with pytest.raises(Doubtful, match="damaged"):
        left.unlock()
    with looked_at(left) as vault:
        assert vault.first_row("SELECT count(*) FROM log")[0] == 4  # type: ignore[index]
    assert folder_of(left) == before
    left.path.write_bytes(whole)
    with left.unlock() as vault:
        assert checks.verify_log(vault) == []


def test_a_changed_row_of_the_log_is_named_before_anything_is_written(unit: Unit) -> None:
    from_outside(unit, "UPDATE log SET reason = 'other' WHERE seq = 2")
    before = folder_of(unit)
    with pytest.raises(Doubtful, match="Log entry 2 was changed, moved or put in by other means"):
        unit.unlock()
    assert folder_of(unit) == before


def test_the_tail_alone_is_walked_and_begins_where_the_rest_ends(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    with unit.unlock() as vault:
        write_log(vault, 20)
    monkeypatch.setattr(checks, "TAIL", 5)
    from_outside(unit, "UPDATE log SET reason = 'other' WHERE seq = 2")
    with unit.unlock() as vault:
        [defect] = checks.verify_log(vault)  # the whole walk still finds it
    assert defect.seq == 2
    from_outside(unit, "UPDATE log SET reason = 'other' WHERE seq = 22")
    with pytest.raises(Doubtful, match="Log entry 22"):
        unit.unlock()


# -- an older file, or the last changes taken away


def _older(unit: Unit) -> None:
    older = unit.path.read_bytes()
    with unit.unlock() as vault:
        write_log(vault, 7)
    unit.path.write_bytes(older)


def _without_its_changes(unit: Unit) -> None:
    with unit.unlock() as vault:
        write_log(vault, 7)
        anchor.write(vault)
        older = unit.path.read_bytes()
        kept = anchor.place(unit.path).read_bytes()
    unit.path.write_bytes(older)  # as a kill leaves it, with what the engine had put beside it deleted
    anchor.place(unit.path).write_bytes(kept)


@pytest.mark.parametrize("put_back", [_older, _without_its_changes])
@pytest.mark.acceptance(18, 19)
def test_an_older_file_is_named_and_nothing_is_written(unit: Unit, put_back) -> None:  # type: ignore[no-untyped-def]
    put_back(unit)
    before = folder_of(unit)
    for _try in range(3):
        with pytest.raises(Doubtful, match="7 log entries missing since") as refusal:
            unit.unlock()
        assert refusal.value.acceptable
        assert folder_of(unit) == before
    with looked_at(unit) as vault:
        assert audit.head(vault).seq == 3
    assert folder_of(unit) == before


@pytest.mark.acceptance(19)
def test_the_anchor_stays_on_its_chain_however_far_another_goes(unit: Unit) -> None:
    """It was overwritten once the log had outgrown it; then nothing showed for ever."""
    _older(unit)
    asked: list[str] = []
    with opening.unlock(
        unit.path, name=NAME, password=PASSWORD, on_older=lambda _vault, _user, missing: asked.append(missing)
    ).vault as vault:
        write_log(vault, 1000)
        anchor.write(vault)
        [defect] = anchor.compare(vault)
    assert asked[0].startswith("7 log entries missing since")
    assert "not the one this PC saw" in defect.message
    with pytest.raises(Doubtful, match="not the one this PC saw"):
        unit.unlock()


def test_who_may_goes_on_from_here_and_the_next_time_nothing_is_said(unit: Unit) -> None:
    _older(unit)
    with opening.unlock(unit.path, name=NAME, password=PASSWORD, on_older=lambda *_asked: None).vault as vault:
        anchor.write_anew(vault)
    with unit.unlock() as vault:
        assert checks.verify_log(vault) == []


# -- an old page put back, as whole as any


@pytest.mark.acceptance(17)
def test_an_old_page_put_back_is_named_and_nothing_is_written(unit: Unit, record_property: Callable[[str, object], None]) -> None:
    with unit.unlock() as vault:
        for number in range(40):
            add_pupil(vault, number)
    old, page = unit.path.read_bytes(), engine.PAGE
    with unit.unlock() as vault:
        with vault.transaction():
            vault.execute("UPDATE pupil SET surname = 'Marker-Eta', town = 'Larkstone' WHERE rowid < 20")
        write_log(vault)
    new, folder = unit.path.read_bytes(), folder_of(unit)
    changed = [at for at in range(0, len(old), page) if old[at : at + page] != new[at : at + page]]
    for at in changed:
        for name, data in folder.items():
            (unit.path.parent / name).write_bytes(data)
        unit.path.write_bytes(new[:at] + old[at : at + page] + new[at + page :])
        before = folder_of(unit)
        for _try in range(2):
            with pytest.raises(Doubtful, match="is not worked on"):
                unit.unlock()
            assert folder_of(unit) == before
    record_property("tried", len(changed))
    assert len(changed) > 5
    unit.path.write_bytes(new)
    unit.unlock().close()
    unit.unlock().close()


def test_a_file_that_went_on_elsewhere_is_not_taken_for_one_that_was_altered(unit: Unit, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    shutil.copytree(unit.path.parent, stick)
    elsewhere = Unit(stick / unit.path.name, unit.recovery_code)
    with elsewhere.unlock() as vault:
        add_pupil(vault, 1)
    shutil.copy(elsewhere.path, unit.path)
    with unit.unlock() as vault:
        assert audit.head(vault).seq == 4
    assert anchor.left(unit.path)


def test_after_a_kill_nothing_is_said_of_how_it_was_left(unit: Unit) -> None:
    assert anchor.left(unit.path)
    with unit.unlock() as vault:
        assert anchor.left(unit.path) is None
        write_log(vault)
        assert anchor.compare(vault) == []


# -- a way out


def test_a_copy_as_it_is_holds_all_that_belongs_to_it(unit: Unit, tmp_path: Path) -> None:
    unit.path.write_bytes(unit.path.read_bytes()[:-10])
    stick = tmp_path / "stick"
    stick.mkdir()
    first, second = (staging.copy_as_it_is(unit.path, stick) for _each in range(2))
    assert first != second
    assert {file.name for file in first.iterdir()} == {
        "unit.pupildesk",
        "unit.pupildesk.keys",
        "unit.pupildesk.keys.bak",
        "unit.pupildesk.anchor",
    }
    assert all(file.read_bytes() == (unit.path.parent / file.name).read_bytes() for file in first.iterdir())


def test_a_copy_that_is_read_back_otherwise_is_none(unit: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(staging.filecmp, "cmp", lambda *_files, shallow: False)
    with pytest.raises(CannotWrite):
        staging.copy_as_it_is(unit.path, stick)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("fails", ["note_keys", "guard", "first_row"])
def test_an_error_on_the_way_in_lets_the_file_go(unit: Unit, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    """The next try once said «open by Ada», until the PC was started again."""
    with monkeypatch.context() as patch:
        patch.setattr(Vault, fails, lambda *_args, **_more: (_ for _ in ()).throw(OSError(5, "input/output")))
        with pytest.raises((OSError, CannotWrite)):
            unit.unlock()
    assert not held_here(unit.path)
    assert not unit.path.with_name(unit.path.name + ".lock").exists()
    unit.unlock().close()


def test_a_wrong_password_is_said_before_any_damage(unit: Unit) -> None:
    unit.path.write_bytes(unit.path.read_bytes()[: 20 * engine.PAGE])
    with pytest.raises(WrongPassword):
        opening.unlock(unit.path, name=NAME, password="wrong")
