"""What is left to do about accidents, for Home, the pupil's card and beside the entry: a line for each accident, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.accidents.duties import duties_of
from pupil_desk.domain.accidents.riddor import riddor_rules
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import accidents as store
from pupil_desk.store.tables import pupils


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAccident:
    """What is left to do about one accident, in a few ``words``; ``due`` is the first day of any of it, ``late`` whether that has gone by.

    ``by_law``: a report to HSE is due.
    """

    pupil_id: str
    accident_id: str
    name: str
    day: date
    words: tuple[str, ...]
    due: date
    late: bool
    by_law: bool


def open_accidents(desk: Desk, pupil_id: str | None = None) -> list[OpenAccident]:
    """The accidents of all pupils, of those who left too, or of one, about which something is left to do. Raises NotAllowed.

    None where the unit keeps no accident book here, and none of longer ago than the file of rules follows them.
    """
    desk.require(Action.READ_RECORD)
    if not desk.settings.keeps_accidents:
        return []
    oldest = desk.today - timedelta(days=riddor_rules().followed)
    accidents = [row for row in store.between(desk.vault, oldest, desk.today) if pupil_id in (None, row.pupil_id)]
    lines = list(_lines(desk, accidents)) if accidents else []
    return sorted(lines, key=lambda line: (line.due, line.name))


def _lines(desk: Desk, accidents: Iterable[Accident]) -> Iterable[OpenAccident]:
    left_to_do = [(row, duties) for row in accidents if (duties := tuple(duties_of(row)))]
    names = {pupil.id: pupil.full_name for pupil in pupils.some(desk.vault, {row.pupil_id for row, _duties in left_to_do})}
    for row, duties in left_to_do:
        due = min(duty.due for duty in duties)
        if row.pupil_id in names:
            yield OpenAccident(
                pupil_id=row.pupil_id,
                accident_id=row.id,
                name=names[row.pupil_id],
                day=row.day,
                words=left_words(row),
                due=due,
                late=due < desk.today,
                by_law=any(duty.by_law for duty in duties),
            )


def left_words(accident: Accident) -> tuple[str, ...]:
    """What is left to do about one accident."""
    return tuple(_("{what} by {day}").format(what=duty.words, day=short_date(duty.due)) for duty in duties_of(accident))
