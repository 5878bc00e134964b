"""From which number on others show how many pupils there are: practice to hold the unit's own limit against (``resources/figures/disclosure_control.toml``)."""

from dataclasses import dataclass

from pupil_desk.basics.rulefiles import by_rules, rule_data

RULES = "figures/disclosure_control.toml"
"""The file of rules, which says what was read and when."""


@dataclass(frozen=True, slots=True)
class SmallNumberPractice:
    """Who hides small numbers, and the smallest number that they show."""

    label: str
    smallest: int


@by_rules
def practices_of_others() -> tuple[SmallNumberPractice, ...]:
    """What others do, in the order of the file."""
    return tuple(SmallNumberPractice(practice["label"], practice["least"]) for practice in rule_data(*RULES.split("/"))["practices"])
