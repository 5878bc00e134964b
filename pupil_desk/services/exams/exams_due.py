"""What is to be done about exams, for Home and the calendar: those that come, entries that are still planned near the day, and results that are missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from pupil_desk.basics.words import _
from pupil_desk.domain.exams.exam import PLANNED, WITHDRAWN, ExamEntry
from pupil_desk.services.desk import Desk
from pupil_desk.services.exams.recording import SWITCH
from pupil_desk.services.exams.results import first_day, last_day, without_result
from pupil_desk.services.quality.rule import limits
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.tables import exams as store
from pupil_desk.store.tables import pupils

AHEAD = 7  # days
_YEAR = timedelta(days=365)


class ExamTask(Enum):
    """What there is to think of: an exam that comes, one that is not entered yet, and one whose result is missing."""

    COMING = _("exam")
    PLANNED = _("still to be entered with the board")
    NO_RESULT = _("no result on file")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenExam:
    """One of these about an entry; ``day`` is that of the exam, of a missing result the day from which it is asked for."""

    pupil_id: str
    name: str
    entry: ExamEntry
    task: ExamTask
    day: date


def open_exams(desk: Desk, ahead: int = AHEAD) -> list[OpenExam]:
    """What is to be thought of about exams of everybody on file, by day. ``ahead``: so many days before an exam it is told. Raises NotAllowed.

    None where the unit enters nobody here.
    """
    desk.require(Action.READ_RECORD)
    if not desk.settings.uses(SWITCH) or not store.any_on_file(desk.vault):
        return []
    by_pupil = several.by_pupil(desk.vault, ExamEntry)
    since = desk.today - timedelta(days=limits()["no_result_days"])
    is_over = {pupil_id for pupil_id, entries in by_pupil.items() if any(since - _YEAR < last_day(entry) < since for entry in entries)}
    results = store.results_of_entered(desk.vault) if is_over else {}
    tasks = [task for pupil_id, entries in by_pupil.items() for task in _tasks(desk.today, pupil_id, entries, ahead)]
    tasks += [
        (pupil_id, entry, ExamTask.NO_RESULT, last_day(entry) + timedelta(days=limits()["no_result_days"]))
        for pupil_id in is_over
        for entry in without_result(by_pupil[pupil_id], results.get(pupil_id, ()), since)
        if last_day(entry) > since - _YEAR
    ]
    people = pupils.some_by_id(desk.vault, {task[0] for task in tasks}) if tasks else {}
    lines = [
        OpenExam(pupil_id=pupil_id, name=people[pupil_id].full_name, entry=entry, task=task, day=day)
        for pupil_id, entry, task, day in tasks
        if pupil_id in people
    ]
    return sorted(lines, key=lambda line: (line.day, line.name, line.entry.qualification))


def still_planned(entry: ExamEntry, today: date) -> bool:
    """Whether an entry is near, or its day gone by lately, and not made with the board yet."""
    begins = first_day(entry)
    return entry.status == PLANNED and begins - timedelta(days=limits()["exam_planned_days"]) <= today <= begins + _YEAR


def _tasks(today: date, pupil_id: str, entries: Sequence[ExamEntry], ahead: int) -> Iterator[tuple[str, ExamEntry, ExamTask, date]]:
    for entry in entries:
        if still_planned(entry, today) and last_day(entry) >= today:
            yield pupil_id, entry, ExamTask.PLANNED, first_day(entry)
        elif entry.day is not None and entry.status != WITHDRAWN and today <= entry.day <= today + timedelta(days=ahead):
            yield pupil_id, entry, ExamTask.COMING, entry.day
