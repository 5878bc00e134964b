"""The table of what differs by the kind of unit: whole, with its sources, and as the statutes have it."""

import dataclasses

from pupil_desk.basics.codelists import codelist
from pupil_desk.domain.unit.kind import NOT_SAID, Owed, kind_of, unit_kinds


def test_every_kind_that_can_be_chosen_is_in_the_table_and_says_everything() -> None:
    assert set(unit_kinds()) == set(codelist("unit_kind").codes)
    for kind in unit_kinds().values():
        for each in dataclasses.fields(kind):
            if each.name != "panel" or kind.reviews:
                assert getattr(kind, each.name) not in ("", None), (kind.code, each.name)


def test_who_owes_education_from_day_six_is_as_the_statutes_have_it() -> None:
    """Education Act 1996 s19(3A): the authority, for its own units and after any permanent exclusion; Education and Inspections Act 2006 s100: a proprietor."""
    owed = {code: (kind.day_six(permanent=False), kind.day_six(permanent=True)) for code, kind in unit_kinds().items()}
    assert owed == {
        "pru": (Owed.AUTHORITY, Owed.HOME_AUTHORITY),
        "ap-academy": (Owed.UNIT, Owed.HOME_AUTHORITY),
        "ap-free-school": (Owed.UNIT, Owed.HOME_AUTHORITY),
        "independent-ap": (Owed.NOBODY, Owed.NOBODY),
    }


def test_a_unit_that_has_not_said_owes_nothing_by_guess() -> None:
    assert kind_of(None) is NOT_SAID
    assert NOT_SAID.day_six(permanent=False) is Owed.UNKNOWN
