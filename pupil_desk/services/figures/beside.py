"""What was given of a school year already: figures printed for others, and its anonymous statistics. Each hides small numbers by itself, so that
whoever has both may work out what the one hides. A person is asked before the second goes, and that both went is logged.
"""

from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures.asking import YEARS, FigureQuestion, periods
from pupil_desk.services.figures.kinds import kind_called
from pupil_desk.services.figures.people import group_called
from pupil_desk.services.figures.periods import Period, year_of
from pupil_desk.services.figures.shape import Figure, in_text
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row
from pupil_desk.store.tables import statistics as store

_MOST = 6  # named in a question


def days_of(desk: Desk, question: FigureQuestion) -> tuple[date, date]:
    """The first and the last day that a figure tells of."""
    if question.grouping != YEARS:
        return question.period.first, question.period.last
    all_periods = periods(desk)
    return min(period.first for period in all_periods), max(period.last for period in all_periods)


def statistics_beside(desk: Desk, question: FigureQuestion) -> list[Period]:
    """The school years of which a figure tells and anonymous statistics were given, the earliest first."""
    desk.require(Action.READ_RECORD)
    first, last = days_of(desk, question)
    return [year_of(year) for year in range(school_year(first), school_year(last) + 1) if store.given(desk.vault, year) is not None]


def question_beside_statistics(desk: Desk, question: FigureQuestion) -> str:
    """What a person must know before a figure is given to others beside the statistics of the same days; empty where none were given."""
    labels = [
        _("{year} (kept on {day})").format(
            year=year.label,
            day=show_date(local_time(store.given(desk.vault, year.first.year)["at"]).date()),  # type: ignore[index]  # a year that is kept was given
        )
        for year in statistics_beside(desk, question)
    ]
    if not labels:
        return ""
    words = _("Anonymous statistics of the same days were given: {years}. {why}")
    return words.format(years=join_words(labels), why=_WHY)


def question_beside_figures(desk: Desk, year: Period) -> str:
    """What a person must know before the anonymous statistics of a year are given beside figures that others have; empty where none were printed."""
    rows = figures_beside(desk, year)
    if not rows:
        return ""
    figure_names = list(dict.fromkeys(_told(row) for row in reversed(rows)))
    more_words = [_("{count} more").format(count=len(figure_names) - _MOST)] if len(figure_names) > _MOST else []
    words = _("Figures of the same days were printed for others: {figures}. {why}")
    return words.format(figures="; ".join(figure_names[:_MOST] + more_words), why=_WHY)


_WHY = _(
    "Small numbers were hidden in each by itself: whoever has both may work out what the one hides. Give the one or the other to the same people."
)


def figures_beside(desk: Desk, year: Period) -> list[Row]:
    """The figures of any day of a school year that were printed for others, the earliest first."""
    desk.require(Action.READ_RECORD)
    return store.figures_given(desk.vault, year.first.isoformat(), year.last.isoformat())


def _told(row: Row) -> str:
    """«Attendance by sex, of one SEN provision, 1 Aug 2026 to 31 Jul 2027 (printed on 4 Oct 2027)»."""
    kind, group = kind_called(row["kind"]), group_called(row["only_of"])
    return _("{title} by {way}{only}, {first} to {last} (printed on {day})").format(
        title=kind.title,
        way=in_text(dict(kind.ways).get(row["by"], row["by"])),
        only=_(", of one {group}").format(group=in_text(group.label)) if group is not None else "",
        first=show_date(date.fromisoformat(row["first_day"])),
        last=show_date(date.fromisoformat(row["last_day"])),
        day=show_date(local_time(row["at"]).date()),
    )


def log_print(desk: Desk, figure: Figure, question: FigureQuestion) -> None:
    """Log that a figure went to the printer, of whom, and whether small numbers were hidden; of one for others keep of which days it tells."""
    number_style = f"small numbers under {figure.limit} hidden" if figure.limit else "whole numbers"
    only = question.only.partition("=")[0]
    group_words = f" of one {only}" if only else ""
    years = statistics_beside(desk, question) if figure.limit else []
    beside_words = f", beside anonymous statistics of {', '.join(str(year.first.year) for year in years)}" if years else ""
    reason = f"printed {question.kind} by {question.grouping}{group_words}, {number_style}{beside_words}"
    with desk.act(Action.READ_RECORD, "figures", "", reason) as work:
        if figure.limit:
            store.add_figure_given(
                desk.vault, question.kind, question.grouping, only, days_of(desk, question), moment=work.stamp, actor=work.actor
            )
