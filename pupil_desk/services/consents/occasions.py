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
    latest = {occasion.occasion_id: occasion for occasion in store.occasion_editions(desk.vault)}
    far = date.max
    to_come = sorted(
        (occasion for occasion in latest.values() if not occasion.over(desk.today)),
        key=lambda occasion: (occasion.start or far, occasion.name),
    )
    past = sorted(
        (occasion for occasion in latest.values() if occasion.over(desk.today)),
        key=lambda occasion: (occasion.last_day or date.min, occasion.name),
        reverse=True,
    )
    return [*to_come, *past]


def occasion(desk: Desk, occasion_id: str) -> Occasion:
    """The occasion of that identity in its last edition. Raises WrongUse."""
    desk.require(Action.READ_RECORD)
    editions = [edition for edition in store.occasion_editions(desk.vault) if edition.occasion_id == occasion_id]
    if not editions:
        raise WrongUse(_("That occasion is no longer on file. Look at the list again."))
    return editions[-1]


@dataclass(frozen=True, slots=True)
class AskedAnew:
    """That an occasion changed so that families are asked again: the last day of it, and the editions of before."""

    day: date
    before: frozenset[str]


def asked_anew(desk: Desk) -> dict[str, AskedAnew]:
    """By occasion, when families had last to be asked again; those that never changed so are not there."""
    anew_by_occasion: dict[str, AskedAnew] = {}
    earlier: dict[str, list[str]] = {}
    for edition in store.occasion_editions(desk.vault):
        before = earlier.setdefault(edition.occasion_id, [])
        if edition.ask_again and edition.made_on is not None:
            anew_by_occasion[edition.occasion_id] = AskedAnew(edition.made_on, frozenset(before))
        before.append(edition.id)
    return anew_by_occasion


def pupils_listed(desk: Desk, occasion_id: str) -> list[Pupil]:
    """The pupils on the list of an occasion, by name."""
    desk.require(Action.READ_RECORD)
    return pupils.some(desk.vault, store.invited(desk.vault).get(occasion_id, []))


def problems(desk: Desk, occasion: Occasion) -> tuple[Problem, ...]:
    """What stands against keeping an occasion."""
    occasion = tidied(occasion, desk.today)
    return (
        *problems_of(occasion, desk.today),
        *check_occasion(occasion, [planned_occasion for planned_occasion in occasions(desk) if not planned_occasion.over(desk.today)]),
    )


def add(desk: Desk, occasion: Occasion, ids: Collection[str] = ()) -> tuple[Changed, str]:
    """Keep a new occasion with its list; what was changed, and its identity. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.PLAN_OCCASION)
    kind = types.type_named(desk, occasion.consent_type)
    if kind.per != OF_OCCASION or kind.retired:
        raise WrongUse(_("Choose a consent that is asked occasion by occasion."))
    refuse(problems(desk, occasion))
    occasion = dataclasses.replace(
        tidied(occasion, desk.today), id=new_id(), occasion_id=new_id(), edition=1, ask_again=False, cancelled=False, made_on=desk.today
    )
    with desk.act(Action.PLAN_OCCASION, "occasion", occasion.occasion_id, f"planned, {len(ids)} pupils") as work:
        keep(work, occasion, ids)
    return Changed.of("occasion", "consent", ids=tuple(ids)), occasion.occasion_id


def keep(work: Work, occasion: Occasion, ids: Iterable[str]) -> None:
    """Within a transaction: keep a checked new occasion, and its list."""
    store.add_occasion(work.desk.vault, occasion, moment=work.stamp, actor=work.actor)
    for pupil_id in ids:
        _say(work, occasion, pupil_id, INVITED)


def change(desk: Desk, occasion: Occasion, *, ask_again: bool) -> Changed:
    """Keep a further edition. With ``ask_again`` what families agreed to has changed, and no earlier yes counts. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.PLAN_OCCASION)
    current = _open(desk, occasion.occasion_id)
    refuse(problems(desk, occasion))
    occasion = tidied(occasion, desk.today)
    if all(getattr(occasion, name) == getattr(current, name) for name in OCCASION_FORM):
        return Changed.of()
    return _next(
        desk,
        dataclasses.replace(occasion, consent_type=current.consent_type, ask_again=ask_again),
        current,
        "changed, to be asked again" if ask_again else "corrected",
    )


def cancel(desk: Desk, occasion_id: str) -> Changed:
    """Say that it does not take place. What was said of it stays on record. Raises WrongUse, NotAllowed."""
    desk.require(Action.PLAN_OCCASION)
    current = _open(desk, occasion_id)
    return _next(desk, dataclasses.replace(current, cancelled=True, ask_again=False), current, "cancelled")


def _open(desk: Desk, occasion_id: str) -> Occasion:
    current = occasion(desk, occasion_id)
    if current.cancelled:
        raise WrongUse(_("It is cancelled. Plan a new one instead."))
    return current


def _next(desk: Desk, occasion: Occasion, current: Occasion, log_words: str) -> Changed:
    with desk.act(Action.PLAN_OCCASION, "occasion", current.occasion_id, log_words) as work:
        following = dataclasses.replace(
            occasion, id=new_id(), occasion_id=current.occasion_id, edition=current.edition + 1, made_on=desk.today
        )
        store.add_occasion(desk.vault, following, moment=work.stamp, actor=work.actor)
    return Changed.of("occasion", "consent")


def put_on(desk: Desk, occasion_id: str, ids: Iterable[str]) -> Changed:
    """Put pupils on the list; those on it stay. Raises WrongUse, NotAllowed."""
    return _list(desk, occasion_id, ids, INVITED)


def take_off(desk: Desk, occasion_id: str, ids: Iterable[str]) -> Changed:
    """Take pupils off the list; what was said for them stays on record. Raises WrongUse, NotAllowed."""
    return _list(desk, occasion_id, ids, TAKEN_OFF)


def _list(desk: Desk, occasion_id: str, ids: Iterable[str], step: str) -> Changed:
    desk.require(Action.PLAN_OCCASION)
    occasion, on_it = _open(desk, occasion_id), set(store.invited(desk.vault).get(occasion_id, []))
    changed_ids = [pupil_id for pupil_id in dict.fromkeys(ids) if (pupil_id in on_it) == (step == TAKEN_OFF)]
    if not changed_ids:
        return Changed.of()
    with desk.act(Action.PLAN_OCCASION, "pupil", changed_ids[0], f"occasion list: {step}") as work:
        for pupil_id in changed_ids:
            _say(work, occasion, pupil_id, step)
        for pupil_id in changed_ids[1:]:
            work.note(Action.PLAN_OCCASION, "pupil", pupil_id, f"occasion list: {step}")
    return Changed.of("occasion", "consent", ids=tuple(changed_ids))


def _say(work: Work, occasion: Occasion, pupil_id: str, step: str) -> None:
    days = occasion.days
    words = _("{name}, {days}").format(name=occasion.name, days=days) if days else occasion.name
    invitation = Invitation(id=new_id(), pupil_id=pupil_id, occasion_id=occasion.occasion_id, occasion=words, what=step)
    store.add(work.desk.vault, "consent_invitation", invitation, moment=work.stamp, actor=work.actor, act=work.act)
