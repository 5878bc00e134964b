"""``dev.py linux --try``: the archive unpacked where its makers never were, run, watched, moved and damaged.

Pictures of the window are kept in ``artefacts/linux``.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyzipper
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installers import finishing, inside, start_up
from installers import update as builder
from installers.eyes import Screen
from installers.freezing import BARE, freeze
from installers.linux import archive, build, linked
from installers.places import BUILD, ROOT, commit_of
from installers.steps import Failed, taken
from installers.table import Line, print_table, status_of
from installers.x_windows import Display
from pupil_desk.services.program import update_file, updates
from pupil_desk.services.program.update_file import UpdateRefused

_PICTURES = ROOT / "artefacts" / "linux"
_FOLDER = "Café du Nord"  # a blank, and a letter that is not of ASCII
_PUPILS = 12
_NEVER = ("qt6network", "qt6pdf", "qt6qml", "wayland", "libssl", "gnutls", "/tls/", "opengl32sw")


@dataclass(slots=True)
class Trial:
    """What a trial has in hand: the build, the screen, and the program once it is unpacked in ``folder``."""

    built: build.Built
    screen: Screen
    folder: Path
    program: Path = field(init=False)

    def __post_init__(self) -> None:
        self.program = self.folder / _FOLDER / f"pupil-desk-{self.built.version}"

    @property
    def unit(self) -> Path:
        """The folder of the demonstration."""
        return self.folder / "Unité 7"

    def env(self, **more: str) -> dict[str, str]:
        """The environment of somebody who has never seen the program, nor this checkout."""
        home = self.folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        return {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "USER": "office",
            "XDG_RUNTIME_DIR": str(home),
            "TMPDIR": str(home),
            **more,
        }

    def command(self, *words: str, password: str = "") -> tuple[int, Any]:
        """Run the unpacked pupil-desk with ``--json``; returns its status and what it told. Raises Failed."""
        done = subprocess.run(
            [str(self.program / "pupil-desk"), *words, "--json"],
            capture_output=True,
            check=False,
            env=self.env(PUPIL_DESK_PASSWORD=password),
            cwd=self.folder,
            timeout=300,
        )
        try:
            return done.returncode, json.loads(done.stdout)
        except ValueError:
            raise Failed(f"{words[0]}: status {done.returncode}, {done.stderr.decode(errors='replace')[-300:]}") from None

    def window(self, *before: str, unit: Path | None = None) -> "subprocess.Popen[bytes]":
        """Start the window, on a unit's file if one is given; ``before`` stands in front of its command."""
        words = [*before, str(self.program / "Pupil Desk"), *([str(unit)] if unit else [])]
        return subprocess.Popen(
            words,
            env=self.env(**self.screen.env),
            cwd=self.folder,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def summary(self) -> Any:
        """What the demonstration told of itself."""
        return json.loads((self.unit / "summary.json").read_text(encoding="utf-8"))


def run(built: build.Built) -> int:
    """Try an archive; returns the exit status of its table."""
    folder = BUILD / "linux" / "trial"
    shutil.rmtree(folder, ignore_errors=True)
    with Screen(_PICTURES) as screen:
        lines = taken(STEPS, Trial(built, screen, folder))
    print_table(lines)
    return status_of(lines)


def contents(trial: Trial) -> Iterator[Line]:
    """What was built: its size, its libraries, where the others come from, and whether building it again gives the same."""
    built = trial.built
    yield Line("size of the archive", f"{built.archive.stat().st_size / 1e6:.1f} MB", None)
    yield Line("size unpacked", f"{built.size / 1e6:.1f} MB", None)
    names = inside.libraries_of(built.program)
    odd = finishing.differences(built.program, build.LIBRARIES) + [
        name for name in names if any(word in name.casefold() for word in _NEVER)
    ]
    yield Line("libraries, as libraries.txt has them", f"{len(names)} libraries; " + (", ".join(odd) or "none strange"), not odd)
    asked, lacking = linked.asked_for(built.program), linked.missing(built.program)
    outside = sorted(set(asked) & (linked.OF_THE_DESKTOP | linked.FOR_PRINTERS))
    yield Line("libraries linked to that come from nowhere", ", ".join(lacking) or f"none; {len(outside)} are every desktop's", not lacking)
    parts = json.loads((built.program / inside.SBOM).read_text(encoding="utf-8"))["components"]
    licences = [file for file in (built.program / inside.LICENCES).rglob("*") if file.is_file()]
    yield Line(
        "list of what is inside (SBOM), licences",
        f"{len(parts)} parts, {len(licences)} licence files",
        len(parts) > 15 and len(licences) > 15,
    )
    odd = inside.sbom_faults(built.program)
    yield Line(
        "each program and library in that list by its digest, the interpreter and OpenSSL by hand",
        ", ".join(odd) or "none is missing",
        not odd,
    )
    yield _built_again(built)


def _built_again(built: build.Built) -> Line:
    what = "built once more from the same commit, on this machine"
    again = build.frozen(built.python, ROOT, BUILD / "linux" / "again")
    if commit_of(ROOT) != built.commit:
        return Line(what, "not compared: the checkout has another commit by now", None)
    first, second = ((folder / inside.MANIFEST).read_text(encoding="utf-8").splitlines() for folder in (built.program, again))
    differing = sorted({line[66:] for line in set(first) ^ set(second)})
    return Line(what, "differs: " + ", ".join(differing) if differing else f"all {len(first)} files the same", not differing)


def unpacked(trial: Trial) -> Iterator[Line]:
    """The archive in a fresh folder, and the program's own look at itself there."""
    digest = trial.built.archive.with_name(trial.built.archive.name + ".sha256").read_text(encoding="utf-8").split()[0]
    yield Line("the archive's SHA-256", digest[:16] + "…", digest == inside.digest_of(trial.built.archive))
    found = archive.unpack(trial.built.archive, trial.program.parent)
    yield Line("unpacked in a folder with a blank and an é", found.name, found == trial.program)
    yield from _self_test(trial, "self-test")


def demonstration(trial: Trial) -> Iterator[Line]:
    """The demonstration, its backup and its file, by the commands."""
    status, told = trial.command("demo", str(trial.unit), "--pupils", str(_PUPILS))
    yield Line(
        f"demo, {_PUPILS} pupils",
        f"status {status}, {len(told['files'])} files in {told['seconds']:.0f} s",
        status == 0 and told["pupils"] == _PUPILS,
    )
    user, password = told["users"][0]["name"], told["password"]
    backup = next(trial.unit.glob("backup/*.pupilbackup"))
    status, proved = trial.command("verify", str(backup), "--user", user, password=password)
    yield Line("verify on its backup", f"status {status}, {_rows(proved)} rows", status == 0)
    status, checked = trial.command("check", str(trial.unit / told["file"]), "--user", user, password=password)
    yield Line("check on its file", f"status {status}, {len(checked['findings'])} findings", status == 0 and checked["ok"])
    (to := trial.folder / "Export").mkdir()
    status, export = trial.command(
        "export", str(trial.unit / told["file"]), "youth-support", "--to", str(to), "--reason", "A trial", "--user", user, password=password
    )
    yield Line("an export locked with a password, opened with pyzipper", *_opened(to, export, status))


def _rows(told: Any) -> Any:
    rows = told.get("rows")
    return sum(rows.values()) if isinstance(rows, dict) else rows


def _opened(folder: Path, export: Any, status: int) -> tuple[str, bool]:
    locked = next((folder / file["name"] for file in export["files"] if file["name"].endswith(".zip")), None)
    if status != 0 or locked is None:
        return f"status {status}, {export['files']}", False
    with pyzipper.AESZipFile(locked) as opened:
        opened.setpassword(export["password"].encode())
        sizes = [len(opened.read(name)) for name in opened.namelist()]
    return f"status 0, {locked.suffix} of {len(sizes)} files", all(sizes)


def window(trial: Trial) -> Iterator[Line]:
    """The window on the unit's file, traced by the system, and signed in with real keys."""
    trace = trial.folder / "trace"
    told = trial.summary()
    process = trial.window(
        "strace", "-f", "-qq", "-e", "trace=socket,connect,bind,listen", "-o", str(trace), unit=trial.unit / told["file"]
    )
    try:
        with Display(trial.screen.display) as shown:
            start_up.wait_for(shown, start_up.OURS)
            trial.screen.sees("Sign in")
            yield Line("the window, on the unit's file", f"picture {trial.screen.keep('sign-in').name}", True)
            title = _signed_in(trial, shown, told)
            yield Line("signed in", f"«{title}», picture {trial.screen.keep('signed-in').name}", True)
    finally:
        start_up.end(process)
    odd = not_the_displays(trace.read_text(errors="replace"))
    yield Line("sockets but the display's, by strace", ", ".join(odd) or "none", not odd)


def _signed_in(trial: Trial, shown: Display, told: Any) -> str:
    """Type the name and the password; returns the title of the window that opens. Raises NotSeen."""
    trial.screen.click("Your name")
    trial.screen.key("ctrl+a")
    trial.screen.type(told["users"][0]["name"], "Tab")
    trial.screen.type(told["password"], "Return")
    trial.screen.sees("What needs doing")
    return next(title for title in shown.titles().values() if title.endswith(" – Pupil Desk"))


def not_the_displays(trace: str) -> list[str]:
    """The calls in a trace that concern a socket other than the local one to the display."""
    calls = [line.split(maxsplit=1)[1] for line in trace.splitlines() if " " in line]
    if not any(call.startswith("socket(") for call in calls):
        return ["the trace saw nothing, not even the display"]
    # the C library asks the system's local cache of names who owns a file
    local = ("X11-unix", "/var/run/nscd/socket")
    return [
        call
        for call in calls
        if (call.startswith("socket(") and not call.startswith("socket(AF_UNIX"))
        or (call.startswith("connect(") and not any(place in call for place in local))
        or call.startswith(("bind(", "listen("))
    ]


def moved(trial: Trial) -> Iterator[Line]:
    """The folder moved to another place, and started from there."""
    there = trial.folder / "Elsewhere" / "Ordner für alle"
    there.parent.mkdir()
    shutil.move(trial.program, there)
    trial.program = there
    yield from _self_test(trial, "self-test after the folder was moved")
    process = trial.window()
    try:
        with Display(trial.screen.display) as shown:
            start_up.wait_for(shown, start_up.OURS)
        yield Line("the window after the folder was moved", "opens", True)
    finally:
        start_up.end(process)


def start(trial: Trial) -> Iterator[Line]:
    """How long from double click to sign-in, beside a bare window that is frozen the same way."""
    folder = BUILD / "linux" / "bare"
    bare = freeze(trial.built.python, ROOT, folder, spec=BARE) / "bare"

    def start_bare() -> "subprocess.Popen[bytes]":
        return subprocess.Popen([str(bare)], env=trial.env(**trial.screen.env), start_new_session=True)

    unit = trial.unit / trial.summary()["file"]
    ours, floor, ratio = start_up.measure(lambda: trial.window(unit=unit), start_bare, rounds=9, display=trial.screen.display)
    found = f"{ours:.0f} ms against {floor:.0f} ms: {ratio:.2f} times"
    yield Line(f"from double click to sign-in; {start_up.MOST} times a bare window is asked for", found, None)


def updated(trial: Trial) -> Iterator[Line]:
    """This archive as an update to a later version: one altered and one of another key are refused, a good one goes beside the one that runs."""
    stick, here, key, later = trial.folder / "stick", trial.folder / "here", Ed25519PrivateKey.generate(), "99.0"
    for folder in (stick, here):
        folder.mkdir()
    parts, today, ours = {updates.LINUX: trial.built.archive}, datetime.now(UTC).date(), update_file.PUBLIC_KEYS
    update = builder.describe(parts, version=later, least="0.1.0", day=today, expires=today, changes=("A trial",))
    update_file.PUBLIC_KEYS = (key.public_key().public_bytes_raw().hex(),)
    try:
        good = builder.write(stick / f"good{update_file.ENDING}", update, parts, key)
        data = bytearray(good.read_bytes())
        data[-9] ^= 1
        (altered := stick / f"altered{update_file.ENDING}").write_bytes(data)
        yield Line("an update with one bit turned", *_refused(altered, today, "altered"))
        copy = updates.take(updates.look(good, today=today), here)
        there = updates.put_beside(copy, later, program=trial.program)
        beside = sorted(place.name for place in trial.program.parent.iterdir())
        yield Line("a good update, tried and put beside the version that runs", ", ".join(beside), len(beside) == 2 and there.is_dir())
    finally:
        update_file.PUBLIC_KEYS = ours
    yield Line("the same update, by the keys of the program", *_refused(good, today, "another key"))
    yield from _self_test(trial, "self-test of the version that ran before")


def _refused(path: Path, today: date, word: str) -> tuple[str, bool]:
    try:
        updates.look(path, today=today)
    except UpdateRefused as refusal:
        return refusal.message, word in refusal.message
    return "taken", False


def damaged(trial: Trial) -> Iterator[Line]:
    """One bit of one file turned, and a file put into the folder: the self-test says which."""
    victim = trial.program / "_internal" / "resources" / "codes" / "ethnicity.toml"
    data = bytearray(victim.read_bytes())
    data[-2] ^= 1
    victim.write_bytes(data)
    (trial.program / "stray.txt").touch()
    status, told = trial.command("self-test")
    words = " ".join(check["detail"] for check in told["checks"] if not check["ok"])
    named = [name for name in ("ethnicity.toml", "stray.txt") if name in words]
    yield Line(
        "a file damaged and a file added",
        f"status {status}, the self-test names {' and '.join(named) or 'neither'}",
        status == 1 and len(named) == 2,
    )


def _self_test(trial: Trial, what: str) -> Iterator[Line]:
    status, told = trial.command("self-test")
    bad = [check["name"] for check in told["checks"] if not check["ok"]]
    yield Line(
        what,
        f"status {status}, {len(told['checks']) - len(bad)} of {len(told['checks'])}" + "".join(f", not {name}" for name in bad),
        status == 0 and not bad,
    )


# In the order in which somebody would meet them; what damages the folder comes last.
STEPS: Sequence[Any] = (contents, unpacked, demonstration, window, moved, start, updated, damaged)
