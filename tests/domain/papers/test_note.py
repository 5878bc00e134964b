"""A note: its days, and what is always restricted."""

from datetime import date

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.papers.note import Note, always_restricted, check_note

TODAY = date(2026, 11, 24)


def note(**more: object) -> Note:
    return Note(category="behaviour", text="Left the room", day=TODAY, **more)  # type: ignore[arg-type]


def test_a_day_to_come_is_no_day_of_a_note() -> None:
    (problem,) = check_note(Note(category="behaviour", text="Left", day=date(2026, 11, 25)), TODAY)
    assert (problem.column, problem.code) == ("day", "future_date")
    assert check_note(note(), TODAY) == ()


def test_a_note_is_looked_at_again_on_its_day_or_after() -> None:
    assert [p.column for p in check_note(note(follow_up=date(2026, 11, 23)), TODAY)] == ["follow_up"]
    assert check_note(note(follow_up=TODAY), TODAY) == ()


@pytest.mark.parametrize(("more", "day"), [({}, TODAY), ({"done_on": TODAY}, None), ({"struck": "Twice entered"}, None)])
def test_a_follow_up_is_open_until_it_is_done_or_the_note_struck_out(more: dict[str, object], day: date | None) -> None:
    assert note(follow_up=TODAY, **more).open_follow_up == day


def test_only_a_safeguarding_concern_is_always_restricted() -> None:
    assert [code.label for code in codelist("note_category").codes.values() if always_restricted(code.code)] == ["Safeguarding concern"]
