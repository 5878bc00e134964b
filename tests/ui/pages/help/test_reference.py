"""What the chapters of reference say of the exports, the transfer file, the census and the scripts is what their data and their rules decide."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pupil_desk import services
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.places import resource
from pupil_desk.documents.files.xlsx_table import MOST_CELLS
from pupil_desk.documents.pdf.style import _LOOKS, PrintLook
from pupil_desk.domain.catalogue.catalogue import item_at, record_word
from pupil_desk.domain.governance import deadlines
from pupil_desk.domain.pupils.sending import sending_rules
from pupil_desk.domain.register.authority_returns import limits
from pupil_desk.domain.register.census import CensusTerm
from pupil_desk.domain.suspensions import limit
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.exports import making
from pupil_desk.services.exports.census.selecting import _COLUMNS
from pupil_desk.services.exports.ctf import CTF
from pupil_desk.services.exports.locking import _WORDS, new_passphrase
from pupil_desk.services.exports.whole.tables import texts
from pupil_desk.services.formats import census as census_format
from pupil_desk.services.formats.ctf import CtfElement, element_at, elements
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.program.guides import text_of
from pupil_desk.ui.pages import pages

_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_MONTHS = {1: "January", 5: "May", 10: "October"}
_OF_UNIT = {"mark.day", "enrolment.status"}  # for what is the unit’s own: its number and name
_DAYS = {
    "easter-sunday": "Easter Sunday",
    "easter-monday": "Easter Monday",
    "before-spring-bank-holiday": "the day before the spring bank holiday",
    "spring-bank-holiday": "then",
    "01-01": "1 January",
    "07-31": "31 July",
    "08-01": "1 August",
    "12-31": "31 December",
}


def part_of(chapter: str, heading: str) -> str:
    return text_of(chapter).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def sent() -> Iterator[CtfElement]:
    return (element for top in elements() for element in top.walk() if element.is_sent and not element.parts)


def test_each_element_of_the_transfer_file_comes_from_where_the_help_says() -> None:
    rows = dict(
        re.findall(r"^\| ([A-Z][\w/ ]+?)(?: \(from [\d.]+\))? \| (?:always|by law|usual|if held) \| (.+) \|$", text_of("ctf"), re.MULTILINE)
    )
    for element in sent():
        said = rows[element.path.replace("/", " / ")].lower()
        unit = ["settings: the unit’s own"] if "settings" in said else []
        held = [words_of(item) for item in element.items if not (unit and item in _OF_UNIT)]
        told = [f"always {element.fixed.lower()}"] if element.fixed else [*unit, *held]
        assert said.replace("; ", ", ") == ", ".join(told), element.path


def words_of(item: str) -> str:
    return f"{record_word(item.partition('.')[0])}: {item_at(item).label}".lower()


def test_the_results_that_go_are_those_of_the_codes_of_the_file() -> None:
    known = re.search(r"Known are (.+) as subjects; (.+) as components\.", part_of("ctf", "What does not go"))
    assert known is not None
    subjects, components = (element_at(f"StageAssessments/KeyStage/StageAssessment/{name}").codes for name in ("Subject", "Component"))
    plain = [code for code in subjects if not re.fullmatch(r"E\d\d", code)]
    assert known[1].partition(", the early")[0].split(", ") == plain[: plain.index("SPK") + 1]
    assert [code for code in subjects if re.fullmatch(r"E\d\d", code)] == [f"E{number:02}" for number in range(1, 18)]
    assert set(re.split(r", | and ", known[2])) == set(components)


def test_a_transfer_file_goes_outside_for_the_grounds_that_the_help_names() -> None:
    assert {f"9(1)({letter})" for letter in "fkl"} == sending_rules().outside_grounds
    assert "| ground (f), (k) or (l): " in text_of("ctf")


def test_the_census_is_told_on_the_days_and_of_the_days_that_the_rule_has() -> None:
    terms = {term.label.lower(): term for term in census_format.terms()}
    said = part_of("school-census", "Which census")
    days = [f"the {_NTH[term.nth]} Thursday in {_MONTHS[term.month]}" for term in terms.values()]
    assert {term.weekday for term in terms.values()} == {3}
    assert f"the day asked**: {', '.join(days)}." in said
    rows = {row[0]: row[1:3] for row in re.findall(r"^\| (autumn|spring|summer) \| ([^|]+) \| ([^|]+) \|", said, re.MULTILINE)}
    assert rows == {label: (told_attendance(term), between(*term.suspensions)) for label, term in terms.items()}


def between(since: str, until: str) -> str:
    return f"{_DAYS[since.removeprefix('-1/')]} to {_DAYS[until.removeprefix('-1/')]}"


def told_attendance(term: CensusTerm) -> str:
    return between(*term.attendance) + (f", and from {between(*term.second)}" if term.second else "")


def test_the_last_table_of_the_census_has_what_the_help_says_of_it() -> None:
    said = part_of("school-census", "The files")
    sources = {column.source for sheet in census_format.all_sheets() for column in sheet.columns}
    assert "specification year" in _COLUMNS
    assert {source for source in sources if f"`{source}`" not in said and f"*{source}*" not in said} == set()


def test_which_offers_are_suitable_is_the_code_list() -> None:
    listed = re.search(r"with one of these activity codes: ([\d, ]+); and (\d{3}) for what began by July 2023", text_of("exports-columns"))
    assert listed is not None
    codes = codelist("suitable_offer").codes
    assert listed[1].split(", ") == [code for code, one in codes.items() if one.until is None]
    assert [listed[2], "2023-07-31"] == [next(code for code, one in codes.items() if one.until), str(codes[listed[2]].until)]


def test_numbers_of_the_returns_and_tables_are_those_that_decide() -> None:
    text = text_of("exports-columns")
    assert f"by the end of the **{_NTH[limits()['new_pupil_days'].value]} day** after entry" in text
    assert f"**at the end of Year {limits()['senior_year'].value}**" in text
    unit = UnitSettings(name="", la="", estab="")
    assert f"is not attending regularly* is {unit.irregular_absence} at first" in text
    assert f"up to {MOST_CELLS:,} filled cells, some {MOST_CELLS // 4:,} sessions" in text  # of six columns four are filled


def test_what_is_not_sure_of_the_file_for_learner_numbers_is_what_its_data_says() -> None:
    unsure = tomllib.loads(resource("lrs", "batch.toml").read_text(encoding="utf-8"))["unsure"]
    said = text_of("exports-columns").partition("How sure we are: the name")[2].partition("\n")[0]
    for words in (
        "the first four columns",
        "which spelling of two headings",
        "the words for the codes of verification",
        "what no sex on file comes to",
    ):
        assert words.removeprefix("the ") in unsure
        assert words.lower() in said.lower()


def test_what_the_whole_unit_leaves_out_is_named() -> None:
    said = text_of("exports-columns").partition("Not in it: ")[2].partition(".")[0]
    assert (
        said
        == "words typed and not kept yet, filters and columns of lists, files of earlier exports, the index of the search, the passwords of schools, and the keys of the file"
    )
    assert set(texts().left_out) == {
        *("draft", "list_filter", "list_filter_condition", "list_column", "export_content", "findable", "find"),
        *("school_password", "identity", "second_key_sheets", "second_key_on_sheets", "second_key", "past_epoch"),
    }


def test_a_password_of_an_export_has_no_capitals() -> None:
    assert "The hyphens count; there are no capitals." in text_of("exports-columns")
    assert all(re.fullmatch(r"[a-z-]+", new_passphrase(lock)) for lock in _WORDS)


def test_larger_print_is_as_large_as_is_said() -> None:
    text, large, easy = text_of("scripts"), _LOOKS[PrintLook.LARGE], _LOOKS[PrintLook.EASY]
    assert f"in letters of {large.least_size} points or more" in text
    assert (large.small, large.cell) == (1, 1)
    assert f"letters of {easy.least_size} points, {easy.foot} in small print and at the foot" in text
    assert easy.least_size * easy.small == easy.foot


def test_what_is_tried_by_hand_is_a_step_of_the_checks() -> None:
    named = re.findall(r"«([^»]+)»", text_of("tried"))
    assert len(named) > 3
    assert [words for words in named if words not in text_of("82-windows-checks")] == []


def test_the_keys_of_the_checks_with_a_screen_reader_lead_where_they_say() -> None:
    said = text_of("83-screen-reader-checks")
    names = [page.name for page in pages()]
    for key, goes_on, name in ((2, "type a name", "pupils"), (3, "go along the register", "register")):
        assert re.search(rf"Press Ctrl\+{key}, (?:and )?{goes_on}", said.replace("\N{NO-BREAK SPACE}", " ")), key
        assert names[key - 1] == name


def test_the_numbers_in_sentences_of_the_program_are_those_that_decide() -> None:
    rules, said = sending_rules(), words_in_code()
    assert f"in the last {rules.school_days} school days, and up to {rules.late_school_days} school days late" in CTF.covers
    hours = {int(number) for words in said for number in re.findall(r"(\d+) hours", words)}
    assert hours == {deadlines.REPORT_HOURS, 48}  # 48: by the law on what a letter about day six says
    of_board = " ".join(words for words in said if "back in" in words or "committee or board has met" in words)
    within = {limit._ON_REQUEST_WITHIN, limit._AUTOMATIC_WITHIN, int(limit.MOST_DAYS)}
    assert {int(number) for number in re.findall(r"(\d+) school days", of_board)} == within
    assert {int(number) for words in said for number in re.findall(r"in the (?:next )?(\d+) days", words)} == {coming_of_age.AHEAD.days}
    assert any(f"at most {making.LONGEST_HOLDER} characters" in words for words in said if "who will hold it" in words)
    assert any(f"at most {making._LONGEST_REASON} characters" in words for words in said if words.startswith("The reason is too long"))


def words_in_code() -> list[str]:
    root = Path(services.__file__).parent
    return [words for path in sorted(root.rglob("*.py")) for words in re.findall(r'_\(\s*"([^"]+)"', path.read_text(encoding="utf-8"))]
