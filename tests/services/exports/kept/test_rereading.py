"""The files kept of an export are written once more: what went out then, under a new lock, and all or none."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import CannotWrite, NotAllowed, WrongUse
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import delivery, run_export
from pupil_desk.services.exports.export import NewFile
from pupil_desk.services.exports.kept import frozen, rereading
from pupil_desk.services.exports.kept.rereading import write_again
from pupil_desk.services.exports.listing import FileState, check_files, one_made
from pupil_desk.services.exports.locking import open_locked
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.pupils import protections, pupils
from tests.services.exports.made import DAY, MOMENT, Unit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "again"
    place.mkdir()
    return place


def made(unit: Unit, stick: Path, *, plain: bool) -> str:
    unit.pupil("Quillfeather", "Ottoline", date(2012, 1, 5))
    return run_export(
        unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=plain, keep_content=DAY + timedelta(days=90))
    ).export_id


def test_locked_ones_have_a_new_password_and_hold_what_went_out(unit: Unit, stick: Path, folder: Path) -> None:
    export_id = made(unit, stick, plain=False)
    (kept,) = frozen.content(unit.desk, export_id)
    unit.pupil("Later", "Lea", date(2012, 1, 5))
    before = unit.count("disclosure")
    again = write_again(unit.desk, export_id, folder)
    (path,) = again.paths
    ((name, words),) = again.secrets
    assert name == path.name
    assert words not in repr(again)
    assert open_locked(path.name, path.read_bytes(), words) == {kept.name: kept.data}
    assert [file.name for file in folder.iterdir()] == [path.name]
    assert unit.count("disclosure") == before
    assert unit.log()[-2:] == [
        ("keep-export-files", export_id, "files written again: 1"),
        ("keep-export-files", export_id, "written-again"),
    ]

    delivery.delete_from_stick(unit.desk, export_id, stick)
    (second,) = write_again(unit.desk, export_id, folder).paths
    past = one_made(unit.desk, export_id)
    sent = Path(past.file_name)
    assert [path.name, second.name] == [f"{sent.stem}-again{sent.suffix}", f"{sent.stem}-again-2{sent.suffix}"]
    assert past.taken_off is None, "there is a copy again"
    assert check_files(past, folder) == [(path.name, FileState.SAME), (second.name, FileState.SAME)]
    assert check_files(past, stick) == [(sent.name, FileState.MISSING)]
    second.write_bytes(b"another")
    swept = delivery.delete_from_stick(unit.desk, export_id, folder)
    assert (swept.deleted, swept.missing, swept.changed) == ((path.name,), (), (second.name,))
    assert one_made(unit.desk, export_id).taken_off is not None


def test_of_whom_a_protection_was_set_since_is_confirmed_by_name(unit: Unit, stick: Path, folder: Path) -> None:
    known = unit.pupil("Ash", "Ada", date(2012, 1, 5))
    unit.protect(known)
    unit.pupil("Quillfeather", "Ottoline", date(2012, 1, 5))
    order = ExportOrder(reason="Termly return", keep_content=DAY + timedelta(days=90), confirm=frozenset({known.id}))
    export_id = run_export(unit.desk, "youth-support", stick, order).export_id
    assert rereading.to_confirm(unit.desk, export_id) == []
    (open_one,) = (pupil for pupil in pupils.all_pupils(unit.desk) if pupil.id != known.id)
    later = Desk(unit.desk.vault, unit.desk.user, FixedClock(MOMENT + timedelta(minutes=5)))
    for pupil in (open_one, known):
        protections.set_protection(later, Protection(pupil_id=pupil.id, kind="order", reason="Court", since=DAY))
    assert [(pupil.surname, sorted(p.kind for p in held)) for pupil, held in rereading.to_confirm(later, export_id)] == [
        ("Ash", ["address-withheld", "order"]),
        ("Quillfeather", ["order"]),
    ]
    for confirmed in ((), (known.id,)):
        with pytest.raises(WrongUse, match="Confirm each by name"):
            write_again(later, export_id, folder, confirmed)
    assert list(folder.iterdir()) == []
    assert write_again(later, export_id, folder, (known.id, open_one.id)).paths
    assert {row[1] for row in unit.log() if row == ("confirm-protected", row[1], "files of an export written again")} == {
        known.id,
        open_one.id,
    }


def test_plain_ones_are_the_bytes_of_then_and_nothing_is_written_over(unit: Unit, stick: Path, folder: Path) -> None:
    export_id = made(unit, stick, plain=True)
    (sent,) = (path for path in stick.iterdir() if path.suffix == ".csv")
    again = write_again(unit.desk, export_id, folder)
    assert again.secrets == ()
    assert [path.read_bytes() for path in again.paths] == [sent.read_bytes()]
    with pytest.raises(CannotWrite):
        write_again(unit.desk, export_id, folder)
    with pytest.raises(NotAllowed):
        write_again(unit.as_role(Role.ASSISTANT_HEAD), export_id, folder)
    frozen.delete_content(unit.desk, export_id, "Its day has come")
    with pytest.raises(WrongUse, match="not kept here"):
        write_again(unit.desk, export_id, folder)


def test_of_several_files_all_are_written_or_none(unit: Unit, stick: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export_id = made(unit, stick, plain=True)
    (kept,) = frozen.content(unit.desk, export_id)
    second = type(kept)("second.csv", b"2")
    monkeypatch.setattr(rereading.frozen, "content", lambda _desk, _id, _who: [kept, second])
    (folder / "second.csv").write_bytes(b"another")
    with pytest.raises(CannotWrite):
        write_again(unit.desk, export_id, folder)
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("second.csv", b"another")]


def test_files_that_had_a_lock_each_have_one_each_again(unit: Unit, stick: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export_id = made(unit, stick, plain=False)
    past = rereading.one_made(unit.desk, export_id)
    monkeypatch.setattr(rereading, "one_made", lambda _desk, _id: dataclasses.replace(past, files=past.files * 2))
    two = [NewFile("post-16-hill.csv", b"1"), NewFile("post-16-vale.csv", b"2")]
    monkeypatch.setattr(rereading.frozen, "content", lambda _desk, _id, _who: two)
    again = write_again(unit.desk, export_id, folder)
    assert [path.name for path in again.paths] == ["post-16-hill-again.zip", "post-16-vale-again.zip"]
    assert len({words for _name, words in again.secrets}) == 2
    assert [open_locked(path.name, path.read_bytes(), dict(again.secrets)[path.name]) for path in again.paths] == [
        {file.name: file.data} for file in two
    ]
