"""The days of a stay as conditions in SQL: what ``Enrolment`` answers of one stay, asked of all at once, from the same statuses.

``stay`` is the alias of the table ``enrolment`` in the query; ``first`` and ``last`` are expressions of days as ISO text, such as
``?1`` or ``m.day``, and ``last`` is ``first`` where it is not given. ``tests/store/rows/test_stay_days.py`` compares both on random stays.
"""

from collections.abc import Collection

from pupil_desk.domain.pupils.enrolment import ELSEWHERE, OFF_THE_ROLL, PREVIOUS


def is_dated(stay: str = "e") -> str:
    """As ``Enrolment.is_dated``: not a stay that ended on a day which nobody knows."""
    return f"NOT ({stay}.status = '{PREVIOUS}' AND {stay}.end_date IS NULL)"


def puts_on_roll(stay: str = "e") -> str:
    """As ``Enrolment.puts_on_roll``, without a look at the days."""
    return f"{stay}.status NOT IN {_sql_list(OFF_THE_ROLL)}"


def spans(first: str = "?1", last: str | None = None, stay: str = "e") -> str:
    """As ``Enrolment.spans``: some day of these is a day of the stay."""
    began = f"({stay}.start_date IS NULL OR {stay}.start_date <= {last or first})"
    return f"{began} AND ({stay}.end_date IS NULL OR {stay}.end_date >= {first}) AND {is_dated(stay)}"


def on_roll(first: str = "?1", last: str | None = None, stay: str = "e") -> str:
    """As ``Enrolment.on_roll``: on some day of these the stay puts the pupil on the unit's roll."""
    return f"{puts_on_roll(stay)} AND {spans(first, last, stay)}"


def is_taught_here(stay: str = "e") -> str:
    """As ``Enrolment.is_taught_here``: on the roll or a guest, and not at a college or another provider."""
    return f"{stay}.status NOT IN {_sql_list(ELSEWHERE)}"


def _sql_list(statuses: Collection[str]) -> str:
    return f"({', '.join(f"'{status}'" for status in sorted(statuses))})"
