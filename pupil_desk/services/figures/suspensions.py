"""Suspensions and permanent exclusions: our own decisions, by the day on which they begin."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.suspensions.suspension import Case, Event
from pupil_desk.services.figures.asking import Asked, Kind
from pupil_desk.services.figures.people import Person
from pupil_desk.services.figures.rows import answer, put_together
from pupil_desk.services.figures.shape import Column, Counts, Figure, Sort
from pupil_desk.store.tables import suspensions as store

REASONS = "reasons"
_with_pupils = partial(Column, head="suspended")
_SUSPENDED = (
    _with_pupils(key="suspensions", title=_("Suspensions"), sort=Sort.EVENTS),
    _with_pupils(key="sessions", title=_("Sessions"), sort=Sort.AMOUNT),
)
_COLUMNS = (
    Column(key="pupils", title=_("Pupils on roll")),
    *_SUSPENDED,
    Column(key="suspended", title=_("Pupils suspended"), part_of="pupils"),
    Column(key="rate", title=_("Suspensions per 100 pupils"), sort=Sort.PER_100, top="suspensions", base="pupils"),
    Column(key="permanent", title=_("Permanent exclusions"), sort=Sort.EVENTS, part_of="pupils"),
)
_OF_REASONS = (
    *(replace(one, adds_up=False) for one in _SUSPENDED),
    Column(key="suspended", title=_("Pupils suspended"), adds_up=False),
    Column(key="permanent", title=_("Permanent exclusions"), sort=Sort.EVENTS, adds_up=False),
)
_NOTES = (
    _("Our own decisions about pupils on roll that began in the time of the row; a suspension at lunchtime is one of them. Sessions are all that were served or are still to be, and half a day each."),
    _("Left out: decisions of other schools, what was entered by mistake, suspensions that were cancelled, and permanent exclusions that were cancelled or after which the pupil was reinstated."),
    _("Pupils on roll: on any day in the time of the row. Per 100 pupils: suspensions for each 100 of them. It is not the rate that DfE publishes, which goes by the pupils of one day."),
)
_BY_REASON = _("A decision is counted under each of its reasons, up to three, and once in the last row. A pupil is counted once in a row.")


@dataclass(frozen=True, slots=True)
class _Decision:
    person: str
    start: date
    sessions: int
    permanent: bool
    reasons: tuple[str, ...]


def _make(asked: Asked) -> Figure:
    decisions = [one for one in _decisions(asked) if asked.whole.first <= one.start <= asked.whole.last]
    if asked.question.by == REASONS:
        return _by_reason(asked, decisions)
    by_person: defaultdict[str, list[_Decision]] = defaultdict(list)
    for one in decisions:
        by_person[one.person].append(one)

    def of_part(number: int, people: Sequence[Person]) -> Counts:
        part = asked.parts[number]
        return _counts(people, {person: [one for one in held if part.first <= one.start <= part.last] for person, held in by_person.items()})

    return answer(asked, SUSPENSIONS, _COLUMNS, _NOTES, main="suspensions", of_part=of_part, of_people=lambda people: _counts(people, by_person))


def _decisions(asked: Asked) -> list[_Decision]:
    found = []
    for record, cases in store.by_pupil(asked.desk.vault).items():
        person = asked.people.all.get(asked.people.person_of[record])
        if person is None:
            continue  # not of the group that alone is counted
        for case in cases:
            one = case.suspension
            day = one.start.isoformat()
            if one.school is None and not _undone(case) and person.on_roll(day, day):
                found.append(_Decision(person.id, one.start, len(case.counted), one.permanent, one.reasons))
    return found


def _undone(case: Case) -> bool:
    ending = case.ending
    if ending is None:
        return False
    gone = (Event.MISTAKEN, Event.CANCELLED, Event.REINSTATED) if case.suspension.permanent else (Event.MISTAKEN, Event.CANCELLED)
    return ending.kind in gone


def _counts(people: Sequence[Person], decisions: Mapping[str, Sequence[_Decision]]) -> Counts:
    held = [one for person in people for one in decisions.get(person.id, ())]
    return {"pupils": len(people), **_of_decisions(held)}


def _of_decisions(held: Sequence[_Decision]) -> Counts:
    suspensions = [one for one in held if not one.permanent]
    return {
        "suspensions": len(suspensions),
        "sessions": sum(one.sessions for one in suspensions),
        "suspended": len({one.person for one in suspensions}),
        "permanent": sum(one.permanent for one in held),
    }


def _by_reason(asked: Asked, decisions: Sequence[_Decision]) -> Figure:
    listed = codelist("exclusion_reason")
    counted = [(listed.label_of(code), _of_decisions([one for one in decisions if code in one.reasons])) for code in listed.codes]
    notes = (*_NOTES[:2], _BY_REASON)
    return put_together(asked, SUSPENSIONS, _OF_REASONS, counted, (_("All decisions"), _of_decisions(decisions)), by=_("Reason"), notes=notes, main="suspensions")


SUSPENSIONS = Kind("suspensions", _("Suspensions"), _make, own=((REASONS, _("Reason")),))
