"""What is still to be done about suspensions and exclusions, for Home: one line for each decision, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.suspensions.review import again_due
from pupil_desk.domain.suspensions.steps import SuspensionContext, SuspensionStep, steps_of, still_to_do
from pupil_desk.domain.suspensions.suspension import SuspensionCase, SuspensionEventKind
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.services.suspensions.decisions import about_pupil
from pupil_desk.services.unit.calendars import law_calendar
from pupil_desk.store.tables import pupils
from pupil_desk.store.tables import suspensions as store

_SINCE = timedelta(days=120)  # of decisions before, the steps are no longer asked for: the longest way through a review takes so long
_WHAT = {
    SuspensionEventKind.TOLD_PARENTS: _("tell the parents"),
    SuspensionEventKind.LETTER: _("send the letter"),
    SuspensionEventKind.TOLD_LA: _("tell the authority"),
    SuspensionEventKind.TOLD_SOCIAL_WORKER: _("tell the social worker"),
    SuspensionEventKind.TOLD_VIRTUAL_HEAD: _("tell the virtual school head"),
    SuspensionEventKind.TOLD_BOARD: _("tell the {board}"),
    SuspensionEventKind.BOARD_MET: _("the {board} meets"),
    SuspensionEventKind.DAY_SIX: _("education from day six"),
}
_WHAT_OF_ADULT = _WHAT | {SuspensionEventKind.TOLD_PARENTS: _("tell the pupil")}


@dataclass(frozen=True, slots=True)
class OpenSteps:
    """What is left to do about one decision, in words; ``due_days`` are the days of it, ``late`` whether the first has gone by."""

    pupil_id: str
    decision: str
    name: str
    subject: str
    words: tuple[str, ...]
    due_days: tuple[date, ...]
    late: bool

    @property
    def due(self) -> date:
        """The first day of any of it."""
        return min(self.due_days)


def open_steps(desk: Desk, of: str = "") -> list[OpenSteps]:
    """Of the decisions of ours of the last four months, those about which something is still to be done; ``of`` one pupil alone. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    since, calendar, lines = desk.today - _SINCE, law_calendar(desk.vault), []
    for pupil_id in store.pupils_since(desk.vault, since):
        if of and pupil_id != of:
            continue
        pupil, cases = pupils.get(desk.vault, pupil_id), store.of_pupil(desk.vault, pupil_id)
        if pupil is None:
            continue
        pupil_facts = about_pupil(desk, pupil)
        for case in cases:
            if case.suspension.start >= since and not case.imported:
                steps = steps_of(case, cases, pupil_facts, calendar, desk.today)
                lines += _of_case(desk.today, case, steps, again_due(case, calendar), pupil.full_name, pupil_facts=pupil_facts)
    return sorted(lines, key=lambda line: (line.due, line.name))


def _of_case(
    today: date,
    case: SuspensionCase,
    steps: Sequence[SuspensionStep],
    reconsidered_on: date | None,
    name: str,
    *,
    pupil_facts: SuspensionContext,
) -> list[OpenSteps]:
    """What has no day of its own is owed without delay: from the first day, or from today where that is still to come."""
    at_once = min(case.suspension.start, today)
    board = pupil_facts.kind.board
    task_words = _WHAT_OF_ADULT if pupil_facts.is_adult(case.suspension.start) else _WHAT
    left = [(step.due, task_words[step.event].format(board=board)) for step in still_to_do(steps)]
    if reconsidered_on is not None:
        left.append((reconsidered_on, _("the {board} considers it again").format(board=board)))
    if not left:
        return []
    words = tuple(_("{what} by {day}").format(what=task, day=short_date(due)) if due else task for due, task in left)
    due_days = tuple(due or at_once for due, _task in left)
    kind = codelist("exclusion_category").label_of(case.suspension.category)
    subject = _("{kind} from {day}").format(kind=kind, day=short_date(case.suspension.start))
    return [
        OpenSteps(
            case.suspension.pupil_id, case.suspension.decision, name, subject, words=words, due_days=due_days, late=min(due_days) < today
        )
    ]
