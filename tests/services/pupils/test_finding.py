"""Anything in a record leads to its pupil, once, with the words that say why."""

import dataclasses
from datetime import date, timedelta

import pytest

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.exams.exam import ExamEntry
from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Move, Pupil
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.services.accidents import recording as accidents
from pupil_desk.services.exams import recording as exams
from pupil_desk.services.incidents import recording as incidents
from pupil_desk.services.plans import recording as plans
from pupil_desk.services.pupils import finding, placements, pupils
from pupil_desk.services.transport import journeys
from pupil_desk.services.unit import own_fields
from tests.services import erased_at_once
from tests.services.exports.made import DAY, Unit
from tests.services.unit.own_fields.made import field

HOME = {"address_1": "4 Larch Way", "postcode": "LE2 1AB", "phone": "0116 496 0123"}


@pytest.fixture
def ada(unit: Unit) -> Pupil:
    """A pupil with a history: another surname before, another address before, a mother, a school."""
    stay = Enrolment(status="M", start_date=date(2026, 9, 2), main_school="919/4321", commissioned_by="Westbrook Academy")
    pupil = unit.pupil("Formerly", "Ada", date(2012, 5, 6), stay, preferred_forename="Ziggy", upn="Y919110026001", uln="9900000004", **HOME)
    unit.contact(pupil, "O’Hanrahan", forename="Máire", mobile="07700 900777", email="maire@example.org", postcode="BS1 4ST")
    now = dataclasses.replace(pupil, surname="Quill", address_1="9 Elm Row", postcode="LE3 9QP")
    pupils.save_pupil(unit.desk, now, move=Move(date(2026, 10, 1)))
    return now


def words(unit: Unit, typed: str) -> list[tuple[str, str]]:
    return [(one.title, one.words) for one in finding.find(unit.desk, typed)]


WHY = {
    "quill": "born 6 May 2012, P0001",
    "zig": "born 6 May 2012, P0001",
    "quill ada": "born 6 May 2012, P0001",
    "p0001": "born 6 May 2012, P0001",
    "y919110026001": "UPN Y919110026001",
    "99000": "ULN 9900000004",
    "formerly": "before: legal surname Formerly",
    "ohanrahan": "mother: Máire O’Hanrahan",
    "maire o'h": "mother: Máire O’Hanrahan",
    "+44 7700 900777": "mother: Máire O’Hanrahan, mobile 07700 900777",
    "maire@exa": "mother: Máire O’Hanrahan, e-mail maire@example.org",
    "bs14st": "mother: Máire O’Hanrahan, postcode BS1 4ST",
    "LE3 9QP": "postcode LE3 9QP",
    "le3": "postcode LE3 9QP",
    "elm row": "address 9 Elm Row",
    "le21ab": "address before: 4 Larch Way, LE2 1AB",
    "01164960123": "telephone 0116 496 0123",
    "919/4321": "main school 919/4321",
    "westbrook": "placed by Westbrook Academy",
}


def test_all_that_the_office_knows_of_a_pupil_finds_it(unit: Unit, ada: Pupil) -> None:
    for typed, why in WHY.items():
        assert words(unit, typed) == [("Quill, Ada (Ziggy)", why)], typed


def test_each_leads_to_the_record_that_says_it(unit: Unit, ada: Pupil) -> None:
    [mother] = finding.find(unit.desk, "maire")
    assert (mother.kind, mother.pupil_id) == ("contact", ada.id)
    row = unit.desk.vault.first_row("SELECT surname FROM contact WHERE id = ?", (mother.record_id,))
    assert row is not None
    assert row["surname"] == "O’Hanrahan"
    assert [finding.find(unit.desk, typed)[0].kind for typed in ("quill", "formerly", "westbrook", "larch", "elm")] == [
        "name",
        "amendment",
        "enrolment",
        "former_address",
        "pupil",
    ]


def test_a_whole_number_comes_first_then_names_then_the_rest_and_leavers_last(unit: Unit) -> None:
    left = Enrolment(status="C", start_date=date(2025, 9, 1), end_date=date(2026, 7, 17))
    unit.pupil("Birch", "Leaver", date(2010, 1, 1), left)
    unit.pupil("Ash", "Birch", date(2012, 1, 1))
    unit.pupil("Birch", "Here", date(2012, 1, 2))
    parent = unit.pupil("Cole", "Child", date(2012, 1, 3))
    unit.contact(parent, "Birch")
    unit.pupil("P0001", "Named", date(2012, 1, 4))
    assert [one.title for one in finding.find(unit.desk, "birch")] == ["Birch, Here", "Ash, Birch", "Birch, Leaver", "Cole, Child"]
    assert [one.here for one in finding.find(unit.desk, "birch")] == [True, True, False, True]
    assert finding.find(unit.desk, "p000")[0].title == "P0001, Named"
    assert [one.title for one in finding.find(unit.desk, "P0003")] == ["Birch, Here"]


def test_a_pupil_comes_once_with_how_many_more_say_it(unit: Unit) -> None:
    pupil = unit.pupil("Dale", "Owen", date(2012, 1, 1))
    for forename in ("Carys", "Rhys"):
        unit.contact(pupil, "Dale", forename=forename)
    [one] = finding.find(unit.desk, "dale")
    assert (one.kind, one.more) == ("name", 2)
    assert len(finding.find(unit.desk, "d", limit=0)) == 0


def test_an_address_that_is_kept_back_is_found_and_not_shown(unit: Unit) -> None:
    pupil = unit.pupil("Dale", "Owen", date(2012, 1, 1), **HOME)
    contact = unit.contact(pupil, "Moss", postcode="BS1 4ST")
    unit.protect(pupil)
    told = [*words(unit, "le21ab"), *words(unit, "bs1"), *words(unit, "0116 496")]
    assert [why for _title, why in told] == [
        "address or number, kept back",
        "mother: Moss, address or number, kept back",
        "address or number, kept back",
    ]
    other = unit.pupil("Elm", "Una", date(2012, 1, 1), **HOME)
    contact = unit.contact(other, "Fern", postcode="CF10 1AA")
    unit.protect(other, contact=contact)
    assert words(unit, "cf10") == [("Elm, Una", "mother: Fern, address or number, kept back")]
    assert [one.protected for one in finding.find(unit.desk, "cf10")] == [True]
    assert ("Elm, Una", "postcode LE2 1AB") in words(unit, "le2")


def test_exams_routes_providers_accidents_and_the_place_of_an_incident_lead_to_their_pupil(unit: Unit, ada: Pupil) -> None:
    for code in ("8201", "8300F"):
        entry = ExamEntry(series="summer", year=2027, board="aqa", qualification="GCSE", entry_code=code, status="entered", pupil_id=ada.id)
        exams.add_entry(unit.desk, dataclasses.replace(entry, candidate_number="0042", uci="998810050001A"))
    journeys.add(unit.desk, Journey(pupil_id=ada.id, route="Wyming North", start_date=DAY, days="Mon"))
    placements.add(unit.desk, Placement(pupil_id=ada.id, provider="Marden Farm", start_date=DAY, setting="OTH"))
    accident = Accident(pupil_id=ada.id, day=DAY, place="hall", account="Fell", injury="Cut", body_part="Knee")
    accidents.add(unit.desk, dataclasses.replace(accident, reported_on=DAY, reported_by="Ms Reed", report_reference="RID/7781"))
    incidents.enter(unit.desk, [Incident(pupil_id=ada.id, kind="threat", day=DAY, account="Words", part="took-part", place="Boiler yard")])
    for typed, why in {
        "0042": "candidate number 0042",
        "99881005": "unique candidate identifier (UCI) 998810050001A",
        "wyming": "route Wyming North",
        "marden fa": "provider Marden Farm",
        "rid/7781": "reference of the report RID/7781",
        "boiler": "incident of 24 Nov 2026, Boiler yard",
    }.items():
        assert words(unit, typed) == [("Quill, Ada (Ziggy)", why)], typed
    assert words(unit, "wy") == []


def test_a_plan_is_found_by_its_kind_and_by_the_units_own_fields_while_it_runs(unit: Unit, ada: Pupil) -> None:
    plans.add(unit.desk, PupilPlan(pupil_id=ada.id, kind="sen-support", made_on=DAY - timedelta(days=9)))
    assert words(unit, "sen support") == [("Quill, Ada (Ziggy)", "plan: SEN support plan")]
    own_fields.make(unit.desk, field("text", "plan", label="Funding round"))
    (case,) = plans.of_pupil(unit.desk, ada.id)
    plans.amend(unit.desk, dataclasses.replace(case.now, own_text_1="Autumn wave"))
    assert words(unit, "autumn wave") == [("Quill, Ada (Ziggy)", "SEN support plan: funding round Autumn wave")]
    (case,) = plans.of_pupil(unit.desk, ada.id)
    plans.amend(unit.desk, dataclasses.replace(case.now, ended_on=DAY - timedelta(days=1), ended_because="Left"))
    assert words(unit, "sen support") == words(unit, "autumn wave") == []


def test_what_is_put_back_is_no_former_name(unit: Unit, ada: Pupil) -> None:
    pupils.save_pupil(unit.desk, dataclasses.replace(ada, surname="Formerly"))
    assert words(unit, "formerly") == [("Formerly, Ada (Ziggy)", "born 6 May 2012, P0001")]


def test_nobody_is_found_by_what_is_erased(unit: Unit, ada: Pupil) -> None:
    erased_at_once.erase_pupil(unit.desk, ada.id, authority="Request of 3 November")
    assert [typed for typed in ("quill", "formerly", "maire", "le3", "larch", "westbrook", "p0001") if finding.find(unit.desk, typed)] == []
    assert unit.desk.vault.rows("SELECT 1 FROM findable") == []


def test_looking_leaves_no_trace_of_what_was_typed(unit: Unit, ada: Pupil) -> None:
    before = unit.log()
    finding.find(unit.desk, "quill")
    assert unit.log() == before


def test_the_list_tells_of_several_stays_the_one_that_counts_and_orders_by_it(unit: Unit) -> None:
    """Guests and leavers stand apart from those on roll, whatever the list is asked for."""
    left = Enrolment(status="C", start_date=date(2025, 9, 1), end_date=date(2026, 7, 17))
    guest = Enrolment(status="G", start_date=date(2026, 9, 2))
    both = unit.pupil("Ash", "Both", date(2012, 1, 1), guest)
    pupils.add_stay(unit.desk, Enrolment(pupil_id=both.id, status="M", start_date=date(2026, 9, 2)))
    unit.pupil("Birch", "Left", date(2012, 1, 2), left)
    unit.pupil("Cole", "Guest", date(2012, 1, 3), guest)
    unit.protect(unit.pupil("Dale", "Here", date(2012, 1, 4)))

    def told(**how: object) -> list[tuple[object, ...]]:
        return [(row[2], *row[8:]) for row in pupils.listing(unit.desk, **how)]  # type: ignore[arg-type]

    rows = [("Ash", "1M", 0), ("Birch", None, 0), ("Cole", "2G", 0), ("Dale", "1C", 1)]
    assert told() == rows
    assert [told(find=row[0][:2]) for row in rows] == [[row] for row in rows]
    assert [row[0] for row in told(order="status")] == ["Birch", "Dale", "Ash", "Cole"]
    assert [row[0] for row in told(order="status", descending=True)] == ["Cole", "Ash", "Dale", "Birch"]


def test_the_home_is_kept_back_where_somebody_protected_lives_there(unit: Unit) -> None:
    pupil = unit.pupil("Elm", "Una", date(2012, 1, 1), **HOME)
    unit.protect(pupil, contact=unit.contact(pupil, "Fern", lives_with=True))
    assert words(unit, "le2") == [("Elm, Una", "address or number, kept back")]
