"""Biometrics: the whole truth table, every state of two parents and the child at every age, against an oracle written from the Act.

Protection of Freedoms Act 2012, sections 26 to 28. Under 18: each parent is told (27(1)) unless there is a ground not to (27(4)), at least
one consents in writing (26(3), 28(1)), no parent has withdrawn or objected (26(3)), and the child does not refuse, whatever the parents say
(26(5)). From 18 the Act's child is a child no more, and decides. The oracle shares nothing with the rule but the words it reads.
"""

import itertools
from collections.abc import Iterator
from datetime import date

import pytest

from pupil_desk.domain.consents.case import ConsentStatus, ResponsibilityHolder
from pupil_desk.domain.consents.consent import ConsentEvent
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.services.consents import types
from tests.domain.consents.families import MUM, asked, found, kind, word

RULE = kind("biometrics")
FIRST, THEN = date(2026, 9, 10), date(2026, 9, 20)

PARENT_STATES: dict[str, list[tuple[str, date, str]]] = {
    "nothing": [],
    "told": [("asked", FIRST, "letter")],
    "yes on a form": [("given", FIRST, "form")],
    "yes by letter": [("given", FIRST, "letter")],
    "yes by e-mail": [("given", FIRST, "email")],
    "yes by telephone": [("given", FIRST, "phone")],
    "yes in person": [("given", FIRST, "in-person")],
    "no on a form": [("refused", FIRST, "form")],
    "no by telephone": [("refused", FIRST, "phone")],
    "yes, then taken back": [("given", FIRST, "form"), ("withdrawn", THEN, "form")],
    "yes, then no": [("given", FIRST, "form"), ("refused", THEN, "letter")],
    "no, then yes": [("refused", FIRST, "form"), ("given", THEN, "form")],
    "no, then yes by telephone": [("refused", FIRST, "form"), ("given", THEN, "phone")],
    "yes and no on one day": [("given", FIRST, "form"), ("refused", FIRST, "form")],
    "need not be told": [("excused", FIRST, "letter")],
    "need not be told, and agrees": [("excused", FIRST, "letter"), ("given", THEN, "form")],
    "need not be told, and objects": [("excused", FIRST, "letter"), ("refused", THEN, "phone")],
}
CHILD_STATES: dict[str, list[tuple[str, date, str]]] = {
    "nothing": [],
    "asked": [("asked", FIRST, "in-person")],
    "yes": [("given", FIRST, "form")],
    "yes by word": [("given", FIRST, "in-person")],
    "no": [("refused", FIRST, "form")],
    "no by word": [("refused", FIRST, "in-person")],
    "yes, then taken back": [("given", FIRST, "form"), ("withdrawn", THEN, "in-person")],
    "no, then yes": [("refused", FIRST, "in-person"), ("given", THEN, "form")],
}
AGES = (11, 13, 15, 16, 17, 18, 19)
FINDINGS = (None, "competent", "not-competent")


# -- the oracle: states in, a plain yes or no out

TOLD = set(PARENT_STATES) - {"nothing"}
AGREES_IN_WRITING = {"yes on a form", "yes by letter", "yes by e-mail", "no, then yes", "need not be told, and agrees"}
OBJECTS = {
    "no on a form",
    "no by telephone",
    "yes, then taken back",
    "yes, then no",
    "yes and no on one day",
    "need not be told, and objects",
}
CHILD_REFUSES = {"no", "no by word", "yes, then taken back"}
CHILD_AGREES_IN_WRITING = {"yes", "no, then yes"}


def may_be_used(parents: tuple[str, ...], child: str, age: int) -> bool:
    """Whether the Act lets the unit use the child's biometrics. The child's word at 18 was said weeks ago, after the birthday or before."""
    if child in CHILD_REFUSES:
        return False
    if age >= 18:
        return age > 18 and child in CHILD_AGREES_IN_WRITING
    if any(parent in OBJECTS for parent in parents):
        return False
    return all(parent in TOLD for parent in parents) and any(parent in AGREES_IN_WRITING for parent in parents)


def events(state: list[tuple[str, date, str]], who: str) -> Iterator[ConsentEvent]:
    for seq, (what, on, channel) in enumerate(state, 1):
        yield word(what, who, on, channel, seq=seq)


def said(parents: tuple[str, ...], child: str) -> list[ConsentEvent]:
    told = [one for who, state in zip(("mum", "dad"), parents, strict=False) for one in events(PARENT_STATES[state], who)]
    return [*told, *events(CHILD_STATES[child], PUPIL)]


@pytest.mark.parametrize("age", AGES)
def test_the_whole_truth_table(age: int) -> None:
    wrong = []
    rows = 0
    for pair in itertools.product(PARENT_STATES, repeat=2):
        for child in CHILD_STATES:
            words = said(pair, child)
            for finding in FINDINGS:
                verdict = asked(RULE, *words, age=age, found=[found(finding)] if finding else [])
                rows += 1
                if verdict.in_force != may_be_used(pair, child, age):
                    wrong.append((pair, child, finding, verdict.standing, verdict.reason))
    assert wrong == []
    assert rows == len(PARENT_STATES) ** 2 * len(CHILD_STATES) * len(FINDINGS)


@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("holders", [(), (MUM,)], ids=["no parent on file", "one parent"])
def test_the_table_with_fewer_parents(age: int, holders: tuple[ResponsibilityHolder, ...]) -> None:
    for states in itertools.product(PARENT_STATES, repeat=len(holders)):
        for child in CHILD_STATES:
            verdict = asked(RULE, *said(states, child), age=age, holders=holders)
            assert verdict.in_force == may_be_used(states, child, age), (states, child, verdict)


def test_a_parent_under_an_order_need_not_be_told_and_can_object() -> None:
    barred = (MUM, ResponsibilityHolder("dad", "Ned Ash", barred=True))
    for mother, father, child in itertools.product(PARENT_STATES, PARENT_STATES, CHILD_STATES):
        verdict = asked(RULE, *said((mother, father), child), holders=barred)
        told = father if father != "nothing" else "told"
        assert verdict.in_force == may_be_used((mother, told), child, 14), (mother, father, child, verdict)


def test_the_oracle_knows_yes_and_no() -> None:
    """A table that said one thing only would prove nothing."""
    rows = [may_be_used(pair, child, 14) for pair in itertools.product(PARENT_STATES, repeat=2) for child in CHILD_STATES]
    assert 0.1 < sum(rows) / len(rows) < 0.5


@pytest.mark.parametrize(
    ("parents", "child", "stands", "reason"),
    [
        (
            ("yes on a form", "nothing"),
            "nothing",
            ConsentStatus.WAITING,
            "Ruth Ash said yes on 10 September 2026. But Ned Ash must be told first: it is no yes until every parent has been told.",
        ),
        (("yes on a form", "told"), "nothing", ConsentStatus.GIVEN, "Ruth Ash said yes on 10 September 2026."),
        (
            ("yes on a form", "no by telephone"),
            "nothing",
            ConsentStatus.REFUSED,
            "Ned Ash said no on 10 September 2026. Another parent said yes. The no holds until they settle it.",
        ),
        (
            ("yes on a form", "yes on a form"),
            "no by word",
            ConsentStatus.REFUSED,
            "The pupil said no on 10 September 2026. The pupil’s no decides, whatever a parent says.",
        ),
        (
            ("yes by telephone", "told"),
            "nothing",
            ConsentStatus.WAITING,
            "Ruth Ash said yes on 10 September 2026. It does not count: it was not in writing.",
        ),
        (("yes, then taken back", "told"), "nothing", ConsentStatus.WITHDRAWN, "Ruth Ash took the yes back on 20 September 2026."),
    ],
)
def test_the_reason_is_told_in_plain_words(parents: tuple[str, ...], child: str, stands: ConsentStatus, reason: str) -> None:
    verdict = asked(RULE, *said(parents, child))
    assert (verdict.standing, verdict.reason) == (stands, reason)


def test_what_the_act_fixes_is_fixed_and_an_alternative_must_be_offered() -> None:
    ours = types.shipped()["biometrics"]
    assert {"parents", "parent_no", "notify_each", "written", "pupil_yes", "pupil_no", "own_from"} <= ours.fixed
    assert ours.must == {"alternative"}
    assert ours.type.alternative
