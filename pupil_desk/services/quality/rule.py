"""What a rule of the list «Check records» is, and what it finds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from pupil_desk.basics.places import resource
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.catalogue import RECORDS
from pupil_desk.services.quality.held import PupilFile, QualityContext, Scope


class Need(Enum):
    """The return or the duty that will need it, in the order of the list. The value is its name in words."""

    ADMISSION = _("Admission register")
    ATTENDANCE = _("Attendance register")
    CENSUS = _("School census")
    TRANSFER = _("Transfer file (CTF)")
    YOUTH = _("Youth support service")
    COLLEGE = _("Colleges after 16")
    ULN = _("Learner numbers")
    EMERGENCY = _("First aid, emergency")
    SHARING = _("Sharing choices")
    NOTICES = _("Privacy notices")
    SUSPENSIONS = _("Suspensions")
    SEN = _("Special needs, care")
    ASSESSMENTS = _("Assessments")
    RECORD = _("The record itself")


class Gravity(Enum):
    """How much it matters: the law or a return asks for it, or it is advised. The value is its name in words."""

    MUST = _("Must be put right")
    SHOULD = _("Should be looked at")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or contradicts, and what to do, in a sentence; and the field that puts it right.

    ``kind`` is the record's name in the catalogue, ``record_id`` empty for one that is not on file yet.
    """

    words: str
    item: str = ""
    kind: str = "pupil"
    record_id: str = ""


type Check = Callable[[PupilFile, QualityContext], Iterable[Gap]]


@dataclass(frozen=True, slots=True)
class QualityRule:
    """One rule. ``needs`` are the returns that will need it, the first of them before all; ``source`` says who asks for it."""

    key: str
    title: str
    needs: tuple[Need, ...]
    gravity: Gravity
    scope: Scope
    source: str
    check: Check


OURS = _("our own advice")
_KINDS: Mapping[type, str] = {record_type: kind for kind, record_type in RECORDS.items()}


def gap_in(record: Any, item: str, words: str) -> Gap:
    """A gap in a record that is on file. A suspension is shown by its decision."""
    return Gap(words, item, _KINDS[type(record)], getattr(record, "decision", "") or record.id)


@cache
def limits() -> Mapping[str, int]:
    """The numbers that rules rest on, by name: data, with their sources, in ``resources/quality/limits.toml``."""
    import tomllib

    with open(resource("quality", "limits.toml"), "rb") as file:
        return {name: int(facts["number"]) for name, facts in tomllib.load(file).items()}
