"""The table that a trial ends with, and the steps that fill it."""

import io
from collections.abc import Iterator

import pytest

from installers.steps import Failed, taken
from installers.table import Line, all_well, as_text, print_table

GOOD, BAD, TOLD = Line("self-test", "18 of 18", True), Line("sockets", "one\ntwo", False), Line("size", "47 MB", None)


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
    assert not all_well([GOOD, BAD])
    assert all_well([GOOD, TOLD])


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

    lines = taken([first_look, second_look, third_look], "PC")
    assert lines == [GOOD, Line("first look", "nobody answered", False), Line("second look", "ValueError: odd", False), Line("PC", "", True)]
    assert "third look ..." in capsys.readouterr().out
