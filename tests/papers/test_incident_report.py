"""The report about an incident as a whole document: what the law makes it say, in the parts there is something to say in, and the checkers find nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pupil_desk.basics.places import resource
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.incidents import report
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import Unit
from tests.services.incidents.test_report_names import entered, same_words


@pytest.fixture
def pupils(unit: Unit) -> list[Pupil]:
    pupils = [unit.pupil(surname, "Zoë", date(2012, 12, 1), address_1="1 Lane", postcode="SG4 7ZZ") for surname in ("Penn", "Marl")]
    unit.contact(pupils[0], "Penn", forename="Ada", parental_responsibility=True, lives_with=True)
    return pupils


def made(unit: Unit, pupils: list[Pupil], folder: Path, **items: Any) -> str:
    entry_id = entered(unit, pupils[0], pupils[1:], **items)
    (paper,) = report.letters(unit.desk, entry_id, own_words=same_words(unit, entry_id))
    pdf = paper.pdf()
    assert_accessible(pdf)
    read = squeezed("".join(pages_of(pdf, folder)))
    assert squeezed("Yours sincerely") in read
    return plain_text(paper.story)


@pytest.mark.needs("pdftotext")
def test_it_tells_all_that_the_law_asks(unit: Unit, pupils: list[Pupil], tmp_path: Path) -> None:
    text = made(unit, pupils, tmp_path, began="9:47", account="Zoë threw a chair.\nZoë Marl was hit.", first_aid="A cold pack.")
    for words in (
        "Report about an incident",
        "About: Zoë Penn",
        "Day: 24 November 2026",
        "Time: 09:45; what was done began at 09:47",
        "Place: The hall",
        "How long it lasted: 2 minutes",
        "A game was lost.",
        "A quiet word, then time out.",
        "Staff used reasonable force with Zoë",
        "Kind of force: held standing. How much: firm (against some resistance).",
        "Another child stood in the way of the chair.",
        "None",
        "A cold pack.",
        "We offer Zoë a talk about it when Zoë is ready. You may come too.",
        "you can complain to our management committee or governing board",
        "Another pupil (A) was hit.",
    ):
        assert words in text, words
    assert "Marl" not in text


@pytest.mark.needs("pdftotext")
def test_a_long_account_goes_over_the_page(unit: Unit, pupils: list[Pupil], tmp_path: Path) -> None:
    begun = resource("words", "passphrase.txt").read_text(encoding="utf-8").split()[:120]
    text = made(unit, pupils, tmp_path, account="\n".join(f"Word {word}: Zoë Penn and Zoë Marl ran down the stairs." for word in begun))
    assert text.count("another pupil (A) ran down the stairs.") == 120


@pytest.mark.needs("pdftotext")
def test_parts_with_nothing_to_say_are_left_out(unit: Unit, pupils: list[Pupil], tmp_path: Path) -> None:
    text = made(unit, pupils, tmp_path, force=False, force_kind=None, force_degree=None, seclusion=True, led_to_it=None, tried=None)
    assert "What led to it" not in text
    assert "What was tried first" not in text
    assert "in a place that Zoë could not leave (seclusion)" in text
    assert "reasonable force" not in text
