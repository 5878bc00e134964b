"""The power goes while a register is entered: what was said to be saved is there, whole, and its log with it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from pupil_desk.basics.errors import Known
from pupil_desk.store.file import checks, opening
from tests.services.exports.made import OFFICER, PASSWORD, Unit
from tests.services.powercut import clerk, disk
from tests.services.powercut.disk import Disk, Note

pytestmark = pytest.mark.needs("cc")
PUPILS = 5


@dataclass(frozen=True)
class Recorded:
    """The files of a unit before a clerk enters the register, and all that is done to them meanwhile."""

    files: dict[str, bytes]
    notes: list[Note]


@pytest.fixture
def record(unit: Unit, tmp_path: Path) -> Callable[..., Recorded]:
    """A clerk enters the register once, with what is told to it."""
    for number in range(PUPILS):
        unit.pupil(f"Ash{number}", "Una", clerk.DAY.replace(year=2012))
    unit.desk.vault.close()

    def recorded(*how: str) -> Recorded:
        files, notes = {file.name: file.read_bytes() for file in unit.file.parent.iterdir()}, tmp_path / "notes"
        disk.run_on(disk.built(tmp_path), unit.file.parent, "tests.services.powercut.clerk", str(unit.file), *how, notes=notes)
        return Recorded(files, list(disk.read_notes(notes, unit.file.parent)))

    return recorded


def lost(place: Path, files: dict[str, bytes], said: int) -> str:
    """What is not so in the files that a power cut left, if ``said`` saves were said to be done; empty if all is."""
    place.mkdir(parents=True)
    for name, data in files.items():
        (place / name).write_bytes(data)
    try:
        with opening.unlock(place / "unit.pupildesk", name=OFFICER, password=PASSWORD).vault as vault:
            [[marks, sessions]] = vault.rows("SELECT count(*), count(DISTINCT day || session) FROM mark")
            [[logged]] = vault.rows("SELECT count(*) FROM log WHERE kind = 'register'")
            if marks != sessions * PUPILS or logged != sessions:
                return f"half of a save is there: {marks} marks of {sessions} sessions, and {logged} log rows"
            if not said <= sessions <= said + 1:
                return f"{said} were said to be saved, {sessions} are there"
            return "; ".join([*checks.look_over(vault), *(defect.message for defect in checks.verify_log(vault))])
    except Known as refused:
        return refused.message


def cut(recorded: Recorded, times: int, folder: Path) -> list[str]:
    """What was lost in each of so many power cuts, at moments drawn from all that was done."""
    chance, found = Random(times), []
    state, done, said = Disk(recorded.files), 0, 0
    for number, moment in enumerate(sorted(chance.randrange(len(recorded.notes)) for _each in range(times))):
        for note in recorded.notes[done:moment]:
            said = int(note.data) if (note.name, note.what) == (clerk.SAID, "W") else said
            state.do(note)
        done = moment
        left = {name: data for name, data in state.without_power(chance).items() if name != clerk.SAID}
        if words := lost(folder / str(number), left, said):
            found.append(f"cut before change {moment} of {len(recorded.notes)}: {words}")
        shutil.rmtree(folder / str(number))
    return found


@pytest.mark.acceptance(2, short=12, full=1000)
def test_a_power_cut_loses_nothing_that_was_said_to_be_saved(record: Callable[..., Recorded], tmp_path: Path, times: int) -> None:
    assert cut(record(), times, tmp_path / "cuts") == []


@pytest.mark.acceptance(3, short=12, full=1000)
def test_without_the_flushing_the_same_cuts_lose(
    record: Callable[..., Recorded], tmp_path: Path, times: int, record_property: Callable[[str, object], None]
) -> None:
    """Else the one above would prove nothing."""
    found = cut(record("normal"), times, tmp_path / "cuts")
    record_property("lost", f"{len(found):,} of {times:,}, as it must be")
    assert len(found) > times // 10
