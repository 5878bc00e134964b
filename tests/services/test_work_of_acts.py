"""What an act of every day asks of the file, counted and not timed: it only ever gets less, and grows with what is acted upon alone."""

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import pupils
from pupil_desk.services.pupils.card import gathering
from pupil_desk.services.register import marking
from tests.services.exports.made import DAY, Unit, new_unit, statements

FEW, MANY = 4, 12

type Act = Callable[[Unit, list[Pupil], Path], object]


def _saves(unit: Unit, children: list[Pupil], _folder: Path) -> None:
    pupils.save_pupil(unit.desk, dataclasses.replace(children[0], town="Larkfield"))


def _opens(unit: Unit, children: list[Pupil], _folder: Path) -> None:
    gathering.card_of(unit.desk, pupils.record(unit.desk, children[0].id))


def _marks(unit: Unit, children: list[Pupil], _folder: Path) -> None:
    marking.mark(unit.desk, [Mark(pupil_id=child.id, day=DAY, session=Session.AM, code="/") for child in children])


def _reads_in(unit: Unit, children: list[Pupil], _folder: Path) -> None:
    rows = "".join(f"Newcomer{number},Una,2012-05-0{number % 9 + 1}\n" for number in range(len(children)))
    assert run_import(unit.desk, "pupils", f"surname,forename,dob\n{rows}".encode()).added == len(children)


def _exports(unit: Unit, _children: list[Pupil], folder: Path) -> None:
    run_export(unit.desk, "youth-support", folder, ExportOrder(reason="counted"))


def _gives_notices(unit: Unit, children: list[Pupil], _folder: Path) -> None:
    letters = [letter for letter in notices.letters_of_everyone(unit.desk).letters if letter.contacts]
    assert len(letters) == len(children)
    notices.issue(unit.desk, letters, "by-hand", copies=())


ACTS: dict[str, tuple[Act, int, int]] = {
    "a record is saved": (_saves, 16, 0),
    "a card is opened": (_opens, 89, 0),
    "a class is marked": (_marks, 27, 3),
    "a list is read in": (_reads_in, 130, 31),
    "an export is made": (_exports, 50, 4),
    "notices are given": (_gives_notices, 79, 6),
}
"""The most statements of an act on ``FEW`` pupils, and how many more there may be for each further one."""


@pytest.mark.parametrize("name", ACTS)
def test_an_act_asks_no_more_of_the_file_than_it_did(name: str, tmp_path: Path, unit: Unit) -> None:
    act, most, for_each = ACTS[name]
    counted, another = [], new_unit(tmp_path / "another" / "unit.pupildesk")
    for place, (here, number) in enumerate(((unit, FEW), (another, MANY))):
        children = [here.pupil(f"Surname{n}", "Mo", date(2012, 1, 1) + timedelta(n), town="Larkham") for n in range(number)]
        for child in children:
            here.contact(child, child.surname, forename="Ann", parental_responsibility=True, address_1="1 Larch Way", postcode="AL28 2QN")
        (folder := tmp_path / f"out-{place}").mkdir()
        with statements(here.desk) as asked:
            act(here, children, folder)
        counted.append(len(asked))
    another.desk.vault.close()
    few, many = counted
    assert few <= most
    assert (many - few) / (MANY - FEW) <= for_each
