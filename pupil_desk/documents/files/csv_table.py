"""A table as CSV for people: it opens in a spreadsheet with its letters right, and no cell of it can run.

UTF-8 with a byte-order mark, commas, CRLF, quotes where needed, ISO dates. The rules of what a spreadsheet takes for a
formula: OWASP's list (CVE-2021-41270), its full-width forms, and blanks before any of them.

A file that a machine checks letter by letter is ``machine_csv``: there a value is refused, not altered. One that holds whatever is kept is ``exact_csv``.
"""

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import batched

from pupil_desk.basics.words import _

type Cell = str | int | Decimal | bool | date | None

_MARK, _END = "\ufeff", "\r\n"
_AT_ONCE = 5_000  # lines
_STARTERS = frozenset("=+-@\u2212")  # the last is the minus sign of typesetters
_BREAKS = "\t\r\n"
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})  # Unicode's categories of blanks and of signs without a shape
# Digits and single blanks after one plus: no operator, name or reference, so nothing to work out. ITU-T E.164: at most 15.
_PHONE = re.compile(r"\+(?:[0-9] ?){7,14}[0-9]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # Unicode's category Cc, but for the breaks
# Most texts: a plain letter or digit first, nothing of ``CONTROL`` or ``_QUOTED`` in it, so that it stands as it is in any file.
_PLAIN = re.compile(r"[0-9A-Za-z](?:[^\",;\x00-\x1f\x7f-\x9f]*[^\s\",;\x00-\x1f\x7f-\x9f])?")
_QUOTED = re.compile(r"[\",;\t\r\n]|^\s|\s$")


def guard(text: str) -> str:
    """The text such that a spreadsheet takes it for text: with ``'`` before it if it could be taken for a formula.

    A plain international telephone number stays as it is. No two texts become the same.
    """
    return f"'{text}" if _could_run(text.lstrip("'")) and not _PHONE.fullmatch(text) else text


def _could_run(text: str) -> bool:
    """Whether it begins with a sign that starts a formula, in any width, or with a break, whatever unseen signs precede it."""
    if text[:1] and text[0] in _BREAKS:
        return True
    if text[:1].isascii() and text[:1].isalnum():  # most cells: neither a starter nor unseen
        return False
    first = next((sign for sign in text if unicodedata.category(sign) not in _UNSEEN), "")
    return unicodedata.normalize("NFKC", first)[:1] in _STARTERS


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The file's bytes. Numbers, dates and Y/N are written from their types, text is guarded; None is an empty cell.

    Raises ValueError for a row of another length than the header, or a control character: a bug of the caller.
    """
    return _csv_bytes(header, rows, _guarded, with_mark=True)


def machine_refuses(text: str) -> str | None:
    """Why a text may not stand in a file for a machine, as a sentence for whoever keeps the record; None if it may."""
    if _PLAIN.fullmatch(text):
        return None
    if CONTROL.search(text) or any(sign in text for sign in _BREAKS):
        return _("This has a line break or an unseen sign in it, which the receiver’s program refuses. Type it again.")
    if guard(text) != text:
        return _("This begins with a sign that a spreadsheet takes for a formula. Correct it before the file is made.")
    return None


def machine_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, with_mark: bool = False, quoted: bool = False) -> bytes:
    """The bytes of a file for a machine: UTF-8, commas, CRLF, each value exactly as given; ``with_mark`` puts a byte-order mark before it, ``quoted`` each value in quotes.

    Raises ValueError for a row of another length than the header, and for what ``machine_refuses``: look before, and tell it as a Problem.
    """
    return _csv_bytes(header, rows, _as_given, with_mark=with_mark, quoted=quoted)


def exact_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The bytes of a table as it is kept, for another program: UTF-8, commas, CRLF, quotes where needed, each text to the letter, breaks too."""
    return _csv_bytes(header, rows, str, with_mark=False)


def _csv_bytes(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], spelt: Callable[[str], str], *, with_mark: bool, quoted: bool = False
) -> bytes:
    """What a cell comes to is worked out once, however often it stands in the table.

    Only the bytes of the file are held whole: of its lines no more than some thousands at a time.
    """
    width, spelling, out = len(header), _Spellings(spelt).__getitem__, io.BytesIO()
    ends = _in_quotes if quoted else str
    out.write(((_MARK if with_mark else "") + ",".join([ends(_quoted(name)) for name in header]) + _END).encode())
    for some in batched(rows, _AT_ONCE):
        lines = []
        for row in some:
            if len(row) != width:
                raise ValueError("a row of another length than the header")
            lines.append(",".join(map(ends, map(spelling, row)) if quoted else map(spelling, row)))
        lines.append("")
        out.write(_END.join(lines).encode())
    return out.getvalue()


class _Spellings(dict[Cell, str]):
    """Texts and dates, and nothing, each as it stands in the file. A number is never kept: 1, 1.0 and a yes would be one key."""

    def __init__(self, spelt: Callable[[str], str]) -> None:
        super().__init__()
        self._spelt = spelt

    def __missing__(self, cell: Cell) -> str:
        if isinstance(cell, str):
            spelling = cell if _PLAIN.fullmatch(cell) else _quoted(self._spelt(cell))
        elif isinstance(cell, bool):
            return "Y" if cell else "N"
        elif isinstance(cell, int | Decimal):
            return str(cell)
        else:
            spelling = cell.isoformat() if isinstance(cell, date) else ""
        self[cell] = spelling
        return spelling


def _guarded(text: str) -> str:
    if CONTROL.search(text):
        raise ValueError("a control character in a cell")
    return guard(text)


def _as_given(text: str) -> str:
    if refusal := machine_refuses(text):
        raise ValueError(refusal)
    return text


def _in_quotes(spelling: str) -> str:
    return spelling if spelling.startswith('"') else f'"{spelling}"'


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if _QUOTED.search(text) else text
