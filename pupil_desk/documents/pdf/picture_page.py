"""A picture on a sheet of A4, as a PDF in memory: drawn by the library that draws every document, never a file."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pupil_desk.basics.quiet import quiet
from pupil_desk.documents.pdf.pdf_file import PdfFile, reference
from pupil_desk.documents.pdf.style import A4
from pupil_desk.documents.reading import jpeg, png

_MARGIN = 24.0  # points
_LARGEST = 0.75  # points to a dot: a small picture is not blown up beyond what a screen shows
_GREY, _RGB, _CMYK = b"/DeviceGray", b"/DeviceRGB", b"/DeviceCMYK"
_SPACES = {1: _GREY, 3: _RGB, 4: _CMYK}
_STRIP = 256  # rows of a picture that are laid on white together


@dataclass(frozen=True, slots=True)
class _Image:
    """What stands in the PDF: its bytes, the entries that say how they are packed, its size as it is shown."""

    data: bytes
    entries: bytes
    width: int
    height: int
    turn: int = 1

    @property
    def upright_size(self) -> tuple[int, int]:
        """Dots across and down, the right side up."""
        return (self.height, self.width) if self.turn >= 5 else (self.width, self.height)


def jpeg_page(data: bytes) -> bytes:
    """A JPEG on a page of its own, as it is packed."""
    return _on_a4(_jpeg(data))


def jpeg_pages(pictures: Sequence[bytes]) -> bytes:
    """JPEGs as one document, each filling an A4 page: the pages of a form that was scanned."""
    file = PdfFile()
    pages = file.reserve()
    sheets = [_sheet(file, pages, _jpeg(data), A4, (0.0, 0.0, *A4)) for data in pictures]
    file.write_object(pages, b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(map(reference, sheets)), len(sheets)))
    return file.finish(file.add(b"<</Type/Catalog/Pages %s>>" % reference(pages)), file.add(b"<<>>"))


def _jpeg(data: bytes) -> _Image:
    shape = jpeg.shape_of(data)
    entries = b"/ColorSpace%s/BitsPerComponent 8/Filter/DCTDecode" % _SPACES[shape.colours]
    if shape.inverted:
        entries += b"/Decode[1 0 1 0 1 0 1 0]"
    return _Image(data, entries, shape.width, shape.height, shape.turn)


def png_page(data: bytes) -> bytes:
    """A PNG on a page of its own; one that can be seen through, or is interlaced, is laid on white first, which takes a moment."""
    shape = png.shape_of(data)
    if shape.channels in (2, 4) or shape.interlaced:
        return _on_a4(_flattened(data))
    space = _RGB if shape.channels == 3 else _GREY
    if shape.palette:
        space = b"[/Indexed/DeviceRGB %d<%s>]" % (len(shape.palette) // 3 - 1, shape.palette.hex().encode("ascii"))
    return _on_a4(_Image(shape.packed, _packed_rows(shape, space), shape.width, shape.height))


def _packed_rows(shape: png.PngShape, space: bytes) -> bytes:
    return b"/ColorSpace%s/BitsPerComponent %d/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>" % (
        space,
        shape.depth,
        shape.channels,
        shape.depth,
        shape.width,
    )


def _flattened(data: bytes) -> _Image:
    """Its colours over white, as plain rows, worked out once and not each time it is drawn; by strips, so that one copy is in memory."""
    from PIL import Image

    packer, rows = zlib.compressobj(1), bytearray()
    with quiet(), Image.open(BytesIO(data), formats=("PNG",)) as picture:
        for top in range(0, picture.height, _STRIP):
            strip = picture.crop((0, top, picture.width, min(picture.height, top + _STRIP)))
            if strip.mode.startswith("I"):  # grey of 16 bits, which Pillow turns into nothing else
                strip = strip.convert("I").point(lambda shade: shade * (1 / 256)).convert("L")
            strip = strip.convert("RGBA")
            over = Image.new("RGB", strip.size, "white")
            over.paste(strip, mask=strip.getchannel("A"))
            rows += packer.compress(over.tobytes())
        width, height = picture.size
    rows += packer.flush()
    return _Image(bytes(rows), b"/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode", width, height)


def _on_a4(image: _Image) -> bytes:
    """In the middle of a page, upright or lying as the picture is."""
    wide, high = image.upright_size
    page = A4 if high >= wide else (A4[1], A4[0])
    scale = min((page[0] - 2 * _MARGIN) / wide, (page[1] - 2 * _MARGIN) / high, _LARGEST)
    size = (wide * scale, high * scale)
    return _page(PdfFile(), image, page, ((page[0] - size[0]) / 2, (page[1] - size[1]) / 2, *size))


def _page(file: PdfFile, image: _Image, page: tuple[float, float], place: tuple[float, float, float, float]) -> bytes:
    pages = file.reserve()
    sheet = _sheet(file, pages, image, page, place)
    file.write_object(pages, b"<</Type/Pages/Kids[%s]/Count 1>>" % reference(sheet))
    return file.finish(file.add(b"<</Type/Catalog/Pages %s>>" % reference(pages)), file.add(b"<<>>"))


def _sheet(file: PdfFile, pages: int, image: _Image, page: tuple[float, float], place: tuple[float, float, float, float]) -> int:
    """One page with one picture; its number."""
    picture = file.add_plain_stream(
        image.data, b"/Type/XObject/Subtype/Image/Width %d/Height %d%s" % (image.width, image.height, image.entries)
    )
    drawing = file.add_stream(b"q %s cm /I Do Q" % _matrix(image.turn, *place))
    sheet = file.reserve()
    file.write_object(
        sheet,
        b"<</Type/Page/Parent %s/MediaBox[0 0 %.2f %.2f]/Resources<</XObject<</I %s>>>>/Contents %s>>"
        % (reference(pages), *page, reference(picture), reference(drawing)),
    )
    return sheet


def _matrix(turn: int, x: float, y: float, wide: float, high: float) -> bytes:
    """Where the picture goes on the page, turned as EXIF says (1 to 8: TIFF 6.0, Orientation)."""
    right, top = x + wide, y + high
    placed = {
        1: (wide, 0, 0, high, x, y),
        2: (-wide, 0, 0, high, right, y),
        3: (-wide, 0, 0, -high, right, top),
        4: (wide, 0, 0, -high, x, top),
        5: (0, -high, -wide, 0, right, top),
        6: (0, -high, wide, 0, x, top),
        7: (0, high, wide, 0, x, y),
        8: (0, high, -wide, 0, right, y),
    }[turn]
    return b" ".join(b"%.3f" % value for value in placed)
