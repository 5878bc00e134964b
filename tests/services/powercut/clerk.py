"""A clerk who enters the register, session after session, and notes after each that it was said to be saved.

``python -m tests.services.powercut.clerk FILE [normal]``: run on a disk that notes what is done to it; ``normal`` does not flush what is committed. After
every twentieth session the file is closed, and opened again.
"""

import os
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import units
from pupil_desk.store.file import engine
from tests.services.exports.made import DAY, MOMENT, OFFICER, PASSWORD

SESSIONS = 80
SAID = "said"
"""The file beside the unit's in which stands what was said."""
_FIRST = date(2026, 9, 7)


def session(number: int) -> tuple[date, Session]:
    """The session of that number: two on each weekday, but for the week at half term."""
    week, half_days = divmod(number, 10)
    return _FIRST + timedelta(weeks=week + (week >= 7), days=half_days // 2), (Session.AM, Session.PM)[half_days % 2]


def enter(desk: Desk, number: int) -> None:
    """Everybody present in that session, in one save."""
    day, half = session(number)
    register.mark(
        desk, [Mark(pupil_id=pupil.id, day=day, session=half, code="/\\"[half == Session.PM]) for pupil in pupils.all_pupils(desk)]
    )


def flush_less(patch: pytest.MonkeyPatch) -> None:
    """What is committed is written, and flushed some time later: the engine's own choice for a write-ahead log, and not ours."""
    real = engine.settle

    def settle(con: engine.Connection, path: Path) -> None:
        real(con, path)
        con.execute("PRAGMA synchronous = NORMAL")

    patch.setattr(engine, "settle", settle)


def main() -> None:
    """Enter all of them."""
    path = Path(sys.argv[1])
    said = os.open(path.with_name(SAID), os.O_WRONLY | os.O_CREAT)
    assert session(SESSIONS - 1)[0] < DAY
    if "normal" in sys.argv:
        flush_less(pytest.MonkeyPatch())
    for first in range(0, SESSIONS, 20):
        desk = units.sign_in(path, name=OFFICER, password=PASSWORD, clock=FixedClock(MOMENT))
        for number in range(first, first + 20):
            enter(desk, number)
            os.write(said, b"%d\n" % (number + 1))
        units.sign_out(desk)


if __name__ == "__main__":
    main()
