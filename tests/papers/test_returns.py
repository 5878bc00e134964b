"""Returns to the authority, the contact sheet and the papers of a leaver: they say everything, fit their pages, and the checkers find nothing."""

import pypdfium2 as pdfium

from pupil_desk.documents.blocks import Story, texts_of
from pupil_desk.documents.papers.authority_return import ReturnForm, story
from pupil_desk.documents.papers.contact_sheet import BASE, LYING, OnSheet
from pupil_desk.documents.papers.contact_sheet import story as sheet_story
from pupil_desk.documents.papers.leaver_pack import OnwardReceipt, Summary, receipt_story, summary_story
from pupil_desk.documents.pdf.page import Document, build_pdf, build_print_file
from tests.documents.checking import assert_accessible
from tests.papers.made import squeezed

LONG = "The Old Watermill, 113 Upper Saint Bartholomew’s Crescent, Little Hatherford under Wood, Larkminster, Larkshire, AL28 2JP"


def said(pdf: bytes) -> tuple[int, str]:
    with pdfium.PdfDocument(pdf) as found:
        return len(found), squeezed("".join(page.get_textpage().get_text_bounded() for page in found))


def whole(stories: list[Story], pdf: bytes, pages: int) -> None:
    number, words = said(pdf)
    assert number == pages
    for made in stories:
        for text in texts_of(made):
            assert squeezed(text) in words, text
    assert_accessible(pdf)


def test_a_form_with_long_addresses_and_three_parents_is_a_page() -> None:
    facts = [(f"Fact number {number}", LONG if number == 3 else "–") for number in range(8)]
    parents = [
        (f"Ms Zoë O’Brien-Łukasz {number}", f"the pupil lives with them; {LONG}; telephone 07700 900123, 01632 960001")
        for number in range(3)
    ]
    form = ReturnForm(
        title="New pupil on the register",
        unit="Larkfield (919/1100)",
        recipient="Larkshire County Council",
        law="SI 2024/208, regulation 13",
        parts=[("The pupil", facts), ("Where the pupil lives", facts[2:4]), ("At this unit", facts[1:]), ("Parents", parents)],
        head="Robin Ashdown",
    )
    bare = ReturnForm(
        title="Pupil taken off the register",
        unit="Larkfield",
        recipient="Local authority",
        law="SI 2024/208",
        parts=[("Parents", [])],
        head="",
    )
    stories = [story(form), story(bare)]
    pdf = build_print_file(
        [Document(made, "Return", footer="Made on 24 November 2026.") for made in stories], title="Returns", base_size=9, two_sided=False
    )
    whole(stories, pdf, 2)


def test_the_contact_sheet_runs_over_pages_and_says_how_many_stand_by_name_alone() -> None:
    pupils = [
        OnSheet(
            f"Penn, Zoë {number}",
            "10",
            "5 Jan 2012",
            "a guest" if number % 2 else "",
            ["Ms Ada Penn, mother: 07700 900123 / 01632 960001"] * (number % 4),
        )
        for number in range(40)
    ]
    made = sheet_story("24 November 2026", pupils, 1)
    pdf = build_pdf(made, title="Contact sheet", page_size=LYING, base_size=BASE, footer="Larkfield.")
    assert "1pupilisonthissheetbynamealone" in said(pdf)[1]
    assert said(pdf)[0] > 2
    assert_accessible(pdf)
    nobody = build_pdf(sheet_story("24 November 2026", [], 2), title="Contact sheet", page_size=LYING)
    assert "2pupilsareonthissheetbynamealone" in said(nobody)[1]
    assert_accessible(nobody)


def test_the_papers_of_a_leaver_are_a_page_each() -> None:
    summary = summary_story(
        Summary(
            "Zoë O’Brien-Łukasz, P0001",
            [("Ground", "")],
            [("Youth support service", "Restrict: Parent, 10 September 2026\nAllow: Parent, 11 September 2026")],
            [("Photographs", "yes, until the pupil left")],
            [("Pupil’s record", "until 5 January 2037")],
            "Made on 24 November 2026.",
        )
    )
    receipt = receipt_story(
        OnwardReceipt("Hill School", [("Pupil", "Zoë O’Brien-Łukasz")], ["Common Transfer File: ctf.zip"], ["Larkfield", "1 Mill Lane"])
    )
    bare = receipt_story(OnwardReceipt("", [("Pupil", "Zoë")], [], ["Larkfield"]))
    stories = [summary, receipt, bare]
    whole(stories, build_print_file([Document(made, "Leaver") for made in stories], title="Leaver pack", two_sided=False), 3)
