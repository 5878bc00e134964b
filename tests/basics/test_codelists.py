"""The code lists, every one as it ships."""

from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.places import resource

_NAMES = sorted(path.stem for path in resource("codes").glob("*.toml") if path.stem != "school_year")


def test_every_list_reads_and_says_how_sure_we_are() -> None:
    assert len(_NAMES) > 100
    for name in _NAMES:
        found = codelist(name)
        assert found.codes, name
        assert found.source, name
        assert found.sure, name
        for code in found.codes.values():
            assert code.label, (name, code.code)
            assert found.match(code.code) is code, (name, code.code)


def test_by_code_and_by_words() -> None:
    relationships = codelist("relationship")
    assert relationships.match(" pam ") is relationships.match("MOTHER") is relationships.get("PAM")
    assert relationships.match("Mum") is None


def test_a_retired_code_still_reads_but_is_not_offered() -> None:
    provisions = codelist("sen_provision")
    today = date(2026, 11, 24)
    assert provisions.label_of("S") == "Statement"
    assert not provisions.codes["S"].valid_on(today)
    assert [code.code for code in provisions.choices(today)] == ["N", "K", "E"]


def test_no_label_bears_a_mark_of_its_source() -> None:
    labels = [(name, code.label) for name in _NAMES for code in codelist(name).codes.values()]
    assert [(name, label) for name, label in labels if label != label.strip(" *†‡")] == []


def test_a_label_as_its_source_marks_it_is_still_read() -> None:
    languages = codelist("language")
    assert languages.label_of("ENG") == "English"
    assert languages.match("English*") is languages.match("english") is languages.get("ENG")


def test_a_code_that_is_the_programs_own_name_stands_beside_no_words() -> None:
    own_codes = (("own_field_basis", "PUBLIC_TASK"), ("own_field_purpose", "LEARNING"), ("own_field_special", "NONE"), ("severity", "LIFE"))
    shown = [codelist(name).shown(codelist(name).codes[code]) for name, code in own_codes]
    assert shown == ["Public task, Article 6(1)(e)", "To support pupils’ learning", "Nothing of that kind", "Life-threatening"]


def test_a_code_that_an_office_knows_stands_beside_its_words() -> None:
    ethnicity, session = codelist("ethnicity"), codelist("session")
    assert ethnicity.shown(ethnicity.codes["WBRI"]) == "White - British (WBRI)"
    assert session.shown(session.codes["AM"]) == "Morning (AM)"


def test_no_list_that_is_the_programs_own_shows_its_codes() -> None:
    known_ones = {"exam_tier"}  # its letters are those of the exam boards
    own_lists = [
        codelist(name) for name in _NAMES if name not in known_ones and codelist(name).source.startswith(("Our own", "The program’s own"))
    ]
    assert len(own_lists) > 20
    assert [words for own_list in own_lists for code in own_list.codes.values() if (words := own_list.shown(code)) != code.label] == []
