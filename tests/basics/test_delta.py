"""What is kept of a file beside another gives it back byte for byte, and is small where the two are nearly the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.basics.delta import difference, patched

_PIECES = st.lists(
    st.sampled_from([b"1 0 obj\nA\nendobj\n", b"2 0 obj\nBB\nendobj\n", b"xref\n", b"line\n", b"endobj\nendobj\n", b"tail", b"\x00\xff"])
)


@given(_PIECES, _PIECES, st.booleans())
def test_the_file_comes_back_byte_for_byte(base: list[bytes], data: list[bytes], pdf: bool) -> None:
    head = b"%PDF-1.7\n" if pdf else b""
    one, other = head + b"".join(base), head + b"".join(data)
    assert patched(one, difference(one, other)) == other


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_come_back(base: bytes, data: bytes) -> None:
    assert patched(base, difference(base, data)) == data


def test_what_is_the_same_is_not_kept_twice() -> None:
    base = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, bytes(range(33, 120)) * 20) for number in range(50))
    other = base.replace(b"7 0 obj", b"7 1 obj", 1) + b"startxref\n"
    assert len(difference(base, other)) < len(base) / 20


@pytest.mark.parametrize("kept", [b"", b"nothing", difference(b"a\nb\nc\n", b"c\n")])
def test_what_is_no_difference_of_this_base_is_refused(kept: bytes) -> None:
    with pytest.raises(ValueError, match=r"not a difference|has not"):
        patched(b"a\n", kept)
