"""At every scale that Windows offers, on small screens and large, every window fits, nothing is cut and nothing blurred."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pupil_desk.services.unit.units import sign_out
from tests.trained import training_unit
from tests.ui.pages.made import CLOCK

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def unit(invented_unit: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(invented_unit, tmp_path_factory.mktemp("scaled") / "unit")


def told(*args: str) -> str:
    ran = subprocess.run([sys.executable, "-m", "tests.ui.scaled", *args], capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


SCALES = {((1366, 768), "1.25", 200)}
"""Screen in pixels, Windows' scale, text in per cent: the least room."""
MORE_SCALES = {
    ((1920, 1080), "1.5", 110),
    ((3840, 2160), "2.5", 200),
    ((1366, 768), "1", 100),
    ((1366, 768), "1.25", 100),
    ((1366, 768), "1.5", 100),
    ((1920, 1080), "1.75", 150),
    ((1920, 1080), "2", 90),
    ((1920, 1080), "2.5", 100),
}
"""What a person may have too: each takes a quarter of a minute."""


@pytest.mark.parametrize(
    ("screen", "scale", "text"),
    [*sorted(SCALES), *(pytest.param(*scale, marks=pytest.mark.torture) for scale in sorted(MORE_SCALES))],
    ids=str,
)
def test_every_window_fits(unit: Path, screen: tuple[int, int], scale: str, text: int) -> None:
    """In large text the window comes up as narrow as it was left on a small screen; else as it comes up the first time."""
    remembered = {"window/rectangle": [1, 31, 768, 401, 0]} if text == 200 else {}
    (unit / "window.json").write_text(json.dumps(remembered), encoding="utf-8")
    found = json.loads(told(*map(str, screen), scale, str(text), str(unit)))
    assert {"entry: sign-in", "entry: new-unit", "pupils of a pupil", "notices of a pupil", "dialog: Save your changes?"} <= found.keys()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


PLACES = {
    "record, notes",
    "held, suspensions, the list",
    "several, merge",
    "pupils, filter",
    "import, a file",
    "find anything",
    "copy, a box",
    "lead: safeguarding, a concern",
}


@pytest.mark.parametrize(
    ("screen", "text", "scheme", "walk", "walks"),
    [
        pytest.param((1366, 799), 150, "light", 0, 1, marks=pytest.mark.torture),
        pytest.param((1024, 731), 100, "dark", 0, 1, marks=pytest.mark.torture),
        pytest.param((1366, 799), 100, "contrast", 0, 1, marks=pytest.mark.torture),
        pytest.param((1366, 799), 200, "light", 0, 1, marks=pytest.mark.torture),
        pytest.param((1366, 799), 200, "contrast", 0, 1, marks=pytest.mark.torture),
        ((1024, 731), 100, "dark", 0, 2),
        ((1366, 799), 200, "contrast", 1, 2),
    ],
    ids=str,
)
def test_every_part_pane_and_act_fits(tmp_path: Path, screen: tuple[int, int], text: int, scheme: str, walk: int, walks: int) -> None:
    """In the suite dark colours and a contrast theme share the pages, of which every other is shown with a pupil, and of each group of parts and acts
    both look at the first: each takes a third of a second. Both ways of every page are in ``test_every_window_fits``."""
    unit = tmp_path / "unit"
    sign_out(training_unit(unit / "unit.pupildesk", number=60 if walks == 1 else 20, clock=CLOCK).desk)
    words = [*map(str, screen), "1", str(text), str(unit), "--demo", "--everywhere", "--scheme", scheme]
    words += ["--of-each", "1", "--walk", str(walk), "--walks", str(walks)] if walks > 1 else []
    found = json.loads(told(*words))
    assert found.keys() >= (PLACES if walks == 1 else {"dialog: Save your changes?"})
    assert len(found) > (100 if walks == 1 else 20)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
