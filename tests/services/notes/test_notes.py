"""Notes: kept with their author, corrected by a further wording, struck out, followed up, and told to the family."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.home import home
from pupil_desk.services.notes import notes
from pupil_desk.services.notes.notes import NoteHistory
from pupil_desk.services.pupils import explaining
from tests.services import erased_at_once
from tests.services.exports.made import DAY, Unit


@pytest.fixture
def pupil(unit: Unit) -> Pupil:
    return unit.pupil("Quill", "Bea", date(2012, 5, 6))


def written(unit: Unit, pupil: Pupil, **more: object) -> NoteHistory:
    made = {"category": "family", "text": "Rang Mrs Quill.\nShe will come on Friday.", "day": DAY} | more
    notes.add(unit.desk, Note(pupil_id=pupil.id, **made))  # type: ignore[arg-type]
    return notes.of_pupil(unit.desk, pupil.id)[0]


def test_a_note_has_its_author_from_the_program(unit: Unit, pupil: Pupil) -> None:
    held = written(unit, pupil)
    assert (held.author, held.now.category, held.now.text) == ("Ann Officer", "family", "Rang Mrs Quill.\nShe will come on Friday.")
    assert ("edit-record", pupil.id, "note added") in unit.log()


def test_the_newest_day_comes_first(unit: Unit, pupil: Pupil) -> None:
    for day in (date(2026, 11, 3), DAY, date(2026, 10, 5)):
        written(unit, pupil, day=day)
    assert [held.now.day for held in notes.of_pupil(unit.desk, pupil.id)] == [DAY, date(2026, 11, 3), date(2026, 10, 5)]


def test_a_correction_keeps_what_was_said_and_who_said_it(unit: Unit, pupil: Pupil) -> None:
    held = written(unit, pupil)
    colleague = unit.as_role(Role.OFFICE)
    notes.correct(colleague, dataclasses.replace(held.now, text="Rang Mr Quill.", category="attendance"))
    (now,) = notes.of_pupil(unit.desk, pupil.id)
    assert [(one.note.text, one.by) for one in now.wordings] == [
        ("Rang Mrs Quill.\nShe will come on Friday.", "Ann Officer"),
        ("Rang Mr Quill.", "Colleague office"),
    ]
    assert now.author == "Ann Officer"
    assert explaining.explain(unit.desk, now.now, "text") == [
        "Colleague office changed it on 24 November 2026, 10:05. Before: Rang Mrs Quill.\nShe will come on Friday.",
        "Ann Officer wrote the note on 24 November 2026, 10:05.",
    ]


def test_what_is_not_changed_makes_no_further_wording(unit: Unit, pupil: Pupil) -> None:
    held = written(unit, pupil)
    assert not notes.correct(unit.desk, held.now).kinds
    assert len(notes.of_pupil(unit.desk, pupil.id)[0].wordings) == 1


def test_a_note_struck_out_stays_with_the_reason_and_changes_no_more(unit: Unit, pupil: Pupil) -> None:
    held = written(unit, pupil)
    with pytest.raises(Refused):
        notes.strike(unit.desk, held.now, "  ")
    notes.strike(unit.desk, held.now, "Meant for another pupil")
    (now,) = notes.of_pupil(unit.desk, pupil.id)
    assert (now.now.struck, now.now.text) == ("Meant for another pupil", held.now.text)
    with pytest.raises(WrongUse, match="struck out"):
        notes.correct(unit.desk, dataclasses.replace(now.now, text="Other"))


def test_what_is_wrong_is_refused(unit: Unit, pupil: Pupil) -> None:
    for more in ({"text": " "}, {"category": "XX"}, {"day": date(2026, 11, 25)}, {"follow_up": date(2026, 11, 1)}):
        with pytest.raises(Refused):
            written(unit, pupil, **more)
    with pytest.raises(WrongUse):
        notes.correct(unit.desk, Note(pupil_id=pupil.id, note_id="none", category="family", text="x", day=DAY))
    assert notes.of_pupil(unit.desk, pupil.id) == []


def test_a_follow_up_stands_on_home_until_it_is_done(unit: Unit, pupil: Pupil) -> None:
    held = written(unit, pupil, follow_up=DAY)
    written(unit, pupil, follow_up=date(2026, 11, 25))
    assert [(due.name, due.category, due.since) for due in home.tasks(unit.as_role(Role.OFFICE)).follow_ups] == [
        ("Bea Quill", "family", DAY)
    ]
    notes.followed_up(unit.desk, held.now)
    assert not home.tasks(unit.desk).follow_ups
    done = next(one for one in notes.of_pupil(unit.desk, pupil.id) if one.now.note_id == held.now.note_id)
    assert done.now.done_on == DAY
    with pytest.raises(WrongUse):
        notes.followed_up(unit.desk, done.now)
    notes.correct(unit.desk, dataclasses.replace(done.now, day=date(2026, 11, 20), follow_up=date(2026, 11, 23)))
    assert [due.since for due in notes.notes_due(unit.desk)] == [date(2026, 11, 23)]


def test_the_sheet_tells_every_wording(unit: Unit, pupil: Pupil) -> None:
    held = written(unit, pupil)
    notes.correct(unit.desk, dataclasses.replace(held.now, text="Rang Mr Quill."))
    section = next(section for section in sheet.everything(unit.desk, pupil.id) if section.name == "notes")
    told = [[words for _n, _l, _v, words in entry.facts if words] for entry in section.entries]
    assert [entry[:2] for entry in told] == [["Contact with the family", held.now.text], ["Contact with the family", "Rang Mr Quill."]]
    assert told[0][-1] == "Ann Officer"


def test_notes_go_with_an_order_of_their_class(unit: Unit, pupil: Pupil) -> None:
    written(unit, pupil)
    notes.add(unit.desk, Note(pupil_id=pupil.id, category="safeguarding", text="Told to me", day=DAY))
    assert erased_at_once.erase_sections(unit.desk, ["notes"], authority="A court", pupil_id=pupil.id).counts == {"note": 1}
    assert notes.count_restricted(unit.desk, pupil.id) == 1
    assert erased_at_once.erase_pupil(unit.desk, pupil.id, authority="A court").counts["restricted_note"] == 1


def test_notes_of_a_record_that_stands_for_another_are_read_and_go_on_with_it(unit: Unit, pupil: Pupil) -> None:
    twin = unit.pupil("Quill", "Beatrice", date(2012, 5, 6))
    held = written(unit, twin)
    vault = unit.desk.vault
    with vault.transaction():
        vault.execute("UPDATE pupil SET same_as = ? WHERE id = ?", (pupil.id, twin.id))
    (seen,) = notes.of_pupil(unit.desk, pupil.id)
    assert seen.now.pupil_id == pupil.id
    notes.correct(unit.desk, dataclasses.replace(seen.now, text="Rang Mr Quill."))
    assert [row["pupil_id"] for row in vault.rows("SELECT pupil_id FROM note")] == [twin.id, twin.id]
    notes.restrict(unit.desk, seen.now)
    assert [one.note.text for one in notes.restricted(unit.desk, pupil.id).histories[0].wordings] == [held.now.text, "Rang Mr Quill."]
    assert [row["pupil_id"] for row in vault.rows("SELECT pupil_id FROM restricted_note")] == [twin.id, twin.id]
