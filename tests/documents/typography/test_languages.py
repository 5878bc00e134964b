"""Which way a language is written, and the words that a paper adds in it."""

import string

import pytest

from pupil_desk.basics.places import resource
from pupil_desk.documents.typography.languages import is_rtl, lang_as_written, words_in


@pytest.mark.parametrize("lang", ["ar", "ar-SY", "AR", "ur-PK", "fa", "he", "ps", "ckb", "ku-Arab", "pa-Arab-PK", "az_Arab"])
def test_written_from_the_right(lang: str) -> None:
    assert is_rtl(lang)


@pytest.mark.parametrize("lang", ["", "en-GB", "pl", "ku", "pa", "pa-Guru", "ar-Latn", "ur-Latn-GB", "so", "arn"])
def test_written_from_the_left(lang: str) -> None:
    assert not is_rtl(lang)


def test_a_paper_counts_its_pages_in_its_own_language_and_else_in_figures() -> None:
    assert words_in("ar-SY").page.format(number=2, count=3) == "صفحة 2 من 3"
    assert words_in("en-GB").page.format(number=2, count=3) == words_in("").page.format(number=2, count=3) == "Page 2 of 3"
    assert words_in("pl").page.format(number=2, count=3) == "2 / 3", "no word of English"


def test_a_strange_code_reads_no_file_of_another_folder() -> None:
    assert words_in("../codes") == words_in("")


@pytest.mark.parametrize("path", sorted(resource("words").glob("*/paper.toml")), ids=lambda path: path.parent.name)
def test_every_language_says_all_of_it(path: object) -> None:
    words = words_in(path.parent.name)  # type: ignore[attr-defined]
    assert {name for _text, name, _form, _how in string.Formatter().parse(words.page) if name} == {"number", "count"}
    assert words.ticked
    assert words.empty
    assert words.ticked != words.empty


def test_the_words_themselves_say_which_way_they_are_written() -> None:
    sorani, kurmanji = "{{forename}}، داوای ڕەزامەندی ئێوە دەکەین", "(Em) dixwazin"
    assert lang_as_written("ku", [sorani, sorani, "Ann"]) == "ku-Arab"
    assert lang_as_written("ku", [kurmanji]) == "ku"
    assert lang_as_written("ur", ["Aap ka bacha"]) == "ur-Latn"
    assert lang_as_written("ar", ["12", "{forename}"]) == "ar"
