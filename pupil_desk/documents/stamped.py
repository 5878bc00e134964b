"""A stamp on pages that were not made here: a paper on file, as it is shown and printed. The paper kept is not touched."""

from functools import cache
from io import BytesIO

from pupil_desk.documents.page import draw_stamp
from pupil_desk.documents.style import MM
from pupil_desk.documents.tagged import TaggedPdf

_WIDTH, _HEIGHT = 190 * MM, 8 * MM
_LEFT, _TOP = 10 * MM, 4 * MM


def stamped(data: bytes, words: str) -> bytes:
    """The pages with a line at the head of each; without words as they are. Their own content is left as it is, beneath it."""
    if not words:
        return data
    import pikepdf

    with pikepdf.open(BytesIO(data)) as file, pikepdf.open(BytesIO(_strip(words))) as strip:
        for page in file.pages:
            box = page.mediabox
            left, top = float(box[0]) + _LEFT, float(box[3]) - _TOP
            width = min(_WIDTH, float(box[2]) - float(box[0]) - 2 * _LEFT)
            page.add_overlay(strip.pages[0], pikepdf.Rectangle(left, top - _HEIGHT, left + width, top))
        out = BytesIO()
        file.save(out)
    return out.getvalue()


@cache
def _strip(words: str) -> bytes:
    """The line alone on a page of its own size, which is laid over the others."""
    pdf = TaggedPdf(width=_WIDTH, height=_HEIGHT)
    draw_stamp(pdf, pdf.new_page(), words, 6, _HEIGHT - 5, None)
    return pdf.finish(title=words, subject="", lang="en-GB")
