"""An import is undone as far as nobody has built on it: what only grows has only grown, the rest is as before, and the file can be read again."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.services import bin as bins
from pupil_desk.services import changes, records, register, sheet
from pupil_desk.services.accidents import recording as accident_book
from pupil_desk.services.desk import Desk
from pupil_desk.services.duplicates import merging
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.past import past_imports
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.incidents import recording
from pupil_desk.services.learning import assessments
from pupil_desk.services.plans import recording as plans
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.register import register_paper
from pupil_desk.services.sharing import sharing
from pupil_desk.services.suspensions import decisions
from pupil_desk.store.rows import mistaken
from tests.services import erased_at_once
from tests.services.erasure.test_erasure import GROWS
from tests.services.imports.ctf_made import NAME
from tests.services.imports.files_to_undo import CTF, FILES
from tests.services.imports.made import ANN, BEN, as_office, counts, table
from tests.services.imports.test_real_input import DATA

DAY = date(2026, 11, 23)


@pytest.fixture
def ann(desk: Desk) -> Pupil:
    stay = Enrolment(status="C", start_date=date(2024, 9, 2))
    made = pupils.add_pupil(desk, Pupil(surname="Ash", forename="Ann", dob=date(2012, 1, 5), upn=ANN, town="Hertford"), stay)
    register.mark(desk, [Mark(pupil_id=made.id, day=date(2026, 11, 20), session=Session.AM, code="N")])
    return made


def read_in(desk: Desk, kind: str) -> Outcome:
    return run_import(desk, "auto", CTF, NAME) if kind == "ctf" else run_import(desk, kind, FILES[kind])


def last(desk: Desk) -> str:
    return past_imports(desk)[0].id


def stood(desk: Desk, pupil: Pupil) -> Any:
    """What a person sees of everybody: the list, totals, decisions, and one pupil's records."""
    vault = desk.vault
    day = desk.today
    rows = pupils.listing(desk)
    return (
        [tuple(row) for row in rows],
        [(row.pupil.id, row.decision) for row in sharing.preview(desk, "youth-support", day)],
        register.totals(desk, date(2026, 9, 1), day),
        register.watch(desk),
        [tuple(row) for row in vault.rows("SELECT pupil_id, day, session, code FROM register_mark ORDER BY 1, 2, 3")],
        assessments.current(desk, pupil.id),
        pupils.record(desk, pupil.id),
        decisions.overview(desk, pupil.id).days,
        [case.now.account for case in recording.of_pupil(desk, pupil.id) if not case.struck],
        accident_book.of_pupil(desk, pupil.id),
        [case.now.needs for case in plans.of_pupil(desk, pupil.id) if case.now.struck is None],
    )


def kept(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    return {name: [tuple(row) for row in desk.vault.rows(f'SELECT * FROM "{name}"')] for name in (*GROWS, "entering", "import_made", "log")}


@pytest.mark.parametrize("kind", [*FILES, "ctf"])
def test_after_an_undo_all_is_as_before_nothing_is_lost_and_the_file_counts_the_same_again(desk: Desk, ann: Pupil, kind: str) -> None:
    before = stood(desk, ann)
    first = read_in(desk, kind)
    assert first.added + first.changed
    assert stood(desk, ann) != before
    held = kept(desk)
    would = undoing.would_undo(desk, last(desk))
    assert kept(desk) == held, "a rehearsal keeps nothing"
    undone = undoing.undo(desk, last(desk))
    assert undone.left == ()
    assert [(line.record, line.label, line.after) for line in undone.lines] == [
        (line.record, line.label, line.after) for line in would.lines
    ]
    assert stood(desk, ann) == before
    now = kept(desk)
    assert all(now[name][: len(rows)] == rows or set(rows) <= set(now[name]) for name, rows in held.items())
    assert past_imports(desk)[0].undone_by == "Dee"
    assert counts(read_in(desk, kind)) == counts(first)
    assert stood(desk, ann) != before


@given(st.lists(st.sampled_from([*FILES, "ctf"]), min_size=1, max_size=5))
@settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_in_any_order_undone_the_last_first_leave_all_as_it_was(desk: Desk, ann: Pupil, kinds: list[str]) -> None:
    before, held = stood(desk, ann), kept(desk)
    for kind in kinds:
        read_in(desk, kind)
    made = [past.id for past in past_imports(desk)[: len(kinds)] if not past.why_not][::-1]
    for import_id in reversed(made):
        assert undoing.undo(desk, import_id).left == ()
    assert stood(desk, ann) == before
    now = kept(desk)
    assert all(set(rows) <= set(now[name]) for name, rows in held.items())


def test_a_mark_goes_back_to_what_it_said_and_can_be_entered_again(desk: Desk, ann: Pupil) -> None:
    read_in(desk, "attendance")
    undoing.undo(desk, last(desk))
    entries = register.entries(desk, ann.id, DAY, Session.AM)
    assert [(entry.code, entry.reason) for entry in entries] == [("/", ""), ("", "Import undone")]
    assert [entry.code for entry in register.entries(desk, ann.id, date(2026, 11, 20), Session.AM)] == ["N", "I", "N"]
    register.mark(desk, [Mark(pupil_id=ann.id, day=DAY, session=Session.AM, code="L", minutes_late=4)])
    assert register.entries(desk, ann.id, DAY, Session.AM)[-1].code == "L"
    (total,) = register.totals(desk, DAY, DAY)
    assert (total.possible, total.attended) == (1, 1)


def test_what_was_built_on_since_stays_and_is_told(desk: Desk, ann: Pupil) -> None:
    read_in(desk, "pupils")
    ben = next(pupil for pupil in pupils.all_pupils(desk) if pupil.upn == BEN)
    contacts.add_contact(desk, Contact(pupil_id=ben.id, surname="Beck", relationship="PAM"))
    undone = undoing.undo(desk, last(desk))
    assert [(left.pupil, left.reason) for left in undone.left] == [
        (
            "Beck, Ben",
            "There is more on file now: contact. The pupil stays, with all that came with the file. Take that away in the record first, or correct the record.",
        )
    ]
    assert pupils.record(desk, ann.id).pupil.town == "Hertford"
    assert pupils.record(desk, ben.id).stays


def test_a_pupil_whom_a_wrong_file_brought_is_in_no_list_and_comes_back_from_the_bin(desk: Desk, ann: Pupil) -> None:
    read_in(desk, "ctf")
    ben = next(pupil for pupil in pupils.all_pupils(desk) if pupil.upn == BEN)
    whole = pupils.record(desk, ben.id)
    undoing.undo(desk, last(desk))
    assert [row[0] for row in pupils.listing(desk)] == [ann.id]
    assert not pupils.listing(desk, find="beck")
    assert mistaken.is_mistaken(desk.vault, ben.id)
    with pytest.raises(WrongUse):
        pupils.by_number(desk, ben.ref)
    (binned,) = bins.waiting(desk)
    assert (binned.pupil, binned.record, binned.reason) == ("Beck, Ben", "Pupil", "Import undone")
    done = bins.put_back(desk, binned.key)
    assert done.left == ()
    assert pupils.record(desk, ben.id) == whole
    assert [row[0] for row in pupils.listing(desk, find="beck")] == [ben.id]
    assert bins.waiting(desk) == []


def test_a_choice_taken_back_is_shown_and_decides_nothing(desk: Desk, ann: Pupil) -> None:
    before = sharing.decision_for(desk, ann.id, "youth-support")
    read_in(desk, "choices")
    undoing.undo(desk, last(desk))
    assert sharing.decision_for(desk, ann.id, "youth-support") == before
    told = sharing.timeline(desk, ann.id)
    (choice,) = told.choices
    assert told.recordings[choice.id]["back_because"] == "Import undone"
    sharing.record_choices(
        desk, [Choice(pupil_id=ann.id, recipient="youth-support", choice="restrict", by="parent", on=date(2026, 9, 10), channel="form")]
    )
    assert sharing.decision_for(desk, ann.id, "youth-support") != before


def test_a_result_put_right_since_stays(desk: Desk, ann: Pupil) -> None:
    read_in(desk, "assessments")
    (entry,) = assessments.current(desk, ann.id)
    assessments.correct(desk, Assessment(**{**{name: getattr(entry, name) for name in entry.__slots__}, "result": "102"}))
    undone = undoing.undo(desk, last(desk))
    assert [left.reason for left in undone.left] == ["It was put right since. Withdraw it on the pupil’s own page."]
    assert [one.result for one in assessments.current(desk, ann.id)] == ["102"]


def test_another_ones_import_is_undone_by_a_senior_role_alone_and_it_is_logged(desk: Desk, ann: Pupil) -> None:
    read_in(desk, "contacts")
    office = as_office(desk)
    assert past_imports(office)[0].why_not.startswith("Another person read it in.")
    with pytest.raises(NotAllowed):
        undoing.undo(office, last(desk))
    undoing.undo(desk, last(desk))
    (row,) = desk.vault.rows("SELECT action, reason FROM log WHERE action = 'import undone'")
    assert row["reason"] == "1 went back, 0 stayed"
    with pytest.raises(WrongUse):
        undoing.undo(desk, "no such import")


def test_a_record_added_by_a_file_can_be_had_back(desk: Desk, ann: Pupil) -> None:
    read_in(desk, "contacts")
    (contact,) = pupils.record(desk, ann.id).contacts
    undoing.undo(desk, last(desk))
    (binned,) = bins.waiting(desk)
    assert (binned.record, binned.title) == ("Contact", "Ada Ash")
    bins.put_back(desk, binned.key)
    assert records.get(desk.vault, "contact", contact.id) == contact


def test_an_e_that_stood_in_the_register_before_the_file_stays(desk: Desk, ann: Pupil) -> None:
    register.mark(desk, [Mark(pupil_id=ann.id, day=date(2026, 11, 16), session=Session.AM, code="E")])
    before = stood(desk, ann)
    read_in(desk, "suspensions")
    undoing.undo(desk, last(desk))
    assert stood(desk, ann) == before


def test_a_suspension_that_the_file_put_right_goes_back_to_what_was_entered(desk: Desk, ann: Pupil) -> None:
    read_in(desk, "suspensions")
    (before,) = decisions.overview(desk, ann.id).cases
    fewer = table(f"upn | category | start | session | sessions | reason_1\n{ANN} | SUSP | 16/11/2026 | AM | 2 | PP")
    assert counts(run_import(desk, "suspensions", fewer)) == (1, 0, 1, 0, 0)
    undone = undoing.undo(desk, last(desk))
    assert [(line.record, line.after) for line in undone.lines if line.record == "Suspension"] == [("Suspension", "As before")]
    (now,) = decisions.overview(desk, ann.id).cases
    assert (now.suspension.sessions, now.halves) == (before.suspension.sessions, before.halves)
    assert [entry.code for entry in register.entries(desk, ann.id, date(2026, 11, 17), Session.AM)][-1] == "E"
    assert counts(run_import(desk, "suspensions", fewer)) == (1, 0, 1, 0, 0)


def test_a_protection_is_lifted_by_a_senior_role_alone(desk: Desk, ann: Pupil) -> None:
    office = as_office(desk)
    rows = table(f"upn | surname | forename | relationship | order | court_order\n{ANN} | Ash | Ada | PAM | 1 | Yes")
    run_import(office, "contacts", rows)
    assert pupils.record(desk, ann.id).protections
    undone = undoing.undo(office, last(desk))
    assert "An assistant head or a data officer lifts it." in [left.reason for left in undone.left]
    undone = undoing.undo(desk, last(desk))
    assert [line.after for line in undone.lines if line.record == "Protection set"] == ["Lifted"]


@pytest.mark.skipif(not DATA.exists(), reason="shared/data does not lie beside the checkout")
def test_every_real_file_counts_the_same_again_after_its_undo(desk: Desk) -> None:
    for kind in ("pupils", "contacts", "choices", "attendance", "suspensions", "assessments", "learning", "destinations"):
        source = (DATA / "arrivals-canonical" / f"{kind}.csv").read_bytes()
        before = _told(desk)
        first = run_import(desk, kind, source)
        assert undoing.undo(desk, last(desk)).left == ()
        assert _told(desk) == before, kind
        assert counts(run_import(desk, kind, source)) == counts(first), kind


def _told(desk: Desk) -> Any:
    day = desk.today
    rows = [tuple(row) for row in pupils.listing(desk)]
    return rows, sharing.preview(desk, "youth-support", day), register.totals(desk, date(2025, 9, 1), day)


def test_the_printed_register_tells_of_a_mark_that_was_taken_back(desk: Desk, ann: Pupil) -> None:
    read_in(desk, "attendance")
    undoing.undo(desk, last(desk))
    story = register_paper.paper(desk, DAY, DAY).story
    assert "no mark" in str(story)
    assert "Import undone" in str(story)


def test_a_pupil_in_the_bin_can_be_erased(desk: Desk, ann: Pupil) -> None:
    read_in(desk, "ctf")
    ben = next(pupil for pupil in pupils.all_pupils(desk) if pupil.upn == BEN)
    undoing.undo(desk, last(desk))
    told = {section.name: section for section in sheet.everything(desk, ben.id)}
    assert "Taken away: Import undone" in str(told["history"])
    assert "Entered by mistake" in str(told["pupil"])
    erased_at_once.erase_pupil(desk, ben.id, authority="Request of the family")
    assert bins.waiting(desk) == []
    assert desk.vault.rows("SELECT 1 FROM amendment WHERE pupil_id = ?", (ben.id,)) == []


def test_the_sheet_tells_of_a_choice_that_was_taken_back(desk: Desk, ann: Pupil) -> None:
    read_in(desk, "choices")
    undoing.undo(desk, last(desk))
    told = {section.name: section for section in sheet.everything(desk, ann.id)}
    assert "Taken back, and counts no more, because" in str(told["choices"])


@pytest.mark.parametrize("which", ["one", "both"])
def test_marks_of_a_file_go_back_in_whichever_record_they_were_made(desk: Desk, ann: Pupil, which: str) -> None:
    """The record was merged since with another of the person: no mark stands, none is lost, and the file can be read again."""
    other = pupils.add_pupil(
        desk, Pupil(surname="Ash", forename="Ann", dob=ann.dob, upn=BEN), Enrolment(status="C", start_date=date(2024, 9, 2))
    )
    lines = [f"{upn} | 19/11/2026 | AM | {code}" for upn, code in ((ANN, "/"), (BEN, "I"))][: 2 if which == "both" else 1]
    file = table("\n".join(("upn | date | session | code", *lines)))
    run_import(desk, "attendance", file)
    merging.merge(desk, other.id, ann.id, reason="One person")

    def standing() -> list[tuple[str, str]]:
        rows = desk.vault.rows("SELECT pupil_id, code FROM register_mark WHERE day = '2026-11-19' ORDER BY code")
        return [tuple(row) for row in rows]

    undoing.undo(desk, last(desk))
    assert standing() == []
    run_import(desk, "attendance", table(f"upn | date | session | code\n{ANN} | 19/11/2026 | AM | L"))
    assert [code for _whose, code in standing()] == ["L"]
    undoing.undo(desk, last(desk))
    assert standing() == []
    merging.part(desk, ann.id, reason="Two after all")
    run_import(desk, "attendance", file)
    assert [code for _whose, code in standing()] == sorted("/I"[: len(lines)])


def test_the_undoing_of_a_file_is_not_undone_by_halves(desk: Desk, ann: Pupil) -> None:
    """A contact would come back and a mark or a choice would not: the whole file is read in again."""
    read_in(desk, "contacts")
    undoing.undo(desk, last(desk))
    act = changes.recent(desk, limit=1)[0]
    assert act.why_not.endswith("Read the file in again.")
    with pytest.raises(WrongUse, match="Read the file in again"):
        changes.undo(desk, act.key)
    read_in(desk, "contacts")
    assert len(pupils.record(desk, ann.id).contacts) == 1


def test_a_pupil_of_whom_somebody_was_told_stays_and_it_is_said_to_whom_and_what_to_do(desk: Desk, ann: Pupil) -> None:
    """It said «There is more on file now: record», though nobody had touched the record."""
    read_in(desk, "pupils")
    ben = next(pupil for pupil in pupils.all_pupils(desk) if pupil.upn == BEN)
    with desk.vault.transaction():
        desk.vault.execute(
            'INSERT INTO disclosure (at, "on", way, what, pupil_id, recipient, law, purpose, level, decided_by, reason, fields, told_by) '
            "VALUES ('2026-11-24T10:00:00Z', '2026-11-24', 'export', 'school-census', ?, 'Department for Education', '', '', 'full', 'rule', '', '', ?)",
            (ben.id, desk.user.id),
        )
    (left,) = undoing.would_undo(desk, last(desk)).left
    assert left.reason.startswith("Told to Department for Education on 24 November 2026. What was told stays on file")
    assert "ask a data officer for an erasure" in left.reason
