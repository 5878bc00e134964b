"""A place within a record, written as one text and read again."""

import pytest

from pupil_desk.ui.kit.place import Place, place_of


@pytest.mark.parametrize(
    "place",
    [
        Place("a1"),
        Place("a1", "contacts", "contact", "c2", "mobile"),
        Place("a1", "contacts", "contact"),
        Place("a1", "details", "pupil", "", "upn"),
    ],
)
def test_it_comes_back_as_it_was(place: Place) -> None:
    assert place_of(str(place)) == place


def test_a_record_as_a_whole_is_its_identity_alone() -> None:
    assert str(Place("0f1e-22")) == "0f1e-22"
    assert place_of("0f1e-22#half/a/place") == Place("0f1e-22")
