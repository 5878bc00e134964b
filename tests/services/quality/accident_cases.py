"""Files on which the rules about accidents say something, and near misses on which they are silent."""

import dataclasses
from datetime import date

from pupil_desk.domain.accidents.accident import Accident
from pupil_desk.services.quality.rule import PupilFile
from tests.services.quality.good import DAY, whole

_DAY = date(2026, 11, 10)
_DONE = Accident(
    id="b1",
    pupil_id="p1",
    day=_DAY,
    place="workshop",
    account="Slipped",
    injury="burn",
    body_part="hand",
    hospital=False,
    parent="Ruth Ashdown",
    parent_told_on=_DAY,
    parent_told_by="Ms Reed",
)
_TO_REPORT = dataclasses.replace(_DONE, hospital=True, treated=True, work_related=True)
_OPEN = dataclasses.replace(_DONE, hospital=None)
_OF_HEAD = dataclasses.replace(_DONE, injury="bump", body_part="head")

ACCIDENTS_FIRE: dict[str, tuple[PupilFile, str]] = {
    "accident-not-reported": (whole(accidents=[_TO_REPORT]), "reported_on"),
    "riddor-not-decided": (whole(accidents=[_OPEN]), "hospital"),
    "parent-not-told-of-accident": (whole(accidents=[_OF_HEAD]), "letter_on"),
}
ACCIDENTS_SILENT: dict[str, PupilFile] = {
    "accident-not-reported": whole(
        accidents=[dataclasses.replace(_TO_REPORT, reported_on=date(2026, 11, 12)), dataclasses.replace(_TO_REPORT, day=date(2026, 11, 20))]
    ),
    "riddor-not-decided": whole(accidents=[dataclasses.replace(_OPEN, day=DAY)]),
    "parent-not-told-of-accident": whole(accidents=[dataclasses.replace(_OF_HEAD, letter_on=_DAY)]),
}
