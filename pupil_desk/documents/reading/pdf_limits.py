"""The size limits of a PDF from outside, of what it would cost to draw, checked before it is drawn: a few bytes can ask for hours of work.

Three things are counted, each in time that goes with the size of the file: what its packed parts unfold to, the dots of its pictures,
and the work of its pages, where a form that is drawn within forms counts once for each time that it would be drawn.
"""

import base64
import re
import warnings
import zlib
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pupil_desk.basics.quiet import quiet

_MOST_UNFOLDED = 400_000_000  # bytes of all parts: a stack of 200 pages in grey at 200 dots to the inch is 750, but packed as JPEG
_MOST_WORK = 60_000_000  # bytes of drawing, with what is drawn again: some seconds
_MOST_DOTS = 45_000_000  # of one picture: A4 at 600 dots to the inch is 35
_MOST_LAID = 400_000_000  # dots of all pictures of one page, as often as they are laid down
_MOST_DEEP = 24  # forms within forms; papers have two or three
_LEAST_WORK = 200  # bytes that a form counts for, however short
_LEAST_TILE = 0.25  # square points of a pattern that is repeated
_STEP = 1 << 20
_STREAM = re.compile(rb"stream\r?\n")
_OPERATORS, _PICTURES = ("Do", "scn", "SCN", "gs", "Tf"), ("BI", "ID", "EI")
_DRAWS = re.compile(rb"\b(?:Do|scn|SCN|gs|Tf)\b")
_NAMED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_SCAN_OF_JPEG, _MOST_SCANS = b"\xff\xda", 200  # a picture that is refined ten times is usual
_SLOW = 1500  # times that the other ways of packing can unfold, at most


class PdfTooLarge(Exception):
    """The PDF would cost too much. ``dots`` is whether it is a picture of too many dots."""

    def __init__(self, *, dots: bool = False) -> None:
        super().__init__("too heavy")
        self.dots = dots


def refuse_over_limits(data: bytes) -> None:
    """Refuse a PDF over a limit: raises PdfTooLarge. One that cannot be looked into is left to the one that draws, which says why."""
    import pikepdf

    _unfolded(data)
    try:
        with quiet(), pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:  # with an empty password: its parts were not seen as they are
                plain = BytesIO()
                pdf.save(plain, encryption=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
                _unfolded(plain.getvalue())
            _look_at_parts(pdf)
            _Work().of_pages(pdf)
    except (pikepdf.PdfError, pikepdf.PasswordError, RecursionError):
        return
    except (
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
    ) as error:  # a part of another type than it must be: nobody knows what it would cost
        raise PdfTooLarge from error


def _unfolded(data: bytes) -> None:
    """Unfold every packed part in steps, keeping nothing: those that a reader takes apart before it is asked, too."""
    left = _MOST_UNFOLDED
    for stream in _STREAM.finditer(data):
        begin = stream.end()
        if data[begin : begin + 1] not in (b"\x78", b"\x68", b"\x58", b"\x48", b"\x38", b"\x28", b"\x18", b"\x08"):
            continue
        end = data.find(b"endstream", begin)
        left = _unfold(data[begin : end if end >= 0 else len(data)], left, depth=0)


def _unfold(packed: bytes, left: int, *, depth: int) -> int:
    """What is left of the sum after this part; a part packed again within it is unfolded as well."""
    unpacker, fed, nested = zlib.decompressobj(), packed, b""
    try:
        while fed and not unpacker.eof:
            piece = unpacker.decompress(fed, _STEP)
            nested = nested or (piece if depth < 3 and piece[:1] == b"\x78" else b"-")
            left, fed = left - len(piece), unpacker.unconsumed_tail
            if left < 0:
                raise PdfTooLarge
    except zlib.error:
        return left
    return _unfold(nested, left, depth=depth + 1) if nested[:1] == b"\x78" else left


def _look_at_parts(pdf: Any) -> None:
    """Pictures of too many dots, and patterns so fine that they would be repeated without end."""
    import pikepdf

    for pdf_object in pdf.objects:
        if not isinstance(pdf_object, pikepdf.Stream):
            continue
        if pdf_object.get("/Subtype") == "/Image" and _number(pdf_object.get("/Width")) * _number(pdf_object.get("/Height")) > _MOST_DOTS:
            raise PdfTooLarge(dots=True)
        if pdf_object.get("/Subtype") == "/Image" and pdf_object.read_raw_bytes().count(_SCAN_OF_JPEG) > _MOST_SCANS:
            raise PdfTooLarge
        if (
            pdf_object.get("/PatternType") == 1
            and abs(_number(pdf_object.get("/XStep")) * _number(pdf_object.get("/YStep"))) * _scale(pdf_object) < _LEAST_TILE
        ):
            raise PdfTooLarge


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _scale(pattern: Any) -> float:
    """How much its matrix makes of an area."""
    matrix = [_number(number) for number in pattern.get("/Matrix", ())]
    return abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) if len(matrix) == 6 else 1.0


@dataclass(frozen=True, slots=True)
class _Cost:
    """Of drawing something once: the bytes of drawing with all within it, and the dots of the pictures that are laid down."""

    work: int
    dots: int


class _Work:
    """What would be drawn, form by form: each is worked out once, and counts as often as it would be drawn."""

    def __init__(self) -> None:
        self._cost_by_key: dict[tuple[int, int], _Cost] = {}
        self._open: set[tuple[int, int]] = set()  # those under way: what draws itself is not drawn again
        self._left = _MOST_UNFOLDED  # bytes that are looked into

    def of_pages(self, pdf: Any) -> None:
        """Raises PdfTooLarge for all pages together, or for the pictures of one."""
        total = 0
        for page in pdf.pages:
            drawables = [page.obj, *(state for note in page.obj.get("/Annots", ()) for state in _looks(note))]
            total += sum(self._cost_of(drawable, 0).work for drawable in drawables)
            if total > _MOST_WORK:
                raise PdfTooLarge

    def _cost_of(self, drawable: Any, depth: int) -> _Cost:
        """Of a page, a form, a pattern or a letter that is drawn."""
        key = drawable.objgen
        if depth > _MOST_DEEP:
            raise PdfTooLarge
        if key[0] and key in self._cost_by_key:
            return self._cost_by_key[key]
        if key[0] and key in self._open:
            return _Cost(0, 0)
        self._open.add(key)
        content = self._content(drawable)
        times, draws = _drawing(drawable, content)
        hides_names = draws["Do"] > sum(times.values())
        cost_by_name = {name: self._of_part(part, depth) for name, part in _named_within(drawable).items() if times[name] or hides_names}
        unnamed_costs = (
            [self._cost_of(part, depth + 1) for part in _others_within(drawable)]
            if draws["scn"] + draws["SCN"] + draws["gs"] + draws["Tf"]
            else []
        )
        self._open.discard(key)
        work = max(_LEAST_WORK, len(content)) + sum(times[name] * cost.work for name, cost in cost_by_name.items())
        dots = sum(times[name] * cost.dots for name, cost in cost_by_name.items())
        unnamed = sum(draws.values()) - sum(times[name] for name in cost_by_name)  # patterns, masks, letters, and what hides its name
        costs = [*unnamed_costs, *(cost_by_name.values() if hides_names else ())]
        if costs:
            work += unnamed * max(cost.work for cost in costs)
            dots += unnamed * max(cost.dots for cost in costs)
        if work > _MOST_WORK or dots > _MOST_LAID:
            raise PdfTooLarge
        self._cost_by_key[key] = _Cost(work, dots)
        return self._cost_by_key[key]

    def _of_part(self, part: Any, depth: int) -> _Cost:
        if part.get("/Subtype") == "/Image":
            return _Cost(_LEAST_WORK, int(_number(part.get("/Width")) * _number(part.get("/Height"))))
        return self._cost_of(part, depth + 1)

    def _content(self, drawable: Any) -> bytes:
        import pikepdf

        streams = [drawable] if isinstance(drawable, pikepdf.Stream) else drawable.get("/Contents", [])
        contents = []
        for stream in [streams] if isinstance(streams, pikepdf.Stream) else streams:
            if isinstance(stream, pikepdf.Stream):
                size = _size(stream, self._left)
                self._left -= size
                if self._left < 0 or (size > _MOST_WORK and str(stream.get("/Filter")) != "/LZWDecode"):
                    raise PdfTooLarge
                contents.append(bytes(stream.read_bytes()))
        return b"\n".join(contents)


def _size(stream: Any, limit: int) -> int:
    """The bytes that a stream unfolds to, more than ``limit`` if it is more; by zlib they are counted, by rarer ways the most that there can be."""
    import pikepdf

    data, filters = stream.read_raw_bytes(), stream.get("/Filter")
    ways = (
        [str(filter_name) for filter_name in filters]
        if isinstance(filters, pikepdf.Array)
        else [str(filters)]
        if filters is not None
        else []
    )
    for place, way in enumerate(ways):
        if way in ("/ASCII85Decode", "/A85"):
            try:
                data = base64.a85decode(data.strip().removeprefix(b"<~").removesuffix(b"~>"))
            except ValueError:
                return len(data) * _SLOW
        elif way in ("/FlateDecode", "/Fl") and place == len(ways) - 1:
            return limit - _unfold(data, limit, depth=0)
        elif way not in ("/ASCIIHexDecode", "/AHx"):
            return len(data) * _SLOW
    return len(data)


def _drawing(drawable: Any, content: bytes) -> tuple[Counter[str], Counter[str]]:
    """How often each form or picture is drawn by its name, and how often each operator stands there that may draw something else.

    Where the content is not as it should be, it is read by eye: whatever looks like such an operator is one.
    """
    import pikepdf
    from pikepdf.models import PdfParsingError

    times, draws = Counter[str](), Counter[str]()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # what it warns of, such as an early end, is not as it should be either
            read = pikepdf.parse_content_stream(drawable, operators=" ".join((*_OPERATORS, *_PICTURES)))
    except (pikepdf.PdfError, PdfParsingError, UserWarning, TypeError, ValueError):
        return Counter(_name(match) for match in _NAMED.findall(content)), Counter(
            match.decode("ascii") for match in _DRAWS.findall(content)
        )
    for instruction in read:
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            if instruction.iimage.width * instruction.iimage.height > _MOST_DOTS:
                raise PdfTooLarge(dots=True)
            continue
        draws[str(instruction.operator)] += 1
        if str(instruction.operator) == "Do" and len(instruction.operands) == 1:
            times[str(instruction.operands[0])] += 1
    return times, draws


def _name(name: bytes) -> str:
    """A name as the reader takes it: #41 is A."""
    return "/" + re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name).decode("utf-8", "replace")


def _named_within(drawable: Any) -> dict[str, Any]:
    """The forms and pictures in its resources."""
    import pikepdf

    resources = _resources(drawable)
    xobjects = resources.get("/XObject") if resources is not None else None
    entries = xobjects.items() if isinstance(xobjects, pikepdf.Dictionary) else ()
    return {str(name): part for name, part in entries if isinstance(part, pikepdf.Stream)}


def _resources(drawable: Any) -> Any:
    """Its resources; a page has them from the pages above it where it has none."""
    import pikepdf

    for _level in range(_MOST_DEEP):
        if isinstance(drawable, (pikepdf.Dictionary, pikepdf.Stream)) and isinstance(drawable.get("/Resources"), pikepdf.Dictionary):
            return drawable["/Resources"]
        drawable = drawable.get("/Parent") if isinstance(drawable, pikepdf.Dictionary) else None
        if drawable is None:
            break
    return None


def _others_within(drawable: Any) -> list[Any]:
    """The patterns, soft masks and forms of drawn letters in its resources."""
    import pikepdf

    resources, drawables = _resources(drawable), list[Any]()
    for part in ("/Pattern", "/ExtGState", "/Font") if resources is not None else ():
        entries = resources.get(part)
        for entry in entries.values() if isinstance(entries, pikepdf.Dictionary) else ():
            if part == "/Pattern":
                drawables.append(entry)
            elif isinstance(entry, pikepdf.Dictionary):
                mask = entry.get("/SMask") if part == "/ExtGState" else None
                drawables += [mask.get("/G")] if isinstance(mask, pikepdf.Dictionary) else []
                drawables += _named_within(entry).values() if part == "/Font" else []
    return [candidate for candidate in drawables if isinstance(candidate, pikepdf.Stream) and candidate.get("/Subtype") != "/Image"]


def _looks(note: Any) -> list[Any]:
    """How an annotation is drawn: each of its states."""
    import pikepdf

    appearance = note.get("/AP") if isinstance(note, pikepdf.Dictionary) else None
    look = appearance.get("/N") if isinstance(appearance, pikepdf.Dictionary) else None
    if isinstance(look, pikepdf.Stream):
        return [look]
    return [state for state in look.values() if isinstance(state, pikepdf.Stream)] if isinstance(look, pikepdf.Dictionary) else []
