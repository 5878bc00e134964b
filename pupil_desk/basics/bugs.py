"""What may be told of a bug: where it happened and its kind, never a word that it carries."""

import traceback
from types import TracebackType

from pupil_desk import __version__


def report_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where it happened: file names without folders, line numbers, and the kind of error; never its text, which may hold values."""
    import platform

    places = [
        f"{frame.filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    return "\n".join([f"{kind.__name__} in Pupil Desk {__version__} on {platform.system()} {platform.release()}", *places[-8:]])
