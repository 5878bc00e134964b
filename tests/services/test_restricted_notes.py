"""Restricted notes: read by those named for it and, as far as they wrote it, by their author; by nobody else, by no way round."""

import dataclasses
from dataclasses import dataclass
from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.papers.note import Note
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import sheet
from pupil_desk.services.desk import Desk
from pupil_desk.services.home import home
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.notes.notes import NoteHistory
from pupil_desk.services.pupils import explaining, pupils
from pupil_desk.services.unit import drafts, logbook
from pupil_desk.store.file.errors import StoreFault
from tests.services.exports.made import DAY, Unit

CANARY = "Zzyzxquillon"


@dataclass
class Scene:
    """A pupil with one restricted note, written by the office; the data officer is not named, the assistant head is."""

    unit: Unit
    pupil: Pupil
    author: Desk
    lead: Desk

    @property
    def officer(self) -> Desk:
        return self.unit.desk

    def held(self, desk: Desk) -> tuple[NoteHistory, ...]:
        return notes.restricted(desk, self.pupil.id).histories

    def note(self) -> Note:
        return self.held(self.author)[0].now


@pytest.fixture
def scene(unit: Unit) -> Scene:
    pupil = unit.pupil("Quill", "Bea", date(2012, 5, 6))
    author, lead = unit.as_role(Role.OFFICE), unit.as_role(Role.ASSISTANT_HEAD)
    readers.set_reader(unit.desk, lead.user, may=True, reason="Designated safeguarding lead")
    notes.add(author, Note(pupil_id=pupil.id, category="safeguarding", text=f"{CANARY} said it", day=DAY, follow_up=DAY))
    return Scene(unit, pupil, author, lead)


def test_who_reads_it(scene: Scene) -> None:
    assert [held.now.text for held in scene.held(scene.author)] == [f"{CANARY} said it"]
    assert [held.now.text for held in scene.held(scene.lead)] == [f"{CANARY} said it"]
    seen = notes.restricted(scene.officer, scene.pupil.id)
    assert (seen.histories, seen.unseen, seen.who) == ((), 1, "Colleague assistant-head")
    assert notes.of_pupil(scene.lead, scene.pupil.id) == []


def test_each_reading_is_logged_and_looking_at_none_is_not(scene: Scene) -> None:
    def readings() -> list[tuple[str, str]]:
        rows = scene.officer.vault.rows(
            "SELECT user_id, object_id FROM log WHERE action = 'view' AND kind = 'restricted_note' ORDER BY seq"
        )
        return [tuple(row) for row in rows]

    scene.held(scene.lead)
    scene.held(scene.lead)
    scene.held(scene.officer)
    assert readings() == [(scene.lead.user.id, scene.pupil.id)] * 2
    sheet.everything(scene.lead, scene.pupil.id)
    assert len(readings()) == 3
    sheet.everything(scene.lead, scene.pupil.id, restricted=False)
    assert len(readings()) == 3
    explaining.explain(scene.lead, scene.note(), "text")
    assert len(readings()) == 5, "the author looked too"


def test_any_category_may_be_restricted_and_a_concern_always_is(scene: Scene) -> None:
    notes.add(scene.author, Note(pupil_id=scene.pupil.id, category="health", text="Told in confidence", day=DAY), restrict=True)
    assert notes.count_restricted(scene.officer, scene.pupil.id) == 2
    notes.add(scene.author, Note(pupil_id=scene.pupil.id, category="health", text="Hay fever", day=DAY))
    (open_,) = notes.of_pupil(scene.officer, scene.pupil.id)
    with pytest.raises(Refused, match="Restrict this note"):
        notes.correct(scene.officer, dataclasses.replace(open_.now, category="safeguarding"))


def test_naming_is_by_person_with_a_reason_and_can_be_withdrawn(scene: Scene) -> None:
    with pytest.raises(NotAllowed):
        readers.set_reader(scene.lead, scene.author.user, may=True, reason="I say so")
    with pytest.raises(Refused):
        readers.set_reader(scene.officer, scene.author.user, may=True, reason=" ")
    (named,) = readers.named_readers(scene.officer).values()
    assert (named.name, named.by, named.reason) == ("Colleague assistant-head", "Ann Officer", "Designated safeguarding lead")
    readers.set_reader(scene.officer, scene.lead.user, may=False, reason="Has another post")
    assert scene.held(scene.lead) == ()
    assert scene.unit.count("restricted_reader") == 2
    assert scene.unit.log()[-2] == ("manage-users", scene.lead.user.id, "no longer to read restricted notes: Has another post")


def test_the_author_sees_only_what_they_wrote(scene: Scene) -> None:
    notes.correct(scene.lead, dataclasses.replace(scene.note(), text="The authority was told"))
    (own,) = scene.held(scene.author)
    assert [one.note.text for one in own.wordings] == [f"{CANARY} said it"]
    assert not own.may_change
    with pytest.raises(WrongUse, match="added to this note"):
        notes.correct(scene.author, dataclasses.replace(own.now, text="Other"))
    assert [len(held.wordings) for held in scene.held(scene.lead)] == [2]
    assert home.tasks(scene.author).follow_ups == []


def test_an_ordinary_note_is_moved_whole_and_the_file_lets_no_other_row_go(scene: Scene) -> None:
    vault = scene.officer.vault
    notes.add(scene.officer, Note(pupil_id=scene.pupil.id, category="behaviour", text="First", day=DAY))
    (held,) = notes.of_pupil(scene.officer, scene.pupil.id)
    notes.correct(scene.author, dataclasses.replace(held.now, text="Second"))
    (held,) = notes.of_pupil(scene.officer, scene.pupil.id)
    first = held.wordings[0]

    def forge() -> None:
        vault.execute(
            "INSERT INTO restricted_note (id, pupil_id, note_id, body, at, recorded_by) VALUES (?, ?, ?, ?, ?, ?)",
            (
                first.note.id,
                scene.pupil.id,
                first.note.note_id,
                '{"category": "behaviour", "text": "Forged", "day": "2026-11-24"}',
                first.at,
                first.by_id,
            ),
        )
        vault.execute("DELETE FROM note WHERE id = ?", (first.note.id,))

    with pytest.raises(StoreFault, match="append-only: note"), vault.transaction():
        forge()
    notes.restrict(scene.author, held.now)
    assert scene.unit.count("note") == 0
    moved = next(held for held in scene.held(scene.lead) if held.now.category == "behaviour")
    assert [(one.note.text, one.by) for one in moved.wordings] == [("First", "Ann Officer"), ("Second", "Colleague office")]
    assert [one.note.text for held in scene.held(scene.officer) for one in held.wordings] == ["First"]


def test_the_copy_for_the_family_tells_others_the_number_and_the_named_all(scene: Scene) -> None:
    def told(desk: Desk) -> str:
        section = next(section for section in sheet.everything(desk, scene.pupil.id) if section.name == "restricted_notes")
        return " ".join(words for entry in section.entries for _n, _l, _v, words in entry.facts)

    assert told(scene.officer) == "1 restricted note, to be added by someone named to read them: Colleague assistant-head"
    assert told(scene.author) == told(scene.officer)
    assert CANARY in told(scene.lead)


# no way round: each by a word planted in the note

LEAKS = ("Safeguarding", CANARY)


def leaks(told: object) -> list[str]:
    return [word for word in LEAKS if word in repr(told)]


def test_nothing_that_a_colleague_can_ask_tells_of_it(scene: Scene) -> None:
    note = scene.note()
    scene.held(scene.lead)
    drafts.keep(scene.author, "pupils", "x", {"text": CANARY})
    readers.set_reader(scene.officer, scene.lead.user, may=False, reason="Has left")
    other = scene.officer
    for told in (
        sheet.everything(other, scene.pupil.id),
        sheet.paper(other, scene.pupil.id),
        notes.restricted(other, scene.pupil.id),
        notes.of_pupil(other, scene.pupil.id),
        notes.notes_due(other),
        home.tasks(other).follow_ups,
        drafts.own_drafts(other),
        logbook.rows(other),
        explaining.explain(other, note, "text"),
        explaining.explain(other, note, "category"),
        [pupil.ref for pupil in pupils.listing(other, find=CANARY)],
        pupils.record(other, scene.pupil.id),
    ):
        assert leaks(told) == []
    for act in (notes.followed_up, notes.correct, notes.restrict, lambda desk, n: notes.strike(desk, n, "Why")):
        with pytest.raises(WrongUse, match="no longer on file"):
            act(other, note)


def test_the_planted_word_stands_in_no_other_table(scene: Scene) -> None:
    note = scene.note()
    notes.correct(scene.author, dataclasses.replace(note, text=f"{CANARY} said it twice"))
    notes.strike(scene.author, note, f"{CANARY} is another")
    vault = scene.officer.vault
    tables = [row["name"] for row in vault.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        table for table in tables if any(CANARY.encode() in str(tuple(row)).encode() for row in vault.rows(f'SELECT * FROM "{table}"'))
    }
    assert found == {"restricted_note"}
