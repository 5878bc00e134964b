"""A paper made anew of pictures: black where a box is, in no other way the file that it was; and what would be left is found."""

import io
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pupil_desk.documents.reading.page_pictures import POINT, drawn, facts_of, opened
from pupil_desk.documents.redaction import pixels
from pupil_desk.documents.redaction.paper_anew import TITLE, PageAnew, PrintedBox, foot_words, paper_anew, words_on
from pupil_desk.documents.redaction.pixels import DOTS_PER_INCH, MOST_DOTS, blacked_out, is_of_one_colour
from pupil_desk.documents.redaction.placed_words import placed_words
from pupil_desk.documents.redaction.read_again import PageExpected, what_is_left
from pupil_desk.domain.requests.boxes import WHOLE, PageArea
from tests.documents.checking import assert_accessible
from tests.made_papers import a_jpeg, a_pdf

BOX = PrintedBox(PageArea(left=1003, top=1447, right=4771, bottom=1803), "[withheld: about someone else]", "[withheld]")


def anew(data: bytes, *boxes: PrintedBox) -> bytes:
    """The paper with these boxes on its first page."""
    pdf = opened(data)
    pages = []
    for number in range(len(pdf)):
        on_page = boxes if number == 0 else ()
        image = blacked_out(drawn(pdf, number, DOTS_PER_INCH, MOST_DOTS), [box.area for box in on_page])
        facts = facts_of(pdf, number)
        pages.append(PageAnew(image, facts.width, facts.height, on_page))
    pdf.close()
    return paper_anew(pages, len(pages))


def expected(*boxes: PrintedBox, pages: int = 1) -> list[PageExpected]:
    return [PageExpected(words_on(boxes), tuple(box.area for box in boxes)), *([PageExpected("", ())] * (pages - 1))]


def test_pages_keep_their_size_and_a_page_with_a_box_says_so_beneath() -> None:
    data = anew(a_pdf(2, "Tyrone Penn"), BOX)
    pdf = pypdfium2.PdfDocument(data)
    assert [tuple(round(side) for side in pdf.get_page_size(number)) for number in (0, 1)] == [(595, 864), (595, 842)]
    text = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert text == "[withheld: about someone else] On this page boxes cover 1 place [withheld: about someone else]."
    assert pdf[1].get_textpage().get_text_range() == ""
    pdf.close()
    assert what_is_left(data, expected(BOX, pages=2), TITLE, ["tyrone", "penn"]) == []


def test_a_paper_made_anew_can_be_read_aloud_as_far_as_it_has_words() -> None:
    assert_accessible(anew(a_pdf(1, "Tyrone Penn"), BOX))


def test_several_boxes_are_counted_by_what_they_say() -> None:
    other = PrintedBox(BOX.area.shifted(0, 2000), "[withheld]", "[withheld]")
    assert foot_words([BOX, other, BOX]) == "On this page boxes cover 2 places [withheld: about someone else] and 1 place [withheld]."
    assert foot_words([]) == ""


@pytest.mark.parametrize("edge", [0, 1, 3, 7])
@pytest.mark.parametrize("colour", ["white", "red"])
def test_all_dots_beneath_a_box_are_one_colour_wherever_its_edges_are(edge: int, colour: str) -> None:
    """Beside the box stands what stains most in a JPEG: stripes of one dot."""
    picture = Image.new("RGB", (203, 301), colour)
    for column in range(0, 203, 2):
        picture.paste("black", (column, 0, column + 1, 301))
    rows = picture.convert("RGBX").tobytes()
    area = PageArea(left=1000 + edge * 49, top=2000 + edge * 33, right=WHOLE if edge == 7 else 6000 + edge * 49, bottom=7000 + edge * 33)
    image = blacked_out(pixels.PagePicture(203, 301, 203 * 4, rows), [area])
    read = Image.open(io.BytesIO(image.data))
    assert is_of_one_colour(read, area)
    assert image.is_grey is (colour == "white")
    assert not is_of_one_colour(read, area.grown(900))
    assert not is_of_one_colour(Image.new("L", (203, 301), 255), area), "white is no box"


def spoiled_by(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(anew(a_pdf(1, "Tyrone Penn"), BOX))) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def _picture(pdf: pikepdf.Pdf, packed: bytes) -> None:
    image = next(iter(pdf.pages[0].resources.XObject.values()))
    image.write(packed, filter=pikepdf.Name.DCTDecode)


def _lighter(pdf: pikepdf.Pdf) -> None:
    """One dot beneath the box is a shade lighter."""
    image = next(iter(pdf.pages[0].resources.XObject.values()))
    picture = Image.open(io.BytesIO(bytes(image.read_raw_bytes()))).convert("L")
    picture.putpixel((BOX.area.left * picture.width // WHOLE + 20, BOX.area.top * picture.height // WHOLE + 20), 90)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    _picture(pdf, out.getvalue())


SPOILED: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "a note": (lambda pdf: setattr(pdf.pages[0].obj, "Annots", pikepdf.Array([pikepdf.Dictionary(Contents="x")])), "structure"),
    "a thumbnail": (lambda pdf: setattr(pdf.pages[0].obj, "Thumb", pdf.make_stream(b"x")), "structure"),
    "a form": (lambda pdf: setattr(pdf.Root, "AcroForm", pikepdf.Dictionary(Fields=[])), "structure"),
    "a layer": (lambda pdf: setattr(pdf.Root, "OCProperties", pikepdf.Dictionary()), "structure"),
    "a file inside": (lambda pdf: setattr(pdf.Root, "Names", pikepdf.Dictionary()), "structure"),
    "a stream": (lambda pdf: setattr(pdf.pages[0].resources, "Font", pdf.make_stream(b"hidden")), "structure"),
    "a description": (lambda pdf: setattr(pdf.trailer.Info, "Title", "Tyrone Penn"), "structure"),
    "an author": (lambda pdf: setattr(pdf.trailer.Info, "Author", "x"), "structure"),
    "a title in XMP": (
        lambda pdf: pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"A paper kept", b"Tyrone Penn")),
        "structure",
    ),
    "a string": (lambda pdf: setattr(pdf.Root.StructTreeRoot, "Alt", pikepdf.String("by Tyrone")), "words"),
    "letters": (lambda pdf: pdf.pages[0].contents_add(b"BT /F1 9 Tf 30 30 Td (Z) Tj ET"), "text"),
    "a shade": (_lighter, "picture"),
    "a remark in the picture": (lambda pdf: _picture(pdf, a_jpeg(taken_somewhere=True)), "structure"),
    "a page more": (lambda pdf: pdf.add_blank_page(), "structure"),
}


@pytest.mark.parametrize("way", SPOILED)
def test_whatever_else_the_file_holds_is_found(way: str) -> None:
    change, kind = SPOILED[way]
    assert kind in what_is_left(spoiled_by(change), expected(BOX), TITLE, ["tyrone", "penn"])


def test_a_file_that_was_only_saved_again_is_as_it_should_be() -> None:
    assert what_is_left(spoiled_by(lambda pdf: None), expected(BOX), TITLE, ["tyrone", "penn"]) == []


def test_a_revision_is_found() -> None:
    data = anew(a_pdf(1, "Tyrone Penn"), BOX)
    assert what_is_left(data + b"\nstartxref\n0\n%%EOF\n", expected(BOX), TITLE, []) == ["revision"]
    assert what_is_left(data + b"Tyrone", expected(BOX), TITLE, []) == ["revision"]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_words_are_found_where_they_are_seen_however_the_page_is_turned_and_cut(turned: int) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf(1, "Tyrone Penn"))) as pdf:
        pdf.pages[0].obj.Rotate = turned
        pdf.pages[0].obj.CropBox = pikepdf.Array([30, 500, 400, 800])
        pdf.save(out)
    page = placed_words(out.getvalue(), 0)
    assert page.text == "Tyrone Penn, page 1"
    assert [page.text[word.start : word.stop] for word in page.words] == ["Tyrone", "Penn,", "page", "1"]
    pdf = opened(out.getvalue())
    seen = Image.open(io.BytesIO(blacked_out(drawn(pdf, 0, 2 * POINT), []).data)).convert("L")
    pdf.close()
    assert seen.getextrema()[0] < 90, "there are letters"
    for word in page.words:
        seen.paste(255, pixels.dots_of(word.area.grown(30), seen.size))
    assert seen.getextrema()[0] > 200, "no letter stands outside the place of its word"
