"""A program that falls over leaves an account of where it was, and no picture of its memory."""

import subprocess
import sys
from pathlib import Path

_FALL = """
import sys
from pathlib import Path
from pupil_desk.basics.pc import crashes

def fall():
    secret = "slow green kettle"
    import ctypes
    ctypes.string_at(0)

crashes.prepare(Path(sys.argv[1]))
fall()
"""


def _fall(folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", _FALL, str(folder)], capture_output=True, cwd=Path(__file__).parents[3], timeout=60)


def test_the_account_says_where_and_holds_no_value(tmp_path: Path) -> None:
    ended = _fall(tmp_path)
    assert ended.returncode != 0
    account = (tmp_path / "crash.txt").read_text()
    assert "in fall" in account
    assert "kettle" not in account
    assert [path.name for path in tmp_path.iterdir()] == ["crash.txt"]


def test_old_accounts_do_not_pile_up(tmp_path: Path) -> None:
    (tmp_path / "crash.txt").write_bytes(b"old\n" * 60_000)
    _fall(tmp_path)
    assert (tmp_path / "crash.txt").stat().st_size < 200_000


def test_no_core_file_is_allowed(tmp_path: Path) -> None:
    asked = "import sys, resource; from pathlib import Path; from pupil_desk.basics.pc import crashes; crashes.prepare(Path(sys.argv[1])); print(resource.getrlimit(resource.RLIMIT_CORE))"
    said = subprocess.run(
        [sys.executable, "-c", asked, str(tmp_path)], capture_output=True, text=True, cwd=Path(__file__).parents[3], timeout=60
    )
    assert said.stdout.strip() == "(0, 0)"


def test_no_core_file_is_allowed_of_a_command_either() -> None:
    asked = (
        "import resource; from pupil_desk import app, cli; "
        "cli.main = lambda *_a, **_k: print(resource.getrlimit(resource.RLIMIT_CORE)) or 0; app.start(['demo'])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=Path(__file__).parents[3], timeout=60)
    assert said.stdout.strip() == "(0, 0)", said.stderr


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    assert "in fall" not in _fall(tmp_path / "gone").stderr.decode()
