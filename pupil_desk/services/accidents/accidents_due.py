"""What is left to do about accidents, for Home, the pupil's card and beside the entry: a line for each accident, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import QUESTIONS, Accident
from pupil_desk.domain.accidents.duties import AccidentDuty, duties_of
from pupil_desk.domain.accidents.riddor import riddor_rules
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import accidents as store
from pupil_desk.store.tables import pupils


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAccident:
    """What is left to do about one accident, in a few ``words``; ``due_days`` are the days of it, ``late`` whether the first has gone by.

    ``by_law``: a report to HSE is due; ``undecided``: a question is open by which one may be.
    """

    pupil_id: str
    accident_id: str
    name: str
    day: date
    words: tuple[str, ...]
    due_days: tuple[date, ...]
    late: bool
    by_law: bool
    undecided: bool

    @property
    def due(self) -> date:
        """The first day of any of it."""
        return min(self.due_days)


def open_accidents(desk: Desk, pupil_id: str | None = None) -> list[OpenAccident]:
    """The accidents of all pupils, of those who left too, or of one, about which something is left to do. Raises NotAllowed.

    None where the unit keeps no accident book here, and none of longer ago than the file of rules follows them.
    """
    desk.require(Action.READ_RECORD)
    if not desk.settings.keeps_accidents:
        return []
    oldest = desk.today - timedelta(days=riddor_rules().followed)
    recent = [row for row in store.between(desk.vault, oldest, desk.today) if pupil_id in (None, row.pupil_id)]
    return sorted(_lines(desk, recent), key=lambda line: (line.due, line.name))


def _lines(desk: Desk, accidents: Iterable[Accident]) -> Iterable[OpenAccident]:
    by_id = pupils.some_by_id(desk.vault, {row.pupil_id for row in accidents})
    for row in accidents:
        pupil = by_id.get(row.pupil_id)
        duties = tuple(duties_of(row, pupil.dob)) if pupil is not None else ()
        if pupil is None or not duties:
            continue
        due_days = tuple(duty.due for duty in duties)
        yield OpenAccident(
            pupil_id=row.pupil_id,
            accident_id=row.id,
            name=pupil.full_name,
            day=row.day,
            words=_words(duties),
            due_days=due_days,
            late=min(due_days) < desk.today,
            by_law=any(duty.by_law for duty in duties),
            undecided=any(duty.item in QUESTIONS for duty in duties),
        )


def left_words(accident: Accident, dob: date | None) -> tuple[str, ...]:
    """What is left to do about one accident of a pupil born on that day."""
    return _words(duties_of(accident, dob))


def _words(duties: Iterable[AccidentDuty]) -> tuple[str, ...]:
    return tuple(_("{what} by {day}").format(what=duty.words, day=short_date(duty.due)) for duty in duties)
