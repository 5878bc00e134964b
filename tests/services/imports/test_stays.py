"""The stay that a new pupil of a file gets is told."""

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.outcome import outcome_of
from pupil_desk.services.imports.run import keep, propose
from tests.services.imports.made import ANN, BEN, table
from tests.services.imports.test_pupils import bring


def test_the_stay_of_a_new_pupil_is_told_before_and_after(desk: Desk) -> None:
    """It was made in silence, open and current, where the file says nothing of it."""
    rows = f"surname|forename|dob|upn|start_date|main_school\nHall|Ann|1/2/2012|{ANN}||\nIvy|Ben|1/2/2012|{BEN}|2/9/2026|919/4001"
    proposal = propose(desk, "pupils", table(rows))
    single = "Current (single registration here)"
    assert [row.plan.further_records for row in proposal.rows] == [
        (f"Stay at the unit: {single}, without a first day, open",),
        (f"Stay at the unit: {single}, from 2 September 2026, open",),
    ]
    before, after = outcome_of(proposal), keep(desk, proposal)
    assert before.stays == after.stays
    assert after.stays == (
        f"What begins at the unit by this file: 1 stay: {single}, without a first day, open; "
        f"1 stay: {single}, from the day in the file, open. Each can be corrected in the record."
    )
    assert bring(desk, rows).stays == ""
