"""Reasonable force, seclusion and restraint: how often and of how many pupils, and whether the account and the report came on the day.

What must be recorded and told, and by when: ``resources/incidents/duties.toml``.
"""

from collections.abc import Sequence
from dataclasses import replace

from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.duties import duties_of
from pupil_desk.domain.incidents.incident import IncidentCase, IncidentEvent, IncidentEventKind
from pupil_desk.services.desk import Desk
from pupil_desk.services.figures.asking import FigureKind, PreparedQuestion
from pupil_desk.services.figures.incident_entries import (
    DONE_BY,
    HOUR,
    KIND,
    MINUTES,
    NEED,
    OF_WHOM,
    PLACE,
    CountedEntry,
    by_pupils,
    by_way,
    counted_entries,
    own_ways,
    persons,
    way_of,
)
from pupil_desk.services.figures.shape import Counts, Figure, FigureColumn, Sort
from pupil_desk.services.incidents.incidents_due import contexts_of

_COLUMNS = (
    FigureColumn(key="interventions", title=_("Interventions"), sort=Sort.EVENTS, head="held"),
    FigureColumn(key="held", title=_("Pupils"), part_of="pupils"),
    FigureColumn(key="force", title=_("Reasonable force"), sort=Sort.EVENTS, part_of="interventions"),
    FigureColumn(key="seclusion", title=_("Seclusion"), sort=Sort.EVENTS, part_of="interventions"),
    FigureColumn(key="restraint", title=_("Restraint without force"), sort=Sort.EVENTS, part_of="interventions"),
    FigureColumn(key="signed", title=_("Signed the same day"), sort=Sort.EVENTS, part_of="interventions"),
    FigureColumn(key="told", title=_("Told the same day"), sort=Sort.EVENTS, part_of="interventions"),
    FigureColumn(key="withheld", title=_("Report withheld"), sort=Sort.EVENTS, part_of="interventions"),
)
_NOTES = (
    OF_WHOM,
    _("An intervention is reasonable force, seclusion or restraint of one pupil; one of two pupils at once counts twice, and one with force and seclusion stands in both columns."),
    _("Signed the same day: the account was first signed on the day itself."),
    _("Told the same day: each parent was told in writing on the day itself, or the report was withheld that day; where no parent can be told, the local authority was told that day. What no parent must be told of is not in it."),
    _("Report withheld: from at least one parent."),
)  # fmt: skip
_REPORTS = (IncidentEventKind.REPORTED, IncidentEventKind.TOLD_AUTHORITY)
_WAYS = (KIND, NEED, PLACE, HOUR, DONE_BY, MINUTES)


def _make(prepared: PreparedQuestion) -> Figure:
    entries = [entry for entry in counted_entries(prepared) if entry.incident.restrictive]
    told_entries = _told_that_day(prepared.desk, entries)

    def counts(of_row: Sequence[CountedEntry]) -> Counts:
        return _counts(of_row, told_entries)

    if way := way_of(_WAYS, prepared.question.grouping):
        columns = [replace(column, adds_up=not way.several) for column in _COLUMNS]
        return by_way(prepared, INTERVENTIONS, columns, entries, way, counts=counts, notes=_NOTES)
    return by_pupils(prepared, INTERVENTIONS, _COLUMNS, entries, counts=counts, notes=_NOTES)


def _counts(entries: Sequence[CountedEntry], told_entries: frozenset[str]) -> Counts:
    incidents = [entry.incident for entry in entries]
    return {
        "interventions": len(entries),
        "held": len(persons(entries)),
        "force": sum(incident.force for incident in incidents),
        "seclusion": sum(incident.seclusion for incident in incidents),
        "restraint": sum(incident.restraint for incident in incidents),
        "signed": sum(_signed_that_day(entry.case) for entry in entries),
        "told": sum(incident.entry_id in told_entries for incident in incidents),
        "withheld": sum(_is_withheld(entry.case) for entry in entries),
    }


def _signed_that_day(case: IncidentCase) -> bool:
    """Whether a signature of the day itself was not taken back; one that was signed anew after an amendment was signed that day still."""
    standing: list[IncidentEvent] = []
    for event in case.events:
        if event.kind == IncidentEventKind.SIGNED and event.done:
            standing.append(event)
        elif event.kind == IncidentEventKind.SIGNED and standing:
            standing.pop()
    return any(event.on == case.now.day for event in standing)


def _is_withheld(case: IncidentCase) -> bool:
    return any(event.kind == IncidentEventKind.WITHHELD and case.last(event.kind, event.contact_id) is not None for event in case.events)


def _told_that_day(desk: Desk, entries: Sequence[CountedEntry]) -> frozenset[str]:
    """Of which entries everybody who must be told was told on the day, by what is known of parents today."""
    contexts = contexts_of(desk, persons(entries))
    entry_ids = set()
    for entry in entries:
        reports = [duty for duty in duties_of(entry.case, contexts[entry.person]) if duty.event in _REPORTS]
        if reports and all(duty.done is not None and duty.done.on <= entry.incident.day for duty in reports):
            entry_ids.add(entry.incident.entry_id)
    return frozenset(entry_ids)


INTERVENTIONS = FigureKind("interventions", _("Restrictive interventions"), _make, own_ways=own_ways(_WAYS), switch="records_incidents")
