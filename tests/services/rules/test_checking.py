"""A pack in a wrong shape is refused with a sentence: every file is read by what reads the program's own."""

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefacts import rule_files
from pupil_desk.basics.rulefiles import SHIPPED, RuleSet, in_force
from pupil_desk.services.rules import packs, touched
from pupil_desk.services.rules.checking import require_readable
from tests.services.exports.made import Unit
from tests.services.rules.made import a_pack, changed, shipped

pytestmark = pytest.mark.usefixtures("ours")


def test_all_that_ships_is_taken() -> None:
    require_readable(rule_files(), SHIPPED)


WRONG = [
    ("census/collection.toml", 'attendance = ["01-01", "easter-sunday"]', 'attendance = ["01-01", "whitsun"]', "what reads it does not take it"),
    ("census/collection.toml", 'attendance = ["01-01", "easter-sunday"]', 'attendance = ["05-01", "01-01"]', "ends before it begins"),
    ("census/collection.toml", "month = 10", "month = 13", "what reads it does not take it"),
    ("census/columns.toml", 'item = "pupil.former_upn"', 'item = "pupil.former_number"', "there is no item pupil.former_number"),
    ("census/columns.toml", '"yssa", rule = "yssa"', '"yssa", rule = "guess"', "nothing works out guess"),
    ("codes/sex.toml", 'label = "Male" }', 'label = "" }', "a code has no words"),
    ("codes/sex.toml", 'label = "Male" }', 'label = "Male", category = "attending" }', "no code is of the category attending"),
    ("codes/sex.toml", 'label = "Male" }', 'label = "Male", since = 2026-09-01, until = 2026-08-01 }', "a code ends before it begins"),
    ("codes/sex.toml", "look_again = ", "look_later = ", "look_again is missing"),
    ("codes/sex.toml", 'sure = "high"', 'sure = "quite"', "does not say its source, the day checked, how sure we are"),
    ("codes/sex.toml", '"M" = { label = "Male" }\n', "", "codes.M is missing"),
    ("codes/redaction.toml", 'proposed = "withhold", alone = "withhold", why = "It tells of another pupil."', 'proposed = "hide", alone = "withhold", why = "x"', "what reads it"),
    ("ctf/elements.txt", "| held  | pupil.former_upn ", "| maybe | pupil.former_upn ", "what reads it"),
    ("ctf/elements.txt", "BasicDetails/FormerUPN ", "BasicDetails/FormerUP ", "BasicDetails/FormerUPN is missing"),
    ("lrs/batch.toml", '{moment:%d%m%Y%H%M}', "{moment:%d%m%Y%H%M", "what reads it does not take it"),
    ("recipients/recipients.toml", 'setting = "told_schools"', 'setting = "told_nobody"', "there is no setting told_nobody"),
    ("retention/classes.toml", 'parts = [{ event = "closed", years = 6 }]', 'parts = [{ event = "left", years = 6 }]', "counts from what is not known of it"),
    ("retention/classes.toml", '{ event = "entry", years = 6 }]', '{ event = "entry", years = 5 }]', "The law keeps it at least 6 years"),
    ("retention/classes.toml", 'event = "closed"', 'event = "opened"', "what reads it does not take it"),
    ("quality/limits.toml", "number = 28", "number = 0", "0 is no such number"),
    ("plans/annual_review.toml", "months = 12", "months = 0", "0 is no such number"),
    ("plans/kinds.toml", 'item = "strengths"', 'item = "loves"', "there is no loves"),
    ("incidents/duties.toml", "adult = 20", "adult = 0", "0 is no such number"),
    ("attendance/leave.toml", 'not_given = "G"', 'not_given = "H9"', "there is no code H9"),
    ("unit/kinds.toml", 'day_six_suspension = "authority"', 'day_six_suspension = "someone"', "what reads it"),
    ("consents/10-photographs.toml", "competent_from = 12", "competent_from = 99", "Enter an age from 3 to 18"),
    ("words/en/suspension_letter.md", "{circumstances}", "{upn}", "it must have"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "words"), WRONG)
def test_a_wrong_shape_is_refused_and_changes_nothing(unit: Unit, path: str, old: str, new: str, words: str) -> None:
    text = shipped(path).replace(old, new, 1)
    assert text != shipped(path)
    with pytest.raises(WrongUse, match=words) as refused:
        packs.take(unit.desk, a_pack({path: text}), name="stick.rules")
    assert refused.value.message.startswith(f"stick.rules is a pack of rules that is built otherwise than this program’s own: in {path} ")
    assert refused.value.message.endswith(". Nothing was changed. Ask whoever sent it for another.")
    assert in_force() is SHIPPED
    assert unit.count("rule_pack") == 0


def test_one_by_which_the_program_could_not_work_on_the_records_is_refused(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object) -> object:
        if in_force().texts:
            raise KeyError("x")
        return {}

    monkeypatch.setattr(touched, "_erasure", fails)
    with pytest.raises(WrongUse, match="could not work on your records"):
        packs.take(unit.desk, a_pack({"codes/sex.toml": changed("codes/sex.toml", '"Male"', '"Man"')}))


def test_a_file_is_read_with_the_others_of_its_pack() -> None:
    """A new code and what names it come together."""
    codes = shipped("codes/activity.toml") + '"990" = { label = "A new way", category = "education" }\n'
    offers = shipped("codes/suitable_offer.toml") + '"990" = { label = "A new way" }\n'
    texts = {"codes/activity.toml": codes, "codes/suitable_offer.toml": offers}
    require_readable(texts, RuleSet(texts))
