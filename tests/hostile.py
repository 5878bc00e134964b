"""Files of a few bytes that ask for hours of work or for all memory, made by code; and a child in which one is read, and measured."""

import contextlib
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from pupil_desk.basics.apart import READ_APART

ROOT = Path(__file__).resolve().parents[1]
MOST_SECONDS, MOST_MEGABYTES = 5, 500
_ON_A_BUSY_MACHINE = 3  # times that a second of work may take there
_CHILD = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds} + 1))
from pupil_desk.basics.apart.reader import in_place, run_by
from pupil_desk.basics.errors import Known
data = Path(sys.argv[1]).read_bytes()
try:
    with run_by(in_place):  # a child of its own would take the memory
        {reads}
    words = "read"
except Known as error:
    words = error.message
except Exception as error:
    words = getattr(error, "message", repr(error))
own = Path("/proc/self/status")  # which counts from the start of this program; the other figure begins with that of whoever started it
peak = next((int(line.split()[1]) for line in own.read_text().splitlines() if line.startswith("VmHWM")), None) if own.exists() else None
print((peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024, words)
"""
KEEP = "from pupil_desk.services.attachments.attachments import look_into; look_into(data, 'x')"
SCAN = "from pupil_desk.documents.scans import scan_files; [page and page.size for page in scan_files.pages_of(scan_files.open_scan(data))]"
TRANSFER = "from pupil_desk.documents.reading.xml_tree import safe_tree; safe_tree(data)"


def read_in_a_child(data: bytes, reads: str, folder: Path, *, seconds: int = MOST_SECONDS, megabytes: int = MOST_MEGABYTES) -> str:
    """What is said of the file, by a child that was ended if it took more than its seconds; fails if it took more memory than it may."""
    place = folder / "hostile"
    place.write_bytes(data)
    script = _CHILD.format(reads=reads, seconds=seconds * _ON_A_BUSY_MACHINE)
    done = subprocess.run([sys.executable, "-c", script, str(place)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"ended by the system: {done.returncode} {done.stderr[-500:]}"
    memory, words = done.stdout.strip().split(" ", 1)
    assert int(memory) < megabytes, f"{memory} MB"
    return words


class Watch:
    """Watches a file being read by the child: the most memory of the child, and the longest time in which no other thread here had its turn."""

    def __enter__(self) -> Self:
        self.megabytes, self.longest_gap, self._ended = 0, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.seconds = time.monotonic() - self._began
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        before = time.monotonic()
        while not self._ended.wait(0.01):
            self.longest_gap = max(self.longest_gap, time.monotonic() - before)
            self.megabytes = max(self.megabytes, memory_of_children())
            before = time.monotonic()


def memory_of_children() -> int:
    """The most that a child in which files are read has taken, of those that run now, in MB."""
    peaks = [0]
    for tasks in Path("/proc/self/task").iterdir():
        for child in (tasks / "children").read_text().split() if (tasks / "children").exists() else ():
            with contextlib.suppress(OSError):
                if READ_APART.encode() not in Path(f"/proc/{child}/cmdline").read_bytes():
                    continue  # another, or one that is about to begin: its memory is that of this process until then
                lines = Path(f"/proc/{child}/status").read_text().splitlines()
                peaks += [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")]
    return max(peaks)


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, whose first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(out),
    )


def stream(entries: bytes, body: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(body), body)


def page(resources: bytes, content: bytes, *more: bytes) -> bytes:
    """A PDF of one page; ``more`` are the objects from number 5 on."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<%s>>/Contents 4 0 R>>" % resources,
        stream(b"", content),
        *more,
    )


def forms_within_forms(levels: int, each: int, *, call: bytes = b"/F Do ", kind: bytes = b"/XObject") -> bytes:
    """Each form draws the next one some times: levels to the power of that in all."""
    forms = []
    for level in range(levels):
        within = b"/Resources<<%s<</F %d 0 R>>>>" % (kind, 6 + level) if level < levels - 1 else b""
        body = call * each if within else b"0 0 1 1 re f"
        what = b"/Type/XObject/Subtype/Form" if kind == b"/XObject" else b"/PatternType 1/PaintType 1/TilingType 1/XStep 9/YStep 9"
        forms.append(stream(b"%s/BBox[0 0 200 200]%s" % (what, within), body))
    return page(b"%s<</F 5 0 R>>" % kind, call, *forms)


def png(width: int, height: int, colour: int, depth: int = 8, before: Sequence[tuple[bytes, bytes]] = ()) -> bytes:
    """A PNG that packs well, whose height is a multiple of 64; ``before`` are parts that stand before its dots."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    packer, rows = zlib.compressobj(1), (b"\0" + b"\x40" * ((width * depth * channels + 7) // 8)) * 64
    packed = b"".join([*(packer.compress(rows) for _some in range(height // 64)), packer.flush()])
    head = width.to_bytes(4) + height.to_bytes(4) + bytes([depth, colour, 0, 0, 0])
    parts = ((b"IHDR", head), *before, (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4) for name, body in parts
    )


def transfer_file(blanks: int, *, before: str = "", declared: bool = True) -> bytes:
    """A transfer file with blanks before its declaration, or in place of one."""
    declaration = '<?xml version="1.0" encoding="UTF-8"?>' if declared else ""
    return f"{before}{' ' * blanks}{declaration}<CTfile>{' ' * blanks}</CTfile>".encode()
