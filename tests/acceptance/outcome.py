"""What became of the tests of a number in one run."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """The tests as pytest told of them: by its name, each one's outcome, seconds, how often it tried and what it saw lost."""

    tests: dict[str, dict[str, Any]]

    @property
    def tried(self) -> int:
        """How often, all tests together."""
        return sum(int(test.get("tried", 0)) for test in self._ended("passed", "failed"))

    @property
    def seconds(self) -> float:
        """How long."""
        return sum(float(test["seconds"]) for test in self.tests.values())

    @property
    def holds(self) -> bool:
        """Whether something was run, and all of it passed."""
        return bool(self._ended("passed")) and not self._ended("failed", "error", "skipped")

    @property
    def failing(self) -> set[str]:
        """The tests that failed in themselves, without the case; one that could not begin, or tidy up, shows nothing."""
        return {_function(name) for name, test in self.tests.items() if test["outcome"] == "failed"}

    @property
    def functions(self) -> set[str]:
        """The tests that there are, without their cases, but for those that could not be run here."""
        return {_function(name) for name, test in self.tests.items() if test["outcome"] != "skipped"}

    @property
    def broken(self) -> str:
        """What kept tests from beginning."""
        reasons = {str(test["why"]) for test in self._ended("error", "skipped")}
        return f" ({'; '.join(sorted(reasons))})" if reasons else ""

    @property
    def lost(self) -> str:
        """What was lost, in words: nothing, unless a test must see a loss; else what failed."""
        if not self.tests:
            return "NOT RUN: there is no test that could be"
        failed = sorted({*self.failing, *(_function(name) for name, test in self.tests.items() if test["outcome"] == "error")})
        parts = [f"FAILED: {', '.join(failed)}"] if failed else []
        parts += [f"NOT RUN: {test['why']}" for test in self._ended("skipped")]
        parts += [str(test["lost"]) for test in self._ended("passed") if "lost" in test]
        return "; ".join(dict.fromkeys(parts)) or "nothing"

    def _ended(self, *outcomes: str) -> list[dict[str, Any]]:
        return [test for test in self.tests.values() if test["outcome"] in outcomes]


def read(told: Path) -> Outcome:
    """What the plugin left."""
    return Outcome(json.loads(told.read_text(encoding="utf-8")))


def _function(name: str) -> str:
    return re.sub(r"\[.*$", "", name)
