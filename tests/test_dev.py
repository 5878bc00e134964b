"""The developer's front door: which Python it takes, what it says at the end, and that an old Python can read it."""

import ast
import fnmatch
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import pytest

import dev

ROOT = Path(dev.ROOT)
OLD_PYTHONS = [path for path in Path.home().glob(".pyenv/versions/3.9*/bin/python3") if path.is_file()]


def machine(*files: str, running: str = "/old/python3", windows: bool = False, **env: str) -> dev.Machine:
    """A computer on which these files are, and whose PATH is /bin."""
    on_path = {Path(file).name: file for file in files if file.startswith("/bin/")}
    if windows:
        on_path = {"py": r"C:\Windows\py.exe"}
    env = {"HOME": "/home", "USERPROFILE": r"C:\me", **env}
    return dev.Machine(windows, env, running, on_path.get, lambda wanted: fnmatch.filter(files, wanted))


def probe(known: Mapping[str, tuple[int, int] | dev.Found]) -> "dev.Callable[[list[str]], dev.Found | None]":
    """Answers as the Pythons at these paths would; nothing else starts."""

    def answer(command: list[str]) -> dev.Found | None:
        told = known.get(" ".join(command))
        return told if told is None or isinstance(told, dev.Found) else dev.Found(command[0], told, True)

    return answer


def test_the_one_that_runs_is_taken_when_it_is_3_13() -> None:
    here = machine("/bin/python3.13", running="/mine/python3")
    found = dev.choose(dev.pythons(here), probe({"/mine/python3": (3, 13), "/bin/python3.13": (3, 13)}))
    assert found == dev.Found("/mine/python3", (3, 13), True)


def test_3_13_on_the_path_goes_before_the_3_12_that_runs() -> None:
    here = machine("/bin/python3.13", running="/mine/python3")
    found = dev.choose(dev.pythons(here), probe({"/mine/python3": (3, 12), "/bin/python3.13": (3, 13)}))
    assert found is not None
    assert found.path == "/bin/python3.13"


def test_3_12_goes_before_3_14_and_either_before_none() -> None:
    here = machine("/bin/python3.14", "/usr/bin/python3.12")
    both = probe({"/bin/python3.14": (3, 14), "/usr/bin/python3.12": (3, 12)})
    assert dev.choose(dev.pythons(here), both) == dev.Found("/usr/bin/python3.12", (3, 12), True)
    one = probe({"/bin/python3.14": (3, 14)})
    assert dev.choose(dev.pythons(here), one) == dev.Found("/bin/python3.14", (3, 14), True)


def test_3_11_is_never_taken() -> None:
    here = machine("/bin/python3", running="/mine/python3")
    assert dev.choose(dev.pythons(here), probe({"/mine/python3": (3, 11), "/bin/python3": (3, 11)})) is None


def test_a_stand_in_on_the_path_that_does_not_start_is_passed_over() -> None:
    here = machine("/bin/python3.13", "/usr/bin/python3.13")
    found = dev.choose(dev.pythons(here), probe({"/usr/bin/python3.13": (3, 13)}))
    assert found is not None
    assert found.path == "/usr/bin/python3.13"


def test_one_that_can_make_no_environment_is_the_last_resort() -> None:
    here = machine("/bin/python3.13", "/usr/bin/python3.12")
    bare = dev.Found("/bin/python3.13", (3, 13), False)
    known: dict[str, tuple[int, int] | dev.Found] = {"/bin/python3.13": bare}
    assert dev.choose(dev.pythons(here), probe(known)) == bare
    known["/usr/bin/python3.12"] = (3, 12)
    assert dev.choose(dev.pythons(here), probe(known)) == dev.Found("/usr/bin/python3.12", (3, 12), True)


@pytest.mark.parametrize(
    ("kept", "env"),
    [
        ("/home/.pyenv/versions/3.13.2/bin/python3", {}),
        ("/elsewhere/versions/3.13.2/bin/python3", {"PYENV_ROOT": "/elsewhere"}),
        ("/home/.asdf/installs/python/3.13.2/bin/python3", {}),
        ("/home/.local/share/mise/installs/python/3.13.2/bin/python3", {}),
        ("/home/.local/share/uv/python/cpython-3.13.2-linux-x86_64-gnu/bin/python3", {}),
        ("/data/uv/python/cpython-3.13.2-linux-x86_64-gnu/bin/python3", {"XDG_DATA_HOME": "/data"}),
        ("/Library/Frameworks/Python.framework/Versions/3.13/bin/python3", {}),
    ],
)
def test_those_of_version_managers_are_found(kept: str, env: dict[str, str]) -> None:
    found = dev.choose(dev.pythons(machine(kept, **env)), probe({kept: (3, 13)}))
    assert found == dev.Found(kept, (3, 13), True)


def test_of_two_kept_by_a_manager_the_newer_is_tried_first() -> None:
    old, new = (f"/home/.pyenv/versions/3.{number}/bin/python3" for number in ("13.9", "13.10"))
    tried = [command[0] for command in dev.pythons(machine(old, new))]
    assert tried.index(new) < tried.index(old)


def test_on_windows_the_launcher_is_asked() -> None:
    here = machine(windows=True, running=r"C:\old\python.exe")
    told = dev.Found(r"C:\Python313\python.exe", (3, 13), True)
    assert dev.choose(dev.pythons(here), probe({r"C:\Windows\py.exe -3.13": told})) == told


def test_a_python_is_asked_what_it_is() -> None:
    found = dev.ask([sys.executable])
    assert found is not None
    assert found.version >= (3, 12)
    assert Path(found.path).exists()
    assert dev.ask([str(ROOT / "no-such-python")]) is None


@pytest.mark.parametrize(
    ("platform", "env", "there"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_display_is_known_by_its_variable(platform: str, env: dict[str, str], there: bool) -> None:
    assert dev.has_display(platform, env) is there


def test_the_demonstration_never_goes_where_something_is() -> None:
    taken = {str(ROOT / "demo-unit"), str(ROOT / "demo-unit-2")}
    assert dev.free_name(taken.__contains__) == str(ROOT / "demo-unit-3")


def test_the_last_line_names_each_test_and_the_program_it_wants() -> None:
    assert dev.last_line({}) == "Not run for want of a program: none."
    line = dev.last_line({"strace": ["b.py::t", "a.py::t"], "Xvfb": ["c.py::t"]})
    assert line == "Not run for want of a program: Xvfb (c.py::t); strace (a.py::t, b.py::t)."


@pytest.mark.parametrize(
    ("words", "several"), [([], True), (["-k", "rule"], True), (["tests/rules"], False), (["-n4"], False), (["--pdb"], False)]
)
def test_several_processes_run_the_suite_unless_told_otherwise(words: list[str], several: bool) -> None:
    assert bool(dev.workers(words)) is several


@pytest.mark.parametrize(("available", "room"), [(64 << 20, True), (5 << 20, False)])  # kB
def test_what_the_tests_write_is_kept_in_memory_where_there_is_room(tmp_path: Path, available: int, room: bool) -> None:
    told = tmp_path / "meminfo"
    told.write_text(f"MemTotal:       99999999 kB\nMemAvailable:   {available} kB\n", "ascii")
    free = os.statvfs(tmp_path)
    enough = free.f_bavail * free.f_frsize >= dev.WRITTEN_BY_TESTS and not free.f_flag & os.ST_NOEXEC
    assert dev.in_memory(str(tmp_path), str(told)) == (str(tmp_path) if room and enough else None)
    assert dev.in_memory(str(tmp_path / "none"), str(told)) is None
    assert dev.in_memory(str(tmp_path), str(tmp_path / "none")) is None


@pytest.mark.parametrize(("tests", "checks", "status"), [(0, 0, 0), (0, 1, 1), (2, 0, 2), (2, 1, 2)])
def test_the_checks_run_beside_the_whole_suite_and_one_that_finds_fault_fails_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tests: int, checks: int, status: int
) -> None:
    class Checks:
        def __init__(self, command: list[str], stdout: IO[bytes], **_rest: object) -> None:
            assert command[-1] == "check"
            stdout.write(b"-- format\nwhat the checks say")

        def wait(self) -> int:
            return checks

    monkeypatch.setattr(dev, "set_up", lambda _wanted: None)
    monkeypatch.setattr(dev, "pytest", lambda _words: tests)
    monkeypatch.setattr(subprocess, "Popen", Checks)
    assert dev.test([]) == status
    assert "what the checks say" in capsys.readouterr().out
    assert dev.test(["-k", "rule"]) == tests
    assert "what the checks say" not in capsys.readouterr().out


def test_the_checks_include_the_format_and_name_what_found_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "set_up", lambda _wanted: None)
    monkeypatch.setattr(dev, "in_root", lambda command: int("--check" in command))
    assert dev.check([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Found fault: format"


def test_torture_draws_from_a_new_seed_unless_one_is_told() -> None:
    assert dev.seeds(["tests/domain"], lambda: 7) == ["--hypothesis-seed=7", "--randomly-seed=7"]
    assert dev.seeds(["--hypothesis-seed=5"], lambda: 7) == []


def test_the_acceptance_tests_are_run_by_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "set_up", lambda _wanted: None)
    monkeypatch.setattr(dev, "in_root", lambda command: int(command == ["-m", "tests.acceptance", "--without", "18"]))
    assert dev.torture(["--without", "18"]) == 1


@pytest.mark.parametrize(("word", "module"), [("--monkey", "tests.monkey"), ("--stalls", "tests.journeys")])
def test_the_monkey_and_the_watch_for_stalls_are_run_by_their_words(monkeypatch: pytest.MonkeyPatch, word: str, module: str) -> None:
    monkeypatch.setattr(dev, "set_up", lambda _wanted: None)
    monkeypatch.setattr(dev, "in_root", lambda command: int(command == ["-m", module, "a word"]))
    assert dev.torture([word, "a word"]) == 1


def test_the_locked_release_of_one_package_is_found_with_its_hashes() -> None:
    lines = dev.locked("uv").splitlines()
    assert lines[0].startswith("uv==")
    assert len(lines) > 5
    assert all("--hash=sha256:" in line for line in lines[1:])
    assert not lines[-1].endswith("\\")


def test_set_up_twice_does_nothing_the_second_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.touch()
    monkeypatch.setattr(dev, "STAMP", str(tmp_path / "stamp"))
    monkeypatch.setattr(dev, "PYTHON", str(python))
    assert dev.read_stamp() == {}
    dev.write_stamp(**{dev.TO_RUN: dev.digest(dev.TO_RUN)})
    monkeypatch.setattr(dev, "make_venv", lambda: pytest.fail("it was set up already"))
    dev.set_up(dev.TO_RUN)
    with monkeypatch.context() as moved:
        moved.setattr(dev, "ROOT", "/elsewhere")
        assert dev.read_stamp() == {}
    python.unlink()  # the Python it was made with is gone
    assert dev.read_stamp() == {}


def test_the_launcher_is_the_one_that_pyproject_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"pupil-desk": "pupil_desk.__main__:main"}
    assert project["requires-python"] == ">=3.12"


def test_python_3_9_can_read_dev_py() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 9))


@pytest.mark.skipif(not OLD_PYTHONS, reason="there is no Python 3.9 here to start it with")
def test_python_3_9_starts_dev_py() -> None:
    ran = subprocess.run([OLD_PYTHONS[0], ROOT / "dev.py"], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "python3 dev.py test" in ran.stdout


def test_an_unknown_command_is_told_and_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["tset"]) == 2
    assert "There is no command 'tset'." in capsys.readouterr().out


def test_a_library_that_does_not_load_is_asked_for_by_its_package() -> None:
    assert dev.unloadable({"libnothing.so.9": "libnothing9"}) == {"libnothing.so.9": "libnothing9"}


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows the library lies beside python.exe")
def test_python_s_own_library_is_looked_for_where_that_python_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    package = "libpython{}.{}".format(*sys.version_info)
    assert dev.python_library() in ({}, {f"{package}.so.1.0": package})
    monkeypatch.setattr(dev, "ITS_LIBRARY", dev.ITS_LIBRARY.replace('"INSTSONAME"', '"PYTHON"'))
    assert list(dev.python_library().values()) == [package]
