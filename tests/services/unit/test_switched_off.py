"""What the unit does not use takes in nothing new, and what is on file stays."""

import dataclasses

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.incidents.incident import Incident, IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.schools.school import School
from pupil_desk.domain.schools.school_place import SchoolPlace
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services import figures, sheet
from pupil_desk.services.exports import all_exports, promised_exports
from pupil_desk.services.figures.kinds import FIGURES
from pupil_desk.services.imports import IMPORTS
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.incidents import incidents_due, recording
from pupil_desk.services.notices import notice_editions
from pupil_desk.services.pupils import placements
from pupil_desk.services.schools import places, schools
from pupil_desk.services.transport import journeys
from pupil_desk.services.unit import settings
from pupil_desk.services.unit.uses import has_part
from tests.services.exports.made import DAY, Unit
from tests.services.figures.known import pupils_of


def incident(pupil: Pupil) -> Incident:
    return Incident(pupil_id=pupil.id, kind="threat", day=DAY, account="Words", part="took-part")


def switch_off(unit: Unit) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, records_incidents=False))


@pytest.mark.parametrize("switch", sorted({thing.switch for thing in (*FIGURES, *IMPORTS)} - {""}))
def test_each_switch_is_a_yes_or_no_of_the_settings_and_on_at_first(switch: str) -> None:
    assert UnitSettings(name="U", la="919", estab="1100").uses(switch) is True


def test_it_is_refused_while_the_law_asks_for_something_and_then_kept(unit: Unit) -> None:
    pupil, *_rest = pupils_of(unit)
    recording.enter(unit.desk, [incident(pupil)])
    with pytest.raises(Refused, match="Something is still to be done about 1 incident"):
        switch_off(unit)
    (case,) = recording.of_pupil(unit.desk, pupil.id)
    signed = IncidentEvent(entry_id=case.now.entry_id, pupil_id=pupil.id, kind=IncidentEventKind.SIGNED, on=DAY, who=unit.desk.user.name)
    recording.record(unit.desk, [signed])
    switch_off(unit)
    assert not unit.desk.settings.records_incidents
    assert incidents_due.open_incidents(unit.desk) == []
    assert [section.name for section in sheet.everything(unit.desk, pupil.id) if section.entries and section.name == "incidents"] == [
        "incidents"
    ]


def test_without_schools_there_is_no_export_of_their_week_and_the_notice_names_no_place_agreed(unit: Unit) -> None:
    assert "school-week" in {export.name for export in all_exports(unit.desk)}
    assert any(path.startswith("school_place") for path in notice_editions.said_now(unit.desk).items)
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, records_schools=False))
    assert "school-week" not in {export.name for export in (*all_exports(unit.desk), *promised_exports(unit.desk))}
    assert not any(path.startswith("school_place") for path in notice_editions.said_now(unit.desk).items)
    with pytest.raises(WrongUse, match="“We work with main and commissioning schools here” is switched off"):
        schools.save(unit.desk, School(number="919/4001"))
    pupil, *_rest = pupils_of(unit)
    with pytest.raises(WrongUse, match="is switched off"):
        places.add(unit.desk, SchoolPlace(pupil_id=pupil.id, school="919/4001", kind="bought", start_date=DAY))


def test_without_places_bought_none_is_entered_or_read_in_and_the_notice_names_none_once_none_is_on_file(unit: Unit) -> None:
    pupil, *_rest = pupils_of(unit)
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, buys_places=False))
    off = "“We buy places at other providers” is switched off"
    with pytest.raises(WrongUse, match=off):
        placements.add(unit.desk, Placement(pupil_id=pupil.id, provider="Boat Yard", start_date=DAY, setting="OTH"))
    with pytest.raises(WrongUse, match=off):
        run_import(unit.desk, "placements", b"upn,provider,start_date,setting\nY919110026001,Boat Yard,2026-11-23,OTH\n")
    assert unit.count("placement") == 0
    assert not any(path.startswith("placement.") for path in notice_editions.said_now(unit.desk).items)


def test_a_part_is_in_the_record_of_whom_something_of_it_is_on_file(unit: Unit) -> None:
    first, second, *_rest = pupils_of(unit)
    ride = Journey(pupil_id=first.id, route="Green", start_date=DAY, days="Mon")
    journeys.add(unit.desk, ride)
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, records_transport=False))
    assert [has_part(unit.desk, "transport", pupil_id) for pupil_id in (first.id, second.id, "")] == [True, False, False]
    assert has_part(unit.desk, "placements", second.id)
    with pytest.raises(WrongUse, match="“We record transport here” is switched off"):
        journeys.add(unit.desk, ride)
    (kept,) = journeys.of_pupil(unit.desk, first.id)
    journeys.save(unit.desk, dataclasses.replace(kept, end_date=DAY))
    assert journeys.of_pupil(unit.desk, first.id)[0].end_date == DAY


def test_nothing_new_is_taken_in(unit: Unit) -> None:
    pupil, *_rest = pupils_of(unit)
    switch_off(unit)
    with pytest.raises(WrongUse, match="“We record incidents here” is switched off"):
        recording.enter(unit.desk, [incident(pupil)])
    for kind in ("incidents", "auto"):
        with pytest.raises(WrongUse, match="switched off"):
            run_import(unit.desk, kind, b"upn,kind,day,account\nY919110026001,threat,2026-11-23,Words\n")
    assert unit.count("incident") == 0
    assert [kind.name for kind in figures.offered(unit.desk)] == [
        "attendance",
        "suspensions",
        "accidents",
        "plans",
        "progress",
        "destinations",
        "roll",
    ]
