"""The school census: who is in it, what stands in its tables, who stays out, and what is found before anything is written."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionEvent, SuspensionEventKind
from pupil_desk.domain.unit.kind import unit_kinds
from pupil_desk.domain.unit.settings import Term
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import register
from pupil_desk.services.care import needs
from pupil_desk.services.exports import promised_exports, run_export
from pupil_desk.services.exports.census import CENSUS
from pupil_desk.services.exports.export import Ask, Format, Selection
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.home import deadline_calendar
from pupil_desk.services.notices import notice_text
from pupil_desk.services.pupils import placements, pupils
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.unit import calendars, settings
from tests.services.exports.made import DAY, Unit

SPRING = date(2027, 1, 25)
UPNS = ("Y919110026001", "M919110026002", "B919110026003", "T919110022999", "R674123101121", "B801200005001")
BORN = date(2011, 5, 6)
COPIED = 'pupil_id, category, "start", session, sessions, reason_1, at, recorded_by, source, act'


def chosen(unit: Unit, day: date = DAY, **more: object) -> Selection:
    return CENSUS.select(unit.desk, Ask(day=day, **more))  # type: ignore[arg-type]


def table(found: Selection, name: str) -> list[dict[str, object]]:
    number = next(number for number, sheet in enumerate(found.sheets) if sheet.name == name)
    heads = [column.heading for column in found.sheets[number].columns]
    return [dict(zip(heads, line, strict=True)) for line in found.lines(number)]


def names(found: Selection, sheet: str) -> set[object]:
    return {row["surname"] for row in table(found, sheet)}


def words(found: Selection, pupil: Pupil) -> list[tuple[str, str]]:
    return [(problem.item, problem.words) for problem in found.problems if problem.pupil.id == pupil.id]


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
    fields = receipt.partition("Fields: ")[2].partition(" Left out:")[0].split(", ")
    assert "upn" in fields
    assert not {"specification year", "allowed", "sure"} & set(fields), "the sheet that explains the columns is no data"
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
    unit.said(pupil, "restrict")

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


def test_the_agreement_from_twelve_on_and_not_where_the_settings_leave_it_out(unit: Unit) -> None:
    unit.pupil("Eleven", "Una", date(2015, 1, 22), upn=UPNS[0])
    unit.pupil("Twelve", "Ted", date(2015, 1, 21), upn=UPNS[1])
    told = {row["surname"]: row["yssa"] for row in table(chosen(unit, SPRING), "pupilonroll")}
    assert told == {"Eleven": None, "Twelve": "UNS"}
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, census_yssa=False, census_day=date(2027, 1, 26)))
    found = chosen(unit, SPRING)
    assert "yssa" not in table(found, "pupilonroll")[0]
    assert table(found, "school")[0]["term"] == "AUT"
    assert table(chosen(unit, date(2027, 1, 26)), "school")[0]["referencedate"] == date(2027, 1, 26)


def test_the_protected_and_those_without_a_right_upn_stay_out(unit: Unit) -> None:
    hidden, nobody, wrong, odd = (
        unit.pupil(name, "X", BORN, upn=upn) for name, upn in (("Hidden", UPNS[0]), ("Nobody", None), ("Wrong", UPNS[1]), ("=Odd", UPNS[2]))
    )
    unit.protect(hidden)
    with unit.desk.vault.transaction():
        unit.desk.vault.execute("UPDATE pupil SET upn = 'A919110026002' WHERE id = ?", (wrong.id,))
    found = chosen(unit, SPRING)
    assert found.exported == []
    assert {left.pupil.surname: left.receipt_reason for left in found.left_out} == {
        "Hidden": "protected, and not confirmed by name",
        **dict.fromkeys(("Nobody", "Wrong", "=Odd"), "something is missing or wrong without which no row is valid"),
    }
    assert {(problem.pupil.surname, problem.item) for problem in found.problems if problem.stops} == {
        ("Nobody", "pupil.upn"),
        ("Wrong", "pupil.upn"),
        ("=Odd", "pupil.surname"),
    }
    (told,) = chosen(unit, SPRING, confirm=frozenset({hidden.id, nobody.id, odd.id})).exported
    assert (told.pupil.surname, told.confirmed, len(told.protections)) == ("Hidden", True, 1)


def test_what_is_found_opens_its_field(unit: Unit) -> None:
    desk = unit.desk
    pupil = unit.pupil(
        "Quill",
        "Bea",
        BORN,
        Enrolment(status="C", start_date=date(2026, 9, 2), main_school="919/4001"),
        upn=UPNS[0],
        sen_provision="K",
        sen_need_1="SEMH",
    )
    (period,) = needs.of_pupil(desk, pupil.id).periods
    with desk.vault.transaction():
        desk.vault.execute("UPDATE pupil SET uln = '1000000052', year_group = '99' WHERE id = ?", (pupil.id,))
        desk.vault.execute("UPDATE sen_period SET provision = 'N' WHERE id = ?", (period.id,))
    register.mark(desk, [Mark(pupil_id=pupil.id, day=date(2026, 11, 20), session=Session.AM, code="Y1")])
    found = chosen(unit, SPRING)
    (row,) = table(found, "pupilonroll")
    assert (row["uniquelearnernumber"], row["ncyearactual"]) == (None, None)
    assert table(found, "senneeds") == []
    said = words(found, pupil)
    for item, beginning in (
        ("pupil.uln", "The ULN cannot be right (1575)"),
        ("pupil.year_group", "Year group: The census does not take 99"),
        ("enrolment.status", "Registered here alone (C), and a main school is named. If 919/4001"),
        ("sen_need.need", "There is a type of need, and no special"),
        ("mark.code", "3 sessions from 1 August 2026"),
        ("mark.code", "No possible session from 1 August 2026 to 31 December 2026 (2502Q)"),
        ("pupil.sex", "Sex is missing"),
        ("pupil.ethnicity", "Ethnic group is missing"),
        ("pupil.first_language", "First language is missing"),
    ):
        assert any(one == item and text.startswith(beginning) for one, text in said), (item, beginning, said)
    assert len(said) == len(set(said))
    assert not any(problem.stops for problem in found.problems)


def test_suspensions_that_overlap_or_outlast_the_stay(unit: Unit) -> None:
    left = unit.pupil("Gone", "Bea", BORN, upn=UPNS[0])
    decisions.decide(
        unit.desk, Suspension(pupil_id=left.id, category="SUSP", start=date(2026, 11, 23), session="AM", sessions=4, reason_1="DB")
    )
    one = chosen(unit, SPRING)
    assert not [item for item, _words in words(one, left) if item == "suspension.sessions"]
    with unit.desk.vault.transaction():
        unit.desk.vault.execute("UPDATE enrolment SET end_date = '2026-11-23' WHERE pupil_id = ?", (left.id,))
        for name, columns in (("suspension", COPIED), ("suspension_session", "pupil_id, day, session")):
            ids, new = ("id, decision", "'b', 'b'") if name == "suspension" else ("id, suspension_id", "id || 'b', 'b'")
            unit.desk.vault.execute(f"INSERT INTO {name} ({ids}, {columns}) SELECT {new}, {columns} FROM {name}")
    said = [text for item, text in words(chosen(unit, SPRING), left) if item == "suspension.sessions"]
    assert said == [
        "Two suspensions cover the same session: those of 23 November 2026 and 23 November 2026. Correct one of the two.",
        "The suspension of 23 November 2026 ends after the leaving day. Correct one of the two.",
    ]


def test_only_a_data_officer_makes_it_and_nobody_is_no_row(unit: Unit, stick: Path) -> None:
    with pytest.raises(NotAllowed):
        run_export(unit.as_role(Role.OFFICE), "school-census", stick, ExportOrder(reason="x"))
    made = run_export(unit.desk, "school-census", stick, ExportOrder(reason="x", plain=True))
    assert (made.rows, made.left_out) == (0, ())


def test_a_setting_of_the_unit_that_a_machine_would_misread_is_named(unit: Unit, stick: Path) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, phone="+44 (0)1442 123456"))
    with pytest.raises(WrongUse, match=r"own phoneno cannot stand in this file: \+44 \(0\)1442 123456\."):
        run_export(unit.desk, "school-census", stick, ExportOrder(reason="x", plain=True))
    assert list(stick.iterdir()) == []
    assert run_export(unit.desk, "school-census", stick, ExportOrder(reason="x", plain=True, format=Format.XLSX)).rows == 0


@pytest.mark.parametrize("kind", list(unit_kinds()))
def test_a_unit_that_makes_no_school_census_is_told_what_is_made_instead(unit: Unit, stick: Path, kind: str) -> None:
    unit.pupil("Ash", "Ann", date(2012, 1, 5))
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, kind=kind))
    front = notice_text.filling_of(unit.desk.settings, DAY)[0]["law_example"]
    listed = any("537A" in row.law for row in notice_text.annex_of(unit.desk.settings, DAY, promised_exports(unit.desk)).recipients)
    due = "census" in [one.kind for one in deadline_calendar.all_deadlines(unit.desk)]
    if kind != "independent-ap":
        chosen(unit)
        assert (front, listed, due) == ("the school census", True, True)
        return
    for attempt in (lambda: chosen(unit), lambda: run_export(unit.desk, "school-census", stick, ExportOrder(reason="Autumn", plain=True))):
        with pytest.raises(
            WrongUse,
            match=r"makes no school census\. .*school-level annual census in January.*alternative provision census that the authority makes",
        ):
            attempt()
    assert (front, listed, due) == ("who joins and who leaves", False, False)
    assert not list(stick.iterdir())
