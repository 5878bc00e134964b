"""What a copy must not tell of an incident whose report is withheld from a parent: that it is, and why; and, to that parent, what happened.

Education and Inspections Act 2006 section 93A: no report is made to a parent where it would put the pupil at risk of significant harm. A copy would
tell the same. It is proposed as withheld, and a person decides.
"""

from collections.abc import Collection, Iterator, Sequence

from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import IncidentCase, IncidentEventKind
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.services.packs.askers import Asker
from pupil_desk.services.packs.contact_fields import WholeFact
from pupil_desk.services.packs.content import CopyPart, Passage
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.store.rows import several
from pupil_desk.store.tables import incidents, ledger

_IMPORT = "incidents"  # the kind of import that reads them in
_STEPS = (IncidentEventKind.WITHHELD, IncidentEventKind.TOLD_AUTHORITY)  # what nobody of the family is told
_OF_STEP = frozenset({"kind", "way", "who", "note", "parent"})


def whole_facts(desk: Desk, record: PupilRecord, asker: Asker, parts: Sequence[CopyPart]) -> Iterator[WholeFact]:
    """The facts about incidents of which a report is withheld: to the pupil what happened is told, to a parent from whom it is withheld it is not."""
    kept_from = {case.now.entry_id: _kept_from(case) for case in incidents.of_pupil(desk.vault, record.pupil.id)}
    if not any(kept_from.values()):
        return
    by_name = {part.name: part for part in parts}
    of_row = {
        entry_id: bool(parents) and not asker.is_pupil and (asker.contact is None or asker.contact.id in parents)
        for entry_id, parents in kept_from.items()
    }
    steps = zip(incidents.events_of(desk.vault, record.pupil.id), by_name["incident_events"].entries, strict=True)
    for number, (row, entry) in enumerate(steps):
        if of_row.get(row["entry_id"]):
            yield from _whole_entry("incident_events", number, entry, _("what was done about an incident of which the report is withheld"))
        elif kept_from.get(row["entry_id"]) and row["kind"] in _STEPS:
            facts = [passage for passage in entry if passage.field in _OF_STEP]  # a day or a «Yes» stands in other steps too
            yield from _whole_entry("incident_events", number, facts, _("a report that is withheld, and why"))
    wordings = zip(incidents.history(desk.vault, record.pupil.id), by_name["incidents"].entries, strict=True)
    for number, (row, entry) in enumerate(wordings):
        if of_row.get(row["entry_id"]):
            yield from _whole_entry("incidents", number, entry, _("an incident of which the report is withheld"))
    if any(of_row.values()):
        yield from _left_of_imports(desk, record, by_name["not_taken"])


def _left_of_imports(desk: Desk, record: PupilRecord, part: CopyPart) -> Iterator[WholeFact]:
    """What a file of incidents told and no record has: of which of them it is cannot be told."""
    of_incidents = {row["id"] for row in ledger.imports(desk.vault) if row["kind"] == _IMPORT}
    for number, (left, entry) in enumerate(zip(several.of_pupil(desk.vault, NotTaken, record.pupil.id), part.entries, strict=True)):
        if left.import_id in of_incidents:
            yield from _whole_entry(part.name, number, entry, _("what a file of incidents told, while a report is withheld"))


def _kept_from(case: IncidentCase) -> frozenset[str]:
    """The parents from whom the report of an entry is withheld."""
    parents = {event.contact_id for event in case.events if event.kind == IncidentEventKind.WITHHELD and event.contact_id}
    return frozenset(parent for parent in parents if case.last(IncidentEventKind.WITHHELD, parent))


def _whole_entry(section: str, number: int, entry: Collection[Passage], person: str) -> Iterator[WholeFact]:
    """Every fact of one record: what was chosen from a list or ticked tells what happened as well as what was written."""
    yield from (((section, number, passage.field), (people.KEPT_FROM_FAMILY, person)) for passage in entry)
