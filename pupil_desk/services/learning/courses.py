"""Learning of a pupil: reading, adding, correcting."""

from pupil_desk.domain.changes import Changed
from pupil_desk.domain.learning.learning import Learning
from pupil_desk.domain.learning.next_steps import check_learning
from pupil_desk.services import further
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several


def of_pupil(desk: Desk, pupil_id: str) -> list[Learning]:
    """A pupil's own, the earliest first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return several.of_pupil(desk.vault, Learning, pupil_id)


def add_learning(desk: Desk, record: Learning) -> Changed:
    """Keep a new one. Raises Refused."""
    return further.add(desk, "learning", record, check_learning, news=())


def save_learning(desk: Desk, record: Learning) -> Changed:
    """Keep what has changed of one. Raises Refused, WrongUse."""
    return further.save(desk, "learning", record, check_learning, news=())
