"""Addresses in rows of pupils: one decision each, whole or not at all, and what is held of one is emptied by nothing that the file leaves out."""

import pytest

from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.proposal import pick
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.store.tables import pupils
from tests.services.imports.made import ANN, counts, table, told


def bring(desk: Desk, text: str, **how: object) -> Outcome:
    return run_import(desk, "pupils", table(text), **how)  # type: ignore[arg-type]


def only(desk: Desk) -> Pupil:
    (pupil,) = pupils.all_pupils(desk.vault)
    return pupil


_AT_HOME = f"surname|forename|dob|upn|address_1|town|postcode\nHall|Ann|1/2/2012|{ANN}|9 Mill Lane|Larkfield|AL28 3QN"


def test_another_address_is_one_decision_with_all_of_its_lines(desk: Desk) -> None:
    """The town of before may not be that of the new street."""
    bring(desk, _AT_HOME)
    moved = f"surname|forename|dob|upn|address_1|postcode|email\nHall|Ann|1/2/2012|{ANN}|4 Larch Way|AL30 1AA|ann@example.org"
    (row,) = propose(desk, "pupils", table(moved)).rows
    assert [(d.column, d.item.label, d.old_text, d.new_text, d.accept) for d in row.plan.differences] == [
        ("email", "E-mail", "", "ann@example.org", "theirs"),
        ("address_1", "Address", "9 Mill Lane, Larkfield, AL28 3QN", "4 Larch Way, AL30 1AA", "theirs"),
    ]
    assert row.plan.differences[1].lost == ("Town",)
    bring(desk, moved, accept="mine")
    assert only(desk).address_lines == ("9 Mill Lane", "Larkfield", "AL28 3QN")
    assert told(bring(desk, moved)) == set()
    assert only(desk).address_lines == ("4 Larch Way", "AL30 1AA")


@pytest.mark.parametrize("line", ["9 MILL LANE", "9, Mill Lane."])
def test_a_first_line_spelt_otherwise_is_no_other_address_and_empties_no_line_that_the_file_leaves_out(desk: Desk, line: str) -> None:
    bring(desk, _AT_HOME)
    spelt = f"surname|forename|dob|upn|address_1|postcode\nHall|Ann|1/2/2012|{ANN}|{line}|al283qn"
    (row,) = propose(desk, "pupils", table(spelt)).rows
    assert [(d.column, d.item.label, d.new_text) for d in row.plan.differences] == [("address_1", "Address line 1", line)]
    assert told(bring(desk, spelt)) == set()
    assert only(desk).address_lines == (line, "Larkfield", "AL28 3QN")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("9 Mill Lane|AL30 1AA", "another postcode, with the first line held here"),
        ("9 Mill Ln|AL28 3QN", "another first line, or this one spelt otherwise, with the postcode held here"),
        ("9 Mill Lane, Flat 2|AL28 3QN", "another first line, or this one spelt otherwise, with the postcode held here"),
    ],
)
def test_one_line_of_two_that_is_another_empties_no_line_that_the_file_leaves_out_unless_a_person_says_so(
    desk: Desk, lines: str, why: str
) -> None:
    """It may be this address spelt otherwise, or corrected."""
    bring(desk, _AT_HOME)
    other = table(f"surname|forename|dob|upn|address_1|postcode\nHall|Ann|1/2/2012|{ANN}|{lines}")
    (row,) = propose(desk, "pupils", other).rows
    assert [(d.accept, d.by_hand, d.lost) for d in row.plan.differences] == [("mine", True, ("Town",))]
    words = f"The file has {why}: "
    stays = "The address held here stays unless you take the file’s in its place. Then this is empty: Town."
    assert [problem.message for problem in row.problems] == [f"{words}{lines.replace('|', ', ')}. {stays}"]
    keep(desk, pick(propose(desk, "pupils", other), 2, "address_1", "theirs"))
    assert only(desk).address_lines == tuple(lines.split("|"))


def test_a_line_that_only_lost_a_letter_stays_as_it_is_held(desk: Desk) -> None:
    bring(desk, _AT_HOME.replace("Larkfield", "Criběr"))
    moved = f"surname|forename|dob|upn|address_1|town|postcode\nHall|Ann|1/2/2012|{ANN}|4 Larch Way|Crib?r|AL30 1AA"
    bring(desk, moved)
    assert only(desk).address_lines == ("4 Larch Way", "Criběr", "AL30 1AA")


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        ("address_1", "4 Larch Way", "another first line, or this one spelt otherwise, and no postcode"),
        ("postcode", "AL30 1AA", "another postcode alone"),
    ],
)
def test_a_part_of_another_address_takes_the_place_of_the_one_held_only_where_a_person_says_so(
    desk: Desk, column: str, text: str, why: str
) -> None:
    bring(desk, _AT_HOME)
    moved = table(f"surname|forename|dob|upn|{column}\nHall|Ann|1/2/2012|{ANN}|{text}")
    outcome = run_import(desk, "pupils", moved)
    assert (counts(outcome), told(outcome)) == ((1, 0, 0, 1, 0), {(2, "address_1", "part_of_address", "warning")})
    assert outcome.problems[0].message.startswith(f"The file has {why}: {text}. The address held here stays unless you take")
    keep(desk, pick(propose(desk, "pupils", moved), 2, "address_1", "theirs"))
    assert only(desk).address_lines == (text,)


def test_a_line_of_the_address_held_is_corrected_by_itself(desk: Desk) -> None:
    bring(desk, _AT_HOME)
    bring(desk, f"surname|forename|dob|upn|address_1|town|county\nHall|Ann|1/2/2012|{ANN}|9 Mill Lane|Coldharbour|Herts")
    assert only(desk).address_lines == ("9 Mill Lane", "Coldharbour", "Herts", "AL28 3QN")
