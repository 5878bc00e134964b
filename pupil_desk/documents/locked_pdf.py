"""A PDF that only its password opens: AES-256 (ISO 32000-2, revision 6), as every reader since 2010 opens it.

What is locked: every text, picture and the whole description of the file, its title and language among them. What stays open,
because the law and decency want it so: who has the password may read it, also aloud by a screen reader, copy from it and print it.
Only to change it is refused, and the owner's password, which could lift that, is thrown away: nobody has it.
"""

import io
import secrets
from typing import Any

_OWNERS = 32  # bytes of chance
_LONGEST = 127  # bytes of a password that a reader looks at (ISO 32000-2, 7.6.4.3.3)


def locked_pdf(data: bytes, password: str) -> bytes:
    """The bytes of the same PDF under lock, opened once with the password to prove it.

    Raises ValueError for data that is no PDF, for a password that is empty, not plain ASCII or longer than 127 characters, and
    if the proof fails. Some small programs, ``pdftotext`` among them, take at most 32 characters: keep to that.
    """
    import pikepdf

    if not 0 < len(password) <= _LONGEST or not password.isascii() or not password.isprintable():
        raise ValueError("a password for a PDF is of plain letters, marks and figures")
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(
                out,
                encryption=pikepdf.Encryption(
                    user=password,
                    owner=secrets.token_urlsafe(_OWNERS),
                    R=6,
                    aes=True,
                    metadata=True,
                    allow=pikepdf.Permissions(
                        accessibility=True,
                        extract=True,
                        print_highres=True,
                        print_lowres=True,
                        modify_annotation=False,
                        modify_assembly=False,
                        modify_form=False,
                        modify_other=False,
                    ),
                ),
                object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            )
            before = _said(pdf)
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error
    made = out.getvalue()
    with pikepdf.open(io.BytesIO(made), password=password) as again:
        if _said(again) != before or not again.is_encrypted:
            raise ValueError("the locked file does not give back what was put in")
    return made


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


def _said(pdf: Any) -> tuple[list[bytes], bytes, str]:
    """What a file says: what is drawn on each page, its description, its language."""
    import pikepdf

    drawn = []
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        parts = contents if isinstance(contents, pikepdf.Array) else [contents] if contents is not None else []
        drawn.append(b"\n".join(part.read_bytes() for part in parts))
    described = pdf.Root.get("/Metadata")
    return drawn, described.read_bytes() if described is not None else b"", str(pdf.Root.get("/Lang", ""))
