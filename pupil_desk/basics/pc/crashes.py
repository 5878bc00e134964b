"""If the program itself falls over: where it was is written down, and no picture of its memory, which holds the key.

Security reference, 3.8. The account holds the names of our functions and their lines, and no value.
"""

import faulthandler
import logging
import sys
from pathlib import Path
from typing import IO

_log = logging.getLogger(__name__)
_LARGEST = 200_000  # bytes of old accounts that are kept
_open_files: list[IO[bytes]] = []  # open as long as the process: a falling program cannot open a file any more


def prepare(folder: Path) -> None:
    """From here on a crash leaves its account in a folder, and no dump anywhere."""
    _write_account(folder / "crash.txt")
    forbid_dumps()


def _write_account(path: Path) -> None:
    try:
        account = path.open("wb" if path.is_file() and path.stat().st_size > _LARGEST else "ab")
    except OSError as error:
        _log.warning("a crash would leave no account: %s", type(error).__name__)
        return
    _open_files.append(account)
    faulthandler.enable(account)


if sys.platform == "win32":
    _NO_QUESTION, _NO_REPORT = 0x0001, 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX
    _NO_HEAP = 0x0001  # WER_FAULT_REPORTING_FLAG_NOHEAP

    def forbid_dumps() -> None:
        """Ask Windows' error reporting to leave this process out, and the built program altogether."""
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.SetErrorMode.argtypes, kernel.SetErrorMode.restype = [ctypes.c_uint], ctypes.c_uint
        kernel.SetErrorMode(kernel.SetErrorMode(_NO_REPORT) | _NO_QUESTION | _NO_REPORT)
        try:
            kernel.WerSetFlags.argtypes, kernel.WerSetFlags.restype = [ctypes.c_uint], ctypes.c_long
            kernel.WerSetFlags(_NO_HEAP)
            if getattr(sys, "frozen", False):  # else it would be every Python of this person
                reporting = ctypes.WinDLL("wer")
                reporting.WerAddExcludedApplication.argtypes = [ctypes.c_wchar_p, ctypes.c_int]
                reporting.WerAddExcludedApplication.restype = ctypes.c_long
                reporting.WerAddExcludedApplication(Path(sys.executable).name, 0)
        except (OSError, AttributeError):
            _log.warning("Windows' error reporting cannot be told to leave the program out")

else:

    def forbid_dumps() -> None:
        """No core file."""
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
