"""Says to Pupil Desk's window what Windows says when the screen is locked, the PC sleeps or the session ends. For trials.

python post_session_lock.py lock|switch|remote|suspend|resume|end|kinds [TITLE]

Runs as a second program beside the window, on Windows or under Wine, with Python's standard library alone. TITLE is a part of
the window's title. Prints the window's handle; ends with 1 when there is no such window. «kinds» sends nothing: it prints what
lies on the clipboard, one kind a line, with the marks that keep it out of the clipboard's history.
"""

import ctypes
import sys
from ctypes import wintypes

assert sys.platform == "win32", "this speaks to Windows"

SAYINGS = {  # the message and its wparam, from winuser.h and wtsapi32.h
    "lock": (0x02B1, 7),
    "switch": (0x02B1, 2),
    "remote": (0x02B1, 4),
    "suspend": (0x0218, 4),
    "resume": (0x0218, 18),
    "end": (0x0011, 0),
}
LONGEST = 10_000  # ms that a window may take to answer


def main(argv: list[str]) -> int:
    """Say one thing to the window, or tell what lies on the clipboard. Returns the exit status."""
    if len(argv) not in (1, 2) or argv[0] not in (*SAYINGS, "kinds"):
        print(__doc__, file=sys.stderr)
        return 2
    user = ctypes.WinDLL("user32", use_last_error=True)
    if argv[0] == "kinds":
        print(*kinds(user), sep="\n")
        return 0
    window = find(user, argv[1] if len(argv) == 2 else "Pupil Desk")
    if not window:
        print("no such window", file=sys.stderr)
        return 1
    print(f"window {window:#x} answered {say(user, window, *SAYINGS[argv[0]])}")
    return 0


def find(user: ctypes.CDLL, title: str) -> int:
    """The visible window with this in its title; 0 for none."""
    found: list[int] = []

    def look(window: int, _more: int) -> bool:
        text = ctypes.create_unicode_buffer(256)
        user.GetWindowTextW(wintypes.HWND(window), text, len(text))
        if title in text.value and user.IsWindowVisible(wintypes.HWND(window)):
            found.append(window)
        return True

    user.EnumWindows(ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)(look), 0)
    return found[0] if found else 0


def say(user: ctypes.CDLL, window: int, message: int, wparam: int) -> str:
    """Send a message as Windows does: what is told of the session is posted, the rest waits for the answer."""
    if message == SAYINGS["lock"][0]:
        sent = user.PostMessageW(wintypes.HWND(window), message, ctypes.c_size_t(wparam), ctypes.c_ssize_t(1))
        return "nothing, it was posted" if sent else "nothing, it was refused"
    answer = ctypes.c_size_t()
    told = ctypes.c_size_t(wparam), ctypes.c_ssize_t(0)
    in_time = user.SendMessageTimeoutW(wintypes.HWND(window), message, *told, 0, LONGEST, ctypes.byref(answer))
    return str(answer.value) if in_time else "not in time"


def kinds(user: ctypes.CDLL) -> list[str]:
    """The kinds that lie on the clipboard, by name or number."""
    user.OpenClipboard.argtypes = [wintypes.HWND]
    if not user.OpenClipboard(None):
        return ["the clipboard is held by another program"]
    names, kind = [], user.EnumClipboardFormats(0)
    while kind:
        text = ctypes.create_unicode_buffer(256)
        user.GetClipboardFormatNameW(kind, text, len(text))
        names.append(text.value or str(kind))
        kind = user.EnumClipboardFormats(kind)
    user.CloseClipboard()
    return names


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
