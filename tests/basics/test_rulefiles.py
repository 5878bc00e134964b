"""Files of rules: what is in force, for whom, and that what is remembered is remembered for the rules that it came from."""

import dataclasses
import threading
from collections.abc import Iterator

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefiles import SHIPPED, OfRules, RuleSet, apart, by_rules, in_force, put_in_force, rule_data, rule_text

SEX = "codes/sex.toml"
SHIPS = resource("codes", "sex.toml").read_text("utf-8")
OTHER = RuleSet({SEX: SHIPS.replace('"Male"', '"Man"')})


@pytest.fixture(autouse=True)
def shipped() -> Iterator[None]:
    """The rules as they ship are in force, whatever unit an earlier test left open."""
    before = in_force()
    put_in_force(SHIPPED)
    yield
    put_in_force(before)


def male() -> str:
    return codelist("sex").label_of("M")


def test_other_rules_are_in_force_at_once_and_until_they_are_taken_back() -> None:
    with apart():
        assert male() == "Male"
        put_in_force(OTHER)
        assert male() == "Man"
        assert rule_text("codes", "sex.toml") == OTHER.texts[SEX]
        put_in_force(SHIPPED)
        assert male() == "Male"
    assert in_force() is SHIPPED


def test_rules_of_a_unit_that_is_over_are_in_force_no_more_and_do_not_come_back() -> None:
    over = [False]
    put_in_force(OTHER, lambda: over[0])
    assert (in_force(), male()) == (OTHER, "Man")
    over[0] = True
    assert (male(), in_force()) == ("Male", SHIPPED)
    over[0] = False
    assert in_force() is SHIPPED


def test_rules_apart_are_of_one_thread() -> None:
    with apart(OTHER):
        seen: list[str] = []
        other = threading.Thread(target=lambda: seen.append(male()))
        other.start()
        other.join()
        assert (male(), seen) == ("Man", ["Male"])


def test_what_is_remembered_is_worked_out_once_for_each_set_of_rules() -> None:
    asked: list[RuleSet] = []

    @by_rules
    def look(_name: str) -> str:
        asked.append(in_force())
        return male()

    assert [look("a"), look("a")] == ["Male", "Male"]
    with apart(OTHER):
        assert [look("a"), look("a"), look("b")] == ["Man"] * 3
    assert asked == [SHIPPED, OTHER, OTHER]


def test_the_days_of_the_facts_are_no_rules() -> None:
    assert rule_data("codes", "sex.toml").keys() == {"label", "source", "sure", "codes"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Thing:
    words: OfRules[str] = OfRules()
    more: OfRules[str] = OfRules("none")


def test_what_a_file_lays_down_is_asked_each_time() -> None:
    thing = Thing(words=male)
    assert (thing.words, thing.more) == ("Male", "none")
    with apart(OTHER):
        assert thing.words == "Man"
    assert dataclasses.replace(thing, more="more").more == "more"


def test_what_has_no_default_must_be_given() -> None:
    with pytest.raises(TypeError, match="words"):
        Thing()  # type: ignore[call-arg]
