"""A file is judged by what it holds, whatever its name says; the hostile ones are refused in words."""

import io
import tracemalloc

import pytest
from PIL import ExifTags, Image

from pupil_desk.documents.reading import jpeg, png
from pupil_desk.documents.reading.not_kept import _REFUSALS, NotKept
from pupil_desk.documents.reading.paper_content import Media, content_of, text_of
from pupil_desk.domain.papers.attachment import MOST_BYTES, MOST_TEXT, size_words, title_from
from tests.made_papers import a_bomb_pdf, a_jpeg, a_pdf, a_png, a_png_of, a_zip, chunk, packed_zeros


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (a_pdf(), Media.PDF),
        (a_jpeg(), Media.JPEG),
        (a_png(), Media.PNG),
        ("Dear Ó’Brien,\n\nyours".encode(), Media.TEXT),
        ("Café".encode("cp1252"), Media.TEXT),
        ("Café".encode("utf-16"), Media.TEXT),
        (b"MZ is how a letter can begin, too", Media.TEXT),
    ],
)
def test_what_can_be_shown_is_kept(data: bytes, media: Media) -> None:
    assert content_of(data).media is media


HOSTILE = {
    "empty": (b"", "empty"),
    "a program under another name": (b"MZ\x90\0" + bytes(300), "program"),
    "a program for another system": (b"\x7fELF" + bytes(300), "program"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "program"),
    "a Word document": (a_zip("word/document.xml"), "office"),
    "an Excel sheet": (a_zip("xl/workbook.xml"), "office"),
    "an old Word document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "office"),
    "rich text": (b"{\\rtf1 words}", "office"),
    "an archive": (a_zip(), "archive"),
    "a packed file": (b"\x1f\x8b\x08" + bytes(60), "archive"),
    "a fax": (b"II*\0" + bytes(60), "picture"),
    "a telephone's picture": (b"\0\0\0\x18ftypheic" + bytes(60), "picture"),
    "a film": (b"\0\0\0\x18ftypisom" + bytes(60), "film"),
    "a web page": (b"<!DOCTYPE html><script>alert(1)</script>", "web_page"),
    "a drawing with a script": (b"<svg onload='alert(1)'/>", "web_page"),
    "rubbish": (bytes(range(256)) * 4, "unknown"),
    "blanks": (b" \n\n ", "unknown"),
    "a long text": (b"word " * (MOST_TEXT // 5 + 1), "text_too_long"),
    "a PDF behind something else": (b"junk\n" + a_pdf(), "not_at_start"),
    "a PDF that is cut short": (a_pdf()[:-200], "cut_short"),
    "a PDF that is an archive too": (a_pdf() + a_zip(), "two_kinds"),
    "a PDF with an archive before its end": (a_pdf().replace(b"%%EOF", a_zip() + b"\n%%EOF"), "two_kinds"),
    "a PDF with much behind its end": (a_pdf() + b"x" * 3000, "two_kinds"),
    "a PDF packed twice": (a_pdf().replace(b"%%EOF", b"<</Filter[/FlateDecode /FlateDecode]>>\n%%EOF"), "bomb"),
    "a PDF that unfolds": (a_bomb_pdf(300_000_000), "bomb"),
    "a JPEG that is cut short": (a_jpeg()[:-60], "cut_short"),
    "a JPEG without dots": (a_jpeg()[:20] + b"\xff\xd9", "bad_picture"),
    "a JPEG without tables": (a_jpeg()[: a_jpeg().index(b"\xff\xdb")] + a_jpeg()[a_jpeg().index(b"\xff\xc0") :], "bad_picture"),
    "a JPEG of 60 million dots": (
        a_jpeg().replace(b"\xff\xc0\x00\x11\x08\x00\x28\x00\x50", b"\xff\xc0\x00\x11\x08\x1d\x4c\x1f\x40"),
        "too_many_dots",
    ),
    "a PNG that is cut short": (a_png()[:-20], "cut_short"),
    "a PNG with a wrong sum": (a_png().replace(b"IDAT", b"IDAX"), "bad_picture"),
    "a PNG of 60 million dots": (a_png_of(8000, 7500, packed_zeros(1 << 20)), "too_many_dots"),
    "a PNG that unfolds": (a_png_of(100, 100, packed_zeros(300 << 20)), "bad_picture"),
    "a PNG with too few dots": (a_png_of(4000, 4000, packed_zeros(1 << 20)), "bad_picture"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_or_cannot_be_shown_is_refused(name: str) -> None:
    data, code = HOSTILE[name]
    tracemalloc.start()
    with pytest.raises(NotKept) as refused:
        content_of(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (refused.value.code, refused.value.message) == (code, _REFUSALS[code])
    assert peak < 40_000_000  # a bomb is stopped before it fills the memory


def test_more_than_the_most_is_refused() -> None:
    with pytest.raises(NotKept, match="larger than 10 MB"):
        content_of(b"%PDF-" + bytes(MOST_BYTES))


def test_where_and_with_what_a_photograph_was_taken_is_left_out() -> None:
    taken = a_jpeg(turn=6, taken_somewhere=True) + a_zip()
    assert Image.open(io.BytesIO(taken)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    kept = content_of(taken)
    assert kept.cleaned
    picture = Image.open(io.BytesIO(kept.data))
    assert dict(picture.getexif()) == {ExifTags.Base.Orientation: 6}
    assert picture.tobytes() == Image.open(io.BytesIO(taken)).tobytes()
    for hidden in (b"telephone", b"somebody", b"PK\x03\x04"):
        assert hidden in taken
        assert hidden not in kept.data
    assert content_of(kept.data).data == kept.data


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_of_each_kind_of_colour_says_its_shape(mode: str) -> None:
    shape = jpeg.shape_of(content_of(a_jpeg(mode=mode)).data)
    assert (shape.width, shape.height, shape.turn) == (80, 40, 1)
    assert shape.colours == {"RGB": 3, "L": 1, "CMYK": 4}[mode]


def test_texts_in_a_png_and_what_follows_its_end_are_left_out() -> None:
    whole = a_png()
    place = whole.index(b"IDAT") - 4
    told = whole[:place] + chunk(b"tEXt", b"Author\0somebody") + whole[place:] + b"MZ behind the end"
    kept = content_of(told)
    assert kept.cleaned
    assert b"somebody" not in kept.data
    assert kept.data.endswith(b"IEND\xaeB`\x82")
    assert png.shape_of(kept.data) == png.shape_of(whole)


def test_a_text_reads_as_it_was_written() -> None:
    assert text_of(b"A\r\nB\fC") == "A\nB\nC"
    assert text_of(b"\xef\xbb\xbfOne") == "One"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("ehcp_final_v2.pdf", "Ehcp final v2"),
        ("Letter of 3 May.tar.gz", "Letter of 3 May"),
        ("scan\x00_01.JPG", "Scan 01"),
        (".pdf", ""),
        ("x" * 300, "X" + "x" * 119),
    ],
)
def test_a_title_begins_from_the_name_of_the_file(name: str, title: str) -> None:
    assert title_from(name) == title


def test_sizes_are_said_as_people_count() -> None:
    assert [size_words(size) for size in (1, 240_400, 1_000_000, 10_000_000, 1_449_000)] == ["1 KB", "240 KB", "1 MB", "10 MB", "1.4 MB"]
