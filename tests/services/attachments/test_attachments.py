"""Papers kept: added whole or not at all, shown from memory, never altered, set aside and removed, told to the family."""

import dataclasses
import hashlib
import os
import tempfile
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite, NotAllowed, WrongUse
from pupil_desk.documents.reading.not_kept import NotKept
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers import attachment
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import changes, sheet
from pupil_desk.services.attachments import attachments, links
from pupil_desk.services.backup import backups
from pupil_desk.services.care import health
from pupil_desk.services.unit import units
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.tables import attachments as store
from tests.made_papers import a_jpeg, a_large_pdf, a_pdf, a_png
from tests.services import erased_at_once
from tests.services.exports.made import PASSWORD, Unit


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Quill", "Ada", date(2012, 5, 6))


def keep(unit: Unit, pupil: Pupil, data: bytes = b"", title: str = "Plan of the autumn", **items: object) -> Attachment:
    """One paper more; the row as it is on file."""
    looked = attachments.look_into(data or a_pdf(), "plan.pdf")
    before = {one.id for one in attachments.of_pupil(unit.desk, pupil.id)}
    attachments.add(unit.desk, Attachment(pupil_id=pupil.id, title=title, kind="plan", **items), looked)  # type: ignore[arg-type]
    (new,) = [one for one in attachments.of_pupil(unit.desk, pupil.id) if one.id not in before]
    return new


def test_a_paper_is_kept_with_its_bytes_and_logged(unit: Unit, pupil: Pupil) -> None:
    paper = keep(unit, pupil, paper_day=date(2026, 9, 14), received_from="The main school")
    assert (paper.media_type, paper.pages, paper.size) == ("application/pdf", 1, len(a_pdf()))
    assert paper.kept_on == date(2026, 11, 24)
    assert paper.digest == hashlib.sha256(a_pdf()).hexdigest()
    assert attachments.pages(unit.desk, paper) == a_pdf()
    assert ("edit-record", pupil.id, "attachment added") in unit.log()
    assert attachments.room(unit.desk).taken == len(a_pdf())


def test_a_list_reads_no_bytes(unit: Unit, pupil: Pupil, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(unit, pupil)
    asked: list[str] = []
    rows = Vault.rows
    monkeypatch.setattr(Vault, "rows", lambda self, sql, params=(): (asked.append(sql), rows(self, sql, params))[1])
    assert len(attachments.of_pupil(unit.desk, pupil.id)) == 1
    assert asked
    assert not any("attachment_content" in sql for sql in asked)


@pytest.mark.acceptance(37)
def test_looking_at_a_paper_is_logged_once_in_ten_minutes(unit: Unit, pupil: Pupil) -> None:
    paper = keep(unit, pupil)
    for _time in range(3):
        attachments.looked_at(unit.desk, paper.id)
    attachments.log_print(unit.desk, paper)
    assert [(action, reason) for action, about, reason in unit.log() if about == paper.id] == [
        ("view", ""),
        ("read-record", "attachment printed"),
    ]


def test_what_is_wrong_with_the_entry_keeps_neither_row_nor_bytes(unit: Unit, pupil: Pupil) -> None:
    looked = attachments.look_into(a_pdf(), "plan.pdf")
    with pytest.raises(Refused):
        attachments.add(unit.desk, Attachment(pupil_id=pupil.id, title=" ", kind="plan"), looked)
    with pytest.raises(Refused):
        attachments.add(unit.desk, Attachment(pupil_id=pupil.id, title="Plan", kind="no such kind"), looked)
    assert (unit.count("attachment"), unit.count("attachment_content")) == (0, 0)


def test_the_same_paper_is_kept_once(unit: Unit, pupil: Pupil) -> None:
    first = keep(unit, pupil)
    with pytest.raises(WrongUse, match="on file already: Plan of the autumn"):
        keep(unit, pupil)
    attachments.set_aside(unit.desk, first, "Scanned badly")
    keep(unit, pupil)
    keep(unit, unit.pupil("Quill", "Bea", date(2013, 5, 6)))


def test_the_papers_of_the_unit_have_a_most(unit: Unit, pupil: Pupil, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(unit, pupil)
    assert not attachments.room(unit.desk).nearly_full
    monkeypatch.setattr(attachments, "MOST_IN_ALL", len(a_pdf()) + 10)
    with pytest.raises(WrongUse, match="All papers of the unit together"):
        keep(unit, pupil, a_jpeg())
    assert unit.count("attachment_content") == 1


def test_a_file_is_read_and_left_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "IMG_2041.exe"
    file.write_bytes(a_jpeg(taken_somewhere=True))
    looked = attachments.look_at(file)
    assert (looked.title, looked.media, looked.cleaned, looked.pages) == ("IMG 2041", "image/jpeg", True, 1)
    assert file.read_bytes() == a_jpeg(taken_somewhere=True)
    file.write_bytes(b"MZ\x90\0" + bytes(100))
    with pytest.raises(NotKept):
        attachments.look_at(file.rename(tmp_path / "letter.pdf"))
    with open(tmp_path / "huge.pdf", "wb") as huge:
        huge.truncate(3_000_000_000)
    with pytest.raises(NotKept, match="larger than 10 MB"):
        attachments.look_at(tmp_path / "huge.pdf")
    for gone in (tmp_path, tmp_path / "gone.pdf"):
        with pytest.raises(WrongUse):
            attachments.look_at(gone)


def test_what_is_known_of_a_paper_is_corrected_and_its_bytes_never(unit: Unit, pupil: Pupil) -> None:
    paper = keep(unit, pupil)
    attachments.save(unit.desk, dataclasses.replace(paper, title="Plan, signed", kind="form"))
    (now,) = attachments.of_pupil(unit.desk, pupil.id)
    assert (now.title, now.kind, now.digest) == ("Plan, signed", "form", paper.digest)
    vault = unit.desk.vault
    for statement in (
        "UPDATE attachment_content SET body = x'00'",
        "UPDATE attachment SET digest = 'other'",
        "UPDATE attachment SET pupil_id = id",
        "DELETE FROM attachment_content",
        "DELETE FROM attachment",
        "INSERT OR REPLACE INTO attachment_content SELECT id, pupil_id, x'00' FROM attachment_content",
    ):
        with pytest.raises(StoreFault), vault.transaction():
            vault.execute(statement)
    assert attachments.pages(unit.desk, now) == a_pdf()


def test_a_paper_is_set_aside_with_a_reason_and_brought_back(unit: Unit, pupil: Pupil) -> None:
    old = keep(unit, pupil, title="Old plan", paper_day=date(2026, 10, 1))
    keep(unit, pupil, a_png(), title="Drawing", paper_day=date(2026, 9, 1))
    with pytest.raises(Refused, match="why the paper is set aside"):
        attachments.set_aside(unit.desk, old, "  ")
    attachments.set_aside(unit.desk, old, "Replaced by the one of November")
    papers = attachments.of_pupil(unit.desk, pupil.id)
    assert [one.title for one in papers] == ["Drawing", "Old plan"]
    assert papers[1].set_aside_on == date(2026, 11, 24)
    attachments.bring_back(unit.desk, papers[1])
    assert attachments.of_pupil(unit.desk, pupil.id)[0] == old


def test_only_what_is_set_aside_is_removed_and_by_a_data_officer(unit: Unit, pupil: Pupil) -> None:
    paper = keep(unit, pupil)
    with pytest.raises(Refused, match="Set the paper aside first"):
        attachments.remove(unit.desk, paper)
    attachments.set_aside(unit.desk, paper, "Another pupil’s")
    with pytest.raises(NotAllowed):
        attachments.remove(unit.as_role(Role.ASSISTANT_HEAD), paper)
    attachments.remove(unit.desk, paper)
    assert (unit.count("attachment"), unit.count("attachment_content")) == (0, 0)
    assert unit.log()[-1] == ("remove-attachment", pupil.id, f"attachment removed: {paper.id}")
    with pytest.raises(WrongUse, match="no longer on file"):
        attachments.pages(unit.desk, paper)
    attachments.add(unit.desk, Attachment(pupil_id=pupil.id, title="Again", kind="plan"), attachments.look_into(a_pdf(), ""))


def test_a_copy_is_saved_by_senior_roles_and_logged(unit: Unit, pupil: Pupil, tmp_path: Path) -> None:
    paper = keep(unit, pupil)
    place = tmp_path / "out"
    place.mkdir()
    with pytest.raises(NotAllowed):
        attachments.save_copy(unit.as_role(Role.OFFICE), paper, place / "plan.pdf")
    assert list(place.iterdir()) == []
    attachments.save_copy(unit.desk, paper, place / "plan.pdf")
    attachments.save_copy(unit.desk, paper, place / "plan.exe")
    assert {path.name: path.read_bytes() for path in place.iterdir()} == {"plan.pdf": a_pdf(), "plan.exe.pdf": a_pdf()}
    assert unit.log()[-1] == ("save-attachment", paper.id, "attachment saved out")


def test_a_copy_that_cannot_be_written_is_not_logged(unit: Unit, pupil: Pupil, tmp_path: Path) -> None:
    paper = keep(unit, pupil)
    before = unit.log()
    with pytest.raises(CannotWrite):
        attachments.save_copy(unit.desk, paper, tmp_path / "gone" / "plan.pdf")
    assert unit.log() == before


def test_nothing_is_written_to_disk_while_papers_are_added_and_shown(
    unit: Unit, pupil: Pupil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(scratch))
    monkeypatch.chdir(scratch)
    around = sorted(path.name for path in unit.file.parent.iterdir())
    for data in (a_pdf(3), a_jpeg(), a_png("RGBA"), b"A note."):
        assert attachments.pages(unit.desk, keep(unit, pupil, data)).startswith(b"%PDF-")
    assert list(scratch.iterdir()) == []
    assert sorted(path.name for path in unit.file.parent.iterdir()) == around
    if Path("/proc/self/fd").is_dir():
        opened = [str(handle.readlink()) for handle in Path("/proc/self/fd").iterdir() if os.path.lexists(handle)]
        assert not [name for name in opened if "(deleted)" in name and str(tmp_path) in name]
    for path in unit.file.parent.iterdir():
        assert b"Individual plan" not in path.read_bytes()


def test_a_paper_belongs_to_an_entry_of_the_record(unit: Unit, pupil: Pupil) -> None:
    health.add_medicine(
        unit.desk,
        Medicine(
            pupil_id=pupil.id, name="Salbutamol", dose="2 puffs", taken="As needed", consented_by="Parent", consented_on=date(2026, 9, 1)
        ),
    )
    entries = links.entries(unit.desk, pupil.id)
    assert [entry.words for entry in entries] == ["Stay from 2 Sep 2026", "Medicine: Salbutamol"]
    paper = keep(unit, pupil, about_kind="medicine", about_id=entries[1].id)
    assert links.words_of(paper, entries) == "Medicine: Salbutamol"
    assert links.words_of(paper, []) == "An entry that is no longer on file, or not shown to your role"


def test_the_sheet_lists_the_papers_and_does_not_say_that_they_go_with_it(unit: Unit, pupil: Pupil) -> None:
    stay = links.entries(unit.desk, pupil.id)[0]
    keep(unit, pupil, a_pdf(2), paper_day=date(2026, 9, 14), about_kind=stay.kind, about_id=stay.id)
    (section,) = [one for one in sheet.everything(unit.desk, pupil.id) if one.name == "attachments"]
    told = {label: words for _name, label, _value, words in section.entries[0].facts}
    assert told["Title"] == "Plan of the autumn"
    assert told["Day of the paper"] == "14 September 2026"
    assert told["Belongs to"] == "Stay from 2 Sep 2026"
    assert told["File"].startswith("PDF, 2 pages, ")
    assert "Copy" not in told


def test_an_order_to_erase_takes_the_papers_with_their_bytes(unit: Unit, pupil: Pupil) -> None:
    other = unit.pupil("Quill", "Bea", date(2013, 5, 6))
    keep(unit, pupil)
    kept = keep(unit, other)
    done = erased_at_once.erase_sections(unit.desk, ["attachments"], authority="A court", pupil_id=pupil.id)
    assert (done.counts["attachment"], done.counts["attachment_content"]) == (1, 1)
    keep(unit, pupil)
    assert erased_at_once.erase_pupil(unit.desk, pupil.id, authority="A court").counts["attachment_content"] == 1
    assert attachments.of_pupil(unit.desk, other.id) == [kept]


def test_a_backup_with_a_large_paper_is_proved_and_restored_the_same(unit: Unit, pupil: Pupil, tmp_path: Path) -> None:
    data = a_large_pdf(5_000_000)
    paper = keep(unit, pupil, data)
    folder = tmp_path / "stick"
    folder.mkdir()
    made, _changed = backups.make(unit.desk, folder)
    assert made.rows["attachment_content"] == 1
    assert backups.verify(made.path, name="Ann Officer", password=PASSWORD).ok
    restored = tmp_path / "restored.pupildesk"
    backups.restore(made.path, restored, unit.desk.clock, name="Ann Officer", password=PASSWORD)
    desk = units.sign_in(restored, name="Ann Officer", password=PASSWORD, clock=unit.desk.clock)
    try:
        assert attachments.of_pupil(desk, pupil.id) == [paper]
        assert attachments.pages(desk, paper) == data
    finally:
        desk.vault.close()


def test_the_largest_paper_is_kept(unit: Unit, pupil: Pupil) -> None:
    data = a_large_pdf(attachment.MOST_BYTES - 5000)
    assert attachments.pages(unit.desk, keep(unit, pupil, data)) == data


def test_bytes_that_are_not_those_kept_are_not_shown(unit: Unit, pupil: Pupil, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = keep(unit, pupil)
    monkeypatch.setattr(store, "content", lambda vault, attachment_id: b"%PDF- other")
    with pytest.raises(WrongUse, match="not what was kept"):
        attachments.pages(unit.desk, paper)


def test_setting_aside_is_undone_and_a_paper_added_or_removed_is_not(unit: Unit, pupil: Pupil) -> None:
    paper = keep(unit, pupil)
    attachments.set_aside(unit.desk, paper, "By mistake")
    aside, added = changes.recent(unit.desk, limit=2)
    assert not changes.undo(unit.desk, aside.key).left
    (now,) = attachments.of_pupil(unit.desk, pupil.id)
    assert now == paper
    undone = changes.undo(unit.desk, added.key)
    assert [left.reason for left in undone.left] == ["A paper is set aside on the pupil’s own page."]
    attachments.set_aside(unit.desk, now, "Another pupil’s")
    attachments.remove(unit.desk, now)
    removed = changes.recent(unit.desk, limit=1)[0]
    assert [left.reason for left in changes.undo(unit.desk, removed.key).left] == ["It cannot be put back here."]
    assert unit.count("attachment") == 0
