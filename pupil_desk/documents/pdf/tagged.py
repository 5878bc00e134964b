"""PDF/UA-1: pages whose every mark is either real content, tied to the structure tree, or an artefact.

A page is written as marked content: ``PdfPage.tagged`` ties what is drawn to a structure element,
``PdfPage.artefact`` says that it is no content. ``TaggedPdf.finish`` adds what ISO 14289-1 asks of the whole
file: structure and parent tree, language, title shown, tab order, XMP identification.
"""

import zlib
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape

from pupil_desk.documents.pdf.pdf_file import PdfFile, reference, text_string
from pupil_desk.documents.typography.fonts import add_fonts, numbers_of
from pupil_desk.documents.typography.languages import words_in
from pupil_desk.documents.typography.shaped import has_clusters, renumbered

_PRODUCER = "Pupil Desk"


@dataclass(eq=False, slots=True)
class PdfElement:
    """A structure element. ``attributes`` is the ready inside of its dictionary, Alt and A for example.

    ``unsettled`` are the elements beneath it that may still grow.
    """

    number: int
    parent: "PdfElement | None"
    tag: str
    attributes: bytes = b""
    kids: bytearray = field(default_factory=bytearray)
    page: int = 0
    unsettled: "list[PdfElement]" = field(default_factory=list)


@dataclass(eq=False, slots=True)
class PdfPage:
    """A page being written. ``key`` is its place in the parent tree, ``owners`` the number of the element of each marked
    content, ``folded`` what was drawn first, packed until the rest comes, ``size`` its own in points where it is not the document's."""

    number: int
    key: int
    code: list[bytes] = field(default_factory=list)
    owners: array[int] = field(default_factory=lambda: array("I"))
    links: list[int] = field(default_factory=list)
    folded: bytes = b""
    size: tuple[float, float] | None = None
    _last: PdfElement | None = None

    def begin(self, element: PdfElement) -> None:
        """What follows belongs to the element, until ``end``. It goes on with a mark of its own just
        ended."""
        if self._last is element:
            self.code.pop()
            return
        self._last = element
        mark = len(self.owners)
        self.owners.append(element.number)
        if not element.page:
            element.page = self.number
        if element.page == self.number:
            element.kids += b" %d" % mark
        else:
            element.kids += b" <</Type/MCR/Pg %s/MCID %d>>" % (reference(self.number), mark)
        self.code.append(b"/%s<</MCID %d>>BDC" % (element.tag.encode("ascii"), mark))

    def end(self) -> None:
        """The end of what ``begin`` began."""
        self.code.append(b"EMC")

    @contextmanager
    def tagged(self, element: PdfElement) -> Iterator[None]:
        """What is drawn inside belongs to the element."""
        self.begin(element)
        yield
        self.end()

    def fold(self) -> None:
        """The page is full, and is packed: only what stands at its edges is to come, when all pages of the document are known."""
        self.folded = zlib.compress(b"\n".join(self.code), 1)
        self.code.clear()
        self._last = None

    def take_code(self) -> bytes:
        """Everything that was drawn; the page holds it no more."""
        code = b"\n".join([zlib.decompress(self.folded), *self.code] if self.folded else self.code)
        self.code.clear()
        self.folded = b""
        return code

    def artefact(self, operators: bytes, kind: bytes = b"Layout") -> None:
        """Draws something that is no content: a rule, a frame, a footer, a repeated header."""
        self._last = None
        self.code.append(b"/Artifact<</Type/%s>>BDC %s EMC" % (kind, operators))


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: where a heading is."""

    title: str
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class PlacedSquare:
    """Where something of a form stands, in points from the lower left corner: a square box to tick, or a code."""

    key: str
    page: PdfPage
    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """Where a row of a form stands in which somebody writes by hand: its lower left corner and its size, in points."""

    key: str
    page: PdfPage
    x: float
    y: float
    width: float
    height: float


class TaggedPdf:
    """A tagged document in the making. ``placed`` are the boxes and codes by which a form is read again, as they are drawn, and ``placed_rows`` its rows.

    ``pages`` are those that may still be drawn on. What is settled, page or element, is written to the file and no longer held.
    """

    def __init__(self, *, width: float, height: float) -> None:
        self.file = PdfFile()
        self.width, self.height = width, height
        self.pages: list[PdfPage] = []
        self.characters_by_font: dict[str, set[str]] = {}
        self.bookmarks: list[Bookmark] = []
        self.placed: list[PlacedSquare] = []
        self.placed_rows: list[PlacedRow] = []
        self._pictures = bytearray()
        self.marked_levels: tuple[int, ...] = ()
        self.words = words_in("")
        self._pages_number = self.file.reserve()
        self._resources = self.file.reserve()
        self._page_numbers: list[int] = []
        self._owners: list[int] = []
        self._unnumbered: dict[int, bytes] = {}
        self._tree = self.file.reserve()
        self.document = self.element(None, "Document")

    def element(self, parent: PdfElement | None, tag: str, attributes: bytes = b"") -> PdfElement:
        """A new structure element, last among its parent's kids."""
        element = PdfElement(self.file.reserve(), parent, tag, attributes)
        if parent is not None:
            parent.kids += b" %s" % reference(element.number)
            parent.unsettled.append(element)
        return element

    def new_page(self) -> PdfPage:
        page = PdfPage(self.file.reserve(), len(self._owners))
        self._page_numbers.append(page.number)
        self._owners.append(self.file.reserve())
        self.pages.append(page)
        return page

    def bookmark(self, title: str, page: PdfPage, y: float) -> None:
        """An entry of the outline that leads to this height of the page."""
        self.bookmarks.append(Bookmark(title, page.number, y))

    def mark(self, level: int, title: str, page: PdfPage, y: float) -> None:
        """A bookmark for a heading, if headings of this level have one here."""
        if level in self.marked_levels:
            self.bookmark(title, page, y)

    def use(self, fonts: tuple[tuple[str, frozenset[str]], ...]) -> None:
        """Notes the characters that were drawn in each font."""
        for font, characters in fonts:
            characters_of_font = self.characters_by_font.get(font)
            if characters_of_font is None:
                self.characters_by_font[font] = set(characters)
            else:
                characters_of_font |= characters

    def picture(self, number: int) -> bytes:
        """The name under which the pages draw a picture, which was put to the file under that number."""
        name = b"/I%d" % number
        self._pictures += b"%s %s" % (name, reference(number))
        return name

    def link(self, page: PdfPage, element: PdfElement, box: tuple[float, float, float, float], href: str, words: str) -> None:
        """A link annotation over the box, tied to its Link element. ``words`` describes it to a screen
        reader."""
        key = len(self._owners)
        self._owners.append(element.number)
        number = self.file.add(
            b"<</Type/Annot/Subtype/Link/Rect[%.2f %.2f %.2f %.2f]/Border[0 0 0]/F 4/StructParent %d"
            b"/Contents %s/A<</S/URI/URI %s>>>>" % (*box, key, text_string(words), text_string(href))
        )
        page.links.append(number)
        element.kids += b" <</Type/OBJR/Pg %s/Obj %s>>" % (reference(page.number), reference(number))

    def settle(self, element: PdfElement) -> None:
        """The element is complete, with all beneath it: nothing more is drawn of them."""
        self._put_element(element)
        if element.parent is not None:
            element.parent.unsettled.remove(element)

    def settle_pages(self) -> None:
        """The pages so far are complete: nothing more is drawn on them."""
        for page in self.pages:
            self._put_page(page)
        self.pages.clear()

    def finish(self, *, title: str, subject: str, lang: str) -> bytes:
        """The whole file."""
        file = self.file
        self.settle_pages()
        self.settle(self.document)
        self._put_unnumbered()
        self._put_pages()
        self._put_tree()
        pictures = b"/XObject<<%s>>" % self._pictures if self._pictures else b""
        file.write_object(self._resources, b"<</Font<<%s>>%s>>" % (add_fonts(file, self.characters_by_font), pictures))
        info = {"Title": title, "Subject": subject, "Producer": _PRODUCER}
        information = file.add(b"<<%s>>" % b"".join(_entry(name, text) for name, text in info.items() if text))
        metadata = file.add_plain_stream(_xmp(title, subject, lang), b"/Type/Metadata/Subtype/XML")
        catalogue = file.add(
            b"<</Type/Catalog/Pages %s/StructTreeRoot %s/MarkInfo<</Marked true>>/Lang %s/Metadata %s"
            b"/ViewerPreferences<</DisplayDocTitle true>>%s>>"
            % (reference(self._pages_number), reference(self._tree), text_string(lang), reference(metadata), self._outline())
        )
        return file.finish(catalogue, information)

    def _put_page(self, page: PdfPage) -> None:
        code, content = page.take_code(), self.file.reserve()
        if has_clusters(code):  # they have numbers when all that the document uses are known
            self._unnumbered[content] = zlib.compress(code)
        else:
            self.file.put_stream(content, code)
        links = b"/Annots[%s]" % b" ".join(map(reference, page.links)) if page.links else b""
        own_size = b"/MediaBox[0 0 %.2f %.2f]" % page.size if page.size else b""
        self.file.write_object(
            page.number,
            b"<</Type/Page/Parent %s/Contents %s/StructParents %d/Tabs/S%s%s>>"
            % (reference(self._pages_number), reference(content), page.key, own_size, links),
        )
        self.file.write_object(self._owners[page.key], b"[%s]" % b" ".join(map(reference, page.owners)))
        del page.owners[:]

    def _put_unnumbered(self) -> None:
        numbers = numbers_of(self.characters_by_font)
        for content, code in self._unnumbered.items():
            self.file.put_stream(content, renumbered(zlib.decompress(code), numbers))

    def _put_pages(self) -> None:
        self.file.write_object(
            self._pages_number,
            b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 %.2f %.2f]/Resources %s>>"
            % (len(self._page_numbers), b" ".join(map(reference, self._page_numbers)), self.width, self.height, reference(self._resources)),
        )

    def _put_element(self, element: PdfElement) -> None:
        for kid in element.unsettled:
            self._put_element(kid)
        element.unsettled.clear()
        parent = self._tree if element.parent is None else element.parent.number
        page = b"/Pg %s" % reference(element.page) if element.page else b""
        kids = b"/K[%s]" % element.kids.strip() if element.kids else b""
        self.file.write_object(
            element.number, b"<</S/%s/P %s%s%s%s>>" % (element.tag.encode("ascii"), reference(parent), page, element.attributes, kids)
        )

    def _put_tree(self) -> None:
        nums = b" ".join(b"%d %s" % (key, reference(number)) for key, number in enumerate(self._owners))
        parents = self.file.add(b"<</Nums[%s]>>" % nums)
        self.file.write_object(
            self._tree,
            b"<</Type/StructTreeRoot/K[%s]/ParentTree %s/ParentTreeNextKey %d>>"
            % (reference(self.document.number), reference(parents), len(self._owners)),
        )

    def _outline(self) -> bytes:
        if not self.bookmarks:
            return b""
        root = self.file.reserve()
        numbers = [self.file.reserve() for _bookmark in self.bookmarks]
        for index, (number, mark) in enumerate(zip(numbers, self.bookmarks, strict=True)):
            before = b"/Prev %s" % reference(numbers[index - 1]) if index else b""
            after = b"/Next %s" % reference(numbers[index + 1]) if index + 1 < len(numbers) else b""
            self.file.write_object(
                number,
                b"<</Title %s/Parent %s%s%s/Dest[%s/XYZ 0 %.2f null]>>"
                % (text_string(mark.title), reference(root), before, after, reference(mark.page), mark.y),
            )
        self.file.write_object(
            root, b"<</Type/Outlines/First %s/Last %s/Count %d>>" % (reference(numbers[0]), reference(numbers[-1]), len(numbers))
        )
        return b"/Outlines %s" % reference(root)


def _entry(name: str, text: str) -> bytes:
    return b"/%s %s" % (name.encode("ascii"), text_string(text))


def attributes(owner: str, entries: Mapping[str, bytes]) -> bytes:
    """The A entry of an element: ``owner`` is Table, List or Layout."""
    entries_text = b"".join(b"/%s %s" % (name.encode("ascii"), value) for name, value in entries.items())
    return b"/A<</O/%s%s>>" % (owner.encode("ascii"), entries_text)


def alternative(text: str) -> bytes:
    """The Alt entry of an element."""
    return b"/Alt %s" % text_string(text)


def language(code: str) -> bytes:
    """The Lang entry of an element that is in another language than its document."""
    return b"/Lang %s" % text_string(code)


def _xmp(title: str, subject: str, lang: str) -> bytes:
    """The XMP packet: title, language, and the claim to be PDF/UA-1 (ISO 14289-1, clause 5)."""
    description = _alternatives("dc:description", subject) if subject else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        f"<pdfuaid:part>1</pdfuaid:part>{_alternatives('dc:title', title)}{description}"
        f"<dc:language><rdf:Bag><rdf:li>{escape(lang)}</rdf:li></rdf:Bag></dc:language>"
        f"<pdf:Producer>{_PRODUCER}</pdf:Producer></rdf:Description>\n"
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _alternatives(name: str, text: str) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>'
