"""Health items, medicines, and the dose log that only grows."""

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import Known, WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.care.health import Disability, Dose, HealthItem, HealthStanding, Medicine, NothingKnown, standing
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import bin as bins
from pupil_desk.services import changes
from pupil_desk.services.care import cards, dose_log, health
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes
from pupil_desk.services.plans import recording
from pupil_desk.services.pupils import pupils
from tests.services.exports.made import DAY, Unit

_PLAN_ON_CARD = "There is an individual healthcare plan: ask the office for it."


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Penn", "Zoë", date(2012, 5, 1))


def _medicine(unit: Unit, pupil: Pupil, **items: Any) -> Medicine:
    new = Medicine(pupil_id=pupil.id, name="Ritalin", dose="10 mg", taken="At noon", consented_by="Ada Penn", consented_on=DAY)
    health.add_medicine(unit.desk, dataclasses.replace(new, **items))
    return health.of_pupil(unit.desk, pupil.id).medicines[-1]


def _given(unit: Unit, medicine: Medicine, **items: Any) -> Dose:
    dose_log.give_dose(unit.desk, dataclasses.replace(dose_log.dose_now(unit.desk, medicine), **({"given_by": "Ann Officer"} | items)))
    return health.of_pupil(unit.desk, medicine.pupil_id).doses[-1]


def test_what_is_kept_is_read_back_the_life_threatening_first(unit: Unit, pupil: Pupil) -> None:
    for what, severity in (("Pollen", "MILD"), ("Peanuts", "LIFE")):
        health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind="A", what=what, severity=severity))
    health.add_disability(unit.desk, Disability(pupil_id=pupil.id, disability="HEAR"))
    held = health.of_pupil(unit.desk, pupil.id)
    assert [item.what for item in held.items] == ["Peanuts", "Pollen"]
    health.save_item(unit.desk, dataclasses.replace(held.items[0], emergency="Pen in the office.\nCall 999."))
    assert health.of_pupil(unit.desk, pupil.id).items[0].emergency == "Pen in the office.\nCall 999."


def test_a_dose_now_is_the_usual_one_and_who_gave_it_is_still_to_be_said(unit: Unit, pupil: Pupil) -> None:
    dose = dose_log.dose_now(unit.desk, _medicine(unit, pupil))
    assert (dose.amount, dose.given_by, dose.given_on, dose.given_time) == ("10 mg", "", DAY, "10:05")


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ({"witness": None}, "no_witness"),
        ({"witness": "ann officer"}, "own_witness"),
        ({"witness": "Bo", "given_on": date(2026, 11, 25)}, "future_date"),
        ({"witness": "Bo", "given_time": "10:06"}, "future_date"),
        ({"witness": "Bo", "given_time": "25:00"}, "bad_time"),
        ({"witness": "Bo", "was_given": False}, "not_given"),
    ],
)
def test_a_dose_that_cannot_be_right_is_refused(unit: Unit, pupil: Pupil, items: dict[str, object], code: str) -> None:
    medicine = _medicine(unit, pupil, controlled=True)
    with pytest.raises(Refused) as refused:
        _given(unit, medicine, **items)
    assert code in {problem.code for problem in refused.value.problems}
    assert health.of_pupil(unit.desk, pupil.id).doses == []


def test_a_wrong_entry_is_put_right_by_another_and_stays(unit: Unit, pupil: Pupil) -> None:
    medicine = _medicine(unit, pupil)
    wrong = _given(unit, medicine, amount="100 mg")
    with pytest.raises(Refused):
        _given(unit, medicine, corrects=wrong.id)
    right = _given(unit, medicine, corrects=wrong.id, reason="A nought too many", given_time="9.50")
    log = health.of_pupil(unit.desk, pupil.id).doses
    assert {dose.amount for dose in log} == {"100 mg", "10 mg"}
    assert [(dose.amount, dose.given_time) for dose in standing(log)] == [("10 mg", "09:50")]
    with pytest.raises(WrongUse, match="put right already"):
        _given(unit, medicine, corrects=wrong.id, reason="Again")
    assert {dose.id for dose in log} == {wrong.id, right.id} or len(log) == 2


@pytest.mark.parametrize("sql", ["UPDATE dose SET amount = '1 mg'", "DELETE FROM dose", "INSERT OR REPLACE INTO dose SELECT * FROM dose"])
def test_the_file_itself_keeps_the_dose_log(unit: Unit, pupil: Pupil, sql: str) -> None:
    _given(unit, _medicine(unit, pupil))
    before = [tuple(row) for row in unit.desk.vault.rows("SELECT * FROM dose")]
    with pytest.raises((Known, Exception), match="append-only"), unit.desk.vault.transaction():
        unit.desk.vault.execute(sql)
    assert [tuple(row) for row in unit.desk.vault.rows("SELECT * FROM dose")] == before


def test_a_medicine_soon_out_of_date_is_named(unit: Unit, pupil: Pupil) -> None:
    _medicine(unit, pupil, expiry=date(2026, 12, 1))
    _medicine(unit, pupil, name="Old", expiry=date(2026, 1, 1), end_date=date(2026, 2, 1))
    assert [medicine.name for medicine in health.running_out(unit.desk)] == ["Ritalin"]


def said(pupil: Pupil, on: date = DAY) -> NothingKnown:
    return NothingKnown(pupil_id=pupil.id, said_by="Ada Penn, mother", said_on=on, channel="form")


def stands(unit: Unit, pupil: Pupil) -> HealthStanding:
    return health.of_pupil(unit.desk, pupil.id).answer.standing


def test_nothing_is_known_once_somebody_says_so_and_for_a_year(unit: Unit, pupil: Pupil) -> None:
    assert stands(unit, pupil) is HealthStanding.NOT_RECORDED
    health.say_nothing(unit.desk, said(pupil, date(2025, 11, 23)))
    assert stands(unit, pupil) is HealthStanding.SAID_LONG_AGO
    health.say_nothing(unit.desk, said(pupil, date(2025, 11, 24)))
    assert stands(unit, pupil) is HealthStanding.NONE_SAID
    later = Desk(unit.desk.vault, unit.desk.user, FixedClock(unit.desk.clock.now() + timedelta(minutes=1)))
    for category, expected in (("family", HealthStanding.NONE_SAID), ("health", HealthStanding.NOT_RECORDED)):
        notes.add(later, Note(pupil_id=pupil.id, category=category, text="Had a seizure at home", day=DAY))
        assert stands(unit, pupil) is expected, category
    health.say_nothing(later, said(pupil))
    assert stands(unit, pupil) is HealthStanding.NONE_SAID, "said with the note on file"
    _amend_notes_of_health(unit, pupil)
    plan = PupilPlan(pupil_id=pupil.id, kind="sen-support", made_on=DAY - timedelta(days=30), warning_signs="Pale, hands shake")
    recording.add(unit.desk, plan)
    assert stands(unit, pupil) is HealthStanding.NONE_SAID
    recording.add(unit.desk, dataclasses.replace(plan, kind="healthcare"))
    assert stands(unit, pupil) is HealthStanding.NOT_RECORDED, "a healthcare plan runs"
    assert _PLAN_ON_CARD in plain_text(cards.first_aid(unit.desk, [pupil.id])[0])
    (running,) = (case.now for case in recording.of_pupil(unit.desk, pupil.id) if case.now.kind == "healthcare")
    recording.amend(unit.desk, dataclasses.replace(running, ended_on=DAY - timedelta(days=1), ended_because="Well again"))
    assert stands(unit, pupil) is HealthStanding.NONE_SAID, "said after it ended"
    assert _PLAN_ON_CARD not in plain_text(cards.first_aid(unit.desk, [pupil.id])[0])


def _amend_notes_of_health(unit: Unit, pupil: Pupil) -> None:
    """One as it says now, and since it first said so, takes away that nothing is known, which was said while the first was on file."""
    desk = Desk(unit.desk.vault, unit.desk.user, FixedClock(unit.desk.clock.now() + timedelta(minutes=2)))

    def noted() -> Note:
        return next(
            history.now for history in notes.of_pupil(desk, pupil.id) if history.now.category == "health" and not history.now.struck
        )

    notes.correct(desk, dataclasses.replace(noted(), follow_up=DAY))
    notes.followed_up(desk, noted())
    assert stands(unit, pupil) is HealthStanding.NONE_SAID, "followed up: nothing was entered"
    notes.correct(desk, dataclasses.replace(noted(), text="Had two seizures"))
    assert stands(unit, pupil) is HealthStanding.NOT_RECORDED, "what it says was entered later"
    notes.correct(desk, dataclasses.replace(noted(), category="family"))
    assert stands(unit, pupil) is HealthStanding.NONE_SAID, "it is no longer of health"
    new = Note(pupil_id=pupil.id, category="health", text="Faints", day=DAY)
    notes.add(desk, new)
    assert stands(unit, pupil) is HealthStanding.NOT_RECORDED
    notes.strike(desk, noted(), "Another pupil")
    assert stands(unit, pupil) is HealthStanding.NONE_SAID, "struck out"
    notes.add(desk, new)
    first = noted()
    notes.add(desk, new)
    notes.restrict(desk, first)
    notes.strike(desk, noted(), "Said twice")
    assert stands(unit, pupil) is HealthStanding.NOT_RECORDED, "restricted, it came after all the same"
    health.say_nothing(desk, said(pupil))
    assert stands(unit, pupil) is HealthStanding.NONE_SAID


def _enter(unit: Unit, pupil: Pupil, what: str) -> None:
    if what == "notes":
        pupils.save_pupil(unit.desk, dataclasses.replace(pupil, medical="Faints"))
    elif what == "medicine":
        _medicine(unit, pupil, end_date=date(2026, 11, 1))
    elif what == "disability":
        health.add_disability(unit.desk, Disability(pupil_id=pupil.id, disability="HEAR", end_date=date(2026, 11, 1)))
    else:
        health.add_item(unit.desk, HealthItem(pupil_id=pupil.id, kind="D", what="Halal", end_date=date(2026, 11, 1)))


@pytest.mark.parametrize("what", ["notes", "medicine", "disability", "item"])
def test_whatever_is_entered_voids_it_though_it_is_over_or_taken_back(unit: Unit, pupil: Pupil, what: str) -> None:
    health.say_nothing(unit.desk, said(pupil))
    _enter(unit, pupil, what)
    changes.undo(unit.desk, changes.recent(unit.desk, limit=1)[0].key)
    assert stands(unit, pupil) is HealthStanding.NOT_RECORDED
    health.say_nothing(unit.desk, said(pupil))
    assert stands(unit, pupil) is HealthStanding.NONE_SAID


def test_it_is_refused_while_something_is_on_file_and_for_a_day_to_come(unit: Unit, pupil: Pupil) -> None:
    with pytest.raises(Refused):
        health.say_nothing(unit.desk, said(pupil, date(2026, 11, 25)))
    _medicine(unit, pupil)
    with pytest.raises(Refused, match="Something is on file"):
        health.say_nothing(unit.desk, said(pupil))
    assert health.of_pupil(unit.desk, pupil.id).nothing_known == []


def test_taken_away_it_counts_no_more(unit: Unit, pupil: Pupil) -> None:
    health.say_nothing(unit.desk, said(pupil))
    (kept,) = health.of_pupil(unit.desk, pupil.id).nothing_known
    bins.take_away(unit.desk, "health_none", kept.id, "Of another pupil")
    assert stands(unit, pupil) is HealthStanding.NOT_RECORDED


def test_no_disability_in_the_list_is_not_something_to_know(unit: Unit, pupil: Pupil) -> None:
    health.add_disability(unit.desk, Disability(pupil_id=pupil.id, disability="NONE"))
    assert stands(unit, pupil) is HealthStanding.NOT_RECORDED
    health.say_nothing(unit.desk, said(pupil))
    assert stands(unit, pupil) is HealthStanding.NONE_SAID
