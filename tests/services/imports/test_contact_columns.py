"""The contacts that stand beside the pupils of a list go in with them, each under its pupil."""

import pytest

from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.cells.contact_columns import contact_heading
from pupil_desk.services.imports.kinds import Fate
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.proposal import pick
from pupil_desk.services.imports.run import keep, propose
from pupil_desk.services.pupils import protections, pupils
from pupil_desk.store.tables import contacts, ledger
from tests.services.imports.made import ANN
from tests.services.imports.test_pupils import only

HEAD = "upn,surname,forename,dob,Contact 1 Name,Contact 1 Relationship,Contact 1 Home Tel,Contact 1 Mobile,Contact 2 Name,Contact 2 Relationship"
ROW = f'{ANN},Hall,Ann,1/2/2012,"Hall, Jo",Mother,01632 960222,07700 900111,Mr Paul Hall,Father'


def brought(desk: Desk, *lines: str) -> Outcome:
    return keep(desk, propose(desk, "pupils", "\n".join(lines).encode()))


def told(desk: Desk) -> list[tuple[str | None, ...]]:
    return [
        (contact.title, contact.forename, contact.surname, contact.relationship, contact.phone, contact.mobile)
        for contact in contacts.of_pupil(desk.vault, only(desk).id)
    ]


JO = (None, "Jo", "Hall", "PAM", "01632 960222", "07700 900111")
PAUL = ("Mr", "Paul", "Hall", "PAF", None, None)


def test_contacts_beside_a_new_pupil_go_in_and_nothing_of_them_is_told_as_not_taken(desk: Desk) -> None:
    outcome = brought(desk, HEAD, ROW)
    assert (outcome.added, outcome.not_taken, outcome.problems) == (1, (), ())
    assert told(desk) == [JO, PAUL]
    assert brought(desk, HEAD, ROW).unchanged == 1
    undoing.undo(desk, ledger.imports(desk.vault)[-1]["id"])
    assert contacts.by_pupil(desk.vault) == {}


def test_a_pupil_on_whose_contact_an_order_was_set_since_stays_with_it(desk: Desk) -> None:
    """Taken away, the better file would have brought another pupil, without the order."""
    brought(desk, HEAD, ROW)
    ann = only(desk)
    (paul,) = [contact for contact in contacts.of_pupil(desk.vault, ann.id) if contact.forename == "Paul"]
    order = Protection(pupil_id=ann.id, contact_id=paul.id, kind=ORDER, reason="Court", since=desk.today)
    protections.set_protection(desk, order)
    (left,) = undoing.undo(desk, ledger.imports(desk.vault)[-1]["id"]).left
    assert left.reason == (
        "There is more on file now: protection set. The pupil stays, with all that came with the file. Instead, correct the record."
    )
    assert only(desk) == ann
    assert brought(desk, HEAD, ROW).unchanged == 1
    assert len(pupils.record(desk, ann.id).protections) == 1


def test_of_a_pupil_who_is_here_a_new_contact_and_a_new_number_are_shown_and_can_be_left(desk: Desk) -> None:
    brought(desk, "upn,surname,forename,dob,Mother Name,Mother Mobile", f"{ANN},Hall,Ann,1/2/2012,Jo Hall,07700 900112")
    proposal = propose(desk, "pupils", f"{HEAD}\n{ROW}".encode())
    (row,) = proposal.rows
    assert row.fate is Fate.CHANGED
    assert [(difference.column, difference.is_record) for difference in row.plan.differences] == [
        ("contact-1-phone", False),
        ("contact-1-mobile", False),
        ("contact-2", True),
    ]
    keep(desk, pick(proposal, 2, "contact-2", "mine"))
    assert told(desk) == [JO]


def test_a_second_row_of_a_pupil_with_another_contact_adds_the_contact(desk: Desk) -> None:
    head = "surname,forename,dob,start_date,Parent Name,Parent Relationship"
    rows = ["Hall,Ann,1/2/2012,2/9/2026,Jo Hall,Mother", "Hall,Ann,1/2/2012,2/9/2026,Mr Paul Hall,Father"]
    outcome = brought(desk, head, *rows, rows[1])
    assert (outcome.added, outcome.changed, outcome.unchanged, outcome.refused) == (1, 1, 1, 0)
    assert [contact[2:4] for contact in told(desk)] == [("Hall", "PAM"), ("Hall", "PAF")]


def test_what_cannot_be_understood_of_a_contact_is_told_and_the_contact_goes_in(desk: Desk) -> None:
    outcome = brought(
        desk,
        "upn,surname,forename,dob,Guardian Name,Guardian Relation,Guardian Parental Responsibility,Contact 2 Name,Contact 2 Phone",
        f"{ANN},Hall,Ann,1/2/2012,Sal Hall,Godmother,perhaps,,07700 900111",
    )
    assert [contact[1:4] for contact in told(desk)] == [("Sal", "Hall", "OTH")]
    assert {(value.value.path, value.value.value) for value in outcome.not_taken} >= {
        ("Guardian Relation", "Godmother"),
        ("Guardian Parental Responsibility", "perhaps"),
        ("Contact 2 Phone", "07700 900111"),
    }
    assert outcome.refused == 0


@pytest.mark.parametrize(
    "text", ["Contact", "Parental consent", "Contact Email 2 years", "Mother tongue", "Contact restriction", "Father Christmas"]
)
def test_a_heading_that_is_none_of_a_contact_is_none(text: str) -> None:
    assert contact_heading(text) is None


def test_without_a_name_nobody_is_taken_in(desk: Desk) -> None:
    proposal = propose(desk, "pupils", f"surname,forename,dob,Contact Telephone\nHall,Ann,1/2/2012,{'07700 900111'}".encode())
    assert [heading.of_contact for heading in proposal.headings] == [None] * 4


def test_whose_heading_it_is_is_told_by_its_words() -> None:
    told = {
        text: contact_heading(text)
        for text in ("Mother's Mobile", "Parent/Carer 2 Home Tel", "Emergency Contact 1 Name", "contact_1_relationship")
    }
    assert {text: heading and (heading.contact, heading.column, heading.relationship) for text, heading in told.items()} == {
        "Mother's Mobile": ("mother", "mobile", "PAM"),
        "Parent/Carer 2 Home Tel": ("parent carer 2", "phone", ""),
        "Emergency Contact 1 Name": ("contact 1", "name", ""),
        "contact_1_relationship": ("contact 1", "relationship", ""),
    }
