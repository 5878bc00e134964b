"""From the double click to sign-in nothing is read that sign-in does without."""

import subprocess
import sys
from pathlib import Path

_UNTIL_SHOWN = """
import sys
from PySide6.QtWidgets import QApplication

def told(*_words):
    print(*sorted(sys.modules))
    raise SystemExit

QApplication.exec = told
from pupil_desk import app
app.start(["--unit", sys.argv[1]])
"""
_AFTER = (
    "socket",
    "hashlib",
    "logging.handlers",
    "platform",
    "sqlcipher3",
    "cryptography",
    "reportlab",
    "PySide6.QtPrintSupport",
    "pypdfium2_raw",
    "pupil_desk.store",
    "pupil_desk.documents",
    "pupil_desk.services.desk",
    "pupil_desk.ui.session",
    "pupil_desk.ui.pages",
    "pupil_desk.ui.kit.watch.clipboard",
    "pupil_desk.ui.kit.papers.printing",
)


def test_sign_in_is_painted_before_these_are_read(tmp_path: Path) -> None:
    unit = tmp_path / "unit.pupildesk"
    unit.touch()
    done = subprocess.run(
        [sys.executable, "-c", _UNTIL_SHOWN, str(unit)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
    )
    read = set(done.stdout.split())
    assert "pupil_desk.ui.entry.entry" in read, done.stderr
    assert sorted(read.intersection(_AFTER)) == []
