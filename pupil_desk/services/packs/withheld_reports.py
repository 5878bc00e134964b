"""What a copy must not tell of an incident whose report is withheld from a parent: that it is, and why; and, to that parent, what happened.

Education and Inspections Act 2006 section 93A: no report is made to a parent where it would put the pupil at risk of significant harm. A copy would
tell the same. It is proposed as withheld, and a person decides.
"""

from collections.abc import Collection, Iterator, Sequence

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import IncidentCase, IncidentEventKind
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.services.packs.content import CopyPart
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.tables import incidents

type WholeFact = tuple[tuple[str, int, str], tuple[str, str]]
"""A fact that is marked as a whole, by section, record and field: the code of whose it is, and who in words."""

_STEPS = (IncidentEventKind.WITHHELD, IncidentEventKind.TOLD_AUTHORITY)
_OF_STEP = ("kind", "way", "who", "note", "parent")
_OF_ACCOUNT = frozenset(
    ("account", "led_to_it", "tried", "damage", "witnesses", "necessary", "needs", "triggers", "injury", "first_aid", "support", "struck")
)


def whole_facts(desk: Desk, record: PupilRecord, asked_by: str, asker: Contact | None, parts: Sequence[CopyPart]) -> Iterator[WholeFact]:
    """The facts about incidents of which a report is withheld. ``asker`` is the contact who asks; else who asks may be the pupil, by name."""
    kept_from = {case.now.entry_id: _kept_from(case) for case in incidents.of_pupil(desk.vault, record.pupil.id)}
    if not any(kept_from.values()):
        return
    own_copy = fold(asked_by) in (fold(record.pupil.legal_name), fold(record.pupil.full_name))
    by_name = {part.name: part for part in parts}
    for number, (row, _entry) in enumerate(
        zip(incidents.events_of(desk.vault, record.pupil.id), by_name["incident_events"].entries, strict=True)
    ):
        if kept_from.get(row["entry_id"]) and row["kind"] in _STEPS:
            yield from _whole("incident_events", number, _OF_STEP, _("a report that is withheld, and why"))
    for number, (row, _entry) in enumerate(zip(incidents.history(desk.vault, record.pupil.id), by_name["incidents"].entries, strict=True)):
        parents = kept_from.get(row["entry_id"]) or frozenset()
        if parents and not own_copy and (asker is None or asker.id in parents):
            yield from _whole("incidents", number, _OF_ACCOUNT, _("an incident of which the report is withheld"))


def _kept_from(case: IncidentCase) -> frozenset[str]:
    """The parents from whom the report of an entry is withheld."""
    parents = {event.contact_id for event in case.events if event.kind == IncidentEventKind.WITHHELD and event.contact_id}
    return frozenset(parent for parent in parents if case.last(IncidentEventKind.WITHHELD, parent))


def _whole(section: str, number: int, fields: Collection[str], person: str) -> Iterator[WholeFact]:
    yield from (((section, number, field), (people.KEPT_FROM_FAMILY, person)) for field in fields)
