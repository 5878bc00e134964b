"""Stories on paper: one tagged PDF of one document, or one print file of many."""

from collections.abc import Iterable
from dataclasses import dataclass

from pupil_desk.documents.blocks import AddressBlock, FactList, Keep, Run, Story, Table, texts_of
from pupil_desk.documents.pdf.coded_pages import draw_mark, set_story
from pupil_desk.documents.pdf.flow import Flow, PdfPlace
from pupil_desk.documents.pdf.style import A4, INK, MM, RULE, PrintLook, Style, style_of
from pupil_desk.documents.pdf.tagged import PdfElement, PdfPage, TaggedPdf, language
from pupil_desk.documents.pdf.write import Writer, baseline, show_span
from pupil_desk.documents.typography.fonts import CannotPrint, boxed, missing_characters, with_boxes
from pupil_desk.documents.typography.languages import is_rtl, words_in
from pupil_desk.documents.typography.lines import TextLine, TextManner, break_lines, text_width

__all__ = ["A4", "Document", "PrintLook", "build_pdf", "build_print_file", "pages_needed"]


_MANY_LINES = 100
"""Facts in lists, and rows of tables: fewer do not fill the pages on which a line must come again to be taken for one that runs along."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a print file. Its pages are counted by themselves.

    ``footer`` stands at the foot of every page beside the page's number; ``first_page_footer``, if given,
    takes its place on the first. ``lang`` is the language it is written in, if that is not the print file's: a code of BCP 47,
    which also says from which side the paper is laid out. ``look`` is how it is set. ``stamp`` is a line at the head of every page,
    in the words of the office whatever the paper's language, read out once. ``base_size`` is the size of its body text, if that is not the file's.
    ``is_marked``: each page bears the mark by which a scan of it is known to hold nothing to read.
    """

    story: Story
    title: str
    footer: str = ""
    first_page_footer: str | None = None
    lang: str = ""
    look: PrintLook = PrintLook.STANDARD
    stamp: str = ""
    base_size: float = 0
    is_marked: bool = False


def build_pdf(
    story: Story,
    *,
    title: str,
    subject: str = "",
    lang: str = "en-GB",
    footer: str = "",
    first_page_footer: str | None = None,
    page_size: tuple[float, float] = A4,
    base_size: float = 12,
    look: PrintLook = PrintLook.STANDARD,
    stamp: str = "",
    box_unprintable: bool = False,
) -> bytes:
    """One document as a PDF/UA-1 file. The same input makes the same bytes on one machine (see ``pdf_file``).

    ``base_size`` is the size of body text in points; a look that stands for larger print has its own way. Raises CannotPrint, naming the characters, if no font of ours has some of them;
    with ``box_unprintable`` a box stands for each: for a list of staff's, from which nobody may vanish, and which waits for no spelling.
    """
    if box_unprintable:
        story, footer, first_page_footer = boxed(story), with_boxes(footer), first_page_footer and with_boxes(first_page_footer)
    document = Document(story, title, footer, first_page_footer, lang=lang, look=look, stamp=stamp)
    style = style_of(look, base_size, page_size, rtl=is_rtl(lang), clear_edges=_is_long_record(story))
    pdf = _begin(document, page_size)
    pdf.words = words_in(lang)
    pdf.marked_levels = (1, 2)
    _lay(pdf, style, document, pdf.document)
    return pdf.finish(title=title, subject=subject, lang=lang)


def build_print_file(
    documents: Iterable[Document],
    *,
    title: str,
    subject: str = "",
    lang: str = "en-GB",
    page_size: tuple[float, float] = A4,
    base_size: float = 12,
    two_sided: bool = True,
) -> bytes:
    """Many documents in one file to print, each with page numbers of its own and a bookmark with its title.

    They are taken one by one, and none is held once it is laid: thousands can be made as they are asked for. ``two_sided`` adds an
    empty page after an odd number of pages, so that no family's letter begins on the back of another's. Raises CannotPrint.
    """
    pdf = TaggedPdf(width=page_size[0], height=page_size[1])
    coming, odd = iter(documents), False
    for document in coming:
        if missing_characters(_printed_texts(document)):
            raise CannotPrint(missing_characters(text for unprinted in (document, *coming) for text in _printed_texts(unprinted)))
        if two_sided and odd:
            pdf.new_page()
        style = style_of(
            document.look,
            document.base_size or base_size,
            page_size,
            rtl=is_rtl(document.lang or lang),
            clear_edges=_is_long_record(document.story),
        )
        pdf.words = words_in(document.lang or lang)
        lang_attribute = language(document.lang) if document.lang not in ("", lang) else b""
        part = pdf.element(pdf.document, "Part", lang_attribute)
        pages = _lay(pdf, style, document, part)
        pdf.bookmark(document.title, pages[0], style.top)
        odd = len(pages) % 2 == 1
        pdf.settle(part)
        pdf.settle_pages()
    return pdf.finish(title=title, subject=subject, lang=lang)


def pages_needed(story: Story, *, base_size: float = 12, look: PrintLook = PrintLook.STANDARD, lang: str = "en-GB", stamp: str = "") -> int:
    """How many A4 pages the story takes with body text of this size, in points. Raises CannotPrint."""
    document, style = Document(story, "", stamp=stamp), style_of(look, base_size, A4, rtl=is_rtl(lang), clear_edges=_is_long_record(story))
    pdf = _begin(document, A4)
    pdf.words = words_in(lang)
    return len(_lay(pdf, style, document, pdf.document))


def _is_long_record(story: Story) -> bool:
    """Whether it is pages and pages of records, of which many say the same in part.

    Lines that come again at the edges of several pages are taken for running heads, by readers that guess and by checkers, and may be left
    out when it is read aloud. Such a paper keeps its records clear of where those are looked for.
    """
    blocks = [inner for block in story for inner in (block.blocks if isinstance(block, Keep) else (block,))]
    fact_count = sum(len(block.facts) for block in blocks if isinstance(block, FactList))
    return fact_count + sum(len(block.rows) for block in blocks if isinstance(block, Table)) >= _MANY_LINES


def _begin(document: Document, page_size: tuple[float, float]) -> TaggedPdf:
    missing = missing_characters(_printed_texts(document))
    if missing:
        raise CannotPrint(missing)
    return TaggedPdf(width=page_size[0], height=page_size[1])


def _printed_texts(document: Document) -> list[str]:
    return [*texts_of(document.story), document.footer, document.first_page_footer or "", document.stamp]


def _lay(pdf: TaggedPdf, style: Style, document: Document, parent: PdfElement) -> list[PdfPage]:
    if any(isinstance(block, AddressBlock) for block in document.story[1:]):
        raise ValueError("an address block must be the first block of its document")
    stamp_element = pdf.element(parent, "P", language(_STAMP_LANGUAGE) if document.lang else b"") if document.stamp else None
    flow = Flow(pdf, top=style.top, bottom=style.bottom)
    flow.place(set_story(pdf, style, document.story, PdfPlace(parent, style.left, style.width)))
    footers = [document.footer] * len(flow.pages)
    if document.first_page_footer is not None:
        footers[0] = document.first_page_footer
    for index, (page, text) in enumerate(zip(flow.pages, footers, strict=True)):
        # What is repeated on each page is furniture. What stands on one page alone is read out, after all else.
        content = pdf.element(parent, "P") if text and footers.count(text) == 1 else None
        _draw_footer(pdf, style, page, text, (index + 1, len(flow.pages)), content=content)
        if stamp_element is not None:
            draw_stamp(pdf, page, document.stamp, style.left, style.page[1] - STAMP_TOP, element=stamp_element if index == 0 else None)
        if document.is_marked:
            draw_mark(page)
    return flow.pages


STAMP_TOP = 7 * MM
"""How far beneath the upper edge of the page a stamp begins: above what is printed, and where every printer can print."""
_STAMP_LANGUAGE = "en-GB"  # it is for the office, whatever the family reads
_STAMP = TextManner(9, 12, bold=True, ink=INK)


def draw_stamp(pdf: TaggedPdf, page: PdfPage, words: str, x: float, y: float, *, element: PdfElement | None) -> None:
    """A framed line with its upper edge at ``y``; it is content of ``element`` where one is given, else it repeats what was said."""
    (line,) = break_lines((Run(words),), _STAMP, text_width((Run(words),), _STAMP) + 1)
    frame = b"q 0.8 w %.2f %.2f %.2f %.2f re S Q" % (x, y - _STAMP.leading - 2, line.width + 8, _STAMP.leading + 4)
    x += 4
    if element is None:
        pdf.use(line.characters_by_font)
        spans = [show_span(span, _STAMP.ink, x, baseline(_STAMP, y)) for span in line.spans]
        page.artefact(b" ".join([frame, *spans]), b"Pagination/Subtype/Header")
    else:
        page.artefact(frame)
        Writer(pdf, element, _STAMP).line(page, line, x, y)


def _draw_footer(pdf: TaggedPdf, style: Style, page: PdfPage, text: str, number: tuple[int, int], *, content: PdfElement | None) -> None:
    manner = style.footer()
    page_count = (Run(pdf.words.page.format(number=number[0], count=number[1])),)
    wide = text_width(page_count, manner)
    (count,) = break_lines(page_count, manner, wide + 0.1)
    lines = break_lines((Run(text),), manner, style.width - wide - 24) if text else ()
    of_count, of_text = style.left + style.width - wide, style.left
    if style.rtl:
        of_count, of_text = style.left, style.left + wide + 24
    top = style.foot - 14
    out = [b"q %s %.2f %.2f m %.2f %.2f l S Q" % (RULE, style.left, top, style.left + style.width, top)]
    placed: list[tuple[TextLine, float, float]] = [(count, of_count, top - 4)]
    of_footer = [(line, of_text, top - 4 - line_number * manner.leading) for line_number, line in enumerate(lines)]
    if content is None:
        placed += of_footer
    else:
        writer = Writer(pdf, content, manner)
        for line, x, y in of_footer:
            writer.line(page, line, x, y)
    for line, x, y in placed:
        pdf.use(line.characters_by_font)
        out += [show_span(span, manner.ink, x, baseline(manner, y)) for span in line.spans]
    page.artefact(b" ".join(out), b"Pagination/Subtype/Footer")
