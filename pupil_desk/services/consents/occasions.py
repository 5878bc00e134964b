"""Occasions: a trip, or a person or body to be told; kept edition by edition, each with its list of pupils."""

import dataclasses
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.consents.checks import check_occasion
from pupil_desk.domain.consents.consent import INVITED, OCCASION_FORM, OF_OCCASION, TAKEN_OFF, Invitation, Occasion
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents import types
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import consents as store
from pupil_desk.store.tables import pupils


def occasions(desk: Desk) -> list[Occasion]:
    """Every occasion in its last edition: those to come first, the next one first; those past or cancelled after them, the latest first."""
    desk.require(Action.READ_RECORD)
    latest = {one.occasion_id: one for one in store.occasion_editions(desk.vault)}
    far = date.max
    to_come = sorted((one for one in latest.values() if not one.over(desk.today)), key=lambda one: (one.start or far, one.name))
    past = sorted((one for one in latest.values() if one.over(desk.today)), key=lambda one: (one.last_day or date.min, one.name), reverse=True)
    return [*to_come, *past]


def occasion(desk: Desk, occasion_id: str) -> Occasion:
    """The occasion of that identity in its last edition. Raises WrongUse."""
    desk.require(Action.READ_RECORD)
    found = [one for one in store.occasion_editions(desk.vault) if one.occasion_id == occasion_id]
    if not found:
        raise WrongUse(_("That occasion is no longer on file. Look at the list again."))
    return found[-1]


@dataclass(frozen=True, slots=True)
class Anew:
    """That an occasion changed so that families are asked again: the last day of it, and the editions of before."""

    on: date
    before: frozenset[str]


def asked_anew(desk: Desk) -> dict[str, Anew]:
    """By occasion, when families had last to be asked again; those that never changed so are not there."""
    found: dict[str, Anew] = {}
    earlier: dict[str, list[str]] = {}
    for one in store.occasion_editions(desk.vault):
        before = earlier.setdefault(one.occasion_id, [])
        if one.ask_again and one.made_on is not None:
            found[one.occasion_id] = Anew(one.made_on, frozenset(before))
        before.append(one.id)
    return found


def listed(desk: Desk, occasion_id: str) -> list[Pupil]:
    """The pupils on the list of an occasion, by name."""
    desk.require(Action.READ_RECORD)
    return pupils.some(desk.vault, store.invited(desk.vault).get(occasion_id, []))


def problems(desk: Desk, made: Occasion) -> tuple[Problem, ...]:
    """What stands against keeping an occasion."""
    made = tidied(made, desk.today)
    return (*problems_of(made, desk.today), *check_occasion(made, [one for one in occasions(desk) if not one.over(desk.today)]))


def add(desk: Desk, made: Occasion, ids: Collection[str] = ()) -> tuple[Changed, str]:
    """Keep a new occasion with its list; what was changed, and its identity. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.PLAN_OCCASION)
    kind = types.type_named(desk, made.consent_type)
    if kind.per != OF_OCCASION or kind.retired:
        raise WrongUse(_("Choose a consent that is asked occasion by occasion."))
    refuse(problems(desk, made))
    made = dataclasses.replace(tidied(made, desk.today), id=new_id(), occasion_id=new_id(), edition=1, ask_again=False, cancelled=False, made_on=desk.today)
    with desk.act(Action.PLAN_OCCASION, "occasion", made.occasion_id, f"planned, {len(ids)} pupils") as work:
        keep(work, made, ids)
    return Changed.of("occasion", "consent", ids=tuple(ids)), made.occasion_id


def keep(work: Work, made: Occasion, ids: Iterable[str]) -> None:
    """Within a transaction: keep a checked new occasion, and its list."""
    store.add_occasion(work.desk.vault, made, moment=work.stamp, actor=work.actor)
    for pupil_id in ids:
        _say(work, made, pupil_id, INVITED)


def change(desk: Desk, made: Occasion, *, ask_again: bool) -> Changed:
    """Keep a further edition. With ``ask_again`` what families agreed to has changed, and no earlier yes counts. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.PLAN_OCCASION)
    held = _open(desk, made.occasion_id)
    refuse(problems(desk, made))
    made = tidied(made, desk.today)
    if all(getattr(made, name) == getattr(held, name) for name in OCCASION_FORM):
        return Changed.of()
    return _next(desk, dataclasses.replace(made, consent_type=held.consent_type, ask_again=ask_again), held, "changed, to be asked again" if ask_again else "corrected")


def cancel(desk: Desk, occasion_id: str) -> Changed:
    """Say that it does not take place. What was said of it stays on record. Raises WrongUse, NotAllowed."""
    desk.require(Action.PLAN_OCCASION)
    held = _open(desk, occasion_id)
    return _next(desk, dataclasses.replace(held, cancelled=True, ask_again=False), held, "cancelled")


def _open(desk: Desk, occasion_id: str) -> Occasion:
    held = occasion(desk, occasion_id)
    if held.cancelled:
        raise WrongUse(_("It is cancelled. Plan a new one instead."))
    return held


def _next(desk: Desk, made: Occasion, held: Occasion, what: str) -> Changed:
    with desk.act(Action.PLAN_OCCASION, "occasion", held.occasion_id, what) as work:
        following = dataclasses.replace(made, id=new_id(), occasion_id=held.occasion_id, edition=held.edition + 1, made_on=desk.today)
        store.add_occasion(desk.vault, following, moment=work.stamp, actor=work.actor)
    return Changed.of("occasion", "consent")


def put_on(desk: Desk, occasion_id: str, ids: Iterable[str]) -> Changed:
    """Put pupils on the list; those on it stay. Raises WrongUse, NotAllowed."""
    return _list(desk, occasion_id, ids, INVITED)


def take_off(desk: Desk, occasion_id: str, ids: Iterable[str]) -> Changed:
    """Take pupils off the list; what was said for them stays on record. Raises WrongUse, NotAllowed."""
    return _list(desk, occasion_id, ids, TAKEN_OFF)


def _list(desk: Desk, occasion_id: str, ids: Iterable[str], what: str) -> Changed:
    desk.require(Action.PLAN_OCCASION)
    held, on_it = _open(desk, occasion_id), set(store.invited(desk.vault).get(occasion_id, []))
    chosen = [pupil_id for pupil_id in dict.fromkeys(ids) if (pupil_id in on_it) == (what == TAKEN_OFF)]
    if not chosen:
        return Changed.of()
    with desk.act(Action.PLAN_OCCASION, "pupil", chosen[0], f"occasion list: {what}") as work:
        for pupil_id in chosen:
            _say(work, held, pupil_id, what)
        for pupil_id in chosen[1:]:
            work.note(Action.PLAN_OCCASION, "pupil", pupil_id, f"occasion list: {what}")
    return Changed.of("occasion", "consent", ids=tuple(chosen))


def _say(work: Work, made: Occasion, pupil_id: str, what: str) -> None:
    days = made.days
    words = _("{name}, {days}").format(name=made.name, days=days) if days else made.name
    said = Invitation(id=new_id(), pupil_id=pupil_id, occasion_id=made.occasion_id, occasion=words, what=what)
    store.add(work.desk.vault, "consent_invitation", said, moment=work.stamp, actor=work.actor, act=work.act)
