"""This PC's clock beside the log: where it cannot be right, that is told and logged, and nothing waits for it but an export.

The log goes by the numbers of its rows, so it stays in order whatever the clock says. An export, which bears its date to somebody
else, is not made in a year that cannot be, and while the clock is in doubt only for a day that somebody names or says is right;
registers and records go on. An entry bears the time of the clock in doubt, so the doubt does not end with the row that tells of it.
"""

from datetime import datetime, timedelta

from pupil_desk.basics.clock import local_time, stamp
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.store.file.vault import Vault

BACK, FORWARD, BELIEVED = "clock-back", "clock-forward", "clock-believed"  # as they stand in the log
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


def standing(desk: Desk) -> str:
    """What is to be asked before an export: the doubt that stands, in a sentence; nothing where none does.

    It stands from its row in the log until the clock fits what was entered before it, or somebody has said that it is right.
    """
    vault, now = desk.vault, desk.clock.now()
    turns = vault.rows("SELECT seq, at, action FROM log WHERE action IN (?, ?, ?) ORDER BY seq", (BACK, FORWARD, BELIEVED))
    ends = [*(turn["seq"] for turn in turns), None]
    last = _last_before(vault, ends[0])
    for turn, end in zip(turns, ends[1:], strict=True):
        if turn["action"] == BELIEVED or (last is not None and _fits_between(vault, turn["seq"], end, last)):
            last = _last_before(vault, end)
    if last is None or last - _BACK_BY <= now <= last + _FORWARD_BY:
        return ""
    words = _("The clock of this PC is in doubt. It says {now}; the last entry before the doubt is of {last}.")
    return words.format(now=_shown(now), last=_shown(last))


def believe(desk: Desk) -> None:
    """Log that whoever is at the desk says the clock is right: the doubt ends."""
    with desk.vault.transaction():
        desk.append(desk.clock.now(), BELIEVED, "unit", desk.vault.vault_id, "")


def _last_before(vault: Vault, seq: int | None) -> datetime | None:
    """The moment of the last entry before one of the log, or of all."""
    row = vault.first_row("SELECT at FROM log WHERE seq < coalesce(?, seq + 1) ORDER BY seq DESC LIMIT 1", (seq,))
    return local_time(row["at"]) if row else None


def _fits_between(vault: Vault, since: int, end: int | None, last: datetime) -> bool:
    """Whether an entry from one of the log to another is of a moment that leaves no doubt after the last one believed."""
    span = (stamp(last - _BACK_BY), stamp(last + _FORWARD_BY))
    found = vault.first_row(
        "SELECT 1 FROM log WHERE seq >= ? AND seq < coalesce(?, seq + 1) AND at BETWEEN ? AND ? LIMIT 1", (since, end, *span)
    )
    return found is not None


def require_no_doubt(desk: Desk) -> None:
    """Raises WrongUse while the clock is in doubt: for what leaves the unit, and for which nobody named the day."""
    if words := standing(desk):
        raise WrongUse(
            _(
                "{doubt} So nothing is made that would be judged by {day}. Set the date and the time of the PC right. On the command line --on names the day."
            ).format(doubt=words, day=show_date(desk.today))
        )


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
