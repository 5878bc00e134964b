"""Every clash of two registers of each kind is found, and none invented: weeks made by what happened, with clashes put in by hand-written lists of codes."""

import random
from datetime import date, timedelta

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.register.attendance import CODES, Session
from pupil_desk.domain.schools.clashes import Clash, ClashKind, clash_kind, clashes_of

HERE = ["/", "\\", "L", "U", "P", "V", "W"]
SENT_ELSEWHERE = ["B", "K"]
REASONS = ["C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T", "G", "O"]
PREVENTED = ["Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"]
NOBODY = ["", "X", "Z", "#"]

PAIRS = {
    ClashKind.BOTH_DUAL: [("D", "D")],
    ClashKind.BOTH_PRESENT: [(a, b) for a in HERE for b in HERE],
    ClashKind.PRESENT_AND_ABSENT: [(a, b) for a in HERE + SENT_ELSEWHERE for b in [*REASONS, "N"]],
    ClashKind.UNEXPLAINED: [("D", b) for b in NOBODY] + [("N", b) for b in ["N", "D", *NOBODY]],
    None: [
        *((a, b) for a in HERE for b in ["D", *SENT_ELSEWHERE, *PREVENTED, *NOBODY]),
        *((a, b) for a in SENT_ELSEWHERE for b in ["D", *SENT_ELSEWHERE, *PREVENTED, *NOBODY]),
        *((a, b) for a in REASONS for b in ["D", "N", *REASONS, *PREVENTED, *NOBODY]),
        *((a, b) for a in PREVENTED for b in ["D", "N", *PREVENTED, *NOBODY]),
        *((a, b) for a in NOBODY for b in NOBODY),
    ],
}
"""By what they come to, the pairs of codes; the order within a pair makes no difference."""
MONDAY = date(2024, 9, 2)


def test_each_two_codes_in_use_come_to_what_the_table_says_whichever_is_ours() -> None:
    codes = {code.code for code in codelist(CODES).codes.values() if code.valid_on(date(2026, 11, 24))} | {""}
    said = {frozenset(pair): kind for kind, pairs in PAIRS.items() for pair in pairs}
    assert {frozenset((a, b)) for a in codes for b in codes} == set(said), "every pair is in the table, once"
    for a in codes:
        for b in codes:
            assert clash_kind(a, b) is said[frozenset((a, b))], (a, b)


def test_a_clash_says_what_it_is() -> None:
    assert [Clash(kind, MONDAY, Session.AM, "", "").label[:14] for kind in ClashKind] == [
        "Both say D: ea",
        "Both say prese",
        "One says prese",
        "Not explained:",
    ]


def test_in_a_session_for_which_another_school_answers_only_who_is_present_is_contradicted() -> None:
    afternoon = (MONDAY, Session.PM)
    pairs = [(pair, kind) for kind, pairs in PAIRS.items() if kind is not None for pair in pairs]
    for (ours, theirs), kind in pairs:
        found = [clash.kind for clash in clashes_of({afternoon: ours}, {afternoon: theirs}, [MONDAY], {afternoon})]
        assert found == ([kind] if kind in (ClashKind.BOTH_PRESENT, ClashKind.PRESENT_AND_ABSENT) else []), (ours, theirs)


@pytest.mark.parametrize("weeks", [200, pytest.param(10_000, marks=pytest.mark.torture)])
def test_in_generated_weeks_every_clash_is_found_and_none_invented(weeks: int) -> None:
    chance = random.Random(f"clashes/{weeks}")
    kinds = [None, None, None, *ClashKind]
    for week in range(weeks):
        ours: dict[tuple[date, Session], str] = {}
        theirs: dict[tuple[date, Session], str] = {}
        planted, unread = [], chance.randrange(8)
        days = [MONDAY + timedelta(weeks=week, days=number) for number in range(5)]
        for number, day in enumerate(days):
            for session in Session:
                kind = chance.choice(kinds)
                pair = list(chance.choice(PAIRS[kind]))
                chance.shuffle(pair)
                for register, code in zip((ours, theirs), pair, strict=True):
                    if code:
                        register[day, session] = code
                if kind is not None and number != unread:
                    planted.append(Clash(kind, day, session, *pair))
        read = [day for number, day in enumerate(days) if number != unread]
        assert list(clashes_of(ours, theirs, read[::-1])) == planted
