"""The table of what differs by the kind of unit: whole, with its sources, and as the statutes have it.

The name of a user.

Whom a complaint goes to after the unit: the name changes on the day that the unit sets, on every paper at once.

A school that a stay knows by its number is named by the unit's own list.
"""

import dataclasses
import re
from datetime import date, timedelta

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.places import resource
from pupil_desk.domain.unit.kind import NOT_SAID, Owed, kind_of, unit_kinds
from pupil_desk.domain.unit.regulator import PHONE, regulator_on
from pupil_desk.domain.unit.school_name import one_name, school_named, schools_by_number, without_number
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import checked_name


def test_every_kind_that_can_be_chosen_is_in_the_table_and_says_everything() -> None:
    assert set(unit_kinds()) == set(codelist("unit_kind").codes)
    for kind in unit_kinds().values():
        for each in dataclasses.fields(kind):
            if each.name != "panel" or kind.reviews:
                assert getattr(kind, each.name) not in ("", None), (kind.code, each.name)


def test_who_owes_education_from_day_six_is_as_the_statutes_have_it() -> None:
    """Education Act 1996 s19(3A): the authority, for its own units and after any permanent exclusion; Education and Inspections Act 2006 s100: a proprietor."""
    owed = {
        code: (kind.who_owes_education(permanent=False), kind.who_owes_education(permanent=True)) for code, kind in unit_kinds().items()
    }
    assert owed == {
        "pru": (Owed.AUTHORITY, Owed.HOME_AUTHORITY),
        "ap-academy": (Owed.UNIT, Owed.HOME_AUTHORITY),
        "ap-free-school": (Owed.UNIT, Owed.HOME_AUTHORITY),
        "independent-ap": (Owed.NOBODY, Owed.NOBODY),
    }


def test_a_unit_that_has_not_said_owes_nothing_by_guess() -> None:
    assert kind_of(None) is NOT_SAID
    assert NOT_SAID.who_owes_education(permanent=False) is Owed.UNKNOWN


def test_a_name_is_tidied() -> None:
    assert checked_name("  Ann \u00a0 Officer ") == "Ann Officer"


@pytest.mark.parametrize("name", ["", "  ", "Ann\x00", "Ann\x1b[2J", "An\nn", "x" * 101])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(WrongUse, match="Enter the user’s name"):
        checked_name(name)


UNIT = UnitSettings(name="Larkfield", la="919", estab="1100")
DAY = date(2027, 1, 4)


def test_the_commissioner_is_named_until_the_day_that_the_unit_sets() -> None:
    changed = dataclasses.replace(UNIT, commission_since=DAY)
    assert regulator_on(UNIT, DAY).name == "Information Commissioner’s Office (ICO)"
    assert regulator_on(changed, DAY - timedelta(days=1)).name == "Information Commissioner’s Office (ICO)"
    assert (regulator_on(changed, DAY).name, regulator_on(changed, DAY).short) == ("Information Commission", "Information Commission")


def test_no_prose_names_the_regulator_by_itself() -> None:
    """A literal name in the words of a paper would stay when the setting changes. The page's name is filled in too."""
    for path in sorted(resource("words", "en").rglob("*.md")):
        text = path.read_text("utf-8")
        found = re.findall(rf"Information Commission\w*|\bICO\b|ico\.org\.uk|{PHONE}", text)
        assert not found, f"{path.name}: {found}"


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


def test_a_school_has_one_name_whichever_way_it_stands() -> None:
    ways = ("Hill School", "hill school", "919/4001", "Hill School (919/4001)", "Hill High School (919/4001)")
    assert {one_name(way, LIST) for way in ways} == {"Hill School"}
    assert one_name("919/4001", f"{LIST}\nHill School, 919/4022") == "Hill School (919/4001)", "of two with one name"
    other = "Garage, 01632 960999"
    assert [one_name(text, LIST) for text in (other, "Elm School (919/4999)", "", None)] == [other, "Elm School (919/4999)", "", ""]


def test_what_families_read_has_no_number() -> None:
    assert [without_number(line) for line in LIST.replace(";", "\n").splitlines()] == [
        "Hill School",
        "Broadmere Academy",
        "St Osyth’s",
        "919/4020",
    ]
    assert schools_by_number(LIST) == {"919/4001": "Hill School", "919/4003": "Broadmere Academy"}
    assert schools_by_number(None) == {}
