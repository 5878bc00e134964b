"""Files on which the rules about exams say something, and near misses on which they are silent."""

import dataclasses
from datetime import date

from pupil_desk.domain.exams.exam import ExamArrangement, ExamEntry
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.services.quality.rule import PupilFile
from tests.services.quality.good import whole

_MATHS = ExamEntry(
    id="e1",
    pupil_id="p1",
    series="summer",
    year=2027,
    board="aqa",
    qualification="GCSE Mathematics",
    entry_code="8300F",
    status="entered",
    day=date(2027, 5, 13),
    session="AM",
)
_ART = dataclasses.replace(_MATHS, id="e2", qualification="GCSE Art", entry_code="8202")
_READER = ExamArrangement(id="a1", pupil_id="p1", kind="reader", approved_from=date(2026, 9, 1), approved_until=date(2027, 5, 12))

_NOW = dataclasses.replace(_MATHS, id="e3", day=date(2026, 11, 30), series="november", year=2026)
_OVER = dataclasses.replace(_MATHS, id="e4", day=date(2026, 5, 14), year=2026)
_RESULT = Assessment(
    id="r1",
    pupil_id="p1",
    stage="KS4",
    subject="MAT",
    component="GCSE",
    year=2026,
    date=date(2026, 8, 20),
    method="TT",
    result="5",
    status="R",
)

EXAMS_FIRE: dict[str, tuple[PupilFile, str]] = {
    "exams-clash": (whole(exam_entries=[_MATHS, _ART]), "session"),
    "arrangement-not-approved": (whole(exam_entries=[_MATHS], exam_arrangements=[_READER]), "approved_until"),
    "arrangement-without-evidence": (whole(exam_entries=[_MATHS], exam_arrangements=[_READER]), "evidence"),
    "exam-still-planned": (whole(exam_entries=[dataclasses.replace(_NOW, status="planned")]), "status"),
    "exam-without-number": (whole(exam_entries=[dataclasses.replace(_NOW, centre="99999")]), "candidate_number"),
    "exam-without-result": (whole(exam_entries=[_OVER]), "qualification"),
}
EXAMS_SILENT: dict[str, PupilFile] = {
    "arrangement-without-evidence": whole(exam_entries=[_OVER], exam_arrangements=[_READER]),
    "exam-still-planned": whole(exam_entries=[dataclasses.replace(_MATHS, status="planned")]),
    "exam-without-number": whole(exam_entries=[_MATHS, dataclasses.replace(_NOW, status="withdrawn")]),
    "exam-without-result": whole(exam_entries=[_OVER], results=[_RESULT]),
    "exams-clash": whole(exam_entries=[_MATHS, dataclasses.replace(_ART, session="PM")]),
    "arrangement-not-approved": whole(
        exam_entries=[_MATHS], exam_arrangements=[dataclasses.replace(_READER, approved_until=date(2027, 5, 13))]
    ),
}
