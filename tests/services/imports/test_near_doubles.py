"""A row about somebody born on one day with a pupil here, with nearly the same name, is asked about and never silently added."""

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.kinds import Fate
from pupil_desk.services.imports.proposal import Proposal, answer
from pupil_desk.services.imports.run import keep, propose
from pupil_desk.store.tables import pupils
from tests.services.imports.ctf_made import NAME, ctf_of, pupil_of
from tests.services.imports.made import ANN, BEN
from tests.services.imports.test_pupils import only


def here(desk: Desk, row: str = "Birtwistle,Ruby-Mae,1/2/2012,Anne,Effie", upn: str = ANN) -> None:
    keep(desk, propose(desk, "pupils", f"upn,surname,forename,dob,middle_names,preferred_forename\n{upn},{row}\n".encode()))


def proposed(desk: Desk, row: str, head: str = "surname,forename,dob", same_name: str = "") -> Proposal:
    return propose(desk, "pupils", f"{head}\n{row}\n".encode(), same_name=same_name)


@pytest.mark.parametrize(
    "name",
    ["Birtwhistle,Ruby Mae", "Birtwistle,Effie", "Birtwistle,Anne", "Ruby-Mae,Birtwistle", "Birtwistle,Ruby", "Birtwistle,Rubie-Mae"],
    ids=["two words", "preferred", "middle", "swapped", "short", "spelt otherwise"],
)
def test_nearly_the_same_name_and_the_same_day_is_asked_about(desk: Desk, name: str) -> None:
    here(desk)
    proposal = proposed(desk, f"{name},1/2/2012")
    (row,) = proposal.rows
    assert (row.waits, [pupil.ref for pupil in row.plan.alike]) == (True, [only(desk).ref])
    assert row.problems[0].message.startswith("A pupil born on this day with nearly this name is here already: ")
    assert [row.fate for row in proposed(desk, f"{name},2/2/2012").rows] == [Fate.ADDED]
    outcome = keep(desk, proposal)
    assert (outcome.added, outcome.not_decided) == (0, (2,))


def test_the_name_here_stays_when_it_is_the_same_pupil_and_a_twin_is_added_when_a_person_says_so(desk: Desk) -> None:
    here(desk)
    proposal = proposed(desk, "Birtwhistle,Ruby Mae,1/2/2012,Wexbridge", "surname,forename,dob,town")
    keep(desk, answer(proposal, 2, only(desk).id))
    assert (only(desk).surname, only(desk).forename, only(desk).town) == ("Birtwistle", "Ruby-Mae", "Wexbridge")
    keep(desk, proposed(desk, "Birtwistle,Effie,1/2/2012", same_name="new"))
    assert len(pupils.all_pupils(desk.vault)) == 2


def test_two_lasting_numbers_are_two_pupils_and_so_are_twins_with_names_of_their_own(desk: Desk) -> None:
    here(desk)
    assert [row.fate for row in proposed(desk, f"{BEN},Birtwhistle,Ruby Mae,1/2/2012", "upn,surname,forename,dob").rows] == [Fate.ADDED]
    assert [row.fate for row in proposed(desk, "Birtwistle,Oliver,1/2/2012").rows] == [Fate.ADDED]
    rows = propose(desk, "pupils", b"surname,forename,dob\nLarch,Ella,1/3/2012\nLarch,Ellie,1/3/2012\n").rows
    assert [row.fate for row in rows] == [Fate.ADDED] * 2


def test_a_pupil_of_a_transfer_file_is_asked_about_too(desk: Desk) -> None:
    here(desk, upn="")
    (row,) = propose(desk, "ctf", ctf_of(pupil_of(BEN, "Birtwhistle", "Ruby Mae")), NAME).rows
    assert row.waits
