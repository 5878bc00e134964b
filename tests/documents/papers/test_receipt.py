"""The receipt: what stands in it, and that its files can be found in it again."""

import dataclasses

import pytest

from pupil_desk.documents.blocks import FactList
from pupil_desk.documents.papers.receipt import (
    WIDTH,
    FileMade,
    Receipt,
    count_lines,
    files_named,
    receipt_text,
    story,
    unit_named,
    unwrapped,
)

SHA = "79901d068a0cc9f39933ed6a310d5035b72c103f61a5a84ac86dc4c43a47422f"
RECEIPT = Receipt(
    title="Pupils for the youth support service",
    unit="Larkfield (919/1100)",
    made_at="24 November 2026, 10:05:00 GMT (UTC+00:00)",
    made_by="Ann, data officer",
    reason="Termly\nreturn",
    recipient="Youth support service",
    law="Education and Skills Act 2008, section 72",
    basis="legal obligation",
    purpose="To support young people.",
    spec="The list of 2026",
    covers="Pupils on roll who are 13 or older.",
    judged_on="24 November 2026",
    fields=("legal surname (surname)", "forename"),
    rows=3,
    levels=(("Full", 1), ("Minimum", 2)),
    confirmed=1,
    left_out=(("P0002", "by the rule"), ("P0007", "protected")),
    lock="zip",
    files=(FileMade("youth-support-2026-11-24-1005.zip", 3456, SHA),),
    log_head="18 342 / 7f3a-91c2",
    version="0.1.0",
    empty=("middle names (middle_names)", "Notes"),
    withheld=(("UPN", 2), ("sex", 2), ("what restricted notes say", 1)),
)

EXPECTED = """\
Receipt: Pupils for the youth support service
=============================================
Unit:         Larkfield (919/1100)
Made:         24 November 2026, 10:05:00 GMT (UTC+00:00)
By:           Ann, data officer
Why:          Termly return
For:          Youth support service
Purpose:      To support young people.
Law:          Education and Skills Act 2008, section 72
Lawful basis: legal obligation
Follows:      The list of 2026

Covers:       Pupils on roll who are 13 or older.
Judged on:    24 November 2026
Rows:         3 (full 1, minimum 2)
Among them:   1 protected pupil, confirmed by name
Fields:       legal surname (surname); forename
Left empty:   middle names (middle_names); Notes

Left out:     2 pupils, by our reference
              P0002: by the rule
              P0007: protected
Kept back:    of 2 pupils UPN; sex; of 1 pupil what restricted notes say

Files:        locked, AES-256; the password was shown to be noted

  youth-support-2026-11-24-1005.zip
    SHA-256  79901d068a0cc9f39933ed6a310d5035b72c103f61a5a84ac86dc4c43a47422f
    Size     3,456 bytes

Log head:     18 342 / 7f3a-91c2
Program:      Pupil Desk 0.1.0

"""


def receipt_facts(receipt: Receipt) -> list[tuple[str, object]]:
    """What the paper to sign says of it, by label."""
    return [fact for block in story(receipt) if isinstance(block, FactList) for fact in block.facts]


def test_what_it_says() -> None:
    assert receipt_text(RECEIPT).startswith(EXPECTED)


def test_pupils_and_rows_are_told_apart_where_a_pupil_has_several() -> None:
    def said(**told: object) -> list[str]:
        receipt = dataclasses.replace(RECEIPT, **told)
        assert dict(count_lines(receipt)).items() <= dict(receipt_facts(receipt)).items()
        return [line for line in receipt_text(receipt).splitlines() if line.startswith(("Pupils", "Rows", "Among"))][:-1]

    assert said() == said(pupils=3) == ["Rows:         3 (full 1, minimum 2)"]
    assert said(rows=70, pupils=3) == ["Pupils:       3 (full 1, minimum 2)", "Rows:         70"]
    sheets = (("Pupils", 3), ("Destinations", 0))
    many = [(f"table {number}", 3) for number in range(21)]
    assert said(rows=63, pupils=3, sheets=many) == ["Pupils:       3 (full 1, minimum 2)", "Rows:         63 in 21 tables"]
    assert said(pupils=3, sheets=sheets) == ["Pupils:       3 (full 1, minimum 2)", "Rows:         Pupils 3, Destinations 0"]


def test_it_says_when_nothing_was_due_and_nobody_was_left_out() -> None:
    text = receipt_text(dataclasses.replace(RECEIPT, rows=0, levels=(), confirmed=0, left_out=(), lock=""))
    assert "Rows:         0\n              Nothing was due: there are no rows.\n" in text
    assert "Left out:     nobody of those whom it covers\n" in text
    assert "Files:        plain, not locked\n" in text


def test_on_a_screen_each_line_is_whole_and_no_two_lines_become_one() -> None:
    text = receipt_text(RECEIPT)
    assert unwrapped(text).splitlines()[: EXPECTED.count("\n")] == EXPECTED.splitlines()
    covers = "Pupils on roll " + "and those who have left in the last fifteen days of school " * 5
    long = dataclasses.replace(RECEIPT, title="Pupils " * 9, covers=covers, left_out=[("P0002", "word " * 30), ("P0007", "protected")])
    whole = unwrapped(receipt_text(long)).splitlines()
    assert f"Covers:       {' '.join(covers.split())}" in whole
    assert [line.strip()[:13] for line in whole if "P000" in line] == ["P0002: word w", "P0007: protec"]
    assert whole[1] == "=" * len(whole[0])
    foot = [line for line in whole if line.startswith(("To check", "The log head"))]
    assert [line[-1] for line in foot] == [".", "."]
    assert len(foot[0]) > WIDTH


def test_its_files_are_found_in_it_on_any_system() -> None:
    text = receipt_text(RECEIPT)
    assert files_named(text) == files_named(text.replace("\n", "\r\n")) == [("youth-support-2026-11-24-1005.zip", SHA)]


@pytest.mark.parametrize("unit", ["Larkfield (919/1100)", "A Centre of many words, " * 9 + "(919/1100)"])
def test_the_unit_that_it_names_is_read_whole_and_a_reason_names_none(unit: str) -> None:
    text = receipt_text(dataclasses.replace(RECEIPT, unit=unit, reason="Unit: another"))
    assert unit_named(text) == unit_named(text.replace("\n", "\r\n")) == unit
    assert unit_named("nothing") == ""


def test_a_typed_reason_cannot_name_a_file() -> None:
    sly = dataclasses.replace(RECEIPT, reason=f"x\n\n  other.zip\n    SHA-256  {'0' * 64}")
    assert [name for name, _sha in files_named(receipt_text(sly))] == ["youth-support-2026-11-24-1005.zip"]


_WAYS_OUT = (
    "../secret",
    "a/../../secret",
    "a/..",
    "/etc/passwd",
    "//server/share",
    "a//b.zip",
    "a/./b.zip",
    "C:/b.zip",
    "C:b.zip",
    "..\\secret",
    "a\\b.zip",
    "\\\\server\\share",
    "~/b.zip",
    ".hidden",
    "a/.hidden",
    "a/",
)


@pytest.mark.parametrize("path", _WAYS_OUT)
def test_a_path_that_leads_out_is_no_file_of_a_receipt(path: str) -> None:
    assert files_named(f"  {path}\n    SHA-256  {SHA}\n") == []


def test_a_file_in_a_folder_that_the_export_made_is_found() -> None:
    names = ["whole-unit-2026-11-24-1005/pupil.csv", "whole-unit-2026-11-24-1005/papers/attachment_content-body-7f3a.pdf"]
    receipt = dataclasses.replace(RECEIPT, files=[FileMade(name, 3, SHA) for name in names])
    assert files_named(receipt_text(receipt)) == [(name, SHA) for name in names]
