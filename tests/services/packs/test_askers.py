"""Who asks is taken from the request as it stands: what is a person's own is hidden from nobody who asks, and freed for nobody else."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.incidents.incident import IncidentEvent, IncidentEventKind
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.requests.case import RequestCase
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents import recording
from pupil_desk.services.notes import notes
from pupil_desk.services.packs import compiling, deciding, writing
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import receiving
from tests.services.exports.made import DAY, MOMENT
from tests.services.incidents.test_report_names import entered
from tests.services.packs.made import Scene, of_text


def asks(scene: Scene, requester: str, contact: Contact | None = None, **items: str) -> RequestCase:
    said = {"kind": "copy", "channel": "letter", "capacity": "parent", **items}
    case, _changed = receiving.receive(
        scene.officer,
        RequestCase(
            pupil_id=scene.bea.id, contact_id=contact.id if contact else None, received=date(2026, 11, 20), requester=requester, **said
        ),
    )
    return case


def copy_for(scene: Scene, case: RequestCase) -> Compiled:
    return scene.compiled(deciding.begin(scene.officer, scene.bea.id, case.requester, case_id=case.id))


def test_a_copy_begun_for_one_is_not_written_once_the_request_says_that_another_asks(scene: Scene, stick: Path) -> None:
    nora = next(contact for contact in pupils.record(scene.officer, scene.bea.id).contacts if contact.forename == "Nora")
    case = asks(scene, "Nora Ash", nora)
    begun = copy_for(scene, case)
    later = Desk(scene.officer.vault, scene.officer.user, FixedClock(MOMENT + timedelta(hours=1)))
    receiving.correct(later, dataclasses.replace(case, requester="Ann Quill", contact_id=scene.mother.id))
    copy = deciding.accept(later, compiling.compiled(later, begun.pack.id))
    with pytest.raises(WrongUse, match="one to be begun for Ann Quill, who asks by the request as it was put right"):
        writing.write(later, copy, stick)
    anew = deciding.begin(later, scene.bea.id, "Ann Quill", case_id=case.id)
    assert not writing.undecided_words(deciding.accept(later, compiling.compiled(later, anew.id)), alone=True)


def test_a_pupil_who_is_called_as_a_parent_asks_as_the_request_says(scene: Scene) -> None:
    father = scene.unit.contact(scene.bea, "Quill", forename="Bea", parental_responsibility=True, address_1="1 Hill", town="Vale")
    scene.unit.protect(scene.bea, "order", father)
    tyrone = next(pupil for pupil in pupils.all_pupils(scene.officer) if pupil.forename == "Tyrone")
    entry_id = entered(scene.unit, scene.bea, [tyrone], account="Tyrone pushed her.")
    step = IncidentEvent(entry_id=entry_id, kind=IncidentEventKind.WITHHELD, on=DAY, contact_id=father.id, who="Jo", note="Not safe")
    recording.record(scene.officer, [step])

    def told(case: RequestCase) -> tuple[bool, bool]:
        copy = copy_for(scene, case)
        return not any(mark.words == "1 Hill" for mark in copy.marks), copy.counts["incidents"] == 1

    assert told(asks(scene, "Bea Quill", capacity="pupil")) == (False, True)
    assert told(asks(scene, "Bea Quill", father)) == (True, False)
    by_name = scene.compiled(scene.begin("Bea Quill")).marks
    assert {"1 Hill", "Vale"} <= {mark.words for mark in by_name}, "whose request it is cannot be told by the name"


def test_who_asks_is_not_another_family_where_a_sibling_has_them_too(scene: Scene) -> None:
    adam = next(pupil for pupil in pupils.all_pupils(scene.officer) if pupil.forename == "Adam")
    scene.unit.contact(adam, "Ash", forename="Nora", title="Mrs", parental_responsibility=True)
    notes.add(scene.officer, Note(pupil_id=scene.bea.id, category="other", text="Mrs Ash rang. Nora was calm.", day=DAY))
    assert not {mark.words for mark in of_text(scene.compiled(scene.begin("Nora Ash")))} & {"Mrs Ash", "Nora"}
    assert {mark.words for mark in of_text(scene.compiled(scene.begin("Ann Quill")))} >= {"Mrs Ash", "Nora"}
