"""What is asked before a dose is kept: against the log, the medicine as it is written and the school year."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from pupil_desk.domain.care.health import Dose, Medicine
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.care import dose_log, health
from pupil_desk.services.consents.recording import ConsentEntry
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Penn", "Zoë", date(2012, 5, 1))


def _medicine(unit: Unit, pupil: Pupil, **items: Any) -> Medicine:
    health.add_medicine(unit.desk, dataclasses.replace(Medicine(pupil_id=pupil.id, name="Ritalin", dose="10 mg", taken="At noon"), **items))
    return health.of_pupil(unit.desk, pupil.id).medicines[-1]


def _dose(unit: Unit, medicine: Medicine, **items: Any) -> Dose:
    return dataclasses.replace(dose_log.dose_now(unit.desk, medicine), **({"given_by": "Ann Officer"} | items))


def test_the_first_dose_of_a_school_day_as_written_asks_nothing(unit: Unit, pupil: Pupil) -> None:
    assert dose_log.question(unit.desk, _dose(unit, _medicine(unit, pupil))) == ""


def test_a_second_one_names_the_first_whichever_entry_of_the_medicine_it_was_given_under(unit: Unit, pupil: Pupil) -> None:
    first, again = _medicine(unit, pupil), _medicine(unit, pupil, name="RITALIN")
    dose_log.give_dose(unit.desk, _dose(unit, first, given_time="9:50"))
    for medicine in (first, again):
        words = dose_log.question(unit.desk, _dose(unit, medicine, amount="10mg"))
        assert words.startswith(f"Zoë Penn: {medicine.name}, 10mg, 24 November 2026, 10:05.")
        assert "Given on 24 November 2026 already: 09:50, 10 mg, by Ann Officer." in words
        assert words.endswith("With this it was given 2 times on that day, 15 minutes apart.")


def test_what_was_refused_on_the_day_is_asked_about(unit: Unit, pupil: Pupil) -> None:
    mother, medicine = unit.contact(pupil, "Penn", forename="Ada", parental_responsibility=True), _medicine(unit, pupil)
    no = ConsentEntry(
        pupil_id=pupil.id, consent_type="medicines", step="refused", giver=mother.id, day=DAY, channel="phone", medicine_id=medicine.id
    )
    record_said(unit.desk, [no])
    assert "There was a no to it. Ada Penn" in dose_log.question(unit.desk, _dose(unit, medicine))
    assert dose_log.question(unit.desk, _dose(unit, medicine, given_on=date(2026, 11, 23))) == "", "the day before nobody had said no"


def test_what_is_put_right_is_no_dose_beside_the_one_that_takes_its_place(unit: Unit, pupil: Pupil) -> None:
    medicine = _medicine(unit, pupil)
    dose_log.give_dose(unit.desk, _dose(unit, medicine))
    (wrong,) = health.of_pupil(unit.desk, pupil.id).doses
    right = _dose(unit, medicine, corrects=wrong.id, reason="Earlier", given_time="9:00")
    assert dose_log.question(unit.desk, right) == ""
    dose_log.give_dose(unit.desk, dataclasses.replace(right, was_given=False))
    assert dose_log.question(unit.desk, _dose(unit, medicine)) == "", "one that never was given counts as none"


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 10, 28)])
def test_a_weekend_and_a_holiday_are_no_school_days(unit: Unit, pupil: Pupil, day: date) -> None:
    words = dose_log.question(unit.desk, _dose(unit, _medicine(unit, pupil, taken="When needed"), given_on=day))
    assert words.endswith("is not a school day.")


def test_what_cannot_be_kept_is_refused_and_not_asked(unit: Unit, pupil: Pupil) -> None:
    with pytest.raises(Refused):
        dose_log.question(unit.desk, _dose(unit, _medicine(unit, pupil, controlled=True), amount="20 mg"))
    assert date(2026, 11, 24) == DAY
