"""Who would receive what, on paper: by pupil for one export, by recipient for one pupil; tagged, and the same as on the screen."""

from datetime import date

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.services.exports import EXPORTS, previewing
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.papers import preview_paper
from tests.documents.checking import assert_accessible
from tests.services.exports.made import Unit


def test_both_are_accessible_and_say_what_goes_what_is_withheld_and_why(unit: Unit) -> None:
    zoe = unit.pupil("O’Hanrahan-Łuczak", "Zoë", date(2012, 1, 5))
    unit.said(zoe, "restrict")
    unit.said(unit.pupil("Quillfeather", "𠮷", date(2012, 1, 5)), "allow")  # which no font has, and which stops no list
    preview = previewing.preview(unit.desk, "youth-support", ExportOrder(reason=""))
    assert preview.sentence == "2 pupils (1 minimum, 1 full), nobody left out."
    story, title = preview_paper.story(unit.desk, preview)
    text = plain_text(story)
    for told in (
        "Zoë O’Hanrahan-Łuczak (P0001)",
        "□ Quillfeather (P0002)",
        "Minimum",
        "A parent",
        "Legal surname, legal forename and date of birth",
        "UPN, ULN, sex",
        preview.sentence,
        "24 November 2026",
    ):
        assert told in text, told
    pages = [build_pdf(story, title=title, page_size=preview_paper.LYING, base_size=preview_paper.BASE)]

    receivers = previewing.of_pupil(unit.desk, zoe.id)
    story, title = preview_paper.story_of_pupil(unit.desk, zoe, receivers)
    text = plain_text(story)
    for export in EXPORTS:
        assert export.title in text
        assert export.recipient in text
    assert "Not among those whom it covers today: " in text
    pages.append(build_pdf(story, title=title, page_size=preview_paper.LYING, base_size=preview_paper.BASE))
    for data in pages:
        assert_accessible(data)
