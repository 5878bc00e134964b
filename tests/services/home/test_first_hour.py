"""The first hour in the training unit: nothing is ticked at first, and each step by its being done."""

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.requests.case import Capacity, CaseKind, RequestCase
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import changes, register
from pupil_desk.services.backup import backups
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.desk import Desk
from pupil_desk.services.home.first_hour import STEPS, first_hour
from pupil_desk.services.home.first_steps import first_steps
from pupil_desk.services.notes import notes
from pupil_desk.services.notices import notices
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import receiving
from pupil_desk.services.unit import units
from pupil_desk.store.tables import contacts
from pupil_desk.ui.pages import pages
from tests.services.consents.saying import record_said
from tests.services.exports.made import OFFICER, PASSWORD, Unit, new_unit


@pytest.fixture
def unit(tmp_path: Path) -> Unit:
    """A training unit with one pupil, in which somebody signs in after it was made."""
    made = new_unit(tmp_path / "training" / "unit.pupildesk", training=True)
    pupil = made.pupil("Penn", "Zoë", date(2012, 5, 1), address_1="1 Lane", postcode="SG4 7ZZ")
    made.contact(pupil, "Penn", forename="Ada", parental_responsibility=True, lives_with=True)
    made.said(pupil, "allow")
    units.sign_out(made.desk)
    return Unit(units.sign_in(made.file, name=OFFICER, password=PASSWORD, clock=made.desk.clock), made.file)


def done(desk: Desk) -> set[str]:
    return {step.name for step in first_hour(desk) if step.done}


def test_each_step_is_ticked_by_doing_it_and_by_nothing_before(unit: Unit, tmp_path: Path) -> None:
    desk = unit.desk
    assert done(desk) == set()
    (zoe,) = pupils.all_pupils(desk)
    (mother,) = contacts.of_pupil(desk.vault, zoe.id)
    yes = ConsentEntry(
        pupil_id=zoe.id, consent_type="photographs", step="given", giver=mother.id, day=desk.today, channel="form", uses=("display",)
    )
    asked = RequestCase(
        kind=CaseKind.COPY,
        pupil_id=zoe.id,
        contact_id=mother.id,
        received=desk.today,
        channel="email",
        requester="Ada Penn",
        capacity=Capacity.PARENT,
    )

    def correct(pupil: Pupil) -> None:
        pupils.save_pupil(desk, dataclasses.replace(pupil, town="Ware"))

    acts: dict[str, Callable[[], object]] = {
        "Find": lambda: pupils.record(desk, zoe.id),
        "Note": lambda: notes.add(desk, Note(pupil_id=zoe.id, category="family", text="Her mother rang.", day=desk.today)),
        "Correct": lambda: correct(zoe),
        "Undo": lambda: changes.undo(desk, changes.recent(desk, limit=1)[0].key),
        "Register": lambda: register.mark(desk, [Mark(pupil_id=zoe.id, day=date(2026, 11, 23), session=Session.AM, code="L")]),
        "Wish": lambda: unit.said(zoe, "restrict", on=date(2026, 10, 1)),
        "Notice": lambda: notices.issue(desk, notices.notices_due(desk).letters, "post"),
        "Backup": lambda: backups.make(desk, tmp_path),
        "Consent": lambda: record_said(desk, [yes]),
        "Request": lambda: receiving.receive(desk, asked),
    }
    assert acts.keys() == {step.name for step in STEPS}
    so_far = set[str]()
    for name, act in acts.items():
        act()
        assert done(desk) - so_far == {name}
        so_far.add(name)


def test_a_role_is_led_through_what_it_may_do(unit: Unit) -> None:
    assert len(STEPS) == 10
    assert first_steps(unit.desk) == first_hour(unit.desk)
    assert [step.name for step in first_hour(unit.as_role(Role.OFFICE))] == [step.name for step in STEPS]
    assert {step.page for step in STEPS} <= {page.name for page in pages()}
