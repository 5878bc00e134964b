"""Papers of a safeguarding file: kept under the room's key, shown and written out by the lead, sent on in the pack, erased with the file."""

import io
from pathlib import Path

import pikepdf
import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import Heading, Para
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.safeguarding.entry import EntryKind, SafeguardingEntry
from pupil_desk.domain.safeguarding.sealed_paper import MOST_PAPERS, SealedPaper, papers_of
from pupil_desk.domain.unit.staff import Role, StaffMember
from pupil_desk.services.attachments import attachments
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.notes import readers, second_key
from pupil_desk.services.notes.rooms import SAFEGUARDING_FILES
from pupil_desk.services.safeguarding import files, moving, pack, papers, writing
from pupil_desk.services.unit import staff, units
from pupil_desk.store.file.errors import StoreFault
from tests.made_papers import a_jpeg
from tests.services import erased_at_once
from tests.services.exports.made import DAY, OFFICER, PASSWORD, Unit
from tests.services.notes.scene import CLOCK, LEAD, LEADS, OFFICE, OFFICES, at
from tests.services.notes.test_second_key import dump, pages
from tests.services.packs.test_writing import text_of

PLANTED = [f"Zq{number:03d}planted" for number in range(40)]


def a_paper(words: str = "What the school before wrote") -> papers.PaperToSeal:
    """One page, with the words plain in its bytes too, as in a file that is packed by nobody."""
    data = build_pdf([Heading(1, "Minutes"), Para(words)], title=words)
    return papers.PaperToSeal("Minutes of the conference", 1, data + f"\n% {words}\n%%EOF\n".encode())


def received(desk: Desk, pupil: Pupil) -> SafeguardingEntry:
    writing.enter(desk, SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.RECEIVED, day=DAY, school="Mill Lane School", way="hand"))
    return files.of_pupil(desk, pupil.id).histories[0].now


def with_paper(desk: Desk, pupil: Pupil, words: str = "What the school before wrote") -> tuple[SafeguardingEntry, SealedPaper]:
    papers.add(desk, received(desk, pupil), a_paper(words))
    entry = files.of_pupil(desk, pupil.id).histories[0].now
    (paper,) = papers_of(entry.papers)
    return entry, paper


def test_a_paper_stands_with_its_entry_and_reads_as_it_was(unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path) -> None:
    desk = at(unit, LEAD, LEADS)
    entry, paper = with_paper(desk, pupil)
    assert (entry.kind, entry.school, paper.pages) == ("received", "Mill Lane School", 1)
    assert paper.words == f"Minutes of the conference (1 page, {round(paper.size / 1000)} KB)"
    logged = len(unit.log())
    assert papers.pages(desk, pupil.id, paper) == a_paper().data
    assert unit.log()[logged:] == [("view", pupil.id, "")]
    signed = text_of(pack.receipt(desk, pupil.id, entry))
    assert "Minutes of the conference" in signed
    assert f"Confidential. {desk.settings.name}, reference {pupil.ref}, born" in " ".join(signed.split())
    with pytest.raises(StoreFault, match="append-only"), desk.vault.transaction():
        desk.vault.execute("DELETE FROM safeguarding_paper")


def test_a_picture_is_kept_as_a_page(unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path) -> None:
    picture = tmp_path / "letter_of_may.jpg"
    picture.write_bytes(a_jpeg())
    paper = papers.look_at(picture)
    assert (paper.title, paper.pages, paper.data[:5]) == ("Letter of may", 1, b"%PDF-")
    desk = at(unit, LEAD, LEADS)
    papers.add(desk, received(desk, pupil), paper)
    (kept,) = papers_of(files.of_pupil(desk, pupil.id).histories[0].now.papers)
    assert papers.pages(desk, pupil.id, kept) == paper.data


def test_the_lead_alone_adds_opens_and_writes_out(unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember, tmp_path: Path) -> None:
    entry, paper = with_paper(at(unit, LEAD, LEADS), pupil)
    for who in ((OFFICER, PASSWORD), (OFFICE, OFFICES)):
        desk = at(unit, *who)
        for act in (
            lambda d: papers.add(d, entry, a_paper()),
            lambda d: papers.take_out(d, entry, paper.id),
            lambda d: papers.pages(d, pupil.id, paper),
            lambda d: papers.write_out(d, pupil.id, paper, tmp_path),
        ):
            with pytest.raises(NotAllowed):
                act(desk)
    assert not list(tmp_path.glob("paper*"))
    desk = at(unit, LEAD, LEADS)
    (name,) = (locked := papers.write_out(desk, pupil.id, paper, tmp_path)).names
    data = (tmp_path / name).read_bytes()
    assert "What the school before wrote" in text_of(unlocked_pdf(data, locked.password))
    assert b"school before" not in data
    with pytest.raises(PermissionError):
        unlocked_pdf(data, "another")


def test_no_planted_word_is_found_by_a_data_officers_password(unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path) -> None:
    desk = at(unit, LEAD, LEADS)
    entry = received(desk, pupil)
    for word in PLANTED[:MOST_PAPERS]:
        papers.add(desk, entry, a_paper(word * 400))
    other = received(desk, pupil)
    for word in PLANTED[MOST_PAPERS:]:
        papers.add(desk, other, papers.PaperToSeal(word, 1, a_paper(word).data))
    desk = at(unit, OFFICER, PASSWORD)
    stick = tmp_path / "stick"
    stick.mkdir()
    contents = [dump(desk.vault)]
    exported = run_export(desk, "whole-unit", stick, ExportOrder(reason="A new program"))
    for name, password in exported.secrets:
        contents += unlocked((stick / name).read_bytes(), password).values()
    backup, _changed = backups.make(desk, stick)
    copy = backups.open_to_look(backup.path, CLOCK, name=OFFICER, password=PASSWORD)
    contents.append(dump(copy.vault))
    copy.vault.close()
    key = desk.vault.key("db")
    units.sign_out(desk)
    whole_file = pages(unit.file, key)
    assert b"CREATE TABLE safeguarding_paper" in whole_file, "the pages were decrypted"
    contents += [whole_file, *(path.read_bytes() for path in unit.file.parent.rglob("*") if path.is_file())]
    assert [word for word in PLANTED if any(word.encode() in each for each in contents)] == []
    desk = at(unit, LEAD, LEADS)
    kept = [paper for history in files.of_pupil(desk, pupil.id).histories for paper in papers_of(history.now.papers)]
    read = b"".join(papers.pages(desk, pupil.id, paper) for paper in kept)
    assert [word for word in PLANTED if word.encode() not in read] == []


def test_it_is_read_after_the_room_has_a_new_key_and_not_from_another_place(
    unit: Unit, pupil: Pupil, lead: StaffMember, office: StaffMember
) -> None:
    readers.set_reader(unit.desk, office, may=True, reason="Deputy", room=SAFEGUARDING_FILES)
    second_key.hand_over(at(unit, LEAD, LEADS), office, SAFEGUARDING_FILES)
    _entry, paper = with_paper(at(unit, LEAD, LEADS), pupil)
    assert papers.pages(at(unit, OFFICE, OFFICES), pupil.id, paper)
    readers.set_reader(at(unit, OFFICER, PASSWORD), office, may=False, reason="Has left", room=SAFEGUARDING_FILES)
    desk = at(unit, LEAD, LEADS)
    (again,) = papers_of(files.of_pupil(desk, pupil.id).histories[0].now.papers)
    assert papers.pages(desk, pupil.id, again) == a_paper().data
    other = SealedPaper("another", again.key, 1, again.size, "Another")
    with desk.vault.transaction():
        desk.vault.execute("INSERT INTO safeguarding_paper SELECT 'another', entry_id, pupil_id, body FROM safeguarding_paper")
    with pytest.raises(WrongUse, match="“Another” is not what was kept"):
        papers.pages(desk, pupil.id, other)


def test_papers_go_behind_the_chronology_of_the_pack_and_those_taken_out_or_struck_do_not(
    unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path
) -> None:
    desk = at(unit, LEAD, LEADS)
    with_paper(desk, pupil, "Of the school before")
    struck, _paper = with_paper(desk, pupil, "Of another pupil")
    taken, paper = with_paper(desk, pupil, "Taken out again")
    writing.strike(desk, struck, "Of another pupil’s file")
    papers.take_out(desk, taken, paper.id)
    (name,) = (locked := pack.write(desk, pupil.id, tmp_path)).names
    data = unlocked_pdf((tmp_path / name).read_bytes(), locked.password)
    text = " ".join(text_of(data).split())
    assert "1. Minutes of the conference (1 page" in text
    assert text.count("Minutes of the conference") == 2, "with its entry, and in the list"
    assert "Of the school before" in text
    assert "Taken out again" not in text
    assert "Of another pupil " not in text.replace("Of another pupil’s", "")
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root][-1] == "Minutes of the conference"
        assert outline.root[-1].destination[0].objgen == pdf.pages[-1].objgen, "the outline leads to the paper"


def test_what_is_too_much_for_one_file_goes_in_several_under_one_password(
    unit: Unit, pupil: Pupil, lead: StaffMember, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "_MOST_IN_ONE", 1)
    desk = at(unit, LEAD, LEADS)
    with_paper(desk, pupil)
    locked = pack.write(desk, pupil.id, tmp_path)
    assert locked.names == ("pack-2026-11-24.pdf", "pack-2026-11-24-part-2.pdf")
    first, second = (text_of(unlocked_pdf((tmp_path / name).read_bytes(), locked.password)) for name in locked.names)
    assert "Chronology" in first
    assert "What the school before wrote" in second


def test_there_is_a_most_of_one_entry_and_of_the_unit(unit: Unit, pupil: Pupil, lead: StaffMember, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = at(unit, LEAD, LEADS)
    entry = received(desk, pupil)
    for _number in range(MOST_PAPERS):
        papers.add(desk, entry, a_paper())
    with pytest.raises(Refused, match="at most 20 papers"):
        papers.add(desk, entry, a_paper())
    assert attachments.room(desk).taken > MOST_PAPERS * len(a_paper().data)
    monkeypatch.setattr(papers, "MOST_IN_ALL", attachments.room(desk).taken)
    with pytest.raises(WrongUse, match="All papers of the unit together"):
        papers.add(desk, received(desk, pupil), a_paper())
    assert unit.count("safeguarding_paper") == MOST_PAPERS


def test_it_goes_with_all_of_a_pupil_and_is_counted_nowhere(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    with_paper(at(unit, LEAD, LEADS), pupil)
    erased_at_once.erase_pupil(at(unit, OFFICER, PASSWORD), pupil.id, authority="Due")
    assert unit.count("safeguarding_paper") == 0
    (order,) = unit.desk.vault.rows("SELECT counts FROM erasure_order")
    assert "safeguarding" not in order["counts"]


def test_the_whole_unit_takes_papers_along_for_a_lead_alone_and_in_the_file_apart(
    unit: Unit, pupil: Pupil, office: StaffMember, tmp_path: Path, lead: StaffMember
) -> None:
    chief = staff.add_user(unit.desk, "Jo Chief", Role.DATA_OFFICER, "window copper garden ladder")
    readers.set_reader(unit.desk, chief, may=True, reason="Deputy", room=SAFEGUARDING_FILES)
    second_key.hand_over(at(unit, LEAD, LEADS), chief, SAFEGUARDING_FILES)
    with_paper(at(unit, LEAD, LEADS), pupil)
    desk = at(unit, "Jo Chief", "window copper garden ladder")
    made = run_export(desk, "whole-unit", tmp_path, ExportOrder(reason="A new program"))
    (all_name, all_words), (apart_name, apart_words) = made.secrets
    everything = unlocked((tmp_path / all_name).read_bytes(), all_words)
    apart = unlocked((tmp_path / apart_name).read_bytes(), apart_words)
    assert not [name for name in everything if "safeguarding_paper" in name]
    (name,) = [name for name in apart if "safeguarding_paper-body" in name]
    assert name.endswith(".pdf")
    assert apart[name] == a_paper().data


def test_a_concern_is_moved_with_its_papers_and_each_file_is_erased_with_its_own(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    other = unit.pupil("Abel", "Ann", DAY.replace(year=2011))
    desk = at(unit, LEAD, LEADS)
    writing.write_concern(desk, SafeguardingEntry(pupil_id=pupil.id, kind=EntryKind.CONCERN, day=DAY, text="Afraid"))
    concern = files.of_pupil(desk, pupil.id).histories[0].now
    papers.add(desk, concern, a_paper())
    papers.add(desk, concern, a_paper("Taken out before"))
    last = papers_of(files.of_pupil(desk, pupil.id).histories[0].now.papers)[-1]
    papers.take_out(desk, concern, last.id)
    moving.move(desk, concern, other.id, "Of another pupil")
    erased_at_once.erase_pupil(at(unit, OFFICER, PASSWORD), pupil.id, authority="Due")
    desk = at(unit, LEAD, LEADS)
    (history,) = [each for each in files.of_pupil(desk, other.id).histories if each.now.kind == EntryKind.CONCERN]
    (paper,) = papers_of(history.now.papers)
    assert papers.pages(desk, other.id, paper) == a_paper().data
    before = papers_of(history.wordings[-2].entry.papers)
    assert [papers.pages(desk, other.id, each) for each in before] == [a_paper().data, a_paper("Taken out before").data]
    assert unit.count("safeguarding_paper") == 2
