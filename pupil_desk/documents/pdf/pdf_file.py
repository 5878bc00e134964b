"""The least of a PDF 1.7 file: numbered objects, streams, and the table that finds them.

Small objects go together into compressed object streams (ISO 32000-1, 7.5.7), because a tagged document has
hundreds of them. The same objects in the same order make the same bytes: no date, no random identifier. That
holds on one machine: another zlib, or the same on another processor, may pack a stream otherwise, and what it unpacks to is the same.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Callable
from io import BytesIO

_PER_OBJECT_STREAM = 200
_ROW = struct.Struct(">BIH")  # of the table that finds objects: a kind and two numbers
_UNUSED = bytes(_ROW.size)
_BEGIN = re.compile(rb"(\d+) 0 obj\n<<([^\n]*)/Length (\d+)>>stream\n")
_END = b"\nendstream\nendobj\n"
_ENDS = re.compile(rb"startxref\n(\d+)\n%%EOF\n\Z")
_NAMED = re.compile(rb"/Root (\d+) 0 R/Info (\d+) 0 R")
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def text_string(text: str) -> bytes:
    """A PDF text string: printable ASCII as it is, anything else as UTF-16."""
    if text.isascii() and text.isprintable():
        return literal(text.encode("ascii"))
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"


def literal(data: bytes) -> bytes:
    """A PDF literal string of these bytes."""
    escaped = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(" + escaped.replace(b"\r", b"\\r").replace(b"\n", b"\\n") + b")"


def reference(number: int) -> bytes:
    """A reference to an object."""
    return b"%d 0 R" % number


class PdfFile:
    """Collects objects, then gives the file. Numbers are handed out in the order they are asked for.

    What is put is written at once, packed, and need not be held by anyone: until it is given, the file takes the memory of its own
    bytes and seven more an object.
    """

    def __init__(self) -> None:
        self._small: list[tuple[int, bytes]] = []
        self._out = BytesIO()
        self._out.write(_HEADER)
        self._rows = bytearray(_ROW.pack(0, 0, 65535))

    def reserve(self) -> int:
        """A number for an object that is put later, so that others can refer to it already."""
        self._rows += _UNUSED
        return len(self._rows) // _ROW.size - 1

    def write_object(self, number: int, body: bytes) -> None:
        """The object of a reserved number."""
        self._small.append((number, body))
        if len(self._small) == _PER_OBJECT_STREAM:
            self._pack()

    def add(self, body: bytes) -> int:
        """Puts an object and returns its number."""
        number = self.reserve()
        self.write_object(number, body)
        return number

    def put_stream(self, number: int, data: bytes, entries: bytes = b"", *, packed: bool = False) -> None:
        """A stream of a reserved number. ``packed`` data is compressed already."""
        self._write(number, data if packed else zlib.compress(data), b"%s/Filter/FlateDecode" % entries)

    def add_stream(self, data: bytes, entries: bytes = b"", *, packed: bool = False) -> int:
        """Puts a stream and returns its number."""
        number = self.reserve()
        self.put_stream(number, data, entries, packed=packed)
        return number

    def add_plain_stream(self, data: bytes, entries: bytes) -> int:
        """Puts a stream that stays readable in the file, as the metadata should."""
        number = self.reserve()
        self._write(number, data, entries)
        return number

    def finish(self, root: int, info: int, lock: bytes = b"") -> bytes:
        """The whole file. ``root`` is the catalogue's number, ``info`` that of the document information, ``lock`` how its streams are sealed."""
        self._pack()
        with self._out.getbuffer() as before:
            identity = hashlib.sha256(before).digest()[:16].hex().encode("ascii")
        number = self.reserve()
        offset = self._begin_object(number)
        entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %s/Info %s/ID[<%s><%s>]" % (
            number + 1,
            reference(root),
            reference(info),
            identity,
            identity,
        )
        if lock:
            entries += b"/Encrypt%s" % lock
        self.put_stream(number, bytes(self._rows), entries)
        self._out.write(b"startxref\n%d\n%%%%EOF\n" % offset)
        return self._out.getvalue()

    def _write(self, number: int, body: bytes, entries: bytes) -> None:
        self._begin_object(number)
        self._out.write(b"%d 0 obj\n<<%s/Length %d>>stream\n" % (number, entries, len(body)))
        self._out.write(body)
        self._out.write(_END)

    def _begin_object(self, number: int) -> int:
        """The object begins here; where that is, in bytes from the start of the file."""
        offset = self._out.tell()
        self._place(number, 1, offset, 0)
        return offset

    def _place(self, number: int, kind: int, where: int, order: int) -> None:
        _ROW.pack_into(self._rows, number * _ROW.size, kind, where, order)

    def _pack(self) -> None:
        """The small objects that wait, as one object stream."""
        if not self._small:
            return
        stream = self.reserve()
        index, bodies, position = [], [], 0
        for order, (number, body) in enumerate(self._small):
            self._place(number, 2, stream, order)
            index.append(b"%d %d" % (number, position))
            bodies.append(body)
            position += len(body) + 1
        head = b" ".join(index) + b"\n"
        self.put_stream(stream, head + b"\n".join(bodies), b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(head)))
        self._small.clear()

    @classmethod
    def sealed(cls, data: bytes, seal: Callable[[bytes], bytes], lock: bytes) -> bytes:
        """A file that was given, with each of its streams sealed, and ``lock``, the dictionary that says how.

        All that it says is in a stream, so nothing stays open but the table that finds objects. One stream is in the hand at a time,
        so that thousands of pages need no more memory than the two files. Raises ValueError for a file that was not written here.
        """
        end = _ENDS.search(data, max(0, len(data) - 40))
        table = _BEGIN.match(data, int(end[1])) if end else None
        trailer = _NAMED.search(table[2]) if table else None
        if end is None or table is None or trailer is None or not data.startswith(_HEADER):
            raise ValueError("this is no PDF that was written here")
        file = cls()
        file._rows = bytearray(zlib.decompress(data[table.end() : table.end() + int(table[3])]))[: -_ROW.size]
        position = len(_HEADER)
        while position != table.start():
            match = _BEGIN.match(data, position)
            if match is None:
                raise ValueError("this PDF is damaged")
            body = data[match.end() : match.end() + int(match[3])]
            file._write(int(match[1]), seal(body), match[2])
            position = match.end() + len(body) + len(_END)
        return file.finish(int(trailer[1]), int(trailer[2]), lock)
