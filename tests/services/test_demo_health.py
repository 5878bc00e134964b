"""The demonstration holds needs, care and health of a third of its pupils, the same for the same seed."""

from datetime import UTC, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.domain.care.health import Disability, Dose, HealthItem, Medicine, check_dose
from pupil_desk.domain.care.needs import CarePeriod, SenPeriod, check_care, check_period
from pupil_desk.services.care import in_force
from pupil_desk.services.pupils import pupils
from pupil_desk.store.rows import several as store
from tests.trained import training_unit


def test_a_third_have_something_and_it_is_all_right(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    desk = training_unit(tmp_path / "unit.pupildesk", number=60, clock=clock).desk
    vault, today = desk.vault, desk.today
    items = store.by_pupil(vault, HealthItem)
    assert len(items) == 20
    medicines, doses = store.by_pupil(vault, Medicine), store.by_pupil(vault, Dose)
    assert medicines
    assert store.by_pupil(vault, Disability)
    with_pen = {pupil_id for pupil_id, held in medicines.items() for one in held if one.name == "Adrenaline pen"}
    assert with_pen == {pupil_id for pupil_id, held in items.items() for one in held if one.what == "Peanuts"} != set()
    for pupil_id, given in doses.items():
        known = {medicine.id: medicine for medicine in medicines[pupil_id]}
        assert all(check_dose(dose, known[dose.medicine_id], today, "10:05") == () for dose in given)
    for held in store.by_pupil(vault, SenPeriod).values():
        assert not any(problem.stops for period in held for problem in check_period(period, held))
    care = store.by_pupil(vault, CarePeriod)
    assert any(row.kind == "DPP" for held in care.values() for row in held)
    assert not any(problem.stops for held in care.values() for row in held for problem in check_care(row, held))
    assert {row.kind for held in care.values() for row in held if row.worker} >= {"LAC", "CIN"}
    assert in_force.settle(desk, None) == 0
    assert len(pupils.all_pupils(desk)) == 60
    vault.close()
