"""A newcomer brings in the list of a system that nobody knows: from the Home page to what came of it, counting every key, word and click."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import ROOT, Screen
from steps import first_run

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

MOST = 20
HEADINGS = "Cyfenw,Enw cyntaf,Dyddiad geni,Blwyddyn,Dosbarth"  # five, none of them known
LISTS = {
    "first.csv": f"{HEADINGS}\nPryce,Nia,04/03/2013,9,9N\nRhys,Aled,05/03/2013,9,9N\n",
    "second.csv": f"{HEADINGS}\nVaughan,Mari,06/03/2013,9,9N\n",
}


class CountedScreen(Screen):
    """Counts what a person does: each click, each press of a key or of several at once, each word typed."""

    acts = 0

    def click(self, name: str, *, row: bool = False, nth: int = 0) -> None:
        self.acts += 1
        super().click(name, row=row, nth=nth)

    def key(self, *keys: str) -> None:
        self.acts += len(keys)
        super().key(*keys)

    def type(self, text: str, *then: str) -> None:
        self.acts += 1
        super().type(text, *then)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[CountedScreen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "newcomer")))
    with CountedScreen(tmp_path, shots=shots) as found:
        yield found


def _choose(screen: CountedScreen, name: str) -> None:
    """From the Home page to the file. What Qt's own dialog loses on a busy machine, and is typed again, is no act of a person."""
    path = screen.folder / name
    path.write_text(LISTS[name], encoding="utf-8")
    screen.sees("What needs doing")
    screen.acts = 0
    screen.click("Import", row=True)
    screen.click("Choose a file…")
    screen.path(path)
    screen.acts = 2 + 3  # all of the name marked, typed over, and Return


def test_a_list_that_nobody_knows_comes_in_with_twenty_acts_and_the_next_one_with_fewer(screen: CountedScreen) -> None:
    program = screen.start()
    first_run(screen)
    _choose(screen, "first.csv")
    screen.sees("Say which kind it is")
    screen.key("alt+w")
    screen.type("Pu")  # Pupils: two others begin with a P
    screen.sees("What do the headings mean?")
    screen.until(
        lambda: any(name.startswith("Column of “Cyfenw”") for name in screen.ask("focus")), "the first heading, ready to be chosen"
    )
    screen.type("legal", "Tab")  # the surname
    screen.type("legal", "Down", "Tab")  # the forename, which is the next
    screen.type("date", "Tab")
    screen.type("year")
    screen.shot("newcomer-headings")
    screen.click("Use these headings")
    screen.sees("No column, and kept under From files: “Dosbarth”.")
    screen.sees("2 stays: ")
    screen.click("Import 2 pupils")
    screen.sees("2 rows read: 2 new, 0 changed, 0 unchanged, 0 refused.")
    assert screen.acts <= MOST, screen.acts
    screen.shot("newcomer-result")
    first = screen.acts

    screen.key("ctrl+1")
    _choose(screen, "second.csv")
    screen.sees("Some mean what was chosen for lists with these headings, which is remembered.")
    screen.click("Import 1 pupil")
    screen.sees("1 row read: 1 new, 0 changed, 0 unchanged, 0 refused.")
    assert screen.acts < first
    program.terminate()
