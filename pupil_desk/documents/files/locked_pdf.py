"""A PDF that only its password opens: AES-256 (ISO 32000-2, revision 6), as every reader since 2010 opens it.

What is locked: every text, picture and the whole description of the file, its title and language among them. What stays open,
because the law and decency want it so: who has the password may read it, also aloud by a screen reader, copy from it and print it.
Only to change it is refused, and the owner's password, which could lift that, is thrown away: nobody has it.
"""

import io
import secrets

from pupil_desk.documents.pdf.pdf_file import PdfFile
from pupil_desk.documents.reading.read_back import PDFIUM

_OWNERS = 32  # bytes of chance
_LONGEST = 127  # bytes of a password that a reader looks at (ISO 32000-2, 7.6.4.3.3)
_BLOCK = 16  # bytes


def locked_pdf(data: bytes, password: str) -> bytes:
    """The bytes of the same PDF under lock, opened once with the password to prove it. It must be one of ours, as ``PdfFile`` writes them.

    Raises ValueError for data that is no such PDF, for a password that is empty, not plain ASCII or longer than 127 characters, and
    if the proof fails. Some small programs, ``pdftotext`` among them, take at most 32 characters: keep to that.
    """
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES256
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    if not 0 < len(password) <= _LONGEST or not password.isascii() or not password.isprintable():
        raise ValueError("a password for a PDF is of plain letters, marks and figures")
    key, lock = _new_lock(password)

    def seal(body: bytes) -> bytes:
        """Chance, then the padded body in AES-256 by chained blocks (ISO 32000-2, 7.6.3.1)."""
        start, short = secrets.token_bytes(_BLOCK), _BLOCK - len(body) % _BLOCK
        aes = Cipher(AES256(key), CBC(start)).encryptor()
        return start + aes.update(body + bytes([short]) * short) + aes.finalize()

    locked = PdfFile.sealed(data, seal, lock)
    if _read_facts(locked, password) != _read_facts(data):
        raise ValueError("the locked file does not give back what was put in")
    return locked


def _new_lock(password: str) -> tuple[bytes, bytes]:
    """A file's own key, which the password opens, and the dictionary that says so: qpdf makes both, for a file without a page.

    It would lock the whole file too, but holds every element of the structure for it, a kilobyte each.
    """
    import pikepdf

    out = io.BytesIO()
    allow = pikepdf.Permissions(
        accessibility=True,
        extract=True,
        print_highres=True,
        print_lowres=True,
        modify_annotation=False,
        modify_assembly=False,
        modify_form=False,
        modify_other=False,
    )
    owner = secrets.token_urlsafe(_OWNERS)
    with pikepdf.new() as empty:
        empty.save(out, encryption=pikepdf.Encryption(user=password, owner=owner, R=6, aes=True, metadata=True, allow=allow))
    with pikepdf.open(out, password=password) as pdf:
        return pdf.encryption.encryption_key, pdf.trailer["/Encrypt"].unparse(resolved=True)


def unlocked_pdf(data: bytes, password: str) -> bytes:
    """The same PDF without its lock. Raises PermissionError for a wrong password, ValueError for what is no PDF."""
    import pikepdf

    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data), password=password) as pdf:
            pdf.save(out, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    except pikepdf.PasswordError as error:
        raise PermissionError(str(error)) from error
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error
    return out.getvalue()


def _read_facts(data: bytes, password: str | None = None) -> tuple[int, list[str], str]:
    """What a file says to the library that draws every document: how many pages, the words of the first and the last, its title.

    Raises ValueError for a file that it cannot open.
    """
    import pypdfium2

    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(data, password)
        except pypdfium2.PdfiumError as error:
            raise ValueError(str(error)) from error
        try:
            ends = [pdf[number] for number in {0, len(pdf) - 1}]
            return len(pdf), [page.get_textpage().get_text_bounded() for page in ends], str(pdf.get_metadata_value("Title"))
        finally:
            pdf.close()
