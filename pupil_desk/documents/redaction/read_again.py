"""A paper made anew is read again before it goes out, by other libraries than those that wrote it: what is withheld must be nowhere in it.

Three things are asked of the file, each of all of it. That it holds nothing but pages, one picture for each, fonts and our own words: no
earlier revision, no attachment, note, form, layer, thumbnail or description beside. That what can be read as text is ours, letter by letter.
And that all dots beneath a box are of one colour: there a program that recognises writing has nothing to recognise, whichever it is.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pupil_desk.basics.quiet import quiet
from pupil_desk.documents.reading.paper_content import Media, texts_of_paper
from pupil_desk.documents.reading.proof import strings_in
from pupil_desk.documents.redaction.pixels import is_of_one_colour
from pupil_desk.domain.requests.boxes import PageArea
from pupil_desk.domain.requests.withholding import Needle, remnants_in

_CATALOGUE = {"/Type", "/Pages", "/StructTreeRoot", "/MarkInfo", "/Lang", "/Metadata", "/ViewerPreferences"}
_PAGE = {"/Type", "/Parent", "/Contents", "/StructParents", "/Tabs", "/MediaBox", "/Resources"}
_RESOURCES = {"/Font", "/XObject"}
_ABOUT = {"/Title", "/Producer"}
_JPEG_PARTS = frozenset({0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA, 0xD9})  # start, JFIF, tables, frame, scan, end: no Exif, no comment


@dataclass(frozen=True, slots=True)
class PageExpected:
    """What a page may say at most, and where nothing may be seen."""

    words: str
    areas: tuple[PageArea, ...]


def what_is_left(data: bytes, pages: Sequence[PageExpected], title: str, needles: Collection[Needle]) -> list[str]:
    """What is in the file that must not be, by kind («revision», «structure», «text», «picture», «words»); empty for nothing.

    ``title`` is what the file may say of itself; ``needles`` are the words beneath boxes, as far as the paper carried them.
    """
    import pikepdf

    if data.count(b"startxref") != 1 or not data.rstrip().endswith(b"%%EOF"):
        return ["revision"]
    with quiet(), pikepdf.open(BytesIO(data)) as pdf:
        if len(pdf.pages) != len(pages) or not _is_plain(pdf):
            return ["structure"]
        kinds = set()
        if any(_excess(text, title) for text in _descriptions(pdf)) or any(True for _stream in _unknown_streams(pdf)):
            kinds.add("structure")
        if any(remnants_in(text, needles) for pdf_object in pdf.objects for text in strings_in(pdf_object)):
            kinds.add("words")
        for page, expected in zip(pdf.pages, pages, strict=True):
            if not _is_blank_beneath(pdf, page, expected.areas):
                kinds.add("picture")
    for text, expected in zip(texts_of_paper(Media.PDF, data), pages, strict=True):
        if _excess(text, expected.words):
            kinds.add("text")
    return sorted(kinds)


def _excess(text: str, allowed: str) -> Counter[str]:
    """The letters that a text has beyond those that it may have."""
    return Counter("".join(text.split())) - Counter("".join(allowed.split()))


def _is_plain(pdf: Any) -> bool:
    """Whether the file's parts are those that a paper made anew has, and no others."""
    if not set(pdf.Root.keys()) <= _CATALOGUE or not set(pdf.trailer.Info.keys()) <= _ABOUT:
        return False
    return all(set(page.obj.keys()) <= _PAGE and set(page.resources.keys()) <= _RESOURCES for page in pdf.pages)


def _descriptions(pdf: Any) -> Iterator[str]:
    """What the file says of itself."""
    yield str(pdf.trailer.Info.get("/Title", ""))
    title = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    yield str(title.get("dc:title", ""))


def _unknown_streams(pdf: Any) -> Iterator[Any]:
    """Each stream that is none of the kinds that a paper made anew has."""
    import pikepdf

    known_ids = {stream.objgen for page in pdf.pages for stream in _contents(page)} | {pdf.Root.Metadata.objgen}
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary):
            known_ids |= {
                font[name].objgen for name in ("/ToUnicode", "/FontFile2", "/FontFile3", "/CIDToGIDMap") if _is_stream(font, name)
            }
    for stream in pdf.objects:
        if not isinstance(stream, pikepdf.Stream) or stream.objgen in known_ids or stream.get("/Type") in ("/ObjStm", "/XRef"):
            continue
        if stream.get("/Subtype") != "/Image" or not _is_bare_jpeg(bytes(stream.read_raw_bytes())):
            yield stream


def _is_stream(font: Any, name: str) -> bool:
    import pikepdf

    return isinstance(font.get(name), pikepdf.Stream)


def _contents(page: Any) -> list[Any]:
    contents = page.obj.get("/Contents")
    return [] if contents is None else list(contents) if contents._type_name == "array" else [contents]


def _is_bare_jpeg(data: bytes) -> bool:
    """Whether a picture is nothing but its dots: no description, no thumbnail, no remark, nothing after its end."""
    place = 2
    while data[:2] == b"\xff\xd8" and data[place : place + 1] == b"\xff" and place + 4 <= len(data):
        if data[place + 1] not in _JPEG_PARTS:
            return False
        if data[place + 1] == 0xDA:
            return data.find(b"\xff\xd9") == len(data) - 2
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return False


def _is_blank_beneath(pdf: Any, page: Any, areas: Sequence[PageArea]) -> bool:
    """Whether the one picture that a page draws is of one colour beneath each of these areas."""
    import pikepdf
    from PIL import Image

    names = [
        str(instruction.operands[0]) for instruction in pikepdf.parse_content_stream(page, operators="Do") if len(instruction.operands) == 1
    ]
    if len(names) != 1:
        return False
    picture = page.resources.XObject[names[0]]
    with Image.open(BytesIO(bytes(picture.read_raw_bytes())), formats=("JPEG",)) as image:
        image.load()
        return all(is_of_one_colour(image, area) for area in areas)
