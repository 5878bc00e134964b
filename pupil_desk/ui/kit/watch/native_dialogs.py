"""Windows' own dialogs, such as the one for printing: Qt cannot close them, and a lock must."""

import sys

_DIALOG_CLASS = "#32770"  # of every dialog that Windows itself draws
_WM_COMMAND, _CANCEL = 0x0111, 2


def cancel_native_dialogs() -> int:
    """Answer «Cancel» to each dialog of Windows' own that stands over our windows; the number of them.

    They run their own loop inside this thread, in which our clocks still tick: that is how a lock comes to be here.
    """
    windows: list[int] = []
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        user, kernel = ctypes.WinDLL("user32", use_last_error=True), ctypes.WinDLL("kernel32", use_last_error=True)
        visit_type = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
        user.EnumThreadWindows.argtypes = (wintypes.DWORD, visit_type, wintypes.LPARAM)
        user.EnumThreadWindows.restype = wintypes.BOOL
        user.GetClassNameW.argtypes, user.GetClassNameW.restype = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int), ctypes.c_int
        user.IsWindowVisible.argtypes, user.IsWindowVisible.restype = (wintypes.HWND,), wintypes.BOOL
        user.PostMessageW.argtypes = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
        user.PostMessageW.restype = wintypes.BOOL
        kernel.GetCurrentThreadId.argtypes, kernel.GetCurrentThreadId.restype = (), wintypes.DWORD

        def visit(window: int, _parameter: int) -> bool:
            name = ctypes.create_unicode_buffer(64)
            user.GetClassNameW(window, name, len(name))
            if name.value == _DIALOG_CLASS and user.IsWindowVisible(window):
                windows.append(window)
            return True

        user.EnumThreadWindows(kernel.GetCurrentThreadId(), visit_type(visit), 0)
        for window in windows:
            user.PostMessageW(window, _WM_COMMAND, _CANCEL, 0)
    return len(windows)
