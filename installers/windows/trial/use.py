"""What the installed program is and does: its size, its self-test, the demonstration, and files that cross to Linux and back."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from installers import inside
from installers.places import ROOT
from installers.steps import Failed
from installers.table import Line
from installers.unit_rows import Tables, count, differing, rows_of
from installers.windows.build import differences
from installers.windows.trial.pc import Pc, Trial
from pupil_desk.documents.reading.read_back import read_pdf

MOST_INSTALLER, MOST_INSTALLED = 60e6, 170e6  # bytes
_NAMES = (("陈", "小明"), ("الأحمد", "محمد"))  # pupils whose names want a face of their own: surname, forename
_LISTED = (
    "icalendar",
    "tzdata",
    "DejaVu Sans Condensed",
    "Droid Sans Fallback",
    "Noto Sans",
)  # some parts that the list must name, by how they begin
PUPILS = "12"
_NEVER = ("icuuc", "mscms", "qt6network", "qt6pdf", "qt6qml", "opengl32sw", "libssl", "/tls/")


def sizes(trial: Trial) -> Iterator[Line]:
    """The installer and the program, by size and by what is in them."""
    installer = trial.built.installer.stat().st_size
    yield Line("size of the installer, at most 60 MB", f"{installer / 1e6:.1f} MB", installer <= MOST_INSTALLER)
    yield Line("installed size, at most 170 MB", f"{trial.built.size / 1e6:.1f} MB", trial.built.size <= MOST_INSTALLED)
    names = inside.libraries_of(trial.built.program)
    never = [name for name in names if any(word in name.casefold() for word in _NEVER)]
    known = differences(trial.built.program)
    yield Line(
        "libraries, as libraries.txt has them",
        f"{len(names)} libraries; " + (", ".join(known + never) or "none strange"),
        not known and not never,
    )
    locales = list(trial.built.program.rglob("*.qm")) + [folder for folder in trial.built.program.rglob("locale*") if folder.is_dir()]
    yield Line("locale data of other languages", ", ".join(place.name for place in locales) or "none", not locales)
    parts = json.loads((trial.built.program / inside.SBOM).read_text(encoding="utf-8"))["components"]
    licences = [file for file in (trial.built.program / inside.LICENCES).rglob("*") if file.is_file()]
    unlisted = [name for name in _LISTED if not any(part["name"].startswith(name) for part in parts)]
    yield Line(
        "list of what is inside (SBOM), licences",
        f"{len(parts)} parts, {len(licences)} licence files" + "".join(f", not {name}" for name in unlisted),
        len(parts) > 15 and len(licences) > 15 and not unlisted,
    )
    odd = inside.sbom_faults(trial.built.program)
    yield Line(
        "each program and library in that list by its digest, the interpreter and OpenSSL by hand",
        ", ".join(odd) or "none is missing",
        not odd,
    )
    faces = {file.name for file in (ROOT / "resources" / "fonts").iterdir()}
    absent = faces - {file.name for file in (trial.built.program / "_internal" / "resources" / "fonts").iterdir()}
    yield Line("faces and their licences", ", ".join(sorted(absent)) or f"all {len(faces)} files", not absent)


def installing(trial: Trial) -> Iterator[Line]:
    """A silent installation for one person, on a PC that has never seen the program."""
    began, pc = time.monotonic(), trial.pc
    status = pc.install(trial.built.installer)
    yield Line("silent installation (/S)", f"status {status}, {time.monotonic() - began:.0f} s", status == 0)
    yield Line("where", str(pc.program.relative_to(pc.user)), pc.program.name == trial.built.version)
    yield Line("Start menu", pc.shortcut.name, pc.shortcut.is_file() and leads_to(pc.shortcut, pc.program))
    opens = pc.registry(r"Software\Classes\PupilDesk.Unit\shell\open\command")
    yield Line(
        ".pupildesk opens with",
        opens,
        pc.registry(r"Software\Classes\.pupildesk") == "PupilDesk.Unit" and f"\\{trial.built.version}\\" in opens,
    )
    version = pc.registry(r"Software\Microsoft\Windows\CurrentVersion\Uninstall\PupilDesk", "DisplayVersion")
    yield Line("Apps & features", version, version == trial.built.version)
    guides = sorted(file.name for file in (pc.program / "guides").glob("*.pdf"))
    yield Line("guides beside it", ", ".join(guides), len(guides) == 3)


def leads_to(shortcut: Path, folder: Path) -> bool:
    """Whether a shortcut names the program in this folder. It stands in the file as UTF-16 or in the PC's own letters."""
    held, name = shortcut.read_bytes(), rf"\{folder.name}\Pupil Desk.exe"
    return name.encode("utf-16-le") in held or name.encode("ascii") in held


def self_test(trial: Trial) -> Iterator[Line]:
    """The installed program's own checks."""
    told = trial.pc.told("self-test", status=(0, 1))
    bad = [f"{check['name']}: {check['detail']}" for check in told["checks"] if not check["ok"]]
    yield Line("self-test of the installed program", "; ".join(bad) or f"{len(told['checks'])} checks, all good", told["ok"])
    yield _one_bit_turned(trial)


def _one_bit_turned(trial: Trial) -> Line:
    """One bit of one installed file turned: it is named; then the file is as it was."""
    victim = trial.pc.program / "_internal" / "resources" / "codes" / "ethnicity.toml"
    whole = victim.read_bytes()
    victim.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
    try:
        told = trial.pc.told("self-test", status=(0, 1))
    finally:
        victim.write_bytes(whole)
    words = " ".join(check["detail"] for check in told["checks"] if not check["ok"])
    return Line("one installed file altered", words or "not found", not told["ok"] and f"{victim.name} was changed" in words)


def demonstration(trial: Trial) -> Iterator[Line]:
    """The training unit and everything that the program makes of it."""
    folder = trial.folder / "demo-windows"
    told = trial.pc.told("demo", trial.pc.windows_name(folder), "--pupils", PUPILS)
    absent = [file["path"] for file in told["files"] if not folder.joinpath(*file["path"].split("/")).is_file()]
    yield Line("demonstration", f"{len(told['files'])} files in {told['seconds']:.1f} s", not absent and len(told["files"]) > 40)
    backup = next((folder / "backup").glob("*.pupilbackup"))
    proved = trial.pc.told("verify", trial.pc.windows_name(backup), "--user", who(folder), env=password(folder))
    yield Line("its backup, proved", f"{sum(proved['rows'].values())} rows", proved["ok"])


def summary(folder: Path) -> dict[str, object]:
    """What the demonstration in a folder says of itself."""
    told: dict[str, object] = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return told


def who(folder: Path) -> str:
    """The data officer of a demonstration."""
    users = summary(folder)["users"]
    assert isinstance(users, list)
    return str(users[0]["name"])


def password(folder: Path) -> dict[str, str]:
    """The environment that a command takes the training password from."""
    return {"PUPIL_DESK_PASSWORD": str(summary(folder)["password"])}


def rows(folder: Path, file: Path | None = None) -> Tables:
    """The rows of a demonstration's file, or of another with its users."""
    return rows_of(file or folder / "unit.pupildesk", who(folder), str(summary(folder)["password"]))


def training_file(trial: Trial, pc: Pc) -> Path:
    """The demonstration's file, put on a PC's own disk as a unit's file of the office."""
    folder = trial.folder / "demo-windows"
    pc.data.mkdir(parents=True, exist_ok=True)
    for left in pc.data.glob("training.pupildesk*"):  # a journal of a program that was killed belongs to another copy
        left.unlink()
    for file in folder.glob("unit.pupildesk*"):
        shutil.copyfile(file, pc.data / file.name.replace("unit", "training", 1))
    return pc.data / "training.pupildesk"


def on_linux(*words: str, env: dict[str, str] | None = None, source: Path = ROOT) -> Any:
    """What a command of this checkout tells, on this machine; or of an earlier one, by the libraries of this. Raises Failed."""
    done = subprocess.run(
        [sys.executable, "-m", "pupil_desk", *words, "--json"],
        capture_output=True,
        cwd=source,
        env={**os.environ, **(env or {})},
        check=False,
    )
    if done.returncode != 0:
        raise Failed(f"{words[0]} on Linux ended with {done.returncode}: {done.stderr.decode()[-300:]}")
    return json.loads(done.stdout)


def file_from_linux(trial: Trial) -> Iterator[Line]:
    """A unit's file made on Linux is opened, looked through and backed up on Windows; the backup goes back to Linux."""
    folder = trial.folder / "demo-linux"
    on_linux("demo", str(folder), "--pupils", PUPILS)
    before = rows(folder)
    yield _there_and_back(trial.pc, folder, before, "made on Linux, opened on Windows, and back")


def _there_and_back(pc: Pc, folder: Path, before: Tables, what: str) -> Line:
    file, stick = folder / "unit.pupildesk", folder / "stick"
    stick.mkdir()
    checked = pc.told("check", pc.windows_name(file), "--user", who(folder), env=password(folder))
    if not checked["ok"]:
        raise Failed(f"check found: {checked['findings']}")
    pc.told("backup", pc.windows_name(file), "--to", pc.windows_name(stick), "--user", who(folder), env=password(folder))
    again = folder / "restored.pupildesk"
    backup = next(stick.glob("*.pupilbackup"))
    on_linux("restore", str(backup), str(again), "--user", who(folder), env=password(folder))
    apart = differing(before, rows(folder, again)) + differing(before, rows(folder))
    return Line(what, f"{count(before)} rows, " + (f"different: {', '.join(apart)}" if apart else "every one the same"), not apart)


def names_on_paper(trial: Trial) -> Iterator[Line]:
    """A pupil with a Chinese name and one with an Arabic one, read in on Windows; a paper of each names them, read here."""
    pc, folder = trial.pc, trial.folder / "names"
    file, signed_in = training_file(trial, pc), ("--user", who(trial.folder / "demo-windows"))
    env = password(trial.folder / "demo-windows")
    folder.mkdir()
    table = folder / "pupils.csv"
    rows = [f"{surname},{forename},{day}/3/2012,2/9/2026" for day, (surname, forename) in enumerate(_NAMES, 1)]
    table.write_text("\n".join(["surname,forename,dob,start_date", *rows, ""]), encoding="utf-8")
    pc.told("import", pc.on_c(file), "pupils", pc.windows_name(table), *signed_in, env=env, status=(0, 1))
    held = {(pupil["surname"], pupil["forename"]): pupil["ref"] for pupil in pc.told("pupils", pc.on_c(file), "--all", *signed_in, env=env)}
    days = ("--since", "2026-01-01", "--until", "2026-12-31", "--to", pc.windows_name(folder))
    pc.told("statement", pc.on_c(file), "--for", *(held[name] for name in _NAMES if name in held), *days, *signed_in, env=env)
    read = " ".join(read_pdf(paper.read_bytes()).text for paper in folder.glob("*.pdf"))
    printed = [
        " ".join(name) for name in _NAMES if all(part in read for part in name)
    ]  # which reads first, in Arabic, is the reader's affair
    yield Line("a Chinese and an Arabic name, printed on Windows", ", ".join(printed) or "none", len(printed) == len(_NAMES))


def file_to_linux(trial: Trial) -> Iterator[Line]:
    """A unit's file made on Windows is opened and checked on Linux."""
    folder = trial.folder / "demo-windows"
    told = trial.pc.told("log", trial.pc.windows_name(folder / "unit.pupildesk"), "--user", who(folder), env=password(folder))
    before = rows(folder)
    checked = on_linux("check", str(folder / "unit.pupildesk"), "--user", who(folder), env=password(folder))
    apart = differing(before, rows(folder))
    yield Line(
        "made on Windows, opened on Linux",
        f"{count(before)} rows, {len(told)} log entries, " + (", ".join(apart) or "every one the same"),
        bool(checked["ok"]) and not apart,
    )
