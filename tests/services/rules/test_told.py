"""Values of rules are told in words: no key, no code by itself, no date as a file has it."""

from datetime import date

import pytest

from pupil_desk.basics.rulefacts import all_facts, overdue
from pupil_desk.basics.rulefiles import RuleSet
from pupil_desk.services.rules.differences import changes
from pupil_desk.services.rules.told import told
from tests.services.rules.made import CENSUS, changed, shipped


@pytest.mark.parametrize(
    ("path", "key", "value", "words"),
    [
        ("census/collection.toml", "attendance", ["-1/08-01", "-1/12-31"], "1 August of the year before to 31 December of the year before"),
        ("census/collection.toml", "suspensions", ["-1/easter-monday", "07-31"], "Easter Monday of the year before to 31 July"),
        ("census/collection.toml", "weekday", 3, "Thursday"),
        ("census/collection.toml", "suspensions_told", ["in-force", "served"], "In force, Served"),
        ("census/collection.toml", "yssa_age", 12, "12"),
        ("census/columns.toml", "held", False, "no"),
        ("census/columns.toml", "terms", ["AUT", "SUM"], "autumn, summer"),
        ("retention/classes.toml", "event", "closed", "The day the case is closed"),
        ("retention/classes.toml", "years", 1, "1 year"),
        ("unit/kinds.toml", "day_six_permanent", "home-authority", "the authority of the area where the pupil lives"),
        ("consents/10-photographs.toml", "lapses", "school-year", "The end of the school year"),
        ("recipients/recipients.toml", "minimum", ["pupil.dob"], "Date of birth"),
        ("recipients/recipients.toml", "setting", "told_schools", "Main and commissioning schools"),
        ("codes/sex.toml", "checked", date(2027, 7, 1), "1 July 2027"),
        ("codes/sex.toml", "label", "Male", "Male"),
    ],
)
def test_a_value_is_told_in_words(path: str, key: str, value: object, words: str) -> None:
    assert told(path, key, value) == words


def test_a_change_is_told_by_what_it_is_of() -> None:
    later = changed(CENSUS, "yssa_age = 12", "yssa_age = 13").replace("look_again = 2027-06-01", "look_again = 2027-07-01", 1)
    said = {change.label: (change.old, change.new) for change in changes(RuleSet({CENSUS: shipped(CENSUS)}), RuleSet({CENSUS: later}))}
    assert said == {
        "School census, days and rules: Day to look again": ("1 June 2027", "1 July 2027"),
        "School census, days and rules: Age from which the answer on youth support is told": ("12", "13"),
    }


def test_rules_past_their_day_are_told_in_a_sentence_and_not_all_by_name() -> None:
    rules = [rule for rule in all_facts() if rule.path == "codes/regulator.toml"]
    assert overdue([]) == "Every rule is within its day. The help says where each rule comes from."
    assert overdue(rules).splitlines() == [
        "1 rule is past the day on which it was to be looked at again:",
        "Who watches over data protection, checked on 28 November 2026",
        "Ask whoever looks after Pupil Desk for newer ones.",
    ]
    lines = overdue(all_facts()).splitlines()
    assert lines[0] == f"{len(all_facts())} rules are past the day on which they were to be looked at again:"
    assert len(lines) == 13
    assert lines[-2].endswith(" files of rules more: see Settings, Rules.")
