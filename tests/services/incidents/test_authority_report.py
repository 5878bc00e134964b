"""The report to the local authority, where no parent can be told: why none is, whose names stand in it, and that printing alone tells nobody."""

from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.incidents.incident import IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.disclosures import told
from pupil_desk.services.incidents import authority_report, recording, report
from tests.services.exports.made import DAY, Unit
from tests.services.incidents.test_report_names import entered, same_words


@pytest.fixture
def bea(unit: Unit) -> Pupil:
    return unit.pupil("Quill", "Bea", date(2012, 5, 6), address_1="4 Mill Lane", postcode="SG4 7ZZ", looked_after=True)


def test_it_says_of_each_parent_who_decided_to_withhold_it_and_why_and_names_no_other_child(unit: Unit, bea: Pupil) -> None:
    will = unit.pupil("Rose", "Will", date(2012, 1, 2))
    mother = unit.contact(bea, "Quill", forename="Ada", parental_responsibility=True)
    abe = unit.pupil("Ash", "Abe", date(2012, 1, 2))
    account, support = "Will Rose pushed Bea, who was held. Ada Quill was not rung. Bea left.", "Taken to 4 Mill Lane."
    entry_id = entered(unit, bea, [will, abe], account=account, support=support)
    why = "She hit Bea when she was told of Will Rose before."
    withheld = IncidentEvent(entry_id=entry_id, kind=IncidentEventKind.WITHHELD, on=DAY, contact_id=mother.id, who="Ann Officer", note=why)
    recording.record(unit.desk, [withheld])
    for make in (authority_report.paper, lambda *entry: list(report.letters(*entry)), authority_report.places, report.places):
        with pytest.raises(WrongUse, match="Other pupils are in this account"):
            make(unit.desk, entry_id)
    left_out = plain_text(authority_report.paper(unit.desk, entry_id, own_words={}).story)
    not_given = (
        "What happened\nWe do not give the account here, since other children are in it. Ask us, and we tell you what concerns Bea Quill."
    )
    assert ("was held" in left_out, not_given in left_out, "What was done" in left_out) == (False, True, True)
    proposal = authority_report.proposal(unit.desk, entry_id)
    assert proposal == {"account": "Bea left."}, "it names the pupil, and speaks of nobody else"
    in_letters = {"account": "Another pupil (A) pushed Bea."}
    found = [named.words for named in authority_report.places(unit.desk, entry_id, in_letters) if named.place.field == "account"]
    assert found == [], "the letter that stands for a pupil is nobody’s initial"
    assert "Another child stood" not in left_out, "nobody has read what is the pupil’s own, and it has words for another child"
    assert "Taken to" in left_out
    paper = authority_report.paper(unit.desk, entry_id, own_words=same_words(unit, entry_id))
    assert paper.pdf()[:4] == b"%PDF"
    text = " ".join(plain_text(paper.story).split())
    assert "Bea Quill, born 6 May 2012" in text
    assert (
        "withheld from Ada Quill, by decision of Ann Officer on 24 November 2026: She hit Bea when she was told of [withheld] before."
        in text
    )
    assert "Another pupil (A) pushed Bea, who was held. Ada Quill was not rung." in text
    assert "Will" not in text
    assert "Taken to 4 Mill Lane." in text, "where a pupil in its care lives the authority knows"
    authority_report.log_print(unit.desk, entry_id)
    assert told.log(unit.desk, pupil_id=bea.id) == [], "it was given to nobody yet"


def test_where_nobody_is_on_file_it_says_so_and_it_is_made_of_a_signed_account_alone(unit: Unit, bea: Pupil) -> None:
    entry_id = entered(unit, bea, [])
    text = plain_text(authority_report.paper(unit.desk, entry_id).story)
    assert "Nobody with parental responsibility for Bea Quill, or with the care of Bea Quill, is on file." in text
    signed = IncidentEvent(entry_id=entry_id, kind=IncidentEventKind.SIGNED, on=DAY, done=False)
    recording.record(unit.desk, [signed])
    with pytest.raises(WrongUse, match="not signed as it stands"):
        authority_report.paper(unit.desk, entry_id)
