"""The table that a trial ends with, and the steps that fill it."""

import io
from collections.abc import Iterator

import pytest

from installers.eyes import NotSeen
from installers.steps import Failed, taken
from installers.table import FAULT, UNREAD, Line, as_text, print_table, status_of

GOOD, BAD, TOLD = Line("self-test", "18 of 18", True), Line("sockets", "one\ntwo", False), Line("size", "47 MB", None)
NOT_READ = Line("sign-in", "«Your password» was never seen", False, by_eye=True)


def test_each_line_stands_under_its_heading() -> None:
    text = as_text([GOOD, TOLD])
    assert text[0].split() == ["What", "Found", "Ok"]
    assert text[2] == f"self-test  18 of 18  {'ok'}"
    assert text[3] == "size       47 MB     -"
    assert text[-1] == "All 2 as they should be."


def test_what_is_not_well_is_counted_and_seen() -> None:
    to = io.StringIO()
    print_table([GOOD, BAD, TOLD], to)
    assert "1 not as it should be, of 3." in to.getvalue()
    assert "NOT OK" in to.getvalue()
    assert "NOT OK" not in "".join(as_text([GOOD, NOT_READ]))


@pytest.mark.parametrize(
    ("lines", "status", "sum_"),
    [
        ([GOOD, TOLD], 0, "All 2 as they should be."),
        ([GOOD, NOT_READ], UNREAD, "1 not read off the screen (look at the pictures), of 2."),
        ([GOOD, BAD], FAULT, "1 not as it should be, of 2."),
        ([NOT_READ, BAD, GOOD], FAULT, "1 not as it should be and 1 not read off the screen (look at the pictures), of 3."),
    ],
)
def test_the_exit_status_tells_what_the_eyes_missed_from_what_is_wrong(lines: list[Line], status: int, sum_: str) -> None:
    assert status_of(lines) == status
    assert as_text(lines)[-1] == sum_


def test_long_words_go_on_below() -> None:
    text = as_text([Line("x", "word " * 40, True)])
    assert max(map(len, text)) < 90
    assert sum("word" in line for line in text) == 4


def test_a_step_that_breaks_is_told_and_the_next_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    def first_look(_trial: str) -> Iterator[Line]:
        yield GOOD
        raise Failed("nobody answered")

    def second_look(_trial: str) -> Iterator[Line]:
        raise ValueError("odd")
        yield

    def third_look(trial: str) -> Iterator[Line]:
        yield Line(trial, "", True)

    def fourth_look(_trial: str) -> Iterator[Line]:
        yield TOLD
        raise NotSeen("«Home» was never seen")

    lines = taken([first_look, second_look, third_look, fourth_look], "PC")
    assert lines == [
        GOOD,
        Line("first look", "nobody answered", False),
        Line("second look", "ValueError: odd", False),
        Line("PC", "", True),
        TOLD,
        Line("fourth look", "«Home» was never seen", False, by_eye=True),
    ]
    assert "third look ..." in capsys.readouterr().out
