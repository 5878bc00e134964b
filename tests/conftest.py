"""What every test stands on: no screen, nobody's home, a fixed seed, room in memory, and no warning or logged error that it did not expect.

The suite draws from one seed, so that it passes or fails alike each time it is run; ``dev.py torture`` draws from a new one.
"""

import builtins
import ctypes
import functools
import gc
import json
import linecache
import logging
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from pupil_desk.basics.apart.reader import in_place, run_by
from pupil_desk.basics.rulefiles import SHIPPED, put_in_force
from pupil_desk.store.file import keyslots, opening
from pupil_desk.ui.start import keep_no_sources
from tests import once
from tests.acceptance.plugin import Acceptance, add_options
from tests.compiled import compile_share

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(time, "tzset"):  # times of day are those on the wall of an office in winter, wherever the tests run
    os.environ["TZ"] = "UTC"
    time.tzset()

_WAITING = ("tests/journeys/", "tests/access/", "tests/monkey/", "tests/tasks/")
"""Folders whose tests wait more than they work: one process runs all of them, from the beginning, beside the others."""
_RULES = "tests/rules/"  # read all modules while their worker is small yet
_TOGETHER = (_RULES, "tests/services/exports/", "tests/cli/")
"""Folders of which one process runs all: their tests stand on something costly that is made once."""
_LONG = frozenset({
    "tests/bench/test_bench.py", "tests/documents/reading/test_table_file.py", "tests/papers/test_every_paper.py",
    "tests/services/figures/test_demo.py", "tests/services/packs/test_initials.py", "tests/services/powercut/test_powercut.py", "tests/services/powercut/test_troubled.py",
    "tests/services/rules/test_packs.py", "tests/services/selftest/test_selftest.py", "tests/services/test_demo.py",
    "tests/services/test_key_acts.py", "tests/services/test_killed.py", "tests/store/file/epochs/test_rotating.py",
    "tests/store/file/portable/test_memory.py", "tests/store/file/test_old_keys.py", "tests/store/file/test_upgrade.py",
    "tests/test_dev.py", "tests/test_hostile_files.py", "tests/test_mutations.py", "tests/ui/pages/help/test_search.py", "tests/ui/test_keys_everywhere.py",
    "tests/ui/test_scaling.py", "tests/ui/test_still.py", "tests/ui/test_turns.py", "tests/ui/test_visits.py",
    "tests/ui/test_words_kept.py", "tests/ui/test_work_of_visits.py",
})  # fmt: skip
"""Files of few tests that take long, or much memory: last, one of them would leave a processor idle, or come on top of all that is kept by then."""
_IN_CHILDREN = str(Path(__file__).parent / "in_children")  # on the path of the programs that tests start: what each would compile anew
_SEED = 13  # of the order of tests and of what they draw, where no other is told: see pytest_configure
_MOST_MEMORY = 1_000  # MB of one process of the suite, at its peak: 760 to 880 by which files fall to it; the aim is 700
_LARGEST_PARAMETER = 2_000_000  # bytes
_ABSENT = "absent program: "  # the mark of a skip that is for want of a program; what follows is its name


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked ``needs("Xvfb", …)`` when one of these programs is not on this machine."""
    for mark in item.iter_markers("needs"):
        for program in mark.args:
            if shutil.which(program) is None:
                pytest.skip(_ABSENT + program)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None, Any, Any]:
    with once.end_of_test():
        return (yield)


def pytest_addoption(parser: pytest.Parser) -> None:
    add_options(parser)
    parser.addoption("--examples", type=int, help="how many examples each property test draws, in place of its own number")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest comes first, what has the most tests next: what began last would leave a processor idle."""
    scopes = {item: _scope(item.nodeid) for item in items}
    tests, first = Counter(scopes.values()), (_scope(_WAITING[0]), _RULES)
    items.sort(
        key=lambda item: (scopes[item] not in first, scopes[item] not in _LONG, -tests[scopes[item]])
    )  # within a file as they were shuffled
    for item in items:
        function = getattr(item, "function", None)
        if hypothesis.is_hypothesis_test(function):
            function._hypothesis_internal_use_settings = _drawing(function._hypothesis_internal_use_settings, config.getoption("examples"))


def _scope(nodeid: str) -> str:
    """What one process runs whole: the test's file, or the folders that are run together."""
    file = nodeid.split("::", 1)[0]
    if file.startswith(_WAITING):
        return "what waits"
    return next((folder for folder in _TOGETHER if file.startswith(folder)), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where files are handed to processes whole: some folders too."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class ByScope(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _scope(nodeid)

    return ByScope(config, log)


def _drawing(own: hypothesis.settings, examples: int | None) -> hypothesis.settings:
    """A property test's settings: so many examples where that is told, and no complaint that a machine with other work draws them slowly.

    Hypothesis keeps them with the test's function, and takes no second ones by its front door.
    """
    suppressed = {*own.suppress_health_check, hypothesis.HealthCheck.too_slow}
    return hypothesis.settings(own, max_examples=examples or own.max_examples, suppress_health_check=suppressed)


def pytest_sessionstart(session: pytest.Session) -> None:
    """The tests are found compiled, and without a look for dead objects, of which they leave none.

    Qt is there by now, and with it an ``import`` of PySide's own by which each takes as long again: it looks for names that we ask for nowhere.
    """
    keep_no_sources()
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    gc.disable()
    compile_share(session.config)


def pytest_collection_finish(session: pytest.Session) -> None:
    """The tests themselves stay to the end: what looks for dead objects need not look through them each time."""
    for item in session.items:
        for name, parameter in getattr(getattr(item, "callspec", None), "params", {}).items():
            if isinstance(parameter, (bytes, str)) and len(parameter) > _LARGEST_PARAMETER:
                raise pytest.UsageError(f"{item.nodeid}: {name} is large, and each worker would keep it to the end: let the test make it")
    linecache.clearcache()  # the text of every module, 32 MB
    gc.enable()
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def _room_given_back(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each file what is dead goes, and the memory that it took goes back to the system, so that the files do not add up.

    The next file begins by the rules as they ship, also where a unit was left open.
    """
    yield
    put_in_force(SHIPPED)
    own = [function for function in vars(request.module).values() if getattr(function, "__module__", "") == request.module.__name__]
    for function in (*own, *_of_papers(len(sys.modules))):
        if hasattr(function, "cache_clear"):  # words and lines of the papers that were made
            function.cache_clear()
    linecache.clearcache()
    gc.collect()
    gc.freeze()  # what outlives the file stays long, and is not looked through after the next
    if _trim is not None and _held() - _after_trim[0] > _WORTH_A_TRIM:
        _trim(0)
        _after_trim[0] = _held()


@functools.lru_cache(1)
def _of_papers(_modules: int) -> list[Any]:
    """What remembers some of the papers' words and lines, of so many modules that are there."""
    papers = [each for name, module in sys.modules.items() if name.startswith("pupil_desk.documents.") for each in vars(module).values()]
    return [function for function in papers if hasattr(function, "cache_info") and function.cache_info().maxsize]


@pytest.fixture(scope="session", autouse=True)
def _files_are_read_in_place() -> Iterator[None]:
    """A file from outside is read in the process of the test, through the same plain data: no child is started for each."""
    with run_by(in_place):
        yield


def _trimming() -> Callable[[int], int] | None:
    """What gives unused memory back to the system, where the C library has it: the GNU one."""
    if sys.platform != "linux":
        return None
    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim


def _held() -> int:
    """Bytes of memory that this process has from the system."""
    return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGESIZE")


_trim, _after_trim = _trimming(), [0]
_WORTH_A_TRIM = 32 << 20  # bytes since the last time: to look for free memory means to look through all of it


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


class Peak:
    """Says how much memory the largest process of a run took at its peak, and fails a run of the suite in which it was too much.

    Windows and records that outlive their test add up: a worker grew to 2,100 MB before anybody looked.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._limit = _MOST_MEMORY if config.option.markexpr == "not torture" else None
        self.megabytes = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        self.megabytes = max(self.megabytes, _peak())
        if (told := getattr(self._config, "workeroutput", None)) is not None:
            told["peak"] = self.megabytes  # a worker says it to the process that started it
        elif self._limit and self.megabytes > self._limit and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.megabytes = max(self.megabytes, getattr(node, "workeroutput", {}).get("peak", 0))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.megabytes:
            line = f"The largest process took {self.megabytes} MB of memory at its peak"
            over = self._limit and self.megabytes > self._limit
            terminalreporter.write_line(f"{line}: more than the {self._limit} MB that one may, so the run FAILED." if over else f"{line}.")


def _peak() -> int:
    """The most memory that this process has taken so far, in MB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """One seed for the order of tests, for ``random`` and for the property tests, unless others are told on the command line."""
    drawn = config.getoption("hypothesis_seed", None) is not None
    hypothesis.settings.register_profile(
        "one-seed", derandomize=not drawn, database=None, deadline=None
    )  # a deadline would measure the machine
    hypothesis.settings.load_profile("one-seed")
    if config.getoption("randomly_seed", None) == "default":
        config.option.randomly_seed = _SEED
    config.pluginmanager.register(Acceptance(config), "acceptance")
    config.pluginmanager.register(Peak(config), "peak")
    if not hasattr(config, "workerinput"):  # a worker of pytest-xdist tells the one that started it
        config.pluginmanager.register(NotRun(), "not-run")


@pytest.fixture(scope="session", autouse=True)
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What comes out alike each time is worked out once in a process: most tests make a unit, or open a copy of one.

    A file for which no cost is chosen is made at the cheapest: the usual one takes 256 MB.
    """
    with pytest.MonkeyPatch.context() as patch, once.all_of(tmp_path_factory.mktemp("once")), once.kept_for_all(tmp_path_factory):
        patch.setattr(opening, "STANDARD", keyslots.FLOOR)
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), _IN_CHILDREN])))
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


@pytest.fixture
def in_england(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The PC of an office in England, wherever the tests run; Windows has the zone of the PC alone."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows has the zone of the PC alone")
    with monkeypatch.context() as zone:
        zone.setenv("TZ", "Europe/London")
        time.tzset()
        yield
    time.tzset()


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
