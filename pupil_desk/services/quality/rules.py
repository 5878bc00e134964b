"""Every rule of «Check records», and what they find in one pupil's file."""

from collections.abc import Iterator
from functools import cache

from pupil_desk.services.quality import after14, family, health, identity, needs, sharing, stays, suspended, values
from pupil_desk.services.quality.held import PupilFile, QualityContext, Scope
from pupil_desk.services.quality.rule import Gap, Need, QualityRule

RULES: tuple[QualityRule, ...] = (
    *identity.RULES,
    *family.RULES,
    *stays.RULES,
    *needs.RULES,
    *health.RULES,
    *suspended.RULES,
    *after14.RULES,
    *sharing.RULES,
    *values.RULES,
)
"""Every rule, in the order in which a pupil's lines stand."""


def gaps(file: PupilFile, context: QualityContext, need: Need | None = None) -> Iterator[tuple[QualityRule, Gap]]:
    """What the rules find in one pupil's file; with ``need``, those alone that this return needs."""
    for rule in _rules_for(file.scopes, need):
        for gap in rule.check(file, context):
            yield rule, gap


@cache
def _rules_for(scopes: frozenset[Scope], need: Need | None) -> tuple[QualityRule, ...]:
    return tuple(rule for rule in RULES if rule.scope in scopes and (need is None or need in rule.needs))
