"""Types of consent: those that ship with the program, and the unit's own. A change is a further edition; none is overwritten.

What the law fixes of a type that ships (``fixed``) stays as it ships, in every edition.
"""

import dataclasses
import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.basics.text import fold, tidy_lines
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named, items_of
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.consents.checks import check_type, tidied_type
from pupil_desk.domain.consents.consent import ConsentType
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import consents as store

_SHIPPED = "shipped-"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A type as it ships, the items that nobody may change, and those that may not be left empty; ``place`` is its place in lists."""

    type: ConsentType
    fixed: frozenset[str]
    must: frozenset[str]
    place: int


@dataclass(frozen=True, slots=True)
class TypeMade:
    """Who made an edition of a type, and when."""

    edition: int
    at: datetime
    by: str
    retired: bool


@cache
def shipped() -> Mapping[str, Shipped]:
    """The types that come with the program, by key, in their order. The number of an edition is given when it is kept."""
    found = {}
    for place, path in enumerate(sorted(resource("consents").glob("*.toml"))):
        with open(path, "rb") as file:
            data: dict[str, Any] = tomllib.load(file)
        fixed, must = frozenset(data.pop("fixed", ())), frozenset(data.pop("must", ()))
        key = path.stem.partition("-")[2]
        digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
        words: dict[str, Any] = {name: tidy_lines(value) if isinstance(value, str) else value for name, value in data.items()}
        made = tidied_type(ConsentType(id=f"{_SHIPPED}{key}-{digest}", consent_type=key, **words))
        found[key] = Shipped(made, fixed, must, place)
    return found


def types(desk: Desk, *, retired: bool = False) -> list[ConsentType]:
    """Every type in use in its last edition: those that ship in their order, then the unit's own by name. ``retired`` adds those out of use."""
    desk.require(Action.READ_RECORD)
    ours = shipped()
    found = [one for one in _current(desk).values() if retired or not one.retired]
    return sorted(found, key=lambda one: (ours[one.consent_type].place if one.consent_type in ours else len(ours), fold(one.name)))


def type_named(desk: Desk, key: str) -> ConsentType:
    """The type of that key in its last edition, in use or not. Raises WrongUse."""
    desk.require(Action.READ_RECORD)
    found = _current(desk).get(key)
    if found is None:
        raise WrongUse(_("There is no consent of that name. There are: {names}.").format(names=", ".join(_current(desk))))
    return found


def _current(desk: Desk) -> dict[str, ConsentType]:
    latest = {one.consent_type: one for one in store.editions(desk.vault)}
    for key, ours in shipped().items():
        kept = latest.get(key)
        if kept is None:
            latest[key] = ours.type
        elif is_shipped(kept) and kept.id != ours.type.id:  # nobody here has changed it, and the program has
            latest[key] = dataclasses.replace(ours.type, edition=kept.edition + 1)
    return latest


def is_shipped(made: ConsentType) -> bool:
    """Whether an edition is as the program ships it."""
    return made.id.startswith(_SHIPPED)


def fixed_of(key: str) -> frozenset[str]:
    """The items of a type that the law fixes, so that nobody may change them."""
    ours = shipped().get(key)
    return ours.fixed if ours else frozenset()


def history(desk: Desk, key: str) -> list[TypeMade]:
    """The editions of a type that are on file, the latest first."""
    desk.require(Action.READ_RECORD)
    return [TypeMade(row["edition"], local_time(row["at"]), row["by"], bool(row["retired"])) for row in store.history_of(desk.vault, key)]


def wording(desk: Desk, edition_id: str) -> ConsentType | None:
    """The edition that a word was given on, if it is on file."""
    desk.require(Action.READ_RECORD)
    return store.edition(desk.vault, edition_id)


def problems(desk: Desk, made: ConsentType) -> tuple[Problem, ...]:
    """What stands against keeping a type: its items, its rule, what the law fixes, or a name that another has."""
    made = tidied_type(made)
    found = [*problems_of(made, desk.today), *check_type(made)]
    others = [one.name for one in types(desk) if one.consent_type != made.consent_type]
    if fold(made.name) in map(fold, others):
        found.append(Problem("name", "taken", _("Another consent has this name. Enter a different one.")))
    held = _current(desk).get(made.consent_type)
    if held is not None and held.per != made.per:
        found.append(Problem("per", "per_changed", _("What one answer is about cannot change. Make a new consent instead.")))
    ours = shipped().get(made.consent_type)
    for name in sorted(ours.fixed if ours else ()):
        if ours is not None and getattr(made, name) != getattr(ours.type, name):
            words = _("{label}: the law fixes this. Leave it as it is.").format(label=item_named(ConsentType, name).label)
            found.append(Problem(name, "fixed", words))
    empty = [name for name in sorted(ours.must if ours else ()) if not getattr(made, name)]
    words = _("{label} is missing. Enter it.")
    return (*found, *(Problem(name, "missing", words.format(label=item_named(ConsentType, name).label)) for name in empty))


def save_type(desk: Desk, made: ConsentType) -> Changed:
    """Keep a type as a new edition; without ``consent_type`` a new one. Nothing is kept where nothing has changed. Raises Refused, NotAllowed."""
    desk.require(Action.EDIT_CONSENT_TYPES)
    made = tidied_type(made)
    refuse(problems(desk, made))
    held = _current(desk).get(made.consent_type)
    if held is not None and not held.retired and _said(held) == _said(made):
        return Changed.of()
    return _keep_next(desk, dataclasses.replace(made, consent_type=made.consent_type or new_id(), retired=False), "saved")


def retire(desk: Desk, key: str) -> Changed:
    """Take a type out of use. What was said by it stays on record, and can still be looked up. Raises WrongUse, NotAllowed."""
    desk.require(Action.EDIT_CONSENT_TYPES)
    held = type_named(desk, key)
    if held.retired:
        raise WrongUse(_("That consent is no longer in use. Look at the list again."))
    return _keep_next(desk, dataclasses.replace(held, retired=True), "taken out of use")


def bring_back(desk: Desk, key: str) -> Changed:
    """Use a type again. Raises WrongUse, NotAllowed."""
    desk.require(Action.EDIT_CONSENT_TYPES)
    held = type_named(desk, key)
    if not held.retired:
        raise WrongUse(_("That consent is in use already. Look at the list again."))
    return _keep_next(desk, dataclasses.replace(held, retired=False), "in use again")


def _keep_next(desk: Desk, made: ConsentType, what: str) -> Changed:
    with desk.act(Action.EDIT_CONSENT_TYPES, "consent-type", made.consent_type, what) as work:
        held = _current(desk).get(made.consent_type)
        if held is not None:
            keep_edition(work, held)  # so that the file has what this one follows
        following = dataclasses.replace(made, id=new_id(), edition=held.edition + 1 if held else 1)
        store.add_edition(desk.vault, following, moment=work.stamp, actor=work.actor)
    return Changed.of("consent-type", "consent")


def keep_edition(work: Work, made: ConsentType) -> None:
    """Within a transaction: have an edition on file, such as one that ships and is asked by for the first time."""
    if store.edition(work.desk.vault, made.id) is None:
        store.add_edition(work.desk.vault, made, moment=work.stamp, actor=work.actor)


def _said(made: ConsentType) -> Sequence[object]:
    return [getattr(made, each.name) for each in items_of(ConsentType)]
