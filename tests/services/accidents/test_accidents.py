"""The accident book: an entry is kept, corrected and erased with the record, is taken over from an incident, due on Home, printed, counted and switched off."""

import dataclasses
from datetime import date
from typing import Any

import pypdfium2
import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import texts_of
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import figures, sheet
from pupil_desk.services.accidents import accident_papers, accidents_due, recording
from pupil_desk.services.home.deadline_calendar import all_deadlines
from pupil_desk.services.incidents import recording as incidents
from pupil_desk.services.notices import notice_editions
from pupil_desk.services.unit import settings
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit
from tests.services.figures.known import cells, look, pupils_of

TOLD = {"parent": "Ada Ash", "parent_told_on": DAY, "parent_told_by": "Ms Reed"}
TO_REPORT = {"hospital": True, "treated": True, "work_related": True}


@pytest.fixture
def una(unit: Unit) -> Pupil:
    return unit.pupil("Ash", "Una", date(2012, 1, 5))


def enter(unit: Unit, pupil: Pupil, **items: Any) -> Accident:
    first: dict[str, Any] = {"day": DAY, "place": "hall", "account": "Fell off the beam", "injury": "bump", "body_part": "arm"}
    before = {row.id for row in recording.of_pupil(unit.desk, pupil.id)}
    recording.add(unit.desk, Accident(pupil_id=pupil.id, **(first | items)))
    return next(row for row in recording.of_pupil(unit.desk, pupil.id) if row.id not in before)


def test_an_entry_is_kept_and_what_a_correction_replaced_stays_on_the_sheet(unit: Unit, una: Pupil) -> None:
    accident = enter(unit, una, hospital=False)
    recording.save(unit.desk, dataclasses.replace(accident, account="Fell off the bench"))
    told = {section.name: section.entries for section in sheet.everything(unit.desk, una.id)}
    (entry,) = told["accidents"]
    assert entry.as_kept()["account"] == "Fell off the bench"
    assert "Fell off the beam" in [change.as_kept()["old"] for change in told["history"]]
    with pytest.raises(Refused, match="still to come"):
        enter(unit, una, day=date(2027, 1, 5))


def test_an_incident_with_an_injury_is_taken_over_once(unit: Unit, una: Pupil) -> None:
    incident = Incident(
        pupil_id=una.id,
        kind="threat",
        day=DAY,
        account="Pushed",
        part="hurt",
        injury="Cut lip",
        first_aid="Cold pack",
        place="Yard",
        time="9:10",
    )
    incidents.enter(
        unit.desk, [incident, dataclasses.replace(incident, pupil_id=unit.pupil("Bee", "Bo", date(2012, 2, 2)).id, injury="None.")]
    )
    (case,) = incidents.of_pupil(unit.desk, una.id)
    assert recording.to_enter(unit.desk, case)
    begun = recording.begun_from(unit.desk, case.now.entry_id)
    assert begun["account"] == "Pushed"
    assert (begun["injury_detail"], begun["first_aid"], begun["place_detail"], begun["time"]) == ("Cut lip", "Cold pack", "Yard", "09:10")
    enter(unit, una, **begun)
    assert not recording.to_enter(unit.desk, case)
    (bo,) = unit.desk.vault.rows("SELECT id FROM pupil WHERE surname = 'Bee'")
    (other,) = incidents.of_pupil(unit.desk, bo["id"])
    assert not recording.to_enter(unit.desk, other), "nobody was hurt"


def test_home_and_the_calendar_tell_what_is_left_and_the_switch_waits_for_the_report(unit: Unit, una: Pupil) -> None:
    accident = enter(unit, una, **TOLD, **TO_REPORT)
    (line,) = accidents_due.open_accidents(unit.desk)
    assert (line.name, line.words, line.late) == ("Una Ash", ("tell HSE at once by 24 Nov 2026", "report it to HSE by 4 Dec 2026"), False)
    assert [each.day for each in all_deadlines(unit.desk) if each.kind == "accident"] == [DAY, date(2026, 12, 4)]
    off = dataclasses.replace(unit.desk.settings, keeps_accidents=False)
    with pytest.raises(Refused, match="A report to HSE is missing, or not decided, for 1 accident"):
        settings.save_settings(unit.desk, off)
    recording.save(unit.desk, dataclasses.replace(accident, reported_on=DAY, reported_by="Ms Reed"))
    assert accidents_due.open_accidents(unit.desk) == []
    settings.save_settings(unit.desk, off)
    with pytest.raises(WrongUse, match="is switched off"):
        enter(unit, una)
    assert "accidents" not in {kind.name for kind in figures.offered(unit.desk)}
    assert any(path.startswith("accident.") for path in notice_editions.said_now(unit.desk).items), "one is on file"


def test_without_any_and_switched_off_the_notice_names_none(unit: Unit) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_accidents=False))
    assert not any(path.startswith("accident.") for path in notice_editions.said_now(unit.desk).items)


def test_the_page_says_what_riddor_asks_and_on_what_law(unit: Unit, una: Pupil) -> None:
    accident = enter(unit, una, **TOLD, **TO_REPORT, place_detail="By the stage")
    story, title = accident_papers.page(unit.desk, accident.id)
    words = " ".join(texts_of(story))
    assert "Una Ash, born 5 January 2012" in words
    assert "By the stage" in words
    assert "RIDDOR: report it." in words
    assert "within 10 days of the accident. (SI 2013/1471, regulation 5 and schedule 1.)" in words
    pdf = build_pdf(story, title=title, base_size=accident_papers.BASE)
    assert_accessible(pdf)
    assert len(pypdfium2.PdfDocument(pdf)) == 1, "an accident is one page of the book"
    assert recording.riddor_words(dataclasses.replace(accident, hospital=False)).startswith(
        "RIDDOR: this injury need not be reported. The pupil was not taken"
    )
    asked = recording.riddor_words(dataclasses.replace(accident, treated=None))
    assert asked.startswith("RIDDOR: not decided yet. Answer “Treated there for the injury”. An examination")


def test_the_letter_is_for_a_knock_on_the_head(unit: Unit, una: Pupil) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, phone="01632 960100"))
    letter = accident_papers.head_letter(unit.desk, enter(unit, una, body_part="head", time="9:05", first_aid="Cold\npack").id)
    words = " ".join(texts_of(letter.story))
    assert "Una Ash had a knock on the head on 24 November 2026 at 09:05. Place: hall or gym. Injury: bump or bruise, head." in words
    assert f"Telephone 01632 960100, {unit.desk.settings.name}." in words, "whom to call is said before what may come"
    assert "First aid given: Cold pack" in words
    assert "48 hours" in words
    assert "beam" not in words, "how it happened is no part of it: it may name others"
    pdf = letter.pdf()
    assert_accessible(pdf)
    assert len(pypdfium2.PdfDocument(pdf)) == 1, "it is read at the kitchen table: nothing of it stands overleaf"
    with pytest.raises(WrongUse, match="knock on the head"):
        accident_papers.head_letter(unit.desk, enter(unit, una).id)


def test_figures_count_by_place(unit: Unit) -> None:
    pupils = pupils_of(unit)
    for pupil, place, hospital in ((0, "hall", True), (0, "hall", False), (1, "outside", False)):
        enter(unit, pupils[pupil], place=place, hospital=hospital)
    by_place = look(unit, "accidents", "accident-places")
    keys = ("accidents", "injured", "hospital")
    lines = {line.label: cells(by_place, line.label, *keys) for line in by_place.lines}
    assert lines == {"Hall or gym": ["2", "1", "1"], "Yard or field": ["1", "1", "0"], "All accidents": ["3", "2", "1"]}
    assert cells(look(unit, "accidents", "terms"), "Whole period", "pupils", *keys) == ["8", "3", "2", "1"]
