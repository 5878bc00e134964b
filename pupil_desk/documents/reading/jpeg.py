"""A JPEG taken apart: how large it is, and what of it is kept.

Only what is needed to draw it stays. Where and when it was taken, by what device, comments, small copies and anything behind
its end go; which side is up stays. The picture itself is not packed anew, so nothing of it is lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.domain.papers.attachment import MOST_DOTS

START = b"\xff\xd8\xff"
_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # a marker that ends packed dots
_FRAMES = {0xC0, 0xC1, 0xC2}  # what every program can draw; arithmetic and lossless ones are not among them
_OTHER_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_SCAN, _END, _ADOBE, _COLOURS, _EXIF, _PLAIN = 0xDA, 0xD9, 0xEE, 0xE2, 0xE1, 0xE0
_TABLES = {0xDB, 0xC4, 0xDD}
_MOST_SCANS = 200  # times that all dots are gone through as it is unpacked: one, or about ten, is usual
_NEEDED = {0xDB, 0xC4, _SCAN}  # without these nothing can be unpacked
_TURN = 0x0112  # the tag of EXIF that says which side is up


@dataclass(frozen=True, slots=True)
class JpegShape:
    """What is needed to draw it: dots across and down, colours (1, 3 or 4), which side is up (1 to 8, as EXIF counts)."""

    width: int
    height: int
    colours: int
    turn: int
    inverted: bool


def cleaned(data: bytes) -> bytes:
    """The picture without what is not seen. Raises NotKept for one that is damaged, too large or of a rare kind."""
    shape = shape_of(data)
    parts = [START[:2]]
    if shape.turn != 1:
        parts.append(_turn_segment(shape.turn))
    for code, segment in _segments(data):
        if code in _TABLES or code in _FRAMES or code in (_SCAN, _END) or _is_needed(code, segment):
            parts.append(segment)
    return b"".join(parts)


def shape_of(data: bytes) -> JpegShape:
    """What is needed to draw it. Raises NotKept."""
    frame, turn, adobe, is_ended, codes, scans = b"", 1, False, False, set[int](), 0
    for code, segment in _segments(data):
        if code in _OTHER_FRAMES:
            raise NotKept("bad_picture")
        if code in _FRAMES:
            frame = segment
        elif code == _EXIF and segment[4:10] == b"Exif\0\0":
            turn = _turn_in(segment[10:])
        adobe = adobe or (code == _ADOBE and segment[4:9] == b"Adobe")
        is_ended = code == _END
        codes.add(code)
        scans += code == _SCAN
    if not is_ended:
        raise NotKept("cut_short")
    if len(frame) < 10 or frame[4] != 8 or not codes >= _NEEDED:
        raise NotKept("bad_picture")
    height, width, colours = int.from_bytes(frame[5:7]), int.from_bytes(frame[7:9]), frame[9]
    if not width or not height or colours not in (1, 3, 4):
        raise NotKept("bad_picture")
    if width * height > MOST_DOTS:
        raise NotKept("too_many_dots")
    if scans > _MOST_SCANS:
        raise NotKept("bomb")
    return JpegShape(width, height, colours, turn, inverted=adobe and colours == 4)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker's code and its bytes, with the packed dots that follow it, up to the end."""
    place = 2
    while place + 2 <= len(data):
        if data[place] != 0xFF:
            raise NotKept("bad_picture")
        code = data[place + 1]
        if code == 0xFF:
            place += 1
            continue
        if code == _END:
            yield code, data[place : place + 2]
            return
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4])
        if end < place + 4 or end > len(data):
            raise NotKept("cut_short")
        if code == _SCAN:
            match = _NEXT.search(data, end)
            if match is None:
                raise NotKept("cut_short")
            end = match.start()
        yield code, data[place:end]
        place = end


def _is_needed(code: int, segment: bytes) -> bool:
    """Of what programs add, the parts that colours depend on; never a small copy of the picture."""
    if code == _ADOBE:
        return segment[4:9] == b"Adobe"
    if code == _COLOURS:
        return segment[4:16] == b"ICC_PROFILE\0"
    return code == _PLAIN and segment[4:9] == b"JFIF\0" and len(segment) == 18


def _turn_in(exif: bytes) -> int:
    """Which side is up, by the first list of an EXIF block; 1 where it is not told."""
    if exif[:2] not in (b"II", b"MM"):
        return 1

    def number(position: int, long: int) -> int:
        return int.from_bytes(exif[position : position + long], "little" if exif[:2] == b"II" else "big")

    first = number(4, 4)
    for entry in range(first + 2, min(first + 2 + 12 * number(first, 2), len(exif) - 11), 12):
        if number(entry, 2) == _TURN:
            return turn if 1 <= (turn := number(entry + 8, 2)) <= 8 else 1
    return 1


def _turn_segment(turn: int) -> bytes:
    """The least EXIF block that says which side is up, and nothing else."""
    block = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + _TURN.to_bytes(2) + b"\0\x03\0\0\0\x01" + turn.to_bytes(2) + b"\0\0\0\0\0\0"
    return b"\xff\xe1" + (len(block) + 2).to_bytes(2) + block
