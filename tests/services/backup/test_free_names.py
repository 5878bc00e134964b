"""Nothing goes over a file: a new one takes the next free name."""

import subprocess
import sys
from pathlib import Path

from pupil_desk.services.backup.free_names import free_place


def test_a_free_name(tmp_path: Path) -> None:
    wanted = tmp_path / "unit.pupildesk"
    assert free_place(wanted) == wanted
    wanted.touch()
    (tmp_path / "unit-2.pupildesk.keys").touch()
    assert free_place(wanted) == tmp_path / "unit-3.pupildesk"


def test_setting_up_a_unit_brings_in_little_more_than_the_first_page() -> None:
    """Else the window would stand still for half a second at the press of its first button."""
    said = "from pupil_desk.ui.entry import first_run; import sys; n = len(sys.modules); import pupil_desk.services.backup.free_names; print(len(sys.modules) - n)"
    run = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert int(run.stdout) <= 2
