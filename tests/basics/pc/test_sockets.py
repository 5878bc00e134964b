"""The network sockets of this very process: none, one more when one is opened, and how the systems' tables are read."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from pupil_desk.basics.pc import sockets

_ROOT = Path(__file__).parents[3]
# In a process of its own: no room of the program has the module, and a test that runs beside others may have sockets of pytest's.
_OPENED = """
import socket
from pupil_desk.basics.pc.sockets import open_network_sockets as count
assert count() == 0, count()
pair = socket.socketpair()
assert count() == 0, "a socket to a neighbour on this PC is none of the network"
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
    tcp.bind(("127.0.0.1", 0))
    tcp.listen()
    assert count() == 1, count()
    udp.bind(("127.0.0.1", 0))
    assert count() == 2, count()
assert count() == 0, count()
print("counted")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asked of Linux here; of Windows by the trial")
def test_what_a_process_opens_is_counted() -> None:
    said = subprocess.run([sys.executable, "-c", _OPENED], capture_output=True, text=True, cwd=_ROOT, timeout=60)
    assert said.stdout.strip() == "counted", said.stderr


def test_the_numbers_stand_in_the_tenth_column() -> None:
    table = (
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        "   0: 0100007F:0CEA 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 48213 1 0000000000000000 100 0 0 10 0\n"
        "   1: half a line\n"
    )
    assert sockets.listed_numbers(table) == {"48213"}
    assert sockets.listed_numbers("") == set()
    assert sockets.numbers_of_handles(["socket:[48213]", "pipe:[7]", "/dev/null", "anon_inode:[eventpoll]"]) == {"48213"}


@pytest.mark.parametrize(("row_size", "process_at"), [(24, 20), (56, 52), (12, 8), (28, 24)])
def test_of_windows_tables_the_rows_of_one_process_are_counted(row_size: int, process_at: int) -> None:
    rows = [bytes(process_at) + struct.pack("<I", process) for process in (7, 4242, 7, 4)]
    table = struct.pack("<I", 4) + b"".join(row.ljust(row_size, b"\0") for row in rows)
    assert sockets.rows_of_process(table, row_size, process_at, 7) == 2
    assert sockets.rows_of_process(struct.pack("<I", 0), row_size, process_at, 7) == 0


def test_a_system_that_does_not_tell_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise PermissionError

    monkeypatch.setattr(sockets, "_count", refuse)
    assert sockets.open_network_sockets() is None
