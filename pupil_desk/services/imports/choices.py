"""The import of choices about sharing: each row is an event; the same row twice is one event."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, Write, refused_plan
from pupil_desk.services.imports.people import UPN_COLUMN, People, found_by_upn
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing.sharing import check_choice, event_of
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import choices as store


@dataclass(slots=True)
class StoredChoices:
    """The pupils and the choices on file."""

    people: People
    choices: defaultdict[Any, list[Choice]]


def _hold(vault: Vault) -> StoredChoices:
    return StoredChoices(People.on_file(vault), store.by_pupil(vault))


@found_by_upn
def _plan(stored: StoredChoices, pupil: Pupil, values: dict[str, Any], _row: ReadRow, judging: Judging) -> Plan:
    choice = Choice(id=new_id(), pupil_id=pupil.id, **values)
    problems = check_choice(choice, pupil.dob, judging.today)
    if any(problem.stops for problem in problems):
        return refused_plan(*problems)
    event = (pupil.id, event_of(choice))
    if any(event_of(choice_on_file) == event[1] for choice_on_file in stored.choices[pupil.id]):
        return Plan(Fate.UNCHANGED, pupil.id, key=event)
    return Plan(Fate.ADDED, pupil.id, key=event, writes=(Write(None, choice),))


def _needs(row: ReadRow) -> Action | None:
    """A choice that did not come on a signed form is not the office's to enter, however the row reads otherwise."""
    return None if row.values.get("channel") == "form" else Action.RECORD_CHOICE


CHOICES = ImportKind(
    name="choices",
    label=_("Choices about sharing"),
    columns=(UPN_COLUMN, *items_of(Choice)),
    hold=_hold,
    plan=_plan,
    needs=_needs,
    quiet=frozenset({"unknown_la"}),
)
