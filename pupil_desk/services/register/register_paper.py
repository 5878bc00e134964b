"""The register as a paper: a week or a half-term, with every amendment that was made in it."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.errors import Known
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.documents.blocks import NOTHING, Block
from pupil_desk.documents.papers import register as layout
from pupil_desk.documents.typography.fonts import named_with_boxes
from pupil_desk.domain.register.attendance import CLOSED, CODES, Session, totals_of
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.register import RegisterRow, RegisterView
from pupil_desk.services.register.groups import groups_of, in_group
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import calendars

LYING, BASE = layout.LYING, layout.BASE
_DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
_AMENDED = "*"


def half_term(desk: Desk, day: date) -> tuple[date, date]:
    """First and last day of the half-term of a day. Raises Known for a day in none."""
    for term in calendars.terms(desk):
        if term.start <= day <= term.end:
            return term.start, term.end
    raise Known(_("{day} is in none of the half-terms in Settings. Choose a day in term, or print the week.").format(day=show_date(day)))


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """The register of some days as a story, with its title, and whom it names; ``group`` in words where it is of one."""

    story: list[Block]
    title: str
    pupil_ids: frozenset[str]
    group: str = ""


def paper(desk: Desk, first: date, last: date, group_key: str = "") -> RegisterPaper:
    """The register of these days: a table for each week that has begun, or in which something is marked ahead; of a group alone where a key names one."""
    all_views = [view for since, until in _weeks(first, last) if (view := register.view(desk, since, until)).days]
    group = next((words for view in all_views for key, words in groups_of(view.rows) if key == group_key), "") if group_key else ""
    all_views = [replace(view, rows=tuple(row for row in view.rows if in_group(row, group_key))) for view in all_views]
    views = [view if view.days[0] <= desk.today else _marked_ahead(view) for view in all_views]
    shown_views = [view for view in views if view.days[0] <= desk.today or view.rows]
    printed_words = _("Printed on {day} by {user}.").format(day=show_date(desk.today), user=desk.user.name)
    if desk.settings.register_copy:
        printed_words += " " + _("A copy: the school’s own system is the register of record.")
    weeks, to_come = [_week(view, desk.today) for view in shown_views], _to_come([view for view in views if view not in shown_views])
    days = _("{first} to {last}").format(first=show_date(first), last=show_date(last))
    if group:
        printed_words = _("{group} alone. {printed}").format(group=group, printed=printed_words)
    title = _("Attendance register, {group}, {days}") if group else _("Attendance register, {days}")
    return RegisterPaper(
        layout.story(desk.settings.name, printed_words, weeks, to_come, _amendments(desk, shown_views)),
        title.format(group=group, days=days),
        frozenset(row.pupil_id for view in shown_views for row in view.rows),
        group,
    )


def _marked_ahead(view: RegisterView) -> RegisterView:
    """A week to come, with the pupils of whom something is marked in it already."""
    return replace(view, rows=tuple(row for row in view.rows if any(cell.code for cell in row.cells.values())))


def _to_come(views: Sequence[RegisterView]) -> str:
    """Which weeks are not printed; nothing where all are."""
    if not views:
        return ""
    return _("Left out, since nothing is marked yet: {weeks}.").format(weeks=join_words([_title(view) for view in views]))


def _title(view: RegisterView) -> str:
    return _("{first} to {last}").format(first=show_date(view.days[0]), last=show_date(view.days[-1]))


def _meanings(used_signs: Collection[str]) -> list[tuple[str, str]]:
    """These codes with what they mean, in the order of the list; signs of ours after them."""
    codes = [(code.code, begun_small(code.label)) for code in codelist(CODES).codes.values() if code.code in used_signs]
    return codes + [
        (sign, words) for sign, words in ((_AMENDED, _("amended: see Amendments")), (NOTHING, _("not marked"))) if sign in used_signs
    ]


def log_print(desk: Desk, first: date, last: date, group: str = "") -> None:
    """Log that the register of these days, of a group in words, went to the printer."""
    desk.log(Action.READ_RECORD, "register", "", f"printed {first.isoformat()} to {last.isoformat()}{f', {group}' if group else ''}")


def _weeks(first: date, last: date) -> Iterator[tuple[date, date]]:
    """From the first day to its Friday, then each Monday to Friday, the last one to the last day."""
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        if (since := max(monday, first)) <= (until := min(monday + timedelta(days=4), last)):
            yield since, until
        monday += timedelta(days=7)


def _week(view: RegisterView, today: date) -> layout.Week:
    places = [(day, session) for day in view.days for session in Session]
    sessions = [f"{_DAYS[day.weekday()]} {day.day}\n{session}" for day, session in places]
    rows = [
        [
            named_with_boxes(row.name, row.ref),
            *(_cell_text(view, row, day, session) for day, session in places),
            _attended([row], places) if row.on_roll else _("a guest"),
        ]
        for row in view.rows
    ]
    sums = [_attended(view.rows, [place]) for place in places]
    used_signs = {sign for _name, *texts, _total in rows for text in texts for sign in (text.removesuffix(_AMENDED), text[-1:])}
    title = _title(view) if view.days[0] <= today else _("{days}, who is marked ahead").format(days=_title(view))
    return layout.Week(title, sessions, rows, [_("Attended"), *sums, _attended(view.rows, places)], _meanings(used_signs))


def _attended(rows: Iterable[RegisterRow], places: Sequence[tuple[date, Session]]) -> str:
    """How many sessions were attended of those possible, of days on the roll alone, as everywhere; nothing where none was."""
    cells = (row.cells[day, session] for row in rows for day, session in places if day in row.on_roll and (day, session) in row.cells)
    totals = totals_of(cell.code for cell in cells if cell.code)
    return _("{number} of {all}").format(number=totals.attended, all=totals.possible) if totals.possible else ""


def _cell_text(view: RegisterView, row: RegisterRow, day: date, session: Session) -> str:
    cell = row.cells.get((day, session))
    if cell is not None and cell.code:
        return cell.code + (_AMENDED if cell.amended else "")
    if day in view.closed:
        return CLOSED
    return NOTHING if day in row.on_register and (day, session) in view.begun_sessions else ""


def _amendments(desk: Desk, views: Iterable[RegisterView]) -> layout.Amendments:
    entries = [amended for view in views for amended in _amended(desk, view)]
    return layout.Amendments(entries, _meanings({code for amended in entries for code in (amended.was, amended.now)}))


def _amended(desk: Desk, view: RegisterView) -> Iterator[layout.AmendmentRow]:
    taken_back = register.taken_back(desk, view.days[0], view.days[-1]) if view.days else set()
    for row in view.rows:
        amended = {place for place, cell in row.cells.items() if cell.amended}
        amended |= {(day, session) for pupil_id, day, session in taken_back if pupil_id == row.pupil_id}
        for day, session in sorted(amended):
            entries = register.entries(desk, row.pupil_id, day, session)
            for before, entry in itertools.pairwise(entries):
                recorded_at = local_time(entry.recorded_at)
                recorded_by = _("{name}, {title}, {day} {time}").format(
                    name=entry.name, title=entry.title, day=short_date(recorded_at.date()), time=recorded_at.strftime("%H:%M")
                )
                when = f"{_DAYS[day.weekday()]} {short_date(day)} {session}"
                yield layout.AmendmentRow(
                    named_with_boxes(row.name, row.ref),
                    when,
                    before.code or _("no mark"),
                    entry.code or _("no mark"),
                    entry.reason,
                    amended_by=recorded_by,
                )
