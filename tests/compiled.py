"""The files of tests, compiled as pytest does it: their assertions are written anew, so that one that fails says why.

A fresh checkout has none compiled. That takes a process ten seconds, and all of a run would do it at the same time, each for itself.
"""

from pathlib import Path

import pytest
from _pytest.assertion import rewrite

TESTS = Path(__file__).parent


def compile_share(config: pytest.Config) -> None:
    """Compile this process's share of the files of tests. A process that is none of several compiles each file as it comes to it."""
    told = getattr(config, "workerinput", None)
    for file in share(int(told["workerid"].removeprefix("gw")), told["workercount"]) if told is not None else ():
        compiled(file, config)


def share(process: int, of: int) -> list[Path]:
    """The files that fall to this process of so many, counted from 0."""
    return sorted(file for pattern in ("test_*.py", "conftest.py") for file in TESTS.rglob(pattern))[process::of]


def compiled(file: Path, config: pytest.Config) -> Path:
    """Where the compiled file is, for every process to find; it is made if it is not there, or is of another text."""
    place = rewrite.get_cache_dir(file) / (file.stem + rewrite.PYC_TAIL)
    if rewrite._read_pyc(file, place) is None and rewrite.try_makedirs(place.parent):
        text, code = rewrite._rewrite_test(file, config)
        rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, text, place)
    return place
