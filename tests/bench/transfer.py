"""Transfer files: the XML of so many pupils beside lxml alone."""

from collections.abc import Sequence
from typing import Any

from bench.measuring import Row, by_turns, timed
from pupil_desk.documents.files.ctf_xml import ctf_bytes

_HEADER = [("DocumentName", "Common Transfer File"), ("CTFversion", "26.0"), ("DestSchool/LEA", "919"), ("DestSchool/Estab", "4001")]
_RESULT = [
    ("Locale", "ENG"),
    ("Year", "2024"),
    ("Subject", "MAT"),
    ("Method", "TT"),
    ("Component", "SUB"),
    ("ResultStatus", "R"),
    ("Result", "103"),
]
_CONTACT = [("Order", "1"), ("Title", "Ms"), ("Surname", "Hall"), ("Forename", "Zoë"), ("Relationship", "PAM"), ("Responsibility", "true")]
_PUPIL = [
    *((name, "Y919110026001") for name in ("UPN", "UniqueLearnerNumber", "Surname", "Forename", "DOB", "Sex")),
    *(
        (f"BasicDetails/{name}", "value")
        for name in ("PreferredForename", "NCyearActual", "Ethnicity", "EthnicitySource", "MedicalFlag", "EnrolStatus")
    ),
    *((f"Address/AddressLines/AddressLine{number}", "1 Example Road") for number in range(1, 5)),
    *((f"Contacts/Contact[{number}]/{name}", value) for number in (1, 2) for name, value in _CONTACT),
    *((f"StageAssessments/KeyStage[1]/StageAssessment[{number}]/{name}", value) for number in (1, 2, 3) for name, value in _RESULT),
    *(
        (f"SchoolHistory/School[1]/{name}", "2026-09-02")
        for name in ("LEA", "Estab", "SchoolName", "EntryDate", "LeavingDate", "LastSchool")
    ),
]

type Nested = list[tuple[str, "str | Nested"]]


def rows(sizes: Sequence[int], times: int) -> list[Row]:
    """One file of so many pupils, from values with their paths; the floor has them nested already."""
    row = Row(
        name="Transfer file as XML",
        most_ratio=1.5,
        target="≤ 1.5×",
        floor="lxml building the same tree from values nested ready, and writing it",
    )
    for size in sizes:
        header, pupil = _nested(_HEADER), _nested(_PUPIL)
        assert _bare(header, pupil, 2) in ctf_bytes(_HEADER, [_PUPIL] * 2)
        row.cells.append(
            by_turns(timed(lambda: _bare(header, pupil, size)), timed(lambda: ctf_bytes(_HEADER, [_PUPIL] * size)), times, size)  # noqa: B023
        )
    return [row]


def _bare(header: Nested, pupil: Nested, number: int) -> bytes:
    from lxml import etree

    def grow(parent: Any, parts: Nested) -> None:
        for name, what in parts:
            child = etree.SubElement(parent, name)
            if isinstance(what, str):
                child.text = what
            else:
                grow(child, what)

    root = etree.Element("CTfile")
    grow(etree.SubElement(root, "Header"), header)
    everyone = etree.SubElement(root, "CTFpupilData")
    for _one in range(number):
        grow(etree.SubElement(everyone, "Pupil"), pupil)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=False, pretty_print=True)
    return written


def _nested(values: Sequence[tuple[str, str]]) -> Nested:
    top: Nested = []
    made: dict[str, Nested] = {"": top}
    for path, value in values:
        *within, name = path.split("/")
        for depth in range(1, len(within) + 1):
            key = "/".join(within[:depth])
            if key not in made:
                made[key] = []
                made["/".join(within[: depth - 1])].append((within[depth - 1].partition("[")[0], made[key]))
        made["/".join(within)].append((name, value))
    return top
