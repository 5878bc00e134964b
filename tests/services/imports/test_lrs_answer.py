"""The answer of the Learning Records Service read back: each outcome, nothing overwritten unasked, and what a hostile file cannot do."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.domain.learning.next_steps import Learning
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.kinds import Fate
from pupil_desk.services.imports.past import past_imports
from pupil_desk.services.imports.proposal import pick
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.services.pupils import pupils as pupil_service
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils
from tests.services.imports.made import counts, errors, table, told, workbook

ANN, BEN, CAT = "9276308686", "1026893096", "1234567899"  # numbers that stand the check
NAME = "LRB_10012345_241120261005.CSV"
HEADS = "ReturnCode | ReturnDescription | ULN | GivenName | FamilyName | DateOfBirth | LastKnownPostCode | Gender"


def add(desk: Desk, surname: str, forename: str = "Ann", dob: date = date(2011, 5, 20), **items: object) -> Pupil:
    return pupil_service.add_pupil(
        desk, Pupil(surname=surname, forename=forename, dob=dob, **items), Enrolment(status="C", start_date=date(2026, 9, 2))
    )


def number_of(desk: Desk, pupil: Pupil) -> str | None:
    found = pupils.get(desk.vault, pupil.id)
    assert found
    return found.uln


def test_every_outcome_of_one_answer(desk: Desk) -> None:
    """Found, registered, possible, no match, refused; the numbers that are sure go in, with their history, and the import can be undone."""
    found, new, maybe, none, bad = (add(desk, name) for name in ("O’Brien", "New", "Maybe", "None", "Bad"))
    source = table(f"""{HEADS}
        2A | {NAME} | 10012345 | 5 | | | |
        Exact match | | {ANN} | Ann | O'BRIEN | 2011-05-20 | AL28 2PA | 2
        ULN allocated | | {BEN} | Ann | New | 20/05/2011 | AL28 2PA | 2
        WSRC0003 | Possible match | {CAT} | Ann | Maybe | 2011-05-20 | AL28 2PA | 2
        No match | | | Ann | None | 2011-05-20 | AL28 2PA | 2
        RC10 | Null values | | Ann | Bad | 2011-05-20 | | 2""")
    proposal = propose(desk, "auto", source, NAME)
    assert proposal.kind
    assert proposal.kind.name == "lrs-answer"
    assert proposal.description == "Answer of the Learning Records Service: 2 with a number, 1 to choose, 1 without a match, 1 refused."
    outcome = keep(desk, proposal)
    assert counts(outcome) == (5, 0, 2, 2, 1)
    assert outcome.status == 1
    assert [number_of(desk, pupil) for pupil in (found, new, maybe, none, bad)] == [ANN, BEN, None, None, None]
    assert errors(outcome) == {(7, "outcome", "lrs_refused")}
    (refusal,) = (problem.message for problem in outcome.problems if problem.stops)
    assert "RC10; Null values; a value that it needs is missing" in refusal
    assert {(row, code) for row, _column, code, how in told(outcome) if how == "warning"} == {
        (3, "not_asked"),
        (4, "not_asked"),
        (5, "not_asked"),
        (5, "possible_match"),
        (6, "no_match"),
    }
    assert counts(run_import(desk, "auto", source, NAME)) == (5, 0, 0, 4, 1)
    history = desk.vault.rows("SELECT old, new, source FROM amendment WHERE record_id = ? AND item = 'uln'", (found.id,))
    assert [tuple(row) for row in history] == [(None, ANN, "import")]
    made = past_imports(desk)
    assert made[-1].kind == "Answer of the Learning Records Service"
    undoing.undo(desk, next(one.id for one in made if one.changed))
    assert number_of(desk, found) is None


def test_a_possible_match_or_another_number_is_taken_only_where_a_person_picks_it(desk: Desk) -> None:
    maybe, other = add(desk, "Maybe"), add(desk, "Other", uln=ANN)
    source = table(f"""{HEADS}
        Possible match | | {BEN} | Ann | Maybe | 2011-05-20 | |
        Possible match | | {CAT} | Ann | Maybe | 2011-05-20 | |
        Exact match | | 6052183747 | Ann | Other | 2011-05-20 | |
        something new | | 7341209533 | Ann | Other | 2011-05-20 | |""")
    outcome = run_import(desk, "lrs-answer", source, accept="theirs")
    assert counts(outcome) == (4, 0, 0, 4, 0)
    assert (number_of(desk, maybe), number_of(desk, other)) == (None, ANN)
    assert {(4, "other_uln"), (5, "unknown_outcome")} <= {(row, code) for row, _column, code, _how in told(outcome)}
    both = pick(pick(propose(desk, "lrs-answer", source), 2, "uln", "theirs"), 3, "uln", "theirs")
    assert [row.fate for row in both.rows[:2]] == [Fate.CHANGED, Fate.REFUSED], "never two numbers for one pupil"
    keep(desk, pick(pick(propose(desk, "lrs-answer", source), 3, "uln", "theirs"), 4, "uln", "theirs"))
    assert (number_of(desk, maybe), number_of(desk, other)) == (CAT, "6052183747")
    assert counts(run_import(desk, "lrs-answer", source, accept="mine"))[2] == 0


def test_a_hostile_answer_changes_nobody(desk: Desk) -> None:
    ann, twin, holder = add(desk, "Ash"), add(desk, "Twin"), add(desk, "Holder", uln=BEN)
    add(desk, "Twin")
    source = table(f"""{HEADS}
        Exact match | | 9276308687 | Ann | Ash | 2011-05-20 | |
        Exact match | | =9276308686 | Ann | Ash | 2011-05-20 | |
        Exact match | | 9.27631E+09 | Ann | Ash | 2011-05-20 | |
        Exact match | | {BEN} | Ann | Ash | 2011-05-20 | |
        Exact match | | {CAT} | Ann | Stranger | 2011-05-20 | |
        Exact match | | {CAT} | Ann | Ash | 2011-05-21 | |
        Exact match | | {CAT} | Ann | Twin | 2011-05-20 | |
        =cmd()! | =HYPERLINK("x") | 9999999999 | Ann | Ash | 2011-05-20 | |""")
    outcome = run_import(desk, "auto", source)
    assert counts(outcome) == (8, 0, 0, 1, 7)
    assert errors(outcome) == {
        (2, "uln", "bad_uln"),
        (3, "uln", "bad_uln"),
        (4, "uln", "bad_uln"),
        (5, "uln", "uln_taken"),
        (6, "surname", "no_such_pupil"),
        (7, "surname", "no_such_pupil"),
        (8, "surname", "several_pupils"),
    }
    assert [number_of(desk, pupil) for pupil in (ann, twin, holder)] == [None, None, BEN]
    given_twice = table(
        f"{HEADS}\nExact match | | {ANN} | Ann | Ash | 2011-05-20 | |\nExact match | | {ANN} | Ann | Holder | 2011-05-20 | |"
    )
    assert errors(run_import(desk, "auto", given_twice)) == {(3, "uln", "uln_taken")}
    assert number_of(desk, ann) == ANN


def test_learning_goes_to_its_pupil_and_fills_what_is_empty(desk: Desk) -> None:
    ann, ben = add(desk, "Ash"), add(desk, "Birch", "Ben", uln=BEN)
    heads = "ULN | GivenName | FamilyName | DateOfBirth | Subject | Level | AwardingOrganisationName | AchievementAwardDate | Grade | Subject Code | Credits"
    source = table(f"""{heads}
        {ANN} | Ann | Ash | 2011-05-20 | =Food =hygiene | Level 1 | Larkboard | 2026-06-01 | Pass | 603/5213/4 | 2
        {BEN} | | | | First aid | Level 2 | | | | |
        {CAT} | Ben | Birch | 2011-05-20 | Not his | Level 2 | | | | |
        {CAT} | | | | Nobody's | Level 2 | | | | |""")
    outcome = run_import(desk, "lrs-answer", source)
    assert counts(outcome) == (4, 1, 1, 1, 1)
    assert {(4, "not_taken"), (4, "other_uln"), (5, "no_such_pupil")} <= {(row, code) for row, _column, code, _how in told(outcome)}
    learnt = several.by_pupil(desk.vault, Learning)
    (food,) = learnt[ann.id]
    assert (food.title, food.level, food.result, food.result_date, food.kind) == (
        "=Food =hygiene",
        "Level 1",
        "Pass",
        date(2026, 6, 1),
        "qualification",
    )
    assert [one.title for one in learnt[ben.id]] == ["First aid"]
    later = table(f"{heads}\n{BEN} | | | | first aid | Level 3 | Larkboard | | Pass | |")
    assert counts(run_import(desk, "lrs-answer", later)) == (1, 0, 1, 0, 0)
    (aid,) = several.by_pupil(desk.vault, Learning)[ben.id]
    assert (aid.level, aid.awarding_body, aid.result) == ("Level 2", "Larkboard", "Pass")


def test_which_files_are_the_answer(desk: Desk) -> None:
    settings_service.save_settings(desk, dataclasses.replace(desk.settings, ukprn="10012346"))
    add(desk, "Ash")
    book = workbook(
        ["ULN", "Given Name", "family name", "Date of birth", "Match status", "Colour"],
        [ANN, "Ann", "Ash", date(2011, 5, 20), "Matched", "red"],
    )
    outcome = run_import(desk, "lrs-answer", book)
    assert counts(outcome) == (1, 0, 1, 0, 0)
    assert {problem.column for problem in outcome.problems if problem.code == "unknown_column"} == {"Colour"}
    other = run_import(desk, "auto", table(f"{HEADS}\n2A | {NAME} | 10012345 | 0 | | | |"), NAME)
    assert counts(other) == (0, 0, 0, 0, 0)
    assert {problem.code for problem in other.problems} == {"not_to_us"}
    assert errors(run_import(desk, "lrs-answer", table("Outcome | Postcode\nMatched | AL28 2PA"))) == {(None, "uln", "missing")}
    assert errors(run_import(desk, "lrs-answer", b"")) == {(None, "", "unreadable_file")}
    pupils_file = propose(desk, "auto", table("surname | forename | dob | uln\nBirch | Bo | 2011-01-01 | " + BEN))
    assert pupils_file.kind
    assert pupils_file.kind.name == "pupils"


@pytest.mark.parametrize("word", ["WSRC0004", "exact  MATCH", "ULN found"])
def test_case_and_blanks_of_an_outcome_make_no_difference(desk: Desk, word: str) -> None:
    add(desk, "Ash")
    assert counts(run_import(desk, "lrs-answer", table(f"{HEADS}\n{word} | | {ANN} | Ann | Ash | 2011-05-20 | |"))) == (1, 0, 1, 0, 0)


def test_where_the_first_learner_stands_beside_what_tells_of_the_file_it_is_read(desk: Desk) -> None:
    first, second = add(desk, "O’Brien"), add(desk, "New")
    heads = "FileVersion | FileName | UKPRN | LearnerRecordCount | Outcome | ULN | GivenName | FamilyName | DateOfBirth"
    source = table(f"""{heads}
        2A | {NAME} | 10012345 | 2 | Exact match | {ANN} | Ann | O'BRIEN | 2011-05-20
        | | | | ULN allocated | {BEN} | Ann | New | 2011-05-20""")
    outcome = run_import(desk, "auto", source, NAME)
    assert counts(outcome) == (2, 0, 2, 0, 0)
    assert [number_of(desk, pupil) for pupil in (first, second)] == [ANN, BEN]
