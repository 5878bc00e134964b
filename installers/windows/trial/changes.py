"""What changes an installation: an upgrade, a kill half-way, the same version again, a signature, and the end."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from installers.inside import digest_of
from installers.places import BUILD, earlier, moment_of, version_of
from installers.places import ROOT as SOURCE
from installers.steps import Failed
from installers.table import Line
from installers.unit_rows import Tables, differing
from installers.windows import build, signing, wine
from installers.windows.trial.pc import Pc, Trial, end
from installers.windows.trial.use import MOST_INSTALLER, password, rows, training_file, who

EARLIER = "593062ce1e6a46803a9003c81a30b8e7bf43d956"  # the commit that closed part 1: 0.1.0
_MOMENTS = (0.02, 0.2, 0.5, 0.8, 0.9, 0.95, 0.98)  # of an installation, at which the power goes
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


def _earlier_build() -> build.Built | None:
    """The installer of the earlier commit, by today's scripts; kept, for it never changes. None in a clone without that commit."""
    source = earlier(EARLIER)
    if source is None:
        return None
    folder, version = BUILD / "windows" / f"earlier-{EARLIER}", version_of(source)
    installer = folder / f"PupilDesk-{version}-setup.exe"
    if installer.is_file():
        return build.Built(version, folder / "program", installer, 0, signed=False)
    return build.build(wine.python(source), source, folder, guides=False)


def upgraded(trial: Trial) -> Iterator[Line]:
    """A unit kept with the earlier version, on a PC of its own; then this version over it."""
    old = _earlier_build()
    if old is None:
        yield Line("upgrade from the earlier version", f"not tried: this clone does not hold the commit {EARLIER}; fetch the whole history", None)
        return
    with Pc.fresh(trial.folder / "upgraded", trial.screen.env) as pc:
        if (status := pc.install(old.installer)) != 0:
            raise Failed(f"the installer of {old.version} ended with {status}")
        folder = trial.folder / "demo-earlier"
        shutil.rmtree(folder, ignore_errors=True)
        pc.told("demo", pc.windows_name(folder), "--pupils", "12")
        file = pc.data / "unit.pupildesk"
        pc.data.mkdir(parents=True, exist_ok=True)
        for part in folder.glob("unit.pupildesk*"):
            shutil.copyfile(part, pc.data / part.name)
        before, digest = rows(folder, file), digest_of(file)
        status = pc.install(trial.built.installer)
        same = digest_of(file) == digest
        yield Line(f"upgrade from {old.version}", f"status {status}, in force {pc.program.name}, the file untouched: {same}",
                   status == 0 and same and pc.program.name == trial.built.version)  # fmt: skip
        yield from _first_sign_in(pc, folder, file, before)
        window = pc.open_window("--unit", pc.on_c(file))
        try:
            trial.screen.sees("Your password")
            gone = _until(lambda: pc.versions() == [pc.program.name])
        finally:
            end(window)
            pc.kill()
        yield Line("the old version's folder, after the next start", ", ".join(pc.versions()), gone)
        status = pc.install(old.installer)
        yield Line(f"downgrade to {old.version}", f"status {status}, in force {pc.program.name}", status == _NEWER and pc.program.name == trial.built.version)


def _first_sign_in(pc: Pc, folder: Path, file: Path, before: Tables) -> Iterator[Line]:
    pc.told("pupils", pc.on_c(file), "--user", who(folder), env=password(folder))
    backups = sorted((file.parent / "backups-before-upgrade").glob("*.pupilbackup"))
    proved = bool(backups) and pc.told("verify", pc.on_c(backups[-1]), "--user", who(folder), env=password(folder))["ok"]
    yield Line("a proved backup before anything was written", backups[-1].name if backups else "none", bool(proved))
    apart = differing(before, rows(folder, file))
    yield Line("the data after the upgrade", ", ".join(apart) or "every row the same", not apart)


def _until(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def killed(trial: Trial) -> Iterator[Line]:
    """The power goes at several moments of an installation over an installed program; each time, what is in force starts."""
    trial.pc.kill()
    with trial.pc.copy_of(trial.folder / "killed") as pc:
        began = time.monotonic()
        whole = pc.install(trial.built.installer)
        lasts = time.monotonic() - began
        found = []
        for moment in _MOMENTS:
            installer = pc.start(str(trial.built.installer), "/S")
            time.sleep(lasts * moment)
            pc.kill()
            end(installer)
            found.append(pc.command("--help").returncode == 0 and pc.shortcut.is_file())
        yield Line(f"killed at {len(_MOMENTS)} moments of an installation", f"started again {sum(found)} times", whole == 0 and all(found))
        status = pc.install(trial.built.installer)
        check = pc.told("self-test", status=(0, 1))
        yield Line("installed again after that", f"status {status}, in force {pc.program.name}; there: {', '.join(pc.versions())}",
                   status == 0 and check["ok"] and len(pc.versions()) <= 2)  # fmt: skip


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
        installer = build.pack(program, folder / "setup-signed.exe", trial.built.version, trial.built.size, moment_of(SOURCE), signer)
    finally:
        for name in ("PUPIL_DESK_CERTIFICATE", "PUPIL_DESK_CERTIFICATE_PASSWORD"):
            del os.environ[name]
    unsigned = [file.name for file in program.rglob("*") if file.suffix in (".exe", ".dll", ".pyd") and not signing.is_signed(file)]
    yield Line("signed with a self-made certificate", f"{len(unsigned)} libraries without a signature", not unsigned)
    yield Line("the signed installer", f"{installer.stat().st_size / 1e6:.1f} MB", _verifies(installer, certificate) and installer.stat().st_size <= MOST_INSTALLER)
    pc = trial.pc
    status = pc.install(installer)
    told = pc.told("self-test", status=(0, 1))
    good = status == 0 and told["ok"] and signing.is_signed(pc.root / "Uninstall.exe") and _verifies(pc.program / "Pupil Desk.exe", certificate)
    yield Line("installed over the same version", f"status {status}, in force {pc.program.name}", good)


def _self_made(folder: Path) -> Path:
    certificate = folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-days", "30", "-subj", "/CN=Pupil Desk (trial)",
            "-addext", "extendedKeyUsage=codeSigning", "-keyout", str(folder / "key.pem"), "-out", str(certificate)]  # fmt: skip
    packed = ["openssl", "pkcs12", "-export", "-inkey", str(folder / "key.pem"), "-in", str(certificate), "-out", str(folder / "sign.pfx"),
              "-passout", "pass:trial"]  # fmt: skip
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
    keys = [pc.registry(r"Software\Classes\.pupildesk"), pc.registry(r"Software\Microsoft\Windows\CurrentVersion\Uninstall\PupilDesk", "DisplayVersion")]
    yield Line("its registry entries and its shortcut", ", ".join(filter(None, keys)) or "none", not any(keys) and not pc.shortcut.exists())
    after = {file.name: digest_of(file) for file in pc.data.iterdir() if file.is_file()}
    yield Line("the data", f"{len(after)} files, as they were", bool(after) and before == after)


def for_all_users(trial: Trial) -> Iterator[Line]:
    """A technician's installation for the whole PC, with a group for the data; a file opens by its type."""
    with Pc.fresh(trial.folder / "everybody", trial.screen.env) as pc:
        status = pc.install(trial.built.installer, "/ALLUSERS", "/GROUP=Users")
        pc.root = pc.everybodys_root
        yield Line("installed for the whole PC (/ALLUSERS /GROUP)", f"status {status}, {pc.program.relative_to(pc.drive)}; {_data_of(pc)}",
                   status == 0 and pc.data.is_dir())  # fmt: skip
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
