"""What a family wrote on a data-check slip is typed where the slip is confirmed: by each item's own rules, with the answer or not at all."""

import dataclasses
import shutil
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image

from pupil_desk.documents.pdf.coded_pages import Square, layout
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.details_check import RIGHT, WRONG, Correction, WrittenBeside
from pupil_desk.domain.pupils.pupil import Move, Pupil
from pupil_desk.services.paper_forms import printing, undoing, waiting
from pupil_desk.services.paper_forms.details import QUESTION
from pupil_desk.services.paper_forms.undoing import KeptForms
from pupil_desk.services.paper_forms.waiting import ConfirmedForm, WaitingForm
from pupil_desk.services.pupils import contacts, details_checks, pupils
from pupil_desk.store.rows import acts
from tests import scans
from tests.scans import Pen
from tests.services.exports.made import DAY, Unit, new_unit, opened
from tests.services.paper_forms.office import family, read
from tests.services.paper_forms.test_slips_back import printed_slips


def come_back(unit: Unit, pupil: Pupil, *, written: str) -> None:
    """A slip that says that something is wrong, with a stroke of a pen on one line."""
    (form,) = printed_slips(unit, [pupil])
    random, stack = Random(3), []
    for page, picture in zip(layout(form.page), scans.pages(printing.own_file(form)), strict=True):
        marks = {key: Pen("tick") for key in page.boxes if key == f"{QUESTION}/{WRONG}"}
        filled = scans.ticked(picture, page, marks, random)
        if (row := page.rows.get(written)) is not None:
            scans.fill_in(filled, Square(row.x + row.width - 40, row.y + 2, row.height - 4), Pen("scribble", 0.5), random)
        stack.append(scans.scanned(filled, random, skew=1, noise=10))
    assert read(unit.desk, stack).set_aside == 0


@pytest.fixture(scope="module")
def came_back(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pupil]:
    """A unit to which a slip has come back, closed, and whose it is: it takes seconds to print, scan and read one."""
    unit = new_unit(tmp_path_factory.mktemp("came-back") / "unit" / "unit.pupildesk")
    pupil = family(unit, "Ada")
    come_back(unit, pupil, written=f"{pupil.id}.forename")
    unit.desk.vault.close()
    return unit.file, pupil


@pytest.fixture
def pupil(came_back: tuple[Path, Pupil]) -> Pupil:
    return came_back[1]


@pytest.fixture
def unit(came_back: tuple[Path, Pupil], tmp_path: Path) -> Iterator[Unit]:
    """A copy of that unit for each test."""
    shutil.copytree(came_back[0].parent, tmp_path / "unit")
    made = opened(tmp_path / "unit" / came_back[0].name)
    yield made
    made.desk.vault.close()


@pytest.fixture
def form(unit: Unit) -> WaitingForm:
    return waited(unit)


def waited(unit: Unit) -> WaitingForm:
    (one,) = waiting.waiting(unit.desk)
    return one


def record_of(form: WaitingForm, kind: type) -> Any:
    return next(part.record for part in form.parts if isinstance(part.record, kind))


def correction(form: WaitingForm, kind: type, item: str, after: object) -> Correction:
    record = record_of(form, kind)
    return Correction(record_id=record.id, item=item, before=getattr(record, item), after=after)


def confirm(unit: Unit, form: WaitingForm, *corrections: Correction, answer: str = WRONG, signed: bool = True, move: Move | None = None, all_entered: bool = False) -> KeptForms:  # fmt: skip
    handwriting = WrittenBeside(corrections=corrections, move=move, all_entered=all_entered)
    giver = form.addressees[0][0]
    return waiting.confirm(unit.desk, ConfirmedForm(form.id, {QUESTION: answer}, giver, DAY, is_signed=signed, handwriting=handwriting))


def held(unit: Unit, pupil: Pupil) -> tuple[Pupil, Contact]:
    record = pupils.record(unit.desk, pupil.id)
    return record.pupil, record.contacts[0]


def test_each_line_is_cut_out_of_the_scan_with_what_is_written_on_it(unit: Unit, pupil: Pupil, form: WaitingForm) -> None:
    key = f"{pupil.id}.forename"
    pictures = waiting.row_pictures(unit.desk, form.id)
    shown = {f"{part.record.id}.{name}" for part in form.parts for name in part.items}
    assert shown == set(pictures), "every item that the slip shows, and no other line"
    ink = {name: right_half(data) for name, data in pictures.items() if name in (key, f"{pupil.id}.surname")}
    assert ink[key] > 10 * max(1, ink[f"{pupil.id}.surname"])


def right_half(picture: bytes) -> int:
    """The dark dots of the column in which a family writes, without the rules of the row."""
    with Image.open(BytesIO(picture)) as image:
        writable = image.crop((image.width * 2 // 3, 14, image.width, image.height - 14))
    return sum(writable.histogram()[:120])


def test_what_is_typed_is_kept_with_the_answer_and_undone_with_it(unit: Unit, pupil: Pupil, form: WaitingForm) -> None:
    kept = confirm(
        unit,
        form,
        correction(form, Pupil, "middle_names", " Grace "),
        correction(form, Contact, "mobile", "07700 900123"),
        all_entered=True,
    )
    now, parent = held(unit, pupil)
    assert (now.middle_names, parent.mobile) == ("Grace", "07700 900123")
    (check,) = details_checks.of_pupil(unit.desk, pupil.id)
    assert (check.answer, check.entered_on) == (WRONG, DAY)
    of_act = {row["item"]: (row["old"], row["new"], row["source"]) for row in acts.rows_of(unit.desk.vault, kept.act)}
    assert (of_act["middle_names"], of_act["mobile"]) == ((None, "Grace", "form"), (None, "07700 900123", "form"))
    undoing.undo(unit.desk, kept)
    now, parent = held(unit, pupil)
    assert (now.middle_names, parent.mobile) == (None, None)
    assert details_checks.of_pupil(unit.desk, pupil.id) == []
    assert waited(unit).id == form.id


def test_what_is_not_typed_waits_as_before(unit: Unit, pupil: Pupil, form: WaitingForm) -> None:
    confirm(unit, form)
    (check,) = details_checks.of_pupil(unit.desk, pupil.id)
    assert check.waits


def test_another_address_is_a_move_where_that_is_said(unit: Unit, pupil: Pupil, form: WaitingForm) -> None:
    kept = confirm(unit, form, correction(form, Pupil, "address_1", "9 New Street"), move=Move(date(2026, 11, 1)))
    assert held(unit, pupil)[0].address_1 == "9 New Street"
    assert [before.address_1 for before in pupils.earlier_addresses(unit.desk, pupil.id)] == [pupil.address_1]
    undoing.undo(unit.desk, kept)
    assert held(unit, pupil)[0].address_1 == pupil.address_1
    assert pupils.earlier_addresses(unit.desk, pupil.id) == []


def test_nothing_at_all_is_kept_behind_a_refusal(unit: Unit, pupil: Pupil, form: WaitingForm) -> None:
    refusals: list[tuple[str, str, dict[str, Any], str]] = [
        ("postcode", "nowhere", {}, "ostcode"),
        ("middle_names", "Grace", {"signed": False}, "ask first"),
        ("middle_names", "Grace", {"answer": RIGHT}, "something is wrong"),
    ]
    for item, after, how, said in refusals:
        with pytest.raises(Refused, match=said):
            confirm(unit, form, correction(form, Contact, "mobile", "07700 900123"), correction(form, Pupil, item, after), **how)
        assert held(unit, pupil)[0] == pupil
        assert held(unit, pupil)[1].mobile is None
        assert details_checks.of_pupil(unit.desk, pupil.id) == []
        assert waited(unit).id == form.id


def test_what_was_changed_on_file_since_it_was_typed_is_not_written_over(unit: Unit, pupil: Pupil, form: WaitingForm) -> None:
    typed = correction(form, Contact, "mobile", "07700 900123")
    parent = held(unit, pupil)[1]
    contacts.save_contact(unit.desk, dataclasses.replace(parent, mobile="07700 900999"))
    with pytest.raises(Refused, match="Mobile was changed on file meanwhile"):
        confirm(unit, form, typed)
    assert held(unit, pupil)[1].mobile == "07700 900999"
    assert record_of(waited(unit), Contact).mobile == "07700 900999", "looked at again, the field holds it"
