"""The file of anonymous statistics: a workbook with a sheet for each table, and a statement, made from the rule, of what is hidden and why."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.files import write_whole
from pupil_desk.basics.rulefacts import facts_of
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.files.csv_table import Cell as FileCell
from pupil_desk.documents.files.xlsx_table import TooManyRows, XlsxTable, xlsx_bytes
from pupil_desk.domain.figures.disclosure_control import RULES, practices_of_others
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures.anonymous import NOT_GIVEN, AnonymousStatistics, closed_groups, statistics
from pupil_desk.services.figures.beside import figures_beside
from pupil_desk.services.figures.kinds import kind_called
from pupil_desk.services.figures.people import GROUPS
from pupil_desk.services.figures.periods import Period
from pupil_desk.services.figures.shape import Blank, Cell, hidden_rule, in_text
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import statistics as store

SUFFIX = ".xlsx"


def statistics_name(year: Period) -> str:
    """The name of the file of a school year, without its ending: «anonymous-statistics-2025-26»."""
    return f"anonymous-statistics-{year.first.year}-{year.last.year % 100:02}"


def workbook(desk: Desk, year_statistics: AnonymousStatistics) -> bytes:
    """The tables as a workbook, a sheet for each, and the statement. Raises WrongUse where there is no room for them."""
    tables = [
        XlsxTable(table.title, table.header, [tuple(map(_as_written, row)) for row in table.rows]) for table in year_statistics.tables
    ]
    try:
        return xlsx_bytes(tables, statement(desk, year_statistics), desk.clock.now().astimezone())
    except TooManyRows as error:
        raise WrongUse(_("These are more numbers than a workbook has room for.")) from error


@dataclass(frozen=True, slots=True)
class GivenStatistics:
    """The file of a school year as it is kept: its bytes, the titles of its tables, and how many of its numbers are hidden below which limit."""

    year: Period
    book: bytes
    tables: tuple[str, ...]
    count: int
    hidden_count: int
    limit: int


def given_statistics(desk: Desk, year: Period) -> GivenStatistics:
    """The file of a school year: the one that was given, or else one made now and kept for good. Raises NotAllowed, WrongUse for a year that has none.

    It is kept before anybody has it, so that no second one with a pupil more or less, or another limit, can be subtracted from it.
    """
    desk.require(Action.EXPORT)
    number = year.first.year
    if store.given(desk.vault, number) is None:
        made = statistics(desk, year)
        book = workbook(desk, made)
        summary = {
            "tables": [table.title for table in made.tables],
            "count": made.count,
            "hidden_count": made.hidden_count,
            "limit": made.limit,
        }
        with desk.act(Action.EXPORT, "figures", "", f"kept anonymous statistics of {number}") as work:
            store.keep_given(desk.vault, number, summary, book, moment=work.stamp)
    row = store.given(desk.vault, number)
    assert row is not None, "it was kept"
    facts = json.loads(row["summary"])
    return GivenStatistics(year=year, book=row["book"], **{**facts, "tables": tuple(facts["tables"])})


def save_statistics(desk: Desk, year: Period, path: Path) -> GivenStatistics:
    """Write the workbook of a school year over whatever is at ``path``; logged once it is there. Raises NotAllowed, WrongUse, CannotWrite."""
    given = given_statistics(desk, year)
    write_whole(path, given.book, replace=True)
    log_given(desk, given)
    return given


def log_given(desk: Desk, given: GivenStatistics) -> None:
    """Log that the statistics of a year were written, what is hidden in them, and beside how many figures that others have."""
    count = len(figures_beside(desk, given.year))
    beside_words = f", beside figures printed for others: {count}" if count else ""
    desk.log(
        Action.EXPORT,
        "figures",
        "",
        f"wrote anonymous statistics of {given.year.first.year}, small numbers under {given.limit} hidden{beside_words}",
    )


def _as_written(cell: Cell | str) -> FileCell:
    if isinstance(cell, Blank):
        return cell.value
    if isinstance(cell, float):
        return Decimal(str(cell))
    return "–" if cell is None else cell


def statement(desk: Desk, year_statistics: AnonymousStatistics) -> list[tuple[str, str]]:
    """What the file is, what is hidden in it and by which rule, and what is not in it: label and words, each made from what made the tables."""
    facts = facts_of(RULES)[0]
    practices = join_words([_("{who} {least}").format(who=practice.label, least=practice.smallest) for practice in practices_of_others()])
    names = join_words([in_text(group.label) for group in GROUPS if group not in closed_groups()])
    return [
        (_("What it is"), _("Anonymous statistics: numbers of pupils, and of what happened, by group. No pupil is named.")),
        (_("From"), f"{desk.settings.name} ({desk.settings.dfe_number})"),
        (_("Of"), year_statistics.year.label),
        (_("Made on"), show_date(desk.today)),
        (_("Shown by"), join_words([in_text(label) for label in year_statistics.groups])),
        (_("Finest time"), _("The whole school year. There is no date in it, and no term: who came or went would follow.")),
        (_("Hidden"), _("{hidden:,} of {count}.").format(hidden=year_statistics.hidden_count, count=count_of(year_statistics.count, _("number"), _("numbers")))),
        (_("What is hidden"), hidden_rule(year_statistics.limit)),
        (_("Between tables"), _("All tables were hidden together: a total that is hidden in one of them is hidden in each, and with it as many rows as keep it from being added up.")),
        (_("Given once"), _("The file of a school year is kept as it is first made, and given again the same, whatever is entered later.")),
        (_("Beside it"), _("A figure of the same school year that was printed for others, of any part of it or a group, was hidden by itself: what the one hides, the two together may tell. Give one or the other.")),
        (_("Smallest number shown"), _("{limit}, by the unit’s own setting. No law sets one. Others show none below: {practices}.").format(limit=year_statistics.limit, practices=practices)),
        (_("What to look at"), _("Where all pupils of a row are counted in a column, that is shown, and tells it of each of them. So does a nought.")),
        *((_("Not in it: {figure}").format(figure=in_text(kind_called(name).title)), reason) for name, reason in NOT_GIVEN.items()),
        (_("Not in it: parts of figures"), _("Reasons for absence, as their sum is split by two totals; hours, places and who of the staff was there; and rows by time.")),
        *((_("Not in it: {figure}").format(figure=in_text(title)), _("nothing of it is on file of that year. Whether there was none, or none was recorded here then, is not known")) for title in year_statistics.unrecorded),
        (_("Not in it: names and words"), _("Names of pupils, families, staff and places; {names}; what was written in words; fields of the unit’s own.").format(names=names)),
        *((_("{figure}: how counted").format(figure=title), notes) for title, notes in year_statistics.notes),
        (_("What was read"), _("{source} (checked {day}).").format(source=facts.source, day=show_date(facts.checked))),
    ]  # fmt: skip
