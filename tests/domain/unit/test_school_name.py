"""A school that a stay knows by its number is named by the unit's own list."""

import pytest

from pupil_desk.domain.unit.school_name import school_named, schools_by_number, without_number

LIST = "Hill School, 919/4001\nBroadmere Academy (9194003); St Osyth’s\n919/4020"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("919/4001", "Hill School (919/4001)"),
        ("9194001", "Hill School (919/4001)"),
        (" 919/4003 ", "Broadmere Academy (919/4003)"),
        ("919/4999", "The school with the DfE number 919/4999"),
        ("919/4020", "The school with the DfE number 919/4020"),
        ("New School 919/4001", "New School 919/4001"),
        ("Larkshire County Council", "Larkshire County Council"),
        (None, ""),
    ],
)
def test_a_number_is_named_and_words_stay(text: str | None, said: str) -> None:
    assert school_named(text, LIST) == said


def test_what_families_read_has_no_number() -> None:
    assert [without_number(line) for line in LIST.replace(";", "\n").splitlines()] == [
        "Hill School",
        "Broadmere Academy",
        "St Osyth’s",
        "919/4020",
    ]
    assert schools_by_number(LIST) == {"919/4001": "Hill School", "919/4003": "Broadmere Academy"}
    assert schools_by_number(None) == {}
