"""Papers, scans and calendar files that ask for hours of work, or for all memory, or that are not what they say: each is made when it is needed."""

import struct
import zlib
from collections.abc import Mapping

from tests.hostile import forms_within_forms, page, pdf, png, stream
from tests.hostile_lists import Makers

_M = 1_000_000


def _image(entries: bytes, body: bytes = b"") -> bytes:
    return page(b"/XObject<</F 5 0 R>>", b"/F Do", stream(b"/Type/XObject/Subtype/Image" + entries, body))


def _packed(data: bytes, times: int = 1) -> bytes:
    for _time in range(times):
        data = zlib.compress(data, 9)
    return data


def _zeros(size: int) -> bytes:
    packer, some = zlib.compressobj(1), bytes(_M)
    return b"".join([*(packer.compress(some) for _some in range(size // _M)), packer.flush()])


def _tree(kids: bytes, *more: bytes) -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count 9>>" % kids, *more)


PAPERS: Makers = {
    "forms within forms": lambda: forms_within_forms(12, 12),
    "forms within forms, deep": lambda: forms_within_forms(2_000, 1),
    "patterns within patterns": lambda: forms_within_forms(12, 12, call=b"/Pattern cs /F scn 0 0 9 9 re f ", kind=b"/Pattern"),
    "a fine pattern": lambda: page(
        b"/Pattern<</F 5 0 R>>",
        b"/Pattern cs /F scn 0 0 200 200 re f",
        stream(b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001", b"0 0 1 1 re f"),
    ),
    "a pattern that is turned": lambda: page(
        b"/Pattern<</F 5 0 R>>",
        b"/Pattern cs /F scn 0 0 200 200 re f",
        stream(b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Matrix[.001 .001 -.001 .001 0 0]", b"0 0 1 1 re f"),
    ),
    "a filter by reference": lambda: page(
        b"/XObject<</F 5 0 R>>",
        b"/F Do",
        stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter 6 0 R", _zeros(900 * _M)),
        b"[/FlateDecode]",
    ),
    "a filter of filters": lambda: page(b"", b"", stream(b"/Filter[%s]" % (b"/FlateDecode" * 900), _packed(bytes(_M), 9))),
    "a content that unfolds": lambda: page(b"", b"").replace(
        b"<</Length 0>>stream\n", b"<</Filter/FlateDecode/Length %d>>stream\n" % len(_zeros(900 * _M)) + _zeros(900 * _M)
    ),
    "a content by 85": lambda: page(b"", b"").replace(
        b"<</Length 0>>stream\n", b"<</Filter[/ASCII85Decode/RunLengthDecode]/Length 4000004>>stream\n" + b"zzzz" * _M + b"~>  "
    ),
    "drawing without end": lambda: page(b"", b"q " * 4 * _M),
    "lines without end": lambda: page(b"", b"0 0 m " + b"9 9 l 1 1 200 200 99 9 c " * 380_000 + b"S"),
    "dashes": lambda: page(b"", b"[.00001] 0 d 0 0 m 200 200 l S " * 3_000),
    "a picture of too many dots": lambda: _image(b"/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray"),
    "a picture whose size is text": lambda: _image(b"/Width(x)/Height[1]/BitsPerComponent 1/ColorSpace/DeviceGray"),
    "a picture that unfolds": lambda: _image(
        b"/Width 6000/Height 7000/BitsPerComponent 16/ColorSpace/DeviceRGB/Filter/FlateDecode", _zeros(252 * _M)
    ),
    "a picture too often": lambda: page(
        b"/XObject<</F 5 0 R>>",
        b"/F Do " * 900,
        stream(b"/Subtype/Image/Width 6000/Height 6000/BitsPerComponent 1/ColorSpace/DeviceGray", b""),
    ),
    "a picture that is its own mask": lambda: _image(b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 5 0 R", bytes(81)),
    "JBIG2": lambda: _image(
        b"/Width 6000/Height 6000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
        struct.pack(">IBBBIIIIIBH", 0, 48, 0, 1, 19, 2**31 - 1, 2**31 - 1, 0, 0, 0, 0) + bytes(500),
    ),
    "JPEG 2000": lambda: _image(
        b"/Width 6000/Height 6000/Filter/JPXDecode",
        b"\xff\x4f\xff\x51\x00\x2f\x00\x00"
        + struct.pack(">8I", 2**31 - 1, 2**31 - 1, 0, 0, 2**31 - 1, 2**31 - 1, 0, 0)
        + b"\x00\x03"
        + b"\x07\x01\x01" * 3
        + bytes(900),
    ),
    "fax": lambda: _image(
        b"/Width 60000/Height 700/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2000000000/Rows 2000000000>>",
        b"\xff" * _M,
    ),
    "a page tree that is a ring": lambda: _tree(b"2 0 R " * 9),
    "a page tree of a million": lambda: _tree(b"3 0 R " * 900_000, b"<</Type/Page/MediaBox[0 0 9 9]/Parent 2 0 R>>"),
    "a page tree that is deep": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", *(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (n + 3) for n in range(30_000))
    ),
    "pages by the thousand million": lambda: _tree(b"3 0 R", b"<</Type/Pages/Count 2147483647/Kids[]>>").replace(
        b"/Count 9", b"/Count 2147483647"
    ),
    "a page without end": lambda: page(b"", b"").replace(b"[0 0 200 200]", b"[0 0 1e30 1e30]"),
    "a page without size": lambda: page(b"", b"").replace(b"[0 0 200 200]", b"[0 0 0 1e-30]"),
    "what is inherited in a ring": lambda: page(b"", b"").replace(b"/Type/Pages/", b"/Type/Pages/Parent 3 0 R/"),
    "arrays within arrays": lambda: page(b"", b"").replace(b"/Resources<<>>", b"/Resources " + b"[" * 2 * _M),
    "dictionaries within dictionaries": lambda: page(b"", b"").replace(b"/Resources<<>>", b"/Resources " + b"<</A" * _M),
    "strings within strings": lambda: page(b"", b"").replace(b"/Resources<<>>", b"/Resources" + b"(" * 5 * _M),
    "a table that points to itself": lambda: page(b"", b"").replace(b"trailer<<", b"trailer<</Prev 9/XRefStm 9"),
    "a table of a thousand million": lambda: page(b"", b"").replace(b"xref\n0 5", b"xref\n0 2000000000"),
    "no table": lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * _M,
    "ends without beginnings": lambda: b"%PDF-1.7\n" + b"endobj\n" * 500_000 + b"startxref\n" * 300_000,
    "streams without end": lambda: b"%PDF-1.7\n" + b"1 0 obj<</Length 9>>stream\nx" * 300_000,
    "streams packed, without end": lambda: b"%PDF-1.7\n" + b"stream\n\x78\x9c" * 900_000,
    "a stream of objects": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        stream(b"/Type/ObjStm/N 2000000000/First 2000000000/Extends 2 0 R/Filter/FlateDecode", _zeros(90 * _M)),
    ),
    "a length that is the stream's own": lambda: page(b"", b"").replace(b"/Length 0", b"/Length 4 0 R"),
    "an action at each opening": lambda: page(b"", b"").replace(
        b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(while(1);)>>"
    ),
    "files inside": lambda: page(b"", b"").replace(b"/Type/Catalog", b"/Type/Catalog/Names<</EmbeddedFiles<</Kids[1 0 R]>>>>"),
    "a form of Adobe's": lambda: page(b"", b"").replace(b"/Type/Catalog", b"/Type/Catalog/AcroForm<</XFA 5 0 R/Fields[1 0 R]>>"),
    "a letter that draws itself": lambda: page(
        b"/Font<</F 5 0 R>>",
        b"BT /F 9 Tf (aaaa) Tj ET " * 900,
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>/Encoding<</Differences[97/a]>>"
        b"/FirstChar 97/LastChar 97/Widths[9]/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"", b"BT /F 9 Tf (aaaaaaaaaaaaaaaaaaaa) Tj ET " * 90),
    ),
    "letters without end": lambda: page(
        b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>", b"BT /F 9 Tf " + b"(" + b"a" * 9 * _M + b") Tj ET"
    ),
    "shades": lambda: page(
        b"/Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Function<</FunctionType 4/Domain[0 1 0 1]/Range[0 1]/Length 5>>>>>>",
        b"/S sh " * 90_000,
    ),
    "garbage": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 30_000,
    "PNG of too many dots": lambda: png(30_000, 64 * 500, 0, 1),
    "PNG as large as may be": lambda: png(6_000, 6_400, 6),
    "PNG of 16 bits": lambda: png(6_000, 6_400, 6, 16),
    "PNG that unfolds to more": lambda: png(64, 64 * 40_000, 0).replace(struct.pack(">II", 64, 64 * 40_000), struct.pack(">II", 64, 64), 1),
    "PNG of a million parts": lambda: png(64, 64, 0, before=[(b"tEXt", b"a\0b")] * 600_000),
    "PNG with words that unfold": lambda: png(64, 64, 0, before=[(b"zTXt", b"a\0\0" + _zeros(900 * _M))]),
    "PNG with a colour profile that unfolds": lambda: png(64, 64, 0, before=[(b"iCCP", b"a\0\0" + _zeros(900 * _M))]),
    "PNG without dots": lambda: b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IEND\xaeB`\x82",
    "JPEG of too many dots": lambda: (
        b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x22\0\x02\x11\1\x03\x11\1\xff\xda" + bytes(900) + b"\xff\xd9"
    ),
    "JPEG of markers": lambda: b"\xff\xd8" + b"\xff" * 9 * _M + b"\xd9",
    "JPEG of empty parts": lambda: b"\xff\xd8" + b"\xff\xfe\0\2" * 2 * _M + b"\xff\xd9",
    "text of accents": lambda: b"a" + "\u0301".encode() * 49_000,
    "text without a blank": lambda: b"x" * 99_000,
    "text of turnings": lambda: "\u202e".encode() * 33_000,
    "text of Arabic without a blank": lambda: "ب".encode() * 49_000,
    "text of lines": lambda: b"x\n" * 49_000,
    "text of paragraphs": lambda: b"x\n\n" * 33_000,
    "text of ten million": lambda: b"x " * 4_900_000,
}


def _tiff(entries: list[tuple[int, int, int, int]], after: int, body: bytes = b"") -> bytes:
    """A TIFF of one directory: tags with their kind, count and value; where the next directory stands; bytes after it."""
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", after)
    return b"II*\0\x08\0\0\0" + directory + body


def _grey(width: int, height: int, *, packing: int = 1, strips: int = 1, size: int = 100) -> list[tuple[int, int, int, int]]:
    return [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, packing), (262, 3, 1, 1), (273, 4, strips, 200), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, strips, size)]  # fmt: skip


def _ring(count: int) -> bytes:
    """A TIFF of many pages, the last of which is followed by the first."""
    one = _tiff(_grey(8, 8, size=64), 0)[8:]
    pages = [one[:-4] + struct.pack("<I", 8 + len(one) * ((number + 1) % count)) for number in range(count)]
    return b"II*\0\x08\0\0\0" + b"".join(pages) + bytes(400)


SCANS: Makers = {
    "forms within forms": PAPERS["forms within forms"],
    "a fine pattern": PAPERS["a fine pattern"],
    "a filter by reference": PAPERS["a filter by reference"],
    "dashes": PAPERS["dashes"],
    "JBIG2": PAPERS["JBIG2"],
    "JPEG 2000": PAPERS["JPEG 2000"],
    "a page tree of a million": PAPERS["a page tree of a million"],
    "a page without end": PAPERS["a page without end"],
    "no table": PAPERS["no table"],
    "PNG as large as may be": PAPERS["PNG as large as may be"],
    "PNG of a million parts": PAPERS["PNG of a million parts"],
    "PNG with words that unfold": PAPERS["PNG with words that unfold"],
    "PNG of too many dots": PAPERS["PNG of too many dots"],
    "a TIFF followed by itself": lambda: _tiff(_grey(8, 8, size=64), 8, bytes(400)),
    "a ring of pages": lambda: _ring(500),
    "pages by the ten thousand": lambda: _ring(20_000),
    "a TIFF of too many dots": lambda: _tiff(_grey(2**31 - 1, 2**31 - 1), 0, bytes(400)),
    "a TIFF of strips": lambda: _tiff(_grey(8, 8, strips=2**31 - 1), 0, bytes(400)),
    "a TIFF of a million strips": lambda: _tiff(_grey(6_000, 6_000, strips=_M), 0, bytes(9 * _M)),
    "a TIFF that unfolds": lambda: _tiff(_grey(6_000, 7_000, packing=8, size=900_000), 0, bytes(82) + _zeros(900 * _M)),
    "a TIFF of a packing that nobody knows": lambda: _tiff(_grey(6_000, 7_000, packing=34_712), 0, bytes(400)),
    "a TIFF of tags": lambda: _tiff([(700, 7, 2**31 - 1, 8)] * 65_000 + _grey(8, 8), 0, bytes(400)),
    "a JPEG of empty parts": PAPERS["JPEG of empty parts"],
    "text": lambda: b"no scan at all",
    "nothing": lambda: b"",
}
_EVENT = b"BEGIN:VEVENT\r\nDTSTART:20260901\r\nSUMMARY:x\r\n%sEND:VEVENT\r\n"
CALENDARS: Makers = {
    "events": lambda: b"BEGIN:VCALENDAR\r\n" + _EVENT % b"" * 1_900 + b"END:VCALENDAR\r\n",
    "folded lines": lambda: b"BEGIN:VCALENDAR\r\n" + _EVENT % (b"X:" + b"a\r\n " * 90_000) + b"END:VCALENDAR\r\n",
    "parameters": lambda: b"BEGIN:VCALENDAR\r\n" + _EVENT % (b"X" + b";A=B" * 90_000 + b":c\r\n") + b"END:VCALENDAR\r\n",
    "rules": lambda: b"BEGIN:VCALENDAR\r\n" + _EVENT % (b"RRULE:FREQ=SECONDLY;COUNT=" + b"9" * 9_000 + b"\r\n") * 40 + b"END:VCALENDAR\r\n",
    "deep": lambda: b"BEGIN:VEVENT\r\n" * 1_900,
}

LONG: Mapping[str, frozenset[str]] = {
    "paper": frozenset(
        {
            "JPEG of empty parts",
            "JPEG of markers",
            "PNG as large as may be",
            "PNG of 16 bits",
            "PNG of a million parts",
            "PNG with a colour profile that unfolds",
            "PNG with words that unfold",
            "a content by 85",
            "a content that unfolds",
            "a filter by reference",
            "a page tree of a million",
            "a page tree that is deep",
            "arrays within arrays",
            "drawing without end",
            "fax",
            "lines without end",
            "text of Arabic without a blank",
            "text of accents",
            "text of lines",
            "text of paragraphs",
            "text without a blank",
        }
    ),
    "scan": frozenset(
        {
            "PNG as large as may be",
            "PNG of a million parts",
            "a JPEG of empty parts",
            "a TIFF of tags",
            "a filter by reference",
            "a page tree of a million",
            "a page without end",
            "a ring of pages",
            "dashes",
            "no table",
        }
    ),
}
"""Those of each kind that take a second or more, which are torture."""
