"""Another text of a file of rules is built as the one that ships, or it is refused with a sentence."""

import pytest

from pupil_desk.basics.places import resource
from pupil_desk.basics.rulefacts import rule_files
from pupil_desk.basics.ruleshapes import BuiltOtherwise, by_name, require_built_alike, values_in


def shipped(path: str) -> str:
    return resource(*path.split("/")).read_text("utf-8")


def test_what_ships_is_built_as_it_is() -> None:
    assert len(rule_files()) > 100
    for path in rule_files():
        require_built_alike(path, shipped(path))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("codes/sex.toml", '"Male" }', '"Male", until = 2026-12-31 }'),
        ("codes/sex.toml", "[codes]", '[codes]\n"X" = { label = "Another" }'),
        ("retention/classes.toml", "years = 25", "years = 26"),
        ("census/collection.toml", 'attendance = ["easter-monday"', 'attendance = ["04-01"'),
        ("words/en/suspension_letter.md", "I know that this may upset you", "This may upset you"),
    ],
)
def test_other_values_are_taken(path: str, old: str, new: str) -> None:
    assert old in shipped(path)
    require_built_alike(path, shipped(path).replace(old, new, 1))


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        ("codes/sex.toml", '"M" = { label = "Male" }', "", "codes.M is missing"),
        ("codes/sex.toml", 'label = "Male"', "label = 3", "codes.M.label is of another kind"),
        ("codes/sex.toml", 'label = "Male"', 'lable = "Male"', "codes.M.label is missing"),
        ("codes/sex.toml", '{ label = "Male" }', "3", "codes.M is missing"),
        ("codes/sex.toml", "[codes]", "[codes", "it cannot be read"),
        ("census/collection.toml", 'code = "AUT"\n', "", "terms.AUT is missing"),
        ("census/collection.toml", "month = 10\n", "", "terms.AUT.month is missing"),
        ("retention/classes.toml", "years = 25", 'years = "25"', "years is of another kind"),
        ("recipients/recipients.toml", "[post-16]", "[post16]", "post-16 is missing"),
        ("lrs/batch.toml", "{ukprn}", "{password}", "asks for password, which nothing fills"),
        ("words/en/suspension_letter.md", "{pupil}", "{upn}", "it must have"),
    ],
)
def test_one_built_otherwise_is_refused(path: str, old: str, new: str, words: str) -> None:
    text = shipped(path).replace(old, new) if path.endswith(".md") else shipped(path).replace(old, new, 1)
    assert text != shipped(path)
    with pytest.raises(BuiltOtherwise, match=words):
        require_built_alike(path, text)


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(BuiltOtherwise, match="it is empty"):
        require_built_alike("words/en/notice.md", " \n")


def test_tables_of_a_list_go_by_their_names() -> None:
    assert by_name([{"code": "A"}, {"code": "A"}, {"x": 1}]).keys() == {"A", "A 2", "3"}
    assert dict(values_in({"a": [{"key": "k", "v": 1}], "b": [1, 2]})) == {("a", "k", "key"): "k", ("a", "k", "v"): 1, ("b",): [1, 2]}
