"""Which rules are in force in a unit: those of its packs that were read in and not taken back, each file by the latest pack that has it."""

import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.rulefacts import FactsMissing, facts_of, is_rules, rule_files
from pupil_desk.basics.rulefiles import SHIPPED, RuleSet, apart, put_in_force
from pupil_desk.basics.ruleshapes import BuiltOtherwise, require_built_alike
from pupil_desk.domain.unit import own_field
from pupil_desk.services.rules.pack import RulePack
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import own_fields
from pupil_desk.store.tables import rule_packs as store


@dataclass(frozen=True, slots=True)
class TakenPack:
    """A pack that is in force: since when, and by whom; ``set_aside`` are its files that the program's own have overtaken since."""

    id: str
    pack: RulePack
    taken_on: date
    taken_by: str
    set_aside: tuple[str, ...]


def taken_packs(vault: Vault) -> list[TakenPack]:
    """The packs in force, the latest last."""
    return [
        TakenPack(
            row["id"],
            pack,
            local_time(row["at"]).date(),
            row["by"],
            tuple(path for path in pack.texts if not holds(path, pack.texts[path])),
        )
        for row in store.in_force(vault)
        for pack in [RulePack.kept(row["content"])]
    ]


def rules_of(vault: Vault) -> RuleSet:
    """The rules of a unit."""
    return rules_with((taken.pack for taken in taken_packs(vault)), own_field.texts_of(own_fields.every(vault)))


def rules_with(packs: Iterable[RulePack], of_unit: Mapping[str, str]) -> RuleSet:
    """The rules with packs in force, of which a later one goes before, and with what the unit has laid down for itself."""
    texts = {path: text for pack in packs for path, text in pack.texts.items() if holds(path, text)}
    return _rule_set(tuple(texts.items()), tuple(of_unit.items())) if texts or of_unit else SHIPPED


@lru_cache(maxsize=4)
def _rule_set(texts: tuple[tuple[str, str], ...], of_unit: tuple[tuple[str, str], ...]) -> RuleSet:
    """The same rules are one object: what was worked out by them holds when the unit is opened again."""
    return RuleSet(dict(texts), dict(of_unit))


def open_rules(vault: Vault, rules: RuleSet | None = None) -> None:
    """Put the rules of the unit whose file was opened in force, until it is closed, however that is. ``rules``: those, where they were read before."""
    opened = weakref.ref(vault)

    def is_over() -> bool:
        still_there = opened()
        return still_there is None or still_there.is_closed

    put_in_force(rules_of(vault) if rules is None else rules, is_over)


def holds(path: str, text: str) -> bool:
    """Whether a text of a pack holds beside what the program ships: not once a newer program has the file checked on a later day, or builds it otherwise."""
    if not is_rules(path) or path not in rule_files():
        return False
    try:
        require_built_alike(path, text)
        return last_checked(path, RuleSet({path: text})) >= last_checked(path)
    except (BuiltOtherwise, FactsMissing):
        return False


def last_checked(path: str, rules: RuleSet = SHIPPED) -> date:
    """The latest day on which anything in a file was checked."""
    with apart(rules):
        return max(facts.checked for facts in facts_of(path))
