"""Files to be kept, and files that must not be: made here, byte by byte where they are hostile."""

import io
import zipfile
import zlib

from PIL import ExifTags, Image
from reportlab.pdfgen.canvas import Canvas

PLACE = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}  # where it was taken


def a_pdf(pages: int = 1, words: str = "Individual plan") -> bytes:
    """A PDF of so many pages with these words."""
    made = io.BytesIO()
    canvas = Canvas(made, (595, 842), invariant=True)
    for number in range(pages):
        canvas.drawString(60, 700, f"{words}, page {number + 1}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def a_large_pdf(size: int) -> bytes:
    """A PDF of about so many bytes, which do not pack."""
    import random

    body = random.Random(1).randbytes(size)
    return a_pdf().replace(
        b"%%EOF", b"9999 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n%%%%EOF" % (size, body.replace(b"%PDF", b"%PDX"))
    )


def a_jpeg(width: int = 80, height: int = 40, *, turn: int = 1, taken_somewhere: bool = False, mode: str = "RGB") -> bytes:
    """A photograph: red at the top left, blue at the bottom right."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("red", (0, 0, width // 4, height // 4))
    picture.paste("blue", (width * 3 // 4, height * 3 // 4, width, height))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    if taken_somewhere:
        exif[ExifTags.Base.Make] = "A telephone"
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(PLACE)
    made = io.BytesIO()
    picture.convert(mode).save(made, "JPEG", quality=95, exif=exif, comment=b"by somebody" if taken_somewhere else b"")
    return made.getvalue()


def a_png(mode: str = "RGB", size: tuple[int, int] = (80, 40)) -> bytes:
    """A picture: red at the top left, and clear elsewhere where it can be seen through."""
    picture = Image.new("RGBA", size, (0, 0, 0, 0) if mode in ("RGBA", "LA") else "white")
    picture.paste((255, 0, 0, 255), (0, 0, size[0] // 4, size[1] // 4))
    made = io.BytesIO()
    (picture.convert("RGB").quantize(8) if mode == "P" else picture.convert(mode)).save(made, "PNG")
    return made.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    """One part of a PNG."""
    return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)


def a_png_of(width: int, height: int, packed: bytes) -> bytes:
    """A grey PNG that claims to be so large, with any packed dots."""
    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\0\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def an_interlaced_png(mode: str) -> bytes:
    """A PNG of 9 by 11 dots, one half dark and one light, whose dots stand in seven passes, as no program of ours writes them."""
    colour, depth, dark, light = {
        "grey": (0, 8, b"\x20", b"\xe0"),
        "grey of 16 bits": (0, 16, b"\x20\0", b"\xe0\0"),
        "colours": (2, 8, b"\x20\x20\x20", b"\xe0\xe0\xe0"),
        "colours and cover": (6, 8, b"\x20\x20\x20\xff", b"\xe0\xe0\xe0\xff"),
        "one bit": (0, 1, b"", b""),
    }[mode]
    wide, high, rows = 9, 11, b""
    for left, top, across, down in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
        columns = range(left, wide, across)
        for _row in range(top, high, down) if columns else ():
            if depth == 1:
                bits = "".join("1" if column > wide // 2 else "0" for column in columns)
                rows += b"\0" + int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8))
            else:
                rows += b"\0" + b"".join(light if column > wide // 2 else dark for column in columns)
    head = wide.to_bytes(4) + high.to_bytes(4) + bytes([depth, colour, 0, 0, 1])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def packed_zeros(size: int) -> bytes:
    """So many bytes (whole MiB), packed to a thousandth. One MiB is packed, and its block repeated: to pack them all takes seconds."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    blocks = size >> 20
    checksum = ((blocks << 20) % 65_521) << 16 | 1  # Adler-32 of zeros
    return b"\x78\xda" + block * blocks + packer.flush() + checksum.to_bytes(4)


def a_bomb_pdf(size: int) -> bytes:
    """A PDF of which one part unfolds to so many bytes."""
    body = packed_zeros(size)
    return a_pdf().replace(
        b"%%EOF", b"9 0 obj\n<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n%%%%EOF" % (len(body), body)
    )


def a_zip(name: str = "letter.txt") -> bytes:
    """An archive with one file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, "words")
    return made.getvalue()
