"""What was made is read again: that withheld words are gone from a PDF's text and from everything unpacked in it, and from the data.

Read with other libraries than those that wrote it. Programs of fonts are passed over: they are ours, and hold no text.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Any

from pupil_desk.documents.pdfium import PDFIUM
from pupil_desk.domain.withholding import Needle, counted, left_in

_NAMES_OF_FONTS = re.compile(r"/(BaseFont|FontName|CMapName)\s*/[^\s/<>\[\]()]+")  # as they stand in a stream of objects
_FONTS = frozenset({"/FontFile", "/FontFile2", "/FontFile3", "/BaseFont", "/FontName"})


def still_in_pdf(data: bytes, needles: Collection[Needle], may_stand: Counter[Needle], furniture: Iterable[str]) -> list[Needle]:
    """The needles that stand in a PDF where they must not: more often in its text than ``may_stand``, or anywhere at all if never.

    ``furniture`` are words that stand on every page, such as footers and the headers of tables.
    """
    pages = _page_texts(data)
    each = counted(furniture, needles)
    seen = counted(pages, needles)
    found = {needle for needle in needles if seen[needle] > may_stand[needle] + each[needle] * len(pages)}
    never = frozenset(needle for needle in needles if not may_stand[needle] and not each[needle])
    if never:
        found |= {left.needle for text in _unpacked(data) for left in left_in(text, never)}
        found |= set(_broken_over_lines(pages, never))
    return sorted(found)


def still_in_data(data: bytes, needles: Collection[Needle], may_stand: Counter[Needle]) -> list[Needle]:
    """The same of a JSON file: the needles that stand in its names and texts more often than they may."""
    seen = counted(_strings(json.loads(data)), needles)
    return sorted(needle for needle in needles if seen[needle] > may_stand[needle])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield name
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _page_texts(data: bytes) -> list[str]:
    import pypdfium2

    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
        try:
            found = []
            for number in range(len(pdf)):
                page = pdf[number]
                words = page.get_textpage()
                found.append(str(words.get_text_range()).replace("\ufffe", "-"))
                words.close()
                page.close()
            return found
        finally:
            pdf.close()


def _broken_over_lines(pages: Iterable[str], needles: Collection[Needle]) -> Iterator[Needle]:
    """A word that a line had no room for: its two halves, put together."""
    for page in pages:
        lines = [line.split() for line in page.splitlines() if line.split()]
        for above, below in pairwise(lines):
            yield from (left.needle for left in left_in(above[-1] + below[0], needles))


def _unpacked(data: bytes) -> Iterator[str]:
    """Every string and every stream of a PDF, unpacked, as text."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each in (*pdf.objects, pdf.trailer):
            yield from _texts(each)


def _texts(each: Any, name: str = "") -> Iterator[str]:
    import pikepdf

    if name in _FONTS:
        return
    if isinstance(each, pikepdf.Stream):
        if "/Length1" not in each:  # the program of a font
            unpacked = bytes(each.read_bytes())
            yield _NAMES_OF_FONTS.sub("", unpacked.decode("utf-8", "ignore"))
            yield unpacked.decode("utf-16-be", "ignore")
        each = each.stream_dict
    if isinstance(each, pikepdf.String):
        yield str(each)
    elif isinstance(each, pikepdf.Dictionary):
        for key, value in each.items():
            if not getattr(value, "is_indirect", False):
                yield from _texts(value, key)
    elif isinstance(each, pikepdf.Array):
        for value in each:
            if not getattr(value, "is_indirect", False):
                yield from _texts(value)
