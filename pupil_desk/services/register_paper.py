"""The register as a paper: a week or a half-term, with every amendment that was made in it."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.errors import Known
from pupil_desk.basics.words import _
from pupil_desk.documents import register as layout
from pupil_desk.documents.blocks import NOTHING, Block
from pupil_desk.domain.attendance import CLOSED, CODES, Session
from pupil_desk.services import calendars, register
from pupil_desk.services.desk import Desk
from pupil_desk.services.register import RegisterRow, RegisterView
from pupil_desk.services.roles import Action

LYING, BASE = layout.LYING, layout.BASE
_DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
_AMENDED = "*"


def half_term(desk: Desk, day: date) -> tuple[date, date]:
    """First and last day of the half-term of a day. Raises Known for a day in none."""
    for term in calendars.terms(desk):
        if term.start <= day <= term.end:
            return term.start, term.end
    raise Known(_("{day} is in none of the half-terms in Settings. Choose a day in term, or print the week.").format(day=show_date(day)))


def paper(desk: Desk, first: date, last: date) -> tuple[list[Block], str]:
    """The register of these days as a story, and its title: a table for each week."""
    views = [register.view(desk, monday, min(monday + timedelta(days=4), last)) for monday in _mondays(first, last)]
    weeks = [_week(view) for view in views if view.days]
    amended = [one for view in views for one in _amended(desk, view)]
    used = {cell.code for view in views for row in view.rows for cell in row.cells.values() if cell.code}
    used |= {CLOSED} if any(view.closed and view.rows for view in views) else set()
    codes = [(code.code, code.label) for code in codelist(CODES).codes.values() if code.code in used]
    if amended:
        codes.append((_AMENDED, _("Amended: see Amendments")))
    if any(NOTHING in row for week in weeks for row in week.rows):
        codes.append((NOTHING, _("Not marked")))
    made = _("Printed on {day} by {user}.").format(day=show_date(desk.today), user=desk.user.name)
    if desk.settings.register_copy:
        made += " " + _("A copy: the school’s own system is the register of record.")
    return layout.story(desk.settings.name, made, weeks, amended, codes), _("Attendance register")


def printed(desk: Desk, first: date, last: date) -> None:
    """Log that the register of these days went to the printer."""
    with desk.act(Action.READ_RECORD, "register", "", f"printed {first.isoformat()} to {last.isoformat()}"):
        pass


def _mondays(first: date, last: date) -> Iterator[date]:
    """The first day, then each Monday."""
    day = first - timedelta(days=first.weekday())
    while day <= last:
        yield max(day, first)
        day += timedelta(days=7)


def _week(view: RegisterView) -> layout.Week:
    sessions = [f"{_DAYS[day.weekday()]} {day.day}\n{session}" for day in view.days for session in Session]
    rows = [[row.name, *(_said(view, row, day, session) for day in view.days for session in Session)] for row in view.rows]
    title = _("{first} to {last}").format(first=show_date(view.days[0]), last=show_date(view.days[-1]))
    return layout.Week(title, sessions, rows)


def _said(view: RegisterView, row: RegisterRow, day: date, session: Session) -> str:
    cell = row.cells.get((day, session))
    if cell is not None and cell.code:
        return cell.code + (_AMENDED if cell.amended else "")
    if day in view.closed:
        return CLOSED
    return NOTHING if day in row.on_register and (day, session) in view.begun else ""


def _amended(desk: Desk, view: RegisterView) -> Iterator[layout.Amended]:
    taken_back = register.taken_back(desk, view.days[0], view.days[-1]) if view.days else set()
    for row in view.rows:
        amended = {place for place, cell in row.cells.items() if cell.amended}
        amended |= {(day, session) for pupil_id, day, session in taken_back if pupil_id == row.pupil_id}
        for day, session in sorted(amended):
            entries = register.entries(desk, row.pupil_id, day, session)
            for before, entry in itertools.pairwise(entries):
                at = local_time(entry.at)
                by = _("{name}, {title}, {day} {time}").format(name=entry.name, title=entry.title, day=short_date(at.date()), time=at.strftime("%H:%M"))
                when = f"{_DAYS[day.weekday()]} {short_date(day)} {session}"
                yield layout.Amended(row.name, when, before.code or _("no mark"), entry.code or _("no mark"), entry.reason, by)
