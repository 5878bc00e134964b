"""Needs and care as dated periods, and the pupil's row that carries today's value of them."""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod, social_work_on
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import sheet
from pupil_desk.services.care import in_force, needs
from pupil_desk.services.imports import run as imports
from pupil_desk.services.pupils import pupils
from tests.services.exports.made import DAY, PASSWORD, Unit


def _pupil(unit: Unit, **items: Any) -> Pupil:
    return unit.pupil("Penn", "Zoë", date(2012, 5, 1), **items)


def _now(unit: Unit, pupil: Pupil) -> Pupil:
    return pupils.record(unit.desk, pupil.id).pupil


def _told(unit: Unit, pupil: Pupil) -> list[tuple[str, date | None, date | None]]:
    held = needs.of_pupil(unit.desk, pupil.id)
    return [(row.provision, row.start_date, row.end_date) for row in held.periods]


def _codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_a_new_pupils_first_values_begin_periods_from_a_day_not_known(unit: Unit) -> None:
    pupil = _pupil(unit, sen_provision="K", sen_need_1="ASD", sen_need_2="SLCN", looked_after=True, care_authority="919")
    held = needs.of_pupil(unit.desk, pupil.id)
    assert _told(unit, pupil) == [("K", None, None)]
    assert [(need.need, need.rank) for need in held.needs] == [("ASD", 1), ("SLCN", 2)]
    assert [(row.kind, row.authority) for row in held.care] == [("LAC", "919")]


def test_a_new_period_ends_the_one_before_and_the_row_says_the_new_one(unit: Unit) -> None:
    pupil = _pupil(unit, sen_provision="K", sen_need_1="ASD")
    needs.add_period(unit.desk, SenPeriod(pupil_id=pupil.id, provision="E", start_date=date(2026, 11, 2)))
    assert _told(unit, pupil) == [("K", None, date(2026, 11, 1)), ("E", date(2026, 11, 2), None)]
    assert _now(unit, pupil).sen_provision == "E"


def test_no_need_ends_the_needs_with_the_provision(unit: Unit) -> None:
    pupil = _pupil(unit, sen_provision="K", sen_need_1="ASD")
    needs.add_period(unit.desk, SenPeriod(pupil_id=pupil.id, provision="N", start_date=date(2026, 11, 2)))
    (need,) = needs.of_pupil(unit.desk, pupil.id).needs
    assert need.end_date == date(2026, 11, 1)
    row = _now(unit, pupil)
    assert (row.sen_provision, row.sen_need_1) == ("N", None)


def test_periods_that_overlap_are_refused_and_nothing_is_kept(unit: Unit) -> None:
    pupil = _pupil(unit, sen_provision="K")
    past = SenPeriod(pupil_id=pupil.id, provision="N", start_date=date(2020, 9, 1), end_date=date(2021, 7, 31))
    with pytest.raises(Refused) as refused:
        needs.add_period(unit.desk, past)
    assert _codes(refused) == {"period_overlaps"}
    assert _told(unit, pupil) == [("K", None, None)]


@pytest.mark.parametrize(("provision", "need", "code"), [("N", "ASD", "need_without_provision"), ("E", "NSA", "need_unassessed")])
def test_a_need_that_its_provision_rules_out_is_refused(unit: Unit, provision: str, need: str, code: str) -> None:
    pupil = _pupil(unit, sen_provision=provision)
    with pytest.raises(Refused) as refused:
        needs.add_need(unit.desk, SenNeed(pupil_id=pupil.id, need=need, rank=1, start_date=DAY))
    assert _codes(refused) == {code}


def test_a_rank_is_held_once_at_a_time(unit: Unit) -> None:
    pupil = _pupil(unit, sen_provision="K", sen_need_1="ASD", sen_need_2="SLCN")
    second = next(need for need in needs.of_pupil(unit.desk, pupil.id).needs if need.rank == 2)
    with pytest.raises(Refused) as refused:
        needs.save_need(unit.desk, dataclasses.replace(second, rank=1))
    assert _codes(refused) == {"rank_taken"}


def test_a_need_of_the_same_rank_ends_the_one_before(unit: Unit) -> None:
    pupil = _pupil(unit, sen_provision="K", sen_need_1="ASD")
    needs.add_need(unit.desk, SenNeed(pupil_id=pupil.id, need="MLD", rank=1, start_date=DAY))
    assert _now(unit, pupil).sen_need_1 == "MLD"
    assert [row.end_date for row in needs.of_pupil(unit.desk, pupil.id).needs] == [date(2026, 11, 23), None]


def test_what_the_details_say_turns_the_period_today(unit: Unit) -> None:
    pupil = _pupil(unit, sen_provision="K")
    pupils.save_pupil(unit.desk, dataclasses.replace(pupil, sen_provision="E"))
    assert _told(unit, pupil) == [("K", None, date(2026, 11, 23)), ("E", DAY, None)]
    pupils.save_pupil(unit.desk, dataclasses.replace(_now(unit, pupil), sen_provision="N"))
    assert _told(unit, pupil)[-1] == ("N", DAY, None), "one that began today is put right"
    pupils.save_pupil(unit.desk, dataclasses.replace(_now(unit, pupil), sen_provision=None))
    assert _told(unit, pupil) == [("K", None, date(2026, 11, 23))]
    assert in_force.settle(unit.desk, None) == 0, "row and periods agree"


def test_an_import_turns_the_period_as_the_form_does(unit: Unit) -> None:
    line = "surname,forename,dob,upn,sen_provision\nQuill,Bea,2012-05-06,,{}\n"
    imports.run_import(unit.desk, "pupils", line.format("K").encode(), "pupils.csv")
    imports.run_import(unit.desk, "pupils", line.format("E").encode(), "pupils.csv")
    (pupil,) = pupils.all_pupils(unit.desk)
    assert pupil.sen_provision == "E"
    assert _told(unit, pupil) == [("K", None, date(2026, 11, 23)), ("E", DAY, None)]


def test_care_ends_and_the_row_says_no(unit: Unit) -> None:
    pupil = _pupil(unit, looked_after=True, care_authority="919")
    (care,) = needs.of_pupil(unit.desk, pupil.id).care
    needs.save_care(unit.desk, dataclasses.replace(care, end_date=date(2026, 10, 31)))
    row = _now(unit, pupil)
    assert (row.looked_after, row.care_authority) == (False, None)


def test_meals_have_one_category_at_a_time_and_premiums_stand_beside_them(unit: Unit) -> None:
    pupil = _pupil(unit)
    for kind, since in (("FSM", date(2025, 9, 1)), ("TFSM", date(2026, 9, 1)), ("DPP", date(2026, 4, 1))):
        needs.add_care(unit.desk, CarePeriod(pupil_id=pupil.id, kind=kind, start_date=since))
    held = {row.kind: row.end_date for row in needs.of_pupil(unit.desk, pupil.id).care}
    assert held == {"FSM": date(2026, 8, 31), "TFSM": None, "DPP": None}
    with pytest.raises(Refused) as refused:
        needs.add_care(unit.desk, CarePeriod(pupil_id=pupil.id, kind="DPP", authority="919", start_date=DAY))
    assert "authority_without_care" in _codes(refused)


def test_a_period_that_begins_by_itself_reaches_the_row_at_the_next_sign_in(unit: Unit) -> None:
    from pupil_desk.services.unit import units

    pupil = _pupil(unit, sen_provision="K")
    needs.add_period(unit.desk, SenPeriod(pupil_id=pupil.id, provision="E", start_date=date(2026, 12, 1)))
    assert _now(unit, pupil).sen_provision == "K"
    cared = _pupil(unit, looked_after=True, care_authority="919")
    needs.add_care(unit.desk, CarePeriod(pupil_id=cared.id, kind="LAC", authority="925", start_date=date(2026, 12, 1)))
    _pupil(unit, care_authority="919")  # nobody has said that this one is looked after
    units.sign_out(unit.desk)
    desk = units.sign_in(unit.file, name="Ann Officer", password=PASSWORD, clock=FixedClock(datetime(2026, 12, 1, 9, tzinfo=UTC)))
    assert pupils.record(desk, pupil.id).pupil.sen_provision == "E"
    assert pupils.record(desk, cared.id).pupil.care_authority == "925"
    assert in_force.settle(desk, None) == 0, "rows and periods agree"
    desk.vault.close()


def test_reviews_that_are_due_are_named(unit: Unit) -> None:
    pupil = _pupil(unit)
    needs.add_period(unit.desk, SenPeriod(pupil_id=pupil.id, provision="E", start_date=DAY, review_date=date(2026, 12, 10)))
    assert [row.pupil_id for row in needs.reviews_due(unit.desk)] == [pupil.id]
    assert needs.reviews_due(unit.desk, within_days=5) == []


def test_the_sheet_has_every_section_and_the_history(unit: Unit) -> None:
    pupil = _pupil(unit, sen_provision="K", sen_need_1="ASD")
    needs.add_period(unit.desk, SenPeriod(pupil_id=pupil.id, provision="E", start_date=DAY))
    found = {section.name: section for section in sheet.everything(unit.desk, pupil.id)}
    assert len(found["sen_periods"].entries) == 2
    assert found["sen_needs"].entries[0].as_kept()["need"] == "ASD"
    assert any("2026-11-23" in str(entry.as_kept()) for entry in found["history"].entries)


def test_a_social_worker_is_known_by_the_time_under_which_there_is_one(unit: Unit) -> None:
    """Child in need, child protection and looked after all count, the last one first; meals and premiums name nobody."""
    pupil = _pupil(unit)
    needs.add_care(
        unit.desk, CarePeriod(pupil_id=pupil.id, kind="CIN", start_date=date(2026, 9, 1), worker="Mo Reed", worker_reach="01632 960555")
    )
    needs.add_care(unit.desk, CarePeriod(pupil_id=pupil.id, kind="CP", start_date=date(2026, 11, 2), worker="Ira Bell"))
    held = needs.of_pupil(unit.desk, pupil.id).care
    assert {(row.kind, row.end_date) for row in held} == {("CIN", date(2026, 11, 1)), ("CP", None)}  # a plan follows, and ends the other
    assert [(one.kind, one.worker) for day in (date(2026, 10, 1), DAY) if (one := social_work_on(held, day))] == [
        ("CIN", "Mo Reed"),
        ("CP", "Ira Bell"),
    ]
    assert social_work_on(held, date(2026, 8, 1)) is None
    needs.add_care(unit.desk, CarePeriod(pupil_id=pupil.id, kind="LAC", start_date=DAY, authority="919"))
    now = social_work_on(needs.of_pupil(unit.desk, pupil.id).care, DAY)
    assert now is not None
    assert now.kind == "LAC"
    with pytest.raises(Refused) as refused:
        needs.add_care(unit.desk, CarePeriod(pupil_id=pupil.id, kind="DPP", start_date=DAY, worker="Mo Reed"))
    assert _codes(refused) == {"worker_without_care"}
