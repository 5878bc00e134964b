"""The providers of a unit: all at which a pupil has or had a place, of which anything is on file, or that the notice names."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.providers.provider import Provider, check_provider, provider_key
from pupil_desk.domain.providers.provider_check import CheckState, ProviderCheck, check_provider_check, lacking, states_of
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.sharing.recipients import PROVIDERS, register
from pupil_desk.domain.sharing.unit_recipients import names_of
from pupil_desk.services import keyed_records
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures.disclosures import WHAT_TO_DO
from pupil_desk.services.keyed_records import KeyedKind
from pupil_desk.services.roles import Action
from pupil_desk.services.unit.uses import require_use
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import keyed_amendments
from pupil_desk.store.tables import providers as store

SWITCH = "buys_places"
"""The setting by which a unit that buys no places switches them off."""


def _why_stays(desk: Desk, provider: Provider) -> str:
    """Why a provider that a file brought is not taken away with it: a check of it counts that was entered after that file."""
    since = keyed_amendments.added_at(desk.vault, KIND.name, provider.id)
    return _("A check of it was entered since.") if provider.key in store.checks(desk.vault, since) else ""


KIND = KeyedKind(
    name="provider",
    switch=SWITCH,
    key_item="name",
    check=check_provider,
    on_file=lambda vault, provider: store.of_key(vault, provider.key),
    add=store.add,
    why_stays=_why_stays,
)


@dataclass(frozen=True, slots=True)
class ProviderStanding:
    """One provider: its record or an empty one of that name, the pupils' places there that are not over, how its checks stand, and whether the notice names it."""

    provider: Provider
    placements: Sequence[Placement]
    states: Sequence[CheckState]
    is_named: bool

    @property
    def id(self) -> str:
        return self.provider.key

    @property
    def name(self) -> str:
        return self.provider.name

    @property
    def pupil_ids(self) -> list[str]:
        """Whose places they are, each once."""
        return list(dict.fromkeys(placement.pupil_id for placement in self.placements))

    @property
    def lacking(self) -> list[CheckState]:
        """The checks that do not hold."""
        return lacking(self.states)


def own_names(desk: Desk) -> dict[str, str]:
    """The names of providers, by key, that the list has from its own record of them or from the notice, and from no place. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    return {provider_key(name): name for name in told_names(desk)} | {
        provider.key: provider.name for provider in store.all_providers(desk.vault)
    }


def standings(desk: Desk) -> list[ProviderStanding]:
    """The providers, those with places today first, then by name. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    vault, today = desk.vault, desk.today
    on_file, checks = {provider.key: provider for provider in store.all_providers(vault)}, store.checks(vault)
    every_placement = _placements_by_key(desk)
    placements_by_key = {key: _current(places, today) for key, places in every_placement.items()}
    named = {provider_key(name): name for name in told_names(desk)}
    names = named | {key: placements[-1].provider for key, placements in every_placement.items() if key not in named}
    listed_providers = [
        ProviderStanding(
            on_file.get(key) or Provider(name=names[key]),
            placements_by_key.get(key, ()),
            states_of(checks.get(key, ()), today),
            key in named,
        )
        for key in {*on_file, *names}
    ]
    return sorted(listed_providers, key=lambda standing: (not standing.placements, standing.id))


def _placements_by_key(desk: Desk) -> Mapping[str, list[Placement]]:
    """All places, by the key of the provider, in their order."""
    return grouped(
        (provider_key(placement.provider), placement)
        for placements in several.by_pupil(desk.vault, Placement).values()
        for placement in placements
    )


def _current(placements: Sequence[Placement], today: date) -> list[Placement]:
    """Those that are not over."""
    return [placement for placement in placements if placement.end_date is None or placement.end_date >= today]


def in_week(desk: Desk, standing: ProviderStanding, day: date) -> ProviderStanding:
    """A provider with the pupils' places there in the week of a day, also those that are over."""
    monday = day - timedelta(days=day.weekday())
    places = _placements_by_key(desk).get(standing.id, ())
    return dataclasses.replace(standing, placements=[place for place in places if place.spans(monday, monday + timedelta(days=6))])


def told_names(desk: Desk) -> tuple[str, ...]:
    """The providers that the notice names."""
    return names_of(register()[PROVIDERS], desk.settings)


def not_named(desk: Desk, name: str) -> str:
    """Why nothing may be told to a provider: a sentence that says what to do; empty for one that the notice names."""
    if provider_key(name) in {provider_key(told_name) for told_name in told_names(desk)}:
        return ""
    return _(
        "The privacy notice of this unit does not name {provider} among the alternative providers. Nothing is told to it. {what_to_do}"
    ).format(provider=name, what_to_do=WHAT_TO_DO)


def full_time_pupils(placements: Sequence[Placement]) -> int:
    """How many pupils the unit has at a provider full-time."""
    return len({placement.pupil_id for placement in placements if placement.pattern == "FT"})


def save(desk: Desk, provider: Provider) -> Changed:
    """Keep who a provider is. Raises Refused, NotAllowed; WrongUse where the unit buys no places."""
    desk.require(Action.EDIT_RECORD, "provider", provider.id)
    return keyed_records.keep(desk, KIND, provider)


def record_check(desk: Desk, check: ProviderCheck) -> Changed:
    """Keep that something of a provider was seen. Raises Refused, NotAllowed; WrongUse where the unit buys no places."""
    desk.require(Action.EDIT_RECORD, "provider", "")
    require_use(desk, SWITCH)
    check = dataclasses.replace(tidied(check, desk.today), id=new_id())
    refuse((*problems_of(check, desk.today), *check_provider_check(check, desk.today)))
    with desk.act(Action.EDIT_RECORD, "provider", "", f"check seen: {check.kind}") as work:
        store.add_check(desk.vault, check, moment=work.stamp, actor=work.actor)
    return Changed.of("provider_check")
