"""The letter at 16, and the stamp at the head of papers about somebody protected: read back, and by the three checkers."""

import dataclasses
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from pupil_desk.documents.blocks import Heading, Para, plain_text
from pupil_desk.documents.papers.labels import Label, build_labels, sheets
from pupil_desk.documents.pdf.attachment_pages import stamped
from pupil_desk.documents.pdf.page import Document, build_pdf, build_print_file
from pupil_desk.documents.reading.read_back import read_pdf
from pupil_desk.services.letters import coming_of_age
from pupil_desk.services.unit import settings as settings_service
from tests.documents.checking import assert_accessible
from tests.papers.made import LONG, PUPIL, pages_of
from tests.services.exports.made import Unit

STAMP = "Protected. Keep this paper locked away, and check who may see it before it leaves the office."
WORDS = [
    "A",
    "plan",
    "for",
    "the",
    "term",
    "sets",
    "out",
    "what",
    "each",
    "of",
    "us",
    "will",
    "do",
    "and",
    "when",
    "we",
    "meet",
    "again",
    "to",
    "look",
    "at",
    "it",
]
LINES = [Para(" ".join(WORDS[place % 7 :: place % 5 + 1] * 3)) for place in range(90)]


def letter(unit: Unit) -> tuple[list, str]:
    settings_service.save_settings(unit.desk, dataclasses.replace(LONG, with_parent=True))
    items = {name: getattr(PUPIL, name) for name in ("address_1", "locality", "town", "county", "postcode")}
    pupil = unit.pupil(PUPIL.surname, PUPIL.forename, date(2010, 12, 1), **items)
    made = coming_of_age.letter(unit.desk, pupil.id)
    return list(made.story), made.title


@pytest.mark.needs("pdftotext")
def test_the_letter_is_one_side_even_with_long_names_and_accessible(unit: Unit, tmp_path: Path) -> None:
    story, title = letter(unit)
    pdf = build_pdf(story, title=title)
    (page,) = pages_of(pdf, tmp_path, "-layout")
    assert page.index("North Larkshire") < page.index("Alexandrina") < page.index("Your information, your choice")
    assert page.rindex("Margaret Featherstonehaugh") > page.index("Yours sincerely")
    assert_accessible(pdf)


def test_the_letter_reads_easily(unit: Unit) -> None:
    """Words to a sentence, and letters to a word: what reading formulas weigh."""
    story, _title = letter(unit)
    body = plain_text(story[3:-1])
    sentences = [part for part in body.replace(":", ".").replace("\n", " ").split(".") if part.strip()]
    words = body.split()
    assert len(words) / len(sentences) < 15
    assert sum(map(len, words)) / len(words) < 5.2


@pytest.mark.needs("pdftotext")
def test_a_stamp_stands_on_each_page_and_is_said_once(tmp_path: Path) -> None:
    pdf = build_pdf([Heading(1, "Sheet"), *LINES], title="Sheet", stamp=STAMP)
    pages = pages_of(pdf, tmp_path)
    assert len(pages) > 2
    assert [page.count("Protected. Keep") for page in pages] == [1] * len(pages)
    assert_accessible(pdf)
    with pikepdf.open(BytesIO(pdf)) as file:
        first, second = file.Root.StructTreeRoot.K[0].K[0], file.Root.StructTreeRoot.K[0].K[1]
        assert (str(first.S), str(second.S)) == ("/P", "/H1")
        assert [type(kid) for kid in first.K] == [int], (
            "one piece of content: further pages repeat it as an artefact, which nobody is read out"
        )


def test_of_many_documents_only_those_about_someone_protected_are_stamped() -> None:
    documents = [Document([Heading(1, "One")], "One"), Document([Heading(1, "Two")], "Two", stamp=STAMP)]
    pdf = build_print_file(documents, title="Letters", two_sided=False)
    assert read_pdf(pdf).text.count("Protected. Keep") == 1
    assert_accessible(pdf)


def test_what_is_not_stamped_is_as_it_was() -> None:
    story = [Heading(1, "Sheet"), Para("Text")]
    assert build_pdf(story, title="Sheet") == build_pdf(story, title="Sheet", stamp="")


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.key)
def test_a_sheet_of_labels_bears_it_in_the_margin_above(sheet: object) -> None:
    labels = [Label(["Zoë Penn", "1 Lane"])] * (sheet.count + 1)  # type: ignore[attr-defined]
    pdf = build_labels(labels, sheet, title="Labels", stamp=STAMP)  # type: ignore[arg-type]
    assert read_pdf(pdf).text.count("Protected. Keep") == 2
    assert_accessible(pdf)


@pytest.mark.needs("pdftotext")
def test_a_paper_on_file_is_stamped_as_it_is_shown_and_not_as_it_is_kept(tmp_path: Path) -> None:
    kept = build_pdf([Heading(1, "A plan"), *LINES], title="Plan")
    shown = pages_of(stamped(kept, STAMP), tmp_path)
    assert [page.count("Protected. Keep") for page in shown] == [1] * len(shown)
    assert "A plan" in shown[0]
    assert stamped(kept, "") is kept


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_on_a_turned_page_the_stamp_is_at_the_head_as_it_is_seen(turned: int) -> None:
    import pypdfium2

    with pikepdf.open(BytesIO(build_pdf([Heading(1, "A plan")], title="Plan"))) as file:
        file.pages[0].rotate(turned, relative=False)
        out = BytesIO()
        file.save(out)
    pdf = pypdfium2.PdfDocument(stamped(out.getvalue(), STAMP))
    picture = pdf[0].render(scale=1).to_pil().convert("L")
    head = picture.crop((0, 0, picture.width, 40))
    assert head.getextrema()[0] < 128, "there is ink at the upper edge"
    left, _top, right, _foot = head.point(lambda dot: 255 if dot < 128 else 0).getbbox()
    assert right - left > 380, "and it runs along it"


def test_a_damaged_file_that_is_shown_all_the_same_is_stamped_too() -> None:
    whole = build_pdf([Heading(1, "A plan")], title="Plan")
    damaged = whole[: whole.rindex(b"startxref")]
    assert "Protected. Keep" in read_pdf(stamped(damaged, STAMP)).text
