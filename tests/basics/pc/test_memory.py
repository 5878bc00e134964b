"""Memory that was let go of is given back where the system does not take it by itself."""

import sys
from pathlib import Path

import pytest

from pupil_desk.basics.pc.memory import give_back

MANY, SMALL = 60_000, 1_000  # blocks, and bytes of each: too small for the C library to give back by itself


@pytest.mark.skipif(sys.platform != "linux", reason="Windows takes it back by itself")
def test_what_lies_between_two_things_in_use_is_given_back() -> None:
    import ctypes

    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    libc.free.argtypes = (ctypes.c_void_p,)
    libc.free.restype = None
    blocks = [libc.malloc(SMALL) for _number in range(MANY)]
    for block in blocks:
        ctypes.memset(block, 1, SMALL)
    for block in blocks[:-1]:
        libc.free(block)
    held = _resident()
    give_back()
    assert _resident() < held - MANY * SMALL // 2
    libc.free(blocks[-1])


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
