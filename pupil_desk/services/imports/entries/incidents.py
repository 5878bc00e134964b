"""The import of incidents, as other programs write their behaviour logs: an entry each row; rows that name the same incident are joined.

Entries only grow: a row that is on file already is passed over, and nothing on file is put right by a file.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind, items_of
from pupil_desk.domain.catalogue.validation import Problem, show
from pupil_desk.domain.incidents.incident import SHARED, TOOK_PART, Incident, IncidentCase, check_incident, missing_of, with_account
from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.imports.cells.as_written import LONGEST_TIME, names_as_kept, time_as_kept
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, Write, refused_plan
from pupil_desk.services.imports.people import PERSON_COLUMNS, People, found_by_person
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import incidents as store

_NUMBER = "incident"
_HEADS: Mapping[str, tuple[str, ...]] = {
    "kind": ("behaviour type", "behaviour", "incident type", "type of incident", "event type", "category"),
    "day": ("date", "incident date", "date of incident", "event date"),
    "time": ("incident time", "time of incident"),
    "place": ("location", "place"),
    "account": ("description", "details", "narrative", "summary", "comments", "comment"),
    "led_to_it": ("antecedent", "antecedents", "trigger"),
    "tried": ("de-escalation", "de-escalation strategies"),
    "staff": ("staff", "staff involved", "member of staff", "teacher"),
    "witnesses": ("witnesses",),
    "part": ("role", "involvement"),
    "points": ("behaviour points", "conduct points"),
    "minutes": ("duration", "duration in minutes"),
    "support": ("action taken", "follow up"),
}
"""Further headings of other programs, by our column; our own reading of what such lists are headed, none fixed by anybody."""
_TIMES = ("time", "began")
_END_OF_DAY = "24:00"  # a file does not say at what hour it was made: a day that is not over yet may hold all of its hours


def _column(item: Item) -> Item:
    """As the record has it; who had which part, if a file does not say, is decided by the rule of ``_plan``."""
    return dataclasses.replace(
        item,
        required=item.required and item.name != "part",
        longest=LONGEST_TIME if item.name in _TIMES else item.longest,
        heads=(*item.heads, *_HEADS.get(item.name, ())),
    )


_ITEMS = {item.name: _column(item) for item in items_of(Incident) if item.name != "struck"}
_NUMBER_ITEM = Item(
    _NUMBER,
    _("Number of the incident"),
    Kind.TEXT,
    _ITEMS["kind"].facts,
    longest=100,
    heads=("incident id", "incident number", "incident ref", "event id", "behaviour id", "log id"),
)


@dataclass(slots=True)
class StoredIncidents:
    """The pupils and their entries on file, and, by the number that a file gives them, the accounts of the incidents that it brings."""

    people: People
    cases: Mapping[str, Sequence[IncidentCase]]
    accounts: dict[str, Incident] = field(default_factory=dict)


def _hold(vault: Vault) -> StoredIncidents:
    return StoredIncidents(People.on_file(vault), store.by_pupil(vault))


def _fresh(stored: StoredIncidents) -> StoredIncidents:
    return dataclasses.replace(stored, accounts={})


@found_by_person
def _plan(stored: StoredIncidents, pupil: Pupil, values: dict[str, Any], _row: ReadRow, judging: Judging) -> Plan:
    number = fold(values.pop(_NUMBER, ""))
    new = _as_kept(Incident(**{"pupil_id": pupil.id, "part": TOOK_PART, **values}))
    account = stored.accounts.get(number) if number else None
    entry = new if account is None else with_account(new, account)
    key, contents = (pupil.id, number or _telling(new)), (number, new)
    on_file = [case for case in stored.cases.get(pupil.id, ()) if not case.struck]
    on_file_already = next((case.now for case in on_file if _telling(case.now) == _telling(entry)), None)
    if on_file_already is not None:
        if number:
            stored.accounts.setdefault(number, on_file_already)
        return Plan(Fate.UNCHANGED, pupil.id, key=key, contents=contents)
    problems = [*check_incident(entry, judging.today, _END_OF_DAY)]
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    entry = dataclasses.replace(entry, id=new_id(), entry_id=new_id(), incident_id=account.incident_id if account else new_id())
    if number:
        stored.accounts.setdefault(number, entry)
    problems += _to_look_at(entry, on_file)
    not_taken = tuple(_told_otherwise(new, entry))
    return Plan(
        Fate.ADDED, pupil.id, key=key, contents=contents, problems=tuple(problems), writes=(Write(None, entry),), not_taken=not_taken
    )


def _as_kept(incident: Incident) -> Incident:
    """With times as HH:MM and names one a line."""
    return dataclasses.replace(
        incident,
        time=time_as_kept(incident.time),
        began=time_as_kept(incident.began),
        staff=names_as_kept(incident.staff),
        witnesses=names_as_kept(incident.witnesses),
    )


def _telling(incident: Incident) -> tuple[Any, ...]:
    """What tells an entry of a pupil from another, where there is no number."""
    return incident.kind, incident.day, incident.time, fold(incident.account or "")


def _to_look_at(entry: Incident, on_file: Sequence[IncidentCase]) -> Iterator[Problem]:
    if any((case.now.kind, case.now.day) == (entry.kind, entry.day) for case in on_file):
        words = _("Another of this kind is on file of the pupil on this day. Check that they are two.")
        yield Problem.warning("day", "same_day", words)
    if missing := missing_of(entry):
        words = _("There was a restrictive intervention, and the law asks for more than the row tells: {what}. Enter it, then sign.")
        labels = ", ".join(_ITEMS[name].label for name in missing)
        yield Problem.warning("", "missing_by_law", words.format(what=labels))


def _told_otherwise(row: Incident, entry: Incident) -> Iterator[NotTaken]:
    """What a row says of the account that an earlier row of the same incident, or the file, tells otherwise."""
    for name in SHARED:
        value = getattr(row, name)
        if value not in (None, "", getattr(entry, name)):
            reason = _("Another row of the same incident says it otherwise, and the account is the same for all.")
            yield NotTaken(path=_ITEMS[name].label, value=show(_ITEMS[name], value), reason=reason)


INCIDENTS = ImportKind(
    name="incidents",
    label=_("Incidents, behaviour and rewards"),
    columns=(*PERSON_COLUMNS, *_ITEMS.values(), _NUMBER_ITEM),
    hold=_hold,
    fresh=_fresh,
    plan=_plan,
    quiet=frozenset({"unknown_la"}),
    switch="records_incidents",
)
