"""What typed signs mean, and what undo takes back: no window needed."""

from datetime import date

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.register.attendance import CODES, Mark, Session
from pupil_desk.ui.pages.register.period import step_from, week_of
from pupil_desk.ui.pages.register.sheet import SignReading, UnsavedMarks, read_sign

DAY = date(2026, 11, 24)
OFFERED = [code.code for code in codelist(CODES).choices(DAY)]


@pytest.mark.parametrize(
    ("waiting", "sign", "read"),
    [
        ("", "l", SignReading(code_here="L")),
        ("", "/", SignReading(code_here="/")),
        ("", "\\", SignReading(code_here="/")),
        ("", "c", SignReading(waiting="C")),
        ("C", "2", SignReading(code_here="C2")),
        ("C", "l", SignReading(code_here="C", after="L")),
        ("", "j", SignReading(waiting="J")),
        ("J", "1", SignReading(code_here="J1")),
        ("", "y", SignReading(waiting="Y")),
        ("Y", "7", SignReading(code_here="Y7")),
        ("Y", "8", SignReading()),
        ("", "f", SignReading()),
        ("", "9", SignReading()),
    ],
)
def test_a_code_is_taken_as_soon_as_it_is_plain(waiting: str, sign: str, read: SignReading) -> None:
    assert read_sign(waiting, sign, OFFERED, Session.AM) == read


def test_either_slash_is_present_in_the_afternoon_too() -> None:
    assert read_sign("", "/", OFFERED, Session.PM).code_here == "\\"


def test_every_code_offered_can_be_typed() -> None:
    for code in OFFERED:
        session = Session.PM if code == "\\" else Session.AM
        first = read_sign("", code[0], OFFERED, session)
        assert first.code_here == code or (first.waiting == code) or read_sign(first.waiting, code[1:], OFFERED, session).code_here == code


def mark(pupil: str, code: str) -> Mark:
    return Mark(pupil_id=pupil, day=DAY, session=Session.AM, code=code)


def test_undo_takes_back_step_by_step() -> None:
    typed = UnsavedMarks()
    typed.add([mark("a", "/"), mark("b", "/")])
    typed.add([mark("b", "L")])
    typed.take_out([mark("a", "/").key])
    assert [(m.pupil_id, m.code) for m in typed.marks] == [("b", "L")]
    typed.undo()
    typed.undo()
    assert {m.pupil_id: m.code for m in typed.marks} == {"a": "/", "b": "/"}
    typed.undo()
    assert not typed
    assert typed.undo() == []


def test_a_draft_gives_back_what_was_typed() -> None:
    typed, again = UnsavedMarks(), UnsavedMarks()
    typed.add([Mark(pupil_id="a", day=DAY, session=Session.PM, code="L", minutes_late=12, note="Bus")])
    again.take_draft(typed.draft())
    assert again.marks == typed.marks


def test_a_step_leaves_weekends_out_and_a_week_is_monday_to_friday() -> None:
    friday = date(2026, 11, 27)
    assert step_from(friday, 1, is_week=False) == date(2026, 11, 30)
    assert step_from(date(2026, 11, 30), -1, is_week=False) == friday
    assert step_from(friday, 1, is_week=True) == date(2026, 12, 4)
    assert week_of(friday) == (date(2026, 11, 23), friday)
