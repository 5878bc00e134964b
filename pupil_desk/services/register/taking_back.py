"""Taking back marks, those of one act or one that is only planned: each session says again what it said before, or nothing. No entry is rewritten."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, Refused
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.register.marking import FORM, begun_sessions
from pupil_desk.services.roles import Action
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.tables import register as store

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class MarkBack:
    """What became of one session: the code that it says again, empty for no mark; None where it stays, since it was amended later."""

    pupil_id: str
    session: str
    code: str | None


def _marked_by(vault: Vault, act: str) -> Iterator[tuple[tuple[str, str, str, str], list[Row]]]:
    """The sessions that an act marked: the pupil's id and that of the own record, day and session, and all their entries in order."""
    mark_rows = store.entered_by(vault, act)
    for key, rows in groupby(mark_rows, key=lambda row: (row["pupil_id"], row["own_id"], row["day"], row["session"])):
        yield key, list(rows)


def amended_since(vault: Vault, act: str) -> set[tuple[str, str]]:
    """The sessions that an act marked and that say something else since: the pupil's id, and day and session as ``MarkBack.session``."""
    marked = _marked_by(vault, act)
    return {(key[0], f"{key[2]} {key[3]}") for key, entries in marked if not entries[-1]["own"] and entries[-1]["code"]}


def take_back(work: Work, act: str, reason: str, *, but: Collection[tuple[str, str]] = ()) -> list[MarkBack]:
    """Within a transaction: every session that an act marked goes back, unless it was amended since. Those of ``but`` are passed over."""
    back: list[tuple[Mark, bool, int, str]] = []
    outcome: list[MarkBack] = []
    for (pupil_id, own_id, day, session), entries in _marked_by(work.desk.vault, act):
        if (pupil_id, f"{day} {session}") in but:
            continue
        if not entries[-1]["own"]:
            if entries[-1]["code"]:
                outcome.append(MarkBack(pupil_id, f"{day} {session}", None))
            continue
        before = next((entry for entry in reversed(entries) if not entry["own"]), None)
        values = {name: before[name] for name in ("code", "minutes_late", "note")} if before else {"code": ""}
        mark = Mark(pupil_id=own_id, day=date.fromisoformat(day), session=Session(session), **values)
        back.append((mark, bool(before and before["planned"]), entries[-1]["number"] + 1, reason))
        outcome.append(MarkBack(pupil_id, f"{day} {session}", values["code"]))
    if back:
        user = work.desk.user
        provenance = work.provenance(UNDO)
        entering = store.begin_entering(work.desk.vault, name=user.name, title=user.role.label, marks=len(back), **provenance)
        store.add_amendments(work.desk.vault, back, entering, to_named_record=True)
    return outcome


def undo_marks(desk: Desk, act: str) -> Changed:
    """Take back the marks that somebody has just saved: one transaction, logged. Raises NotAllowed; WrongUse where nothing of them stands."""
    with desk.act(Action.UNDO, "register", act, "marks") as work:
        outcome = take_back(work, act, _("Undone at once"))
        if all(mark.code is None for mark in outcome):
            raise WrongUse(_("These marks were changed since. Look at the register again."))
    return Changed.of("mark", ids=tuple(sorted({mark.pupil_id for mark in outcome})))


def take_out_planned(desk: Desk, pupil_id: str, day: date, session: Session) -> Changed:
    """What was planned for a session is planned no longer: an amendment by which it has no mark; one transaction, logged.

    Raises NotAllowed; Refused where nothing is planned there, or the session has begun, since from then on it is the register.
    """
    unplanned = Mark(pupil_id=pupil_id, day=day, session=session, code="")
    standing_mark = store.standing(desk.vault, [unplanned]).get(unplanned.key)
    if standing_mark is None or not standing_mark.is_planned or begun_sessions(desk)(day, session):
        message = _("Only what is planned for a session that has not begun can be taken out. Type the right code over any other entry.")
        raise Refused((Problem("code", "not_planned", message),))
    with desk.act(Action.EDIT_RECORD, "register", pupil_id, "1 planned taken out") as work:
        user = desk.user
        entering = store.begin_entering(desk.vault, name=user.name, title=user.role.label, marks=1, **work.provenance(FORM))
        store.add_amendments(desk.vault, [(unplanned, False, standing_mark.amended + 1, _("Planned no longer"))], entering)
    return Changed.of("mark", ids=(pupil_id,))
