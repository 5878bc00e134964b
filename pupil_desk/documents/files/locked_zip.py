"""A ZIP that only its password opens: AES-256 (WZ_AES), as 7-Zip, WinZip and Keka read it.

Such a file leaves the names and times of its members readable. So it has one member, ``data.zip``, without a time of
its own; the real names are inside that one, under the lock.
"""

import io
import zipfile
from collections.abc import Mapping

MEMBER = "data.zip"
_PIECE = 1 << 20  # bytes
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the least that the format knows


def locked_zip(files: Mapping[str, bytes], password: str) -> bytes:
    """The bytes of a locked ZIP of these files, opened once with the password to prove it. Raises ValueError if that fails."""
    import pyzipper

    outer = io.BytesIO()
    with pyzipper.AESZipFile(outer, "w", compression=zipfile.ZIP_STORED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode("ascii"))
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        archive.writestr(archive.zipinfo_cls(MEMBER, _NO_TIME), _plain_zip(files))
    locked = outer.getvalue()
    if not _gives_back(locked, password, files):
        raise ValueError("the locked file does not give back what was put in")
    return locked


def unlocked(data: bytes, password: str) -> dict[str, bytes]:
    """The files in a ZIP that ``locked_zip`` made. Raises RuntimeError for a wrong password, BadZipFile for a damaged file."""
    with _open_locked(data, password) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _open_locked(data: bytes, password: str) -> zipfile.ZipFile:
    import pyzipper

    with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
        archive.setpassword(password.encode("ascii"))
        return zipfile.ZipFile(io.BytesIO(archive.read(MEMBER)))


def _gives_back(locked: bytes, password: str, files: Mapping[str, bytes]) -> bool:
    """Whether exactly these files are in it. Each is compared piece by piece, and so never held a second time."""
    with _open_locked(locked, password) as archive:
        return archive.namelist() == [*files] and all(_is_same(archive, name, data) for name, data in files.items())


def _is_same(archive: zipfile.ZipFile, name: str, data: bytes) -> bool:
    position = 0
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            if not data.startswith(piece, position):
                return False
            position += len(piece)
    return position == len(data)


def _plain_zip(files: Mapping[str, bytes]) -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), data, compress_type=zipfile.ZIP_DEFLATED)
    return inner.getvalue()
