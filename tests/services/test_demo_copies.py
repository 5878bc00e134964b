"""The demonstration has a copy under way with places still to decide, and leaves one that its words open."""

import json
from datetime import UTC, datetime
from pathlib import Path

from pupil_desk.basics.clock import FixedClock
from pupil_desk.documents.files.locked_pdf import unlocked_pdf
from pupil_desk.documents.files.locked_zip import unlocked
from pupil_desk.services.demo.making import make_demo
from pupil_desk.services.demo.unit import OFFICER, PASSWORD
from pupil_desk.services.packs import compiling, deciding
from pupil_desk.services.unit.units import sign_in
from pupil_desk.store.tables import packs as store

CLOCK = FixedClock(datetime(2026, 11, 24, 10, 5, tzinfo=UTC))


def test_a_copy_is_under_way_and_another_is_written(tmp_path: Path) -> None:
    summary = make_demo(tmp_path / "demo", number=12, clock=CLOCK)
    folder = tmp_path / "demo" / "access-request"
    words = summary["access_request_password"]
    assert unlocked_pdf(next(folder.glob("*.pdf")).read_bytes(), words).startswith(b"%PDF-")
    data = json.loads(unlocked(next(folder.glob("*.zip")).read_bytes(), words)["data.json"])
    assert sum(section["number"] for section in data["sections"]) > 40
    desk = sign_in(tmp_path / "demo" / "unit.pupildesk", name=OFFICER, password=PASSWORD, clock=CLOCK)
    try:
        begun = [row["id"] for row in desk.vault.rows("SELECT id FROM pack WHERE case_id IS NOT NULL")]
        made = compiling.compiled(desk, begun[0])
        assert made.undecided
        assert len(made.marks) > len(made.undecided)
        assert deciding.under_way(desk, made.pack.pupil_id, made.pack.case_id) == store.get(desk.vault, begun[0])
    finally:
        desk.vault.close()
