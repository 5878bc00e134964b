"""What is read of all marks at once is what the register says of each session: amendments, marks taken back, people with several records."""

import dataclasses
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.domain.register.attendance import Mark, Session, codes_of
from pupil_desk.domain.register.authority_returns import longest_run
from pupil_desk.services.duplicates import merging
from pupil_desk.store.tables import attendance_counts, enrolments, register, standing
from tests.services.exports.made import Unit, new_unit

FIRST, DAYS = date(2026, 9, 7), 30
LAST = FIRST + timedelta(days=DAYS - 1)
MISSED, BETWEEN = codes_of("unauthorised"), codes_of("not possible", "administrative")
NOTES = (None, None, None, "rang – Łukasz’s aunt", "two\nlines", "2026-09-08 AMN")


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unit]:
    """Forty pupils with marks as chance will have them, many amended, some taken back; two of them have another record each."""
    made = new_unit(tmp_path_factory.mktemp("standing") / "unit" / "unit.pupildesk")
    pick, vault = random.Random(7), made.desk.vault
    ids = [made.pupil(f"Ash{number}", "Ann", date(2012, 1, 5)).id for number in range(43)]
    days = [FIRST + timedelta(days=number) for number in range(DAYS)]

    def some(pupil_id: str, share: float, codes: str) -> list[Mark]:
        return [
            Mark(
                pupil_id=pupil_id,
                day=day,
                session=session,
                code=pick.choice(codes),
                minutes_late=pick.choice((None, None, 0, 7)),
                note=pick.choice(NOTES),
            )
            for day in days
            for session in Session
            if pick.random() < share
        ]

    with vault.transaction():
        entering = register.begin_entering(
            vault, moment="2026-10-07T10:00:00Z", actor="b", name="B", title="T", source="form", act="", marks=1
        )
        marks = [
            mark
            for pupil_id in ids[:40]
            for mark in some(pupil_id, pick.choice((0.3, 0.9, 1)), pick.choice(("/L", "ND", "NNNND/", "IIIID", "NOUGDI/")))
        ]
        register.add_marks(vault, ((mark, False) for mark in marks), entering)
        for number in (1, 2):
            again = [
                Mark(pupil_id=mark.pupil_id, day=mark.day, session=mark.session, code=pick.choice(("N", "D", "I", "/", "")))
                for mark in marks
                if pick.random() < 0.06 / number
            ]
            before = {
                (row["pupil_id"], row["day"], row["session"]) for row in vault.rows("SELECT pupil_id, day, session FROM mark_amendment")
            }
            named = [mark for mark in again if number == 1 or (mark.pupil_id, mark.day.isoformat(), str(mark.session)) in before]
            register.add_amendments(vault, ((mark, False, number, "wrong") for mark in named), entering, to_named_record=True)
        for pupil_id, morning, was, now in zip(
            ids[40:], "NNO", ("/", "D", "/"), ("N", "O", ""), strict=True
        ):  # a run only since the afternoons were amended
            entries = [
                Mark(pupil_id=pupil_id, day=day, session=session, code=code)
                for day in days[:12]
                for session, code in zip(Session, (morning, was), strict=True)
            ]
            register.add_marks(vault, ((mark, False) for mark in entries), entering)
            amended = [dataclasses.replace(mark, code=now) for mark in entries if mark.session is Session.PM]
            register.add_amendments(vault, ((mark, False, 1, "wrong") for mark in amended), entering, to_named_record=True)
    for kept, other in ((ids[0], ids[1]), (ids[3], ids[2])):
        merging.merge(made.desk, kept, other, reason="One girl")
    yield made
    made.desk.vault.close()


def said(unit: Unit) -> dict[str, list[tuple[object, ...]]]:
    """What stands, session by session, as the register itself tells it."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for row in register.between(unit.desk.vault, FIRST, LAST - timedelta(days=2)):
        found.setdefault(row["pupil_id"], []).append((row["day"], row["session"], row["code"], row["minutes_late"], row["note"]))
    return {pupil_id: sorted(marks, key=lambda mark: (str(mark[0]), str(mark[1]))) for pupil_id, marks in found.items()}


def test_the_texts_hold_what_stands(unit: Unit) -> None:
    vault, until, stands = unit.desk.vault, LAST - timedelta(days=2), said(unit)
    found = standing.by_pupil(vault, FIRST, until)
    assert {pupil_id: [*marks] for pupil_id, marks in found.items()} == stands
    assert {pupil_id: len(marks) for pupil_id, marks in found.items()} == {pupil_id: len(marks) for pupil_id, marks in stands.items()}
    some = frozenset(sorted(stands)[:5])
    with_code = {who: [mark for mark in marks if mark[2] in "ID"] for who, marks in stands.items() if who in some}
    found = standing.by_pupil(vault, FIRST, until, codes=("I", "D"), ids=some)
    assert {pupil_id: [*marks] for pupil_id, marks in found.items()} == {who: marks for who, marks in with_code.items() if marks}
    assert standing.by_pupil(vault, FIRST, until, ids=()) == {}


def test_what_is_counted_is_what_stands(unit: Unit) -> None:
    vault, until, stands = unit.desk.vault, LAST - timedelta(days=2), said(unit)
    stays = enrolments.by_pupil(vault)
    here = {
        who: Counter(str(mark[2]) for mark in marks if on_roll(stays[who], date.fromisoformat(str(mark[0]))))
        for who, marks in stands.items()
    }
    assert {who: codes for who, codes in attendance_counts.by_code(vault, FIRST, until).items() if codes} == {
        who: codes for who, codes in here.items() if codes
    }
    for ids in (None, frozenset(sorted(stands)[:5])):
        counted = attendance_counts.count_sessions(vault, FIRST, until, (("I",), ("D", "N")), ids)
        wanted = {
            who: (codes.total(), [codes["I"], codes["D"] + codes["N"]])
            for who, codes in here.items()
            if codes and (ids is None or who in ids)
        }
        assert {who: (one.rows, one.groups) for who, one in counted.items()} == wanted


def test_nobody_with_a_run_is_passed_over_and_most_others_are(unit: Unit) -> None:
    vault, until, stands = unit.desk.vault, LAST - timedelta(days=2), said(unit)
    runs = {
        who: len(longest_run(marks.codes(), [FIRST + timedelta(days=n) for n in range(DAYS)], MISSED))
        for who, marks in standing.by_pupil(vault, FIRST, until).items()
    }
    for least in (3, 6, 10):
        found = set(standing.with_a_run(vault, FIRST, until, least, codes=MISSED, between=BETWEEN, ids=stands.keys()))
        with_one = {who for who, run in runs.items() if run >= least}
        assert with_one <= found < stands.keys()
        assert len(with_one) > 1
    assert standing.with_a_run(vault, FIRST, until, 3, codes=MISSED, between=BETWEEN, ids=()) == []
