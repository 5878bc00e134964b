"""A copy written: locked, whole, without a withheld word in any of its bytes, told in the log of disclosures; or not written at all."""

import dataclasses
import io
import json
import re
import unicodedata
from datetime import timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import CannotWrite, NotAllowed, WrongUse
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.documents.reading import proof
from pupil_desk.domain.requests.case import RequestEvent, RequestEventKind
from pupil_desk.domain.requests.pack import PlaceVerdict
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import statement_lines, told
from pupil_desk.services.packs import compiling, deciding, paper, restricted, writing
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import handling, letters, looking
from tests.services.exports.made import MOMENT
from tests.services.packs.made import Scene, of_text, read_back
from tests.services.packs.test_deciding import case_of

WITHHELD = ("Tyrone", "TYRONE", "Penn", "Adam")


def text_of(pdf: bytes) -> str:
    read = pypdfium2.PdfDocument(pdf)
    text = "\n".join(read[number].get_textpage().get_text_range() for number in range(len(read)))
    read.close()
    return text


def unpacked(pdf: bytes) -> bytes:
    """Every stream of the file as it is inside, and every object, as one run of bytes."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            out, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.specialized, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    return out.getvalue()


def written(scene: Scene, folder: Path) -> tuple[writing.Written, bytes, dict[str, bytes]]:
    pack = scene.begin()
    made = writing.write(scene.officer, scene.all_as_proposed(pack), folder)
    pdf, data = (next(folder.glob(f"*{ending}")).read_bytes() for ending in (".pdf", ".zip"))
    return made, unlocked_pdf(pdf, made.password), unlocked(data, made.password)


def test_a_copy_is_two_locked_files_that_its_words_open(scene: Scene, stick: Path) -> None:
    scene.add_paper("Plain", "A plan for Bea: more reading, and a desk by the window.")
    made, pdf, data = written(scene, stick)
    assert read_back(stick) == ["P0001-copy-2026-11-24-data.zip", "P0001-copy-2026-11-24.pdf"]
    assert len(made.password.split("-")) == 6
    assert len(made.password) <= 32
    for path in stick.iterdir():
        assert b"Bea" not in path.read_bytes()
    with pytest.raises(PermissionError):
        unlocked_pdf(next(stick.glob("*.pdf")).read_bytes(), "wrong")
    assert set(data) == {"data.json", "paper-1.txt"}
    assert b"more reading" in data["paper-1.txt"]
    text = text_of(pdf)
    for said in (
        "A copy of what we hold about Bea Quill",
        "To Ann Quill",
        "What is here",
        "Nothing stands in this copy about: earlier addresses; ",
        "public task",
        "Your rights",
        "Information Commissioner",
        "pushed Bea’s chair",
        "4 Mill Lane",
    ):
        assert said in " ".join(text.split()), said


def test_no_withheld_word_is_left_in_text_bytes_metadata_or_data(scene: Scene, stick: Path) -> None:
    _made, pdf, data = written(scene, stick)
    text, inside = text_of(pdf), unpacked(pdf)
    for name in WITHHELD:
        assert name not in text
        assert name.encode() not in inside
        assert name.encode("utf-16-be") not in inside
        assert name.encode("utf-16-be").hex().encode() not in inside.lower()
        assert name.encode() not in data["data.json"]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert not [
            name for name in (*WITHHELD, "Bea", "Quill") if name in repr(dict(opened.docinfo)) or name in str(opened.open_metadata())
        ]
    assert "[withheld] pushed Bea’s chair. [withheld] rang; [withheld] said sorry. [withheld] saw it, and told Ann Officer." in " ".join(
        text.split()
    )
    assert "9 Far Row" in text, "who asks is not hidden from herself"


def test_the_data_has_every_section_and_says_of_what_form_it_is(scene: Scene, stick: Path) -> None:
    made, _pdf, data = written(scene, stick)
    told = json.loads(data["data.json"])
    assert (told["format"], told["version"], told["about"], told["for"]) == ("pupil-desk-copy", 1, "P0001", "Ann Quill")
    assert {section["name"]: section["number"] for section in told["sections"]} == made.sections
    sections = {section["name"]: section for section in told["sections"]}
    assert [one.name for one in sheet.everything(scene.officer, scene.bea.id)] == list(sections)
    [pupil] = sections["pupil"]["records"]
    assert pupil["dob"] == {"label": "Date of birth", "text": "6 May 2012", "value": "2012-05-06"}
    assert pupil["surname"] == {"label": "Legal surname", "text": "Quill"}
    assert sections["notes"]["records"][0]["text"]["text"].startswith("[withheld] pushed")


def test_it_is_told_in_the_log_of_disclosures_with_its_digests(scene: Scene, stick: Path) -> None:
    made, _pdf, _data = written(scene, stick)
    [row] = scene.officer.vault.rows("SELECT way, recipient, law, fields, pupil_id FROM disclosure")
    assert (row["way"], row["recipient"], row["law"], row["pupil_id"]) == ("pack", "Ann Quill", "UK GDPR Article 15", scene.bea.id)
    assert "Notes" in row["fields"]
    assert "Medicines" not in row["fields"]
    [kept] = scene.officer.vault.rows("SELECT sections, digests, withheld FROM pack_made")
    assert json.loads(kept["sections"]) == made.sections
    assert json.loads(kept["digests"]) == {file.name: file.sha256 for file in made.files}
    assert kept["withheld"] == made.withheld == 6
    packs = next(one for one in sheet.everything(scene.officer, scene.bea.id) if one.name == "packs")
    assert [[words for _name, _label, _value, words in entry.facts] for entry in packs.entries] == [["Ann Quill", "24 November 2026"]] * 2
    again = scene.compiled(scene.begin())
    log = {passage.field: passage.words for passage in again.part("disclosures").passages}
    assert (log["recipient"], log["reason"], log["purpose"]) == ("Ann Quill", "It answers no request", "To tell what we hold")
    (line,) = statement_lines.from_log(scene.officer, scene.bea.id, told.Days()).told
    assert (line.kind, line.purpose) == ("The pupil, or somebody given a copy", "to tell what we hold")
    labels = [passage.label for passage in again.part("packs").passages if passage.field == "asker"]
    assert labels == ["For whom a copy was begun"] * len(labels)


def test_nothing_is_written_while_something_is_open(scene: Scene, stick: Path) -> None:
    pack = scene.begin()
    made = scene.compiled(pack)
    with pytest.raises(WrongUse, match="to decide"):
        writing.write(scene.officer, made, stick)
    adam = next(mark for mark in of_text(made) if mark.words == "Adam Quill")
    deciding.accept(scene.officer, deciding.decide(scene.officer, made, [adam], PlaceVerdict.WITHHOLD))
    with pytest.raises(WrongUse, match="to tick"):
        writing.write(scene.officer, made, stick)
    assert read_back(stick) == []
    assert scene.unit.count("pack_made") == scene.unit.count("disclosure") == 0


def test_what_was_entered_meanwhile_must_be_decided_too(scene: Scene, stick: Path) -> None:
    from pupil_desk.domain.papers.note import Note
    from pupil_desk.services.notes import notes
    from tests.services.exports.made import DAY

    made = scene.all_as_proposed(scene.begin())
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="other", text="Tyrone came back.", day=DAY))
    with pytest.raises(WrongUse, match="1 place to decide"):
        writing.write(scene.officer, made, stick)


def test_a_word_that_the_proof_finds_stops_everything(scene: Scene, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = scene.all_as_proposed(scene.begin())
    monkeypatch.setattr(Compiled, "told", lambda _self, passage: passage.words)  # as if nothing had been taken out
    with pytest.raises(WrongUse, match="still found in it"):
        writing.write(scene.officer, made, stick)
    assert read_back(stick) == []
    assert scene.unit.count("pack_made") == scene.unit.count("disclosure") == 0


def test_the_proof_is_of_the_file_that_is_locked(scene: Scene, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    proved: list[bytes] = []
    real = proof.still_in_pdf
    monkeypatch.setattr(proof, "still_in_pdf", lambda data, *rest: proved.append(data) or real(data, *rest))
    _made, pdf, _data = written(scene, stick)
    assert text_of(proved[0]) == text_of(pdf)


def test_a_stick_that_is_full_leaves_nothing(scene: Scene, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services import saving

    made = scene.all_as_proposed(scene.begin())
    real, calls = saving.write_whole, []

    def full(path: Path, data: bytes) -> str:
        calls.append(path)
        if len(calls) == 2:
            raise CannotWrite("The disk is full.")
        return real(path, data)

    monkeypatch.setattr(saving, "write_whole", full)
    with pytest.raises(CannotWrite):
        writing.write(scene.officer, made, stick)
    assert read_back(stick) == []
    assert scene.unit.count("pack_made") == scene.unit.count("disclosure") == 0


def test_only_a_data_officer_writes(scene: Scene, stick: Path) -> None:
    made = scene.all_as_proposed(scene.begin())
    with pytest.raises(NotAllowed):
        writing.write(scene.unit.as_role(Role.ASSISTANT_HEAD), made, stick)
    assert read_back(stick) == []


def test_restricted_notes_go_along_in_files_of_their_own(scene: Scene, stick: Path) -> None:
    scene.add_secret()
    pack = scene.begin()
    apart = deciding.accept(scene.lead, restricted.read(scene.lead, pack.id))
    words = restricted.seal(scene.lead, apart)
    made = writing.write(scene.officer, scene.all_as_proposed(pack), stick)
    assert read_back(stick) == [f"P0001-copy-2026-11-24{end}" for end in ("-data.zip", "-restricted-data.zip", "-restricted.pdf", ".pdf")]
    assert words != made.password
    main = text_of(unlocked_pdf((stick / "P0001-copy-2026-11-24.pdf").read_bytes(), made.password))
    assert "frightens" not in main
    assert "1 restricted note. They are in a file of their own" in " ".join(main.split())
    with pytest.raises(PermissionError):
        unlocked_pdf((stick / "P0001-copy-2026-11-24-restricted.pdf").read_bytes(), made.password)
    assert "frightens" in text_of(unlocked_pdf((stick / "P0001-copy-2026-11-24-restricted.pdf").read_bytes(), words))


def test_a_request_is_answered_once_its_copy_is_written_and_its_case_says_so(scene: Scene, stick: Path) -> None:
    case = case_of(scene)
    assert handling.may_close(scene.officer, case.id) is None, "a copy may be made by other means"
    pack = deciding.begin(scene.officer, scene.bea.id, "Ann Quill", case_id=case.id)
    assert handling.may_close(scene.officer, case.id) is not None
    deciding.withhold_section(scene.officer, scene.compiled(pack), "notes", exemption="crime")
    made = writing.write(scene.officer, scene.all_as_proposed(pack), stick)
    assert handling.may_close(scene.officer, case.id) is None
    [event] = [event for event in looking.case(scene.officer, case.id).events if event.kind == RequestEventKind.PACK]
    assert event.what is not None
    assert made.files[0].sha256.startswith(event.what)
    [row] = scene.officer.vault.rows("SELECT reason, purpose FROM disclosure")
    assert (row["reason"], row["purpose"]) == ("A copy was asked for", "Asked for by right")
    (line,) = statement_lines.from_log(scene.officer, scene.bea.id, told.Days()).told
    assert (line.kind, line.purpose) == ("Somebody who asked for a copy by right", "to answer a request")
    later = Desk(scene.officer.vault, scene.officer.user, FixedClock(MOMENT + timedelta(hours=1)))
    changed = deciding.give_section(later, compiling.compiled(later, pack.id), "notes")
    deciding.withhold_section(later, changed, "history", exemption="privilege")
    deciding.drop(later, pack, "Made by hand after all")
    assert handling.may_close(scene.officer, case.id) is None
    assert looking.case(scene.officer, case.id).exemptions == (("crime", ""),), "what was handed out still rests on it"


def test_a_quiet_ground_is_not_named(scene: Scene) -> None:
    made = scene.compiled(scene.begin())
    for quiet, said in ((False, "The ground in law"), (True, "The law allows this")):
        made = deciding.withhold_section(scene.officer, made, "notes", exemption="crime", note="A secret", quiet=quiet)
        told = " ".join(str(getattr(block, "text", "")) for block in paper.story(scene.officer, made))
        assert said in told
        assert "A secret" not in told
        assert ("preventing or solving crime" in told) is not quiet


def test_a_paper_that_is_given_has_no_title_where_the_list_of_papers_is_withheld(scene: Scene) -> None:
    scene.add_paper("Letter about Tyrone Penn", "A plan for Bea: more reading, and a desk by the window.")
    made = deciding.withhold_section(scene.officer, scene.all_as_proposed(scene.begin()), "attachments", exemption="third-party")
    told = json.loads(paper.data(scene.officer, made, [(made.papers[0].id, "paper-1.txt")]))
    assert told["papers"] == [{"title": "", "file": "paper-1.txt"}]
    assert "Letter about" not in json.dumps(told["sections"])


def test_the_answer_to_the_request_names_the_grounds_that_are_not_quiet(scene: Scene) -> None:
    case = case_of(scene)
    pack = deciding.begin(scene.officer, scene.bea.id, "Ann Quill", case_id=case.id)
    made = deciding.withhold_section(scene.officer, scene.compiled(pack), "notes", exemption="third-party", note="Names Tyrone")
    deciding.withhold_section(scene.officer, made, "history", exemption="privilege", quiet=True)
    seen = looking.case(scene.officer, case.id)
    words = letters.draft(scene.officer, seen, letters.kind_named("reply-copy"))
    assert [line for line in words.splitlines() if line.startswith("-")] == ["- it is about another person as well"]


def test_a_ground_recorded_with_the_request_is_not_told_in_the_copy(scene: Scene) -> None:
    case = case_of(scene)
    event = RequestEvent(
        case_id=case.id, kind=RequestEventKind.EXEMPTION, on=scene.officer.today, exemption="crime", note="The police asked"
    )
    handling.record(scene.officer, event)
    marked = {mark.words: mark.proposed for mark in scene.compiled(scene.begin()).marks if mark.whose == "ground"}
    assert set(marked.values()) == {PlaceVerdict.WITHHOLD}
    assert {"The police asked", codelist("exemption").label_of("crime")} <= set(marked)


def test_the_steps_of_the_request_do_not_tell_a_ground_either(scene: Scene, stick: Path) -> None:
    case = case_of(scene)
    pack = deciding.begin(scene.officer, scene.bea.id, "Ann Quill", case_id=case.id)
    made = scene.all_as_proposed(pack)
    made = deciding.withhold_section(scene.officer, made, "letters", exemption="crime", note="The police asked", quiet=True)
    made = deciding.withhold_section(scene.officer, made, "history", exemption="serious-harm-education", note="Tyrone, named by Dr Weir")
    made = compiling.compiled(scene.officer, pack.id, read_papers=made.papers)
    assert "to decide" in writing.undecided_words(made), "what the request says of it now is shown before all is decided"
    made = deciding.accept(scene.officer, made)
    assert made.unticked == [], "a heading of ours is nobody’s name"
    written_ = writing.write(scene.officer, made, stick)
    text = " ".join(text_of(unlocked_pdf((stick / "P0001-copy-2026-11-24.pdf").read_bytes(), written_.password)).split())
    assert "Exemption used" in text
    for secret in ("crime", "police", "Dr Weir"):
        assert secret not in text
    assert "The ground in law: serious harm to someone: education data" in text


SPELLINGS = (
    "TYRONE JAMES PENN", "Tyrone J. Penn", "T. J. Penn", "TJ Penn", "Penn, Tyrone", "penn tyrone", "Tyrone-Penn", "tyrone.penn@example.org", "Ty\u0301rone Pénn", "Mr Penn’s",
    "Ty\u00adrone", "the Penns", "Tyrone\nPenn", "Tyrone P", "Mrs. Ida Penn", "I Penn", "Miss O’Shea-Lund", "OShea Lund", "Róisín O‘Shea", "roisin lund", "A. Quill", "Quill, Adam",
)  # fmt: skip


def test_no_spelling_of_a_name_is_left_in_any_byte(scene: Scene, stick: Path) -> None:
    from pupil_desk.domain.papers.note import Note
    from pupil_desk.services.notes import notes
    from tests.services.exports.made import DAY

    scene.unit.pupil("O’Shea-Lund", "Róisín", DAY.replace(year=2011), middle_names="Mary Kate")
    tyrone = next(one for one in pupils.all_pupils(scene.officer) if one.forename == "Tyrone")
    pupils.save_pupil(scene.officer, dataclasses.replace(tyrone, middle_names="James"))
    said = "\n".join(f"At ten {name} was seen by the door." for name in SPELLINGS)
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="behaviour", text=said, day=DAY))
    made, pdf, data = written(scene, stick)
    plain = unicodedata.normalize("NFKD", text_of(pdf)).casefold()
    assert plain.count("[withheld]") >= len(SPELLINGS)
    held = (plain + data["data.json"].decode().casefold()).replace("\u00ad", "")
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", held) if not unicodedata.combining(letter))
    for name in ("tyrone", "penn", "ida", "oshea", "o’shea", "lund", "roisin", "adam"):
        assert not re.search(rf"(?<![a-z]){name}(?![a-z])", letters), name
    assert made.withheld >= len(SPELLINGS)
