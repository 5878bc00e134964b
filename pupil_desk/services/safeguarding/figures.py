"""Figures of the safeguarding files for the management committee: concerns, statuses, and files sent on in time; for the lead alone, small numbers hidden.

They stand apart from the other figures, which everybody makes who reads records, and nothing of them is kept.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Heading, Para, Table
from pupil_desk.domain.pupils.enrolment import Enrolment, on_roll
from pupil_desk.domain.register.calendar import SchoolCalendar
from pupil_desk.domain.safeguarding.entry import EntryHistory, EntryKind, SafeguardingEntry, statuses_on
from pupil_desk.domain.safeguarding.transfer import histories_of_file, transfer_days
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures.periods import Period, terms_of, year_of
from pupil_desk.services.figures.shape import Blank, Counts, Figure, FigureColumn, Sort, as_printed, hidden_rule, table, words
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding.files import FILE, every_file
from pupil_desk.services.safeguarding.transfers import last_stay
from pupil_desk.services.unit import calendars
from pupil_desk.store.tables import enrolments

TITLE = _("Figures of safeguarding")
_PUPILS = FigureColumn(key="pupils", title=_("Pupils"), adds_up=False)
_CONCERNS = FigureColumn(key="concerns", title=_("Concerns"), sort=Sort.EVENTS, head="pupils")


def figures(desk: Desk, year: int) -> tuple[Figure, ...]:
    """Of a school year, as it may be given on. Lead and deputies only; that they were made is logged. Raises NotAllowed."""
    desk.require(Action.KEEP_SAFEGUARDING, FILE)
    period, histories = year_of(year), every_file(desk).histories
    entries = [history.now for of_pupil in histories.values() for history in of_pupil if not history.struck]
    concerns = [entry for entry in entries if entry.kind == EntryKind.CONCERN and period.first <= entry.day <= period.last]
    labels = codelist("safeguarding_concern")
    kinds = [(labels.label_of(kind or "") if kind else _("Not said"), kind) for kind in _kinds_of(concerns)]
    by_kind = _of_concerns(
        _("Concerns by kind"), period, concerns, [(label, [entry for entry in concerns if entry.nature == kind]) for label, kind in kinds]
    )
    terms = [term for term in terms_of(calendars.terms(desk), year) if term.first <= desk.today]
    in_terms = [(term.label, [entry for entry in concerns if term.first <= entry.day <= term.last]) for term in terms]
    by_term = _of_concerns(_("Concerns by term"), period, concerns, in_terms)
    day, limit = min(desk.today, period.last), desk.settings.small_numbers
    calendar, stays = calendars.law_calendar(desk.vault), enrolments.by_pupil(desk.vault, list(histories))
    here = [of_pupil for pupil_id, of_pupil in histories.items() if on_roll(stays[pupil_id], day)]
    statuses = Counter(entry.status or "" for of_pupil in here for entry in statuses_on(of_pupil, day))
    status_labels = codelist("safeguarding_status")
    by_status = _of_pupils(
        _("Pupils on roll by status on {day}").format(day=show_date(day)),
        period,
        [(status_labels.label_of(status), statuses[status]) for status in statuses],
    )
    ways = Counter(
        _way(of_pupil, stay, calendar)
        for pupil_id, of_pupil in histories.items()
        if histories_of_file(of_pupil)
        and (stay := last_stay(stays[pupil_id], desk.today)) is not None
        and stay.end_date
        and period.first <= stay.end_date <= period.last
    )
    by_way = _of_pupils(_("Files of pupils who left"), period, [(way, ways[way]) for way in _WAYS if ways[way]])
    desk.log(Action.KEEP_SAFEGUARDING, FILE)
    return (*_hidden_alike(by_kind, by_term, limit), as_printed(by_status, limit), as_printed(by_way, limit))


def _kinds_of(concerns: Iterable[SafeguardingEntry]) -> list[str | None]:
    return sorted({entry.nature for entry in concerns}, key=lambda kind: (kind is None, kind or ""))


def _of_concerns(
    title: str, period: Period, concerns: Sequence[SafeguardingEntry], groups: Iterable[tuple[str, Sequence[SafeguardingEntry]]]
) -> Figure:
    counts_by_group = [(label, _counts(group)) for label, group in groups]
    return _figure(title, period, (_CONCERNS, _PUPILS), counts_by_group, (_("All"), _counts(concerns)))


def _of_pupils(title: str, period: Period, rows: Iterable[tuple[str, int]]) -> Figure:
    return _figure(title, period, (_PUPILS,), [(label, {"pupils": number}) for label, number in rows], None)


def _counts(concerns: Iterable[SafeguardingEntry]) -> Counts:
    of_pupils = Counter(entry.pupil_id for entry in concerns)
    return {"concerns": of_pupils.total(), "pupils": len(of_pupils)}


def _figure(
    title: str,
    period: Period,
    columns: tuple[FigureColumn, ...],
    counts_by_group: Sequence[tuple[str, Counts]],
    total: tuple[str, Counts] | None,
) -> Figure:
    rows, total_row = table(columns, counts_by_group, total)
    return Figure(
        kind="safeguarding", title=title, period=period.label, heading="", way="", columns=columns, rows=rows, total_row=total_row, notes=(),
        main="pupils",
    )  # fmt: skip


def _hidden_alike(first: Figure, second: Figure, limit: int) -> tuple[Figure, Figure]:
    """Two tables of the same concerns: what all of them are stands in both or in neither, since one would give the other away."""
    hidden_columns: set[str] = set()
    while True:
        printed_figures = [as_printed(figure, limit, hidden_columns) for figure in (first, second)]
        blank = {
            column.key
            for figure in printed_figures
            for column, cell in zip(figure.columns, _total(figure), strict=True)
            if isinstance(cell, Blank)
        }
        if blank <= hidden_columns:
            return printed_figures[0], printed_figures[1]
        hidden_columns |= blank


def _total(figure: Figure) -> Sequence[object]:
    assert figure.total_row is not None, "of concerns there is a whole"
    return figure.total_row.cells


_IN_TIME, _LATE, _KEPT, _NOT_YET = _("Sent on in time"), _("Sent on later"), _("Kept here"), _("Not sent on")
_WAYS = (_IN_TIME, _LATE, _KEPT, _NOT_YET)


def _way(histories: Iterable[EntryHistory], stay: Enrolment, calendar: SchoolCalendar) -> str:
    """What became of the file of a pupil who left."""
    assert stay.end_date is not None, "the stay has ended"
    valid = [history.now for history in histories if not history.struck and (stay.start_date is None or history.now.day >= stay.start_date)]
    sent_on = min((entry.day for entry in valid if entry.kind == EntryKind.SENT), default=None)
    if sent_on is not None:
        return _IN_TIME if sent_on <= _last_day(stay.end_date, calendar) else _LATE
    return _KEPT if any(entry.kind == EntryKind.KEPT for entry in valid) else _NOT_YET


def _last_day(left: date, calendar: SchoolCalendar) -> date:
    return calendar.school_days_or_weekdays_after(left, transfer_days().sent)


def story(desk: Desk, year: int) -> list[Block]:
    """The paper of them."""
    all_figures = figures(desk, year)
    head: list[Block] = [
        Heading(1, TITLE),
        Para(_("{unit}. {period}.").format(unit=desk.settings.name, period=year_of(year).label), style="lead"),
        Para(_("Made on {day}.").format(day=show_date(desk.today)), style="small"),
    ]
    notes = (
        hidden_rule(desk.settings.small_numbers),
        _("A pupil with concerns of several kinds, in several terms or with several statuses counts in each row, and once in all."),
        _("In time: within {days} school days after the last day here.").format(days=transfer_days().sent),
        _("What was struck out does not count."),
    )
    return [
        *head,
        *itertools.chain.from_iterable(_blocks(figure) for figure in all_figures),
        Heading(2, _("How it was counted")),
        Bullets(notes),
    ]


def _blocks(figure: Figure) -> Iterator[Block]:
    yield Heading(2, figure.title)
    if not figure.rows:
        yield Para(_("There is nothing on file to count."))
        return
    rows = [[line.label, *(words(cell, column) for cell, column in zip(line.cells, figure.columns, strict=True))] for line in figure.lines]
    yield Table("", ["", *(column.title for column in figure.columns)], rows, row_headers=True)
