"""The files for colleges and training providers: one for each, each told of its own alone, and nobody whom the rule holds back."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.learning.next_steps import Destination
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.export import Format
from pupil_desk.services.exports.locking import open_locked
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.papers.opening_sheet import opening_sheet, opening_stories
from pupil_desk.services.exports.post_16 import POST_16, providers
from pupil_desk.services.exports.previewing import preview
from pupil_desk.services.learning import next_steps
from pupil_desk.services.sharing import sharing
from tests.services.exports.made import DAY, Unit

HEADER = ["surname", "forename", "dob", "sex", "address", "phone", "email", "uln"]
OLD, YOUNG = date(2010, 5, 4), date(2011, 5, 4)  # 16 and 15 on the day
FULL = {
    "sex": "F",
    "address_1": "94 Larkfield Rise",
    "address_2": "Flat 2, rear",
    "town": "Coldharbour",
    "postcode": "AL28 2QN",
    "phone": "01632 960201",
    "email": "z@example.org",
    "uln": "1000000051",
    "upn": "E919200420040",
    "ethnicity": "WBRI",
    "sen_provision": "K",
    "looked_after": True,
}


def person(
    unit: Unit, surname: str, *named: str | None, dob: date = OLD, said: str | None = "allow", by: str = "pupil", **items: object
) -> Pupil:
    """A pupil, whom they said may be told, and who means to go to those named."""
    pupil = unit.pupil(surname, "Zoë", dob, **FULL | {"upn": None, "uln": None} | items)
    if said:
        choice = Choice(pupil_id=pupil.id, recipient="post-16", choice=said, by=by, on=date(2026, 9, 10), channel="form")
        sharing.record_choices(unit.desk, [choice])
    for place, name in enumerate(named):
        goes(unit, pupil, name, kind="offer" if place else "intended")
    return pupil


def goes(unit: Unit, pupil: Pupil, provider: str | None, *, kind: str = "intended", activity: str = "230") -> None:
    next_steps.add_destination(unit.desk, Destination(pupil_id=pupil.id, kind=kind, activity=activity, provider=provider))


def made(unit: Unit, stick: Path, **order: object) -> ExportMade:
    return run_export(unit.desk, "post-16", stick, ExportOrder(reason="Applications", **{"plain": True} | order))  # type: ignore[arg-type]


def tables(stick: Path, export: ExportMade) -> dict[str, list[list[str]]]:
    """The rows of each file, by the end of its name."""
    return {file.name.split("-", 6)[-1]: rows((stick / file.name).read_bytes()) for file in export.files}


def rows(data: bytes) -> list[list[str]]:
    header, *lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert header == HEADER
    return lines


def left(export: ExportMade) -> list[tuple[str, str]]:
    return [(pupil.surname, reason) for pupil, reason in export.left_out]


def test_each_provider_has_a_file_and_is_told_of_its_own_alone(unit: Unit, stick: Path) -> None:
    both = person(unit, "O’Hara", "Wyming Vale  College", "Łukasz & Sons Training", uln="1000000051", upn="E919200420040")
    person(unit, "=Quill", "wyming vale COLLÈGE")
    person(unit, "Ray", "Wyming Vale College", dob=YOUNG, by="parent")
    export = made(unit, stick)
    address = "94 Larkfield Rise, Flat 2, rear, Coldharbour, AL28 2QN"
    of_both = ["O’Hara", "Zoë", "2010-05-04", "F", address, "01632 960201", "z@example.org", "1000000051"]
    assert tables(stick, export) == {
        "lukasz-sons-training.csv": [of_both],
        "wyming-vale-college.csv": [
            ["'=Quill", "Zoë", "2010-05-04", "F", address, "01632 960201", "z@example.org", ""],
            of_both,
            ["Ray", "Zoë", "2011-05-04", "F", address, "01632 960201", "z@example.org", ""],
        ],
    }
    assert (export.rows, left(export)) == (4, [])
    told = unit.desk.vault.rows(
        "SELECT pupil_id, recipient, fields FROM disclosure WHERE export_id = ? ORDER BY recipient", (export.export_id,)
    )
    assert [row["recipient"] for row in told] == ["Wyming Vale College"] * 3 + ["Łukasz & Sons Training"]
    assert {row["recipient"] for row in told if row["pupil_id"] == both.id} == {"Wyming Vale College", "Łukasz & Sons Training"}
    assert all("address_2" in row["fields"] and "postcode" in row["fields"] and "upn" not in row["fields"] for row in told)
    assert "Wyming Vale College and Łukasz & Sons Training" in " ".join(export.receipt_text.split())


def test_who_goes_to_nobody_says_why(unit: Unit, stick: Path) -> None:
    person(unit, "Asked", "Wyming Vale College", said=None)
    person(unit, "Bar", "Wyming Vale College", said="restrict")
    person(unit, "Child", "Wyming Vale College", dob=YOUNG, said=None)
    job = person(unit, "Dale")
    goes(unit, job, "J. Smith, builder", activity="340")
    goes(unit, job, "Wyming Vale College", kind="actual")
    goes(unit, job, None, kind="offer")
    prentice = person(unit, "Eve")
    goes(unit, prentice, "Marden Motors", activity="310")
    hidden = person(unit, "Fox", "Marden Motors", "Wyming Vale College")
    unit.protect(hidden)
    unprotected = made(unit, stick)
    assert left(unprotected) == [
        ("Asked", "From 16 it is the pupil’s own choice. Ask the pupil."),
        ("Bar", "The pupil restricted it on 10 September 2026."),
        ("Child", "Under 16: nothing is told to providers unless a parent allows it."),
        ("Dale", "No college or training provider stands in the intended or offered destination."),
        ("Fox", "Protected (address withheld), and not confirmed by name."),
    ]
    assert {name: len(found) for name, found in tables(stick, unprotected).items()} == {"marden-motors.csv": 1}
    lines = preview(unit.desk, "post-16", ExportOrder(reason="")).lines
    assert [line.pupil.surname for line in lines if line.confirmable] == ["Fox"], (
        "who has no provider is not asked for a data officer’s word"
    )
    assert {line.withheld for line in lines if not line.level} == {POST_16.items}, "of whom nothing goes, all is withheld"
    assert "Smith" not in unprotected.receipt_text
    for words in ("the pupil has not been asked yet", "because of the pupil’s age on that day", "the pupil’s own word"):
        assert unprotected.receipt_text.count(words) == 1
    assert "Fox" not in unprotected.receipt_text
    confirmed = made(unit, stick, confirm=[hidden.id])
    assert sorted(len(found) for found in tables(stick, confirmed).values()) == [1, 2]
    assert unit.log().count(("confirm-protected", hidden.id, "post-16")) == 1, "once, though two providers are told"
    assert "1 protected pupil, confirmed by name" in confirmed.receipt_text


def test_one_provider_may_be_asked_for(unit: Unit, stick: Path) -> None:
    with pytest.raises(WrongUse, match="No pupil on roll has a college"):
        made(unit, stick, provider="Wyming Vale College")
    person(unit, "Abel", "Wyming Vale College", "Marden Training")
    person(unit, "Bell", "Marden Training")
    assert providers(unit.desk, DAY) == ["Marden Training", "Wyming Vale College"]
    export = made(unit, stick, provider=" wyming  vale college")
    assert [[row[0] for row in found] for found in tables(stick, export).values()] == [["Abel"]]
    assert left(export) == [("Bell", "The intended or offered destination is with another provider.")]
    with pytest.raises(WrongUse, match="There are: Marden Training; Wyming Vale College"):
        made(unit, stick, provider="Other College")
    assert not [path for path in stick.iterdir() if path.suffix == ".part"]


def test_nobody_due_is_a_heading_and_a_receipt(unit: Unit, stick: Path) -> None:
    export = made(unit, stick)
    assert (export.rows, len(export.files)) == (0, 1)
    assert rows((stick / export.files[0].name).read_bytes()) == []


@pytest.mark.parametrize("form", [Format.CSV, Format.XLSX])
def test_each_providers_file_is_locked_apart(unit: Unit, stick: Path, form: Format) -> None:
    person(unit, "Abel", "Wyming Vale College")
    person(unit, "Bell", "Marden Training")
    export = made(unit, stick, plain=False, format=form)
    sheets = [plain_text(sheet) for sheet in opening_stories(unit.desk, export.export_id)]
    assert [[file.name for file in export.files if file.name in sheet] for sheet in sheets] == [[file.name] for file in export.files], (
        "no sheet names another’s file"
    )
    assert opening_sheet(unit.desk, export.export_id).startswith(b"%PDF")
    ending = ".zip" if form is Format.CSV else ".xlsx"
    names = [file.name for file in export.files]
    assert [name.split("-", 6)[-1] for name in names] == [f"wyming-vale-college{ending}", f"marden-training{ending}"]
    words = dict(export.secrets)
    assert list(words) == names
    assert len(set(words.values())) == 2, "no college knows the words of another’s file"
    assert not any(secret in repr(export) for secret in words.values())
    for name in names:
        inside = open_locked(name, (stick / name).read_bytes(), words[name])
        assert [Path(one).stem for one in inside] == [Path(name).stem], "one provider’s file and no other"
        if form is Format.CSV:
            assert len(rows(next(iter(inside.values())))) == 1


def test_who_stops_it_between_two_files_finds_neither(unit: Unit, stick: Path) -> None:
    person(unit, "Abel", "Wyming Vale College")
    person(unit, "Bell", "Marden Training")

    class Stopped(Exception):
        pass

    def progress(_done: int, _total: int, _words: str) -> None:
        if list(stick.iterdir()):
            raise Stopped

    with pytest.raises(Stopped):
        run_export(unit.desk, "post-16", stick, ExportOrder(reason="Applications"), progress=progress)
    assert list(stick.iterdir()) == []
    assert unit.count("export_made") == 0


def test_parts_of_names_are_plain_and_apart(unit: Unit, stick: Path) -> None:
    person(unit, "Abel", "学院", "../../College: A*")
    person(unit, "Bell", "College A", "Колледж")
    assert set(tables(stick, made(unit, stick))) == {"provider.csv", "provider-2.csv", "college-a.csv", "college-a-2.csv"}
