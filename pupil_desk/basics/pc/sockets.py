"""The network sockets that this very process has open, as the system lists them: the program opens none, and here that is looked at.

Linux names the sockets of a process by the numbers of its handles, and lists those of the network by the same numbers (proc(5)). Windows
lists them with the process that each belongs to (GetExtendedTcpTable and GetExtendedUdpTable of the IP Helper API). A socket to the display
of this PC is no network socket, and is not counted.
"""

import re
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_TABLES = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6")
_SOCKET = re.compile(r"socket:\[(\d+)\]")


def open_network_sockets() -> int | None:
    """How many this process has open; None where the system does not tell."""
    try:
        return _count()
    except (OSError, ValueError, struct.error):
        return None


def listed_numbers(table: str) -> set[str]:
    """The numbers of the sockets in one of Linux' tables: in its tenth column, under a heading."""
    return {fields[9] for line in table.splitlines()[1:] if len(fields := line.split()) > 9}


def numbers_of_handles(targets: Iterable[str]) -> set[str]:
    """The numbers of the sockets among what handles lead to."""
    return {found[1] for target in targets if (found := _SOCKET.fullmatch(target))}


def rows_of_process(table: bytes, row_size: int, process_at: int, process: int) -> int:
    """How many rows of one of Windows' tables belong to a process: a count, then rows alike, each with its process at one place."""
    (count,) = struct.unpack_from("<I", table)
    return sum(struct.unpack_from("<I", table, 4 + row * row_size + process_at) == (process,) for row in range(count))


if sys.platform == "win32":
    import ctypes
    import os
    from ctypes import wintypes

    _IPV4, _IPV6 = 2, 23  # AF_INET, AF_INET6
    _TCP_ALL, _UDP = 5, 1  # TCP_TABLE_OWNER_PID_ALL, UDP_TABLE_OWNER_PID
    _TOO_SMALL = 122  # ERROR_INSUFFICIENT_BUFFER
    # The function, the family, the class of table, the bytes of a row, and where in it the process stands.
    _ASKED = (
        ("GetExtendedTcpTable", _IPV4, _TCP_ALL, 24, 20),
        ("GetExtendedTcpTable", _IPV6, _TCP_ALL, 56, 52),
        ("GetExtendedUdpTable", _IPV4, _UDP, 12, 8),
        ("GetExtendedUdpTable", _IPV6, _UDP, 28, 24),
    )

    def _count() -> int:
        return sum(rows_of_process(_table(function, family, kind), size, at, os.getpid()) for function, family, kind, size, at in _ASKED)

    def _table(function: str, family: int, kind: int) -> bytes:
        try:
            ask = getattr(ctypes.WinDLL("iphlpapi"), function)
        except AttributeError as error:
            raise OSError(function) from error
        ask.argtypes = [ctypes.c_void_p, ctypes.POINTER(wintypes.DWORD), wintypes.BOOL, wintypes.ULONG, ctypes.c_int, wintypes.ULONG]
        ask.restype = wintypes.DWORD
        size = wintypes.DWORD()
        for _again in range(5):  # it may grow between the two questions
            room = ctypes.create_string_buffer(max(size.value, 4))
            error: int = ask(room, ctypes.byref(size), False, family, kind, 0)
            if error != _TOO_SMALL:
                break
        if error:
            raise ctypes.WinError(error)
        return room.raw

else:

    def _count() -> int:
        process = Path("/proc/self")
        targets = []
        for handle in (process / "fd").iterdir():
            try:
                targets.append(str(handle.readlink()))
            except FileNotFoundError:  # the handle by which they are listed
                continue
        tables = [(process / "net" / name) for name in _TABLES]
        listed = set().union(*(listed_numbers(table.read_text(encoding="ascii")) for table in tables if table.is_file()))
        return len(numbers_of_handles(targets) & listed)
