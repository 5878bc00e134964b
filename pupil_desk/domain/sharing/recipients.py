"""Whom pupils' data may be told to: the register of recipients, as data (``resources/recipients``).

Nothing leaves to anybody whom the notice does not name, and the notice is made from this register and the unit's settings (``unit_recipients``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis

OTHER, FAMILY, PUPIL, ASKER, TOLD_BEFORE, NEXT_SCHOOL, MAIN_SCHOOL = (
    "other",
    "family",
    "pupil",
    "asker",
    "told-before",
    "next-school",
    "main-school",
)
AUTHORITY, DFE, LRS, REGISTER, ON_SITE, NEXT_SYSTEM = "authority", "dfe", "lrs", "register", "on-site", "next-system"
HSE = "hse"
SOCIAL_CARE, VIRTUAL_SCHOOL, PROVIDERS = "social-care", "virtual-school", "providers"
TRANSPORT = "transport"


class NoticeUse(StrEnum):
    """When the notice names a recipient: always (where the unit uses what its ``switch`` switches); where the unit's settings name them; or only as a class, on a ground for each time."""

    ALWAYS = "always"
    CHOSEN = "chosen"
    GROUND = "ground"


class RulePart(StrEnum):
    """By which part of the rule of sharing somebody is told as a routine: what families say; a law; or whom it concerns."""

    YOUTH_SUPPORT = "youth-support"
    POST_16 = "post-16"
    LAW = "law"
    MAIN_SCHOOL = "main-school"
    CARE = "care"
    ENTRIES = "entries"
    TRANSPORT = "transport"
    PLACED = "placed"
    BY_CASE = "by-case"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Someone told about pupils: the name by which the register has it, in words, the law, and the items of the catalogue at each level.

    An item is named ``record.attribute``. ``parent_items`` are added at both levels where the setting says so. ``consent`` is the key
    of the consent without which nothing is told. One of the unit's own exports stands in no register, and has the first seven alone.
    """

    name: str
    label: str
    law: str
    basis: Basis
    minimum: tuple[str, ...]
    full: tuple[str, ...]
    parent_items: tuple[str, ...] = ()
    consent: str = ""
    rule: RulePart = RulePart.LAW
    use: NoticeUse = NoticeUse.ALWAYS
    setting: str = ""
    switch: str = ""
    said: str = ""
    said_own: str = ""
    purpose: str = ""
    covers: str = ""
    by_hand: bool = True
    quiet: bool = False
    source: str = ""
    sure: str = ""
    checked: date | None = None

    @property
    def heard(self) -> bool:
        """Whether a family's or a pupil's own word limits what it is told."""
        return self.rule in (RulePart.YOUTH_SUPPORT, RulePart.POST_16)


@by_rules
def register() -> Mapping[str, Recipient]:
    """Every recipient by name, in the order of the notice."""
    return {name: _recipient(name, facts) for name, facts in rule_data("recipients", "recipients.toml").items()}


def _recipient(name: str, facts: Mapping[str, Any]) -> Recipient:
    law = str(facts["law"]).replace("{grounds}", "; ".join(begun_small(ground.partition(":")[0]) for ground in grounds().values()))
    if special := facts.get("special"):
        law = _("{law}; specially protected: {condition}").format(law=law, condition=special)
    return Recipient(
        name=name,
        label=facts["label"],
        law=law,
        basis=Basis[facts["basis"].upper().replace("-", "_")],
        minimum=tuple(facts.get("minimum", ())),
        full=tuple(facts.get("full", ())),
        parent_items=tuple(facts.get("parent", ())),
        rule=RulePart(facts.get("rule", RulePart.LAW)),
        use=NoticeUse(facts["use"]),
        setting=facts.get("setting", ""),
        switch=facts.get("switch", ""),
        said=facts.get("said", ""),
        said_own=facts.get("said_own", ""),
        purpose=facts["purpose"],
        covers=facts.get("covers", ""),
        by_hand=facts.get("by_hand", True),
        quiet=facts.get("quiet", False),
        source=facts["source"],
        sure=facts["sure"],
        checked=facts["checked"],
    )


@by_rules
def grounds() -> Mapping[str, str]:
    """On which ground somebody may be told whom the notice does not name, by the code of «disclosure_basis», in words."""
    return {code.code: code.label for code in codelist("disclosure_basis").codes.values() if code.category == "anybody"}
