"""Python's search for objects that hold each other in a circle, held off while many records are made at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """No search within it. Records hold nobody in a circle; yet while ten thousand are made, it would walk through them all again and again.

    For what is read at once, not for what runs long: circles that are left meanwhile, such as those of a paper being made, are not taken away.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
