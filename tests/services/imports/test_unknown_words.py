"""A contact whose relationship is a word that is in no list: never lost, and told."""

import pytest

from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import outcome_of
from pupil_desk.services.imports.proposal import take_unknown
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.store.rows import several
from pupil_desk.store.tables import contacts, pupils
from tests.services.imports.ctf_made import CONTACT, NAME, contacts_of, ctf_of, pupil_of
from tests.services.imports.made import ANN, counts, table, told

ROWS = f"upn|surname|forename|relationship\n{ANN}|Hall|Eve|Godmother\n{ANN}|Hall|Max|PAF"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    run_import(desk, "pupils", table(f"surname|forename|dob|upn\nHall|Ann|4/3/2012|{ANN}"))
    return desk


def relationships(desk: Desk) -> list[tuple[str, str]]:
    (ann,) = pupils.all_pupils(desk.vault)
    return sorted((contact.forename or "", contact.relationship) for contact in contacts.of_pupil(desk.vault, ann.id))


def test_a_list_refuses_it_as_the_contract_says_until_somebody_takes_it_as_other(desk: Desk) -> None:
    proposal = propose(desk, "contacts", table(ROWS))
    assert (counts(outcome_of(proposal)), proposal.unknown_words) == ((2, 1, 0, 0, 1), ("Godmother",))
    taken = take_unknown(proposal)
    assert taken.unknown_words == ()
    outcome = keep(desk, taken)
    assert counts(outcome) == (2, 2, 0, 0, 0)
    assert told(outcome) == {(2, "relationship", "unknown_word", "warning")}
    assert outcome.problems[0].message == (
        "Relationship “Godmother” is not in the list: taken as “Other Contact”. Choose the right one in the record."
    )
    assert relationships(desk) == [("Eve", "OTH"), ("Max", "PAF")]
    (ann,) = pupils.all_pupils(desk.vault)
    assert [(value.path, value.value) for value in several.of_pupil(desk.vault, NotTaken, ann.id)] == [("Relationship", "Godmother")]


def test_read_again_it_is_the_same_contact(desk: Desk) -> None:
    for fates in ((2, 2, 0, 0, 0), (2, 0, 0, 2, 0)):
        assert counts(run_import(desk, "contacts", table(ROWS), takes_unknown=True)) == fates


@pytest.mark.parametrize("row", [f"{ANN}|Hall|Eve|", f"{ANN}||Eve|Godmother"])
def test_what_else_is_wrong_refuses_it_still(desk: Desk, row: str) -> None:
    assert run_import(desk, "contacts", table(f"upn|surname|forename|relationship\n{row}"), takes_unknown=True).refused == 1


@pytest.mark.parametrize(("element", "words"), [("<Relationship>ZZG</Relationship>", "“ZZG” is not in the list"), ("", "is not told")])
def test_of_a_transfer_file_the_contact_is_taken_in_and_the_word_named(desk: Desk, element: str, words: str) -> None:
    """The whole contact was left out."""
    assert "<Relationship>PAM</Relationship>" in CONTACT
    strange = CONTACT.replace("<Relationship>PAM</Relationship>", element)
    outcome = run_import(desk, "ctf", ctf_of(pupil_of("", surname="Ivy", forename="Ben", rest=contacts_of(strange))), NAME)
    (problem,) = (problem for problem in outcome.problems if problem.code == "unknown_word")
    assert words in problem.message
    ben = next(pupil for pupil in pupils.all_pupils(desk.vault) if pupil.forename == "Ben")
    assert [contact.relationship for contact in contacts.of_pupil(desk.vault, ben.id)] == ["OTH"]
    assert ("ZZG" in {value.value.value for value in outcome.not_taken}) is bool(element)
