"""The archive for Linux: the same folder gives the same bytes, whoever packs it and whenever, with the same version of liblzma.

Another version may pack otherwise: then what is unpacked is the same, byte for byte, and not the archive.
"""

import lzma
import tarfile
from pathlib import Path

_PRESET = 6  # of xz; 9 wants 674 MB of memory to save a twentieth


def pack(program: Path, name: str, place: Path, moment: int) -> Path:
    """Pack a folder as ``name`` into the .tar.xz ``place``: names in order, owner 0, one time, only the right to run kept."""
    with lzma.open(place, "wb", preset=_PRESET) as packed, tarfile.TarFile(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for file in [program, *sorted(program.rglob("*"), key=lambda file: file.relative_to(program).as_posix())]:
            entry = archive.gettarinfo(file, (Path(name) / file.relative_to(program)).as_posix())
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = moment
            entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
            if entry.isreg():
                with file.open("rb") as data:
                    archive.addfile(entry, data)
            else:
                archive.addfile(entry)
    return place


def unpack(place: Path, folder: Path) -> Path:
    """Unpack an archive into a new folder; returns the folder that was in it."""
    folder.mkdir(parents=True)
    with tarfile.open(place) as archive:
        archive.extractall(folder, filter="data")
        return folder / archive.getnames()[0]
