"""Each of the 70 acceptance tests has what shows it, and the help says what was tried and no more."""

import re

import pytest

from tests.acceptance import record, table
from tests.acceptance.outcome import Outcome

_MARKS = table.marks()
_ON_ANY_PC = [number for number in table.NUMBERS if not table.NUMBERS[number].windows]


def test_all_seventy_are_there() -> None:
    assert sorted(table.NUMBERS) == list(range(1, 71))
    assert [number for number in table.NUMBERS if table.NUMBERS[number].windows] == [12, 45, 66, 67, 68, 69, 70]


@pytest.mark.parametrize("number", _ON_ANY_PC)
def test_each_has_a_test_and_a_protection_without_which_that_fails(number: int) -> None:
    assert any(number in mark.numbers for mark in _MARKS), "mark the tests that show it"
    assert table.NUMBERS[number].without, "name what protects it"


def test_no_test_is_marked_with_a_number_that_there_is_not() -> None:
    assert {number for mark in _MARKS for number in mark.numbers} <= set(table.NUMBERS)


def test_what_was_tried_is_no_less_than_the_tests_ask() -> None:
    for number, run in record.kept().items():
        asked = sum(mark.full for mark in _MARKS if number in mark.numbers)
        assert run.tried >= asked, f"{number}: {run.tried} of {asked}"


def test_the_help_shows_what_the_record_says() -> None:
    assert record.table() in record.HELP.read_text(encoding="utf-8")


def test_what_could_not_begin_is_no_failure_and_what_was_not_run_does_not_hold() -> None:
    passed = {"outcome": "passed", "tried": 5, "seconds": 1.0, "why": ""}
    failed, error, skipped = ({**passed, "outcome": outcome} for outcome in ("failed", "error", "skipped"))
    assert Outcome({"a": passed, "b[1]": passed}).holds
    assert Outcome({"a": passed, "b[1]": failed, "b[2]": passed}).failing == {"b"}
    assert Outcome({"a": error}).failing == set()
    assert not Outcome({"a": error}).holds
    assert not Outcome({"a": passed, "b": skipped}).holds
    assert not Outcome({}).holds
    assert "NOT RUN" in Outcome({"b": skipped}).lost


def test_what_is_named_of_the_installers_trial_is_a_line_of_it() -> None:
    trial = "".join(file.read_text(encoding="utf-8") for file in (table.ROOT / "installers" / "windows" / "trial").glob("*.py"))
    named = [words for number in table.NUMBERS.values() for words in re.findall("“(.+?)” of the installer", number.windows)]
    assert named
    assert [words for words in named if f'"{words}' not in trial] == []


@pytest.mark.parametrize("number", [number for number in table.NUMBERS if table.NUMBERS[number].without])
def test_what_is_taken_out_is_there(number: int) -> None:
    """A place that got another name would else be found out by the long run alone."""
    for protection in table.NUMBERS[number].without:
        with pytest.MonkeyPatch.context() as patch:
            protection.out(patch)
