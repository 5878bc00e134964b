"""The least of a PDF 1.7 file: numbered objects, streams, and the table that finds them.

Small objects go together into compressed object streams (ISO 32000-1, 7.5.7), because a tagged document has
hundreds of them. The same objects in the same order make the same bytes: no date, no random identifier.
"""

import hashlib
import zlib

_PER_OBJECT_STREAM = 200
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
    """Collects objects, then gives the file. Numbers are handed out in the order they are asked for."""

    def __init__(self) -> None:
        self._last = 0
        self._small: list[tuple[int, bytes]] = []
        self._streams: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        """A number for an object that is put later, so that others can refer to it already."""
        self._last += 1
        return self._last

    def put(self, number: int, body: bytes) -> None:
        """The object of a reserved number."""
        self._small.append((number, body))

    def add(self, body: bytes) -> int:
        """Puts an object and returns its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def put_stream(self, number: int, data: bytes, entries: bytes = b"", *, packed: bool = False) -> None:
        """A stream of a reserved number. ``packed`` data is compressed already."""
        body = data if packed else zlib.compress(data)
        self._streams.append(
            (number, b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(body), body))
        )

    def add_stream(self, data: bytes, entries: bytes = b"", *, packed: bool = False) -> int:
        """Puts a stream and returns its number."""
        number = self.reserve()
        self.put_stream(number, data, entries, packed=packed)
        return number

    def add_plain_stream(self, data: bytes, entries: bytes) -> int:
        """Puts a stream that stays readable in the file, as the metadata should."""
        number = self.reserve()
        body = b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)
        self._streams.append((number, body))
        return number

    def finish(self, root: int, info: int) -> bytes:
        """The whole file. ``root`` is the catalogue's number, ``info`` that of the document information."""
        places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        for start in range(0, len(self._small), _PER_OBJECT_STREAM):
            self._pack(self._small[start : start + _PER_OBJECT_STREAM], places)
        out = [_HEADER]
        offset = len(_HEADER)
        for number, body in self._streams:
            places[number] = (1, offset, 0)
            out.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            offset += len(out[-1])
        out.append(self._cross_references(places, offset, root, info, b"".join(out)))
        out.append(b"startxref\n%d\n%%%%EOF\n" % offset)
        return b"".join(out)

    def _pack(self, objects: list[tuple[int, bytes]], places: dict[int, tuple[int, int, int]]) -> None:
        stream = self.reserve()
        index, bodies, position = [], [], 0
        for order, (number, body) in enumerate(objects):
            places[number] = (2, stream, order)
            index.append(b"%d %d" % (number, position))
            bodies.append(body)
            position += len(body) + 1
        head = b" ".join(index) + b"\n"
        self.put_stream(
            stream,
            head + b"\n".join(bodies),
            b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)),
        )

    def _cross_references(
        self, places: dict[int, tuple[int, int, int]], offset: int, root: int, info: int, before: bytes
    ) -> bytes:
        number = self.reserve()
        places[number] = (1, offset, 0)
        rows = b"".join(
            kind.to_bytes(1) + second.to_bytes(4) + third.to_bytes(2)
            for _, (kind, second, third) in sorted(places.items())
        )
        identity = hashlib.sha256(before).digest()[:16].hex().encode("ascii")
        body = zlib.compress(rows)
        return (
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %s/Info %s/ID[<%s><%s>]/Filter/FlateDecode"
            b"/Length %d>>stream\n%s\nendstream\nendobj\n"
        ) % (number, number + 1, reference(root), reference(info), identity, identity, len(body), body)
