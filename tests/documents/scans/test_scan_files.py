"""What comes from a scanner is looked at before it is unpacked, and is read page by page."""

import io
import random
import struct

import pytest
from PIL import Image

from pupil_desk.documents.scans.scan_files import UnreadableScan, open_scan, pages_of
from tests import scans

GREY = Image.new("L", (400, 560), 200)


def shades(data: bytes) -> list[int | None]:
    return [None if page is None else page.getpixel((page.width // 2, page.height // 2)) for page in pages_of(open_scan(data))]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_one_page(kind: str) -> None:
    assert shades(scans.as_file(GREY, kind)) == [pytest.approx(200, abs=2)]


def test_a_tiff_and_a_pdf_have_their_pages_in_order() -> None:
    pages = [Image.new("L", (400, 560), shade) for shade in (10, 100, 250)]
    assert shades(scans.as_file(pages[0], "TIFF", save_all=True, append_images=pages[1:])) == [10, 100, 250]
    assert shades(scans.as_pdf(pages)) == [pytest.approx(shade, abs=3) for shade in (10, 100, 250)]


@pytest.mark.parametrize("kind", ["MPO", "PNG"])
def test_of_a_picture_that_moves_or_has_another_behind_it_the_first_is_the_page(kind: str) -> None:
    data = scans.as_file(GREY, kind, save_all=True, append_images=[Image.new("L", (400, 560), 90)])
    assert shades(data) == [pytest.approx(200, abs=2)]


def test_what_is_seen_through_is_white_and_colour_becomes_grey() -> None:
    clear = Image.new("RGBA", (400, 560), (0, 0, 0, 0))
    assert shades(scans.as_file(clear, "PNG")) == [255]
    assert shades(scans.as_file(Image.new("RGB", (400, 560), (255, 0, 0)), "PNG")) == [76]
    assert shades(scans.as_file(Image.new("1", (400, 560), 1), "TIFF")) == [255]


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    picture = Image.new("L", (400, 560), 255)
    picture.paste(0, (0, 0, 400, 100))
    exif = Image.Exif()
    exif[0x0112] = 3
    (page,) = pages_of(open_scan(scans.as_file(picture, "JPEG", exif=exif)))
    assert page is not None
    assert page.getpixel((200, 540)) < 10


def test_a_large_one_is_made_smaller_and_one_beyond_measure_is_not_unpacked() -> None:
    (page,) = pages_of(open_scan(scans.as_file(Image.new("L", (4960, 7016), 255), "TIFF")))
    assert page is not None
    assert max(page.size) == 2600
    huge = Image.new("1", (8_000, 8_000), 1)
    assert list(pages_of(open_scan(scans.as_file(huge, "TIFF", compression="group4")))) == [None]
    with pytest.raises(UnreadableScan):
        open_scan(_said_to_be_so_high(scans.as_file(Image.new("1", (30_000, 8), 1), "TIFF", compression="group4"), 30_000))


def _said_to_be_so_high(tiff: bytes, rows: int) -> bytes:
    """A TIFF whose head says another height (tag 257, 278 for those in its strip): a picture of 900 million dots that nobody had to hold."""
    with Image.open(io.BytesIO(tiff)) as read:
        head = read.tag_v2
        was = {tag: head[tag] for tag in (257, 278)}
    for tag, value in was.items():
        for kind, size in ((3, "<HHIHxx"), (4, "<HHII")):  # a short, or a long
            tiff = tiff.replace(struct.pack(size, tag, kind, 1, value), struct.pack("<HHII", tag, 4, 1, rows))
    with pytest.raises(Image.DecompressionBombError, match=str(30_000 * rows)):
        Image.open(io.BytesIO(tiff))
    return tiff


@pytest.mark.parametrize(
    "data", [b"", b"no scan", b"GIF89a" + b"\0" * 40, b"%PDF-1.7\nbroken", b"\x89PNG\r\n\x1a\n"], ids=["empty", "text", "gif", "pdf", "png"]
)
def test_what_is_no_scan_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableScan) as refused:
        open_scan(data)
    assert "Scan" in refused.value.message or "scan" in refused.value.message


def test_a_picture_cut_short_is_a_page_that_cannot_be_drawn() -> None:
    data = scans.as_file(Image.effect_noise((400, 560), 40), "JPEG")
    assert list(pages_of(open_scan(data[: len(data) // 2]))) == [None]


def test_one_page_is_held_at_a_time() -> None:
    made = pages_of(open_scan(scans.as_pdf([GREY] * 3)))
    assert next(made) is not None
    made.close()  # type: ignore[attr-defined]  # a generator
    assert io.BytesIO(b"").read() == b""


def _mangled(kind: str, chance: random.Random) -> bytes:
    """A picture file with some of its bytes changed, at its ends above all."""
    how = {"TIFF": {"compression": chance.choice(("raw", "tiff_lzw", "jpeg", "tiff_adobe_deflate"))}}.get(kind, {})
    data = bytearray(scans.as_file(Image.effect_noise((60, 80), 40), kind, **how))
    for _time in range(chance.randint(1, 6)):
        place = chance.choice((chance.randrange(len(data)), chance.randrange(40), len(data) - 1 - chance.randrange(200)))
        data[place] = chance.choice((0, 1, 127, 128, 255))
    return bytes(data)


def test_whatever_is_wrong_with_a_picture_is_said_or_its_page_left_empty_and_no_library_says_a_word(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A TIFF of Pillow's own tests, which it cannot count, gave a traceback's end."""
    chance, refused = random.Random(3), 0
    for number in range(300):
        try:
            list(pages_of(open_scan(_mangled(("TIFF", "TIFF", "PNG", "JPEG")[number % 4], chance))))
        except UnreadableScan:
            refused += 1
    assert 30 < refused < 270
    with pytest.raises(UnreadableScan):
        open_scan(b"II*\0\x08\0\0\0\x01\0\x03\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0\0")  # a TIFF without its measures
    assert capfd.readouterr().err == ""
