"""Keys that are pressed before the page they are meant for is there: they come to it all the same, in their order."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import ROOT, Screen
from steps import first_run

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "early-keys")))
    with Screen(tmp_path, shots=shots) as found:
        yield found


def test_what_is_typed_at_once_after_the_key_of_a_page_is_typed_there(screen: Screen) -> None:
    screen.start()
    first_run(screen)
    for number, key in enumerate(("ctrl+5", "ctrl+1", "ctrl+5", "ctrl+7"), 1):
        name = f"quill{number}"
        subprocess.run(["xdotool", "key", "--delay", "0", key, "type", "--delay", "0", name], env=screen.env, check=True)
        if key != "ctrl+1":
            screen.until(lambda: name in screen.ask("texts"), name)  # noqa: B023
