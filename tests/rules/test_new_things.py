"""“How to add …” is true: what README names is enough for a new thing of each kind, and README names every place of it.

All nine are put into one copy of the program and used in one process, since starting it costs more than using any of them.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.newcomer import ALL
from tests.rules.scratch import ROOT, Addition, copy_of_program, put_in

HEADS = {
    "item": "An item to a pupil", "export": "An export", "import": "A kind of import", "page": "A page", "part": "A part of a pupil’s record",
    "check": "A check of the records", "figure": "A figure", "form": "A kind of form that comes back", "command": "A command",
}  # fmt: skip
"""By kind, the words with which README begins to tell of it."""


def told_of(kind: str) -> str:
    """What README tells of how to add one of a kind."""
    how_to_add = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## How to add …\n")[1].split("\n## ")[0]
    chapters = re.split(r"^\*\*", how_to_add, flags=re.MULTILINE)
    return next(chapter for chapter in chapters if chapter.startswith(f"{HEADS[kind]}**"))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What came of each new thing, by its kind; and under «places» what its own rules say that it lacks."""
    folder = copy_of_program(tmp_path_factory.mktemp("new"))
    for addition in ALL:
        put_in(folder, addition)
    (folder / "unit").mkdir()
    run = subprocess.run(
        [sys.executable, "-m", "tests.rules.using_new", "unit"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


@pytest.mark.parametrize("addition", ALL, ids=lambda addition: addition.kind)
def test_what_readme_names_is_enough(results: dict[str, str], addition: Addition) -> None:
    assert results[addition.kind].startswith("works: "), results[addition.kind]


def test_nothing_new_lacks_a_place(results: dict[str, str]) -> None:
    assert json.loads(results["places"]) == []


@pytest.mark.parametrize("addition", ALL, ids=lambda addition: addition.kind)
def test_readme_names_every_place(addition: Addition) -> None:
    """Of a new file it names the folder that is there, of one that is there the file."""
    told = told_of(addition.kind)
    for name in addition.places:
        path = Path(name)
        place = name if name not in addition.files else f"{next(folder for folder in path.parents if (ROOT / folder).exists())}/"
        assert f"`{place}" in told, f"README does not name {place} under «{HEADS[addition.kind]}», where {path.name} belongs"


def test_every_place_that_readme_names_is_there() -> None:
    for kind in HEADS:
        for name in re.findall(r"`((?:pupil_desk|resources|tests)/[\w./-]+)`", told_of(kind)):
            assert (ROOT / Path(name)).exists(), f"README names {name} under «{HEADS[kind]}», and it is not there"
