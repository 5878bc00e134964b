"""Pupils who are called the same: wherever a list names one of them, the day of birth stands beside, or our number where that is the same too."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import pupils as store

_NAMES = ("legal", "listed", "known")


def told_apart(desk: Desk) -> Mapping[str, str]:
    """By the pupil, what tells one apart who shares a name with another on file: «born 3 May 2012». Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    return desk.remember("namesakes", lambda: _read(desk, _("born {day}")))


def told_apart_shortly(desk: Desk) -> Mapping[str, str]:
    """The same where there is little room: «3 May 2012». Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    return desk.remember("namesakes shortly", lambda: _read(desk, "{day}"))


def told_apart_least(desk: Desk) -> Mapping[str, str]:
    """The same where there is hardly any: «2012», where no other who is called the same was born in that year. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    return desk.remember("namesakes least", lambda: _read_years(desk))


def _read_years(desk: Desk) -> dict[str, str]:
    rows = desk.remember("rows of namesakes", lambda: store.namesakes(desk.vault))
    years = {row["id"]: str(date.fromisoformat(row["dob"]).year) for row in rows}
    often = Counter((name, years[row["id"]]) for row in rows for name in {row[name] for name in _NAMES})
    alone = {row["id"] for row in rows if all(often[row[name], years[row["id"]]] == 1 for name in _NAMES)}
    return {pupil_id: years[pupil_id] if pupil_id in alone else words for pupil_id, words in told_apart_shortly(desk).items()}


def _read(desk: Desk, pattern: str) -> dict[str, str]:
    rows = desk.remember("rows of namesakes", lambda: store.namesakes(desk.vault))
    often = Counter((name, row[name], row["dob"]) for row in rows for name in _NAMES)
    return {
        row["id"]: row["ref"]
        if any(often[name, row[name], row["dob"]] > 1 for name in _NAMES)
        else pattern.format(day=short_date(date.fromisoformat(row["dob"])))
        for row in rows
    }
