"""A table as CSV for people: it opens in a spreadsheet with its letters right, and no cell of it can run.

UTF-8 with a byte-order mark, commas, CRLF, quotes where needed, ISO dates. The rules of what a spreadsheet takes for a
formula: OWASP's list (CVE-2021-41270), its full-width forms, and blanks before any of them. Never for a file that a
machine checks letter by letter: there a value is validated, not altered.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

type Cell = str | int | bool | date | None

_MARK = "\ufeff"
_STARTERS = frozenset("=+-@\u2212")  # the last is the minus sign of typesetters
_BREAKS = "\t\r\n"
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})  # Unicode's categories of blanks and of signs without a shape
# Digits and single blanks after one plus: no operator, name or reference, so nothing to work out. ITU-T E.164: at most 15.
_PHONE = re.compile(r"\+(?:[0-9] ?){7,14}[0-9]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # Unicode's category Cc, but for the breaks
_QUOTED = re.compile(r"[\",;\t\r\n]|^\s|\s$")


def guard(text: str) -> str:
    """The text such that a spreadsheet takes it for text: with ``'`` before it if it could be taken for a formula.

    A plain international telephone number stays as it is. ``unguard`` gives back the original of any text.
    """
    return f"'{text}" if _could_run(text.lstrip("'")) and not _PHONE.fullmatch(text) else text


def unguard(text: str) -> str:
    """The original of a text that ``guard`` may have guarded."""
    return text[1:] if text.startswith("'") and _could_run(text.lstrip("'")) else text


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
    lines = [",".join(_quoted(name) for name in header)]
    for row in rows:
        if len(row) != len(header):
            raise ValueError("a row of another length than the header")
        lines.append(",".join(["" if cell is None else _quoted(_spelt(cell)) for cell in row]))
    return (_MARK + "".join(line + "\r\n" for line in lines)).encode("utf-8")


def _spelt(cell: str | int | date) -> str:
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return str(cell)
    if _CONTROL.search(cell):
        raise ValueError("a control character in a cell")
    return guard(cell)


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if _QUOTED.search(text) else text
