"""What ``dataclasses`` writes for each of a thousand records is compiled once for all programs that tests start: else each takes half a second to do it.

It is found by its text, so that another text is compiled, and kept where Python keeps what it has compiled of these modules.
"""

import contextlib
import dataclasses
import marshal
import os
import sys
import time
from hashlib import blake2b
from pathlib import Path

_PLACE = Path(__file__).with_name("__pycache__") / f"written.{sys.implementation.cache_tag}"
_OLD = 60  # seconds after which nobody writes into a file any more
_FEW = 30  # texts that are compiled sooner than all that is kept is read


class Written:
    """Compiles in the place of ``dataclasses``."""

    def __init__(self) -> None:
        self._codes, self._kept, self._before, self._asked = {}, 0, 0, 0
        dataclasses.exec = self._run

    def _run(self, text, around, into):
        self._asked += 1
        if self._asked == _FEW:
            self._read()
        code = self._codes.get(known := blake2b(text.encode(), digest_size=16).digest())
        if code is None:
            code = compile(text, "<string>", "exec")
            if self._asked >= _FEW:
                self._codes[known] = code
        exec(code, around, into)

    def _read(self) -> None:
        with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
            self._codes = marshal.loads(_PLACE.read_bytes())
        self._kept = self._before = len(self._codes)

    def keep(self, *, at_end: bool = False) -> None:
        """Keep what was new, once nothing more has come since this was asked last: a program reads most of its modules beside its window."""
        there, before = len(self._codes), self._before
        self._before = there
        if there > self._kept and (at_end or there == before):
            self._kept = there
            own = _PLACE.with_suffix(f".{os.getpid()}")
            with contextlib.suppress(OSError):
                _PLACE.parent.mkdir(exist_ok=True)
                for left in _PLACE.parent.glob(f"{_PLACE.stem}.[0-9]*"):  # by a program that was killed meanwhile
                    if time.time() - left.stat().st_mtime > _OLD:
                        left.unlink()
                own.write_bytes(marshal.dumps(dict(self._codes)))
                own.replace(_PLACE)
