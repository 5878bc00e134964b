"""The acceptance tests for pytest: one number's tests, at full count or with a protection taken out, and what became of each."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.number import Protection

_IN_CHILDREN = Path(__file__).parent / "in_children"
_TOLD_TO_CHILDREN = "PUPIL_DESK_WITHOUT"


def add_options(parser: pytest.Parser) -> None:
    """What ``python -m tests.acceptance`` tells pytest."""
    parser.addoption("--acceptance", type=int, metavar="NUMBER", help="only the tests of this number, as often as it asks in full")
    parser.addoption("--without", type=int, metavar="INDEX", help="with this one of the number's protections taken out, at the short count")
    parser.addoption("--told", metavar="FILE", help="the file in which to leave what became of each test")


def protection(number: int, index: int) -> Protection:
    """One of a number's protections."""
    from tests.acceptance.table import NUMBERS

    return NUMBERS[number].without[index]


def take_out_here() -> None:
    """In a Python that a test started: take out what the test has taken out."""
    if told := os.environ.get(_TOLD_TO_CHILDREN):
        number, index = told.split(".")
        protection(int(number), int(index)).out(pytest.MonkeyPatch())


class Acceptance:
    """Selects and counts the tests of a number; without ``--acceptance`` it gives the short count and no more."""

    def __init__(self, config: pytest.Config) -> None:
        self._number: int | None = config.getoption("acceptance")
        self._without: int | None = config.getoption("without")
        self._told: str | None = config.getoption("told")
        self._tests: dict[str, dict[str, Any]] = {}
        if self._number is not None and self._without is not None:
            paths = [str(_IN_CHILDREN), *filter(None, [os.environ.get("PYTHONPATH")])]
            os.environ.update(PYTHONPATH=os.pathsep.join(paths))
            os.environ[_TOLD_TO_CHILDREN] = f"{self._number}.{self._without}"
            protection(self._number, self._without).out(pytest.MonkeyPatch())  # for as long as this process is

    @pytest.fixture
    def times(self, request: pytest.FixtureRequest) -> int:
        """How often a test that is marked with a short and a full count does what it does.

        What a test draws by chance, it may draw more often (``without``) to see that its protection is gone: it ends at the first loss.
        """
        mark = request.node.get_closest_marker("acceptance")
        if self._number not in mark.args:
            return int(mark.kwargs["short"])
        return int(mark.kwargs["full"] if self._without is None else mark.kwargs.get("without", mark.kwargs["short"]))

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        if self._number is None:
            return
        others = [item for item in items if not any(self._number in mark.args for mark in item.iter_markers("acceptance"))]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Any:
        try:
            return (yield)
        finally:
            if not any(name == "tried" for name, _value in item.user_properties):
                item.user_properties.append(("tried", getattr(item, "funcargs", {}).get("times", 1)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        test = self._tests.setdefault(report.nodeid, {"seconds": 0.0, "outcome": "passed", "why": ""})
        test["seconds"] += report.duration
        if report.when == "call":
            test.update(report.user_properties)
        if not report.passed and test["outcome"] != "failed":  # what a failed test left open may make its end fail too
            in_the_test = report.when == "call" or report.skipped
            test.update(outcome=report.outcome if in_the_test else "error", why=_reason(report))

    def pytest_sessionfinish(self) -> None:
        if self._told:
            Path(self._told).write_text(json.dumps(self._tests), encoding="utf-8")


def _reason(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    crash = getattr(report.longrepr, "reprcrash", None)
    return str(crash.message if crash else report.longrepr).splitlines()[0][:200]
