"""A training unit for each test, copied from one made once, and a way to run a command on it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pupil_desk.cli import main
from pupil_desk.cli import run as run_module
from pupil_desk.cli.arguments import parser
from pupil_desk.cli.parsing import Parser
from pupil_desk.services.demo.unit import PASSWORD
from pupil_desk.services.unit.units import sign_out
from tests.cli.ran import CLOCK, Ran
from tests.trained import training_unit


@pytest.fixture(scope="session")
def _pattern(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("training")
    made = training_unit(folder / "unit.pupildesk", number=30, clock=CLOCK)
    sign_out(made.desk)
    return folder, made.recovery_code


@pytest.fixture
def unit(_pattern: tuple[Path, str], tmp_path: Path) -> Path:
    """The live file of a training unit of 30 pupils, closed, made on 24 November 2026."""
    shutil.copytree(_pattern[0], tmp_path / "unit")
    return tmp_path / "unit" / "unit.pupildesk"


@pytest.fixture
def recovery_code(_pattern: tuple[Path, str]) -> str:
    """The recovery code of that unit."""
    return _pattern[1]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder to write to."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def _parser() -> Parser:
    """The parser of the command line, a fifth of a small command's work to make."""
    return parser()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], _parser: Parser) -> Callable[..., Ran]:
    """Run a command in this process, on 24 November 2026, the password in the environment; blanks part the words of a text."""
    monkeypatch.setenv("PUPIL_DESK_PASSWORD", PASSWORD)
    for variable in ("PUPIL_DESK_NEW_PASSWORD", "PUPIL_DESK_RECOVERY_CODE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(run_module, "SystemClock", lambda: CLOCK)
    monkeypatch.setattr(run_module, "parser", lambda: _parser)

    def command(*words: object, user: str | None = None, as_json: bool = False) -> Ran:
        argv = [str(word) for word in words]
        argv += ["--user", user] if user else []
        argv += ["--json"] if as_json else []
        capsys.readouterr()
        status = main(argv)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return command
