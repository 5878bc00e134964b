"""Incidents, ordinary behaviour and rewards: how many there were, and how many pupils had a part in them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import HURT, TOOK_PART, is_ordinary, is_reward
from pupil_desk.domain.incidents.ordinary_sums import points_of
from pupil_desk.services.figures.asking import HALF_TERMS, MONTHS, TERMS, WEEKS, YEARS, FigureKind, PreparedQuestion
from pupil_desk.services.figures.incident_entries import (
    HOUR,
    KIND,
    NEED,
    OF_WHOM,
    PLACE,
    STAFF,
    CountedEntry,
    by_pupils,
    by_way,
    counted_entries,
    own_ways,
    persons,
    way_of,
)
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort

_COLUMNS = (
    FigureColumn(key="incidents", title=_("Incidents"), sort=Sort.EVENTS, head="took-part"),
    FigureColumn(key="took-part", title=_("Pupils who took part"), part_of="pupils"),
    FigureColumn(key="hurt", title=_("Pupils hurt or wronged"), part_of="pupils"),
    FigureColumn(key="ordinary", title=_("Ordinary behaviour"), sort=Sort.EVENTS, head="ordinary-pupils"),
    FigureColumn(key="ordinary-points", title=_("Points of ordinary behaviour"), sort=Sort.EVENTS, head="ordinary-pupils"),
    FigureColumn(key="ordinary-pupils", title=_("Pupils in ordinary behaviour"), part_of="pupils"),
    FigureColumn(key="rewards", title=_("Rewards"), sort=Sort.EVENTS, head="rewarded"),
    FigureColumn(key="reward-points", title=_("Points of rewards"), sort=Sort.EVENTS, head="rewarded"),
    FigureColumn(key="rewarded", title=_("Pupils with a reward"), part_of="pupils"),
)
_NOTES = (
    OF_WHOM,
    _("An incident of several pupils is one incident. Who only saw it is in no other column."),
    _("Ordinary behaviour and rewards count once for each pupil they are entered for, and are no incidents."),
)
_WAYS = (KIND, NEED, PLACE, HOUR, STAFF)


def _make(prepared: PreparedQuestion) -> Figure:
    entries = list(counted_entries(prepared))
    if way := way_of(_WAYS, prepared.question.grouping):
        columns = [replace(column, adds_up=not way.several and not (way.differs and column.key == "incidents")) for column in _COLUMNS]
        return by_way(prepared, INCIDENTS, columns, entries, way, counts=_counts, notes=_NOTES)
    # Pupils of several groups may be in one incident
    columns = [replace(column, adds_up=column.key != "incidents" or prepared.timely) for column in _COLUMNS]
    return by_pupils(prepared, INCIDENTS, columns, entries, counts=_counts, notes=_NOTES)


def _counts(entries: Sequence[CountedEntry]) -> Counts:
    incidents = [entry for entry in entries if not is_ordinary(entry.incident.kind)]
    lines = [entry for entry in entries if is_ordinary(entry.incident.kind) and entry.incident.part == TOOK_PART]
    rewards = [entry for entry in lines if is_reward(entry.incident.kind)]
    ordinary = [entry for entry in lines if not is_reward(entry.incident.kind)]
    return {
        "incidents": len({entry.incident.incident_id for entry in incidents}),
        "took-part": _with_part(incidents, TOOK_PART),
        "hurt": _with_part(incidents, HURT),
        "ordinary": len(ordinary),
        "ordinary-points": points_of(entry.incident for entry in ordinary),
        "ordinary-pupils": len(persons(ordinary)),
        "rewards": len(rewards),
        "reward-points": points_of(entry.incident for entry in rewards),
        "rewarded": len(persons(rewards)),
    }


def _with_part(entries: Iterable[CountedEntry], part: str) -> int:
    return len(persons(entry for entry in entries if entry.incident.part == part))


INCIDENTS = FigureKind(
    "incidents",
    _("Incidents"),
    _make,
    in_time=(TERMS, HALF_TERMS, MONTHS, WEEKS, YEARS),
    own_ways=own_ways(_WAYS),
    switch="records_incidents",
)
