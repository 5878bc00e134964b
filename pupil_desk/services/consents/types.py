"""Types of consent: those that ship with the program, and the unit's own. A change is a further edition; none is overwritten.

What the law fixes of a type that ships (``fixed``) stays as it ships, in every edition.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefiles import by_rules, rule_data
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
class ShippedType:
    """A type as it ships, the items that nobody may change, and those that may not be left empty; ``place`` is its place in lists."""

    type: ConsentType
    fixed: frozenset[str]
    must: frozenset[str]
    place: int


@dataclass(frozen=True, slots=True)
class TypeEdition:
    """Who made an edition of a type, and when."""

    edition: int
    moment: datetime
    actor: str
    retired: bool


@by_rules
def shipped() -> Mapping[str, ShippedType]:
    """The types that come with the program, by key, in their order. The number of an edition is given when it is kept."""
    types_by_key = {}
    for place, path in enumerate(sorted(resource("consents").glob("*.toml"))):
        data = rule_data("consents", path.name)
        fixed, must = frozenset(data.pop("fixed", ())), frozenset(data.pop("must", ()))
        key = path.stem.partition("-")[2]
        digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
        words: dict[str, Any] = {name: tidy_lines(value) if isinstance(value, str) else value for name, value in data.items()}
        consent_type = tidied_type(ConsentType(id=f"{_SHIPPED}{key}-{digest}", consent_type=key, **words))
        types_by_key[key] = ShippedType(consent_type, fixed, must, place)
    return types_by_key


def types(desk: Desk, *, retired: bool = False) -> list[ConsentType]:
    """Every type in use in its last edition: those that ship in their order, then the unit's own by name. ``retired`` adds those out of use."""
    desk.require(Action.READ_RECORD)
    shipped_types = shipped()
    consent_types = [consent_type for consent_type in _current(desk).values() if retired or not consent_type.retired]
    return sorted(
        consent_types,
        key=lambda consent_type: (
            shipped_types[consent_type.consent_type].place if consent_type.consent_type in shipped_types else len(shipped_types),
            fold(consent_type.name),
        ),
    )


def type_named(desk: Desk, key: str) -> ConsentType:
    """The type of that key in its last edition, in use or not. Raises WrongUse."""
    desk.require(Action.READ_RECORD)
    consent_type = _current(desk).get(key)
    if consent_type is None:
        raise WrongUse(_("There is no consent of that name. There are: {names}.").format(names=", ".join(_current(desk))))
    return consent_type


def _current(desk: Desk) -> dict[str, ConsentType]:
    latest = {edition.consent_type: edition for edition in store.editions(desk.vault)}
    for key, shipped_type in shipped().items():
        stored = latest.get(key)
        if stored is None:
            latest[key] = shipped_type.type
        elif is_shipped(stored) and stored.id != shipped_type.type.id:  # nobody here has changed it, and the program has
            latest[key] = dataclasses.replace(shipped_type.type, edition=stored.edition + 1)
    return latest


def is_shipped(consent_type: ConsentType) -> bool:
    """Whether an edition is as the program ships it."""
    return consent_type.id.startswith(_SHIPPED)


def fixed_of(key: str) -> frozenset[str]:
    """The items of a type that the law fixes, so that nobody may change them."""
    shipped_type = shipped().get(key)
    return shipped_type.fixed if shipped_type else frozenset()


def history(desk: Desk, key: str) -> list[TypeEdition]:
    """The editions of a type that are on file, the latest first."""
    desk.require(Action.READ_RECORD)
    return [
        TypeEdition(row["edition"], local_time(row["at"]), row["by"], bool(row["retired"])) for row in store.history_of(desk.vault, key)
    ]


def problems(desk: Desk, consent_type: ConsentType) -> tuple[Problem, ...]:
    """What stands against keeping a type: its items, its rule, what the law fixes, or a name that another has."""
    consent_type = tidied_type(consent_type)
    problems = [*problems_of(consent_type, desk.today), *check_type(consent_type)]
    other_names = [existing.name for existing in types(desk) if existing.consent_type != consent_type.consent_type]
    if fold(consent_type.name) in map(fold, other_names):
        problems.append(Problem("name", "taken", _("Another consent has this name. Enter a different one.")))
    current = _current(desk).get(consent_type.consent_type)
    if current is not None and current.per != consent_type.per:
        problems.append(Problem("per", "per_changed", _("What one answer is about cannot change. Make a new consent instead.")))
    shipped_type = shipped().get(consent_type.consent_type)
    for name in sorted(shipped_type.fixed if shipped_type else ()):
        if shipped_type is not None and getattr(consent_type, name) != getattr(shipped_type.type, name):
            words = _("{label}: the law fixes this. Leave it as it is.").format(label=item_named(ConsentType, name).quoted_label)
            problems.append(Problem(name, "fixed", words))
    empty = [name for name in sorted(shipped_type.must if shipped_type else ()) if not getattr(consent_type, name)]
    words = _("{label} is missing. Enter it.")
    return (*problems, *(Problem(name, "missing", words.format(label=item_named(ConsentType, name).quoted_label)) for name in empty))


def save_type(desk: Desk, consent_type: ConsentType) -> Changed:
    """Keep a type as a new edition; without ``consent_type`` a new one. Nothing is kept where nothing has changed. Raises Refused, NotAllowed."""
    desk.require(Action.EDIT_CONSENT_TYPES)
    consent_type = tidied_type(consent_type)
    refuse(problems(desk, consent_type))
    current = _current(desk).get(consent_type.consent_type)
    if current is not None and not current.retired and _wording_values(current) == _wording_values(consent_type):
        return Changed.of()
    return _keep_next(desk, dataclasses.replace(consent_type, consent_type=consent_type.consent_type or new_id(), retired=False), "saved")


def retire(desk: Desk, key: str) -> Changed:
    """Take a type out of use. What was said by it stays on record, and can still be looked up. Raises WrongUse, NotAllowed."""
    desk.require(Action.EDIT_CONSENT_TYPES)
    current = type_named(desk, key)
    if current.retired:
        raise WrongUse(_("That consent is no longer in use. Look at the list again."))
    return _keep_next(desk, dataclasses.replace(current, retired=True), "taken out of use")


def bring_back(desk: Desk, key: str) -> Changed:
    """Use a type again. Raises WrongUse, NotAllowed."""
    desk.require(Action.EDIT_CONSENT_TYPES)
    current = type_named(desk, key)
    if not current.retired:
        raise WrongUse(_("That consent is in use already. Look at the list again."))
    return _keep_next(desk, dataclasses.replace(current, retired=False), "in use again")


def _keep_next(desk: Desk, consent_type: ConsentType, log_words: str) -> Changed:
    with desk.act(Action.EDIT_CONSENT_TYPES, "consent-type", consent_type.consent_type, log_words) as work:
        current = _current(desk).get(consent_type.consent_type)
        if current is not None:
            keep_edition(work, current)  # so that the file has what this one follows
        following = dataclasses.replace(consent_type, id=new_id(), edition=current.edition + 1 if current else 1)
        store.add_edition(desk.vault, following, moment=work.stamp, actor=work.actor)
    return Changed.of("consent-type", "consent")


def keep_edition(work: Work, consent_type: ConsentType) -> None:
    """Within a transaction: have an edition on file, such as one that ships and is asked by for the first time."""
    if store.edition(work.desk.vault, consent_type.id) is None:
        store.add_edition(work.desk.vault, consent_type, moment=work.stamp, actor=work.actor)


def _wording_values(consent_type: ConsentType) -> Sequence[object]:
    return [getattr(consent_type, item.name) for item in items_of(ConsentType)]
