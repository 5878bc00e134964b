"""Suspensions and permanent exclusions: our own decisions, by the day on which they begin."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.domain.suspensions.suspension import SuspensionCase, SuspensionEventKind
from pupil_desk.services.figures.asking import FigureKind, PreparedQuestion
from pupil_desk.services.figures.people import Person
from pupil_desk.services.figures.rows import answer, put_together
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort
from pupil_desk.store.tables import suspensions as store

REASONS = "reasons"
_with_pupils = partial(FigureColumn, head="suspended")
_SUSPENDED = (
    _with_pupils(key="suspensions", title=_("Suspensions"), sort=Sort.EVENTS),
    _with_pupils(key="sessions", title=_("Sessions"), sort=Sort.EVENTS),
)
_COLUMNS = (
    FigureColumn(key="pupils", title=_("Pupils on roll")),
    *_SUSPENDED,
    FigureColumn(key="suspended", title=_("Pupils suspended"), part_of="pupils"),
    FigureColumn(key="rate", title=_("Suspensions per 100 pupils"), sort=Sort.PER_100, top="suspensions", base="pupils"),
    FigureColumn(key="permanent", title=_("Permanent exclusions"), sort=Sort.EVENTS, part_of="pupils"),
)
_OF_REASONS = (
    *(replace(column, adds_up=False) for column in _SUSPENDED),
    FigureColumn(key="suspended", title=_("Pupils suspended"), adds_up=False),
    FigureColumn(key="permanent", title=_("Permanent exclusions"), sort=Sort.EVENTS, adds_up=False),
)
_NOTES = (
    _(
        "Our own decisions about pupils on roll that began in the time of the row; a suspension at lunchtime is one of them. Sessions are all that were served or are still to be, and half a day each."
    ),
    _(
        "Left out: decisions of other schools, what was entered by mistake, suspensions that were cancelled, and permanent exclusions that were cancelled or after which the pupil was reinstated."
    ),
    _(
        "Pupils on roll: on any day in the time of the row. Per 100 pupils: suspensions for each 100 of them. It is not the rate that DfE publishes, which goes by the pupils of one day."
    ),
)
_BY_REASON = _("A decision is counted under each of its reasons, up to three, and once in the last row. A pupil is counted once in a row.")


@dataclass(frozen=True, slots=True)
class _Decision:
    person: str
    start: date
    sessions: int
    permanent: bool
    reasons: tuple[str, ...]


def _make(prepared: PreparedQuestion) -> Figure:
    decisions = [decision for decision in _decisions(prepared) if prepared.full_period.first <= decision.start <= prepared.full_period.last]
    if prepared.question.grouping == REASONS:
        return _by_reason(prepared, decisions)
    by_person = grouped((own_decision.person, own_decision) for own_decision in decisions)

    def of_part(number: int, people: Sequence[Person]) -> Counts:
        part = prepared.parts[number]
        return _counts(
            people,
            {
                person: [decision for decision in person_decisions if part.first <= decision.start <= part.last]
                for person, person_decisions in by_person.items()
            },
        )

    return answer(
        prepared, SUSPENSIONS, _COLUMNS, _NOTES, main="suspensions", of_part=of_part, of_people=lambda people: _counts(people, by_person)
    )


def _decisions(prepared: PreparedQuestion) -> Iterator[_Decision]:
    for record, cases in store.by_pupil(prepared.desk.vault).items():
        person = prepared.people.all.get(prepared.people.person_of[record])
        if person is None:
            continue  # not of the group that alone is counted
        for case in cases:
            suspension = case.suspension
            day = suspension.start.isoformat()
            if suspension.school is None and not _undone(case) and person.on_roll(day, day):
                yield _Decision(person.id, suspension.start, case.sessions_counted, suspension.permanent, suspension.reasons)


def _undone(case: SuspensionCase) -> bool:
    ending = case.ending
    if ending is None:
        return False
    annulling = (
        (SuspensionEventKind.MISTAKEN, SuspensionEventKind.CANCELLED, SuspensionEventKind.REINSTATED)
        if case.suspension.permanent
        else (SuspensionEventKind.MISTAKEN, SuspensionEventKind.CANCELLED)
    )
    return ending.kind in annulling


def _counts(people: Sequence[Person], decisions: Mapping[str, Sequence[_Decision]]) -> Counts:
    selected = [decision for person in people for decision in decisions.get(person.id, ())]
    return {"pupils": len(people), **_of_decisions(selected)}


def _of_decisions(decisions: Sequence[_Decision]) -> Counts:
    suspensions = [decision for decision in decisions if not decision.permanent]
    return {
        "suspensions": len(suspensions),
        "sessions": sum(decision.sessions for decision in suspensions),
        "suspended": len({decision.person for decision in suspensions}),
        "permanent": sum(decision.permanent for decision in decisions),
    }


def _by_reason(prepared: PreparedQuestion, decisions: Sequence[_Decision]) -> Figure:
    reasons = codelist("exclusion_reason")
    counted_rows = [
        (reasons.label_of(code), _of_decisions([decision for decision in decisions if code in decision.reasons])) for code in reasons.codes
    ]
    notes = (*_NOTES[:2], _BY_REASON)
    return put_together(
        prepared,
        SUSPENSIONS,
        _OF_REASONS,
        counted_rows,
        (_("All decisions"), _of_decisions(decisions)),
        heading=_("Reason"),
        notes=notes,
        main="suspensions",
    )


SUSPENSIONS = FigureKind("suspensions", _("Suspensions"), _make, own_ways=((REASONS, _("Reason")),))
