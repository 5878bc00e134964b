"""Sticks that are full, read-only, pulled, or give back other bytes, and kills at any moment: nothing partial, and the log right."""

import errno
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msoffcrypto
import pytest

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.documents.papers.receipt import files_named
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.exports.listing import FileState, verify_receipt
from pupil_desk.services.pupils.leaver_pack import LeaverPackMade
from pupil_desk.store.file import checks
from tests.services.exports.faults import Stick
from tests.services.exports.killing import KINDS, fill, signed_in
from tests.services.exports.made import MOMENT, PASSWORD, Unit, new_unit

PLACES = 20
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def filled(unit: Unit) -> Unit:
    fill(unit)
    return unit


@pytest.fixture(scope="module")
def one_for_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unit]:
    made = new_unit(tmp_path_factory.mktemp("faults") / "unit" / "unit.pupildesk")
    fill(made)
    yield made
    made.desk.vault.close()


def tried(filled: Unit, stick: Path, fails: Callable[[Stick, str], OSError | None], patch: pytest.MonkeyPatch, kind: str = "two") -> Stick:
    """An export to a stick that fails so; what the program says is known, and the log says that it failed."""
    medium, before = Stick(fails), kept(filled)
    with patch.context() as here:
        medium.plug_in(here)
        with pytest.raises(CannotWrite):
            KINDS[kind](filled.desk, stick)
    assert [entry[0] for entry in filled.log()[-2:]] == ["export begun", "export failed"]
    assert kept(filled) == before
    return medium


def kept(filled: Unit) -> list[int]:
    return [filled.count(table) for table in ("export_made", "export_file", "disclosure")]


def whole(filled: Unit, stick: Path, patch: pytest.MonkeyPatch, kind: str = "two") -> Stick:
    """A stick on which all goes well, for its numbers."""
    medium = Stick(lambda _stick, _call: None)
    (stick / "well").mkdir(exist_ok=True)
    with patch.context() as here:
        medium.plug_in(here)
        KINDS[kind](filled.desk, stick / "well")
    return medium


@pytest.mark.acceptance(44)
def test_a_stick_that_is_full_at_any_of_20_places(filled: Unit, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = whole(filled, tmp_path, monkeypatch).written
    assert written > 2 * 5000 + 1000, "the last places are in the receipt"
    (stick / "older.csv").write_bytes(b"older")
    for place in range(PLACES):
        room = written * place // PLACES
        error = OSError(errno.ENOSPC, "No space left on device")
        tried(filled, stick, lambda it, call: error if call == "write" and it.written >= room else None, monkeypatch)  # noqa: B023
        assert [path.name for path in stick.iterdir()] == ["older.csv"], f"full after {room} bytes"
    assert checks.verify_log(filled.desk.vault) == []


@pytest.mark.acceptance(47)
@pytest.mark.parametrize("call", ["open", "write", "fsync", "rename"])
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EROFS, "without write protection"),
        (errno.EACCES, "without write protection"),
        (errno.EFBIG, "4 GB or more"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.ENOSPC, "is full"),
        (errno.ENODEV, "Put the stick back in"),
        (errno.EIO, "Put the stick back in"),
        (errno.EINVAL, "Try another folder or stick"),
    ],
)
def test_what_a_medium_says_no_to_is_told_and_nothing_is_left(
    one_for_all: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, words: str
) -> None:
    made = iter(range(1, 10))

    def third(_it: Stick, said: str) -> OSError | None:
        return OSError(code, "no") if said == call and (call != "rename" or next(made) == 2) else None

    medium = Stick(third)
    with monkeypatch.context() as here:
        medium.plug_in(here)
        with pytest.raises(CannotWrite, match=words):
            KINDS["two"](one_for_all.desk, stick)
    assert list(stick.iterdir()) == []
    assert [entry[0] for entry in one_for_all.log()[-2:]] == ["export begun", "export failed"]


@pytest.mark.acceptance(47)
def test_a_folder_of_any_name_takes_an_export_and_one_that_cannot_be_is_told(one_for_all: Unit, stick: Path) -> None:
    for name in ("Übergabe für Zoë", "学校 🎒", "O’Hanrahan & Söhne, 100 %", "x" * 200, "a b. c"):
        (folder := stick / name).mkdir()
        KINDS["two"](one_for_all.desk, folder)
        assert len(agree(folder)) == 3
    for name in ("x" * 300, "a/" * 3000 + "b", "nowhere"):
        with pytest.raises(CannotWrite, match=r"is not there|too long"):
            KINDS["two"](one_for_all.desk, stick / name)


_WINDOWS_OWN = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


@pytest.mark.parametrize("export", [export.name for export in EXPORTS])
def test_no_export_has_a_name_that_windows_keeps_for_itself_or_that_no_stick_takes(export: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", export)
    assert not _WINDOWS_OWN.fullmatch(export)


@pytest.mark.acceptance(46)
def test_a_stick_that_is_read_only_or_gives_back_other_bytes(filled: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried(filled, stick, lambda _it, call: OSError(errno.EROFS, "Read-only file system") if call == "open" else None, monkeypatch)
    assert list(stick.iterdir()) == []
    for number in (1, 2, 3):  # the first file, the second, the receipt
        reads = iter(range(1, 10))
        monkeypatch.setattr(Stick, "given_back", lambda _it, data: b"?" + data[1:] if next(reads) == number else data)  # noqa: B023
        tried(filled, stick, lambda _it, _call: None, monkeypatch)
        assert list(stick.iterdir()) == []


def test_a_stick_that_is_pulled_at_any_call_never_has_a_receipt_alone(
    filled: Unit, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = whole(filled, tmp_path, monkeypatch).calls
    for number in sorted({1, 2, calls, calls - 1, *range(1, calls, calls // 8)}):

        def pulled(it: Stick, _call: str, number: int = number) -> OSError | None:
            it.gone = it.calls >= number
            return OSError(errno.ENODEV, "No such device") if it.gone else None

        folder = stick / str(number)
        folder.mkdir()
        tried(filled, folder, pulled, monkeypatch)
        agree(folder)


@pytest.mark.acceptance(44)
@pytest.mark.parametrize("times", [1, pytest.param(PLACES, marks=pytest.mark.torture)])
@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"two", "leaver-pack"}))
def test_files_of_each_format_and_lock_on_a_stick_that_is_full_or_pulled(
    one_for_all: Unit, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, times: int
) -> None:
    well = whole(one_for_all, tmp_path, monkeypatch, kind)
    assert agree(tmp_path / "well")
    error = OSError(errno.ENOSPC, "No space left on device")
    last = well.written - 1000  # in the receipt; locked files are not of one length each time
    for room in (*(last * (2 * place + 1) // (2 * times) for place in range(times)), last):
        tried(one_for_all, stick, lambda it, call: error if call == "write" and it.written >= room else None, monkeypatch, kind)  # noqa: B023
        assert list(stick.iterdir()) == [], f"full after {room} bytes"

    def pulled(it: Stick, _call: str) -> OSError | None:
        it.gone = it.calls > well.calls * 2 // 3
        return OSError(errno.ENODEV, "No such device") if it.gone else None

    tried(one_for_all, stick, pulled, monkeypatch, kind)
    assert not [name for name in agree(stick) if name.endswith("-receipt.txt")]


@pytest.mark.acceptance(44)
@pytest.mark.parametrize("times", [3, pytest.param(PLACES, marks=pytest.mark.torture)])
def test_a_leaver_pack_on_a_full_stick_is_all_there_or_says_what_is_not(
    one_for_all: Unit, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """The transfer file is an export of its own: one that was made stays, with its receipt and its words, when the papers cannot be."""
    written = whole(one_for_all, tmp_path, monkeypatch, "leaver-pack").written
    error, seen = OSError(errno.ENOSPC, "No space left on device"), set()
    for place in range(times):
        (folder := stick / str(place)).mkdir()
        room, made = written * place // times, None
        with monkeypatch.context() as here:
            Stick(lambda it, call: error if call == "write" and it.written >= room else None).plug_in(here)  # noqa: B023
            try:
                made = KINDS["leaver-pack"](one_for_all.desk, folder)
            except CannotWrite:
                assert list(folder.iterdir()) == []
        if isinstance(made, LeaverPackMade):
            assert sorted(name.rpartition(".")[2] for name in agree(folder)) == ["txt", "zip"]
            assert [what for what, _words in made.secrets] == ["Common Transfer File"]
            assert "No papers: " in made.left[-1]
        assert not list(folder.glob("*.part"))
        seen.add(made is None)
    assert seen == {True, False}


def agree(stick: Path) -> list[str]:
    """What lies on a stick: whole files under their names, and no receipt without all of its files. Returns the names without parts."""
    names = [path.name for path in stick.iterdir() if path.suffix != ".part"]
    for name in names:
        if name.endswith("-receipt.txt"):
            told = (stick / name).read_text(encoding="utf-8")
            assert files_named(told)
            assert {state for _name, state in verify_receipt(told, stick)} == {FileState.SAME}
        else:
            assert is_whole(stick / name), f"{name} is short"
    return names


def is_whole(path: Path) -> bool:
    """Whether a file has its end. Of two files that a test makes the length is known."""
    data = path.read_bytes()
    if set(data) <= {ord("a"), ord("b")}:
        return len(data) == 5000
    if path.suffix == ".zip":
        return zipfile.is_zipfile(path)
    if path.suffix == ".xlsx":
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()) and len(data) % 512 == 0
    return data.endswith(b"%%EOF\n") if path.suffix == ".pdf" else data.endswith(b"\r\n")


def killed(filled: Unit, folder: Path, kills: int, kind: str) -> None:
    """Kill the export at so many moments, evenly over every line that writes a file or the log, and look at what each left."""
    filled.desk.vault.close()
    arguments = [filled.file.parent, folder, PASSWORD, MOMENT.isoformat(), str(kills), kind]
    run = subprocess.run(
        [sys.executable, "-m", "tests.services.exports.killing", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=900
    )
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 200, "fewer moments than to be tried"
    seen = set()
    for place in sorted(folder.iterdir(), key=lambda path: int(path.name)):
        names = agree(place / "stick")
        desk = signed_in(place / "unit", PASSWORD, MOMENT.isoformat())
        log = [row[0] for row in desk.vault.rows("SELECT action FROM log WHERE kind = 'export' ORDER BY seq")]
        files = [row[0] for row in desk.vault.rows("SELECT f.name FROM export_file f JOIN export_made x ON x.id = f.export_id")]
        made = desk.vault.rows("SELECT id FROM export_made")
        assert checks.verify_log(desk.vault) == []
        desk.vault.close()
        assert log[:1] in ([], ["export begun"]), place.name
        assert len(log) <= 2, place.name
        assert log or not list((place / "stick").iterdir()), "a file without a word in the log"
        assert len(made) == (len(log) == 2)
        assert set(files) <= set(names)
        assert len([name for name in names if name.endswith("-receipt.txt")]) >= len(made)
        seen.add(bool(made))
    assert seen == {True, False}


@pytest.mark.acceptance(48)
@pytest.mark.parametrize(
    ("kind", "times"),
    [("tables-each-locked", 5), *(pytest.param(kind, 200 if kind == "two" else 60, marks=pytest.mark.torture) for kind in KINDS)],
)
def test_a_kill_at_any_moment(filled: Unit, tmp_path: Path, kind: str, times: int) -> None:
    (tmp_path / "kills").mkdir()
    killed(filled, tmp_path / "kills", times, kind)
