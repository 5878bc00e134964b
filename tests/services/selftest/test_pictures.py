"""Pictures read as the files they are."""

from pathlib import Path

import pytest

from pupil_desk.services.selftest.check import Failed
from pupil_desk.services.selftest.pictures import read_picture
from tests.services.selftest.drawn import png

WAYS = range(5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "page.png"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dot", [b"\x00\x00\x00", b"\xff\xff\xff", b"\x15\x19\x1f", b"\xf3\xf4\xf6\xff"])
def test_one_colour_is_seen_whatever_the_filter(file: Path, way: int, dot: bytes) -> None:
    file.write_bytes(png(*[dot * 7] * 5, way=way, size=len(dot)))
    picture = read_picture(file)
    assert (picture.width, picture.height, picture.one_colour) == (7, 5, True)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", [(0, 0), (0, 6), (2, 3), (4, 0), (4, 6)])
def test_one_dot_of_another_colour_is_enough(file: Path, way: int, place: tuple[int, int]) -> None:
    rows = [bytearray(b"\x15\x19\x1f" * 7) for _row in range(5)]
    rows[place[0]][3 * place[1] + 1] ^= 1
    file.write_bytes(png(*map(bytes, rows), way=way))
    assert not read_picture(file).one_colour


def test_it_says_what_drew_it(file: Path) -> None:
    file.write_bytes(png(b"abcdef", software=b"Qt 6.12.0, offscreen"))
    assert read_picture(file).drawn_by == "Qt 6.12.0, offscreen"
    file.write_bytes(png(b"abcdef", software=b""))
    assert read_picture(file).drawn_by == ""


@pytest.mark.parametrize("cut", [0, 4, 8, 20, 33, 60, -1])
def test_a_picture_cut_short_is_none(file: Path, cut: int) -> None:
    file.write_bytes(png(b"abcdef", b"ghijkl")[:cut])
    with pytest.raises(Failed, match=r"page\.png is not a whole picture"):
        read_picture(file)


def test_a_picture_with_a_bit_turned_is_none(file: Path) -> None:
    data = bytearray(png(b"abcdef", b"ghijkl"))
    data[-25] ^= 1
    file.write_bytes(data)
    with pytest.raises(Failed):
        read_picture(file)
