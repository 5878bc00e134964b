"""The leaver pack: transfer file, letter, summary and receipt in one action; what cannot be made is named."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pupil_desk.basics.errors import CannotWrite, NotAllowed, WrongUse
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.domain.learning.next_steps import Destination as NextStep
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.pupils.sending import Destination
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import exports, saving
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports.returns.la_leaver import LA_LEAVER
from pupil_desk.services.incidents import recording
from pupil_desk.services.learning import next_steps
from pupil_desk.services.plans import recording as plan_recording
from pupil_desk.services.pupils import leaver_letter, leaver_pack, pupils
from pupil_desk.services.pupils.leaver_letter import LetterLack, Where
from pupil_desk.services.pupils.leaver_pack import LeaverPackMade, LeaverPackOptions
from pupil_desk.services.unit import settings
from tests.domain.incidents.test_incident import WHOLE
from tests.services.exports.made import MOMENT, Unit, new_unit

LAST = date(2026, 11, 20)


@pytest.fixture
def unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Unit]:
    """The transfer file is stood in for by an export of another shape: what it holds is tested with it."""
    monkeypatch.setattr(exports, "EXPORTS", (dataclasses.replace(LA_LEAVER, name="ctf"),))
    made = new_unit(tmp_path / "unit" / "unit.pupildesk")
    settings.save_settings(
        made.desk,
        dataclasses.replace(made.desk.settings, phone="01632 960100", head="Robin Ashdown", address_1="1 Mill Lane", postcode="AL28 1AB"),
    )
    yield made
    made.desk.vault.close()


@pytest.fixture
def leaver(unit: Unit) -> Pupil:
    stay = Enrolment(
        status="S", start_date=date(2026, 9, 2), end_date=LAST, main_school="9194001", deletion_ground="9(1)(c)", next_school="Hill School"
    )
    found = unit.pupil("Ash", "Ann", date(2012, 1, 5), stay, upn="Y919110026001", address_1="2 Elm Row", postcode="AL28 1AB")
    unit.contact(found, "Ash", forename="Mary", title="Ms", parental_responsibility=True, lives_with=True)
    unit.said(found, "restrict")
    next_steps.add_destination(
        unit.desk, NextStep(pupil_id=found.id, kind="actual", activity="110", provider="Hill School", confirmed_on=LAST)
    )
    return found


def stay_of(desk: Desk, pupil: Pupil) -> Enrolment:
    return pupils.record(desk, pupil.id).stays[-1]


def pack(unit: Unit, pupil: Pupil, folder: Path, **wanted: object) -> LeaverPackMade:
    return leaver_pack.make_pack(unit.desk, pupil.id, stay_of(unit.desk, pupil).id, folder, LeaverPackOptions(reason="Goes back", **wanted))


def papers(made: LeaverPackMade, folder: Path) -> list[str]:
    (name,) = [file.name for file in made.files if file.name.endswith(".pdf")]
    with pdfium.PdfDocument(unlocked_pdf((folder / name).read_bytes(), dict(made.secrets)["Papers"])) as pdf:
        found = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    assert all(found), "no empty page: it is read from the file"
    return found


def test_one_action_makes_all_of_it(unit: Unit, leaver: Pupil, tmp_path: Path) -> None:
    made = pack(unit, leaver, tmp_path, next_step="back to Hill School on 23 November")
    assert made.left == ()
    assert sorted(Path(file.name).suffix for file in made.files) == [".pdf", ".zip"]
    assert "Ash" not in "".join(path.name for path in tmp_path.iterdir())
    assert len(made.secrets) == 2
    assert {words for _what, words in made.secrets}.isdisjoint(repr(made).split())
    letter, summary, receipt = papers(made, tmp_path)
    for words in ("Ms Mary Ash", "Ann’s last day with us: 20 November 2026.", "back to Hill School on 23 November"):
        assert words in letter
    for words in (
        "2 September 2026 to 20 November 2026",
        "due by 14 December 2026: made with this pack",
        "(c) Dual registration ended",
        "Restrict: Parent, 10 September 2026",
        "Nothing was said",
        "No consent was in force",
        "Confirmed destination Hill School, at school, on its register",
        "until 5 January 2037",
        "not made yet",
    ):
        assert words in summary
    for words in (
        "To: Hill School",
        "Y919110026001",
        "20 November 2026",
        f"ctf-2026-11-24-{MOMENT.astimezone():%H%M}.csv. In it: name, date of birth and pupil numbers, contact details",
        "time spent with us and at other schools",
        "Position",
        "1 Mill Lane",
    ):
        assert words in receipt
    told = [row["what"] for row in unit.desk.vault.rows("SELECT what FROM disclosure ORDER BY seq")]
    assert told == ["ctf", "Letter: End of the placement", "Receipt for a pupil’s records"]
    assert unit.count("letter_sent") == 1
    assert ("export", leaver.id, "leaver pack made") in unit.log()


def test_the_receipt_and_the_log_name_every_paper_in_the_packet(unit: Unit, leaver: Pupil, tmp_path: Path) -> None:
    made = pack(unit, leaver, tmp_path, papers=leaver_pack.listed_papers("EHC plan,  exam certificates ;, school photographs"))
    receipt = papers(made, tmp_path)[-1]
    inside = receipt[receipt.index("What was in the packet") : receipt.index("Received by")]
    for words in ("Common Transfer File: ctf-", "EHC plan", "exam certificates", "school photographs"):
        assert words in inside
    (fields,) = [row["fields"] for row in unit.desk.vault.rows("SELECT fields FROM disclosure WHERE what LIKE 'Receipt%'")]
    assert fields.endswith("enrolment.end_date, EHC plan, exam certificates, school photographs")


def test_the_summary_says_how_many_incidents_go_with_the_record(unit: Unit, leaver: Pupil, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    assert "Incidents none on file" in papers(pack(unit, leaver, before), before)[-2]
    for items in ({}, {"kind": "kindness", "force": False, "force_kind": None, "force_degree": None}, {"part": "saw"}):
        told = dataclasses.replace(WHOLE, id="", entry_id="", incident_id="", pupil_id=leaver.id, day=date(2026, 11, 10), **items)
        recording.enter(unit.desk, [told])
    *_first, last = recording.of_pupil(unit.desk, leaver.id)
    recording.strike(unit.desk, [last.now.entry_id], "Somebody else")
    summary = papers(pack(unit, leaver, after), after)[-2]
    assert "1 incident, 1 restrictive intervention. They belong to the record that goes on, and no file of this pack has them." in summary


def test_a_receipt_that_lists_nothing_says_so(unit: Unit, tmp_path: Path) -> None:
    gone = unit.pupil("Birch", "Ben", date(2012, 1, 5), Enrolment(status="C", start_date=date(2026, 9, 2), end_date=date(2026, 11, 27)))
    assert "No file and no paper was listed when this page was made." in papers(pack(unit, gone, tmp_path), tmp_path)[-1]


def test_where_there_is_no_next_school_none_is_told(unit: Unit, tmp_path: Path) -> None:
    stay = Enrolment(status="C", start_date=date(2026, 9, 2), end_date=LAST, deletion_ground="9(1)(f)", next_school="with the mother")
    gone = unit.pupil("Birch", "Ben", date(2012, 1, 5), stay)
    made = pack(unit, gone, tmp_path)
    assert "No receipt: there is no next school." in made.left
    (summary,) = papers(made, tmp_path)
    assert "Receipt" not in summary
    assert unit.desk.vault.rows("SELECT what FROM disclosure WHERE what LIKE 'Receipt%' OR recipient LIKE '%next school%'") == []


def test_what_cannot_be_made_is_named_and_the_rest_is_made(unit: Unit, leaver: Pupil, tmp_path: Path) -> None:
    unit.protect(leaver)
    made = pack(unit, leaver, tmp_path)
    assert made.left == (
        "No letter: what comes next was not entered.",
        "No Common Transfer File: Protected (address withheld), and not confirmed by name.",
    )
    assert len(papers(made, tmp_path)) == 2
    made = pack(unit, leaver, tmp_path, next_step="school", confirmed=True)
    assert made.left == ("No letter to Ms Mary Ash: the address must be kept from someone.",)


def test_the_day_for_the_transfer_file_is_not_reckoned_by_terms_of_later_years(unit: Unit, tmp_path: Path) -> None:
    gone = unit.pupil("Birch", "Ben", date(1995, 1, 5), Enrolment(status="C", start_date=date(2009, 9, 2), end_date=date(2011, 6, 24)))
    assert "for which no confirmed terms are on file: made with this pack" in papers(pack(unit, gone, tmp_path), tmp_path)[0]


def test_who_may_and_for_which_stay(unit: Unit, leaver: Pupil, tmp_path: Path) -> None:
    assert leaver_pack.can_make(unit.desk, stay_of(unit.desk, leaver))
    office = unit.as_role(Role.OFFICE)
    assert not leaver_pack.can_make(office, stay_of(unit.desk, leaver))
    with pytest.raises(NotAllowed):
        leaver_pack.make_pack(office, leaver.id, stay_of(unit.desk, leaver).id, tmp_path, LeaverPackOptions(reason="x"))
    here = unit.pupil("Birch", "Ben", date(2012, 1, 5))
    assert not leaver_pack.can_make(unit.desk, stay_of(unit.desk, here))
    with pytest.raises(WrongUse, match="leaving day"):
        pack(unit, here, tmp_path)


def test_papers_that_cannot_be_written_leave_the_transfer_file_and_say_nothing_else(
    unit: Unit, leaver: Pupil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _data: bytes) -> str:
        raise CannotWrite("The disk is full.")

    plan_recording.add(unit.desk, PupilPlan(pupil_id=leaver.id, kind="risk", made_on=date(2026, 9, 7), provision="Words of risk"))
    monkeypatch.setattr(saving, "write_whole", full)
    made = pack(unit, leaver, tmp_path, next_step="school")
    assert made.left == ("No papers: The disk is full. The Common Transfer File was made, and counts as sent.",)
    assert [what for what, _words in made.secrets] == ["Common Transfer File"], "what is on the stick can be opened"
    assert sorted(path.suffix for path in tmp_path.iterdir() if path.is_file()) == [".txt", ".zip"]
    assert unit.count("letter_sent") == 0
    assert ("read-record", leaver.id, "plan made") not in unit.log()
    going = unit.pupil(
        "Cole", "Cy", date(2012, 1, 5), Enrolment(status="C", start_date=date(2026, 9, 2), end_date=date(2026, 11, 27))
    )  # and so no transfer file yet
    with pytest.raises(CannotWrite):
        pack(unit, going, tmp_path, next_step="school")


def test_before_the_leaving_day_there_is_no_transfer_file_and_the_receiver_bears_no_day(unit: Unit, tmp_path: Path) -> None:
    stay = Enrolment(
        status="S",
        start_date=date(2026, 9, 2),
        end_date=date(2026, 11, 27),
        main_school="919/4001",
        next_school="New School 919/4999",
        next_school_start=date(2026, 11, 30),
    )
    going = unit.pupil("Cole", "Cy", date(2012, 1, 5), stay, upn="Y919110026001")
    made = pack(unit, going, tmp_path, next_step="school")
    assert "No Common Transfer File: the leaving day has not come. Make it on 27 November 2026 or after." in made.left
    assert [Path(file.name).suffix for file in made.files] == [".pdf"]
    summary, receipt = papers(made, tmp_path)[-2:]
    assert "not made with this pack" in summary
    assert "To: New School 919/4999 Please" in receipt
    assert [row["recipient"] for row in unit.desk.vault.rows("SELECT recipient FROM disclosure WHERE what LIKE 'Receipt%'")] == [
        "New School 919/4999"
    ]
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, told_schools="Hill School, 919/4001"))
    for number, said in (
        ("919/4001", "To: Hill School (919/4001) Please"),
        ("St Jude’s (MMMMMMM)", "To: St Jude’s Please"),
        ("919/4002", "To: The school with the DfE number 919/4002 Please"),
    ):
        pupils.save_stay(unit.desk, dataclasses.replace(pupils.record(unit.desk, going.id).stays[-1], next_school=number))
        made = pack(unit, going, tmp_path, next_step="school")
        assert said in papers(made, tmp_path)[-1]


@pytest.mark.parametrize(("code", "listed"), [("9194999", True), ("XXXXXXX", False), ("MMMMMMM", False)])
def test_the_receipt_for_the_next_school_lists_only_a_file_that_goes_to_it(
    unit: Unit, leaver: Pupil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, listed: bool
) -> None:
    sent_to = dataclasses.replace(exports.EXPORTS[0], own_recipient=Destination(code).words)
    monkeypatch.setattr(exports, "EXPORTS", (sent_to,))
    assert ("Common Transfer File: ctf-" in papers(pack(unit, leaver, tmp_path), tmp_path)[-1]) is listed


def test_what_the_letter_lacks_is_told_before_with_where_it_is_put_right(unit: Unit, leaver: Pupil) -> None:
    assert leaver_letter.letter_lacks(unit.desk, leaver.id) == []
    grown = dataclasses.replace(leaver, dob=date(2008, 1, 5))
    pupils.save_pupil(unit.desk, grown)
    letters, lacks = leaver_letter.merged(unit.desk, grown, "college")
    assert letters is not None
    assert ([paper.letter.addressee for paper in letters.papers], lacks) == (["Ann Ash"], []), "from 18 it is the pupil's own"
    pupils.save_pupil(unit.desk, leaver)
    unit.protect(leaver)
    assert leaver_letter.letter_lacks(unit.desk, leaver.id) == [
        LetterLack("No letter to Ms Mary Ash: the address must be kept from someone.", Where.RECORD, "protections")
    ]
    with pytest.raises(NotAllowed):
        leaver_letter.letter_lacks(unit.as_role(Role.OFFICE), leaver.id)
