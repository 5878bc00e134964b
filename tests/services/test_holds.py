"""While a hold stands nothing is deleted: not by a service, and not by the file itself."""

from datetime import date, timedelta

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import holds, sheet
from pupil_desk.services.attachments import attachments
from pupil_desk.services.duplicates import merging
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.rows import erasing
from tests.made_papers import a_pdf
from tests.services import erased_at_once
from tests.services.exports.made import DAY, Unit

SOON = DAY + timedelta(days=90)


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Quill", "Bea", date(2012, 5, 6))


def hold(pupil: Pupil | None, **more: object) -> LegalHold:
    return LegalHold(pupil_id=pupil.id if pupil else None, **({"reason": "A claim was announced", "review_on": SOON} | more))  # type: ignore[arg-type]


def test_a_hold_stops_every_erasure_of_that_pupil_until_it_is_lifted(unit: Unit, pupil: Pupil) -> None:
    other = unit.pupil("Quill", "Max", date(2012, 5, 6))
    holds.set_hold(unit.desk, hold(pupil))
    for refused in (
        lambda: erased_at_once.erase_pupil(unit.desk, pupil.id, authority="A court"),
        lambda: erased_at_once.erase_sections(unit.desk, ["attendance"], authority="Old", pupil_id=pupil.id),
        lambda: erased_at_once.erase_sections(unit.desk, ["attendance"], authority="Old"),
    ):
        with pytest.raises(WrongUse, match="there is a hold, set on 24 November 2026"):
            refused()
    erased_at_once.erase_pupil(unit.desk, other.id, authority="A court")
    (row,) = holds.listing(unit.desk)
    assert (row.name, row.ref, row.due) == ("Quill, Bea", "P0001", False)
    holds.lift(unit.desk, row.id, "Settled")
    assert holds.listing(unit.desk) == []
    assert len(holds.listing(unit.desk, lifted=True)) == 1
    assert erased_at_once.erase_pupil(unit.desk, pupil.id, authority="A court").counts["legal_hold"] == 2


def test_a_hold_on_everybody_stops_all(unit: Unit, pupil: Pupil) -> None:
    with pytest.raises(Refused, match="Write our reference instead: P0001"):
        holds.set_hold(unit.desk, hold(None, reason="An inquiry about Bea Quill"))
    holds.set_hold(unit.desk, hold(None))
    with pytest.raises(WrongUse, match="hold"):
        erased_at_once.erase_pupil(unit.desk, pupil.id, authority="A court")
    assert holds.listing(unit.desk)[0].name == ""


def test_the_file_itself_opens_no_order_over_a_hold(unit: Unit, pupil: Pupil) -> None:
    holds.set_hold(unit.desk, hold(pupil))
    for pupil_id, tables in ((pupil.id, ()), ("", ("mark",))):
        with pytest.raises(StoreFault, match="held: erasure_order"), unit.desk.vault.transaction():
            erasing.open_order(unit.desk.vault, order_id="o", pupil_id=pupil_id, tables=tables, authority="x", moment="now", actor="me")


def test_a_hold_on_one_record_of_a_person_holds_them_whole(unit: Unit, pupil: Pupil) -> None:
    other = unit.pupil("Quill", "Beatrix", date(2012, 5, 6))
    holds.set_hold(unit.desk, hold(other))
    merging.merge(unit.desk, pupil.id, other.id, reason="One girl")
    with pytest.raises(WrongUse, match="hold"):
        erased_at_once.erase_pupil(unit.desk, pupil.id, authority="A court")


def test_a_paper_is_not_removed_for_good_either(unit: Unit, pupil: Pupil) -> None:
    attachments.add(unit.desk, Attachment(pupil_id=pupil.id, title="Plan", kind="other"), attachments.look_into(a_pdf(), "plan.pdf"))
    (paper,) = attachments.of_pupil(unit.desk, pupil.id)
    attachments.set_aside(unit.desk, paper, "Twice")
    holds.set_hold(unit.desk, hold(pupil))
    (paper,) = attachments.of_pupil(unit.desk, pupil.id)
    with pytest.raises(WrongUse, match="hold"):
        attachments.remove(unit.desk, paper)
    holds.lift(unit.desk, holds.listing(unit.desk)[0].id, "Settled")
    attachments.remove(unit.desk, paper)


def test_it_is_looked_at_within_a_year_and_says_when_that_is_due(unit: Unit, pupil: Pupil) -> None:
    for wrong in ({"review_on": None}, {"review_on": DAY}, {"review_on": DAY + timedelta(days=366)}, {"reason": " "}):
        with pytest.raises(Refused):
            holds.set_hold(unit.desk, LegalHold(**({"pupil_id": pupil.id, "reason": "A claim", "review_on": SOON} | wrong)))  # type: ignore[arg-type]
    holds.set_hold(unit.desk, hold(pupil))
    unit.desk.clock.moment += timedelta(days=90)  # type: ignore[attr-defined]
    (row,) = holds.listing(unit.desk)
    assert row.due
    holds.review(unit.desk, row.id, "The claim goes on", SOON + timedelta(days=90))
    (row,) = holds.listing(unit.desk)
    assert not row.due
    assert row.hold.reason == "A claim was announced"
    assert [event.step for event in row.hold.events] == ["set", "reviewed"]


def test_who_may(unit: Unit, pupil: Pupil) -> None:
    with pytest.raises(NotAllowed):
        holds.set_hold(unit.as_role(Role.OFFICE), hold(pupil))
    holds.set_hold(unit.as_role(Role.ASSISTANT_HEAD), hold(pupil))
    (row,) = holds.listing(unit.desk)
    with pytest.raises(NotAllowed):
        holds.lift(unit.as_role(Role.ASSISTANT_HEAD), row.id, "Settled")
    with pytest.raises(NotAllowed):
        holds.review(unit.as_role(Role.OFFICE), row.id, "Still", SOON)


def test_the_family_sees_it_and_the_log_does_not_tell_why(unit: Unit, pupil: Pupil) -> None:
    holds.set_hold(unit.desk, hold(pupil))
    section = next(one for one in sheet.everything(unit.desk, pupil.id) if one.name == "holds")
    words = [said for entry in section.entries for _name, _label, _value, said in entry.facts]
    assert "A claim was announced" in words
    assert "Set" in words
    assert not [row for row in unit.log() if "claim" in row[2]]
