"""What a person says of a row: whom it is about, where only name and date of birth tell, or that it is left out."""

import pytest

from pupil_desk.domain.pupils.not_taken import NotTaken
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.counting import rows_words
from pupil_desk.services.imports.kinds import LEFT_OUT_ROW, NEW, Fate
from pupil_desk.services.imports.proposal import answer
from pupil_desk.services.imports.run import keep, propose
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils
from tests.services.imports.made import ANN, BEN, counts, table, told
from tests.services.imports.test_pupils import bring, only

TWIN = "surname|forename|dob|phone\nHall|Ann|1/2/2012|01632 960999"


def test_a_row_without_a_number_that_is_probably_somebody_here_waits_to_be_told(desk: Desk) -> None:
    """It was added as a second pupil, and said to be one «with another UPN»."""
    bring(desk, f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{ANN}")
    outcome = bring(desk, TWIN)
    assert (counts(outcome), outcome.status) == ((1, 0, 0, 1, 0), 0)
    assert told(outcome) == {(2, "upn", "same_name", "warning")}
    assert "is here already, P0001, and the row has no UPN" in outcome.problems[0].message
    assert [(value.value.path, value.value.value) for value in outcome.not_taken][-1] == ("Telephone", "01632 960999")
    assert only(desk).phone is None
    assert several.by_pupil(desk.vault, NotTaken) == {}, "whose it is, is not known"


@pytest.mark.parametrize(
    ("same_name", "fates", "code"), [("update", (1, 0, 1, 0, 0), "matched_by_name"), ("new", (1, 1, 0, 0, 0), "same_name")]
)
def test_it_is_said_for_the_whole_file_who_is_meant(desk: Desk, same_name: str, fates: tuple[int, ...], code: str) -> None:
    bring(desk, f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{ANN}")
    outcome = bring(desk, TWIN, same_name=same_name)
    assert counts(outcome) == fates
    assert code in {problem.code for problem in outcome.problems}
    assert [(pupil.upn, pupil.phone) for pupil in pupils.all_pupils(desk.vault) if pupil.phone] == [
        (ANN if same_name == "update" else None, "01632 960999")
    ]


def test_of_two_alike_nobody_is_meant_by_a_word_for_the_whole_file(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{ANN}\nHall|Ann|1/2/2012|{BEN}")
    assert counts(bring(desk, TWIN, same_name="update")) == (1, 0, 0, 1, 0)


def test_it_is_said_of_a_row_who_is_meant(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{ANN}\nHall|Ann|1/2/2012|{BEN}")
    proposal = propose(desk, "pupils", table(TWIN))
    first, second = proposal.rows[0].plan.alike
    assert (proposal.rows[0].waits, [first.ref, second.ref]) == (True, ["P0001", "P0002"])
    meant = answer(proposal, 2, second.id)
    assert (meant.rows[0].waits, meant.rows[0].fate, meant.rows[0].plan.pupil_id) == (False, Fate.CHANGED, second.id)
    assert answer(meant, 2, "").rows[0].waits
    assert keep(desk, answer(meant, 2, NEW)).added == 1
    assert {pupil.upn for pupil in pupils.all_pupils(desk.vault)} == {ANN, BEN, None}


def test_another_number_can_be_said_to_be_the_same_pupil(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{ANN}")
    proposal = propose(desk, "pupils", table(f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{BEN}"))
    keep(desk, answer(proposal, 2, proposal.rows[0].plan.alike[0].id))
    assert (only(desk).upn, only(desk).former_upn) == (BEN, ANN)


@pytest.mark.parametrize("row", [f"Hall|Ann|1/2/2012|{ANN}", f"Hall|Ann|31/2/2012|{ANN}"])
def test_a_row_that_is_left_out_is_told_and_not_taken(desk: Desk, row: str) -> None:
    proposal = answer(propose(desk, "pupils", table(f"surname|forename|dob|upn\n{row}\nIvy|Ben|1/2/2012|{BEN}")), 2, LEFT_OUT_ROW)
    outcome = keep(desk, proposal)
    assert counts(outcome) == (2, 1, 0, 1, 0)
    assert told(outcome) == set()
    assert {value.value.reason for value in outcome.not_taken} == {"You left this row out."}
    assert only(desk).upn == BEN


def test_once_the_first_of_two_is_left_out_the_other_goes_in(desk: Desk) -> None:
    proposal = propose(desk, "pupils", table(f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{ANN}\nHall|Nan|1/2/2012|{ANN}"))
    assert [row.fate for row in proposal.rows] == [Fate.ADDED, Fate.REFUSED]
    keep(desk, answer(proposal, 2, LEFT_OUT_ROW))
    assert only(desk).forename == "Nan"


def test_each_row_has_its_place_in_the_counts_and_the_contract_holds(desk: Desk) -> None:
    bring(desk, f"surname|forename|dob|upn\nHall|Ann|1/2/2012|{ANN}")
    proposal = propose(
        desk, "pupils", table(TWIN.replace("|phone", "").replace("|01632 960999", "") + "\nIvy|Ben|1/2/2012\nIvy|Cat|1/2/2012")
    )
    told_as = keep(desk, answer(proposal, 3, LEFT_OUT_ROW)).as_json()
    assert (told_as["not_decided"], told_as["rows_left_out"], told_as["added"]) == ([2], [3], 1)
    assert told_as["read"] == sum(told_as[name] for name in ("added", "changed", "unchanged", "refused")) == 3


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((5,), "row 5"), ((5, 7), "rows 5 and 7"), ((2, 3, 4, 60), "rows 2 to 4 and 60"), (range(2, 1100), "rows 2 to 1,099")],
)
def test_rows_are_named_by_their_numbers(numbers: tuple[int, ...], words: str) -> None:
    assert rows_words(numbers) == words
