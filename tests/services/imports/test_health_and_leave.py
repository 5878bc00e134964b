"""Lists of health, of medicines and of leave asked for, as other programs head them: several rows of a pupil, found again, changed, and undone."""

from datetime import date

import pytest

from pupil_desk.domain.care.health import HealthItem, Medicine
from pupil_desk.domain.leave.leave_request import LeaveCase
from pupil_desk.domain.suspensions.suspension import Suspension
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.kinds import THEIRS, Fate
from pupil_desk.services.imports.outcome import Outcome
from pupil_desk.services.imports.proposal import pick
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.services.imports.undoing import undo
from pupil_desk.services.leave import recording
from pupil_desk.services.suspensions import decisions
from pupil_desk.store.rows import several
from pupil_desk.store.tables import pupils
from tests.services.imports.made import ANN, BEN, counts, table, told


@pytest.fixture(autouse=True)
def _pupils(desk: Desk) -> None:
    run_import(
        desk, "pupils", table(f"surname|forename|dob|upn|start_date\nHall|Ann|1/2/2011|{ANN}|2/9/2026\nIvy|Ben|1/2/2011|{BEN}|2/9/2026")
    )


def of(desk: Desk, upn: str) -> str:
    pupil = pupils.by_number(desk.vault, upn)
    assert pupil
    return pupil.id


def codes(outcome: Outcome) -> set[str]:
    return {code for _row, _column, code, _severity in told(outcome)}


HEALTH_HEAD = "Surname|Forename|Date of birth|Type|Condition|Severity|Emergency procedure"


def test_several_entries_of_health_of_one_pupil_are_read_put_right_and_undone(desk: Desk) -> None:
    rows = "Hall|Ann|1/2/2011|Allergy|Peanuts|Life threatening|EpiPen\nHall|Ann|1/2/2011|Medical condition|Asthma|Medium|\nIvy|Ben|1/2/2011|Dietary|Halal||"
    first = run_import(desk, "auto", table(f"{HEALTH_HEAD}\n{rows}"))
    assert counts(first) == (3, 3, 0, 0, 0)
    of_ann = several.of_pupil(desk.vault, HealthItem, of(desk, ANN))
    assert [(entry.kind, entry.what, entry.severity) for entry in of_ann] == [("A", "Peanuts", "LIFE"), ("C", "Asthma", "MOD")]
    later = run_import(
        desk, "auto", table(f"{HEALTH_HEAD}\nHall|Ann|1/2/2011|Condition|asthma|High|\nHall|Ann|1/2/2011|Condition|Peanuts||")
    )
    assert counts(later) == (2, 1, 1, 0, 0)
    assert "nearly_same" in codes(later), "a condition of the name of an allergy may be that allergy"
    undo(desk, later.import_id)
    undo(desk, first.import_id)
    assert several.of_pupil(desk.vault, HealthItem, of(desk, ANN)) == []


def test_a_medicine_is_found_by_its_name_and_when_it_is_given(desk: Desk) -> None:
    head = "UPN|Medication|Dosage|Frequency|Expiry date"
    run_import(desk, "auto", table(f"{head}\n{ANN}|Ritalin|10 mg|8:30|1/3/2027\n{ANN}|Ritalin|5 mg|12:30|1/3/2027"))
    later = run_import(desk, "auto", table(f"{head}\n{ANN}|ritalin|20 mg|8:30|"))
    assert counts(later) == (1, 0, 1, 0, 0)
    assert [(each.dose, each.taken) for each in several.of_pupil(desk.vault, Medicine, of(desk, ANN))].count(("20 mg", "8:30")) == 1
    assert "nearly_same" in codes(run_import(desk, "auto", table(f"{head}\n{ANN}|Ritalin|10 mg|at noon|"), dry_run=True))


def test_what_goes_on_in_a_list_is_entered_beside_what_is_over_and_a_list_that_says_the_end_finds_that(desk: Desk) -> None:
    head = "UPN|Type|Condition|Severity|Start date|End date"
    over = f"{ANN}|Allergy|Peanuts|Life threatening|1/9/2024|1/9/2025"
    run_import(desk, "health", table(f"{head}\n{over}"))
    lists = table(f"{head}\n{over}\n{ANN}|Allergy|peanuts|High|2/9/2025|")
    again = run_import(desk, "health", lists)
    assert (counts(again), codes(again)) == ((2, 1, 0, 1, 0), {"nearly_same"})
    assert counts(run_import(desk, "health", lists)) == (2, 0, 0, 2, 0)
    entries = several.of_pupil(desk.vault, HealthItem, of(desk, ANN))
    assert [(entry.severity, entry.end_date) for entry in entries] == [("LIFE", date(2025, 9, 1)), ("SEV", None)]


def test_a_further_course_of_a_medicine_does_not_take_the_place_of_the_one_before(desk: Desk) -> None:
    head = "UPN|Medication|Dosage|Frequency|Course ends"
    run_import(desk, "medicines", table(f"{head}\n{ANN}|Ritalin|10 mg|8:30|1/10/2026"))
    course = table(f"{head}\n{ANN}|Ritalin|5 mg|8:30|")
    assert counts(run_import(desk, "medicines", course)) == (1, 1, 0, 0, 0)
    assert counts(run_import(desk, "medicines", course)) == (1, 0, 0, 1, 0)
    both = table(f"{head}\n{BEN}|Ritalin|10 mg|8:30|1/10/2026\n{BEN}|Ritalin|5 mg|8:30|")
    assert counts(run_import(desk, "medicines", both)) == (2, 2, 0, 0, 0), "one that is over and one that goes on are two"
    assert {(each.dose, each.end_date) for each in several.of_pupil(desk.vault, Medicine, of(desk, ANN))} == {
        ("10 mg", date(2026, 10, 1)),
        ("5 mg", None),
    }


def test_what_is_over_in_a_list_leaves_what_goes_on_as_it_is_unless_a_person_picks_the_end(desk: Desk) -> None:
    head = "UPN|Type|Condition|Severity|Start date|End date"
    goes_on = f"{ANN}|Allergy|Peanuts|Life threatening|2/9/2025|"
    run_import(desk, "health", table(f"{head}\n{goes_on}"))
    both = run_import(
        desk, "health", table(f"{head}\n{ANN}|Allergy|Peanuts|Mild|1/9/2020|1/9/2022\n{goes_on.replace('Life threatening', 'High')}")
    )
    assert (counts(both), codes(both)) == ((2, 1, 1, 0, 0), {"nearly_same"}), "one that began later is another"
    entries = several.of_pupil(desk.vault, HealthItem, of(desk, ANN))
    assert {(entry.severity, entry.end_date) for entry in entries} == {("SEV", None), ("MILD", date(2022, 9, 1))}
    run_import(desk, "health", table(f"{head}\n{BEN}|Allergy|Eggs|Mild|2/9/2019|"))
    swapped = propose(desk, "health", table(f"{head}\n{BEN}|Allergy|Eggs|Mild|1/9/2022|1/9/2020"))
    swapped = pick(pick(swapped, 2, "start_date", THEIRS), 2, "end_date", THEIRS)
    assert (swapped.rows[0].fate, [problem.code for problem in swapped.rows[0].problems]) == (Fate.REFUSED, ["ends_before_start"])
    head = "UPN|Medication|Dosage|Frequency|Course ends"
    run_import(desk, "medicines", table(f"{head}\n{ANN}|Ritalin|5 mg|8:30|"))
    lists = table(f"{head}\n{ANN}|Ritalin|10 mg|8:30|1/10/2026\n{ANN}|Ritalin|15 mg|8:30|")
    assert [counts(run_import(desk, "medicines", lists)) for _time in "12"] == [(2, 0, 1, 1, 0), (2, 0, 0, 2, 0)]
    proposal = propose(desk, "medicines", lists)
    assert {problem.code for problem in proposal.rows[0].problems} == {"stays_as_held"}
    picked = pick(proposal, 2, "end_date", THEIRS)
    assert [row.fate for row in picked.rows] == [Fate.CHANGED, Fate.REFUSED], "it does not go on as well"
    keep(desk, picked)
    assert [(each.dose, each.end_date) for each in several.of_pupil(desk.vault, Medicine, of(desk, ANN))] == [("15 mg", date(2026, 10, 1))]


LEAVE_HEAD = "UPN|Date from|Date to|Reason for absence|Requested by|Date requested|Status|Authorised by|Decision date|Reason for decision"
ASKED = f"{ANN}|30/11/2026|4/12/2026|Family holiday|Mrs Hall|16/11/2026"


def cases(desk: Desk) -> list[LeaveCase]:
    return recording.of_pupil(desk, of(desk, ANN))


def test_leave_is_read_decided_by_a_later_list_and_says_again_what_stood_when_that_is_undone(desk: Desk) -> None:
    first = run_import(desk, "auto", table(f"{LEAVE_HEAD}\n{ASKED}||||"))
    assert counts(first) == (1, 1, 0, 0, 0)
    assert counts(run_import(desk, "auto", table(f"{LEAVE_HEAD}\n{ASKED}|Declined|||"))) == (1, 0, 0, 0, 1), "nobody decided it"
    decided = run_import(desk, "auto", table(f"{LEAVE_HEAD}\n{ASKED}|Declined|Ms Head|18/11/2026|A holiday is no exception"))
    assert counts(decided) == (1, 0, 1, 0, 0)
    (case,) = cases(desk)
    assert [wording.record.outcome for wording in case.wordings] == [None, "refused"]
    assert (case.now.purpose, case.now.received_on, case.now.decided_by) == ("holiday", date(2026, 11, 16), "Ms Head")
    assert counts(run_import(desk, "auto", table(f"{LEAVE_HEAD}\n{ASKED}|Declined|||"))) == (1, 0, 0, 1, 0), "who decided is on file"
    undo(desk, decided.import_id)
    assert cases(desk)[0].now.outcome is None
    stays = undo(desk, first.import_id)
    assert (len(stays.left), cases(desk)[0].now.struck) == (1, None), "more was recorded since"


def test_leave_that_came_with_a_file_alone_is_struck_out_with_it(desk: Desk) -> None:
    undo(desk, run_import(desk, "auto", table(f"{LEAVE_HEAD}\n{ASKED}||||")).import_id)
    assert cases(desk)[0].now.struck


def test_leave_in_a_list_is_warned_of_as_where_it_is_typed_and_when_it_was_struck_out(desk: Desk) -> None:
    suspension = Suspension(pupil_id=of(desk, ANN), category="SUSP", start=date(2026, 11, 30), session="AM", sessions=2, reason_1="DB")
    decisions.decide(desk, suspension)
    granted = f"{LEAVE_HEAD}\n{ASKED.replace('Family holiday', 'Exceptional circumstances')}|Granted|Ms Head|18/11/2026|"
    first = run_import(desk, "auto", table(granted))
    assert (counts(first), codes(first)) == ((1, 1, 0, 0, 0), {"not_at_home", "suspended"})
    again = run_import(desk, "auto", table(granted), dry_run=True)
    assert (counts(again), codes(again)) == ((1, 0, 0, 1, 0), set()), "of what is held it was said before"
    recording.strike(desk, cases(desk)[0].now.entry_id, "Another pupil's")
    assert codes(run_import(desk, "auto", table(granted), dry_run=True)) == {"not_at_home", "suspended", "struck_out"}
