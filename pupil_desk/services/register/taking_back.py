"""Taking back the marks of one act: each session says again what it said before, or nothing, by a further amendment; no entry is rewritten."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import register as store

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class MarkBack:
    """What became of one session: the code that it says again, empty for no mark; None where it stays, since it was amended later."""

    pupil_id: str
    session: str
    code: str | None


def take_back(work: Work, act: str, reason: str) -> list[MarkBack]:
    """Within a transaction: every session that an act marked goes back, unless it was amended since."""
    back: list[tuple[Mark, bool, int, str]] = []
    outcome: list[MarkBack] = []
    mark_rows = store.entered_by(work.desk.vault, act)
    for (pupil_id, own_id, day, session), rows in groupby(
        mark_rows, key=lambda row: (row["pupil_id"], row["own_id"], row["day"], row["session"])
    ):
        entries = list(rows)
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
