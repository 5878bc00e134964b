"""A new item of a pupil is its line in the record and one script; form, notice, import and sheet follow by themselves."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LINE = '    shoe_size: str | None = item(_("Shoe size"), Kind.TEXT, facts=_WELFARE, heads=("shoes",))\n'
_SCRIPT = "ALTER TABLE pupil ADD COLUMN shoe_size TEXT;\n"
_LOOK = """
import datetime, os, pathlib, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
from pupil_desk.basics.clock import FixedClock
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.imports import run as imports
from pupil_desk.services.notices import notice_text; from pupil_desk.services.pupils import pupils; from pupil_desk.services import sheet; from pupil_desk.services.unit import units
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.ui.kit.forms.form import Form

app = QApplication([])
clock = FixedClock(datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC))
settings = UnitSettings(name="Larkfield", la="919", estab="1100")
desk, _code = units.create_unit(pathlib.Path(sys.argv[1]) / "unit.pupildesk", settings, user="Ada", password="four plain short words", clock=clock, cost=FLOOR)
imports.run_import(desk, "pupils", b"surname,forename,dob,Shoes\\nQuill,Bea,2012-05-06,38\\n", "pupils.csv")
pupil = pupils.all_pupils(desk)[0]
form = Form(Pupil, today=desk.today)
form.show_record(pupil)
assert form.record() == pupil and form.fields["shoe_size"].editor.typed_text() == "38"
assert any("Shoe size" in row.labels for row in notice_text.annex_of(settings, desk.today).items)
assert "shoe_size" in imports.template("pupils")
story, _title = sheet.paper(desk, pupil.id)
assert "Shoe size" in plain_text(story) and "38" in plain_text(story)
print("form, notice, import and sheet have it")
"""


def test_two_files_and_it_is_everywhere(tmp_path: Path) -> None:
    for folder in ("pupil_desk", "resources"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    record = tmp_path / "pupil_desk" / "domain" / "pupils" / "pupil.py"
    text = record.read_text(encoding="utf-8")
    before = "    service_child: str | None"
    assert text.count(before) == 1
    record.write_text(text.replace(before, _LINE + before), encoding="utf-8")
    scripts = tmp_path / "pupil_desk" / "store" / "scripts"
    (scripts / f"{len(list(scripts.glob('*.sql'))) + 1:04d}_shoe_size.sql").write_text(_SCRIPT, encoding="utf-8")
    look = subprocess.run(
        [sys.executable, "-c", _LOOK, str(tmp_path)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "form, notice, import and sheet have it" in look.stdout, look.stderr


def test_without_its_script_the_rule_says_so(tmp_path: Path) -> None:
    """The line alone is not enough, and the catalogue's test says what is missing."""
    for folder in ("pupil_desk", "resources", "tests/rules"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    record = tmp_path / "pupil_desk" / "domain" / "pupils" / "pupil.py"
    record.write_text(
        record.read_text(encoding="utf-8").replace("    service_child: str | None", _LINE + "    service_child: str | None"),
        encoding="utf-8",
    )
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            "--noconftest",
            "tests/rules/test_catalogue.py",
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "no column for {'shoe_size'}: add a script" in run.stdout
