"""The transfer files, value by value, beside what the reference asks for, read from the tables of either unit by plain SQL."""

from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.ctf import CTF
from pupil_desk.services.exports.export import Ask, Format, Writing
from tests.services.exports.ctf_tables import (
    ARRANGED,
    ATTENDED,
    AUTHORISED,
    ELSE,
    ONE_TO_ONE,
    PARTS,
    TODAY,
    UNAUTHORISED,
    fate,
    filled,
    groups,
    leaves,
    rows,
    straight,
)
from tests.services.exports.made import DAY, MOMENT, statements


@pytest.fixture(scope="module")
def files(either: Desk) -> list[tuple[str, ET.Element]]:
    """The pupil's id and the file of everyone whose file can go at all; those who are protected are confirmed."""
    everyone = frozenset(row["id"] for row in either.vault.rows("SELECT id FROM pupil"))
    ask = Ask(day=DAY, pupils=everyone, confirm=everyone)
    selection = CTF.select(either, ask)
    made = CTF.layouts[Format.XML](Writing(either, CTF, ask, selection, "ctf", MOMENT))
    assert len(made) == len(selection.exported) >= 8
    return [(told.pupil.id, ET.fromstring(file.data)) for told, file in zip(selection.exported, made, strict=True)]


@pytest.mark.parametrize("named", [False, True], ids=["due", "by name"])
def test_whose_file_goes_where_and_under_which_name(either: Desk, named: bool) -> None:
    everyone = either.vault.rows("SELECT * FROM pupil WHERE same_as IS NULL ORDER BY sort_key, id")
    ids = frozenset(pupil["id"] for pupil in everyone)
    ask = Ask(day=DAY, pupils=ids if named else None, confirm=ids)
    fates = {pupil["id"]: to for pupil in everyone if (to := fate(either, pupil, named=named)) is not None}
    selection = CTF.select(either, ask)
    assert [(told.pupil.id, told.part) for told in selection.exported] == [(pupil_id, to) for pupil_id, to in fates.items() if to]
    assert [left.pupil.id for left in selection.left_out] == [pupil_id for pupil_id, to in fates.items() if not to]
    assert len(set(filter(None, fates.values()))) > (4 if named else 0)
    made = CTF.layouts[Format.XML](Writing(either, CTF, ask, selection, "ctf", MOMENT))
    numbers: Counter[str] = Counter()
    for file, to in zip(made, filter(None, fates.values()), strict=True):
        numbers[to] += 1
        assert file.name == f"9191100_CTF_{to}_{numbers[to]:03}.xml"
        (header,) = groups(ET.fromstring(file.data), "Header")
        assert header == {
            "DocumentName": "Common Transfer File",
            "CTFversion": "26.0",
            "DateTime": f"{MOMENT.astimezone():%Y-%m-%dT%H:%M:%S}",
            "DocumentQualifier": "full",
            "SupplierID": "Pupil Desk",
            "SourceSchool/LEA": "919",
            "SourceSchool/Estab": "1100",
            **({"SourceSchool/URN": either.settings.urn} if either.settings.urn else {}),
            "SourceSchool/SchoolName": either.settings.name,
            "SourceSchool/AcademicYear": "2026",
            "DestSchool/LEA": to[:3],
            "DestSchool/Estab": to[3:],
        }


def test_the_pupils_own_values(either: Desk, files: list[tuple[str, ET.Element]]) -> None:
    for pupil_id, tree in files:
        (row,) = either.vault.rows("SELECT * FROM pupil WHERE id = ?", (pupil_id,))
        (pupil,) = tree.iterfind("CTFpupilData/Pupil")
        told = dict(leaves(pupil))
        assert {path: told[path] for path in ONE_TO_ONE if path in told} == {
            path: straight(row[name]).replace(*((" ", "") if name == "phone" else ("", "")))
            for path, name in ONE_TO_ONE.items()
            if row[name] is not None
        }
        place = [told[path] for path in ARRANGED[2:] if path in told]
        assert place == [straight(row[name]) for name in ("locality", "town") if row[name]]
        assert told.get("LookedAfter/InCare") == {None: None, 0: "false", 1: "true"}[row["looked_after"]]
        ill = [
            *rows(either, f"SELECT 1 FROM health_item WHERE ({{own}}) AND (end_date IS NULL OR end_date >= '{TODAY}')", pupil_id),
            *rows(either, f"SELECT 1 FROM medicine WHERE ({{own}}) AND (end_date IS NULL OR end_date >= '{TODAY}')", pupil_id),
        ]
        assert told["BasicDetails/MedicalFlag"] == ("true" if row["medical"] or ill else "false")
        rest = [path for path in told if path not in ONE_TO_ONE and not path.startswith(PARTS)]
        assert set(rest) <= {*ARRANGED, *ELSE}


def test_families_without_those_under_a_protection_of_their_own(either: Desk, files: list[tuple[str, ET.Element]]) -> None:
    sql = """SELECT * FROM contact WHERE ({own}) AND same_as IS NULL AND id NOT IN (SELECT p.contact_id FROM protection p WHERE p.contact_id IS NOT NULL
      AND p.kind IN ('order', 'address-withheld') AND NOT EXISTS (SELECT 1 FROM protection_lift l WHERE l.protection_id = p.id))
      ORDER BY coalesce("order", 99), surname, forename, id"""
    seen = 0
    for pupil_id, tree in files:
        expected = []
        for number, row in enumerate(rows(either, sql, pupil_id), start=1):
            yes = {None: None, 0: "false", 1: "true"}
            with_pupil = row["lives_with"] and not row["address_1"]
            own = (
                {}
                if with_pupil
                else filled(
                    Address__AddressLines__AddressLine1=row["address_1"],
                    Address__AddressLines__AddressLine2=row["address_2"],
                    Address__AddressLines__AddressLine3=row["locality"] or row["town"],
                    Address__AddressLines__AddressLine4=row["town"] if row["locality"] else None,
                    Address__County=row["county"],
                    Address__PostCode=row["postcode"],
                )
            )
            numbers = [row[name].replace(" ", "") for name in ("phone", "mobile") if row[name]]
            expected.append(
                filled(
                    Order=number,
                    Title=row["title"],
                    Surname=row["surname"],
                    Forename=row["forename"],
                    Relationship=row["relationship"],
                    Responsibility=yes[row["parental_responsibility"]],
                    Email=row["email"],
                    Address__AddressAsPupil="true" if with_pupil else None,
                    Phones__Phone__PhoneNo=numbers[-1] if numbers else None,
                    Phones__Phone__TelephoneType=("M" if row["mobile"] else "H") if numbers else None,
                )
                | own
            )
            seen += 1
        assert groups(tree, "CTFpupilData/Pupil/Contacts/Contact") == expected
    assert seen > 10


def test_attendance_needs_meals_and_stays(either: Desk, files: list[tuple[str, ET.Element]]) -> None:
    with_marks = 0
    for pupil_id, tree in files:
        stays = rows(
            either,
            f"SELECT * FROM enrolment WHERE ({{own}}) AND status NOT IN ('G', 'F', 'O') AND (start_date IS NULL OR start_date <= '{TODAY}') ORDER BY coalesce(start_date, ''), id",
            pupil_id,
        )
        here = [stay for stay in stays if stay["end_date"] is None or stay["end_date"] > TODAY]
        last = here[-1] if here else max(stays, key=lambda stay: str(stay["end_date"]))
        on = TODAY if here else last["end_date"]
        year = int(on[:4]) - (on[5:7] < "08")
        marks = [
            row["code"]
            for row in rows(
                either,
                f"SELECT code, day FROM register_mark WHERE ({{own}}) AND code <> '' AND day BETWEEN '{year}-08-01' AND '{min(TODAY, f'{year + 1}-07-31')}'",
                pupil_id,
            )
            if any((stay["start_date"] or "") <= row["day"] <= (stay["end_date"] or "9") for stay in stays)
        ]
        number = [sum(code in codes for code in marks) for codes in (ATTENDED, AUTHORISED, UNAUTHORISED)]
        unit = {"LEA": "919", "Estab": "1100", "SchoolName": either.settings.name}
        totals = {
            "Year": str(year),
            **unit,
            "SessionsPossible": str(sum(number)),
            "SessionsAuthorised": str(number[1]),
            "SessionsAttended": str(number[0]),
            "SessionsUnauthorised": str(number[2]),
        }
        assert groups(tree, "CTFpupilData/Pupil/Attendance/YearData") == ([totals] if marks else [])
        with_marks += bool(marks)
        assert tree.findtext("CTFpupilData/Pupil/BasicDetails/EnrolStatus") == (last["status"] if here else "P")
        assert groups(tree, "CTFpupilData/Pupil/SchoolHistory/School") == [
            unit
            | filled(
                URN=either.settings.urn,
                EntryDate=stay["start_date"],
                LeavingDate=stay["end_date"] if (stay["end_date"] or "9") <= on else None,
                LastSchool="true" if stay is last else "false",
            )
            for stay in stays
        ]
        periods = rows(
            either,
            f"SELECT *, CASE WHEN end_date <= '{on}' THEN end_date END AS ended FROM sen_period WHERE ({{own}}) AND (start_date IS NULL OR start_date <= '{on}') ORDER BY coalesce(start_date, ''), id",
            pupil_id,
        )
        assert groups(tree, "CTFpupilData/Pupil/SENhistory/SEN") == [
            filled(StartDate=p["start_date"], EndDate=p["ended"], SENprovision=p["provision"]) for p in periods
        ]
        needs = rows(
            either,
            f"SELECT * FROM sen_need WHERE ({{own}}) AND (start_date IS NULL OR start_date <= '{on}') AND (end_date IS NULL OR end_date >= '{on}') ORDER BY rank, id",
            pupil_id,
        )
        assert groups(tree, "CTFpupilData/Pupil/SENhistory/SENneeds/SENneed") == [
            filled(SENtype=n["need"], SENtypeRank=n["rank"]) for n in needs
        ]
        meals = rows(
            either,
            f"SELECT *, CASE WHEN end_date <= '{on}' THEN end_date END AS ended FROM care_period WHERE ({{own}}) AND start_date <= '{on}' AND kind IN ('FSM', 'TFSM', 'EFSM', 'OFSM') AND start_date IS NOT NULL ORDER BY start_date, kind, id",
            pupil_id,
        )
        assert groups(tree, "CTFpupilData/Pupil/FSMhistory/FSMinstance") == [
            filled(
                FSMstartDate=m["start_date"],
                FSMEligibilityVerificationDate=m["verified_on"],
                FSMendDate=m["ended"],
                UKcountry="ENG",
                FSMCategory=m["kind"] if m["kind"] != "FSM" else None,
            )
            for m in meals
        ]
        ill = rows(
            either,
            f"SELECT disability FROM disability WHERE ({{own}}) AND (start_date IS NULL OR start_date <= '{on}') AND (end_date IS NULL OR end_date >= '{on}')",
            pupil_id,
        )
        assert sorted(e.text or "" for e in tree.iterfind("CTFpupilData/Pupil/BasicDetails/Disabilities/Disability")) == sorted(
            row["disability"] for row in ill
        )
    assert with_marks > 5


def test_the_results_that_stand_by_their_stages(either: Desk, files: list[tuple[str, ET.Element]]) -> None:
    sql = f"""SELECT a.* FROM assessment a WHERE ({{own}}) AND a.status = 'R' AND (a.published_on IS NULL OR a.published_on <= '{TODAY}')
      AND NOT EXISTS (SELECT 1 FROM assessment c WHERE c.corrects = a.id) AND NOT EXISTS (SELECT 1 FROM assessment_withdrawal w WHERE w.assessment_id = a.id)
      AND coalesce(a.component, 'SUB') IN ('SUB', 'MTC') AND a.subject GLOB '[A-Z][A-Z0-9][A-Z0-9]'
      AND lower(coalesce(a.component, '')) NOT IN (SELECT lower(name) FROM scale) ORDER BY a.date, a.seq"""
    seen = 0
    for pupil_id, tree in files:
        latest = {(r["stage"], r["subject"], r["method"], r["component"]): r for r in rows(either, sql, pupil_id)}
        expected = {
            (
                r["stage"],
                *filled(
                    Locale="ENG",
                    Year=r["year"],
                    Subject=r["subject"],
                    Method=r["method"],
                    Component=r["component"],
                    ResultStatus="R",
                    ResultQualifier=r["qualifier"],
                    Result=r["result"],
                    ResultDate=r["date"],
                ).items(),
            )
            for r in latest.values()
        }
        told = [
            (stage.findtext("Stage"), *dict(leaves(one)).items())
            for stage in tree.iterfind("CTFpupilData/Pupil/StageAssessments/KeyStage")
            for one in stage.iterfind("StageAssessment")
        ]
        assert set(told) == expected
        assert len(told) == len(expected)
        assert [stage for stage, *_rest in told] == sorted(stage or "" for stage, *_rest in told)
        seen += len(told)
    assert seen > 10


def test_more_pupils_are_not_more_queries(demonstration: Desk) -> None:
    def number(*pupils: str) -> int:
        with statements(demonstration) as asked:
            CTF.select(demonstration, Ask(day=DAY, pupils=frozenset(pupils), confirm=frozenset(pupils)))
        return sum("mark" not in query and "SELECT id, same_as" not in query for query in asked)  # those are of each school year

    dual = [row["pupil_id"] for row in demonstration.vault.rows("SELECT pupil_id FROM enrolment WHERE status = 'S'")]
    assert number(*dual) == number(dual[0]) > 10
