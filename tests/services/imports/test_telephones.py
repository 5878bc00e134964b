"""Two telephone numbers in one cell of a list go in apart, where the record has room, and it is said."""

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.proposal import mend
from pupil_desk.services.imports.run import keep, propose
from pupil_desk.store.tables import contacts, pupils
from tests.services.imports.made import ANN
from tests.services.imports.test_pupils import only

PUPIL = f"upn,surname,forename,dob\n{ANN},Hall,Ann,1/2/2012\n".encode()


@pytest.mark.parametrize("between", [" / ", "/", "; ", " or ", ", "])
def test_of_a_contact_the_mobile_and_the_telephone_go_in_apart(desk: Desk, between: str) -> None:
    keep(desk, propose(desk, "pupils", PUPIL))
    source = f'upn,surname,relationship,Telephone\n{ANN},Hall,Mother,"07700 900111{between}01632 960222"\n'.encode()
    outcome = keep(desk, propose(desk, "contacts", source))
    (contact,) = contacts.of_pupil(desk.vault, only(desk).id)
    assert (contact.phone, contact.mobile) == ("01632 960222", "07700 900111")
    assert [problem.message for problem in outcome.problems] == [
        "Telephone holds several numbers. Taken: Mobile 07700 900111 and Telephone 01632 960222."
    ]


def test_of_a_pupil_the_second_is_told_and_kept_from_the_file(desk: Desk) -> None:
    source = b"surname,forename,dob,phone\nHall,Ann,1/2/2012,01632 960222 / 07700 900111\n"
    outcome = keep(desk, propose(desk, "pupils", source))
    assert only(desk).phone == "01632 960222"
    assert [(told.value.path, told.value.value) for told in outcome.not_taken] == [("Telephone", "07700 900111")]
    assert "several_numbers" in {problem.code for problem in outcome.problems}


def test_what_is_one_number_or_no_number_stays_as_it_stands_and_a_mended_cell_is_parted_too(desk: Desk) -> None:
    source = b"surname,forename,dob,phone\nHall,Ann,1/2/2012,01632 960222 ext 3\nWest,Bo,31/2/2012,\n"
    proposal = propose(desk, "pupils", source)
    assert "several_numbers" not in {problem.code for problem in proposal.problems}
    mended = mend(proposal, 3, {"dob": "1/3/2012", "phone": "01632 960222/01632 960223"}).row(3)
    assert (mended.read.texts["phone"], [told.value for told in mended.read.not_taken]) == ("01632 960222", ["01632 960223"])
    assert not pupils.all_pupils(desk.vault)


def test_of_a_contacts_list_tel_1_and_tel_2_are_the_telephone_and_the_mobile(desk: Desk) -> None:
    keep(desk, propose(desk, "pupils", PUPIL))
    source = f"upn,surname,relationship,Tel 1,Tel 2\n{ANN},Hall,Mother,01632 960222,07700 900111\n".encode()
    outcome = keep(desk, propose(desk, "contacts", source))
    (contact,) = contacts.of_pupil(desk.vault, only(desk).id)
    assert (contact.phone, contact.mobile, outcome.problems, outcome.not_taken) == ("01632 960222", "07700 900111", (), ())


def test_a_number_with_letters_is_told_and_kept_as_it_is(desk: Desk) -> None:
    """Nothing of the list is lost: the number is in the record."""
    source = b"surname,forename,dob,phone\nHall,Ann,1/2/2012,0163x 960299\n"
    outcome = keep(desk, propose(desk, "pupils", source))
    assert only(desk).phone == "0163x 960299"
    assert [(problem.code, problem.stops) for problem in outcome.problems if problem.column == "phone"] == [("bad_phone", False)]
    assert "Telephone “0163x 960299” is not only a number. It is kept as it is: correct it in the record." in {
        problem.message for problem in outcome.problems
    }


def test_of_a_contact_of_a_pupils_list_too(desk: Desk) -> None:
    keep(desk, propose(desk, "pupils", PUPIL))
    source = f"upn,surname,relationship,phone\n{ANN},Hall,Mother,01632 960222 home\n".encode()
    outcome = keep(desk, propose(desk, "contacts", source))
    (contact,) = contacts.of_pupil(desk.vault, only(desk).id)
    assert (contact.phone, [problem.code for problem in outcome.problems]) == ("01632 960222 home", ["bad_phone"])
