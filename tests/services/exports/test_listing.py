"""What exports there are, what was made, and checking a receipt against its files."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.papers.receipt import Receipt, receipt_text
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.exports import EXPORTS, export_named, run_export
from pupil_desk.services.exports.listing import FileState, exports, one_made, past_exports, verify_receipt
from pupil_desk.services.exports.making import ExportOrder
from tests.services.exports.made import MOMENT, Unit


def test_the_exports_there_are(unit: Unit) -> None:
    offer = exports(unit.desk)[0]
    assert (offer.name, offer.recipient, offer.law, offer.who, offer.allowed) == (
        "youth-support",
        "Youth support service",
        "Education and Skills Act 2008, section 72",
        "data officer",
        True,
    )
    assert not any(offer.allowed for offer in exports(unit.as_role(Role.OFFICE)) if offer.name in ("youth-support", "register"))


def test_each_export_has_a_neutral_name_of_its_own(unit: Unit) -> None:
    assert len({export.name for export in EXPORTS}) == len(EXPORTS)
    for export in EXPORTS:
        assert export_named(unit.desk, export.name) is export
        assert export.name.replace("-", "").isascii()


def test_what_was_made_the_latest_first(unit: Unit, stick: Path) -> None:
    unit.pupil("Abel", "Ann", date(2012, 1, 5))
    first = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="First"))
    later = replace(unit.desk, clock=FixedClock(MOMENT + timedelta(hours=1)))
    second = run_export(later, "youth-support", stick, ExportOrder(reason="Second", plain=True))
    past = past_exports(unit.desk)
    assert [(p.reason, p.plain, p.rows, p.made_by) for p in past] == [
        ("Second", True, 1, "Ann Officer"),
        ("First", False, 1, "Ann Officer"),
    ]
    assert [p.receipt for p in past] == [second.receipt_text, first.receipt_text]
    assert past[0].title == "Pupils for the youth support service"
    assert past[1].files == first.files
    assert (past[1].format, past[1].lock, past[0].lock, past[1].period, past[1].provider) == ("csv", "zip", "", None, None)
    assert past[1].basis
    assert past[1].purpose
    assert past[1].frozen
    assert (past[1].delivered, past[1].taken_off, past[1].content_until) == (None, None, None)
    with pytest.raises(WrongUse):
        one_made(unit.desk, "nowhere")


def test_a_receipt_tells_whether_its_file_is_still_the_same(unit: Unit, stick: Path) -> None:
    unit.pupil("Abel", "Ann", date(2012, 1, 5))
    done = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return"))
    text = done.receipt_path.read_text(encoding="utf-8")
    file = stick / done.files[0].name
    assert verify_receipt(text, stick) == [(file.name, FileState.SAME)]
    data = bytearray(file.read_bytes())
    data[60] ^= 1
    file.write_bytes(data)
    assert verify_receipt(text, stick) == [(file.name, FileState.CHANGED)]
    file.unlink()
    assert verify_receipt(text, stick) == [(file.name, FileState.MISSING)]


@pytest.mark.parametrize("text", ["", "Dear all,\n  file.zip\n    SHA-256  1234\n"])
def test_another_text_is_no_receipt(tmp_path: Path, text: str) -> None:
    with pytest.raises(WrongUse, match="not a receipt"):
        verify_receipt(text, tmp_path)


def test_a_receipt_of_nothing_is_ours_too(stick: Path) -> None:
    receipt = Receipt(
        title="New pupils",
        unit="Larkfield",
        made_at="now",
        made_by="Ann",
        reason="Daily",
        recipient="The authority",
        law="A law",
        basis="",
        purpose="",
        spec="",
        covers="",
        judged_on="today",
        fields=["surname"],
        rows=0,
        levels=[],
        confirmed=0,
        left_out=[],
        lock="",
        files=[],
        log_head="3 / ab",
        version="1",
    )
    text = receipt_text(receipt)
    assert verify_receipt(text, stick) == verify_receipt(text.replace("\n", "\r\n"), stick) == []
    for spoilt in (text.replace("Receipt:", "Recipe:"), text.replace("Log head:", "Head:"), text.replace("=" * 10, "=")):
        with pytest.raises(WrongUse):
            verify_receipt(spoilt, stick)


def test_every_state_has_words() -> None:
    assert len({state.words for state in FileState}) == 3
