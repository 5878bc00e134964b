"""Records on paper: each stands there once, in as little room as it can be read in."""

from pupil_desk.documents.blocks import FactList, Keep, Para, SideBySide, Table, plain_text, texts_of, words_of
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.pdf.records import LYING, blocks_of
from tests.documents.checking import assert_accessible

FIRST = [("By what", "Contact sheet of the day"), ("Told to", "Staff of the unit, and in an emergency the emergency services")]
LONG = ("What was told", "legal surname, legal forename, date of birth, year group, enrolment status, " * 4)


def tellings() -> list[list[tuple[str, str]]]:
    """Four of one kind on four days, and one of another between them."""
    days = [[*FIRST, ("Day", f"{day} May 2026"), LONG, ("Sent by", "Ann Officer")] for day in range(1, 5)]
    other = [
        ("By what", "By telephone"),
        ("Told to", "Larkshire Police, about a pupil who did not come home"),
        ("Day", "3 May 2026"),
        ("What was told", "name"),
        ("Sent by", "Ann Officer"),
    ]
    return [*days[:2], other, *days[2:]]


def test_short_records_are_a_table_and_what_all_say_is_said_once() -> None:
    records = [
        [("Consent", what), ("Why", "On file."), ("Said", "yes"), ("Day", f"{day} May 2026"), ("Note", "")]
        for day, what in enumerate(("Trips", "Photographs", "Computers"), 1)
    ]
    said, table = blocks_of("Consents", records)
    assert isinstance(said, Para)
    assert words_of(said.text) == "The same in all 3: Why: On file; Said: yes"
    assert isinstance(table, Table)
    assert table.header == ["Consent", "Day"]
    assert [row[0] for row in table.rows] == ["Trips", "Photographs", "Computers"]


def test_one_kind_of_telling_is_said_once_with_a_row_for_each_time() -> None:
    text = plain_text(blocks_of("What was told", tellings()))
    assert text.count("Contact sheet of the day") == 2, "once as a fact, once to tell it from the others"
    assert "What was told, 1, 2, 4 and 5 of 5: Contact sheet of the day" in text
    assert "What was told, 3 of 5: 3 May 2026" in text
    assert all(f"{day} May 2026" in text for day in range(1, 5))
    assert text.count("Ann Officer") == 1


def test_no_record_and_no_fact_is_left_out() -> None:
    for across in (90, LYING):
        for records in (
            tellings(),
            tellings()[:3],
            tellings()[1:2],
            [[(f"Fact {number}", f"it is {number} of {record}") for number in range(20)] for record in range(5)],
        ):
            said = "\n".join(texts_of(blocks_of("Told", records, across)))
            for record in records:
                for label, words in record:
                    assert label in said
                    assert words in said


def test_a_record_that_says_one_thing_twice_keeps_both() -> None:
    records = [
        [("Form", "Trips"), ("Step", "printed"), ("Step", "came back")],
        [("Form", "Photographs")],
        [("Form", "Trips"), ("Step", "printed")],
    ]
    text = plain_text(blocks_of("Forms", records))
    assert "printed" in text
    assert "came back" in text
    assert text.count("Trips") >= 2


def test_the_short_facts_of_one_record_stand_side_by_side_and_a_long_one_below() -> None:
    [kept] = blocks_of("Notes", [[("Kind", "Health"), ("Day", "4 May 2026"), ("Text", "word " * 40), ("Author", "Ann"), ("Kept", "yes")]])
    assert isinstance(kept, Keep)
    beside, below = kept.blocks
    assert isinstance(beside, SideBySide)
    assert [[label for label, _words in each.facts] for each in beside.blocks] == [["Kind", "Day"], ["Author", "Kept"]]
    assert isinstance(below, FactList)
    assert [label for label, _words in below.facts] == ["Text"]
    assert_accessible(build_pdf([kept], title="Notes"))


def test_a_table_of_wordy_headers_overleaf_is_no_prose_that_nobody_hears() -> None:
    header = ("Who was asked", "What was done or said", "In what right", "On what day it was")
    records = [[(label, f"{label[:3]} {number}") for label in header] for number in range(45)]
    assert_accessible(build_pdf(blocks_of("Consents", records), title="Consents"))
