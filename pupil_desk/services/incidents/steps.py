"""What must be done about an incident, of all pupils in it together: what is one act for several of them is one step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.duties import Duty
from pupil_desk.domain.incidents.incident import IncidentCase, IncidentEvent, IncidentEventKind

TOGETHER: Final = (IncidentEventKind.SIGNED, IncidentEventKind.DEBRIEF_STAFF)
"""What is done once for all pupils of an incident: it is one account, and one talk with those who were there."""
_ORDER = (
    IncidentEventKind.SIGNED,
    IncidentEventKind.REPORTED,
    IncidentEventKind.WITHHELD,
    IncidentEventKind.TOLD_AUTHORITY,
    IncidentEventKind.DEBRIEF_PUPIL,
    IncidentEventKind.DEBRIEF_STAFF,
)


@dataclass(frozen=True, slots=True)
class IncidentStep:
    """One step: of the entries ``entry_ids``, whose pupils are ``names``; ``contact_id`` is the parent whom it concerns. ``done`` are the events, one
    for each entry; empty while it is still to do. ``words`` say what is to be done. ``owed`` is False of what was done and is no duty any more.
    ``with_ids`` are the parents who get one paper with that one, and are told by it too."""

    kind: IncidentEventKind
    words: str
    names: tuple[str, ...]
    due: date
    entry_ids: tuple[str, ...]
    contact_id: str | None = None
    done: tuple[IncidentEvent, ...] = ()
    owed: bool = True
    with_ids: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Tells it from the others of the incident, done or not."""
        return "/".join((self.kind, "" if self.owed else "kept", self.contact_id or "", *self.entry_ids))


def steps_of(
    cases: Iterable[IncidentCase], duties: Mapping[str, Sequence[Duty]], names: Mapping[str, str], parents: Mapping[str, str]
) -> tuple[IncidentStep, ...]:
    """The steps in the order of doing them: the duties, and what is recorded and stands though it is no duty any more.

    ``duties`` are by entry, ``names`` by pupil, ``parents`` the names by contact.
    """
    found: dict[tuple[str, ...], IncidentStep] = {}
    for case in cases:
        entry_id, name = case.now.entry_id, names.get(case.now.pupil_id, "")
        owed = duties.get(entry_id, ())
        for duty in (*owed, *_kept(case, owed, parents)):
            is_owed = duty in owed
            own = "" if duty.event in TOGETHER else entry_id
            key = (duty.event, own, duty.contact_id or "", "done" if duty.done else "", "" if is_owed else "kept")
            done = (duty.done,) if duty.done is not None else ()
            before = found.get(key)
            found[key] = IncidentStep(
                kind=duty.event,
                words=_words(duty, name)
                if before is None
                else max(before.words, duty.words, key=len),  # what asks for more takes more words
                names=(*(before.names if before else ()), name),
                due=min(duty.due, before.due) if before else duty.due,
                entry_ids=(*(before.entry_ids if before else ()), entry_id),
                contact_id=duty.contact_id,
                done=(*(before.done if before else ()), *done),
                owed=is_owed,
            )
    return tuple(sorted(found.values(), key=lambda step: _ORDER.index(step.kind)))


def _kept(case: IncidentCase, owed: Iterable[Duty], parents: Mapping[str, str]) -> Iterator[Duty]:
    """What stands and answers no duty, such as a report to somebody who has no responsibility any more; a signature stands under its own words alone."""
    if case.struck:
        return
    answering = [duty.done for duty in owed]
    for event in case.events:
        stands = case.last(event.kind, event.contact_id) is event and (event.kind != IncidentEventKind.SIGNED or case.signed is event)
        if stands and event not in answering:
            label, parent = codelist("incident_event").label_of(event.kind), parents.get(event.contact_id or "", "")
            words = _("{what}: {parent}").format(what=label, parent=parent) if parent else label
            yield Duty(IncidentEventKind(event.kind), words, event.on, event.contact_id, event)


def _words(duty: Duty, name: str) -> str:
    return _("Talk it over with {pupil}").format(pupil=name) if duty.event is IncidentEventKind.DEBRIEF_PUPIL else duty.words


def still_to_do(steps: Iterable[IncidentStep]) -> list[IncidentStep]:
    """Those that are not done, in their order; the first is offered next."""
    return [step for step in steps if not step.done]
