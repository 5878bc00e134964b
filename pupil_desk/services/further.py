"""Records of which a pupil has several: added and corrected alike, each by one transaction."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.services import records
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several as store
from pupil_desk.store.rows.rows import differences, new_id

type Check = Callable[[Any], Sequence[Problem]]
type Then = Callable[[Work, Any], None]


def nothing_more(work: Work, record: Any) -> None:
    """For a record on which nothing else hangs."""


def add(desk: Desk, kind: str, record: Any, check: Check, *, then: Then = nothing_more, news: Sequence[str] = ("pupil",)) -> Changed:
    """Check and keep a new record; ``then`` is what goes with it in the same transaction. Raises Refused.

    ``news`` are the kinds that are told of as changed beside the record's own.
    """
    record = tidied(record, desk.today)
    refuse((*problems_of(record, desk.today), *check(record)))
    record = dataclasses.replace(record, id=new_id())
    with desk.act(Action.EDIT_RECORD, "pupil", record.pupil_id, f"{kind} added") as work:
        records.add(work, [record], source="form")
        then(work, record)
    return Changed.of(*news, kind, ids=(record.pupil_id,))


def save(desk: Desk, kind: str, record: Any, check: Check, *, then: Then = nothing_more, news: Sequence[str] = ("pupil",)) -> Changed:
    """Check and keep what has changed of a record, and what it said before; as ``add``. Raises Refused, WrongUse."""
    old: Any = store.get(desk.vault, type(record), record.id)
    if old is None or old.pupil_id != record.pupil_id:
        raise WrongUse(_("That entry is no longer on file. Open the pupil again."))
    record = tidied(record, desk.today)
    names = differences(old, record)
    if not names:
        return Changed.of()
    refuse((*problems_of(record, desk.today, names), *check(record)))
    with desk.act(Action.EDIT_RECORD, "pupil", record.pupil_id, f"{kind}: " + ", ".join(names)) as work:
        records.change(work, old, record, source="form")
        then(work, record)
    return Changed.of(*news, kind, ids=(record.pupil_id,))
