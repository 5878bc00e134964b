"""The program and the files of tests, compiled. Of a test pytest writes the assertions anew, so that one that fails says why.

A fresh checkout has none compiled. That takes a process a dozen seconds, and all of a run would do it at the same time, each for itself.
"""

from compileall import compile_file
from pathlib import Path

import pytest
from _pytest.assertion import rewrite

TESTS = Path(__file__).parent
PROGRAM = TESTS.parent / "pupil_desk"


def compile_share(config: pytest.Config) -> None:
    """Compile this process's share of the files. A process that is none of several compiles each file as it comes to it."""
    told = getattr(config, "workerinput", None)
    for file in share(int(told["workerid"].removeprefix("gw")), told["workercount"]) if told is not None else ():
        if file.is_relative_to(PROGRAM):
            compile_file(file, quiet=2)  # what is wrong with it is told where it is imported
        else:
            compiled(file, config)


def share(process: int, of: int) -> list[Path]:
    """The files that fall to this process of so many, counted from 0."""
    tests = [file for pattern in ("test_*.py", "conftest.py") for file in TESTS.rglob(pattern)]
    return sorted([*PROGRAM.rglob("*.py"), *tests])[process::of]


def compiled(file: Path, config: pytest.Config) -> Path:
    """Where the compiled file of tests is, for every process to find; it is made if it is not there, or is of another text."""
    place = rewrite.get_cache_dir(file) / (file.stem + rewrite.PYC_TAIL)
    if rewrite._read_pyc(file, place) is None and rewrite.try_makedirs(place.parent):
        text, code = rewrite._rewrite_test(file, config)
        rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, text, place)
    return place
