"""A workbook that only its password opens: agile encryption (MS-OFFCRYPTO 2.3.4.10), AES-256 with SHA-512 and 100,000 rounds.

Excel from 2010, LibreOffice and Numbers open it by themselves: they ask for the password. From outside not even the names of its
sheets can be read.
"""

import io
import struct

_LONGEST = 255  # characters of a password that Excel takes


def locked_xlsx(data: bytes, password: str) -> bytes:
    """The bytes of the same workbook under lock, opened once with the password to prove it.

    Raises ValueError for what is no workbook, for a password that is empty, not plain ASCII or longer than 255 characters, and if
    the proof fails.
    """
    import zipfile

    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    if not 0 < len(password) <= _LONGEST or not password.isascii() or not password.isprintable():
        raise ValueError("a password for a workbook is of plain letters, marks and figures")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise ValueError("no workbook")
    locked: bytes = ECMA376Agile.encrypt(password, io.BytesIO(data))
    try:
        proved = unlocked_xlsx(locked, password) == data
    except PermissionError:
        proved = False
    if not proved:
        raise ValueError("the locked file does not give back what was put in")
    return locked


def unlocked_xlsx(data: bytes, password: str) -> bytes:
    """The workbook without its lock, its digest proved. Raises PermissionError for a wrong password or altered bytes, ValueError for what is no locked workbook."""
    from xml.parsers.expat import ExpatError

    from msoffcrypto import exceptions
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    try:
        file = OOXMLFile(io.BytesIO(data))
        if not file.is_encrypted():
            raise ValueError("a workbook without a lock")
        file.load_key(password=password)  # that it fits is proved by the digest: to ask beforehand costs 100,000 rounds more
        file.decrypt(out, verify_integrity=True)
    except exceptions.InvalidKeyError as error:
        raise PermissionError("another password, or other bytes") from error
    except (exceptions.FileFormatError, exceptions.ParseError, exceptions.DecryptionError, OSError, struct.error, ExpatError) as error:
        raise ValueError(str(error)) from error
    return out.getvalue()
