"""What may be on file of a pupil's sharing: examples drawn by chance, and a unit into which each is put and taken back."""

import contextlib
import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from pupil_desk.domain.notices.addressees import NoticeIssue
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice, WishStep
from pupil_desk.services.desk import Desk
from pupil_desk.store.rows import merging
from pupil_desk.store.tables import choices, notices, protections, wish_steps
from pupil_desk.store.tables import settings as settings_store
from tests.services.exports.made import DAY, Unit

BORN = [date(2007, 2, 28), date(2009, 12, 1), date(2010, 11, 24), date(2011, 6, 15), date(2012, 2, 29), date(2013, 11, 25)]
COLLEGES = [["Wyming College"], ["Wyming College", "Marden Training"], ["wyming  collège"], [], ["Marden Training"], ["Łukasz’ Forge"]]
LEAST = {"surname", "forename", "address_1", "address_2", "locality", "town", "county", "postcode", "dob"}
POST_16_COLUMNS = {"surname", "forename", "dob", "sex", "address", "phone", "email", "uln"}
EARLIER, MERGED_AT, LATER = "2026-01-10T09:00:00.000000Z", "2026-06-01T09:00:00.000000Z", "2026-09-01T09:00:00.000000Z"


@dataclass
class School:
    """The unit, its pupils on roll in order of ``BORN``, and the two contacts of each."""

    desk: Desk
    pupils: list[Pupil]
    families: list[tuple[Contact, Contact]]


def _pupil(unit: Unit, number: int, dob: date, stay: Enrolment) -> Pupil:
    """A pupil of whom everything is known, each thing to be told from any other."""
    return unit.pupil(
        f"Sur{number}",
        f"Fore{number}",
        dob,
        stay,
        address_1=f"{number} Ash Row",
        town=f"Town{number}",
        postcode="AL28 2QN",
        sex="F",
        phone=f"01632 96020{number}",
        email=f"mail{number}@example.org",
        ethnicity="WBRI",
        year_group="11",
        sen_provision="K",
        sen_need_1="SPLD",
        looked_after=True,
    )


# -- what may be on file

_who = st.integers(0, len(BORN) - 1)
_turns = [
    date(born.year + age, 3 if (born.month, born.day) == (2, 29) else born.month, 1 if (born.month, born.day) == (2, 29) else born.day)
    for born in BORN
    for age in (13, 16)
]
_near = sorted(
    {turn + timedelta(days=shift) for turn in _turns for shift in (-1, 0, 1) if date(2021, 1, 1) < turn + timedelta(days=shift) <= DAY}
)
_days = st.one_of(st.sampled_from(_near), st.dates(date(2021, 1, 1), DAY))
_levels = st.sampled_from(["minimum", "full"])
_recipients = st.sampled_from(["youth-support", "post-16"])


@dataclass(frozen=True)
class Word:
    """Something said: by whom (0 and 1 are contacts, text a name without a contact, None unnamed), and whether before the merging."""

    who: int
    recipient: str
    choice: str
    by: str
    giver: int | str | None
    on: date
    early: bool


@dataclass(frozen=True)
class Settled:
    """A contradiction settled; ``back`` if that was taken back."""

    who: int
    recipient: str
    choice: str
    on: date
    back: bool


_words = st.builds(
    Word,
    _who,
    _recipients,
    st.sampled_from(["restrict", "allow", "allow"]),
    st.sampled_from(["parent", "pupil"]),
    st.sampled_from([0, 1, "Kim Cousin", "kim COUSIN", None]),
    _days,
    st.booleans(),
)


def _both_ways(word: Word, *, last_allows: bool) -> list[Word]:
    """Two words of one giver on one day, by whom it is theirs to say then; on file in either order."""
    by = "pupil" if word.on >= birthday(BORN[word.who], 16) else "parent"
    said = [dataclasses.replace(word, by=by, choice=choice) for choice in ("restrict", "allow")]
    return said if last_allows else said[::-1]


_said = st.one_of(_words.map(lambda word: [word]), st.builds(_both_ways, _words, last_allows=st.booleans()))
_given = st.tuples(_who, st.sampled_from([0, 1, None]), _days, st.sampled_from(["standard", "large", "easy"]), st.booleans())


@dataclass(frozen=True)
class File:
    """One example: all that is put on file, and what is asked."""

    words: Sequence[Word]
    given: Sequence[tuple[int, int | None, date, str, bool]]
    settled: Sequence[Settled]
    protected: Sequence[tuple[int, date, date | None]]
    merged: tuple[int, int] | None
    no_notice: str
    unasked: str
    unasked_post_16: str
    with_parent: bool
    day: date
    confirm: frozenset[int]
    provider: str | None


files = st.builds(
    File,
    st.lists(_said, max_size=10).map(lambda said: [word for words in said for word in words]),
    st.lists(_given, max_size=6),
    st.lists(st.builds(Settled, _who, _recipients, st.sampled_from(["restrict", "allow"]), _days, st.booleans()), max_size=4),
    st.lists(st.tuples(_who, _days, st.one_of(st.none(), _days)), max_size=2),
    st.one_of(st.none(), st.tuples(_who, _who).filter(lambda pair: pair[0] != pair[1])),
    _levels,
    _levels,
    st.sampled_from(["none", "full"]),
    st.booleans(),
    _days,
    st.frozensets(_who, max_size=2),
    st.sampled_from([None, None, " WYMING college"]),
)


class _Undo(Exception):
    """Ends the transaction of an example."""


@contextlib.contextmanager
def on_file(school: School, file: File) -> Iterator[None]:
    vault = school.desk.vault
    with contextlib.suppress(_Undo), vault.transaction():
        rules = {
            "no_notice_13": file.no_notice,
            "unasked_16": file.unasked,
            "unasked_post_16": file.unasked_post_16,
            "with_parent": file.with_parent,
        }
        settings_store.add_version(vault, dataclasses.replace(school.desk.settings, **rules), moment=EARLIER, actor="x")  # type: ignore[arg-type]
        _say(school, file, early=True)
        if file.merged:
            kept, gone = (school.pupils[one].id for one in file.merged)
            event = merging.MergingEvent(id="m", kind="pupil", pupil_id=gone, record_id=gone, kept_id=kept, what="merged", reason="one")
            merging.add(vault, event, moment=MERGED_AT, actor="x", act="m")
        _say(school, file, early=False)
        steps = [
            WishStep(
                id=f"s{n}",
                pupil_id=school.pupils[one.who].id,
                step="settled",
                recipient=one.recipient,
                by="parent",
                on=one.on,
                choice=one.choice,
                settlement="agreement",
            )
            for n, one in enumerate(file.settled)
        ]
        back = [
            dataclasses.replace(steps[n], id=f"b{n}", step="taken-back", choice=None, settlement=None, corrects=f"s{n}")
            for n, one in enumerate(file.settled)
            if one.back
        ]
        wish_steps.add(vault, [*steps, *back], moment=LATER, actor="x")
        for n, (who, since, until) in enumerate(file.protected):
            one = Protection(id=f"p{n}", pupil_id=school.pupils[who].id, kind="order", reason="Court", since=since, until=until)
            protections.add(vault, one, moment=LATER, actor="x")
        yield
        raise _Undo


def _say(school: School, file: File, *, early: bool) -> None:
    vault, at = school.desk.vault, EARLIER if early else LATER
    for n, word in enumerate(file.words):
        if word.early is early:
            contact = school.families[word.who][word.giver] if isinstance(word.giver, int) else None
            said = Choice(
                id=f"c{n}",
                pupil_id=school.pupils[word.who].id,
                recipient=word.recipient,
                choice=word.choice,
                by=word.by,
                on=word.on,
                giver=contact.full_name if contact else word.giver,
                contact_id=contact.id if contact else None,
            )  # type: ignore[arg-type]
            choices.add(vault, said, moment=at, actor="x")
    for n, (who, place, on, variant, first) in enumerate(file.given):
        if first is early:
            to = school.families[who][place] if place is not None else None
            issue = NoticeIssue(
                id=f"n{n}",
                pupil_id=school.pupils[who].id,
                edition_id="e",
                contact_id=to.id if to else None,
                given_to="X",
                on=on,
                channel="post",
                variant=variant,
            )
            notices.add_issue(vault, issue, moment=at, actor="x")


# -- the rule, a second time


def birthday(born: date, age: int) -> date:
    if (born.month, born.day) == (2, 29) and (born.year + age) % 4:
        return date(born.year + age, 3, 1)
    return born.replace(year=born.year + age)
