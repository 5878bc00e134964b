"""The school census: who is in it, what stands in its tables, who stays out, and what is found before anything is written."""

from datetime import date
from pathlib import Path

from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionEvent, SuspensionEventKind
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services import register
from pupil_desk.services.care import needs
from pupil_desk.services.duplicates import merging
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.pupils import placements, pupils
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.unit import calendars
from tests.services.exports.census_tables import BORN, SPRING, UPNS, chosen, names, table, words
from tests.services.exports.made import DAY, Unit


def test_whom_it_covers_and_two_tables_byte_for_byte(unit: Unit, stick: Path) -> None:
    def of(surname: str, upn: int | None, status: str, start: date, end: date | None = None, **items: object) -> Pupil:
        number = {"upn": UPNS[upn]} if upn is not None else {}
        return unit.pupil(surname, "Zoë", BORN, Enrolment(status=status, start_date=start, end_date=end), **number, **items)

    summer = date(2026, 7, 20)
    of(
        "O’Hanrahan",
        0,
        "C",
        date(2026, 9, 2),
        former_upn=UPNS[5],
        uln="1000000051",
        sex="F",
        first_language="ENG",
        year_group="10",
        service_child="N",
        middle_names="Ana",
    )
    of("Left", 1, "S", date(2026, 5, 1), summer, sex="M", year_group="11")
    of("On The Day", 2, "M", date(2026, 1, 5), date(2026, 10, 1))
    of("Before Easter", 3, "C", date(2026, 1, 5), date(2026, 4, 5))
    of("Guest", 4, "G", date(2026, 1, 5))
    of("College", None, "F", date(2026, 1, 5))
    of("Between", None, "C", date(2026, 9, 2), date(2026, 9, 30))  # on roll neither in the days told nor on the reference day
    of("Later", None, "C", date(2026, 10, 2))
    made = run_export(unit.desk, "school-census", stick, ExportOrder(reason="Autumn census", plain=True))
    assert [file.name.split("-1005-")[-1] for file in made.files] == [
        "school.csv",
        "pupilonroll.csv",
        "pupilnolongeronroll.csv",
        "fsmperiods.csv",
        "addresses.csv",
        "termlyexclusions.csv",
        "termlysessiondetails.csv",
        "summerhalfterm2sessiondetails.csv",
        "approvisiondetail.csv",
        "schoolarrangedapdetail.csv",
        "columns.csv",
    ]
    receipt = " ".join(made.receipt_text.split())
    assert "for the reference day 1 October 2026" in receipt
    fields = receipt.partition("Fields: ")[2].partition(" Left out:")[0]
    assert "UPN (upn)" in fields
    assert not any(heading in fields for heading in ("specification year", "allowed", "sure")), (
        "the sheet that explains the columns is no data"
    )
    texts = {file.name.split("-1005-")[-1]: (stick / file.name).read_bytes().decode("utf-8") for file in made.files}
    sessions = [
        f"{when}sessions{what}"
        for when in ("termly", "summerhalfterm2")
        for what in ("possible", "educational", "exceptional", "authorised", "unauthorised")
    ]
    assert texts["pupilonroll.csv"] == (
        "\ufeffupn,formerupn,uniquelearnernumber,surname,forename,middlenames,preferredsurname,dob,sex,language,yssa,servicechild,plaa,entrydate,parttime,enrolstatus,ncyearactual,"
        f"senprovision,{','.join(sessions)},mathsgcsehighestpriorattainment,englishgcsehighestpriorattainment\r\n"
        "Y919110026001,B801200005001,1000000051,O'Hanrahan,Zoë,Ana,,2011-05-06,F,ENG,UNS,N,,2026-09-02,,C,10,,0,0,0,0,0,0,0,0,0,0,,\r\n"
        "B919110026003,,,On The Day,Zoë,,,2011-05-06,,,UNS,,,2026-01-05,,M,,,0,0,0,0,0,0,0,0,0,0,,\r\n"
    )
    assert texts["pupilnolongeronroll.csv"].splitlines()[1:] == [
        "M919110026002,,,Left,Zoë,,2011-05-06,M,,2026-05-01,2026-07-20,,11,0,0,0,0,0,0,0,0,0,0"
    ]
    assert texts["school.csv"].splitlines()[1] == "SC,AUT,2026,2026-10-01,919,1100,Larkfield Centre,,,PR"
    assert "pupilonroll,sex,2024,every term,yes,Sex,M F U,high,tables" in texts["columns.csv"].splitlines()
    assert "pupilonroll,boarder,2024,every term,no: key it in,,,high,tables" in texts["columns.csv"].splitlines()
    assert made.left_out == ()
    assert "Department for Education" in made.receipt_text


def test_what_a_units_own_pupils_are_asked_is_told_from_the_record(unit: Unit) -> None:
    """How the stay began, part-time, care before and with kin, and the places that the unit arranges elsewhere: none of it is keyed in."""
    stay = Enrolment(status="C", start_date=date(2026, 9, 2), part_time=True, last_school_urn="131100", entry_reason="PEX")
    pupil = unit.pupil("Quill", "Bea", BORN, stay, upn=UPNS[0], plaa="G", kinship_care="KF")
    needs.add_period(unit.desk, SenPeriod(pupil_id=pupil.id, provision="K", start_date=date(2026, 9, 2)))
    common = {"reason": "BHS", "sessions_per_week": 4, "pattern": "PT"}
    for place in (
        Placement(pupil_id=pupil.id, provider="Riverside Farm", start_date=date(2026, 10, 1), setting="OTH", postcode="AL28 2QN", **common),
        Placement(
            pupil_id=pupil.id,
            provider="Wyming College",
            start_date=date(2026, 9, 3),
            end_date=date(2026, 10, 1),
            ukprn="10012345",
            **common,
        ),
        Placement(
            pupil_id=pupil.id, provider="Before", start_date=date(2026, 9, 3), end_date=date(2026, 9, 30), ukprn="10012345", **common
        ),
        Placement(pupil_id=pupil.id, provider="After", start_date=date(2027, 1, 22), ukprn="10012345", **common),
    ):
        placements.add(unit.desk, place)
    found = chosen(unit, SPRING)
    (row,) = table(found, "pupilonroll")
    assert (row["plaa"], row["kinshipcare"], row["parttime"]) == ("G", "KF", "1")
    (entry,) = table(found, "approvisiondetail")
    assert entry == {"upn": UPNS[0], "prevurn": "131100", "apreason": "PEX", "senprovisionentry": "K"}
    told = {
        "upn": UPNS[0], "urn": None, "ukprn": None, "apsettingtype": "OTH", "applacementpostcode": "AL28 2QN", "companynumber": None,
        "entrydate": date(2026, 10, 1), "leavingdate": None, "apsessionsperweek": 4, "placementreason": "BHS", "senprovisionentry": "K",
        "senprovisionleaving": None, "apattendancepattern": "PT",
    }  # fmt: skip
    college = {
        "ukprn": "10012345",
        "apsettingtype": None,
        "applacementpostcode": None,
        "entrydate": date(2026, 9, 3),
        "leavingdate": date(2026, 10, 1),
    }
    assert table(found, "schoolarrangedapdetail") == [told | college | {"senprovisionleaving": "K"}, told]
    homework = {row["item"] for row in table(found, "columns") if row["written here"] != "yes"}
    assert not homework & {"plaa", "parttime", "prevurn", "apreason", "urn", "apsettingtype", "placementreason", "kinshipcare"}
    asked = {"enrolment.entry_reason", "enrolment.last_school_urn", "enrolment.part_time", "placement.reason", "placement.urn"}
    assert not asked & {item for item, _words in words(found, pupil)}


def test_what_is_missing_of_it_opens_its_field_and_a_second_school_tells_no_place(unit: Unit) -> None:
    bare = unit.pupil("Bare", "Bea", BORN, Enrolment(status="C", start_date=date(2026, 9, 2)), upn=UPNS[0], previous_school="919/4001")
    second = unit.pupil("Second", "Cy", BORN, Enrolment(status="S", start_date=date(2026, 9, 2), main_school="919/4001"), upn=UPNS[1])
    for pupil in (bare, second):
        placements.add(unit.desk, Placement(pupil_id=pupil.id, provider="Somewhere", start_date=date(2026, 11, 2)))
    found = chosen(unit, SPRING)
    assert [row["upn"] for row in table(found, "schoolarrangedapdetail")] == [UPNS[0]]
    asked = dict(words(found, bare))
    assert {"enrolment.entry_reason", "enrolment.part_time", "placement.urn", "placement.reason"} <= set(asked)
    assert "919/4001" in asked["enrolment.last_school_urn"]
    assert "the main school returns places" in dict(words(found, second))["placement.provider"]


def test_who_left_before_the_attendance_told_is_there_for_a_suspension_that_is(unit: Unit) -> None:
    """The spring census tells suspensions from Easter Monday, attendance from August: of summer's leavers it tells the suspension."""
    terms = ((date(2026, 1, 5), date(2026, 7, 21)), (date(2026, 9, 2), date(2026, 12, 18)))
    calendars.save_calendar(unit.desk, [Term(start=start, end=end) for start, end in terms], [])
    left = unit.pupil("Summer", "Bea", BORN, Enrolment(status="C", start_date=date(2026, 1, 5), end_date=date(2026, 7, 21)), upn=UPNS[0])
    unit.pupil("Quiet", "Cy", BORN, Enrolment(status="C", start_date=date(2026, 1, 5), end_date=date(2026, 7, 21)), upn=UPNS[1])
    suspended = Suspension(pupil_id=left.id, category="SUSP", start=date(2026, 6, 9), session="AM", sessions=2, reason_1="PP")
    decisions.decide(unit.desk, suspended)
    found = chosen(unit, SPRING)
    assert names(found, "pupilnolongeronroll") == {"Summer"}
    assert [(row["upn"], row["startdate"]) for row in table(found, "termlyexclusions")] == [(UPNS[0], date(2026, 6, 9))]


def test_what_spring_tells_of_one_pupil(unit: Unit) -> None:
    desk = unit.desk
    pupil = unit.pupil(
        "Quill",
        "Bea",
        BORN,
        Enrolment(status="G", start_date=date(2026, 9, 2), end_date=date(2026, 9, 30)),
        upn=UPNS[0],
        ethnicity="WBRI",
        address_1="1 Low Road",
        postcode="AL28 2QN",
    )
    pupils.add_stay(desk, Enrolment(pupil_id=pupil.id, status="S", start_date=date(2026, 10, 1), main_school="919/4001"))
    needs.add_period(desk, SenPeriod(pupil_id=pupil.id, provision="N", start_date=date(2026, 9, 2), end_date=date(2026, 10, 31)))
    needs.add_period(desk, SenPeriod(pupil_id=pupil.id, provision="E", start_date=date(2026, 11, 1)))
    for rank, kind in ((2, "HI"), (1, "SEMH")):
        needs.add_need(desk, SenNeed(pupil_id=pupil.id, need=kind, rank=rank, start_date=date(2026, 11, 1)))
    for kind, since, until in (
        ("EFSM", date(2026, 1, 5), date(2026, 7, 31)),
        ("TFSM", date(2026, 9, 2), date(2026, 10, 9)),
        ("OFSM", date(2026, 10, 12), None),
    ):
        needs.add_care(desk, CarePeriod(pupil_id=pupil.id, kind=kind, start_date=since, end_date=until))
    marks = [
        (date(2026, 9, 15), "/"),
        (date(2026, 10, 5), "/"),
        (date(2026, 10, 6), "L"),
        (date(2026, 10, 7), "B"),
        (date(2026, 10, 8), "I"),
        (date(2026, 10, 9), "O"),
        (date(2026, 10, 12), "D"),
        (date(2026, 10, 13), "Y1"),
        (date(2026, 10, 14), "N"),
    ]
    register.mark(desk, [Mark(pupil_id=pupil.id, day=day, session=Session.AM, code=code) for day, code in marks])
    register.mark(desk, [Mark(pupil_id=pupil.id, day=date(2026, 10, 14), session=Session.AM, code="C1")], reason="A letter came")
    decisions.decide(
        desk, Suspension(pupil_id=pupil.id, category="SUSP", start=DAY, session="PM", sessions=3, reason_1="DB", reason_2="VA")
    )
    unit.said(pupil, "allow", on=date(2026, 9, 20))
    guest = Enrolment(status="G", start_date=date(2026, 9, 2), end_date=date(2026, 9, 30))
    other = unit.pupil("Quil", "Bea", BORN, guest)
    unit.said(other, "restrict")
    merging.merge(desk, pupil.id, other.id, reason="One girl")

    found = chosen(unit, SPRING)
    (row,) = table(found, "pupilonroll")
    assert {name: row[name] for name in ("ethnicity", "yssa", "entrydate", "enrolstatus", "senprovision")} == {
        "ethnicity": "WBRI",
        "yssa": "N",
        "entrydate": date(2026, 10, 1),
        "enrolstatus": "S",
        "senprovision": "E",
    }
    held = [row[f"termlysessions{what}"] for what in ("possible", "educational", "exceptional", "authorised", "unauthorised")]
    marked = {line["attendancereason"]: line["sessions"] for line in table(found, "termlysessiondetails")}
    suspended = marked.pop("E")
    assert marked == {"/": 1, "L": 1, "B": 1, "I": 1, "O": 1, "D": 1, "Y1": 1, "C1": 1}, "the mark of the guest's day is none of ours"
    assert suspended == 3
    assert held == [6 + 3, 1, 1, 2 + 3, 1]
    assert [(line["sentyperank"], line["sentype"]) for line in table(found, "senneeds")] == [(1, "SEMH"), (2, "HI")]
    assert [(line["fsmstartdate"], line["fsmenddate"], line["ukcountry"], line["fsmcategory"]) for line in table(found, "fsmperiods")] == [
        (date(2026, 9, 2), date(2026, 10, 9), "ENG", "TFSM"),
        (date(2026, 10, 12), None, "ENG", "OFSM"),
    ]
    (line,) = table(found, "termlyexclusions")
    assert list(line.values()) == [UPNS[0], "SUSP", DAY, "PM", 3, "DB", "VA", None, "E"]
    (line,) = table(found, "approvisiondetail")
    assert line == {"upn": UPNS[0], "prevurn": None, "apreason": None, "senprovisionentry": "N"}
    (line,) = table(found, "addresses")
    assert (line["addressline1"], line["postcode"]) == ("1 Low Road", "AL28 2QN")
    keys = [(row.sheet, row.key) for row in found.exported[0].rows]
    assert len(set(keys)) == len(keys), "what is frozen is found again by sheet and key"

    decision = decisions.overview(desk, pupil.id).cases[0].suspension.decision
    decisions.record_event(
        desk, SuspensionEvent(pupil_id=pupil.id, decision=decision, kind=SuspensionEventKind.CANCELLED, on=DAY, note="Evidence")
    )
    assert table(chosen(unit, SPRING), "termlyexclusions") == [], "one that was cancelled is not told"
