"""The letter about a suspension as a whole document: what the law makes it say, to each household, and the checkers find nothing."""

from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import plain_text
from pupil_desk.documents.page import build_pdf
from pupil_desk.domain.pupil import Pupil
from pupil_desk.domain.suspension import Event, Suspension, SuspensionEvent
from pupil_desk.services import suspension_letters, suspensions
from pupil_desk.services.letters import HouseholdPaper
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    pupil = unit.pupil("Penn", "Zoë", date(2012, 12, 1), address_1="1 Lane", town="Ware", postcode="SG4 7ZZ")
    unit.contact(pupil, "Penn", forename="Ada", parental_responsibility=True, lives_with=True)
    barred = unit.contact(
        pupil, "Grey", forename="Al", parental_responsibility=True, address_1="3 Hill", postcode="SG4 7HB"
    )
    unit.protect(pupil, "order", barred)
    return pupil


def _paper(unit: Unit, pupil: Pupil, **items: object) -> HouseholdPaper:
    told = {
        "category": "SUSP",
        "start": DAY,
        "session": "AM",
        "sessions": 3,
        "reason_1": "VA",
        "reason_2": "DM",
    } | items
    suspensions.decide(unit.desk, Suspension(pupil_id=pupil.id, circumstances="Zoë threw a chair.", **told))  # type: ignore[arg-type]
    (case,) = suspensions.overview(unit.desk, pupil.id).cases
    (paper,) = suspension_letters.letters(unit.desk, pupil.id, case.suspension.decision)
    return paper


def _checked(paper: HouseholdPaper, folder: Path) -> str:
    pdf = build_pdf(paper.story, title=paper.title)
    assert_accessible(pdf)
    read = squeezed("".join(pages_of(pdf, folder)))
    assert squeezed("the management committee") in read
    return plain_text(paper.story)


@pytest.mark.needs("pdftotext")
def test_a_short_suspension_says_all_but_day_six(unit: Unit, pupil: Pupil, tmp_path: Path) -> None:
    text = _checked(_paper(unit, pupil), tmp_path)
    assert "suspended Zoë from Larkfield Centre for 1.5 school days" in text
    assert "begins in the morning of 24 November 2026 and ends with the morning of 25 November 2026" in text
    assert "comes back in the afternoon of 25 November 2026" in text
    assert "verbal abuse/threatening behaviour against an adult and damage to property. Zoë threw a chair." in text
    assert "from 24 November 2026 to 25 November 2026" in text
    assert "it need not meet you" in text
    assert "sixth day" not in text
    assert "Grey" not in text


@pytest.mark.needs("pdftotext")
def test_a_long_one_says_who_teaches_from_day_six(unit: Unit, pupil: Pupil, tmp_path: Path) -> None:
    text = _checked(_paper(unit, pupil, sessions=12), tmp_path)
    assert (
        "From 2 December 2026 we must give Zoë full-time education. We will write to you at least 48 hours before"
        in text
    )
    assert "within 50 school days" in text
    (case,) = suspensions.overview(unit.desk, pupil.id).cases
    decision = case.suspension.decision
    suspensions.record_event(unit.desk, SuspensionEvent(pupil_id=pupil.id, decision=decision, kind=Event.DAY_SIX, on=DAY,
                                                        note="At Mill House, 9:30 to 15:00; ask for Mr Orr."))  # fmt: skip
    (paper,) = suspension_letters.letters(unit.desk, pupil.id, decision)
    assert "At Mill House, 9:30 to 15:00; ask for Mr Orr." in plain_text(paper.story)


@pytest.mark.needs("pdftotext")
def test_a_permanent_exclusion_and_a_lunchtime_have_letters_of_their_own(
    unit: Unit, pupil: Pupil, tmp_path: Path
) -> None:
    text = _checked(_paper(unit, pupil, category="PERM", sessions=None), tmp_path)
    assert "independent review panel" in text
    assert "From 2 December 2026 your local authority must give Zoë full-time education." in text
    assert "within 15 school days" in text


@pytest.mark.needs("pdftotext")
def test_lunchtimes_are_named_by_day(unit: Unit, pupil: Pupil, tmp_path: Path) -> None:
    text = _checked(_paper(unit, pupil, category="LNCH", session="PM", sessions=2), tmp_path)
    assert "The days are 24 November 2026 and 25 November 2026." in text
    assert "for 2 lunchtimes" in text


def test_printing_is_logged(unit: Unit, pupil: Pupil) -> None:
    suspension_letters.printed(unit.desk, pupil.id)
    assert unit.log()[-1] == ("print-form", pupil.id, "suspension-letter")
