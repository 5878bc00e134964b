"""Files whose medical notes speak of a food that no entry names, and near misses."""

import dataclasses

from pupil_desk.domain.care.health import HealthItem
from pupil_desk.services.quality.rule import PupilFile
from tests.services.quality.good import PUPIL, whole

_NOTED = dataclasses.replace(PUPIL, medical="Allergic to walnuts; inhaler in the office")
_ENTERED = HealthItem(
    id="h9", pupil_id="p1", kind="A", what="Nuts", allergen="nuts", severity="MILD", emergency="Ring home", plan="In the office"
)

NOTED_FIRE: dict[str, tuple[PupilFile, str]] = {"allergy-in-notes-alone": (whole(_NOTED), "medical")}
NOTED_SILENT: dict[str, PupilFile] = {"allergy-in-notes-alone": whole(_NOTED, health=[_ENTERED])}
