"""Whether a record may be as an undo would have it: the same rules as on its own page, asked by kind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, get_args, get_type_hints

from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import check_medicine
from pupil_desk.domain.care.needs import SenPeriod, check_care, check_days, check_need, check_period, group_of
from pupil_desk.domain.catalogue import own_values
from pupil_desk.domain.catalogue.validation import Problem, check_enrolment, check_pupil, problems_of
from pupil_desk.domain.exams.exam import check_arrangement, check_entry
from pupil_desk.domain.learning.next_steps import check_destination, check_learning
from pupil_desk.domain.papers.attachment import check_attachment
from pupil_desk.domain.pupils.details_check import check_details_check
from pupil_desk.domain.pupils.place_review import check_place_review
from pupil_desk.domain.pupils.placement import check_placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.schooling import check_school, check_total
from pupil_desk.domain.register.attendance import check_timetable
from pupil_desk.domain.schools.school_place import check_school_place
from pupil_desk.domain.transport.journey import check_journey
from pupil_desk.services.accidents import recording as accidents
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams import recording as exams
from pupil_desk.services.learning import assessments
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils

type Check = Callable[[Desk, Any], Sequence[Problem]]


def _pupil(desk: Desk, pupil: Pupil) -> Sequence[Problem]:
    holder = pupils.holder_of_upn(desk.vault, pupil.upn) if pupil.upn else None
    is_upn_taken = holder is not None and holder.id != pupil.id
    return (*check_pupil(pupil), *((Problem("upn", "upn_taken", _("Another pupil has this UPN now.")),) if is_upn_taken else ()))


def _siblings(desk: Desk, row: Any) -> list[Any]:
    return [sibling for sibling in several.of_pupil(desk.vault, type(row), row.pupil_id) if sibling.id != row.id]


_CHECKS: Mapping[str, Check] = {
    "pupil": _pupil,
    "enrolment": lambda _desk, row: check_enrolment(row),
    "timetable": lambda _desk, row: check_timetable(row),
    "sen_period": lambda desk, row: check_period(row, _siblings(desk, row)),
    "sen_need": lambda desk, row: check_need(row, _siblings(desk, row), several.of_pupil(desk.vault, SenPeriod, row.pupil_id)),
    "care_period": lambda desk, row: check_care(row, [sibling for sibling in _siblings(desk, row) if group_of(sibling) == group_of(row)]),
    "health_item": lambda _desk, row: check_days(row),
    "disability": lambda _desk, row: check_days(row),
    "medicine": lambda _desk, row: check_medicine(row),
    "learning": lambda _desk, row: check_learning(row),
    "destination": lambda _desk, row: check_destination(row),
    "attachment": lambda desk, row: check_attachment(row, desk.today),
    "assessment": assessments.problems,
    "journey": lambda _desk, row: check_journey(row),
    "exam_entry": lambda _desk, row: check_entry(row),
    "exam_arrangement": lambda _desk, row: check_arrangement(row),
    "exam_collector": exams.collector_problems,
    "accident": accidents.problems,
    "placement": lambda _desk, row: check_placement(row),
    "bought_place_review": lambda desk, row: check_place_review(row, desk.today),
    "school_place": lambda _desk, row: check_school_place(row),
    "school_place_review": lambda desk, row: check_place_review(row, desk.today),
    "school_attended": lambda _desk, row: check_school(row),
    "attendance_total": lambda _desk, row: check_total(row),
    "details_check": lambda _desk, row: check_details_check(row),
}  # a kind that is not here has no rule across its items


def objections(desk: Desk, kind: str, record: Any, names: Iterable[str] | None = None) -> list[str]:
    """What stops a record from being so; of ``names`` the items are checked, or all of them."""
    problems = [*problems_of(record, desk.today, names), *(_CHECKS[kind](desk, record) if kind in _CHECKS else ())]
    return [problem.message for problem in problems if problem.stops]


@cache
def _types(record_type: type) -> Mapping[str, tuple[type, ...]]:
    hints = get_type_hints(record_type)
    return {name: get_args(hint) if isinstance(hint, UnionType) else (hint,) for name, hint in hints.items()}


def value_of(record_type: Any, name: str, text: str | None) -> Any:
    """A value of an item as it was, from how an amendment keeps it."""
    if text is None:
        return None
    if own_values.is_own(name):
        return own_values.value_of(name, text)
    kinds = _types(record_type)[name]
    if date in kinds:
        return date.fromisoformat(text)
    if bool in kinds:
        return text == "1"
    return int(text) if int in kinds else text
