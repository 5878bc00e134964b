"""Values that the catalogue would refuse today: retired codes, numbers and addresses whose form is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from pupil_desk.basics.rulefiles import by_rules
from pupil_desk.basics.words import _
from pupil_desk.domain.care.needs import lasts_on
from pupil_desk.domain.catalogue.items import Item, Kind, items_of
from pupil_desk.domain.catalogue.validation import Problem, check_pupil, read
from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope, gap_in

_FORMED = frozenset({Kind.POSTCODE, Kind.SCHOOL, Kind.AUTHORITY, Kind.EMAIL, Kind.PHONE})
_LIES_BACK = (Learning, Destination)  # records of a day that has gone by: a code retired since was right then


@dataclass(frozen=True, slots=True)
class _Checked:
    """The items of a record type whose form can be wrong, and all their values of a record at once."""

    items: tuple[Item, ...]
    values_of: Callable[[Any], tuple[Any, ...]]


@by_rules
def _checked(record_type: type) -> _Checked:
    """A dated code is judged by its own day elsewhere. The identity comes after the values, so that there are always several."""
    items = tuple(item for item in items_of(record_type) if item.kind in _FORMED or (item.kind is Kind.CODE and not item.dated))
    return _Checked(items, attrgetter(*(item.name for item in items), "id"))


def _current(file: PupilFile, today: date) -> Iterator[Any]:
    yield file.pupil
    yield from file.contacts
    yield from (stay for stay in file.stays if stay.end_date is None or stay.end_date >= today)
    for rows in (file.periods, file.needs, file.care, file.health, file.disabilities):
        yield from (row for row in rows if lasts_on(row, today))
    yield from file.learning
    yield from file.destinations


def _value_problems(file: PupilFile, context: QualityContext) -> list[tuple[Any, Problem]]:
    """What is wrong with the values of one pupil's records, looked for once for the three rules that ask."""
    if not context.latest or context.latest[0] is not file:
        context.latest[:] = [file, list(_look(file, context))]
    problems: list[tuple[Any, Problem]] = context.latest[1]
    return problems


def _look(file: PupilFile, context: QualityContext) -> Iterator[tuple[Any, Problem]]:
    problems_by_value = context.problems_by_value
    for record in _current(file, context.today):
        kind = record.__class__
        checked = _checked(kind)
        for item, value in zip(checked.items, checked.values_of(record), strict=False):
            if not value or value.__class__ is not str:
                continue
            key = (kind, item.name, value)
            problems = problems_by_value.get(key)
            if problems is None:  # asked once for all records that have it
                problems = problems_by_value[key] = read(item, value, context.today).problems
            for problem in problems:
                if not (problem.code == "retired_code" and isinstance(record, _LIES_BACK)):
                    yield record, problem


def _gap(record: Any, problem: Problem) -> Gap:
    if isinstance(record, Pupil):
        return Gap(problem.message, problem.column)
    return gap_in(record, problem.column, problem.message)


def retired_code(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A code that is no longer used, in a record that holds today."""
    yield from (_gap(record, problem) for record, problem in _value_problems(file, context) if problem.code == "retired_code")


def wrong_value(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A value that the form would refuse."""
    yield from (
        _gap(record, problem) for record, problem in _value_problems(file, context) if problem.stops and problem.code != "retired_code"
    )


def odd_value(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A value that the form would warn of."""
    yield from (_gap(record, problem) for record, problem in _value_problems(file, context) if not problem.stops)


def same_former_upn(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A former UPN that is the present one."""
    for problem in check_pupil(file.pupil):
        if problem.code == "same_upn":
            yield Gap(problem.message, problem.column)


RULES = (
    QualityRule(_("Code no longer used"), (Need.CENSUS, Need.TRANSFER, Need.RECORD), Gravity.SHOULD, Scope.PRESENT, _("Common Basic Data Set"), retired_code),
    QualityRule(_("Value that cannot be right"), (Need.RECORD, Need.CENSUS), Gravity.MUST, Scope.PRESENT, _("the form’s own check"), wrong_value),
    QualityRule(_("Telephone or e-mail to check"), (Need.RECORD, Need.EMERGENCY), Gravity.SHOULD, Scope.PRESENT, OURS, odd_value),
    QualityRule(_("Former UPN"), (Need.RECORD, Need.TRANSFER), Gravity.SHOULD, Scope.RECENT, OURS, same_former_upn),
)  # fmt: skip
