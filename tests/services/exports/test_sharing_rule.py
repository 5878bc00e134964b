"""Whatever was said, given, settled, merged, protected and set: nothing leaves that the rule withholds, and who stays out is named with a reason.

The rule is written here a second time, from what the law and the families' notice say and not from the product. One unit is filled
once; each example is a transaction that is rolled back.
"""

import contextlib
import csv
import dataclasses
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupil_desk.domain.learning.next_steps import Destination
from pupil_desk.domain.notices.addressees import Edition, NoticeIssue
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice, WishStep
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.export import Ask, Format, Selection, Writing
from pupil_desk.services.exports.layouts import csv_files
from pupil_desk.services.exports.post_16 import POST_16
from pupil_desk.services.exports.youth_support import YOUTH_SUPPORT
from pupil_desk.services.learning import next_steps
from pupil_desk.store.rows import merging
from pupil_desk.store.tables import choices, notices, protections, wishes
from pupil_desk.store.tables import settings as settings_store
from tests.services.exports.made import DAY, MOMENT, Unit, new_unit

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


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    unit = new_unit(tmp_path_factory.mktemp("rule") / "unit" / "unit.pupildesk")
    stay, pupils, families = Enrolment(status="S", start_date=date(2020, 1, 6)), [], []
    for number, dob in enumerate([*BORN, BORN[0], BORN[0]]):
        of_roll = {
            6: Enrolment(status="G", start_date=date(2020, 1, 6)),
            7: Enrolment(status="C", start_date=date(2020, 1, 6), end_date=date(2020, 7, 1)),
        }
        pupil = _pupil(unit, number, dob, of_roll.get(number, stay))
        mine = [
            unit.contact(pupil, f"Parent{number}{place}", forename="Pa", parental_responsibility=True, address_1=f"{number}{place} Elm Row")
            for place in (0, 1)
        ]
        if number < len(BORN):
            pupils.append(pupil)
            families.append((mine[0], mine[1]))
        for college in (*(COLLEGES[number] if number < len(BORN) else ["Guest College"]),):
            next_steps.add_destination(
                unit.desk, Destination(pupil_id=pupil.id, kind="offer", activity="230", provider=college, source=f"SOURCE{number}")
            )
    with unit.desk.vault.transaction():
        notices.add_edition(
            unit.desk.vault, Edition(id="e", number=1, made_on=DAY, digest="", wording="", unit="", catalogue="{}", recipients="{}")
        )
    yield School(unit.desk, pupils, families)
    unit.desk.vault.close()


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


_files = st.builds(
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
        wishes.add(vault, [*steps, *back], moment=LATER, actor="x")
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


def people(file: File) -> list[tuple[int, ...]]:
    """The people: the records of each, the one kept first."""
    if file.merged is None:
        return [(one,) for one in range(len(BORN))]
    kept, gone = file.merged
    return [(one, gone) if one == kept else (one,) for one in range(len(BORN)) if one != gone]


def level_of(file: File, records: tuple[int, ...], recipient: str) -> str:
    """The strictest of what the records say. Whatever came after the merging stands in all of them."""
    order = ["none", "minimum", "full"]
    return min((_of_record(file, records, record, recipient) for record in records), key=order.index)


def _of_record(file: File, records: tuple[int, ...], record: int, recipient: str) -> str:
    born, youth = BORN[records[0]], recipient == "youth-support"
    sixteenth = birthday(born, 16)
    mine = [
        w for w in file.words if w.recipient == recipient and w.on <= file.day and (w.who == record or (w.who in records and not w.early))
    ]
    withheld = "minimum" if youth else "none"
    if youth and file.day < birthday(born, 13):
        return "none"
    if file.day >= sixteenth:
        own = [(w.on, w.choice == "restrict") for w in mine if w.by == "pupil" and w.on >= sixteenth]
        if not own:
            return file.unasked if youth else file.unasked_post_16
        return withheld if max(own)[1] else "full"
    restricts = _parents(file, records, recipient, [w for w in mine if w.by == "parent" and w.on < sixteenth])
    if restricts:
        return withheld if any(restricts) else "full"
    if not youth:
        return "none"
    told = any(
        who in records and (who == record or not first) and place is not None and on <= file.day and variant != "easy"
        for who, place, on, variant, first in file.given
    )
    return "full" if told else file.no_notice


def _parents(file: File, records: tuple[int, ...], recipient: str, words: Iterable[Word]) -> list[bool]:
    """Whether each parent's last word restricts; what was settled last stands for all that was said until then."""
    settled = [
        (one.on, n, one.choice == "restrict")
        for n, one in enumerate(file.settled)
        if one.who in records and one.recipient == recipient and one.on <= file.day and not one.back
    ]
    since = max(settled) if settled else None
    last: dict[object, tuple[date, bool]] = {}
    for word in words:
        if since is None or word.on > since[0]:
            giver = (word.who, word.giver) if isinstance(word.giver, int) else " ".join((word.giver or "").lower().split())
            last[giver] = max(last.get(giver, (date.min, False)), (word.on, word.choice == "restrict"))
    return [restricts for _on, restricts in last.values()] + ([since[2]] if since else [])


def is_protected(file: File, records: tuple[int, ...]) -> bool:
    return any(
        who in records and any(since <= day and (until is None or day <= until) for day in (file.day, DAY))
        for who, since, until in file.protected
    )


# -- what is held to it


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(file=_files)
def test_nothing_leaves_that_the_rule_withholds(school: School, file: File) -> None:
    with on_file(school, file):
        confirm = frozenset(school.pupils[one].id for one in file.confirm)
        for form in (Format.CSV, Format.XLSX):
            _hold_youth_support(school, file, YOUTH_SUPPORT.select(school.desk, Ask(day=file.day, confirm=confirm, format=form)))
        ask = Ask(day=file.day, confirm=confirm, provider=file.provider)
        _hold_post_16(school, file, POST_16.select(school.desk, ask), ask)


def _hold_youth_support(school: School, file: File, selection: Selection) -> None:
    told = {one.pupil.id: one for one in selection.exported}
    left = {one.pupil.id: one for one in selection.left_out}
    assert len(told) == len(selection.exported)
    assert not told.keys() & left.keys()
    assert told.keys() | left.keys() == {school.pupils[records[0]].id for records in people(file)}
    for records in people(file):
        pupil, level = school.pupils[records[0]], level_of(file, records, "youth-support")
        held = is_protected(file, records) and records[0] not in file.confirm
        assert (pupil.id in told) is (level != "none" and not held), (level, records)
        if pupil.id in left:
            assert left[pupil.id].reason.startswith("Protected") is (level != "none")
            continue
        one = told[pupil.id]
        assert one.level == level
        may = LEAST | {f"parent_{name}" for name in LEAST} if file.with_parent else LEAST
        for row in one.rows:
            headings = [column.heading for column in selection.sheets[row.sheet].columns]
            filled = {heading for heading, cell in zip(headings, row.cells, strict=True) if cell not in (None, "")}
            assert level == "full" or (filled <= may and row.sheet == 0)
            assert (level == "full") is ("phone" in filled or row.sheet > 0)
        assert level == "full" or not [item for item in one.items if not item.startswith(("pupil.", "contact."))]


def _hold_post_16(school: School, file: File, selection: Selection, ask: Ask) -> None:
    left = {one.pupil.id: one for one in selection.left_out}
    files = csv_files(Writing(school.desk, POST_16, ask, selection, "post-16", MOMENT))
    inside = {
        Path(one.name).stem.removeprefix("post-16").strip("-"): list(csv.DictReader(io.StringIO(one.data.decode("utf-8-sig"), newline="")))
        for one in files
    }
    expected: dict[str, set[str]] = {}
    for records in people(file):
        pupil, level = school.pupils[records[0]], level_of(file, records, "post-16")
        parts = {_part(name) for record in records for name in COLLEGES[record]}
        asked = parts if file.provider is None else parts & {"wyming-college"}
        held = is_protected(file, records) and records[0] not in file.confirm
        goes = level == "full" and bool(asked) and not held
        assert (pupil.id in left) is not goes, (level, records)
        for part in asked if goes else ():
            expected.setdefault(part, set()).add(pupil.surname)
    assert {part: {row["surname"] for row in rows} for part, rows in inside.items() if rows} == expected
    assert all(set(row) == POST_16_COLUMNS for rows in inside.values() for row in rows)


def _part(name: str) -> str:
    return {"wyming  collège": "wyming-college", "Łukasz’ Forge": "lukasz-forge"}.get(name, name.lower().replace(" ", "-"))
