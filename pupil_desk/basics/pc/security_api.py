"""Windows' own functions for access lists, and no decision: a folder's list as text, and back; who we are; an account's name."""

import sys
from pathlib import Path

if sys.platform == "win32":
    import ctypes
    from collections.abc import Iterator
    from contextlib import contextmanager
    from ctypes import wintypes

    _FILE = 1  # SE_FILE_OBJECT
    OWNER = 0x1  # OWNER_SECURITY_INFORMATION
    _LIST, _PROTECTED = 0x4, 0x80000000  # DACL_SECURITY_INFORMATION, and nothing inherited from above
    _REVISION = 1  # SDDL_REVISION_1
    _QUERY, _TOKEN_USER = 0x8, 1
    _pointer = ctypes.POINTER(ctypes.c_void_p)
    _text = ctypes.POINTER(wintypes.LPWSTR)
    _number = ctypes.POINTER(wintypes.DWORD)

    def this_user() -> str:
        """The number (SID) of the Windows user whom this program runs for. Raises OSError."""
        kernel, advapi = _library("kernel32"), _library("advapi32")
        token = wintypes.HANDLE()
        process = _function(kernel, "GetCurrentProcess", wintypes.HANDLE)()
        _must(
            _function(advapi, "OpenProcessToken", wintypes.BOOL, wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE))(
                process, _QUERY, ctypes.byref(token)
            )
        )
        try:
            ask = _function(
                advapi, "GetTokenInformation", wintypes.BOOL, wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD, _number
            )
            size = wintypes.DWORD()
            ask(token, _TOKEN_USER, None, 0, ctypes.byref(size))  # says how much room it wants
            room = ctypes.create_string_buffer(max(size.value, ctypes.sizeof(ctypes.c_void_p)))
            _must(ask(token, _TOKEN_USER, room, len(room), ctypes.byref(size)))
            sid = ctypes.c_void_p.from_buffer(room)  # TOKEN_USER begins with the pointer to it
            sid_text = wintypes.LPWSTR()
            write_sid = _function(advapi, "ConvertSidToStringSidW", wintypes.BOOL, ctypes.c_void_p, _text)
            _must(write_sid(sid, ctypes.byref(sid_text)))
            with _freed(sid_text):
                return str(sid_text.value)
        finally:
            _function(kernel, "CloseHandle", wintypes.BOOL, wintypes.HANDLE)(token)

    def read(folder: Path, what: int = _LIST) -> str:
        """A folder's access list as text, or its owner. Raises OSError."""
        advapi = _library("advapi32")
        descriptor = ctypes.c_void_p()
        get = _function(
            advapi,
            "GetNamedSecurityInfoW",
            wintypes.DWORD,
            wintypes.LPCWSTR,
            ctypes.c_int,
            wintypes.DWORD,
            _pointer,
            _pointer,
            _pointer,
            _pointer,
            _pointer,
        )
        _succeed(get(str(folder), _FILE, what, None, None, None, None, ctypes.byref(descriptor)))
        with _freed(descriptor):
            sddl = wintypes.LPWSTR()
            convert = _function(
                advapi,
                "ConvertSecurityDescriptorToStringSecurityDescriptorW",
                wintypes.BOOL,
                ctypes.c_void_p,
                wintypes.DWORD,
                wintypes.DWORD,
                _text,
                _number,
            )
            _must(convert(descriptor, _REVISION, what, ctypes.byref(sddl), None))
            with _freed(sddl):
                return str(sddl.value)

    def write(folder: Path, sddl: str) -> None:
        """Give a folder the access list of a text, with nothing inherited from above; Windows passes it on to what lies in it. Raises OSError."""
        advapi = _library("advapi32")
        descriptor, entries = ctypes.c_void_p(), ctypes.c_void_p()
        convert = _function(
            advapi,
            "ConvertStringSecurityDescriptorToSecurityDescriptorW",
            wintypes.BOOL,
            wintypes.LPCWSTR,
            wintypes.DWORD,
            _pointer,
            _number,
        )
        _must(convert(sddl, _REVISION, ctypes.byref(descriptor), None))
        with _freed(descriptor):
            present, by_default = wintypes.BOOL(), wintypes.BOOL()
            flag = ctypes.POINTER(wintypes.BOOL)
            find = _function(advapi, "GetSecurityDescriptorDacl", wintypes.BOOL, ctypes.c_void_p, flag, _pointer, flag)
            _must(find(descriptor, ctypes.byref(present), ctypes.byref(entries), ctypes.byref(by_default)))
            if not present.value or entries.value is None:
                raise OSError("no access list")  # to set none would let everybody in
            set_security = _function(
                advapi,
                "SetNamedSecurityInfoW",
                wintypes.DWORD,
                wintypes.LPCWSTR,
                ctypes.c_int,
                wintypes.DWORD,
                ctypes.c_void_p,
                ctypes.c_void_p,
                ctypes.c_void_p,
                ctypes.c_void_p,
            )
            _succeed(set_security(str(folder), _FILE, _LIST | _PROTECTED, None, None, entries, None))

    def name_of(account: str) -> tuple[str, str]:
        """The name and the domain of an account, given by number; empty for one that is not there any more."""
        try:
            return _name_of(account)
        except OSError:
            return "", ""

    def _name_of(account: str) -> tuple[str, str]:
        advapi = _library("advapi32")
        sid = ctypes.c_void_p()
        convert = _function(advapi, "ConvertStringSidToSidW", wintypes.BOOL, wintypes.LPCWSTR, _pointer)
        _must(convert(account, ctypes.byref(sid)))
        with _freed(sid):
            look = _function(
                advapi,
                "LookupAccountSidW",
                wintypes.BOOL,
                wintypes.LPCWSTR,
                ctypes.c_void_p,
                wintypes.LPWSTR,
                _number,
                wintypes.LPWSTR,
                _number,
                ctypes.POINTER(ctypes.c_int),
            )
            name, domain = ctypes.create_unicode_buffer(257), ctypes.create_unicode_buffer(257)
            long, longer, use = wintypes.DWORD(len(name)), wintypes.DWORD(len(domain)), ctypes.c_int()
            _must(look(None, sid, name, ctypes.byref(long), domain, ctypes.byref(longer), ctypes.byref(use)))
            return name.value, domain.value

    def _library(name: str) -> ctypes.WinDLL:
        return ctypes.WinDLL(name, use_last_error=True)

    def _function(library: ctypes.WinDLL, name: str, answer: type, *takes: type) -> "ctypes._NamedFuncPointer":
        """A function of Windows with its types; OSError where this Windows lacks it."""
        try:
            function: ctypes._NamedFuncPointer = getattr(library, name)
        except AttributeError as error:
            raise OSError(name) from error
        function.argtypes, function.restype = takes, answer
        return function

    def _must(succeeded: int) -> None:
        if not succeeded:
            raise ctypes.WinError(ctypes.get_last_error())

    def _succeed(error: int) -> None:
        if error:
            raise ctypes.WinError(error)

    @contextmanager
    def _freed(memory: ctypes.c_void_p | wintypes.LPWSTR) -> Iterator[None]:
        """What Windows lent is given back."""
        try:
            yield
        finally:
            _function(_library("kernel32"), "LocalFree", ctypes.c_void_p, ctypes.c_void_p)(memory)
