"""Newer law in the real window: a pack of rules read in from a stick with the keyboard, seen before it is taken, and taken back."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from screen import ROOT, Screen
from steps import first_run, import_file

from tests.services.rules.made import PUBLIC, a_pack, corrections

pytestmark = pytest.mark.needs("Xvfb", "xdotool", "openbox", "import")

PUPIL = """surname,forename,dob,sex,address_1,town,postcode,year_group,start_date,enrolment_status,sen_provision
Quillfeather,Marigold,2012-05-06,F,4 Larch Way,Larkfield,AL28 2QN,10,2026-09-02,C,K
"""
OLD, NEW = "Information Commissioner’s Office (ICO)", "Information Commission of the United Kingdom"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    shots = Path(os.environ.get("PUPIL_DESK_SHOTS", str(ROOT / "artefacts" / "rules")))
    with Screen(tmp_path, shots=shots) as found:
        yield found


def _changed(screen: Screen) -> list[str]:
    """What the list of changes has as the last of its rows with one of the regulator's names, by what is there."""
    return [name for name in (OLD, NEW) if screen.ask("where-row", name)]


@pytest.mark.torture
def test_a_pack_is_read_in_seen_taken_and_taken_back(screen: Screen) -> None:
    stick = screen.folder / "corrections.pupildesk-rules"
    stick.write_bytes(a_pack(corrections()))
    altered = screen.folder / "altered.pupildesk-rules"
    altered.write_bytes(stick.read_bytes().replace(b"Kingdom", b"Kingdoms"))
    screen.start()
    first_run(screen)
    assert screen.ask("trust", PUBLIC) == [PUBLIC]
    import_file(screen, "pupils.csv", PUPIL, "Import 1 pupil", "00-import")
    screen.click("Settings", row=True)
    screen.key("alt+e")
    screen.sees("No pack of rules is in force: these are the program’s own.")
    screen.shot("01-rules")

    screen.key("alt+p")
    screen.path(altered)
    screen.sees("was altered after it was signed")
    screen.shot("02-refused")

    screen.key("alt+p")
    screen.path(stick)
    screen.sees("Corrections (pack of rules 1, 10 January 2027) would change 4 rules")
    assert _changed(screen) == [OLD, NEW]
    screen.sees("The privacy notice: a new edition, for everybody.")
    screen.shot("03-preview")
    screen.key("Return")
    screen.sees("In force: Corrections (pack of rules 1, 10 January 2027), since")
    screen.shot("04-in-force")

    screen.key("alt+c")
    screen.sees("Without Corrections (pack of rules 1, 10 January 2027), 4 rules would change")
    screen.shot("05-taking-back")
    screen.key("Return")
    screen.sees("No pack of rules is in force: these are the program’s own.")
    screen.shot("06-taken-back")
