"""No value of a transfer file is lost: each is in a record, or told as not taken with its place, whatever the file looks like."""

import dataclasses
import random
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.ctf.leftover import place_words
from pupil_desk.services.imports.outcome import outcome_of
from pupil_desk.services.imports.proposal import Proposal, accept_all
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.store.rows import several
from pupil_desk.store.tables import ledger, pupils
from tests.services.imports.ctf_made import NAME, ctf_of, pupil_of
from tests.services.imports.leaf_oracle import XmlLeaf, leaves, lost, plain, spoilt, told_of_row, values_of, values_on_file
from tests.services.imports.made import ANN

FOLDER = Path(__file__).parent / "neighbours" / "ctf"
READ = ("3802093_CTF_9191100_003.xml", "3802093_CTF_9191100_006.xml", "9190000_CTF_9191100_001.xml")
IN_PART = READ[0], READ[2]
REFUSED = ("3805204_FSP_380LLLL_001.xml", "9194003_CTF_9191100_021.xml", "9194003_CTF_9191100_022.xml")
KNOWN = 2, 3  # of so many spoilt files, those that speak of pupils who are here already


def pupils_of(source: bytes) -> list[ET.Element]:
    return ET.fromstring(source).findall("CTFpupilData/Pupil")


def test_every_file_that_is_there_is_one_of_these() -> None:
    assert {path.name for path in FOLDER.glob("*.xml")} == {*READ, *REFUSED}


@pytest.mark.parametrize("name", READ)
def test_every_leaf_of_a_neighbours_file_is_in_the_record_or_told(desk: Desk, name: str) -> None:
    source = (FOLDER / name).read_bytes()
    outcome = run_import(desk, "auto", source, name, same_name="new")
    assert outcome.added == outcome.read == len(pupils_of(source))
    on_file = values_on_file(desk)
    for number, pupil in enumerate(pupils_of(source), start=1):
        assert lost(pupil, told_of_row(outcome, number), on_file) == []
    header = {leaf.text for leaf in leaves(ET.fromstring(source).find("Header"))}  # type: ignore[arg-type]
    assert header == {value for _tag, value in told_of_row(outcome, None)}
    kept = {(value.path, value.value) for values in several.by_pupil(desk.vault, NotTaken).values() for value in values}
    assert kept == {(told.value.path, told.value.value) for told in outcome.not_taken if told.row is not None}


@pytest.mark.parametrize("name", IN_PART)
def test_of_results_alone_for_nobody_who_is_here_every_leaf_is_told(desk: Desk, name: str) -> None:
    source = (FOLDER / name).read_bytes()
    outcome = run_import(desk, "auto", source, name)
    assert len(outcome.rows_left_out) == outcome.read == len(pupils_of(source))
    for number, pupil in enumerate(pupils_of(source), start=1):
        assert lost(pupil, told_of_row(outcome, number), set()) == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_transfer_file_is_refused_whole(desk: Desk, name: str) -> None:
    outcome = run_import(desk, "auto", (FOLDER / name).read_bytes(), name)
    assert (outcome.read, outcome.status, outcome.not_taken) == (0, 1, ())


def test_the_json_names_the_pupil_the_place_the_value_and_why(desk: Desk) -> None:
    told = run_import(desk, "ctf", ctf_of(pupil_of(ANN, basic="<FormerSurname>Ivy</FormerSurname>")), NAME).as_json()["left_out"]
    assert {"row": 1, "pupil": ANN, "path": "BasicDetails/FormerSurname", "value": "Ivy", "why": "There is no place for it here."} in told
    assert {tuple(entry) for entry in told} == {("row", "pupil", "path", "value", "why")}


def test_what_is_kept_of_it_is_kept_once_and_goes_with_the_undoing(desk: Desk) -> None:
    source = ctf_of(pupil_of(ANN, basic="<FormerSurname>Ivy</FormerSurname>"))
    for _time in range(2):
        run_import(desk, "ctf", source, NAME)
    (ann,) = pupils.all_pupils(desk.vault)
    (value,) = several.of_pupil(desk.vault, NotTaken, ann.id)
    first = ledger.imports(desk.vault)[-1]["id"]
    assert (value.import_id, value.path, value.value) == (first, "BasicDetails/FormerSurname", "Ivy")
    undoing.undo(desk, first)
    assert several.of_pupil(desk.vault, NotTaken, ann.id) == []


def test_of_a_refused_pupil_everything_is_told_and_nothing_kept(desk: Desk) -> None:
    source = ctf_of(pupil_of(ANN, dob="2012-02-31", basic="<FormerSurname>Ivy</FormerSurname>"))
    outcome = run_import(desk, "ctf", source, NAME)
    assert outcome.refused == 1
    assert lost(pupils_of(source)[0], told_of_row(outcome, 1), set()) == []
    assert several.by_pupil(desk.vault, NotTaken) == {}


def test_a_value_longer_than_is_kept_is_told_whole(desk: Desk) -> None:
    long = "word " * 2000
    outcome = run_import(desk, "ctf", ctf_of(pupil_of(ANN, basic=f"<Note>{long}</Note>")), NAME)
    assert ("Note", long.strip()) in told_of_row(outcome, 1)
    (ann,) = pupils.all_pupils(desk.vault)
    assert [len(value.value) for value in several.of_pupil(desk.vault, NotTaken, ann.id)] == [4000]


def test_the_oracle_finds_a_value_that_is_dropped() -> None:
    pupil = ET.fromstring("<Pupil><Surname>Hall</Surname><Note>lost</Note></Pupil>")
    assert lost(pupil, (), {"hall"}) == [XmlLeaf("Note", "lost", ("hall",))]
    assert lost(pupil, [("Note", "lost")], {"hall"}) == []


def kept_by(proposal: Proposal, number: int, held: set[str]) -> set[str]:
    """The values that the records of a row will have: what is written, and what is on file already."""
    values = set(held)
    for write in proposal.row(number).plan.writes:
        for field in dataclasses.fields(write.new):
            values |= values_of(field.name, getattr(write.new, field.name))
    return values


def lost_of_spoilt(desk: Desk, source: bytes, name: str, held: set[str], accept: str) -> list[XmlLeaf]:
    proposal = accept_all(propose(desk, "ctf", source, name, same_name="" if held else "new"), accept)
    if not proposal.readable:
        return []
    outcome = outcome_of(proposal)
    missing = []
    for number, pupil in enumerate(pupils_of(source), start=1):
        told = told_of_row(outcome, number)
        first = next(row.number for row in proposal.rows if row.plan.key == proposal.row(number).plan.key)
        told += told_of_row(outcome, first)  # of the very same row again, what the first one brings
        on_file = kept_by(proposal, number, held) | kept_by(proposal, first, held)
        missing += lost(pupil, told, on_file)
    return missing


def check_spoilt(desk: Desk, count: int, seed: int) -> None:
    """Of so many spoilt files nothing is lost, whether their pupils are new or here, and whoever's word is kept."""
    chance = random.Random(seed)
    sources = [(FOLDER / name).read_bytes() for name in READ]
    for number in range(count):
        place = number % len(sources)
        if number == count // 2:  # from here on these pupils are here
            for source, name in zip(sources, READ, strict=True):
                keep(desk, propose(desk, "ctf", source, name, same_name="new"))
        held = values_on_file(desk) if number >= count // 2 else set[str]()
        accept = chance.choice(("mine", "theirs"))
        spoilt_source = spoilt(sources[place], chance)
        missing = lost_of_spoilt(desk, spoilt_source, READ[place], held, accept)
        assert missing == [], (missing, seed, number, spoilt_source)


def test_nothing_of_a_spoilt_file_is_lost(desk: Desk) -> None:
    check_spoilt(desk, 60, seed=15)


@pytest.mark.torture
def test_nothing_of_3000_spoilt_files_is_lost(desk: Desk) -> None:
    check_spoilt(desk, 3000, seed=16)


def test_values_are_compared_as_the_file_keeps_them() -> None:
    assert (plain(" True "), plain("Mr  X"), values_of("school", "919/4001") >= {"919", "4001"}) == ("1", "mr x", True)


def test_a_place_is_told_by_the_words_of_its_item() -> None:
    """A clerk read BasicDetails/Languages/Type[2]/Language."""
    assert place_words("BasicDetails/Languages/Type[2]/Language") == "First language (2)"
    assert place_words("NAWdetails/a") == "NAWdetails/a"
    assert place_words("Tutor House") == "Tutor House"
