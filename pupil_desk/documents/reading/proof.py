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

from pupil_desk.documents.reading.paper_content import Media, texts_of_paper
from pupil_desk.domain.requests.withholding import Needle, are_initials, needle_counts, remnants_in

_SHOWING = frozenset({"Tj", "TJ", "'", '"'})  # operators that show letters by their codes
_TAGS = re.compile(r"(?<=>)[a-z]{2,3}-[A-Z]{2}(?=<)|xmlns:\w+=[\"'][^\"']*[\"']|</?[\w:.-]+|/?>|[\w:.-]+=(?=[\"'])")
_NO_TEXT = frozenset({"/Lang"})  # «en-GB» is a code, and nobody's initials
_DIGESTS = frozenset({"/ID"})  # of the file's trailer: digests, in which «Mo» stands by chance in one paper of a thousand
_BY_CHANCE = 4  # letters: a shorter word is found in any long run of bytes


def still_in_pdf(data: bytes, needles: Collection[Needle], may_stand: Counter[Needle], furniture: Iterable[str]) -> list[Needle]:
    """The needles that stand in a PDF where they must not: more often in its text than ``may_stand``, or anywhere at all if never.

    ``furniture`` are words that stand on every page, such as footers and the headers of tables.
    """
    pages = [text.replace("\ufffe", "-") for text in texts_of_paper(Media.PDF, data)]
    per_page = needle_counts(furniture, needles)
    occurrences = needle_counts(pages, needles)
    remaining = {needle for needle in needles if occurrences[needle] > may_stand[needle] + per_page[needle] * len(pages)}
    never = frozenset(needle for needle in needles if not may_stand[needle] and not per_page[needle])
    if never:
        long = frozenset(needle for needle in never if len(needle) >= _BY_CHANCE)
        remaining |= {left.needle for text, sure in _unpacked(data) for left in remnants_in(text, never if sure else long)}
        remaining |= set(_broken_over_lines(pages, [needle for needle in never if not are_initials(needle)]))
    return sorted(remaining)


def still_in_data(data: bytes, needles: Collection[Needle], may_stand: Counter[Needle]) -> list[Needle]:
    """The same of a JSON file: the needles that stand in its names and texts more often than they may."""
    occurrences = needle_counts(_strings(json.loads(data)), needles)
    return sorted(needle for needle in needles if occurrences[needle] > may_stand[needle])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, member in value.items():
            yield name
            yield from _strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)


def _broken_over_lines(pages: Iterable[str], needles: Collection[Needle]) -> Iterator[Needle]:
    """A word that a line had no room for: its two halves, put together."""
    for page in pages:
        lines = [line.split() for line in page.splitlines() if line.split()]
        for above, below in pairwise(lines):
            yield from (left.needle for left in remnants_in(above[-1] + below[0], needles))


def _unpacked(data: bytes) -> Iterator[tuple[str, bool]]:
    """Every text in a PDF beside what is drawn, and whether it is text for sure: strings, what its streams say, its description.

    Passed over is what is form and no text, where a short name such as «Do» or «Li» would be found by chance: the operators of a page and
    its codes of letters, which the text of the page has told of; tables of letters, programs of fonts; streams of objects, each of which
    is looked at by itself.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        content_ids = {stream.objgen for page in pdf.pages for stream in _contents(page)}
        letters = {font.ToUnicode.objgen for font in pdf.objects if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font}
        for pdf_object in (*pdf.objects, pdf.trailer):
            yield from ((text, True) for text in strings_in(pdf_object))
            if (
                not isinstance(pdf_object, pikepdf.Stream)
                or pdf_object.objgen in letters
                or "/Length1" in pdf_object
                or pdf_object.get("/Type") in ("/ObjStm", "/XRef")
            ):
                continue
            if pdf_object.objgen in content_ids or pdf_object.get("/Subtype") == "/Form":
                yield from ((text, True) for text in _strings_drawn(pdf_object))
            else:
                yield from _raw(bytes(pdf_object.read_bytes()))


def _contents(page: Any) -> list[Any]:
    contents = page.obj.get("/Contents")
    return [] if contents is None else list(contents) if contents._type_name == "array" else [contents]


def _strings_drawn(stream: Any) -> Iterator[str]:
    """Strings in what is drawn that are no letters to show, such as words in place of a picture."""
    import pikepdf

    for instruction in pikepdf.parse_content_stream(stream):
        if str(instruction.operator) not in _SHOWING:
            for operand in instruction.operands:
                yield from strings_in(operand)


def _raw(data: bytes) -> Iterator[tuple[str, bool]]:
    """A stream of any other kind as text, tags of XML and codes of languages taken away («GB» of «en-GB» is nobody's initials); what is no plain text is a run of bytes that may hold words by chance."""
    text = data.decode("utf-8", "ignore")
    yield _TAGS.sub(" ", text) if text.lstrip("\ufeff").startswith("<") else text, data.isascii() or text.encode() == data
    yield data.decode("utf-16-be", "ignore"), False


def strings_in(pdf_object: Any) -> Iterator[str]:
    """The strings of an object and of what it holds directly."""
    import pikepdf

    if isinstance(pdf_object, pikepdf.Stream):
        pdf_object = pdf_object.stream_dict
    if isinstance(pdf_object, pikepdf.String):
        yield str(pdf_object)
    elif isinstance(pdf_object, pikepdf.Dictionary):
        passed_over = _NO_TEXT | _DIGESTS if "/Root" in pdf_object else _NO_TEXT
        for name, value in pdf_object.as_dict().items():
            if name not in passed_over and not getattr(value, "is_indirect", False):
                yield from strings_in(value)
    elif isinstance(pdf_object, pikepdf.Array):
        for value in pdf_object:
            if not getattr(value, "is_indirect", False):
                yield from strings_in(value)
