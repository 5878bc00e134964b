"""A transfer file that says that it tells a part of each record, such as results: whoever is not here is left out until a person says that they are new."""

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.kinds import Fate
from pupil_desk.services.imports.proposal import Proposal, answer, answer_absent
from pupil_desk.services.imports.run import keep, propose
from pupil_desk.store.tables import assessments, pupils
from tests.services.imports.ctf_made import CONTACT, NAME, RESULT, contacts_of, ctf_of, pupil_of
from tests.services.imports.made import ANN, BEN

NEW_UPN, OTHER_UPN = ANN, BEN


def proposed(desk: Desk, *told: str, partial: bool = True, same_name: str = "") -> Proposal:
    source = ctf_of(*told)
    source = source.replace(b">full<", b">partial<") if partial else source
    return propose(desk, "ctf", source, NAME, same_name=same_name)


def results(upn: str, surname: str = "Hall", rest: str = RESULT.format(result="104")) -> str:
    """A pupil of whom names and results alone are told."""
    return f"<Pupil><UPN>{upn}</UPN><Surname>{surname}</Surname><Forename>Ann</Forename><DOB>2012-02-01</DOB><Sex>F</Sex>{rest}</Pupil>"


def test_results_for_somebody_who_is_not_here_are_left_out_and_told(desk: Desk) -> None:
    proposal = proposed(desk, results(NEW_UPN), results(OTHER_UPN, "Moss"))
    assert [(row.fate, row.is_left_out, row.is_absent) for row in proposal.rows] == [(Fate.UNCHANGED, True, True)] * 2
    outcome = keep(desk, proposal)
    assert (outcome.read, outcome.added, outcome.changed, outcome.unchanged, outcome.refused) == (2, 0, 0, 2, 0)
    assert (outcome.rows_left_out, outcome.status) == ((1, 2), 0)
    assert {told.value.reason for told in outcome.not_taken if told.row == 1} == {
        "These are results for somebody who is not here. Nothing is taken, unless you say that it is a new pupil."
    }
    assert any(told.value.value == "104" for told in outcome.not_taken)
    assert not pupils.all_pupils(desk.vault)


def test_one_answer_adds_them_all_and_one_row_can_be_added_alone(desk: Desk) -> None:
    proposal = proposed(desk, results(NEW_UPN), results(OTHER_UPN, "Moss"))
    assert [row.fate for row in answer(proposal, 2, "new").rows] == [Fate.UNCHANGED, Fate.ADDED]
    outcome = keep(desk, answer_absent(proposal))
    assert (outcome.added, outcome.rows_left_out, len(assessments.standing(desk.vault))) == (2, (), 2)


def test_by_command_a_word_adds_them_and_a_file_in_full_needs_none(desk: Desk) -> None:
    assert [row.fate for row in proposed(desk, results(NEW_UPN), same_name="new").rows] == [Fate.ADDED]
    assert [row.fate for row in proposed(desk, results(NEW_UPN), partial=False).rows] == [Fate.ADDED]


def test_who_comes_with_an_address_or_a_contact_is_new_though_the_file_is_in_part(desk: Desk) -> None:
    """Such is a file of the local authority, which holds no results."""
    assert [row.fate for row in proposed(desk, pupil_of(NEW_UPN)).rows] == [Fate.ADDED]
    assert [row.fate for row in proposed(desk, results(NEW_UPN, rest=contacts_of(CONTACT))).rows] == [Fate.ADDED]


def test_of_somebody_who_is_here_a_part_is_shown_as_ever(desk: Desk) -> None:
    keep(desk, proposed(desk, pupil_of(NEW_UPN), partial=False))
    (row,) = proposed(desk, results(NEW_UPN)).rows
    assert (row.is_left_out, [difference.is_record for difference in row.plan.differences]) == (False, [True])
