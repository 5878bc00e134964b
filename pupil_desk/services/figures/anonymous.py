"""Anonymous statistics: a school year that is over as tables of numbers for the management committee, a council or a researcher, which pick nobody out.

All tables of a file are hidden together (``linked``). A file is of a whole school year, with its terms as the finest time: two files never tell of
overlapping days, and what is given once is not given again with a pupil more or less. A year of which pupils were erased has no file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures import progress, roll
from pupil_desk.services.figures.accidents import ACCIDENTS
from pupil_desk.services.figures.asking import TERMS, FigureKind, FigureQuestion, periods, prepare
from pupil_desk.services.figures.destinations import ACTIVITIES, DESTINATIONS, NONE_ON_FILE
from pupil_desk.services.figures.incidents import INCIDENTS
from pupil_desk.services.figures.interventions import INTERVENTIONS
from pupil_desk.services.figures.involvements import KIND, NEED, ON_ROLL
from pupil_desk.services.figures.kinds import FIGURES
from pupil_desk.services.figures.linked import hidden_together, linked, linked_key, side_by_side
from pupil_desk.services.figures.people import GROUPS, Group
from pupil_desk.services.figures.periods import Period, year_of
from pupil_desk.services.figures.plans import PLANS
from pupil_desk.services.figures.shape import Blank, Cell, Figure, FigureRow
from pupil_desk.services.figures.suspensions import SUSPENSIONS
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import statistics as store

NOT_GIVEN: Mapping[str, str] = {
    roll.ROLL.name: _("who came and went would follow from it and from the pupils on roll"),
    progress.PROGRESS.name: _("results come in for long after the year, and two files of one year would differ by a pupil"),
}
"""The figures that no file has, and why."""
_WAYS: Mapping[str, tuple[str, ...]] = {
    SUSPENSIONS.name: ("reasons",),
    INCIDENTS.name: (KIND.key, NEED.key),
    INTERVENTIONS.name: (NEED.key,),
    ACCIDENTS.name: ("accident-places", "accident-injuries"),
    PLANS.name: ("plan-kinds",),
    DESTINATIONS.name: (ACTIVITIES,),
}
"""The ways of its own in which a figure is given: each by a closed list. Places and staff are words, and hours are finer than a term."""


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
    """The tables of a school year. ``limit`` is the smallest number that they show; ``groups`` are the words for what they are shown by, ``notes`` how they were counted."""

    year: Period
    limit: int
    groups: tuple[str, ...]
    tables: tuple[StatisticsTable, ...]
    notes: tuple[tuple[str, str], ...]

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
    """The school years that can be given: those that are over and of which nobody is erased; the latest first."""
    kept_years = store.years(desk.vault)
    return [
        period
        for period in periods(desk)
        if period == year_of(period.first.year) and period.last < desk.today and period.first.year not in kept_years
    ]


def statistics(desk: Desk, year: Period) -> AnonymousStatistics:
    """The tables of a school year, small numbers hidden by the unit's own limit. Raises NotAllowed, WrongUse for a year that cannot be given."""
    desk.require(Action.READ_RECORD)
    if year not in years(desk):
        raise WrongUse(_("Anonymous statistics are of a school year that is over, and of which no pupil was erased."))
    kinds = [kind for kind in FIGURES if kind.name not in NOT_GIVEN and desk.settings.uses(kind.switch)]
    kinds.sort(key=lambda kind: kind is not SUSPENSIONS)  # which counts all pupils on roll, and is always used
    groups = closed_groups()
    by_grouping = [side_by_side(_by_grouping(desk, kinds, year, grouping)) for grouping in (TERMS, *(group.key for group in groups))]
    by_way = [(kind, _by_way(desk, kind, year, way)) for kind in kinds for way in _WAYS.get(kind.name, ())]
    limit = desk.settings.small_numbers
    printed_tables = hidden_together([*by_grouping, *(linked(figure) for _kind, figure in by_way)], limit)
    shared, way_figures = printed_tables[: len(by_grouping)], printed_tables[len(by_grouping) :]
    tables = [_table(kind, shared) for kind in FIGURES if kind in kinds]
    tables += [_way_table(figure) for figure in way_figures]
    notes = {kind.title: figure.notes for kind, figure in zip(kinds, _by_grouping(desk, kinds, year, groups[0].key), strict=True)}
    return AnonymousStatistics(
        year,
        limit,
        tuple(figure.heading for figure in by_grouping),
        tuple(tables),
        tuple((title, " ".join(figure_notes)) for title, figure_notes in notes.items()),
    )


def _by_grouping(desk: Desk, kinds: Sequence[FigureKind], year: Period, grouping: str) -> list[Figure]:
    return [
        kind.make(prepare(desk, FigureQuestion(kind.name, year, grouping)))
        for kind in kinds
        if grouping in {key for key, _label in kind.ways}
    ]


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
