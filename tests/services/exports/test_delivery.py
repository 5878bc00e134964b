"""An export is confirmed as delivered, asked about until then, and its copy taken off the stick."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.exports import delivery, run_export
from pupil_desk.services.exports.listing import PastExport, one_made
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.unit import settings
from tests.services.exports.made import DAY, MOMENT, Unit


@pytest.fixture
def past(unit: Unit, stick: Path) -> PastExport:
    unit.pupil("Quill", "Bea", date(2012, 1, 5))
    return one_made(unit.desk, run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return")).export_id)


def test_delivery_is_asked_about_until_it_is_confirmed(unit: Unit, past: PastExport) -> None:
    def on(days: int) -> list[str]:
        return [one.export_id for one in delivery.unconfirmed(replace(unit.desk, clock=FixedClock(MOMENT + timedelta(days=days))))]

    assert (on(13), on(14)) == ([], [past.export_id])
    settings.save_settings(unit.desk, replace(unit.desk.settings, confirm_days=3))
    assert (on(2), on(3)) == ([], [past.export_id])
    desk = unit.as_role(Role.OFFICE)
    delivery.record_delivery(desk, past.export_id, day=DAY, way="hand", to_whom=" Jo Field,  front desk ", note="In the rain")
    assert on(40) == []
    confirmed = one_made(unit.desk, past.export_id).delivered
    assert confirmed is not None
    assert (confirmed.day, confirmed.way, confirmed.to_whom, confirmed.note, confirmed.recorded_by) == (
        DAY,
        "hand",
        "Jo Field, front desk",
        "In the rain",
        "Colleague office",
    )
    assert unit.log()[-1] == ("record-delivery", past.export_id, "delivered")  # no name in the log
    delivery.record_delivery(desk, past.export_id, day=DAY, way="upload", to_whom="S2S")
    latest = one_made(unit.desk, past.export_id).delivered
    assert latest is not None
    assert latest.way == "upload"
    assert unit.count("export_event") == 2


def test_what_is_wrong_is_named_and_nothing_is_recorded(unit: Unit, past: PastExport) -> None:
    wrong: list[tuple[str, object]] = [
        ("on", DAY + timedelta(days=1)),
        ("on", DAY - timedelta(days=1)),
        ("how", "pigeon"),
        ("to_whom", " "),
        ("note", "x" * 201),
    ]
    parameters = {"on": "day", "how": "way"}
    for column, value in wrong:
        with pytest.raises(Refused) as refused:
            delivery.record_delivery(
                unit.desk, past.export_id, **{"day": DAY, "way": "hand", "to_whom": "Jo Field", parameters.get(column, column): value}
            )  # type: ignore[arg-type]
        assert [problem.column for problem in refused.value.problems] == [column]
    for act in (
        lambda: delivery.record_delivery(unit.desk, "nowhere", day=DAY, way="hand", to_whom="Jo"),
        lambda: delivery.record_copy_deleted(unit.desk, "nowhere", DAY),
        lambda: delivery.delete_from_stick(unit.desk, "nowhere", Path()),
        lambda: delivery.is_delivered(unit.desk, "nowhere"),
    ):
        with pytest.raises(WrongUse, match="no such export"):
            act()
    assert unit.count("export_event") == 0
    assert "without its password the traces tell nothing" in delivery.traces(past)
    assert "not locked" in delivery.traces(replace(past, plain=True))


def test_the_sticks_copy_goes_only_where_it_is_the_file_of_the_receipt(unit: Unit, past: PastExport, stick: Path) -> None:
    (file,) = past.files
    other = stick / "holiday.zip"
    other.write_bytes(b"mine")
    kept = (stick / file.name).read_bytes()
    (stick / file.name).write_bytes(kept + b"!")
    assert delivery.delete_from_stick(unit.desk, past.export_id, stick) == delivery.Swept((), (), (file.name,))
    assert one_made(unit.desk, past.export_id).taken_off is None
    (stick / file.name).write_bytes(kept)
    assert delivery.delete_from_stick(unit.desk, past.export_id, stick) == delivery.Swept((file.name,), (), ())
    assert sorted(path.name for path in stick.iterdir()) == ["holiday.zip", file.name.replace(".zip", "-receipt.txt")]
    taken = one_made(unit.desk, past.export_id).taken_off
    assert taken is not None
    assert (taken.day, taken.note) == (DAY, "by the program: 1 of 1 files")
    for folder in (stick, stick / "nowhere"):
        with pytest.raises(WrongUse, match="None of the files"):
            delivery.delete_from_stick(unit.desk, past.export_id, folder)
    delivery.record_copy_deleted(unit.desk, past.export_id, DAY)
    with pytest.raises(Refused):
        delivery.record_copy_deleted(unit.desk, past.export_id, DAY + timedelta(days=1))
