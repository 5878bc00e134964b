"""Anonymous statistics: a school year that is over as tables of numbers for the management committee, a council or a researcher, which pick nobody out.

All tables of a file are hidden together (``linked``). A file is of a whole school year and tells of no part of it, as rows by time say who came and went: two
files never tell of overlapping days. What is given once is kept, and given again the same (``anonymous_file``). A year has a file from 1 October after it, when
its year groups are moved up; not one of which something was erased before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures import progress, roll
from pupil_desk.services.figures.accidents import ACCIDENTS
from pupil_desk.services.figures.asking import FigureKind, FigureQuestion, periods, prepare
from pupil_desk.services.figures.attendance import ATTENDANCE, SESSIONS
from pupil_desk.services.figures.destinations import ACTIVITIES, DESTINATIONS, NONE_ON_FILE
from pupil_desk.services.figures.incident_entries import KIND, NEED, ON_ROLL
from pupil_desk.services.figures.incidents import INCIDENTS
from pupil_desk.services.figures.interventions import INTERVENTIONS
from pupil_desk.services.figures.kinds import FIGURES
from pupil_desk.services.figures.linked import hidden_together, linked, linked_key, side_by_side
from pupil_desk.services.figures.people import GROUPS, Group
from pupil_desk.services.figures.periods import Period, year_of
from pupil_desk.services.figures.plans import PLANS
from pupil_desk.services.figures.shape import Blank, Cell, Figure, FigureRow, Sort
from pupil_desk.services.figures.suspensions import SUSPENSIONS
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import statistics as store

NOT_GIVEN: Mapping[str, str] = {
    roll.ROLL.name: _("who came and went would follow from it and from the pupils on roll"),
    progress.PROGRESS.name: _("results come in for long after the year, and two files of one year would differ by a pupil"),
}
"""The figures that no file has, and why."""
_MAY_BE_UNRECORDED = (INCIDENTS, INTERVENTIONS, ACCIDENTS, PLANS)
"""The figures of which a nought for the whole year may be of a year before anybody recorded them here."""
_SETTLED = (10, 1)  # month and day of the year after: year groups are moved up and late entries made; ours, no rule sets it
_WAYS: Mapping[str, tuple[str, ...]] = {
    SUSPENSIONS.name: ("reasons",),
    INCIDENTS.name: (KIND.key, NEED.key),
    INTERVENTIONS.name: (NEED.key,),
    ACCIDENTS.name: ("accident-places", "accident-injuries"),
    PLANS.name: ("plan-kinds",),
    DESTINATIONS.name: (ACTIVITIES,),
}
"""The ways of its own in which a figure is given: each by a closed list. Places and staff are words, and hours are finer than a year."""


@dataclass(frozen=True, slots=True)
class StatisticsTable:
    """One table as it is given: its title, its headings, and its rows. The first two cells of a row say what it is shown by, and which row it is."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]

    @property
    def numbers(self) -> list[Cell | str]:
        """Its numbers, in the order of its rows."""
        return [cell for row in self.rows for cell in row[2:]]


@dataclass(frozen=True, slots=True)
class AnonymousStatistics:
    """The tables of a school year. ``limit`` is the smallest number that they show; ``groups`` are the words for what they are shown by, ``notes`` how they were counted,
    ``unrecorded`` the titles of figures of which nothing at all is on file of that year."""

    year: Period
    limit: int
    groups: tuple[str, ...]
    tables: tuple[StatisticsTable, ...]
    notes: tuple[tuple[str, str], ...]
    unrecorded: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many numbers the tables have, hidden ones among them."""
        return sum(len(table.numbers) for table in self.tables)

    @property
    def hidden_count(self) -> int:
        """How many of them are hidden."""
        return sum(cell is Blank.SMALL for table in self.tables for cell in table.numbers)


def closed_groups() -> list[Group]:
    """The groups that have a closed list: not those by the names of schools."""
    return [group for group in GROUPS if group.codes or group.labels]


def years(desk: Desk) -> list[Period]:
    """The school years whose statistics can be given, the latest first."""
    return [period for period in periods(desk) if not why_not(desk, period)]


def why_not(desk: Desk, period: Period) -> str:
    """Why a period has no anonymous statistics, in words; empty for a school year that has. What was given once is given again."""
    year = period.first.year
    if period != year_of(year):
        return _("Choose a whole school year under Period.")
    if store.given(desk.vault, year) is not None:
        return ""
    settled = date(year + 1, *_SETTLED)
    if desk.today < settled:
        words = _("{year} has anonymous statistics from {day}, when its year groups are moved up and late entries made.")
        return words.format(year=period.label, day=show_date(settled))
    if store.is_closed(desk.vault, year) or year in store.years(desk.vault):
        return _("Something of a pupil of this school year was erased before its statistics were given: they would tell of whom.")
    stayed, told = store.year_groups_told(desk.vault, period.first.isoformat(), period.last.isoformat(), desk.today.isoformat())
    if told * 2 < stayed:
        return _(
            "Move the pupils’ year groups up first: of most who were here in that year none was entered since, and each would stand in the wrong row."
        )
    return ""


def statistics(desk: Desk, year: Period) -> AnonymousStatistics:
    """The tables of a school year counted now, small numbers hidden by the unit's own limit. Raises NotAllowed, WrongUse for a year that has none."""
    desk.require(Action.EXPORT)
    if reason := why_not(desk, year):
        raise WrongUse(reason)
    groups = closed_groups()
    kinds = [kind for kind in FIGURES if kind.name not in NOT_GIVEN and desk.settings.uses(kind.switch)]
    kinds.sort(key=lambda kind: kind is not SUSPENSIONS)  # which counts all pupils on roll, and is always used
    first_figures = dict(zip(kinds, _by_grouping(desk, kinds, year, groups[0].key), strict=True))
    unrecorded = [kind for kind in kinds if kind in _MAY_BE_UNRECORDED and _counts_nothing(first_figures[kind])]
    kinds = [kind for kind in kinds if kind not in unrecorded]
    by_grouping = [side_by_side(_by_grouping(desk, kinds, year, group.key)) for group in groups]
    by_way = [(kind, _by_way(desk, kind, year, way)) for kind in kinds for way in _WAYS.get(kind.name, ())]
    limit = desk.settings.small_numbers
    printed_tables = hidden_together([*by_grouping, *(linked(figure) for _kind, figure in by_way)], limit)
    shared, way_figures = printed_tables[: len(by_grouping)], printed_tables[len(by_grouping) :]
    tables = [_table(kind, shared) for kind in FIGURES if kind in kinds]
    tables += [_way_table(figure) for figure in way_figures]
    return AnonymousStatistics(
        year=year,
        limit=limit,
        groups=tuple(figure.heading for figure in by_grouping),
        tables=tuple(tables),
        notes=tuple((kind.title, " ".join(first_figures[kind].notes)) for kind in kinds),
        unrecorded=tuple(kind.title for kind in unrecorded),
    )


def _counts_nothing(figure: Figure) -> bool:
    cells = figure.total_row.cells if figure.total_row is not None else ()
    return not any(cell for column, cell in zip(figure.columns, cells, strict=False) if column.key != ON_ROLL.key)


def _by_grouping(desk: Desk, kinds: Sequence[FigureKind], year: Period, grouping: str) -> list[Figure]:
    return [
        _sessions_counted(kind.make(prepare(desk, FigureQuestion(kind.name, year, grouping))))
        for kind in kinds
        if grouping in {key for key, _label in kind.ways}
    ]


def _sessions_counted(figure: Figure) -> Figure:
    """Attendance with its sessions hidden like what happened to pupils: those attended and missed together, as they add up to those possible."""
    if figure.kind != ATTENDANCE.name:
        return figure
    head, whole, *parts = SESSIONS
    columns = [
        replace(column, sort=Sort.EVENTS, head="" if column.key == head else head, part_of=whole)
        if column.key in (head, *parts)
        else replace(column, sort=Sort.EVENTS)
        if column.key == whole
        else column
        for column in figure.columns
    ]
    return replace(figure, columns=tuple(columns))


def _by_way(desk: Desk, kind: FigureKind, year: Period, way: str) -> Figure:
    figure = kind.make(prepare(desk, FigureQuestion(kind.name, year, way)))
    return _with_activity(figure) if way == ACTIVITIES else figure


def _with_activity(figure: Figure) -> Figure:
    """Destinations by activity without those of whom none is on file, which are what the others leave of all pupils: its totals are then those by group."""
    rows = tuple(row for row in figure.rows if row.label != NONE_ON_FILE)
    totals = tuple(sum(number for row in rows if isinstance(number := row.cells[place], int)) for place in range(len(figure.columns)))
    return replace(figure, rows=rows, total_row=FigureRow(_("All on file"), totals))


def _table(kind: FigureKind, shared: Sequence[Figure]) -> StatisticsTable:
    """A figure by each group: the whole first, then the rows of each."""
    own_tables = [figure for figure in shared if any(column.key.startswith(linked_key(kind.name, "")) for column in figure.columns)]
    keys = [column.key for column in own_tables[0].columns if column.key == ON_ROLL.key or column.key.startswith(linked_key(kind.name, ""))]
    rows = list(_rows(own_tables[-1], keys, only_total=True))
    for figure in own_tables:
        rows += _rows(figure, keys)
    return StatisticsTable(kind.title, (_("Shown by"), _("Row"), *(own_tables[0].column(key).title for key in keys)), tuple(rows))


def _way_table(figure: Figure) -> StatisticsTable:
    keys = [column.key for column in figure.columns]
    rows = [*_rows(figure, keys, only_total=True), *_rows(figure, keys)]
    title = _("{title} by {by}").format(title=figure.title, by=figure.way)
    return StatisticsTable(title, (_("Shown by"), _("Row"), *(column.title for column in figure.columns)), tuple(rows))


def _rows(figure: Figure, keys: Sequence[str], *, only_total: bool = False) -> Iterator[tuple[Cell | str, ...]]:
    places = [figure.place(key) for key in keys]
    lines = figure.rows if not only_total else (figure.total_row,) if figure.total_row is not None else ()
    for line in lines:
        yield ("" if only_total else figure.heading, line.label, *(line.cells[place] for place in places))
