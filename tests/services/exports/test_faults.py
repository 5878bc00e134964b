"""Sticks that are full, read-only, pulled, or give back other bytes, and kills at any moment: nothing partial, and the log right."""

import errno
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite
from pupil_desk.documents.receipt import files_named
from pupil_desk.services.exports.listing import FileState, verify_receipt
from pupil_desk.services.exports.making import Order, make
from pupil_desk.store import audit
from tests.services.exports.faults import Stick
from tests.services.exports.killing import TWO, signed_in
from tests.services.exports.made import MOMENT, PASSWORD, Unit

PLACES = 20
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def filled(unit: Unit) -> Unit:
    unit.pupil("Quillfeather", "Ottoline", date(2012, 1, 5), upn="E919200420040")
    return unit


def tried(filled: Unit, stick: Path, fails: Callable[[Stick, str], OSError | None], patch: pytest.MonkeyPatch) -> Stick:
    """The export of two files to a stick that fails so; what the program says is known, and the log says that it failed."""
    medium, before = Stick(fails), kept(filled)
    with patch.context() as here:
        medium.plug_in(here)
        with pytest.raises(CannotWrite):
            make(filled.desk, TWO, stick, Order(reason="Termly return", plain=True))
    assert [entry[0] for entry in filled.log()[-2:]] == ["export begun", "export failed"]
    assert kept(filled) == before
    return medium


def kept(filled: Unit) -> list[int]:
    return [filled.count(table) for table in ("export_made", "export_file", "disclosure")]


def whole(filled: Unit, stick: Path, patch: pytest.MonkeyPatch) -> Stick:
    """A stick on which all goes well, for its numbers."""
    medium = Stick(lambda _stick, _call: None)
    (stick / "well").mkdir(exist_ok=True)
    with patch.context() as here:
        medium.plug_in(here)
        make(filled.desk, TWO, stick / "well", Order(reason="Termly return", plain=True))
    return medium


def test_a_stick_that_is_full_at_any_of_20_places(filled: Unit, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = whole(filled, tmp_path, monkeypatch).written
    assert written > 2 * 5000 + 1000, "the last places are in the receipt"
    (stick / "older.csv").write_bytes(b"older")
    for place in range(PLACES):
        room = written * place // PLACES
        error = OSError(errno.ENOSPC, "No space left on device")
        tried(filled, stick, lambda it, call: error if call == "write" and it.written >= room else None, monkeypatch)  # noqa: B023
        assert [path.name for path in stick.iterdir()] == ["older.csv"], f"full after {room} bytes"
    assert audit.verify(filled.desk.vault) == []


def test_a_stick_that_is_read_only_or_gives_back_other_bytes(filled: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried(filled, stick, lambda _it, call: OSError(errno.EROFS, "Read-only file system") if call == "open" else None, monkeypatch)
    assert list(stick.iterdir()) == []
    for number in (1, 2, 3):  # the first file, the second, the receipt
        reads = iter(range(1, 10))
        monkeypatch.setattr(Stick, "given_back", lambda _it, data: b"?" + data[1:] if next(reads) == number else data)  # noqa: B023
        tried(filled, stick, lambda _it, _call: None, monkeypatch)
        assert list(stick.iterdir()) == []


def test_a_stick_that_is_pulled_at_any_call_never_has_a_receipt_alone(filled: Unit, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = whole(filled, tmp_path, monkeypatch).calls
    for number in sorted({1, 2, calls, calls - 1, *range(1, calls, calls // 16)}):

        def pulled(it: Stick, _call: str, number: int = number) -> OSError | None:
            it.gone = it.calls >= number
            return OSError(errno.ENODEV, "No such device") if it.gone else None

        folder = stick / str(number)
        folder.mkdir()
        tried(filled, folder, pulled, monkeypatch)
        agree(folder)


def agree(stick: Path) -> list[str]:
    """What lies on a stick: whole files under their names, and no receipt without all of its files. Returns the names without parts."""
    names = [path.name for path in stick.iterdir() if path.suffix != ".part"]
    for name in names:
        if name.endswith(".csv"):
            assert (stick / name).stat().st_size == 5000, f"{name} is short"
        else:
            told = (stick / name).read_text(encoding="utf-8")
            assert len(files_named(told)) == 2
            assert {state for _name, state in verify_receipt(told, stick)} == {FileState.SAME}
    return names


def killed(filled: Unit, folder: Path, kills: int) -> None:
    """Kill the export at so many moments, evenly over every line that writes a file or the log, and look at what each left."""
    filled.desk.vault.close()
    arguments = [filled.file.parent, folder, PASSWORD, MOMENT.isoformat(), str(kills)]
    run = subprocess.run([sys.executable, "-m", "tests.services.exports.killing", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 200, "fewer moments than to be tried"
    seen = set()
    for place in sorted(folder.iterdir(), key=lambda path: int(path.name)):
        names = agree(place / "stick")
        desk = signed_in(place / "unit", PASSWORD, MOMENT.isoformat())
        log = [row[0] for row in desk.vault.rows("SELECT action FROM log WHERE action LIKE 'export%' ORDER BY seq")]
        made = desk.vault.one("SELECT count(*) FROM export_made")
        assert audit.verify(desk.vault) == []
        desk.vault.close()
        assert log in ([], ["export begun"], ["export begun", "export-plain"]), place.name
        assert log or not list((place / "stick").iterdir()), "a file without a word in the log"
        assert made is not None
        assert made[0] == (log[-1:] == ["export-plain"])
        assert made[0] == 0 or len(names) == 3
        seen.add(len(names))
    assert seen >= {0, 3}


def test_a_kill_at_some_moments(filled: Unit, tmp_path: Path) -> None:
    (tmp_path / "kills").mkdir()
    killed(filled, tmp_path / "kills", 6)


@pytest.mark.torture
def test_a_kill_at_any_of_200_moments(filled: Unit, tmp_path: Path) -> None:
    (tmp_path / "kills").mkdir()
    killed(filled, tmp_path / "kills", 200)
