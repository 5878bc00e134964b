"""Papers from outside are proved to open before they are kept, and turned into pages that look as they did."""

import io
import zlib
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from pupil_desk.documents.pdf.attachment_pages import pages_of, prove
from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.documents.reading.paper_content import Media, content_of
from pupil_desk.domain.papers.attachment import MOST_PAGES
from tests.made_papers import a_jpeg, a_pdf, a_png, an_interlaced_png, chunk


def changed(change: Callable[[pikepdf.Pdf], object], **saving: object) -> bytes:
    """A PDF changed by another library."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as pdf:
        change(pdf)
        pdf.save(made, **saving)  # type: ignore[arg-type]  # handed on as they are
    return made.getvalue()


def drawn(pdf: bytes) -> Image.Image:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return opened[0].render(scale=1).to_pil().convert("RGB")
    finally:
        opened.close()


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["letter.docx"] = pikepdf.AttachedFileSpec(pdf, b"words", filename="letter.docx")


def run_something(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def of_adobe(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>')
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=form)
    pdf.Root.NeedsRendering = True


LOCKED = pikepdf.Encryption(owner="owner", user="user")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (changed(lambda pdf: None, encryption=LOCKED), "password"),
        (b"%PDF-1.7\nrubbish\n%%EOF", "bad_pdf"),
        (changed(attach), "files_inside"),
        (changed(of_adobe), "adobe_form"),
        (a_pdf(MOST_PAGES + 1), "too_many_pages"),
    ],
    ids=["locked", "damaged", "files inside", "Adobe's own form", "too many pages"],
)
def test_a_pdf_that_cannot_be_shown_whole_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(NotKept) as refused:
        prove(Media.PDF, data)
    assert refused.value.code == code


def test_a_pdf_that_its_owner_keeps_from_being_changed_is_kept() -> None:
    assert prove(Media.PDF, changed(lambda pdf: None, encryption=pikepdf.Encryption(owner="owner", user=""))) == 1


def test_what_a_pdf_would_run_is_kept_and_never_run() -> None:
    assert prove(Media.PDF, changed(run_something)) == 1
    assert drawn(changed(run_something)).tobytes() == drawn(a_pdf()).tobytes()


def test_a_pdf_is_shown_as_it_is() -> None:
    assert prove(Media.PDF, a_pdf(3)) == 3
    assert pages_of(Media.PDF, a_pdf()) == a_pdf()


def corners(page: Image.Image) -> list[str]:
    """What is in the four corners of the picture on a page: r, b or w."""
    box = Image.eval(page.convert("L"), lambda dot: 255 - dot).getbbox()
    assert box is not None
    left, top, right, bottom = box
    found = []
    for place in ((left + 3, top + 3), (right - 4, top + 3), (left + 3, bottom - 4), (right - 4, bottom - 4)):
        red, _green, blue = page.getpixel(place)  # type: ignore[misc]  # three colours
        found.append("w" if min(red, blue) > 128 else "r" if red > 128 else "b")
    return found


@pytest.mark.parametrize(
    ("turn", "seen"), [(1, "rwwb"), (2, "wrbw"), (3, "bwwr"), (4, "wbrw"), (5, "rwwb"), (6, "wrbw"), (7, "bwwr"), (8, "wbrw")]
)
def test_a_photograph_stands_the_right_side_up(turn: int, seen: str) -> None:
    data = content_of(a_jpeg(turn=turn)).data
    assert prove(Media.JPEG, data) == 1
    page = drawn(pages_of(Media.JPEG, data))
    assert "".join(corners(page)) == seen
    assert (page.width > page.height) == (turn < 5)


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1", "RGBA", "LA"])
def test_a_picture_lies_on_white(mode: str) -> None:
    data = content_of(a_png(mode)).data
    assert prove(Media.PNG, data) == 1
    page = drawn(pages_of(Media.PNG, data))
    assert page.getpixel((5, 5)) == (255, 255, 255)
    red, green, _blue = page.getpixel((page.width // 2 - 28, page.height // 2 - 12))  # type: ignore[misc]  # three colours
    assert green < 100, mode
    assert page.getpixel((page.width // 2, page.height // 2)) == (255, 255, 255)
    assert (red > 200) == (mode not in ("L", "1", "LA"))


def test_a_picture_that_cannot_be_unpacked_is_refused() -> None:
    whole = bytearray(a_jpeg())
    tables = whole.index(b"\xff\xc4")
    whole[tables + 5 : tables + 21] = b"\xff" * 16  # tables that cannot be
    broken = bytes(whole)
    with pytest.raises(NotKept) as refused:
        prove(Media.JPEG, broken)
    assert refused.value.code == "bad_picture"


def test_a_text_is_set_on_pages() -> None:
    pages = prove(Media.TEXT, ("A line of the note.\n" * 300).encode())
    assert pages > 3
    pdf = pypdfium2.PdfDocument(pages_of(Media.TEXT, b"First.\n\nSecond <b>line</b>."))
    try:
        assert "Second <b>line</b>." in pdf[0].get_textpage().get_text_bounded()
    finally:
        pdf.close()


@pytest.mark.parametrize("mode", ["grey", "grey of 16 bits", "colours", "colours and cover", "one bit"])
def test_a_picture_whose_dots_stand_in_passes_is_one_like_others(mode: str) -> None:
    data = content_of(an_interlaced_png(mode)).data
    assert prove(Media.PNG, data) == 1
    page = drawn(pages_of(Media.PNG, data)).convert("L")
    across, down = page.width // 2, page.height // 2
    assert page.getpixel((across - 2, down)) < 60
    assert page.getpixel((across + 3, down)) > 190


def test_a_picture_in_passes_that_has_too_few_dots_is_refused() -> None:
    whole = an_interlaced_png("grey")
    place = whole.index(b"IDAT")
    rows = zlib.decompress(whole[place + 4 : whole.index(b"IEND") - 8])
    short = whole[: place - 4] + chunk(b"IDAT", zlib.compress(rows[:-1])) + chunk(b"IEND", b"")
    with pytest.raises(NotKept) as refused:
        content_of(short)
    assert refused.value.code == "bad_picture"
