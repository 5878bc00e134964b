"""A leaver of whom everything is filled: our transfer file, read by our own reader, gives the record back but for what the help lists."""

import dataclasses
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics.places import resource
from pupil_desk.domain.care.health import Disability
from pupil_desk.domain.care.needs import MEALS, CarePeriod, SenNeed, SenPeriod, group_of
from pupil_desk.domain.catalogue.catalogue import RECORDS, label_of
from pupil_desk.domain.catalogue.items import Kind, items_of
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.schooling import AttendanceTotal, SchoolAttended
from pupil_desk.services.care.needs import keep_periods
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.ctf import CTF
from pupil_desk.services.exports.export import Ask
from pupil_desk.services.imports.ctf.parts import PARTS
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.run import propose, run_import
from pupil_desk.services.learning import assessments as results
from pupil_desk.services.pupils import leaver_pack, pupils
from pupil_desk.services.pupils.leaver_pack import LeaverPackOptions
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import settings
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import assessments, contacts
from tests.services.exports.made import DAY, Unit, new_unit
from tests.services.exports.transfers import BORN, LEFT, SCHEMA, ZOE, send

ALL_ITEMS: dict[str, Any] = {
    **ZOE, "previous_school": "919/4003", "service_child": "Y", "young_carer": "P", "plaa": "A", "kinship_care": "KF",
    "tutor_group": "9B", "site": "Main", "subject_sets": "Maths 2",
}  # fmt: skip
BESIDE: list[Any] = [
    SenPeriod(provision="N", end_date=date(2024, 1, 7)),
    SenPeriod(provision="K", start_date=date(2024, 1, 8), end_date=date(2025, 1, 9)),
    SenPeriod(provision="E", start_date=date(2025, 1, 10), review_date=date(2027, 1, 10)),
    SenNeed(need="SEMH", rank=1, start_date=date(2025, 1, 10), end_date=date(2027, 7, 31)),
    SenNeed(need="SLCN", rank=2, start_date=date(2025, 1, 10)),
    SenNeed(need="HI", rank=3, start_date=date(2025, 1, 10)),
    CarePeriod(kind="FSM", start_date=date(2021, 9, 1), end_date=date(2022, 7, 31), verified_on=date(2021, 8, 20), review_date=date(2022, 7, 1)),
    CarePeriod(kind="TFSM", start_date=date(2025, 9, 1), verified_on=date(2025, 8, 21), review_date=date(2027, 7, 1)),
    Disability(disability="HEAR", start_date=date(2019, 1, 1), end_date=date(2028, 1, 1)),
    SchoolAttended(
        school="919/4003", name="Larkfield Primary", urn="133444", start_date=date(2017, 9, 4), end_date=date(2023, 7, 21), leaving_reason="TR",
        removal_grounds="8(1)(a)", was_last=True,
    ),
    SchoolAttended(school="380/4001", name="Big Academy", urn="107999", start_date=date(2023, 9, 4), end_date=date(2026, 7, 21), was_last=False),
    AttendanceTotal(year=2024, school="380/4001", name="Big Academy", possible=380, attended=300, authorised=60, unauthorised=20),
    AttendanceTotal(year=2025, school="380/4001", name="Big Academy", possible=380),
]  # fmt: skip
UNSENT: list[Any] = [
    SchoolAttended(name="École Molière", start_date=date(2016, 9, 1), end_date=date(2017, 7, 1)),
    AttendanceTotal(year=2023, school="380/4001", name="Big Academy", attended=300),
]
MATHS = {"stage": "KS2", "subject": "MAT", "method": "TT", "component": "SUB", "qualifier": "SS"}
RESULTS = [
    Assessment(result="103", date=date(2023, 5, 10), published_on=date(2023, 7, 11), locale="WLS", **MATHS),
    Assessment(result="EXS", stage="KS2", subject="ENG", method="TA", component="WRI", year=2023, qualifier="TO"),
]
UNSENT_RESULTS = {
    "English, GCSE (5)": Assessment(result="5", stage="KS4", subject="ENG", method="TT", component="GCSE", date=date(2026, 8, 20)),
    "Food hygiene, Unit award (Pass)": Assessment(
        result="Pass", stage="KS4", subject="Food hygiene", method="TA", component="UNIT", date=date(2026, 10, 16)
    ),
}
NOT_OF_MEALS = {"care_period.authority", "care_period.worker", "care_period.worker_reach"}
NAMES = {record: name for name, record in RECORDS.items()}


@pytest.fixture
def everything(unit: Unit) -> Pupil:
    """A leaver of whom each item that a transfer file can carry is on file, and each beside it."""
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, urn="133333"))
    zoe = unit.pupil("O’Hanrahan", "Zoë", BORN, LEFT, **ALL_ITEMS)
    away = {
        "address_1": "3 Open Row",
        "address_2": "The Green",
        "locality": "Up End",
        "town": "Marden",
        "county": "Kent",
        "postcode": "AL28 3JG",
    }
    numbers = {"phone": "01632 960001", "mobile": "07700 900647", "email": "ada@example.org", "language": "pl"}
    unit.contact(zoe, "O’Hanrahan", forename="Ada", title="Ms", order=2, parental_responsibility=True, lives_with=True, **numbers)
    unit.contact(zoe, "Away", relationship="PAF", order=3, parental_responsibility=False, lives_with=False, **away)
    with unit.desk.act(Action.EDIT_RECORD, "pupil", zoe.id, "filled") as work:
        keep_periods(work, (dataclasses.replace(record, id=new_id(), pupil_id=zoe.id) for record in (*BESIDE, *UNSENT)), source="form")
    for entry in (*RESULTS, *UNSENT_RESULTS.values()):
        results.add(unit.desk, dataclasses.replace(entry, pupil_id=zoe.id))
    return zoe


def records_of(desk: Desk) -> dict[type, dict[Any, Any]]:
    """What is on file of the one pupil of a unit, of the kinds that a transfer file carries, by what the reader knows each again by."""
    (pupil,), vault = pupils.all_pupils(desk), desk.vault
    found: dict[type, list[Any]] = {
        Contact: contacts.of_pupil(vault, pupil.id),
        Assessment: assessments.standing(vault, pupil.id),
        CarePeriod: [row for row in several.of_pupil(vault, CarePeriod, pupil.id) if group_of(row) == MEALS],
        **{kind: several.of_pupil(vault, kind, pupil.id) for kind in (SenPeriod, SenNeed, Disability, SchoolAttended, AttendanceTotal)},
    }
    assert set(found) == set(PARTS)
    return {Pupil: {"": pupil}, **{kind: {_key(kind, row): row for row in rows} for kind, rows in found.items()}}


def _key(kind: type, row: Any) -> Any:
    return PARTS[kind].key(dataclasses.replace(row, surname=row.surname.replace("’", "'")) if kind is Contact else row)


def lost_items(here: Any, there: Any) -> set[str]:
    """The items of a record that do not come back as they are held; curly quotes are straight there."""
    pairs = ((item.name, getattr(here, item.name), getattr(there, item.name)) for item in items_of(type(here)))
    return {f"{NAMES[type(here)]}.{name}" for name, old, new in pairs if old is not None and str(old).replace("’", "'") != str(new)}


def _is_unsent(row: Any) -> bool:
    return any(
        dataclasses.replace(row, id="", pupil_id="") == dataclasses.replace(other, year=row.year)
        if isinstance(other, Assessment)
        else dataclasses.replace(row, id="", pupil_id="") == other
        for other in (*UNSENT, *UNSENT_RESULTS.values())
        if type(other) is type(row)
    )


def listed_losses() -> list[str]:
    """The first column of the table of the help."""
    section = resource("help", "ctf.md").read_text("utf-8").partition("## What does not go")[2].partition("\n## ")[0]
    return re.findall(r"^\| (?!What is held|---)(.+?) \|", section, re.MULTILINE)


def brought_back(unit: Unit, stick: Path, other: Unit) -> tuple[Path, Outcome]:
    settings.save_settings(other.desk, dataclasses.replace(other.desk.settings, la="919", estab="4001"))
    path = stick / send(unit.desk, stick).files[0].name
    return path, run_import(other.desk, "auto", path.read_bytes(), path.name)


@pytest.mark.needs("xmllint")
def test_the_record_of_a_leaver_comes_back_but_for_what_the_help_lists(unit: Unit, everything: Pupil, stick: Path, tmp_path: Path) -> None:
    other = new_unit(tmp_path / "other" / "unit.pupildesk")
    path, outcome = brought_back(unit, stick, other)
    checked = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", SCHEMA, path], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert (outcome.added, outcome.refused) == (1, 0)
    here, there = records_of(unit.desk), records_of(other.desk)
    held = {f"{NAMES[kind]}.{item.name}" for kind in here for item in items_of(kind)} - NOT_OF_MEALS
    filled = {
        path
        for path in held
        if any(getattr(row, path.partition(".")[2]) is not None for row in here[RECORDS[path.partition(".")[0]]].values())
    }
    assert filled == held  # an item that is new is put to the question too
    unsent = {_key(type(row), row) for rows in here.values() for row in rows.values() if type(row) is not Pupil and _is_unsent(row)}
    assert len(unsent) == len((*UNSENT, *UNSENT_RESULTS))
    assert {key for kind, rows in here.items() for key in rows if key not in there[kind]} == unsent
    assert [key for kind, rows in there.items() for key in rows if key not in here[kind]] == [("919/1100", LEFT.start_date)]
    lost = {
        path for kind, rows in here.items() for key, row in rows.items() if key in there[kind] for path in lost_items(row, there[kind][key])
    }
    assert sorted(listed_losses()) == sorted(label_of(path) for path in lost)
    phones = {
        path
        for path in lost
        if {item.name: item for item in items_of(RECORDS[path.partition(".")[0]])}[path.partition(".")[2]].kind is Kind.PHONE
    }
    assert phones == {"pupil.phone", "contact.phone", "contact.mobile"}
    (zoe,) = there[Pupil].values()
    assert (zoe.phone, zoe.previous_school, zoe.looked_after, zoe.care_authority) == ("07700900646", "919/1100", True, "919")
    ours = there[SchoolAttended]["919/1100", date(2026, 9, 2)]
    assert (ours.name, ours.urn, ours.end_date, ours.was_last) == (unit.desk.settings.name, "133333", date(2026, 11, 20), True)
    other.desk.vault.close()


def test_what_has_no_code_is_left_out_and_listed(unit: Unit, everything: Pupil) -> None:
    asked = CTF.select(unit.desk, Ask(day=DAY))
    rows = {row.key: str(row.cells[0]) for row in asked.exported[0].rows}
    words = {problem.item: problem.words for problem in asked.problems}
    assert all(title in words["assessment.subject"] for title in UNSENT_RESULTS)
    assert not {"GCSE", "UNIT", "Food hygiene"} & set(rows.values())
    assert words["school_attended.school"].startswith("École Molière: no DfE number")
    assert "in 2023 has no" in words["attendance_total.possible"]
    assert words["school_attended.leaving_reason"].startswith("Larkfield Primary (919/4003): why the time there ended")
    assert words["sen_period.start_date"].startswith("A time under a SEN provision has no first day")
    assert "SENhistory/SEN[1]/StartDate" not in rows
    assert rows["FSMhistory/FSMreviewDate"] == "2027-07-01"


def test_the_leaver_pack_which_shows_no_preview_names_it_too(unit: Unit, everything: Pupil, tmp_path: Path) -> None:
    (stay,) = pupils.record(unit.desk, everything.id).stays
    made = leaver_pack.make_pack(unit.desk, everything.id, stay.id, tmp_path, LeaverPackOptions(reason="Goes", plain=True))
    told = " ".join(made.left)
    assert all(name in told for name in (*UNSENT_RESULTS, "École Molière", "in 2023", "Larkfield Primary"))
    assert "no first day" not in told


def test_the_schools_and_the_years_stand_in_their_order_and_none_is_ours_twice(unit: Unit, everything: Pupil) -> None:
    told_of_ours: list[Any] = [
        SchoolAttended(school="919/1100", name="Us", start_date=LEFT.start_date),
        AttendanceTotal(year=2026, school="919/1100", possible=9),
    ]
    with unit.desk.vault.transaction():
        for record in told_of_ours:
            several.add(unit.desk.vault, dataclasses.replace(record, id=new_id(), pupil_id=everything.id))
    rows = {row.key: str(row.cells[0]) for row in CTF.select(unit.desk, Ask(day=DAY)).exported[0].rows}

    def of(path: str) -> list[str]:
        return [value for key, value in rows.items() if re.fullmatch(path.replace("[]", r"\[\d\]"), key)]

    assert of("SchoolHistory/School[]/SchoolName") == ["Larkfield Primary", "Big Academy", unit.desk.settings.name]
    assert of("SchoolHistory/School[]/URN") == ["133444", "107999", "133333"]
    assert of("SchoolHistory/School[]/LastSchool") == ["false", "false", "true"]
    assert of("Attendance/YearData[]/Year") == ["2024", "2025", "2026"]


def test_only_what_is_told_counts_as_told(unit: Unit, stick: Path) -> None:
    unit.pupil("Abel", "Ann", BORN, LEFT, upn="Y919110026001", sex="F")
    send(unit.desk, stick)
    (kept,) = unit.desk.vault.rows("SELECT fields FROM disclosure")
    assert "school_attended" not in kept["fields"]
    assert "attendance_total" not in kept["fields"]


def test_a_file_about_a_pupil_who_is_here_shows_no_difference_in_blanks(unit: Unit, everything: Pupil, stick: Path) -> None:
    path = stick / send(unit.desk, stick).files[0].name
    proposal = propose(unit.desk, "auto", path.read_bytes(), path.name)
    differences = {difference.column for difference in proposal.row(1).plan.differences}
    assert not {name for name in differences if name.endswith(("phone", "mobile"))}
    assert not [told.value.path for told in proposal.values_not_taken if told.value.path.endswith("PhoneNo")]
