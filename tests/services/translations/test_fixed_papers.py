"""Letters of the program's own words, and pages beside forms, in the language of a family: what each says, to whom, and what stays in English."""

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.documents.blocks import Block, Keep, Para, Run, plain_text, runs_of
from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.domain.leave.leave_request import LeaveRequest
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.requests.case import CaseKind, RequestLetter
from pupil_desk.domain.suspensions.suspension import Suspension
from pupil_desk.domain.translations.translation import places_in
from pupil_desk.domain.unit.regulator import regulator_on
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.accidents import accident_papers
from pupil_desk.services.accidents import recording as accidents
from pupil_desk.services.disclosures import on_paper, told
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.leave import leave_letters
from pupil_desk.services.leave import recording as leave
from pupil_desk.services.pupils import contacts as contact_service
from pupil_desk.services.requests import letters as request_letters
from pupil_desk.services.suspensions import decisions
from pupil_desk.services.suspensions import letters as suspension_letters
from pupil_desk.services.translations import papers, translations
from pupil_desk.services.translations.given import titled
from pupil_desk.services.translations.papers import ENGLISH_ALONE, fixed_papers
from pupil_desk.services.translations.translations import TranslationEntry
from pupil_desk.services.unit import settings
from tests.documents.checking import assert_accessible
from tests.services.exports.made import DAY, Unit
from tests.services.requests.cases import Family
from tests.services.state import log_of
from tests.services.translations.leftovers import english_left

HOME = {"address_1": "4 Larch Way", "town": "Larkfield", "postcode": "AL28 2QN"}
SIGN = {"pl": "Zdanie", "ar": "جملة"}


def translate(unit: Unit, key: str, language: str = "pl") -> None:
    """Keep a translation in which each line says its number, and what is filled in."""
    paper = papers.paper_named(unit.desk, f"fixed/{key}")
    words = {line.key: " ".join([SIGN[language], str(number), *sorted(places_in(line.english))]) for number, line in enumerate(paper.lines)}
    translations.keep(unit.desk, paper, language, TranslationEntry(words, "Maria Kowalska", "Jan Nowak", DAY, is_check_new=True))


def said(key: str, english: str, language: str = "pl") -> str:
    """How the kept translation begins a line."""
    paper = next(paper for paper in fixed_papers() if paper.key == key)
    number = next(number for number, line in enumerate(paper.lines) if english in line.english)
    return f"{SIGN[language]} {number}"


def child(unit: Unit, language: str | None = "pl", born: date = date(2012, 5, 6), **facts: str) -> Pupil:
    pupil = unit.pupil("Young", "Annabel", born, preferred_forename="Ann", **{**HOME, **facts})
    unit.contact(pupil, "Young", title="Mrs", forename="Dora", parental_responsibility=True, lives_with=True, language=language)
    return pupil


def leave_letter(unit: Unit, pupil: Pupil, outcome: str = "granted", **facts: Any) -> HouseholdPaper:
    request = LeaveRequest(
        pupil_id=pupil.id,
        first_day=date(2026, 12, 7),
        last_day=date(2026, 12, 9),
        purpose="family",
        asked_by="Mrs Dora Young",
        received_on=DAY,
    )
    leave.add(unit.desk, request)
    entry = leave.of_pupil(unit.desk, pupil.id)[0].now
    leave.amend(
        unit.desk,
        dataclasses.replace(
            entry, outcome=outcome, **{"decided_by": "Ms Bailey", "decided_on": DAY, "decision_reason": "A funeral.", **facts}
        ),
    )
    (paper,) = leave_letters.letters(unit.desk, entry.entry_id)
    return paper


def suspension_letter(unit: Unit, pupil: Pupil, **facts: Any) -> HouseholdPaper:
    decision: dict[str, Any] = {
        "category": "SUSP",
        "start": DAY,
        "session": "AM",
        "sessions": 12,
        "reason_1": "VA",
        "circumstances": "A chair.",
    } | facts
    decisions.decide(unit.desk, Suspension(pupil_id=pupil.id, **decision))
    case = decisions.overview(unit.desk, pupil.id).cases[-1]
    (paper,) = suspension_letters.letters(unit.desk, pupil.id, case.suspension.decision)
    return paper


def head_letter(unit: Unit, pupil: Pupil, **facts: Any) -> HouseholdPaper:
    entered: dict[str, Any] = {
        "day": DAY,
        "time": "9:05",
        "place": "hall",
        "account": "Slipped",
        "injury": "bump",
        "body_part": "head",
    } | facts
    before = {row.id for row in accidents.of_pupil(unit.desk, pupil.id)}
    accidents.add(unit.desk, Accident(pupil_id=pupil.id, first_aid="Cold pack", **entered))
    (new,) = (row.id for row in accidents.of_pupil(unit.desk, pupil.id) if row.id not in before)
    return accident_papers.head_letter(unit.desk, new)


LETTERS: dict[str, Callable[[Unit, Pupil], HouseholdPaper]] = {
    "leave-letter": lambda unit, pupil: leave_letter(unit, pupil, "part", granted_from=date(2026, 12, 7), granted_until=date(2026, 12, 7)),
    "suspension-letter": suspension_letter,
    "suspension-letter-lunchtime": lambda unit, pupil: suspension_letter(unit, pupil, category="LNCH", sessions=2),
    "suspension-letter-permanent": lambda unit, pupil: suspension_letter(unit, pupil, category="PERM", sessions=None),
    "head-letter": head_letter,
}


@pytest.mark.parametrize("language", ["pl", "ar"])
@pytest.mark.parametrize("key", LETTERS)
def test_a_letter_goes_out_in_the_language_of_its_household_with_the_english_behind_it(unit: Unit, key: str, language: str) -> None:
    pupil = child(unit, language)
    assert not LETTERS[key](unit, child(unit, language)).translated, "nobody has translated it"
    translate(unit, key, language)
    paper = LETTERS[key](unit, pupil)
    assert [document.lang for document in paper.documents()] == [language, ""]
    assert_accessible(paper.pdf())
    words = plain_text(paper.translated)
    assert SIGN[language] in words
    assert english_left(unit.desk, paper.translated, SIGN[language]) == set(), "no word of ours is left in English"
    assert said(key, "Ask us to explain it", language) in words
    assert (
        titled(paper.title, paper.language) == f"{paper.title}, in {'Polish' if language == 'pl' else 'Arabic'}, with the English behind it"
    )


def test_every_sentence_that_a_decision_calls_for_is_translated(unit: Unit) -> None:
    """Whatever kind the unit is of, and whatever was decided: a sentence that is none of the paper's raises KeyError."""
    for key in LETTERS:
        translate(unit, key)
    translate(unit, "suspension-letter-independent")
    for number, (kind, category) in enumerate(product((None, "pru", "ap-academy", "independent-ap"), ("SUSP", "LNCH", "PERM"))):
        settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, kind=kind))
        pupil = unit.pupil("Young", f"Ann {'abcdefghijkl'[number]}", date(2012, 5, 6), **HOME)
        unit.contact(pupil, "Young", forename="Dora", parental_responsibility=True, lives_with=True, language="pl")
        sessions = {"SUSP": 1 if kind == "pru" else 12, "LNCH": 1, "PERM": None}[category]
        letter = suspension_letter(unit, pupil, category=category, sessions=sessions, reason_2="DB", reason_3="OW")
        assert english_left(unit.desk, letter.translated, SIGN["pl"]) == set()
    for outcome in ("granted", "refused"):
        letter = leave_letter(unit, child(unit), outcome, decision_reason="Too long")
        assert english_left(unit.desk, letter.translated, SIGN["pl"]) == set()


def test_parts_that_a_decision_does_not_call_for_are_left_out_of_the_translation_too(unit: Unit) -> None:
    translate(unit, "leave-letter")
    refused, granted = (plain_text(leave_letter(unit, child(unit), outcome).translated) for outcome in ("refused", "granted"))
    given, not_given = (said("leave-letter", f"The days for which {words}") for words in ("leave is given", "it is not given"))
    assert (f"{given}\n" in granted, f"{not_given}\n" in granted) == (True, False)
    assert (f"{given}\n" in refused, f"{not_given}\n" in refused) == (False, True)
    assert "7 December 2026" in granted, "a day stands as it is held"
    assert "Ann" in granted


def test_a_day_within_a_sentence_of_another_script_reads_from_the_left(unit: Unit) -> None:
    translate(unit, "leave-letter", "ar")
    paper = leave_letter(unit, child(unit, "ar"))
    apart = {run.text for block in paper.translated if isinstance(block, Keep | Para) for run in runs_in(block) if run.is_apart}
    assert {"7 December 2026", "9 December 2026"} <= apart, "two days in one sentence, each by itself"


def runs_in(block: Block) -> list[Run]:
    if isinstance(block, Keep):
        return [run for inner in block.blocks for run in runs_in(inner)]
    return list(runs_of(block.text)) if isinstance(block, Para) else []


def test_what_was_printed_is_told_with_its_language(unit: Unit) -> None:
    pupil = child(unit)
    translate(unit, "suspension-letter")
    paper = suspension_letter(unit, pupil)
    suspension_letters.log_print(unit.desk, paper)
    assert log_of(unit.desk)[-1][3] == "suspension-letter in pl"
    (line,) = told.log(unit.desk, pupil_id=pupil.id)
    assert line.reason == "Addressed to Mrs Dora Young. In Polish, with the English behind it."


def test_why_a_letter_is_in_english_alone_is_said_before_it_is_printed(unit: Unit) -> None:
    paper = head_letter(unit, child(unit))
    assert titled(paper.title, paper.language, paper.in_english_because) == (
        "Letter about a knock on the head, in English alone: there is no checked translation into Polish"
    )
    plain = head_letter(unit, child(unit, None))
    assert titled(plain.title, plain.language, plain.in_english_because) == "Letter about a knock on the head"


def test_the_letter_about_the_head_is_in_the_language_of_who_was_told(unit: Unit) -> None:
    translate(unit, "head-letter")
    pupil = child(unit, None)
    unit.contact(pupil, "Nowak", forename="Ola", parental_responsibility=True, language="pl")
    assert not head_letter(unit, pupil).translated, "who lives with the pupil reads English"
    assert head_letter(unit, pupil, parent="ola nowak").language == "pl"


# -- letters about requests


def request_paper(family: Family, own: str = "", change: Callable[[str], str] = str) -> request_letters.LetterPaper:
    case = family.asks(CaseKind.COPY)
    kind, seen = request_letters.kind_named("acknowledge"), family.seen(case)
    words = change(request_letters.draft(family.desk, seen, kind, own))
    return request_letters.paper(family.desk, seen, kind, words, request_letters.address_of(family.desk, seen, kind))


@pytest.fixture
def polish_family(unit: Unit) -> Family:
    family = Family(unit)
    contact_service.save_contact(unit.desk, dataclasses.replace(family.mother, language="pl"))
    return family


def test_a_letter_about_a_request_is_translated_line_by_line_and_the_offices_own_words_stay(polish_family: Family) -> None:
    key = "request-letter-acknowledge"
    assert request_paper(polish_family).in_english_because == "there is no checked translation into Polish"
    translate(polish_family.unit, key)
    paper = request_paper(polish_family, "We know each other.", lambda words: words.replace("You do not have to pay", "You need not pay"))
    assert_accessible(paper.pdf())
    polish = plain_text(paper.translated)
    assert said(key, "We have your request") in polish
    assert f"{said(key, 'you asked us')} {said(key, 'for a copy of what we hold')} Bea Quill 2 November 2026" in polish
    assert said(key, "We will answer by {day}.") in polish
    assert "We know each other." in polish, "the office’s own words"
    assert "You need not pay anything." in polish, "a line that the office changed is its own"
    assert said(key, "You do not have to pay") not in polish
    assert "2 December 2026" in polish
    assert "You need not pay anything." in plain_text(paper.story)
    assert "Zdanie" not in plain_text(paper.story)


def test_a_letter_about_a_request_is_kept_with_its_language(polish_family: Family) -> None:
    translate(polish_family.unit, "request-letter-acknowledge")
    case = polish_family.asks(CaseKind.COPY)
    words = request_letters.draft(polish_family.desk, polish_family.seen(case), request_letters.kind_named("acknowledge"))
    letter = RequestLetter(case_id=case.id, letter="acknowledge", sent_to=case.requester, channel="post", on=DAY, words=words)
    request_letters.record_sent(polish_family.desk, request_letters.LetterSending(letter=letter))
    (section,) = [part for part in sheet.everything(polish_family.desk, polish_family.pupil.id) if part.name == "request_letters"]
    (facts,) = [{label: words for _name, label, _value, words in entry.facts} for entry in section.entries]
    assert facts["Language of the paper"] == "Polish, with the English behind it"
    assert "Our number for your request" in facts["What it said"], "the English"
    assert "Zdanie" in facts["Words of the translation, with what was filled in left open"]


def test_each_letter_about_a_request_says_all_of_it_in_the_language(polish_family: Family) -> None:
    for letter in request_letters.LETTERS:
        if letter.name != "tell-recipient":
            translate(polish_family.unit, f"request-letter-{letter.name}")
    for kind in CaseKind:
        case = polish_family.complains(pupil_id=polish_family.pupil.id, contact_id=polish_family.mother.id) if kind is CaseKind.COMPLAINT else polish_family.asks(kind)  # fmt: skip
        for letter in (each for each in request_letters.LETTERS if kind in each.kinds and each.name != "tell-recipient"):
            seen = polish_family.seen(case)
            draft = request_letters.draft(polish_family.desk, seen, letter, "Own.")
            words = draft.replace("[", "").replace("]", "")
            paper = request_letters.paper(polish_family.desk, seen, letter, words, ("Ada",))
            typed = (SIGN["pl"], "Own", regulator_on(polish_family.desk.settings, DAY).name, *re.findall(r"\[[^\[\]]*\]", draft))
            assert english_left(polish_family.desk, paper.translated, *typed) == set(), letter.name


# -- which papers


def test_every_paper_that_goes_to_a_family_can_be_translated_or_is_named_as_one_that_cannot() -> None:
    titles = [paper.title for paper in fixed_papers()]
    told_papers = [value for value in vars(on_paper).values() if isinstance(value, on_paper.Tells)] + [on_paper.data_check(())]
    for tells in told_papers:
        if tells is not on_paper.NOTICE:  # translated under Words and checklist
            assert (tells.what in titles) != (tells.what in ENGLISH_ALONE), tells.what


def test_a_line_that_would_be_taken_for_a_heading_is_refused(unit: Unit) -> None:
    paper = papers.paper_named(unit.desk, "fixed/head-letter")
    words = {line.key: " ".join(["Zdanie", *sorted(places_in(line.english))]) for line in paper.lines}
    for mark in ("#", "- ", "# "):
        first = paper.lines[0].key
        refused = {problem.column: problem.code for problem in translations.problems(unit.desk, paper, "pl", TranslationEntry({**words, first: f"{mark}Tak"}, "Maria Kowalska"))}  # fmt: skip
        assert refused == {first: "marked"}


def test_the_data_officer_alone_keeps_a_translation_of_the_programs_own_words(unit: Unit) -> None:
    paper = papers.paper_named(unit.desk, "fixed/leave-letter")
    with pytest.raises(NotAllowed):
        translations.keep(unit.as_role(Role.OFFICE), paper, "pl", TranslationEntry({}))
