"""The bench measures everything that it should, and never fails for a time. How long anything takes is not asserted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent
WORKS = {
    "Start to sign-in painted", "Paper and file libraries imported at the start",
    "Argon2id as calibrated on this PC", "Unlock, the whole", "Unlock less Argon2id",
    "Sign-in to the list painted, less Argon2id", "Sign-in to Home painted, less Argon2id",
    "A page's first picture, the slowest", "Home's first picture", "A page seen again, the slowest", "Memory, every page seen",
    "Widgets left by page visits", "Memory left by page visits",
    "The list shown again", "A keystroke of find, p95", "A keystroke of Ctrl+E, p95", "One pupil's page",
    "Save a record", "Commits of that save", "Save a record after a pause",
    "Mark a class of 12", "A year's totals for all",
    "Import a CSV file, dry run", "Import a CSV file", "Import a workbook, dry run",
    "Locked export with its receipt", "The same as a workbook", "Memory that an export leaves",
    "Register of a year, locked", "Attendance return of a year, locked", "School census, locked", "Memory at the register's most", "Transfer file as XML", "Proved backup", "Notices in one print file", "Notices as files", "Return forms in one print file", "Forms with codes in one print file", "A scanned page read",
    "A week's envelopes for 12 schools", "A scanned register read",
    "One command (pupils), the whole process", "Qt imported by that command",
    "Memory, steady, the list shown", "Memory at Argon2id's most", "The longest stop of the window during sign-in",
}  # fmt: skip
COUNTED = (
    "Paper and file libraries imported at the start",
    "Commits of that save",
    "Qt imported by that command",
    "Widgets left by page visits",
)


@pytest.mark.parametrize("one_of", [14, pytest.param(1, marks=pytest.mark.torture)])
def test_every_work_is_measured_beside_its_floor(tmp_path: Path, one_of: int) -> None:
    """The suite visits one of fourteen pages, Home and one more, and the torture all: what visits to each leave is counted in ``tests/ui/test_visits.py``."""
    kept = tmp_path / "bench.json"
    words = [
        sys.executable,
        str(BENCH),
        "--quick",
        "--pupils",
        "6",
        "--times",
        "1",
        "--notices",
        "2",
        "--one-of",
        str(one_of),
        "--json",
        str(kept),
    ]
    without_office = {**os.environ, "PATH": str(tmp_path)}  # LibreOffice takes longer to start than all the rest
    done = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, env=without_office)
    assert done.returncode == 0, done.stderr
    rows = {row["work"]: row for row in json.loads(kept.read_text(encoding="utf-8"))}
    assert rows.keys() == WORKS, done.stderr
    assert [name for name, row in rows.items() if row["failed"] or not row["sizes"]] == []
    assert all(name in done.stdout for name in WORKS)
    for name in COUNTED:  # no times: these hold on any machine
        assert rows[name]["met"], rows[name]
