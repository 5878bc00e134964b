"""Every export there is, made in autumn and compared in spring: the comparison is what a look at both days' files says, and nothing else.

One unit is filled once and its file copied. In the one, each export is made in autumn and compared in spring; in the other, where nothing was
made before, the same happens to the pupils, and each export is made in spring. The two files are read by themselves, by the columns that tell
their rows apart. An export that is new has to say here what becomes of it.
"""

import csv
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pupil_desk.basics.clock import FixedClock
from pupil_desk.services.exports import EXPORTS, export_named, run_export
from pupil_desk.services.exports.export import Export, Format
from pupil_desk.services.exports.kept.comparing import Comparison, compare
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit.units import sign_in
from tests.services.exports.made import DAY, OFFICER, PASSWORD, Unit, new_unit
from tests.services.exports.seasons import ALL, AT_PARENTS, HOME, SPRING, filled, named, spring_comes, upn

OWN = "own-placements"
TOLD_APART = {
    "register": ("date", "session"),
    "termlysessiondetails": ("attendancereason",),
    "summerhalfterm2sessiondetails": ("attendancereason",),
}
"""By export or sheet, the columns that tell a pupil's rows apart; of any other there is one row."""
OF_THE_UNIT = frozenset({"school", "columns"})
"""Sheets that tell of no pupil."""


@dataclass(frozen=True)
class Becomes:
    """What spring has made of an autumn's export, written by hand: who is in no file now, who is only now, and who differs in which columns.

    Of someone who is told of to another now, the name stands in both.
    """

    gone: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    altered: dict[str, set[str]] = field(default_factory=dict)


OF_EXPORTS = frozenset({"disclosure", "disclosure_strike", "disclosure_family", "export_row", "returned"})
IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ABSENT = {"attended", "authorised", "attendance_pct", "absence_pct"}
SPRING_FINDS = {
    "youth-support": Becomes(
        {"Cedar", "Dale", "Elder"}, {"Nettle"}, {"Ash": HOME, "Birch": {"upn", "sex", "year_group", "enrolment_status", "start_date"}, "Jay": {"uln"}}
    ),
    "post-16": Becomes({"Cedar", "Dale", "Ivy"}, {"Ivy", "Nettle"}, {"Ash": {"address"}, "Jay": {"uln"}}),
    "la-new-pupil": Becomes({"Dale", "Elder"}, {"Nettle"}, {
        "Ash": HOME | AT_PARENTS, "Lime": {"address_1", "parent_1_address_1"}, "Moss": {"next_school"}, "Cedar": {"next_school"},
        "Kay": {f"parent_{n}_{what}" for n in (2, 3) for what in ("forename", "surname", "phone")},
    }),
    "la-leaver": Becomes(set(), {"Cedar"}, {"Lime": {"address_1", "parent_1_address_1"}, "Moss": {"next_school"}}),
    "la-attendance": Becomes({"Dale", "Fir"}, set(), {"Gorse": ABSENT, "Hazel": ABSENT}),
    "la-sickness": Becomes({"Gorse"}, set(), {"Hazel": {"sessions_ill", "days_ill", "longest_run_days"}}),
    "la-part-time": Becomes(set(), set(), {}),
    "contact-sheet": Becomes({"Cedar", "Dale", "Elder"}, {"Nettle"}, {
        "Kay": {f"contact_{n}_{what}" for n in (2, 3) for what in ("forename", "surname", "relationship", "phone")},
    }),
    "register": Becomes({"Dale"}, set(), {"Fir": {"code"}, "Gorse": {"code"}, "Hazel": {"code"}}),
    "school-week": Becomes({"Dale"}),
    "ctf": Becomes({"Moss"}, {"Cedar", "Moss"}, {"Lime": {"Address/AddressLines/AddressLine1"}}),
    "school-census": Becomes({"Dale", "Elder"}, set(), {
        "Ash": {"addressline1", "postcode"}, "Lime": {"addressline1"}, "Jay": {"uniquelearnernumber"}, "Fir": {"summerhalfterm2sessionsunauthorised", "sessions"},
    }),
    "lrs-uln": Becomes({"Jay", "Cedar", "Dale"}, set(), {"Ash": {"LastKnownAddressLine1", "LastKnownPostCode"}}),
    "whole-unit": Becomes({"Dale", "Elder"}, {"Nettle"}, {
        "Ash": HOME, "Cedar": {"end_date", "deletion_ground", "next_school"}, "Ivy": {"provider"}, "Jay": {"uln", "provider"},
        "Lime": {"address_1"}, "Moss": {"next_school"},
    }),
    OWN: Becomes({"Hazel"}, set(), {"Fir": {"Attended"}, "Gorse": {"Attended"}}),
}  # fmt: skip


@dataclass
class Years:
    """The unit whose exports are compared, its twin in which they are made in spring alone, where files lie, and what was made in autumn."""

    unit: Unit
    twin: Unit
    folder: Path
    made: dict[str, ExportMade]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Years]:
    folder = tmp_path_factory.mktemp("years")
    unit = new_unit(folder / "unit" / "unit.pupildesk")
    filled(unit)
    unit.desk.vault.close()
    shutil.copytree(folder / "unit", folder / "twin")
    one, other = (
        Unit(sign_in(folder / name / "unit.pupildesk", name=OFFICER, password=PASSWORD, clock=unit.desk.clock), folder / name)
        for name in ("unit", "twin")
    )
    names = [export.name for export in (*EXPORTS, export_named(one.desk, OWN))]
    made = {
        name: run_export(
            one.desk, name, there(folder / "autumn" / name), ExportOrder(reason="Autumn", plain=True, format=form_of(one, name))
        )
        for name in names
    }
    for each in (one, other):
        each.desk = replace(each.desk, clock=FixedClock(SPRING))
        spring_comes(each)
    yield Years(one, other, folder, made)
    one.desk.vault.close()
    other.desk.vault.close()


def there(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def form_of(unit: Unit, name: str) -> Format:
    """The format of an export that is read here: a table as CSV."""
    layouts = export_named(unit.desk, name).layouts
    return Format.CSV if Format.CSV in layouts else next(iter(layouts))


# -- the files, read by themselves

type Who = tuple[str, str]
"""To whom, as the file's name says it, and of whom, by surname."""
type Rows = dict[Who, dict[tuple[str, str], dict[str, str]]]
"""Of each the rows, by sheet and what tells them apart; a row by its columns."""


def read(unit: Unit, name: str, folder: Path) -> Rows:
    if name == "whole-unit":
        return read_whole(folder)
    found: Rows = {}
    known = {pupil.upn: pupil.surname for pupil in pupils.all_pupils(unit.desk)} | {upn(sorted(ALL).index("Elder")): "Elder"}
    for path in folder.iterdir():
        if path.suffix == ".xml":
            for pupil in ET.parse(path).iterfind("CTFpupilData/Pupil"):
                of_pupil = found.setdefault((path.name.split("_")[2], pupil.findtext("Surname") or ""), {})
                of_pupil.update({("", key): {"": text} for key, text in leaves(pupil)})
        elif path.suffix == ".xlsx":
            to, book = path.stem[-8:].replace("-", ""), CalamineWorkbook.from_path(str(path))
            for line in (
                dict(zip(book.get_sheet_by_name("week").to_python()[0], row, strict=True))
                for row in book.get_sheet_by_name("week").to_python()[1:]
            ):
                found.setdefault((to, str(line["surname"])), {})["week", ""] = {heading: str(cell) for heading, cell in line.items()}
        elif path.suffix.lower() == ".csv":
            part = re.sub(r".*-\d{4}-\d\d-\d\d-\d{4}-?", "", path.stem) if name in ("post-16", "school-census") else ""
            sheet, to = (part, "") if name == "school-census" else ("", part)
            if sheet not in OF_THE_UNIT:
                lines = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
                of_file = 4 if name == "lrs-uln" else 0  # so many columns tell of the file itself
                for line in (dict(list(row.items())[of_file:]) for row in lines):
                    who = next(line[column] for column in ("surname", "FamilyName", "Surname", "upn") if column in line)
                    key = " ".join(line[column] for column in TOLD_APART.get(sheet or name, ()))
                    found.setdefault((to, known.get(who, who)), {})[sheet, key] = dict(line)
    return found


def read_whole(folder: Path) -> Rows:
    """The pupils' tables in a data package, by its own description; what an export itself leaves is not compared."""
    (package,) = [path for path in folder.iterdir() if path.is_dir()]
    described = json.loads((package / "datapackage.json").read_text("utf-8"))["resources"]
    tables = {
        one["name"]: list(csv.DictReader(io.StringIO((package / one["path"]).read_bytes().decode("utf-8"), newline="")))
        for one in described
        if one["name"] not in OF_EXPORTS and ({"pupil_id", "same_as"} & {field["name"] for field in one["schema"]["fields"]})
    }
    persons = {row["id"]: row["same_as"] or row["id"] for row in tables["pupil"]}
    surnames = {row["id"]: row["surname"] for row in tables["pupil"]}
    found: Rows = {("", surnames[person]): {} for person in persons.values()}
    for one in described:
        for row in tables.get(one["name"], ()):
            person = row["id"] if one["name"] == "pupil" else row["pupil_id"]
            if person in persons:
                found["", surnames[persons[person]]][one["name"], " ".join(row[key] for key in one["schema"]["primaryKey"])] = row
    return found


def leaves(element: ET.Element, path: str = "") -> Iterator[tuple[str, str]]:
    """Each value with its path; the place among several of one name, but not where it is the first."""
    seen: dict[str, int] = {}
    for child in element:
        seen[child.tag] = number = seen.get(child.tag, 0) + 1
        here = f"{path}{child.tag}" + (f"[{number}]" if number > 1 else "")
        if len(child):
            yield from leaves(child, f"{here}/")
        else:
            yield here, child.text or ""


@dataclass
class Found:
    """How two days differ: who went, who came, which values are others (whether there is one now), and how many rows came and went."""

    gone: set[Who] = field(default_factory=set)
    new: set[Who] = field(default_factory=set)
    values: set[tuple[Who, str, str, bool]] = field(default_factory=set)
    rows: dict[Who, tuple[int, int]] = field(default_factory=dict)
    same: int = 0


def by_the_files(then: Rows, now: Rows) -> Found:
    found = Found(set(then) - set(now), set(now) - set(then))
    for who in set(then) & set(now):
        before, after = then[who], now[who]
        for place in set(before) & set(after):
            for column in {*before[place], *after[place]}:
                text = after[place].get(column, "")
                if before[place].get(column, "") != text:
                    found.values.add((who, place[1], column, bool(text)))
        came, went = len(set(after) - set(before)), len(set(before) - set(after))
        if came or went:
            found.rows[who] = (came, went)
    others = {who[1] for who in (*found.gone, *found.new, *found.rows)} | {who[1] for who, *_rest in found.values}
    found.same = len({who[1] for who in set(then) & set(now)} - others)
    return found


def by_the_comparison(made: Comparison, name: str) -> Found:
    found = Found(
        {(part(one.recipient), one.pupil.surname) for one in made.removed},
        {(part(one.recipient), one.pupil.surname) for one in made.new},
        same=made.unchanged,
    )
    for one in made.altered:
        who = (part(one.recipient), one.pupil.surname)
        for value in one.fields:
            key = (
                value.key.replace("[1]", "")
                if name in ("register", "ctf", "whole-unit") or value.column.heading in ("sessions", "attendancereason")
                else ""
            )
            found.values.add((who, key, "" if name == "ctf" else value.column.heading, not value.empty))
        if one.rows_new or one.rows_gone:
            found.rows[who] = (len(one.rows_new), len(one.rows_gone))
    return found


def part(recipient: str) -> str:
    """What a file's name says for a recipient."""
    school = re.search(r"(\d{3})/(\d{4})|(X{7}|M{7})", recipient)
    return (school[3] or school[1] + school[2]) if school else recipient.lower().replace(" ", "-").replace("è", "e")


@pytest.mark.parametrize("name", [*(export.name for export in EXPORTS), OWN])
def test_the_comparison_says_what_the_files_say_and_nothing_else(years: Years, name: str) -> None:
    assert name in SPRING_FINDS, "say in SPRING_FINDS who goes, who comes and what differs, by hand from what happens in spring_comes"
    export = export_named(years.unit.desk, name)
    made = years.made[name]
    then = read(years.twin, name, years.folder / "autumn" / name)
    now = read(years.twin, name, in_spring(years, export, then))
    compared, files = compare(years.unit.desk, made.export_id), by_the_files(then, now)
    assert compared.off_file == sum(who[1] == "Elder" for who in files.gone)
    files.gone = {who for who in files.gone if who[1] != "Elder"}
    if name == "whole-unit":  # an identity of ours tells a person nothing
        files.values = {(who, "" if IDENTITY.fullmatch(key) else key, column, there) for who, key, column, there in files.values}
    assert by_the_comparison(compared, name) == files
    told = SPRING_FINDS[name]
    assert {who[1] for who in files.gone} == told.gone - {"Elder"}
    assert {who[1] for who in files.new} == told.new
    altered: dict[str, set[str]] = {}
    for who, key, column, _there in files.values:
        altered.setdefault(who[1], set()).add(column or key)
    assert altered == told.altered


def in_spring(years: Years, export: Export, then: Rows) -> Path:
    """The same asked in spring in the twin: the same period, of a census the same day; and who is not due any more by name."""
    desk, folder = years.twin.desk, there(years.folder / "spring" / export.name)
    order = ExportOrder(reason="Spring", plain=True, format=form_of(years.twin, export.name))
    if export.usual is not None:
        order = replace(order, period=export.usual(DAY))
    if export.name == "school-census":
        order = replace(order, day=DAY)
    run_export(desk, export.name, folder, order)
    if export.name == "ctf":
        run_export(desk, export.name, folder, replace(order, pupils=frozenset(named(years.twin, who[1]).id for who in then)))
    return folder
