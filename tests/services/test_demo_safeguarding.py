"""The training unit has safeguarding files with papers, which its lead opens and its data officer does not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed
from pupil_desk.domain.safeguarding.entry import check_entry
from pupil_desk.domain.safeguarding.sealed_paper import papers_of
from pupil_desk.services.demo.unit import PASSWORD
from pupil_desk.services.desk import Desk
from pupil_desk.services.safeguarding import files, papers
from pupil_desk.services.safeguarding.due import safeguarding_due
from pupil_desk.services.unit import units
from tests.services.packs.test_writing import text_of
from tests.trained import training_unit

CLOCK = FixedClock(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = training_unit(tmp_path / "unit.pupildesk", clock=CLOCK).desk
    yield made
    if not made.vault.is_closed:
        made.vault.close()


def test_its_lead_opens_two_files_with_papers_and_its_data_officer_none(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        files.listing(desk)
    path = desk.vault.path
    units.sign_out(desk)
    lead = units.sign_in(path, name="Sam Whitlock", password=PASSWORD, clock=CLOCK)
    lines = files.listing(lead)
    assert len(lines) == 2
    histories = [history for line in lines for history in files.of_pupil(lead, line.pupil.id).histories]
    assert {history.now.kind for history in histories} == {"concern", "status", "action", "meeting", "received"}
    assert all(check_entry(wording.entry, lead.today, "23:59") == () for history in histories for wording in history.wordings)
    kept = [(history.now.pupil_id, paper) for history in histories for paper in papers_of(history.now.papers)]
    assert len(kept) == 2
    assert all("Invented for training." in text_of(papers.pages(lead, pupil_id, paper)) for pupil_id, paper in kept)
    assert safeguarding_due(lead).actions == 1
    lead.vault.close()
