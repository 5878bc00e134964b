"""The list of what to check is tagged, and each row on it says of whom it is, over page after page."""

from datetime import date
from pathlib import Path

from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.services.quality import paper
from pupil_desk.services.quality.looking import findings
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of
from tests.services.exports.made import Unit


def test_it_is_accessible_and_names_the_pupil_on_each_row(unit: Unit, tmp_path: Path) -> None:
    for number in range(6):
        unit.pupil("O’Hanrahan-Łuczak", f"Zoë {number}", date(2012, 5, 1))
    found = findings(unit.desk)
    story, title = paper.story(unit.desk, found, "Everything")
    data = build_pdf(story, title=title, page_size=paper.LYING, base_size=paper.BASE)
    assert_accessible(data)
    pages = pages_of(data, tmp_path)
    assert len(pages) > 2
    assert all("Zoë" in page and "How pressing" in page for page in pages)
