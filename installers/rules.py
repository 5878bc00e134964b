"""A pack of rules, made and signed; and the key that signs it.

    python -m installers.rules key FILE
        a new key: the secret half in FILE, which is kept off line and in no repository; the public half is told, for PUBLIC_KEYS
    python -m installers.rules pack OUT --key FILE --name TEXT --number N [--day DATE] [--from FOLDER] PATH...
        the files of rules at PATH, such as census/collection.toml, as they are under FOLDER (resources), in one signed file OUT

The number is one more than that of the last pack, or higher. Each file is whole, with the day on which it was checked: a unit's program
takes it only where it was not checked before its own. What a unit's program would refuse is not written.
"""

import argparse
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installers.places import ROOT
from pupil_desk.basics.errors import Known
from pupil_desk.basics.rulefiles import RuleSet
from pupil_desk.services.rules.checking import require_readable
from pupil_desk.services.rules.pack import RulePack, read_pack

_USAGE = (__doc__ or "").split("\n\n")[1]


def new_key(path: Path) -> str:
    """Write a new secret key to a file that nobody else may read; gives its public half. Raises FileExistsError."""
    key = Ed25519PrivateKey.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{key.private_bytes_raw().hex()}\n")
    return key.public_key().public_bytes_raw().hex()


def signed(pack: RulePack, key: Ed25519PrivateKey) -> bytes:
    """The file of a pack."""
    return pack.data(key.sign(pack.message), key.public_key().public_bytes_raw())


def _pack(args: argparse.Namespace) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(args.key.read_text("ascii")))
    texts = {path: (args.folder / path).read_text("utf-8") for path in args.paths}
    pack = RulePack(args.name, args.number, args.day, texts)
    data = signed(pack, key)
    read_pack(data)
    require_readable(texts, RuleSet(texts))
    args.out.write_bytes(data)


def main(argv: list[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m installers.rules", usage=f"\n{_USAGE}")
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("key").add_argument("file", type=Path)
    pack = acts.add_parser("pack")
    pack.add_argument("out", type=Path)
    pack.add_argument("paths", nargs="+")
    pack.add_argument("--key", type=Path, required=True)
    pack.add_argument("--name", required=True)
    pack.add_argument("--number", type=int, required=True)
    pack.add_argument("--day", type=date.fromisoformat, default=datetime.now(UTC).date())
    pack.add_argument("--from", dest="folder", type=Path, default=ROOT / "resources")
    args = parser.parse_args(argv)
    try:
        if args.act == "key":
            print(new_key(args.file))
        else:
            _pack(args)
    except (Known, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
