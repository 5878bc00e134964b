"""Inventing a copy under way: that of the first request for one, with some places still to decide; and writing one that is done."""

from pathlib import Path

from pupil_desk.domain.requests.case import COPIES, CaseKind
from pupil_desk.services.desk import Desk
from pupil_desk.services.notes import notes
from pupil_desk.services.packs import compiling, deciding
from pupil_desk.services.packs.alone import WrittenAlone, write_alone
from pupil_desk.services.progress import Progress
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import looking

_LEFT_OPEN = 4  # places, so that there is something to decide


def begin_copy(desk: Desk) -> None:
    """Begin the copy of the open request that came first, and decide most of it as proposed."""
    cases = [seen for pupil in pupils.everyone(desk) for seen in looking.of_pupil(desk, pupil.id) if seen.open and CaseKind(seen.case.kind) in COPIES]
    if not cases:
        return
    seen = min(cases, key=lambda each: (each.case.received, each.case.ref))
    assert seen.case.pupil_id is not None
    pack = deciding.begin(desk, seen.case.pupil_id, seen.case.requester, case_id=seen.case.id)
    made = compiling.compiled(desk, pack.id)
    deciding.accept(desk, made, made.undecided[:-_LEFT_OPEN])


def write_copy(desk: Desk, folder: Path, progress: Progress) -> WrittenAlone:
    """Write the copy of one pupil, the first who has notes that all may read and none that are restricted; else of the first without such."""
    people = [pupil for pupil in pupils.everyone(desk) if not notes.count_restricted(desk, pupil.id)] or pupils.everyone(desk)
    told = next((pupil for pupil in people if notes.of_pupil(desk, pupil.id)), people[0])
    return write_alone(desk, told.id, folder, progress)
