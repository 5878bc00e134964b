"""For colleges and training providers: each is told of the pupils who have named it, as far as the rule of sharing lets it be told.

Sources: the privacy notice, which says that providers are told from 16, and before it only where a parent allows it
(``domain.sharing.POST_16``). A provider is one that stands in the pupil's intended or offered destination; an employer without
education or training is none. The UPN stays within the school system and is not told; the ULN is what a provider goes by.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold, tokens
from pupil_desk.basics.words import _
from pupil_desk.domain.learning.destination import INTENDED, OFFER, Destination
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.domain.sharing.sharing import POST_16 as RECIPIENT
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Column, Export, LeftOut, Option, Selection, Told, single
from pupil_desk.services.exports.judged import Allowing, Held, left_by_rule, left_protected
from pupil_desk.services.exports.layouts import TABLE
from pupil_desk.services.pupils import pupils
from pupil_desk.services.sharing import sharing
from pupil_desk.services.sharing.sharing import PreviewRow
from pupil_desk.store.rows import several

COLUMNS = (
    Column("surname", "pupil.surname"), Column("forename", "pupil.forename"), Column("dob", "pupil.dob"), Column("sex", "pupil.sex"),
    Column("address", "pupil.address_1"), Column("phone", "pupil.phone"), Column("email", "pupil.email"), Column("uln", "pupil.uln"),
)  # fmt: skip
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
    known = several.by_pupil(desk.vault, Destination)
    return [one.name for one in _providers(known.get(pupil.id, ()) for pupil in pupils.on_roll(desk, day)).values()]


def _named(known: Iterable[Destination]) -> list[str]:
    """The providers' names in what is known of a pupil, as they were entered: those meant or offered, with education or training."""
    return [one.provider for one in known if one.provider and one.kind in (INTENDED, OFFER) and _is_learning(one.activity)]


def _is_learning(activity: str) -> bool:
    code = codelist("activity").get(activity)
    return activity in codelist("suitable_offer").codes or (code is not None and code.category in _LEARNING)


def _providers(everyones: Iterable[Iterable[Destination]]) -> dict[str, _Provider]:
    """By the name for matching, each provider; by name. No two have one part."""
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for known in everyones:
        for name in _named(known):
            spelt[fold(name)][name] += 1
    found: dict[str, _Provider] = {}
    taken: set[str] = set()
    for key in sorted(spelt):
        name = min(spelt[key], key=lambda one: (-spelt[key][one], one))
        found[key] = _Provider(name, _part(name, taken))
    return found


def _part(name: str, taken: set[str]) -> str:
    """The part of a file's name for a provider, in plain letters that every disk takes."""
    plain = re.sub(r"[^a-z0-9-]", "", "-".join(tokens(name)))[:_LONGEST_PART].strip("-") or "provider"
    part, number = plain, 1
    while part in taken:
        number += 1
        part = f"{plain}-{number}"
    taken.add(part)
    return part


def _select(desk: Desk, ask: Ask) -> Selection:
    selection, allowing = Selection(_SHEETS), Allowing(_SHEETS)
    known = several.by_pupil(desk.vault, Destination)
    rows = sharing.preview(desk, RECIPIENT.name, ask.day)
    there = _providers(known.get(row.pupil.id, ()) for row in rows)
    only = None if ask.provider is None else fold(ask.provider)
    for row in rows:
        named = {fold(name): there[fold(name)] for name in _named(known.get(row.pupil.id, ()))}
        asked = {key: one for key, one in named.items() if only in (None, key)}
        left = left_by_rule(row) or _without_provider(row.pupil, named, asked) or left_protected(row, ask.confirm)
        if left is not None:
            selection.left_out.append(left)
        else:
            selection.told.extend(_told(allowing, row, asked[key]) for key in sorted(asked))
    return selection


def _without_provider(pupil: Pupil, named: Mapping[str, _Provider], asked: Mapping[str, _Provider]) -> LeftOut | None:
    if not named:
        reason = _("No college or training provider stands in the intended or offered destination.")
        return LeftOut(pupil, reason, _("no provider in the intended or offered destination"))
    if not asked:
        return LeftOut(pupil, _("The intended or offered destination is with another provider."), _("another provider in the intended or offered destination"))
    return None


def _told(allowing: Allowing, row: PreviewRow, provider: _Provider) -> Told:
    lines = {f"pupil.{name}": line for name in ADDRESS if (line := getattr(row.pupil, name))}
    address = {"address": ", ".join(lines.values()) or None}
    told = allowing.told(row, (allowing.row(row, Held(row.pupil), address),))
    items = tuple(item for item in row.decision.items if item in told.items or ("pupil.address_1" in told.items and item in lines))
    return told._replace(items=items, recipient=provider.name, part=provider.part)


POST_16 = Export(
    name=RECIPIENT.name,
    title=_("Pupils for post-16 providers"),
    to=RECIPIENT.name,
    law=RECIPIENT.law,
    basis=RECIPIENT.basis,
    purpose=_("To help young people into education or training after 16."),
    items=RECIPIENT.full,
    stem="post-16",
    covers=_("Pupils on roll on the day of whom providers may be told, and who have one as intended or offered destination; each provider is told of its own alone."),
    select=_select,
    layouts=TABLE,
    options=frozenset({Option.PROVIDER}),
    providers=providers,
    apart=True,
)
