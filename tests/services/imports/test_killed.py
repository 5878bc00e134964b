"""The program is killed in the middle of an import of 500 pupils: all of them are there, or nobody."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pupil_desk.services.backup import checks
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.run import keep, propose
from pupil_desk.services.unit.units import sign_in, sign_out
from tests.faults import Disk, failing
from tests.services.exports.seasons import upn
from tests.services.imports.made import CLOCK, csv_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="fork")
PUPILS = 500


def _list() -> bytes:
    head = ("surname", "forename", "dob", "upn", "address_1", "medical")
    rows = [(f"Hall {number}", "Ann", "4/3/2012", upn(number), f"{number} Mill Lane", "inhaler") for number in range(PUPILS)]
    return csv_of(head, *rows)


def _at_the_desk(folder: Path) -> Desk:
    return sign_in(folder / "unit.pupildesk", name="Dee", password="four plain short words", clock=CLOCK)


def _killed(folder: Path, at: int) -> int:
    """The import in a child of ours, which ends at that call to the file or the disk; the number of the last that changes it, 0 if it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            desk = _at_the_desk(folder)
            proposal = propose(desk, "pupils", _list(), "list.csv")
            disk = Disk(at=at, kills=True)
            with failing(disk, desk.vault):
                keep(desk, proposal)
            disk.at = 0
            changing = [number for number, call in enumerate(disk.calls, start=1) if not call.endswith("SELECT")]
            os.write(writing, str(changing[-1]).encode())
        finally:
            os._exit(9)  # as the system ends it: nothing is closed
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, "rb") as told:
        return int(told.read() or b"0")


@pytest.mark.acceptance(57, short=4, full=200)
def test_a_kill_in_the_middle_of_an_import_leaves_all_500_or_nobody(
    desk: Desk, tmp_path: Path, times: int, record_property: Callable[[str, object], None]
) -> None:
    pattern = tmp_path / "unit"
    sign_out(desk)

    def copied(name: str) -> Path:
        return Path(shutil.copytree(pattern, tmp_path / name))

    last = _killed(copied("whole"), 0)
    assert last > PUPILS // 10, "it is kept by many statements, between which it can be killed"
    seen = set()
    moments = sorted({1, last, last + 1, *(last * number // times for number in range(1, times))} - {0})  # at full count each call
    record_property("tried", len(moments))
    for moment in moments:
        folder = copied(str(moment))
        assert _killed(folder, moment) == 0 or moment > last, "it was over before it was killed"
        again = _at_the_desk(folder)
        tables = {table: again.vault.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("pupil", "enrolment", "import_made")}
        assert tables in ({"pupil": 0, "enrolment": 0, "import_made": 0}, {"pupil": PUPILS, "enrolment": PUPILS, "import_made": 1}), moment
        logged = again.vault.rows("SELECT count(*) FROM log WHERE action = 'import'")[0][0]
        assert logged == tables["import_made"], moment
        assert [finding for finding in checks.check_file(again) if finding.serious] == [], moment
        again.vault.close()
        shutil.rmtree(folder)
        seen.add(tables["pupil"])
    whole = _at_the_desk(tmp_path / "whole")
    assert whole.vault.rows("SELECT count(*) FROM pupil")[0][0] == PUPILS
    whole.vault.close()
    assert seen == {0, PUPILS}
