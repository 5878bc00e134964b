"""Memory that the program has let go of, given back to the system.

Windows takes it back by itself. The C library of Linux keeps what lies between two things that are in use, until it is asked.
"""

import ctypes
import sys


def give_back() -> None:
    """Ask the C library to give back what nothing stands in. A few milliseconds; nothing where it cannot be asked."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's own
        if trim is not None:
            trim(0)
