"""What the list of what is due to be erased says: its columns, which lines stand in which view, and what an empty view says."""

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.erasure.cases import CaseLine, State
from pupil_desk.services.erasure.falling_due import how_much
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column

TO_DO = "to-do"
STATES = {
    TO_DO: (State.READY, State.AGREE, State.WAITING, State.HELD, State.DUE),
    "soon": (State.SOON,),
    "done": (State.DONE, State.WITHDRAWN),
}
_SIGNS = {
    State.READY: "eraser",
    State.AGREE: "users-three",
    State.WAITING: "hourglass",
    State.HELD: "hand-palm",
    State.DUE: "calendar-check",
    State.SOON: "calendar-blank",
    State.DONE: "check-circle",
    State.WITHDRAWN: "prohibit",
}
EMPTY = {
    TO_DO: (
        _("Nothing is due to be erased"),
        _("A line stands here once a record has been kept long enough. You can propose another pupil too."),
    ),
    "soon": (_("Nothing is due within a year"), _("Look here once a year: it is the list for the yearly review.")),
    "done": (_("Nothing was erased yet"), _("Each erasure leaves its certificate here, which names nobody.")),
}
SPARE = {"reach": 850}


def _pupil(row: CaseLine) -> str:
    return row.name or _("A pupil who is gone")


def pupil_words(row: CaseLine) -> str:
    """The pupil in a question: name and reference."""
    return _("{pupil} ({ref})").format(pupil=row.name, ref=row.ref)


def columns(desk: Desk) -> tuple[Column[CaseLine], ...]:
    """The columns of the list."""
    pupil = Column[CaseLine]("pupil", _("Pupil"), _pupil, width=22, stretch=True, tip=lambda row: row.ref)
    return (
        badged(desk, pupil, lambda row: row.pupil_id),
        Column[CaseLine]("reach", _("How much"), lambda row: how_much(desk, row.reach, row.parts), width=24, stretch=True),
        Column[CaseLine]("state", _("How it stands"), lambda row: row.state.value, width=24, icon=lambda row: _SIGNS[row.state]),
        Column[CaseLine]("on", _("Day"), lambda row: short_date(row.day), width=12),
    )
