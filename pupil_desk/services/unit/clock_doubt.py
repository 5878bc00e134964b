"""This PC's clock beside the log: where it cannot be right, that is told and logged, and nothing waits for it but an export.

The log goes by the numbers of its rows, so it stays in order whatever the clock says. An export, which bears its date to somebody
else, is not made in a year that cannot be; registers and records go on.
"""

from datetime import datetime, timedelta

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.store.file.vault import Vault

BACK, FORWARD = "clock-back", "clock-forward"  # as they stand in the log
_FIRST_YEAR, _LAST_YEAR = 2020, 2060  # in which an export is made
_BACK_BY, _FORWARD_BY = timedelta(minutes=2), timedelta(days=400)  # what no office's pause and no putting right of a clock explains


def doubt(vault: Vault, now: datetime) -> tuple[str, str] | None:
    """Why the clock cannot be right, by the last row of the log: how it stands in the log, and a sentence; None if it may be."""
    row = vault.first_row("SELECT at FROM log ORDER BY seq DESC LIMIT 1")
    if row is None:
        return None
    last = local_time(row["at"])
    if now < last - _BACK_BY:
        words = _(
            "The clock of this PC says {now}, which is before the last entry in the log ({last}). Set the date and the time of the PC right. You can work meanwhile: the log keeps its order."
        )
        return BACK, words.format(now=_shown(now), last=_shown(last))
    if now > last + _FORWARD_BY:
        words = _(
            "The clock of this PC says {now}; the last entry in the log is of {last}. If that is not so, set the date and the time of the PC right before you enter anything."
        )
        return FORWARD, words.format(now=_shown(now), last=_shown(last))
    return None


def note(desk: Desk) -> str:
    """Log that the clock is in doubt, if it is; returns what is to be told, or nothing. The row is the last one then, so it is told once."""
    found = doubt(desk.vault, desk.clock.now())
    if found is None:
        return ""
    action, words = found
    with desk.vault.transaction():
        desk.append(desk.clock.now(), action, "unit", desk.vault.vault_id, "")
    return words


def require_possible_year(desk: Desk) -> None:
    """Raises WrongUse where the clock's year is one in which no export can have been made."""
    now = desk.clock.now().astimezone()
    if not _FIRST_YEAR <= now.year <= _LAST_YEAR:
        raise WrongUse(
            _(
                "The clock of this PC says {day}, so no export is made: its date would be wrong. Set the date and the time of the PC right, and make it again. Registers and records can be worked on meanwhile."
            ).format(day=show_date(now.date()))
        )


def _shown(moment: datetime) -> str:
    local = moment.astimezone()
    return _("{day} at {time}").format(day=show_date(local.date()), time=local.strftime("%H:%M"))
