"""Under which name Windows gathers the program's windows in the taskbar."""

import logging
import sys

_log = logging.getLogger(__name__)

PROGRAM_ID = "PupilDesk.PupilDesk"  # the Start menu's shortcut carries the same, so that pinning outlives an upgrade


def name_the_program() -> bool:
    """Tell Windows, before the first window, whose windows these are: without it they stand under the interpreter or
    under the version's own folder. True when it was told; elsewhere than on Windows there is nothing to tell.
    """
    told = False
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        try:
            tell = ctypes.WinDLL("shell32", use_last_error=True).SetCurrentProcessExplicitAppUserModelID
            tell.argtypes, tell.restype = (wintypes.LPCWSTR,), ctypes.HRESULT
            tell(PROGRAM_ID)
            told = True
        except (OSError, AttributeError):
            _log.info("taskbar: this Windows does not take a program's name")
    return told
