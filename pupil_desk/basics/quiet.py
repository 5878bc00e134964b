"""No word of a library on standard error: what those that read files from outside have to say of them is not meant for a person."""

import contextlib
import os
import warnings
from collections.abc import Iterator

_STANDARD_ERROR = 2


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Within it no library warns, whether it is written in Python or in C; what is raised is raised.

    A library in C writes to the stream itself, so that is turned away for as long: short work alone belongs in here.
    """
    with warnings.catch_warnings(), _stream_turned_away():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _stream_turned_away() -> Iterator[None]:
    try:
        kept = os.dup(_STANDARD_ERROR)
    except OSError:  # a program made for windows alone has no such stream
        yield
        return
    try:
        with open(os.devnull, "wb") as nothing:
            os.dup2(nothing.fileno(), _STANDARD_ERROR)
        yield
    finally:
        os.dup2(kept, _STANDARD_ERROR)
        os.close(kept)
