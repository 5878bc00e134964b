"""How an incident is told on the page: its kind and day, what is left to do about it, what was recorded of it."""

import dataclasses
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.catalogue.items import Item, items_of
from pupil_desk.domain.catalogue.validation import show
from pupil_desk.domain.incidents.incident import Incident, IncidentCase, IncidentEvent, IncidentEventKind, IncidentWording
from pupil_desk.services.incidents.looking import IncidentRow, IncidentState
from pupil_desk.services.incidents.steps import IncidentStep
from pupil_desk.ui.kit.lists.signs_in_view import Tone
from pupil_desk.ui.kit.lists.timeline import TimelineEvent
from pupil_desk.ui.kit.lists.timeline import Tone as TimelineTone

_LEFT = {  # in a word or two, for a column
    IncidentEventKind.SIGNED: _("To sign"),
    IncidentEventKind.REPORTED: _("To report"),
    IncidentEventKind.TOLD_AUTHORITY: _("To tell"),
    IncidentEventKind.DEBRIEF_PUPIL: _("To talk over"),
    IncidentEventKind.DEBRIEF_STAFF: _("To talk over"),
}


@dataclass(frozen=True, slots=True)
class IncidentStanding:
    """How an incident stands: sign, colour, a few words, and more of them for a tip."""

    sign: str
    tone: Tone
    words: str
    detail: str = ""


def standing(row: IncidentRow, today: date) -> IncidentStanding:
    """What is left to do about it, the first thing first; or that it is struck out, and why."""
    if row.struck is not None:
        return IncidentStanding("prohibit", "", _("Struck out: {why}").format(why=row.struck))
    duties = [duty for line in row.left for duty in line.duties]
    if not duties or row.due is None:
        return IncidentStanding("", "", "")
    detail = _("By {day}. {what}").format(day=short_date(row.due), what="; ".join(dict.fromkeys(duty.words for duty in duties)))
    return IncidentStanding("circle-dashed", "check" if row.due < today else "", _LEFT[duties[0].event], detail)


def kind_words(incident: Incident) -> str:
    """What it was."""
    return codelist("incident_kind").label_of(incident.kind)


def short_kind_words(incident: Incident) -> str:
    """The same for a column with little room: its end tells one from another."""
    return codelist("incident_kind").short_label_of(incident.kind)


def when_words(incident: Incident) -> str:
    """The day, and the time where it is known."""
    return f"{short_date(incident.day)}, {incident.time}" if incident.time else short_date(incident.day)


def incident_title(state: IncidentState) -> str:
    """An incident in a question: what it was, when, and of whom, each with the reference."""
    people = [state.pupils[case.now.pupil_id] for case in state.counting or state.cases if case.now.pupil_id in state.pupils]
    names = join_words([f"{pupil.full_name} ({pupil.ref})" for pupil in people])
    return _("{what}, {when}: {names}.").format(what=kind_words(state.account), when=when_words(state.account), names=names)


def part_words(entry: Incident) -> str:
    """The pupil's part in it, in a sentence."""
    return begun_small(codelist("incident_part").label_of(entry.part))


def step_state(step: IncidentStep, today: date) -> IncidentStanding:
    """How a step stands: done and when, or by when it is to do."""
    if step.done:
        event = step.done[-1]
        if event.kind == IncidentEventKind.WITHHELD:
            return IncidentStanding("prohibit", "check", _("Withheld, {day}").format(day=short_date(event.on)), event_text(event))
        return IncidentStanding("check-circle", "good", _("Done, {day}").format(day=short_date(event.on)), event_text(event))
    return IncidentStanding("circle-dashed", "check" if step.due < today else "", _("By {day}").format(day=short_date(step.due)))


def step_name(event: IncidentEvent, state: IncidentState | None) -> str:
    """What was done, with the parent whom it concerns: «Reported to a parent: Ms Ada Quill»."""
    parent = state.parent(event.contact_id) if state is not None else ""
    words = codelist("incident_event").label_of(event.kind)
    return _("{what}: {parent}").format(what=words, parent=parent) if parent else words


def event_text(event: IncidentEvent) -> str:
    """What was entered of a step, beside its day: the time, the way, who, and the words."""
    way = codelist("report_way").label_of(event.way) if event.way else ""
    return "; ".join(part for part in (event.time or "", way, event.who or "", event.note or "") if part)


def happened(state: IncidentState) -> list[TimelineEvent]:
    """Everything recorded of an incident, the newest first: each wording and each step, of whom, and by whom. What one act did for several is one line."""
    lines: dict[tuple[str, TimelineEvent], list[str]] = {}
    for case in state.cases:
        for at, event in (*_wordings(case), *_events(case, state)):
            lines.setdefault((at, event), []).append(state.name(case.now.pupil_id))
    newest_first = sorted(enumerate(lines), key=lambda line: (line[1][0], line[0]), reverse=True)
    return [
        dataclasses.replace(event, title=event.title.format(pupils=join_words(lines[at, event]))) for _place, (at, event) in newest_first
    ]


def _wordings(case: IncidentCase) -> Iterator[tuple[str, TimelineEvent]]:
    """When each was recorded, and what to tell of it, with a place for the pupils in its title."""
    before: IncidentWording | None = None
    for wording in case.wordings:
        moment = local_time(wording.at)
        by = _("Recorded by {who}, {time}").format(who=wording.by, time=moment.strftime("%H:%M"))
        title, text, tone = _wording_words(wording.incident, before.incident if before else None)
        yield wording.at, TimelineEvent(moment.date(), title, "\n".join(filter(None, (text, by))), tone)
        before = wording


def _wording_words(incident: Incident, before: Incident | None) -> tuple[str, str, TimelineTone]:
    if before is None:
        return _("Entered: {pupils}"), "", "plain"
    if incident.struck is not None and before.struck is None:
        return _("Struck out: {pupils}"), incident.struck, "bad"
    return (
        _("Amended: {pupils}"),
        "\n".join(
            _("{what} was: {before}").format(what=item.label, before=show(item, getattr(before, item.name)) or _("nothing"))
            for item in _amended(incident, before)
        ),
        "check",
    )


def _amended(incident: Incident, before: Incident) -> list[Item]:
    return [item for item in items_of(Incident) if getattr(incident, item.name) != getattr(before, item.name)]


def amended_words(state: IncidentState, kept: Collection[Incident]) -> str:
    """What was amended by these wordings, which are the last of their entries: the items by name, and who is in it now and was not before."""
    kept_ids = {wording.id for wording in kept}
    cases = [case for case in state.cases if case.now.id in kept_ids]
    new = [state.name(case.now.pupil_id) for case in cases if len(case.wordings) == 1]
    items = [item.quoted_label for case in cases if len(case.wordings) > 1 for item in _amended(case.now, case.wordings[-2].incident)]
    parts = [_("Amended: {items}.").format(items=join_words(list(dict.fromkeys(items))))] if items else []
    return " ".join([*parts, *([_("Added: {pupils}.").format(pupils=join_words(new))] if new else [])])


def _events(case: IncidentCase, state: IncidentState) -> Iterator[tuple[str, TimelineEvent]]:
    """When each was recorded, and what to tell of it, with a place for the pupils in its title."""
    for at, event in zip(case.events_at, case.events, strict=True):
        label, parent = codelist("incident_event").label_of(event.kind), state.parent(event.contact_id).replace("{", "").replace("}", "")
        about = _("{{pupils}}, to {parent}") if event.kind == IncidentEventKind.REPORTED else _("{{pupils}}, from {parent}")
        title = _("{what}: {about}") if event.done else _("Taken back: {what}: {about}")
        counts = event.done and case.last(event.kind, event.contact_id) is event
        told = TimelineEvent(
            event.on,
            title.format(what=label, about=about.format(parent=parent) if parent else "{pupils}"),
            event_text(event),
            "good" if counts else "plain",
            struck=case.is_taken_back(event),
        )
        yield at, told


def counted(rows: int) -> str:
    """«3 incidents»."""
    return count_of(rows, _("incident"), _("incidents"))
