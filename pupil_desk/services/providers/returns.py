"""What providers return of the sessions of pupils placed there: kept, and entered in the register once a person confirms it.

Until then an expected attendance is no mark that counts on a provider's word: every session of which the register and the provider do not say the same is listed.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.providers.provider_return import (
    CAME,
    ExpectedSession,
    ProviderReturn,
    ReturnOutcome,
    check_provider_return,
    code_for,
    expected_sessions,
)
from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.register.calendar import school_year
from pupil_desk.services import records
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.providers.providers import SWITCH
from pupil_desk.services.register import marking
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import calendars
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import acts, several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import enrolments, pupils, standing
from pupil_desk.store.tables import providers as store
from pupil_desk.store.tables import register as register_store


def _first_day(desk: Desk) -> date:
    """The first day of which sessions are looked at: of the school year."""
    return date(school_year(desk.today), 8, 1)


@dataclass(frozen=True, slots=True)
class SessionToConfirm:
    """One session of which the register and the provider do not say the same, and whose it is."""

    pupil: Pupil
    expected: ExpectedSession

    @property
    def id(self) -> str:
        return f"{self.pupil.id}|{self.expected.placement.id}|{self.expected.day}|{self.expected.session}"

    @property
    def provider(self) -> str:
        return self.expected.placement.provider


def to_confirm(desk: Desk, ids: Sequence[str] | None = None) -> list[SessionToConfirm]:
    """The sessions of this school year that are to be confirmed, the earliest first, then by name. Raises NotAllowed.

    A session counts once it has begun, on a school day on which the pupil is on roll. None where the unit buys no places.
    """
    desk.require(Action.READ_RECORD)
    if not desk.settings.uses(SWITCH):
        return []
    today, vault = desk.today, desk.vault
    since, has_begun = _first_day(desk), marking.begun_sessions(desk)
    placements = {
        pupil_id: current
        for pupil_id, own_placements in several.by_pupil(vault, Placement, ids).items()
        if (current := [placement for placement in own_placements if placement.sessions and placement.spans(since, today)])
    }
    if not placements:
        return []
    days = calendars.school_calendar(vault).school_days(since, today)
    marks_by_pupil = standing.by_pupil(vault, since, today, ids=list(placements))
    outcomes = {
        provider_return.session_key: provider_return.outcome
        for own_returns in store.returns(vault, since, today, list(placements)).values()
        for provider_return in own_returns
    }
    stays = enrolments.by_pupil(vault, list(placements))
    sessions = [
        SessionToConfirm(pupil, expected)
        for pupil in pupils.some(vault, list(placements))
        for expected in expected_sessions(
            placements[pupil.id],
            [day for day in days if on_roll(stays[pupil.id], day)],
            {(date.fromisoformat(mark[0]), Session(mark[1])): mark[2] for mark in marks_by_pupil.get(pupil.id, ())},
            outcomes,
        )
        if not expected.is_settled and has_begun(expected.day, expected.session)
    ]
    return sorted(sessions, key=lambda session: (session.expected.day, session.expected.session, fold(session.pupil.surname), session.id))


def enter(desk: Desk, new_returns: Sequence[ProviderReturn]) -> Changed:
    """Keep what a provider returned, and enter it in the register by the same act. Raises Refused, NotAllowed; WrongUse where the unit buys no places.

    Which mark a return makes is said by ``code_for``; another provider's word that the pupil came there counts before one that the pupil did not come. Of
    two returns of one session the later counts. Over another mark it is an amendment, whose reason names the provider.
    """
    desk.require(Action.EDIT_RECORD, "register", "")
    require_use(desk, SWITCH)
    by_key = {one_return.session_key: one_return for one_return in (tidied(provider_return, desk.today) for provider_return in new_returns)}
    new_returns = list(by_key.values())
    for provider_return in new_returns:
        refuse((*problems_of(provider_return, desk.today), *check_provider_return(provider_return, desk.today)))
    marks_by_provider = _marks_of(desk, by_key)
    marking.checked(desk, [mark for marks in marks_by_provider.values() for mark in marks])
    pupil_ids = {provider_return.pupil_id for provider_return in new_returns}
    if not pupil_ids:
        return Changed.of()
    object_id = next(iter(pupil_ids)) if len(pupil_ids) == 1 else ""
    with desk.act(Action.EDIT_RECORD, "register", object_id, f"{len(new_returns)} returns of providers") as work:
        _keep(work, new_returns)
        for provider, marks in marks_by_provider.items():
            marking.keep_marks(work, marks, reason=_("Returned by {provider}").format(provider=provider)[:255], source=marking.FORM)
        if not (acts.rows_of(desk.vault, work.act, 1) or register_store.entered_by(desk.vault, work.act)):
            return Changed.of()  # all of it was so already
    return Changed.of("provider_return", "mark", ids=tuple(sorted(pupil_ids)))


def confirm(desk: Desk, sessions: Sequence[SessionToConfirm]) -> Changed:
    """Enter in the register what providers returned of these sessions, such as by a file; those of which nothing was returned are passed over. As ``enter``."""
    days = [session.expected.day for session in sessions]
    on_file = store.returns(desk.vault, min(days), max(days), {session.pupil.id for session in sessions}) if days else {}
    wanted_keys = {_return_of(session, "").session_key for session in sessions}
    return enter(
        desk, [one_return for own_returns in on_file.values() for one_return in own_returns if one_return.session_key in wanted_keys]
    )


def returned(session: SessionToConfirm, outcome: str, told_by: str | None = None) -> ProviderReturn:
    """What a provider says of a session, to be entered."""
    return dataclasses.replace(_return_of(session, outcome), told_by=told_by)


def _return_of(session: SessionToConfirm, outcome: str) -> ProviderReturn:
    expected = session.expected
    return ProviderReturn(pupil_id=session.pupil.id, provider=session.provider, day=expected.day, session=expected.session, outcome=outcome)


def _keep(work: Work, new_returns: Sequence[ProviderReturn]) -> None:
    on_file = store.of_sessions(work.desk.vault, new_returns)
    for provider_return in new_returns:
        old = on_file.get(provider_return.session_key)
        if old is None:
            records.add(work, [dataclasses.replace(provider_return, id=new_id())], source="form")
        else:
            records.change(work, old, dataclasses.replace(provider_return, id=old.id, provider=old.provider), source="form")


def _marks_of(desk: Desk, by_key: Mapping[Any, ProviderReturn]) -> dict[str, list[Mark]]:
    """The marks that these returns make, by the name of the provider."""
    if not by_key:
        return {}
    days = [provider_return.day for provider_return in by_key.values()]
    ids = {provider_return.pupil_id for provider_return in by_key.values()}
    codes = {
        (pupil_id, mark[0], mark[1]): mark[2]
        for pupil_id, marks in standing.by_pupil(desk.vault, min(days), max(days), ids=ids).items()
        for mark in marks
    }
    came = _came_to(desk, by_key.values(), min(days), max(days), ids)
    marks_by_provider: dict[str, list[Mark]] = {}
    for provider_return in by_key.values():
        session_of = (provider_return.pupil_id, provider_return.day, provider_return.session)
        if provider_return.outcome == ReturnOutcome.ABSENT and session_of in came:
            continue
        code = code_for(provider_return.outcome, codes.get((session_of[0], session_of[1].isoformat(), str(session_of[2])), ""))
        if code is not None:
            mark = Mark(pupil_id=session_of[0], day=session_of[1], session=session_of[2], code=code)
            marks_by_provider.setdefault(provider_return.provider, []).append(mark)
    return marks_by_provider


def _came_to(
    desk: Desk, new_returns: Iterable[ProviderReturn], since: date, until: date, ids: Collection[str]
) -> set[tuple[str, date, Session]]:
    """The sessions of these pupils of which any provider says that the pupil came, by what is on file and these returns."""
    on_file = [one_return for own_returns in store.returns(desk.vault, since, until, ids).values() for one_return in own_returns]
    last_words = {one_return.session_key: one_return for one_return in (*on_file, *new_returns)}.values()
    return {(one_return.pupil_id, one_return.day, one_return.session) for one_return in last_words if one_return.outcome in CAME}
