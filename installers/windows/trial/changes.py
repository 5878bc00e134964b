"""What changes an installation: an upgrade, the same version again, a signature, and the end."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from installers.inside import digest_of
from installers.pace import Patience
from installers.places import BUILD, earlier, moment_of, version_of
from installers.places import ROOT as SOURCE
from installers.steps import Failed
from installers.table import Line
from installers.unit_rows import Tables, differing
from installers.windows import build, signing, wine
from installers.windows.trial.pc import Pc, Trial, end
from installers.windows.trial.use import on_linux, password, rows, training_file, who

EARLIER = "593062ce1e6a46803a9003c81a30b8e7bf43d956"  # the commit that closed part 1: 0.1.0
_RUNNING, _NEWER = 3, 4  # the installer's exit statuses


def refused_while_running(trial: Trial) -> Iterator[Line]:
    """The installer and the uninstaller refuse while a copy is open."""
    pc = trial.pc
    window = pc.open_window("--unit", pc.on_c(training_file(trial, pc)))
    try:
        trial.screen.sees("Your password")
        status, before = pc.run(str(trial.built.installer), "/S").returncode, pc.versions()
        yield Line("installing while a copy is open", f"status {status}", status == _RUNNING and before == [pc.program.name])
        status = pc.refusal_to_uninstall()
        yield Line("removing while a copy is open", f"status {status}", status == _RUNNING and pc.shortcut.is_file())
    finally:
        end(window)
        pc.kill()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier version to come from. ``frozen``: it was frozen as it was; else its installer puts in today's program under its number."""

    version: str
    source: Path
    installer: Path
    frozen: bool


def _earlier(trial: Trial) -> Earlier | None:
    """The earlier version, packed by today's scripts. None in a clone without that commit."""
    source = earlier(EARLIER)
    if source is None:
        return None
    version = version_of(source)
    if trial.whole:
        folder = BUILD / "windows" / f"earlier-{EARLIER}"  # kept, for it never changes
        installer = folder / f"PupilDesk-{version}-setup.exe"
        if not installer.is_file():
            build.build(wine.python(source), source, folder, guides=False)
    else:
        installer = trial.folder / f"PupilDesk-{version}-setup.exe"
        build.pack(trial.built.program, installer, version, trial.built.size, moment_of(source), signer=None, quickly=True)
    return Earlier(version, source, installer, frozen=trial.whole)


def _earlier_unit(trial: Trial, pc: Pc, old: Earlier) -> Path:
    """A unit kept with the earlier version: by its frozen program on Windows, or by its source here; returns the demonstration's folder."""
    folder = trial.folder / "demo-earlier"
    if old.frozen:
        pc.told("demo", pc.windows_name(folder), "--pupils", "12")
    else:
        on_linux("demo", str(folder), "--pupils", "12", source=old.source)
    return folder


def upgraded(trial: Trial) -> Iterator[Line]:
    """A unit kept with the earlier version, on a PC of its own; then this version over it."""
    old = _earlier(trial)
    if old is None:
        yield Line(
            "upgrade from the earlier version", f"not tried: this clone does not hold the commit {EARLIER}; fetch the whole history", None
        )
        return
    with Pc.fresh(trial.folder / "upgraded", trial.screen.env) as pc:
        if (status := pc.install(old.installer)) != 0 or pc.program.name != old.version:
            raise Failed(f"the installer of {old.version} ended with {status}, in force {pc.program.name}")
        shutil.rmtree(trial.folder / "demo-earlier", ignore_errors=True)
        folder = _earlier_unit(trial, pc, old)
        file = pc.data / "unit.pupildesk"
        pc.data.mkdir(parents=True, exist_ok=True)
        for part in folder.glob("unit.pupildesk*"):
            shutil.copyfile(part, pc.data / part.name)
        before, digest = rows(folder, file), digest_of(file)
        status = pc.install(trial.built.installer, "/WAIT=999999")  # as an update does: of a program that has ended by now
        same = digest_of(file) == digest
        by = "its own program" if old.frozen else "today's program under that number, its own file"
        yield Line(
            f"upgrade from {old.version}",
            f"{by}: status {status}, in force {pc.program.name}, the file untouched: {same}",
            status == 0 and same and pc.program.name == trial.built.version,
        )
        yield from _first_sign_in(pc, folder, file, before)
        yield _old_folder_gone(trial, pc, file)
        status = pc.install(old.installer)
        yield Line(
            f"downgrade to {old.version}",
            f"status {status}, in force {pc.program.name}",
            status == _NEWER and pc.program.name == trial.built.version,
        )


def _old_folder_gone(trial: Trial, pc: Pc, file: Path) -> Line:
    window = pc.open_window("--unit", pc.on_c(file))
    try:
        trial.screen.sees("Your password")
        patience = Patience(30)
        while (there := pc.versions()) != [pc.program.name] and not patience.over:
            time.sleep(0.1)
    finally:
        end(window)
        pc.kill()
    return Line("the old version's folder, after the next start", ", ".join(there), there == [pc.program.name])


def _first_sign_in(pc: Pc, folder: Path, file: Path, before: Tables) -> Iterator[Line]:
    pc.told("pupils", pc.on_c(file), "--user", who(folder), env=password(folder))
    backups = sorted((file.parent / "backups-before-upgrade").glob("*.pupilbackup"))
    proved = bool(backups) and pc.told("verify", pc.on_c(backups[-1]), "--user", who(folder), env=password(folder))["ok"]
    yield Line("a proved backup before anything was written", backups[-1].name if backups else "none", bool(proved))
    apart = differing(before, rows(folder, file))
    yield Line("the data after the upgrade", ", ".join(apart) or "every row the same", not apart)


def signed(trial: Trial) -> Iterator[Line]:
    """A self-made certificate signs the program, the uninstaller and the installer; the signed one installs over the other."""
    folder = trial.folder / "signed"
    folder.mkdir(parents=True)
    certificate = _self_made(folder)
    os.environ.update(PUPIL_DESK_CERTIFICATE=str(folder / "sign.pfx"), PUPIL_DESK_CERTIFICATE_PASSWORD="trial")  # noqa: S106
    try:
        program = folder / "program"
        shutil.copytree(trial.built.program, program)
        signer = signing.signer()
        build.seal(program, moment_of(SOURCE), signer)
        installer = build.pack(
            program,
            folder / "setup-signed.exe",
            trial.built.version,
            trial.built.size,
            moment_of(SOURCE),
            signer=signer,
            quickly=not trial.whole,
        )
    finally:
        for name in ("PUPIL_DESK_CERTIFICATE", "PUPIL_DESK_CERTIFICATE_PASSWORD"):
            del os.environ[name]
    unsigned = [file.name for file in program.rglob("*") if file.suffix in (".exe", ".dll", ".pyd") and not signing.is_signed(file)]
    yield Line("signed with a self-made certificate", f"{len(unsigned)} libraries without a signature", not unsigned)
    verified = _verifies(installer, certificate)
    yield Line("the signed installer", "its signature is good" if verified else "its signature is not good", verified)
    pc = trial.pc
    status = pc.install(installer)  # 0: the signed program has checked itself
    good = status == 0 and signing.is_signed(pc.root / "Uninstall.exe") and _verifies(pc.program / "Pupil Desk.exe", certificate)
    yield Line("installed over the same version", f"status {status}, in force {pc.program.name}", good)


def _self_made(folder: Path) -> Path:
    certificate = folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-days", "30", "-subj", "/CN=Pupil Desk (trial)",
            "-addext", "extendedKeyUsage=codeSigning", "-keyout", str(folder / "key.pem"), "-out", str(certificate)]  # fmt: skip
    packed = [
        "openssl",
        "pkcs12",
        "-export",
        "-inkey",
        str(folder / "key.pem"),
        "-in",
        str(certificate),
        "-out",
        str(folder / "sign.pfx"),
        "-passout",
        "pass:trial",
    ]
    for command in (made, packed):
        subprocess.run(command, check=True, capture_output=True)
    return certificate


def _verifies(file: Path, certificate: Path) -> bool:
    command = ["osslsigncode", "verify", "-CAfile", str(certificate), "-in", str(file)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def uninstalled(trial: Trial) -> Iterator[Line]:
    """The program goes, the data stays."""
    pc = trial.pc
    before = {file.name: digest_of(file) for file in pc.data.iterdir() if file.is_file()}
    status = pc.uninstall()
    left = [place.name for place in pc.root.parent.iterdir()] if pc.root.exists() else []
    yield Line("uninstalled silently", f"status {status}; left of the program: {', '.join(left) or 'nothing'}", status == 0 and not left)
    keys = [
        pc.registry(r"Software\Classes\.pupildesk"),
        pc.registry(r"Software\Microsoft\Windows\CurrentVersion\Uninstall\PupilDesk", "DisplayVersion"),
    ]
    yield Line("its registry entries and its shortcut", ", ".join(filter(None, keys)) or "none", not any(keys) and not pc.shortcut.exists())
    after = {file.name: digest_of(file) for file in pc.data.iterdir() if file.is_file()}
    yield Line("the data", f"{len(after)} files, as they were", bool(after) and before == after)


def for_all_users(trial: Trial) -> Iterator[Line]:
    """A technician's installation for the whole PC, with a group for the data; a file opens by its type."""
    with Pc.fresh(trial.folder / "everybody", trial.screen.env) as pc:
        status = pc.install(trial.built.installer, "/ALLUSERS", "/GROUP=Users")
        pc.root = pc.everybodys_root
        yield Line(
            "installed for the whole PC (/ALLUSERS /GROUP)",
            f"status {status}, {pc.program.relative_to(pc.drive)}; {_data_of(pc)}",
            status == 0 and pc.data.is_dir(),
        )
        file = training_file(trial, pc)
        pc.start("start", pc.on_c(file))
        try:
            trial.screen.sees("Your password")
            yield Line("a file double-clicked there", "sign-in is shown", True)
        finally:
            pc.kill()
        status = pc.uninstall()
        yield Line("uninstalled from the whole PC", f"status {status}", status == 0 and not pc.root.exists() and file.is_file())


def _data_of(pc: Pc) -> str:
    return f"the data's folder is {'there' if pc.data.is_dir() else 'not there'}"
