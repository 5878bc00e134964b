"""By what name a form is asked for."""

from dataclasses import replace

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.services.consents import occasions
from pupil_desk.services.paper_forms.kinds import form_named
from tests.services.exports.made import Unit

CLIMB = Occasion(consent_type="trip", name="Climbing at Larkrock")


def test_a_form_for_a_trip_is_asked_for_by_its_words_and_nobody_is_shown_an_identity(unit: Unit) -> None:
    trip = occasions.add(unit.desk, CLIMB)[1]
    assert form_named(unit.desk, f"trip/{trip}") == form_named(unit.desk, "climbing at LARKROCK")
    with pytest.raises(WrongUse) as refused:
        form_named(unit.desk, "swimming")
    assert "There is no form called “swimming”. There are: sharing-choice," in refused.value.message
    assert "“Climbing at Larkrock”" in refused.value.message
    assert trip not in refused.value.message


def test_of_two_of_one_name_it_is_said_how_to_tell_them_apart(unit: Unit) -> None:
    trip = occasions.add(unit.desk, replace(CLIMB, name="Photographs and videos"))[1]
    with pytest.raises(WrongUse, match="Two forms are called") as refused:
        form_named(unit.desk, "Photographs and videos")
    assert f"photographs, trip/{trip}" in refused.value.message
