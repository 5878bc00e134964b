"""What every test stands on: no screen, nobody's home, and no warning or logged error that it did not expect."""

import functools
import json
import logging
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.store import keyslots

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_LONG = ("bench", "journeys")  # folders of few tests, each of which starts whole programs
_ABSENT = "absent program: "  # the mark of a skip that is for want of a program; what follows is its name


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked ``needs("Xvfb", …)`` when one of these programs is not on this machine."""
    for mark in item.iter_markers("needs"):
        for program in mark.args:
            if shutil.which(program) is None:
                pytest.skip(_ABSENT + program)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first, those with the most tests next: one that began last would leave a processor idle."""
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path.parent.name not in _LONG, -tests[item.path]))  # within a file as they were shuffled


class NotRun:
    """Collects the tests that were not run for want of a program, in the process that sees every report."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and isinstance(report.longrepr, tuple) and _ABSENT in report.longrepr[2]:
            program = report.longrepr[2].split(_ABSENT, 1)[1].strip()
            self.tests.setdefault(program, []).append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Leave word for dev.py, whose last line names these tests."""
        if told := os.environ.get("PUPIL_DESK_NOT_RUN"):
            Path(told).write_text(json.dumps(self.tests), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # a worker of pytest-xdist tells the one that started it
        config.pluginmanager.register(NotRun(), "not-run")


@pytest.fixture(scope="session", autouse=True)
def _stretched_once() -> Iterator[None]:
    """The same secret, salt and cost give the same key, so a process works each one out once.

    Copies of a unit share their salts. A tenth of a second at the cheapest cost, and most tests sign in.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keyslots, "_stretch", functools.cache(keyslots._stretch))
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or leaves anything in the home of the person who runs it."""
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "PROGRAMDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))


class _Unexpected(logging.Handler):
    """Keeps the records that no passing test should cause: our warnings, and anybody's errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR or record.name.split(".")[0] == "pupil_desk":
            self.told.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which a warning of ours or anybody's error was logged.

    A test that expects one asks for ``caplog`` and asserts on it; it is left alone here.
    """
    handler = _Unexpected()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if handler.told and "caplog" not in request.fixturenames:
        pytest.fail("logged, and not expected by the test:\n" + "\n".join(handler.told))
