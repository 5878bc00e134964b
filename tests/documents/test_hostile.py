"""Files that ask for hours or for all memory end within seconds, in little room, with a sentence that says what to do."""

import io
import itertools
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pupil_desk.documents.reading import jpeg
from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.documents.reading.pdf_limits import PdfTooLarge, refuse_over_limits
from tests.hostile import KEEP, SCAN, TRANSFER, forms_within_forms, page, png, read_in_a_child, stream, transfer_file

NOT_A_PAPER = "The PDF would take too long to draw, as no paper does. It is not kept. Print or scan the paper, and add that."
NOT_A_SCAN = "This PDF holds far more than a scan does, and would take too long to draw. It is not read. Scan the papers again."


@pytest.mark.parametrize(("reads", "words"), [(KEEP, NOT_A_PAPER), (SCAN, NOT_A_SCAN)])
def test_forms_within_forms_are_not_drawn(reads: str, words: str, tmp_path: Path) -> None:
    data = forms_within_forms(12, 12)
    assert len(data) < 4_000
    assert read_in_a_child(data, reads, tmp_path) == words


@pytest.mark.parametrize("reads", [KEEP, SCAN])
def test_a_picture_that_can_be_seen_through_is_laid_on_white_in_seconds(reads: str, tmp_path: Path) -> None:
    """As large as is kept, of colours and cover; on the disk it is a few hundred kilobytes."""
    data = png(6_000, 6_400, 6)
    assert len(data) < 1_000_000
    assert read_in_a_child(data, reads, tmp_path) == "read"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: transfer_file(195_000, before="<!-- -->"), "damaged or cut short"),
        (lambda: transfer_file(195_000), "does not begin as XML does"),
        (lambda: transfer_file(195_000, before="<?xml version='1.0'?>"), "read"),
        (lambda: transfer_file(9_000_000, declared=False, before="<!-- -->"), "read"),
        (lambda: b"<?xml " + b"x" * 15_000_000, "damaged or cut short"),
        (lambda: b"<CTfile a='" + b"x" * 15_000_000 + b"'/>", "damaged or cut short"),
        (lambda: b"<CTfile>" + b"<?x y?>" * 700_000 + b"</CTfile>", "far more than a Common Transfer File does"),
        (lambda: b"<CTfile>" + b"<!--" + b"-" * 15_000_000 + b"--></CTfile>", "damaged or cut short"),
    ],
    ids=["comment", "blanks", "twice", "none", "unended", "attribute", "instructions", "comment-long"],
)
def test_a_transfer_file_is_read_or_refused_at_once(make: Callable[[], bytes], words: str, tmp_path: Path) -> None:
    assert words in read_in_a_child(make(), TRANSFER, tmp_path)


@pytest.mark.acceptance(53)
@pytest.mark.parametrize(
    "make",
    [
        lambda: _declared("".join(f'<!ENTITY {letter} "{f"&{before};" * 10}">' for before, letter in itertools.pairwise("abcdefghij"))),
        lambda: _declared(f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 100_000),
        lambda: b"<CTfile>" + b"<a>" * 100_000,
        lambda: b"<?xml version='1.0'?><CTfile>" + b"<a/>" * 1_500_000,
    ],
    ids=["a billion laughs", "quadratic", "100,000 deep", "millions of tags"],
)
def test_what_would_unfold_is_refused_within_2_seconds_and_200_megabytes(make: Callable[[], bytes], tmp_path: Path) -> None:
    assert read_in_a_child(make(), TRANSFER, tmp_path, seconds=2, megabytes=200).endswith(".")


def _declared(entities: str, used: str = "&j;") -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE CTfile [<!ENTITY a "ha">{entities}]><CTfile>{used}</CTfile>'.encode()


def _unfolding(times: int) -> bytes:
    packer, some = zlib.compressobj(1), b"0" * 1_000_000
    packed = b"".join([*(packer.compress(some) for _some in range(200)), packer.flush()])
    return packed if times == 1 else zlib.compress(packed, 9)


def _looks_on_a_note() -> bytes:
    data = forms_within_forms(12, 12)
    return data.replace(b"/Contents 4 0 R", b"/Annots[<</AP<</N 5 0 R>>>>]").replace(b"/XObject<</F 5 0 R>>>>/A", b"/Q 0>>/A", 1)


HEAVY = {
    "patterns": lambda: forms_within_forms(12, 12, call=b"/Pattern cs /F scn 0 0 9 9 re f ", kind=b"/Pattern"),
    "hidden names": lambda: forms_within_forms(12, 12, call=b"/#46 Do "),
    "comments": lambda: forms_within_forms(12, 12, call=b"/F%x\nDo "),
    "deep": lambda: forms_within_forms(60, 1),
    "a fine pattern": lambda: page(
        b"/Pattern<</F 5 0 R>>",
        b"/Pattern cs /F scn 0 0 200 200 re f",
        stream(b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .0001/YStep .0001", b""),
    ),
    "a picture of too many dots": lambda: page(
        b"/XObject<</F 5 0 R>>", b"/F Do", stream(b"/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray", b"")
    ),
    "a picture too often": lambda: page(
        b"/XObject<</F 5 0 R>>",
        b"/F Do " * 999,
        stream(b"/Subtype/Image/Width 6000/Height 6000/BitsPerComponent 1/ColorSpace/DeviceGray", b""),
    ),
    "a part that unfolds": lambda: page(b"", b"", *[stream(b"/Filter/FlateDecode", _unfolding(1))] * 3),
    "a part that unfolds twice": lambda: page(b"", b"", *[stream(b"/Filter[/FlateDecode/FlateDecode]", _unfolding(2))] * 3),
    "slow packing": lambda: page(b"", b"").replace(
        b"<</Length 0>>stream", b"<</Filter/LZWDecode/Length 900000>>stream\n" + b"\x80\x0b" * 450_000
    ),
    "not as it should be": lambda: forms_within_forms(12, 12, call=b"/F Do (\\( <4 ) BI >> "),
    "a note": _looks_on_a_note,
    "a picture within the drawing": lambda: page(b"", b"q BI /W 60000 /H 60000 /BPC 1 /CS /G ID \x00\x00 EI Q"),
    "a picture refined a thousand times": lambda: page(
        b"/XObject<</F 5 0 R>>", b"/F Do", stream(b"/Subtype/Image/Filter/DCTDecode/Width 9/Height 9", b"\xff\xda" * 1_000)
    ),
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_pdf_is_weighed_before_it_is_drawn(name: str) -> None:
    with pytest.raises(PdfTooLarge):
        refuse_over_limits(HEAVY[name]())


@pytest.mark.parametrize(
    "data",
    [
        forms_within_forms(3, 10),
        page(
            b"/XObject<</F 5 0 R>>",
            b"/F Do ",
            stream(b"/Subtype/Image/Width 4960/Height 7016/BitsPerComponent 1/ColorSpace/DeviceGray", b""),
        ),
        page(
            b"/XObject<</F 5 0 R>>",
            b"/F Do " * 3,
            stream(b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>", b"0 0 1 1 re f"),
        ),
        page(b"", b"0 0 1 1 re f " * 100_000),
        page(
            b"/XObject<</F 5 0 R>>",
            b"BT (Do gs Do) Tj ET " * 900 + b"/F Do",
            stream(b"/Subtype/Image/Width 4960/Height 7016/BitsPerComponent 1/ColorSpace/DeviceGray", b""),
        ),
        page(b"", b"q BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI Q"),
        b"%PDF-1.7 and no more",
    ],
    ids=["forms", "scan", "its own", "long", "words", "small within", "broken"],
)
def test_what_papers_have_is_not_too_heavy(data: bytes) -> None:
    refuse_over_limits(data)


def test_a_jpeg_refined_a_thousand_times_is_not_kept() -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (64, 64), 99).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    jpeg.shape_of(data)
    last = data.rindex(b"\xff\xda")
    with pytest.raises(NotKept, match="far more"):
        jpeg.shape_of(data[:last] + data[last:-2] * 1_000 + data[-2:])


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_colours_over_white_are_as_they_were_seen(mode: str) -> None:
    """Half of a cover lets half of the white through; none lets all of it."""
    import pypdfium2
    from PIL import Image

    from pupil_desk.documents.pdf.picture_page import png_page

    picture = Image.new(mode, (3, 300))
    for place, cover in enumerate((0, 128, 255)):
        picture.paste((0, 0, 0, cover) if mode == "RGBA" else (0, cover), (place, 0, place + 1, 300))
    out = io.BytesIO()
    picture.save(out, "PNG")
    drawn = pypdfium2.PdfDocument(png_page(out.getvalue()))[0]
    (image,) = drawn.get_objects()
    seen = image.get_bitmap().to_pil().convert("L")
    assert [seen.getpixel((place, 280)) for place in range(3)] == [255, 127, 0]
