"""Ways to look into a backup and at the log of the file from which it was made."""

import zipfile
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.store.file import audit
from pupil_desk.store.file.portable import container
from pupil_desk.store.file.vault import Vault
from tests.store.made import AT


def restored_log_row(vault: Vault, user_id: str) -> None:
    with vault.transaction():
        audit.append(vault, moment=AT, user_id=user_id, role="data-officer", action="restore", app_version=__version__)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*"))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def wrapped(held: dict[str, bytes]) -> bytes:
    return b"".join(container.wrap([container.part_of(name, data) for name, data in held.items()]))
