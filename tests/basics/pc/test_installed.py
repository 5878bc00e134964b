"""The installed copy: damage is found, and older versions go without anything else being touched."""

import hashlib
import os
import sys
from pathlib import Path

import pytest

from pupil_desk.basics.pc import installed
from pupil_desk.basics.pc.installed import MANIFEST, compare_files, manifest_faults, older_beside, program_folder, remove_older_beside

PARTS = {"Pupil Desk.exe": b"window", "pupil-desk.exe": b"console", "_internal/engine.dll": b"engine", "licences/ä b.txt": b"free"}


def install(root: Path, name: str, **more: bytes) -> Path:
    """A version's folder, with its manifest."""
    folder = root / name
    lines = []
    for part, data in {**PARTS, **more}.items():
        place = folder / part
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        lines.append(f"{hashlib.sha256(data).hexdigest()}  {part}\n")
    (folder / MANIFEST).write_text("".join(lines), encoding="utf-8")
    return folder


def put_in_force(root: Path, name: str, *, text: str | None = None) -> None:
    (root / "current.txt").write_bytes((text or f"{name}\r\n").encode())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An installation whose version in force is 0.2.0."""
    root = tmp_path / "Programs" / "Pupil Desk"
    install(root, "0.2.0")
    put_in_force(root, "0.2.0")
    (root / "Uninstall.exe").write_bytes(b"remove")
    return root


def names(folder: Path) -> list[str]:
    return sorted(place.name for place in folder.iterdir())


def never() -> bool:
    return False


# -- which folder


def test_a_checkout_is_no_installation() -> None:
    assert program_folder() is None
    assert manifest_faults() is None
    assert installed.remove_older() == []


def test_a_frozen_program_is_in_its_own_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(root / "0.2.0" / "Pupil Desk.exe"))
    assert program_folder() == root / "0.2.0"
    assert manifest_faults() == []


# -- whether it is whole


def test_what_is_missing_changed_or_strange_is_named(root: Path) -> None:
    folder = root / "0.2.0"
    assert manifest_faults(folder) == []
    (folder / "pupil-desk.exe").unlink()
    (folder / "_internal" / "engine.dll").write_bytes(b"engime")
    (folder / "licences" / "new.dll").write_bytes(b"?")
    (folder / "empty").mkdir()
    assert manifest_faults(folder) == [
        "pupil-desk.exe is missing.",
        "_internal/engine.dll was changed.",
        "licences/new.dll does not belong to the program.",
    ]


def test_without_a_manifest_nothing_is_known(root: Path) -> None:
    (root / "0.2.0" / MANIFEST).unlink()
    assert manifest_faults(root / "0.2.0") is None


@pytest.mark.parametrize("text", ["", "nonsense", "\ufeff", "0" * 63 + "  a", "0" * 64 + " a"])
def test_a_manifest_that_is_none_is_a_fault(root: Path, text: str) -> None:
    (root / "0.2.0" / MANIFEST).write_text(text, encoding="utf-8")
    assert manifest_faults(root / "0.2.0") == ["manifest.sha256 cannot be read."]
    (root / "0.2.0" / MANIFEST).write_bytes(b"\xff\xfe\x00")
    assert manifest_faults(root / "0.2.0") == ["manifest.sha256 cannot be read."]


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_is_strange_even_to_the_same_bytes(root: Path, tmp_path: Path) -> None:
    folder = root / "0.2.0"
    (tmp_path / "engine.dll").write_bytes(b"engine")
    (folder / "_internal" / "engine.dll").unlink()
    (folder / "_internal" / "engine.dll").symlink_to(tmp_path / "engine.dll")
    (folder / "more").symlink_to(root)
    assert manifest_faults(folder) == ["_internal/engine.dll cannot be read.", "more does not belong to the program."]


def test_a_name_outside_the_folder_is_missing(root: Path) -> None:
    (root / "0.2.0" / MANIFEST).write_text(f"{hashlib.sha256(b'remove').hexdigest()}  ../Uninstall.exe\n")
    assert "../Uninstall.exe is missing." in (manifest_faults(root / "0.2.0") or [])


def test_the_digest_of_what_is_here_is_that_of_what_was_built_while_every_file_is_as_it_came(root: Path) -> None:
    folder = root / "0.2.0"
    compared = compare_files(folder)
    assert compared is not None
    assert compared.built == compared.found == hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    assert (compared.faults, compared.count) == ((), len(PARTS))
    (folder / "stray.txt").touch()
    hurt = compare_files(folder)
    assert hurt is not None
    assert hurt.built == compared.built != hurt.found


def test_comparing_can_be_stopped_at_each_file(root: Path) -> None:
    def stop(done: int, of: int) -> None:
        assert of == len(PARTS)
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare_files(root / "0.2.0", stop)


# -- older versions


def test_older_versions_go_and_nothing_else(root: Path) -> None:
    install(root, "0.1.0")
    install(root, "0.2.0-2")
    (root / "0.1.9" / "_internal").mkdir(parents=True)  # half-unpacked, as a killed installer leaves it
    (root / "0.1.9" / "_internal" / "python.dll").write_bytes(b"py")
    (root / "0.1.8").mkdir()
    keep = install(root, "data")
    (root / "2024").mkdir()
    (root / "2024" / "letters.txt").write_text("not ours")
    assert remove_older_beside(root / "0.2.0", never) == ["0.1.0", "0.1.8", "0.1.9", "0.2.0-2"]
    assert names(root) == ["0.2.0", "2024", "Uninstall.exe", "current.txt", "data"]
    assert manifest_faults(root / "0.2.0") == []
    assert manifest_faults(keep) == []


@pytest.mark.parametrize("text", ["0.1.0", "", "0.2.0 x", "..", "0.2.0-2"])
def test_a_version_that_is_not_in_force_removes_nothing(root: Path, text: str) -> None:
    install(root, "0.1.0")
    put_in_force(root, "", text=text or "\r\n")
    assert older_beside(root / "0.2.0") == []
    (root / "current.txt").unlink()
    assert older_beside(root / "0.2.0") == []


@pytest.mark.parametrize("text", ["0.2.0", "0.2.0\n", "\ufeff0.2.0\r\n", "  0.2.0  "])
def test_the_name_in_force_is_read_however_it_was_written(root: Path, text: str) -> None:
    old = install(root, "0.1.0")
    put_in_force(root, "", text=text)
    assert older_beside(root / "0.2.0") == [old]


@pytest.mark.parametrize(
    "strange", ["unit.pupildesk", "_internal/Unit.PupilDesk.keys", "2026-11-24_0912_0123abcd_7.pupilbackup", "letters.docx"]
)
def test_a_folder_with_somebodys_file_stays_whole(root: Path, strange: str) -> None:
    old = install(root, "0.1.0")
    (old / strange).write_bytes(b"mine")
    assert remove_older_beside(root / "0.2.0", never) == []
    assert sorted(place.relative_to(old).as_posix() for place in old.rglob("*") if place.is_file()) == sorted([*PARTS, strange, MANIFEST])


def test_a_half_unpacked_folder_with_data_stays_whole(root: Path) -> None:
    (root / "0.1.0" / "_internal").mkdir(parents=True)
    (root / "0.1.0" / "_internal" / "unit.pupildesk").write_bytes(b"mine")
    assert remove_older_beside(root / "0.2.0", never) == []
    assert (root / "0.1.0" / "_internal" / "unit.pupildesk").read_bytes() == b"mine"


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_are_neither_followed_nor_removed(root: Path, tmp_path: Path) -> None:
    elsewhere = install(tmp_path, "0.0.9")
    (root / "0.0.9").symlink_to(elsewhere)
    old = install(root, "0.1.0")
    (old / "_internal" / "more").symlink_to(elsewhere)
    assert remove_older_beside(root / "0.2.0", never) == []
    assert manifest_faults(elsewhere) == []
    assert (root / "0.0.9").is_symlink()
    assert (old / "pupil-desk.exe").is_file()


def test_while_the_installer_runs_nothing_is_touched(root: Path) -> None:
    install(root, "0.1.0")
    install(root, "0.1.1")
    assert remove_older_beside(root / "0.2.0", lambda: True) == []
    answers = iter([False, True])
    assert remove_older_beside(root / "0.2.0", lambda: next(answers)) == ["0.1.0"]
    assert (root / "0.1.1").is_dir()


def test_a_running_version_stays_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to open a running program for writing."""
    old = install(root, "0.1.0")
    install(root, "0.1.1")
    real = open

    def refused(place: Path, mode: str = "r", **more: object) -> object:
        if mode == "r+b" and "0.1.0" in Path(place).parts and place.name == "pupil-desk.exe":
            raise PermissionError(13, "in use")
        return real(place, mode, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(installed, "open", refused, raising=False)
    assert remove_older_beside(root / "0.2.0", never) == ["0.1.1"]
    assert manifest_faults(old) == []


def test_a_removal_that_was_cut_short_is_finished_next_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = install(root, "0.1.0", **{"read-me.txt": b"of that version alone"})
    real, gone = Path.unlink, []

    def cut(place: Path, missing_ok: bool = False) -> None:
        if len(gone) == 3:
            raise PermissionError(13, "held by a virus scanner")
        gone.append(place.name)
        real(place, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", cut)
        assert remove_older_beside(root / "0.2.0", never) == []
    assert set(gone[:2]) == set(installed.PROGRAMS)  # so that no half of a program starts
    assert "read-me.txt" in names(old)
    assert remove_older_beside(root / "0.2.0", never) == ["0.1.0"]
