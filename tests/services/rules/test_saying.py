"""Every rule says what it says: in words, from its first letter, with long lists counted."""

import pytest

from pupil_desk.basics.rulefacts import RuleFacts, all_facts
from pupil_desk.basics.rulefiles import RuleSet, apart
from pupil_desk.services.rules.saying import said, said_briefly
from tests.services.rules.made import CENSUS, changed

DFE = "When they are told: by every unit; Law: Education Act 1996, section 537A; Lawful basis: legal obligation"


def rule(name: str) -> RuleFacts:
    return next(facts for facts in all_facts() if facts.name == name)


@pytest.mark.parametrize(
    ("name", "words", "briefly"),
    [
        ("retention/classes.toml: classes.name", "As long as anything is kept that names the person", ""),
        ("quality/limits.toml: temporary_upn_days", "28", ""),
        ("census/collection.toml: rules.yssa_age", "12", ""),
        ("census/collection.toml: rules.suspensions_told", "In force, Served", ""),
        ("census/collection.toml: rules.grades", "9, A*, 8, 7, A, 6, B, 5, 4, C, 3, D and 6 more", "9, A*, 8 and 15 more"),
        ("codes/sex.toml", "Male; Female; Unknown", ""),
        (
            "codes/note_category.toml",
            "Contact with the family; Behaviour; Achievement; Attendance, looked into; Health; Safeguarding concern; For the schools’ week; Other",
            "8 codes",
        ),
        ("codes/ap_entry_reason.toml: codes.NEW", "Code NEW", ""),
        ("codes/register_law.toml", "Each rule of it stands on a line of its own", ""),
        ("words/en/copy_letter.md", "Copy letter: a text of 139 words", ""),
        (
            "census/columns.toml: sheets.pupilonroll.columns.youngcarer",
            "What is written there: Young carer; Code list: Young carer; Censuses that ask for it: spring",
            "",
        ),
        ("recipients/recipients.toml: dfe", f"{DFE}; What it is for: for the school census", f"{DFE}; and 1 more"),
    ],
)
def test_what_a_rule_says(name: str, words: str, briefly: str) -> None:
    assert (said(rule(name)), said_briefly(rule(name))) == (words, briefly or words)


def test_what_a_pack_has_put_in_force_is_what_is_said() -> None:
    with apart(RuleSet({CENSUS: changed(CENSUS, "yssa_age = 12", "yssa_age = 13")})):
        assert said(rule("census/collection.toml: rules.yssa_age")) == "13"


def test_every_rule_is_told_within_bounds() -> None:
    for facts in all_facts():
        for words, longest in ((said(facts), 700), (said_briefly(facts), 150)):
            assert words == words.strip()
            assert 0 < len(words) <= longest, facts.name
            assert words[0] == words[0].upper(), facts.name
            assert not set("|{}") & set(words), facts.name
            assert "; ;" not in words, facts.name
