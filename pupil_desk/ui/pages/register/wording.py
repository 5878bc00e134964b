"""A cell of the register in words, for the panel beside it and for screen readers."""

from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.register.attendance import (
    ADMINISTRATIVE,
    ATTENDING,
    AUTHORISED,
    ELSEWHERE,
    NOT_POSSIBLE,
    UNAUTHORISED,
    Session,
    category_of,
)
from pupil_desk.ui.pages.register.sheet import RegisterCell, RegisterSheet

CATEGORIES = {
    ATTENDING: _("present"),
    ELSEWHERE: _("present, educated elsewhere"),
    AUTHORISED: _("authorised absence"),
    UNAUTHORISED: _("unauthorised absence"),
    NOT_POSSIBLE: _("a session the pupil could not attend"),
    ADMINISTRATIVE: _("nothing: it is not counted"),
}
DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
KEYS_WORDS = _(
    "Type a code: it is taken, and the next pupil is ready. Ctrl+click chooses several for one code. F2 fills present, F3 goes to what is not marked, F4 records a call, Ctrl+S saves."
)


def day_words(day: date) -> str:
    """Tuesday 24 November 2026."""
    return f"{DAYS[day.weekday()]} {show_date(day)}"


def session_words(session: Session) -> str:
    """The session as people say it."""
    return _("morning") if session is Session.AM else _("afternoon")


def code_words(code: str) -> str:
    """What a code means, «not marked» for none."""
    return codelist("attendance").label_of(code) if code else _("Not marked")


def category_words(code: str) -> str:
    """How a code counts."""
    return CATEGORIES.get(category_of(code), "")


def closed_words(reason: str) -> str:
    """That the unit is closed, and why; a reason that says no more than that is left out."""
    if reason.strip().lower() == _("closed"):
        return _("The unit is closed")
    return _("The unit is closed: {reason}").format(reason=reason)


def why_closed(cell: RegisterCell) -> str:
    """Why nothing can be entered in a cell, or only what is planned; empty where anything can."""
    if cell.closed:
        return closed_words(cell.closed)
    if not cell.on_roll:
        return _("Not on roll on this day")
    if not cell.has_begun:
        return _("This session has not begun: only what is planned can be entered")
    return ""


def state_words(cell: RegisterCell) -> str:
    """What there is to know of a cell besides its code."""
    phrases = []
    if cell.unsaved_mark is not None:
        phrases.append(_("changed, not saved yet") if cell.changes else _("not saved yet"))
    elif cell.saved_cell.code is not None:
        phrases += [_("amended")] if cell.saved_cell.amended else []
        phrases += [_("planned, not yet confirmed")] if cell.saved_cell.is_planned else []
        phrases += [_("filled in afterwards")] if cell.saved_cell.late else []
    if not cell.code and cell.expected and cell.open:
        phrases.append(_("{code} is expected").format(code=cell.expected))
    return ", ".join(phrases)


def marked_words(sheet: RegisterSheet, column: int) -> str:
    """How many of a session are marked."""
    day, session = sheet.columns[column]
    name = session_words(session).capitalize()
    if (day, session) not in sheet.view.begun_sessions:
        return _("{session}: not begun.").format(session=name)
    missing = len(sheet.missing_in(column))
    if not missing:
        return _("{session}: all marked.").format(session=name)
    return _("{session}: {missing} of {all} not marked.").format(session=name, missing=missing, all=len(sheet.rows))


def accessible_words(cell: RegisterCell, name: str) -> str:
    """The whole cell in one sentence, for a screen reader."""
    _pupil, day, session = cell.place
    where = f"{name}, {DAYS[day.weekday()]} {session_words(session)}"
    if not cell.code and (reason := why_closed(cell)):
        return f"{where}: {reason}"
    code = f"{cell.code} {code_words(cell.code)}".strip()
    return ", ".join(part for part in (f"{where}: {code}", state_words(cell)) if part)


def copy_words(*, is_copy: bool) -> str:
    """What this program cannot do for a unit that owes DfE its registers every day."""
    words = _("This program cannot make the daily transfer to DfE that state-funded schools owe.")
    if is_copy:
        return words + " " + _("This register is a copy: the school’s own system is the register of record.")
    return words + " " + _("A unit bound by it keeps its school’s system as the register of record.")


def view_words(sheet: RegisterSheet, first: date, last: date) -> list[str]:
    """What is in view and what is missing, in sentences."""
    when = day_words(first) if first == last else _("{first} to {last}").format(first=day_words(first), last=day_words(last))
    parts = [f"{when}."]
    if first in sheet.view.closed and first == last:
        parts.append(closed_words(sheet.view.closed[first]) + ".")
    elif sheet.rows and first == last:
        parts += [marked_words(sheet, column) for column in range(len(sheet.columns))]
    elif sheet.rows:
        missing = len(sheet.missing())
        parts.append(_("{marks} missing.").format(marks=count_of(missing, _("mark"), _("marks"))) if missing else _("Nothing is missing."))
    return parts
