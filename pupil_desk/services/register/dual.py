"""Dual registration (domain reference 6.4): a session belongs to one of the two schools, and the other's register says D.

What the other school marked is not in our file; what was agreed with it is, as the pupil's timetable. Where the mark here goes
against that, either both registers say D for the session or neither does.
"""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.register.attendance import DUAL, Session, Timetable, possible
from pupil_desk.services.register.looking import expected_code

_DUAL_STATUSES = frozenset({"M", "S"})
_NEVER = "9999-12-31"


def dual_errors(rows: Iterable[Any], stays: Iterable[Any], patterns: dict[str, list[Timetable]]) -> dict[str, str]:
    """Per pupil the first session at odds, in words. ``rows`` are what stands, by pupil and day; ``stays`` as ``on_register`` gives them."""
    dual: dict[str, list[tuple[str, str]]] = {}
    for stay in stays:
        if stay["status"] in _DUAL_STATUSES:
            dual.setdefault(stay["id"], []).append((stay["start_date"] or "", stay["end_date"] or _NEVER))
    errors = {}
    for pupil_id, marks in groupby(rows, key=lambda row: str(row["pupil_id"])):
        sentences = (_at_odds(row, dual.get(pupil_id, []), patterns.get(pupil_id, [])) for row in marks)
        if words := next(filter(None, sentences), ""):
            errors[pupil_id] = words
    return errors


def _at_odds(row: Any, dual: list[tuple[str, str]], patterns: list[Timetable]) -> str:
    code, is_dual = row["code"], any(start <= row["day"] <= end for start, end in dual)
    if code != DUAL and not is_dual:
        return ""
    day, session = date.fromisoformat(row["day"]), Session(row["session"])
    half = _("morning") if session is Session.AM else _("afternoon")
    if not is_dual:
        return _("{day}, {half}: D, but the stay names no other school").format(day=short_date(day), half=half)
    if not any(pattern.in_force(day) for pattern in patterns):
        return ""
    expected = expected_code(patterns, day, session)
    if expected == DUAL and code != DUAL and possible(code):
        words = _("{day}, {half}: {code} here, but agreed for the other school. Its register must not say the same.")
    elif expected != DUAL and code == DUAL:
        words = _("{day}, {half}: D, but agreed for us. The other school’s register says D too.")
    else:
        return ""
    return words.format(day=short_date(day), half=half, code=code)
