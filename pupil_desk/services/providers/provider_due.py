"""What is to be done about providers, for Home and the calendar: sessions to be confirmed, and checks that do not hold where pupils go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.providers import providers, returns
from pupil_desk.services.providers.providers import SWITCH
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import providers as store

AHEAD = 30  # days


@dataclass(frozen=True, slots=True)
class CheckDue:
    """A provider at which pupils have places, by key and name, what of it is to be seen, in words, and the day on which a check runs out; None for one that does not hold."""

    provider: str
    name: str
    words: tuple[str, ...]
    due: date | None


@dataclass(frozen=True, slots=True)
class ProvidersDue:
    """How many sessions are to be confirmed, the day of the earliest, and the checks that are to be seen."""

    sessions: int = 0
    since: date | None = None
    checks: Sequence[CheckDue] = ()


def providers_due(desk: Desk) -> ProvidersDue:
    """What is due today. Nothing where the unit buys no places. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    return desk.remember("what is due about providers", lambda: _providers_due(desk))


def _providers_due(desk: Desk) -> ProvidersDue:
    if not store.any_place(desk.vault):
        return ProvidersDue()
    sessions = [session for session in returns.to_confirm(desk) if session.expected.day < desk.today]
    return ProvidersDue(len(sessions), sessions[0].expected.day if sessions else None, checks_due(desk))


def checks_due(desk: Desk, ahead: int = AHEAD) -> list[CheckDue]:
    """The providers with places of which a check does not hold, or runs out within so many days, by name. Raises NotAllowed."""
    if not desk.settings.uses(SWITCH):
        return []
    until, due = desk.today + timedelta(days=ahead), []
    for standing in providers.standings(desk):
        if not standing.placements:
            continue
        if lacking := standing.lacking:
            due.append(CheckDue(standing.id, standing.name, tuple(state.words for state in lacking), None))
        for state in standing.states:
            end = state.check.valid_until if state.check is not None and state not in lacking else None
            if end is not None and end <= until:
                words = _("{check} is valid until {day}").format(check=state.label, day=short_date(end))
                due.append(CheckDue(standing.id, standing.name, (words,), end))
    return due
