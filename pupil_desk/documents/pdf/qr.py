"""A QR code as one filled path: drawn by any printer, sharp at any size, and a few hundred bytes."""

from collections.abc import Iterator

LEVEL = "Q"
"""Of error correction: a quarter of the code may be lost."""
MODULES = 21
"""Of a side: version 1, the largest modules there are, which holds 27 digits at level Q."""
MOST_DIGITS = 27


def modules(number: str) -> list[bytes]:
    """The rows of the code from the top, a byte a module, 0 for black. Raises ValueError for more than it holds, or no digits."""
    import zxingcpp

    if not (number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
        raise ValueError("a code holds decimal digits, 27 at most")
    barcode = zxingcpp.create_barcode(number, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL)
    dots = memoryview(barcode.to_image(scale=1, add_quiet_zones=False))
    if dots.shape != (MODULES, MODULES):
        raise ValueError("the code came out in another size")
    flat = dots.tobytes()
    return [flat[start : start + MODULES] for start in range(0, len(flat), MODULES)]


def path(number: str, x: float, y: float, side: float) -> bytes:
    """The operators that fill the code's black, its lower left corner at (x, y), in points."""
    step = side / MODULES
    runs = [
        b"%d %d %d 1 re" % (start, MODULES - 1 - row, length) for row, line in enumerate(modules(number)) for start, length in _runs(line)
    ]
    return b"q %.5f 0 0 %.5f %.3f %.3f cm 0 g %s f Q" % (step, step, x, y, b" ".join(runs))


def _runs(line: bytes) -> Iterator[tuple[int, int]]:
    """Where black begins in a row, and over how many modules it goes."""
    start = 0
    while (start := line.find(0, start)) >= 0:
        end = start
        while end < len(line) and line[end] == 0:
            end += 1
        yield start, end - start
        start = end
