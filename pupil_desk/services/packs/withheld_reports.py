"""What a copy must not tell of an incident whose report is withheld from a parent: to that parent nothing, to all others not that it is withheld, and why.

Education and Inspections Act 2006 section 93A: no report is made to a parent where it would put the pupil at risk of significant harm. A copy would
tell the same. For that parent, and for one of whom the file cannot say who it is, the records of the incident are out whole, with nothing in their
place; the office is told. To others it is proposed as withheld that a report is, and a person decides.
"""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.catalogue.catalogue import RECORDS, label_of
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.incidents.incident import IncidentCase, IncidentEventKind
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.packs import people
from pupil_desk.services.packs.askers import Asker
from pupil_desk.services.packs.contact_fields import WholeFact
from pupil_desk.services.packs.content import CopyPart, Passage, RecordLeftOut
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.sheet.entries import changes_told
from pupil_desk.services.sheet.sections import TABLES
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows import amendments, several
from pupil_desk.store.tables import incidents, ledger
from pupil_desk.store.tables import told as told_store

_IMPORT = "incidents"  # the kind of import that reads them in
_LOG = "disclosures"
_STEPS = (IncidentEventKind.WITHHELD, IncidentEventKind.TOLD_AUTHORITY)  # what nobody of the family is told
_OF_STEP = frozenset({"kind", "way", "who", "note", "parent"})
_NAMING = 2  # facts of a record by which the office knows it


@dataclass(frozen=True, slots=True)
class _WithheldEntries:
    """The entries of which a report is withheld from a parent, and those of them of which who asks is told nothing."""

    withheld_ids: frozenset[str]
    untold: frozenset[str]


def without(
    desk: Desk, record: PupilRecord, asker: Asker, parts: Sequence[CopyPart]
) -> tuple[tuple[CopyPart, ...], tuple[RecordLeftOut, ...]]:
    """The sections without the records of incidents of which who asks is told nothing, and those records."""
    untold = _withheld_entries(desk, record, asker).untold
    if not untold:
        return tuple(parts), ()
    untold_in = _untold_records(desk, record.pupil.id, untold)
    told_parts, left_out = [], []
    for part in parts:
        untold_numbers, sort_words = untold_in.get(part.name, (frozenset(), ""))
        told_parts.append(_of_entries(part, [entry for number, entry in enumerate(part.entries) if number not in untold_numbers]))
        left_out += [_left_out(part, entry, sort_words) for number, entry in enumerate(part.entries) if number in untold_numbers]
    unsaid = _words_of(told_parts, {name for name, (numbers, _sort_words) in untold_in.items() if numbers} - {_LOG})
    (log,) = (part for part in told_parts if part.name == _LOG)
    lines = [(entry, tuple(_without_words(passage, unsaid) for passage in entry)) for entry in log.entries]
    told_lines = [line for entry, line in lines if _tells(line) or not _tells(entry)]
    left_out += [_left_out(log, entry, untold_in[_LOG][1]) for entry, line in lines if _tells(entry) and not _tells(line)]
    return tuple(_of_entries(part, told_lines) if part is log else part for part in told_parts), tuple(left_out)


def changes_left(desk: Desk, record: PupilRecord, asker: Asker) -> Sequence[Row]:
    """The changes that the history still tells without those records, in its order."""
    changes = amendments.of_pupil(desk.vault, record.pupil.id)
    untold = _withheld_entries(desk, record, asker).untold
    untold_accidents = _accidents_of(several.of_pupil(desk.vault, Accident, record.pupil.id), changes, untold)
    return [row for row in changes_told(changes) if not _is_of(row, untold_accidents)]


def accidents_left(desk: Desk, record: PupilRecord, asker: Asker) -> Sequence[Accident]:
    """The accidents that the copy still tells, in its order."""
    untold = _withheld_entries(desk, record, asker).untold
    return [accident for accident in several.of_pupil(desk.vault, Accident, record.pupil.id) if accident.entry_id not in untold]


def accident_ids_in(desk: Desk, record: PupilRecord, entry_ids: Collection[str]) -> frozenset[str]:
    """The accidents in these entries, by identity, those taken away too."""
    pupil_id = record.pupil.id
    return _accidents_of(several.of_pupil(desk.vault, Accident, pupil_id), amendments.of_pupil(desk.vault, pupil_id), entry_ids)


def wordings_left(desk: Desk, record: PupilRecord, asker: Asker) -> Sequence[Row]:
    """The wordings of incidents that the copy still tells, in its order."""
    untold = _withheld_entries(desk, record, asker).untold
    return [row for row in incidents.history(desk.vault, record.pupil.id) if row["entry_id"] not in untold]


def words(left_out: Collection[RecordLeftOut]) -> str:
    """How many records are left out, for the office alone; empty where none is."""
    if not left_out:
        return ""
    number = count_of(len(left_out), _("record is"), _("records are"))
    return _("{records} left out: of incidents whose report is withheld from a parent.").format(records=number)


def whole_facts(desk: Desk, record: PupilRecord, asker: Asker, parts: Sequence[CopyPart]) -> Iterator[WholeFact]:
    """The facts that tell, in what is left, that a report is withheld from a parent, and why."""
    withheld = _withheld_entries(desk, record, asker)
    told_steps = (row for row in incidents.events_of(desk.vault, record.pupil.id) if row["entry_id"] not in withheld.untold)
    (part,) = (part for part in parts if part.name == "incident_events")
    for number, (row, entry) in enumerate(zip(told_steps, part.entries, strict=True)):
        if row["entry_id"] in withheld.withheld_ids and row["kind"] in _STEPS:
            facts = (passage for passage in entry if passage.field in _OF_STEP)  # a day or a «Yes» stands in other steps too
            mark = (people.KEPT_FROM_FAMILY, _("a report that is withheld, and why"))
            yield from (((part.name, number, passage.field), mark) for passage in facts)


def _withheld_entries(desk: Desk, record: PupilRecord, asker: Asker) -> _WithheldEntries:
    kept_ids = {contact.id: kept_id for contact, kept_id in people.told_contacts(desk, record)}
    cases = incidents.of_pupil(desk.vault, record.pupil.id)
    kept_from = {case.now.entry_id: {kept_ids.get(parent, parent) for parent in _kept_from(case)} for case in cases}
    withheld_ids = frozenset(entry_id for entry_id, parents in kept_from.items() if parents)
    if asker.is_pupil:
        return _WithheldEntries(withheld_ids, frozenset())
    return _WithheldEntries(
        withheld_ids, frozenset(entry for entry in withheld_ids if asker.contact is None or asker.contact.id in kept_from[entry])
    )


def _kept_from(case: IncidentCase) -> frozenset[str]:
    """The parents from whom the report of an entry is withheld."""
    parents = {event.contact_id for event in case.events if event.kind == IncidentEventKind.WITHHELD and event.contact_id}
    return frozenset(parent for parent in parents if case.last(IncidentEventKind.WITHHELD, parent))


def _untold_records(desk: Desk, pupil_id: str, untold: Collection[str]) -> Mapping[str, tuple[frozenset[int], str]]:
    """By section the places of the records of these entries, and what they are; of what a file of incidents told beside, and no record has, all,

    for of which of them it is cannot be told.
    """
    vault = desk.vault
    of_incidents = {row["id"] for row in ledger.imports(vault) if row["kind"] == _IMPORT}
    steps, accidents = incidents.events_of(vault, pupil_id), several.of_pupil(vault, Accident, pupil_id)
    changes = amendments.of_pupil(vault, pupil_id)
    untold_accidents = _accidents_of(accidents, changes, untold)
    untold_ids = {row["id"] for row in steps if row["entry_id"] in untold} | untold_accidents
    lines = (row for row in reversed(told_store.of_pupil(vault, pupil_id)) if disclosures.may_know(row))
    is_untold = {
        "incidents": (
            [row["entry_id"] in untold for row in incidents.history(vault, pupil_id)],
            _("an incident of which the report is withheld"),
        ),
        "incident_events": (
            [row["entry_id"] in untold for row in steps],
            _("what was done about an incident of which the report is withheld"),
        ),
        "accidents": (
            [accident.entry_id in untold for accident in accidents],
            _("an accident in an incident of which the report is withheld"),
        ),
        "history": (
            [_is_of(row, untold_accidents) for row in changes_told(changes)],
            _("what an accident in an incident of which the report is withheld said before"),
        ),
        _LOG: (
            [row["of_event"] in untold_ids for row in lines],
            _("that somebody else was told of an incident of which the report is withheld"),
        ),
        "not_taken": (
            [left.import_id in of_incidents for left in several.of_pupil(vault, NotTaken, pupil_id)],
            _("what a file of incidents told, while a report is withheld"),
        ),
    }
    return {
        name: (frozenset(number for number, out in enumerate(outs) if out), sort_words) for name, (outs, sort_words) in is_untold.items()
    }


def _accidents_of(accidents: Iterable[Accident], changes: Iterable[Row], untold: Collection[str]) -> frozenset[str]:
    """The accidents in these entries, by identity; those too that were taken away, of which the history alone says in which entry they were."""
    on_file = (accident.id for accident in accidents if accident.entry_id in untold)
    before = (row["record_id"] for row in changes if row["kind"] == "accident" and row["item"] == "entry_id" and row["old"] in untold)
    return frozenset((*on_file, *before))


def _is_of(change: Row, untold_accidents: Collection[str]) -> bool:
    return change["kind"] == "accident" and change["record_id"] in untold_accidents


def _left_out(part: CopyPart, entry: Sequence[Passage], sort_words: str) -> RecordLeftOut:
    naming = [passage.words for passage in entry if passage.words][:_NAMING]
    return RecordLeftOut(_("{section}: {record}").format(section=part.title, record=", ".join(naming)), sort_words)


def _of_entries(part: CopyPart, entries: Sequence[tuple[Passage, ...]]) -> CopyPart:
    return (
        dataclasses.replace(part, entries=tuple(entries), number=len(entries)) if part.entries else part
    )  # of restricted notes there is a number alone


# -- what was told to others of them


def _words_of(parts: Sequence[CopyPart], names: Collection[str]) -> frozenset[str]:
    """The words by which a line of the log says that an item of these sections was told, or one of them, unless the copy tells some such."""
    unsaid = set[str]()
    for part in parts:
        if part.name in names:
            told_fields = {passage.field for passage in part.passages if passage.words}
            records = [table for table in TABLES[part.name] if table in RECORDS]
            paths = [f"{table}.{item.name}" for table in records for item in items_of(RECORDS[table]) if item.name not in told_fields]
            unsaid.update(begun_small(label_of(path)) for path in paths)
            unsaid.update({begun_small(part.title)} if not part.number else ())
    return frozenset(unsaid)


def _tells(entry: Sequence[Passage]) -> bool:
    """Whether a line of the log says what was told."""
    return any(passage.field == "fields" and passage.words for passage in entry)


def _without_words(passage: Passage, unsaid: Collection[str]) -> Passage:
    if passage.field != "fields":
        return passage
    told_words = "; ".join(label for label in passage.words.split("; ") if label not in unsaid)
    return passage if told_words == passage.words else dataclasses.replace(passage, words=told_words, value=None)
