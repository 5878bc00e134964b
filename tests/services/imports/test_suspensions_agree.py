"""The real input: the sessions that the calendar gives for each suspension are the very ones that the register marks E."""

from pathlib import Path

import pytest

from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import run_import

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "arrivals-canonical"


@pytest.mark.skipif(not DATA.exists(), reason="shared/data does not lie beside the checkout")
def test_suspensions_and_the_registers_e_marks_agree(desk: Desk) -> None:
    for kind in ("pupils", "attendance", "suspensions"):
        run_import(desk, kind, (DATA / f"{kind}.csv").read_bytes())
    written = desk.vault.rows("SELECT 1 FROM entering WHERE source = 'suspension'")
    assert not written, "a session of a suspension had no mark in the register's own file"
    held = desk.vault.rows("SELECT pupil_id, day, session FROM register_mark WHERE code = 'E' ORDER BY 1, 2, 3")
    told = desk.vault.rows(
        """SELECT p.pupil_id, p.day, p.session FROM suspension_session p JOIN suspension s ON s.id = p.suspension_id
           WHERE s.category = 'SUSP' AND s.decision NOT IN (SELECT decision FROM suspension_event WHERE kind = 'cancelled')
           ORDER BY 1, 2, 3"""
    )
    assert {tuple(row) for row in told} <= {tuple(row) for row in held}
    assert len(told) > 40
