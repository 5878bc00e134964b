"""Where a pupil lived before. The record's own changes stand in the amendments; here, from which day the next address held."""

import dataclasses

from pupil_desk.domain.pupils.pupil import FormerAddress, Move, Pupil, has_moved, left_behind
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import addresses as store


def of_pupil(desk: Desk, pupil_id: str) -> list[FormerAddress]:
    """A pupil's earlier addresses, the first one first."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return store.of_pupil(desk.vault, pupil_id)


def keep_move(work: Work, old: Pupil, move: Move) -> None:
    """Within a transaction: keep the address that a pupil has left."""
    store.add(work.desk.vault, dataclasses.replace(left_behind(old, move), id=new_id()), moment=work.stamp, actor=work.actor)


def keep_move_told(work: Work, old: Pupil, new: Pupil) -> None:
    """Within a transaction: as above, where a file tells another address. It tells no day, so the day of reading stands."""
    if has_moved(old, new):
        keep_move(work, old, Move(work.desk.today))
