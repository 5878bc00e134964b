"""Under which name Windows gathers the program's windows in the taskbar."""

import logging
import sys

_log = logging.getLogger(__name__)

PROGRAM_ID = "PupilDesk.PupilDesk"


def name_the_program() -> bool:
    """Tell Windows, before the first window, that these are not python.exe's windows. True when it was told.

    An installed copy has a program of its own, and Windows gathers its windows and its pin by that; a name told here and
    not written into every shortcut would part the two. Elsewhere than on Windows there is nothing to tell.
    """
    was_told = False
    if sys.platform == "win32" and not getattr(sys, "frozen", False):
        import ctypes
        from ctypes import wintypes

        try:
            tell = ctypes.WinDLL("shell32", use_last_error=True).SetCurrentProcessExplicitAppUserModelID
            tell.argtypes, tell.restype = (wintypes.LPCWSTR,), ctypes.HRESULT
            tell(PROGRAM_ID)
            was_told = True
        except (OSError, AttributeError):
            _log.info("taskbar: this Windows does not take a program's name")
    return was_told
