"""Undoing an act, or of it some records, and what that would do, found by doing it and taking it all back."""

from collections.abc import Collection, Sequence
from typing import Any, NoReturn

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.services.changes import provider_sessions
from pupil_desk.services.changes.listing import why_not
from pupil_desk.services.changes.undoing import Undoing, Undone
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import acts as store
from pupil_desk.store.rows.acts import ActRow


class _Rehearsed(Exception):
    """Ends a rehearsal: raised so that the transaction takes everything back."""

    def __init__(self, outcome: Undone) -> None:
        super().__init__()
        self.outcome = outcome


def would_undo(desk: Desk, key: str, *, only: Collection[str] | None = None) -> Undone:
    """What ``undo`` would do, by doing it and taking it all back. Raises NotAllowed, WrongUse."""
    rows = _allowed(desk, key, only)
    try:
        _rehearse(desk, key, rows)
    except _Rehearsed as rehearsed:
        return rehearsed.outcome


def _rehearse(desk: Desk, key: str, rows: Sequence[Any]) -> NoReturn:
    with desk.vault.transaction():
        raise _Rehearsed(_go_back(Work(desk, desk.clock.now(), desk.user.id), key, rows))


def undo(desk: Desk, key: str, *, only: Collection[str] | None = None) -> Undone:
    """Undo an act, or of it the records ``only`` (their ids): one transaction, logged. One's own, or with a senior role another's.

    Raises NotAllowed; WrongUse for an act that is not there or is undone elsewhere.
    """
    rows = _allowed(desk, key, only)
    is_own_act = rows[0]["by"] == desk.user.id
    ids = {row["pupil_id"] for row in rows}
    kind, object_id = ("pupil", ids.copy().pop()) if len(ids) == 1 else ("act", key.partition("|")[0])
    with desk.act(Action.UNDO if is_own_act else Action.UNDO_OTHERS, kind, object_id, f"{len(rows)} changes") as work:
        undone = _go_back(work, key, rows)
        if undone.left:
            work.note("undo: left as it is", kind, object_id, f"{len(undone.left)} of them")
    return undone


def _go_back(work: Work, key: str, rows: Sequence[Any]) -> Undone:
    """By the one way in which acts of that kind are undone, from wherever that is asked for."""
    if rows[0]["kind"] == provider_sessions.KIND:
        return provider_sessions.go_back(work, key, rows)
    return Undoing(work).run(rows)


def _allowed(desk: Desk, key: str, only: Collection[str] | None) -> list[Any]:
    desk.require(Action.EDIT_RECORD)
    rows = store.rows_of(desk.vault, key)
    if not rows:
        raise WrongUse(_("That change is no longer in the list. Look at it again."))
    first = rows[0]
    act = ActRow(act=key, moment=first["at"], actor=first["by"], source=first["source"], last=rows[-1]["seq"])
    if act.actor != desk.user.id:
        desk.require(Action.UNDO_OTHERS)
    if objection := why_not(desk, act):
        raise WrongUse(objection)
    selection = [row for row in rows if only is None or row["record_id"] in only]
    if not selection:
        raise WrongUse(_("None of the records that were asked for belongs to that change."))
    return selection
