"""The program's rule of sharing and the oracle, side by side."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from itertools import islice

from pupil_desk.domain.sharing.recipients import Recipient
from pupil_desk.domain.sharing.sharing import Decision, Rules, SharingCase, decide
from tests.domain import sharing_cases as made
from tests.domain.sharing_oracle import Expected, expected

type Compared = tuple[made.Judged, Expected | None]
type Decide = Callable[[SharingCase, Recipient, date, Rules], Decision | None]
SHORT_CUT = 293
"""Each of so many cases, where all would take too long: a prime, so that no part of a plan is passed over each time."""


def differs(told: Decision | None, words: Expected | None) -> bool:
    """Whether the program and the words disagree about level, who has decided, a single item, or that it was a parent's; no item goes twice."""
    if told is None or words is None:
        return (told is None) != (words is None)
    if words.was_a_parents not in (None, "parent" in told.reason):
        return True
    by = words.decided_by in ("", told.decided_by)
    return not (told.level == words.level and by and words.items == set(told.items) and len(told.items) == len(words.items))


def differences(compared: Iterable[Compared], by: Decide = decide, most: int = 5) -> list[str]:
    """The first of the cases in which the program says other than the words."""
    return list(islice((_told(one, told, words) for one, words in compared if differs(told := by(*one), words)), most))


def _told(one: made.Judged, told: Decision | None, words: Expected | None) -> str:
    said = [(choice.on.isoformat(), choice.by, choice.giver, choice.choice, choice.recipient) for choice in one.case.choices]
    where = f"{one.recipient.name} on {one.day}, born {one.case.pupil.dob}, notices {one.case.notices_given}, {one.rules}"
    return f"{where}, said {said}: expected {words}, got {told}"


def words_of(one: made.Judged) -> Expected | None:
    """What the words say of a case."""
    return expected(one.case, one.recipient.name, one.day, one.rules)


@cache
def short_cut() -> Sequence[Compared]:
    """Some 20,000 of all cases, shuffled the same way each time, with what the words say."""
    judged = list(made.cases(SHORT_CUT))
    shuffled = sorted(range(len(judged)), key=lambda place: place * 7919 % len(judged))
    return [(judged[place], words_of(judged[place])) for place in shuffled]
