"""What is proposed of whose name: data (``resources/codes/redaction.toml``), and never more than a proposal where a person is there to decide."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from pupil_desk.basics.places import resource
from pupil_desk.domain.requests.pack import PlaceVerdict

WORD, HAND, DETAIL, PROTECTED, STAFF = "word", "hand", "own-contact-detail", "protected", "staff"
GROUND, KEPT_FROM_FAMILY = "ground", "kept-from-family"
PUPIL, OTHER_FAMILY, OWN_FAMILY, PROFESSIONAL = "pupil", "other-family", "own-family", "professional"
DETAILS = frozenset({DETAIL, PROTECTED, GROUND, KEPT_FROM_FAMILY})
"""Of which the words tell only together, as an address line does."""

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")


@dataclass(frozen=True, slots=True)
class RedactionRule:
    """Of one kind of person: in words, what is proposed to a person, what is done without one, and why."""

    code: str
    label: str
    proposed: PlaceVerdict
    alone: PlaceVerdict
    why: str


@cache
def rules() -> dict[str, RedactionRule]:
    """By the code of the list «redaction»."""
    codes = _data()["codes"]
    return {
        code: RedactionRule(code, facts["label"], PlaceVerdict(facts["proposed"]), PlaceVerdict(facts["alone"]), facts["why"])
        for code, facts in codes.items()
    }


@cache
def professionals() -> frozenset[str]:
    """Relationships of those who act for the pupil in their work."""
    return frozenset(_data()["professionals"])


@cache
def _data() -> dict:  # type: ignore[type-arg]  # as the file has it
    with open(resource("codes", "redaction.toml"), "rb") as file:
        return tomllib.load(file)


def rule_for(codes: Collection[str]) -> RedactionRule:
    """Of several who could be meant, the rule that protects most; of those the first."""
    candidates = [rules()[code] for code in codes]
    return min(candidates, key=lambda rule: (rule.proposed is not PlaceVerdict.WITHHOLD, rule.alone is not PlaceVerdict.WITHHOLD))


@cache
def common_words() -> frozenset[str]:
    """Words that are no name by themselves, small as they stand in a text."""
    lists = [resource("words", name).read_text(encoding="utf-8").split() for name in ("passphrase.txt", "name_or_word.txt")]
    return frozenset(word.lower() for words in lists for word in words) | frozenset(_MONTHS)
