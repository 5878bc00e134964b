"""The technical log of this PC: ids, counts and durations, never a name or a value.

What may be told of a bug: where it happened and its kind, never a word that it carries.
"""

import contextlib
import logging
import traceback
from pathlib import Path
from types import TracebackType

from pupil_desk import __version__

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_LARGEST = 200_000  # bytes of a file
_OLDER = 4  # files kept beside the newest


def keep_log(folder: Path) -> None:
    """Write the program's log into a folder, at most 5 files of 200 kB."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = _Bounded(folder / "pupil-desk.log", encoding="utf-8")
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger("pupil_desk")
    root.addHandler(handler)
    root.setLevel(logging.INFO)


class _Bounded(logging.FileHandler):
    """A log file that makes way for a new one when it is full: NAME.log becomes NAME.log.1, that one .2, and so on.

    The standard library has the like in ``logging.handlers``, which brings sockets with it, and makes the start longer.
    """

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and self.stream.tell() >= _LARGEST:
                self._make_way()
            super().emit(record)
        except OSError:  # what cannot be logged must not stop the work
            self.handleError(record)

    def _make_way(self) -> None:
        self.close()
        names = [Path(self.baseFilename), *(Path(f"{self.baseFilename}.{number}") for number in range(1, _OLDER + 1))]
        for older, newer in reversed(list(zip(names[1:], names, strict=False))):
            with contextlib.suppress(OSError):  # another copy of the program may hold it: then it grows on
                newer.replace(older)
        self.stream = self._open()


def report_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where it happened: file names without folders, line numbers, and the kind of error; never its text, which may hold values."""
    import platform

    places = [
        f"{frame.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    return "\n".join([f"{kind.__name__} in Pupil Desk {__version__} on {platform.system()} {platform.release()}", *places[-8:]])
