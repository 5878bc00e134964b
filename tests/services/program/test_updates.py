"""An update from a stick: what is not the makers' own, whole, newer and in its time is refused in a sentence of its own; a good one is copied and put beside."""

import dataclasses
import io
import json
import random
import tarfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installers import update as builder
from installers.inside import digest_of
from pupil_desk import __version__
from pupil_desk.basics.errors import CannotWrite, WrongUse
from pupil_desk.basics.pc import installed
from pupil_desk.services.program import update_file, updates
from pupil_desk.services.program.update_file import ENDING, FIRST_LINE, MOST_HEADER, Update, UpdateRefused, read_header
from pupil_desk.services.program.updates import LINUX, SYSTEM, WINDOWS, look, put_beside, take

KEY, NEXT, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2, 3))
TODAY = date(2026, 11, 29)
NEWER = "9.1.0"
CHANGED = "Registers open faster."
ALTERED, UNSIGNED = "was altered after it was signed, or is damaged", "nobody has signed"


@pytest.fixture(autouse=True)
def _ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program takes what either of the test's two keys has signed."""
    monkeypatch.setattr(update_file, "PUBLIC_KEYS", tuple(key.public_key().public_bytes_raw().hex() for key in (KEY, NEXT)))


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, Path]:
    """What the two systems install."""
    names = {WINDOWS: f"PupilDesk-{NEWER}-setup.exe", LINUX: f"pupil-desk-{NEWER}-linux-x86_64.tar.xz"}
    for system, name in names.items():
        (tmp_path / name).write_bytes(system.encode() * 9_000)
    return {system: tmp_path / name for system, name in names.items()}


type Make = Callable[..., Path]


@pytest.fixture
def make(parts: dict[str, Path], tmp_path: Path) -> Make:
    """Makes an update on a stick, with some things of its manifest otherwise."""

    def make(key: Ed25519PrivateKey = KEY, **otherwise: object) -> Path:
        update = builder.describe(parts, version=NEWER, least="0.1.0", day=TODAY, expires=date(2027, 11, 29), changes=(CHANGED,))
        stick = tmp_path / "stick"
        stick.mkdir(exist_ok=True)
        return builder.write(stick / f"update{ENDING}", dataclasses.replace(update, **otherwise), parts, key)  # type: ignore[arg-type]

    return make


def refusal(path: Path, *, today: date = TODAY, schema: int | None = None) -> str:
    with pytest.raises(UpdateRefused) as refused:
        look(path, today=today, schema=schema)
    return refused.value.message


# -- a good one


@pytest.mark.parametrize("key", [KEY, NEXT], ids=["the key in use", "the next key"])
def test_a_good_one_says_what_it_is_and_its_copy_is_what_was_signed(
    make: Make, parts: dict[str, Path], tmp_path: Path, key: Ed25519PrivateKey
) -> None:
    done: list[tuple[int, int]] = []
    seen = look(make(key), today=TODAY, schema=1, report=lambda finished, total: done.append((finished, total)))
    assert f"Pupil Desk {NEWER} of 29 November 2026 takes the place of {__version__}." in seen.words
    assert CHANGED in seen.words
    assert done[-1] == (seen.update.size, seen.update.size)
    (tmp_path / "here").mkdir()
    copy = take(seen, tmp_path / "here")
    assert copy.read_bytes() == parts[SYSTEM].read_bytes()
    assert [path.name for path in (tmp_path / "here").iterdir()] == [parts[SYSTEM].name]


def test_the_folder_for_updates_holds_one_at_a_time(make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(updates, "home_of_preferences", lambda: tmp_path / "settings")
    (tmp_path / "settings" / "updates").mkdir(parents=True)
    (tmp_path / "settings" / "updates" / "old.exe").touch()
    copy = take(look(make(), today=TODAY))
    assert list((tmp_path / "settings" / "updates").iterdir()) == [copy]


def test_the_keys_of_the_program_are_two_keys_and_none_of_the_tests(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make()
    monkeypatch.undo()
    assert [len(bytes.fromhex(key)) for key in update_file.PUBLIC_KEYS] == [32, 32]
    assert len(set(update_file.PUBLIC_KEYS)) == 2
    assert "signed by another key" in refusal(path)


# -- what is refused, each by its own sentence


def test_one_that_nobody_signed(make: Make) -> None:
    path = make()
    document = json.loads(path.read_bytes().split(b"\n")[1]) | {"signature": ""}
    path.write_bytes(FIRST_LINE + update_file.canonical(document) + b"\n")
    assert refusal(path) == (
        f"update{ENDING} is an update that nobody has signed. Nothing was changed."
        " Only an update that the makers of Pupil Desk have signed is taken: ask whoever sent it for that one."
    )


def test_one_signed_by_another_key(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(update_file, "PUBLIC_KEYS", (OTHER.public_key().public_bytes_raw().hex(),))
        path = make(OTHER)
    assert refusal(path) == (
        f"update{ENDING} is an update signed by another key, which is none of the makers of Pupil Desk. Nothing was changed."
        " Ask whoever sent it where it comes from."
    )


def test_an_older_one_and_the_one_that_runs(make: Make) -> None:
    assert f"is the update to 0.0.9, which is older than the {__version__} that runs here. Nothing was changed." in refusal_of(
        make, version="0.0.9"
    )
    assert f"is the update to {__version__}, which runs here already." in refusal_of(make, version=__version__)


def refusal_of(make: Make, **otherwise: object) -> str:
    path = make(**otherwise)
    try:
        return refusal(path)
    finally:
        path.unlink()


def test_one_whose_time_is_over_or_not_come(make: Make) -> None:
    path = make()
    assert "is an update that was good until 29 November 2027." in refusal(path, today=date(2027, 11, 30))
    assert "and this PC says that today is 28 November 2026." in refusal(path, today=date(2026, 11, 28))
    look(path, today=date(2027, 11, 29))


def test_one_that_does_not_go_over_what_is_here(make: Make) -> None:
    assert "goes over Pupil Desk 9.0 or later" in refusal_of(make, least="9.0")
    path = make(schema=(3, 70))
    for schema in (2, 71):
        assert "does not know the form of this unit’s file" in refusal(path, schema=schema)
    look(path, today=TODAY, schema=70)


def test_one_for_another_kind_of_pc(make: Make, parts: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "SYSTEM", "amiga")
    assert "is an update for another kind of PC." in refusal(make())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty."),
        (b"MZ\x90\x00\x03\x00", "it looks like a program."),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00 a", "it looks like a ZIP."),
        (FIRST_LINE, ALTERED),
        (FIRST_LINE + b"{}", UNSIGNED),
        (FIRST_LINE + b"[1]\n", ALTERED),
        (FIRST_LINE + b"[" * 60_000, ALTERED),
        (FIRST_LINE + b'{"signature":"00","key":"00","manifest":{}}\n', ALTERED),
    ],
)
def test_what_is_none(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / f"x{ENDING}"
    path.write_bytes(data)
    assert words in refusal(path)


def test_a_folder_and_what_is_gone_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone"):
        with pytest.raises(WrongUse, match="cannot be read"):
            look(path, today=TODAY)


def test_whatever_bit_is_turned_it_is_refused(make: Make) -> None:
    path = make()
    data, drawn = path.read_bytes(), random.Random(7)
    header = data.index(b"\n", len(FIRST_LINE)) + 1
    places = [*drawn.sample(range(header), 150), *drawn.sample(range(header, len(data)), 50)]
    for place in places:
        path.write_bytes(data[:place] + bytes([data[place] ^ 1 << drawn.randrange(8)]) + data[place + 1 :])
        assert refusal(path)
    for cut in (len(data) - 1, len(data) // 2, header, header - 1, 40):
        path.write_bytes(data[:cut])
        assert ALTERED in refusal(path)
    path.write_bytes(data + b"\0")
    assert ALTERED in refusal(path)


@pytest.mark.parametrize("name", ["../evil.exe", "a/b", "a\\b", ".hidden", "", "c:x", "two words"])
def test_a_name_that_leads_elsewhere_is_refused_though_signed(make: Make, name: str) -> None:
    with pytest.raises(UpdateRefused, match=ALTERED):
        make(files={SYSTEM: update_file.Payload(name, 5, "0" * 64)})


def test_a_stick_that_gives_other_bytes_the_second_time_is_found_and_nothing_is_left(make: Make, tmp_path: Path) -> None:
    path = make()
    seen = look(path, today=TODAY)
    data = bytearray(path.read_bytes())
    data[seen.start + seen.update.place_of(SYSTEM) + 5] ^= 1
    path.write_bytes(data)
    (tmp_path / "here").mkdir()
    with pytest.raises(UpdateRefused, match="the copy is not what was signed"):
        take(seen, tmp_path / "here")
    assert list((tmp_path / "here").iterdir()) == []


def test_a_folder_that_takes_nothing_is_named(make: Make, tmp_path: Path) -> None:
    seen = look(make(), today=TODAY)
    with pytest.raises(CannotWrite):
        take(seen, tmp_path / "gone")


def test_the_builder_writes_nothing_that_a_program_would_refuse(make: Make, tmp_path: Path) -> None:
    with pytest.raises(UpdateRefused, match="signed by another key"):
        make(OTHER)
    assert list((tmp_path / "stick").iterdir()) == []


def test_the_header_is_read_as_it_was_made(make: Make) -> None:
    path = make()
    update, start = read_header(path.read_bytes()[:MOST_HEADER], path.stat().st_size)
    assert Update.of(update.manifest) == update
    assert (update.version, update.changes) == (NEWER, (CHANGED,))
    assert path.stat().st_size == start + update.size


# -- putting it in place


def _program(tmp_path: Path, status: int) -> Path:
    """An archive of a program whose look at itself ends with a status."""
    archive = tmp_path / "program.tar.xz"
    with tarfile.open(archive, "w:xz") as packed:
        for name, text in ((f"pupil-desk-{NEWER}/pupil-desk", f"#!/bin/sh\nexit {status}\n"), (f"pupil-desk-{NEWER}/words.txt", "new")):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(text), 0o755 if name.endswith("pupil-desk") else 0o644
            packed.addfile(entry, io.BytesIO(text.encode()))
    return archive


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the program that runs."""
    folder = tmp_path / "programs" / "pupil-desk-0.2.0"
    folder.mkdir(parents=True)
    (folder / "words.txt").write_text("old")
    monkeypatch.setattr(installed, "program_folder", lambda: folder)
    return folder


posix = pytest.mark.skipif(SYSTEM == WINDOWS, reason="Windows has an installer")


@posix
def test_the_new_version_goes_beside_the_one_that_runs(running: Path, tmp_path: Path) -> None:
    before = digest_of(running / "words.txt")
    folder = put_beside(_program(tmp_path, 0), NEWER)
    assert folder == running.parent / f"pupil-desk-{NEWER}"
    assert (folder / "words.txt").read_text() == "new"
    assert digest_of(running / "words.txt") == before
    assert sorted(path.name for path in running.parent.iterdir()) == ["pupil-desk-0.2.0", f"pupil-desk-{NEWER}"]
    with pytest.raises(WrongUse, match="is there already"):
        put_beside(_program(tmp_path, 0), NEWER)


@posix
@pytest.mark.parametrize("fault", ["it finds a fault in itself", "a broken archive", "its first bytes alone", "no archive"])
def test_one_that_fails_leaves_the_old_version_and_nothing_else(running: Path, tmp_path: Path, fault: str) -> None:
    archive = _program(tmp_path, 1 if fault.startswith("it finds") else 0)
    if fault != "it finds a fault in itself":
        data = archive.read_bytes()
        archive.write_bytes(
            {"a broken archive": data[: len(data) // 2], "its first bytes alone": data[:90], "no archive": b"none at all"}[fault]
        )
    with pytest.raises(WrongUse):
        put_beside(archive, NEWER)
    assert [path.name for path in running.parent.iterdir()] == ["pupil-desk-0.2.0"]
    assert (running / "words.txt").read_text() == "old"


def test_a_copy_that_runs_from_its_source_takes_none(tmp_path: Path) -> None:
    assert updates.refusal_here()
    with pytest.raises(WrongUse, match="runs from its source"):
        put_beside(tmp_path / "x", NEWER)


def test_the_installer_waits_for_this_process_and_a_copy_for_the_whole_pc_asks_for_an_administrator(
    running: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, as_administrator = updates.installer_words(tmp_path / "setup.exe")
    assert words[0].endswith("setup.exe")
    assert words[1].startswith("/WAIT=")
    assert not as_administrator
    monkeypatch.setenv("PROGRAMFILES", str(running.parent))
    words, as_administrator = updates.installer_words(tmp_path / "setup.exe")
    assert words[2:] == ["/ALLUSERS"]
    assert as_administrator
