"""Safeguarding concerns of the restricted notes are moved into the file, whole; a new one is written as a concern alone."""

import dataclasses

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.duplicates import merging
from pupil_desk.services.notes import notes
from pupil_desk.services.safeguarding import files, taking_in
from pupil_desk.services.safeguarding.due import safeguarding_due
from pupil_desk.services.unit import settings
from pupil_desk.store.file.errors import StoreFault
from tests.services.exports.made import DAY, OFFICER, PASSWORD, Unit
from tests.services.notes.scene import LEAD, LEADS, at, name_reader, texts, write


def test_each_wording_is_moved_as_it_was_by_who_holds_both_keys(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_safeguarding=False))
    name_reader(unit, lead)
    write(unit.desk, pupil, "First")
    note = notes.restricted(unit.desk, pupil.id).histories[0].now
    notes.correct(unit.desk, dataclasses.replace(note, text="Second", follow_up=DAY))
    notes.add(unit.desk, Note(pupil_id=pupil.id, category="family", text="Of the family", day=DAY), restrict=True)
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_safeguarding=True))
    assert taking_in.to_take_in(unit.desk) == ()
    desk = at(unit, LEAD, LEADS)
    with pytest.raises(StoreFault, match="append-only: restricted_note"), desk.vault.transaction():
        desk.vault.execute("DELETE FROM restricted_note")
    assert taking_in.to_take_in(desk) == (pupil.id,)
    taking_in.take_in(desk)
    reminder, history = sorted(files.of_pupil(desk, pupil.id).histories, key=lambda entry: entry.now.kind)
    assert (reminder.now.kind, reminder.now.due, reminder.now.is_open) == ("action", DAY, True), "it is still to be looked at again"
    assert safeguarding_due(desk).actions == 1
    assert {reason for action, _about, reason in unit.log() if action == "keep-safeguarding"} == {""}
    assert [(wording.entry.text, wording.author) for wording in history.wordings] == [
        ("First", OFFICER),
        ("Second\nTo be looked at again on 24 November 2026.", OFFICER),
    ]
    assert texts(desk, pupil) == ["Of the family"]
    with pytest.raises(WrongUse, match="No restricted note is a safeguarding concern"):
        taking_in.take_in(desk)
    assert texts(at(unit, OFFICER, PASSWORD), pupil) == ["Of the family"], "what they wrote themselves is the lead’s alone now"


def test_a_note_of_a_merged_record_is_moved_too_and_goes_back_with_it(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_safeguarding=False))
    name_reader(unit, lead)
    other = unit.pupil("Quil", "Bea", pupil.dob)
    write(unit.desk, other, "Of the other record")
    merging.merge(unit.desk, pupil.id, other.id, reason="One girl")
    settings.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, keeps_safeguarding=True))
    desk = at(unit, LEAD, LEADS)
    taking_in.take_in(desk)
    assert [history.now.text for history in files.of_pupil(desk, pupil.id).histories] == ["Of the other record"]
    (row,) = desk.vault.rows("SELECT pupil_id FROM safeguarding_entry")
    assert row["pupil_id"] == other.id, "it stays with the record that it was written in"


def test_a_new_one_is_no_note_where_the_files_are_kept_here(unit: Unit, pupil: Pupil, lead: StaffMember) -> None:
    with pytest.raises(Refused, match="Press “Write a concern”"):
        write(unit.desk, pupil, "He said")
