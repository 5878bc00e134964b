"""For colleges and training providers: each is told of the pupils who have named it, as far as the rule of sharing lets it be told.

Sources: the privacy notice, which says that providers are told from 16, and before it only where a parent allows it
(``domain.sharing.sharing.post_16_providers``). A provider is one that stands in the pupil's intended or offered destination; an employer without
education or training is none. The UPN stays within the school system and is not told; the ULN is what a provider goes by.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold, tokens
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.next_steps import INTENDED, OFFER, Destination
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.domain.sharing.sharing import post_16_providers
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Export, ExportColumn, ExportedPupil, LeftOut, Option, Selection, single
from pupil_desk.services.exports.judged import Allowing, PupilRecords, left_by_rule, left_protected
from pupil_desk.services.exports.layouts import TABLE
from pupil_desk.services.exports.several_recipients import RecipientChoice
from pupil_desk.services.pupils import pupils
from pupil_desk.services.sharing import sharing
from pupil_desk.services.sharing.sharing import PreviewRow
from pupil_desk.store.rows import several

NAME = "post-16"
COLUMNS = (
    ExportColumn("surname", "pupil.surname"),
    ExportColumn("forename", "pupil.forename"),
    ExportColumn("dob", "pupil.dob"),
    ExportColumn("sex", "pupil.sex"),
    ExportColumn("address", "pupil.address_1"),
    ExportColumn("phone", "pupil.phone"),
    ExportColumn("email", "pupil.email"),
    ExportColumn("uln", "pupil.uln"),
)
_SHEETS = single(COLUMNS)
_LEARNING = frozenset({"education", "training", "re-engagement"})  # categories of activities
_LONGEST_PART = 40  # characters of a file's name


@dataclass(frozen=True, slots=True)
class _Provider:
    """A provider: the name as most records write it, and the part of the files' names."""

    name: str
    part: str


def providers(desk: Desk, day: date) -> list[str]:
    """The providers that pupils on roll on a day name, as most records write them, by name."""
    destinations = several.by_pupil(desk.vault, Destination)
    return [provider.name for provider in _providers(destinations.get(pupil.id, ()) for pupil in pupils.on_roll(desk, day)).values()]


def _provider_names(destinations: Iterable[Destination]) -> list[str]:
    """The providers' names in what is known of a pupil, as they were entered: those meant or offered, with education or training."""
    return [
        destination.provider
        for destination in destinations
        if destination.provider and destination.kind in (INTENDED, OFFER) and _is_learning(destination.activity)
    ]


def _is_learning(activity: str) -> bool:
    code = codelist("activity").get(activity)
    return activity in codelist("suitable_offer").codes or (code is not None and code.category in _LEARNING)


def _providers(everyones: Iterable[Iterable[Destination]]) -> dict[str, _Provider]:
    """By the name for matching, each provider; by name. No two have one part."""
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for destinations in everyones:
        for name in _provider_names(destinations):
            spelt[fold(name)][name] += 1
    providers_by_key: dict[str, _Provider] = {}
    used_parts: set[str] = set()
    for key in sorted(spelt):
        name = min(spelt[key], key=lambda spelling: (-spelt[key][spelling], spelling))
        providers_by_key[key] = _Provider(name, _part(name, used_parts))
    return providers_by_key


def _part(name: str, used_parts: set[str]) -> str:
    """The part of a file's name for a provider, in plain letters that every disk takes."""
    plain = re.sub(r"[^a-z0-9-]", "", "-".join(tokens(name)))[:_LONGEST_PART].strip("-") or "provider"
    part, number = plain, 1
    while part in used_parts:
        number += 1
        part = f"{plain}-{number}"
    used_parts.add(part)
    return part


def _select(desk: Desk, ask: Ask) -> Selection:
    selection, allowing = Selection(_SHEETS), Allowing(_SHEETS)
    destinations_by_pupil = several.by_pupil(desk.vault, Destination)
    rows = sharing.preview(desk, NAME, ask.day)
    providers_by_key = _providers(destinations_by_pupil.get(row.pupil.id, ()) for row in rows)
    only = None if ask.provider is None else fold(ask.provider)
    for row in rows:
        named_providers = {
            fold(name): providers_by_key[fold(name)] for name in _provider_names(destinations_by_pupil.get(row.pupil.id, ()))
        }
        asked_providers = {key: provider for key, provider in named_providers.items() if only in (None, key)}
        left = left_by_rule(row) or _without_provider(row.pupil, named_providers, asked_providers) or left_protected(row, ask.confirm)
        if left is not None:
            selection.left_out.append(left)
        else:
            selection.exported.extend(_exported_pupil(allowing, row, asked_providers[key]) for key in sorted(asked_providers))
    return selection


def _without_provider(pupil: Pupil, named_providers: Mapping[str, _Provider], asked_providers: Mapping[str, _Provider]) -> LeftOut | None:
    if not named_providers:
        reason = _("No college or training provider stands in the intended or offered destination.")
        return LeftOut(pupil, reason, _("no provider in the intended or offered destination"))
    if not asked_providers:
        return LeftOut(
            pupil,
            _("The intended or offered destination is with another provider."),
            _("another provider in the intended or offered destination"),
        )
    return None


def _exported_pupil(allowing: Allowing, row: PreviewRow, provider: _Provider) -> ExportedPupil:
    lines = {f"pupil.{name}": line for name in ADDRESS if (line := getattr(row.pupil, name))}
    address = {"address": ", ".join(lines.values()) or None}
    exported = allowing.exported_pupil(row, (allowing.row(row, PupilRecords(row.pupil), address),))
    items = tuple(item for item in row.decision.items if item in exported.items or ("pupil.address_1" in exported.items and item in lines))
    return replace(exported, items=items, recipient=provider.name, part=provider.part)


POST_16 = Export(
    name=NAME,
    title=_("Pupils for post-16 providers"),
    recipient_key=NAME,
    law=lambda: post_16_providers().law,
    basis=lambda: post_16_providers().basis,
    purpose=_("To help young people into education or training after 16."),
    items=lambda: post_16_providers().full,
    covers=_(
        "Pupils on roll on the day of whom providers may be told, and who have one as intended or offered destination; each provider is told of its own alone."
    ),
    select=_select,
    layouts=TABLE,
    options=frozenset({Option.PROVIDER}),
    recipients=RecipientChoice(
        names=providers,
        label=_("For &which provider"),
        all_of_them=_("Each provider, a file of its own"),
        none=_("No pupil on roll has a college or training provider as intended or offered destination yet. Enter the destinations first."),
        unknown=_("No pupil on roll names this provider. There are: {names}."),
    ),
    locks_each_file=True,
)
