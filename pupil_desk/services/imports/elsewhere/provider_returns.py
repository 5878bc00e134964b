"""The import of what a provider returned of the sessions of its pupils. The register is not touched by it: a person confirms the sessions on the page Providers.

A row names a pupil by UPN; without a UPN by legal or preferred name, where just one pupil with a place on that day has it. The provider is the one that the row
names, else the only one at which the pupil has a place on that day. A row of a day on which the pupil has no place there is refused, and so is one of a session
that the place does not name.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named, items_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.providers.provider import provider_key
from pupil_desk.domain.providers.provider_return import ProviderReturn, check_provider_return
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services.imports.kinds import Fate, ImportKind, Judging, Plan, ReadRow, Write, refused_plan, writes_over
from pupil_desk.services.imports.people import UPN_COLUMN, People, by_any_name
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import pupils

_COLUMNS = {"day": "date"}
"""What a file calls otherwise than the record does."""
_ITEMS = {item.name: item for item in items_of(ProviderReturn)}


@dataclass(frozen=True, slots=True)
class StoredReturns:
    """The pupils by number and by name, their places at providers, and what was returned of each session."""

    people: People
    by_name: Mapping[tuple[str, str], list[Pupil]]
    placements: Mapping[str, list[Placement]]
    returns: Mapping[tuple[Any, ...], ProviderReturn]

    def providers_on(self, pupil_id: str, day: date) -> dict[str, str]:
        """The providers at which a pupil has a place on a day, by key."""
        own_placements = self.placements.get(pupil_id, ())
        return {provider_key(placement.provider): placement.provider for placement in own_placements if placement.spans(day, day)}

    def expects(self, pupil_id: str, key: str, day: date, session: Session) -> bool:
        """Whether a place of the pupil at that provider names the session."""
        own_placements = self.placements.get(pupil_id, ())
        return any(provider_key(placement.provider) == key and placement.expects(day, session) for placement in own_placements)


def _hold(vault: Vault) -> StoredReturns:
    every_return = several.by_pupil(vault, ProviderReturn)
    return StoredReturns(
        People.on_file(vault),
        by_any_name(pupils.all_pupils(vault)),
        several.by_pupil(vault, Placement),
        {provider_return.session_key: provider_return for own_returns in every_return.values() for provider_return in own_returns},
    )


def _pupil_of(stored: StoredReturns, values: Mapping[str, Any]) -> Pupil | Problem:
    """Whom a row is about, or why nobody can be found."""
    surname, forename = values.get("surname"), values.get("forename")
    if values.get("upn"):
        pupil = stored.people.with_number(values["upn"])
        if pupil is None:
            return Problem("upn", "no_such_pupil", _("No pupil here has this UPN."))
        if surname and forename and pupil not in stored.by_name.get((fold(surname), fold(forename)), ()):
            return Problem("upn", "another_name", _("The pupil of this UPN has another name. Correct one of the two."))
        return pupil
    if not surname or not forename:
        return Problem("upn", "missing", _("The row names no pupil. It needs the UPN, or surname and forename."))
    namesakes = stored.by_name.get((fold(surname), fold(forename)), [])
    matches = [pupil for pupil in namesakes if stored.providers_on(pupil.id, values["date"])]
    if len(matches) == 1:
        return matches[0]
    words = (
        _("Several pupils here have this name. The row needs the UPN.")
        if matches
        else _("No pupil here with a place at a provider has this name on that day.")
    )
    return Problem("surname", "no_such_pupil", words)


def _plan(stored: StoredReturns, row: ReadRow, judging: Judging) -> Plan:
    values = dict(row.values)
    pupil = _pupil_of(stored, values)
    if isinstance(pupil, Problem):
        return refused_plan(pupil)
    providers = stored.providers_on(pupil.id, values["date"])
    if len(providers) > 1 and not values.get("provider"):
        return refused_plan(
            Problem("provider", "several_providers", _("The pupil has places at several providers on that day. The row needs its name."))
        )
    key = provider_key(values["provider"]) if values.get("provider") else next(iter(providers), "")
    session = Session(values["session"])
    if key in providers and not stored.expects(pupil.id, key, values["date"], session):
        words = _("The place does not name that session. Correct its days and sessions in the record, or mark the session in the register.")
        return refused_plan(Problem("session", "not_expected", words))
    if key not in providers:
        words = _("On that day the pupil has no place at this provider. Correct the place in the record, or leave the row out.")
        return refused_plan(Problem("provider" if values.get("provider") else "date", "no_place", words))
    new = ProviderReturn(
        id=new_id(),
        pupil_id=pupil.id,
        provider=providers[key],
        day=values["date"],
        session=session,
        outcome=values["outcome"],
        told_by=values.get("told_by"),
        note=values.get("note"),
    )
    problems = check_provider_return(new, judging.today)
    if any(problem.stops for problem in problems):
        problem = problems[0]
        return refused_plan(Problem("date", problem.code, problem.message))
    contents = (new.outcome, new.told_by, new.note)
    old = stored.returns.get(new.session_key)
    if old is None:
        return Plan(Fate.ADDED, pupil.id, None, new.session_key, contents, writes=(Write(None, new),))
    told_values = {name: value for name in ("outcome", "told_by", "note") if (value := getattr(new, name)) is not None}
    differences = judging.told_apart(row.number, _ITEMS, old, told_values)
    writes = writes_over(old, differences)
    fate = Fate.CHANGED if writes else Fate.UNCHANGED
    return Plan(fate, pupil.id, None, new.session_key, contents, differences=differences, writes=writes)


PROVIDER_RETURNS = ImportKind(
    name="provider-returns",
    label=_("Returns of providers"),
    columns=(
        *(dataclasses.replace(_ITEMS[name], name=_COLUMNS.get(name, name)) for name in ("day", "session", "outcome")),
        dataclasses.replace(UPN_COLUMN, required=False),
        *(dataclasses.replace(item_named(Pupil, name), required=False) for name in ("surname", "forename")),
        dataclasses.replace(_ITEMS["provider"], required=False),
        _ITEMS["told_by"],
        _ITEMS["note"],
    ),
    hold=_hold,
    plan=_plan,
    quiet=frozenset({"unknown_la", "no_upn"}),
    switch="buys_places",
    is_guessed=False,
)
