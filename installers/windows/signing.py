"""Signing: a step that a certificate plugs into. Without one nothing is signed, and the build says so.

    PUPIL_DESK_CERTIFICATE   a PKCS #12 file (.pfx) with the certificate and its key
    PUPIL_DESK_CERTIFICATE_PASSWORD   its password (signtool takes it on its command line alone: sign on a PC of your own)
    PUPIL_DESK_TIMESTAMP     optional: the address of a time-stamping service, so that signatures outlive the certificate

``osslsigncode`` signs on Debian, ``signtool`` on Windows; a certificate on a token or in a cloud has its own program, which
PUPIL_DESK_SIGN may name: it is called with the file to sign.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from installers.interpreter import BuildFailed

_PROGRAM = "Pupil Desk"


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs files in place. ``command`` is called with the file's name after it."""

    command: tuple[str, ...]

    def sign(self, file: Path) -> None:
        """Sign one file. Raises BuildFailed."""
        done = subprocess.run([*self.command, str(file)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BuildFailed(f"{file.name} could not be signed: {(done.stderr or done.stdout).strip()[-300:]}")


def signer() -> Signer | None:
    """Who signs here, as the environment says; None when nobody does."""
    own = os.environ.get("PUPIL_DESK_SIGN")
    if own:
        return Signer(tuple(shlex.split(own)))
    if os.environ.get("PUPIL_DESK_CERTIFICATE"):
        return Signer((sys.executable, "-m", "installers.windows.signing"))
    return None


def sign_with_certificate(file: Path) -> None:
    """Sign one file with the certificate that the environment names, unless it bears a signature already."""
    certificate, stamp = os.environ["PUPIL_DESK_CERTIFICATE"], os.environ.get("PUPIL_DESK_TIMESTAMP")
    password = os.environ.get("PUPIL_DESK_CERTIFICATE_PASSWORD", "")
    if shutil.which("osslsigncode"):
        with tempfile.TemporaryDirectory() as folder:
            secret = Path(folder, "password")
            secret.touch(mode=0o600)
            secret.write_text(password, encoding="utf-8")
            signed = Path(folder, "signed")
            words = ["osslsigncode", "sign", "-pkcs12", certificate, "-readpass", str(secret), "-h", "sha256", "-n", _PROGRAM]
            words += (["-ts", stamp] if stamp else []) + ["-in", str(file), "-out", str(signed)]
            _checked(words, file)
            shutil.move(signed, file)
    else:
        words = ["signtool", "sign", "/fd", "sha256", "/f", certificate, "/p", password, "/d", _PROGRAM]
        _checked([*words, *(["/tr", stamp, "/td", "sha256"] if stamp else []), str(file)], file)


def _checked(words: list[str], file: Path) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildFailed(f"{file.name} could not be signed: {(done.stderr or done.stdout).strip()[-300:]}")


def is_signed(file: Path) -> bool:
    """Whether a Windows program bears a signature: its security directory, the fifth of its header, is not empty."""
    data = file.read_bytes()
    if data[:2] != b"MZ":
        return False
    header = int.from_bytes(data[0x3C:0x40], "little")
    optional = header + 24
    directories = optional + (112 if data[optional : optional + 2] == b"\x0b\x02" else 96)
    return int.from_bytes(data[directories + 4 * 8 + 4 : directories + 4 * 8 + 8], "little") > 0


if __name__ == "__main__":
    sign_with_certificate(Path(sys.argv[1]))
