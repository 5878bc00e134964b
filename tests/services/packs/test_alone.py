"""A copy without a person to decide: everything that names somebody else is withheld by rule, and a paper nobody looked at stays out."""

import dataclasses
from pathlib import Path

import pytest

from pupil_desk.basics.errors import CannotWrite, NotAllowed, WrongUse
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.domain.requests.case import RequestEventKind
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.notes import readers
from pupil_desk.services.packs import deciding
from pupil_desk.services.packs.alone import write_alone
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import looking
from tests.services.incidents.test_report_names import entered
from tests.services.packs.made import Scene, read_back
from tests.services.packs.test_askers import asks
from tests.services.packs.test_writing import WITHHELD, text_of


def test_it_withholds_by_rule_and_leaves_out_what_nobody_looked_at(scene: Scene, stick: Path) -> None:
    scene.add_paper("Plain", "A plan for Bea: more reading, and a desk by the window.")
    scene.add_paper("Of two", "Bea and Tyrone Penn are to sit apart from now on, by the plan.")
    (tyrone,) = (pupil for pupil in pupils.all_pupils(scene.officer) if pupil.forename == "Tyrone")
    for others, held in ([tyrone], "he wet himself"), ([], "Bea wept"):
        entered(scene.unit, scene.bea, others, account=f"Bea was hit. Staff held one; {held}.", led_to_it="He took it.", tried="Words.")
    made = write_alone(scene.officer, scene.bea.id, stick)
    assert (made.restricted_password, made.papers_out) == ("", ("Of two",))
    assert [words.partition(" withheld")[0] for words in made.secret] == ["What an incident tells, where other pupils are in it: 4 places"]
    assert made.written.sections["attachments"] == 2
    text = " ".join(text_of(unlocked_pdf((stick / made.written.files[0].name).read_bytes(), made.written.password)).split())
    assert not [name for name in WITHHELD if name in text]
    assert ("Staff held one; Bea wept" in text, "he wet himself" in text) == (True, False)
    assert "9 Far Row" not in text
    assert "told Ann Officer" in text
    assert "To Bea Quill" in text
    assert scene.unit.count("disclosure") == 1


def test_it_is_for_the_parent_who_asks_by_the_open_request_and_answers_it(scene: Scene, stick: Path) -> None:
    asks(scene, "Una Elm", capacity="agent", kind="rectification")
    case = asks(scene, "Ann Quill", scene.mother)
    scene.add_paper("Blank", "- -")
    pupils.save_pupil(scene.officer, dataclasses.replace(scene.bea, looked_after=True))
    with pytest.raises(CannotWrite):
        write_alone(scene.officer, scene.bea.id, stick / "gone")
    assert deciding.under_way(scene.officer, scene.bea.id, case.id) is None, "a command that failed leaves no copy under way"
    made = write_alone(scene.officer, scene.bea.id, stick)
    text = " ".join(text_of(unlocked_pdf((stick / made.written.files[0].name).read_bytes(), made.written.password)).split())
    assert ("To Ann Quill" in text, "9 Far Row" in text, "4 Mill Lane" in text) == (True, True, False)
    [in_care] = made.secret
    assert in_care.startswith("Where a pupil in care lives, and with whom: 4 places withheld. It is for the authority to say")
    state = looking.case(scene.officer, case.id)
    assert RequestEventKind.PACK in {event.kind for event in state.events}
    assert (made.asker, made.papers_out) == ("Ann Quill", ("Blank",))
    assert state.exemptions == (("", ""),), "nobody knows that it is about another person"
    begun = deciding.under_way(scene.officer, scene.bea.id, case.id)
    again = write_alone(scene.officer, scene.bea.id, stick)
    assert "To Ann Quill" in text_of(unlocked_pdf((stick / again.written.files[0].name).read_bytes(), again.written.password))
    assert deciding.under_way(scene.officer, scene.bea.id, case.id) == begun, "the copy of the window stays as it is decided there"
    asks(scene, "Nora Ash", next(contact for contact in pupils.record(scene.officer, scene.bea.id).contacts if contact.forename == "Nora"))
    with pytest.raises(WrongUse, match=r"asks for a copy: \S+ \(Ann Quill\) and \S+ \(Nora Ash\)\. Make each copy in the window"):
        write_alone(scene.officer, scene.bea.id, stick)


def test_with_restricted_notes_it_is_for_one_who_is_named_or_not_at_all(scene: Scene, stick: Path) -> None:
    scene.add_secret()
    with pytest.raises(NotAllowed, match="1 restricted note must be added by someone named to read them: Colleague assistant-head"):
        write_alone(scene.officer, scene.bea.id, stick)
    assert read_back(stick) == []
    assert scene.unit.count("pack") == 0
    readers.set_reader(scene.officer, scene.officer.user, may=True, reason="The only one in the office")
    made = write_alone(scene.officer, scene.bea.id, stick)
    text = text_of(unlocked_pdf((stick / "P0001-copy-2026-11-24-restricted.pdf").read_bytes(), made.restricted_password))
    assert "frightens her" in text
    assert "Tyrone" not in text


def test_it_is_a_data_officers(scene: Scene, stick: Path) -> None:
    with pytest.raises(NotAllowed, match="data officer"):
        write_alone(scene.unit.as_role(Role.ASSISTANT_HEAD), scene.bea.id, stick)
    assert read_back(stick) == []
