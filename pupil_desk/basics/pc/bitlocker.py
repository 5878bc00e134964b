"""Asking Windows for the BitLocker state of a volume, as its own file window does: no administrator, no other program."""

import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    from collections.abc import Iterator
    from contextlib import contextmanager
    from ctypes import wintypes

    _PROPERTY = "System.Volume.BitLockerProtection"
    _ISHELLITEM2 = (0x7E9FB0D3, 0x919F, 0x4307, bytes.fromhex("ab2e9b1860310c93"))
    _RELEASE, _GET_INT32 = 2, 16  # places in IShellItem2's table: 3 of IUnknown, 5 of IShellItem, then its own
    _APARTMENT = 2  # COINIT_APARTMENTTHREADED
    _LONGEST = 32_768

    class _Guid(ctypes.Structure):
        _fields_ = (("data1", wintypes.DWORD), ("data2", wintypes.WORD), ("data3", wintypes.WORD), ("data4", ctypes.c_ubyte * 8))

    class _PropertyKey(ctypes.Structure):
        _fields_ = (("format", _Guid), ("id", wintypes.DWORD))

    def protection_of(path: Path) -> int | None:
        """The number of System.Volume.BitLockerProtection of the volume that holds a path; None where Windows does not say."""
        try:
            with _com():
                return _ask(_volume_of(path))
        except (OSError, AttributeError):  # AttributeError: this Windows lacks a function
            return None

    def _volume_of(path: Path) -> str:
        """The folder where the path's volume is mounted, such as C:\\."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        get = kernel.GetVolumePathNameW
        get.argtypes, get.restype = (wintypes.LPCWSTR, wintypes.LPWSTR, wintypes.DWORD), wintypes.BOOL
        volume = ctypes.create_unicode_buffer(_LONGEST)
        if not get(str(path), volume, len(volume)):
            raise ctypes.WinError(ctypes.get_last_error())
        return volume.value

    @contextmanager
    def _com() -> Iterator[None]:
        """COM on this thread, given back if it was we who took it; a thread that has it in the other way keeps that."""
        ole = ctypes.WinDLL("ole32")
        start, end = ole.CoInitializeEx, ole.CoUninitialize
        start.argtypes, start.restype = (ctypes.c_void_p, wintypes.DWORD), ctypes.c_long
        end.argtypes, end.restype = (), None
        was_started = start(None, _APARTMENT) >= 0
        try:
            yield
        finally:
            if was_started:
                end()

    def _ask(volume: str) -> int:
        create = ctypes.WinDLL("shell32").SHCreateItemFromParsingName
        create.argtypes = (wintypes.LPCWSTR, ctypes.c_void_p, ctypes.POINTER(_Guid), ctypes.POINTER(ctypes.c_void_p))
        create.restype = ctypes.HRESULT  # one that says «failed» raises OSError
        item, key = ctypes.c_void_p(), _key()
        create(volume, None, ctypes.byref(_guid()), ctypes.byref(item))
        if item.value is None:
            raise OSError(_PROPERTY)
        table = ctypes.cast(item, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
        try:
            get = ctypes.WINFUNCTYPE(ctypes.HRESULT, ctypes.c_void_p, ctypes.POINTER(_PropertyKey), ctypes.POINTER(ctypes.c_int))(
                table[_GET_INT32]
            )
            number = ctypes.c_int()
            get(item, ctypes.byref(key), ctypes.byref(number))
            return number.value
        finally:
            ctypes.WINFUNCTYPE(wintypes.ULONG, ctypes.c_void_p)(table[_RELEASE])(item)

    def _key() -> _PropertyKey:
        """The property by its name: its numbers are Windows' own affair."""
        find = ctypes.WinDLL("propsys").PSGetPropertyKeyFromName
        find.argtypes, find.restype = (wintypes.LPCWSTR, ctypes.POINTER(_PropertyKey)), ctypes.HRESULT
        key = _PropertyKey()
        find(_PROPERTY, ctypes.byref(key))
        return key

    def _guid() -> _Guid:
        data1, data2, data3, data4 = _ISHELLITEM2
        return _Guid(data1, data2, data3, (ctypes.c_ubyte * 8).from_buffer_copy(data4))
