"""What the law asks of the words: what is missing goes red and says what to do; what cannot be printed is refused."""

import re

import pytest

from pupil_desk.domain.notices.check import ElementStanding, NoticeElement, check_words, problems_of
from pupil_desk.services.notices import notice_text
from pupil_desk.services.notices.checklist import checklist, stands_for

FRONT, MORE = notice_text.prose(), notice_text.prose("notice_more")
_ELEMENTS = {element.key: element for element in checklist()}


def _standing(key: str, front: str, more: str, **lacking: str) -> ElementStanding:
    (found,) = check_words([_ELEMENTS[key]], front, more, lacking=lacking, stands_for=stands_for())
    assert bool(found.todo) is (found.standing is not ElementStanding.MET)
    return found.standing


@pytest.mark.parametrize("key", _ELEMENTS)
def test_the_words_that_ship_say_all_that_the_law_asks(key: str) -> None:
    assert _standing(key, FRONT, MORE) is ElementStanding.MET


def _asked() -> list[tuple[str, tuple[str, ...]]]:
    instead = {name: other for other, names in stands_for().items() for name in names}
    fills = [(key, (f"{{{instead.get(name, name)}}}",)) for key, element in _ELEMENTS.items() for name in element.fills]
    return fills + [(key, group) for key, element in _ELEMENTS.items() for group in element.says]


@pytest.mark.parametrize(("key", "group"), _asked(), ids=lambda one: one if isinstance(one, str) else "/".join(one))
def test_without_any_one_of_them_the_element_is_missing(key: str, group: tuple[str, ...]) -> None:
    pattern = re.compile("|".join(r"[\s-]+".join(map(re.escape, words.split())) for words in group), re.IGNORECASE)
    assert pattern.search(FRONT + MORE)
    missing = ElementStanding.TO_COMPLETE if _ELEMENTS[key].may_lack else ElementStanding.MISSING
    assert _standing(key, pattern.sub("", FRONT), pattern.sub("", MORE)) is missing


def test_a_name_may_stand_for_others() -> None:
    assert _standing("purposes", "# T\n\n{purposes}", MORE) is ElementStanding.MET
    assert _standing("purposes", "# T\n\n{kept_table}", MORE) is ElementStanding.MET
    assert _standing("purposes", "# T\n\n{categories}", MORE) is ElementStanding.MISSING


def test_every_element_asks_for_something_and_says_what_to_do() -> None:
    for element in _ELEMENTS.values():
        assert element.fills or element.says, element.key
        assert element.todo, element.key
        assert element.article, element.key
        assert element.sure in ("high", "medium"), element.key


@pytest.mark.parametrize("number", range(1, 15))
def test_each_of_the_fourteen_elements_of_articles_13_and_14_is_asked_for(number: int) -> None:
    """The domain reference numbers them (9.1); here by the paragraph of the article."""
    paragraph = (
        "13(1)(a)",
        "13(1)(b)",
        "13(1)(c)",
        "13(1)(d)",
        "14(1)(d)",
        "13(1)(e)",
        "13(1)(f)",
        "13(2)(a)",
        "13(2)(b)",
        "13(2)(c)",
        "13(2)(d)",
        "13(2)(e)",
        "14(2)(f)",
        "13(2)(f)",
    )[number - 1]
    assert any(paragraph in element.article for element in _ELEMENTS.values())


def test_a_complaint_goes_to_the_unit_first_and_then_to_the_commissioner() -> None:
    first = "please tell us first: {unit_contact} "
    assert _standing("complain", FRONT.replace(first, "") + "\n\n" + first, MORE) is ElementStanding.MISSING
    assert _standing("complain", FRONT, MORE) is ElementStanding.MET


def test_a_detail_that_is_not_entered_is_to_be_completed_and_named() -> None:
    (found,) = check_words([_ELEMENTS["dpo"]], FRONT, MORE, lacking={"dpo": "Data protection officer"})
    assert found.standing is ElementStanding.TO_COMPLETE
    assert "Data protection officer" in found.todo


def test_in_another_language_only_what_is_filled_is_asked_for() -> None:
    element = NoticeElement(key="e", label="E", article="13", sure="high", todo="Put in {dpo}.", fills=("dpo",), says=(("computer",),))
    assert check_words([element], "# T\n\n{dpo}", "", lacking={}, is_english=False)[0].standing is ElementStanding.MET
    assert check_words([element], "# T", "", lacking={}, is_english=False)[0].standing is ElementStanding.MISSING
    assert check_words([element], "# T\n\n{dpo}", "", lacking={})[0].todo == "Put in {dpo}. Not found: “computer”."


KNOWN = ("unit",)
WELL = "# A title\n\nWords of {unit} in **bold**.\n\n## Part\n\n- one\n- two"


@pytest.mark.parametrize(
    ("front", "more", "code"),
    [
        ("", "## M", "missing"),
        (WELL, " ", "missing"),
        ("Words first", "## M", "no_title"),
        ("## A", "## M", "no_title"),
        (WELL, "# M", "no_title"),
        (WELL + "\n\n**half", "## M", "odd_bold"),
        (WELL + "\n\n{nobody}", "## M", "unknown_name"),
        (WELL + "\n\n# Again", "## M", "bad_heading"),
        (WELL + "\n\n##Close", "## M", "bad_heading"),
        (WELL + "\n\n#### Deep", "## M", "bad_heading"),
        (WELL + "\n\n## Part\nwords", "## M", "bad_heading"),
        (WELL + "\n\n##", "## M", "bad_heading"),
    ],
)
def test_what_cannot_be_printed_is_refused(front: str, more: str, code: str) -> None:
    assert code in {problem.code for problem in problems_of(front, more, KNOWN)}


def test_what_can_be_printed_is_not() -> None:
    assert problems_of(WELL, "## More\n\n### Deeper\n\nwords", KNOWN) == ()
    assert problems_of(WELL, "", KNOWN, with_more=False) == ()
    assert problems_of(FRONT, MORE, ["unit", *re.findall(r"\{(\w+)\}", FRONT + MORE)]) == ()
