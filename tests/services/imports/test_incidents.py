"""The import of incidents: rows of one incident are joined, nothing is entered twice, what cannot be kept is told, and an undo strikes out."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.domain.incidents.incident import Incident
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import undoing
from pupil_desk.services.imports.cells.as_written import names_as_kept, time_as_kept
from pupil_desk.services.imports.kinds import NEW, Fate
from pupil_desk.services.imports.past import past_imports
from pupil_desk.services.imports.proposal import answer
from pupil_desk.services.imports.run import propose, run_import
from pupil_desk.services.incidents import incidents_due, recording
from pupil_desk.services.pupils import pupils
from pupil_desk.store.tables import ledger
from tests.services.imports.made import ANN, BEN, as_office, counts, table, told

HEAD = "UPN | Behaviour type | Date | Incident time | Location | Description | Staff involved | Incident ID"


@pytest.fixture
def pupils_here(desk: Desk) -> tuple[Pupil, Pupil]:
    stay = Enrolment(status="C", start_date=date(2024, 9, 2))
    ann = pupils.add_pupil(desk, Pupil(surname="Ash", forename="Ann", dob=date(2012, 1, 5), upn=ANN), stay)
    return ann, pupils.add_pupil(desk, Pupil(surname="Beck", forename="Ben", dob=date(2011, 2, 6), upn=BEN), stay)


def rows(*lines: str) -> bytes:
    return table("\n".join((HEAD, *lines)))


def now(desk: Desk, pupil: Pupil) -> list[Incident]:
    return [case.now for case in recording.of_pupil(desk, pupil.id) if not case.struck]


FIGHT = (
    f"{ANN} | Bullying | 16/11/2026 | 2.05 pm | The yard | Words, then a push | Ms Reed; Mr Holt | 71",
    f"{BEN} | Bullying | 16/11/2026 | 2.05 pm | The yard | Words, then a push | Ms Reed; Mr Holt | 71",
)


def test_rows_that_name_one_incident_are_one_with_an_entry_for_each_pupil(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    ann, ben = pupils_here
    assert counts(run_import(desk, "auto", rows(*FIGHT, f"{ANN} | Effort | 16/11/2026 | | | | |"))) == (3, 3, 0, 0, 0)
    first, reward = now(desk, ann)
    (second,) = now(desk, ben)
    assert first.incident_id == second.incident_id != reward.incident_id
    assert (first.kind, first.day, first.time, first.place) == ("bullying", date(2026, 11, 16), "14:05", "The yard")
    assert (first.account, first.staff, first.part) == ("Words, then a push", "Ms Reed\nMr Holt", "took-part")
    assert (reward.kind, reward.time, reward.account) == ("effort", None, None)
    (made,) = past_imports(desk)
    assert any(row["object_id"] == made.id for row in ledger.log_rows(desk.vault, pupil_id=ann.id)), "the log of the pupil has the import"


def test_what_was_signed_or_not_in_the_other_program_is_not_asked_for_here(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    """But of reasonable force it is: a parent may not have been told."""
    ann, _ben = pupils_here
    run_import(desk, "incidents", rows(*FIGHT))
    assert incidents_due.open_incidents(desk) == []
    (entry,) = now(desk, ann)
    recording.amend(desk, [dataclasses.replace(entry, force=True)])
    assert [line.pupil_id for line in incidents_due.open_incidents(desk)] == [ann.id]


def test_without_a_number_each_row_is_an_incident_of_its_own(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    ann, ben = pupils_here
    run_import(desk, "incidents", rows(*(line.replace("| 71", "|") for line in FIGHT)))
    assert now(desk, ann)[0].incident_id != now(desk, ben)[0].incident_id


def test_nothing_is_entered_twice_and_who_was_missing_joins(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    ann, ben = pupils_here
    run_import(desk, "incidents", rows(FIGHT[0]))
    assert counts(run_import(desk, "incidents", rows(*FIGHT))) == (2, 1, 0, 1, 0)
    assert len(now(desk, ann)) == 1
    assert now(desk, ben)[0].incident_id == now(desk, ann)[0].incident_id
    assert counts(run_import(desk, "incidents", rows(*FIGHT))) == (2, 0, 0, 2, 0)


def test_the_account_is_that_of_the_first_row_and_another_word_is_kept_beside(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    _ann, ben = pupils_here
    other = FIGHT[1].replace("Words, then a push", "Ben fell").replace("The yard", "")
    outcome = run_import(desk, "incidents", rows(FIGHT[0], other))
    assert [(left.row, left.value.path, left.value.value) for left in outcome.not_taken] == [(3, "What happened", "Ben fell")]
    (entry,) = now(desk, ben)
    assert (entry.account, entry.place) == ("Words, then a push", "The yard")
    assert counts(run_import(desk, "incidents", rows(FIGHT[0], other))) == (2, 0, 0, 2, 0), "read again, it is the same incident"


def test_of_a_pupil_who_stands_twice_the_first_row_counts(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    outcome = run_import(desk, "incidents", rows(FIGHT[0], FIGHT[0], FIGHT[0].replace("yard", "gym")))
    assert counts(outcome) == (3, 1, 0, 1, 1)
    assert (4, "", "duplicate_in_file", "error") in told(outcome)


def test_what_cannot_be_kept_is_refused_and_what_the_law_asks_for_is_said(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    head = "upn | kind | day | time | account | force"
    outcome = run_import(
        desk,
        "incidents",
        table(
            f"{head}\n{ANN} | Bullying | 16/11/2026 | 10:05 | |\n{ANN} | Bullying | 25/11/2026 | | W |\n{ANN} | Bullying | 16/11/2026 | noon | W |"
            f"\n{ANN} | Effort | 16/11/2026 | | W | Yes\n{ANN} | Threatening behaviour or verbal abuse | 16/11/2026 | 10:05 | W | Yes\n{ANN} | Nonsense | 16/11/2026 | | W |"
        ),
    )
    assert counts(outcome) == (6, 1, 0, 0, 5)
    assert {(row, code) for row, _column, code, _severity in told(outcome)} == {
        (2, "missing"), (3, "future_date"), (4, "bad_time"), (5, "restrictive"), (6, "missing_by_law"), (7, "unknown_code"),
    }  # fmt: skip


def test_another_of_the_day_is_pointed_at(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    run_import(desk, "incidents", rows(FIGHT[0]))
    again = run_import(desk, "incidents", rows(FIGHT[0].replace("2.05 pm", "2.35 pm")))
    assert told(again) == {(2, "day", "same_day", "warning")}
    assert again.added == 1


def test_an_undo_strikes_out_what_nobody_has_built_on(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    ann, ben = pupils_here
    office = as_office(desk)
    run_import(office, "incidents", rows(*FIGHT))
    (entry,) = now(desk, ben)
    (first,) = now(desk, ann)
    recording.amend(desk, [first, Incident(**{name: getattr(entry, name) for name in Incident.__slots__} | {"injury": "A bruise"})])
    undone = undoing.undo(office, past_imports(office)[0].id)
    assert [(line.pupil_id, line.after) for line in undone.lines] == [(ann.id, "Struck out")]
    assert [(left.pupil_id, left.reason) for left in undone.left] == [
        (ben.id, "More was recorded of it since. Strike it out under Incidents.")
    ]
    assert now(desk, ann) == []
    assert recording.of_pupil(desk, ann.id)[0].now.struck == "Import undone"


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("2.05 pm", "14:05"),
        ("12:30 AM", "00:30"),
        ("12:30pm", "12:30"),
        ("9:05:00", "09:05"),
        ("9.05", "09:05"),
        ("noon", "noon"),
        (None, None),
    ],
)
def test_times_as_other_programs_write_them(told: str | None, kept: str | None) -> None:
    assert time_as_kept(told) == kept


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("Ms Reed; Mr Holt", "Ms Reed\nMr Holt"),
        ("Ms Reed, Mr Holt", "Ms Reed\nMr Holt"),
        ("Reed, Jo", "Reed, Jo"),
        (" ; ", None),
        (None, None),
    ],
)
def test_names_are_one_a_line(told: str | None, kept: str | None) -> None:
    assert names_as_kept(told) == kept


NAMED = "Legal surname | Legal forename | Date of birth | Behaviour type | Date | Description"


def test_a_row_without_a_upn_finds_the_pupil_by_name_and_date_of_birth(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    ann, _ben = pupils_here
    file = table(
        f"{NAMED}\nAsh | Ann | 05/01/2012 | Bullying | 16/11/2026 | A push\nAsh | Zed | 01/01/2011 | Bullying | 16/11/2026 | A kick"
    )
    result = run_import(desk, "incidents", file)
    assert counts(result) == (2, 1, 0, 0, 1)
    assert [entry.account for entry in now(desk, ann)] == ["A push"]


def test_where_it_is_not_sure_who_is_meant_nothing_is_taken_until_it_is_said(desk: Desk, pupils_here: tuple[Pupil, Pupil]) -> None:
    ann, _ben = pupils_here
    stay = Enrolment(status="C", start_date=date(2024, 9, 2))
    other = pupils.add_pupil(desk, Pupil(surname="Ash", forename="Ann", dob=date(2012, 1, 5)), stay)
    proposal = propose(desk, "incidents", table(f"{NAMED}\nAsh | Ann | 05/01/2012 | Bullying | 16/11/2026 | A push"))
    (row,) = proposal.rows
    assert (row.is_undecided, {pupil.id for pupil in row.plan.alike}) == (True, {ann.id, other.id})
    (row,) = answer(proposal, row.number, other.id).rows
    assert (row.is_undecided, row.plan.pupil_id) == (False, other.id)
    (row,) = answer(proposal, row.number, NEW).rows
    assert row.fate is Fate.REFUSED
