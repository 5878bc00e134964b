"""A hundred forged receipts are refused, by the unit's file and by its seal alone; no good one is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pupil_desk.documents.papers.receipt import receipt_text
from pupil_desk.services.exports import listing, run_export
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.papers.receipt_paper import receipt_of
from pupil_desk.services.receipts import checking, seals
from pupil_desk.services.receipts.checking import Finding, beside, by_file, by_seals
from pupil_desk.services.receipts.sealed import read
from pupil_desk.services.unit import data_key
from pupil_desk.store.file import audit
from tests.services.exports.made import Unit, another_unit
from tests.services.receipts.forgeries import STRANGER, forgeries


def made(unit: Unit, stick: Path, name: str = "youth-support") -> ExportMade:
    return run_export(unit.desk, name, stick, ExportOrder(reason="Termly return"))


def data_of(export_made: ExportMade) -> bytes:
    return export_made.receipt_path.read_bytes()


def refused(findings: list[Finding]) -> bool:
    return any(finding.serious for finding in findings)


@pytest.mark.acceptance(51)
def test_a_hundred_forged_receipts_are_refused_and_no_good_one_before_and_after_a_new_key(
    filled: Unit, stick: Path, record_property: Callable[[str, object], None]
) -> None:
    good = [data_of(made(filled, stick, name)) for name in ("youth-support", "contact-sheet", "la-attendance")]
    data_key.new_key(filled.desk)
    good += [data_of(made(filled, stick, name)) for name in ("youth-support", "register", "post-16")]
    units_seals = seals.seals(filled.desk.vault)
    assert [seal.epoch for seal in units_seals] == [1, 2]
    for number, data in enumerate(good):
        assert by_file(filled.desk, data) == []
        remarks = by_seals(data, units_seals)
        assert ([finding.serious for finding in remarks], "an older seal" in str(remarks)) == (
            ([False], True) if number < 3 else ([], False)
        )
        assert by_seals(data, units_seals[: 1 if number < 3 else 2]) == []
    count = 0
    for first, second in ((good[0], good[1]), (good[3], good[0])):
        tried = dict(forgeries(first, second))
        assert len(tried) >= 100
        assert [name for name, data in tried.items() if not refused(by_file(filled.desk, data))] == []
        assert [name for name, data in tried.items() if not refused(by_seals(data, units_seals))] == []
        assert [name for name, data in tried.items() if not refused(by_seals(data, []))] == []
        count += len(tried)
    record_property("tried", count + len(good))


def test_the_whole_head_of_the_log_stands_under_the_seal(filled: Unit, stick: Path) -> None:
    receipt = read(data_of(made(filled, stick)))
    assert receipt is not None
    assert receipt.head == audit.head(filled.desk.vault)
    assert receipt.text.decode().count(receipt.head.mac_hex) == 1


def test_the_same_receipt_is_sealed_the_same_each_time_and_each_epoch_has_a_seal_of_its_own(filled: Unit, stick: Path) -> None:
    first = seals.keys(filled.desk.vault)
    data_key.new_key(filled.desk)
    then, now = seals.keys(filled.desk.vault)
    assert [then.seal, then.mac(b"x"), then.signature(b"x")] == [first[0].seal, first[0].mac(b"x"), first[0].signature(b"x")]
    assert then.seal.fingerprint != now.seal.fingerprint
    assert not now.seal.proves(b"x", then.signature(b"x"))
    assert then.seal.proves(b"x", then.signature(b"x"))


@pytest.mark.acceptance(51)
def test_a_leaver_who_holds_an_old_key_makes_no_receipt_that_the_file_takes(filled: Unit, stick: Path) -> None:
    receipt, old = read(data_of(made(filled, stick))), seals.keys(filled.desk.vault)[0]
    assert receipt is not None
    data_key.new_key(filled.desk)
    for name, text in (
        ("has no such entry", receipt.text.replace(receipt.head.mac_hex.encode(), b"0" * 64)),
        ("keeps no receipt of these words", receipt.text.replace(b"Termly", b"Yearly")),
    ):
        (finding,) = by_file(filled.desk, resealed(text, old))
        assert (finding.serious, name in finding.message) == (True, True)
    assert by_file(filled.desk, resealed(receipt.text, old)) == []


def resealed(text: bytes, key: seals.SealingKey, mac: str = "") -> bytes:
    """A text with the seal that somebody who holds a key can make."""
    signed = text + f"MAC:          {mac or key.mac(text)}\n".encode()
    signature = key.signature(signed)
    return signed + f"Signature:    {signature[:64]}\n              {signature[64:]}\n".encode()


@pytest.mark.acceptance(51)
def test_a_mac_that_does_not_fit_is_refused_whatever_the_signature_says(filled: Unit, stick: Path) -> None:
    receipt, key = read(data_of(made(filled, stick))), seals.keys(filled.desk.vault)[0]
    assert receipt is not None
    (finding,) = by_file(filled.desk, resealed(receipt.text, key, STRANGER.mac(receipt.text)))
    assert "not as it was when it was sealed" in finding.message


def test_one_made_before_receipts_were_sealed_is_told_so_and_proved_by_the_file_alone(
    filled: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pupil_desk.services.exports.recording.sealed", lambda text, _vault, _head: text)
    export_made = made(filled, stick)
    data = data_of(export_made)
    assert data.decode() == receipt_text(receipt_of(filled.desk, listing.one_made(filled.desk, export_made.export_id)))
    (finding,) = by_file(filled.desk, data)
    assert (finding.serious, "made before receipts were sealed" in finding.message) == (False, True)
    (finding,) = by_seals(data, seals.seals(filled.desk.vault))
    assert (finding.serious, "made before receipts were sealed" in finding.message) == (True, True)
    assert refused(by_file(filled.desk, data.replace(b"Termly", b"Yearly")))


def test_another_unit_s_receipt_is_refused_by_its_own_name(filled: Unit, stick: Path, tmp_path: Path) -> None:
    other = another_unit(tmp_path / "other" / "unit.pupildesk")
    (tmp_path / "their-stick").mkdir()
    theirs = data_of(made(other, tmp_path / "their-stick"))
    assert by_file(other.desk, theirs) == []
    for findings in (by_file(filled.desk, theirs), by_seals(theirs, seals.seals(filled.desk.vault))):
        assert "none of those given" in findings[0].message
    assert "anybody can make a seal" in by_seals(theirs, [])[0].message
    other.desk.vault.close()


@pytest.mark.acceptance(51)
def test_each_file_is_known_by_what_is_in_it(filled: Unit, stick: Path) -> None:
    export_made = made(filled, stick)
    data, file = data_of(export_made), stick / export_made.files[0].name
    assert beside(data, stick) == [file]
    assert checking.of_files(data, [file]) == []
    renamed = file.rename(stick / "renamed.zip")
    assert beside(data, stick) == []
    assert checking.of_files(data, []) == [Finding(file.name, "The receipt names it, and it was not looked at.", serious=False)]
    assert checking.of_files(data, [renamed]) == []
    for name, content, told in ((file.name, b"edited", "something else"), ("other.zip", b"", "no such file")):
        (stick / name).write_bytes(content)
        (finding,) = checking.of_files(data, [renamed, stick / name])
        assert (finding.where, told in finding.message) == (name, True)


def test_an_altered_file_is_told_of_in_one_sentence(filled: Unit, stick: Path) -> None:
    export_made = made(filled, stick)
    file = stick / export_made.files[0].name
    file.write_bytes(b"edited")
    (finding,) = checking.of_files(data_of(export_made), [file])
    assert (finding.where, "something else" in finding.message) == (file.name, True)


@pytest.mark.parametrize("ends", [b"\r\n", b"\r"])
def test_of_one_whose_line_ends_were_changed_that_is_said(filled: Unit, stick: Path, ends: bytes) -> None:
    export_made = made(filled, stick)
    data = data_of(export_made)
    changed = data.replace(b"\n", ends)
    for findings in (by_file(filled.desk, changed), by_seals(changed, seals.seals(filled.desk.vault))):
        (finding,) = findings
        assert (finding.serious, "The ends of its lines were changed" in finding.message) == (True, True)
    export_made.receipt_path.write_bytes(changed)
    (finding,) = checking.in_folder(filled.desk, data.decode(), stick)
    assert (finding.where, "The ends of its lines were changed" in finding.message) == (export_made.receipt_path.name, True)


def test_a_seal_is_read_from_its_file_however_its_lines_were_broken(filled: Unit) -> None:
    units_seals = seals.seals(filled.desk.vault)
    text = seals.seal_text("Larkfield", units_seals)
    broken = "> " + "\r\n".join(text[start : start + 37] for start in range(0, len(text), 37))
    assert seals.seals_in(text) == units_seals
    assert seals.seals_in(broken) == units_seals
    assert seals.seals_in(text.replace("04", "05")) == []
    assert not seals.Seal(1, "04" + "0" * 128).proves(b"x", STRANGER.signature(b"x"))


def test_a_receipt_too_big_or_not_there_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_BYTES", 3)
    (tmp_path / "big").write_bytes(b"1234")
    for name in ("big", "absent"):
        with pytest.raises(checking.WrongUse):
            checking.read_file(tmp_path / name)
