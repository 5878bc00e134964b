"""Papers from outside as one PDF that only its password opens, one behind the other; what we wrote ourselves may be the first of them.

Everything happens in the child process, since the papers come from outside, and all in memory. The lock is that of ``locked_pdf``.
"""

import secrets
from contextlib import ExitStack
from io import BytesIO
from typing import Any

from pupil_desk.basics.apart.reader import apart
from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _

_OWNERS = 32  # bytes of chance
_REFUSED = _("The papers cannot be put into one file: one of them is damaged. Print them instead.")


@apart("bound papers", raises=(Known,), refuse=lambda failed: failed)
def bound_pdf(documents: list[bytes], titles: list[str], password: str) -> bytes:
    """The pages of all documents under one lock. With several, the outline leads to each by its title. Raises Known."""
    import pikepdf

    try:
        with ExitStack() as stack:
            first, *further_pdfs = [stack.enter_context(_pdf_of(data)) for data in documents]
            starts = [0]
            for pdf in further_pdfs:
                starts.append(len(first.pages))
                first.pages.extend(pdf.pages)
            if further_pdfs:
                with first.open_outline() as outline:
                    for title, start in list(zip(titles, starts, strict=True))[1:]:
                        outline.root.append(pikepdf.OutlineItem(title, start))
            return _locked(first, password)
    except pikepdf.PdfError as error:
        raise Known(_REFUSED) from error


def _pdf_of(data: bytes) -> Any:
    """As it is, or as the library that draws it writes it anew."""
    import pikepdf

    from pupil_desk.documents.pdf.attachment_pages import written_anew

    try:
        return pikepdf.open(BytesIO(data))
    except pikepdf.PdfError:
        return pikepdf.open(BytesIO(written_anew(data)))


def _locked(pdf: Any, password: str) -> bytes:
    """Under the lock, and opened once with the password to prove it. Raises Known."""
    import pikepdf

    out, number = BytesIO(), len(pdf.pages)
    allow = pikepdf.Permissions(modify_annotation=False, modify_assembly=False, modify_form=False, modify_other=False)
    owner = secrets.token_urlsafe(_OWNERS)
    pdf.save(out, encryption=pikepdf.Encryption(user=password, owner=owner, R=6, aes=True, metadata=True, allow=allow))
    with pikepdf.open(BytesIO(out.getvalue()), password=password) as proof:
        if len(proof.pages) != number:
            raise Known(_REFUSED)
    return out.getvalue()
