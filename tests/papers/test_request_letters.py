"""Letters about requests as whole documents: each passes the checkers, says what it must, and reads easily."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import Keep, Para, Spacer, plain_text, texts_of
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.papers.letters import request_letter
from pupil_desk.documents.papers.signing import signed_together
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.documents.prose import blocks_of
from pupil_desk.domain.requests.case import CaseKind, RequestEventKind
from pupil_desk.services.requests import letters
from pupil_desk.services.requests.letters import LETTERS, LetterKind
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import Unit, new_unit
from tests.services.requests.cases import Family

_ENVELOPE = Envelope(
    address=("Ms Ada Quill", "4 Larch Way", "Ware"), sender=("Larkfield Centre",), day="24 November 2026", reference="R2026-001"
)


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    made: Unit = new_unit(tmp_path_factory.mktemp("request-letters") / "unit" / "unit.pupildesk")
    yield Family(made)
    made.desk.vault.close()


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_every_letter_passes_the_checkers(family: Family, letter: LetterKind) -> None:
    kind = min(letter.kinds)
    case = family.complains() if kind is CaseKind.COMPLAINT else family.asks(kind)
    if kind is not CaseKind.COMPLAINT:
        family.does(
            case,
            RequestEventKind.DECIDED,
            outcome="refused" if letter.name == "refuse" else "upheld",
            note="We looked into it.",
            what="Address line 1",
        )
    else:
        family.does(case, RequestEventKind.LOOKED_INTO, note="It was so.")
        family.does(case, RequestEventKind.DECIDED, outcome="partly", note="We put it right.")
    seen = family.seen(case)
    words = letters.draft(family.desk, seen, letter, own_words="These are our own words.", recipient="The college")
    words = words.replace("[write here from which day]", "1 December 2026")
    paper = letters.paper(family.desk, seen, letter, words, letters.address_of(family.desk, seen, letter, "The college"))
    assert_accessible(paper.pdf())
    assert case.ref in plain_text(paper.story)


@pytest.mark.needs("pdftotext")
def test_a_letter_of_the_offices_own_words_is_laid_out(tmp_path: Path) -> None:
    words = "# Your request\n\nDear Ms Quill\n\n## What next\nWe look.\n\n- one\n- two\n\nYours sincerely\n\n____\n\nMorgan Bailey\nLarkfield Centre"
    pdf = build_pdf(request_letter(words, _ENVELOPE, "A title"), title="A title")
    assert_accessible(pdf)
    assert squeezed("Our number: R2026-001 Your request Dear Ms Quill What next We look. • one • two") in squeezed(
        "".join(pages_of(pdf, tmp_path))
    )


@pytest.mark.parametrize(
    "words", ["Dear you", "## Only a part", "____", "# ", "- a\n- b", "# One\n\n# Two", "## \n\nx", "- \n- a", "- ", "#", "x\n# y"]
)
def test_odd_words_make_a_proper_letter_too(words: str) -> None:
    assert_accessible(build_pdf(request_letter(words, _ENVELOPE, "We have your request"), title="x"))


def test_the_prose_is_plain(family: Family) -> None:
    """No long sentence, and hardly a long word: 20 words a sentence at most on average, and no sentence above 40."""
    case = family.asks(CaseKind.COPY)
    for letter in LETTERS:
        words = letters.draft(family.desk, family.seen(case), letter, own_words="Own words.")
        sentences = [found for found in re.split(r"(?<=[.?!:])\s+|\n+", words) if len(found.split()) > 2]
        lengths = [len(sentence.split()) for sentence in sentences]
        assert max(lengths) <= 40, letter.name
        assert sum(lengths) / len(lengths) <= 15, letter.name


def test_what_leads_to_a_list_and_what_ends_a_letter_do_not_stand_alone_on_a_page() -> None:
    leading, ending = (
        blocks_of("You can ask us:\n\n- for a copy", {})[0],
        [Para("One"), Para("Two"), Para("Yours"), Spacer(2), Para("Name")],
    )
    assert isinstance(leading, Para)
    assert leading.leads
    one, close = signed_together(ending)
    assert isinstance(close, Keep)
    assert [*texts_of([one]), *texts_of([close])] == ["One", "Two", "Yours", "Name"]
