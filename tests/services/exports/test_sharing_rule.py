"""Whatever was said, given, settled, merged, protected and set: nothing leaves that the rule withholds, and who stays out is named with a reason.

The rule is written here a second time, from what the law and the families' notice say and not from the product. One unit is filled
once; each example is a transaction that is rolled back.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from pupil_desk.domain.learning.next_steps import Destination
from pupil_desk.domain.notices.addressees import Edition
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.services.exports.export import Ask, Format, Selection, Writing
from pupil_desk.services.exports.layouts import csv_files
from pupil_desk.services.exports.post_16 import POST_16
from pupil_desk.services.exports.youth_support import YOUTH_SUPPORT
from pupil_desk.services.learning import next_steps
from pupil_desk.store.tables import notices
from tests.services.exports.made import DAY, MOMENT, new_unit
from tests.services.exports.sharing_files import (
    BORN,
    COLLEGES,
    LEAST,
    POST_16_COLUMNS,
    File,
    School,
    Word,
    _pupil,
    birthday,
    files,
    on_file,
)


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
@given(file=files)
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
