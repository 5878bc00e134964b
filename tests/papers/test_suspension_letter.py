"""The letter about a suspension as a whole document: what the law makes it say, to each household, and the checkers find nothing."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.documents.blocks import Spacer, plain_text
from pupil_desk.documents.pdf.page import build_pdf
from pupil_desk.domain.care.needs import CarePeriod
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.suspensions.suspension import Suspension, SuspensionEvent, SuspensionEventKind
from pupil_desk.services.care import needs
from pupil_desk.services.disclosures import told
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.suspensions import decisions, letters, suspension_due
from pupil_desk.services.unit import settings
from tests.documents.checking import assert_accessible
from tests.papers.made import pages_of, squeezed
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    pupil = unit.pupil("Penn", "Zoë", date(2012, 12, 1), address_1="1 Lane", town="Ware", postcode="SG4 7ZZ")
    unit.contact(pupil, "Penn", forename="Ada", parental_responsibility=True, lives_with=True)
    barred = unit.contact(pupil, "Grey", forename="Al", parental_responsibility=True, address_1="3 Hill", postcode="SG4 7HB")
    unit.protect(pupil, "order", barred)
    return pupil


def _of_kind(unit: Unit, kind: str | None) -> None:
    changed = dataclasses.replace(
        unit.desk.settings,
        kind=kind,
        authority="Larkshire County Council",
        head="Robin Ashdown",
        sendiass="Larkshire SENDIASS, 01632 960123",
    )
    settings.save_settings(unit.desk, changed)


def _paper(unit: Unit, pupil: Pupil, **items: object) -> HouseholdPaper:
    told = {"category": "SUSP", "start": DAY, "session": "AM", "sessions": 3, "reason_1": "VA", "reason_2": "DM"} | items
    decisions.decide(unit.desk, Suspension(pupil_id=pupil.id, circumstances="Zoë threw a chair.", **told))  # type: ignore[arg-type]
    (case,) = decisions.overview(unit.desk, pupil.id).cases
    (paper,) = letters.letters(unit.desk, pupil.id, case.suspension.decision)
    return paper


def _text_to_adult(unit: Unit, **items: object) -> str:
    """The letter about one of 18, who has a mother at home: it goes to the pupil alone, and speaks to nobody else."""
    grown = unit.pupil("Marl", "Ned", date(2008, 11, 24), address_1="2 Lane", postcode="SG4 7ZZ", sen_provision="K")
    unit.contact(grown, "Marl", forename="Eve", parental_responsibility=True, lives_with=True, relationship="PAM")
    paper = _paper(unit, grown, **items)
    assert (paper.letter.addressee, paper.letter.address) == ("Ned Marl", ("2 Lane", "SG4 7ZZ"))
    text = plain_text(paper.story).replace("Zoë threw a chair.", "").replace("About: Ned Marl", "")
    spoken = [
        words
        for words in ("the pupil", "your child", "parents or carers", "{", "sixth day", "Dear", "penalty", "Ned ")
        if words in text.partition("You")[2]
    ]
    assert spoken == []
    letters.log_print(unit.desk, paper)
    (row,) = told.log(unit.desk, pupil_id=grown.id)
    assert row.reason == "Addressed to Ned Marl."
    seen = decisions.overview(unit.desk, grown.id)
    steps = [step.words for step in decisions.steps(unit.desk, seen, seen.cases[0])]
    assert steps[0] == "Tell the pupil, who is 18 or over, without delay"
    (line,) = suspension_due.open_steps(unit.desk, grown.id)
    assert line.words[:2] == ("tell the pupil", "send the letter")
    assert [words for words in steps if "parent" in words or "family" in words or "day six" in words] == []
    return text


def _checked(paper: HouseholdPaper, folder: Path) -> str:
    pdf = build_pdf(paper.story, title=paper.title)
    assert_accessible(pdf)
    read = squeezed("".join(pages_of(pdf, folder)))
    assert squeezed("Yours sincerely") in read
    return plain_text(paper.story)


@pytest.mark.needs("pdftotext")
def test_a_short_suspension_says_all_but_day_six(unit: Unit, pupil: Pupil, tmp_path: Path) -> None:
    text = _checked(_paper(unit, pupil), tmp_path)
    assert "suspended Zoë from Larkfield Centre for 1.5 school days" in text
    assert "begins in the morning of 24 November 2026 and ends with the morning of 25 November 2026" in text
    assert "comes back in the afternoon of 25 November 2026" in text
    assert "verbal abuse/threatening behaviour against an adult and damage to property. Zoë threw a chair." in text
    assert "In these days, from 24 November 2026 to 25 November 2026, the law makes you responsible" in text
    assert "it need not meet you" in text
    assert ("sixth day" in text, "first five" in text) == (False, False)
    assert "Grey" not in text


@pytest.mark.needs("pdftotext")
def test_a_long_one_says_who_teaches_from_day_six(unit: Unit, pupil: Pupil, tmp_path: Path) -> None:
    text = _checked(_paper(unit, pupil, sessions=12), tmp_path)
    assert "From 2 December 2026 Zoë must be given full-time education. We will tell you who arranges it." in text  # of no known kind
    assert "In the first five school days of the suspension, here from 24 November 2026 to 1 December 2026, the law makes you" in text
    assert "our management committee or governing board, which considers such decisions" in text
    assert "within 50 school days" in text
    (case,) = decisions.overview(unit.desk, pupil.id).cases
    decision = case.suspension.decision
    decisions.record_event(
        unit.desk,
        SuspensionEvent(
            pupil_id=pupil.id,
            decision=decision,
            kind=SuspensionEventKind.DAY_SIX,
            on=DAY,
            note="At Mill House, 9:30 to 15:00; ask for Mr Orr.",
        ),
    )
    (paper,) = letters.letters(unit.desk, pupil.id, decision)
    assert "At Mill House, 9:30 to 15:00; ask for Mr Orr." in plain_text(paper.story)


@pytest.mark.parametrize(
    ("kind", "suspended", "excluded", "board"),
    [
        (
            "pru",
            "From 2 December 2026 Larkshire County Council must arrange full-time education for Zoë, since we are a unit that it maintains.",
            "the local authority of the area where Zoë lives must arrange",
            "management committee, which does here what a school’s governors do",
        ),
        (
            "ap-academy",
            "From 2 December 2026 we must give Zoë full-time education.",
            "the local authority of the area where Zoë lives must arrange",
            "governing board",
        ),
        (
            "ap-free-school",
            "From 2 December 2026 we must give Zoë full-time education.",
            "the local authority of the area where Zoë lives must arrange",
            "governing board",
        ),
        (
            "independent-ap",
            "The law does not make us give education from the sixth day",
            "The law does not make us give education",
            "proprietor",
        ),
    ],
)
def test_who_owes_day_six_and_who_considers_it_is_as_the_kind_of_unit_has_it(
    unit: Unit, pupil: Pupil, kind: str, suspended: str, excluded: str, board: str
) -> None:
    _of_kind(unit, kind)
    if kind == "independent-ap":
        assert "you have been suspended from Larkfield Centre, from 24 November 2026, for 6 school days." in _text_to_adult(
            unit, sessions=12
        )
    elif kind == "pru":
        assert "From the first day we set work for 2 school days, and mark it." in _text_to_adult(unit, sessions=4)
    text = plain_text(_paper(unit, pupil, sessions=12).story)
    assert suspended in text
    assert board in text
    seen = decisions.overview(unit.desk, pupil.id)
    (case,) = seen.cases
    (step,) = [one for one in decisions.steps(unit.desk, seen, case) if one.event is SuspensionEventKind.DAY_SIX] or [None]
    owed = {
        "pru": "owed by the local authority.",
        "ap-academy": "owed by us, the unit.",
        "ap-free-school": "owed by us, the unit.",
        "independent-ap": "",
    }[kind]
    assert (owed in step.words) if step else not owed
    decisions.record_event(
        unit.desk,
        SuspensionEvent(pupil_id=pupil.id, decision=case.suspension.decision, kind=SuspensionEventKind.MISTAKEN, on=DAY, note="Other"),
    )
    decisions.decide(
        unit.desk, Suspension(pupil_id=pupil.id, category="PERM", start=DAY, session="AM", reason_1="VA", circumstances="A chair.")
    )
    again = decisions.overview(unit.desk, pupil.id)
    last = next(one for one in again.cases if one.suspension.permanent)
    (paper,) = letters.letters(unit.desk, pupil.id, last.suspension.decision)
    assert excluded in plain_text(paper.story)
    assert ("independent review panel" in plain_text(paper.story)) == (kind != "independent-ap")


@pytest.mark.parametrize("category", ["SUSP", "LNCH", "PERM"])
def test_it_names_independent_advice_and_has_room_to_sign_above_name_and_role(
    unit: Unit, pupil: Pupil, category: str, tmp_path: Path
) -> None:
    _of_kind(unit, "pru")
    about = {"session": "PM"} if category == "LNCH" else {}
    paper = _paper(unit, pupil, category=category, sessions=None if category == "PERM" else 2, decided_by="Robin Ashdown", **about)
    text = plain_text(paper.story)
    for named in ("gov.uk/government/publications/school-exclusion", "Coram Child Law Advice", "Larkshire SENDIASS, 01632 960123"):
        assert named in text
    assert "IPSEA" not in text
    assert text.endswith("Yours sincerely\nRobin Ashdown\nHead of the unit")
    to_adult = _text_to_adult(unit, category=category, sessions=None if category == "PERM" else 12, **about)
    for words in {
        "SUSP": ("suspended you from", "we set work for 5 school days", "whether you should be let back in", "You come back in"),
        "LNCH": ("suspended you from", "You must be off our premises", "to put your view to our"),
        "PERM": (
            "permanently excluded you",
            "whether you should be let back in",
            "If it does not let you back in, you may ask for an independent review",
        ),
    }[category]:
        assert words in to_adult, words
    assert any(isinstance(block, Spacer) for block in paper.story[-1].blocks)  # type: ignore[union-attr]  # the last part is kept together


def test_a_social_worker_who_is_on_file_is_told_too_and_the_letter_says_so(unit: Unit, pupil: Pupil) -> None:
    text = plain_text(_paper(unit, pupil, sessions=1).story)
    assert ("social worker" in text, "On 24 November 2026 the law makes you responsible" in text) == (False, True)
    needs.add_care(unit.desk, CarePeriod(pupil_id=pupil.id, kind="CIN", start_date=date(2026, 9, 1), worker="Mo Reed"))
    (case,) = decisions.overview(unit.desk, pupil.id).cases
    (paper,) = letters.letters(unit.desk, pupil.id, case.suspension.decision)
    assert "We tell Zoë’s social worker too." in plain_text(paper.story)


def test_of_a_looked_after_pupil_the_virtual_school_head_is_told_too_as_the_steps_have_it(unit: Unit) -> None:
    looked_after = unit.pupil("Penn", "Zoë", date(2012, 12, 1), address_1="1 Lane", postcode="SG4 7ZZ", looked_after=True)
    unit.contact(looked_after, "Penn", forename="Ada", parental_responsibility=True, lives_with=True)
    needs.add_care(unit.desk, CarePeriod(pupil_id=looked_after.id, kind="LAC", start_date=date(2026, 9, 1), worker="Mo Reed"))
    text = plain_text(_paper(unit, looked_after).story)
    assert "We tell Zoë’s social worker and the virtual school head of the authority that looks after Zoë too." in text


@pytest.mark.parametrize("category", ["SUSP", "LNCH", "PERM"])
def test_the_duty_of_the_first_days_is_told_to_those_with_whom_the_pupil_lives(unit: Unit, category: str) -> None:
    fostered = unit.pupil("Penn", "Zoë", date(2012, 12, 1), address_1="1 Lane", postcode="SG4 7ZZ")
    unit.contact(fostered, "Penn", forename="Ada", parental_responsibility=True, lives_with=False, address_1="3 Hill", postcode="SG4 7HB")
    unit.contact(fostered, "Moss", forename="Dot", relationship="FOM", parental_responsibility=False, lives_with=True)
    told = {"category": category, "start": DAY, "session": "PM" if category == "LNCH" else "AM", "reason_1": "VA"}
    number = None if category == "PERM" else 2
    decisions.decide(unit.desk, Suspension(pupil_id=fostered.id, circumstances="A chair", sessions=number, **told))  # type: ignore[arg-type]
    (case,) = decisions.overview(unit.desk, fostered.id).cases
    by_addressee = {
        paper.letter.addressee: plain_text(paper.story) for paper in letters.letters(unit.desk, fostered.id, case.suspension.decision)
    }
    duty, others = "the law makes you responsible", "The law makes those responsible with whom Zoë lives"
    assert {who: (duty in text, others in text) for who, text in by_addressee.items()} == {
        "Dot Moss": (True, False),
        "Ada Penn": (False, True),
    }
    assert all("A chair. " in text or "A chair.\n" in text for text in by_addressee.values()), "what was typed ends as a sentence"


def test_the_note_on_day_six_ends_as_a_sentence(unit: Unit, pupil: Pupil) -> None:
    _of_kind(unit, "pru")
    _paper(unit, pupil, sessions=14)
    (case,) = decisions.overview(unit.desk, pupil.id).cases
    event = SuspensionEvent(
        pupil_id=pupil.id, decision=case.suspension.decision, kind=SuspensionEventKind.DAY_SIX, on=DAY, note="Ask for Jo Lane"
    )
    decisions.record_event(unit.desk, event)
    (paper,) = letters.letters(unit.desk, pupil.id, case.suspension.decision)
    assert "Ask for Jo Lane.\n" in plain_text(paper.story)


def test_of_a_pupil_with_special_needs_ipsea_is_named_and_who_acts_as_head_signs_so(unit: Unit, pupil: Pupil) -> None:
    _of_kind(unit, "pru")
    text = plain_text(_paper(unit, pupil, sen_provision="E", decided_by="Kit Marsh").story)
    assert "IPSEA gives free legal advice" in text
    assert text.endswith("Kit Marsh\nActing head of the unit")


@pytest.mark.needs("pdftotext")
def test_a_permanent_exclusion_and_a_lunchtime_have_letters_of_their_own(unit: Unit, pupil: Pupil, tmp_path: Path) -> None:
    text = _checked(_paper(unit, pupil, category="PERM", sessions=None), tmp_path)
    assert "independent review panel" in text
    assert "From 2 December 2026 the local authority of the area where Zoë lives must arrange full-time education for Zoë." in text
    assert "within 15 school days" in text


@pytest.mark.needs("pdftotext")
def test_lunchtimes_are_named_by_day(unit: Unit, pupil: Pupil, tmp_path: Path) -> None:
    text = _checked(_paper(unit, pupil, category="LNCH", session="PM", sessions=2), tmp_path)
    assert "The days are 24 November 2026 and 25 November 2026." in text
    assert "for 2 lunchtimes" in text


def test_printing_is_logged(unit: Unit, pupil: Pupil) -> None:
    letters.log_print(unit.desk, _paper(unit, pupil))
    assert unit.log()[-1] == ("print-form", pupil.id, "suspension-letter")
