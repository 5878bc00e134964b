"""An update of the program as one signed file, for a stick.

    python -m installers.update FOLDER --key KEY [--windows SETUP.exe] [--linux ARCHIVE.tar.xz] --change TEXT...
            [--least VERSION] [--day DATE] [--expires DATE]
        pupil-desk-VERSION.pupilupdate in FOLDER, of this checkout's version: what `dev.py windows` and `dev.py linux` put into dist

A key is made by ``python -m installers.rules key FILE``, and kept off line and in no repository. Its public half stands in ``PUBLIC_KEYS``,
``pupil_desk/services/program/update_file.py``, beside that of the next: once a program with both is everywhere, the next one signs, and a
third takes its place beside it. ``--change`` says in a sentence what is new, for the question that the office is asked; ``--least`` is the
oldest version that it goes over. What a program would refuse is not written.
"""

import argparse
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installers.inside import digest_of
from installers.places import ROOT, version_of
from pupil_desk.basics.errors import Known
from pupil_desk.services.program.update_file import ENDING, MOST_HEADER, Payload, Update, read_header
from pupil_desk.services.program.updates import LINUX, WINDOWS, require_whole
from pupil_desk.store.file.migrate import scripts

_USAGE = (__doc__ or "").split("\n\n")[1]
_GOOD_FOR = timedelta(days=365)


def describe(parts: dict[str, Path], *, version: str, least: str, day: date, expires: date, changes: tuple[str, ...]) -> Update:
    """The manifest of what each system installs."""
    files = {system: Payload(path.name, path.stat().st_size, digest_of(path)) for system, path in parts.items()}
    return Update(version, least, day, expires, (1, len(scripts())), changes, files)


def write(place: Path, update: Update, parts: dict[str, Path], key: Ed25519PrivateKey) -> Path:
    """The signed file. Raises UpdateRefused for one that a program would not take, and leaves none then."""
    header = update.header(key.sign(update.message), key.public_key().public_bytes_raw())
    try:
        with place.open("xb") as made:
            made.write(header)
            for system in sorted(parts):
                with parts[system].open("rb") as part:
                    shutil.copyfileobj(part, made)
        with place.open("rb") as made:
            require_whole(made, *read_header(made.read(MOST_HEADER), place.stat().st_size))
    except Known:
        place.unlink()
        raise
    return place


def main(argv: list[str]) -> int:
    """The command."""
    today = datetime.now(UTC).date()
    words = argparse.ArgumentParser(prog="python -m installers.update", usage=f"\n{_USAGE}")
    words.add_argument("folder", type=Path)
    words.add_argument("--key", type=Path, required=True)
    for system in (WINDOWS, LINUX):
        words.add_argument(f"--{system}", type=Path)
    words.add_argument("--change", action="append", required=True)
    words.add_argument("--least", default="0.1.0")
    words.add_argument("--day", type=date.fromisoformat, default=today)
    words.add_argument("--expires", type=date.fromisoformat, default=today + _GOOD_FOR)
    args = words.parse_args(argv)
    parts = {system: path for system in (WINDOWS, LINUX) if (path := getattr(args, system)) is not None}
    if not parts:
        words.error("nothing to install: name --windows, --linux or both")
    try:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(args.key.read_text("ascii")))
        version = version_of(ROOT)
        update = describe(parts, version=version, least=args.least, day=args.day, expires=args.expires, changes=tuple(args.change))
        print(write(args.folder / f"pupil-desk-{version}{ENDING}", update, parts, key))
    except (Known, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
