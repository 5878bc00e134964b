"""The elements of the transfer file: data, in order, with the version that has them and the items that they come from."""

import re
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.places import resource
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.services.formats.ctf import Need, element_at, elements, items_sent, names_read, version_on

ORDER = [
    "UPN",
    "UniqueLearnerNumber",
    "UCI",
    "Surname",
    "Forename",
    "DOB",
    "Sex",
    "BasicDetails",
    "FSMhistory",
    "LookedAfter",
    "SENhistory",
    "Address",
    "Phones",
    "Email",
    "Contacts",
    "Attendance",
    "StageAssessments",
    "SchoolHistory",
]
FROM_26 = {"FSMhistory/FSMinstance/FSMEligibilityVerificationDate", "FSMhistory/FSMinstance/FSMCategory"}


def paths(version: str) -> list[str]:
    return [element.path for top in elements(version) for element in top.walk()]


def test_they_stand_in_order_and_the_two_of_free_meals_are_of_26_alone() -> None:
    assert [element.name for element in elements("26.0")] == [element.name for element in elements("25.0")] == ORDER
    assert paths("") == paths("26.0") == list(dict.fromkeys(paths("26.0")))
    assert set(paths("26.0")) - set(paths("25.0")) == FROM_26


def test_each_comes_from_items_of_the_catalogue() -> None:
    assert set(items_sent()) <= set(every_item())
    assert "pupil.upn" in items_sent()
    assert "pupil.service_child" not in items_sent()  # its place in the file is not known
    assert not element_at("UCI").is_sent
    assert element_at("SENhistory/SEN").is_sent


def test_what_the_law_asks_for_is_known() -> None:
    law = {path for path in paths("26.0") if element_at(path).need is Need.LAW and element_at(path).items}
    assert {"BasicDetails/Ethnicity", "Attendance/YearData/SessionsAttended", "SchoolHistory/School/SchoolName"} <= law
    assert [element.name for element in elements("26.0") if element.need is Need.MUST] == ["UPN", "Surname", "Forename", "DOB", "Sex"]


def test_the_import_reads_what_is_sent_and_more() -> None:
    assert {element.name for element in elements() if element.is_sent} <= names_read("")
    assert {"FormerSurname", "Ethnicity"} <= names_read("BasicDetails")
    assert "MiddleNames" not in names_read("Contacts/Contact")


def test_the_version_is_that_of_the_day_unless_one_is_set() -> None:
    assert version_on(date(2026, 7, 31), None) == "25.0"
    assert version_on(date(2026, 8, 1), None) == version_on(date(2031, 1, 1), None) == "26.0"
    assert version_on(date(2024, 1, 1), None) == "26.0"
    assert version_on(date(2026, 11, 24), "25.0") == "25.0"
    assert set(codelist("ctf_version").codes) == {"25.0", "26.0"}


def test_the_help_lists_those_that_are_sent_as_they_are() -> None:
    words = {Need.MUST: "always", Need.LAW: "by law", Need.USUAL: "usual", Need.HELD: "if held"}
    listed = re.findall(
        r"^\| ([A-Z][A-Za-z0-9/ ]+?)(?: \(from ([0-9.]+)\))? \| (always|by law|usual|if held) \|",
        resource("help", "ctf.md").read_text("utf-8"),
        re.MULTILINE,
    )
    sent = [element for top in elements() for element in top.walk() if element.is_sent and not element.parts]
    assert listed == [(element.path.replace("/", " / "), element.since, words[element.need]) for element in sent]
